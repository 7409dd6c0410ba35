"""The way back after a quiet time: how long it was, who waits, and what becomes of them."""

from __future__ import annotations

import datetime as dt

from playbook.cadence import cadence_of
from playbook.gestures import Bench, Gesture
from playbook.gestures.preparing import prepare
from playbook.graph import Playbook
from playbook.load import load_files
from playbook.source.files import SourceFile
from playbook.welcome import close, quiet_days, rest, spread_out, waiting_groups
from tests.support import book

TODAY = dt.date(2026, 11, 21)
PEOPLE = {
    f"people/p{number}.yml": f"name: P{number}\ncircle: {circle}\nlog: [{{date: {day}}}]"
    for number, (circle, day) in enumerate(
        [
            ("inner", "2026-01-05"),
            ("inner", "2026-02-05"),
            ("inner", "2026-03-05"),
            ("wide", "2025-01-05"),
            ("inner", "2026-11-20"),
        ]
    )
} | {"people/own.yml": "name: Own\ncadence: weekly\nlog: [{date: 2026-05-05}]", "me.yml": "week_size: 2"}


def playbook(files: dict[str, str] = PEOPLE) -> Playbook:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return loaded.playbook


def after(gesture: Gesture) -> Playbook:
    """The playbook with the gesture written."""
    files = [
        SourceFile(
            f"content/{path}",
            *(("me", "me") if path == "me.yml" else path.removesuffix(".yml").split("/")),
            text.encode(),
        )
        for path, text in PEOPLE.items()
    ]
    written = {
        one.path: one.content for one in prepare(gesture.files, files, "content", lambda some: load_files(some, TODAY))
    }
    return load_files([SourceFile(f.path, f.kind, f.id, written.get(f.path, f.content)) for f in files], TODAY).playbook


def due(found: Playbook, today: dt.date) -> set[str]:
    return {entry.id for entry in found.people.values() if cadence_of(found, entry, today).wants_attention}


def test_quiet_is_counted_from_the_last_day_of_which_anything_was_written() -> None:
    assert quiet_days(playbook(), TODAY) == 1
    assert quiet_days(playbook(), dt.date(2027, 1, 20)) == 61
    assert quiet_days(playbook({"me.yml": "name: A"}), TODAY) == 0
    ticked = {"goals/s.yml": "title: S\nchecklist: [{task: A, done: 2026-11-01}, {task: B, done: true}]"}
    assert quiet_days(playbook(ticked), TODAY) == 20


def test_who_waits_stands_with_their_circle_those_furthest_past_their_rhythm_first() -> None:
    groups = waiting_groups(playbook(), TODAY)
    assert [(group.name, [entry.id for entry in group.people]) for group in groups] == [
        ("inner", ["p0", "p1", "p2"]),
        ("wide", ["p3"]),
        ("others", ["own"]),
    ]


def test_spread_out_a_few_come_up_each_week() -> None:
    inner, *_ = waiting_groups(playbook(), TODAY)
    found = after(spread_out(Bench(playbook(), TODAY), inner))
    assert due(found, TODAY) == {"p0", "p1", "p3", "own"}
    assert "p2" not in due(found, TODAY + dt.timedelta(days=6))
    assert "p2" in due(found, TODAY + dt.timedelta(days=7))


def test_at_the_end_of_all_days_they_wait_until_the_last_one() -> None:
    inner, *_ = waiting_groups(playbook(), dt.date.max)
    changes = spread_out(Bench(playbook(), dt.date.max), inner).files
    assert [change.said for change in changes] == [("paused until 9999-12-31",)] * 2


def test_whoever_rests_comes_back_by_themselves_and_whoever_is_let_go_does_not() -> None:
    inner, wide, _ = waiting_groups(playbook(), TODAY)
    resting = after(rest(Bench(playbook(), TODAY), inner))
    assert due(resting, dt.date(2027, 2, 21)) == {"p3", "p4", "own"}
    assert {"p0", "p1", "p2"} <= due(resting, dt.date(2027, 2, 22))
    gone = after(close(Bench(playbook(), TODAY), wide, "We lost touch"))
    assert "p3" not in due(gone, dt.date(2030, 1, 1))
    closed = gone.people["p3"].record.closed
    assert closed is not None
    assert (closed.why, closed.date) == ("We lost touch", TODAY)
