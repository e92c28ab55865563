"""The folder of a cluster on this machine: inventory, settings, secret, and the keys of the nodes."""
import contextlib
import difflib
import fcntl
import ipaddress
import json
import os
import re
import secrets
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rack.options import ROOT
from terminal import BadInput

SETUP = ROOT / "cluster-setup"
_DEFAULTS = SETUP / "roles/settings/defaults/main.yml"
_SECRET_BYTES = 32
_GROUPS = ("all", "ungrouped", "localhost", "master", "workers", "standby", "storage")
_CURE_OF_INIT = "./sparkberry cluster init pi1.local pi2.local … writes it"


@dataclass(frozen=True)
class Node:
    """name: in the inventory; address: by which the others see it; note: what it is, for people."""

    name: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Login:
    """How ssh gets into the nodes."""

    user: str
    key: str = ""
    known_hosts: str = ""  # empty: the folder's own

    def words(self, folder: Path, accept_new: bool = False) -> list[str]:
        known = self.known_hosts or str(folder / "known_hosts")
        # In quotes: ssh takes a space for the end of one file's name.
        options = ["BatchMode=yes", "ConnectTimeout=10", f'UserKnownHostsFile="{known}"', "LogLevel=ERROR"]
        options += [f"StrictHostKeyChecking={'accept-new' if accept_new else 'yes'}"]
        options += ["IdentitiesOnly=yes"] if self.key else []
        key = ["-i", self.key] if self.key else []
        return ["ssh", *key, *(part for option in options for part in ("-o", option)), "-l", self.user]


class Cluster:
    """What a cluster's folder says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inventory = folder / "inventory.yml"
        self.secret = folder / "secret"
        self.driver_settings = folder / "conf/spark-defaults.conf"
        if not self.inventory.is_file():
            raise BadInput(f"{self.inventory} is not there: {_CURE_OF_INIT}")
        self._tree = read_yaml(self.inventory)
        groups = self._groups()
        self.masters = list(groups.get("master", {}))
        self.workers = list(groups.get("workers", {}))
        self.hosts: dict[str, dict[str, Any]] = {}
        for hosts in groups.values():
            for name, given in hosts.items():
                self.hosts[name] = {**self.hosts.get(name, {}), **given}
        self._check()
        self.settings = load_settings(folder / "group_vars/all.yml")
        for name, given in self.hosts.items():
            _check_settings(f"{self.inventory}: {name}", {key: given[key] for key in given if key in self.settings})

    def _groups(self) -> dict[str, dict[str, Any]]:
        """The hosts of each group, with what is said of each."""
        try:
            groups = {
                name: {host: dict(given or {}) for host, given in ((group or {}).get("hosts") or {}).items()}
                for name, group in self._tree["all"]["children"].items()
            }
            dict(self._tree["all"].get("vars") or {})
            return groups
        except (KeyError, TypeError, AttributeError, ValueError):
            raise BadInput(
                f"{self.inventory}: has no all: children: master: and workers: as cluster-setup/inventory.example.yml has them"
            ) from None

    def _check(self) -> None:
        for name in self.hosts:
            if not is_name(name) and not (name == "master" and name in self.masters):
                raise BadInput(f"{self.inventory}: Ansible takes the name '{name}' for something else: give the node another one")
        if len(self.masters) != 1:
            raise BadInput(f"{self.inventory}: the group master must have one node, not {len(self.masters)}")
        if not self.workers:
            raise BadInput(f"{self.inventory}: the group workers is empty: name a node there")
        seen: dict[str, str] = {}
        for name in self.hosts:
            address = self.address(name)
            try:
                ipaddress.IPv4Address(address)
            except ValueError:
                raise BadInput(
                    f"{self.inventory}: ansible_host of {name} must be an IPv4 address, not '{address}': Spark binds to it"
                ) from None
            if seen.setdefault(address, name) != name:
                raise BadInput(f"{self.inventory}: {seen[address]} and {name} have the same address {address}")
        if self.secret.exists() and self.secret.stat().st_mode & 0o077:
            raise BadInput(f"{self.secret} can be read by others: chmod 600 {self.secret}")
        if not self.secret.is_file() or not re.fullmatch(rb"\s*[!-~]{64,}\s*", self.secret.read_bytes()):
            raise BadInput(f"{self.secret} is missing or too short: umask 077; openssl rand -hex 32 > {self.secret}")

    def address(self, name: str) -> str:
        given = self.hosts[name]
        return str(given.get("cluster_address", given.get("ansible_host", name)))

    @property
    def master_url(self) -> str:
        return f"spark://{self.address(self.masters[0])}:{self.settings['master_port']}"

    @property
    def page(self) -> str:
        return f"http://{self.address(self.masters[0])}:{self.settings['master_page_port']}"

    def roles(self, name: str) -> str:
        return " + ".join(role for role, names in (("master", self.masters), ("worker", self.workers)) if name in names)

    @property
    def login(self) -> Login:
        given = self._tree["all"].get("vars") or {}
        option = "UserKnownHostsFile="
        words = shlex.split(str(given.get("ansible_ssh_common_args", "")))
        known_hosts = next((word.removeprefix(option).strip('"') for word in words if word.startswith(option)), "")
        if known_hosts == "{{inventory_dir}}/known_hosts":  # the folder's own, which may learn of further nodes
            known_hosts = ""
        return Login(str(given.get("ansible_user", "pi")), str(given.get("ansible_ssh_private_key_file", "")), known_hosts)

    def node(self, typed: str) -> str:
        """The node that a person means: its name in the inventory, with a domain, or its address."""
        short = typed.split(".")[0]
        for name in self.hosts:
            if typed in (name, self.address(name)) or (not typed[0].isdigit() and short == name):
                return name
        near = difflib.get_close_matches(typed, self.hosts, 1)
        raise BadInput(f"no node is called '{typed}': there are {', '.join(near or self.hosts)} in {self.inventory}")

    def add(self, nodes: list[Node]) -> None:
        """Writes further workers into the inventory."""
        lines = self.inventory.read_text().splitlines()
        start = _line(lines, "    workers:")
        end = start + 2
        while end < len(lines) and (lines[end].startswith("        ") or not lines[end].strip()):
            end += 1
        wanted = self._tree
        for node in nodes:
            wanted["all"]["children"]["workers"]["hosts"][node.name] = {"ansible_host": node.address}
        self._rewrite(lines[:end] + [line for node in nodes for line in _host_lines(node)] + lines[end:], wanted)

    def remove(self, name: str) -> None:
        """Takes a worker out of the inventory."""
        lines = self.inventory.read_text().splitlines()
        start = _line(lines[_line(lines, "    workers:") :], f"        {name}:") + _line(lines, "    workers:")
        end = start + 1
        while end < len(lines) and lines[end].startswith("          "):
            end += 1
        wanted = self._tree
        del wanted["all"]["children"]["workers"]["hosts"][name]
        self._rewrite(lines[:start] + lines[end:], wanted)

    def _rewrite(self, lines: list[str], wanted: dict[str, Any]) -> None:
        import yaml

        text = "\n".join(lines) + "\n"
        try:
            is_right = yaml.safe_load(text) == wanted
        except yaml.YAMLError:
            is_right = False
        if not is_right:
            raise BadInput(f"{self.inventory} is laid out in another way than init does it: change it by hand, then 'up'")
        write(self.inventory, text, 0o644)
        self.__init__(self.folder)  # type: ignore[misc]


def _line(lines: list[str], wanted: str) -> int:
    for number, line in enumerate(lines):
        if line.split("#")[0].rstrip() == wanted:
            return number
    return 0


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Keeps others from working on the same cluster meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(f"another ./sparkberry cluster is at work in {folder}: wait until it is done") from None
        yield
    finally:
        os.close(descriptor)


def read_yaml(file: Path) -> Any:
    try:
        import yaml
    except ImportError:
        raise BadInput("found no Ansible (nor Python's yaml): sudo apt-get install ansible-core") from None
    try:
        return yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise BadInput(f"{file} is not YAML{where}: {getattr(error, 'problem', error)}") from None


def load_settings(file: Path) -> dict[str, Any]:
    """The defaults, with what a person has set; all checked."""
    defaults = read_yaml(_DEFAULTS)
    given = read_yaml(file) if file.is_file() else {}
    if not isinstance(given or {}, dict):
        raise BadInput(f"{file}: must have lines such as 'encryption: true'")
    _check_settings(str(file), given or {})
    settings = {**defaults, **(given or {})}
    _check_ports(str(file), settings)
    return settings


def _check_settings(where: str, given: dict[str, Any]) -> None:
    defaults = read_yaml(_DEFAULTS)
    for name, value in given.items():
        if name not in defaults:
            near = difflib.get_close_matches(str(name), defaults, 1)
            raise BadInput(f"{where}: unknown setting '{name}'" + (f": do you mean {near[0]}?" if near else ""))
        problem = _problem(name, value, defaults[name])
        if problem:
            raise BadInput(f"{where}: {name}: must be {problem}: '{value}'")


def _check_ports(where: str, settings: dict[str, Any]) -> None:
    """Two services cannot have the same port."""
    spans = []
    for name in (name for name in settings if name.endswith("_port")):
        first = settings[name]
        spans.append((first, first + (settings["port_tries"] if name in _WITH_TRIES else 0), name))
    spans.sort()
    for (_, last, lower), (first, _, upper) in zip(spans, spans[1:]):
        if first <= last:
            raise BadInput(f"{where}: {lower} (up to {last}) and {upper} (from {first}) overlap: move one of them")
    if spans[-1][1] > 65535:
        raise BadInput(f"{where}: {spans[-1][2]} and port_tries together go beyond 65535: lower one of them")


_WITH_TRIES = ("executor_port", "driver_port", "driver_block_port")
# What services do not see (ProtectHome, PrivateTmp), what goes with a boot, and what belongs to the system.
_NO_DATA = "/home /root /tmp /var/tmp /run /proc /sys /dev /etc /usr /bin /sbin /lib /boot /opt/sparkberry".split()
_MEMORIES = ("worker_memory", "executor_memory", "master_heap", "worker_heap", "history_heap")


def _problem(name: str, value: object, default: object) -> str:
    """What a setting must be, if it is not."""
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "true or false"
    if name == "worker_cores":
        is_count = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1024
        return "" if value == "auto" or is_count else "auto, or a number from 1 on"
    if name in _MEMORIES:
        is_memory = bool(re.fullmatch(r"[1-9]\d*[mg]", str(value))) or (value == default == "auto")
        return "" if is_memory else "a memory such as 512m or 2g" + (", or auto" if default == "auto" else "")
    if isinstance(default, int):
        if isinstance(value, bool) or not isinstance(value, int):
            return "a whole number"
        least, most = (1 if name == "ssh_port" else 1024, 65535) if name.endswith("_port") else (1, 1_000_000)
        return "" if least <= value <= most else f"from {least} to {most}"
    if isinstance(default, list):
        if not isinstance(value, list):
            return "a list such as [a, b]"
        return "" if all(_is_entry(name, entry) for entry in value) else "a list of " + (
            "ports" if name == "open_ports" else "IPv4 addresses or ranges such as 192.168.1.0/24"
        )
    if name == "executor_collector":
        return "" if value in ("Serial", "Parallel", "G1") else "Serial, Parallel or G1"
    if name == "data_folder":
        if not (isinstance(value, str) and re.fullmatch(r"/[A-Za-z0-9._/-]+", value) and os.path.normpath(value) == value):
            return "an absolute path"
        is_open = not any(value == folder or value.startswith(folder + "/") for folder in _NO_DATA)
        return "" if is_open else f"a folder outside {', '.join(_NO_DATA)}"
    if name == "spark_archive":
        return "" if value == "" or (isinstance(value, str) and Path(value).is_file()) else "a file"
    if name == "spark_archive_sha512":
        is_sum = isinstance(value, str) and bool(re.fullmatch(r"|[0-9a-fA-F]{128}", value))
        return "" if is_sum else "128 hexadecimal digits"
    return ""


def _is_entry(name: str, entry: object) -> bool:
    if name == "open_ports":
        return isinstance(entry, int) and not isinstance(entry, bool) and 1 <= entry <= 65535
    try:
        ipaddress.IPv4Network(str(entry))
        return True
    except ValueError:
        return False


@contextlib.contextmanager
def new(folder: Path) -> Iterator[Path]:
    """The folder of a new cluster while it is made, beside its place: it will be there whole, or not at all."""
    if (folder / "inventory.yml").exists():
        raise BadInput(f"{folder} has a cluster already: change its files, use 'add', or delete it to begin anew")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"--cluster: {folder} is not an empty folder: choose another one")
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise BadInput(f"--cluster: {folder} cannot be made: {error.strerror}") from None
    try:
        yield partial
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def fill(folder: Path, login: Login, masters: list[Node], workers: list[Node]) -> None:
    """Writes what makes a folder a cluster's."""
    write(folder / "inventory.yml", _inventory(login, masters, workers), 0o644)
    (folder / "group_vars").mkdir()
    write(folder / "group_vars/all.yml", _settings_text(), 0o644)
    write(folder / "secret", secrets.token_hex(_SECRET_BYTES), 0o600)


def _settings_text() -> str:
    text = _DEFAULTS.read_text()
    head = text.index("# --- ")
    return (
        "---\n# The settings of this cluster: change what you need, then ./sparkberry cluster up. A setting of one node alone\n"
        "# goes under its name in inventory.yml.\n\n" + text[head:]
    )


def _inventory(login: Login, masters: list[Node], workers: list[Node]) -> str:
    key = f"    ansible_ssh_private_key_file: {_scalar(login.key)}\n" if login.key else ""
    known = login.known_hosts or "{{inventory_dir}}/known_hosts"
    return f"""---
# The nodes of this cluster; written by ./sparkberry cluster init. Groups: master (one), workers (any number; the master's node may
# be among them).
all:
  vars:
    ansible_user: {_scalar(login.user)}
{key}    ansible_ssh_common_args: -o 'UserKnownHostsFile="{known}"'{' -o IdentitiesOnly=yes' if login.key else ''}
  children:
    master:
      hosts:
{_host_text(masters)}    workers:
      hosts:
{_host_text(workers)}"""


def _scalar(text: str) -> str:
    """A text that YAML reads as this text."""
    import yaml

    try:
        return text if yaml.safe_load(text) == text else json.dumps(text)
    except yaml.YAMLError:
        return json.dumps(text)


def is_name(name: object) -> bool:
    """Whether a node may be called so: neither YAML nor Ansible takes it for something else."""
    return isinstance(name, str) and _scalar(name) == name and name not in _GROUPS and bool(re.fullmatch(r"[\w.-]+", name))


def _host_text(nodes: list[Node]) -> str:
    return "".join(line + "\n" for node in nodes for line in _host_lines(node))


def _host_lines(node: Node) -> list[str]:
    return [f"        {node.name}:", f"          ansible_host: {node.address}" + (f" # {node.note}" if node.note else "")]


def write(file: Path, text: str, mode: int) -> None:
    """Writes beside and renames; nobody reads half a file, or one with too wide a mode."""
    beside = file.with_name(file.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w") as output:
        output.write(text)
        output.flush()
        os.fsync(output.fileno())
    beside.replace(file)
