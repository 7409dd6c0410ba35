"""What the charts of progress are drawn from, and the tables behind them."""

from __future__ import annotations

import datetime as dt

from playbook.ledger import Month
from playbook.progress import Forecast, Point
from playbook.views.growth import (
    BurnupView,
    CalendarDay,
    MonthsView,
    Rows,
    burnup_view,
    calendar_view,
    first_day_of_calendar,
)
from tests.history_values import STAFF, TALK, timeline_of

TODAY = dt.date(2026, 11, 21)
EARLY = Forecast(
    None,
    None,
    "Too early to say when all may be done: a forecast needs 6 weeks, not counting the first, and there are 2 so far.",
    2,
)
TOLD = timeline_of("""
    2026-11-01 goals/staff.yml created Draft it
    2026-11-01 goals/talk.yml created Find a room
    2026-11-03 goals/staff.yml created Ask Grace
    2026-11-10 goals/staff.yml created Send it
    2026-11-12 goals/staff.yml done Draft it
    2026-11-20* goals/talk.yml done Find a room
""")


def test_a_burn_up_of_a_goal_holds_its_points_its_forecast_and_whether_they_are_committed():
    due = dt.date(2027, 4, 15)
    points = (
        Point(dt.date(2026, 11, 1), 0, 1),
        Point(dt.date(2026, 11, 3), 0, 2),
        Point(dt.date(2026, 11, 10), 0, 3),
        Point(dt.date(2026, 11, 12), 1, 3),
    )
    view = burnup_view(TOLD, TODAY, title="Be promoted", paths={STAFF}, due=due)
    assert view == BurnupView("Be promoted", TODAY, points, EARLY, due, is_complete=True, is_uncommitted=False)
    assert (view.now, view.plan, view.grown) == (Point(TODAY, 1, 3), points[1], 1)
    assert burnup_view(TOLD, TODAY, title="", paths={TALK}).is_uncommitted
    assert not burnup_view(TOLD, dt.date(2026, 11, 19), title="").is_uncommitted


def test_a_burn_up_shows_two_years_and_begins_with_what_there_was():
    timeline = timeline_of("""
        2024-01-01 goals/staff.yml created Draft it
        2024-02-01 goals/staff.yml created Ask Grace
        2026-11-10 goals/staff.yml done Draft it
    """)
    assert burnup_view(timeline, TODAY, title="").points == (
        Point(dt.date(2024, 11, 19), 0, 2),
        Point(dt.date(2026, 11, 10), 1, 2),
    )


def test_the_table_of_a_burn_up_is_newest_first_and_by_month_where_there_are_many():
    few = BurnupView("", TODAY, (Point(dt.date(2026, 11, 1), 0, 2), Point(dt.date(2026, 11, 12), 1, 2)), EARLY)
    assert few.table == Rows(("Day", "Done", "Of"), (("12 Nov 2026", "1", "2"), ("1 Nov 2026", "0", "2")))
    many = tuple(Point(dt.date(2026, 10, 8) + dt.timedelta(days=n), n, 50) for n in range(30))
    rows = (("6 Nov 2026", "29", "50"), ("31 Oct 2026", "23", "50"))
    assert BurnupView("", TODAY, many, EARLY).table.rows == rows


def test_the_outlook_names_the_range_and_what_it_is_based_on():
    first, last, why = dt.date(2027, 1, 3), dt.date(2027, 7, 24), "From the last 12 weeks: 0 added a week, 2 done."
    said = [
        BurnupView("", TODAY, (), Forecast(*days, why, 12)).outlook
        for days in ((first, last), (first, first), (first, None), (None, None))
    ]
    assert said == [
        f"Done some time within 3 Jan – 24 Jul 2027. {why}",
        f"Done on 3 Jan 2027. {why}",
        f"Done on 3 Jan 2027 at the earliest. {why}",
        why,
    ]


def test_a_calendar_holds_53_weeks_up_to_today():
    first = dt.date(2025, 11, 17)
    active = {dt.date(2025, 11, 16): 9, first: 1, dt.date(2026, 1, 1): 3, TODAY: 8, dt.date(2026, 11, 22): 1}
    view = calendar_view(active, TODAY)
    assert (first_day_of_calendar(TODAY), view.first) == (first, first)
    assert view.days == (
        CalendarDay(first, 1, 0, 0),
        CalendarDay(dt.date(2026, 1, 1), 3, 6, 3),
        CalendarDay(TODAY, 8, 52, 5),
    )
    assert [day.level for day in view.days] == [1, 2, 4]
    assert view.months[:2] == ((2, dt.date(2025, 12, 1)), (6, dt.date(2026, 1, 1)))
    assert view.table == Rows(
        ("Month", "Days", "Items moved"),
        (("Nov 2026", "1", "8"), ("Jan 2026", "1", "3"), ("Nov 2025", "1", "1")),
    )


def test_a_month_that_begins_as_the_year_ends_has_no_label():
    assert calendar_view({}, dt.date(2026, 12, 3)).months[-1][1] == dt.date(2026, 11, 1)


def test_the_table_of_months_is_newest_first():
    view = MonthsView((Month(dt.date(2026, 10, 1)), Month(dt.date(2026, 11, 1), 1, 2, 3, 4)))
    rows = (("Nov 2026", "1", "2", "3", "4"), ("Oct 2026", "0", "0", "0", "0"))
    assert view.table == Rows(("Month", "Contacts", "Promises kept", "Gave", "Received"), rows)
    assert (view.is_empty, MonthsView(view.months[:1]).is_empty) == (False, True)
