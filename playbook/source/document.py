"""What is in one file: plain data, and where each key and value of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from playbook.problems import Place

Tree = dict[str, Any] | list[Any] | str | None
"""Plain data: every scalar is the text that was typed, or None where nothing was."""

Path = Sequence[str | int]
"""Keys and indexes from the top of a tree down to one value."""

BITS = 20
"""How many bits an index into a file's text takes; `reader.MAX_BYTES` stays below their limit."""
_MASK = (1 << BITS) - 1
_LINE_END = re.compile(r"\r\n|\r|\n")


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

    `tree` has no aliases and no types but text, list and mapping. `marks[id(container)][key]` says where the key begins
    and where its value begins and ends, as three indexes into `text` in one number (see `unpack`; an item's key begins
    where the item does). Numbers, because a playbook holds a hundred thousand of them: objects would cost the garbage
    collector more than reading costs; lines and columns are counted when somebody asks.

    One value where a list is meant is a list of one: in a path, its index 0 leads to the value itself.
    """

    path: str
    text: str
    tree: Tree
    marks: Mapping[int, Mapping[str | int, int]] = field(repr=False)

    def place_of(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` begins (with `key`, where its key does).

        A path that leads past what was written (shorthand stands for more than it shows) gives the place of the last
        part that is there.
        """
        found = self._find(path)
        if found is None:
            return Place(self.path)
        mark, value = found
        key_start, start, end = unpack(mark)
        # A block mapping "starts" at its first key; the key that holds it is where a reader looks. So it is for a value
        # that is written as nothing at all (`due:`).
        at_key = key or (start == end if value is None else self._is_block(value, start))
        return self.place_at(key_start if at_key else start)

    def line_of(self, path: Path) -> int:
        """The line, from 1, on which the key of the value at `path` stands."""
        found = self._find(path)
        return 1 if found is None else self.place_at(unpack(found[0])[0]).line

    def span_of(self, path: Path) -> Span | None:
        """The characters of the scalar exactly at `path`; None where a mapping, a list or nothing stands there."""
        if not isinstance(self.value_at(path), str):
            return None
        found = self._find(path)
        if found is None:
            return None
        _, start, end = unpack(found[0])
        first = self.text[start : start + 1]
        return Span(start, end, first if first in ("'", '"', "|", ">") else "")

    def value_at(self, path: Path) -> Tree:
        """The plain data at `path`, or None where nothing was written."""
        here: Any = self.tree
        for part in path:
            if part == 0 and not isinstance(here, list):
                continue
            if isinstance(here, dict):
                here = here.get(part)
            elif isinstance(here, list) and isinstance(part, int) and 0 <= part < len(here):
                here = here[part]
            else:
                return None
        return here  # type: ignore[no-any-return]

    def place_at(self, index: int) -> Place:
        """The line and column of one character of the text."""
        return place_in(self.path, self.text, index)

    def _find(self, path: Path) -> tuple[int, Tree] | None:
        here: Any = self.tree
        found = None
        for part in path:
            if part == 0 and not isinstance(here, list):
                continue
            marks = self.marks.get(id(here))
            if marks is None or part not in marks:
                break
            here = here[part]
            found = (marks[part], here)
        return found

    def _is_block(self, value: Tree, start: int) -> bool:
        return not isinstance(value, str) and self.text[start : start + 1] not in ("{", "[")


def unpack(mark: int) -> tuple[int, int, int]:
    """(where the key begins, where the value begins, where it ends) of one mark."""
    return mark >> 2 * BITS, (mark >> BITS) & _MASK, mark & _MASK


def place_in(path: str, text: str, index: int) -> Place:
    """The line and column, from 1, of the character at `index`; LF, CRLF and a lone CR each end a line."""
    starts = _line_starts(text)
    line = bisect_right(starts, index)
    return Place(path, line, index - starts[line - 1] + 1)


@lru_cache(maxsize=32)
def _line_starts(text: str) -> tuple[int, ...]:
    """Where each line begins. Kept for a few texts: a long file with much to say about it is counted once."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))
