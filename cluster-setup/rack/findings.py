"""What doctor finds: judges the report that playbooks/doctor.yml has written, and asks nobody."""
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from rack.checks import access, addresses, clocks, health, ports, sizes, systems
from rack.checks.seen import CONTROL, DOCTOR, UP, Finding, Found, Node
from terminal import print_table

SEVERITIES = ("blocks", "warns", "notes")

_OF_NODE: tuple[Callable[[Node], Found], ...] = (
    *(access.reached, access.sudo),
    *(systems.bits, systems.release, systems.java),
    *(sizes.master_memory, sizes.worker_memory, sizes.executor_memory, sizes.worker_cores),
    *(sizes.disk, sizes.swap, sizes.memory_cgroup),
    *(addresses.address, addresses.wireless),
    *(ports.ports_taken, ports.ports_listed),
    clocks.time_synchronised,
    *(health.throttled, health.temperature, health.governor),
)
_OF_ALL: tuple[Callable[[list[Node]], Found], ...] = (
    systems.same_java,
    *(addresses.same_names, addresses.same_machines, addresses.subnets),
    health.speeds,
)


def judge(report: dict[str, Any]) -> list[Finding]:
    """The worst first; of each severity this machine first, then the nodes as they stand in the report."""
    nodes = [Node(name, each) for name, each in report["nodes"].items()]
    control = report.get("control") or {}
    found = list(access.secret(control))
    for node in nodes:
        for check in _OF_NODE:
            found += check(node)
        found += addresses.hosts(node, nodes)
    for of_all in _OF_ALL:
        found += of_all(nodes)
    found += ports.ports(nodes, control)
    found += clocks.clocks(nodes, control)
    order = {name: place for place, name in enumerate((CONTROL, *(node.name for node in nodes)))}
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), order.get(each.node, len(order))))


def blocks(found: list[Finding]) -> bool:
    return any(each.severity == "blocks" for each in found)


def as_json(found: list[Finding], node_count: int) -> dict[str, Any]:
    counts = {severity: sum(each.severity == severity for each in found) for severity in SEVERITIES}
    return {"schemaVersion": 1, "nodes": node_count, **counts, "findings": [asdict(each) for each in found]}


def print_text(found: list[Finding], node_count: int) -> None:
    for severity in SEVERITIES:
        rows = [[severity, "", ""]]
        for each, names in _merged(found, severity):
            rows += [[names, "", each.what], ["", "why", each.why], ["", "cure", each.cure]]
        if len(rows) > 1:
            print_table(rows)
            print()
    blocking = sum(each.severity == "blocks" for each in found)
    nodes = f"{node_count} node{'' if node_count == 1 else 's'}"
    if blocking:
        print(f"{blocking} thing{'' if blocking == 1 else 's'} on {nodes} must be mended first; then: {DOCTOR}")
    else:
        print(f"nothing blocks on {nodes}: {UP}")


def _merged(found: list[Finding], severity: str) -> Iterator[tuple[Finding, str]]:
    """What is the same on several nodes is told once."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for each in found:
        if each.severity == severity:
            groups.setdefault((each.what, each.why, each.cure), []).append(each)
    for group in groups.values():
        yield group[0], ", ".join(each.node for each in group)
