"""A log entry is put where its author would have written it: on top where the newest stands on top, else at the end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.gestures.order import place_among, place_in_log
from playbook.graph.logs import is_newest_first, most_are_newest_first
from tests.support import book

JAN, FEB, MAR, APR = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))
UP, DOWN = (JAN, FEB), (FEB, JAN)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((), None),
        ((None, None), None),
        ((FEB, None), None),
        ((FEB, FEB), None),
        ((FEB, JAN), True),
        ((FEB, FEB, None, JAN), True),
        ((JAN, FEB), False),
        ((MAR, JAN, FEB), False),
    ],
)
def test_two_different_days_show_the_order_of_a_log(days, expected):
    assert is_newest_first(days) is expected


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        ((), False),
        ((DOWN,), True),
        ((DOWN, UP), False),
        ((DOWN, UP, DOWN), True),
        ((DOWN, (JAN,), (JAN, JAN), ()), True),
    ],
)
def test_more_than_half_of_the_logs_that_show_an_order_make_a_habit(logs, expected):
    assert most_are_newest_first(logs) is expected


@pytest.mark.parametrize(
    ("days", "on", "expected"),
    [
        ((), MAR, 0),
        ((None,), MAR, 0),
        ((FEB, JAN), MAR, 0),
        ((FEB, JAN), FEB, 0),
        ((None, FEB, JAN), MAR, 0),
        ((APR, FEB, FEB), MAR, 1),
        ((APR, FEB, FEB), FEB, 1),
        ((None, APR, None, FEB), MAR, 3),
        ((APR, MAR), FEB, None),
        ((APR, MAR, None), FEB, 2),
    ],
)
def test_what_is_written_late_stands_above_the_first_entry_that_is_not_later(days, on, expected):
    assert place_among(days, on) == expected


ordered = st.lists(st.dates(), min_size=2).map(lambda days: sorted(days, reverse=True))


@given(ordered, st.dates())
def test_a_log_that_is_kept_newest_first_stays_so(days, on):
    place = place_among(days, on)
    at = len(days) if place is None else place
    assert is_newest_first([*days[:at], on, *days[at:]]) is not False


@pytest.mark.parametrize(
    ("log", "others", "expected"),
    [
        ("[{date: 2026-02-01}, {date: 2026-01-01}]", "[{date: 2026-01-01}, {date: 2026-02-01}]", 0),
        ("[{date: 2026-01-01}, {date: 2026-02-01}]", "[{date: 2026-02-01}, {date: 2026-01-01}]", None),
        ("[{date: 2026-01-01}]", "[{date: 2026-02-01}, {date: 2026-01-01}]", 0),
        ("[]", "[{date: 2026-02-01}, {date: 2026-01-01}]", 0),
        ("Wrote a letter", "[{date: 2026-02-01}, {date: 2026-01-01}]", 0),
        ("[{date: 2026-04-01}]", "[{date: 2026-02-01}, {date: 2026-01-01}]", None),
        ("[{date: 2026-01-01}]", "[{date: 2026-01-01}, {date: 2026-02-01}]", None),
        ("[]", "[]", None),
    ],
)
def test_a_log_without_an_order_is_kept_as_the_others_are(log, others, expected):
    files = {
        "people/ada.yml": f"name: Ada\nlog: {log}\n",
        "people/bo.yml": f"name: Bo\nlog: {others}\n",
        "people/cy.yml": "name: Cy\n",
    }
    playbook = book(files).playbook
    assert place_in_log(playbook.people["ada"].record, MAR, playbook) == expected
