"""What hosts say when they are asked, before anything is known of them."""
import concurrent.futures
import csv
import json
import re
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rack.folder import SETUP, Login, Node
from terminal import BadInput, say

_DEADLINE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """typed: as a person called it; address: where it was reached; survey: what survey.py printed there."""

    typed: str
    address: str
    survey: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.survey["hostname"] or self.typed).split(".")[0].lower()

    @property
    def node(self) -> Node:
        return Node(self.name, self.address, in_words(self.survey, self.address))

    @property
    def may_be_master(self) -> bool:
        row = size_row(int(self.survey["ramMebibytes"] or 0))
        return row is not None and row["mayBeMaster"] == "yes"

    @property
    def may_work(self) -> bool:
        return size_row(int(self.survey["ramMebibytes"] or 0)) is not None


def size_row(ram_mebibytes: int) -> dict[str, str] | None:
    """The row of worker-sizes.csv for a board with so much RAM; none if it is too small."""
    with (SETUP / "worker-sizes.csv").open(newline="") as file:
        fitting = [row for row in csv.DictReader(file) if ram_mebibytes >= int(row["ramMebibytes"])]
    return fitting[-1] if fitting else None


def ask(names: list[str], login: Login, folder: Path) -> list[Answer]:
    """Asks all at once. Every host that does not answer is named, with what to do."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=40) as pool:
        answers = list(pool.map(lambda name: _ask(name, login, folder), names))
    problems = [answer for answer in answers if isinstance(answer, str)]
    for problem in problems:
        say(problem)
    if problems:
        raise BadInput(f"{len(problems)} of {len(names)} nodes did not answer as they should: nothing was changed")
    return [answer for answer in answers if isinstance(answer, Answer)]


def _ask(name: str, login: Login, folder: Path) -> "Answer | str":
    try:
        found = socket.getaddrinfo(name, None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    except OSError:
        return f"{name}: unknown name: is it on, and does it announce itself (mDNS)? Give its address instead"
    address = str(found[0][4][0])
    command = [*login.words(folder, accept_new=not login.known_hosts), address, "python3 - /var/lib"]
    try:
        with (SETUP / "survey.py").open() as program:
            done = subprocess.run(command, stdin=program, capture_output=True, text=True, timeout=_DEADLINE_SECONDS)
    except subprocess.TimeoutExpired:
        return f"{name}: does not answer within {_DEADLINE_SECONDS} s: is it still starting?"
    if done.returncode != 0:
        return f"{name}: {_reason(done.stderr, login)}"
    try:
        return Answer(name, address, json.loads(done.stdout))
    except ValueError:
        return f"{name}: answers with something else than expected: does its shell print words at login?"


def _reason(said: str, login: Login) -> str:
    last = (said.strip().splitlines() or ["it said nothing"])[-1].strip()
    if "Permission denied" in last:
        return f"refuses {login.user}: ssh-copy-id {login.user}@… once, or give --user and --key"
    if "REMOTE HOST IDENTIFICATION" in said or "Host key verification failed" in said:
        return "has another host key than before: if it was installed anew, ssh-keygen -R its address -f known_hosts"
    if "python3" in last and "not found" in last:
        return "has no python3: sudo apt-get install python3 there"
    if re.search(r"timed out|No route|refused|unreachable", last):
        return f"cannot be reached ({last.split(': ')[-1]}): is it on, in this network, and is ssh enabled?"
    return last


def in_words(survey: dict[str, Any], address: str) -> str:
    """What a host is, for people."""
    interface = next((each for each in survey["addresses"] or [] if each["address"] == address), None)
    disk = survey["disk"] or {}
    words = [
        survey["model"] or survey["processor"] or survey["architecture"],
        f"{survey['cores']} cores",
        f"{survey['ramMebibytes']} MiB",
    ]
    if disk.get("kind") and disk.get("freeMebibytes") is not None:
        words.append(f"{disk['kind']} with {disk['freeMebibytes'] // 1024} GiB free")
    if interface:
        rate = f" {interface['megabits']:g} Mbit/s" if interface["megabits"] else ""
        words.append(("Wi-Fi" if interface["wireless"] else "cable") + rate)
    return ", ".join(words)
