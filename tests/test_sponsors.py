"""How far a sponsor has come, what comes next, and what counts as seen."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.agenda import TaskKind
from playbook.sponsors import Reached, Sponsorship, Step, sponsorship_of
from tests.support import book

TODAY = dt.date(2026, 11, 21)
NEAR = "stage: connected\nlog: [{date: 2026-11-10, kind: met}]"


def way(ada: str, **files: str) -> Sponsorship:
    named = {f"{path.replace('_', '/', 1)}.yml": text for path, text in files.items()}
    loaded = book({"people/ada.yml": f"name: Ada\n{ada}", **named})
    assert loaded.problems == ()
    return sponsorship_of(loaded.playbook, loaded.playbook.people["ada"], TODAY)


def test_each_step_says_what_shows_it():
    sponsoring = "sponsoring: {seen: [The demo, The review], asked: 2026-10-06, answer: 'Yes', did: Named me}"
    assert way(f"{NEAR}\n{sponsoring}").steps == (
        Reached(Step.IDENTIFIED, True),
        Reached(Step.SEEN, True, "The review"),
        Reached(Step.STANDS, True, day=dt.date(2026, 11, 10)),
        Reached(Step.ASKED, True, day=dt.date(2026, 10, 6)),
        Reached(Step.ANSWERED, True, "Yes"),
        Reached(Step.DID, True, "Named me"),
    )


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("", Step.SEEN),
        (NEAR, Step.SEEN),
        ("sponsoring: {seen: The demo}", Step.STANDS),
        ("sponsoring: {seen: The demo}\nlog: [{date: 2025-01-10, kind: met}]", Step.STANDS),
        (f"{NEAR}\nsponsoring: {{seen: The demo}}", Step.ASKED),
        (f"{NEAR}\nsponsoring: {{seen: The demo, asked: 2026-11-22}}", Step.ASKED),
        ("sponsoring: {asked: 2026-11-01}", Step.ANSWERED),
        ("sponsoring: {asked: 2026-11-01, answer: Perhaps}", Step.DID),
        ("sponsoring: {answer: Gladly}", Step.DID),
        ("sponsoring: {asked: 2026-11-01, did: Named me}", None),
    ],
)
def test_what_comes_next_is_the_first_step_that_is_missing_and_never_one_before_the_question(text, step):
    assert way(text).next is step


def test_praise_shows_that_they_have_seen_your_work():
    praise = "- {date: 2026-03-12, kind: praise, from: ada, said: The clearest report}"
    assert way("", journal_2026=praise).steps[1] == Reached(Step.SEEN, True, "The clearest report")


def test_two_weeks_after_a_question_a_word_is_welcome():
    assert way("sponsoring: {asked: 2026-11-01}").by == dt.date(2026, 11, 15)
    assert way("sponsoring: {asked: 2026-11-01, answer: Perhaps}").by is None


def test_the_task_is_yours_until_they_have_something_to_do():
    files = {
        "goals_staff": "{title: Staff, checklist: [{task: Far, due: 2026-12-20}, {task: Bo's, due: 2026-11-22, person: bo}]}",
        "people_bo": "name: Bo",
    }
    promises = "promises: [{what: Chart, due: 2026-12-18}, {what: A word, by: them, due: 2026-12-19}]"
    before = way(f"{promises}\nsponsoring: {{goal: staff}}", **files).task
    after = way(f"{promises}\nsponsoring: {{goal: staff, asked: 2026-11-01, answer: Gladly}}", **files).task
    assert before is not None
    assert after is not None
    assert (before.text, before.kind, before.theirs) == ("Chart", TaskKind.PROMISE, False)
    assert (after.text, after.theirs) == ("A word", True)
    of_the_goal = way("sponsoring: {goal: staff}", **files).task
    assert of_the_goal is not None
    assert of_the_goal.text == "Far"
    assert way("").task is None


def test_you_meet_at_the_next_event_that_names_them_and_is_not_skipped():
    files = {
        "events_past": "{title: Past, starts: 2026-01-01, meet: [ada]}",
        "events_off": "{title: Off, starts: 2026-11-30, status: skipped, meet: [ada]}",
        "events_other": "{title: Other, starts: 2026-12-01}",
        "events_council": "{title: Council, starts: 2026-12-10, sessions: [{title: Open, who: ada}]}",
    }
    meeting = way("", **files).meeting
    assert meeting is not None
    assert meeting.id == "council"


def test_what_counts_for_the_goal_or_what_it_is_a_part_of_is_evidence_and_what_they_saw_comes_last():
    files = {
        "goals_staff": "{title: Staff, criteria: [{id: scope, text: Scope}]}",
        "goals_council": "{title: Council, kind: sponsor, parent: staff, people: [ada]}",
        "events_day": "{title: Day, starts: 2026-09-17}",
        "journal_2026": """
            - {date: 2026-11-01, title: Helped by her, goals: [staff], people: [ada]}
            - {date: 2026-10-01, title: Storage migration review, goals: [council]}
            - {date: 2026-09-17, title: Shown there, goals: [staff], events: [day]}
            - {date: 2026-08-01, title: By criterion, criteria: [staff/scope]}
            - {date: 2026-07-01, title: Not an achievement, kind: learning, goals: [staff]}
            - {date: 2026-06-01, title: For nothing}
            - {date: 2026-12-01, title: Still to come, goals: [staff]}
            - {date: 2026-05-01, title: Replay runs, goals: [staff]}
            """,
    }
    found = way(
        "log: [{date: 2026-09-17, kind: met, event: day}]\nsponsoring: {seen: The review of the storage}", **files
    ).evidence
    assert [(one.line.record.title, one.is_seen) for one in found] == [
        ("By criterion", False),
        ("Replay runs", False),
        ("Helped by her", True),
        ("Storage migration review", True),
        ("Shown there", True),
    ]


def test_goals_that_are_parts_of_each_other_end_somewhere():
    loaded = book({
        "goals/a.yml": "{title: A, parent: b}",
        "goals/b.yml": "{title: B, parent: a}",
        "people/ada.yml": "{name: Ada, sponsoring: {goal: a}}",
    })  # fmt: skip
    assert sponsorship_of(loaded.playbook, loaded.playbook.people["ada"], TODAY).next is Step.SEEN
