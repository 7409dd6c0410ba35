"""Contacts, promises, giving and receiving by month, from texts through the real loader."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from playbook.ledger import Month, months_of
from tests.support import book

ADA = """
    name: Ada
    promises:
      - {what: Send the numbers, kept: 2026-10-04}
      - {what: Read the draft, kept: true}
      - {what: Ask Grace, due: 2026-10-30}
      - {what: Read mine, by: them, kept: 2026-10-05}
    offers:
      - {what: The numbers, given: 2026-10-04}
      - {what: A chair, given: 2026-10-06}
      - A review
    log:
      - {date: 2026-10-04, kind: gave, what: The numbers, with: grace}
      - {date: 2026-10-04, kind: heard}
      - {date: 2026-12-01, kind: received}
      - {date: 2026-12-02, kind: note}
      - {date: 2026-12-03, kind: engaged}
      - {kind: gave}
"""
GRACE = "{name: Grace, log: [{date: 2026-12-31, kind: introduced, about: ada}, {date: 2027-01-01, kind: received}]}"
FILES = {
    "people/ada.yml": ADA,
    "people/grace.yml": GRACE,
    "events/camp.yml": "{title: Camp, starts: 2026-12-05, outcomes: {met: [ada, grace]}}",
}


def months(first: str, last: str) -> tuple[Month, ...]:
    loaded = book(FILES)
    assert loaded.problems == ()
    return months_of(loaded.playbook, dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_each_month_counts_contacts_kept_promises_giving_and_receiving():
    assert months("2026-10-15", "2027-01-15") == (
        Month(dt.date(2026, 10, 1)),
        Month(dt.date(2026, 11, 1)),
        Month(dt.date(2026, 12, 1), touches=4, gave=1, received=1),
        Month(dt.date(2027, 1, 1), touches=1, received=1),
    )


def test_a_person_counts_once_a_day_and_everybody_who_was_there_counts():
    assert months("2026-10-01", "2026-10-31") == (Month(dt.date(2026, 10, 1), touches=2, kept=1, gave=2),)


def test_only_the_days_asked_for_count():
    assert months("2026-12-06", "2026-12-31") == (Month(dt.date(2026, 12, 1), touches=1, gave=1),)
    assert months("2026-12-31", "2026-11-01") == ()


@given(st.dates(dt.date(2026, 9, 1), dt.date(2027, 2, 1)))
def test_two_spans_add_up(day):
    playbook = book(FILES).playbook
    first, last = dt.date(2026, 9, 1), dt.date(2027, 2, 2)
    parts = months_of(playbook, first, day) + months_of(playbook, day + dt.timedelta(days=1), last)
    whole = months_of(playbook, first, last)
    for name in ("touches", "kept", "gave", "received"):
        assert sum(getattr(month, name) for month in parts) == sum(getattr(month, name) for month in whole)
