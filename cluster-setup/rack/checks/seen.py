"""What doctor has seen of a node, and what it finds there."""
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CONTROL = "this machine"  # as knock.py calls it
DOCTOR = "./sparkberry cluster doctor"
UP = "./sparkberry cluster up"
INVENTORY = "cluster/inventory.yml"
SETTINGS = "cluster/group_vars/all.yml"


@dataclass(frozen=True)
class Finding:
    """what: what is so; why: why it matters; cure: a command or a knob. check: which one found it, a stable name."""

    severity: str
    node: str
    check: str
    what: str
    why: str
    cure: str


@dataclass(frozen=True)
class Node:
    """What the report has of a node."""

    name: str
    report: dict[str, Any]

    @property
    def survey(self) -> dict[str, Any]:
        return self.report.get("survey") or {}

    @property
    def settings(self) -> dict[str, Any]:
        return dict(self.report["settings"])

    @property
    def roles(self) -> list[str]:
        return list(self.report["roles"])

    @property
    def address(self) -> str | None:
        return self.report.get("address")

    @property
    def is_reached(self) -> bool:
        return bool(self.report.get("isReached"))

    @property
    def is_container(self) -> bool:
        return bool(self.survey.get("container"))

    @property
    def model(self) -> str:
        return str(self.survey.get("model") or "")

    @property
    def is_ours(self) -> bool:
        """Whether `up` has been here."""
        return bool(self.survey.get("units"))

    @property
    def hostname(self) -> str:
        return str(self.survey.get("hostname") or self.name)

    @property
    def interfaces(self) -> list[dict[str, Any]]:
        return self.survey.get("addresses") or []

    @property
    def interface(self) -> dict[str, Any] | None:
        """The one that has the cluster's address."""
        return next((each for each in self.interfaces if each["address"] == self.address), None)

    def finds(self, severity: str, check: str, what: str, why: str, cure: str) -> Finding:
        return Finding(severity, self.name, check, what, why, cure)


Found = Iterator[Finding]
