"""What one audience sees of a playbook, held against what another sees: records, fields, entries, roles, prose.

Made from what `restrict` leaves of it, so that nothing is claimed here that a site would not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.audience import ME, PUBLIC, audiences, restrict
from playbook.graph import Entry, Playbook
from playbook.graph.playbook import Key
from playbook.records import Record
from playbook.views.prose import Prose, open_prose
from playbook.views.said import said
from playbook.views.words import count

SECTIONS = ("me", "goals", "people", "organizations", "events", "outreach", "journal", "plays")


@dataclass(frozen=True, slots=True)
class AudienceLine:
    """One audience, and how much it sees."""

    name: str
    who: str
    """`you`, `everybody`, a person's name, or what it stands for."""
    sees: tuple[str, ...]
    """The labels."""
    show: tuple[str, ...]
    """The kinds it is narrowed to; empty for all."""
    counts: tuple[tuple[str, int], ...]
    """(kind, how many records) of each kind of which it sees any; of the journal entries, not years."""
    by_role: int
    """As how many roles people stand there who are not named."""


@dataclass(frozen=True, slots=True)
class FieldSight:
    """One field of a record that is seen in part or not at all."""

    name: str
    seen: int
    """How many of its entries; 0 for nothing."""
    of: int
    is_reworded: bool = False
    """Whether all is there in other words: a link or a name has become a word."""


@dataclass(frozen=True, slots=True)
class RecordSight:
    """One record that an audience sees."""

    key: Key
    title: str
    shown: tuple[str, ...]
    """The fields that it sees whole."""
    rest: tuple[FieldSight, ...]
    """The others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one audience sees of what another does."""

    seen: tuple[RecordSight, ...]
    unseen: tuple[tuple[Key, str], ...]
    """(record, title) of what the other sees, and this audience does not."""
    roles: tuple[str, ...]
    """What people are called there who are not named: `a mentor`."""
    more: tuple[RecordSight, ...]
    """Records of which it sees more than the other, with the fields that the other lacks in `rest`."""
    prose: tuple[Prose, ...]


def audience_lines(playbook: Playbook) -> tuple[AudienceLine, ...]:
    """Every audience in the order of `audiences`."""
    return tuple(_line(playbook, name) for name in audiences(playbook))


def compare(playbook: Playbook, name: str, other: str = ME) -> Comparison:
    """What the audience `name` sees, held against what `other` sees.

    Raises:
        UnknownAudience: where nobody knows one of them.
    """
    mine, theirs = restrict(playbook, name), restrict(playbook, other)
    # What I see is whole: what somebody else sees of it is a part, though perhaps in other words.
    is_part = other == ME
    return Comparison(
        tuple(
            _sight(entry, mine.find(entry.key), is_part=is_part)
            for entry in _real(theirs)
            if _is_there(mine, entry.key)
        ),
        tuple((entry.key, entry.title) for entry in _real(theirs) if not _is_there(mine, entry.key)),
        tuple(entry.title for entry in mine.people.values() if entry.by_role),
        ()
        if is_part
        else tuple(found for entry in _real(mine) if (found := _sight(entry, theirs.find(entry.key))).rest),
        open_prose(playbook, name),
    )


def labels_text(line: AudienceLine) -> str:
    """`sees public, mentor; only goals, achievements`."""
    narrowed = f"; only {', '.join(line.show)}" if line.show else ""
    return f"sees {', '.join(line.sees)}{narrowed}" if line.sees else "sees everything"


def counts_text(line: AudienceLine) -> str:
    """`3 goals, 12 people (4 as roles)`."""
    nouns = {
        "goals": ("goal",), "organizations": ("organization",), "events": ("event",), "plays": ("play",),
        "outreach": ("outreach template",), "journal": ("journal entry", "journal entries"),
    }  # fmt: skip
    told = []
    for kind, number in line.counts:
        if kind == "me":
            told.append("me.yml")
        elif kind == "people":
            roles = f" (others as {count(line.by_role, 'role')})" if line.by_role else ""
            told.append(f"{count(number, 'person', 'people')}{roles}")
        else:
            told.append(count(number, *nouns[kind]))
    return ", ".join(told) or "nothing"


def _line(playbook: Playbook, name: str) -> AudienceLine:
    defined = playbook.me.record.audiences.get(name)
    pruned = restrict(playbook, name)
    counts = []
    for kind in SECTIONS:
        if kind == "me":
            number = int(_is_there(pruned, playbook.me.key))
        elif kind == "journal":
            number = len(pruned.journal_lines())
        else:
            number = sum(not entry.by_role for entry in pruned.of_kind(kind).values())
        if number or (kind == "people" and any(entry.by_role for entry in pruned.people.values())):
            counts.append((kind, number))
    return AudienceLine(
        name,
        _who(playbook, name),
        () if name == ME else tuple(dict.fromkeys((PUBLIC, *(_labels(playbook, name))))),
        tuple(defined.show) if defined is not None else (),
        tuple(counts),
        sum(entry.by_role for entry in pruned.people.values()),
    )


def _labels(playbook: Playbook, name: str) -> tuple[str, ...]:
    defined = playbook.me.record.audiences.get(name)
    return tuple(defined.sees) if defined is not None else (name,)


def _who(playbook: Playbook, name: str) -> str:
    if name in (ME, PUBLIC):
        return "you" if name == ME else "everybody"
    defined = playbook.me.record.audiences.get(name)
    if defined is None:
        return f"whoever is shown what is labelled '{name}'"
    person = playbook.people.get(defined.person or "")
    return person.title if person is not None else "nobody in particular"


def _real(playbook: Playbook) -> Iterator[Entry[Record]]:
    """The records that are there, without those that stand for a role."""
    yield from (entry for entry in (playbook.me, *playbook.entries()) if not entry.by_role and said(entry))


def _is_there(playbook: Playbook, key: Key) -> bool:
    entry = playbook.find(key)
    return entry is not None and not entry.by_role and bool(said(entry))


def _sight(whole: Entry[Record], part: Entry[Record] | None, *, is_part: bool = False) -> RecordSight:
    """How much of a record is in another form of it."""
    known = {} if part is None or part.by_role else said(part)
    shown, rest = [], []
    for name, lines in said(whole).items():
        left = known.get(name, ())
        if left == lines:
            shown.append(name)
        else:
            seen = len(left) if is_part else sum(line in left for line in lines)
            rest.append(FieldSight(name, seen, len(lines), is_reworded=is_part and seen == len(lines)))
    return RecordSight(whole.key, whole.title, tuple(shown), tuple(rest))
