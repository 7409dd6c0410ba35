"""Counts items commit by commit, file by file: the points of every line at once, in one pass over the events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.history.timeline import Timeline
from playbook.progress.counting import NOT_YET, Standing

ALL = ""
"""In the place of a path: every file together."""


@dataclass(frozen=True, slots=True)
class LinePoint:
    """How much there was to do in a file after a step, and how much of it was done."""

    step: int
    path: str
    done: int
    total: int


def lines_of(timeline: Timeline) -> Iterator[LinePoint]:
    """A point for each step and each file in which done or total changed, and one for `ALL`, before them.

    Skipped items count in neither. In the order of the steps; within a step by file.
    """
    standings: dict[int, Standing] = {}
    counts: dict[str, tuple[int, int]] = {}
    told: dict[str, tuple[int, int]] = {}

    def points(step: int) -> Iterator[LinePoint]:
        for path in sorted(touched):
            if told.get(path, (0, 0)) != counts[path]:
                told[path] = counts[path]
                yield LinePoint(step, path, *counts[path])
        touched.clear()

    touched: set[str] = set()
    step = 0
    for event in timeline.events:
        if event.step != step:
            yield from points(step)
            step = event.step
        before = standings.get(event.item, NOT_YET)
        after = standings[event.item] = before.after(event)
        for standing, sign in ((before, -1), (after, 1)):
            if standing.counts_in(None):
                for path in (ALL, standing.path):
                    done, total = counts.get(path, (0, 0))
                    counts[path] = (done + sign * standing.is_done, total + sign)
                    touched.add(path)
    yield from points(step)


def tally(timeline: Timeline, last_step: int) -> dict[str, tuple[int, int]]:
    """Path → (done, total) after a step; nothing for a file that has nothing to do. -1 is before everything."""
    found: dict[str, tuple[int, int]] = {}
    for point in lines_of(timeline):
        if point.step > last_step:
            break
        found[point.path] = (point.done, point.total)
    return {path: (done, total) for path, (done, total) in sorted(found.items()) if path != ALL and total}
