"""How far somebody is on the way to speaking for you, what moves it on, and what there is to show them.

Pure functions of a playbook and a day. Only what was written counts; nobody is scored, and nothing is promised.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from playbook.agenda import Task, TaskKind, next_events, tasks
from playbook.cadence import stage_of
from playbook.graph import Entry, JournalLine, Playbook
from playbook.paths import Grade, warmth_of
from playbook.records import Event, Person
from playbook.records.choices import JournalKind, Stage

ANSWER_WITHIN = 14
"""Days after which a word about what you asked is welcome."""
_WORDS_IN_COMMON = 2
"""From so many telling words on, what they have seen and an achievement are taken for the same."""


class Step(StrEnum):
    """The steps to a sponsor, in their order."""

    IDENTIFIED = "identified"
    SEEN = "has seen your work"
    STANDS = "the relationship stands"
    ASKED = "asked"
    ANSWERED = "answered"
    DID = "spoke for you"


@dataclass(frozen=True, slots=True)
class Reached:
    """A step, and what shows that it was reached."""

    step: Step
    is_reached: bool
    shown_by: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An achievement that counts toward the goal, and whether they have seen it."""

    line: JournalLine
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """The way to one sponsor."""

    steps: tuple[Reached, ...]
    next: Step | None
    """What to work on; None once they spoke for you."""
    by: dt.date | None
    """From when a word about an open question is welcome."""
    task: Task | None
    """The soonest thing you wrote down that concerns them, or the goal."""
    meeting: Entry[Event] | None
    """The next event where both of you are."""
    evidence: tuple[Evidence, ...]
    """What they have not seen first, then the newest."""


def sponsorship_of(
    playbook: Playbook, entry: Entry[Person], today: dt.date, *, waiting: tuple[Task, ...] | None = None
) -> Sponsorship:
    """How far somebody is on the way to speaking for you; `waiting` is that day's `tasks`, where they are known."""
    path = entry.record.sponsoring
    goals = _goals(playbook, (path.goal if path else None) or _goal_named(playbook, entry))
    steps = tuple(_steps(playbook, entry, today))
    next_step = _next(steps)
    asked = path.asked if path is not None else None
    waits = next_step is Step.ANSWERED and asked is not None
    return Sponsorship(
        steps=steps,
        next=next_step,
        by=asked + dt.timedelta(days=ANSWER_WITHIN) if waits and asked is not None else None,
        task=_task(
            tasks(playbook, today) if waiting is None else waiting,
            entry.id,
            goals[:1],
            theirs=next_step in (Step.DID, None),
        ),
        meeting=_meeting(playbook, entry, today),
        evidence=_evidence(playbook, entry, goals, today),
    )


def _steps(playbook: Playbook, entry: Entry[Person], today: dt.date) -> list[Reached]:
    path = entry.record.sponsoring
    warmth = warmth_of(playbook, entry, today)
    stands = stage_of(playbook, entry, today).has_reached(Stage.CONNECTED) and warmth.grade is not Grade.COOL
    seen, answer, did = (path.seen, path.answer, path.did) if path is not None else ((), "", ())
    shown = seen[-1] if seen else _praise(playbook, entry.id, today)
    asked = path.asked if path is not None and path.asked is not None and path.asked <= today else None
    return [
        Reached(Step.IDENTIFIED, is_reached=True),
        Reached(Step.SEEN, bool(shown), shown),
        Reached(Step.STANDS, stands, day=warmth.last.day if stands and warmth.last is not None else None),
        Reached(Step.ASKED, asked is not None, day=asked),
        Reached(Step.ANSWERED, bool(answer), answer),
        Reached(Step.DID, bool(did), did[-1] if did else ""),
    ]


def _next(steps: tuple[Reached, ...]) -> Step | None:
    """The first step that is missing; once something was asked, what came before is not gone back to."""
    known = {one.step: one.is_reached for one in steps}
    late = (Step.ANSWERED, Step.DID)
    early = (Step.SEEN, Step.STANDS, Step.ASKED)
    is_asked = known[Step.ASKED] or any(known[step] for step in late)
    missing = [step for step in (late if is_asked else early) if not known[step]]
    # Who spoke for you has answered, whatever was written down.
    return None if known[Step.DID] else missing[0]


def _praise(playbook: Playbook, person: str, today: dt.date) -> str:
    """What they said of your work, by the journal."""
    for line in playbook.journal_lines():
        if line.record.from_ == person and line.record.date <= today and line.record.kind is JournalKind.PRAISE:
            return line.record.said or line.record.title
    return ""


def _goal_named(playbook: Playbook, entry: Entry[Person]) -> str:
    names = playbook.related(entry.key, "goals", "goals", "people")
    return next((name for name in names if name in playbook.goals and playbook.goals[name].record.status.is_open), "")


def _goals(playbook: Playbook, goal: str) -> list[str]:
    """A goal and those that it is a part of: what counts for them counts for it."""
    found: list[str] = []
    while goal in playbook.goals and goal not in found:
        found.append(goal)
        goal = playbook.goals[goal].record.parent or ""
    return found


def _task(waiting: tuple[Task, ...], person: str, goals: list[str], *, theirs: bool) -> Task | None:
    """The soonest open task with a day: what they promised, where that is waited for; else what you do about it.

    That is what concerns them, or the goal and nobody else.
    """
    kinds = (TaskKind.ITEM, TaskKind.PROMISE, TaskKind.MILESTONE)
    owners = [("goals", goal) for goal in goals]
    found = [
        task
        for task in waiting
        if task.due is not None
        and task.kind in kinds
        and (task.person == person or (not task.person and task.owner in owners))
    ]
    wanted = [task for task in found if theirs and task.theirs] or [task for task in found if not task.theirs]
    return wanted[0] if wanted else None


def _meeting(playbook: Playbook, entry: Entry[Person], today: dt.date) -> Entry[Event] | None:
    named = _events_of(playbook, entry)
    return next((event for event in next_events(playbook, today) if event.id in named), None)


def _events_of(playbook: Playbook, entry: Entry[Person]) -> set[str]:
    """Events that name somebody as there, or that their own log does."""
    others = [link for link in playbook.links_to(entry.key) if link.source[0] == "events"]
    own = [link for link in playbook.links_from(entry.key) if link.target[0] == "events"]
    return {link.source[1] for link in others if link.field in ("sessions", "meet", "outcomes")} | {
        link.target[1] for link in own if link.field in ("log", "met")
    }


def _evidence(playbook: Playbook, entry: Entry[Person], goals: list[str], today: dt.date) -> tuple[Evidence, ...]:
    path = entry.record.sponsoring
    seen = [_words(text) for text in (path.seen if path is not None else ())]
    shared = _events_of(playbook, entry)
    found = []
    for line in playbook.journal_lines():
        record = line.record
        counts = set(record.goals) | {name.partition("/")[0] for name in record.criteria}
        if record.kind is JournalKind.ACHIEVEMENT and record.date <= today and counts.intersection(goals):
            words = _words(record.title)
            is_seen = entry.id in record.people or bool(shared.intersection(record.events))
            is_seen = is_seen or any(len(words & text) >= _WORDS_IN_COMMON for text in seen)
            found.append(Evidence(line, is_seen))
    return tuple(sorted(found, key=lambda one: one.is_seen))


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}  # noqa: PLR2004
