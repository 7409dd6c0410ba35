"""The people page: the map, a table of everybody, and who to think of next: mentors, sponsors, people to meet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.agenda import next_events
from playbook.cadence import circles_of, stage_of
from playbook.gaps import is_stranger
from playbook.graph import Entry
from playbook.records import Person
from playbook.records.choices import GoalKind, Relation, Stage
from playbook.views.charts import NetworkView
from playbook.views.coverage import CoverageView, coverage_view
from playbook.views.introductions import WayView, introductions_to
from playbook.views.meeting import last_day
from playbook.views.mentoring import FitRow, SponsoringView, fit_rows, sponsoring_view
from playbook.views.network import network_view
from playbook.views.person import person_view, present_position
from playbook.views.scene import Linked, Scene
from playbook.views.standing import RestingTie, StandingView, resting_tie, standing_view
from playbook.views.thoughts import ThoughtView, unlogged_thought
from playbook.views.words import count, sentence_case, span_view

__all__ = ["PeopleView", "people_view", "person_view"]

STANDINGS = ("overdue", "due", "later", "paused", "resting", "not started", "no rhythm")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the table."""

    link: Linked
    relations: tuple[str, ...]
    circle: str
    title: str
    organization: Linked | None
    stage: str
    standing: StandingView | None
    """None for readers who are not to know it."""


@dataclass(frozen=True, slots=True)
class MentorCandidate:
    """Somebody who could be a mentor, with the evidence for each trait; where there is none, it is to be found out."""

    link: Linked
    role: str
    stage: str
    fit: tuple[FitRow, ...]


@dataclass(frozen=True, slots=True)
class SponsorCandidate:
    """Somebody who could speak for you."""

    link: Linked
    role: str
    stage: str
    path: SponsoringView


@dataclass(frozen=True, slots=True)
class ToMeet:
    """Somebody you have only heard of, and the nearest way to meet."""

    link: Linked
    role: str
    why: str
    event: Linked | None
    way: WayView | None
    goals: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Everybody."""

    is_mine: bool
    count: str
    network: NetworkView | None
    rows: tuple[PersonRow, ...]
    relations: tuple[str, ...]
    """Those that anybody has, for the filter; so for the next two."""
    circles: tuple[str, ...]
    standings: tuple[str, ...]
    shows_relation: bool
    """Whether anybody has one to show; so for the next two."""
    shows_organization: bool
    shows_stage: bool
    to_meet: tuple[ToMeet, ...]
    unlogged: tuple[ThoughtView, ...]
    """Whom you know, with nothing written of any contact."""
    mentors: tuple[MentorCandidate, ...]
    coverage: tuple[CoverageView, ...]
    sponsors: tuple[SponsorCandidate, ...]
    resting: tuple[RestingTie, ...]


def people_view(scene: Scene) -> PeopleView:
    """The people page; people who appear by role have no line of their own."""
    named = sorted(
        (entry for entry in scene.playbook.people.values() if not entry.by_role),
        key=lambda entry: (entry.title.casefold(), entry.id),
    )
    resting = {entry.id: tie for entry in named if (tie := resting_tie(scene, entry)) is not None}
    entries = [entry for entry in named if entry.id not in resting]
    rows = tuple(_row(scene, entry) for entry in entries)
    circles = {row.circle for row in rows}
    relations = {relation for row in rows for relation in row.relations}
    standings = {row.standing.word for row in rows if row.standing}
    # A map on which somebody's ring is hidden would call them 'no circle', which nobody said.
    has_map = bool(entries) and (scene.is_mine or all(entry.record.circle for entry in entries))
    return PeopleView(
        is_mine=scene.is_mine,
        count=count(len(entries), "person", "people"),
        network=network_view(scene, entries) if has_map else None,
        rows=rows,
        relations=tuple(word for word in map(sentence_case, Relation) if word in relations),
        circles=tuple(name for name in _all_circles(scene, circles) if name in circles),
        standings=tuple(word for word in STANDINGS if word in standings),
        shows_relation=scene.is_mine or bool(relations),
        shows_organization=scene.is_mine or any(row.organization for row in rows),
        shows_stage=any(row.stage for row in rows),
        to_meet=_to_meet(scene, entries) if scene.is_mine else (),
        unlogged=_unlogged(scene, entries) if scene.is_mine else (),
        mentors=_mentors(scene, entries) if scene.is_mine else (),
        coverage=coverage_view(scene),
        sponsors=_sponsors(scene, entries) if scene.is_mine else (),
        resting=tuple(resting.values()),
    )


def _row(scene: Scene, entry: Entry[Person]) -> PersonRow:
    person = entry.record
    position = present_position(scene, person)
    standing = standing_view(scene, entry)
    return PersonRow(
        link=scene.link_to(entry),
        relations=tuple(sentence_case(relation) for relation in person.relations),
        circle=person.circle,
        title=position.title if position else "",
        organization=position.organization if position else None,
        stage=standing.stage if standing else str(person.stage or ""),
        standing=standing,
    )


def _all_circles(scene: Scene, named: set[str]) -> tuple[str, ...]:
    known = tuple(circles_of(scene.playbook))
    return (*known, *sorted(name for name in named - set(known) if name))


def _mentors(scene: Scene, entries: list[Entry[Person]]) -> tuple[MentorCandidate, ...]:
    wanted = _people_of_goals(scene, GoalKind.MENTOR)
    return tuple(
        MentorCandidate(
            scene.link_to(entry),
            _role(scene, entry),
            str(stage_of(scene.playbook, entry, scene.today)),
            fit_rows(entry.record, with_gaps=True),
        )
        for entry in entries
        if (entry.record.fit is not None or entry.id in wanted) and not _is_mentor(entry.record)
    )


def _is_mentor(person: Person) -> bool:
    """Whether one of you mentors the other already."""
    return person.mentoring is not None or bool({Relation.MENTOR, Relation.MENTEE} & set(person.relations))


def _sponsors(scene: Scene, entries: list[Entry[Person]]) -> tuple[SponsorCandidate, ...]:
    wanted = _people_of_goals(scene, GoalKind.SPONSOR)
    return tuple(
        SponsorCandidate(
            scene.link_to(entry),
            _role(scene, entry),
            str(stage_of(scene.playbook, entry, scene.today)),
            sponsoring_view(scene, entry),
        )
        for entry in entries
        if entry.record.sponsoring is not None or entry.id in wanted
    )


def _people_of_goals(scene: Scene, kind: GoalKind) -> set[str]:
    return {
        person
        for goal in scene.playbook.goals.values()
        if goal.record.kind is kind and goal.record.status.is_open
        for person in scene.playbook.related(goal.key, "people", "people", "goals")
    }


def _to_meet(scene: Scene, entries: list[Entry[Person]]) -> tuple[ToMeet, ...]:
    """Whom you have only heard of: first those you can meet at an event (the soonest first), then by name."""
    coming = next_events(scene.playbook, scene.today)
    found: list[tuple[dt.date, ToMeet]] = []
    for entry in entries:
        if not is_stranger(scene.playbook, entry, scene.today):
            continue
        where = next((event for event in coming if any(m.person == entry.id for m in event.record.meet)), None)
        ways = introductions_to(scene, entry.id).ways
        day = span_view(where.record.starts.day, last_day(where.record), scene.today) if where else None
        view = ToMeet(
            scene.link_to(entry),
            _role(scene, entry),
            entry.record.why,
            scene.link_to(where, day.relative if day else "") if where else None,
            ways[0] if ways else None,
            scene.links("goals", scene.playbook.related(entry.key, "goals", "goals", "people")),
        )
        found.append((where.record.starts.day if where else dt.date.max, view))
    return tuple(view for _, view in sorted(found, key=lambda pair: pair[0]))


def _unlogged(scene: Scene, entries: list[Entry[Person]]) -> tuple[ThoughtView, ...]:
    book, today = scene.playbook, scene.today
    untouched = (entry for entry in entries if stage_of(book, entry, today) is Stage.IDENTIFIED)
    return tuple(unlogged_thought(scene, entry) for entry in untouched if not is_stranger(book, entry, today))


def _role(scene: Scene, entry: Entry[Person]) -> str:
    position = present_position(scene, entry.record)
    return position.text if position else ""
