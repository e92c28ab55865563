"""What may be typed after ./sparkberry cluster: verbs, their options, and words to values."""
import argparse
import re
from pathlib import Path

from terminal import BadInput, Parser

ROOT = Path(__file__).resolve().parents[2]
MOST_NODES = 99
_SUMMARIES = {
    "init": "ask the nodes what they are and write the inventory, the settings and a secret",
    "doctor": "what would go wrong on which node, and its cure; changes nothing",
    "up": "make a Spark cluster of the nodes; safe to repeat",
    "status": "what each node is, does and says",
    "verify": "run a small job: does every worker compute, and are the bits right?",
    "add": "take nodes in",
    "remove": "let nodes finish what they compute, and take off all that we put there",
    "upgrade": "bring the nodes to this machine's Spark and Sparkberry, one after another",
    "restart": "restart Spark on the nodes, or the nodes themselves",
    "logs": "what Spark said on the nodes",
    "shutdown": "switch the nodes off",
    "reset": "take off all that we put on the nodes, and nothing else",
}
CHANGING = ("up", "add", "remove", "upgrade", "restart", "shutdown", "reset")


def parser() -> argparse.ArgumentParser:
    top = Parser(
        prog="sparkberry cluster",
        description="Sets up and looks after a cluster of Pis that can be reached by ssh.",
        epilog="'sparkberry cluster VERB --help' shows a verb's options",
    )
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    added = {name: verbs.add_parser(name, help=summary, description=summary) for name, summary in _SUMMARIES.items()}
    for name, verb in added.items():
        verb.add_argument(
            "--cluster", type=_folder, default=ROOT / "cluster", metavar="DIR", help="what init has written; default: cluster"
        )
        verb.add_argument("--stacktrace", action="store_true", help="show where in the code an error arose")
        if name != "init":
            verb.add_argument("--verbose", action="store_true", help="show all that Ansible says")
            verb.add_argument(
                "--ask-become-pass", action="store_true", help="ask for the password of sudo on the nodes"
            )
        if name in CHANGING:
            verb.add_argument("--check", action="store_true", help="show what would change, and change nothing")
    _init_options(added["init"])
    for name in ("doctor", "status"):
        added[name].add_argument("--format", choices=("text", "json"), default="text", help="text, or one JSON object")
    for name in ("up", "add"):
        added[name].add_argument("--skip-doctor", action="store_true", help="do not look for trouble first")
    for name in ("add", "remove"):
        added[name].add_argument("nodes", nargs="+", type=_hosts, metavar="NODE", help="such as pi5.local or pi[05-08].local")
    for name in ("restart", "logs"):
        added[name].add_argument("nodes", nargs="*", type=_hosts, metavar="NODE", help="default: all")
    added["restart"].add_argument("--reboot", action="store_true", help="restart the nodes themselves, one after another")
    added["logs"].add_argument("--lines", type=_count, default=30, metavar="N", help="of each service; default: 30")
    for name in ("remove", "shutdown", "reset"):
        added[name].add_argument("--yes", action="store_true", help="without asking")
    return top


def _init_options(init: argparse.ArgumentParser) -> None:
    init.add_argument(
        "nodes", nargs="*", type=_hosts, metavar="NODE", help="such as pi1.local, 192.168.1.11 or pi[01-16].local"
    )
    init.add_argument("--virtual", action="store_true", help="the nodes that ./sparkberry virtual has up")
    init.add_argument("--user", metavar="NAME", help="who logs in there and may use sudo; default: pi")
    init.add_argument("--key", type=_key, metavar="FILE", help="the private key for ssh; default: ssh's own choice")
    init.add_argument("--master", metavar="NODE", help="default: the first that may be one")
    init.add_argument("--master-works", action="store_true", help="the master's node is a worker too")


def _hosts(text: str) -> list[str]:
    """One name, or those of a range: pi[01-03].local."""
    match = re.fullmatch(r"([^\[\]]*)\[(\d+)-(\d+)]([^\[\]]*)", text)
    names = [text]
    if match:
        first, last = int(match[2]), int(match[3])
        if not first <= last < first + MOST_NODES:
            raise argparse.ArgumentTypeError(f"'{text}': the range must rise, and hold {MOST_NODES} nodes at most")
        width = len(match[2]) if match[2].startswith("0") else 0
        names = [f"{match[1]}{number:0{width}}{match[4]}" for number in range(first, last + 1)]
    for name in names:
        if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", name):
            raise argparse.ArgumentTypeError(f"'{text}' is not a node's name or address (such as pi1.local, pi[01-16].local)")
    return names


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 on: '{text}'")
    return int(text)


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("must be a folder")
    return Path(text).absolute()


def _key(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{path} is not a file")
    return path


def flat(nodes: list[list[str]]) -> list[str]:
    """The nodes that were typed, each once."""
    names = [name for group in nodes for name in group]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"{twice} is named twice: name each node once")
    return names
