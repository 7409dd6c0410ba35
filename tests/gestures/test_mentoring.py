"""Feedback is written as it was said, waits where something is to be done, and is marked once it was."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.agenda import TaskKind, tasks
from playbook.gestures import Bench, FileChange, Gesture, NotPossible
from playbook.gestures.mentoring import act, add_feedback, find_feedback
from playbook.source.edit import Add, Put
from tests.support import book

TODAY = dt.date(2026, 11, 24)
RADIA = """
name: Radia
mentoring:
  role: mentor
  feedback:
    - You apologise too early
    - {said: The first slide must be the decision, action: Rewrite the opening}
    - {said: The second slide is a joke, action: Drop it, acted: 2026-11-01}
    - {said: Slower on the last slide, action: Rehearse with a clock}
"""


def bench(**people: str) -> Bench:
    loaded = book({f"people/{name}.yml": text for name, text in people.items()})
    assert loaded.problems == ()
    return Bench(loaded.playbook, TODAY)


def test_what_was_said_is_written_with_its_day_and_what_will_be_done():
    said = "Radia: “Cut the joke” → Drop it"
    assert add_feedback(bench(radia=RADIA), "radia", "Cut the joke", "Drop it") == Gesture(
        (
            FileChange(
                "people",
                "radia",
                (
                    Add(
                        ("mentoring", "feedback"),
                        {"said": "Cut the joke", "date": "2026-11-24", "action": "Drop it"},
                        "role",
                    ),
                ),
                ("feedback: Cut the joke",),
            ),
        ),
        said,
    )
    assert add_feedback(bench(radia=RADIA), "radia", "You apologise too early").is_empty


def test_whoever_is_no_mentor_is_refused_with_what_to_type():
    with pytest.raises(NotPossible) as why:
        add_feedback(bench(bo="name: Bo"), "bo", "Cut the joke")
    assert str(why.value) == (
        "no mentoring is written for Bo; write 'mentoring: mentor' into people/bo.yml, "
        'or log it: playbook touch bo "received, Cut the joke"'
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("opening", [1]),
        ("slide radia", [1, 3]),
        ("apologise", [0]),
        ("radia", [1, 3]),
        ("joke", []),
        ("nothing", []),
        ("", []),
    ],
)
def test_feedback_is_found_by_its_words_and_what_asks_for_something_wins(words, found):
    playbook = bench(radia=RADIA).playbook
    assert [one.index for one in find_feedback(playbook, words)] == found


def test_what_was_acted_on_is_marked_with_the_day_and_waits_no_more():
    desk = bench(radia=RADIA)
    [found] = find_feedback(desk.playbook, "opening")
    said = "Acted on: Rewrite the opening"
    assert act(desk, found) == Gesture(
        (FileChange("people", "radia", (Put(("mentoring", "feedback", 1, "acted"), "2026-11-24", "said"),), (said,)),),
        f"{said} (Radia)",
    )
    waiting = [task.text for task in tasks(desk.playbook, TODAY) if task.kind is TaskKind.FEEDBACK]
    assert waiting == ["Rewrite the opening", "Rehearse with a clock"]
