"""Finds every place of a playbook that refers to one record: references by type, criteria of a goal, `[[links]]`.

Generic over the records' shapes, so that a field that refers to something cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from playbook.graph import Entry, Playbook
from playbook.graph.playbook import Key, as_written
from playbook.records import KINDS, Audience, Meet, Part, Record
from playbook.records.shape import PathParts, model_at, references, shape_of, texts
from playbook.source.wiki_links import WIKI_LINK


class UseKind(Enum):
    """How a place refers to a record."""

    REFERENCE = "reference"
    """A field holds its id (or its name, where that is allowed)."""
    CRITERION = "criterion"
    """A field holds `goal/criterion` of a goal."""
    LINK = "link"
    """A text holds one or several `[[links]]` to it."""


@dataclass(frozen=True, slots=True)
class Use:
    """One value that refers to a record."""

    entry: Entry[Record]
    """The record that it stands in."""
    path: PathParts
    """Where, as the record names it: `("log", 0, "with", 1)`."""
    kind: UseKind
    text: str
    """The id (`goal/criterion`), or the whole text with the links."""
    is_the_point: bool = False
    """Whether the nested entry that holds it says nothing without it: whom to meet, whom you told, whose audience."""

    @property
    def written(self) -> PathParts:
        """The path as it stands in the file."""
        return tuple(as_written(self.entry.kind, self.path))

    @property
    def field(self) -> str:
        """The field that refers: `with`."""
        return str(next(part for part in reversed(self.path) if isinstance(part, str)))

    @property
    def holder(self) -> PathParts:
        """Where the nested entry with that field stands, as in the file; `()` for the record itself."""
        return self.written[: len(self.written) - (2 if isinstance(self.path[-1], int) else 1)]

    @property
    def main(self) -> str:
        """The main field of the nested entry, for the editor where plain text stands for it."""
        return str(getattr(_holder(self.entry, self.path), "main", ""))


def places_of(playbook: Playbook, key: Key) -> tuple[Use, ...]:
    """Every value that refers to the record, `me.yml` first, then by kind and id, in the order of the fields.

    References to itself are among them. Names that stand for ids count too, for linking has turned them into ids.

    Args:
        playbook: everything that was read, linked; its entries know their files.
        key: kind and id of the record, which need not exist.
    """
    found: list[Use] = []
    for entry in (playbook.me, *playbook.entries()):
        found += _references(entry, key)
        found += (
            Use(entry, path, UseKind.LINK, text)
            for path, text in texts(entry.record)
            if any(leads_to(kind, name, key, playbook) for kind, name in _links(text))
        )
    return tuple(found)


def leads_to(kind: str, name: str, key: Key, playbook: Playbook) -> bool:
    """Whether `[[kind/name]]` (kind may be empty) leads to the record, and to no other."""
    if name != key[1] or kind not in ("", key[0]):
        return False
    return bool(kind) or all(name not in playbook.of_kind(other) for other in KINDS if other != key[0])


def outermost(paths: Sequence[PathParts]) -> list[PathParts]:
    """Each path once, without those below another; the last of a list first, so that the others keep their place."""
    kept = [
        path for path in dict.fromkeys(paths) if not any(path[: len(o)] == o and path != o for o in paths)
    ]  # fmt: skip
    return sorted(kept, key=_in_file, reverse=True)


def _in_file(path: PathParts) -> tuple[tuple[bool, int, str], ...]:
    return tuple((isinstance(part, int), part if isinstance(part, int) else 0, str(part)) for part in path)


def _references(entry: Entry[Record], key: Key) -> Iterator[Use]:
    for path, ref, text in references(entry.record):
        if ref.kind == key[0] and text == key[1]:
            yield Use(entry, path, UseKind.REFERENCE, text, is_the_point=_is_the_point(entry, path))
        elif ref.kind == "criteria" and key[0] == "goals" and text.partition("/")[::2] == (key[1], _behind(text)):
            yield Use(entry, path, UseKind.CRITERION, text)


def _behind(text: str) -> str:
    return text.partition("/")[2] or "\0"  # a criterion without its goal refers to the record that it stands in


def _links(text: str) -> Iterator[tuple[str, str]]:
    return ((found[1] or "", found[2]) for found in WIKI_LINK.finditer(text)) if "[[" in text else iter(())


def _is_the_point(entry: Entry[Record], path: PathParts) -> bool:
    model = _holder(entry, path)
    if model is None or not issubclass(model, Part) or isinstance(path[-1], int):
        return False
    field = shape_of(model).by_alias[str(path[-1])]
    return field.info.is_required or field.alias == model.main or model in (Audience, Meet)


def _holder(entry: Entry[Record], path: PathParts) -> type[Part | Record] | None:
    rest = path[:-2] if isinstance(path[-1], int) else path[:-1]
    return model_at(type(entry.record), rest)  # type: ignore[return-value]  # records are made of these two
