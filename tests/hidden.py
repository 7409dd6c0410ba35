"""Changes everything in a content folder that an audience may not see: values, nested entries, whole records, references.

What is hidden, `tests.sight` says; what may stand in its place is drawn by `tests.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from playbook.graph import Playbook
from playbook.records import KINDS, Criterion, Item, JournalEntry, Me, Meet, Milestone, Record
from playbook.records.choices import Relation
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from playbook.source.wiki_links import WIKI_LINK
from tests.sight import Home, Sight, fields_of, is_the_point, many
from tests.strategies import LABELS, Author, Draw, Tree, pick, write

_DECIDES = ("visibility", "show")


def facts(playbook: Playbook) -> list[str]:
    """Everything that a playbook says, in its order, one fact a line."""
    found = []
    for entry in (playbook.me, *playbook.entries()):
        found.append(
            f"{entry.key} document={entry.document} by_role={entry.by_role} says={sorted(entry.record.fields_set)}"
        )
        record = entry.record
        found += [f"{entry.key} {name}={getattr(record, name, None)!r}" for name in record.field_infos]
    return [*found, *map(repr, playbook.links)]


@st.composite
def mutated(draw: Draw, files: Mapping[str, str], audience: str) -> Tree:
    """A content folder (`{path: YAML text}`) that differs from `files` only in what the audience may not see.

    `files` must be free of errors; so is the result. References are written as ids in both.
    """
    if audience == "me":
        return Tree(files)
    return write(_Mutation(draw, files, audience).tree())


class _Mutation:
    """One content folder, one audience, and what to put in the place of what it hides."""

    def __init__(self, draw: Draw, files: Mapping[str, str], audience: str) -> None:
        self.draw = draw
        self.sight = Sight(files, audience)
        linked = {found[2] for text in files.values() for found in WIKI_LINK.finditer(text)}
        self.after = {key: state for key, state in self.sight.states.items() if not self._goes(key, state, linked)}
        self._add_records()
        ids = {kind: tuple(sorted(name for k, name in self.after if k == kind)) for kind in KINDS}
        criteria = {
            name: tuple(c["id"] for c in self.sight.data.get(f"goals/{name}.yml", {}).get("criteria", ()) if "id" in c)
            for name in ids["goals"]
        }
        self.author = Author(draw, ids, criteria, items=1000)

    # ---- whole records

    def tree(self) -> dict[str, Any]:
        """The folder as plain data."""
        tree: dict[str, Any] = {"me.yml": self._me()}
        for (kind, name), state in sorted(self.after.items()):
            path = f"{kind}/{name}.yml"
            if state == "seen":
                self.author.milestones = tuple(
                    m["title"] for m in fields_of(self.sight.data[path]).get("milestones", ())
                )
                tree[path] = (
                    self._journal(name)
                    if kind == "journal"
                    else self._holder(KINDS[kind], self.sight.data[path], (kind, name))
                )
                continue
            made = self.author.record(kind, name)
            if kind == "journal":
                made = [{**line, "visibility": "me"} for line in made]
            elif state == "hidden":
                made["visibility"] = "me"
            else:
                made = self._unnamed(made, self.sight.data.get(path, {}), state)
            tree[path] = made
        return tree

    def _goes(self, key: Home, state: str, linked: set[str]) -> bool:
        # A text that links to somebody would lead nowhere without them, and a role must keep somebody to play it.
        stays = state == "seen" or key[1] in linked or key[1] == self._reader_or_none()
        if stays or (state != "hidden" and key == min(k for k, other in self.sight.states.items() if other == state)):
            return False
        return self._coin()

    def _reader_or_none(self) -> str | None:
        return next((a.get("person") for a in self.sight.my.get("audiences", {}).values() if a.get("person")), None)

    def _add_records(self) -> None:
        for kind in KINDS:
            for name in ("1999", "2999") if kind == "journal" else ("aa-new", "zz-new"):
                if self._coin():
                    self.after[(kind, name)] = "hidden"
        for role in sorted(set(self.sight.states.values()) - {"seen", "hidden"}):
            if self._coin():
                self.after[("people", f"{self._pick(('a', 'z'))}-{role}")] = role

    def _unnamed(self, made: dict[str, Any], before: dict[str, Any], role: str) -> dict[str, Any]:
        for alias in ("consent", "relations", "visibility", "show"):
            made.pop(alias, None)
        relations = (
            []
            if role == "contact"
            else [role, *list(Relation)[list(Relation).index(Relation(role)) + 1 :]][: self._pick((1, 2))]
        )
        label = before.get("visibility") or self.sight.default("people")
        return {
            "visibility": label if before else self._pick(sorted(self.sight.labels)),
            "relations": relations,
            **made,
        }

    def _me(self) -> dict[str, Any]:
        if self.sight.my.get("visibility", "me") in self.sight.labels:
            made = self._holder(Me, self.sight.my, ("me", "me"))
        else:
            made = {**self.author.me(), "visibility": "me"}
        decides = {alias: self.sight.my[alias] for alias in ("audiences", "defaults") if alias in self.sight.my}
        made = {alias: value for alias, value in made.items() if alias not in ("audiences", "defaults")} | decides
        if "audiences" in made and self._coin():
            made["audiences"] = {**made["audiences"], "aa-new": {"sees": ["coach"]}}
        return made

    def _journal(self, name: str) -> list[Any]:
        found = [self._part(JournalEntry, line, ("journal", name)) for line in self.sight.data[f"journal/{name}.yml"]]
        return self._with_more(JournalEntry, [line for line in found if line], ("journal", name))

    # ---- fields and nested entries

    def _holder(self, model: type[Struct], data: dict[str, Any], home: Home) -> dict[str, Any]:
        """A record or nested entry that the audience sees, with everything in it changed that it does not."""
        made: dict[str, Any] = {}
        for field in shape_of(model).fields:
            value = data.get(field.alias)
            if field.alias in _DECIDES:
                new = self._same_to_reader(model, field.alias, value)
            elif self.sight.closes(model, field, data, home):
                stranger = field.ref is not None and field.ref.soft != "never"
                made_up = "Somebody new" if stranger else self.author.value(model, field, *home)
                new = made_up if self._coin() else None
            else:
                new = self._open(model, field, value, home)
            if new not in (None, [], {}) or (value is not None and new == value):
                made[field.alias] = new
        if model is Meet and not {"person", "name"} & set(made):
            made["name"] = "Somebody new"
        return made

    def _same_to_reader(self, model: type[Struct], alias: str, value: Any) -> Any:
        if alias == "visibility":
            return self._pick(sorted(self.sight.labels)) if value else None
        private = model.private if issubclass(model, Record) else ()
        unseen = [label for label in LABELS if label not in self.sight.labels]
        kept = {
            name: self._pick(sorted(self.sight.labels) if label in self.sight.labels else unseen)
            for name, label in (value or {}).items()
        }
        return {
            name: label
            for name, label in kept.items()
            if label in self.sight.labels or name not in private or self._coin()
        }

    def _open(self, model: type[Struct], field: FieldShape, value: Any, home: Home) -> Any:
        if field.ref is not None:
            return self._references(model, field, value, home)
        if (model, field.alias) == (Item, "milestone"):
            return value if value is not None and self.sight.sees_milestone(value, home) else None
        if field.model is None or field.many == "map":
            return value
        if field.many == "list":
            found = [self._part(field.model, part, home) for part in value or []]
            return self._with_more(field.model, [part for part in found if part], home)
        if value is not None and self.sight.sees_entry(field.model, value, home):
            return self._holder(field.model, value, home) or None
        return self._hidden_part(field.model, home) if self._coin() else None

    def _part(self, model: type[Struct], data: dict[str, Any], home: Home) -> dict[str, Any] | None:
        """One of a list's entries, changed; None for one that is taken out."""
        if self.sight.sees_entry(model, data, home):
            return self._holder(model, data, home)
        # Others refer to these by name.
        for kept_model, alias in ((Criterion, "id"), (Milestone, "title")):
            if model is kept_model and alias in data:
                return {**self.author.fields(model, *home), alias: data[alias], "visibility": "me"}
        return self._hidden_part(model, home) if self._coin() else None

    def _with_more(self, model: type[Struct], found: list[Any], home: Home) -> list[Any]:
        extra = self._hidden_part(model, home) if self._coin() and model not in (Criterion, Milestone) else None
        if extra is None:
            return found
        at = self._pick(range(len(found) + 1))
        return [*found[:at], extra, *found[at:]]

    def _hidden_part(self, model: type[Struct], home: Home) -> dict[str, Any] | None:
        made = self.author.fields(model, *home)
        return {**made, "visibility": "me"} if made else None

    # ---- references

    def _references(self, model: type[Struct], field: FieldShape, value: Any, home: Home) -> Any:
        assert field.ref is not None
        made: list[str] = []
        moving: list[str] = []
        for text in many(value):
            state = self.sight.state_of(field.ref, text, home)
            if state == "seen":
                made.append(text)
            elif state != "hidden":
                others = self._others(field, state, home)
                moving += [self._pick(others)] if field.many == "one" else self._some(others)
        hidden = self._others(field, "hidden", home) if field.ref.kind != "criteria" else []
        fits = field.many == "list" or not (made or moving or is_the_point(model, field))
        if hidden and fits and self._coin():
            moving.append(self._pick(hidden))
        for text in dict.fromkeys(moving):
            made.insert(self._pick(range(len(made) + 1)), text)
        return made if field.many == "list" else next(iter(made), None)

    def _others(self, field: FieldShape, state: str, home: Home) -> list[str]:
        """Who may stand in for somebody of that state; for a goal's parent, only who cannot close a circle."""
        assert field.ref is not None
        kind = field.ref.kind
        found = [name for (k, name), other in sorted(self.after.items()) if (k, other) == (kind, state)]
        # To name the reader is to write about them, which hides what else stands there.
        found = [name for name in found if (kind, name) != home and name != self.sight.reader]
        return [name for name in found if name < home[1]] if field.alias == "parent" else found

    def _some(self, names: list[str]) -> list[str]:
        return [name for name in names if self._coin()] or names[:1]

    def _coin(self) -> bool:
        return bool(self._pick((False, True)))

    def _pick(self, choices: Any) -> Any:
        return pick(self.draw, choices)
