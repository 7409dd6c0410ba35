"""Says between which days everything will be done if the coming weeks are like the last ones; or why nobody can say.

The pace of one month differs from that of the next by more than any average shows. So this looks at every stretch of
four weeks within the last twelve: what was done less what was added. The range is what the faster quarter of them would
make of what is open, and the slower quarter. That is the practice of forecasting from one's own throughput instead of
from estimates (Vacanti, "When Will It Be Done?"), with whole stretches in the place of single weeks: drawn one by one,
good and bad weeks would cancel out, and the range would be narrower than months turn out to be.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection
from dataclasses import dataclass
from statistics import quantiles

from playbook.history.timeline import Timeline
from playbook.progress.changes import changes_between
from playbook.progress.counting import burn_up, counted_on
from playbook.progress.pace import weeks_until

MOST_WEEKS = 12
"""How far it looks back."""
FEWEST_WEEKS = 6
FEWEST_DONE = 5
STRETCH = 4
FARTHEST = 3 * 365
"""Days ahead of which anything may be said."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Between which days everything is done at the pace of the last weeks."""

    earliest: dt.date | None
    """None where nothing is claimed."""
    latest: dt.date | None
    """None also where the slower weeks would never come to an end."""
    reason: str
    """What it is based on, or why nothing is claimed, as a sentence or two."""
    weeks: int
    """How many weeks it looked at."""


@dataclass(frozen=True, slots=True)
class _Week:
    done: int
    """Less what was undone."""
    added: int
    """All else that changed how much is open: added, restored and taken up again, less what was dropped or skipped."""
    finished: int
    """What was done, whatever was undone."""


def forecast(timeline: Timeline, today: dt.date, *, paths: Collection[str] | None = None) -> Forecast:
    """When all that is open now will be done, from the weeks before today.

    The week in which the first item came does not count: that is when a plan is written down, and nobody goes on adding
    at that rate. Nothing is claimed from fewer than six weeks after it, from fewer than five things done in them, or
    further ahead than three years.
    """
    points = burn_up(timeline, paths=paths, until=today)
    now = counted_on(points, today)
    left = now.total - now.done
    if not now.total:
        return Forecast(None, None, "There is nothing to do.", 0)
    if not left:
        return Forecast(None, None, "All done.", 0)
    count = min(((today - points[0].day).days - 6) // 7, MOST_WEEKS)
    if count < FEWEST_WEEKS:
        reason = f"Too early to say: that takes {FEWEST_WEEKS} weeks after the first one, and there "
        return Forecast(None, None, f"{reason}{'is' if count == 1 else 'are'} {max(count, 0)}.", max(count, 0))
    weeks = []
    for first, last in weeks_until(today, count):
        changes = changes_between(timeline, first, last, paths=paths)
        before, after = counted_on(points, first - dt.timedelta(days=1)), counted_on(points, last)
        done = len(changes.done) - len(changes.undone)
        added = (after.total - after.done) - (before.total - before.done) + done
        weeks.append(_Week(done, added, len(changes.done)))
    return _from_weeks(weeks, left, today)


def _from_weeks(weeks: list[_Week], left: int, today: dt.date) -> Forecast:
    count = len(weeks)
    finished = sum(week.finished for week in weeks)
    if finished < FEWEST_DONE:
        reason = f"Too little to say: {finished or 'nothing'} done in the last {count} weeks; that takes {FEWEST_DONE}."
        return Forecast(None, None, reason, count)
    done, added = sum(week.done for week in weeks), sum(week.added for week in weeks)
    based = f"From the last {count} weeks: {_rates(added, done, count)}."
    average = (done - added) / count
    if average <= 0:
        reason = f"At the present pace it does not end: {_rates(added, done, count)} (the last {count} weeks)."
        return Forecast(None, None, reason, count)
    stretches = [
        sum(week.done - week.added for week in weeks[begin : begin + STRETCH]) / STRETCH
        for begin in range(count - STRETCH + 1)
    ]
    slow, _, fast = quantiles(stretches, n=4, method="inclusive")
    earliest = _day_after(today, left, max(fast, average))
    latest = _day_after(today, left, min(slow, average))
    if earliest is None:
        return Forecast(None, None, f"More than three years at the present pace. {based}", count)
    if latest is None:
        return Forecast(earliest, None, f"{based} At the pace of the slower of them there is no end in sight.", count)
    return Forecast(earliest, latest, based, count)


def _day_after(today: dt.date, left: int, per_week: float) -> dt.date | None:
    days = math.ceil(left / per_week * 7) if per_week > 0 else FARTHEST + 1
    return today + dt.timedelta(days=days) if days <= FARTHEST else None


def _rates(added: int, done: int, weeks: int) -> str:
    """`3 added a week, 2 done`; `added` may be below zero."""
    rate = f"{_number(abs(added) / weeks)} {'added' if added >= 0 else 'dropped'} a week"
    return f"{rate}, {_number(done / weeks)} done"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
