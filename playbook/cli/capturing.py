"""Where captured lines come from: a file, standard input, or somebody who is asked until each line is clear."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.capture import Desk, Understood

MAX_BYTES = 1_000_000
"""Lines that were written by hand are fewer."""
MAX_LINES = 500
"""More at once would keep somebody waiting, and nobody would read what was understood."""


def read_lines(options: Options, file: str | None) -> tuple[str, list[tuple[int, str]]]:
    """(what to call it, the numbered lines) of a file or of standard input."""
    from playbook.capture import is_line

    name = "standard input" if file in (None, "-") else str(file)
    try:
        if file is None or file == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with options.under(Path(file)).open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Impossible(f"{name} cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise Impossible(f"{name} has more than {MAX_BYTES:,} bytes; these are no lines written by hand")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Impossible(f"{name}:{line}: this is not UTF-8; save it as UTF-8") from None
    lines = list(enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1))
    if (count := sum(is_line(line) for _, line in lines)) > MAX_LINES:
        raise Impossible(f"{name} holds {count:,} lines; capture at most {MAX_LINES} at once, in parts")
    return name, lines


def understood_lines(texts: list[tuple[int, str]], desk: Desk, *, ask: bool, name: str) -> list[Understood]:
    """What the lines mean; where somebody can be asked, each that is not clear may be typed again, or left out."""
    from playbook.capture import is_line, understand_line

    found: list[Understood] = []
    for number, text in texts:
        typed = text
        while is_line(typed):
            line = understand_line(number, typed, desk, found)
            if line.meaning is not None or not ask:
                found.append(line)
                break
            click.echo(f"{name}:{number}: {shorten(line.text, 100)}")
            _tell_doubts(line)
            typed = _typed("type it again, or nothing to leave it out> ")
    return found


def prompted_lines(desk: Desk) -> list[Understood]:
    """The lines that somebody types, each answered at once; one that is not understood can be typed again."""
    from playbook.capture import is_line, understand_line

    click.echo(f"{desk.event.title}, {desk.on}. One line each; an empty one ends.")
    found: list[Understood] = []
    number = 0
    while text := _typed("> ").strip():
        number += 1
        if not is_line(text):
            continue
        line = understand_line(number, text, desk, found)
        if line.meaning is None:
            _tell_doubts(line)
            click.echo("  Type it again, or go on.")
        else:
            _tell(line, "  ")
            found.append(line)
    return found


def show_lines(lines: Sequence[Understood], desk: Desk) -> None:
    """What was understood, each line under its number."""
    understood = [line for line in lines if line.meaning is not None]
    if understood:
        click.echo(f"{desk.event.title}, {desk.on}:")
    for line in understood:
        _tell(line, f"{line.number:>4}  ")


def _tell(line: Understood, head: str) -> None:
    from playbook.capture.telling import lines_of

    first, *rest = lines_of(line)
    click.echo(head + first)
    for text in rest:
        click.echo(" " * len(head) + text)


def _tell_doubts(line: Understood) -> None:
    for doubt in line.doubts:
        click.echo(click.style("  ? ", fg="yellow") + doubt)


def _typed(prompt: str) -> str:
    """A line from the terminal; the end of input ends the questions."""
    try:
        return input(prompt)
    except EOFError:
        click.echo()
        return ""
