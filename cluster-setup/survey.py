#!/usr/bin/env python3
"""Tells what this node is: one JSON object on standard output, null for what it cannot learn.

Runs on a node, as root or not: ssh NODE python3 - [FOLDER [TIME]] < survey.py. It looks at the disk of the folder
(/var/lib), and says again what the asker's clock was, so that the two can be compared. It changes nothing and ends
within DEADLINE_SECONDS, also where a command or a disk hangs. Python 3.9, nothing else.
"""
import ctypes
import json
import os
import platform
import pwd
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Callable, Optional

DEADLINE_SECONDS = 12.0
_COMMAND_SECONDS = 6.0

_ENVIRONMENT = {
    **os.environ,
    "LC_ALL": "C",
    # Where it stands already, the order stays: who puts a program in front of the system's is to be seen.
    "PATH": ":".join(dict.fromkeys([*os.environ.get("PATH", "").split(":"), "/usr/bin", "/bin", "/usr/sbin", "/sbin"])),
}
_OURS = re.compile(r"sparkberry-[\w@.-]*\.service")
_BOARD_ZONES = ("cpu-thermal", "cpu_thermal", "bcm2835_thermal", "soc-thermal", "soc_thermal")


def output(*words: str, seconds: float = _COMMAND_SECONDS) -> Optional[str]:
    """What a command prints; None if there is no such command, it fails or takes too long."""
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        printed = process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        # Children of its own may hold the pipe, and a process that waits for a disk cannot be killed: nobody waits.
        os.killpg(process.pid, signal.SIGKILL)
        return None
    return printed.decode(errors="replace") if process.returncode == 0 else None


def text(path: str) -> Optional[str]:
    """A small file without what surrounds its text: the device tree's strings end with NUL."""
    try:
        return Path(path).read_bytes().decode(errors="replace").strip("\0 \t\r\n")
    except OSError:
        return None


def number(words: Optional[str]) -> Optional[int]:
    return int(words) if words and re.fullmatch(r"-?\d+", words) else None


# --- What it is ---


def operating_system() -> dict[str, Optional[str]]:
    fields = {}
    for line in (text("/etc/os-release") or "").splitlines():
        name, separator, value = line.partition("=")
        if separator:
            fields[name] = value.strip("\"'")
    return {
        "id": fields.get("ID"),
        "version": fields.get("VERSION_ID"),
        "codename": fields.get("VERSION_CODENAME"),
        "name": fields.get("PRETTY_NAME"),
    }


def architecture() -> str:
    return (output("uname", "-m") or os.uname().machine).strip()


def userland_bits() -> int:
    """A Raspberry Pi OS of 32 bits runs on a kernel of 64: the C library is asked, and this very process."""
    of_library = number((output("getconf", "LONG_BIT") or "").strip())
    return min(8 * struct.calcsize("P"), of_library or 64)


def package_architecture() -> Optional[str]:
    said = output("dpkg", "--print-architecture")
    return said.strip() if said else None


def model() -> Optional[str]:
    return text("/proc/device-tree/model") or text("/sys/firmware/devicetree/base/model")


def processor() -> Optional[str]:
    for line in (output("lscpu") or text("/proc/cpuinfo") or "").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "model name":
            return value.strip()
    return None


def cores() -> int:
    # A virtual Pi's nproc says what its board has, the kernel what the machine below has.
    return number((output("nproc") or "").strip()) or len(os.sched_getaffinity(0))


def is_container() -> Optional[bool]:
    if text("/run/systemd/container") or text("/run/host/container-manager"):
        return True
    said = output("systemd-detect-virt", "--container", "--quiet")
    return said is not None if Path("/usr/bin/systemd-detect-virt").exists() else None


def java() -> Optional[dict[str, Any]]:
    folders = _ENVIRONMENT["PATH"].split(":")
    installed = sorted(str(folder) for folder in Path("/usr/lib/jvm").glob("*/bin"))
    for folder in [*folders, *installed]:
        program = Path(folder or ".") / "java"
        if os.access(program, os.X_OK) and program.is_file():
            version = _java_version(program)
            major = re.match(r"(?:1\.)?(\d+)", version or "")
            return {"path": str(program), "major": int(major[1]) if major else None, "version": version}
    return None


def _java_version(program: Path) -> Optional[str]:
    # A JDK says its version in a file too. To start one takes seconds on a small board.
    release = text(str(program.resolve().parent.parent / "release")) or ""
    said = re.search(r'^JAVA_VERSION="([^"]+)"', release, re.MULTILINE)
    if not said:
        said = re.search(r'version "([^"]+)"', output("sh", "-c", '"$1" -version 2>&1', "sh", str(program)) or "")
    return said[1] if said else None


# --- Memory and disk ---


def memory() -> dict[str, int]:
    rows = re.findall(r"^(\w+):\s+(\d+) kB$", text("/proc/meminfo") or "", re.MULTILINE)
    return {name: int(kibibytes) >> 10 for name, kibibytes in rows}


def swap() -> dict[str, Any]:
    """How much, and on what: /proc/swaps is the machine's even in a container, /proc/meminfo need not be."""
    mebibytes = memory()["SwapTotal"]
    kinds = []
    for line in (text("/proc/swaps") or "").splitlines()[1:] if mebibytes else []:
        path, kind, kibibytes = line.split()[:3]
        path = path.replace("\\040", " ")
        on = None if "zram" in path else _kind_of_block(path) if kind == "partition" else disk(path)["kind"]
        named = "zram" if "zram" in path else kind
        kinds.append({"path": path, "kind": named, "on": on, "mebibytes": int(kibibytes) >> 10})
    return {"mebibytes": mebibytes, "kinds": kinds}


def disk(folder: str) -> dict[str, Any]:
    """Of the folder, or of the one above it that exists."""
    place = Path(folder)
    while not place.exists():
        place = place.parent
    space = os.statvfs(place)
    mount, kind, source = _mount_of(place)
    return {
        "folder": folder,
        "mount": mount,
        "kind": _kind_of_disk(kind, source, os.stat(place).st_dev),
        "freeMebibytes": space.f_bavail * space.f_frsize >> 20,
        "totalMebibytes": space.f_blocks * space.f_frsize >> 20,
    }


def _mount_of(place: Path) -> tuple[str, str, str]:
    """Mount point, file system and source of the mount that the place is in: the last one with the longest path."""
    found = ("/", "", "")
    real = str(place.resolve())
    for line in (text("/proc/self/mountinfo") or "").splitlines():
        left, _, right = line.partition(" - ")
        point = left.split()[4].replace("\\040", " ")
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(found[0]):
            found = (point, right.split()[0], right.split()[1])
    return found


def _kind_of_disk(file_system: str, source: str, device: int) -> Optional[str]:
    if file_system in ("overlay", "overlayfs"):
        return "overlay"
    if file_system in ("tmpfs", "ramfs"):
        return "memory"
    if file_system.startswith(("nfs", "cifs", "smb", "ceph", "glusterfs", "fuse.sshfs", "9p")):
        return "network"
    block = f"/sys/dev/block/{os.major(device)}:{os.minor(device)}"
    return _kind_of_block(os.path.realpath(block) if os.path.exists(block) else os.path.realpath(source))


def _kind_of_block(path: str) -> Optional[str]:
    name = os.path.basename(os.path.realpath(path))
    if name.startswith("mmcblk"):
        # What is soldered to a compute module calls itself MMC.
        card = re.match(r"mmcblk\d+", name)
        return "disk" if card and text(f"/sys/block/{card[0]}/device/type") == "MMC" else "SD card"
    if name.startswith("nvme"):
        return "NVMe"
    whole = Path(os.path.realpath(f"/sys/class/block/{name}"))
    if not whole.exists():
        return None
    below = sorted(entry.name for entry in (whole / "slaves").iterdir()) if (whole / "slaves").is_dir() else []
    if below:  # encrypted or mapped: what is underneath counts
        return _kind_of_block(f"/dev/{below[0]}")
    if (whole / "partition").exists():
        whole = whole.parent
    return "SSD" if text(str(whole / "queue/rotational")) == "0" else "disk"


def has_memory_cgroup() -> bool:
    """Version 2 lists its controllers; version 1's are in /proc/cgroups, from which newer kernels leave some out."""
    if "memory" in (text("/sys/fs/cgroup/cgroup.controllers") or "").split():
        return True
    return bool(re.search(r"^memory\s+\d+\s+\d+\s+1$", text("/proc/cgroups") or "", re.MULTILINE))


# --- Network ---


def addresses() -> Optional[list[dict[str, Any]]]:
    listed = output("ip", "-j", "addr")
    if listed is None:
        return None
    found = []
    for interface in json.loads(listed):
        name = interface.get("ifname")
        if not name or "LOOPBACK" in interface.get("flags", []):
            continue
        folder = f"/sys/class/net/{name}"
        is_wireless = os.path.exists(f"{folder}/wireless") or os.path.exists(f"{folder}/phy80211")
        for address in interface.get("addr_info", []):
            found.append(
                {
                    "interface": name,
                    "address": address.get("local"),
                    "prefix": address.get("prefixlen"),
                    "wireless": is_wireless,
                    "megabits": _megabits(name, folder, is_wireless),
                    "up": text(f"{folder}/operstate") == "up" or "LOWER_UP" in interface.get("flags", []),
                }
            )
    return found


def _megabits(name: str, folder: str, is_wireless: bool) -> Optional[int]:
    if is_wireless:
        rate = re.search(r"tx bitrate: ([\d.]+) MBit/s", output("iw", "dev", name, "link") or "")
        return round(float(rate[1])) if rate else None
    if not os.path.exists(f"{folder}/device"):
        return None  # no hardware: what the kernel says of virtual cables is made up
    said = number(text(f"{folder}/speed"))
    return said if said and said > 0 else None


def hosts() -> list[list[Any]]:
    rows = []
    for line in (text("/etc/hosts") or "").splitlines():
        words = line.split("#")[0].split()
        if len(words) > 1:
            rows.append([words[0], words[1:]])
    return rows


def own_addresses() -> list[str]:
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)})


def listening() -> Optional[list[dict[str, Any]]]:
    listed = output("ss", "-H", "-tulnpe")
    return None if listed is None else [_socket(line) for line in listed.splitlines() if len(line.split()) > 5]


def _socket(line: str) -> dict[str, Any]:
    words = line.split()
    address, _, port = words[4].rpartition(":")
    process = re.search(r'\(\("([^"]*)",pid=(\d+)', line)
    uid = re.search(r" uid:(\d+)", line)
    unit = re.findall(r"[^/\s]+\.(?:service|scope)", text(f"/proc/{process[2]}/cgroup") or "") if process else []
    return {
        "protocol": words[0],
        "address": address.split("%")[0].strip("[]").replace("::ffff:", "", 1),
        "port": number(port),
        "process": process[1] if process else None,  # only root sees others' processes
        "pid": int(process[2]) if process else None,
        "user": _user(int(uid[1]) if uid else 0),
        "unit": unit[-1] if unit else None,
    }


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def firewalls() -> list[str]:
    """Those that are on, as far as this user may see."""
    found = []
    if re.search(r"^ENABLED=yes", text("/etc/ufw/ufw.conf") or "", re.MULTILINE):
        found.append("ufw")
    if Path("/usr/sbin/firewalld").exists() and output("systemctl", "is-active", "firewalld"):
        found.append("firewalld")
    if "table" in (output("nft", "list", "tables") or ""):
        found.append("nftables")
    return found


# --- Health ---


def vcgencmd(*words: str) -> Optional[str]:
    """What the firmware answers after the equals sign; root and the group video may ask it."""
    said = (output("vcgencmd", *words) or "").strip()
    return said.partition("=")[2] if "=" in said and not said.startswith("error") else None


def throttled() -> Optional[int]:
    said = vcgencmd("get_throttled")
    return int(said, 16) if said and re.fullmatch(r"0x[0-9a-fA-F]+", said) else None


def celsius() -> Optional[float]:
    """Of the board's own sensor: in a container, others are the machine's below."""
    for zone in sorted(Path("/sys/class/thermal").glob("thermal_zone*")):
        if text(str(zone / "type")) in _BOARD_ZONES:
            thousandths = number(text(str(zone / "temp")))
            if thousandths is not None:
                return thousandths / 1000
    said = re.match(r"([\d.]+)'C", vcgencmd("measure_temp") or "")
    return float(said[1]) if said else None


def real_clock() -> Optional[int]:
    hertz = number(vcgencmd("measure_clock", "arm"))
    return round(hertz / 1e6) if hertz else None


def is_time_synchronised() -> Optional[bool]:
    """As systemd decides it: the kernel's estimate of its clock's greatest error is below 16 s."""
    timex = ctypes.create_string_buffer(512)
    if ctypes.CDLL(None, use_errno=True).adjtimex(timex) < 0:
        return None
    width = struct.calcsize("l")  # modes, padding to a long, then offset, freq, maxerror
    return bool(struct.unpack_from("l", timex, 3 * width)[0] < 16_000_000)


def units() -> dict[str, dict[str, Optional[str]]]:
    names = _OURS.findall(output("systemctl", "list-unit-files", "--no-legend", "--plain", "sparkberry-*") or "")
    names += _OURS.findall(output("systemctl", "list-units", "--all", "--no-legend", "--plain", "sparkberry-*") or "")
    names = [name for name in sorted(set(names)) if "@." not in name]  # a template is not a unit yet
    if not names:
        return {}
    found = {}
    shown = output("systemctl", "show", "-p", "Id,LoadState,ActiveState,SubState,UnitFileState", "--", *names) or ""
    for stanza in shown.split("\n\n"):
        fields = dict(line.split("=", 1) for line in stanza.splitlines() if "=" in line)
        if fields.get("LoadState", "not-found") != "not-found":  # a unit that another one only names
            found[fields["Id"]] = {
                "active": fields.get("ActiveState"),
                "sub": fields.get("SubState"),
                "enabled": fields.get("UnitFileState") or None,
            }
    return found


def may_sudo() -> bool:
    return os.geteuid() == 0 or output("sudo", "-n", "true", seconds=4) is not None


def survey(folder: str) -> dict[str, Any]:
    topics: dict[str, Callable[[], Any]] = {
        "hostname": socket.gethostname,
        "machineId": lambda: text("/etc/machine-id"),
        "architecture": architecture,
        "userlandBits": userland_bits,
        "packageArchitecture": package_architecture,
        "os": operating_system,
        "kernel": lambda: os.uname().release,
        "python": platform.python_version,
        "model": model,
        "isPi": lambda: (model() or "").startswith("Raspberry Pi"),
        "container": is_container,
        "processor": processor,
        "cores": cores,
        "ramMebibytes": lambda: memory()["MemTotal"],
        "availableMebibytes": lambda: memory()["MemAvailable"],
        "swap": swap,
        "disk": lambda: disk(folder),
        "rootDisk": lambda: disk("/"),
        "memoryCgroup": has_memory_cgroup,
        "addresses": addresses,
        "hosts": hosts,
        "ownNameResolvesTo": own_addresses,
        "listening": listening,
        "firewalls": firewalls,
        "java": java,
        "units": units,
        "throttled": throttled,
        "celsius": celsius,
        "governor": lambda: text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        "governorDriver": lambda: text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_driver"),
        "realClockMegahertz": real_clock,
        "uptimeSeconds": lambda: float((text("/proc/uptime") or "").split()[0]),
        "load": lambda: os.getloadavg()[0],
        "timeSynchronised": is_time_synchronised,
        "user": lambda: _user(os.geteuid()),
        "sudo": may_sudo,
    }
    found: dict[str, Any] = dict.fromkeys(topics)
    unknown: dict[str, str] = {}
    lock = threading.Lock()

    def learn(name: str) -> None:
        try:
            value = topics[name]()
        except Exception as error:  # whatever it is: one thing is not known, the others are
            with lock:
                unknown[name] = f"{type(error).__name__}: {error}"
            return
        with lock:
            found[name] = value

    end = time.monotonic() + DEADLINE_SECONDS
    threads = [threading.Thread(target=learn, args=(name,), daemon=True) for name in topics]
    for thread in threads:
        thread.start()
    for name, thread in zip(topics, threads):
        thread.join(max(0.0, end - time.monotonic()))
        if thread.is_alive():
            with lock:
                unknown[name] = "took too long"
    with lock:
        return {"survey": 1, **found, "unknown": dict(unknown), "time": time.time()}


def main(words: list[str]) -> None:
    found = survey(words[0] if words else "/var/lib")
    print(json.dumps({**found, "asked": float(words[1]) if len(words) > 1 else None}), flush=True)
    os._exit(0)  # whoever still waits for a disk is not waited for


if __name__ == "__main__":
    main(sys.argv[1:])
