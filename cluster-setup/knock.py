#!/usr/bin/env python3
"""Tries the ports of a cluster in all directions in which Spark uses them, the clocks and the network's speed.

`listen` and `connect` run on nodes (ssh NODE python3 - listen … < knock.py) and leave nothing there: a listener is a
process of its own that ends when it is told to, or after some seconds. `approach`, `control` and `end` run on the
machine that sets the cluster up. All of them print JSON. Python 3.9, nothing else.
"""
import argparse
import concurrent.futures
import contextlib
import errno
import json
import os
import secrets
import socket
import sys
import threading
import time
from typing import Any, Iterator, Optional

KNOCK_SECONDS = 2.5
HELLO_SECONDS = 1.0  # for a listener's first line, once the connection stands
SSH_SECONDS = 3.0
CLOCK_ROUNDS = 8
SPEED_BYTES = 8 << 20
SPEED_SECONDS = 0.4  # in each direction, at most; slower than 90 Mbit/s is tried once more
SLOW_MEGABITS = 90
TURN_SECONDS = 60
SPEED_PATIENCE_SECONDS = 5
PARALLEL = 64
CONTROL = "this machine"  # the name of the machine that sets the cluster up

Target = dict[str, Any]  # to, address, port, use; listener: whether our own answers there

# Who opens connections to whom, and to which port: groups, or CONTROL. Drivers run on the machine that sets it up.
WAYS = (
    ("workers", "master", "master_port"),
    ("master", "workers", "worker_port"),
    ("workers", "workers", "executor_port"),
    (CONTROL, "master", "master_port"),
    (CONTROL, "master", "master_page_port"),
    (CONTROL, "master", "history_port"),
    (CONTROL, "workers", "worker_page_port"),
    (CONTROL, "workers", "executor_port"),
    ("master", CONTROL, "driver_port"),
    ("workers", CONTROL, "driver_port"),
    ("workers", CONTROL, "driver_block_port"),
)
_RANGES = ("executor_port", "driver_port", "driver_block_port")


def ports_of(use: str, settings: dict[str, Any]) -> list[int]:
    """A range is tried at both of its ends: Spark's first choice, and where it gives up."""
    first = int(settings[use])
    return sorted({first, first + int(settings["port_tries"])}) if use in _RANGES else [first]


def ports_to_listen_on(roles: list[str], settings: dict[str, Any]) -> list[int]:
    return sorted({port for _, to, use in WAYS if to in roles for port in ports_of(use, settings)})


# --- Listening ---


class Listener:
    """Says who it is, what time it is, and how fast bytes come and go, to whoever asks."""

    def __init__(self, label: str, token: str) -> None:
        self._label = label
        self._token = token
        self._turn = threading.Lock()  # one at a time measures the network's speed
        self._sockets: list[socket.socket] = []

    def serve(self, sockets: list[socket.socket], seconds: float) -> None:
        """Ends the process."""
        self._sockets = sockets
        for listening in sockets:
            threading.Thread(target=self._accept, args=(listening,), daemon=True).start()
        time.sleep(seconds)
        os._exit(0)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection = listening.accept()[0]
            except ConnectionAbortedError:  # who knocked has gone already
                continue
            except OSError:  # it ends
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(SPEED_PATIENCE_SECONDS)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _say(connection, {"knock": 1, "label": self._label})
            while True:
                word, _, rest = _line(connection).partition(" ")
                if word == "time":
                    _say(connection, {"time": time.time()})
                elif word == "turn":
                    self._give_turn(connection)
                    return
                elif word == "receive":
                    _say(connection, _receive(connection))
                    return
                elif word == "send":
                    _send(connection)
                    return
                elif word == "end" and (rest == self._token or _is_of_this_host(connection)):
                    for listening in self._sockets:
                        listening.shutdown(socket.SHUT_RDWR)  # before whoever asked sees that we are gone
                    os._exit(0)
                else:
                    return

    def _give_turn(self, connection: socket.socket) -> None:
        with self._turn:
            _say(connection, {"turn": True})
            connection.recv(1)  # until the other side has done, or SPEED_PATIENCE_SECONDS


def listen(label: str, addresses: list[str], ports: list[int], seconds: float, token: str) -> dict[str, Any]:
    """Starts a listener on those ports that are free, in a process of its own."""
    sockets: list[socket.socket] = []
    free: list[int] = []
    taken: list[int] = []
    failed: dict[str, str] = {}
    for port in ports:
        for address in addresses:
            try:
                sockets.append(_bound_after_an_earlier_one(address, port))
                free.append(port)
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    taken.append(port)
                else:
                    failed[str(port)] = f"{address}: {error.strerror or error}"
    if sockets:
        _in_a_process_of_its_own(lambda: Listener(label, token).serve(sockets, seconds))
    for each in sockets:
        each.close()  # the other process has them
    return {
        "addresses": addresses,
        "listening": sorted(set(free) - set(taken)),
        "taken": sorted(set(taken)),
        "failed": failed,
    }


def _is_of_this_host(connection: socket.socket) -> bool:
    return bool(connection.getpeername()[0] == connection.getsockname()[0])


def _bound_after_an_earlier_one(address: str, port: int) -> socket.socket:
    """A listener that nobody could tell to end, as its ports were blocked, is still there: it makes room."""
    try:
        return _bound(address, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE or not _send_home(address, port, ""):
            raise
    return _bound(address, port)


def _bound(address: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # For what an earlier run has left in TIME_WAIT; whoever listens there keeps the port all the same.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen(PARALLEL)
        return listening
    except OSError:
        listening.close()
        raise


def _in_a_process_of_its_own(serve: Any) -> None:
    """Not a child that ssh or sudo would wait for: no terminal, none of our files, another session."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/")
            nothing = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nothing, descriptor)
            serve()
    finally:
        os._exit(0)


# --- Asking ---


def _say(connection: socket.socket, what: dict[str, Any]) -> None:
    connection.sendall(json.dumps(what).encode() + b"\n")


def _line(connection: socket.socket) -> str:
    """Byte by byte: what follows the line may be the measured stream."""
    read = b""
    while not read.endswith(b"\n") and len(read) < 1000:
        byte = connection.recv(1)
        if not byte:
            break
        read += byte
    return read.decode(errors="replace").strip()


def _hello(connection: socket.socket) -> Optional[str]:
    """The label of our own listener at the other end; None if it is another program."""
    connection.settimeout(HELLO_SECONDS)
    with contextlib.suppress(OSError, ValueError):
        said = json.loads(_line(connection))
        return str(said["label"]) if isinstance(said, dict) and said.get("knock") == 1 else None
    return None


@contextlib.contextmanager
def _conversation(target: Target, word: str) -> Iterator[socket.socket]:
    with socket.create_connection((target["address"], target["port"]), KNOCK_SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if _hello(connection) is None:
            raise OSError("another program answers")
        connection.settimeout(SPEED_PATIENCE_SECONDS)
        connection.sendall(word.encode() + b"\n")
        yield connection


def knock(target: Target, seconds: float = KNOCK_SECONDS) -> dict[str, Any]:
    """open: somebody accepts; refused: nobody listens, or a firewall says so; timeout: nobody answers; else why not."""
    began = time.monotonic()
    answered_by = None
    try:
        with socket.create_connection((target["address"], target["port"]), seconds) as connection:
            milliseconds = 1000 * (time.monotonic() - began)
            result = "open"
            if target.get("listener"):
                answered_by = _hello(connection)
    except ConnectionRefusedError:
        result, milliseconds = "refused", 1000 * (time.monotonic() - began)
    except TimeoutError:  # the kernel's own
        result, milliseconds = "timeout", 1000 * (time.monotonic() - began)
    except socket.timeout:  # before Python 3.10 another class
        result, milliseconds = "timeout", 1000 * (time.monotonic() - began)
    except OSError as error:
        # A firewall that rejects says so with an ICMP message, which comes as one of these.
        result, milliseconds = error.strerror or str(error), 1000 * (time.monotonic() - began)
    return {**target, "result": result, "milliseconds": round(milliseconds, 1), "answeredBy": answered_by}


def clock(target: Target) -> Optional[dict[str, Any]]:
    """How far the other's clock is ahead, in seconds: of the quickest of some questions (as NTP does), and ± what."""
    best = None
    with contextlib.suppress(OSError, ValueError, KeyError):
        with socket.create_connection((target["address"], target["port"]), KNOCK_SECONDS) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if _hello(connection) is None:
                return None
            for _ in range(CLOCK_ROUNDS):
                wall, began = time.time(), time.monotonic()
                connection.sendall(b"time\n")
                there = float(json.loads(_line(connection))["time"])
                half = (time.monotonic() - began) / 2
                if best is None or half < best["uncertaintySeconds"]:
                    best = {"to": target["to"], "offsetSeconds": there - (wall + half), "uncertaintySeconds": half}
    return best


def speed(target: Target) -> Optional[dict[str, Any]]:
    """Megabits per second to the other and from there, when it is our turn there."""
    try:
        with _conversation(target, "turn") as turn:
            turn.settimeout(TURN_SECONDS)
            _line(turn)
            there, back = _there(target), _back(target)
            if min(there, back) < SLOW_MEGABITS:
                there, back = max(there, _there(target)), max(back, _back(target))
            return {"to": target["to"], "thereMegabits": round(there, 1), "backMegabits": round(back, 1)}
    except (OSError, ValueError, KeyError):
        return None


def _send_home(address: str, port: int, token: str) -> bool:
    """Ends a listener; False if none of ours answers there."""
    with contextlib.suppress(OSError):
        with _conversation({"address": address, "port": port}, f"end {token}") as connection:
            connection.recv(1)
            return True
    return False


def _there(target: Target) -> float:
    with _conversation(target, "receive") as connection:
        _send(connection)
        connection.shutdown(socket.SHUT_WR)
        return _megabits(json.loads(_line(connection)))


def _back(target: Target) -> float:
    with _conversation(target, "send") as connection:
        return _megabits(_receive(connection))


def _send(connection: socket.socket) -> None:
    chunk = bytes(64 << 10)
    end = time.monotonic() + SPEED_SECONDS
    for _ in range(SPEED_BYTES // len(chunk)):
        if time.monotonic() > end:
            return
        connection.sendall(chunk)


def _receive(connection: socket.socket) -> dict[str, float]:
    """Bytes and seconds after the first piece, whose way cannot be timed from here."""
    buffer = bytearray(256 << 10)
    if connection.recv_into(buffer) == 0:
        return {"bytes": 0, "seconds": 0}
    began = last = time.monotonic()
    received = 0
    while True:
        count = connection.recv_into(buffer)
        if count == 0:
            return {"bytes": received, "seconds": last - began}
        received += count
        last = time.monotonic()


def _megabits(said: dict[str, float]) -> float:
    return 8e-6 * said["bytes"] / said["seconds"] if said["seconds"] > 0 else 0.0


def connect(plan: dict[str, Any]) -> dict[str, Any]:
    """targets: to knock at; clocks: whose time to ask; speed: with whom to measure."""
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        knocks = list(pool.map(knock, plan.get("targets", [])))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        clocks = [found for found in pool.map(clock, plan.get("clocks", [])) if found]
    speeds = [found for found in map(speed, plan.get("speeds", [])) if found]
    return {"knocks": knocks, "clocks": clocks, "speeds": speeds}


# --- On the machine that sets the cluster up ---


def approach(rack: dict[str, Any]) -> dict[str, Any]:
    """Finds each node's address and the own one on the way to it, tries ssh, and listens for the nodes here.

    rack: seconds; nodes, each with host and sshHost (names or addresses), sshPort, proxied, roles and settings.
    """
    nodes = rack["nodes"]
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        found = dict(zip(nodes, pool.map(_way_to, nodes.values())))
    own = sorted({way["controlAddress"] for way in found.values() if way["controlAddress"]})
    token = secrets.token_hex(8)
    listener = listen(CONTROL, own, ports_to_listen_on([CONTROL], _settings(nodes)), rack["seconds"], token)
    return {"nodes": found, "control": {"hostname": socket.gethostname(), "token": token, **listener}}


def _settings(nodes: dict[str, Any]) -> dict[str, Any]:
    """Ports are the whole cluster's: any node knows them."""
    return dict(next(iter(nodes.values()))["settings"])


def _way_to(node: dict[str, Any]) -> dict[str, Any]:
    address, ssh_address, own = _resolved(node["host"]), _resolved(node["sshHost"]), None
    if address:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((address, 9))  # sends nothing
            own = way.getsockname()[0]
    ssh = "unknown name"
    if ssh_address:
        ssh = knock({"address": ssh_address, "port": node["sshPort"]}, SSH_SECONDS)["result"]
    return {
        "address": address,
        "controlAddress": own,
        "ssh": ssh,
        # An ssh configuration may know a name that nobody else knows, or a way around.
        "isTried": ssh in ("open", "unknown name") or bool(node["proxied"]),
        "ports": ports_to_listen_on(node["roles"], node["settings"]),
    }


def _resolved(host: str) -> Optional[str]:
    with contextlib.suppress(OSError):
        return str(socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)[0][4][0])
    return None


def plans(nodes: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    """What each node and this machine are to try.

    nodes: each with address, controlAddress, roles, settings, and listener: what `listen` said there, None if nothing
    did; here: what it said on this machine.
    """
    asked = [name for name, node in nodes.items() if node["listener"]]
    found: dict[str, Any] = {name: {"targets": [], "clocks": [], "speeds": []} for name in (*asked, CONTROL)}
    for source in found:
        for target in (*asked, CONTROL):
            if source != target:
                found[source]["targets"] += _targets(source, target, nodes, here)
    for name in asked:
        found[name]["clocks"] = [way for way in found[name]["targets"] if way["to"] == CONTROL and way["listener"]][:1]
        found[CONTROL]["clocks"] += [way for way in found[CONTROL]["targets"] if way["to"] == name and way["listener"]][
            :1
        ]
    for name in asked:
        executors = ports_of("executor_port", nodes[name]["settings"])
        free = [port for port in executors if port in nodes[name]["listener"]["listening"]]
        if "workers" in nodes[name]["roles"] and free:
            way = {"to": name, "address": nodes[name]["address"], "port": free[-1]}
            for other in asked:
                found[other]["speeds"] = [way] if other != name else []
            break  # all are measured against the first worker, one after the other
    return found


def _targets(source: str, target: str, nodes: dict[str, Any], here: dict[str, Any]) -> list[Target]:
    roles = {**{name: node["roles"] for name, node in nodes.items()}, CONTROL: [CONTROL]}
    if target == CONTROL:
        address, listener = nodes[source]["controlAddress"], here
    else:
        address, listener = nodes[target]["address"], nodes[target]["listener"]
    uses = {use for of, to, use in WAYS if of in roles[source] and to in roles[target]}
    return [
        {"to": target, "address": address, "port": port, "use": use, "listener": port in listener["listening"]}
        for use in sorted(uses)
        for port in ports_of(use, _settings(nodes))
        if address and (port in listener["listening"] or port in listener["taken"])
    ]


def control(rack: dict[str, Any]) -> dict[str, Any]:
    """Puts together what Ansible has heard from the nodes, and knocks at their ports.

    rack: approach; nodes; asRoot, asUser and listen: Ansible's results for each node.
    """
    nodes = {}
    for name, node in rack["nodes"].items():
        as_root, as_user, listening = rack["asRoot"][name], rack["asUser"][name], rack["listen"][name]
        survey, listener = _said(as_root) or _said(as_user), _said(listening)
        nodes[name] = {
            **node,
            **rack["approach"]["nodes"][name],
            "isReached": survey is not None,
            "isRoot": _said(as_root) is not None,
            "message": " ".join(str(as_root.get(part) or "") for part in ("msg", "module_stderr", "stderr")).strip(),
            "survey": survey,
            "asked": survey["asked"] if survey else None,
            "received": listener["asked"] if listener else None,
            "listener": listener,
            "tried": None,
        }
    planned = plans(nodes, rack["approach"]["control"])
    tried = connect(planned.pop(CONTROL))
    return {"plans": planned, "nodes": nodes, "control": {**rack["approach"]["control"], "tried": tried}}


def _said(result: dict[str, Any]) -> Optional[dict[str, Any]]:
    with contextlib.suppress(ValueError):
        said = json.loads(result.get("stdout") or "null")
        return said if isinstance(said, dict) else None
    return None


def end(rack: dict[str, Any], output: str) -> dict[str, Any]:
    """Sends all listeners home that can be reached, the others go by themselves; and writes the report.

    rack: what `control` said; connect: Ansible's results for each node.
    """
    here, nodes = rack["control"]["control"], rack["control"]["nodes"]
    for name, node in nodes.items():
        node["tried"] = _said(rack["connect"][name])
    token = here.pop("token")

    def send_home(listener: dict[str, Any]) -> bool:
        return any(_send_home(listener["addresses"][0], port, token) for port in listener["listening"])

    listeners = [node["listener"] for node in nodes.values() if node["listener"]] + [here]
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        ended = sum(pool.map(send_home, listeners))
    report = {"report": 1, "time": time.time(), "settings": _settings(nodes), "control": here, "nodes": nodes}
    with open(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(report, file, indent=1)
    return {"ended": ended, "of": len(listeners)}


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="knock.py", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    listening = verbs.add_parser("listen", help="on the free ones of these ports, in the background")
    listening.add_argument("address")
    listening.add_argument("ports", type=int, nargs="+", metavar="port")
    listening.add_argument("--seconds", type=float, default=30, help="at most (30)")
    listening.add_argument("--label", default=socket.gethostname(), help="who answers (the host name)")
    listening.add_argument("--token", default="", help="who says `end` and this ends it")
    connecting = verbs.add_parser("connect", help="try all targets at once")
    connecting.add_argument("label", help="who asks")
    connecting.add_argument(
        "plan", nargs="?", help="JSON: a list of targets, or targets, clocks and speeds (else stdin)"
    )
    listening.add_argument("--asked", type=float, help="the asker's clock, said again")
    verbs.add_parser("approach", help="JSON in, JSON out")
    verbs.add_parser("control", help="JSON in, JSON out")
    verbs.add_parser("end", help="JSON in, the report out").add_argument("output")
    given = parser.parse_args(words)
    if given.verb == "listen":
        found = listen(given.label, [given.address], given.ports, given.seconds, given.token)
        found["asked"] = given.asked
    elif given.verb == "connect":
        plan = json.loads(given.plan or sys.stdin.read())
        found = {"from": given.label, **connect(plan if isinstance(plan, dict) else {"targets": plan})}
    elif given.verb == "end":
        found = end(json.load(sys.stdin), given.output)
    else:
        found = {"approach": approach, "control": control}[given.verb](json.load(sys.stdin))
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
