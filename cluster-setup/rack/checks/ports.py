"""Who reaches whom, who else has a port, and what Spark listens on."""
from collections.abc import Iterable
from typing import Any

from rack.checks.seen import CONTROL, SETTINGS, UP, Finding, Found, Node

_REST_PORT = 6066
_RANGES = ("executor_port", "driver_port", "driver_block_port")
_SINGLE_PORTS = ("master_port", "master_page_port", "worker_port", "worker_page_port", "history_port")


def ports(nodes: list[Node], control: dict[str, Any]) -> Found:
    """Who could not connect to whom; what all have in common is said once."""
    known = {node.name: node for node in nodes}
    knocks = [(CONTROL, each) for each in (control.get("tried") or {}).get("knocks", [])]
    knocks += [(node.name, each) for node in nodes for each in (node.report.get("tried") or {}).get("knocks", [])]
    knocks = [(source, each) for source, each in knocks if not _opens_with_up(known.get(source), known.get(each["to"]))]
    yield from _other_answers(knocks, known)
    tried: dict[str, set[str]] = {}
    closed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for source, each in knocks:
        tried.setdefault(source, set()).add(each["to"])
        if each["result"] != "open":
            closed.setdefault((source, each["to"]), []).append(each)
    shut_in = {
        source for source in tried if len(tried[source]) > 1 and all((source, to) in closed for to in tried[source])
    }
    for source in shut_in & set(known):
        what = f"connects to nobody: not to {', '.join(sorted(tried[source]))}"
        cure = "on the node: sudo nft list ruleset (a chain with hook output or a route that is wrong); ip route"
        yield known[source].finds(
            "blocks", "port", what, "a worker that reaches neither master nor driver does nothing", cure
        )
    groups: dict[tuple[str, tuple[int, ...], str], set[str]] = {}
    for (source, to), failed in closed.items():
        if source not in shut_in & set(known):
            found = tuple(sorted(each["port"] for each in failed))
            groups.setdefault((to, found, str(failed[0]["result"])), set()).add(source)
    for (to, found, result), sources in groups.items():
        yield _closed(to, found, result, sorted(sources), known, control)


def _opens_with_up(source: Node | None, to: Node | None) -> bool:
    """Whether it is our own firewall that does not know a new node yet."""
    units = (to.survey.get("units") or {}) if to else {}
    has_firewall = (units.get("sparkberry-firewall.service") or {}).get("active") == "active"
    return has_firewall and source is not None and not source.is_ours


def _closed(
    to: str, found: tuple[int, ...], result: str, sources: list[str], known: dict[str, Node], control: dict[str, Any]
) -> Finding:
    settings = next(iter(known.values())).settings
    port_words = ", ".join(_in_words(found, settings))
    how = "nobody answers" if result == "timeout" else f"it says: {result}"
    who = "its workers and executors" if to in known else "the driver"
    why = f"a firewall is in the way, and {who} would wait for ever"
    what = f"cannot be reached by {', '.join(sources)} at port {port_words} ({how})"
    from_where = [known[name].address or name for name in sources if name in known]
    if CONTROL in sources:
        addresses = control.get("addresses") or []
        from_where += addresses[:1] or ["this machine's address"]
    if to in known:
        firewalls, place = known[to].survey.get("firewalls") or [], "on the node: "
        if known[to].is_ours and sources == [CONTROL]:
            cure = f"driver_addresses: [{from_where[0]}] in {SETTINGS}, then {UP}"
            return known[to].finds("blocks", "port", what, why, cure)
    else:
        firewalls, place = [], "on this machine: "
    cure = place + _opening(firewalls, found, settings, from_where)
    if to not in known:
        cure += "; a virtual machine or WSL needs a bridged network"
    return Finding("blocks", to, "port", what, why, cure)


def _in_words(found: Iterable[int], settings: dict[str, Any]) -> list[str]:
    """A range is one thing: both of its ends were tried."""
    words, left = [], list(found)
    for use in _RANGES:
        first, last = _range(use, settings)
        if first in left and last in left:
            words.append(f"{first}–{last}")
            left = [port for port in left if port not in (first, last)]
    return sorted([*words, *map(str, left)])


def _range(use: str, settings: dict[str, Any]) -> tuple[int, int]:
    first = int(settings[use])
    return first, first + (int(settings["port_tries"]) if use in _RANGES else 0)


def _opening(firewalls: list[str], found: tuple[int, ...], settings: dict[str, Any], sources: list[str]) -> str:
    words = [word.replace("–", ":") for word in _in_words(found, settings)]
    if "ufw" in firewalls:
        return "; ".join(
            f"sudo ufw allow proto tcp from {source} to any port {','.join(words)}" for source in sources[:3]
        )
    if "firewalld" in firewalls:
        opened = " ".join(f"--add-port={word.replace(':', '-')}/tcp" for word in words)
        return f"sudo firewall-cmd --permanent {opened} && sudo firewall-cmd --reload"
    listed = ", ".join(word.replace(":", "-") for word in words)
    return (
        "sudo nft list ruleset shows the rule that drops it; let in: tcp dport"
        f" {{ {listed} }} from {', '.join(sources)} (ufw: sudo ufw allow {words[0]}/tcp)"
    )


def _other_answers(knocks: list[tuple[str, dict[str, Any]]], known: dict[str, Node]) -> Found:
    """Two machines with one address."""
    told = set()
    for source, each in knocks:
        by = each.get("answeredBy")
        if by and by != each["to"] and each["to"] in known and (each["to"], by) not in told:
            told.add((each["to"], by))
            what = f"is not who answers {source} at {each['address']}: that is {by}"
            why = "two machines have one address: each gets part of what the other should"
            yield known[each["to"]].finds(
                "blocks", "same-address", what, why, "give each node an address of its own (the router's DHCP)"
            )


def ports_taken(node: Node) -> Found:
    settings, listener = node.settings, node.report.get("listener") or {}
    for port in listener.get("taken", []):
        holder = next((each for each in _tcp(node) if each["port"] == port and not _is_spark(each)), None)
        if holder:
            program = holder.get("process") or f"a program of {holder['user']}"
            stop = (
                f"sudo systemctl disable --now {holder['unit']}"
                if holder.get("unit")
                else f"sudo kill {holder.get('pid')}"
            )
            name = next(
                name
                for name in (*_SINGLE_PORTS, *_RANGES)
                if _range(name, settings)[0] <= port <= _range(name, settings)[1]
            )
            yield node.finds(
                "warns" if name in _RANGES else "blocks",
                "port-taken",
                f"has port {port} taken by {program}",
                "Spark would not start there, or at another port than the firewall lets in",
                f"on the node: {stop}; or {name} in {SETTINGS}",
            )


def _tcp(node: Node) -> list[dict[str, Any]]:
    return [
        each for each in node.survey.get("listening") or [] if each["protocol"] == "tcp" and each["port"] is not None
    ]


def _is_spark(listening: dict[str, Any]) -> bool:
    return listening.get("user") == "spark" or str(listening.get("unit") or "").startswith("sparkberry-")


def ports_listed(node: Node) -> Found:
    """What Spark listens on, against the list."""
    listed = [_range(name, node.settings) for name in (*_SINGLE_PORTS, *_RANGES)]
    for each in _tcp(node):
        if each["address"].startswith("127.") or each["address"] == "::1":
            continue
        where = f"{each['address']}:{each['port']}"
        again = f"{UP}, and ./sparkberry cluster restart {node.name}"
        if each["port"] == _REST_PORT and (_is_spark(each) or each.get("process") == "java"):
            what = f"listens at Spark's REST port ({where})"
            why = "it runs the code of anybody who can reach it, without the secret"
            yield node.finds("blocks", "rest", what, why, f"on the node: sudo kill {each.get('pid')}; then {again}")
        elif not node.is_ours or not _is_spark(each):
            continue
        elif not any(first <= each["port"] <= last for first, last in listed):
            what = f"listens at {where} ({each.get('process')}), which is not on the list of ports"
            yield node.finds("warns", "port-unlisted", what, "nobody has thought about who may reach it", again)
        elif each["address"] in ("*", "0.0.0.0", "::"):
            what = f"listens on every address at port {each['port']} ({each.get('process')})"
            yield node.finds("warns", "port-everywhere", what, "other networks that it is in reach Spark too", again)
