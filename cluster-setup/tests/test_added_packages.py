"""What an installation added is what is taken away."""
import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from library import added_packages
from library.added_packages import Apt, settled


class Done(Exception):
    """exit_json of a real module ends its process."""


class Machine(Apt):
    """apt-get without packages: what each one brings along, and what it cannot live with."""

    BRINGS = {"chrony": {"chrony", "tzdata"}, "jdk": {"jdk", "jre", "fonts"}, "browser": {"browser", "fonts"}}
    OUSTS = {"chrony": {"timesyncd"}}

    def __init__(self) -> None:
        self.there = {"base", "timesyncd"}
        self.manual = {"base", "timesyncd"}
        self.is_cut = False
        self.finished = 0

    def installed(self) -> set[str]:
        return set(self.there)

    def install(self, names: list[str]) -> None:
        for name in names:
            self.there |= self.BRINGS.get(name, {name})
            self.there -= self.OUSTS.get(name, set())
            self.manual.add(name)
            if self.is_cut:
                raise KeyboardInterrupt

    def finish(self) -> None:
        self.finished += 1

    def run(self, *words: str) -> str:
        if "--simulate" in words:
            needed = set().union(*(self.BRINGS.get(name, {name}) for name in self.manual & self.there))
            return "".join(f"Remv {name} [1.0]\n" for name in sorted(self.there - needed))
        assert words[0] == "purge"
        self.there -= set(words[1:])
        return ""


class Packages(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.record = Path(folder.name, "sparkberry/packages.json")
        self.machine = Machine()
        for patch in (
            mock.patch.object(added_packages, "Apt", lambda _: self.machine),
            mock.patch.object(added_packages.subprocess, "run", self.mark),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def mark(self, words: list[str], **_: Any) -> None:
        self.assertEqual(words[:2], ["apt-mark", "auto"])
        self.machine.manual -= set(words[2:])

    def module(self, state: str, names: tuple[str, ...] = (), check: bool = False) -> bool:
        """Returns whether it has changed something."""

        def exit_json(**said: Any) -> None:
            raise Done(said["changed"])

        module = SimpleNamespace(
            params={"names": list(names), "record": str(self.record), "state": state}, check_mode=check, exit_json=exit_json
        )
        with mock.patch.object(added_packages, "AnsibleModule", lambda **_: module):
            try:
                added_packages.main()
            except Done as done:
                return bool(done.args[0])
        raise AssertionError("it has not ended as a module does")

    def test_what_came_goes_and_what_was_ousted_comes_back(self) -> None:
        before = set(self.machine.there)
        self.assertTrue(self.module("present", ("chrony", "jdk")))
        self.assertFalse(self.module("present", ("chrony", "jdk")))
        self.assertNotIn("timesyncd", self.machine.there)
        self.assertTrue(self.module("absent"))
        self.assertEqual(self.machine.there, before)
        self.assertFalse(self.record.exists())
        self.assertFalse(self.module("absent"))

    def test_what_was_there_before_stays(self) -> None:
        self.machine.install(["jdk"])
        self.module("present", ("chrony", "jdk"))
        self.module("absent")
        self.assertEqual(self.machine.there, {"base", "timesyncd", "jdk", "jre", "fonts"})

    def test_what_something_else_needs_by_now_stays(self) -> None:
        self.module("present", ("jdk",))
        self.machine.install(["browser"])
        self.module("absent")
        self.assertEqual(self.machine.there, {"base", "timesyncd", "browser", "fonts"})

    def test_what_a_person_wants_by_now_stays(self) -> None:
        self.module("present", ("jdk",))
        self.machine.manual.add("jre")
        self.module("absent")
        self.assertEqual(self.machine.there, {"base", "timesyncd", "jre"})

    def test_an_interrupted_installation_is_known(self) -> None:
        before = set(self.machine.there)
        self.machine.is_cut = True
        with self.assertRaises(KeyboardInterrupt):
            self.module("present", ("chrony", "jdk"))
        self.machine.is_cut = False
        self.module("absent")
        self.assertEqual(self.machine.there, before)
        self.assertEqual(self.machine.finished, 1)

    def test_what_a_person_installs_after_an_interrupted_one_is_not_ours(self) -> None:
        self.machine.is_cut = True
        with self.assertRaises(KeyboardInterrupt):
            self.module("present", ("jdk",))
        self.machine.is_cut = False
        self.assertFalse(self.module("present", ("jdk",)))
        self.machine.install(["editor"])
        self.module("absent")
        self.assertEqual(self.machine.there, {"base", "timesyncd", "editor"})

    def test_a_check_changes_nothing(self) -> None:
        before = set(self.machine.there)
        self.assertTrue(self.module("present", ("jdk",), check=True))
        self.assertEqual(self.machine.there, before)
        self.assertFalse(self.record.exists())
        self.module("present", ("jdk",))
        after = set(self.machine.there)
        self.assertTrue(self.module("absent", check=True))
        self.assertEqual(self.machine.there, after)

    def test_a_second_installation_adds_to_the_first(self) -> None:
        record = {"added": ["a"], "removed": ["x", "y"], "asked": ["a"], "before": ["a", "b", "z"]}
        # y has come back in the meantime.
        self.assertEqual(
            settled(record, {"a", "b", "c", "y"}), {"added": ["a", "c", "y"], "removed": ["x", "z"], "asked": ["a"]}
        )

    def test_the_record_is_whole_at_any_time(self) -> None:
        added_packages.write(self.record, {"added": ["old"]})
        with mock.patch.object(added_packages.os, "fsync", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                added_packages.write(self.record, {"added": ["new"]})
        self.assertEqual(json.loads(self.record.read_text()), {"added": ["old"]})


if __name__ == "__main__":
    unittest.main()
