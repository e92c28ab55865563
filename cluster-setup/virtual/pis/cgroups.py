"""The control groups of the nodes: what share of the processors and how much memory each may take.

One group holds all: GROUP/NODE for a node, with its limits, GROUP/NODE/machine for its processes, new at each boot,
and GROUP/keepers for the processes that look after the nodes. Under cgroup v2 there is one tree of groups; under v1
there is one for every controller, and each gets the same groups. Where systemd is process 1 all groups are its: then
GROUP is the group of a service that it has delegated to us.
"""
import math
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pis import host
from terminal import BadInput, Failed

NAME = "sparkberry-virtual"
KEEPERS = "keepers"
LEAST_PROCESSORS = 0.001  # the kernel's least quota in its longest period

_MACHINE = "machine"
_PERIOD_MICROSECONDS = 20_000  # at the usual 100 ms a node of a tenth of a processor stands still for 90 ms at a time
_LEAST_QUOTA_MICROSECONDS = 1_000
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
        self._group = _SERVICE if host.is_run_by_systemd() else NAME

    def check(self) -> None:
        for controller in ("cpu", "memory"):
            if not any(controller in tree.controllers for tree in self._trees):
                cure = "boot Linux with cgroup_enable=memory" if controller == "memory" else "use another kernel"
                raise BadInput(f"this machine's kernel limits no {controller} of processes by control groups: {cure}")

    def create(self, nodes: list[str]) -> None:
        if host.is_run_by_systemd():
            # In the root slice: a weight counts among neighbours alone. Type exec: else systemd may move the process
            # into the unit's group again after we have moved it.
            host.run(
                *(
                    "systemd-run",
                    "--quiet",
                    "--collect",
                    f"--unit={_SERVICE}",
                    "--slice=-.slice",
                    "--service-type=exec",
                ),
                *("--property=Delegate=yes", f"--property=CPUWeight={_MOST_WEIGHT}", "sleep", "infinity"),
            )
        for tree in self._trees:
            top = tree.mount / self._group
            (top / KEEPERS).mkdir(parents=True, exist_ok=True)
            if tree.is_v2:
                # A group with groups in it may hold no process.
                for process in _processes(top):
                    (top / KEEPERS / "cgroup.procs").write_text(str(process))
                self._hand_down(tree, *([] if host.is_run_by_systemd() else [tree.mount]), top)
                if "cpu" in tree.controllers:
                    (top / "cpu.weight").write_text(str(_MOST_WEIGHT))
            elif "cpu" in tree.controllers:
                (top / "cpu.shares").write_text(str(_MOST_SHARES))
            for node in nodes:
                (top / node).mkdir(exist_ok=True)

    @staticmethod
    def _hand_down(tree: Tree, *groups: Path) -> None:
        """Lets the groups in these have limits of their own."""
        wanted = " ".join(f"+{name}" for name in sorted(tree.controllers & _CONTROLLERS))
        for group in groups if wanted else []:
            try:
                (group / "cgroup.subtree_control").write_text(wanted)
            except OSError as error:
                raise Failed(f"{group}: cannot hand down the controllers {wanted}: {error.strerror}") from error

    def join_keepers(self, process: int) -> None:
        for tree in self._trees:
            (tree.mount / self._group / KEEPERS / "cgroup.procs").write_text(str(process))

    def renew_machine(self, node: str) -> None:
        """Makes the group for the processes of a node that is about to boot. What an earlier boot left is taken away:
        where a group has handed controllers down, no process can join it again."""
        for tree in self._trees:
            top = tree.mount / self._group / node
            self._remove_group(top / _MACHINE)
            if tree.is_v2:
                self._hand_down(tree, top)
            (top / _MACHINE).mkdir()

    def join_machine(self, node: str, process: int) -> None:
        for tree in self._trees:
            (tree.mount / self._group / node / _MACHINE / "cgroup.procs").write_text(str(process))

    def limit_memory(self, node: str, mebibytes: int) -> None:
        # Swapping on the host would hide that a board is too small; v1 limits memory and swap together.
        limit = str(mebibytes << 20)
        v1 = {"memory.limit_in_bytes": limit, "memory.memsw.limit_in_bytes": limit}
        v2 = {"memory.max": limit, "memory.swap.max": "0"}
        for tree in self._trees:
            if "memory" in tree.controllers:
                for name, value in (v2 if tree.is_v2 else v1).items():
                    file = tree.mount / self._group / node / name
                    if "sw" not in name or file.exists():  # not every kernel counts swap
                        file.write_text(value)

    def limit_processors(self, node: str, processors: float) -> None:
        """A share below 1 is part of a processor; below 0.05 the period grows, up to a second at LEAST_PROCESSORS."""
        period = max(_PERIOD_MICROSECONDS, math.ceil(_LEAST_QUOTA_MICROSECONDS / processors))
        quota = round(processors * period)
        for tree in self._trees:
            group = tree.mount / self._group / node
            if "cpu" in tree.controllers and tree.is_v2:
                (group / "cpu.max").write_text(f"{quota} {period}")
            elif "cpu" in tree.controllers:
                (group / "cpu.cfs_quota_us").write_text(
                    "-1"
                )  # else the new period is refused where the old quota is more
                (group / "cpu.cfs_period_us").write_text(str(period))
                (group / "cpu.cfs_quota_us").write_text(str(quota))

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
            self._remove_group(tree.mount / self._group)

    @staticmethod
    def _remove_group(top: Path) -> None:
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


def _processes(group: Path) -> list[int]:
    try:
        return [int(line) for line in (group / "cgroup.procs").read_text().split()]
    except OSError:
        return []  # gone, or just being removed
