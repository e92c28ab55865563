"""This machine: what it has, what is installed, and the programs that are run on it."""
import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from terminal import BadInput, Failed

# The program that is needed, and the Debian package that has it.
PACKAGES = {
    "systemd-nspawn": "systemd-container",
    "debootstrap": "debootstrap",
    "ip": "iproute2",
    "tc": "iproute2",
    "nft": "nftables",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
}
EMBEDDED = "without it, './sparkberry sweep JOB' and 'verify JOB' start a cluster of processes on this machine"

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def check_root() -> None:
    if os.geteuid() != 0:
        raise BadInput(f"virtual Pis need root: sudo ./sparkberry virtual …; {EMBEDDED}")


def check_packages() -> None:
    # su leaves a person's PATH as it is, in which root's programs are not.
    os.environ["PATH"] = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [program for program in PACKAGES if not shutil.which(program)]
    if missing:
        packages = sorted({PACKAGES[program] for program in missing})
        raise BadInput(f"found no {', no '.join(missing)}: apt-get install {' '.join(packages)}")


def processors() -> int:
    return len(os.sched_getaffinity(0))


def memory_mebibytes() -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal:"):
            return int(line.split()[1]) // 1024
    raise Failed("/proc/meminfo does not say how much memory there is")


def is_run_by_systemd() -> bool:
    return Path("/run/systemd/system").is_dir() and Path("/proc/1/comm").read_text().strip() == "systemd"


def boot_id() -> str:
    """Another one after each start of this machine."""
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def caller() -> tuple[int, int]:
    """User and group of the person, also behind sudo."""
    ids = [os.environ.get(name, "") for name in ("SUDO_UID", "SUDO_GID")]
    return (int(ids[0]), int(ids[1])) if all(text.isdecimal() for text in ids) else (os.geteuid(), os.getegid())


def dying_with(parent: int) -> Callable[[], None]:
    """For a child between fork and exec: when its parent is killed, it must not go on alone."""

    def tie() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def outlive_parent() -> None:
    """Takes that back."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, 0)


def unshare(flags: int) -> None:
    """unshare(2), which Python's os has from 3.12 on."""
    if _LIBC.unshare(flags) != 0:
        raise Failed(f"unshare: {os.strerror(ctypes.get_errno())}")


def run(*words: object, text: str | None = None) -> str:
    """Runs a program to its end and returns what it printed. What it says when it fails becomes one line."""
    command = [str(word) for word in words]
    source = {"stdin": subprocess.DEVNULL} if text is None else {"input": text}
    done = subprocess.run(command, **source, capture_output=True, text=True, preexec_fn=dying_with(os.getpid()))
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()
        raise Failed(f"{' '.join(command[:4])}: {said[-1]}")
    return done.stdout


def succeeds(*words: object) -> bool:
    command = [str(word) for word in words]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=dying_with(os.getpid()))
    return done.returncode == 0
