"""What is put on a node is taken away again, wherever it was interrupted; what was there before stays."""
import grp
import os
import pwd
import sys
import tempfile
import unittest
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from library import footprint
from library.footprint import Footprint

# Hundreds of machines: on a disk each file that replaces another would be waited for.
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Refused(Exception):
    """fail_json of a real module ends its process."""


class PowerCut(BaseException):
    """Nothing of the program's own runs after it."""


class Machine:
    """A root folder, and what commands do there; nobody need be root for it, and no unit or user is real."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.units = f"{root}/etc/systemd/system/"
        self.users: set[str] = set()
        self.enabled: set[str] = {"cron"}
        self.active: set[str] = {"cron", "systemd-journald"}
        self.calls: list[str] = []
        for folder in ("etc/systemd/system", "var/lib", "opt"):
            (root / folder).mkdir(parents=True)
        (root / "etc/fstab").write_text("# before\n")

    def run(self, words: Any, **_: Any) -> SimpleNamespace:
        options = [word for word in words if not word.startswith("-")]
        name = options[-1].removesuffix(".service")
        self.calls.append(" ".join(options))
        if Power._left > 0:
            Power.step()
        code = 0
        if words[0] == "useradd":
            self.users.add(name)
        elif words[0] == "userdel":
            self.users.discard(name)
        elif words[0] == "pkill":
            code = 1
        elif options[1] == "is-enabled":
            code = 0 if name in self.enabled else 1
        elif options[1] == "is-active":
            code = 0 if name in self.active else 3
        elif options[1] == "enable":
            self.enabled.add(name)
        elif options[1] == "disable":
            self.enabled.discard(name)
            if "--now" in words:
                self.active.discard(name)
        elif options[1] == "start":
            self.active.add(name)
        return SimpleNamespace(returncode=code, stdout="", stderr="")

    def user(self, name: str) -> pwd.struct_passwd:
        if name == "root" or name in self.users:
            return pwd.getpwuid(os.getuid())
        raise KeyError(name)

    def group(self, name: str) -> grp.struct_group:
        self.user(name)
        return grp.getgrgid(os.getgid())

    def tree(self) -> dict[str, Any]:
        """All that is there, but for the folder of the record, which whoever calls takes away."""
        found: dict[str, Any] = {"users": set(self.users), "enabled": set(self.enabled), "active": set(self.active)}
        for path in sorted(self.root.rglob("*")):
            name = str(path.relative_to(self.root))
            if not name.startswith("etc/sparkberry"):
                content = os.readlink(path) if path.is_symlink() else path.read_text() if path.is_file() else None
                found[name] = (path.lstat().st_mode, content)
        return found


class Footprints(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(dir=_MEMORY)
        self.addCleanup(folder.cleanup)
        self.begin(Path(folder.name, "first"))
        for patch in (
            mock.patch.object(footprint.subprocess, "run", lambda *words, **options: self.machine.run(*words, **options)),
            mock.patch.object(footprint.pwd, "getpwnam", lambda name: self.machine.user(name)),
            mock.patch.object(footprint.grp, "getgrnam", lambda name: self.machine.group(name)),
            mock.patch.object(footprint.os, "fsync"),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def begin(self, root: Path) -> None:
        self.machine = Machine(root)
        self.wanted = self.settings()
        self.before = self.machine.tree()
        patch = mock.patch.object(footprint, "_UNITS", self.machine.units)
        patch.start()
        self.addCleanup(patch.stop)

    def settings(self) -> dict[str, Any]:
        root = self.machine.root

        def file(path: str, content: str, owner: str = "root", mode: str = "0644") -> dict[str, str]:
            return {"path": f"{root}/{path}", "content": content, "owner": owner, "mode": mode}

        unit = f"{self.machine.units}sparkberry-worker.service"
        return {
            "record": f"{root}/etc/sparkberry/footprint.json",
            "state": "present",
            "user": {"name": "spark", "home": f"{root}/srv/ssd/data"},
            "folders": [
                {"path": f"{root}/etc/sparkberry", "owner": "root", "mode": "0755"},
                {"path": f"{root}/opt/sparkberry", "owner": "root", "mode": "0755", "fresh": True},
                {"path": f"{root}/srv/ssd/data", "owner": "spark", "mode": "0755"},
                {"path": f"{root}/srv/ssd/data/work", "owner": "spark", "mode": "0700", "fresh": True},
            ],
            "files": [
                file("etc/sparkberry/spark-defaults.conf", "secret @secret@\n", "spark", "0600"),
                file("etc/systemd/journald.conf.d/sparkberry.conf", "[Journal]\n"),
                file("etc/systemd/system/sparkberry-worker.service", "[Unit]\n"),
            ],
            "links": [{"path": f"{root}/opt/sparkberry/spark", "target": "spark-1"}],
            "units": [
                {"name": "chrony-wait", "after": []},
                {"name": "sparkberry-worker", "after": [f"{root}/etc/sparkberry/spark-defaults.conf", unit]},
            ],
            "others": [{"path": f"{root}/etc/systemd/journald.conf.d/sparkberry.conf", "name": "systemd-journald"}],
            "secret": "0123",
        }

    def footprint(self, check: bool = False, **changes: Any) -> Footprint:
        def fail(msg: str) -> None:
            raise Refused(msg)

        module = SimpleNamespace(params={**self.wanted, **changes}, check_mode=check, fail_json=fail)
        return Footprint(module)  # type: ignore[arg-type]

    def place(self, **changes: Any) -> list[str]:
        self.machine.calls.clear()
        done = self.footprint(**changes)
        done.place()
        return done.changed

    def erase(self) -> None:
        self.footprint(state="absent").erase()

    def path(self, name: str) -> Path:
        return self.machine.root / name

    def test_all_is_put_there_once(self) -> None:
        self.assertIn(str(self.path("opt/sparkberry/spark")), self.place())
        settings = self.path("etc/sparkberry/spark-defaults.conf")
        self.assertEqual(settings.read_text(), "secret 0123\n")
        self.assertEqual(settings.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.path("srv/ssd/data/work").stat().st_mode & 0o777, 0o700)
        self.assertIn("systemctl start sparkberry-worker", self.machine.calls)
        self.assertEqual(self.place(), [])
        self.assertNotIn("restart", " ".join(self.machine.calls))

    def test_the_record_does_not_hold_the_secret(self) -> None:
        self.place()
        self.assertNotIn("0123", Path(self.wanted["record"]).read_text())

    def test_a_check_changes_nothing_and_says_what_would(self) -> None:
        would = self.footprint(check=True)
        would.place()
        self.assertIn(str(self.path("etc/sparkberry/spark-defaults.conf")), would.changed)
        self.assertEqual(self.machine.tree(), self.before)

    def test_what_was_placed_goes_and_nothing_else(self) -> None:
        self.place()
        self.erase()
        self.assertEqual(self.machine.tree(), self.before)
        self.erase()
        self.assertEqual(self.machine.tree(), self.before)

    def test_a_unit_restarts_when_what_it_reads_has_changed(self) -> None:
        self.place()
        self.wanted["files"][0]["content"] = "other\n"
        self.assertIn("sparkberry-worker restarted", self.place())
        self.wanted["files"][1]["content"] = "other\n"
        self.place()
        self.assertIn("systemctl try-restart systemd-journald", self.machine.calls)
        self.assertNotIn("systemctl restart sparkberry-worker", self.machine.calls)

    def test_a_restart_that_did_not_come_about_is_made_up_for(self) -> None:
        self.place()
        self.wanted["files"][0]["content"] = "other\n"
        with mock.patch.object(Footprint, "_services", side_effect=PowerCut), self.assertRaises(PowerCut):
            self.place()
        self.place(state="made")
        self.assertIn("sparkberry-worker restarted", self.place())
        self.assertEqual(self.place(), [])

    def test_what_is_wanted_no_more_goes(self) -> None:
        self.place()
        unit = self.wanted["files"].pop()
        self.wanted["units"].clear()
        self.assertEqual(self.place(), [unit["path"]])
        self.assertFalse(Path(unit["path"]).exists())
        self.assertEqual(self.machine.enabled, self.before["enabled"])

    def test_folders_that_were_there_keep_owner_mode_and_content(self) -> None:
        data = self.path("srv/ssd/data")
        data.mkdir(parents=True)
        data.chmod(0o751)
        (data / "photos").write_text("mine")
        journal = self.path("etc/systemd/journald.conf.d")
        journal.mkdir()
        (journal / "own.conf").write_text("mine")
        before = self.machine.tree()
        self.place()
        self.assertEqual(data.stat().st_mode & 0o777, 0o751)
        self.erase()
        self.assertEqual(self.machine.tree(), before)

    def test_a_folder_of_somebody_else_is_not_taken_over(self) -> None:
        self.path("srv/ssd/data/work").mkdir(parents=True)
        with self.assertRaisesRegex(Refused, "work was there before: move it away, or choose another folder"):
            self.place()

    def test_what_others_have_put_into_folders_that_we_made_stays(self) -> None:
        self.place()
        own = self.path("etc/systemd/journald.conf.d/own.conf")
        own.write_text("mine")
        self.path("srv/ssd/photos").write_text("mine")
        self.erase()
        self.assertTrue(own.exists() and self.path("srv/ssd/photos").exists())
        self.assertFalse(self.path("srv/ssd/data").exists())

    def test_what_is_mounted_in_a_folder_of_ours_is_not_deleted(self) -> None:
        self.place()
        data = self.path("srv/ssd/data")
        before = self.machine.tree()
        for point in (data, data / "work"):
            with mock.patch.object(footprint, "mount_in", lambda path: str(point) if path == str(data) else ""):
                with self.assertRaisesRegex(Refused, f"^{point} is mounted, and {data} is to go: umount it first"):
                    self.erase()
            self.assertEqual(self.machine.tree(), before)

    def test_mounts_are_seen(self) -> None:
        mounts = "1 0 179:2 / / rw - ext4 /dev/root rw\n2 1 8:1 / /mnt/my\\040ssd rw - ext4 /dev/sda1 rw\n"
        with mock.patch.object(footprint.Path, "read_text", return_value=mounts):
            self.assertEqual(footprint.mount_in("/mnt"), "/mnt/my ssd")
            self.assertEqual(footprint.mount_in("/mnt/my ssd"), "/mnt/my ssd")
            self.assertEqual(footprint.mount_in("/mnt/my"), "")
            self.assertEqual(footprint.mount_in("/mnt/my ssd/data"), "")

    def test_a_user_that_was_there_stays(self) -> None:
        self.machine.users.add("spark")
        before = self.machine.tree()
        self.place()
        self.assertNotIn("useradd", " ".join(self.machine.calls))
        self.erase()
        self.assertEqual(self.machine.tree(), before)

    def test_a_user_without_a_group_of_its_own_is_an_error(self) -> None:
        self.machine.users.add("spark")
        with mock.patch.object(footprint.grp, "getgrnam", side_effect=KeyError):
            with self.assertRaisesRegex(Refused, "with a group of this name"):
                self.place()

    def test_a_command_that_fails_is_named_with_what_it_said(self) -> None:
        said = SimpleNamespace(returncode=1, stdout="", stderr="no such unit\n")
        with mock.patch.object(footprint.subprocess, "run", lambda *_, **__: said):
            with self.assertRaisesRegex(Refused, "^useradd --system --user-group --home-dir: no such unit$"):
                self.place()

    def test_a_power_cut_at_any_step_leaves_nothing_that_erase_does_not_find(self) -> None:
        for step in self.steps(lambda: self.place(), least=70):
            self.erase()
            self.assertEqual(self.machine.tree(), self.before, f"cut before step {step}")

    def test_a_power_cut_at_any_step_is_no_obstacle_to_the_next_time(self) -> None:
        for step in self.steps(lambda: self.place(), least=70):
            self.place()
            self.assertEqual(self.place(), [], f"cut before step {step}")
            self.assertIn("sparkberry-worker", self.machine.active)
            self.erase()
            self.assertEqual(self.machine.tree(), self.before, f"cut before step {step}")

    def test_a_power_cut_while_it_erases_is_made_up_for(self) -> None:
        for step in self.steps(self.erase, least=30, first=lambda: self.place()):
            self.erase()
            self.assertEqual(self.machine.tree(), self.before, f"cut before step {step}")

    def steps(self, work: Callable[[], object], least: int, first: Callable[[], object] = lambda: None) -> Iterator[int]:
        """Has the power cut before the first step, then on a new machine before the second, and so on."""
        with tempfile.TemporaryDirectory(dir=_MEMORY) as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # files that were open
            for step in range(1, 10_000):
                self.begin(Path(folder, str(step)))
                first()
                if not Power.cut(work, step):
                    break
                yield step
        self.assertGreater(step, least)


class Power:
    """Ends a program before its n-th change to the file system, or command."""

    _STEPS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.chmod", "os.chown")
    _left = 0

    @classmethod
    def cut(cls, work: Callable[[], object], step: int) -> bool:
        """Returns whether there were so many steps."""
        cls._left = step
        try:
            work()
            return False
        except PowerCut:
            return True
        finally:
            cls._left = 0

    @classmethod
    def step(cls) -> None:
        cls._left -= 1
        if cls._left == 0:
            raise PowerCut

    @classmethod
    def hear(cls, event: str, details: tuple[Any, ...]) -> None:
        """What Python tells of each call into the operating system, before it is made."""
        if cls._left > 0 and (event in cls._STEPS or (event == "open" and details[2] & (os.O_WRONLY | os.O_CREAT))):
            cls.step()


sys.addaudithook(Power.hear)


if __name__ == "__main__":
    unittest.main()
