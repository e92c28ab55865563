"""./sparkberry virtual VERB: words to verbs, and all text that a person sees."""
import argparse
import dataclasses
import ipaddress
import json
import math
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pis import base, board, cluster, host, models, network, node, spark
from pis.cgroups import Groups
from pis.cluster import Cluster
from pis.models import Model
from pis.network import Cable
from pis.node import Node
from pis.problem import BadInput, Failed

MOST_NODES = 99
MOST_SHARE = 0.9  # of this machine's processors: the rest is for the driver and for this machine itself
LEAST_SPEED = 0.001
_KEEP = "--keep"  # not for people: how this program starts a node's keeper
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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings, allow_abbrev=False)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        words = message.removeprefix("argument ").replace("the following arguments are required", "missing")
        raise BadInput(f"{words}; '{self.prog} --help' shows what there is")


def main(words: list[str]) -> int:
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(130))
    os.umask(0o022)  # a stricter one would close a node's files to its own users
    with_trace = "--stacktrace" in words and words[:1] != ["shell"]  # whose words are another command's
    if with_trace:
        words = [word for word in words if word != "--stacktrace"]
    try:
        if words[:1] == [_KEEP] and len(words) == 2:
            cluster.keep(words[1])
            return 0
        options = _parser().parse_args(words)
        return _VERBS[options.verb](options)
    except (BadInput, Failed, OSError) as error:
        if with_trace:
            traceback.print_exc()
        _say(str(error) if isinstance(error, (BadInput, Failed)) else f"failed: {error} (--stacktrace shows where)")
        return 2 if isinstance(error, BadInput) else 1
    except KeyboardInterrupt:
        return 130


def _say(words: str) -> None:
    print(f"sparkberry: {' '.join(words.split())}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sparkberry virtual",
        description="Raspberry Pis as booted hosts on this machine: a share of its processors, a memory and a network"
        " card each. To rehearse, to teach, to test, and to measure how a job scales.",
        epilog="'sparkberry virtual VERB --help' shows a verb's options",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
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
    return parser


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


# --- Values ---

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


# --- Verbs ---


def _up(options: argparse.Namespace) -> int:
    host.check_root()
    host.check_packages()
    chosen = _models(options.model, options.count)
    speed = _fitting_speed(options, chosen)
    _check_memory(options, chosen)
    if options.count > options.subnet.num_addresses - 3:
        raise BadInput(f"--subnet: {options.subnet} is too small for {options.count} nodes: choose a larger one")
    lent = spark.find() if options.spark else None
    Groups().check()
    with cluster.lock():
        if cluster.is_there():
            raise BadInput(
                "virtual Pis are up, or an earlier 'up' was interrupted: ./sparkberry virtual down comes first"
            )
        network.check_free(options.subnet)
        latency = options.latency
        if latency > 0 and not network.can_delay():
            _say("--latency: this kernel has no netem, so no delay is added")
            latency = 0.0
        nodes = _nodes(options, chosen, speed, latency)
        if lent:
            for each in nodes:
                if each.is_worker:
                    spark.worker_mebibytes(each.model)
        wanted = Cluster(str(options.subnet), str(options.cache), options.release, nodes, lent)
        cluster.up(wanted, _program(), _say)
    _print_status(wanted)
    print()
    print("inventory  " + str(cluster.INVENTORY))
    if lent:
        print("next       ./sparkberry run pi --master " + wanted.master)
    else:
        print("next       ./sparkberry virtual shell pi1")
    print("undo       sudo ./sparkberry virtual down")
    return 0


def _program() -> list[str]:
    return [str(Path(sys.argv[0]).resolve()), _KEEP]


def _models(text: str, count: int) -> list[Model]:
    chosen = [models.find(key) for key in text.split(",")]
    if len(chosen) == 1:
        return chosen * count
    if len(chosen) != count:
        raise BadInput(f"--model: {len(chosen)} models for {count} nodes: give one for all, or one for each")
    return chosen


def _fitting_speed(options: argparse.Namespace, chosen: list[Model]) -> float:
    cores = sum(model.cores for model in chosen)
    most = MOST_SHARE * host.processors()
    fitting = min(1.0, math.floor(1e4 * most / cores) / 1e4)
    if options.speed is None:
        return fitting
    if options.speed * cores > most and not options.oversubscribe:
        raise BadInput(
            f"--speed: {cores} cores of {options.speed:g} are {options.speed * cores:.3g} processors, and {MOST_SHARE:.0%}"
            f" of this machine's are {most:.3g}: set it to {fitting:g} or lower (or --oversubscribe, and do not measure)"
        )
    return options.speed


def _check_memory(options: argparse.Namespace, chosen: list[Model]) -> None:
    wanted = sum(model.ram_mebibytes for model in chosen)
    there = host.memory_mebibytes()
    if wanted > there and not options.oversubscribe:
        raise BadInput(
            f"--model: {options.count} nodes of {options.model} have {wanted} MiB together, and this machine has {there}:"
            " choose a smaller model or fewer nodes (or --oversubscribe: they take only what they use)"
        )


def _nodes(options: argparse.Namespace, chosen: list[Model], speed: float, latency: float) -> tuple[Node, ...]:
    subnet = options.subnet
    return tuple(
        Node(
            name=f"pi{number}",
            model=model,
            cable=Cable(
                node=f"pi{number}",
                address=str(subnet[number]),
                prefix=subnet.prefixlen,
                gateway=str(subnet[-2]),
                megabits=options.network or model.network_megabits,
                latency_milliseconds=latency,
            ),
            speed=speed,
            slowed=1.0,
            is_worker=number > 1 or len(chosen) == 1,
        )
        for number, model in enumerate(chosen, 1)
    )


def _down(options: argparse.Namespace) -> int:
    host.check_root()
    host.check_packages()
    with cluster.lock():
        was_there = cluster.is_there()
        cache = options.cache or cluster.cache() or base.DEFAULT_CACHE
        cluster.down()
        if options.base:
            base.delete(cache)
    if not was_there:
        _say("nothing was up")
    return 0


def _status(options: argparse.Namespace) -> int:
    found = cluster.load()
    if options.format == "json":
        print(json.dumps({"kind": "virtual", "schemaVersion": 1, "nodes": [_row(each) for each in found.nodes]}))
    else:
        _print_status(found)
    return 0


def _row(each: Node) -> dict[str, object]:
    groups = Groups()
    folder = cluster.folder(each)
    is_on = node.is_on(folder)
    is_up = is_on and node.leader(each.name, groups) is not None
    state = "off" if not is_on else "booting" if not is_up else "cut off" if network.is_cut(each.cable) else "up"
    return {
        "node": each.name,
        "address": each.cable.address,
        "model": each.model.key,
        "state": state,
        "cores": each.model.cores,
        "processors": round(each.processors, 4),
        "slowed": each.slowed,
        "memoryMebibytes": each.model.ram_mebibytes,
        "memoryUsedMebibytes": groups.memory_used_mebibytes(each.name) if is_up else None,
        "networkMegabits": each.cable.megabits,
        "latencyMilliseconds": each.cable.latency_milliseconds,
        "throttled": f"{board.throttled(folder):#x}" if is_up else None,
    }


def _print_status(found: Cluster) -> None:
    head = ["node", "address", "model", "state", "cores", "CPU share", "memory", "network", "note"]
    table = [head]
    for row in map(_row, found.nodes):
        notes = [f"slowed to {row['slowed']:g}"] if row["slowed"] != 1 else []
        if row["throttled"] not in (None, "0x0"):
            notes.append(f"reports throttled={row['throttled']}")
        if row["latencyMilliseconds"]:
            notes.append(f"+{row['latencyMilliseconds']:g} ms round trip")
        used = row["memoryUsedMebibytes"]
        table.append(
            [
                str(row["node"]),
                str(row["address"]),
                str(row["model"]),
                str(row["state"]),
                str(row["cores"]),
                f"{row['processors']:.3g}",
                f"{'–' if used is None else used} of {row['memoryMebibytes']} MiB",
                f"{row['networkMegabits']:g} Mbit/s",
                ", ".join(notes),
            ]
        )
    widths = [max(len(cells[column]) for cells in table) for column in range(len(head))]
    for cells in table:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())
    print()
    print(f"CPU share is in processors of this machine, which has {host.processors()}")
    if found.spark:
        print(f"Spark's master is at {found.master}, its page at http://{found.nodes[0].cable.address}:{spark.PAGE}")


def _shell(options: argparse.Namespace) -> int:
    each = cluster.load().node(options.node)
    _check_on(each)
    if not os.access(cluster.KEY, os.R_OK):
        raise BadInput(f"{cluster.KEY} may not be read by you: use sudo")
    return subprocess.call(cluster.ssh(each, options.command))


def _changed(change: Callable[[Cluster, Node, argparse.Namespace], None]) -> Callable[[argparse.Namespace], int]:
    """A verb that changes one node."""

    def verb(options: argparse.Namespace) -> int:
        host.check_root()
        with cluster.lock():
            found = cluster.load()
            if not Groups().exist():
                raise BadInput("this machine has restarted since 'up': ./sparkberry virtual down, then up again")
            change(found, found.node(options.node), options)
        return 0

    return verb


def _check_on(each: Node) -> None:
    if not node.is_on(cluster.folder(each)):
        raise BadInput(f"{each.name} is off: ./sparkberry virtual start {each.name}")


def _stop(_: Cluster, each: Node, options: argparse.Namespace) -> None:
    groups = Groups()
    folder = cluster.folder(each)
    if not node.is_on(folder):
        _say(f"{each.name} is off already")
    elif options.power_cut:
        node.pull_plug(each.name, folder, groups)
    elif not node.power_off(each.name, folder, groups):
        _say(f"{each.name} does not shut down: pulling its plug")
        node.pull_plug(each.name, folder, groups)


def _start(_: Cluster, each: Node, __: argparse.Namespace) -> None:
    if node.is_on(cluster.folder(each)):
        _say(f"{each.name} is up already")
        return
    with cluster.at_full_speed((each,)):
        cluster.boot((each,), _program())


def _cut(_: Cluster, each: Node, __: argparse.Namespace) -> None:
    _check_on(each)
    network.cut(each.cable)


def _heal(_: Cluster, each: Node, __: argparse.Namespace) -> None:
    _check_on(each)
    network.heal(each.cable)


def _slow(found: Cluster, each: Node, options: argparse.Namespace) -> None:
    slowed = dataclasses.replace(each, slowed=options.factor)
    cluster.save(found.with_node(slowed))
    Groups().limit_processors(each.name, slowed.processors)


def _throttle(_: Cluster, each: Node, options: argparse.Namespace) -> None:
    _check_on(each)
    board.throttle(cluster.folder(each), options.bits)


_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "up": _up,
    "status": _status,
    "shell": _shell,
    "stop": _changed(_stop),
    "start": _changed(_start),
    "cut": _changed(_cut),
    "heal": _changed(_heal),
    "slow": _changed(_slow),
    "throttle": _changed(_throttle),
    "down": _down,
}
