"""What both programs say, and how: problems in one line, tables, and what may be typed."""
import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn


class BadInput(Exception):
    """Wrong use: the line names the thing, says what is wrong and what to do. Exit code 2."""


class Failed(Exception):
    """It was right to try, but it did not work. Exit code 1."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings, allow_abbrev=False)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        words = message.removeprefix("argument ").replace("the following arguments are required", "missing")
        raise BadInput(f"{words}; '{self.prog} --help' shows what there is")


def say(words: str) -> None:
    print(f"sparkberry: {' '.join(words.split())}", file=sys.stderr, flush=True)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Prints rows with aligned columns; the first one is the head."""
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    for cells in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())


def guarded(main: Callable[[list[str]], int], words: list[str], with_trace: bool) -> int:
    """Runs a program and turns what went wrong into one line and an exit code."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(130))
    try:
        return main(words)
    except (BadInput, Failed, OSError) as error:
        if with_trace:
            traceback.print_exc()
        say(str(error) if isinstance(error, (BadInput, Failed)) else f"failed: {error} (--stacktrace shows where)")
        return 2 if isinstance(error, BadInput) else 1
    except KeyboardInterrupt:
        return 130
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read it has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
