"""What a line can mean to a playbook, and the desk it is read at. Plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from playbook.capture.people import Roster, roster_of
from playbook.capture.words import ToDo, Told
from playbook.graph import Entry, Playbook
from playbook.records import Event


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who gets a file."""

    id: str
    name: str
    organization: str = ""
    """Its id where it is known, else its name; or nothing."""
    title: str = ""
    """What they do there."""

    @property
    def job(self) -> str:
        """`Fellow at northwind`, as far as it is known."""
        return " at ".join(words for words in (self.title, self.organization) if words)


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """What passed between you and somebody."""

    person: str
    """The id; of a newcomer, the one the file will have."""
    name: str
    told: Told
    newcomer: Newcomer | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """That you did not meet somebody: nothing is written of it."""

    name: str


@dataclass(frozen=True, slots=True)
class AboutItem:
    """That a checklist item is done, or left out."""

    index: int
    task: str
    done: dt.date | None
    skipped: str


@dataclass(frozen=True, slots=True)
class AboutEvent:
    """What was learned there, or is to be done after it for nobody in particular."""

    learned: str = ""
    to_do: ToDo | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """One line and what it means; where that is not clear, `meaning` is None and `doubts` say why."""

    number: int
    text: str
    meaning: AboutPerson | Absent | AboutItem | AboutEvent | None
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What was decided and is worth a look."""


@dataclass(frozen=True)
class Desk:
    """Where lines are read: the playbook, the event, and the days that matter."""

    playbook: Playbook
    event: Entry[Event]
    on: dt.date
    """The day of the entries."""
    today: dt.date
    taken: frozenset[str] = field(default=frozenset())
    """Ids of files that are there and could not be read, which nobody may get."""

    @cached_property
    def roster(self) -> Roster:
        """Whom a line may be about."""
        return roster_of(self.playbook, self.event)


def newcomers_of(lines: Sequence[Understood]) -> tuple[Newcomer, ...]:
    """Whoever gets a file because of these lines."""
    return tuple(one.meaning.newcomer for one in lines if isinstance(one.meaning, AboutPerson) and one.meaning.newcomer)
