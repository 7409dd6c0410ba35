"""What passed each way between you and somebody: asked, given, received, promised, kept.

Pure functions of a playbook and a day. Counts and compares; it never scores anybody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from playbook.gifts import gifts_of
from playbook.graph import Entry, Playbook
from playbook.owed import is_resting
from playbook.records import Person
from playbook.records.choices import By, LogKind, MentoringRole, Relation

A_YEAR = 365
"""Days that are looked back over: what was given long ago is no reason to be owed anything."""
LEANS_FROM = 3
"""By how much one side must lead before a word is said about it."""


class Leaning(StrEnum):
    """Which way a relationship has leaned."""

    EVEN = "even"
    TAKING = "taking"
    """You received and asked more than you gave."""
    GIVING = "giving"


@dataclass(frozen=True, slots=True)
class Balance:
    """What passed within a year, or in all."""

    asked: int = 0
    """How often you asked for something."""
    received: int = 0
    gave: int = 0
    """Help, introductions, and offers that were taken up."""
    kept: int = 0
    """Promises that you kept."""
    open_mine: int = 0
    """Promises of yours that wait, whenever they were made."""
    kept_theirs: int = 0
    open_theirs: int = 0

    @property
    def promised(self) -> int:
        """Promises that you made and that were kept in that time, or wait."""
        return self.kept + self.open_mine

    @property
    def promised_theirs(self) -> int:
        """The same of theirs."""
        return self.kept_theirs + self.open_theirs

    @property
    def leaning(self) -> Leaning:
        """Which way it leans; a promise kept is something given."""
        mine, theirs = self.gave + self.kept, self.received + self.kept_theirs + self.asked
        if theirs - mine >= LEANS_FROM:
            return Leaning.TAKING
        return Leaning.GIVING if mine - theirs >= LEANS_FROM else Leaning.EVEN


def balance_of(entry: Entry[Person], today: dt.date, *, days: int | None = A_YEAR) -> Balance:
    """What passed between you and somebody in the last so many days; None counts all, also what has no day."""
    person = entry.record

    def counts(day: dt.date | None) -> bool:
        if day is None or days is None:
            return days is None and (day is None or day <= today)
        return 0 <= (today - day).days <= days

    kinds = [line.kind for line in person.log if counts(line.date)]
    kept = [one for one in person.promises if one.kept is not None and counts(one.kept.on)]
    waiting = [one for one in person.promises if one.kept is None]
    return Balance(
        asked=kinds.count(LogKind.ASKED),
        received=sum(kind.is_receiving for kind in kinds),
        gave=sum(map(counts, gifts_of(person))),
        kept=sum(one.by is By.ME for one in kept),
        open_mine=sum(one.by is By.ME for one in waiting),
        kept_theirs=sum(one.by is By.THEM for one in kept),
        open_theirs=sum(one.by is By.THEM for one in waiting),
    )


def _is_mentee(person: Person) -> bool:
    """Whether giving is what the tie is for."""
    return Relation.MENTEE in person.relations or (
        person.mentoring is not None and person.mentoring.role is MentoringRole.MENTEE
    )


def is_worth_a_word(entry: Entry[Person], balance: Balance) -> bool:
    """Whether a tie leans, and it is neither at rest nor meant to: to a mentee, giving is what it is for."""
    if balance.leaning is Leaning.EVEN or entry.by_role or is_resting(entry.record):
        return False
    return not (balance.leaning is Leaning.GIVING and _is_mentee(entry.record))


def leaning_ties(playbook: Playbook, today: dt.date) -> tuple[tuple[Entry[Person], Balance], ...]:
    """Everybody with whom the last year leaned one way, those from whom you received most first."""
    found = [
        (entry, balance)
        for entry in playbook.people.values()
        if is_worth_a_word(entry, balance := balance_of(entry, today))
    ]
    return tuple(
        sorted(
            found, key=lambda pair: (pair[1].leaning is Leaning.GIVING, -pair[1].received - pair[1].asked, pair[0].id)
        )
    )
