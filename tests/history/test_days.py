"""The axis of time: days that never go back, whatever the clocks said."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from playbook.history.days import Clock, days_of, moment
from tests.history.repo import Repo, checklist


def clock(day, committer=None, zone="+0000"):
    def noon(text):
        return int(dt.datetime.fromisoformat(f"{text}T12:00:00+00:00").timestamp())

    return Clock(noon(day), zone, noon(committer or day))


def days(*clocks, now=None):
    found = days_of(clocks, now)
    return [day.isoformat() for day in found.days], [(index, day.isoformat()) for index, day in found.ahead]


def test_each_step_is_on_the_earlier_of_its_two_days_and_none_before_the_last():
    assert days(
        clock("2026-01-01"), clock("2026-01-09", "2026-01-05"), clock("2026-01-02"), clock("2026-01-06", "2026-01-08")
    ) == (
        ["2026-01-01", "2026-01-05", "2026-01-05", "2026-01-06"],
        [],
    )


def test_a_day_is_that_of_the_authors_own_zone():
    late = int(dt.datetime(2026, 1, 1, 20, 0, tzinfo=dt.UTC).timestamp())
    assert [day.isoformat() for day in days_of([Clock(late, "+0530", late)]).days] == ["2026-01-02"]


def test_a_clock_far_ahead_moves_nobody_else():
    years = [clock("2026-01-01"), clock("2035-01-01"), clock("2026-01-02"), clock("2026-01-03")]
    assert days(*years) == (["2026-01-01", "2026-01-01", "2026-01-02", "2026-01-03"], [(1, "2035-01-01")])


def test_an_afternoon_with_a_wrong_clock_is_found_too():
    wrong = [clock("2029-06-01") for _ in range(10)]
    right = [clock(f"2026-02-{day:02}") for day in range(1, 13)]
    found, ahead = days(clock("2026-01-01"), *wrong, *right)
    assert found == ["2026-01-01"] * 11 + [f"2026-02-{day:02}" for day in range(1, 13)]
    assert ahead == [(n, "2029-06-01") for n in range(1, 11)]


def test_the_first_clock_may_be_the_wrong_one():
    assert days(clock("2035-01-01"), clock("2026-01-01"), clock("2026-01-02")) == (
        ["2026-01-01", "2026-01-01", "2026-01-02"],
        [(0, "2035-01-01")],
    )


def test_years_without_a_commit_are_no_wrong_clock():
    assert days(clock("2020-01-01"), clock("2026-01-01")) == (["2020-01-01", "2026-01-01"], [])
    assert days(clock("2020-01-01"), clock("2026-01-01"), clock("2026-01-02")) == (
        ["2020-01-01", "2026-01-01", "2026-01-02"],
        [],
    )


def test_nothing_lies_in_the_future_of_now():
    now = dt.datetime(2026, 1, 10, 8, 0, tzinfo=dt.UTC)
    assert days(clock("2026-01-01"), clock("2026-01-11"), clock("2026-01-12"), now=now) == (
        ["2026-01-01", "2026-01-11", "2026-01-11"],
        [(2, "2026-01-12")],
    )


def test_a_wrong_clock_is_noted_with_its_commit(tmp_path):
    repo = Repo(tmp_path / "mine")
    repo.commit({"goals/a.yml": checklist("One")})
    commit = repo.commit({"goals/a.yml": checklist("Two")}, committer="2035-03-04T12:00:00+0000")
    repo.commit({"goals/a.yml": checklist("Three")})
    assert [str(note) for note in repo.timeline().notes] == [
        f"Commit {commit[:7]} says that it was made on 2035-03-04; the clock was wrong, and it is shown on 2026-01-05."
    ]


@given(
    st.lists(st.builds(Clock, st.integers(), st.text(), st.integers())),
    st.none() | st.datetimes(timezones=st.just(dt.UTC)),
)
def test_whatever_git_has_kept_gives_days_in_order(clocks, now):
    found = days_of(clocks, now)
    assert len(found.days) == len(clocks)
    assert found.days == sorted(found.days)


@given(st.integers(), st.text() | st.from_regex(r"[+-]\d{4}", fullmatch=True))
def test_whatever_git_has_kept_is_a_moment(seconds, zone):
    assert moment(seconds, zone).tzinfo is not None
