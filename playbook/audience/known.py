"""What one audience may refer to: which ids, which criteria, which milestones, and who stands for whom by role.

Everything that a pruned text or reference is replaced by is decided here, from what the audience sees and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.audience.brackets import replace_brackets
from playbook.audience.reader import Reader
from playbook.graph import Entry, Playbook
from playbook.graph.playbook import Key
from playbook.records import KINDS, Criterion, Goal, Milestone, Organization, Person, Record
from playbook.records.choices import Relation
from playbook.records.types import Ref
from playbook.source.wiki_links import WIKI_LINK

SOMEONE = "someone"
SOMETHING = "something"

_ROLE_NAMES: dict[Relation | None, str] = {
    **{relation: f"a {relation.replace('-', ' ')}" for relation in Relation},
    Relation.ALUM: "an alum",
    Relation.REPORT: "a direct report",
    Relation.FAMILY: "a relative",
    None: "a contact",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What one audience may refer to."""

    named: frozenset[Key]
    """Every record that it sees as itself."""
    roles: Mapping[Relation | None, Entry[Person]]
    """The pseudo-records of the people that it may not know by name."""
    stand_ins: Mapping[str, Relation | None]
    """The id of each of those people → the role they stand under."""
    hidden_names: Mapping[tuple[str, str], str]
    """(kind, casefolded name) of records that no seen one shares it with → the id to put there, or nothing."""
    criteria: frozenset[str]
    """`goal/criterion` of each that it sees."""
    milestones: frozenset[tuple[Key, str]]
    """(the goal, casefolded title) of each milestone that it sees."""
    hidden: frozenset[Key]
    """Every other record that exists."""

    def refer(self, ref: Ref, text: str, home: Entry[Record]) -> str | None:
        """What stands in place of a reference written in `home`: an id, plain text, or None for nothing at all."""
        if ref.kind == "criteria":
            own = home.kind == "goals" and f"{home.id}/{text}" in self.criteria
            return text if own or text in self.criteria else None
        if (ref.kind, text) in self.named:
            return text
        if ref.kind == "people" and text in self.stand_ins:
            return self.roles[self.stand_ins[text]].id
        if (ref.kind, text) in self.hidden or not ref.accepts(text):
            return None
        return self.hidden_names.get((ref.kind, text.casefold()), text) or None

    def rewrite(self, text: str) -> str:
        """A text whose `[[links]]` all lead to what the audience sees; a constant word stands where another led."""
        return replace_brackets(text, self._link)

    def _link(self, whole: str) -> str:
        found = WIKI_LINK.fullmatch(whole)
        # Whatever stands in brackets is asked about: an id in one too long to be a link would be shown as it stands.
        if found is None:
            return SOMETHING
        kind, name = found[1] or "", found[2]
        if sum((known, name) in self.named for known in ((kind,) if kind else KINDS)) == 1:
            return whole
        if name in self.stand_ins and kind in ("", "people"):
            return self.roles[self.stand_ins[name]].title
        return SOMEONE if kind == "people" or (not kind and ("people", name) in self.hidden) else SOMETHING


def know(playbook: Playbook, reader: Reader) -> Known:
    """What the reader of this playbook may refer to."""
    seen = [entry for entry in playbook.entries() if reader.sees(entry)]
    unnamed = {entry.id: _role_of(entry.record) for entry in seen if _is_unnamed(entry, reader)}
    named = [entry for entry in seen if entry.kind != "people" or entry.id not in unnamed]
    keys = frozenset(entry.key for entry in named)
    roles = dict(_roles(frozenset(unnamed.values()), keys))
    return Known(
        named=keys,
        roles=roles,
        stand_ins=unnamed,
        hidden_names=_hidden_names(playbook, named, {key: roles[role].id for key, role in unnamed.items()}),
        criteria=frozenset(f"{entry.id}/{c.id}" for entry in named for c in _criteria(entry, reader) if c.id),
        milestones=frozenset((entry.key, m.title.casefold()) for entry in named for m in _milestones(entry, reader)),
        hidden=frozenset(entry.key for entry in playbook.entries()) - keys,
    )


def _is_unnamed(entry: Entry[Record], reader: Reader) -> bool:
    return isinstance(entry.record, Person) and not entry.record.consent and not reader.is_about_reader(entry)


def _role_of(record: Record) -> Relation | None:
    relations = record.relations if isinstance(record, Person) else ()
    return next((relation for relation in Relation if relation in relations), None)


def _roles(
    wanted: frozenset[Relation | None], named: frozenset[Key]
) -> Iterator[tuple[Relation | None, Entry[Person]]]:
    for role in (*Relation, None):
        if role in wanted:
            name = _ROLE_NAMES[role]
            identifier = name.replace(" ", "-")
            while ("people", identifier) in named:
                identifier += "-1"
            record = Person(name=name) if role is None else Person(name=name, relations=(role,))
            yield role, Entry("people", identifier, record, by_role=True)


def _hidden_names(
    playbook: Playbook, named: list[Entry[Record]], stand_ins: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Names that lead to nobody the audience knows. Where several share one, who it means is not known to anybody."""
    open_names = {(entry.kind, name) for entry in named for name in _names(entry)}
    found: dict[tuple[str, str], str] = {}
    for entry in playbook.entries():
        for name in _names(entry):
            key = (entry.kind, name)
            if key not in open_names:
                found[key] = "" if key in found or entry.kind != "people" else stand_ins.get(entry.id, "")
    return found


def _names(entry: Entry[Record]) -> set[str]:
    record = entry.record
    other = record.also_known_as if isinstance(record, Organization) else ()
    return {name.casefold() for name in (record.title_text, *other) if name}


def _criteria(entry: Entry[Record], reader: Reader) -> tuple[Criterion, ...]:
    found = entry.record.criteria if isinstance(entry.record, Goal) and _opens(entry, "criteria", reader) else ()
    return tuple(criterion for criterion in found if reader.gets_part(criterion))


def _milestones(entry: Entry[Record], reader: Reader) -> tuple[Milestone, ...]:
    found = entry.record.milestones if isinstance(entry.record, Goal) and _opens(entry, "milestones", reader) else ()
    return tuple(milestone for milestone in found if reader.gets_part(milestone))


def _opens(entry: Entry[Record], alias: str, reader: Reader) -> bool:
    about = reader.is_about_reader(entry)
    return any(field.alias == alias for field in reader.open_fields(entry.record, about_reader=about))
