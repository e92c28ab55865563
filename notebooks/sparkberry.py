"""What the notebooks import: results of runs and sweeps as data frames, Sparkberry's own answers, and one plot style.

Nothing here estimates, fits or averages: numbers come from the directories that `sparkberry run` and `sweep` write, and
from `sparkberry fit` and `plan`. Their files and columns are described in jobs/README.md.
"""
import csv
import io
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import matplotlib as mpl
import numpy as np
import pandas as pd
from IPython import get_ipython
from IPython.display import Markdown, display
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LogNorm
from matplotlib.image import AxesImage

ROOT = Path(__file__).resolve().parent.parent
DATASETS = ROOT / "datasets"
SAMPLES = DATASETS / "samples"

# The schema versions that are understood, by the kind that a file says it is.
_VERSIONS = {"run": (1,), "sweep": (2,), "fits": (1,), "plan": (1,)}

_INTERVALS = [f"{name}{end}" for name in ("seconds", "speedup", "efficiency") for end in ("", "Low", "High")]
# The columns that the notebooks rely on, by file; a file may have more.
_COLUMNS = {
    "estimates": ["name", "value", "standardError", "low", "high", "resolution", "reference", "z"],
    "runs": ["order", "block", "executors", "iteration", "warmup", "trials", "seconds", "otherLoad", "valid", "reason"],
    "tasks": ["order", "iteration", "stage", "executor", "host", "launchedMillis", "durationSeconds", "failed"],
    "scaling": ["executors", "cores", "trials", "invocations", "runs", "invalidRuns", "oversubscribed", *_INTERVALS],
    "losses": ["low", "high", "count", "density", "standardError"],
    "candidates": ["rank", "snr.network", "mass.chirp", "mass.total", "delay.milliseconds"],
    "templates": ["mass.1", "mass.2", "mass.chirp", "mass.total", "snr.network"],
    "whitened": ["detector", "seconds", "strain", "template"],
    "snr": ["detector", "seconds", "snr"],
    "background": ["snr.network", "louder", "rate", "rate.low", "rate.high"],
    "spectrum": ["detector", "hertz", "strain"],
    "drift": ["step", "time", "kinetic", "potential", "energy", "energy.drift"],
    "density": ["frame", "time", "x", "y", "bodies", "cell"],
    "bodies": ["body", "galaxy", "mass", "x", "y", "z"],
    "settings": ["gravity", "softening", "dt", "bodies"],
}
_TEXT = {"name", "reason", "digest", "startedAt", "host", "executor", "detector", "quantity", "unit", "source", "date"}
# The parts of the cores' time, by their names in sweep.json (see "Where the time goes" in jobs/README.md).
_PARTS = {
    "compute": "computing",
    "garbage-collection": "garbage collection",
    "deserialization": "unpacking tasks",
    "scheduler-delay": "scheduler delay",
    "shuffle": "shuffle",
    "result": "results",
    "idle-cores": "idle cores",
    "driver": "driver alone",
}


class Problem(Exception):
    """What is wrong and what to do, in one line; a notebook shows the line and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"sparkberry: {self}"]


# --- Files ---


def read_json(file: Path, kind: str) -> dict[str, Any]:
    """A record of this kind, if its schema version is one that is understood."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = sorted(path.name for path in file.parent.iterdir())[:5] if file.parent.is_dir() else []
        hint = f"it has {', '.join(found)}" if found else "there is no such directory, or it is empty"
        raise Problem(f"{file.parent} has no {file.name}: {hint}; name the directory of a complete {kind}") from None
    except OSError as error:
        raise Problem(f"{file} cannot be read ({error.strerror}): name the directory of a complete {kind}") from None
    except ValueError as error:
        raise Problem(f"{file} is not whole ({error}): copy it again, or make the {kind} again") from None
    return _understood(record, kind, str(file))


def _understood(record: Any, kind: str, source: str) -> dict[str, Any]:
    if not isinstance(record, dict) or record.get("kind") != kind:
        found = record.get("kind") if isinstance(record, dict) else None
        raise Problem(f"{source} is not a {kind} (its kind is {found!r})")
    version, known = record.get("schemaVersion"), _VERSIONS[kind]
    if version not in known:
        raise Problem(
            f"{source} has schemaVersion {version}, and these notebooks understand {_words(known)}:"
            " take the notebooks of the Sparkberry that wrote it"
        )
    return record


def read_table(file: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """A CSV file that is whole and has these columns: those of the table of its name, unless others are given."""
    columns = _COLUMNS.get(file.stem, []) if columns is None else columns
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(f"{file} is not there: it was left out, or the directory is not complete") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{file} cannot be read ({error})") from None
    rows = list(csv.reader(io.StringIO(text)))
    if not rows:
        raise Problem(f"{file} is empty: copy it again, or make it again")
    missing = [name for name in columns if name not in rows[0]]
    if missing:
        raise Problem(f"{file} has no column {_words(missing)}: it has {', '.join(rows[0])}")
    short = next((line for line, row in enumerate(rows, 1) if len(row) != len(rows[0])), None)
    if short or not text.endswith("\n"):
        raise Problem(f"{file} is cut off in line {short or len(rows)}: copy it again, or make it again")
    text_columns = {name: str for name in rows[0] if name in _TEXT}
    table = pd.read_csv(io.StringIO(text), dtype=text_columns, float_precision="round_trip")
    for name in columns:
        if name not in _TEXT and table[name].dtype == object:
            raise Problem(f"{file} has something else than numbers in column {name}: make it again")
    return table


def _words(names: Any) -> str:
    return ", ".join(str(name) for name in names)


# --- Runs ---


@dataclass(frozen=True)
class Run:
    """One run of a job. `record` is its run.json, `estimates` have a row each, by name."""

    folder: Path
    record: dict[str, Any]
    estimates: pd.DataFrame

    def estimate(self, name: str) -> pd.Series:
        """Value, standardError, low and high (the 95 % interval), reference (the known answer) of an estimate."""
        if name not in self.estimates.index:
            raise Problem(f"{self.folder} has no estimate {name}: it has {_words(self.estimates.index)}")
        return self.estimates.loc[name]

    def table(self, name: str) -> pd.DataFrame:
        if name not in self.record["tables"]:
            raise Problem(f"{self.folder} has no table {name}: it has {_words(self.record['tables']) or 'none'}")
        return read_table(self.folder / f"{name}.csv")

    @property
    def trials(self) -> int:
        return self.record["trials"]

    @property
    def digest(self) -> str:
        """The SHA-256 of the bits of all estimates and tables."""
        return self.record["digest"]


def read_run(folder: Path | str) -> Run:
    folder = Path(folder)
    record = read_json(folder / "run.json", "run")
    estimates = read_table(folder / "estimates.csv").set_index("name")
    named = [each["name"] for each in record["estimates"]]
    if list(estimates.index) != named:
        raise Problem(f"{folder}/estimates.csv has other estimates than run.json ({_words(named)}): copy it again")
    return Run(folder, record, estimates)


def read_runs(pattern: str, folder: Path | str = SAMPLES) -> list[Run]:
    """The runs in the directories whose names fit the pattern, those with the fewest trials first."""
    found = [read_run(path) for path in sorted(Path(folder).glob(pattern)) if (path / "run.json").exists()]
    if not found:
        raise Problem(f"{folder} has no run named {pattern}: change the pattern, or make such runs")
    return sorted(found, key=lambda run: run.trials)


def run(job: str, *options: str) -> Run:
    """Runs a job here and now."""
    with tempfile.TemporaryDirectory() as results:
        _sparkberry("run", job, *options, "--results", results)
        (folder,) = Path(results).iterdir()
        return read_run(folder)


# --- Sweeps ---


@dataclass(frozen=True)
class Sweep:
    """A sweep: `runs` has a row per iteration, `scaling` a row per executor count; `fits` as of `fit`."""

    folder: Path
    record: dict[str, Any]
    runs: pd.DataFrame
    scaling: pd.DataFrame
    fits: dict[str, Any]

    @property
    def tasks(self) -> pd.DataFrame:
        """A row per task."""
        return read_table(self.folder / "tasks.csv")

    @property
    def counted(self) -> pd.DataFrame:
        """The runs that count: valid ones, without warm-up."""
        return self.runs[self.runs.valid & ~self.runs.warmup]


def read_sweep(folder: Path | str) -> Sweep:
    folder = Path(folder)
    record = read_json(folder / "sweep.json", "sweep")
    if record["outcome"] != "completed":
        raise Problem(f"{folder} is {record['outcome']}: sparkberry sweep {record['job']} --resume {folder} goes on")
    runs = read_table(folder / "runs.csv")
    counted = runs[~runs.warmup & (runs.executors > 0)]
    if not counted.valid.any():
        reasons = counted.reason.value_counts()
        told = "; ".join(f"{reason} ({count} of {len(counted)})" for reason, count in reasons.items())
        raise Problem(f"{folder} has no valid run: {told}. Mend that, then measure again")
    scaling = read_table(folder / "scaling.csv")
    # A count whose runs are all invalid has no row.
    absent = set(counted.executors[counted.valid]) - set(scaling.executors)
    if absent:
        raise Problem(f"{folder}/scaling.csv is cut off: it has no row for {_words(sorted(absent))} executors")
    return Sweep(folder, record, runs, scaling, read_json(folder / "fits.json", "fits"))


# --- Sparkberry's own answers ---


def fit(source: Path | str, *options: str) -> dict[str, Any]:
    """What `sparkberry fit` says of a sweep's directory or a CSV file of timings."""
    return _asked("fits", "fit", source, *options)


def plan(source: Path | str, *options: str) -> dict[str, Any]:
    """What `sparkberry plan` says of a sweep's directory or a CSV file of timings."""
    return _asked("plan", "plan", source, *options)


def _asked(kind: str, command: str, source: Path | str, *options: str) -> dict[str, Any]:
    answer = _sparkberry(command, str(source), *options, "--format", "json")
    return _understood(json.loads(answer), kind, f"sparkberry {command}")


def _sparkberry(*words: str) -> str:
    call = subprocess.run([ROOT / "sparkberry", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if call.returncode != 0:
        last = [line for line in call.stderr.splitlines() if line.strip()][-1:] or ["it did not say why"]
        raise Problem(f"sparkberry {' '.join(words[:2])} failed: {last[0].removeprefix('sparkberry: ')}")
    return call.stdout


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of a JSON answer as a data frame: `seconds` with `value`, `low`, `high` becomes `seconds.value`, …"""
    return pd.json_normalize(rows)


def law_seconds(law: dict[str, Any], n: Any) -> Any:
    """T(n) of a fitted law, by the formulas in jobs/README.md, with the fitted parameters."""
    p = {name: parameter["value"] for name, parameter in law["parameters"].items()}
    formulas = {
        "amdahl": lambda: p["seconds"] * (p["sigma"] + (1 - p["sigma"]) / n),
        "universal": lambda: p["seconds"] * (1 + p["sigma"] * (n - 1) + p["kappa"] * n * (n - 1)) / n,
        "communication": lambda: p["theta0"] + p["theta1"] / n + p["theta2"] * np.log(n) + p["theta3"] * n,
        "gustafson": lambda: p["seconds"] * n / (n - p["alpha"] * (n - 1)),
    }
    if law["law"] not in formulas:
        raise Problem(f"no law {law['law']}: there are {_words(formulas)}")
    return formulas[law["law"]]()


# --- Data ---


def read_strain(file: Path) -> pd.Series:
    """The strain of a detector by GPS time, from an HDF5 file of the Gravitational Wave Open Science Center."""
    try:
        with h5py.File(file) as data:
            strain = data["strain/Strain"]
            values, step = strain[:], strain.attrs["Xspacing"]
            start = float(data["meta/GPSstart"][()])
    except (OSError, KeyError) as error:
        raise Problem(f"{file} is no strain file of gwosc.org ({error})") from None
    return pd.Series(values, index=start + step * pd.RangeIndex(len(values)), name="strain")


def published(quantity: str) -> pd.Series:
    """A published figure: value, low, high, unit, source and date."""
    table = read_table(DATASETS / "published.csv", ["quantity", "value", "low", "high", "unit", "source", "date"])
    table = table.set_index("quantity")
    if quantity not in table.index:
        raise Problem(f"published.csv has no {quantity}: it has {_words(table.index)}")
    return table.loc[quantity]


# --- Words ---


def say(markdown: str) -> None:
    """Shows a sentence whose numbers a cell has read."""
    display(Markdown(markdown))


def known(value: float, error: float) -> str:
    """A value to the two digits of its error that are worth saying: 3.1447 ± 0.0016."""
    if not error > 0:
        return f"{value:.6g}"
    digits = max(0, 1 - int(f"{error:e}".partition("e")[2]))
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def share(value: float, low: float | None = None, high: float | None = None) -> str:
    """Such as 86 % (66 … 106 %)."""
    interval = "" if low is None or pd.isna(low) else f" ({100 * low:.0f} … {100 * high:.0f} %)"
    return f"{100 * value:.0f} %{interval}"


# --- Figures ---

# Okabe and Ito's colours, which people who see no red or no green tell apart (jfly.uni-koeln.de/color).
BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9"
INK, FAINT = "#222222", "#8a8a8a"
# One for each of the parts, told apart by hatches too.
_PART_COLOURS = [BLUE, PURPLE, GREEN, SKY, "#000000", "#F0E442", ORANGE, VERMILLION]
_PART_HATCHES = ["", "xx", "..", "++", "", "oo", "//", "\\\\"]
_DASHES = ["-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1))]


def style() -> None:
    """The one style of all figures: narrow enough for a phone, with colours that everybody can tell apart."""
    colours = [BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY]
    mpl.rcParams.update(
        {
            "axes.axisbelow": True,
            "axes.edgecolor": INK,
            "axes.grid": True,
            "axes.labelcolor": INK,
            "axes.labelsize": 14,
            "axes.prop_cycle": mpl.cycler(color=colours) + mpl.cycler(linestyle=_DASHES),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 14,
            "figure.constrained_layout.use": True,
            "figure.dpi": 100,
            "figure.figsize": (6, 4.2),
            "font.family": "sans-serif",
            "font.sans-serif": ["DejaVu Sans"],
            "font.size": 13,
            "grid.color": "#dddddd",
            "image.cmap": "viridis",
            "legend.fontsize": 12,
            "legend.frameon": False,
            "lines.linewidth": 2,
            "lines.markersize": 7,
            "savefig.facecolor": "white",
            "xtick.color": INK,
            "ytick.color": INK,
        }
    )
    shell = get_ipython()
    if shell is not None and "IPKernelApp" in shell.config:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("retina")


def dots(axes: Axes, x: Any, value: Any, low: Any, high: Any, **look: Any) -> None:
    """Dots with bars from low to high: 95 % intervals, where nothing else is said. Empty ends have no bar."""
    value, low, high = (pd.Series(each, dtype=float).reset_index(drop=True) for each in (value, low, high))
    ends = [(value - low).clip(lower=0), (high - value).clip(lower=0)]
    bars = ends if low.notna().any() else None
    axes.errorbar(list(x), value, yerr=bars, **{"marker": "o", "linestyle": "none", "capsize": 4, **look})


def parts(axes: Axes, core_seconds: dict[str, dict[str, dict[str, float]]]) -> None:
    """A bar for each name: the coreSeconds of a sweep's limit, cut into parts, as shares."""
    for height, times in enumerate(core_seconds.values()):
        left, whole = 0.0, sum(times[part]["value"] for part in _PARTS)
        for (part, words), colour, hatch in zip(_PARTS.items(), _PART_COLOURS, _PART_HATCHES):
            width = 100 * times[part]["value"] / whole
            look = {"color": colour, "hatch": hatch, "edgecolor": "white"}
            axes.barh(height, width, 0.6, left, label=words if height == 0 else None, **look)
            left += width
    axes.set_yticks(range(len(core_seconds)), labels=list(core_seconds))
    axes.set_xlim(0, 100)
    axes.grid(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, fontsize=11)


def counts(axis: Axis, values: Any) -> None:
    """Puts whole numbers, such as executor counts, on an axis."""
    axis.set_major_locator(ticker.FixedLocator(list(values)))
    axis.set_major_formatter(ticker.StrMethodFormatter("{x:.0f}"))
    axis.set_minor_locator(ticker.NullLocator())


def image(axes: Axes, cells: pd.DataFrame, column: str, most: float) -> AxesImage:
    """Cells of a square grid (their middles x and y, their side cell) as a picture, dark where there is none."""
    side = cells.cell.iloc[0]
    x, y = ((cells[name] - cells[name].min()).div(side).round().astype(int) for name in ("x", "y"))
    grid = np.full((y.max() + 1, x.max() + 1), np.nan)
    grid[y, x] = cells[column]
    edges = [end for name in ("x", "y") for end in (cells[name].min() - side / 2, cells[name].max() + side / 2)]
    axes.set_facecolor("black")
    axes.grid(False)
    norm = LogNorm(0.6, most)
    return axes.imshow(grid, extent=edges, origin="lower", norm=norm, cmap="inferno", interpolation="nearest")
