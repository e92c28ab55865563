import subprocess
import tempfile
import unittest
from pathlib import Path

from pis import board, models

TWO_PROCESSORS = (
    "processor\t: 0\nmodel name\t: A processor\ncore id\t\t: 0\nflags\t\t: fpu: sse\n\n"
    "processor\t: 1\nmodel name\t: A processor\ncore id\t\t: 1\nflags\t\t: fpu: sse\n\n"
)


class Board(unittest.TestCase):
    def test_processors_are_those_of_the_model_with_the_instructions_of_this_machine(self) -> None:
        text = board.cpuinfo(TWO_PROCESSORS, models.find("pi4-4gb"))

        numbers = [line.split(": ")[1] for line in text.splitlines() if line.startswith("processor")]
        self.assertEqual(numbers, ["0", "1", "2", "3"])
        self.assertEqual(text.count("flags\t\t: fpu: sse"), 4)
        self.assertTrue(text.endswith("\n\nModel\t\t: Raspberry Pi 4 Model B 4 GB (virtual)\n"))

    def test_the_files_that_are_programs_run(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            board.dress(Path(folder), models.find("pi3bplus"))

            def vcgencmd(*words: str) -> str:
                return subprocess.run([f"{folder}/usr/bin/vcgencmd", *words], capture_output=True, text=True).stdout

            self.assertEqual(vcgencmd("measure_temp"), "temp=45.0'C\n")
            # As the firmware answers what it does not know.
            self.assertEqual(vcgencmd("dance"), 'error=1 error_msg="Command not registered"\n')
            subprocess.run(["sh", "-n", f"{folder}/usr/local/lib/virtual-board/dress"], check=True)

    def test_throttling_is_reported_until_the_next_boot(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            node = Path(folder)
            board.reset_firmware(node)
            self.assertEqual(board.throttled(node), 0)
            board.throttle(node, 0x50005)
            self.assertEqual(board.throttled(node), 0x50005)
            # What vcgencmd prints after "throttled=".
            self.assertEqual((node / "firmware/throttled").read_text(), "0x50005\n")
            board.reset_firmware(node)
            self.assertEqual(board.throttled(node), 0)


if __name__ == "__main__":
    unittest.main()
