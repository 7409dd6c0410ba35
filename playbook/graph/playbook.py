"""The playbook: every record by kind and id, and the links between them, seen from both ends.

Holds ids, never objects inside records: whoever needs a record looks it up here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from playbook.problems import Place
from playbook.records import (
    Event,
    Goal,
    Journal,
    JournalEntry,
    Me,
    Organization,
    Outreach,
    Person,
    Play,
    Record,
)
from playbook.records.shape import PathParts
from playbook.source.document import Document

R = TypeVar("R", bound=Record, covariant=True)
Key = tuple[str, str]
"""(kind, id), such as `("people", "grace-hopper")`."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record with its kind, its id and the file it came from (None where an audience may not know it)."""

    kind: str
    id: str
    record: R
    document: Document | None = field(default=None, repr=False, compare=False)
    by_role: bool = False
    """Whether it stands for everybody of one role, for an audience that may not know who: it has no page."""

    @property
    def key(self) -> Key:
        """(kind, id)."""
        return (self.kind, self.id)

    @property
    def title(self) -> str:
        """Its title or name, as plain text."""
        return self.record.title_text or self.id

    def place_of(self, path: PathParts = (), *, key: bool = False) -> Place:
        """Where the value at `path` stands in the file; the file's first line for a record without one."""
        if self.document is None:
            return Place(f"{self.kind}/{self.id}.yml")
        return self.document.place_of(as_written(self.kind, path), key=key)

    def line_of(self, path: PathParts = ()) -> int | None:
        """The line of the value at `path`, or None where the file may not be known."""
        return None if self.document is None else self.document.line_of(as_written(self.kind, path))


def as_written(kind: str, path: PathParts) -> PathParts:
    """A record's path as it stands in the file: a journal's list has no key of its own."""
    return path[1:] if kind == "journal" else path


class Link(NamedTuple):
    """One reference: from the value at `path` in the record `source` to the record `target`.

    A plain tuple with names: a playbook holds thousands, and all are made before anything is said.
    """

    source: Key
    path: PathParts
    target: Key

    @property
    def field(self) -> str:
        """The top-level field it stands in."""
        return str(self.path[0]) if self.path else ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry of the journal: the file it stands in, its index there, and what it says."""

    entry: Entry[Journal]
    index: int
    record: JournalEntry

    @property
    def anchor(self) -> str:
        """A name for it that is unique in its year."""
        return f"{self.record.date.isoformat()}-{self.index + 1}"


@dataclass(frozen=True)
class Playbook:
    """Everything that was read, joined. Each mapping is id → entry, sorted by id."""

    me: Entry[Me]
    goals: Mapping[str, Entry[Goal]] = field(default_factory=dict)
    people: Mapping[str, Entry[Person]] = field(default_factory=dict)
    organizations: Mapping[str, Entry[Organization]] = field(default_factory=dict)
    events: Mapping[str, Entry[Event]] = field(default_factory=dict)
    outreach: Mapping[str, Entry[Outreach]] = field(default_factory=dict)
    journal: Mapping[str, Entry[Journal]] = field(default_factory=dict)
    plays: Mapping[str, Entry[Play]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    _out: dict[Key, list[Link]] = field(default_factory=dict, repr=False, compare=False)
    _in: dict[Key, list[Link]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for found in self.links:
            self._out.setdefault(found.source, []).append(found)
            self._in.setdefault(found.target, []).append(found)

    def of_kind(self, kind: str) -> Mapping[str, Entry[Record]]:
        """All entries of one kind, by id."""
        found: Mapping[str, Entry[Record]] = getattr(self, kind)
        return found

    def find(self, key: Key) -> Entry[Record] | None:
        """The entry of that kind and id, if there is one; `me.yml` is one too, for it refers to others."""
        return self.me if key == self.me.key else self.of_kind(key[0]).get(key[1])

    def entries(self) -> Iterator[Entry[Record]]:
        """Every entry but `me.yml`, by kind and id."""
        for kind in ("goals", "people", "organizations", "events", "outreach", "journal", "plays"):
            yield from self.of_kind(kind).values()

    def links_from(self, key: Key) -> tuple[Link, ...]:
        """The references that `key`'s own file makes, in the order of its fields."""
        return tuple(self._out.get(key, ()))

    def links_to(self, key: Key) -> tuple[Link, ...]:
        """The references that other files make to `key`."""
        return tuple(self._in.get(key, ()))

    def related(self, key: Key, kind: str, *fields: str) -> tuple[str, ...]:
        """Ids of the records of `kind` that `key` names, or that name it, in one of `fields` (any, if none is given).

        Own order first, as the author wrote it; those that only the other side names follow, sorted by id.
        """
        own = [found.target[1] for found in self.links_from(key) if found.target[0] == kind and _in(found, fields)]
        other = sorted(
            {found.source[1] for found in self.links_to(key) if found.source[0] == kind and _in(found, fields)}
        )
        return tuple(dict.fromkeys((*own, *other)))

    def journal_lines(self) -> tuple[JournalLine, ...]:
        """The whole journal, newest first; entries of one day in the order in which they were written."""
        lines = [
            JournalLine(entry, index, record)
            for entry in self.journal.values()
            for index, record in enumerate(entry.record.entries)
        ]
        return tuple(sorted(lines, key=lambda line: (-line.record.date.toordinal(), line.entry.id, line.index)))


def _in(found: Link, fields: tuple[str, ...]) -> bool:
    return not fields or found.field in fields
