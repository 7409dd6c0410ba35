"""The ties that people have with each other as they were written, and the short ways along them.

Nothing is guessed here from shared employers, tags or events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from playbook.cadence import stage_of
from playbook.graph import Playbook
from playbook.records.choices import LogKind, Stage

MOST_STEPS = 2
"""How many ties a way may have: the one who introduces you, and one person between."""


class How(IntEnum):
    """What shows that two people know each other; the strongest sign first."""

    KNOWS = 0
    """It is written that one knows the other."""
    INTRODUCED_YOU = 1
    """The first introduced you to the second."""
    INTRODUCED = 2
    """A log tells of an introduction of the second, with the first."""
    MENTIONED = 3
    """A log names the second as somebody to be introduced to, without an introduction yet."""
    SAME_PLACE = 4
    """Nobody wrote it down; both work in the same place."""
    SAME_EVENT = 5
    """Nobody wrote it down; both are named at the same event."""

    @property
    def is_likely(self) -> bool:
        """Whether it is no more than likely, and worth asking first."""
        return self in (How.SAME_PLACE, How.SAME_EVENT)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people (by id) who know each other, and what shows it."""

    one: str
    other: str
    how: How
    day: dt.date | None = None
    """When it was written down, where a log tells of it."""
    where: tuple[str, str] = ("", "")
    """What they share, of a tie that is no more than likely: (kind, id), or ('', a name)."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to somebody: its first tie begins with a person you can ask, its last ends with whom you seek."""

    ties: tuple[Tie, ...]

    @property
    def through(self) -> tuple[str, ...]:
        """The ids of everybody on the way, whom you ask first; without the one you seek."""
        return tuple(tie.one for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Ties:
    """Everybody's ties, and who of them you are connected with."""

    by_person: dict[str, dict[str, Tie]]
    """Person → each one they know → the tie, as seen from the person; both sorted by id."""
    connected: frozenset[str]
    """Whom you can ask: connected with you, and the tie neither rests nor has ended."""
    sought: frozenset[str]
    """Whom you might want to be introduced to: not connected yet, and nobody has said no."""

    @property
    def all(self) -> tuple[Tie, ...]:
        """Every tie once, from the smaller id to the larger."""
        return tuple(tie for one, known in self.by_person.items() for other, tie in known.items() if one < other)

    def ways_to(self, person: str, most_steps: int = MOST_STEPS) -> tuple[Way, ...]:
        """Every way to somebody you are not connected with; the shortest first, then the surest, then by id.

        A way begins with the last person on it whom you can ask: nobody is asked to ask whom you can ask yourself.
        """
        if person not in self.sought:
            return ()
        found: list[Way] = []
        trails: list[tuple[Tie, ...]] = [()]
        for _ in range(most_steps):
            longer = []
            for trail in trails:
                passed = {person, *(tie.one for tie in trail)}
                for tie in self._towards(trail[0].one if trail else person):
                    if tie.one in self.connected:
                        found.append(Way((tie, *trail)))
                    elif tie.one in self.sought and tie.one not in passed:
                        longer.append((tie, *trail))
            trails = longer
        return tuple(sorted(found, key=lambda way: (len(way.ties), [tie.how for tie in way.ties], way.through)))

    def can_introduce(self, person: str) -> tuple[Tie, ...]:
        """The ties of somebody you are connected with to those you are not, the surest first, then by id."""
        if person not in self.connected:
            return ()
        ties = [tie for other, tie in self.by_person.get(person, {}).items() if other in self.sought]
        return tuple(sorted(ties, key=lambda tie: (tie.how, tie.other)))

    def _towards(self, person: str) -> Iterator[Tie]:
        for other in self.by_person.get(person, {}):
            yield self.by_person[other][person]


def ties_of(playbook: Playbook, today: dt.date) -> Ties:
    """The ties of a playbook on a day. Of two people only the surest sign is kept, and of equal ones the latest."""
    kept: dict[tuple[str, str], Tie] = {}
    for tie in _written(playbook, today):
        pair = (min(tie.one, tie.other), max(tie.one, tie.other))
        held = kept.get(pair)
        if tie.one != tie.other and (held is None or _rank(tie) < _rank(held)):
            kept[pair] = tie
    by_person: dict[str, dict[str, Tie]] = {}
    for (one, other), tie in sorted(kept.items()):
        for first, second in ((one, other), (other, one)):
            by_person.setdefault(first, {})[second] = Tie(first, second, tie.how, tie.day)
    people = {name: stage_of(playbook, entry, today) for name, entry in playbook.people.items() if not entry.by_role}
    open_ties = {name: stage for name, stage in people.items() if stage.is_open}
    connected = frozenset(name for name, stage in open_ties.items() if stage.has_reached(Stage.CONNECTED))
    ordered = {name: dict(sorted(by_person[name].items())) for name in sorted(by_person)}
    return Ties(ordered, connected, frozenset(open_ties) - connected)


def _written(playbook: Playbook, today: dt.date) -> Iterator[Tie]:
    for entry in playbook.people.values():
        person = entry.record
        for known in person.knows:
            yield Tie(entry.id, known, How.KNOWS)
        if person.introduced_by is not None:
            yield Tie(person.introduced_by, entry.id, How.INTRODUCED_YOU)
        for line in person.log:
            if line.date is not None and line.date > today:
                continue
            how = How.INTRODUCED if line.kind is LogKind.INTRODUCED else How.MENTIONED
            for named in line.about:
                yield Tie(entry.id, named, how, line.date)


def _rank(tie: Tie) -> tuple[int, int, str]:
    return (tie.how, -tie.day.toordinal() if tie.day else 0, tie.one)
