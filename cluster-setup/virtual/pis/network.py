"""The network of the nodes: a bridge on this machine, to which each node has one shaped cable; and a firewall.

Everything has fixed names, so that what a crash has left is found without a record of it.
"""
import ipaddress
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from pis import host
from terminal import BadInput

BRIDGE = "sparkberry0"
_CABLE = "spb-"
_TABLE = "sparkberry_virtual"
_FORWARD = Path("/proc/sys/net/ipv4/ip_forward")
_QUEUE = "50ms"  # how long a packet may wait in a full cable before it is dropped
_BURST_SECONDS = 0.0005
_LEAST_BURST = 32_768
_MOST_DELAYED = 100_000  # packets on their way


@dataclass(frozen=True)
class Cable:
    """A node's connection.

    megabits: what it carries in a second, either way; latency_milliseconds: what it adds to the round trip between two
    nodes.
    """

    node: str
    address: str
    prefix: int
    gateway: str
    megabits: float
    latency_milliseconds: float

    @property
    def host_end(self) -> str:
        """No more than 15 letters, as the kernel demands."""
        return f"{_CABLE}{self.node}"


def check_free(subnet: ipaddress.IPv4Network) -> None:
    """That this machine has no other way to these addresses: they may be somebody's."""
    for route in json.loads(host.run("ip", "-json", "-4", "route", "show", "table", "all")):
        destination = route["dst"]
        if destination == "default" or route.get("dev") == BRIDGE:
            continue
        network = ipaddress.IPv4Network(destination, strict=False)
        # Shorter ones are ways out, such as the two halves of everything that a VPN takes.
        if network.prefixlen >= 8 and network.overlaps(subnet):
            raise BadInput(
                f"--subnet: {subnet} is in use, {destination} goes to {route.get('dev', 'somewhere else')}:"
                " choose a free private range, such as --subnet 10.78.0.0/24"
            )


def can_delay() -> bool:
    """Whether the kernel has netem."""
    return host.succeeds("unshare", "--net", "tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms")


def forwards() -> str:
    """Whether this machine passes packets on, in the kernel's letter."""
    return _FORWARD.read_text().strip()


def create(subnet: ipaddress.IPv4Network, gateway: str) -> None:
    # Without an address of its own a bridge takes that of a cable, and another one when that is cut.
    host.run("ip", "link", "add", BRIDGE, "address", _hardware_address(gateway), "type", "bridge")
    host.run("ip", "address", "add", f"{gateway}/{subnet.prefixlen}", "dev", BRIDGE)
    host.run("ip", "link", "set", BRIDGE, "up")
    # Nodes reach what this machine reaches; nobody outside reaches them. The MSS: this machine's own way out may take
    # smaller packets than the bridge.
    host.run(
        "nft",
        "-f",
        "-",
        text=f"""
table inet {_TABLE} {{
  chain forward {{
    type filter hook forward priority filter; policy accept;
    iifname "{BRIDGE}" oifname != "{BRIDGE}" tcp flags syn / syn,rst tcp option maxseg size set rt mtu
    oifname "{BRIDGE}" iifname != "{BRIDGE}" ct state established,related accept
    oifname "{BRIDGE}" iifname != "{BRIDGE}" drop
  }}
  chain postrouting {{
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr {subnet} oifname != "{BRIDGE}" masquerade
  }}
}}
""",
    )
    _FORWARD.write_text("1")


def remove(forwarded: str | None) -> None:
    """Takes the bridge, all cables and the firewall away, and lets this machine forward as it did before."""
    # Not by "type": where the kernel has not loaded it, ip lists nothing but empty objects.
    links = [link["ifname"] for link in json.loads(host.run("ip", "-json", "link", "show")) if "ifname" in link]
    for link in links:
        if link == BRIDGE or link.startswith(_CABLE):
            host.succeeds("ip", "link", "delete", link)  # one end goes with the other
    host.succeeds("nft", "delete", "table", "inet", _TABLE)
    if forwarded is not None:
        _FORWARD.write_text(forwarded)


def lay(cable: Cable) -> str:
    """Lays a cable from the bridge. Returns the name of its other end, for `plug`."""
    other_end = f"{cable.host_end}-"
    host.succeeds("ip", "link", "delete", cable.host_end)
    host.run("ip", "link", "add", cable.host_end, "type", "veth", "peer", "name", other_end)
    host.run("ip", "link", "set", cable.host_end, "master", BRIDGE, "up")
    _shape(cable, cable.host_end)
    return other_end


def plug(cable: Cable) -> None:
    """Sets the end up that has been moved into the node's namespace, as eth0. To be called in that namespace."""
    host.run("ip", "link", "set", "lo", "up")
    host.run("ip", "link", "set", "eth0", "address", _hardware_address(cable.address))
    host.run("ip", "address", "add", f"{cable.address}/{cable.prefix}", "dev", "eth0")
    host.run("ip", "link", "set", "eth0", "up")
    host.run("ip", "route", "add", "default", "via", cable.gateway)
    delay = cable.latency_milliseconds / 2  # a round trip goes through two nodes' ends
    _shape(cable, "eth0", delay)


def _shape(cable: Cable, device: str, delay_milliseconds: float = 0) -> None:
    parent = ("root", "handle", "1:")
    if delay_milliseconds > 0:
        # The token bucket cuts packets larger than its bucket into pieces that netem has not counted.
        host.run("ip", "link", "set", device, "gso_max_size", _LEAST_BURST // 2)
        delay = ("delay", f"{delay_milliseconds}ms", "limit", _MOST_DELAYED)
        host.run("tc", "qdisc", "add", "dev", device, *parent, "netem", *delay)
        parent = ("parent", "1:1", "handle", "2:")
    burst = max(_LEAST_BURST, round(cable.megabits * 1e6 / 8 * _BURST_SECONDS))
    rate = ("rate", f"{cable.megabits}mbit", "burst", f"{burst}b", "latency", _QUEUE)
    host.run("tc", "qdisc", "add", "dev", device, *parent, "tbf", *rate)


def _hardware_address(address: str) -> str:
    """The same at every boot, so that nobody's table of neighbours is wrong; the first byte is for private use."""
    return ":".join(f"{byte:02x}" for byte in (0x02, 0x5B, *ipaddress.IPv4Address(address).packed))


def forwards_nothing() -> bool:
    """Whether this machine's older firewall drops what is to pass through, as Docker's does."""
    return bool(shutil.which("iptables")) and "-P FORWARD DROP" in host.run("iptables", "-S", "FORWARD")


def cut(cable: Cable) -> None:
    host.run("ip", "link", "set", cable.host_end, "down")


def heal(cable: Cable) -> None:
    host.run("ip", "link", "set", cable.host_end, "up")


def is_cut(cable: Cable) -> bool:
    flags = json.loads(host.run("ip", "-json", "link", "show", cable.host_end))[0]["flags"]
    return "UP" not in flags
