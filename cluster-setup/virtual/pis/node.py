"""One node: a booted Debian in systemd-nspawn, and the keeper process that starts it, again after a reboot.

The keeper lives in a mount and a network namespace of its own, in which the node's layer is mounted and its cable
ends. Both go with the last process in them: a node that is killed leaves neither a mount nor a namespace.
"""
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pis import board, host, network
from pis.cgroups import LEAST_PROCESSORS, Groups
from pis.models import Model
from pis.network import Cable
from terminal import BadInput, Failed

FILES = "files"  # in a node's folder what is closed to others: its layer

_CLONE_NEWNS = 0x0002_0000
_CLONE_NEWNET = 0x4000_0000
_REBOOT = 133  # what systemd-nspawn's exit code says of a host that wants to boot again
_POWER_OFF = signal.SIGRTMIN + 4  # systemd's
_POWER_OFF_SECONDS = 90


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
        return max(LEAST_PROCESSORS, self.model.cores * self.speed * self.slowed)


def keep(node: Node, folder: Path, base: Path, lent: tuple[str, ...]) -> None:
    """Boots the node and looks after it until it is powered off. To be the main thing of a process.

    folder: the node's own on this machine; lent: folders of this machine that the node sees, read-only.
    """
    hold = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for attempt in reversed(range(20)):
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if attempt == 0:
                raise BadInput(f"{node.name} is looked after already") from None
            time.sleep(0.05)  # somebody only looks, as `is_on` does
    groups = Groups()
    groups.join_keepers(os.getpid())
    # From here on whoever kills the groups' processes kills this one too.
    host.outlive_parent()
    os.setsid()
    other_end = network.lay(node.cable)
    outside = os.open("/proc/self/ns/net", os.O_RDONLY)
    host.unshare(_CLONE_NEWNET | _CLONE_NEWNS)
    host.run("mount", "--make-rprivate", "/")
    # systemd-nspawn leaves locks there when it is killed.
    host.run("mount", "-t", "tmpfs", "-o", "mode=755", "run", "/run")
    move = ("ip", "link", "set", other_end, "netns", os.getpid(), "name", "eth0")
    os.set_inheritable(outside, True)
    _in_namespace(outside, move)
    os.close(outside)
    network.plug(node.cable)
    files = folder / FILES
    root = files / "root"
    layers = f"lowerdir={base},upperdir={files / 'layer'},workdir={files / 'work'}"
    host.run("mount", "-t", "overlay", "-o", layers, "overlay", root)
    while _boot(node, root, (*lent, board.firmware_mount(folder)), folder / "console.log", groups) == _REBOOT:
        pass


def _in_namespace(descriptor: int, words: tuple[object, ...]) -> None:
    command = ["nsenter", f"--net=/proc/self/fd/{descriptor}", *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, text=True, pass_fds=[descriptor])
    if done.returncode != 0:
        raise Failed(f"{' '.join(command[2:5])}: {done.stderr.strip()}")


def _boot(node: Node, root: Path, lent: tuple[str, ...], console: Path, groups: Groups) -> int:
    """Returns systemd-nspawn's exit code when the node has ended."""
    groups.renew_machine(node.name)
    board.reset_firmware(console.parent)
    command = [
        *("systemd-nspawn", "--quiet", "--boot", f"--directory={root}", f"--machine={node.name}"),
        *("--register=no", "--keep-unit", f"--network-namespace-path=/proc/{os.getpid()}/ns/net"),
        *("--resolv-conf=off", "--timezone=off", "--link-journal=no", "--console=pipe"),
        "--capability=CAP_NET_ADMIN",  # a host has its own firewall
        *(f"--bind-ro={mount}" for mount in lent),
    ]
    with console.open("ab") as output:
        return subprocess.call(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            preexec_fn=lambda: groups.join_machine(node.name, os.getpid()),
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


def is_on(folder: Path) -> bool:
    """Whether a keeper looks after the node: it is up, or on its way up or down."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)


def _numbers(process: int) -> list[str]:
    """Of a process in each process namespace that it is in, from here inwards."""
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("NSpid:"):
                return line.split()[1:]
    except OSError:
        pass  # it has ended
    return []


def power_off(name: str, folder: Path, groups: Groups) -> bool:
    """Shuts it down as a person would. Returns whether it ended in time."""
    end = time.monotonic() + _POWER_OFF_SECONDS
    asked = None
    while is_on(folder):
        process = leader(name, groups)
        if process and process != asked:  # a node that was just rebooting has another one later
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, _POWER_OFF)
            asked = process
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def pull_plug(name: str, folder: Path, groups: Groups) -> None:
    """Ends it at once, as a power cut does."""
    while is_on(folder):
        groups.kill(name)
        time.sleep(0.02)
