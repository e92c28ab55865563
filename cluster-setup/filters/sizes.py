"""What of a board's memory Spark gets: worker-sizes.csv, and what a person has set."""
import csv
import re
from pathlib import Path

from ansible.errors import AnsibleFilterError

_SIZES = Path(__file__).resolve().parents[1] / "worker-sizes.csv"
_MASTER_MEBIBYTES = 512  # master, history server and watchdog beside a worker
_LEAST_MEBIBYTES = 480  # an executor's heap: Spark wants 450 that it can use, the serial collector keeps a thirtieth
_SYSTEM_MEBIBYTES = 160  # what stays for ssh and the rest of the system


def _row(ram_mebibytes: int) -> dict[str, str]:
    with _SIZES.open(newline="") as file:
        fitting = [row for row in csv.DictReader(file) if ram_mebibytes >= int(row["ramMebibytes"])]
    if not fitting:
        raise AnsibleFilterError(f"a board with {ram_mebibytes} MiB is too small for a worker: 1 GB at least")
    return fitting[-1]


def mebibytes(text: object) -> int:
    """512m and 2g as MiB."""
    match = re.fullmatch(r"([1-9]\d*)([mMgG])", str(text))
    if not match:
        raise AnsibleFilterError(f"a memory must be like 512m or 2g: '{text}'")
    return int(match[1]) * (1024 if match[2] in "gG" else 1)


def worker_mebibytes(ram_mebibytes: int, setting: str = "auto", with_master: bool = False) -> int:
    """What a worker on a board with so much RAM offers to executors."""
    if setting != "auto":
        if mebibytes(setting) < _LEAST_MEBIBYTES:
            raise AnsibleFilterError(f"worker_memory must be {_LEAST_MEBIBYTES}m at least, an executor's least heap: '{setting}'")
        return mebibytes(setting)
    offered = int(_row(ram_mebibytes)["workerMebibytes"]) - (_MASTER_MEBIBYTES if with_master else 0)
    if offered < _LEAST_MEBIBYTES:
        raise AnsibleFilterError(f"a board with {ram_mebibytes} MiB is too small for a master and a worker")
    return offered


def executor_mebibytes(ram_mebibytes: int, worker: int, setting: str = "auto") -> int:
    """The heap of the one executor that such a worker starts."""
    if setting != "auto":
        if mebibytes(setting) > worker:
            raise AnsibleFilterError(f"executor_memory {setting} is more than the {worker} MiB that this worker offers")
        return mebibytes(setting)
    return min(int(_row(ram_mebibytes)["executorMebibytes"]), worker)


def unit_mebibytes(ram_mebibytes: int, with_master: bool = False) -> int:
    """The most that a worker and its executors may take of the board, so that it stays within reach of ssh."""
    return ram_mebibytes - _SYSTEM_MEBIBYTES - (_MASTER_MEBIBYTES if with_master else 0)


class FilterModule:
    def filters(self) -> dict[str, object]:
        return {
            "mebibytes": mebibytes,
            "worker_mebibytes": worker_mebibytes,
            "executor_mebibytes": executor_mebibytes,
            "unit_mebibytes": unit_mebibytes,
        }
