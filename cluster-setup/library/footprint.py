#!/usr/bin/python3
"""All that Sparkberry puts on a node beside packages: a user, folders, files, units; and a record of it."""
from __future__ import annotations

import grp
import json
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: footprint
short_description: Puts a user, folders, files and units on a node, and takes exactly those away again
description:
  - What is about to be made is written into the record first, so that a power cut loses track of nothing.
  - What the record has and is no longer wanted goes; what was there before is not in the record, and stays as it was.
  - A unit is restarted when one of its files has changed, also in an earlier time that was interrupted before it did so.
options:
  record:
    description: The file of the record.
    type: path
    required: true
  state:
    description: C(made) makes user and folders alone; C(present) all; C(absent) takes all away.
    choices: [made, present, absent]
    default: present
  user:
    description: The user, with its home.
    type: dict
  folders:
    description: Each with path, owner and mode; of fresh ones it is an error that they were there before.
    type: list
    elements: dict
    default: []
  files:
    description: Each with path, content, owner and mode; @secret@ in the content stands for the secret.
    type: list
    elements: dict
    default: []
  links:
    description: Each with path and target.
    type: list
    elements: dict
    default: []
  units:
    description: Units of ours, each with name, the paths after whose change it restarts, and whether its start is waited for.
    type: list
    elements: dict
    default: []
  others:
    description: Services of others, each with name and the path of ours that it reads.
    type: list
    elements: dict
    default: []
  secret:
    description: What stands for @secret@.
    type: str
"""

_UNITS = "/etc/systemd/system/"
_GONE_SECONDS = 5  # until a killed process is gone


class Record:
    """What is ours on this node.

    paths: files, and folders with all that is in them; parents: folders that go if nobody else uses them by then; others:
    whose service reads a path; enabled: units of others; due: paths whose units have not been restarted yet.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: dict[str, Any] = {"user": "", "paths": [], "parents": [], "others": {}, "enabled": [], "due": []}
        if file.exists():
            self.known.update(json.loads(file.read_text()))

    def note(self, path: str, other: str = "") -> None:
        if path not in self.known["paths"]:
            self.known["paths"].append(path)
        if other:
            self.known["others"][path] = other
        self.write()

    def add(self, what: str, entry: str) -> None:
        if entry not in self.known[what]:
            self.known[what].append(entry)
            self.write()

    def drop(self, path: str) -> None:
        self.known["paths"].remove(path)
        self.known["others"].pop(path, None)
        self.write()

    def write(self) -> None:
        if not self.file.parent.is_dir():
            self.file.parent.mkdir(mode=0o755, parents=True)
        beside = self.file.with_suffix(".new")
        with beside.open("w") as output:
            output.write(json.dumps(self.known, indent=1) + "\n")
            output.flush()
            os.fsync(output.fileno())
        beside.replace(self.file)


class Footprint:
    def __init__(self, module: AnsibleModule) -> None:
        self.module = module
        self.wanted = module.params
        self.is_check = module.check_mode
        self.record = Record(Path(module.params["record"]))
        self.changed: list[str] = []

    def place(self) -> None:
        self._user()
        for folder in self.wanted["folders"]:
            self._folder(folder)
        if self.wanted["state"] == "made":
            return
        for link in self.wanted["links"]:
            self._link(link)
        for file in self.wanted["files"]:
            self._file(file)
        self._leave_stale()
        self._services()

    def _user(self) -> None:
        name, home = self.wanted["user"]["name"], self.wanted["user"]["home"]
        try:
            pwd.getpwnam(name)
            return
        except KeyError:
            self.changed.append(f"user {name}")
        if not self.is_check:
            self.record.known["user"] = name
            self.record.write()
            words = ["useradd", "--system", "--user-group", "--home-dir", home, "--no-create-home"]
            self._run(*words, "--shell", "/usr/sbin/nologin", name)

    def _folder(self, folder: dict[str, Any]) -> None:
        path = Path(folder["path"])
        if path.exists() and not self._is_ours(path):
            if folder.get("fresh"):
                self.module.fail_json(msg=f"{path} was there before: move it away, or choose another folder")
            return  # with its owner and mode: neither is ours to change
        if not path.exists():
            self.changed.append(str(path))
            if self.is_check:
                return
            self._make_parents(path)
            self.record.note(str(path))  # with it goes all that is in it
            path.mkdir(exist_ok=True)
        if self._dress(path, folder) and str(path) not in self.changed:
            self.changed.append(str(path))

    def _is_ours(self, path: Path) -> bool:
        home = self.record.file.parent
        return path == home or any(str(each) in self.record.known["paths"] for each in (path, *path.parents))

    def _make_parents(self, path: Path) -> None:
        """Whatever root's umask is, others may go through them."""
        for folder in reversed([each for each in path.parents if not each.exists()]):
            self.record.add("parents", str(folder))
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)

    def _file(self, file: dict[str, Any]) -> None:
        path = Path(file["path"])
        content = file["content"].replace("@secret@", self.wanted["secret"] or "").encode()
        is_same = path.is_file() and path.read_bytes() == content
        if not is_same and not self.is_check:
            self._make_parents(path)
            self._note_new(path)
            self.record.add("due", str(path))
            beside = _beside(path)
            beside.unlink(missing_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as output:
                output.write(content)
            self._dress(beside, file)
            beside.replace(path)
        if not is_same or self._dress(path, file):
            self.changed.append(str(path))

    def _link(self, link: dict[str, Any]) -> None:
        path = Path(link["path"])
        if path.is_symlink() and os.readlink(path) == link["target"]:
            return
        self.changed.append(str(path))
        if not self.is_check:
            self._note_new(path)
            self.record.add("due", str(path))
            beside = _beside(path)
            beside.unlink(missing_ok=True)
            beside.symlink_to(link["target"])
            beside.replace(path)

    def _note_new(self, path: Path) -> None:
        """What lies in a folder of ours goes with it."""
        if not os.path.lexists(path) and (path.parent == self.record.file.parent or not self._is_ours(path)):
            self.record.note(str(path), self._others().get(str(path), ""))

    def _others(self) -> dict[str, str]:
        return {other["path"]: other["name"] for other in self.wanted["others"]}

    def _dress(self, path: Path, wanted: dict[str, Any]) -> bool:
        """Gives it its owner and mode. Returns whether they were others, and in a check changes nothing."""
        if not path.exists():
            return False
        mode, status = int(wanted["mode"], 8), path.stat()
        try:
            user, group = pwd.getpwnam(wanted["owner"]).pw_uid, grp.getgrnam(wanted["owner"]).gr_gid
        except KeyError:
            if not self.is_check:  # else it is not made yet
                self.module.fail_json(msg=f"there is no user {wanted['owner']} with a group of this name: groupadd makes one")
            return False
        is_same = (status.st_mode & 0o7777, status.st_uid, status.st_gid) == (mode, user, group)
        if not is_same and not self.is_check:
            os.chown(path, user, group)
            path.chmod(mode)
        return not is_same

    def _leave_stale(self) -> None:
        """Takes away files that an earlier time needed and this one does not."""
        wanted = {file["path"] for file in self.wanted["files"]}
        for path in list(self.record.known["paths"]):
            if Path(path).is_file() and path not in wanted:
                self.changed.append(path)
                if not self.is_check:
                    self._take(path)

    def _services(self) -> None:
        if self.is_check:
            return
        changed = {*self.changed, *self.record.known["due"]}
        if any(path.startswith(_UNITS) for path in changed):
            self._run("systemctl", "daemon-reload")
        for unit in self.wanted["units"]:
            name = unit["name"]
            # Spark's services wait for network and time, and are waited for elsewhere; a firewall must be there now.
            how = [] if unit.get("wait") else ["--no-block"]
            if subprocess.run(["systemctl", "is-enabled", "--quiet", name]).returncode != 0:
                self.changed.append(f"{name} enabled")
                if f"{_UNITS}{name}.service" not in self.record.known["paths"]:
                    self.record.add("enabled", name)
                self._run("systemctl", "enable", "--quiet", name)
            if subprocess.run(["systemctl", "is-active", "--quiet", name]).returncode != 0:
                self.changed.append(f"{name} started")
                self._run("systemctl", "start", *how, name)
            elif changed & set(unit["after"]):
                self.changed.append(f"{name} restarted")
                self._run("systemctl", "restart", *how, name)
        for path, name in self._others().items():
            if path in changed:
                self._run("systemctl", "try-restart", name)
        self._disable(set(self.record.known["enabled"]) - {unit["name"] for unit in self.wanted["units"]})
        if self.record.known["due"]:
            self.record.known["due"] = []
            self.record.write()

    def _disable(self, names: set[str]) -> None:
        """Leaves units of others as they were."""
        for name in sorted(names):
            subprocess.run(["systemctl", "disable", "--now", "--quiet", name], capture_output=True)
            self.record.known["enabled"].remove(name)
            self.record.write()

    def _take(self, path: str) -> None:
        if path.startswith(_UNITS):
            subprocess.run(["systemctl", "disable", "--now", "--quiet", Path(path).name], capture_output=True)
        other = self.record.known["others"].get(path)
        if Path(path).is_dir() and not Path(path).is_symlink():
            shutil.rmtree(path)
        else:
            Path(path).unlink(missing_ok=True)
            _beside(Path(path)).unlink(missing_ok=True)
        if path.startswith(_UNITS):
            self._run("systemctl", "daemon-reload")
            subprocess.run(["systemctl", "reset-failed", Path(path).name], capture_output=True)
        if other:
            subprocess.run(["systemctl", "try-restart", other], capture_output=True)
        self.record.drop(path)

    def erase(self) -> None:
        known = self.record.known
        self.changed = [path for path in known["paths"] if Path(path).exists()]
        if known["user"]:
            self.changed.append(f"user {known['user']}")
        if self.is_check or not self.record.file.exists():
            return
        for path in known["paths"]:
            mount = mount_in(path)
            if mount:
                self.module.fail_json(msg=f"{mount} is mounted, and {path} is to go: umount it first; what is on it is not ours")
        # Units first: what runs would write into folders that are gone. The folder of the record stays for whoever called.
        home = str(self.record.file.parent)
        for path in sorted(set(known["paths"]) - {home}, key=lambda each: (not each.startswith(_UNITS), each)):
            self._take(path)
        self._disable(set(known["enabled"]))
        for folder in sorted(known["parents"], reverse=True):
            if Path(folder).is_dir() and not any(Path(folder).iterdir()):
                Path(folder).rmdir()
        if known["user"]:
            end = time.monotonic() + _GONE_SECONDS
            while time.monotonic() < end and self._kill(known["user"]):
                time.sleep(0.1)
            try:
                pwd.getpwnam(known["user"])
                self._run("userdel", known["user"])
            except KeyError:
                pass
        self.record.file.unlink()

    def _kill(self, user: str) -> bool:
        """Returns whether there was somebody to kill."""
        return subprocess.run(["pkill", "-KILL", "-u", user], capture_output=True).returncode == 0

    def _run(self, *words: str) -> None:
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode != 0:
            self.module.fail_json(msg=f"{' '.join(words[:4])}: {done.stderr.strip() or done.stdout.strip()}")


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def mount_in(folder: str) -> str:
    """What is mounted at a folder or in it, if anything is."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        point = line.split()[4].replace("\\040", " ")
        if point == folder or point.startswith(folder + "/"):
            return point
    return ""


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "record": {"type": "path", "required": True},
            "state": {"choices": ["made", "present", "absent"], "default": "present"},
            "user": {"type": "dict"},
            "folders": {"type": "list", "elements": "dict", "default": []},
            "files": {"type": "list", "elements": "dict", "default": []},
            "links": {"type": "list", "elements": "dict", "default": []},
            "units": {"type": "list", "elements": "dict", "default": []},
            "others": {"type": "list", "elements": "dict", "default": []},
            "secret": {"type": "str", "no_log": True},
        },
        supports_check_mode=True,
    )
    footprint = Footprint(module)
    if module.params["state"] == "absent":
        footprint.erase()
    else:
        footprint.place()
    module.exit_json(changed=bool(footprint.changed), paths=footprint.changed)


if __name__ == "__main__":
    main()
