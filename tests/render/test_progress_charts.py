"""Charts of progress: what they show of values by hand, and that no history breaks them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.ledger import Month
from playbook.progress import Forecast, Point
from playbook.render.charts import burnup, calendar, months
from playbook.views.growth import BurnupView, MonthsView, burnup_view, calendar_view
from tests.effort import examples
from tests.history_values import timelines

TODAY = dt.date(2026, 11, 21)
CSS = Path(__file__).parents[2] / "templates" / "assets" / "charts.css"
SVG = "{http://www.w3.org/2000/svg}"

POINTS = (
    Point(dt.date(2026, 6, 1), 0, 8),
    Point(dt.date(2026, 6, 3), 0, 9),
    Point(dt.date(2026, 8, 12), 3, 9),
    Point(dt.date(2026, 10, 4), 4, 12),
)
RANGE = Forecast(dt.date(2026, 12, 21), dt.date(2027, 2, 1), "From the last 12 weeks: 0.3 added a week, 1.2 done.", 12)
SILENT = Forecast(None, None, "Too early to say: that takes 6 weeks after the first one, and there is 1.", 1)
STAFF = BurnupView("Be promoted", TODAY, POINTS, RANGE, dt.date(2027, 1, 15))
YEAR = {
    dt.date(2025, 11, 17): 1, dt.date(2026, 1, 1): 2, dt.date(2026, 11, 3): 4, dt.date(2026, 11, 20): 8, TODAY: 3,
}  # fmt: skip
MONTHS = MonthsView(
    (Month(dt.date(2026, 9, 1), 3, 0, 1, 0), Month(dt.date(2026, 10, 1)), Month(dt.date(2026, 11, 1), 1, 2, 0, 4))
)


def lines(svg: str) -> str:
    """One element a line, so that a golden file's difference can be read."""
    return svg.replace("><", ">\n<") + "\n"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())  # noqa: S314  (our own)


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def description(svg: str) -> str | None:
    return parsed(svg).findtext(f"{SVG}desc")


def classes(svg: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()}


def outline(svg: str, class_: str) -> list[float]:
    """The numbers of the one outline of that class."""
    (found,) = re.findall(rf'd="([^"]*)" class="{class_}"', svg)
    return [float(number) for number in re.findall(r"-?[\d.]+", found)]


# ---- burn-up


def test_a_burn_up_shows_done_scope_what_was_added_today_due_and_the_range(golden):
    golden("charts/burnup.svg", lines(burnup(STAFF, "staff")))


def test_a_burn_up_says_in_words_what_it_shows():
    assert description(burnup(STAFF, "b")) == (
        "4 of 12 items done on 21 Nov 2026; on 3 Jun 2026 it was 0 of 9, so there are 3 more. Due 15 Jan 2027. Done some "
        "time within 21 Dec 2026 – 1 Feb 2027. From the last 12 weeks: 0.3 added a week, 1.2 done."
    )
    young = BurnupView("Be promoted", TODAY, POINTS[-1:], SILENT, is_complete=False, is_uncommitted=True)
    assert description(burnup(young, "b")) == (
        "4 of 12 items done on 21 Nov 2026; on 4 Oct 2026 it was 4 of 12, so there are as many as then. What came before "
        "that is not known here. The last of it is not committed yet. Too early to say: that takes 6 weeks after the first "
        "one, and there is 1."
    )


def test_a_burn_up_of_nothing_says_so():
    svg = burnup(BurnupView("", TODAY, (), Forecast(None, None, "There is nothing to do.", 0)), "b")
    assert (texts(svg), description(svg)) == (["Nothing to do yet."], "Nothing to do yet.")


def test_on_the_first_day_the_scope_is_drawn_as_a_stroke_at_its_height():
    svg = burnup(BurnupView("", TODAY, (Point(TODAY, 1, 4),), SILENT), "b")
    left, top, right = outline(svg.partition("translate")[0], "ch-scope")
    assert (right - left, top) == (14, 40)


def test_nothing_is_drawn_ahead_where_nothing_is_claimed():
    view = BurnupView("Be promoted", TODAY, POINTS, SILENT)
    assert "ch-wedge" not in classes(burnup(view, "b"))
    assert "expected" not in texts(burnup(view, "b"))


def test_a_range_without_an_end_lies_open_to_the_edge():
    open_end = Forecast(dt.date(2026, 12, 21), None, "From the last 12 weeks.", 12)
    corners = outline(burnup(BurnupView("", TODAY, POINTS, open_end), "b"), "ch-wedge")
    assert corners[4:] == [394, 40, 394, corners[1]]


def test_what_lies_beyond_the_edge_is_cut_there():
    far = Forecast(dt.date(2028, 1, 1), dt.date(2028, 6, 1), "From the last 12 weeks.", 12)
    svg = burnup(BurnupView("", TODAY, POINTS, far, dt.date(2030, 1, 1)), "b")
    assert outline(svg, "ch-wedge")[2::2] == [394, 394]
    assert "due 1 Jan 2030" in texts(svg)
    assert "ch-arrow" in classes(svg)


def test_what_is_not_committed_ends_in_a_hollow_dot():
    committed, not_yet = (BurnupView("", TODAY, POINTS, SILENT, is_uncommitted=flag) for flag in (False, True))
    assert classes(burnup(not_yet, "b")) - classes(burnup(committed, "b")) == {"ch-mark-open"}
    assert "not committed yet" in texts(burnup(not_yet, "b"))


def test_a_thousand_points_make_no_large_picture():
    points = tuple(Point(TODAY - dt.timedelta(days=730 - n), n, 2 * n) for n in range(1, 731))
    assert len(burnup(BurnupView("", TODAY, points, SILENT), "b")) < 25_000


@settings(max_examples=examples(60))
@given(timelines(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 1)), st.none() | st.dates())
def test_every_history_can_be_drawn_within_the_picture(timeline, today, due):
    svg = burnup(burnup_view(timeline, today, title="Any", due=due), "b")
    width, height = (float(size) for size in (parsed(svg).get("width", ""), parsed(svg).get("height", "")))
    for steps in re.findall(r' d="([^"]*)" (?:class="ch-(?:scope|done-line|wedge|due-line|today)|fill)', svg):
        assert all(0 <= float(number) <= max(width, height) for number in re.findall(r"-?[\d.]+", steps))


@pytest.mark.parametrize("today", [dt.date.min, dt.date.max])
def test_the_calendar_may_end(today):
    point = Point(today, 1, 2)
    assert "today" in texts(burnup(BurnupView("", today, (point,), SILENT, dt.date.max), "b"))
    assert description(calendar(calendar_view({today: 1}, today), "c")) is not None


# ---- calendar


def test_a_calendar_shows_each_day_on_which_something_moved(golden):
    golden("charts/calendar.svg", lines(calendar(calendar_view(YEAR, TODAY), "year")))


def test_a_day_says_how_much_moved_and_differs_in_size():
    svg = calendar(calendar_view(YEAR, TODAY), "c").split("</defs>")[1]
    days = re.findall(r'width="([\d.]+)" height="[\d.]+" class="ch-day ch-day-(\d)"><title>([^<]*)', svg)
    assert days == [
        ("5", "1", "17 Nov 2025: 1 item"),
        ("8", "2", "1 Jan 2026: 2 items"),
        ("10", "3", "3 Nov 2026: 4 items"),
        ("12", "4", "20 Nov 2026: 8 items"),
        ("8", "2", "21 Nov 2026: 3 items"),
    ]


def test_a_calendar_says_in_words_how_much_of_the_year_is_filled():
    assert description(calendar(calendar_view(YEAR, TODAY), "c")) == (
        "Something moved on 5 days since 17 Nov 2025, the last time on 21 Nov 2026; most on 20 Nov 2026: 8 items."
    )
    assert description(calendar(calendar_view({}, TODAY), "c")) == "Nothing moved since 17 Nov 2025."


# ---- months


def test_months_show_contacts_promises_and_giving_above_receiving(golden):
    golden("charts/months.svg", lines(months(MONTHS, "months")))


def test_months_say_in_words_what_they_hold():
    assert description(months(MONTHS, "m")) == (
        "From Sep 2026 to Nov 2026: contacts 4; promises kept 2; you gave 1; you received 4."
    )


@pytest.mark.parametrize("empty", [(), (Month(dt.date(2026, 11, 1)),)])
def test_months_without_anything_say_so(empty):
    assert texts(months(MonthsView(empty), "m")) == ["Nothing written down yet."]


def test_many_contacts_stay_inside_the_picture():
    busy = MonthsView((Month(dt.date(2026, 11, 1), 900, 0, 900, 900),))
    bars = [float(height) for height in re.findall(r'height="([\d.]+)" class="ch-', months(busy, "m"))]
    assert bars == [40, 40, 40]


# ---- all


def test_the_style_sheet_knows_every_class_of_these_charts():
    drawn = [
        burnup(STAFF, "a"),
        burnup(BurnupView("", TODAY, POINTS, SILENT, dt.date(2040, 1, 1), is_uncommitted=True), "b"),
        calendar(calendar_view(YEAR, TODAY), "c"),
        months(MONTHS, "m"),
    ]
    used = set.union(*map(classes, drawn))
    known = set(re.findall(r"\.(ch-[\w-]+)", CSS.read_text(encoding="utf-8")))
    # Those that need no looks of their own, but say what something is.
    assert used - known == {"ch-day-2", "ch-day-3", "ch-day-4"}


def test_no_title_breaks_out_and_ids_begin_with_the_charts_own():
    svg = burnup(BurnupView("</title><script>x</script>", TODAY, POINTS, RANGE), "staff")
    root = parsed(svg)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {
        "svg", "title", "desc", "defs", "pattern", "g", "path", "circle", "rect", "text",
    }  # fmt: skip
    ids = {node.get("id", "") for node in root.iter() if node.get("id")}
    assert ids == {"staff", "staff-title", "staff-desc", "staff-ahead", "staff-added"}
