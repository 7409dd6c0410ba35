"""Draws a burn-up in letters: what was done as a filled area, what there was to do above it; a day's column each."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playbook.progress import Point

HEIGHT = 8
"""Rows of the chart without its axis."""
_NARROWEST = 10


class Ink(NamedTuple):
    """The letters to draw with."""

    parts: str
    """A cell filled from below: by one part of it, by two, and so on; the last one whole."""
    open: str
    """A cell of what is still to do."""
    corner: str
    line: str
    rule: str
    arrow: str


BLOCKS = Ink("▁▂▃▄▅▆▇█", "░", "└", "│", "─", "→")
ASCII = Ink("#", ".", "+", "|", "-", "->")


def ink_for(encoding: str | None) -> Ink:
    """Blocks where the encoding has them, else plain ASCII."""
    try:
        "".join(BLOCKS).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


def ink() -> Ink:
    """What standard output can show."""
    return ink_for(getattr(sys.stdout, "encoding", None))


def bar(done: int, total: int, width: int, letters: Ink) -> str:
    """`██████░░░░`: a share as a bar. It is full only where all is done, and empty only where nothing is."""
    if not total:
        return letters.open * width
    filled = min(done * width // total, width)
    if done and not filled:
        filled = 1
    return letters.parts[-1] * filled + letters.open * (width - filled)


def burn_up_lines(points: Sequence[Point], first: dt.date, last: dt.date, *, width: int, letters: Ink) -> list[str]:
    """The chart's lines, none wider than `width`; nothing where there is nothing to draw, or no room.

    Args:
        points: the state at the end of each day on which it changed, oldest first.
        first: the day of the first column.
        last: the day of the last one.
        width: columns there are.
        letters: what to draw with.
    """
    from playbook.progress.counting import counted_on

    days = (last - first).days
    most = max((point.total for point in points if point.day <= last), default=0)
    margin = len(str(most)) + 1
    room = width - margin - 1
    if not most or days < 1 or room < _NARROWEST:
        return []
    columns = room
    states = [counted_on(points, first + dt.timedelta(days=days * n // (columns - 1))) for n in range(columns)]
    height = min(HEIGHT, max(most, 2))
    rows = []
    for row in range(height, 0, -1):
        label = str(most) if row == height else ""
        cells = (_cell(state.done, state.total, row, most, height, letters) for state in states)
        rows.append(f"{label:>{margin - 1}} {letters.line}{''.join(cells)}".rstrip())
    rows.append(f"{0:>{margin - 1}} {letters.corner}{letters.rule * columns}")
    begin, end = first.isoformat(), last.isoformat()
    if columns > len(begin) + len(end):
        rows.append(f"{'':>{margin}} {begin}{end:>{columns - len(begin)}}")
    return rows


def _cell(done: int, total: int, row: int, most: int, height: int, letters: Ink) -> str:
    """One cell: filled as far as what was done reaches into it, else open as far as there was anything to do."""
    steps = len(letters.parts)
    below = (row - 1) * steps
    filled = _reach(done, most, height * steps) - below
    if filled > 0:
        return letters.parts[min(filled, steps) - 1]
    # Half a cell of scope is a cell: the shade has no parts.
    return letters.open if 2 * (_reach(total, most, height * steps) - below) >= steps else " "


def _reach(count: int, most: int, height: int) -> int:
    reached = round(count * height / most)
    return reached or (1 if count else 0)
