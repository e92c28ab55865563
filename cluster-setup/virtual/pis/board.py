"""What makes a node look like its board to those who ask it: processors, memory, model, firmware.

Files are written into the node's own layer before it boots; a unit of the node puts them over the kernel's own.
"""
import shutil
from pathlib import Path

from pis.models import Model

_HOME = "usr/local/lib/virtual-board"
_FIRMWARE = "usr/local/lib/virtual-board/firmware"
_SYSTEM_MEBIBYTES = 120  # what a node takes when it has just booted

_UNIT = f"""[Unit]
Description=A board of its model
DefaultDependencies=no
Before=sysinit.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/{_HOME}/dress

[Install]
WantedBy=sysinit.target
"""

# /sys/firmware is the kernel's: a file system in memory hides it in this node alone. The device tree is found at
# /proc/device-tree only where this machine has one itself; the kernel makes that link.
_DRESS = f"""#!/bin/sh
set -e
mount --bind /{_HOME}/cpuinfo /proc/cpuinfo
mount --bind /{_HOME}/meminfo /proc/meminfo
if [ -d /sys/firmware ]; then
  mount -t tmpfs -o mode=755,size=64k board /sys/firmware
  mkdir -p /sys/firmware/devicetree/base
  cp /{_HOME}/model /sys/firmware/devicetree/base/model
  mount -o remount,ro /sys/firmware
fi
"""

_NPROC = """#!/bin/sh
# The kernel would count this machine's processors.
case "$*" in
  '' | --all) echo @cores@ ;;
  *) OMP_NUM_THREADS=@cores@ exec nproc.kernel "$@" ;;
esac
"""

_VCGENCMD = f"""#!/bin/sh
case "$1" in
  get_throttled) echo "throttled=$(cat /{_FIRMWARE}/throttled)" ;;
  measure_temp) echo "temp=45.0'C" ;;
  version) echo "virtual board" ;;
  *) echo 'error=1 error_msg="Command not registered"' ;;
esac
"""


def model_text(model: Model) -> str:
    """As the device tree has it, and never to be taken for the real one."""
    return f"{model.name} (virtual)"


def dress(layer: Path, model: Model) -> None:
    """Writes the files into the node's layer; all but the command nproc replace nothing of the base."""
    home = layer / _HOME
    home.mkdir(parents=True, exist_ok=True)
    (home / "cpuinfo").write_text(cpuinfo(Path("/proc/cpuinfo").read_text(), model))
    (home / "meminfo").write_text(meminfo(model))
    (home / "firmware").mkdir()
    (home / "model").write_text(model_text(model) + "\0")
    _program(home / "dress", _DRESS)
    (layer / "etc/systemd/system/sysinit.target.wants").mkdir(parents=True, exist_ok=True)
    (layer / "etc/systemd/system/virtual-board.service").write_text(_UNIT)
    wanted = layer / "etc/systemd/system/sysinit.target.wants/virtual-board.service"
    wanted.unlink(missing_ok=True)
    wanted.symlink_to("/etc/systemd/system/virtual-board.service")
    _program(layer / "usr/bin/vcgencmd", _VCGENCMD)
    # Java takes the number of processors from the kernel unless it is told; the memory too, where the limit is on a
    # group around the one that it sees (cgroup v2).
    options = f"JAVA_TOOL_OPTIONS=-XX:ActiveProcessorCount={model.cores} -XX:MaxRAM={model.ram_mebibytes}m"
    (layer / "etc/systemd/system.conf.d").mkdir(parents=True, exist_ok=True)
    (layer / "etc/systemd/system.conf.d/virtual-board.conf").write_text(f'[Manager]\nDefaultEnvironment="{options}"\n')
    (layer / "etc/environment").write_text(options.replace("=", '="', 1) + '"\n')


def hide_processors(base: Path, layer: Path, model: Model) -> None:
    """Puts a stand-in before the command nproc."""
    (layer / "usr/bin").mkdir(parents=True, exist_ok=True)
    shutil.copy2(base / "usr/bin/nproc", layer / "usr/bin/nproc.kernel")
    _program(layer / "usr/bin/nproc", _NPROC.replace("@cores@", str(model.cores)))


def firmware_mount(folder: Path) -> str:
    """Where the node sees the folder in which its firmware's answers are: outside, since the node may not set them."""
    return f"{folder / 'firmware'}:/{_FIRMWARE}"


def reset_firmware(folder: Path) -> None:
    """As at each boot."""
    (folder / "firmware").mkdir(exist_ok=True)
    throttle(folder, 0)


def throttle(folder: Path, bits: int) -> None:
    """Has the firmware report these bits from now on; folder is the node's on this machine."""
    (folder / "firmware/throttled").write_text(f"{bits:#x}\n")


def throttled(folder: Path) -> int:
    return int((folder / "firmware/throttled").read_text(), 16)


def cpuinfo(kernel: str, model: Model) -> str:
    """The first processor of this machine, as often as the board has cores; its instructions are those that run."""
    first = kernel.split("\n\n")[0]
    stanzas = []
    for core in range(model.cores):
        lines = []
        for line in first.splitlines():
            name = line.split(":")[0].strip()
            lines.append(f"{line.split(':')[0]}: {core}" if name in ("processor", "core id", "apicid") else line)
        stanzas.append("\n".join(lines))
    return "\n\n".join(stanzas) + f"\n\nModel\t\t: {model_text(model)}\n"


def meminfo(model: Model) -> str:
    """Of a board that has just booted: these numbers do not move."""
    total = model.ram_mebibytes << 10
    free = total - (min(_SYSTEM_MEBIBYTES, model.ram_mebibytes // 2) << 10)
    rows = {"MemTotal": total, "MemFree": free, "MemAvailable": free, "Buffers": 0, "Cached": 0}
    rows |= {"SwapCached": 0, "SwapTotal": 0, "SwapFree": 0}
    return "".join(f"{name + ':':<16}{kibibytes:>8} kB\n" for name, kibibytes in rows.items())


def _program(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
