import json
import math
import shutil
import tempfile
import unittest
from pathlib import Path

import matplotlib
import nbclient
import nbformat
import pandas as pd

matplotlib.use("agg")

import sparkberry as sb  # noqa: E402

NOTEBOOKS = Path(sb.__file__).parent


class Copied(unittest.TestCase):
    """Each test spoils a copy of a sample."""

    def copy(self, sample: str) -> Path:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Path(shutil.copytree(sb.SAMPLES / sample, Path(folder.name, sample)))

    def rewrite(self, file: Path, **values: object) -> None:
        file.write_text(json.dumps(json.loads(file.read_text()) | values))

    def drop_last_line(self, file: Path) -> None:
        file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))

    def problem(self, read: object, folder: Path) -> str:
        with self.assertRaises(sb.Problem) as caught:
            read(folder)
        self.assertNotIn("\n", str(caught.exception))
        return str(caught.exception)


class Runs(Copied):
    def test_a_run_is_its_estimates_and_tables(self) -> None:
        run = sb.read_run(sb.SAMPLES / "value-at-risk-10-days")

        self.assertEqual(run.estimate("value-at-risk.95").value, run.record["estimates"][0]["value"])
        self.assertEqual(run.table("losses")["count"].sum(), run.trials)

    def test_a_future_version_is_refused(self) -> None:
        folder = self.copy("pi-1e6")
        self.rewrite(folder / "run.json", schemaVersion=99)

        self.assertIn("schemaVersion 99", self.problem(sb.read_run, folder))

    def test_a_sweep_is_no_run_and_nothing_is_neither(self) -> None:
        self.assertIn("has no run.json: it has ", self.problem(sb.read_run, self.copy("sweep-pi")))
        self.assertIn("there is no such directory", self.problem(sb.read_run, Path("nowhere")))

    def test_a_record_that_is_cut_off_is_refused(self) -> None:
        folder = self.copy("pi-1e6")
        file = folder / "run.json"
        file.write_text(file.read_text()[:300])

        self.assertIn("run.json is not whole", self.problem(sb.read_run, folder))

    def test_a_table_that_is_cut_off_anywhere_is_refused(self) -> None:
        folder = self.copy("value-at-risk-10-days")
        file = folder / "losses.csv"
        whole = file.read_bytes()
        for end in (0, 20, len(whole) // 2, len(whole) - 4, len(whole) - 1):
            file.write_bytes(whole[:end])
            self.assertIn("losses.csv", self.problem(lambda place: sb.read_run(place).table("losses"), folder))

    def test_estimates_that_end_early_are_refused(self) -> None:
        folder = self.copy("value-at-risk-10-days")
        self.drop_last_line(folder / "estimates.csv")

        self.assertIn("other estimates than run.json", self.problem(sb.read_run, folder))

    def test_columns_that_are_missing_or_no_numbers_are_refused(self) -> None:
        folder = self.copy("value-at-risk-10-days")
        file = folder / "losses.csv"
        whole = file.read_text()
        file.write_text(whole.replace("density", "height"))
        self.assertIn("no column density", self.problem(lambda place: sb.read_run(place).table("losses"), folder))
        file.write_text(whole.replace(",0,", ",none,", 1))
        self.assertIn("column count", self.problem(lambda place: sb.read_run(place).table("losses"), folder))

    def test_columns_that_are_new_are_no_problem(self) -> None:
        folder = self.copy("value-at-risk-10-days")
        file = folder / "losses.csv"
        file.write_text("".join(f"{line},1\n" for line in file.read_text().splitlines()).replace(",1", ",new", 1))

        self.assertIn("new", sb.read_run(folder).table("losses").columns)

    def test_runs_come_with_the_fewest_trials_first(self) -> None:
        self.assertEqual([run.trials for run in sb.read_runs("pi-1e?")], [10**power for power in range(4, 10)])
        self.assertIn("no run named", self.problem(lambda folder: sb.read_runs("tau-*", folder), sb.SAMPLES))


class Sweeps(Copied):
    def test_a_sweep_is_its_runs_and_points(self) -> None:
        sweep = sb.read_sweep(sb.SAMPLES / "sweep-pi")

        self.assertEqual(list(sweep.scaling.executors), sweep.record["settings"]["executors"])
        self.assertEqual(sweep.counted[sweep.counted.executors > 0].shape[0], sweep.scaling.runs.sum())
        self.assertEqual(set(sweep.tasks.order), set(sweep.runs.order[sweep.runs.executors > 0]))

    def test_future_versions_are_refused(self) -> None:
        for name, kind in [("sweep.json", "sweep"), ("fits.json", "fits")]:
            folder = self.copy("sweep-pi")
            self.rewrite(folder / name, schemaVersion=99)
            self.assertIn("schemaVersion 99", self.problem(sb.read_sweep, folder), kind)

    def test_an_unfinished_sweep_says_how_it_goes_on(self) -> None:
        folder = self.copy("sweep-pi")
        self.rewrite(folder / "sweep.json", outcome="unfinished")

        self.assertIn("--resume", self.problem(sb.read_sweep, folder))

    def test_a_sweep_without_a_valid_run_says_why(self) -> None:
        folder = spoil_all(self.copy("sweep-pi"))

        self.assertIn("has no valid run: throttled (", self.problem(sb.read_sweep, folder))

    def test_a_count_without_a_valid_run_is_left_out(self) -> None:
        folder = self.copy("sweep-pi")
        runs = pd.read_csv(folder / "runs.csv")
        runs.loc[runs.executors == 4, ["valid", "reason"]] = [False, "throttled"]
        runs.to_csv(folder / "runs.csv", index=False)
        self.drop_last_line(folder / "scaling.csv")
        self.assertEqual(list(sb.read_sweep(folder).scaling.executors), [1, 2])

        # What is left is one thread without Spark.
        runs.loc[runs.executors > 0, ["valid", "reason"]] = [False, "throttled"]
        runs.to_csv(folder / "runs.csv", index=False)
        self.assertIn("has no valid run: throttled (24 of 24)", self.problem(sb.read_sweep, folder))

    def test_a_file_in_place_of_a_directory_is_said(self) -> None:
        self.assertIn("run.json cannot be read (Not a directory)", self.problem(sb.read_run, sb.SAMPLES / "pi-1e6/run.json"))

    def test_points_that_are_missing_are_noticed(self) -> None:
        folder = self.copy("sweep-pi")
        self.drop_last_line(folder / "scaling.csv")

        self.assertIn("no row for 4 executors", self.problem(sb.read_sweep, folder))

    def test_the_laws_are_those_of_fit(self) -> None:
        # A prediction of fit is the weighted mean of the plausible laws (jobs/README.md, "Which law?"), taken of logarithms.
        fits = sb.fit(sb.DATASETS / "scaling/raytracer.csv")
        laws = [law for law in fits["laws"] if law["plausible"]]
        weights = [law["weight"] / sum(each["weight"] for each in laws) for law in laws]
        self.assertTrue(laws)
        for row in fits["predictions"]:
            logarithms = [weight * math.log(sb.law_seconds(law, row["n"])) for law, weight in zip(laws, weights)]
            self.assertAlmostEqual(math.exp(sum(logarithms)) / row["seconds"]["value"], 1, places=9)


class InANotebook(Copied):
    def test_what_is_wrong_is_one_line_and_no_traceback(self) -> None:
        future = self.copy("pi-1e6")
        self.rewrite(future / "run.json", schemaVersion=99)
        cut = self.copy("sweep-galaxy")
        (cut / "runs.csv").write_text((cut / "runs.csv").read_text()[:-7])
        invalid = spoil_all(self.copy("sweep-pi"))
        calls = [f"read_run({str(future)!r})", f"read_sweep({str(cut)!r})", f"read_sweep({str(invalid)!r})"]
        cells = [nbformat.v4.new_code_cell(f"import sparkberry as sb\nsb.{call}") for call in calls]
        notebook = nbformat.v4.new_notebook(cells=cells)

        nbclient.NotebookClient(
            notebook, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": str(NOTEBOOKS)}}
        ).execute()

        for cell, words in zip(notebook.cells, ["schemaVersion 99", "runs.csv is cut off in line", "no valid run"]):
            (error,) = [output for output in cell.outputs if output.output_type == "error"]
            self.assertEqual(len(error.traceback), 1)
            self.assertNotIn("\n", error.traceback[0])
            self.assertIn(words, error.traceback[0])


class Words(unittest.TestCase):
    def test_a_value_has_the_digits_that_its_error_leaves(self) -> None:
        self.assertEqual(sb.known(3.144668, 0.00164), "3.1447 ± 0.0016")
        self.assertEqual(sb.known(73.01, 2.2994), "73.0 ± 2.3")
        self.assertEqual(sb.known(1234.5, 56.7), "1234 ± 57")
        self.assertEqual(sb.known(0.5, 0), "0.5")
        self.assertEqual(sb.share(0.864, 0.66, 1.06), "86 % (66 … 106 %)")
        self.assertEqual(sb.share(0.83), "83 %")

    def test_the_beowulf_is_its_published_figures(self) -> None:
        # 60 MFLOPS of 16 nodes with 4.5 each.
        value = {name: sb.published(f"beowulf.{name}").value for name in ("nodes", "node-speed", "speed", "efficiency")}
        self.assertAlmostEqual(value["speed"] / value["node-speed"] / value["nodes"], value["efficiency"], places=2)


def spoil_all(sweep: Path) -> Path:
    """As a sweep is in which all runs were throttled."""
    runs = pd.read_csv(sweep / "runs.csv")
    runs.assign(valid=False, reason="throttled").to_csv(sweep / "runs.csv", index=False)
    return sweep


if __name__ == "__main__":
    unittest.main()
