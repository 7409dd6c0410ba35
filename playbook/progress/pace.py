"""Counts what was done in each of the last weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from playbook.history.timeline import Timeline
from playbook.progress.changes import changes_between

_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many items were done in each of the last weeks, oldest first."""

    weeks: tuple[int, ...]

    @property
    def per_week(self) -> float:
        """In an average week."""
        return sum(self.weeks) / len(self.weeks) if self.weeks else 0.0


def pace(timeline: Timeline, today: dt.date, *, weeks: int = 12, paths: Collection[str] | None = None) -> Pace:
    """What was done in each of the last weeks, and was still done at the end of that week."""
    spans = weeks_until(today, weeks)
    return Pace(tuple(len(changes_between(timeline, first, last, paths=paths).done) for first, last in spans))


def weeks_until(today: dt.date, count: int) -> tuple[tuple[dt.date, dt.date], ...]:
    """(first day, last day) of the last `count` times seven days, oldest first; today is the last day of the last.

    They are no calendar weeks: on a Monday the last week would look as if hardly anything had been done in it.
    """
    ends = [today - number * _WEEK for number in reversed(range(count)) if today.toordinal() > 7 * number + 6]
    return tuple((end - dt.timedelta(days=6), end) for end in ends)
