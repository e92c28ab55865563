"""How far the clocks are apart."""
from dataclasses import dataclass
from typing import Any

from rack.checks.seen import CONTROL, UP, Finding, Found, Node

_CLOCK_WARNS_SECONDS = 1
_CLOCK_BLOCKS_SECONDS = 60


@dataclass(frozen=True)
class Offset:
    """How far a node's clock is ahead of this machine's, in seconds, and ± what."""

    seconds: float
    uncertainty: float

    @property
    def at_least(self) -> float:
        return max(0.0, abs(self.seconds) - self.uncertainty)

    def __str__(self) -> str:
        digits = 1 if self.uncertainty < 0.1 else 0
        return f"{abs(self.seconds):.{digits}f} s {'ahead' if self.seconds > 0 else 'behind'}"


def offset(node: Node, control: dict[str, Any]) -> Offset | None:
    """The surest: asked from here, asked from there, or between two looks at this machine's clock."""
    found = []
    for each in (control.get("tried") or {}).get("clocks", []):
        if each["to"] == node.name:
            found.append(Offset(each["offsetSeconds"], each["uncertaintySeconds"]))
    for each in (node.report.get("tried") or {}).get("clocks", []):
        if each["to"] == CONTROL:
            found.append(Offset(-each["offsetSeconds"], each["uncertaintySeconds"]))
    asked, received, there = node.report.get("asked"), node.report.get("received"), node.survey.get("time")
    if asked and received and there:
        found.append(Offset(there - (asked + received) / 2, (received - asked) / 2))
    return min(found, key=lambda each: each.uncertainty, default=None)


def clocks(nodes: list[Node], control: dict[str, Any]) -> Found:
    offsets = {node.name: found for node in nodes if (found := offset(node, control))}
    wrong = {name: found for name, found in offsets.items() if found.at_least > _CLOCK_WARNS_SECONDS}
    why = "logs and events do not fit together, and packages look as if they came from the future"
    spread = [found.seconds for found in wrong.values()]
    if len(wrong) > 1 and len(wrong) == len(offsets) and max(spread) - min(spread) < 2 * _CLOCK_WARNS_SECONDS:
        found = min(wrong.values(), key=lambda each: each.uncertainty)
        told = Offset(-found.seconds, found.uncertainty)
        yield Finding(
            _clock_severity(found),
            CONTROL,
            "clock",
            f"has a clock that is {told} of all nodes'",
            why,
            "on this machine: sudo timedatectl set-ntp true; timedatectl",
        )
        return
    for node in nodes:
        if node.name in wrong:
            what = f"has a clock that is {wrong[node.name]} of this machine's"
            if node.is_ours:
                cure = "on the node: sudo chronyc makestep; chronyc sources"
            else:
                cure = "on the node: sudo timedatectl set-ntp true; timedatectl timesync-status (up installs chrony)"
            yield node.finds(_clock_severity(wrong[node.name]), "clock", what, why, cure)


def _clock_severity(found: Offset) -> str:
    return "blocks" if found.at_least > _CLOCK_BLOCKS_SECONDS else "warns"


def time_synchronised(node: Node) -> Found:
    if node.survey.get("timeSynchronised") is False and not node.is_container:
        cure = "on the node: chronyc sources" if node.is_ours else f"{UP} installs chrony (time: true)"
        yield node.finds(
            "warns" if node.is_ours and node.settings.get("time", True) else "notes",
            "time",
            "does not keep its clock with others'",
            "a Pi before the Pi 5 does not know the time when it starts",
            cure,
        )
