"""Ansible: finds it, and runs a verb's playbook."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rack.folder import SETUP, Cluster
from terminal import BadInput, Failed

_LAST_STEP_SECONDS = 60
_LOOKING = ("doctor", "status", "logs")  # verbs for which a node that is off is an answer, not worth a second try


def check_installed() -> None:
    if not shutil.which("ansible-playbook"):
        raise BadInput("found no ansible-playbook: sudo apt-get install ansible-core")


def run(cluster: Cluster, verb: str, variables: dict[str, Any], **how: bool) -> None:
    """Plays the playbook of a verb to its end; what failed on which node is on stderr by then."""
    if play(cluster, verb, variables, **how) != 0:
        raise Failed(f"{verb} did not come to its end: what failed is above; it may be repeated once that is mended")


def play(
    cluster: Cluster,
    verb: str,
    variables: dict[str, Any],
    *,
    check: bool = False,
    verbose: bool = False,
    ask_become_pass: bool = False,
    quiet: bool = False,
) -> int:
    """Runs it and returns Ansible's exit code."""
    check_installed()
    environment = {
        # What a person has set for other playbooks could leave the secret in temporary files on the nodes.
        **{name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")},
        "ANSIBLE_CONFIG": str(SETUP / "ansible.cfg"),
        "ANSIBLE_STDOUT_CALLBACK": "default" if verbose else "rows",
        "ANSIBLE_NOCOLOR": "1" if not os.isatty(1) else "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if verb in _LOOKING:
        environment["ANSIBLE_SSH_RETRIES"] = "0"
    if sys.platform == "linux":  # others may not know this one, and have a locale that Ansible takes
        environment["LC_ALL"] = os.environ.get("LC_ALL") or "C.UTF-8"
    with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="sparkberry-") as file:
        json.dump(variables, file)
        file.flush()
        words = ["ansible-playbook", "-i", str(cluster.inventory), str(SETUP / f"playbooks/{verb}.yml")]
        words += ["--extra-vars", f"@{file.name}"]
        words += ["--check", "--diff"] if check else []
        words += ["-v"] if verbose else []
        words += ["--ask-become-pass"] if ask_become_pass else []
        output = subprocess.DEVNULL if quiet else None
        return _ended(subprocess.Popen(words, env=environment, stdout=output, cwd=Path(SETUP)))


def _ended(ansible: "subprocess.Popen[bytes]") -> int:
    """Waits for it; also after Ctrl-C, which it has got itself: the step at the nodes ends, and nobody else begins meanwhile."""
    try:
        return ansible.wait()
    except BaseException:
        if sys.exc_info()[0] is not KeyboardInterrupt:
            ansible.send_signal(signal.SIGINT)
        try:
            ansible.wait(_LAST_STEP_SECONDS)
        except subprocess.TimeoutExpired:
            ansible.kill()
            ansible.wait()
        raise
