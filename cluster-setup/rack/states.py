"""What the nodes and the master say of themselves, brought together."""
import json
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.request import ProxyHandler, build_opener

from rack.folder import Cluster
from terminal import Failed, print_table, say

_ANSWER_SECONDS = 5
_WORKERS_SECONDS = 240
_SIGN_OF_LIFE_SECONDS = 10
_NOW = ((1, "under-voltage"), (2, "frequency capped"), (4, "throttled"), (8, "soft temperature limit"))
_UNITS = {"master": ("master", "history", "watchdog"), "worker": ("worker",)}


def ask_master(cluster: Cluster) -> dict[str, Any] | None:
    """The master's page /json/; none if it does not answer."""
    try:
        with build_opener(ProxyHandler({})).open(f"{cluster.page}/json/", timeout=_ANSWER_SECONDS) as answer:
            tree = json.load(answer)
            return tree if isinstance(tree, dict) and "status" in tree and isinstance(tree.get("workers"), list) else None
    except (OSError, ValueError, HTTPException):
        return None


def alive_addresses(page: dict[str, Any] | None) -> set[str]:
    return {str(worker["host"]) for worker in (page or {}).get("workers", []) if worker["state"] == "ALIVE"}


def await_workers(cluster: Cluster) -> None:
    """Waits until the master is alive and has all workers."""
    start = time.monotonic()
    said = start
    while True:
        page = ask_master(cluster)
        missing = [name for name in cluster.workers if cluster.address(name) not in alive_addresses(page)]
        if page and page["status"] == "ALIVE" and not missing:
            return
        now = time.monotonic()
        if now - start > _WORKERS_SECONDS:
            what = f"the workers on {', '.join(missing)} are not with it" if page else "it does not answer"
            raise Failed(f"the master at {cluster.page}: {what} after {_WORKERS_SECONDS} s: see ./sparkberry cluster logs")
        if now - said > _SIGN_OF_LIFE_SECONDS:
            said = now
            say(f"waiting for {'the workers on ' + ', '.join(missing) if page else 'the master'} ({now - start:.0f} s)")
        time.sleep(0.5)


def survey(text: str) -> dict[str, Any] | None:
    """What a node answered; none if it did not."""
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError):
        return None


@dataclass(frozen=True)
class States:
    master: str  # ALIVE, RECOVERING, STANDBY, or "does not answer"
    url: str
    applications: list[str]
    rows: list[dict[str, Any]]

    @property
    def is_well(self) -> bool:
        return self.master == "ALIVE" and all(row["isWell"] for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": "cluster",
            "schemaVersion": 1,
            "master": self.master,
            "url": self.url,
            "applications": self.applications,
            "nodes": self.rows,
        }

    def print_text(self) -> None:
        table = [["node", "address", "role", "services", "cores", "memory", "load", "°C", "disk free", "note"]]
        for row in self.rows:
            table.append(
                [
                    row["node"],
                    row["address"],
                    row["role"],
                    row["services"],
                    _used(row["coresUsed"], row["coresOffered"], ""),
                    _used(row["memoryUsedMebibytes"], row["memoryOfferedMebibytes"], " MiB"),
                    _number(row["load"], ".2f"),
                    _number(row["celsius"], ".0f"),
                    "–" if row["diskFreeMebibytes"] is None else f"{row['diskFreeMebibytes'] / 1024:.1f} GiB",
                    ", ".join(row["notes"]),
                ]
            )
        print_table(table)
        print()
        print(f"master {self.url}: {self.master}")
        running = ", ".join(self.applications) or "none"
        print(f"applications: {running}")


def _used(used: int | None, offered: int | None, unit: str) -> str:
    return "–" if used is None or offered is None else f"{used} of {offered}{unit}"


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def of(cluster: Cluster, surveys: dict[str, dict[str, Any] | None]) -> States:
    page = ask_master(cluster)
    workers = {str(each["host"]): each for each in (page or {}).get("workers", []) if each["state"] == "ALIVE"}
    rows = [_row(cluster, name, surveys.get(name), workers.get(cluster.address(name))) for name in cluster.hosts]
    applications = [f"{each['name']} on {each['cores']} cores" for each in (page or {}).get("activeapps", [])]
    return States(page["status"] if page else "does not answer", cluster.master_url, applications, rows)


def _row(cluster: Cluster, name: str, found: dict[str, Any] | None, worker: dict[str, Any] | None) -> dict[str, Any]:
    roles = cluster.roles(name).split(" + ")
    units = (found or {}).get("units") or {}
    wanted = [unit for role in roles for unit in _UNITS.get(role, ())]
    down = [unit for unit in wanted if units.get(f"sparkberry-{unit}.service", {}).get("active") != "active"]
    notes = ["cannot be reached"] if found is None else []
    if found and down:
        notes.append(f"not running: {', '.join(down)}")
    elif "worker" in roles and worker is None:
        notes.append("its worker is not with the master")
    throttled = (found or {}).get("throttled") or 0
    notes += [f"{word} now" for bit, word in _NOW if throttled & bit]
    notes += [f"{word} since it started" for bit, word in _NOW if throttled >> 16 & bit and not throttled & bit]
    is_well = found is not None and not down and ("worker" not in roles or worker is not None)
    return {
        "node": name,
        "address": cluster.address(name),
        "role": cluster.roles(name),
        "isWell": is_well,
        "services": "–" if found is None else f"{len(wanted) - len(down)} of {len(wanted)} run",
        "coresUsed": worker["coresused"] if worker else None,
        "coresOffered": worker["cores"] if worker else None,
        "memoryUsedMebibytes": worker["memoryused"] if worker else None,
        "memoryOfferedMebibytes": worker["memory"] if worker else None,
        "load": (found or {}).get("load"),
        "celsius": (found or {}).get("celsius"),
        "diskFreeMebibytes": ((found or {}).get("disk") or {}).get("freeMebibytes"),
        "notes": notes,
    }
