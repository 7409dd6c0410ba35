"""What one audience sees: which labels, which kinds, which fields of which record.

Answers questions about one record, field or nested entry at a time; knows nothing of references between records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.graph import Entry, Playbook
from playbook.problems import shorten, suggest
from playbook.records import (
    KINDS,
    Audience,
    Journal,
    JournalEntry,
    Me,
    Meet,
    Mentoring,
    Outcomes,
    Part,
    Person,
    Record,
    Session,
)  # fmt: skip
from playbook.records.choices import JournalKind, Relation
from playbook.records.shape import FieldShape, parts, shape_of
from playbook.records.struct import Struct
from playbook.source.wiki_links import WIKI_LINK

ME = "me"
PUBLIC = "public"

JOURNAL_KINDS: dict[str, JournalKind] = {
    "achievements": JournalKind.ACHIEVEMENT,
    "contributions": JournalKind.CONTRIBUTION,
    "learning": JournalKind.LEARNING,
    "reading": JournalKind.READING,
    "praise": JournalKind.PRAISE,
    "reviews": JournalKind.REVIEW,
}
"""What `show` calls each kind of journal entry."""
SHOWABLE: tuple[str, ...] = (*KINDS, *JOURNAL_KINDS)
"""The words that `show` of an audience may hold."""

USUAL_LABELS: tuple[str, ...] = tuple(relation.value for relation in Relation)
"""Labels that are known before anything bears them, `mentor` above all: what people are to you."""
_LABEL = re.compile("[a-z0-9-]{1,40}")

NEVER: dict[type[Struct], frozenset[str]] = {
    # How you work and who may read what is nobody's business but yours, whatever `show` says.
    Me: frozenset(("audiences", "defaults", "away", "avoid", "commit", "circles", "week_size")),
    # Who was thanked, and so who was not, is bookkeeping about people.
    JournalEntry: frozenset(("thanked",)),
}
"""Fields that no audience gets."""

THEIRS: frozenset[str] = frozenset(("channels", "dates", "mentoring"))
"""Private fields of a person that hold what is theirs or was agreed with them; every other one is about them."""
ABOUT: frozenset[str] = frozenset(("tags",))
"""Fields that others may see and the person may not: words to find somebody by are not for their eyes."""

# They name somebody without being about them: who helped, who speaks, who was there.
_NAMING: tuple[type[Part], ...] = (JournalEntry, Session, Outcomes)


class UnknownAudience(ValueError):  # noqa: N818 (it names what happened)
    """Nobody defined an audience of that name."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody other than the author."""

    labels: frozenset[str]
    """The visibilities it sees."""
    person: str = ""
    """The id of the person who reads, if that is one person."""
    name: str = ""
    """That person's name, casefolded."""
    kinds: frozenset[str] = frozenset(SHOWABLE)
    """The kinds and journal kinds it gets."""
    journal: str = ME
    """The visibility of journal entries that say nothing."""
    defaults: tuple[tuple[str, str], ...] = ()
    """(kind, visibility) of records that say nothing."""

    def sees(self, entry: Entry[Record]) -> bool:
        """Whether the record is there at all for this reader."""
        record = entry.record
        if isinstance(record, Journal):
            return any(self.sees_part(line) for line in record.entries)
        if entry.kind not in self.kinds and entry.kind != "me":
            return False
        label = visibility_of(entry.kind, record, dict(self.defaults))
        # Somebody who closes a field without which there is no record closes the record.
        return label in self.labels and not any(
            field.info.is_required for field in self._closed(record, about_reader=self.is_about_reader(entry))
        )

    def sees_part(self, part: Struct) -> bool:
        """Whether a nested entry is there for this reader, given that what holds it is."""
        if isinstance(part, JournalEntry):
            shown = "journal" in self.kinds or any(JOURNAL_KINDS.get(word) is part.kind for word in self.kinds)
            return shown and (part.visibility or self.journal) in self.labels
        visibility: str = getattr(part, "visibility", "")
        return not visibility or visibility in self.labels

    def gets_part(self, part: Struct) -> bool:
        """Whether a nested entry reaches this reader: it is there, and was not written about them."""
        return self.sees_part(part) and not self.names_reader(part)

    def is_about_reader(self, entry: Entry[Record]) -> bool:
        """Whether the record is about the very person who reads."""
        return bool(self.person) and entry.key == ("people", self.person)

    def names_reader(self, part: Struct) -> bool:
        """Whether a nested entry was written about the person who reads: it refers to them, or a text links to them."""
        if not self.person or isinstance(part, _NAMING):
            return False
        for field in shape_of(type(part)).fields:
            value = getattr(part, field.name)
            values = value if type(value) is tuple else (value,)
            if field.ref is not None:
                if field.ref.kind == "people" and self.person in values:
                    return True
            elif any(self._links_to_reader(one) for one in values if type(one) is str):
                return True
        # Somebody with a file may stand here by name alone.
        return isinstance(part, Meet) and bool(self.name) and part.name.casefold() == self.name

    def _links_to_reader(self, text: str) -> bool:
        return "[[" in text and any(
            found[2] == self.person and found[1] in (None, "people") for found in WIKI_LINK.finditer(text)
        )

    def open_fields(self, holder: Struct, *, about_reader: bool) -> Iterator[FieldShape]:
        """The fields of a record or nested entry that this reader may look into, in their order."""
        closed = {field.name for field in self._closed(holder, about_reader=about_reader)}
        for field in shape_of(type(holder)).fields:
            # Who else may see a thing is not for this reader to know.
            if field.name not in closed and field.name not in ("visibility", "show"):
                yield field

    def _closed(self, holder: Struct, *, about_reader: bool) -> Iterator[FieldShape]:
        shape = shape_of(type(holder))
        never = NEVER.get(type(holder), frozenset())
        for field in shape.fields:
            if field.alias in never:
                yield field
            elif isinstance(holder, Record):
                private = field.alias in holder.private
                label = holder.show.get(field.alias, ME if private else "")
                about = about_reader and isinstance(holder, Person) and _is_about(field.alias, private=private)
                if about or (label and label not in self.labels):
                    yield field
            elif isinstance(holder, Mentoring) and about_reader:
                if field.alias == "feedback":
                    yield field
            elif isinstance(holder, JournalEntry) and field.alias == "said" and not holder.may_quote:
                yield field


def _is_about(alias: str, *, private: bool) -> bool:
    return alias in ABOUT or (private and alias not in THEIRS)


def visibility_of(kind: str, holder: Record | JournalEntry, defaults: Mapping[str, str]) -> str:
    """What a record or journal entry is: its own visibility, else what `defaults` says of its kind, else `me`."""
    return holder.visibility or defaults.get(kind, ME)


def audiences(playbook: Playbook) -> tuple[str, ...]:
    """The names that one may build for: `me`, `public`, those of `me.yml` in its order, then each label in use."""
    return tuple(dict.fromkeys((ME, PUBLIC, *playbook.me.record.audiences, *sorted(labels_in(playbook)))))


def labels_in(playbook: Playbook) -> set[str]:
    """Every label that stands somewhere: as a visibility, behind `show`, among the defaults, seen by an audience."""
    me = playbook.me.record
    found = {*me.defaults.values(), *(label for audience in me.audiences.values() for label in audience.sees)}
    for entry in (playbook.me, *playbook.entries()):
        found |= {entry.record.visibility, *entry.record.show.values()}
        found |= {getattr(part, "visibility", "") for _, part in parts(entry.record)}
    return found - {""}


def _name_of(playbook: Playbook, person: str) -> str:
    entry = playbook.people.get(person)
    return "" if entry is None else entry.title.casefold()


def _how_to_make(playbook: Playbook, audience: str) -> str:
    """What to write into me.yml, so that an audience is called so."""
    if not _LABEL.fullmatch(audience):
        return "A name is of a-z, 0-9 and hyphens."
    who = f"person: {audience}, " if audience in playbook.people else ""
    line = f"{audience}: {{{who}sees: [{audience}]}}"
    if playbook.me.record.audiences:
        return f"To make one, write below audiences in me.yml: {line}"
    return f"To make one, write into me.yml: audiences: {{{line}}}"


def reader_of(playbook: Playbook, audience: str) -> Reader | None:
    """The reader that an audience's name stands for; None for `me`, who sees everything.

    Raises:
        UnknownAudience: where neither the playbook nor the format knows the name.
    """
    if audience == ME:
        return None
    me = playbook.me.record
    is_known = audience in (PUBLIC, *me.audiences, *USUAL_LABELS)
    if not is_known and audience not in (known := audiences(playbook)):
        hint = suggest(audience, known)
        if not hint:
            near = suggest(audience, USUAL_LABELS) or f"There are {', '.join(known)}."
            hint = f"{near} {_how_to_make(playbook, audience)}"
        raise UnknownAudience(f"no audience called '{shorten(audience, 40)}'. {hint}")
    defined = me.audiences.get(audience, Audience())
    # A label is an audience too: whoever is shown what bears it.
    sees = defined.sees if audience in me.audiences else (audience,)
    # `public` may be narrowed in me.yml, never widened; and `me` is no label that anybody else can see.
    labels = {PUBLIC} if audience == PUBLIC else {PUBLIC, *sees} - {ME}
    return Reader(
        labels=frozenset(labels),
        person=defined.person or "",
        name=_name_of(playbook, defined.person or ""),
        # An empty list was written to show nothing.
        kinds=frozenset(defined.show if "show" in defined.fields_set else SHOWABLE),
        journal=me.defaults.get("journal", ME),
        defaults=tuple(me.defaults.items()),
    )
