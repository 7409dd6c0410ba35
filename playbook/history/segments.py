"""Reads the checklists of thousands of versions at once: each distinct part of a file is parsed one single time.

A version mostly differs from the one before by a line. So a file is cut at its top-level keys, and its checklist at the
dashes; what was cut is remembered by its bytes. This is sound because a part is trusted only if it is whole YAML by
itself, and the reader refuses everything that could reach from one part into another (anchors, tags, a second
document). Whatever is in doubt goes to `read_checklist` as a whole file; a fuzz test holds the two to the same answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from playbook.history.checklists import WORD, Items, OldItem, items_in, read_checklist
from playbook.history.usual import usual_forms
from playbook.source.reader import parse_document

# Below these, no limit of the reader can be passed by the whole and kept by its parts.
_MAX_FILE = 100_000
_MAX_PART = 60_000
_LINE_END = ord("\n")

_HEAD = b"checklist:\n"
_FIRST_DASH = re.compile(rb"( *)- ").match
_SECTION_END = re.compile(rb"\n[^ \n#-]").search
_TOP_LEVEL_KEY = re.compile(rb"(?<=\n)(?=[A-Za-z_\"'])")
_BEGINS_WITH_KEY = re.compile(rb"(?: *(?:#[^\n]*)?\n)*[A-Za-z_\"']").match
_BLANK = re.compile(rb"(?: *(?:#[^\n]*)?(?:\n|\Z))*").fullmatch
_REACHES_OVER = re.compile(rb"^(?:---|\.\.\.)|[\t\r]|\xef\xbb\xbf", re.MULTILINE).search


class ChecklistReader:
    """Versions of files in, numbers of items out: `items[number]` is the item. One reader for one history."""

    def __init__(self) -> None:
        self.items: list[OldItem] = []
        """Every distinct item that was ever read."""
        self.whole_files = 0
        """How many versions had to be read as a whole, for whoever wants to know whether this pays."""
        self.since: Since | None = None
        """What the last answer has in common with the one before about the same file, as far as that is known."""
        self._numbers: dict[OldItem, int] = {}
        self._by_indent: dict[bytes, _Chunks] = {}
        self._part_keys: dict[bytes, frozenset[str] | None] = {}
        self._last: dict[str, _Cut] = {}

    def number(self, item: OldItem) -> int:
        """The number that stands for this item, here and from now on."""
        known = self._numbers.get(item)
        if known is None:
            known = self._numbers[item] = len(self.items)
            self.items.append(item)
        return known

    def read(self, content: bytes, path: str = "") -> list[int] | None:
        """The numbers of the items in one version of a file, as `read_checklist` reads them; not to be changed.

        Args:
            content: the bytes of the version.
            path: the file, where other versions of it come before or after: only what differs between two is read.
        """
        self.since = None
        last = self._last.get(path)
        if last is not None and content.startswith(last.head) and content.endswith(last.tail):
            # What stands around the checklist is what it was, which says where the checklist ends.
            end = len(content) - len(last.tail)
            if last.begin < end and content[end - 1] != _LINE_END and len(content) <= _MAX_FILE:
                self.since = last.advance(content, end)
                if self.since is not None:
                    return last.numbers
        if WORD not in content:
            return []
        if len(content) <= _MAX_FILE:
            text = content.replace(b"\r\n", b"\n") if b"\r" in content else content
            found = self._read_parts(text.removeprefix(b"---\n"), path)
            if found is not None:
                return found
        self.whole_files += 1
        return self._numbered(read_checklist(content))

    def forget(self) -> None:
        """Lets go of the parts of files, which take the most room; items keep their numbers."""
        for memory in (self._by_indent, self._part_keys, self._last):
            memory.clear()

    def forget_file(self, path: str) -> None:
        """Lets go of the last version of a file that is gone."""
        self._last.pop(path, None)

    def _read_parts(self, content: bytes, path: str) -> list[int] | None:
        """As `read`, or None where it cannot be sure."""
        start = 0 if content.startswith(_HEAD) else content.find(b"\n" + _HEAD) + 1
        if not start and not content.startswith(_HEAD):
            keys = self._keys_of(content)
            return [] if keys is not None and "checklist" not in keys else None
        first = _FIRST_DASH(content, start + len(_HEAD))
        if first is None:
            return None
        begin = first.end()
        ends = _SECTION_END(content, begin)
        end = ends.start() + 1 if ends else len(content)
        before, behind = self._keys_of(content[:start]), self._keys_of(content[end:])
        if before is None or behind is None:
            return None
        if "checklist" in behind or "checklist" in before or not before.isdisjoint(behind):
            return None
        chunks = self._by_indent.get(first[1])
        if chunks is None:
            chunks = self._by_indent[first[1]] = _Chunks(first[1], self.number)
        end = begin + len(content[begin:end].rstrip(b"\n"))
        numbers = chunks.numbers(content[begin:end])
        if numbers is not None and path:
            self._last[path] = _Cut(content[:begin], content[end:], chunks, content, begin, end, numbers)
        return numbers

    def _keys_of(self, content: bytes) -> frozenset[str] | None:
        """The top-level keys of a run of whole lines; None where it is not sure to be YAML by itself."""
        if _REACHES_OVER(content):
            return None
        found: set[str] = set()
        count = 0
        for part in _TOP_LEVEL_KEY.split(content):
            if part not in self._part_keys:
                self._part_keys[part] = _keys_of_part(part)
            keys = self._part_keys[part]
            if keys is None:
                return None
            found |= keys
            count += len(keys)
        return frozenset(found) if len(found) == count else None

    def _numbered(self, items: Items | None) -> list[int] | None:
        return None if items is None else [self.number(item) for item in items]


class _Chunks(dict[bytes, int]):
    """What stands between two dashes → the number of its item, or -1 where it is in doubt; found when it is missed."""

    def __init__(self, indent: bytes, number: Callable[[OldItem], int]) -> None:
        super().__init__()
        self.separator = b"\n" + indent + b"- "
        self._head = b"checklist:\n" + indent + b"- "
        self._usual_item = usual_forms(indent.decode() + "  ")
        self._number = number

    def numbers(self, lines: bytes) -> list[int] | None:
        """The numbers of the items in a run of them, from behind the first dash on; None where one is in doubt."""
        found = [self[chunk] for chunk in lines.split(self.separator)]
        return None if -1 in found else found

    def __missing__(self, chunk: bytes) -> int:
        item = self._usual_item(chunk)
        if item is None and len(chunk) <= _MAX_PART and not _REACHES_OVER(chunk):
            item = _only_item(self._head + chunk + b"\n")
        found = self[chunk] = -1 if item is None else self._number(item)
        return found


class Since(NamedTuple):
    """What two answers have in common."""

    numbers: list[int]
    """The answer before."""
    head: int
    """So many numbers are the same at the begin of both."""
    tail: int
    """So many of the others are the same at the end of both."""


made_since: Callable[[tuple[list[int], int, int]], Since] = partial(tuple.__new__, Since)
"""One out of its fields, in a third of the time."""


class _Cut:
    """The last version of a file that was read in parts."""

    __slots__ = ("_chunks", "_content", "_end", "_starts", "begin", "head", "numbers", "tail")

    def __init__(
        self, head: bytes, tail: bytes, chunks: _Chunks, content: bytes, begin: int, end: int, numbers: list[int]
    ) -> None:
        self.head = head
        """Everything up to the first dash, and that."""
        self.tail = tail
        """What stands behind the last item, from the end of its line on."""
        self.begin = begin
        self.numbers = numbers
        self._chunks = chunks
        self._content = content
        self._end = end
        """Where its last item ends."""
        self._starts = _starts(content[begin:end].split(chunks.separator), begin, len(chunks.separator))
        """Where each item begins, behind its dash."""

    def advance(self, content: bytes, end: int) -> Since | None:
        """Goes on to a version with the same head and tail; None, and nothing done, where an item is in doubt.

        Only the items that differ are read, found by halving: most versions differ by a line, which is tried first.
        """
        old, starts, numbers, chunks = self._content, self._starts, self.numbers, self._chunks
        dash = len(chunks.separator)
        kept, high = 0, bisect_right(starts, end) - 1
        while kept < high:
            middle = (kept + high + 1) // 2
            begin, until = starts[kept], starts[middle]
            if old[begin:until] == content[begin:until]:
                kept = middle
            else:
                high = middle - 1
        begin = starts[kept]
        shift = end - self._end
        low, stay, until = max(kept + 1, bisect_left(starts, begin + dash - shift)), len(starts), self._end
        middle = low
        while low < stay:
            at = starts[middle] - dash
            if old[at:until] == content[at + shift : until + shift]:
                stay, until = middle, at
            else:
                low = middle + 1
            middle = (low + stay) // 2
        parts = content[begin : until + shift].split(chunks.separator)
        found = [chunks[part] for part in parts]
        if -1 in found:
            return None
        since = made_since((numbers, kept, len(numbers) - stay))
        self.numbers = numbers[:kept] + found + numbers[stay:]
        self._starts = starts[: kept + 1] if len(parts) == 1 else starts[:kept] + _starts(parts, begin, dash)
        self._starts += [start + shift for start in starts[stay:]] if shift else starts[stay:]
        self._content, self._end = content, end
        return since


def _starts(parts: list[bytes], begin: int, dash: int) -> list[int]:
    return list(accumulate([len(part) + dash for part in parts[:-1]], initial=begin))


def _only_item(section: bytes) -> OldItem | None:
    """The item of a checklist of one; None where it is not one, or something else stands behind it."""
    document, _ = parse_document("", section)
    if document is None or not isinstance(document.tree, dict) or len(document.tree) != 1:
        return None
    items = items_in(document.tree.get("checklist"))
    return items[0] if items is not None and len(items) == 1 else None


def _keys_of_part(part: bytes) -> frozenset[str] | None:
    if len(part) > _MAX_PART:
        return None
    document, _ = parse_document("", part)
    if document is None:
        return None
    if _BLANK(part):
        return frozenset()
    return frozenset(document.tree) if isinstance(document.tree, dict) and _BEGINS_WITH_KEY(part) else None
