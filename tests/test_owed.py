"""Who is owed a line after an event: everybody met there, until they hear from you."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.agenda import Task, TaskKind, tasks
from playbook.owed import awaits_a_line, unwritten_after
from tests.support import book

TODAY = dt.date(2026, 11, 21)
CAMP = "{title: Camp, starts: 2026-11-16, ends: 2026-11-18, outcomes: {met: [ada]}}"


def unwritten(ada: str = "name: Ada", camp: str = CAMP, today: dt.date = TODAY, **people: str) -> tuple[str, ...]:
    files = {"people/ada.yml": ada, "events/camp.yml": camp, **{f"people/{k}.yml": v for k, v in people.items()}}
    loaded = book(files)
    assert loaded.problems == ()
    return unwritten_after(loaded.playbook, loaded.playbook.events["camp"], today)


def test_who_was_met_at_an_event_waits_for_a_line() -> None:
    assert unwritten() == ("ada",)


def test_who_says_in_their_own_file_that_you_met_there_waits_too() -> None:
    assert unwritten(
        camp=CAMP.replace("met: [ada]", "learned: [much]"),
        ada="{name: Ada, met: {event: camp}}",
        bo="{name: Bo, log: [{date: 2026-11-17, kind: met, event: camp}]}",
        cy="{name: Cy, log: [{date: 2026-11-01, kind: wrote, event: camp}]}",
    ) == ("ada", "bo")


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("{date: 2026-11-19, kind: wrote}", False),
        ("{date: 2026-11-19, kind: heard}", False),
        ("{date: 2026-11-18, kind: wrote}", False),
        ("{date: 2026-11-18, kind: thanked}", False),
        ("{date: 2026-11-18, kind: met}", True),
        ("{date: 2026-11-17, kind: wrote}", True),
        ("{date: 2026-11-19, kind: note}", True),
        ("{date: 2026-11-22, kind: wrote}", True),
        ("{kind: wrote}", True),
    ],
)
def test_they_wait_until_they_hear_from_you_after_it(line: str, waits: bool) -> None:
    assert unwritten(f"{{name: Ada, log: [{line}]}}") == (("ada",) if waits else ())


@pytest.mark.parametrize(
    ("today", "waits"),
    [("2026-11-17", False), ("2026-11-18", True), ("2026-12-18", True), ("2026-12-19", False)],
)
def test_they_wait_from_the_last_day_on_and_for_a_month(today: str, waits: bool) -> None:
    assert unwritten(today=dt.date.fromisoformat(today)) == (("ada",) if waits else ())


@pytest.mark.parametrize(
    "follow_up", ["{what: Send it, person: ada}", "{what: Send it, person: ada, done: 2026-11-19}"]
)
def test_whom_a_follow_up_names_waits_for_that(follow_up: str) -> None:
    assert unwritten(camp=CAMP.replace("met: [ada]", f"met: [ada], follow_ups: [{follow_up}]")) == ()


@pytest.mark.parametrize(
    "ada", ["{name: Ada, stage: declined}", "{name: Ada, stage: dormant}", "{name: Ada, closed: Moved}"]
)
def test_a_tie_that_rests_waits_for_nothing(ada: str) -> None:
    assert unwritten(ada) == ()


def test_nobody_waits_after_an_event_that_was_left_out() -> None:
    assert unwritten(camp=CAMP.replace("title", "status: skipped, title")) == ()


def test_nobody_unknown_awaits_a_line() -> None:
    playbook = book({"events/camp.yml": "{title: Camp, starts: 2026-11-18}"}).playbook
    assert not awaits_a_line(playbook, playbook.events["camp"], "nobody", TODAY)


def test_a_line_after_an_event_is_a_task_within_two_days() -> None:
    playbook = book({"people/ada.yml": "name: Ada", "events/camp.yml": CAMP}).playbook
    assert tasks(playbook, TODAY) == (
        Task(TaskKind.FOLLOW_UP, "Camp", ("events", "camp"), ("outcomes", "met"), dt.date(2026, 11, 20), "ada"),
    )
