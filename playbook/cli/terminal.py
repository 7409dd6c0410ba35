"""How problems look in a terminal: coloured there, plain when piped."""

from __future__ import annotations

from collections.abc import Iterable

import click

from playbook.problems import Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


def print_problems(problems: Iterable[Problem]) -> None:
    """Each problem on a line of its own, on standard output; click takes the colours out where nobody sees them."""
    for problem in problems:
        word = f": {problem.severity}: "
        place, _, rest = str(problem).partition(word)
        text, _, code = rest.rpartition(" [")
        click.echo(
            click.style(place, bold=True)
            + ": "
            + click.style(str(problem.severity), fg=_COLOURS[problem.severity])
            + f": {text} "
            + click.style(f"[{code}", dim=True)
        )
