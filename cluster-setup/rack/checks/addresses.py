"""Names and addresses, and in which networks they are."""
import ipaddress
import re

from rack.checks.seen import INVENTORY, Found, Node


def same_names(nodes: list[Node]) -> Found:
    seen: dict[str, str] = {}
    for node in nodes:
        name = str(node.survey.get("hostname") or "")
        if name and name in seen:
            yield node.finds(
                "blocks",
                "same-name",
                f"is called {name}, as {seen[name]} is",
                "logs, the master's page and mDNS (.local) cannot tell them apart",
                f"on the node: sudo hostnamectl set-hostname {node.name}"
                f" && sudo sed -i 's/^127.0.1.1.*/127.0.1.1 {node.name}/' /etc/hosts",
            )
        seen.setdefault(name, node.name)


def same_machines(nodes: list[Node]) -> Found:
    seen: dict[str, str] = {}
    for node in nodes:
        known = str(node.survey.get("machineId") or "")
        if known in seen and not node.is_container:  # containers inherit the machine's below
            yield node.finds(
                "warns",
                "same-machine-id",
                f"has the machine-id of {seen[known]}: a copied card",
                "DHCP servers may give both the same address",
                "on the node: sudo rm -f /etc/machine-id /var/lib/dbus/machine-id"
                " && sudo systemd-machine-id-setup && sudo reboot",
            )
        if known:
            seen.setdefault(known, node.name)


def hosts(node: Node, nodes: list[Node]) -> Found:
    """Its own name at 127.0.1.1 is Debian's habit and does no harm: Spark is bound to addresses."""
    for address, names in node.survey.get("hosts") or []:
        for name in names if ":" not in address else []:  # Spark's addresses here are IPv4
            owner = _owner(name, node, nodes)
            if not owner or not owner.address or address in _addresses(owner):
                continue
            cure = f"on the node: sudo sed -i '/^{re.escape(address)}[[:space:]].*{re.escape(name)}/d' /etc/hosts"
            if owner is not node:
                what = f"has {name} at {address} in /etc/hosts, but {owner.name} is at {owner.address}"
                why = "what it sends by that name goes to another machine, or nowhere"
                yield node.finds("blocks", "hosts", what, why, cure)
            elif not address.startswith("127."):
                what = f"has its own name {name} at {address} in /etc/hosts, which is not its address"
                yield node.finds("warns", "hosts", what, "programs that ask for its name bind to nothing", cure)


def _owner(name: str, node: Node, nodes: list[Node]) -> Node | None:
    """Whose name it is: the inventory's count before the hosts' own, which may be two nodes' by mistake."""
    for of in (lambda each: each.name, lambda each: each.hostname):
        for each in (node, *nodes):
            short = of(each).lower().split(".")[0]
            if name.lower() in (of(each).lower(), short, f"{short}.local"):
                return each
    return None


def _addresses(node: Node) -> set[str | None]:
    return {each["address"] for each in node.interfaces} | {node.address}


def address(node: Node) -> Found:
    has = ", ".join(each["address"] for each in node.interfaces if ":" not in each["address"]) or "none"
    why = "Spark is bound to that address: it would not start, or the others would not find it"
    if not node.address:
        what = f"has a name that this machine does not know: {node.report.get('host')}"
        if node.is_reached:
            yield node.finds("blocks", "address", what, why, f"give its address ({has}) as ansible_host in {INVENTORY}")
    elif node.interfaces and not node.interface:
        what = f"does not have the address {node.address}; it has {has}"
        yield node.finds("blocks", "address", what, why, f"correct ansible_host or cluster_address in {INVENTORY}")


def subnets(nodes: list[Node]) -> Found:
    networks = {}
    for node in nodes:
        if node.interface:
            networks[node.name] = ipaddress.ip_interface(
                f"{node.interface['address']}/{node.interface['prefix']}"
            ).network
    master = next((networks[node.name] for node in nodes if "master" in node.roles and node.name in networks), None)
    for node in nodes:
        if master and networks.get(node.name, master) != master:
            what = f"is in the network {networks[node.name]}, the master in {master}"
            why = "a router is between them: a bottleneck for shuffles, and often a firewall"
            yield node.finds(
                "warns", "subnet", what, why, "plug all nodes into one switch; same prefix length on all of them"
            )


def wireless(node: Node) -> Found:
    if node.interface and node.interface["wireless"]:
        cabled = next(
            (each for each in node.interfaces if not each["wireless"] and each["up"] and ":" not in each["address"]),
            None,
        )
        cure = "give it a cable, and sudo nmcli radio wifi off on the node"
        if cabled:
            cure = f"cluster_address: {cabled['address']} for {node.name} in {INVENTORY} (its cable)"
        why = "radio is slow, and shared by all: shuffles crawl, measurements scatter, workers get lost"
        yield node.finds("warns", "wifi", "is in the cluster by Wi-Fi only", why, cure)
