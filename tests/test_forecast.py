"""When everything may be done: what is claimed, what is not, and how often it comes true on invented histories."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.history.timeline import Timeline
from playbook.progress import Forecast, forecast
from playbook.progress.forecasting import days_until_done
from tests.history_values import STAFF, timeline_of, timelines

TODAY = dt.date(2026, 11, 21)


def steady(weeks: list[tuple[int, int]], begin: int, first_week: int = 0) -> Timeline:
    """`begin` items, and from the second week on (added, done) in each."""
    start = TODAY - dt.timedelta(days=7 * (len(weeks) + 1))
    lines = [f"{start} {STAFF} created item {n}" for n in range(begin)]
    count, done = begin, 0
    for number, (added, finished) in enumerate(weeks):
        on = start + dt.timedelta(days=7 * (number + 1) + 3)
        lines += [f"{on} {STAFF} created item {count + n}" for n in range(added)]
        lines += [f"{on} {STAFF} done item {done + n}" for n in range(finished)]
        count, done = count + added, done + finished
    return timeline_of("\n".join(lines))


def test_a_steady_pace_leads_to_one_day():
    assert forecast(steady([(0, 2)] * 12, 34), TODAY) == Forecast(
        TODAY + dt.timedelta(weeks=5),
        TODAY + dt.timedelta(weeks=5),
        "From the last 12 weeks: 0 added a week, 2 done.",
        12,
    )


def test_an_uneven_pace_leads_to_a_range():
    # 15 are open; weeks take away 1.25 on average, with a standard deviation of 1.913. In 43 days, 6.143 weeks, that is
    # 7.68, and 1.2816 * 1.913 * sqrt(6.143 + 6.143 ** 2 / 12) = 7.47 more in good weeks.
    weeks = [(0, 4), (0, 0), (1, 2), (0, 0), (0, 1), (2, 1), (0, 3), (0, 0), (0, 2), (0, 5), (1, 0), (0, 1)]
    assert forecast(steady(weeks, 30), TODAY) == Forecast(
        TODAY + dt.timedelta(days=43), TODAY + dt.timedelta(days=245),
        "From the last 12 weeks: 0.3 added a week, 1.6 done.", 12,
    )  # fmt: skip


def test_what_was_added_in_the_first_week_is_the_plan_and_no_growth():
    lines = [f"2026-10-0{3 + n} {STAFF} created item {n}" for n in range(6)]
    lines += [f"{TODAY - dt.timedelta(weeks=6 - n)} {STAFF} done item {n}" for n in range(1, 6)]
    assert forecast(timeline_of("\n".join(lines)), TODAY) == Forecast(
        dt.date(2026, 11, 26), dt.date(2026, 12, 8), "From the last 6 weeks: 0 added a week, 0.8 done.", 6
    )


EARLY = "Too early to say when all may be done: a forecast needs 6 weeks, not counting the first, and there"


@pytest.mark.parametrize(
    ("weeks", "begin", "expected"),
    [
        ([], 0, Forecast(None, None, "There is nothing to do.", 0)),
        ([(0, 1)], 1, Forecast(None, None, "All done.", 0)),
        (
            [(0, 2)] * 5,
            20,
            Forecast(None, None, f"{EARLY} are 5 so far.", 5),
        ),
        ([], 1, Forecast(None, None, f"{EARLY} is none so far.", 0)),
        (
            [(0, 2)],
            20,
            Forecast(None, None, f"{EARLY} is one so far.", 1),
        ),
        (
            [(0, 0)] * 8 + [(0, 4)],
            20,
            Forecast(None, None, "Too little to say: 4 done in the last 9 weeks; that takes 5.", 9),
        ),
        (
            [(0, 0)] * 12,
            20,
            Forecast(None, None, "Too little to say: nothing done in the last 12 weeks; that takes 5.", 12),
        ),
        (
            [(3, 2)] * 8,
            20,
            Forecast(
                None, None, "At the present pace it does not end: 3 added a week, 2 done (the last 8 weeks).", 8
            ),
        ),
        (
            [(0, 1)] * 12,
            400,
            Forecast(
                None,
                None,
                "More than two years at the present pace. From the last 12 weeks: 0 added a week, 1 done.",
                12,
            ),
        ),
        (
            [(0, 0)] * 8 + [(0, 6), (0, 0), (0, 6), (0, 0)],
            24,
            Forecast(
                dt.date(2026, 12, 23),
                None,
                "From the last 12 weeks: 0 added a week, 1 done. They differ too much to name a last day.",
                12,
            ),
        ),
    ],
    ids=["nothing", "all done", "early", "first day", "one week", "few", "none", "growing", "far", "slow"],
)  # fmt: skip
def test_nothing_is_claimed_that_the_history_does_not_say(weeks, begin, expected):
    assert forecast(steady(weeks, begin), TODAY) == expected


def test_what_was_dropped_makes_the_end_come_closer():
    lines = [f"2026-08-22 {STAFF} created item {n}" for n in range(40)]
    lines += [f"{dt.date(2026, 9, 3) + dt.timedelta(weeks=n)} {STAFF} done item {n}" for n in range(12)]
    lines += [f"{dt.date(2026, 9, 3) + dt.timedelta(weeks=n)} {STAFF} dropped item {39 - n}" for n in range(12)]
    assert forecast(timeline_of("\n".join(sorted(lines))), TODAY) == Forecast(
        TODAY + dt.timedelta(weeks=8),
        TODAY + dt.timedelta(weeks=8),
        "From the last 12 weeks: 1 dropped a week, 1 done.",
        12,
    )


@given(timelines(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 1)))
def test_a_forecast_lies_ahead_and_its_end_behind_its_beginning(timeline, today):
    found = forecast(timeline, today)
    assert found.reason
    assert found.earliest is None or today < found.earliest <= (found.latest or dt.date.max)
    assert found.latest is None or found.earliest is not None


def some(chance: random.Random, average: float) -> int:
    """A number of a Poisson distribution (Knuth)."""
    product, count = chance.random(), 0
    while product > math.exp(-average):
        product, count = product * chance.random(), count + 1
    return count


def lives(chance: random.Random, kind: str) -> Iterator[int]:
    """By how much the open items become fewer in one week after the other."""
    pace = chance.choice((0.5, 1, 2, 4))
    growth = pace * chance.choice((0, 0.1, 0.3, 0.5))
    mood = 0.0
    while True:
        mood = 0.8 * mood + chance.gauss(0, 0.45)
        factor = {"steady": 1.0, "bursts": chance.choice((0, 0, 1, 3)), "moods": math.exp(mood)}[kind]
        yield some(chance, pace * factor) - some(chance, growth)


@pytest.mark.parametrize(("kind", "at_least"), [("steady", 0.8), ("bursts", 0.8), ("moods", 0.6)])
@pytest.mark.parametrize("weeks", [6, 12])
def test_most_invented_histories_end_within_what_was_said(kind, weeks, at_least):
    chance = random.Random(4)  # noqa: S311  (the same histories every time)
    within = []
    for _ in range(400):
        life = lives(chance, kind)
        seen = [next(life) for _ in range(20 + weeks)][20:]  # the mood needs a while to be any
        left = chance.choice((3, 6, 12, 25, 50))
        if sum(seen) <= 0:
            continue
        fewest, most = days_until_done(seen, left)
        if fewest is None:
            continue
        days = 0
        while left > 0 and days < 5000:
            left, days = left - next(life), days + 7
        # A week's items are done somewhere within it.
        within.append(fewest <= days and (most is None or days - 6 <= most))
    assert len(within) > 250
    assert sum(within) / len(within) >= at_least
