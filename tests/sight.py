"""What an audience sees of a content folder, decided on what authors write by the rules of the format.

Shares nothing with `playbook.audience` on purpose: the two must agree, and a mistake in one must not hide in the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playbook.records import (
    KINDS,
    Criterion,
    JournalEntry,
    Me,
    Meet,
    Mentoring,
    Milestone,
    Outcomes,
    Part,
    Person,
    Record,
    Session,
)  # fmt: skip
from playbook.records.choices import JournalKind, Relation
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from playbook.records.types import Ref
from playbook.source.reader import parse_document

Home = tuple[str, str]
"""The kind and id of the record that something is written in."""

_JOURNAL_WORDS = {
    kind.value + ("" if kind.value in ("learning", "reading", "praise") else "s"): kind.value for kind in JournalKind
}


class Sight:
    """One content folder as one audience other than the author sees it."""

    def __init__(self, files: Mapping[str, str], audience: str) -> None:
        self.data = {path: _expanded(_model_of(path), _read(path, text)) for path, text in sorted(files.items())}
        """Path → what stands there, without shorthand."""
        self.my: dict[str, Any] = self.data.get("me.yml") or {}
        named = self.my.get("audiences", {})
        # A name that me.yml does not know is a label: of whoever is shown what bears it.
        defined = (named.get(audience) or {}) if audience in ("public", *named) else {"sees": audience}
        self.labels = {"public"} if audience == "public" else {"public", *many(defined.get("sees"))} - {"me"}
        self.reader: str | None = defined.get("person")
        self._shown = many(defined["show"]) if "show" in defined else [*KINDS]
        self.states = {key: self._state(key) for key in map(_key, self.data) if key[0] != "me"}
        """(kind, id) → `seen`, `hidden`, or the role that a person stands under."""

    def default(self, kind: str) -> str:
        """The label of a record or a journal entry that says nothing."""
        label: str = self.my.get("defaults", {}).get(kind, "me")
        return label

    def sees_line(self, line: dict[str, Any]) -> bool:
        """Whether a journal entry is there."""
        label = line.get("visibility") or self.default("journal")
        kind = line.get("kind", "achievement")
        return label in self.labels and (
            "journal" in self._shown or any(_JOURNAL_WORDS.get(w) == kind for w in self._shown)
        )

    def sees_entry(self, model: type[Struct], data: dict[str, Any], home: Home) -> bool:
        """Whether a nested entry is there, given that what holds it is."""
        if model is JournalEntry:
            return self.sees_line(data)
        if data.get("visibility", "public") not in self.labels:
            return False
        if self.reader and model not in (Session, Outcomes) and self._links_to_reader(model, data):
            return False
        for field in shape_of(model).fields:
            if field.ref is None or field.alias not in data:
                continue
            names_reader = field.ref.kind == "people" and self.reader in many(data[field.alias])
            if names_reader and model not in (Session, Outcomes):
                return False
            if is_the_point(model, field) and self.state_of(field.ref, data[field.alias], home) == "hidden":
                return False
        return True

    def _links_to_reader(self, model: type[Struct], data: dict[str, Any]) -> bool:
        """Whether a text of a nested entry leads to the person who reads, or it is about meeting them by name."""
        held = [text for alias, value in data.items() for text in many(value) if isinstance(text, str)]
        links = re.findall(r"\[\[\s*((?:[a-z]+/)?)([^\[\]|]+?)\s*[|\]]", "\n".join(held))
        reader = fields_of(self.data.get(f"people/{self.reader}.yml")).get("name", "")
        by_name = model is Meet and data.get("name", "").casefold() == reader.casefold() != ""
        return by_name or any(kind in ("", "people/") and name == self.reader for kind, name in links)

    def closes(self, model: type[Struct], field: FieldShape, data: dict[str, Any], home: Home) -> bool:
        """Whether a field of a record or nested entry is hidden, whatever it holds."""
        alias = field.alias
        if model is Me and alias in ("audiences", "defaults", "away", "avoid", "commit", "circles", "week_size"):
            return True
        if model is JournalEntry:
            quotable = data.get("may_quote") in ("true", "yes")
            stranger = alias == "from" and data.get("from") and ("people", data["from"]) not in self.states
            return alias == "thanked" or (not quotable and (alias == "said" or bool(stranger)))
        if model is Meet and alias in ("name", "organization", "url"):
            return self.states.get(("people", data.get("person", ""))) != "seen"
        about_reader = home == ("people", self.reader)
        if model is Mentoring:
            return about_reader and alias == "feedback"
        if not issubclass(model, Record):
            return False
        if about_reader and model is Person and alias in {"tags"} | model.private - {"channels", "dates", "mentoring"}:
            return True
        label = data.get("show", {}).get(alias, "me" if alias in model.private else "public")
        return label not in self.labels

    def sees_milestone(self, title: str, home: Home) -> bool:
        """Whether a milestone of that title is there."""
        goal = fields_of(self.data[f"{home[0]}/{home[1]}.yml"])
        return any(m["title"] == title and self.sees_entry(Milestone, m, home) for m in goal.get("milestones", ()))

    def state_of(self, ref: Ref, text: str, home: Home) -> str:
        """The state of what a reference leads to; plain text is seen."""
        if ref.kind != "criteria":
            return self.states.get((ref.kind, text), "seen")
        goal, _, name = text.rpartition("/")
        known = self.data.get(f"goals/{goal or home[1]}.yml", {}).get("criteria", ())
        seen = any(c.get("id") == name and self.sees_entry(Criterion, c, home) for c in known)
        return "seen" if seen and self.states.get(("goals", goal or home[1])) == "seen" else "hidden"

    def _state(self, key: tuple[str, str]) -> str:
        """`seen`, `hidden`, or the role that a person stands under."""
        kind, name = key
        data = self.data[f"{kind}/{name}.yml"]
        if kind == "journal":
            return "seen" if any(self.sees_line(line) for line in data) else "hidden"
        label = data.get("visibility") or self.default(kind)
        closed = any(
            f.info.is_required and self.closes(KINDS[kind], f, data, key) for f in shape_of(KINDS[kind]).fields
        )
        if kind not in self._shown or label not in self.labels or closed:
            return "hidden"
        if kind == "people" and data.get("consent") not in ("true", "yes") and name != self.reader:
            return next((str(relation) for relation in Relation if relation in many(data.get("relations"))), "contact")
        return "seen"


def is_the_point(model: type[Struct], field: FieldShape) -> bool:
    """Whether a nested entry whose reference here is hidden says nothing any more."""
    return field.info.is_required or (issubclass(model, Part) and field.alias == model.main)


def _read(path: str, text: str) -> Any:
    document, problems = parse_document(path, text.encode())
    assert document is not None, problems
    return document.tree


def _model_of(path: str) -> type[Struct]:
    kind = path.partition("/")[0]
    return Me if kind == "me.yml" else JournalEntry if kind == "journal" else KINDS[kind]


def _key(path: str) -> tuple[str, str]:
    kind, _, name = path.removesuffix(".yml").rpartition("/")
    return (kind or "me", name)


def _expanded(model: type[Struct], data: Any) -> Any:
    """Plain data without shorthand: every nested entry a mapping, every list a list."""
    if isinstance(data, list):
        return [_expanded(model, item) for item in data]
    if isinstance(data, str):
        return {model.main: data} if issubclass(model, Part) else data
    made = {}
    for alias, value in (data or {}).items():
        field = shape_of(model).by_alias[alias]
        if isinstance(value, dict) and field.many == "map":
            value = {key: _expanded(field.model, item) if field.model else item for key, item in value.items()}  # noqa: PLW2901
        elif field.many == "list" and not isinstance(value, dict | list) and value is not None:
            value = [value]  # noqa: PLW2901
        if field.model is not None and field.many != "map" and value is not None:
            value = _expanded(field.model, value if field.many == "one" else many(value))  # noqa: PLW2901
        made[alias] = value
    return made


def many(value: Any) -> list[Any]:
    """A value, or the values of a list, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def fields_of(data: Any) -> dict[str, Any]:
    """The fields of a record; none of a journal, which is a list."""
    return data if isinstance(data, dict) else {}
