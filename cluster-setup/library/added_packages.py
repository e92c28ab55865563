#!/usr/bin/python3
"""Debian packages for a service, with a record of what they brought along, so that they can be taken away again."""
from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: added_packages
short_description: Installs Debian packages, and takes away exactly what that added
description:
  - What was installed before is noted before apt-get starts, so that a power cut in the middle loses nothing.
  - Taken away is what was added and what nothing else on the machine needs by now; what had to go for it comes back.
options:
  names:
    description: The packages.
    type: list
    elements: str
    default: []
  record:
    description: The file of the record.
    type: path
    required: true
  state:
    description: Whether they are to be there.
    choices: [present, absent]
    default: present
"""

_LOCK_SECONDS = 300  # an upgrade that runs by itself may hold apt's lock
_DATED_SECONDS = 86_400


class Apt:
    """apt-get and dpkg on this machine."""

    def __init__(self, module: AnsibleModule) -> None:
        self._module = module

    def installed(self) -> set[str]:
        words = ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev} ${Package}\n"]
        lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
        return {line.split()[-1] for line in lines if line.startswith(("ii", "hi"))}

    def run(self, *words: str) -> str:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        command = ["apt-get", "-y", "-o", f"DPkg::Lock::Timeout={_LOCK_SECONDS}", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            errors = [line for line in (done.stderr + done.stdout).splitlines() if line.startswith(("E:", "dpkg:"))]
            said = "; ".join(errors[:3]) or f"exit code {done.returncode}"
            self._module.fail_json(msg=f"apt-get {' '.join(words[:3])}: {said}")
        return done.stdout

    def install(self, names: list[str]) -> None:
        lists = Path("/var/lib/apt/lists")
        stamps = [file.stat().st_mtime for file in lists.glob("*Packages*")] + [0.0]
        here = Path("/proc/self").stat().st_mtime  # now, by the kernel's own clock
        if here - max(stamps) > _DATED_SECONDS:
            self.run("update")
        self.run("install", "--no-install-recommends", *names)

    def finish(self) -> None:
        """What an interrupted dpkg has left half done, and apt-get would only complain about."""
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        subprocess.run(["dpkg", "--configure", "-a"], capture_output=True, env=environment, stdin=subprocess.DEVNULL)

    def purge_unneeded(self, names: set[str], asked: set[str]) -> None:
        """Purges those of these packages that nothing else needs, nor a person who has marked one of them as wanted."""
        now = self.installed()
        there = sorted(names & now)
        if not there:
            return
        if asked & now:
            subprocess.run(["apt-mark", "auto", *sorted(asked & now)], capture_output=True, check=True)
        # One that others only recommend was not there before either: systemd recommends any keeper of time, chrony too.
        unimportant = ("-o", "APT::AutoRemove::RecommendsImportant=false", "-o", "APT::AutoRemove::SuggestsImportant=false")
        simulated = self.run(*unimportant, "--simulate", "autoremove").splitlines()
        unneeded = {line.split()[1] for line in simulated if line.startswith("Remv ")}
        going = [name for name in there if name in unneeded]
        if going:
            self.run("purge", *going)


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "names": {"type": "list", "elements": "str", "default": []},
            "record": {"type": "path", "required": True},
            "state": {"choices": ["present", "absent"], "default": "present"},
        },
        supports_check_mode=True,
    )
    apt = Apt(module)
    file = Path(module.params["record"])
    record = json.loads(file.read_text()) if file.exists() else {"added": [], "removed": []}
    now = apt.installed()
    if "before" in record:  # an earlier installation was interrupted
        if not module.check_mode:
            apt.finish()
            now = apt.installed()
        record = settled(record, now)
        if not module.check_mode:
            write(file, record)  # else what a person installs from now on would be ours
    if module.params["state"] == "present":
        missing = sorted(set(module.params["names"]) - now)
        if missing and not module.check_mode:
            record = {**record, "asked": sorted({*record.get("asked", []), *missing}), "before": sorted(now)}
            write(file, record)
            apt.install(missing)
            write(file, settled(record, apt.installed()))
        module.exit_json(changed=bool(missing), missing=missing)
    changed = file.exists()
    if changed and not module.check_mode:
        apt.purge_unneeded(set(record["added"]), set(record.get("asked", record["added"])))
        back = sorted(set(record["removed"]) - apt.installed())
        if back:
            apt.install(back)
        file.unlink()
    module.exit_json(changed=changed)


def settled(record: dict[str, list[str]], now: set[str]) -> dict[str, list[str]]:
    """The record after an installation that began at its "before"."""
    before = set(record["before"])
    after = {
        "added": sorted(set(record["added"]) | now - before),
        "removed": sorted((set(record["removed"]) | before - now) - now),
    }
    return {**after, "asked": record["asked"]} if "asked" in record else after


def write(file: Path, record: dict[str, list[str]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    with beside.open("w") as output:
        output.write(json.dumps(record, indent=1) + "\n")
        output.flush()
        os.fsync(output.fileno())
    beside.replace(file)


if __name__ == "__main__":
    main()
