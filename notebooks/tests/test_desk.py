import contextlib
import csv
import hashlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from unittest import mock

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt  # noqa: E402
import nbformat  # noqa: E402
import sparkberry as sb  # noqa: E402
from desk import command, packages, pages, review  # noqa: E402
from desk.problem import BadInput  # noqa: E402

NOTEBOOKS = Path(sb.__file__).parent


class Committed(unittest.TestCase):
    def test_the_notebooks_are_as_a_reviewer_wants_them(self) -> None:
        notebooks = sorted(NOTEBOOKS.glob("*.ipynb"))
        self.assertEqual(len(notebooks), 6)
        for file in notebooks:
            self.assertEqual(review.problems(file), [])

    def test_typed_numbers_and_outputs_are_found_and_outputs_taken_out(self) -> None:
        code = nbformat.v4.new_code_cell('sb.say(f"about 12 s, {1.5:.2f}")', execution_count=3)
        cells = [nbformat.v4.new_markdown_cell("# π\nit took `2` and 7.5 s, as 1/√n in 95 % says"), code]
        cells += [nbformat.v4.new_code_cell("x = 12") for _ in range(8)]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "a.ipynb")
            nbformat.write(nbformat.v4.new_notebook(cells=cells), file)

            found = review.problems(file)
            self.assertEqual([each.split(":")[1] for each in found], [" cell 1", " cell 2", " cell 2"])
            self.assertIn("'7.5'", found[0])
            self.assertIn("'12'", found[2])

            self.assertTrue(review.strip(file))
            self.assertEqual(len(review.problems(file)), 2)
            self.assertFalse(review.strip(file))


class Pages(unittest.TestCase):
    def png(self, draw: object) -> bytes:
        sb.style()
        figure, axes = plt.subplots()
        axes.set(xlabel="executors", ylabel="seconds", title="A figure")
        draw(axes)
        file = io.BytesIO()
        figure.savefig(file)
        plt.close(figure)
        return file.getvalue()

    def test_axes_without_data_are_an_empty_figure(self) -> None:
        self.assertFalse(pages.has_data(self.png(lambda axes: None)))
        self.assertTrue(pages.has_data(self.png(lambda axes: axes.plot([1, 2], [3, 5]))))
        self.assertTrue(pages.has_data(self.png(lambda axes: sb.dots(axes, [1, 2], [3, 5], [2, 4], [4, 6]))))

    def make(self, *sources: str) -> tuple[pages.Page, str]:
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "a.ipynb")
            nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
            page = pages.make(file, Path(folder))
            return page, Path(folder, "a.html").read_text()

    def test_a_page_needs_no_network(self) -> None:
        draw = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 5])"
        page, html = self.make(draw)
        self.assertEqual((page.problem, page.figures), ("", 1))
        self.assertNotIn("<script", html)
        self.assertNotRegex(html, r"(src|href)=.https?:")

        script = "from IPython.display import HTML, display\ndisplay(HTML('<script src=\"https://example.org/a.js\"></script>'))"
        self.assertIn("network", self.make(draw, script)[0].problem)

    def test_what_fails_is_said_with_its_cell(self) -> None:
        self.assertEqual(self.make("x = 1", "1 / 0")[0].problem, "cell 2: ZeroDivisionError: division by zero")
        self.assertEqual(self.make("x = 1")[0].problem, "there is no figure")
        empty = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.subplots()"
        self.assertEqual(self.make(empty)[0].problem, "cell 1: the figure is empty")

    def test_a_file_that_is_no_notebook_is_said(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "a.ipynb")
            file.write_text("<<<<<<< HEAD\n")

            self.assertIn("is no notebook (", pages.make(file, Path(folder)).problem)
            with self.assertRaisesRegex(BadInput, "a.ipynb is no notebook"):
                review.strip(file)

    def test_a_warning_is_nothing_that_a_reader_should_see(self) -> None:
        draw = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 5])"
        self.assertIn("cell 2: warns: ", self.make(draw, "import warnings\nwarnings.warn('old')")[0].problem)


class Packages(unittest.TestCase):
    def test_what_is_missing_is_one_line_that_can_be_typed(self) -> None:
        with mock.patch.object(packages, "find_python", return_value=None):
            with self.assertRaises(BadInput) as caught:
                packages.ready(lambda install: False, lambda words: None)
        self.assertIn("apt-get install --no-install-recommends jupyter-notebook", str(caught.exception))

    def test_words_that_are_not_known_are_wrong_use(self) -> None:
        with mock.patch.object(command, "_say") as say:
            self.assertEqual(command.main(["--chek"]), 2)
        self.assertIn("--chek", say.call_args.args[0])


class Serving(unittest.TestCase):
    def test_jupyter_is_on_loopback_for_who_knows_the_token_and_ends_with_ctrl_c(self) -> None:
        program = [sys.executable, str(NOTEBOOKS / "notebook"), "--host", "pi1.local"]
        with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, start_new_session=True) as desk:
            try:
                said = "".join(iter(desk.stdout.readline, "Ctrl-C ends it\n"))
                address, port, token = re.search(r"(http://127\.0\.0\.1:(\d+)/)tree\?token=(\w+)", said).groups()
                self.assertRegex(said, rf"ssh -N -L {port}:127\.0\.0\.1:{port} \w+@pi1\.local")

                direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                with direct.open(f"{address}api/contents?token={token}") as answer:
                    self.assertIn("01-first-run.ipynb", [each["name"] for each in json.load(answer)["content"]])
                with self.assertRaises(urllib.error.HTTPError) as refused:
                    direct.open(f"{address}api/contents")
                self.assertEqual(refused.exception.code, 403)

                listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if " 0A " in line]
                port_in_hex = f"{int(port):04X}"
                self.assertEqual([each for each in listening if each.endswith(port_in_hex)], [f"0100007F:{port_in_hex}"])
                for process in Path("/proc").glob("[0-9]*/cmdline"):
                    with contextlib.suppress(OSError):
                        self.assertNotIn(token.encode(), process.read_bytes())

                os.killpg(desk.pid, signal.SIGINT)
                self.assertEqual(desk.wait(timeout=30), 0)
                with self.assertRaises(ConnectionRefusedError):
                    socket.create_connection(("127.0.0.1", int(port)))
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(desk.pid, signal.SIGKILL)


    def test_a_port_that_is_taken_or_none_is_said_in_a_line(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            taken = other.getsockname()[1]
            with self.assertRaisesRegex(BadInput, f"--port: {taken} is not to be had .Address already in use.: "):
                command._free_port(taken)
        for wrong in (0, -1, 65536):
            with self.assertRaisesRegex(BadInput, f"--port: must be 1 to 65535, not {wrong}"):
                command._free_port(wrong)


class Samples(unittest.TestCase):
    def test_every_file_has_its_sum(self) -> None:
        sums = dict(reversed(line.split("  ")) for line in (sb.SAMPLES / "SHA256SUMS").read_text().splitlines())
        files = {str(path.relative_to(sb.SAMPLES)): path for path in sb.SAMPLES.glob("*/*") if path.is_file()}
        self.assertEqual(sorted(sums), sorted(files))
        for name, path in files.items():
            self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), sums[name], name)

    def test_every_sample_has_the_command_that_made_it(self) -> None:
        with (sb.SAMPLES / "commands.csv").open(newline="") as file:
            rows = {row["sample"]: row for row in csv.DictReader(file)}
        self.assertEqual(sorted(rows), sorted(path.name for path in sb.SAMPLES.iterdir() if path.is_dir()))
        for name, row in rows.items():
            words = row["command"].split()
            record = json.loads((sb.SAMPLES / name / f"{words[0]}.json").read_text())
            self.assertEqual(record["job"], words[1])
            self.assertEqual(record["environment"]["machine"], row["machine"])
            settings = {key: str(value) for key, value in (record.get("parameters") or record["settings"]).items()}
            for option, value in zip(words, words[1:]):
                if option.removeprefix("--") in settings and option.startswith("--") and value[:1].isdigit() and "," not in value:
                    self.assertEqual(float(settings[option[2:]]), float(value), f"{name} {option}")


if __name__ == "__main__":
    unittest.main()
