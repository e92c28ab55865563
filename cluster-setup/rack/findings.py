"""What doctor finds: judges the report that playbooks/doctor.yml has written.

Pure functions from the report to findings; each check is one of them, and is told by name what it is about. A check of what
nobody could learn (None in a survey) finds nothing.
"""
import csv
import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from terminal import print_table

CONTROL = "this machine"  # as knock.py calls it
SEVERITIES = ("blocks", "warns", "notes")

_SIZES = Path(__file__).resolve().parents[1] / "worker-sizes.csv"
_GOOD_JAVA = (17, 21, 25)
# What default-jdk-headless is.
_JAVA_OF_RELEASE = {"bookworm": 17, "trixie": 21, "jammy": 11, "noble": 21, "plucky": 21, "questing": 25}
_SYSTEM_MEBIBYTES = 300  # the system and the worker itself, beside what the worker offers
_MASTER_MEBIBYTES = 512  # the master, its history server and watchdog
_INSTALL_MEBIBYTES = 1536  # Java, Spark, and their packages while they are unpacked
_ROOMY_MEBIBYTES = 5120
_CLOCK_WARNS_SECONDS = 1
_CLOCK_BLOCKS_SECONDS = 60
_WARM_CELSIUS = 70
_HOT_CELSIUS = 80  # from here on the firmware throttles; a 3B+ from 60 on
_WARM_3B_PLUS_CELSIUS = 60
_LEAST_MEGABITS = 90
_LEAST_VIRTUAL_MEGABITS = 20  # a virtual Pi's share of a processor may be too small for more
_FULL_SPEED = 0.4  # of what the interface says: less is a bad cable or port
_REAL_MEGABITS_3B_PLUS = 300  # its gigabit port is at the end of a USB 2 bus
_REST_PORT = 6066
_RANGES = ("executor_port", "driver_port", "driver_block_port")
_SINGLE_PORTS = ("master_port", "master_page_port", "worker_port", "worker_page_port", "history_port")
_NOW = {0: "under-voltage", 1: "frequency capped", 2: "throttled", 3: "at the soft temperature limit"}
_DOCTOR = "./sparkberry cluster doctor"
_UP = "./sparkberry cluster up"
_INVENTORY = "cluster/inventory.yml"
_SETTINGS = "cluster/group_vars/all.yml"


@dataclass(frozen=True)
class Finding:
    """what: what is so; why: why it matters; cure: a command or a knob. check: which one found it, a stable name."""

    severity: str
    node: str
    check: str
    what: str
    why: str
    cure: str


@dataclass(frozen=True)
class Node:
    """What the report has of a node."""

    name: str
    report: dict[str, Any]

    @property
    def survey(self) -> dict[str, Any]:
        return self.report.get("survey") or {}

    @property
    def settings(self) -> dict[str, Any]:
        return dict(self.report["settings"])

    @property
    def roles(self) -> list[str]:
        return list(self.report["roles"])

    @property
    def address(self) -> str | None:
        return self.report.get("address")

    @property
    def is_reached(self) -> bool:
        return bool(self.report.get("isReached"))

    @property
    def is_container(self) -> bool:
        return bool(self.survey.get("container"))

    @property
    def model(self) -> str:
        return str(self.survey.get("model") or "")

    @property
    def is_ours(self) -> bool:
        """Whether `up` has been here."""
        return bool(self.survey.get("units"))

    @property
    def hostname(self) -> str:
        return str(self.survey.get("hostname") or self.name)

    @property
    def interfaces(self) -> list[dict[str, Any]]:
        return self.survey.get("addresses") or []

    @property
    def interface(self) -> dict[str, Any] | None:
        """The one that has the cluster's address."""
        return next((each for each in self.interfaces if each["address"] == self.address), None)

    def finds(self, severity: str, check: str, what: str, why: str, cure: str) -> Finding:
        return Finding(severity, self.name, check, what, why, cure)


Found = Iterator[Finding]


# --- Whether it lets us in ---


def reached(node: Node) -> Found:
    if node.is_reached:
        return
    said, host = str(node.report.get("message") or ""), node.report.get("sshHost", node.name)
    user, ssh = node.report.get("user") or "pi", node.report.get("ssh")
    why = "without ssh nothing can be seen, installed or mended there"
    if not node.report.get("isTried", True):
        if ssh == "refused":
            what, cure = "is on, but refuses ssh", "on the node: sudo systemctl enable --now ssh"
        else:
            what = f"does not answer at {host} ({ssh})"
            cure = (
                f"switch it on, look at its cable; if it has another address now, correct ansible_host in {_INVENTORY}"
            )
    elif "Permission denied" in said:
        what, cure = f"refuses the user {user}", f"ssh-copy-id {user}@{host}"
    elif "REMOTE HOST IDENTIFICATION HAS CHANGED" in said or "Host key verification failed" in said:
        what = "has a host key that is not the known one"
        cure = f"if it was installed anew: ssh-keygen -R {host} and ssh {user}@{host} (with this cluster's known_hosts: -f FILE)"
    elif "Could not resolve" in said or node.address is None and ssh == "unknown name":
        what, cure = f"has a name that nobody knows: {host}", f"give its address as ansible_host in {_INVENTORY}"
    elif "python" in said and "not found" in said:
        what, cure = "has no Python 3", "on the node: sudo apt-get install -y python3"
    else:
        what = f"does not answer as expected: {_last_line(said) or 'it says nothing'}"
        cure = f"ssh {user}@{host} python3 --version"
    yield node.finds("blocks", "reached", what, why, cure)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:160] if lines else ""


def sudo(node: Node) -> Found:
    if node.is_reached and not node.report.get("isRoot", True):
        user = node.report.get("user") or "pi"
        yield node.finds(
            "blocks",
            "sudo",
            f"does not let {user} use sudo without a password",
            "packages, users and units need root",
            f"{_DOCTOR} --ask-become-pass (and up too), or on the node as root:"
            f" echo '{user} ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/010-{user}",
        )


# --- What it is ---


def bits(node: Node) -> Found:
    architecture, width = node.survey.get("architecture"), node.survey.get("userlandBits")
    why = "Spark's native libraries (LZ4, Zstandard, RocksDB) have no 32-bit ARM build"
    cure = "write Raspberry Pi OS Lite (64-bit) to its card with Raspberry Pi Imager"
    if architecture and architecture not in ("aarch64", "x86_64", "arm64"):
        yield node.finds("blocks", "bits", f"runs a kernel for {architecture}, not a 64-bit one", why, cure)
    elif width == 32 or node.survey.get("packageArchitecture") in ("armhf", "armel", "i386"):
        yield node.finds("blocks", "bits", f"has 32-bit programs on a {architecture} kernel", why, cure)


def release(node: Node) -> Found:
    system = node.survey.get("os") or {}
    kind, name = system.get("id"), system.get("name") or "an unknown system"
    version = _number(system.get("version"))
    least = {"debian": 12.0, "raspbian": 12.0, "ubuntu": 22.04}.get(str(kind))
    cure = "write a current Raspberry Pi OS Lite (64-bit) to its card with Raspberry Pi Imager"
    if kind and least is None:
        yield node.finds(
            "warns", "release", f"runs {name}", "the setup is tested on Debian, Raspberry Pi OS and Ubuntu", cure
        )
    elif least and version and version < least:
        why = "its Java is too old for Spark 4.2, and so may its systemd and Python be"
        yield node.finds("blocks", "release", f"runs {name}", why, cure)


def _number(text: object) -> float | None:
    match = re.match(r"\d+(\.\d+)?", str(text or ""))
    return float(match[0]) if match else None


def java(node: Node) -> Found:
    found, codename = node.survey.get("java"), str((node.survey.get("os") or {}).get("codename"))
    cure = "on the node: sudo apt-get install -y openjdk-17-jdk-headless && sudo update-alternatives --auto java"
    if not node.survey:
        return
    if not found:
        if _JAVA_OF_RELEASE.get(codename, 17) < min(_GOOD_JAVA):
            what = f"has no Java, and {codename}'s default is {_JAVA_OF_RELEASE[codename]}"
            yield node.finds("blocks", "java", what, "Spark 4.2 needs 17 or newer", cure)
        else:
            yield node.finds("notes", "java", "has no Java yet", "Spark runs on it", f"{_UP} installs it")
    elif found.get("major") is None:
        what = f"has a Java at {found['path']} that does not say its version"
        yield node.finds("warns", "java", what, "Spark may not start", f"on the node: {found['path']} -version")
    elif found["major"] < min(_GOOD_JAVA):
        what = f"has Java {found['major']} first in its path ({found['path']})"
        if not found["path"].startswith("/usr/bin/"):
            cure = f"remove {found['path']} on the node"
        yield node.finds("blocks", "java", what, "Spark 4.2 needs 17 or newer", cure)
    elif found["major"] not in _GOOD_JAVA:
        what = f"has Java {found['major']}"
        yield node.finds("warns", "java", what, "17, 21 and 25 are tested, this one is not", cure)


def same_java(nodes: list[Node]) -> Found:
    """Installed, or what the distribution would install."""
    majors = {}
    for node in nodes:
        major = (node.survey.get("java") or {}).get("major")
        coming = _JAVA_OF_RELEASE.get(str((node.survey.get("os") or {}).get("codename")))
        if (major or coming) in _GOOD_JAVA:
            majors[node.name] = major or coming
    counts = Counter(majors.values())
    if len(counts) < 2:
        return
    master = next((majors[node.name] for node in nodes if "master" in node.roles and node.name in majors), None)
    usual = max(counts, key=lambda major: (counts[major], major == master))
    for node in nodes:
        major = majors.get(node.name, usual)
        if major != usual:
            is_there = bool(node.survey.get("java"))
            yield node.finds(
                "blocks" if is_there else "warns",
                "same-java",
                f"{'has' if is_there else 'will get'} Java {major}, most others {usual}",
                "drivers, workers and executors exchange Java objects, and a measurement would compare two compilers",
                f"on the node: sudo apt-get install -y openjdk-{usual}-jdk-headless && sudo update-alternatives --config java;"
                " or the same release of the system everywhere",
            )


# --- Sizes ---


def _size_row(ram_mebibytes: int) -> dict[str, str] | None:
    with _SIZES.open(newline="") as file:
        fitting = [row for row in csv.DictReader(file) if ram_mebibytes >= int(row["ramMebibytes"])]
    return fitting[-1] if fitting else None


def _mebibytes(text: object) -> int | None:
    """2800m and 2g; None of what is no such size."""
    match = re.fullmatch(r"([1-9]\d*)([mMgG])", str(text))
    return int(match[1]) * (1024 if match[2] in "gG" else 1) if match else None


def _board(node: Node) -> str:
    return f"{node.model or 'a machine'} with {node.survey['ramMebibytes']} MiB"


def master_memory(node: Node) -> Found:
    ram = node.survey.get("ramMebibytes")
    row = _size_row(ram) if ram else None
    if not ram or "master" not in node.roles or row and row["mayBeMaster"] == "yes":
        return
    why = "master, history server and system need half a GiB, and more while jobs run"
    cure = f"make a board with 4 GB or more the master in {_INVENTORY}"
    severity = "warns" if row and ram >= 1700 else "blocks"
    yield node.finds(severity, "master-memory", f"is the master, and is {_board(node)}", why, cure)


def worker_memory(node: Node) -> Found:
    ram, setting = node.survey.get("ramMebibytes"), node.settings.get("worker_memory", "auto")
    if not ram or "workers" not in node.roles:
        return
    beside = _MASTER_MEBIBYTES if "master" in node.roles else 0
    row = _size_row(ram)
    leave_out = f"take it out of the workers in {_INVENTORY}"
    if not row:
        why = "Spark's worker and one executor do not fit into its memory"
        yield node.finds("blocks", "worker-memory", f"is too small for a worker: {_board(node)}", why, leave_out)
        return
    offered = int(row["workerMebibytes"]) - beside if setting == "auto" else _mebibytes(setting)
    knob = f"worker_memory: auto for {node.name} in {_INVENTORY}, or in {_SETTINGS}"
    if offered is None:
        yield node.finds(
            "blocks", "worker-memory", f"worker_memory is no size: '{setting}'", "such as 512m or 2g", knob
        )
    elif offered < int(_size_rows_least()):
        what = f"is too small for a master and a worker: {_board(node)}"
        yield node.finds("blocks", "worker-memory", what, "an executor needs 480 MiB", leave_out)
    elif offered + beside + _SYSTEM_MEBIBYTES > ram:
        severity = "blocks" if offered >= ram else "warns"
        what = f"is to offer {offered} MiB to executors, and has {ram} MiB in all"
        why = "the system and Spark's worker need some 300 MiB: the kernel would kill executors, or swap"
        yield node.finds(severity, "worker-memory", what, why, knob)


def _size_rows_least() -> int:
    with _SIZES.open(newline="") as file:
        return min(int(row["workerMebibytes"]) for row in csv.DictReader(file))


def executor_memory(node: Node) -> Found:
    ram, setting = node.survey.get("ramMebibytes"), node.settings.get("executor_memory", "auto")
    if not ram or "workers" not in node.roles or setting == "auto":
        return
    heap, row = _mebibytes(setting), _size_row(ram)
    given = node.settings.get("worker_memory", "auto")
    offered = (int(row["workerMebibytes"]) if row else None) if given == "auto" else _mebibytes(given)
    knob = f"executor_memory in {_SETTINGS}: auto, or at most the smallest worker's memory"
    if heap is None:
        yield node.finds(
            "blocks", "executor-memory", f"executor_memory is no size: '{setting}'", "such as 480m or 2g", knob
        )
    elif offered and heap > offered:
        what = f"offers {offered} MiB, and executor_memory is {heap} MiB"
        yield node.finds(
            "warns", "executor-memory", what, "it will never get an executor: it idles while jobs run", knob
        )


def worker_cores(node: Node) -> Found:
    cores, setting = node.survey.get("cores"), node.settings.get("worker_cores", "auto")
    if not cores or "workers" not in node.roles or setting == "auto":
        return
    knob = f"worker_cores: auto for {node.name} in {_INVENTORY}, or in {_SETTINGS}"
    if not re.fullmatch(r"[1-9]\d*", str(setting)):
        what = f"worker_cores is no number of cores: '{setting}'"
        yield node.finds("blocks", "worker-cores", what, "a whole number from 1 on, or auto", knob)
    elif int(setting) > cores:
        what = f"is to offer {setting} cores, and has {cores}"
        yield node.finds("warns", "worker-cores", what, "tasks would share cores, and every measurement be wrong", knob)


# --- Disks and memory ---


def disk(node: Node) -> Found:
    found, root = node.survey.get("disk"), node.survey.get("rootDisk")
    places = [place for place in (found, root) if place]
    if found and root and found["mount"] == root["mount"]:
        places = [found]
    for place in places:
        free = place["freeMebibytes"]
        what = f"has {free} MiB free where {place['folder']} is"
        cure = "on the node: sudo apt-get clean; sudo journalctl --vacuum-size=100M; df -h; or data_folder on a larger disk"
        if free < _INSTALL_MEBIBYTES:
            yield node.finds("blocks", "disk", what, "Java, Spark and what jobs write need 1.5 GB, better 5", cure)
        elif free < _ROOMY_MEBIBYTES:
            yield node.finds("warns", "disk", what, "shuffles, logs and events of a few jobs may fill it", cure)
    if found and found["freeMebibytes"] >= _INSTALL_MEBIBYTES:
        yield from _kind_of_disk(node, found)


def _kind_of_disk(node: Node, found: dict[str, Any]) -> Found:
    elsewhere = f"mount an SSD and set data_folder for {node.name} in {_INVENTORY} to a folder there"
    what = f"has {found['folder']} on {'an' if found['kind'] == 'overlay' else 'a'} {found['kind']}"
    if found["kind"] == "SD card":
        yield node.finds(
            "warns", "disk-kind", what, "cards are slow, and Spark's shuffles and logs wear them out", elsewhere
        )
    elif found["kind"] == "network":
        yield node.finds("warns", "disk-kind", what, "shuffle files would cross the network twice", elsewhere)
    elif found["kind"] == "memory":
        yield node.finds("warns", "disk-kind", what, "the master's state and event logs go with the power", elsewhere)
    elif found["kind"] == "overlay" and not node.is_container:
        cure = "on the node: sudo raspi-config nonint disable_overlayfs && sudo reboot"
        yield node.finds("blocks", "disk-kind", what, "all that is installed is gone after the next boot", cure)


def swap(node: Node) -> Found:
    for each in (node.survey.get("swap") or {}).get("kinds", []):
        if each["on"] == "SD card":
            off = "sudo dphys-swapfile swapoff && sudo systemctl disable --now dphys-swapfile"
            if each["path"] != "/var/swap":
                off = f"sudo swapoff {each['path']}, and take it out of /etc/fstab"
            yield node.finds(
                "warns",
                "swap",
                f"swaps to its SD card ({each['path']}, {each['mebibytes']} MiB)",
                "it wears the card out, and a run that swaps is invalid",
                f"on the node: {off} && sudo apt-get install -y zram-tools",
            )


def memory_cgroup(node: Node) -> Found:
    if node.survey.get("memoryCgroup") is False:
        yield node.finds(
            "warns",
            "memory-cgroup",
            "has the kernel's memory groups switched off",
            "the limits on Spark's memory are ignored: an executor that grows may take ssh with it",
            f"{_UP} adds cgroup_enable=memory to /boot/firmware/cmdline.txt; then ./sparkberry cluster restart --reboot {node.name}",
        )


# --- Names and addresses ---


def same_names(nodes: list[Node]) -> Found:
    seen: dict[str, str] = {}
    for node in nodes:
        name = str(node.survey.get("hostname") or "")
        if name and name in seen:
            yield node.finds(
                "blocks",
                "same-name",
                f"is called {name}, as {seen[name]} is",
                "logs, the master's page and mDNS (.local) cannot tell them apart",
                f"on the node: sudo hostnamectl set-hostname {node.name} && sudo sed -i 's/^127.0.1.1.*/127.0.1.1 {node.name}/' /etc/hosts",
            )
        seen.setdefault(name, node.name)


def same_machines(nodes: list[Node]) -> Found:
    seen: dict[str, str] = {}
    for node in nodes:
        known = str(node.survey.get("machineId") or "")
        if known in seen and not node.is_container:  # containers inherit the machine's below
            yield node.finds(
                "warns",
                "same-machine-id",
                f"has the machine-id of {seen[known]}: a copied card",
                "DHCP servers may give both the same address",
                "on the node: sudo rm -f /etc/machine-id /var/lib/dbus/machine-id && sudo systemd-machine-id-setup && sudo reboot",
            )
        if known:
            seen.setdefault(known, node.name)


def hosts(node: Node, nodes: list[Node]) -> Found:
    """Its own name at 127.0.1.1 is Debian's habit and does no harm: Spark is bound to addresses."""
    for address, names in node.survey.get("hosts") or []:
        for name in names if ":" not in address else []:  # Spark's addresses here are IPv4
            owner = _owner(name, node, nodes)
            if not owner or not owner.address or address in _addresses(owner):
                continue
            cure = f"on the node: sudo sed -i '/^{re.escape(address)}[[:space:]].*{re.escape(name)}/d' /etc/hosts"
            if owner is not node:
                what = f"has {name} at {address} in /etc/hosts, but {owner.name} is at {owner.address}"
                why = "what it sends by that name goes to another machine, or nowhere"
                yield node.finds("blocks", "hosts", what, why, cure)
            elif not address.startswith("127."):
                what = f"has its own name {name} at {address} in /etc/hosts, which is not its address"
                yield node.finds("warns", "hosts", what, "programs that ask for its name bind to nothing", cure)


def _owner(name: str, node: Node, nodes: list[Node]) -> Node | None:
    """Whose name it is: the inventory's count before the hosts' own, which may be two nodes' by mistake."""
    for of in (lambda each: each.name, lambda each: each.hostname):
        for each in (node, *nodes):
            short = of(each).lower().split(".")[0]
            if name.lower() in (of(each).lower(), short, f"{short}.local"):
                return each
    return None


def _addresses(node: Node) -> set[str | None]:
    return {each["address"] for each in node.interfaces} | {node.address}


def address(node: Node) -> Found:
    has = ", ".join(each["address"] for each in node.interfaces if ":" not in each["address"]) or "none"
    why = "Spark is bound to that address: it would not start, or the others would not find it"
    if not node.address:
        what = f"has a name that this machine does not know: {node.report.get('host')}"
        if node.is_reached:
            yield node.finds(
                "blocks", "address", what, why, f"give its address ({has}) as ansible_host in {_INVENTORY}"
            )
    elif node.interfaces and not node.interface:
        what = f"does not have the address {node.address}; it has {has}"
        yield node.finds("blocks", "address", what, why, f"correct ansible_host or cluster_address in {_INVENTORY}")


def subnets(nodes: list[Node]) -> Found:
    networks = {}
    for node in nodes:
        if node.interface:
            networks[node.name] = ipaddress.ip_interface(
                f"{node.interface['address']}/{node.interface['prefix']}"
            ).network
    master = next((networks[node.name] for node in nodes if "master" in node.roles and node.name in networks), None)
    for node in nodes:
        if master and networks.get(node.name, master) != master:
            what = f"is in the network {networks[node.name]}, the master in {master}"
            why = "a router is between them: a bottleneck for shuffles, and often a firewall"
            yield node.finds(
                "warns", "subnet", what, why, "plug all nodes into one switch; same prefix length on all of them"
            )


def wireless(node: Node) -> Found:
    if node.interface and node.interface["wireless"]:
        cabled = next(
            (each for each in node.interfaces if not each["wireless"] and each["up"] and ":" not in each["address"]),
            None,
        )
        cure = "give it a cable, and sudo nmcli radio wifi off on the node"
        if cabled:
            cure = f"cluster_address: {cabled['address']} for {node.name} in {_INVENTORY} (its cable)"
        why = "radio is slow, and shared by all: shuffles crawl, measurements scatter, workers get lost"
        yield node.finds("warns", "wifi", "is in the cluster by Wi-Fi only", why, cure)


# --- Ports ---


def ports(nodes: list[Node], control: dict[str, Any]) -> Found:
    """Who could not connect to whom; what all have in common is said once."""
    known = {node.name: node for node in nodes}
    knocks = [(CONTROL, each) for each in (control.get("tried") or {}).get("knocks", [])]
    knocks += [(node.name, each) for node in nodes for each in (node.report.get("tried") or {}).get("knocks", [])]
    yield from _other_answers(knocks, known)
    tried: dict[str, set[str]] = {}
    closed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for source, each in knocks:
        tried.setdefault(source, set()).add(each["to"])
        if each["result"] != "open":
            closed.setdefault((source, each["to"]), []).append(each)
    shut_in = {
        source for source in tried if len(tried[source]) > 1 and all((source, to) in closed for to in tried[source])
    }
    for source in shut_in & set(known):
        what = f"connects to nobody: not to {', '.join(sorted(tried[source]))}"
        cure = "on the node: sudo nft list ruleset (a chain with hook output or a route that is wrong); ip route"
        yield known[source].finds(
            "blocks", "port", what, "a worker that reaches neither master nor driver does nothing", cure
        )
    groups: dict[tuple[str, tuple[int, ...], str], set[str]] = {}
    for (source, to), failed in closed.items():
        if source not in shut_in & set(known):
            found = tuple(sorted(each["port"] for each in failed))
            groups.setdefault((to, found, str(failed[0]["result"])), set()).add(source)
    for (to, found, result), sources in groups.items():
        yield _closed(to, found, result, sorted(sources), known, control)


def _closed(
    to: str, found: tuple[int, ...], result: str, sources: list[str], known: dict[str, Node], control: dict[str, Any]
) -> Finding:
    settings = next(iter(known.values())).settings
    port_words = ", ".join(_in_words(found, settings))
    how = "nobody answers" if result == "timeout" else f"it says: {result}"
    who = "its workers and executors" if to in known else "the driver"
    why = f"a firewall is in the way, and {who} would wait for ever"
    what = f"cannot be reached by {', '.join(sources)} at port {port_words} ({how})"
    from_where = [known[name].address or name for name in sources if name in known]
    if CONTROL in sources:
        addresses = control.get("addresses") or []
        from_where += addresses[:1] or ["this machine's address"]
    if to in known:
        firewalls, place = known[to].survey.get("firewalls") or [], "on the node: "
        if known[to].is_ours and sources == [CONTROL]:
            cure = f"driver_addresses: [{from_where[0]}] in {_SETTINGS}, then {_UP}"
            return known[to].finds("blocks", "port", what, why, cure)
    else:
        firewalls, place = [], "on this machine: "
    cure = place + _opening(firewalls, found, settings, from_where)
    if to not in known:
        cure += "; a virtual machine or WSL needs a bridged network"
    return Finding("blocks", to, "port", what, why, cure)


def _in_words(found: Iterable[int], settings: dict[str, Any]) -> list[str]:
    """A range is one thing: both of its ends were tried."""
    words, left = [], list(found)
    for use in _RANGES:
        first, last = _range(use, settings)
        if first in left and last in left:
            words.append(f"{first}–{last}")
            left = [port for port in left if port not in (first, last)]
    return sorted([*words, *map(str, left)])


def _range(use: str, settings: dict[str, Any]) -> tuple[int, int]:
    first = int(settings[use])
    return first, first + (int(settings["port_tries"]) if use in _RANGES else 0)


def _opening(firewalls: list[str], found: tuple[int, ...], settings: dict[str, Any], sources: list[str]) -> str:
    words = [word.replace("–", ":") for word in _in_words(found, settings)]
    if "ufw" in firewalls:
        return "; ".join(
            f"sudo ufw allow proto tcp from {source} to any port {','.join(words)}" for source in sources[:3]
        )
    if "firewalld" in firewalls:
        opened = " ".join(f"--add-port={word.replace(':', '-')}/tcp" for word in words)
        return f"sudo firewall-cmd --permanent {opened} && sudo firewall-cmd --reload"
    listed = ", ".join(word.replace(":", "-") for word in words)
    return (
        "sudo nft list ruleset shows the rule that drops it; let in: tcp dport"
        f" {{ {listed} }} from {', '.join(sources)} (ufw: sudo ufw allow {words[0]}/tcp)"
    )


def _other_answers(knocks: list[tuple[str, dict[str, Any]]], known: dict[str, Node]) -> Found:
    """Two machines with one address."""
    told = set()
    for source, each in knocks:
        by = each.get("answeredBy")
        if by and by != each["to"] and each["to"] in known and (each["to"], by) not in told:
            told.add((each["to"], by))
            what = f"is not who answers {source} at {each['address']}: that is {by}"
            why = "two machines have one address: each gets part of what the other should"
            yield known[each["to"]].finds(
                "blocks", "same-address", what, why, "give each node an address of its own (the router's DHCP)"
            )


def ports_taken(node: Node) -> Found:
    settings, listener = node.settings, node.report.get("listener") or {}
    for port in listener.get("taken", []):
        holder = next((each for each in _tcp(node) if each["port"] == port and not _is_spark(each)), None)
        if holder:
            program = holder.get("process") or f"a program of {holder['user']}"
            stop = (
                f"sudo systemctl disable --now {holder['unit']}"
                if holder.get("unit")
                else f"sudo kill {holder.get('pid')}"
            )
            name = next(
                name
                for name in (*_SINGLE_PORTS, *_RANGES)
                if _range(name, settings)[0] <= port <= _range(name, settings)[1]
            )
            yield node.finds(
                "warns" if name in _RANGES else "blocks",
                "port-taken",
                f"has port {port} taken by {program}",
                "Spark would not start there, or at another port than the firewall lets in",
                f"on the node: {stop}; or {name} in {_SETTINGS}",
            )


def _tcp(node: Node) -> list[dict[str, Any]]:
    return [
        each for each in node.survey.get("listening") or [] if each["protocol"] == "tcp" and each["port"] is not None
    ]


def _is_spark(listening: dict[str, Any]) -> bool:
    return listening.get("user") == "spark" or str(listening.get("unit") or "").startswith("sparkberry-")


def ports_listed(node: Node) -> Found:
    """What Spark listens on, against the list."""
    listed = [_range(name, node.settings) for name in (*_SINGLE_PORTS, *_RANGES)]
    for each in _tcp(node):
        if each["address"].startswith("127.") or each["address"] == "::1":
            continue
        where = f"{each['address']}:{each['port']}"
        again = f"{_UP}, and ./sparkberry cluster restart {node.name}"
        if each["port"] == _REST_PORT and (_is_spark(each) or each.get("process") == "java"):
            what = f"listens at Spark's REST port ({where})"
            why = "it runs the code of anybody who can reach it, without the secret"
            yield node.finds("blocks", "rest", what, why, f"on the node: sudo kill {each.get('pid')}; then {again}")
        elif not node.is_ours or not _is_spark(each):
            continue
        elif not any(first <= each["port"] <= last for first, last in listed):
            what = f"listens at {where} ({each.get('process')}), which is not on the list of ports"
            yield node.finds("warns", "port-unlisted", what, "nobody has thought about who may reach it", again)
        elif each["address"] in ("*", "0.0.0.0", "::"):
            what = f"listens on every address at port {each['port']} ({each.get('process')})"
            yield node.finds("warns", "port-everywhere", what, "other networks that it is in reach Spark too", again)


# --- Clocks ---


@dataclass(frozen=True)
class Offset:
    """How far a node's clock is ahead of this machine's, in seconds, and ± what."""

    seconds: float
    uncertainty: float

    @property
    def at_least(self) -> float:
        return max(0.0, abs(self.seconds) - self.uncertainty)

    def __str__(self) -> str:
        digits = 1 if self.uncertainty < 0.1 else 0
        return f"{abs(self.seconds):.{digits}f} s {'ahead' if self.seconds > 0 else 'behind'}"


def offset(node: Node, control: dict[str, Any]) -> Offset | None:
    """The surest: asked from here, asked from there, or between two looks at this machine's clock."""
    found = []
    for each in (control.get("tried") or {}).get("clocks", []):
        if each["to"] == node.name:
            found.append(Offset(each["offsetSeconds"], each["uncertaintySeconds"]))
    for each in (node.report.get("tried") or {}).get("clocks", []):
        if each["to"] == CONTROL:
            found.append(Offset(-each["offsetSeconds"], each["uncertaintySeconds"]))
    asked, received, there = node.report.get("asked"), node.report.get("received"), node.survey.get("time")
    if asked and received and there:
        found.append(Offset(there - (asked + received) / 2, (received - asked) / 2))
    return min(found, key=lambda each: each.uncertainty, default=None)


def clocks(nodes: list[Node], control: dict[str, Any]) -> Found:
    offsets = {node.name: found for node in nodes if (found := offset(node, control))}
    wrong = {name: found for name, found in offsets.items() if found.at_least > _CLOCK_WARNS_SECONDS}
    why = "logs and events do not fit together, and packages look as if they came from the future"
    spread = [found.seconds for found in wrong.values()]
    if len(wrong) > 1 and len(wrong) == len(offsets) and max(spread) - min(spread) < 2 * _CLOCK_WARNS_SECONDS:
        found = min(wrong.values(), key=lambda each: each.uncertainty)
        told = Offset(-found.seconds, found.uncertainty)
        yield Finding(
            _clock_severity(found),
            CONTROL,
            "clock",
            f"has a clock that is {told} of all nodes'",
            why,
            "on this machine: sudo timedatectl set-ntp true; timedatectl",
        )
        return
    for node in nodes:
        if node.name in wrong:
            what = f"has a clock that is {wrong[node.name]} of this machine's"
            if node.is_ours:
                cure = "on the node: sudo chronyc makestep; chronyc sources"
            else:
                cure = "on the node: sudo timedatectl set-ntp true; timedatectl timesync-status (up installs chrony)"
            yield node.finds(_clock_severity(wrong[node.name]), "clock", what, why, cure)


def _clock_severity(found: Offset) -> str:
    return "blocks" if found.at_least > _CLOCK_BLOCKS_SECONDS else "warns"


def time_synchronised(node: Node) -> Found:
    if node.survey.get("timeSynchronised") is False and not node.is_container:
        cure = "on the node: chronyc sources" if node.is_ours else f"{_UP} installs chrony (time: true)"
        yield node.finds(
            "warns" if node.is_ours and node.settings.get("time", True) else "notes",
            "time",
            "does not keep its clock with others'",
            "a Pi before the Pi 5 does not know the time when it starts",
            cure,
        )


# --- Health ---


def throttled(node: Node) -> Found:
    said = node.survey.get("throttled")
    if not said:
        return
    now = [words for bit, words in _NOW.items() if said >> bit & 1]
    before = [words for bit, words in _NOW.items() if said >> bit + 16 & 1]
    power = "a power supply of its own (5.1 V, 3 A; Pi 5: 5 A) and a short cable"
    cooling = "a heat sink or fan, and air between the boards"
    under_voltage = bool(said & 0x10001)
    cure = power if under_voltage and not said & 0xC000C else f"{power}; {cooling}" if under_voltage else cooling
    why = "the processor is slowed down: runs are invalid, and jobs wait for this node"
    if now:
        yield node.finds("warns", "throttled", f"is throttled now: {', '.join(now)} ({said:#x})", why, cure)
    elif before:
        severity = "warns" if said & 0x50000 else "notes"
        what = f"was throttled since it started: {', '.join(before)} ({said:#x})"
        yield node.finds(severity, "throttled", what, why, f"{cure}; a reboot clears the record")


def temperature(node: Node) -> Found:
    celsius = node.survey.get("celsius")
    warm = _WARM_3B_PLUS_CELSIUS if "3 Model B Plus" in node.model or "3 Model B+" in node.model else _WARM_CELSIUS
    if celsius is not None and celsius >= warm:
        is_hot = celsius >= _HOT_CELSIUS
        why = "the firmware slows it down from 80 °C on" if is_hot else "with all cores at work it will be throttled"
        why = "from 60 °C on this board clocks down" if warm == _WARM_3B_PLUS_CELSIUS and not is_hot else why
        yield node.finds(
            "warns", "temperature", f"is at {celsius:.0f} °C", why, "a heat sink or fan, and air between the boards"
        )


def governor(node: Node) -> Found:
    # Intel's and AMD's own drivers call their normal setting powersave.
    if node.survey.get("governor") == "powersave" and "pstate" not in str(node.survey.get("governorDriver")):
        yield node.finds(
            "warns",
            "governor",
            "has the governor powersave",
            "the processor stays at its lowest clock",
            "on the node: echo ondemand | sudo tee /sys/devices/system/cpu/cpufreq/policy*/scaling_governor;"
            " take what sets it out of /etc/rc.local or cpufrequtils",
        )


def speeds(nodes: list[Node]) -> Found:
    known = {node.name: node for node in nodes}
    slow: dict[str, tuple[float, float | None]] = {}
    measured: dict[str, str] = {}
    for node in nodes:
        for each in (node.report.get("tried") or {}).get("speeds", [])[:1]:
            other = known.get(each["to"])
            if not other or any(each.interface and each.interface["wireless"] for each in (node, other)):
                continue  # radio is a finding of its own
            measured[node.name] = other.name
            worst, rated = min(each["thereMegabits"], each["backMegabits"]), _rated(node, other)
            least = _LEAST_VIRTUAL_MEGABITS if node.is_container or other.is_container else _LEAST_MEGABITS
            if worst < least or rated and worst < _FULL_SPEED * rated:
                slow[node.name] = (worst, rated)
    why = "a shuffle takes as long as its slowest way"
    cure = "another cable (Cat 5e) and another port of the switch; on the node: ethtool eth0"
    if len(slow) > 1 and len(slow) == len(measured):
        reference = known[next(iter(measured.values()))]
        worst, rated = min(slow.values())
        yield reference.finds(
            "warns", "speed", f"exchanges {worst:.0f} Mbit/s{_of(rated)} with every other node", why, cure
        )
        return
    for name, (worst, rated) in slow.items():
        what = f"exchanges {worst:.0f} Mbit/s{_of(rated)} with {measured[name]}"
        yield known[name].finds("warns", "speed", what, why, cure)


def _of(rated: float | None) -> str:
    return f" of {rated:.0f}" if rated else ""


def _rated(*nodes: Node) -> float | None:
    """What both interfaces say; None if one of them does not."""
    found = []
    for node in nodes:
        said = (node.interface or {}).get("megabits")
        is_3b_plus = "3 Model B Plus" in node.model
        found.append(min(said, _REAL_MEGABITS_3B_PLUS) if said and is_3b_plus else said)
    return min(found) if all(found) else None


# --- The secret ---


def secret(control: dict[str, Any]) -> Found:
    """control's secretMode: None if there is no secret; not judged if nobody says."""
    if "secretMode" not in control:
        return
    mode, file = control["secretMode"], control.get("secretFile", "cluster/secret")
    why = "who knows the secret runs code on every node"
    if mode is None:
        cure = f"umask 077; openssl rand -hex 32 > {file}"
        yield Finding("blocks", CONTROL, "secret", "has no secret for the cluster", why, cure)
        return
    bits_set = int(str(mode), 8) if isinstance(mode, str) else int(mode)
    if bits_set & 0o777 != 0o600:
        what = f"has a secret that others may read: mode {bits_set & 0o777:04o}"
        yield Finding("blocks", CONTROL, "secret", what, why, f"chmod 600 {file}")


# --- All together ---

_OF_NODE: tuple[Callable[[Node], Found], ...] = (
    reached,
    sudo,
    bits,
    release,
    java,
    master_memory,
    worker_memory,
    executor_memory,
    worker_cores,
    disk,
    swap,
    memory_cgroup,
    address,
    wireless,
    ports_taken,
    ports_listed,
    time_synchronised,
    throttled,
    temperature,
    governor,
)
_OF_ALL: tuple[Callable[[list[Node]], Found], ...] = (same_java, same_names, same_machines, subnets, speeds)


def judge(report: dict[str, Any]) -> list[Finding]:
    """The worst first; of each severity this machine first, then the nodes as they stand in the report."""
    nodes = [Node(name, each) for name, each in report["nodes"].items()]
    control = report.get("control") or {}
    found = list(secret(control))
    for node in nodes:
        for check in _OF_NODE:
            found += check(node)
        found += hosts(node, nodes)
    for of_all in _OF_ALL:
        found += of_all(nodes)
    found += ports(nodes, control)
    found += clocks(nodes, control)
    order = {name: place for place, name in enumerate((CONTROL, *(node.name for node in nodes)))}
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), order.get(each.node, len(order))))


def blocks(found: list[Finding]) -> bool:
    return any(each.severity == "blocks" for each in found)


def as_json(found: list[Finding], node_count: int) -> dict[str, Any]:
    counts = {severity: sum(each.severity == severity for each in found) for severity in SEVERITIES}
    return {"schemaVersion": 1, "nodes": node_count, **counts, "findings": [asdict(each) for each in found]}


def print_text(found: list[Finding], node_count: int) -> None:
    for severity in SEVERITIES:
        rows = [[severity, "", ""]]
        for each, names in _merged(found, severity):
            rows += [[names, "", each.what], ["", "why", each.why], ["", "cure", each.cure]]
        if len(rows) > 1:
            print_table(rows)
            print()
    blocking = sum(each.severity == "blocks" for each in found)
    nodes = f"{node_count} node{'' if node_count == 1 else 's'}"
    if blocking:
        print(f"{blocking} thing{'' if blocking == 1 else 's'} on {nodes} must be mended first; then: {_DOCTOR}")
    else:
        print(f"nothing blocks on {nodes}: {_UP}")


def _merged(found: list[Finding], severity: str) -> Iterator[tuple[Finding, str]]:
    """What is the same on several nodes is told once."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for each in found:
        if each.severity == severity:
            groups.setdefault((each.what, each.why, each.cure), []).append(each)
    for group in groups.values():
        yield group[0], ", ".join(each.node for each in group)
