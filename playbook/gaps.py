"""What a plan lacks: a goal with no next step, a promotion with no sponsor, a field and an organization without a face.

Pure functions of a playbook and a day. Says what is not there; never that it must be.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from playbook.cadence import circles_of, stage_of, touches_of
from playbook.graph import Entry, Playbook
from playbook.owed import is_resting
from playbook.records import Goal, Organization, Person
from playbook.records.choices import GoalKind, MentoringRole, OrganizationKind, Relation, Stage, Status


class GapKind(StrEnum):
    """What is missing."""

    NEXT_STEP = "no next step"
    SPONSOR = "no sponsor"
    MENTOR = "no mentor"
    EXPERTISE = "expertise nobody covers"
    ORGANIZATION = "nobody known there"


class Presence(StrEnum):
    """What somebody whom an organization names, or who names it, is to you there."""

    KNOWN = "known"
    HEARD_OF = "heard of"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing."""

    kind: GapKind
    owner: tuple[str, str]
    """(kind, id) of the record that lacks it."""
    what: str = ""
    """The field, for expertise."""


def gaps_of(playbook: Playbook, today: dt.date) -> tuple[Gap, ...]:
    """Everything that is missing, goal by goal in the order of their ids, then organizations.

    Only active goals are looked at, and only people with whom the tie is open.
    """
    people = [entry for entry in playbook.people.values() if not entry.by_role and not is_resting(entry.record)]
    known = {word for one in people for said in (*one.record.expertise, *one.record.tags) for word in _words(said)}
    found: list[Gap] = []
    for entry in sorted(playbook.goals.values(), key=lambda one: one.id):
        if entry.record.status is Status.ACTIVE:
            found += _of_goal(playbook, entry, people, known)
    for place in sorted(playbook.organizations.values(), key=lambda one: one.id):
        wanted = [
            identifier
            for identifier in playbook.related(place.key, "goals", "goals", "organizations")
            if identifier in playbook.goals and playbook.goals[identifier].record.status is Status.ACTIVE
        ]
        is_place = place.record.kind not in _NO_PLACE
        if wanted and is_place and all(one is not Presence.KNOWN for _, one in who_is_there(playbook, place, today)):
            found.append(Gap(GapKind.ORGANIZATION, place.key))
    return tuple(found)


def who_is_there(
    playbook: Playbook, place: Entry[Organization], today: dt.date
) -> Iterator[tuple[Entry[Person], Presence]]:
    """Everybody whom an organization names, or whose positions name it, by name.

    Whoever has no position there, but is named, has not left: a member needs none.
    """
    names = playbook.related(place.key, "people", "people", "positions")
    for one in sorted((playbook.people[name] for name in names), key=lambda found: (found.title.casefold(), found.id)):
        jobs = [job for job in one.record.positions if job.organization == place.id]
        if jobs and all(job.to is not None and job.to < today for job in jobs):
            yield one, Presence.LEFT
        elif stage_of(playbook, one, today) is Stage.IDENTIFIED:
            yield one, Presence.HEARD_OF
        else:
            yield one, Presence.KNOWN


def unlogged_people(playbook: Playbook, today: dt.date) -> tuple[Entry[Person], ...]:
    """Whom you know and have a reason to keep up with, and of whom nothing is written that a clock could run from.

    The reason is a circle, the nearest first, or an active goal.
    """
    circles = {name: rank for rank, name in enumerate(circles_of(playbook))}
    found = [
        entry
        for entry in playbook.people.values()
        if not entry.by_role
        and (entry.record.circle or (_serves_a_goal(playbook, entry) and not is_stranger(playbook, entry, today)))
        and entry.record.stage is not Stage.IDENTIFIED
        and _may_be_named(entry.record, today)
        and not _has_begun(playbook, entry, today)
    ]
    return tuple(
        sorted(found, key=lambda one: (circles.get(one.record.circle, len(circles)), one.title.casefold(), one.id))
    )


def is_stranger(playbook: Playbook, entry: Entry[Person], today: dt.date) -> bool:
    """Whether you have only heard of somebody: it is written so, or nothing is logged, nor what they are to you.

    Whom you have put into a circle without a word of what they are to you is somebody you know.
    """
    person = entry.record
    if person.stage is not None:
        return person.stage is Stage.IDENTIFIED
    is_named = bool(set(person.relations) - _HEARD_OF) or bool(person.circle and not person.relations)
    return not is_named and not _has_begun(playbook, entry, today)


def _has_begun(playbook: Playbook, entry: Entry[Person], today: dt.date) -> bool:
    return entry.record.met is not None or bool(touches_of(playbook, entry, until=today))


def _may_be_named(person: Person, today: dt.date) -> bool:
    return not is_resting(person) and (person.paused_until is None or person.paused_until < today)


def _serves_a_goal(playbook: Playbook, entry: Entry[Person]) -> bool:
    goals = (playbook.goals.get(name) for name in playbook.related(entry.key, "goals", "goals", "people"))
    return any(goal is not None and goal.record.status is Status.ACTIVE for goal in goals)


def has_next_step(playbook: Playbook, entry: Entry[Goal]) -> bool:
    """Whether anything is written that could be done next for a goal: there, or as a step of a play that serves it."""
    plays = (playbook.plays[name].record for name in playbook.related(entry.key, "plays", "goals"))
    lists = (entry.record.checklist, *(play.checklist for play in plays if play.status.is_open))
    return bool(entry.record.next_step) or any(item.is_open for items in lists for item in items)


def _of_goal(playbook: Playbook, entry: Entry[Goal], people: list[Entry[Person]], known: set[str]) -> list[Gap]:
    goal = entry.record
    found = []
    if not has_next_step(playbook, entry):
        found.append(Gap(GapKind.NEXT_STEP, entry.key))
    linked = set(playbook.related(entry.key, "people", "people", "goals"))
    near = [
        one for one in people if one.id in linked or (one.record.sponsoring and one.record.sponsoring.goal == entry.id)
    ]
    if goal.kind is GoalKind.PROMOTION and not any(_speaks_for_you(one.record) for one in near):
        found.append(Gap(GapKind.SPONSOR, entry.key))
    if goal.kind is GoalKind.MENTOR and not any(_is_mentor(one.record) for one in near):
        found.append(Gap(GapKind.MENTOR, entry.key))
    found += [
        Gap(GapKind.EXPERTISE, entry.key, tag)
        for tag in (goal.tags if goal.kind in _WANTS_EXPERTISE else ())
        if not _words(tag) <= known
    ]
    return found


_HEARD_OF = frozenset((Relation.CONNECTION, Relation.THOUGHT_LEADER))
_NO_PLACE = frozenset((OrganizationKind.PLATFORM, OrganizationKind.SCHOOL))
_WANTS_EXPERTISE = frozenset((GoalKind.SKILL, GoalKind.MENTOR, GoalKind.PATH, GoalKind.PROMOTION))


def _speaks_for_you(person: Person) -> bool:
    return Relation.SPONSOR in person.relations or person.sponsoring is not None


def _is_mentor(person: Person) -> bool:
    return Relation.MENTOR in person.relations or (
        person.mentoring is not None and person.mentoring.role is MentoringRole.MENTOR
    )


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}  # noqa: PLR2004
