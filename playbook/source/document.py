"""What is in one file: plain data, and where each key and value of it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yaml.events import CollectionStartEvent, ScalarEvent

from playbook.problems import Place

Tree = dict[str, Any] | list[Any] | str | None
"""Plain data: every scalar is the text that was typed, or None where nothing was."""

Event = Any
"""An event of PyYAML: its `start_mark` and `end_mark` hold line, column and index, counted from 0."""

Path = Sequence[str | int]
"""Keys and indexes from the top of a tree down to one value."""


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of one scalar in its file's text, and how it was written."""

    start: int
    end: int
    style: str
    """`''` plain, `'` or `"` quoted, `|` or `>` a block."""


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file.

    `tree` has no aliases and no types but text, list and mapping. `marks[id(container)][key]` holds the events of a key
    and its value (of an item, twice the same), so that a place costs nothing until somebody asks for it.
    """

    path: str
    text: str
    tree: Tree
    marks: Mapping[int, Mapping[str | int, tuple[Event, Event]]] = field(repr=False)

    def place_of(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` begins (with `key`, where its key does).

        A path that leads past what was written (shorthand stands for more than it shows) gives the place of the last
        part that is there.
        """
        found = self._events(path)
        if found is None:
            return Place(self.path)
        key_event, value_event = found
        event = key_event if key or _is_nothing(value_event) else value_event
        mark = event.start_mark
        # A block mapping "starts" at its first key; the key that holds it is where a reader looks.
        if event is value_event and isinstance(event, CollectionStartEvent) and not event.flow_style:
            mark = key_event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)

    def line_of(self, path: Path) -> int:
        """The line, from 1, on which the key of the value at `path` stands."""
        found = self._events(path)
        return 1 if found is None else found[0].start_mark.line + 1

    def span_of(self, path: Path) -> Span | None:
        """The characters of the scalar exactly at `path`; None where a mapping, a list or nothing stands there."""
        if self.value_at(path) is None:
            return None
        found = self._events(path)
        if found is None or not isinstance(found[1], ScalarEvent):
            return None
        event = found[1]
        return Span(event.start_mark.index, event.end_mark.index, event.style or "")

    def value_at(self, path: Path) -> Tree:
        """The plain data at `path`, or None where nothing was written."""
        here: Any = self.tree
        for part in path:
            if isinstance(here, dict):
                here = here.get(part)
            elif isinstance(here, list) and isinstance(part, int) and 0 <= part < len(here):
                here = here[part]
            else:
                return None
        return here  # type: ignore[no-any-return]

    def _events(self, path: Path) -> tuple[Event, Event] | None:
        here: Any = self.tree
        found = None
        for part in path:
            marks = self.marks.get(id(here))
            if marks is None or part not in marks:
                break
            found = marks[part]
            here = here[part]
        return found


def _is_nothing(event: Event) -> bool:
    """Whether a value is written as nothing at all (`due:`), so that its key is the better place to point at."""
    return isinstance(event, ScalarEvent) and event.start_mark.index == event.end_mark.index
