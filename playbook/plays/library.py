"""The plays that come with the program, read from `library/*.yml` by the reader of every playbook.

Knows no playbook: a routine speaks of a goal, a person, an event without naming one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

from playbook.problems import Problem, in_reading_order
from playbook.records import Part, Record
from playbook.records.choices import Purpose
from playbook.records.days import Due
from playbook.records.reading import read_record
from playbook.records.texts import Refused
from playbook.records.types import Boolean, DueBy, Many, Name, Text, Typed, word_of
from playbook.source.reader import parse_document

FOLDER = Path(__file__).resolve().parent / "library"


class Aim(StrEnum):
    """What a play can be for."""

    GOAL = "goal"
    PERSON = "person"
    EVENT = "event"

    @property
    def kind(self) -> str:
        """The folder of such records."""
        return {"goal": "goals", "person": "people", "event": "events"}[self.value]


class From(StrEnum):
    """Which day T is, unless somebody says another."""

    TODAY = "today"
    """The day it is started."""
    GOAL = "goal"
    """The day the goal is due."""
    EVENT = "event"
    """The event: what comes before it counts from its first day, what comes after it from its last."""


class Family(StrEnum):
    """What a play is about, in the order of the practices that it puts to work."""

    WANT = "Say what you want"
    MEET = "Meet people"
    FOUND = "Be found"
    MENTORS = "Mentors"
    SPONSORS = "Sponsors"
    TIES = "Keep ties alive"
    GROW = "Grow, and look back"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a practice is from."""

    author: str
    title: str
    year: int

    def __str__(self) -> str:
        return f"{self.author}: {self.title} ({self.year})"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a routine."""

    task: str
    due: Due | None = None
    """Counted from T; None for a step that has no day."""
    purpose: Purpose | None = None
    """What its script is for; which template that is, a playbook decides."""
    script: str = ""
    """The template itself, in a routine made of a person's own play."""
    with_person: bool = False
    """Whether it concerns the person whom the play is for."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A play ready to be started."""

    id: str
    title: str
    why: str
    """Why it works; in a routine made of a person's own play, what they wrote."""
    steps: tuple[Step, ...]
    source: str = ""
    """Author, title and year."""
    needs: tuple[Aim, ...] = ()
    """What has to be said when it is started."""
    takes: tuple[Aim, ...] = ()
    """What may be said."""
    counts_from: From = From.TODAY
    day: str = ""
    """T in words: `the first conversation`."""
    done_when: tuple[str, ...] = ()
    """What counts as done."""
    covers: tuple[str, ...] = ()
    """Ids of the practices it puts to work, the one it is mostly about first."""
    replaces: tuple[str, ...] = ()
    """Items that a new event's file begins with, and that a step says in other words."""
    is_own: bool = False
    """Whether it is made of a play in the person's own content."""

    @property
    def family(self) -> Family:
        """What it is about: the first practice that it covers says so."""
        letter = self.covers[0][0] if self.covers else "G"
        return tuple(Family)["ABCDEFG".index(letter)]


@cache
def library() -> tuple[Routine, ...]:
    """Every play that comes along: by family, in it by title."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.yml"))]
    families = tuple(Family)
    return tuple(sorted(found, key=lambda one: (families.index(one.family), one.title)))


def read_routine(path: str, identifier: str, content: bytes) -> tuple[Routine | None, tuple[Problem, ...]]:
    """The routine in a file's bytes, or None and why not."""
    document, problems = parse_document(path, content)
    if document is None or problems:
        return None, problems
    record, found = read_record(document, _File)
    if not isinstance(record, _File):
        return None, found
    reference = Reference(record.source.author, record.source.title, record.source.year)
    return Routine(
        id=identifier,
        title=record.title,
        why=" ".join(record.why.split()),
        steps=tuple(Step(one.task, one.due, one.script, with_person=one.person) for one in record.steps),
        source=str(reference),
        needs=record.needs,
        takes=record.takes,
        counts_from=record.counts_from,
        day=record.day,
        done_when=record.done_when,
        covers=record.covers,
        replaces=record.replaces,
    ), ()


def _read(path: Path) -> Routine:
    routine, problems = read_routine(path.name, path.stem, path.read_bytes())
    if routine is None:
        # What comes along is ours: a mistake in it is a bug, and a test reads all of it.
        raise AssertionError(_lines(problems))
    return routine


def _lines(problems: Sequence[Problem]) -> str:
    return "\n".join(str(problem) for problem in in_reading_order(problems))


def _typed_year(value: Any) -> int:
    """The year of a source."""
    if not isinstance(value, str) or not re.fullmatch(r"(19|20)[0-9]{2}", value):
        raise Refused("bad-value", f"'{value}' is not the year of a source")
    return int(value)


class _Source(Part):
    """A book, a paper."""

    author: Name
    title: Name
    year: Annotated[int, Typed(_typed_year, {"type": "integer"}, "year")]


class _Step(Part):
    """A step as it is written."""

    main: ClassVar[str] = "task"

    task: Name
    due: DueBy | None = None
    script: Annotated[Purpose, word_of(Purpose)] | None = None
    person: Boolean = False


class _File(Record):
    """A file of the library."""

    noun: ClassVar[str] = "play of the library"

    title: Name
    why: Text
    source: _Source
    needs: Many[Annotated[Aim, word_of(Aim)]] = ()
    takes: Many[Annotated[Aim, word_of(Aim)]] = ()
    counts_from: Annotated[From, word_of(From)] = From.TODAY
    day: Name
    steps: Many[_Step]
    done_when: Many[Name]
    covers: Many[Name]
    replaces: Many[Name] = ()
