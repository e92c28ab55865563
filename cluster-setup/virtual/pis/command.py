"""./sparkberry virtual VERB: the verbs, and all text that a person sees."""
import argparse
import dataclasses
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pis import base, board, cluster, host, models, network, node, spark
from pis.cgroups import Groups
from pis.cluster import Cluster
from pis.models import Model
from pis.network import Cable
from pis.node import Node
from pis.options import MOST_SHARE, parser
from terminal import BadInput, print_table, say

_KEEP = "--keep"  # not for people: how this program starts a node's keeper


def main(words: list[str]) -> int:
    os.umask(0o022)  # a stricter one would close a node's files to its own users
    if words[:1] == [_KEEP] and len(words) == 2:
        cluster.keep(words[1])
        return 0
    given = parser().parse_args(words)
    return _VERBS[given.verb](given)


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
            say("--latency: this kernel has no netem, so no delay is added")
            latency = 0.0
        nodes = _nodes(options, chosen, speed, latency)
        if lent:
            for each in nodes:
                if each.is_worker:
                    spark.worker_mebibytes(each.model)
        wanted = Cluster(str(options.subnet), str(options.cache), options.release, nodes, lent)
        cluster.up(wanted, _program(), say)
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
        say("nothing was up")
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
    table = [["node", "address", "model", "state", "cores", "CPU share", "memory", "network", "note"]]
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
    print_table(table)
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
        say(f"{each.name} is off already")
    elif options.power_cut:
        network.cut(each.cable)  # a board without power closes no connection: whoever talked to it hears silence
        node.pull_plug(each.name, folder, groups)
    elif not node.power_off(each.name, folder, groups):
        say(f"{each.name} does not shut down: pulling its plug")
        node.pull_plug(each.name, folder, groups)


def _start(_: Cluster, each: Node, __: argparse.Namespace) -> None:
    if node.is_on(cluster.folder(each)):
        say(f"{each.name} is up already")
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
