"""One node: a booted Debian in systemd-nspawn, and the keeper process that starts it, again after a reboot.

The keeper lives in a mount and a network namespace of its own, in which the node's layer is mounted and its cable
ends. Both go with the last process in them: a node that is killed leaves neither a mount nor a namespace.
"""
import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pis import host, network
from pis.cgroups import KEEPERS, Groups
from pis.models import Model
from pis.network import Cable
from pis.problem import Failed

_CLONE_NEWNS = 0x0002_0000
_CLONE_NEWNET = 0x4000_0000
_REBOOT = 133  # what systemd-nspawn's exit code says of a host that wants to boot again
_POWER_OFF = signal.SIGRTMIN + 4  # systemd's
_POWER_OFF_SECONDS = 90


@dataclass(frozen=True)
class Lent:
    """A folder of this machine that the node sees at the same place, read-only."""

    folders: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    name: str
    model: Model
    cable: Cable
    speed: float  # of a core, in cores of this machine
    slowed: float  # 0.5: half of that
    is_worker: bool

    @property
    def processors(self) -> float:
        """The share of this machine's processors, 1 is one of them."""
        return self.model.cores * self.speed * self.slowed


def keep(node: Node, folder: Path, base: Path, lent: Lent) -> None:
    """Boots the node and looks after it until it is powered off. To be the main thing of a process."""
    groups = Groups()
    groups.join(KEEPERS, os.getpid())
    # From here on whoever kills the groups' processes kills this one too.
    host.outlive_parent()
    os.setsid()
    other_end = network.lay(node.cable)
    outside = os.open("/proc/self/ns/net", os.O_RDONLY)
    host.unshare(_CLONE_NEWNET | _CLONE_NEWNS)
    host.run("mount", "--make-rprivate", "/")
    move = ("ip", "link", "set", other_end, "netns", os.getpid(), "name", "eth0")
    os.set_inheritable(outside, True)
    _in_namespace(outside, move)
    os.close(outside)
    network.plug(node.cable)
    root = folder / "root"
    layers = f"lowerdir={base},upperdir={folder / 'layer'},workdir={folder / 'work'}"
    host.run("mount", "-t", "overlay", "-o", layers, "overlay", root)
    while _boot(node, root, lent, groups, folder / "console.log") == _REBOOT:
        groups.empty(node.name)


def _in_namespace(descriptor: int, words: tuple[object, ...]) -> None:
    command = ["nsenter", f"--net=/proc/self/fd/{descriptor}", *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, text=True, pass_fds=[descriptor])
    if done.returncode != 0:
        raise Failed(f"{' '.join(command[2:5])}: {done.stderr.strip()}")


def _boot(node: Node, root: Path, lent: Lent, groups: Groups, console: Path) -> int:
    command = [
        *("systemd-nspawn", "--quiet", "--boot", f"--directory={root}", f"--machine={node.name}"),
        *("--register=no", "--keep-unit", f"--network-namespace-path=/proc/{os.getpid()}/ns/net"),
        *("--resolv-conf=off", "--timezone=off", "--link-journal=no", "--console=pipe"),
        *(f"--bind-ro={path}" for path in lent.folders),
    ]
    with console.open("ab") as output:
        return subprocess.call(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            preexec_fn=lambda: groups.join(node.name, os.getpid()),
        )


def start_keeper(command: list[str], name: str, folder: Path) -> subprocess.Popen[bytes]:
    """Starts the process that will call `keep`."""
    with (folder / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *command, name],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=host.dying_with(os.getpid()),
        )


def leader(name: str, groups: Groups) -> int | None:
    """The node's process 1, by its number here; none if it is off."""
    for process in groups.processes(name):
        if _numbers(process)[1:] == ["1"]:
            return process
    return None


def root(name: str, groups: Groups) -> Path | None:
    """The files of a running node, as it sees them."""
    process = leader(name, groups)
    return Path(f"/proc/{process}/root") if process else None


def _numbers(process: int) -> list[str]:
    """Of a process in each process namespace that it is in, from here inwards."""
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("NSpid:"):
                return line.split()[1:]
    except OSError:
        pass  # it has ended
    return []


def power_off(name: str, groups: Groups) -> bool:
    """Shuts it down as a person would. Returns whether it ended in time."""
    process = leader(name, groups)
    if process:
        os.kill(process, _POWER_OFF)
        for _ in _ticks(_POWER_OFF_SECONDS):
            if not groups.processes(name):
                return True
        return False
    return True


def pull_plug(name: str, groups: Groups) -> None:
    """Ends it at once, as a power cut does."""
    groups.kill(name)
    groups.empty(name)


def _ticks(seconds: float) -> Iterator[float]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield end
        time.sleep(0.1)


def slowed(node: Node, factor: float) -> Node:
    return dataclasses.replace(node, slowed=factor)
