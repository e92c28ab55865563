"""Executes notebooks and renders them as pages that need no network.

Runs as a program in the Python that has Jupyter: python3 -m desk.pages FOLDER NOTEBOOK …
"""
import base64
import io
import os
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
_CELL_SECONDS = 300
_MOST_AT_ONCE = 2  # a kernel and Java take half a gigabyte
_LEAST_COLOURED = 0.001  # the share of a figure's dots; a thin line has several times that, empty axes have none
_FROM_NETWORK = re.compile(r"<script|<link|@import|(?:src|srcset)\s*=\s*[\"']?(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//")


@dataclass(frozen=True)
class Page:
    """What came of a notebook; `problem` is empty if all is well."""

    name: str
    cells: int
    figures: int
    seconds: float
    problem: str

    def line(self) -> str:
        cells = f"{self.cells} cells"
        figures = f"{self.figures} figure{'' if self.figures == 1 else 's'}"
        return f"  {self.name:24}  {cells:>8}  {figures:>10}  {self.seconds:5.1f} s  {self.problem or 'ok'}"


def main(folder: Path, notebooks: list[Path]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    workers = min(_MOST_AT_ONCE, len(os.sched_getaffinity(0)))
    all_well = True
    with ProcessPoolExecutor(workers) as pool:
        for page in pool.map(partial(make, folder=folder), notebooks):
            print(page.line(), flush=True)
            all_well = all_well and not page.problem
    return 0 if all_well else 1


def make(notebook: Path, folder: Path) -> Page:
    import nbclient
    import nbformat

    start = time.monotonic()
    try:
        content = nbformat.read(notebook, as_version=4)
    except Exception as error:  # whatever the parser says of what is no notebook
        return Page(notebook.stem, 0, 0, time.monotonic() - start, f"is no notebook ({' '.join(str(error).split())[:120]})")
    for cell in content.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    problem = ""
    client = nbclient.NotebookClient(
        content, timeout=_CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(notebook.parent)}}
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError:
        problem = _error(content)
    except nbclient.exceptions.CellTimeoutError:
        problem = f"a cell took more than {_CELL_SECONDS} s"
    except nbclient.exceptions.DeadKernelError:
        problem = "the kernel died: is there too little memory?"
    figures = list(_figures(content))
    if not problem:
        empty = [number for number, image in figures if not has_data(image)]
        problem = f"cell {empty[0]}: the figure is empty" if empty else "" if figures else "there is no figure"
    problem = problem or next(_warnings(content), "")
    html = _render(content, notebook.stem)
    if not problem and _FROM_NETWORK.search(html):
        problem = f"the page asks the network for something: {_FROM_NETWORK.search(html).group()}"
    (folder / f"{notebook.stem}.html").write_text(html, encoding="utf-8")
    return Page(notebook.stem, len(content.cells), len(figures), time.monotonic() - start, problem)


def has_data(image: bytes) -> bool:
    """Whether a figure (PNG) shows anything: data have colours; axes, ticks and words are grey."""
    from matplotlib.image import imread

    dots = imread(io.BytesIO(image))[..., :3]
    return float(((dots.max(axis=-1) - dots.min(axis=-1)) > 0.15).mean()) > _LEAST_COLOURED


def _figures(content: dict) -> Iterator[tuple[int, bytes]]:
    for number, cell in enumerate(content["cells"], 1):
        for output in cell.get("outputs", []):
            image = output.get("data", {}).get("image/png")
            if image:
                yield number, base64.b64decode(image)


def _warnings(content: dict) -> Iterator[str]:
    for number, cell in enumerate(content["cells"], 1):
        for output in cell.get("outputs", []):
            if output["output_type"] == "stream" and output["name"] == "stderr":
                yield f"cell {number}: warns: {' '.join(output['text'].split())}"


def _error(content: dict) -> str:
    for number, cell in enumerate(content["cells"], 1):
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                name = "" if output["ename"] == "Problem" else f"{output['ename']}: "
                return f"cell {number}: {name}{' '.join(output['evalue'].split())}"
    return "a cell failed"


def _render(content: dict, title: str) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="page", extra_template_basedirs=[str(HERE / "templates")])
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = exporter.exclude_anchor_links = True
    html, _ = exporter.from_notebook_node(content, resources={"metadata": {"name": title}})
    return html


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
