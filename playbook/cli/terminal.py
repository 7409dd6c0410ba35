"""How problems, progress and plain data look in a terminal: coloured there, plain when piped."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from playbook.problems import Problem, Severity

if TYPE_CHECKING:
    from rich.progress import Progress

SEVERITY_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


def print_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Each problem on a line of its own, on standard output or error; plain where nobody sees the colours."""
    for problem in problems:
        place, severity = str(problem.place), str(problem.severity)
        text, _, code = str(problem).removeprefix(f"{place}: {severity}: ").rpartition(" [")
        click.echo(
            click.style(place, bold=True)
            + ": "
            + click.style(severity, fg=SEVERITY_COLOURS[problem.severity])
            + f": {text} "
            + click.style(f"[{code}", dim=True),
            err=err,
        )


def print_json(value: Any) -> None:
    """Plain data as JSON on standard output, in letters that its encoding has."""
    import json

    utf8 = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(value, ensure_ascii=not utf8, indent=2))


@contextmanager
def progress(what: str, *, patience: float = 1.0) -> Iterator[Callable[[int, int | None], None] | None]:
    """A function to call with (done, in all; None where nobody knows that); None where nobody watches.

    It draws a bar on a terminal's standard error once the work has taken `patience` seconds, and takes it away at the
    end.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bar: Progress | None = None
    started = time.monotonic()

    def tell(done: int, total: int | None) -> None:
        nonlocal bar
        if bar is None:
            if time.monotonic() - started < patience:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.add_task(what, total=total)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.stop()
