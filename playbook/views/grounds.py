"""What a script stands on: what has passed between you and somebody, and in whose file its words were written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.cadence import touches_of
from playbook.graph import Entry, Playbook
from playbook.problems import Place
from playbook.records import Person
from playbook.records.choices import LogKind
from playbook.views.asked import Asked

_GIVING = frozenset((LogKind.GAVE, LogKind.INTRODUCED, LogKind.THANKED, LogKind.ENGAGED))


@dataclass(frozen=True, slots=True)
class Past:
    """What has passed between you and somebody."""

    is_new: bool
    """Whether there was no contact yet."""
    has_given: bool
    """Whether you ever gave anything: help, thanks, an introduction, attention to their work, something offered."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose words a value is."""

    words: str
    """`Inês Marques's why`, `your statement`, `meet.opener`."""
    place: Place | None
    """Where it is written; None where that is more than one file."""


def past_of(playbook: Playbook, person: str, today: dt.date) -> Past:
    """What has passed between you and a person up to a day."""
    entry = playbook.people[person]
    return Past(not touches_of(playbook, entry, until=today), _has_given(playbook, entry, today))


def whose(playbook: Playbook, asked: Asked, name: str) -> Whose:
    """Whose words the value of a dotted name is, in one script."""
    root, _, rest = name.partition(".")
    path = tuple(rest.split("."))
    person = playbook.people.get(asked.other if root == "other" else asked.person)
    event = playbook.events.get(asked.event)
    goal = playbook.goals.get(asked.goal)
    if root in ("person", "other") and person is not None:
        if path[0] in ("talk", "last"):
            return Whose(f"{person.title}'s log", person.place_of(("log",)))
        return Whose(f"{person.title}'s {rest.replace('.', ' ')}", person.place_of(path))
    if root == "me":
        return Whose(f"your {rest}", playbook.me.place_of(path))
    if root == "meet" and event is not None:
        index = next((i for i, meet in enumerate(event.record.meet) if meet.person == asked.person), 0)
        return Whose(name, event.place_of(("meet", index, *path)))
    if root == "event" and event is not None:
        return Whose(name, event.place_of(path))
    if root == "goal" and goal is not None:
        return Whose(name, goal.place_of(path))
    return Whose(name, None)


def _has_given(playbook: Playbook, person: Entry[Person], today: dt.date) -> bool:
    record = person.record
    if any(line.kind in _GIVING and (line.date is None or line.date <= today) for line in record.log):
        return True
    if any(offer.given is not None for offer in record.offers):
        return True
    for link in playbook.links_to(person.key):
        source = playbook.find(link.source)
        # Somebody who was told about them was given to both.
        if source is not None and isinstance(source.record, Person) and link.path[::2] == ("log", "about"):
            line = source.record.log[int(link.path[1])]
            if line.kind is LogKind.INTRODUCED and (line.date is None or line.date <= today):
                return True
    return False
