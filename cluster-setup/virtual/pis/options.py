"""What may be typed after ./sparkberry virtual: verbs, their options, and words to values."""
import argparse
import ipaddress
import math
from pathlib import Path

from pis import base, models
from terminal import Parser

MOST_NODES = 99
MOST_SHARE = 0.9  # of this machine's processors: the rest is for the driver and for this machine itself
LEAST_SPEED = 0.001
_SUMMARIES = {
    "up": "make N virtual Pis and boot them",
    "status": "what each node is, does and uses",
    "shell": "a shell on a node, or a command there",
    "stop": "shut a node down",
    "start": "boot it again",
    "cut": "pull a node's network cable",
    "heal": "plug it in again",
    "slow": "give a node only this share of its speed; 1 is all of it",
    "throttle": "have a node's firmware report throttling: bits such as 0x50005, 0 for none",
    "down": "take everything away",
}


def parser() -> argparse.ArgumentParser:
    top = Parser(
        prog="sparkberry virtual",
        description="Raspberry Pis as booted hosts on this machine: a share of its processors, a memory and a network"
        " card each. To rehearse, to teach, to test, and to measure how a job scales.",
        epilog="'sparkberry virtual VERB --help' shows a verb's options",
    )
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    added = {name: verbs.add_parser(name, help=summary, description=summary) for name, summary in _SUMMARIES.items()}
    _up_options(added["up"])
    for name in ("shell", "stop", "start", "cut", "heal", "slow", "throttle"):
        added[name].add_argument("node", metavar="NODE")
    added["shell"].add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND", help="default: a login shell")
    added["stop"].add_argument("--power-cut", action="store_true", help="pull the plug in place of shutting down")
    added["slow"].add_argument("factor", type=_factor, metavar="FACTOR", help="from 0.01 to 1")
    added["throttle"].add_argument("bits", type=_bits, metavar="BITS", help="as vcgencmd get_throttled prints them")
    added["status"].add_argument("--format", choices=("text", "json"), default="text", help="text, or one JSON object")
    added["down"].add_argument("--base", action="store_true", help="also delete the cached Debian of --cache")
    added["down"].add_argument(
        "--cache", type=_folder, metavar="DIR", help=f"default: that of up, else {base.DEFAULT_CACHE}"
    )
    return top


def _up_options(up: argparse.ArgumentParser) -> None:
    up.add_argument("count", metavar="N", type=_count, help=f"how many, 1 to {MOST_NODES}: pi1, pi2, …")
    up.add_argument(
        "--model",
        metavar="MODEL",
        default="pi4-4gb",
        help="of all nodes, or N models with commas between them (default: %(default)s); known are "
        + ", ".join(models.load()),
    )
    up.add_argument(
        "--speed",
        type=_speed,
        metavar="SPEED",
        help="of a node's core, in cores of this machine (default: 1, or what"
        f" {MOST_SHARE:.0%} of this machine's processors allow)".replace("%", "%%"),
    )
    up.add_argument(
        "--network", type=_rate, metavar="RATE", help="of a node's network card, such as 100mbit (default: the model's)"
    )
    up.add_argument(
        "--latency",
        type=_latency,
        default=0.0,
        metavar="TIME",
        help="added to the round trip between two nodes, such as 0.3ms (default: none); needs a kernel with netem",
    )
    up.add_argument("--spark", action="store_true", help="start a master on pi1, and workers on the others")
    up.add_argument(
        "--oversubscribe", action="store_true", help="allow more processors or memory than this machine has"
    )
    up.add_argument(
        "--subnet",
        type=_subnet,
        default="10.77.0.0/24",
        metavar="RANGE",
        help="the nodes' addresses (default: %(default)s)",
    )
    up.add_argument(
        "--cache",
        type=_folder,
        default=base.DEFAULT_CACHE,
        metavar="DIR",
        help="where the nodes' Debian is kept (default: %(default)s)",
    )
    up.add_argument(
        "--release",
        choices=base.RELEASES,
        default=base.default_release(),
        help="the nodes' Debian (default: %(default)s)",
    )


# RFC 1918.
_PRIVATE = [ipaddress.IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]


def _number(text: str, unit: str = "") -> float:
    try:
        value = float(text.removesuffix(unit))
    except ValueError:
        return math.nan
    return value if text.endswith(unit) else math.nan


def _wrong(what: str, text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"must be {what}, not '{text}'")


def _count(text: str) -> int:
    value = _number(text)
    if not (1 <= value <= MOST_NODES and value == int(value)):
        raise _wrong(f"a whole number from 1 to {MOST_NODES}", text)
    return int(value)


def _speed(text: str) -> float:
    value = _number(text)
    if not LEAST_SPEED <= value <= 1:
        raise _wrong(f"from {LEAST_SPEED} to 1 (a core of this machine)", text)
    return value


def _factor(text: str) -> float:
    value = _number(text)
    if not 0.01 <= value <= 1:
        raise _wrong("from 0.01 to 1 (all of its speed)", text)
    return value


def _rate(text: str) -> float:
    """Megabits in a second."""
    lower = text.lower()
    value = _number(lower, "gbit") * 1000 if lower.endswith("gbit") else _number(lower, "mbit")
    if not 1 <= value <= 100_000:
        raise _wrong("from 1mbit to 100gbit", text)
    return value


def _latency(text: str) -> float:
    """Milliseconds."""
    value = _number(text, "us") / 1000 if text.endswith("us") else _number(text, "ms")
    if not 0 <= value <= 1000:
        raise _wrong("like 0.3ms or 300us, at most 1000ms", text)
    return value


def _bits(text: str) -> int:
    try:
        value = int(text, 16)
    except ValueError:
        value = -1
    if not 0 <= value <= 0xF_FFFF:
        raise _wrong("hexadecimal bits such as 0x50005 (now under-voltage and throttled, and both since boot)", text)
    return value


def _folder(text: str) -> Path:
    """An overlay's options end at commas and colons."""
    if not text or any(letter in text for letter in ",:\\"):
        raise _wrong("a folder without comma, colon and backslash in its name", text)
    return Path(text).absolute()


def _subnet(text: str) -> ipaddress.IPv4Network:
    try:
        subnet = ipaddress.IPv4Network(text)
    except ValueError:
        raise _wrong("a range of private addresses such as 10.77.0.0/24", text) from None
    if not (any(subnet.subnet_of(range_) for range_ in _PRIVATE) and 16 <= subnet.prefixlen <= 29):
        raise _wrong("a range of private addresses such as 10.77.0.0/24, /16 to /29", text)
    return subnet
