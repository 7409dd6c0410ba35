"""Which of your mentors knows about what your goals ask for, and what nobody covers yet.

Pure functions of a playbook and a day. Words are compared, with the words that fitted as the reason; it never says that
somebody is good at anything.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from playbook.graph import Entry, Playbook
from playbook.owed import is_resting
from playbook.records import Goal, Person
from playbook.records.choices import GoalKind, MentoringRole, Relation, Status

_ASKS = frozenset((GoalKind.PROMOTION, GoalKind.MENTOR, GoalKind.SKILL, GoalKind.PATH))
"""Kinds of goals for which what a mentor knows makes the difference."""
_SHORT = 4
"""Words of fewer letters than this say little about a field."""
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after also always become been before being best better both could does done each even every find first "
        "from good have here into just know less like make many mentor more most much need never only other over own "
        "people piece same second should somebody some such team than that their them then there they thing this "
        "three through time want well were what when where which while will with without work would year your",
    )
)


@dataclass(frozen=True, slots=True)
class Cover:
    """A mentor who knows about it, and the words of theirs that say so."""

    person: str
    by: str


@dataclass(frozen=True, slots=True)
class Area:
    """Something a goal asks for."""

    goal: str
    what: str
    """A criterion, a tag, or the goal's title where it has neither."""
    covers: tuple[Cover, ...]
    """Nobody, where it is a gap."""


def coverage_of(playbook: Playbook, today: dt.date) -> tuple[Area, ...]:
    """What every active goal asks for and who covers it, by goal and as it was written there.

    Empty where you have no mentor: then the gap is one, and `gaps_of` names it.
    """
    mentors = mentors_of(playbook, today)
    if not mentors:
        return ()
    known = [(entry.id, [(text, _words(text)) for text in _told_by(entry.record)]) for entry in mentors]
    return tuple(
        Area(entry.id, what, tuple(_covers(_words(words), known)))
        for entry in sorted(playbook.goals.values(), key=lambda one: one.id)
        if entry.record.status is Status.ACTIVE and entry.record.kind in _ASKS
        for what, words in _areas(entry.record)
    )


def mentors_of(playbook: Playbook, today: dt.date) -> tuple[Entry[Person], ...]:
    """Everybody who mentors you on a day, by id."""
    return tuple(
        entry
        for _, entry in sorted(playbook.people.items())
        if not entry.by_role and not is_resting(entry.record) and _is_mentor(entry.record, today)
    )


def _is_mentor(person: Person, today: dt.date) -> bool:
    agreed = person.mentoring
    if agreed is not None and agreed.role is MentoringRole.MENTOR:
        return agreed.until is None or agreed.until >= today
    return agreed is None and Relation.MENTOR in person.relations


def _areas(goal: Goal) -> list[tuple[str, str]]:
    """(what it is called, the words that tell of it)."""
    found = [(one.text, f"{one.text} {one.expected}") for one in goal.criteria]
    found += [(tag, tag) for tag in goal.tags]
    return found or [(goal.title, goal.title)]


def _told_by(person: Person) -> tuple[str, ...]:
    """What a mentor knows, and what you are with them for."""
    agreed = person.mentoring
    asked = [question.ask for question in agreed.questions] if agreed else []
    return (*person.expertise, *person.tags, *(agreed.aims if agreed else ()), *asked)


def _covers(words: frozenset[str], known: list[tuple[str, list[tuple[str, frozenset[str]]]]]) -> list[Cover]:
    """One for each mentor: what shares the most words, of equals the first."""
    found = []
    for person, texts in known:
        best = max(texts, key=lambda text: len(text[1] & words), default=("", frozenset[str]()))
        if best[1] & words:
            found.append(Cover(person, best[0]))
    return found


def _words(text: str) -> frozenset[str]:
    """The words that tell of a field, one form for singular and plural."""
    found = {word.removesuffix("s") for word in re.findall(r"\w+", text.casefold()) if len(word) >= _SHORT}
    return frozenset(found - _COMMON)
