"""Whether what Spark is to have is there: memory, cores, disks."""
import csv
import re
from pathlib import Path
from typing import Any

from rack.checks.seen import INVENTORY, SETTINGS, UP, Found, Node

_SIZES = Path(__file__).resolve().parents[2] / "worker-sizes.csv"
_SYSTEM_MEBIBYTES = 300  # the system and the worker itself, beside what the worker offers
_MASTER_MEBIBYTES = 512  # the master, its history server and watchdog
_INSTALL_MEBIBYTES = 1536  # Java, Spark, and their packages while they are unpacked
_ROOMY_MEBIBYTES = 5120


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
    cure = f"make a board with 4 GB or more the master in {INVENTORY}"
    severity = "warns" if row and ram >= 1700 else "blocks"
    yield node.finds(severity, "master-memory", f"is the master, and is {_board(node)}", why, cure)


def worker_memory(node: Node) -> Found:
    ram, setting = node.survey.get("ramMebibytes"), node.settings.get("worker_memory", "auto")
    if not ram or "workers" not in node.roles:
        return
    beside = _MASTER_MEBIBYTES if "master" in node.roles else 0
    row = _size_row(ram)
    leave_out = f"take it out of the workers in {INVENTORY}"
    if not row:
        why = "Spark's worker and one executor do not fit into its memory"
        yield node.finds("blocks", "worker-memory", f"is too small for a worker: {_board(node)}", why, leave_out)
        return
    offered = int(row["workerMebibytes"]) - beside if setting == "auto" else _mebibytes(setting)
    knob = f"worker_memory: auto for {node.name} in {INVENTORY}, or in {SETTINGS}"
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
    knob = f"executor_memory in {SETTINGS}: auto, or at most the smallest worker's memory"
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
    knob = f"worker_cores: auto for {node.name} in {INVENTORY}, or in {SETTINGS}"
    if not re.fullmatch(r"[1-9]\d*", str(setting)):
        what = f"worker_cores is no number of cores: '{setting}'"
        yield node.finds("blocks", "worker-cores", what, "a whole number from 1 on, or auto", knob)
    elif int(setting) > cores:
        what = f"is to offer {setting} cores, and has {cores}"
        yield node.finds("warns", "worker-cores", what, "tasks would share cores, and every measurement be wrong", knob)


def disk(node: Node) -> Found:
    found, root = node.survey.get("disk"), node.survey.get("rootDisk")
    places = [place for place in (found, root) if place]
    if found and root and found["mount"] == root["mount"]:
        places = [found]
    for place in places:
        free = place["freeMebibytes"]
        what = f"has {free} MiB free where {place['folder']} is"
        cure = "on the node: sudo apt-get clean; sudo journalctl --vacuum-size=100M; or data_folder on a larger disk"
        if free < _INSTALL_MEBIBYTES:
            yield node.finds("blocks", "disk", what, "Java, Spark and what jobs write need 1.5 GB, better 5", cure)
        elif free < _ROOMY_MEBIBYTES:
            yield node.finds("warns", "disk", what, "shuffles, logs and events of a few jobs may fill it", cure)
    if found and found["freeMebibytes"] >= _INSTALL_MEBIBYTES:
        yield from _kind_of_disk(node, found)


def _kind_of_disk(node: Node, found: dict[str, Any]) -> Found:
    elsewhere = f"mount an SSD and set data_folder for {node.name} in {INVENTORY} to a folder there"
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
            f"{UP} adds cgroup_enable=memory to cmdline.txt; then ./sparkberry cluster restart --reboot {node.name}",
        )
