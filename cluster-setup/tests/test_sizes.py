"""What of a board's memory Spark gets."""
import unittest

from ansible.errors import AnsibleFilterError

from filters import sizes
from rack import hosts

# RAM as Linux shows it on boards of 1, 2, 4, 8, 16 GB, and what was measured to fit on such.
_BOARDS = {906: (480, 480), 1849: (1100, 1024), 3791: (2800, 2600), 8062: (6400, 6144), 16_220: (13_312, 12_288)}


class Sizes(unittest.TestCase):
    def test_boards(self) -> None:
        for ram, (worker, executor) in _BOARDS.items():
            with self.subTest(ram):
                self.assertEqual(sizes.worker_mebibytes(ram), worker)
                self.assertEqual(sizes.executor_mebibytes(ram, worker), executor)
                self.assertLess(worker, sizes.unit_mebibytes(ram))
                # A virtual Pi has exactly what its model says.
                self.assertEqual(sizes.worker_mebibytes(1024 * round(ram / 1000)), worker)

    def test_a_board_that_is_too_small_is_refused(self) -> None:
        for ram in (0, 427, 899):
            with self.subTest(ram), self.assertRaisesRegex(AnsibleFilterError, f"{ram} MiB is too small for a worker"):
                sizes.worker_mebibytes(ram)
            self.assertIsNone(hosts.size_row(ram))

    def test_a_master_beside_it_takes_its_part(self) -> None:
        self.assertEqual(sizes.worker_mebibytes(3791, "auto", True), 2800 - 512)
        self.assertEqual(sizes.executor_mebibytes(3791, 2800 - 512), 2288)
        with self.assertRaisesRegex(AnsibleFilterError, "too small for a master and a worker"):
            sizes.worker_mebibytes(906, "auto", True)

    def test_a_person_may_know_better(self) -> None:
        self.assertEqual(sizes.worker_mebibytes(906, "2g"), 2048)
        self.assertEqual(sizes.worker_mebibytes(427, "600m"), 600)
        self.assertEqual(sizes.executor_mebibytes(3791, 2800, "512m"), 512)

    def test_but_no_application_may_wait_for_ever(self) -> None:
        with self.assertRaisesRegex(AnsibleFilterError, "worker_memory must be 480m at least"):
            sizes.worker_mebibytes(906, "256m")
        with self.assertRaisesRegex(AnsibleFilterError, "executor_memory 3g is more than the 2800 MiB"):
            sizes.executor_mebibytes(3791, 2800, "3g")

    def test_memories(self) -> None:
        self.assertEqual([sizes.mebibytes(text) for text in ("512m", "2g", "1G")], [512, 2048, 1024])
        for text in ("", "512", "0m", "2t", "1.5g", "m", -1):
            with self.subTest(text), self.assertRaises(AnsibleFilterError):
                sizes.mebibytes(text)

    def test_masters_have_4_gigabytes(self) -> None:
        may = {ram: (hosts.size_row(ram) or {}).get("mayBeMaster") for ram in _BOARDS}
        self.assertEqual(list(may.values()), ["no", "no", "yes", "yes", "yes"])


if __name__ == "__main__":
    unittest.main()
