"""Power, heat, clock rate and the speed of the network."""
from rack.checks.seen import Found, Node

_WARM_CELSIUS = 70
_HOT_CELSIUS = 80  # from here on the firmware throttles; a 3B+ from 60 on
_WARM_3B_PLUS_CELSIUS = 60
_LEAST_MEGABITS = 90
_LEAST_VIRTUAL_MEGABITS = 20  # a virtual Pi's share of a processor may be too small for more
_FULL_SPEED = 0.4  # of what the interface says: less is a bad cable or port
_REAL_MEGABITS_3B_PLUS = 300  # its gigabit port is at the end of a USB 2 bus
_NOW = {0: "under-voltage", 1: "frequency capped", 2: "throttled", 3: "at the soft temperature limit"}


def throttled(node: Node) -> Found:
    said = node.survey.get("throttled")
    if not said:
        return
    now = [words for bit, words in _NOW.items() if said >> bit & 1]
    before = [words for bit, words in _NOW.items() if said >> bit + 16 & 1]
    power = "a power supply of its own (5.1 V, 3 A; Pi 5: 5 A) and a short cable"
    cooling = "a heat sink or fan, and air between the boards"
    under_voltage = bool(said & 0x10001)
    cure = power if under_voltage and not said & 0xC000C else f"{power}; {cooling}" if under_voltage else cooling
    why = "the processor is slowed down: runs are invalid, and jobs wait for this node"
    if now:
        yield node.finds("warns", "throttled", f"is throttled now: {', '.join(now)} ({said:#x})", why, cure)
    elif before:
        severity = "warns" if said & 0x50000 else "notes"
        what = f"was throttled since it started: {', '.join(before)} ({said:#x})"
        yield node.finds(severity, "throttled", what, why, f"{cure}; a reboot clears the record")


def temperature(node: Node) -> Found:
    celsius = node.survey.get("celsius")
    warm = _WARM_3B_PLUS_CELSIUS if "3 Model B Plus" in node.model or "3 Model B+" in node.model else _WARM_CELSIUS
    if celsius is not None and celsius >= warm:
        is_hot = celsius >= _HOT_CELSIUS
        why = "the firmware slows it down from 80 °C on" if is_hot else "with all cores at work it will be throttled"
        why = "from 60 °C on this board clocks down" if warm == _WARM_3B_PLUS_CELSIUS and not is_hot else why
        yield node.finds(
            "warns", "temperature", f"is at {celsius:.0f} °C", why, "a heat sink or fan, and air between the boards"
        )


def governor(node: Node) -> Found:
    # Intel's and AMD's own drivers call their normal setting powersave.
    if node.survey.get("governor") == "powersave" and "pstate" not in str(node.survey.get("governorDriver")):
        yield node.finds(
            "warns",
            "governor",
            "has the governor powersave",
            "the processor stays at its lowest clock",
            "on the node: echo ondemand | sudo tee /sys/devices/system/cpu/cpufreq/policy*/scaling_governor;"
            " take what sets it out of /etc/rc.local or cpufrequtils",
        )


def speeds(nodes: list[Node]) -> Found:
    known = {node.name: node for node in nodes}
    slow: dict[str, tuple[float, float | None]] = {}
    measured: dict[str, str] = {}
    for node in nodes:
        for each in (node.report.get("tried") or {}).get("speeds", [])[:1]:
            other = known.get(each["to"])
            if not other or any(each.interface and each.interface["wireless"] for each in (node, other)):
                continue  # radio is a finding of its own
            measured[node.name] = other.name
            worst, rated = min(each["thereMegabits"], each["backMegabits"]), _rated(node, other)
            least = _LEAST_VIRTUAL_MEGABITS if node.is_container or other.is_container else _LEAST_MEGABITS
            if worst < least or rated and worst < _FULL_SPEED * rated:
                slow[node.name] = (worst, rated)
    why = "a shuffle takes as long as its slowest way"
    cure = "another cable (Cat 5e) and another port of the switch; on the node: ethtool eth0"
    if len(slow) > 1 and len(slow) == len(measured):
        reference = known[next(iter(measured.values()))]
        worst, rated = min(slow.values())
        yield reference.finds(
            "warns", "speed", f"exchanges {worst:.0f} Mbit/s{_of(rated)} with every other node", why, cure
        )
        return
    for name, (worst, rated) in slow.items():
        what = f"exchanges {worst:.0f} Mbit/s{_of(rated)} with {measured[name]}"
        yield known[name].finds("warns", "speed", what, why, cure)


def _of(rated: float | None) -> str:
    return f" of {rated:.0f}" if rated else ""


def _rated(*nodes: Node) -> float | None:
    """What both interfaces say; None if one of them does not."""
    found = []
    for node in nodes:
        said = (node.interface or {}).get("megabits")
        is_3b_plus = "3 Model B Plus" in node.model
        found.append(min(said, _REAL_MEGABITS_3B_PLUS) if said and is_3b_plus else said)
    return min(found) if all(found) else None
