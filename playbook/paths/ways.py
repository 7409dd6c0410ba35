"""The best ways to somebody or into an organization: the shortest first, then the warmest, then the surest.

What nobody wrote down is said to be likely and comes last: that two people are in the same place shows no tie.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from playbook.graph import Entry, Playbook
from playbook.paths.ties import How, Tie, Ties, Way, ties_of
from playbook.paths.warmth import Warmth, warmth_of
from playbook.records import Organization, Person
from playbook.records.choices import EventStatus, OrganizationKind

Place = tuple[str, str]
"""(kind, id) of an organization or event that two people share; an organization without a file is ('', its name)."""

MOST_THERE = 30
"""Where you know more people than this, being there too says nothing about whom they know."""
_SHARED = {"sessions", "meet", "outcomes"}
"""Where an event names who is there."""


@dataclass(frozen=True, slots=True)
class Approach:
    """A way into an organization: over somebody who is there, whom you know or are introduced to."""

    person: str
    way: Way | None
    """How to reach them; None where you are connected with them yourself."""
    title: str = ""
    until: dt.date | None = None
    """When they left, where they have."""

    @property
    def asks(self) -> str:
        """The id of whom you ask."""
        return self.way.through[0] if self.way is not None else self.person


@dataclass(frozen=True)
class Paths:
    """All ways of a playbook on a day."""

    playbook: Playbook
    today: dt.date
    ties: Ties
    _warmth: dict[str, Warmth] = field(default_factory=dict, repr=False, compare=False)

    def warmth(self, person: str) -> Warmth:
        """How warm the tie with somebody is; reckoned once for each."""
        if person not in self._warmth:
            self._warmth[person] = warmth_of(self.playbook, self.playbook.people[person], self.today)
        return self._warmth[person]

    def to_person(self, person: str) -> tuple[Way, ...]:
        """Every way to somebody whom you might want to be introduced to; empty for anybody else."""
        written = self.ties.ways_to(person)
        asked = {way.through[0] for way in written}
        likely = (Way((tie,)) for tie in self._likely(person) if tie.one not in asked)
        return tuple(sorted((*written, *likely), key=self._order))

    def to_organization(self, organization: str) -> tuple[Approach, ...]:
        """Every way into an organization, over each of whom you ask once; whoever is there still comes first."""
        entry = self.playbook.organizations[organization]
        found = sorted(self._into(entry), key=self._order_of_approach)
        best: dict[str, Approach] = {}
        for approach in found:
            best.setdefault(approach.asks, approach)
        return tuple(best.values())

    def _into(self, entry: Entry[Organization]) -> Iterator[Approach]:
        for name in self.playbook.related(entry.key, "people", "people", "positions"):
            known = self.playbook.people.get(name)
            if known is None:
                continue
            title, until = _job(known.record, entry.id, self.today)
            if name in self.ties.connected:
                yield Approach(name, None, title, until)
            elif name in self.ties.sought and until is None:
                # Only what is written leads on: everybody there shares the place with everybody else.
                yield from (Approach(name, way, title) for way in self.ties.ways_to(name))

    def _likely(self, person: str) -> Iterator[Tie]:
        """Ties that nobody wrote down, from those you can ask: they share a place with somebody."""
        if person not in self.ties.sought:
            return
        met: set[str] = set()
        for place in self._places.get(person, ()):
            how = How.SAME_EVENT if place[0] == "events" else How.SAME_PLACE
            for other in self._there.get(place, ()):
                if other not in met:
                    met.add(other)
                    yield Tie(other, person, how, where=place)

    @cached_property
    def _places(self) -> dict[str, tuple[Place, ...]]:
        """Person → where they work today, then events they are named at, the latest first."""
        names = sorted(self.ties.connected | self.ties.sought)
        return {name: tuple(self._places_of(self.playbook.people[name])) for name in names}

    @cached_property
    def _there(self) -> dict[Place, tuple[str, ...]]:
        """Place → everybody there whom you can ask; without places that are too large to tell."""
        found: dict[Place, list[str]] = {}
        for name, places in self._places.items():
            for place in places if name in self.ties.connected else ():
                found.setdefault(place, []).append(name)
        return {place: tuple(names) for place, names in found.items() if len(names) <= MOST_THERE}

    def _places_of(self, entry: Entry[Person]) -> Iterator[Place]:
        for job in entry.record.positions:
            if job.to is None or job.to >= self.today:
                known = self.playbook.organizations.get(job.organization)
                if known is None and job.organization:
                    yield "", " ".join(job.organization.casefold().split())
                elif known is not None and known.record.kind is not OrganizationKind.PLATFORM:
                    yield known.key
        links = self.playbook.links_to(entry.key)
        names = {link.source[1] for link in links if link.source[0] == "events" and link.field in _SHARED}
        own = self.playbook.links_from(entry.key)
        names |= {link.target[1] for link in own if link.target[0] == "events" and link.field in ("log", "met")}
        events = [self.playbook.events[name] for name in names if name in self.playbook.events]
        for event in sorted(events, key=lambda one: (-one.record.starts.day.toordinal(), one.id)):
            if event.record.status is not EventStatus.SKIPPED:
                yield event.key

    def _order(self, way: Way) -> tuple[bool, int, int, list[How], tuple[str, ...]]:
        hows = [tie.how for tie in way.ties]
        is_likely = any(how.is_likely for how in hows)
        return is_likely, len(way.ties), self.warmth(way.through[0]).grade, hows, way.through

    def _order_of_approach(self, found: Approach) -> tuple[int, int, bool, list[How], str, str]:
        steps = len(found.way.ties) if found.way is not None else 0
        hows = [tie.how for tie in found.way.ties] if found.way is not None else []
        has_left = found.until is not None
        return steps + has_left, self.warmth(found.asks).grade, has_left, hows, found.asks, found.person


def paths_of(playbook: Playbook, today: dt.date) -> Paths:
    """All ways of a playbook on a day."""
    return Paths(playbook, today, ties_of(playbook, today))


def _job(person: Person, organization: str, today: dt.date) -> tuple[str, dt.date | None]:
    """(title, until): of their present job there, else of the last; no day where they are there still."""
    jobs = [job for job in person.positions if job.organization == organization]
    present = next((job for job in jobs if job.to is None or job.to >= today), None)
    if present is not None or not jobs:
        return (present.title if present is not None else ""), None
    last = max(jobs, key=lambda job: job.to or dt.date.min)
    return last.title, last.to
