"""What a notebook must not be committed with: outputs, typed numbers, and what else a reviewer would not see."""
import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desk.problem import BadInput

# Numbers that are names, laws or conventions, and nobody has measured: all others are computed in a cell.
_NAMES = re.compile(r"GW150914|CC BY 4\.0|1/√n|T\(1\)|2π|\b9[059] %|\b(19|20)\d\d\b")
_NOT_TEXT = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>", re.DOTALL)


def problems(file: Path) -> list[str]:
    """A line for each thing that is wrong with a notebook as it would be committed."""
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
        cells = notebook["cells"]
    except (ValueError, KeyError) as error:
        return [f"{file.name}: is no notebook ({error})"]
    found = []
    if not 10 <= len(cells) <= 20:
        found.append(f"{len(cells)} cells: 10 to 20 are read in one sitting")
    if not cells or cells[0]["cell_type"] != "markdown":
        found.append("the first cell does not say what one learns")
    for number, cell in enumerate(cells, 1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            if cell["outputs"] or cell["execution_count"] is not None:
                found.append(f"cell {number}: has outputs: ./sparkberry notebook --strip")
            text = " ".join(_said(source))
        else:
            text = source
        typed = re.search(r"\S*\d\S*", _NAMES.sub("", _NOT_TEXT.sub("", text)))
        if typed:
            found.append(f"cell {number}: the number {typed.group()!r} is typed: compute or read it in a cell")
    if notebook != _stripped(notebook) and not found:
        found.append("metadata of one reader's machine: ./sparkberry notebook --strip")
    return [f"{file.name}: {each}" for each in found]


def _said(source: str) -> Iterator[str]:
    """The words that a cell shows with `say`, without what it reads into them."""

    def words(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.FormattedValue):
            for child in ast.iter_child_nodes(node):
                yield from words(child)

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            for argument in node.args:
                yield from words(argument)


def strip(file: Path) -> bool:
    """Takes out what executing and editing left; says whether there was anything."""
    before = file.read_text(encoding="utf-8")
    try:
        after = json.dumps(_stripped(json.loads(before)), ensure_ascii=False, indent=1) + "\n"
    except (ValueError, KeyError) as error:
        raise BadInput(f"{file.name} is no notebook ({error}): mend it, or take it from the repository again") from None
    if after != before:
        file.write_text(after, encoding="utf-8")
    return after != before


def _stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    cells = []
    for number, cell in enumerate(notebook["cells"], 1):
        kept = {"cell_type": cell["cell_type"], "id": cell.get("id", f"cell-{number}"), "metadata": {}}
        if cell["cell_type"] == "code":
            kept |= {"execution_count": None, "outputs": []}
        cells.append(kept | {"source": "".join(cell["source"]).splitlines(keepends=True)})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
