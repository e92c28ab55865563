"""./sparkberry cluster VERB: the verbs, and what they say."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rack import bundle, findings, folder, hosts, playbook, states
from rack.folder import Cluster, Login
from rack.hosts import Answer
from rack.options import ROOT, flat, parser
from terminal import BadInput, Failed, print_table, say

_VIRTUAL = Path("/var/lib/sparkberry-virtual/inventory.yml")
_TRIALS = 2_000_000_000
_ATTEMPTS = 3


def main(words: list[str]) -> int:
    given = parser().parse_args(words)
    if given.verb == "init":
        return _init(given)
    cluster = Cluster(given.cluster)
    playbook.check_installed()
    with folder.lock(given.cluster):
        return _VERBS[given.verb](given, cluster)


def _init(given: argparse.Namespace) -> int:
    names, login = _called(given)
    with folder.new(given.cluster) as place:
        say(f"asking {_count(names, 'node')}")
        answers = hosts.ask(names, login, place)
        masters, workers = _shared_out(given, answers)
        folder.fill(place, login, [each.node for each in masters], [each.node for each in workers])
    _print_nodes(answers, masters, workers)
    print()
    print(f"written  {given.cluster}: inventory.yml, group_vars/all.yml (the settings), secret")
    print(f"next     {_command(given, 'doctor')}")
    return 0


def _count(things: Any, word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"


def _command(given: argparse.Namespace, words: str) -> str:
    """A command for the same cluster, to be typed."""
    other = "" if given.cluster == ROOT / "cluster" else f" --cluster {given.cluster}"
    return f"./sparkberry cluster {words}{other}"


def _called(given: argparse.Namespace) -> tuple[list[str], Login]:
    """The nodes that were named, and how to get in."""
    if not given.virtual:
        names = flat(given.nodes)
        if not names:
            raise BadInput("init needs the nodes' names or addresses (pi1.local, pi[01-16].local), or --virtual")
        return names, Login(given.user or "pi", str(given.key or ""))
    if given.nodes or given.user or given.key:
        raise BadInput("--virtual takes its nodes, user and key from ./sparkberry virtual: leave out the others")
    if not _VIRTUAL.is_file():
        raise BadInput("--virtual: no virtual Pis are up: sudo ./sparkberry virtual up 4")
    tree = folder.read_yaml(_VIRTUAL)["all"]
    groups = (tree["children"][name]["hosts"] for name in ("master", "workers"))
    addresses = [given["ansible_host"] for group in groups for given in group.values()]
    known = str(tree["vars"]["ansible_ssh_common_args"]).split("UserKnownHostsFile=")[1].split()[0]
    login = Login(tree["vars"]["ansible_user"], tree["vars"]["ansible_ssh_private_key_file"], known)
    return list(dict.fromkeys(addresses)), login


def _shared_out(given: argparse.Namespace, answers: list[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Who is the master, and who are the workers."""
    for answer in answers:
        twin = next(each for each in answers if each.name == answer.name or each.address == answer.address)
        if twin.address == answer.address and twin is not answer:
            raise BadInput(f"{twin.typed} and {answer.typed} are the same node at {answer.address}: name it once")
        if twin is not answer:
            raise BadInput(
                f"{twin.typed} and {answer.typed} are both called {answer.name}: give each its own name first"
                " (sudo hostnamectl set-hostname pi2, or Raspberry Pi Imager's settings)"
            )
        _check_memory(answer)
    if given.master:
        master = next((each for each in answers if given.master in (each.typed, each.name, each.address)), None)
        if not master:
            raise BadInput(f"--master: {given.master} is not among the nodes: name one of them")
    else:
        master = next((each for each in answers if each.may_be_master), None)
        if not master:
            raise BadInput("no node has the 4 GB of memory that a master should have: add one, or choose with --master")
    for answer in answers:
        _check_name(answer, answer is master)
    others = [each for each in answers if each is not master]
    return [master], [master, *others] if given.master_works or not others else others


def _check_name(answer: Answer, is_master: bool = False) -> None:
    if not (folder.is_name(answer.name) or (is_master and answer.name == "master")):
        raise BadInput(
            f"{answer.typed} is called {answer.name}, which Ansible takes for something else: give it another name first"
            " (sudo hostnamectl set-hostname pi2)"
        )


def _check_memory(answer: Answer) -> None:
    if not answer.may_work:
        raise BadInput(
            f"{answer.typed} has {answer.survey['ramMebibytes']} MiB of memory, too few for Spark (1 GB at least): leave it out"
        )


def _print_nodes(answers: list[Answer], masters: list[Answer], workers: list[Answer]) -> None:
    rows = [["node", "address", "role", "what it is"]]
    for answer in answers:
        role = " + ".join(word for word, group in (("master", masters), ("worker", workers)) if answer in group)
        rows.append([answer.name, answer.address, role, answer.node.note])
    print_table(rows)


def _doctor(given: argparse.Namespace, cluster: Cluster) -> int:
    found = _findings(given, cluster)
    if given.format == "json":
        print(json.dumps(findings.as_json(found, len(cluster.hosts))))
    else:
        findings.print_text(found, len(cluster.hosts))
    return 1 if findings.blocks(found) else 0


def _findings(given: argparse.Namespace, cluster: Cluster) -> list[findings.Finding]:
    report = json.loads(_played(given, cluster, "doctor", {}))
    report["control"]["secretMode"] = cluster.secret.stat().st_mode & 0o777
    report["control"]["secretFile"] = str(cluster.secret)
    return findings.judge(report)


def _played(given: argparse.Namespace, cluster: Cluster, verb: str, variables: dict[str, Any]) -> str:
    """Runs a playbook that changes nothing and writes what it has learnt; returns that."""
    with tempfile.TemporaryDirectory(prefix="sparkberry-") as place:
        output = Path(place) / "output.json"
        code = playbook.play(
            cluster,
            verb,
            {**variables, "output": str(output)},
            verbose=given.verbose,
            ask_become_pass=given.ask_become_pass,
            quiet=not given.verbose,
        )
        if not output.is_file():
            raise Failed(f"{verb} did not come to its end (Ansible's exit code {code}); --verbose shows all that it said")
        return output.read_text()


def _play(given: argparse.Namespace, cluster: Cluster, verb: str, variables: dict[str, Any]) -> None:
    playbook.run(
        cluster,
        verb,
        variables,
        check=given.check,
        verbose=given.verbose,
        ask_become_pass=given.ask_become_pass,
    )


def _up(given: argparse.Namespace, cluster: Cluster) -> int:
    made = bundle.make(cluster.settings)
    _see_doctor(given, cluster)
    _play(given, cluster, "up", made.variables)
    if given.check:
        return 0
    states.await_workers(cluster)
    _print_next(given, cluster)
    return 0


def _see_doctor(given: argparse.Namespace, cluster: Cluster) -> None:
    """Nothing is begun that cannot come to its end."""
    if given.skip_doctor:
        return
    say("looking for trouble first")
    found = _findings(given, cluster)
    if findings.blocks(found):
        findings.print_text(found, len(cluster.hosts))
        raise Failed("nothing was changed: mend what blocks, or --skip-doctor")


def _print_next(given: argparse.Namespace, cluster: Cluster) -> None:
    print()
    print(f"master   {cluster.master_url}, its page {cluster.page}")
    print(f"workers  {len(cluster.workers)}, all with the master")
    print(f"next     {_command(given, 'verify')}")
    print(f"undo     {_command(given, 'reset')}")


def _status(given: argparse.Namespace, cluster: Cluster) -> int:
    surveys = json.loads(_played(given, cluster, "status", {}))
    found = states.of(cluster, {name: states.survey(text) for name, text in surveys.items()})
    if given.format == "json":
        print(json.dumps(found.as_json()))
    else:
        found.print_text()
    return 0 if found.is_well else 1


def _verify(given: argparse.Namespace, cluster: Cluster) -> int:
    if not cluster.driver_settings.is_file():
        raise BadInput(f"{cluster.driver_settings} is not there: {_command(given, 'up')} writes it")
    bundle.build()
    # Executors come one after another: the first ones may do a short job alone.
    missing: set[str] = set()
    for attempt in range(_ATTEMPTS):
        trials = _TRIALS << 2 * attempt
        say(f"{trials:,} trials of pi on {_count(cluster.workers, 'worker')}")
        there = _pi(cluster, trials, cluster.master_url)
        took_part = set(there["environment"]["hosts"])
        missing = {name for name in cluster.workers if cluster.address(name) not in took_part}
        if not missing:
            break
    if missing:
        raise Failed(
            f"{', '.join(sorted(missing))} took no part: {_command(given, 'status')} says what the nodes do,"
            f" {_command(given, 'logs')} what they said"
        )
    say("the same on one thread of this machine")
    here = _pi(cluster, trials, "local[1]")
    pi = there["estimates"][0]
    print(f"pi            {pi['value']:.6f} ± {pi['standardError']:.6f} (standard error)")
    print(f"on workers    {there['digest']}")
    print(f"on one thread {here['digest']}")
    if there["digest"] != here["digest"]:
        say("the bits differ: one of the machines computes wrongly; run with --audit 0.1 to find it")
        return 3
    print(f"verified: {_count(cluster.workers, 'worker')} took part, the same bits")
    print(f"next     {_sweep(given, cluster)}")
    return 0


def _sweep(given: argparse.Namespace, cluster: Cluster) -> str:
    words = f"./sparkberry sweep pi --master {cluster.master_url}"
    if given.cluster == ROOT / "cluster":
        return words
    return f"SPARK_CONF_DIR={cluster.driver_settings.parent} {words}"


def _pi(cluster: Cluster, trials: int, master: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="sparkberry-") as results:
        words = ["run", "pi", "--seed", "1", "--trials", str(trials), "--master", master, "--format", "json"]
        environment = {**os.environ, "SPARK_CONF_DIR": str(cluster.driver_settings.parent)}
        done = subprocess.run(
            [ROOT / "sparkberry", *words, "--results", results], env=environment, stdout=subprocess.PIPE, text=True
        )
        if done.returncode != 0:
            raise Failed("the job failed: what is wrong is above")
        return json.loads(done.stdout)


def _add(given: argparse.Namespace, cluster: Cluster) -> int:
    typed = flat(given.nodes)
    say(f"asking {_count(typed, 'node')}")
    answers = hosts.ask(typed, cluster.login, cluster.folder)
    for answer in answers:
        if answer.name in cluster.hosts or answer.address in map(cluster.address, cluster.hosts):
            raise BadInput(f"{answer.typed} is {answer.name} at {answer.address}, which is in {cluster.inventory} already")
        _check_name(answer)
        _check_memory(answer)
    if given.check:
        _print_nodes(answers, [], answers)
        return 0
    made = bundle.make(cluster.settings)
    before = cluster.inventory.read_text()
    cluster.add([answer.node for answer in answers])
    try:
        _see_doctor(given, cluster)
    except BaseException:  # also of a person who has seen enough
        folder.write(cluster.inventory, before, 0o644)
        raise
    say(f"{', '.join(answer.name for answer in answers)}: in the inventory; if this is interrupted, 'up' goes on")
    _play(given, cluster, "add", made.variables)
    states.await_workers(cluster)
    _print_next(given, cluster)
    return 0


def _remove(given: argparse.Namespace, cluster: Cluster) -> int:
    names = [cluster.node(typed) for typed in flat(given.nodes)]
    for name in names:
        if name in cluster.masters:
            raise BadInput(f"{name} is the master: a cluster without it is none ({_command(given, 'reset')} takes all off)")
        if name not in cluster.workers:
            raise BadInput(f"{name} is not a worker: take it out of {cluster.inventory} by hand")
    if set(names) >= set(cluster.workers):
        raise BadInput(f"no worker would stay: {_command(given, 'reset')} takes all off")
    _confirm(given, f"take all that is ours off {', '.join(names)}")
    _play(given, cluster, "remove", {"leaving": ":".join(names)})
    if not given.check:
        addresses = [cluster.address(name) for name in names]
        for name in names:
            cluster.remove(name)
        print(f"removed  {', '.join(names)}; {_count(cluster.workers, 'worker')} left")
        print(f"undo     {_command(given, 'add ' + ' '.join(addresses))}")
    return 0


def _upgrade(given: argparse.Namespace, cluster: Cluster) -> int:
    made = bundle.make(cluster.settings)
    _play(given, cluster, "upgrade", made.variables)
    if not given.check:
        states.await_workers(cluster)
    return 0


def _restart(given: argparse.Namespace, cluster: Cluster) -> int:
    names = [cluster.node(typed) for typed in flat(given.nodes)] or list(cluster.hosts)
    _play(given, cluster, "restart", {"chosen": ":".join(names), "reboot": given.reboot})
    if not given.check:
        states.await_workers(cluster)
    return 0


def _logs(given: argparse.Namespace, cluster: Cluster) -> int:
    names = [cluster.node(typed) for typed in flat(given.nodes)] or list(cluster.hosts)
    variables = {"chosen": ":".join(names), "lines": given.lines}
    read = json.loads(_played(given, cluster, "logs", variables))
    for name, answers in read.items():
        for answer in answers:
            lines = [line for line in answer.get("stdout_lines", []) if line and not line.startswith("-- ")]
            if lines:
                print(f"--- {name}, {answer['item']}")
                print("\n".join(lines))
    return 0 if all(read.values()) else 1


def _shutdown(given: argparse.Namespace, cluster: Cluster) -> int:
    _confirm(given, f"switch {_count(cluster.hosts, 'node')} off")
    _play(given, cluster, "shutdown", {})
    return 0


def _reset(given: argparse.Namespace, cluster: Cluster) -> int:
    _confirm(given, f"take all that is ours off {_count(cluster.hosts, 'node')}")
    _play(given, cluster, "reset", {})
    if not given.check:
        print(f"the nodes are as they were; {cluster.folder} stays: {_command(given, 'up')} makes a cluster of them again")
    return 0


def _confirm(given: argparse.Namespace, what: str) -> None:
    if given.yes or given.check:
        return
    if not sys.stdin.isatty():
        raise BadInput(f"this would {what}: --yes does it without asking")
    if input(f"{what[0].upper()}{what[1:]}? [y/N] ").strip().lower() not in ("y", "yes"):
        raise Failed("nothing was changed")


_VERBS = {
    "doctor": _doctor,
    "up": _up,
    "status": _status,
    "verify": _verify,
    "add": _add,
    "remove": _remove,
    "upgrade": _upgrade,
    "restart": _restart,
    "logs": _logs,
    "shutdown": _shutdown,
    "reset": _reset,
}
