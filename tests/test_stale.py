"""Whose file is worth another look: by a day that was set, else by how long nothing passed."""

from __future__ import annotations

import datetime as dt

from playbook.stale import stale_people
from tests.support import book

TODAY = dt.date(2026, 11, 21)


def stale(files: dict[str, str]) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    """(id, since, whether it was set, what is kept) of each file to look at."""
    playbook = book(files).playbook
    return [(one.person.id, str(one.since), one.is_set, one.keeps) for one in stale_people(playbook, TODAY)]


def test_a_day_that_was_set_counts_before_everything_else() -> None:
    assert stale({
        "people/over.yml": "{name: Over, review_by: 2026-11-20}",
        "people/today.yml": "{name: Today, review_by: 2026-11-21}",
        "people/later.yml": "{name: Later, review_by: 2027-01-01, notes: Long ago, met: {date: 2001-01-01}}",
    }) == [("over", "2026-11-20", True, ())]  # fmt: skip


def test_without_one_it_is_two_years_without_a_touch_if_anything_private_is_kept() -> None:
    assert stale({
        "people/old.yml": "{name: Old, channels: {email: old@example.org}, log: [{date: 2024-11-01, what: Call}]}",
        "people/note.yml": "{name: Note, notes: Shy, met: {date: 2023-01-01}}",
        "people/recent.yml": "{name: Recent, notes: Shy, log: [{date: 2024-12-01, what: Call}]}",
        "people/bare.yml": "{name: Bare, met: {date: 2001-01-01}}",
        "people/never.yml": "{name: Never, notes: Shy}",
    }) == [
        ("note", "2023-01-01", False, ("notes",)),
        ("old", "2024-11-01", False, ("channels", "log")),
    ]  # fmt: skip


def test_a_meeting_that_an_event_tells_of_is_a_touch() -> None:
    assert stale({
        "people/old.yml": "{name: Old, notes: Shy, met: {date: 2020-01-01}}",
        "events/camp.yml": "{title: Camp, starts: 2026-05-01, status: attended, outcomes: {met: [old]}}",
    }) == []  # fmt: skip
