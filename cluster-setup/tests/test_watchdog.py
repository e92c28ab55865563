"""When the watchdog waits, restarts the master, or takes its state for torn."""
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from roles.spark.files import watchdog
from roles.spark.files.watchdog import Judge

_START, _TORN, _TIMEOUT = 180.0, 20.0, 60.0


class Judges(unittest.TestCase):
    def setUp(self) -> None:
        self.judge = Judge(_START, _TORN, _TIMEOUT)

    def action(self, now: float, process: int, status: "str | None") -> str:
        return self.judge.judge(now, process, status)[0]

    def test_a_master_that_is_alive_is_left_alone(self) -> None:
        for now in (0, 1, 1e6):
            self.assertEqual(self.action(now, 7, "ALIVE"), "wait")

    def test_one_that_stays_in_standby_has_torn_files(self) -> None:
        self.assertEqual(self.action(0, 7, "STANDBY"), "wait")
        self.assertEqual(self.action(_TORN, 7, "STANDBY"), "wait")
        self.assertEqual(
            self.judge.judge(_TORN + 1, 7, "STANDBY"), ("heal", "it has been in state 'STANDBY' for 21 s")
        )

    def test_one_that_recovers_may_wait_for_workers_that_are_gone(self) -> None:
        self.action(0, 7, "RECOVERING")
        self.assertEqual(self.action(_TIMEOUT + 30, 7, "RECOVERING"), "wait")
        self.assertEqual(self.action(_TIMEOUT + 31, 7, "RECOVERING"), "heal")

    def test_one_that_answers_no_more_hangs_and_keeps_its_state(self) -> None:
        self.action(0, 7, "ALIVE")
        self.action(100, 7, None)
        self.assertEqual(self.action(160, 7, None), "wait")
        self.assertEqual(self.action(161, 7, None), "restart")

    def test_one_that_has_never_answered_is_given_time_to_start(self) -> None:
        self.action(0, 7, None)
        self.assertEqual(self.action(_START, 7, None), "wait")
        self.assertEqual(self.action(_START + 1, 7, None), "heal")

    def test_a_new_process_has_not_been_alive(self) -> None:
        self.action(0, 7, "ALIVE")
        self.action(10, 8, None)
        self.assertEqual(self.action(100, 8, None), "wait")

    def test_each_state_has_its_own_time(self) -> None:
        self.action(0, 7, None)
        self.action(170, 7, "STANDBY")
        self.assertEqual(self.action(185, 7, "STANDBY"), "wait")
        self.action(186, 7, "RECOVERING")
        self.assertEqual(self.action(260, 7, "RECOVERING"), "wait")
        self.action(261, 7, "STANDBY")
        self.assertEqual(self.action(281, 7, "STANDBY"), "wait")
        self.assertEqual(self.action(282, 7, "STANDBY"), "heal")

    def test_one_that_ends_again_and_again_has_torn_files(self) -> None:
        for process in (1, 2, 3):
            self.assertEqual(self.action(process, process, None), "wait")
            self.assertEqual(self.action(process + 0.5, 0, None), "wait")
        self.assertEqual(
            self.judge.judge(4, 4, None), ("heal", "it has started 3 times and ended before it was ALIVE")
        )

    def test_one_that_was_alive_may_end_three_times_too(self) -> None:
        # kill -9 as soon as systemd has started it again: its state is whole.
        self.action(0, 1, "ALIVE")
        for process in (2, 3, 4):
            self.assertEqual(self.action(process, process, None), "wait")
        self.assertEqual(self.action(5, 5, None), "heal")

    def test_one_that_is_killed_but_comes_up_in_between_is_left_alone(self) -> None:
        for process in range(1, 20):
            self.assertEqual(self.action(10 * process, process, "STANDBY"), "wait")
            self.assertEqual(self.action(10 * process + 5, process, "ALIVE"), "wait")

    def test_after_healing_all_begins_anew(self) -> None:
        self.action(0, 7, "STANDBY")
        self.assertEqual(self.action(30, 7, "STANDBY"), "heal")
        self.judge.forget()
        self.assertEqual(self.action(31, 7, "STANDBY"), "wait")
        self.assertEqual(self.action(51, 7, "STANDBY"), "wait")
        self.assertEqual(self.action(52, 7, "STANDBY"), "heal")


class Healing(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.recovery = Path(folder.name, "recovery")
        self.torn = Path(folder.name, "recovery.torn")
        self.recovery.mkdir()
        (self.recovery / "torn").write_text("second")
        patch = mock.patch.object(watchdog.subprocess, "run")
        self.commands = patch.start()
        self.addCleanup(patch.stop)

    def test_the_torn_state_is_kept_beside_an_empty_one(self) -> None:
        self.torn.mkdir()
        (self.torn / "torn").write_text("first")
        watchdog.heal(self.recovery)
        self.assertEqual(list(self.recovery.iterdir()), [])
        self.assertEqual(self.recovery.stat().st_mode & 0o777, 0o700)
        self.assertEqual((self.torn / "torn").read_text(), "second")
        self.assertEqual([call.args[0][1] for call in self.commands.call_args_list], ["stop", "start"])

    def test_it_goes_on_where_a_power_cut_has_ended_it(self) -> None:
        self.recovery.rename(self.torn)
        watchdog.heal(self.recovery)
        self.assertEqual(list(self.recovery.iterdir()), [])
        self.assertEqual((self.torn / "torn").read_text(), "second")


if __name__ == "__main__":
    unittest.main()
