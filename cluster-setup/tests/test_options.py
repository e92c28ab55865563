"""What may be typed, and what is said of the rest."""
import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from rack.options import flat, parser
from terminal import BadInput, Parser, guarded

_PROGRAM = Path(__file__).resolve().parents[1] / "cluster"


def nodes(*words: str) -> list[str]:
    return flat(parser().parse_args(["init", *words]).nodes)


class Nodes(unittest.TestCase):
    def test_a_range_keeps_its_width(self) -> None:
        self.assertEqual(nodes("pi[09-11].local"), ["pi09.local", "pi10.local", "pi11.local"])
        self.assertEqual(nodes("pi[9-11]"), ["pi9", "pi10", "pi11"])
        self.assertEqual(len(nodes("pi[01-16].local")), 16)
        self.assertEqual(nodes("192.168.1.[11-12]", "pi9.local"), ["192.168.1.11", "192.168.1.12", "pi9.local"])
        self.assertEqual(nodes("pi[3-3]"), ["pi3"])

    def test_what_is_no_name(self) -> None:
        for text in ("pi[3-1]", "pi[1-100]", "pi[1-2", "pi[a-b]", "pi[1-2][1-2]", "", "-o", "pi 1", "pi1;reboot", "a@pi1", "pi1."):
            with self.subTest(text), self.assertRaises(BadInput) as caught:
                parser().parse_args(["init", "--user", "pi", "--", text])
            self.assertNotIn("\n", str(caught.exception))

    def test_a_node_is_named_once(self) -> None:
        with self.assertRaisesRegex(BadInput, "^pi2 is named twice: name each node once$"):
            nodes("pi[1-3]", "pi2")


class Verbs(unittest.TestCase):
    def test_no_option_is_guessed_from_its_beginning(self) -> None:
        with self.assertRaises(BadInput):
            parser().parse_args(["reset", "--ye"])

    def test_only_verbs_that_change_something_can_be_checked(self) -> None:
        for verb in ("up", "upgrade", "restart", "shutdown", "reset"):
            self.assertTrue(parser().parse_args([verb, "--check"]).check)
        for verb in ("doctor", "status", "verify", "logs"):
            with self.subTest(verb), self.assertRaises(BadInput):
                parser().parse_args([verb, "--check"])

    def test_the_folder_does_not_depend_on_where_one_goes_later(self) -> None:
        self.assertEqual(parser().parse_args(["up", "--cluster", "x"]).cluster, Path.cwd() / "x")


class Whole(unittest.TestCase):
    def said(self, *words: str) -> str:
        """What the program says of bad input: one line."""
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, _PROGRAM, *words], capture_output=True, text=True, cwd=folder, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertRegex(done.stderr, r"\Asparkberry: [^\n]+\n\Z")
        return done.stderr.removeprefix("sparkberry: ").strip()

    def test_bad_input_is_one_line(self) -> None:
        help_ = "'sparkberry cluster init --help' shows what there is"
        self.assertEqual(self.said(), "missing: VERB; 'sparkberry cluster --help' shows what there is")
        self.assertRegex(self.said("dance"), "^VERB: invalid choice: 'dance'")
        self.assertRegex(self.said("init", "--cluster", "new"), "^init needs the nodes' names or addresses")
        self.assertEqual(
            self.said("init", "pi[3-1]"), f"NODE: 'pi[3-1]': the range must rise, and hold 99 nodes at most; {help_}"
        )
        self.assertRegex(self.said("init", "pi1", "--key", "no-such-key"), "^--key: .*/no-such-key is not a file; ")
        self.assertRegex(self.said("init", "pi1", "--virtual"), "^--virtual takes its nodes, user and key from")
        self.assertRegex(self.said("add"), "^missing: NODE; ")
        self.assertRegex(self.said("logs", "--lines", "0"), "^--lines: must be a whole number from 1 on: '0'; ")
        self.assertRegex(
            self.said("up", "--cluster", "none"), r"none/inventory\.yml is not there: \./sparkberry cluster init .* writes it$"
        )


class Guard(unittest.TestCase):
    def guard(self, error: BaseException, with_trace: bool = False) -> tuple[int, str]:
        def main(_: list[str]) -> int:
            raise error

        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            return guarded(main, [], with_trace), said.getvalue()

    def test_what_goes_wrong_is_a_line_and_a_code(self) -> None:
        self.assertEqual(self.guard(BadInput("a\n b")), (2, "sparkberry: a b\n"))
        self.assertEqual(
            self.guard(OSError(28, "No space")), (1, "sparkberry: failed: [Errno 28] No space (--stacktrace shows where)\n")
        )
        self.assertEqual(self.guard(KeyboardInterrupt()), (130, ""))
        self.assertIn("Traceback", self.guard(BadInput("a"), with_trace=True)[1])

    def test_the_parser_says_it_too(self) -> None:
        with self.assertRaisesRegex(BadInput, "^missing: WORD; 'x --help' shows what there is$"):
            words = Parser(prog="x")
            words.add_argument("word", metavar="WORD")
            words.parse_args([])


if __name__ == "__main__":
    unittest.main()
