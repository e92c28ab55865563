"""The Debian that all nodes share, read-only: made once from Debian's packages, kept in a cache."""
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from pis import host
from terminal import BadInput, Failed

DEFAULT_CACHE = Path("/var/cache/sparkberry-virtual")
RELEASES = ("bookworm", "trixie")
LOGIN = "pi"

# What Raspberry Pi OS Lite has too, and what ssh and Ansible need; the rest is for a node's owner to install.
_PACKAGES = (
    *("systemd-sysv", "dbus", "openssh-server", "sudo", "python3", "python3-apt", "ca-certificates"),
    *("iproute2", "iputils-ping", "nftables", "procps", "kmod", "less"),
)
# They would wake up now and then and take their part of a small share of a processor.
_QUIET = ("apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer", "fstrim.timer")
_VERSION = 2  # of what is made here beside the packages
_LEAST_FREE_MEBIBYTES = 1_000
_SIGN_OF_LIFE_SECONDS = 20


def default_release() -> str:
    """This machine's own Debian, so that its Java runs in the nodes; else the one that boots everywhere."""
    release = Path("/etc/os-release")
    text = release.read_text() if release.exists() else ""
    return next((name for name in RELEASES if f"VERSION_CODENAME={name}" in text.splitlines()), RELEASES[0])


def folder(cache: Path, release: str) -> Path:
    recipe = hashlib.sha256(f"{_VERSION} {' '.join(_PACKAGES)}".encode()).hexdigest()[:12]
    return cache / f"{release}-{recipe}"


def make(cache: Path, release: str, progress: Callable[[str], None]) -> Path:
    """The base of this release, made if the cache has none.

    It is made beside its place and renamed at the end, in a mount and process namespace of its own: when this program
    is killed, nothing of it goes on and nothing stays mounted.
    """
    base = folder(cache, release)
    if base.is_dir():
        return base
    try:
        # Closed to others: what a node's root makes runnable with root's rights must not run on this machine.
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"--cache: {cache} cannot be made: {error.strerror}") from error
    free = shutil.disk_usage(cache).free >> 20
    if free < _LEAST_FREE_MEBIBYTES:
        raise BadInput(
            f"--cache: {cache} has {free} MiB free, {_LEAST_FREE_MEBIBYTES} are needed: choose another folder"
        )
    lock = os.open(cache, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would delete each other's half
        if not base.is_dir():
            _debootstrap(base, release, progress)
    finally:
        os.close(lock)
    return base


def delete(cache: Path) -> None:
    """Deletes what `make` has made in this folder, and the folder if nothing else is in it."""
    made = re.compile(rf"({'|'.join(RELEASES)})-[0-9a-f]{{12}}(\.partial|\.log)?")
    for path in cache.iterdir() if cache.is_dir() else []:
        if made.fullmatch(path.name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with contextlib.suppress(OSError):
        cache.rmdir()


def _debootstrap(base: Path, release: str, progress: Callable[[str], None]) -> None:
    partial = base.with_suffix(".partial")
    log = base.with_suffix(".log")
    shutil.rmtree(partial, ignore_errors=True)
    progress(f"making Debian {release} for the nodes, once (a minute or two), log in {log}")
    command = [
        *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"),
        *("debootstrap", "--variant=minbase", f"--include={','.join(_PACKAGES)}", release, str(partial)),
        *_mirror(),
    ]
    with log.open("w") as output:
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, preexec_fn=host.dying_with(os.getpid())
        )
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=_SIGN_OF_LIFE_SECONDS)
                    break
                progress(f"still making it ({time.monotonic() - start:.0f} s)")
        except BaseException:  # Ctrl-C too
            process.kill()
            process.wait()
            shutil.rmtree(partial, ignore_errors=True)
            raise
    if process.returncode != 0:
        last = [line for line in log.read_text(errors="replace").splitlines() if line.strip()][-1:] or [
            "it said nothing"
        ]
        raise Failed(f"debootstrap could not make Debian {release}: {last[0]} (all of it is in {log})")
    _furnish(partial)
    partial.rename(base)
    log.unlink()


def _mirror() -> list[str]:
    """Where this machine's own Debian packages come from; without an answer debootstrap knows a place."""
    if not Path("/etc/debian_version").exists():
        return []
    sites = host.run(
        *("apt-get", "indextargets", "--format", "$(ORIGIN) $(SITE) $(COMPONENT) $(RELEASE)", "Created-By: Packages")
    )
    for line in sites.splitlines():
        origin, _, rest = line.partition(" ")
        site, component, release = rest.split(" ", 2) if rest.count(" ") >= 2 else ("", "", "")
        if origin == "Debian" and component == "main" and release in RELEASES and site.startswith("http"):
            return [site]
    return []


def _furnish(root: Path) -> None:
    """Makes a host of it that is looked after by ssh."""
    inside = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "chroot", str(root))
    host.run(*inside, "useradd", "--create-home", "--shell", "/bin/bash", "--groups", "sudo", LOGIN)
    host.run(*inside, "apt-get", "clean")
    (root / "etc/sudoers.d/010_pi-nopasswd").write_text(f"{LOGIN} ALL=(ALL) NOPASSWD: ALL\n")
    (root / "etc/sudoers.d/010_pi-nopasswd").chmod(0o440)
    (root / "etc/ssh/sshd_config.d").mkdir(exist_ok=True)
    (root / "etc/ssh/sshd_config.d/virtual.conf").write_text("PasswordAuthentication no\nUseDNS no\n")
    for key in (root / "etc/ssh").glob("ssh_host_*"):
        key.unlink()  # each node has its own
    # Without session scopes a login is part of the service, which one of them that takes too much memory would end.
    (root / "etc/systemd/system/ssh.service.d").mkdir()
    (root / "etc/systemd/system/ssh.service.d/virtual.conf").write_text("[Service]\nOOMPolicy=continue\n")
    (root / "usr/sbin/policy-rc.d").unlink(missing_ok=True)
    (root / "etc/machine-id").write_text("")
    (root / "etc/hostname").unlink(missing_ok=True)
    for unit in _QUIET:
        (root / "etc/systemd/system" / unit).symlink_to("/dev/null")
