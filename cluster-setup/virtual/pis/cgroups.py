"""The control groups of the nodes: what share of the processors and how much memory each may take.

One group holds all: GROUP/NODE for a node, GROUP/keepers for the processes that look after the nodes. Under cgroup v2
there is one tree of groups; under v1 there is one for every controller, and each gets the same groups. Where systemd is
process 1 all groups are its: then GROUP is the group of a service that it has delegated to us.
"""
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pis import host
from pis.problem import BadInput, Failed

NAME = "sparkberry-virtual"
KEEPERS = "keepers"
PERIOD_MICROSECONDS = 20_000  # at the usual 100 ms a node of a tenth of a processor stands still for 90 ms at a time
LEAST_QUOTA_MICROSECONDS = 1_000  # the kernel takes no less

_SERVICE = f"{NAME}.service"
_CONTROLLERS = {"cpu", "cpuacct", "memory", "pids"}
_MOST_SHARES = 262_144  # of cgroup v1: other programs' load must not slow the nodes down
_MOST_WEIGHT = 10_000  # of cgroup v2
_DEADLINE_SECONDS = 20


@dataclass(frozen=True)
class Tree:
    """A mounted hierarchy of groups."""

    mount: Path
    is_v2: bool
    controllers: frozenset[str]


def trees(mounts: str) -> list[Tree]:
    """Those that nodes need, from the text of /proc/self/mounts."""
    found = []
    for line in mounts.splitlines():
        _, mount, kind, options, *_ = line.split()
        path = Path(mount)
        if kind == "cgroup2":
            controllers = frozenset((path / "cgroup.controllers").read_text().split())
            found.append(Tree(path, True, controllers))
        elif kind == "cgroup":
            names = set(options.split(","))
            if names & (_CONTROLLERS | {"name=systemd"}):
                found.append(Tree(path, False, frozenset(names & _CONTROLLERS)))
    return found


class Groups:
    def __init__(self) -> None:
        self._trees = trees(Path("/proc/self/mounts").read_text())
        self._group = f"system.slice/{_SERVICE}" if host.is_run_by_systemd() else NAME

    def check(self) -> None:
        for controller in ("cpu", "memory"):
            if not any(controller in tree.controllers for tree in self._trees):
                cure = "boot Linux with cgroup_enable=memory" if controller == "memory" else "use another kernel"
                raise BadInput(f"this machine's kernel limits no {controller} of processes by control groups: {cure}")

    def create(self, nodes: list[str]) -> None:
        if host.is_run_by_systemd():
            host.run(
                *("systemd-run", "--quiet", "--collect", f"--unit={_SERVICE}", "--slice=system.slice"),
                *("--property=Delegate=yes", f"--property=CPUWeight={_MOST_WEIGHT}", "sleep", "infinity"),
            )
        for tree in self._trees:
            top = tree.mount / self._group
            (top / KEEPERS).mkdir(parents=True, exist_ok=True)
            if tree.is_v2:
                # A group with groups in it may hold no process.
                for process in _processes(top):
                    (top / KEEPERS / "cgroup.procs").write_text(str(process))
                self._hand_down(tree, top)
                if "cpu" in tree.controllers:
                    (top / "cpu.weight").write_text(str(_MOST_WEIGHT))
            elif "cpu" in tree.controllers:
                (top / "cpu.shares").write_text(str(_MOST_SHARES))
            for node in nodes:
                (top / node).mkdir(exist_ok=True)

    @staticmethod
    def _hand_down(tree: Tree, top: Path) -> None:
        wanted = " ".join(f"+{name}" for name in sorted(tree.controllers & _CONTROLLERS))
        if not wanted:
            return
        # systemd's service has its controllers from systemd.
        for group in [top] if host.is_run_by_systemd() else [tree.mount, top]:
            try:
                (group / "cgroup.subtree_control").write_text(wanted)
            except OSError as error:
                raise Failed(f"{group}: cannot hand down the controllers {wanted}: {error.strerror}") from error

    def join(self, group: str, process: int) -> None:
        for tree in self._trees:
            (tree.mount / self._group / group / "cgroup.procs").write_text(str(process))

    def limit_memory(self, node: str, mebibytes: int) -> None:
        self._write("memory", node, "memory.limit_in_bytes", "memory.max", str(mebibytes << 20))
        # Swapping on the host would hide that a board is too small. Not every kernel counts swap.
        swap = {False: ("memory.memsw.limit_in_bytes", str(mebibytes << 20)), True: ("memory.swap.max", "0")}
        for tree in self._trees:
            name, value = swap[tree.is_v2]
            file = tree.mount / self._group / node / name
            if file.exists():
                file.write_text(value)

    def limit_processors(self, node: str, processors: float) -> None:
        """A share below 1 is part of a processor."""
        quota = max(LEAST_QUOTA_MICROSECONDS, round(processors * PERIOD_MICROSECONDS))
        self._write("cpu", node, "cpu.cfs_period_us", None, str(PERIOD_MICROSECONDS))
        self._write("cpu", node, "cpu.cfs_quota_us", "cpu.max", str(quota), f"{quota} {PERIOD_MICROSECONDS}")

    def _write(self, controller: str, node: str, v1: str, v2: str | None, value: str, v2_value: str = "") -> None:
        for tree in self._trees:
            name = v2 if tree.is_v2 else v1
            if controller in tree.controllers and name:
                (tree.mount / self._group / node / name).write_text(v2_value or value if tree.is_v2 else value)

    def memory_used_mebibytes(self, node: str) -> int | None:
        """Without what the kernel could drop at once: its cache of files."""
        for tree in self._trees:
            group = tree.mount / self._group / node
            if "memory" in tree.controllers and group.is_dir():
                used = int((group / ("memory.current" if tree.is_v2 else "memory.usage_in_bytes")).read_text())
                stat = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
                cache = int(stat.get("inactive_file" if tree.is_v2 else "total_inactive_file", 0))
                return max(0, used - cache) >> 20
        return None

    def processes(self, group: str = "") -> set[int]:
        """Of this group and all groups in it; of all nodes and their keepers without a name."""
        found: set[int] = set()
        for tree in self._trees:
            top = tree.mount / self._group / group
            for directory, _, _ in os.walk(top):
                found.update(_processes(Path(directory)))
        return found

    def kill(self, group: str = "") -> None:
        """Kills all processes of the group, as often as it takes: they fork and they start each other again."""
        end = time.monotonic() + _DEADLINE_SECONDS
        while left := self.processes(group) - {os.getpid()}:
            for process in left:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass  # it has ended meanwhile
            if time.monotonic() > end:
                raise Failed(f"these processes of {group or 'virtual Pis'} do not end: {sorted(left)}")
            time.sleep(0.02)

    def remove(self) -> None:
        """Takes all groups away; they must be empty."""
        if host.is_run_by_systemd():
            host.succeeds("systemctl", "stop", _SERVICE)
            host.succeeds("systemctl", "reset-failed", _SERVICE)
        for tree in self._trees:
            self.remove_group(tree.mount / self._group)

    def empty(self, node: str) -> None:
        """Takes the groups away that a node has made for itself."""
        for tree in self._trees:
            for inner in _inner(tree.mount / self._group / node):
                self.remove_group(inner)

    @staticmethod
    def remove_group(top: Path) -> None:
        end = time.monotonic() + _DEADLINE_SECONDS
        for directory, _, _ in os.walk(top, topdown=False):
            while True:
                try:
                    os.rmdir(directory)
                    break
                except FileNotFoundError:
                    break
                except OSError as error:
                    # A process that has just been killed is still counted for some milliseconds.
                    if time.monotonic() > end:
                        raise Failed(f"{directory}: cannot be removed: {error.strerror}") from error
                    time.sleep(0.02)

    def exist(self) -> bool:
        return any((tree.mount / self._group).is_dir() for tree in self._trees)


def _inner(group: Path) -> list[Path]:
    return [path for path in group.iterdir() if path.is_dir()] if group.is_dir() else []


def _processes(group: Path) -> list[int]:
    try:
        return [int(line) for line in (group / "cgroup.procs").read_text().split()]
    except (FileNotFoundError, OSError):
        return []  # gone, or just being removed
