"""Checks that what begins and ends does so in that order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from playbook.graph import Entry, Playbook
from playbook.problems import Problem
from playbook.records import Me, Organization, Person, Position, Record
from playbook.records.shape import PathParts

_Span = tuple[PathParts, dt.date | None, dt.date | None, str]
"""Where the end is written, the beginning, the end, and the name of the beginning's field."""


def check_spans(playbook: Playbook, today: dt.date | None) -> Iterator[Problem]:  # noqa: ARG001
    """An end that comes before its beginning, in every field that has both (an event's own record sees to its own)."""
    for entry, spans in _spans(playbook):
        for path, begins, ends, name in spans:
            if begins is not None and ends is not None and ends < begins:
                yield Problem(
                    entry.place_of(path),
                    "ends-before-start",
                    f"'{path[-1]}' ({ends}) comes before '{name}' ({begins})",
                    "Exchange the two, or correct one.",
                )


def _spans(playbook: Playbook) -> Iterator[tuple[Entry[Record], Iterable[_Span]]]:
    yield playbook.me, _of_me(playbook.me.record)
    for goal in playbook.goals.values():
        yield goal, ((("due",), goal.record.start, goal.record.due, "start"),)
    for person in playbook.people.values():
        yield person, _of_person(person.record)
    for organization in playbook.organizations.values():
        yield organization, _of_organization(organization.record)


def _of_me(me: Me) -> Iterator[_Span]:
    yield from _of_positions(me.positions)
    for index, away in enumerate(me.away):
        yield ("away", index, "to"), away.from_, away.to, "from"


def _of_person(person: Person) -> Iterator[_Span]:
    yield from _of_positions(person.positions)
    if person.mentoring is not None:
        yield ("mentoring", "until"), person.mentoring.since, person.mentoring.until, "since"


def _of_organization(organization: Organization) -> Iterator[_Span]:
    for index, role in enumerate(organization.roles):
        yield ("roles", index, "to"), role.from_, role.to, "from"
    if organization.membership is not None:
        yield ("membership", "renews"), organization.membership.since, organization.membership.renews, "since"


def _of_positions(positions: Iterable[Position]) -> Iterator[_Span]:
    for index, position in enumerate(positions):
        yield ("positions", index, "to"), position.from_, position.to, "from"
