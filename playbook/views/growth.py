"""What the charts of progress are drawn from: done against scope, a year of days, months; each with its table.

Knows nothing of SVG, pixels or colours. What it is given has already been selected for the audience.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from playbook.history.timeline import Timeline
from playbook.ledger import Month
from playbook.progress import Forecast, Point, burn_up, forecast
from playbook.progress.forecasting import PLANNING
from playbook.views.words import count, day_text, month_text, span_text

MOST_PAST = 2 * 366
"""Days of the past that a line shows."""
MOST_ROWS = 24
LEVELS = (1, 2, 4, 8)
"""From how many items on a day is of level 1, 2, 3 and 4."""
WEEKS = 53


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: what stands above its columns, and below."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# ---- done against scope


@dataclass(frozen=True, slots=True)
class BurnupView:
    """How much there was to do over time, how much of it was done, and when it may all be."""

    title: str
    today: dt.date
    points: tuple[Point, ...]
    """One for each day on which either changed, oldest first; the first may be what there was when the window opens."""
    forecast: Forecast
    due: dt.date | None = None
    is_complete: bool = True
    """Whether the history goes back to the beginning."""
    is_uncommitted: bool = False
    """Whether the last point is on the disk alone."""

    @property
    def now(self) -> Point:
        """How things stand today."""
        return (
            Point(self.today, self.points[-1].done, self.points[-1].total) if self.points else Point(self.today, 0, 0)
        )

    @property
    def plan(self) -> Point:
        """How things stood at the end of the first week, in which a plan is written down; today, if that is younger."""
        points = self.points or (self.now,)
        end = points[0].day.toordinal() + PLANNING
        return [point for point in points if point.day.toordinal() < end][-1]

    @property
    def is_young(self) -> bool:
        """Whether it begins today, so that there is no line to draw yet."""
        return not self.points or self.points[0].day >= self.today

    @property
    def grown(self) -> int:
        """By how much there is more to do than was planned; below zero where it became less."""
        return self.now.total - self.plan.total

    @property
    def outlook(self) -> str:
        """The forecast as a sentence or two; what it is based on always stands in it, or why nothing is claimed."""
        found = self.forecast
        if found.earliest is None:
            return found.reason
        if found.latest is None:
            return f"Done on {day_text(found.earliest)} at the earliest. {found.reason}"
        words = span_text(found.earliest, found.latest)
        return f"{'Done on' if found.earliest == found.latest else 'Done some time within'} {words}. {found.reason}"

    @property
    def table(self) -> Rows:
        """The numbers, newest first: every point, or where there are many the last of each month."""
        shown = self.points
        if len(shown) > MOST_ROWS:
            shown = tuple({(point.day.year, point.day.month): point for point in shown}.values())
        return Rows(
            ("Day", "Done", "Of"),
            tuple((day_text(point.day), str(point.done), str(point.total)) for point in reversed(shown)),
        )


def burnup_view(
    timeline: Timeline,
    today: dt.date,
    *,
    title: str,
    paths: Collection[str] | None = None,
    due: dt.date | None = None,
) -> BurnupView:
    """The lines of some files' items (of all, without `paths`) up to today, two years of them at most."""
    points = burn_up(timeline, paths=paths, until=today)
    outlook = forecast(timeline, today, paths=paths, points=points)
    begin = dt.date.fromordinal(max(today.toordinal() - MOST_PAST, 1))
    older = bisect_right(points, begin, key=lambda point: point.day)
    if older:
        points = (Point(begin, points[older - 1].done, points[older - 1].total), *points[older:])
    last = timeline.steps[-1] if timeline.steps else None
    is_uncommitted = last is not None and last.is_working_tree and last.day <= today and _moved_in(timeline, paths)
    return BurnupView(
        title,
        today,
        points,
        outlook,
        due,
        is_complete=timeline.is_complete,
        is_uncommitted=is_uncommitted,
    )


def _moved_in(timeline: Timeline, paths: Collection[str] | None) -> bool:
    """Whether anything happened in these files in the last step."""
    last = len(timeline.steps) - 1
    for event in reversed(timeline.events):
        if event.step != last:
            return False
        if paths is None or event.path in paths:
            return True
    return False


# ---- a year of days


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which something moved."""

    day: dt.date
    count: int
    """How many items."""
    column: int
    """The week, counted from the first one shown."""
    row: int
    """0 is Monday."""

    @property
    def level(self) -> int:
        """1 to 4: one item, two or three, four to seven, more."""
        return bisect_right(LEVELS, self.count)

    @property
    def hint(self) -> str:
        """`3 Nov 2026: 4 items`."""
        return f"{day_text(self.day)}: {count(self.count, 'item')}"


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The last 53 weeks, Monday to Sunday, with the days on which something moved; the last one ends today."""

    first: dt.date
    """A Monday."""
    today: dt.date
    days: tuple[CalendarDay, ...]
    """Oldest first."""

    @property
    def months(self) -> tuple[tuple[int, dt.date], ...]:
        """(column, first day) of each month that begins in the year shown, but for one that begins as it ends."""
        found = []
        for first in _months(self.first, self.today):
            if first >= self.first:
                column = (first - self.first).days // 7
                if column < WEEKS - 2:
                    found.append((column, first))
        return tuple(found)

    @property
    def table(self) -> Rows:
        """Each month with the days on which something moved and the items that did, newest first."""
        by_month: dict[dt.date, list[CalendarDay]] = {}
        for day in self.days:
            by_month.setdefault(day.day.replace(day=1), []).append(day)
        return Rows(
            ("Month", "Days", "Items moved"),
            tuple(
                (month_text(first), str(len(days)), str(sum(day.count for day in days)))
                for first, days in sorted(by_month.items(), reverse=True)
            ),
        )


def first_day_of_calendar(today: dt.date) -> dt.date:
    """The Monday on which the calendar begins that ends today."""
    monday = today.toordinal() - today.weekday()
    return dt.date.fromordinal(max(monday - 7 * (WEEKS - 1), 1))


def calendar_view(active: Mapping[dt.date, int], today: dt.date) -> CalendarView:
    """The year up to today; `active` is day → how many items moved, as `active_days` counts them."""
    first = first_day_of_calendar(today)
    days = tuple(
        CalendarDay(day, moved, (day - first).days // 7, day.weekday())
        for day, moved in sorted(active.items())
        if first <= day <= today and moved > 0
    )
    return CalendarView(first, today, days)


# ---- months


@dataclass(frozen=True, slots=True)
class MonthsView:
    """What passed between you and others, month by month, oldest first."""

    months: tuple[Month, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any month."""
        return not any(month.touches or month.kept or month.gave or month.received for month in self.months)

    @property
    def table(self) -> Rows:
        """The numbers, newest first."""
        return Rows(
            ("Month", "Contacts", "Promises kept", "Gave", "Received"),
            tuple(
                (month_text(month.first), *map(str, (month.touches, month.kept, month.gave, month.received)))
                for month in reversed(self.months)
            ),
        )


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of each month that has a day in the span."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield dt.date(number // 12, number % 12 + 1, 1)
