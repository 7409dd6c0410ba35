"""The last talk: what counts as one, and what was written down of it."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.talks import Talk, last_talk
from tests.support import book

TODAY = dt.date(2026, 11, 21)
FAIR = "{title: Fair, starts: 2026-11-02}"


@pytest.mark.parametrize(
    ("person", "talk"),
    [
        ("log: [{date: 2026-11-03, kind: met, what: Queues.}]", Talk(dt.date(2026, 11, 3), "met", "Queues")),
        ("log: [{date: 2026-11-03, kind: asked, channel: phone}]", Talk(dt.date(2026, 11, 3), "asked", "")),
        ("log: [{date: 2026-11-03, kind: wrote}, {date: 2026-11-04, kind: heard, channel: email}]", None),
        ("log: [{date: 2026-11-03, kind: note, channel: phone}]", None),
        ("log: [{date: 2026-12-03, kind: met}]", None),
        ("met: {how: on a train}", Talk(None, "met", "")),
        ("met: {event: fair}", Talk(dt.date(2026, 11, 2), "met", "")),
        ("met: {date: 2026-12-02}", None),
        ("", None),
    ],
)
def test_a_talk_is_by_voice_and_not_a_message(person: str, talk: Talk | None) -> None:
    playbook = book({"people/ada.yml": f"name: Ada\n{person}", "events/fair.yml": FAIR}).playbook
    assert last_talk(playbook, playbook.people["ada"], TODAY) == talk


def test_a_later_meeting_that_others_tell_of_has_no_words_of_the_one_before() -> None:
    files = {
        "people/ada.yml": "{name: Ada, log: [{date: 2026-10-03, kind: met, what: Queues}]}",
        "people/bo.yml": "{name: Bo, log: [{date: 2026-10-20, kind: met, what: Lunch, with: [ada]}]}",
    }
    playbook = book(files).playbook
    assert last_talk(playbook, playbook.people["ada"], TODAY) == Talk(dt.date(2026, 10, 20), "met", "")
    fair = "{title: Fair, starts: 2026-11-02, outcomes: {met: [ada]}}"
    playbook = book({**files, "events/fair.yml": fair}).playbook
    assert last_talk(playbook, playbook.people["ada"], TODAY) == Talk(dt.date(2026, 11, 2), "met", "")


def test_of_an_event_of_some_days_the_words_are_those_of_its_own_line() -> None:
    log = "{date: 2026-11-02, kind: met, event: fair, what: Sharding}"
    files = {
        "people/ada.yml": f"name: Ada\nlog: [{log}]",
        "events/fair.yml": "{title: Fair, starts: 2026-11-02, ends: 2026-11-04, outcomes: {met: [ada]}}",
    }
    playbook = book(files).playbook
    assert last_talk(playbook, playbook.people["ada"], TODAY) == Talk(dt.date(2026, 11, 2), "met", "Sharding")
