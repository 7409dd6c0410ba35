"""Says between which days everything will be done if the coming weeks are like the last ones; or why nobody can say.

By how much the open items became fewer in each of the last weeks (what was done less what was added) has an average,
and weeks differ from it. The range is the 80 percent prediction interval of a sum of weeks to come: it grows with the
square root of their number, since each will differ, and with their number, since the average of twelve weeks is itself
uncertain (Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd ed., 5.5, the drift method).
On invented histories 8 in 10 ends fall into it where the pace stays the same, also where work comes in bursts, and 6 in
10 where the pace itself wanders from month to month (`tests/test_forecast.py`).
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

from playbook.history.timeline import Timeline
from playbook.progress.changes import changes_between
from playbook.progress.counting import Point, burn_up, counted_on
from playbook.progress.pace import weeks_until

MOST_WEEKS = 12
"""How far it looks back."""
FEWEST_WEEKS = 6
FEWEST_DONE = 5
FARTHEST = 2 * 365
"""How many days ahead anything is said."""
PLANNING = 7
"""Days from the first item on in which a plan is written down: what is added in them is no growth."""
_EIGHT_IN_TEN = 1.2816
"""Standard deviations to both sides that hold 80 percent of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Between which days everything is done at the pace of the last weeks."""

    earliest: dt.date | None
    """None where nothing is claimed."""
    latest: dt.date | None
    """None also where the weeks differ too much to name one."""
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


def forecast(
    timeline: Timeline,
    today: dt.date,
    *,
    paths: Collection[str] | None = None,
    points: Sequence[Point] | None = None,
) -> Forecast:
    """When all that is open now will be done, from the weeks before today.

    The week in which the first item came does not count: that is when a plan is written down, and nobody goes on adding
    at that rate. Nothing is claimed from fewer than six weeks after it, from fewer than five things done in them, or
    further ahead than two years. `points` is their burn-up until today, where it is at hand.
    """
    if points is None:
        points = burn_up(timeline, paths=paths, until=today)
    now = counted_on(points, today)
    left = now.total - now.done
    if not now.total:
        return Forecast(None, None, "There is nothing to do.", 0)
    if not left:
        return Forecast(None, None, "All done.", 0)
    count = min(((today - points[0].day).days + 1 - PLANNING) // 7, MOST_WEEKS)
    if count < FEWEST_WEEKS:
        so_far = f"are {count}" if count > 1 else "is one" if count == 1 else "is none"
        takes = f"a forecast needs {FEWEST_WEEKS} weeks, not counting the first, and there {so_far} so far"
        return Forecast(None, None, f"Too early to say when all may be done: {takes}.", max(count, 0))
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
    if done <= added:
        reason = f"At the present pace it does not end: {_rates(added, done, count)} (the last {count} weeks)."
        return Forecast(None, None, reason, count)
    earliest, latest = days_until_done([week.done - week.added for week in weeks], left)
    if earliest is None:
        return Forecast(None, None, f"More than two years at the present pace. {based}", count)
    if latest is None:
        based += " They differ too much to name a last day."
    return Forecast(_plus(today, earliest), None if latest is None else _plus(today, latest), based, count)


def days_until_done(weeks: Sequence[int], left: int) -> tuple[int | None, int | None]:
    """(fewest, most) days that `left` items will take; None for more than `FARTHEST`.

    Args:
        weeks: by how many the open items became fewer in each week, two weeks at least; above 0 in all.
        left: how many are open.
    """
    average, spread = mean(weeks), stdev(weeks)

    def is_enough(days: int, side: int) -> bool:
        ahead = days / 7
        off = _EIGHT_IN_TEN * spread * math.sqrt(ahead + ahead * ahead / len(weeks))
        return average * ahead + side * off >= left - 1e-9

    # On both sides what is enough stays enough, though the slow side falls before it rises: both can be bisected.
    fewest, most = (
        1 + bisect_left(range(1, FARTHEST + 1), 1, key=lambda days: is_enough(days, side)) for side in (1, -1)
    )
    return (None if fewest > FARTHEST else fewest, None if most > FARTHEST else most)


def _plus(today: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(today.toordinal() + days, dt.date.max.toordinal()))


def _rates(added: int, done: int, weeks: int) -> str:
    """`3 added a week, 2 done`; `added` may be below zero."""
    rate = f"{_number(abs(added) / weeks)} {'added' if added >= 0 else 'dropped'} a week"
    return f"{rate}, {_number(done / weeks)} done"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
