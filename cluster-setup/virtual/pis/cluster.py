"""All nodes together: up, down, and what is known of them in between."""
import contextlib
import dataclasses
import fcntl
import ipaddress
import json
import os
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from pis import base, board, host, inventory, network, node, spark
from pis.cgroups import Groups
from pis.models import Model
from pis.network import Cable
from pis.node import FILES, Node
from pis.spark import Spark
from terminal import BadInput, Failed

HOME = Path("/var/lib/sparkberry-virtual")
KEY = HOME / "ssh-key"
KNOWN_HOSTS = HOME / "known-hosts"
INVENTORY = HOME / "inventory.yml"
_RECORD = HOME / "cluster.json"
_FORWARDED = HOME / "ip-forward-before"
_SCHEMA_VERSION = 1
_BOOT_SECONDS = 120
_SPARK_SECONDS = 180
_REACH_SECONDS = 3


@dataclass(frozen=True)
class Cluster:
    """What was asked for.

    subnet: the nodes have its first addresses, this machine its last; cache, release: the base of their files; spark:
    what is lent to them, if a master and workers run in them.
    """

    subnet: str
    cache: str
    release: str
    nodes: tuple[Node, ...]
    spark: Spark | None

    @property
    def base(self) -> Path:
        return base.folder(Path(self.cache), self.release)

    @property
    def gateway(self) -> str:
        return str(ipaddress.IPv4Network(self.subnet)[-2])

    @property
    def master(self) -> str:
        return f"spark://{self.nodes[0].cable.address}:{spark.PORT}"

    def node(self, name: str) -> Node:
        for candidate in self.nodes:
            if candidate.name == name:
                return candidate
        raise BadInput(f"no node is called '{name}': there are {', '.join(each.name for each in self.nodes)}")

    def with_node(self, changed: Node) -> "Cluster":
        nodes = tuple(changed if each.name == changed.name else each for each in self.nodes)
        return dataclasses.replace(self, nodes=nodes)


@contextlib.contextmanager
def lock() -> Iterator[None]:
    """Makes the folder of the cluster, and keeps others from changing the cluster meanwhile.

    An empty folder is left behind by nobody: whoever finds it so on leaving takes it away.
    """
    while True:
        HOME.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(HOME, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise BadInput("another ./sparkberry virtual is at work: wait until it is done") from None
        if HOME.is_dir() and os.fstat(descriptor).st_ino == HOME.stat().st_ino:
            break
        os.close(descriptor)  # another one has just taken it away
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            HOME.rmdir()
        os.close(descriptor)


def is_there() -> bool:
    """Whether there is a cluster, or something that a crash has left of one."""
    return HOME.is_dir() and any(HOME.iterdir()) or Groups().exist()


def load() -> Cluster:
    try:
        record = json.loads(_RECORD.read_text())
    except FileNotFoundError:
        raise BadInput("no virtual Pis are up: ./sparkberry virtual up 4") from None
    except PermissionError:
        raise BadInput(f"{_RECORD} may not be read: use sudo") from None
    except ValueError:
        raise BadInput(f"{_RECORD} is damaged: ./sparkberry virtual down, then up again") from None
    if record.get("schemaVersion") != _SCHEMA_VERSION:
        raise BadInput(f"{_RECORD} is of another version of Sparkberry: ./sparkberry virtual down, then up again")
    record.pop("schemaVersion")
    nodes = tuple(
        Node(**{**each, "model": Model(**each["model"]), "cable": Cable(**each["cable"])}) for each in record["nodes"]
    )
    return Cluster(**{**record, "nodes": nodes, "spark": Spark(**record["spark"]) if record["spark"] else None})


def cache() -> Path | None:
    """Where the base of the nodes is; none if that is not known."""
    with contextlib.suppress(BadInput):
        return Path(load().cache)
    return None


def folder(each: Node) -> Path:
    """The node's own on this machine."""
    return HOME / each.name


def save(cluster: Cluster) -> None:
    beside = _RECORD.with_suffix(".new")
    beside.write_text(json.dumps({"schemaVersion": _SCHEMA_VERSION, **dataclasses.asdict(cluster)}, indent=1) + "\n")
    beside.rename(_RECORD)


def up(cluster: Cluster, program: list[str], progress: Callable[[str], None]) -> None:
    """Makes it all. What has been made is taken down again if something fails."""
    base.make(Path(cluster.cache), cluster.release, progress)
    try:
        _build(cluster, program, progress)
    except BaseException:
        down()
        raise


def _build(cluster: Cluster, program: list[str], progress: Callable[[str], None]) -> None:
    _FORWARDED.write_text(f"{host.boot_id()} {network.forwards()}")
    save(cluster)
    Groups().create([each.name for each in cluster.nodes])
    network.create(ipaddress.IPv4Network(cluster.subnet), cluster.gateway)
    _make_keys(cluster)
    units = spark.Units(cluster.spark, cluster.nodes[0].cable.address) if cluster.spark else None
    for each in cluster.nodes:
        _make_layer(cluster, each, units)
    INVENTORY.write_text(inventory.text(cluster.nodes, KEY, KNOWN_HOSTS))
    for file in (KEY, KNOWN_HOSTS, INVENTORY):
        os.chown(file, *host.caller())
    progress(f"booting {len(cluster.nodes)} nodes")
    with at_full_speed(cluster.nodes):
        boot(cluster.nodes, program)
        check_reach(cluster)
        if cluster.spark:
            progress("waiting for Spark's master and workers")
            await_spark(cluster)
    if network.forwards_nothing():
        progress(
            "this machine's firewall forwards nothing (Docker's does so): the nodes reach no Debian packages before"
            f" 'iptables -I FORWARD -i {network.BRIDGE} -j ACCEPT' and the same with -o"
        )


def down() -> None:
    """Takes away everything that an `up` may have made, however far it came."""
    groups = Groups()
    groups.kill()
    # After a restart of this machine the switch for forwarding is no longer the one that `up` has set.
    boot, _, forwarded = _FORWARDED.read_text().partition(" ") if _FORWARDED.exists() else ("", "", "")
    network.remove(forwarded if boot == host.boot_id() else None)
    groups.remove()
    for path in HOME.iterdir() if HOME.is_dir() else []:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextlib.contextmanager
def at_full_speed(nodes: tuple[Node, ...]) -> Iterator[None]:
    """Takes the limit of the processors away meanwhile: at a tenth of one a boot takes most of a minute."""
    groups = Groups()
    for each in nodes:
        groups.limit_processors(each.name, each.model.cores)
    try:
        yield
    finally:
        for each in nodes:
            groups.limit_processors(each.name, each.processors)


def boot(nodes: tuple[Node, ...], program: list[str]) -> None:
    """Boots these nodes, and returns when all of them can be reached by ssh."""
    keepers = {}
    for each in nodes:
        Groups().limit_memory(each.name, each.model.ram_mebibytes)
        keepers[each] = node.start_keeper(program, each.name, folder(each))
    seconds = _BOOT_SECONDS + len(nodes)
    end = time.monotonic() + seconds
    for each, keeper in keepers.items():
        while not _answers_ssh(each.cable.address):
            if keeper.poll() is not None:
                raise Failed(f"{each.name} does not boot: {_last_words(each)}")
            if time.monotonic() > end:
                raise Failed(f"{each.name} is not up after {seconds} s: {_last_words(each)}")
            time.sleep(0.1)


def _last_words(each: Node) -> str:
    for name in ("keeper.log", "console.log"):
        file = folder(each) / name
        lines = file.read_text(errors="replace").split("\n") if file.exists() else []
        said = [line.strip() for line in lines if line.strip()]
        if said:
            return said[-1]
    return "it said nothing"


def _answers_ssh(address: str) -> bool:
    try:
        with socket.create_connection((address, 22), timeout=1) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


def check_reach(cluster: Cluster) -> None:
    """That no firewall of this machine comes between the nodes, nor between a node and this machine."""
    first = cluster.nodes[0]
    if len(cluster.nodes) > 1:
        ping = ("ping", "-c", "1", "-W", str(_REACH_SECONDS), cluster.nodes[1].cable.address)
        if not host.succeeds(*_within(first), *ping):
            raise Failed(
                f"{first.name} does not reach {cluster.nodes[1].name}: a firewall of this machine drops what crosses the"
                f" bridge {network.BRIDGE} (Docker's does so: sysctl net.bridge.bridge-nf-call-iptables=0)"
            )
    with socket.create_server((cluster.gateway, 0)) as server:
        connect = f"exec 3<>/dev/tcp/{cluster.gateway}/{server.getsockname()[1]}"
        if not host.succeeds(*_within(first), "timeout", str(_REACH_SECONDS), "bash", "-c", connect):
            raise Failed(
                f"{first.name} does not reach this machine: its firewall drops what comes from the bridge"
                f" {network.BRIDGE}, and a driver here needs it (ufw allow in on {network.BRIDGE}; firewall-cmd"
                f" --zone=trusted --add-interface={network.BRIDGE})"
            )


def await_spark(cluster: Cluster) -> None:
    workers = sum(each.is_worker for each in cluster.nodes)
    there = 0
    direct = build_opener(ProxyHandler({}))
    page = f"http://{cluster.nodes[0].cable.address}:{spark.PAGE}/json/"
    end = time.monotonic() + _SPARK_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError, KeyError, HTTPException):
            with direct.open(page, timeout=2) as answer:
                there = json.load(answer)["aliveworkers"]
        if there >= workers:
            return
        time.sleep(0.3)
    raise Failed(
        f"{there} of {workers} workers are with the master at {cluster.master} after {_SPARK_SECONDS} s;"
        f" {cluster.nodes[-1].name} said last: {_journal(cluster.nodes[-1])}"
    )


def _journal(each: Node) -> str:
    """The last line of Spark's log there."""
    with contextlib.suppress(Failed):
        return (
            host.run(*_within(each), "journalctl", "--unit=spark-*", "--lines=1", "--output=cat").strip() or "nothing"
        )
    return "nothing"


def _within(each: Node) -> tuple[str, ...]:
    """What runs a program in a node."""
    process = node.leader(each.name, Groups())
    if not process:
        raise Failed(f"{each.name} has gone off: {_last_words(each)}")
    return "nsenter", f"--target={process}", "--mount", "--net"


def _make_keys(cluster: Cluster) -> None:
    host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "virtual Pis", "-f", KEY)
    lines = []
    for each in cluster.nodes:
        home = folder(each)
        home.mkdir()
        # What a node's root makes runnable with root's rights must not run on this machine.
        (home / FILES).mkdir(mode=0o700)
        host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", each.name, "-f", home / "host-key")
        kind, key, _ = (home / "host-key.pub").read_text().split(" ", 2)
        lines.append(f"{each.name},{each.cable.address} {kind} {key}\n")
    KNOWN_HOSTS.write_text("".join(lines))


def _make_layer(cluster: Cluster, each: Node, units: spark.Units | None) -> None:
    """Writes what the node has beside the base."""
    home = folder(each)
    layer = home / FILES / "layer"
    for name in ("layer", "work", "root"):
        (home / FILES / name).mkdir()
    board.reset_firmware(home)
    board.dress(layer, each.model)
    board.hide_processors(cluster.base, layer, each.model)
    (layer / "etc/hostname").write_text(each.name + "\n")
    # Its own name as on Raspberry Pi OS, where it is a trap for servers.
    others = "".join(f"{other.cable.address}\t{other.name}\n" for other in cluster.nodes if other != each)
    (layer / "etc/hosts").write_text(f"127.0.0.1\tlocalhost\n127.0.1.1\t{each.name}\n{others}")
    (layer / "etc/resolv.conf").write_text(_name_servers())
    (layer / "etc/ssh").mkdir()
    for suffix, mode in (("", 0o600), (".pub", 0o644)):
        target = layer / f"etc/ssh/ssh_host_ed25519_key{suffix}"
        (home / f"host-key{suffix}").rename(target)
        target.chmod(mode)
    _authorize(cluster.base, layer)
    if units:
        if each == cluster.nodes[0]:
            units.install_master(layer)
        if each.is_worker:
            units.install_worker(layer, each.model, each.cable.address)


def _authorize(base_folder: Path, layer: Path) -> None:
    passwords = (base_folder / "etc/passwd").read_text().splitlines()
    user, group = next(line.split(":")[2:4] for line in passwords if line.startswith(f"{base.LOGIN}:"))
    home = layer / f"home/{base.LOGIN}"
    (home / ".ssh").mkdir(parents=True)
    home.chmod(0o755)
    (home / ".ssh").chmod(0o700)
    shutil.copyfile(KEY.with_suffix(".pub"), home / ".ssh/authorized_keys")
    for path in (home, home / ".ssh", home / ".ssh/authorized_keys"):
        os.chown(path, int(user), int(group))


def _name_servers() -> str:
    """This machine's, without those that only this machine itself can ask, and those that need IPv6."""
    for file in (Path("/etc/resolv.conf"), Path("/run/systemd/resolve/resolv.conf")):
        lines = file.read_text().splitlines() if file.exists() else []
        servers = [line for line in lines if re.fullmatch(r"nameserver\s+(?!127\.)\d+\.\d+\.\d+\.\d+\s*", line)]
        if servers:
            return "\n".join(servers + [line for line in lines if line.startswith("search")]) + "\n"
    return ""


def ssh(each: Node, words: list[str]) -> list[str]:
    options = [f"UserKnownHostsFile={KNOWN_HOSTS}", "IdentitiesOnly=yes", "ConnectTimeout=20", "LogLevel=ERROR"]
    target = f"{base.LOGIN}@{each.cable.address}"
    return ["ssh", "-i", str(KEY), *(part for option in options for part in ("-o", option)), target, "--", *words]


def keep(name: str) -> None:
    """What a keeper does."""
    cluster = load()
    each = cluster.node(name)
    node.keep(each, folder(each), cluster.base, cluster.spark.folders if cluster.spark else ())
