"""Reads the checklists of thousands of versions at once: each distinct part of a file is parsed one single time.

A version mostly differs from the one before by a line. So a file is cut at its top-level keys, and its checklist at the
dashes; what was cut is remembered by its bytes. This is sound because a part is trusted only if it is whole YAML by
itself, and the reader refuses everything that could reach from one part into another (anchors, tags, a second
document). Whatever is in doubt goes to `read_checklist` as a whole file; a fuzz test holds the two to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playbook.history.checklists import WORD, Items, OldItem, items_in, made_item, one_line, read_checklist
from playbook.source.reader import FORBIDDEN, parse_document

# Below these, no limit of the reader can be passed by the whole and kept by its parts.
_MAX_FILE = 100_000
_MAX_PART = 60_000
_LINE_END = ord("\n")
_NEAR = 96

_HEAD = b"checklist:\n"
_FIRST_DASH = re.compile(rb"( *)- ").match
_SECTION_END = re.compile(rb"\n[^ \n#-]").search
_TOP_LEVEL_KEY = re.compile(rb"(?<=\n)(?=[A-Za-z_\"'])")
_BEGINS_WITH_KEY = re.compile(rb"(?: *(?:#[^\n]*)?\n)*[A-Za-z_\"']").match
_BLANK = re.compile(rb"(?: *(?:#[^\n]*)?(?:\n|\Z))*").fullmatch
_REACHES_OVER = re.compile(rb"^(?:---|\.\.\.)|[\t\r]|\xef\xbb\xbf", re.MULTILINE).search

_PLAIN = r"[A-Za-z0-9(/](?:[^\x00-\x1f:#\x7f-\x9f]|:(?=[^\s])|(?<=\S)#)*"
_PLAIN_TEXT = re.compile(rf"{_PLAIN}").fullmatch
_QUOTED = r"""\"([^"\\\x00-\x1f\x7f-\x9f]*)\"|'([^'\x00-\x1f\x7f-\x9f]*)'"""
_BLOCK_LINE = re.compile(rf"([a-z_]+): +(?:({_PLAIN})|{_QUOTED}) *").fullmatch
_FLOW_PLAIN = r"[A-Za-z0-9(/][^\x00-\x1f:#,\[\]{}\x7f-\x9f]*"
_FLOW_PAIR = re.compile(rf"([a-z_]+): (?:({_FLOW_PLAIN})|{_QUOTED})(?:, |\Z)").match
_NO_TEXT = frozenset(("null", "~"))


class ChecklistReader:
    """Versions of files in, numbers of items out: `items[number]` is the item. One reader for one history."""

    def __init__(self) -> None:
        self.items: list[OldItem] = []
        """Every distinct item that was ever read."""
        self.whole_files = 0
        """How many versions had to be read as a whole, for whoever wants to know whether this pays."""
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
        last = self._last.get(path)
        if last is not None and content.startswith(last.head) and content.endswith(last.tail):
            # What stands around the checklist is what it was, which says where the checklist ends.
            end = len(content) - len(last.tail)
            if last.begin < end and content[end - 1] != _LINE_END and len(content) <= _MAX_FILE:
                numbers = _numbers_since(last, content, last.begin, end)
                if numbers is not None:
                    last.content, last.end, last.numbers = content, end, numbers
                    return numbers
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
        last = self._last.get(path)
        if last is not None and last.chunks is chunks:
            numbers = _numbers_since(last, content, begin, end)
        else:
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
        self._line_break = "\n" + indent.decode() + "  "
        self._number = number

    def numbers(self, lines: bytes) -> list[int] | None:
        """The numbers of the items in a run of them, from behind the first dash on; None where one is in doubt."""
        found = [self[chunk] for chunk in lines.split(self.separator)]
        return None if -1 in found else found

    def __missing__(self, chunk: bytes) -> int:
        item = _canonical_item(chunk, self._line_break)
        if item is None and len(chunk) <= _MAX_PART and not _REACHES_OVER(chunk):
            item = _only_item(self._head + chunk + b"\n")
        found = self[chunk] = -1 if item is None else self._number(item)
        return found


@dataclass(slots=True)
class _Cut:
    """The last version of a file that was read in parts."""

    head: bytes
    """Everything up to the first dash, and that."""
    tail: bytes
    """What stands behind the last item, from the end of its line on."""
    chunks: _Chunks
    content: bytes
    begin: int
    """Where the checklist begins in it, behind the first dash."""
    end: int
    """Where its last item ends."""
    numbers: list[int]


def _numbers_since(last: _Cut, content: bytes, begin: int, end: int) -> list[int] | None:
    """As `last.chunks.numbers(content[begin:end])`; what the last version begins and ends with is not looked at again.

    The middle of the two that differs is cut at dashes, so that on both sides of it whole items are the same.
    """
    old, numbers, separator = last.content, last.numbers, last.chunks.separator
    same = begin + _same_at_begin(old, last.begin, content, begin, min(last.end - last.begin, end - begin))
    at = content.rfind(separator, begin, same)
    kept, middle = (content.count(separator, begin, at) + 1, at + len(separator)) if at >= 0 else (0, begin)
    old_middle = middle - begin + last.begin
    same = end - _same_at_end(old, last.end, content, end, min(last.end - old_middle, end - middle))
    at = content.find(separator, same, end)
    if at >= 0:
        found = last.chunks.numbers(content[middle:at])
        stay = kept + old.count(separator, old_middle, at - end + last.end) + 1
    else:
        found = last.chunks.numbers(content[middle:end])
        stay = len(numbers)
    return None if found is None else numbers[:kept] + found + numbers[stay:]


def _same_at_begin(one: bytes, begin: int, other: bytes, other_begin: int, most: int) -> int:
    """So many of `most` bytes from there on are the same, to some lines: nearer would take longer than to read them."""
    low = 0
    while most - low > _NEAR:
        middle = (low + most) // 2
        if one[begin + low : begin + middle] == other[other_begin + low : other_begin + middle]:
            low = middle
        else:
            most = middle
    return low


def _same_at_end(one: bytes, end: int, other: bytes, other_end: int, most: int) -> int:
    """So many of `most` bytes up to there are the same, to some lines."""
    low = 0
    while most - low > _NEAR:
        middle = (low + most) // 2
        if one[end - middle : end - low] == other[other_end - middle : other_end - low]:
            low = middle
        else:
            most = middle
    return low


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


def _canonical_item(chunk: bytes, line_break: str) -> OldItem | None:
    """The item in the forms that nearly all are written in; None for anything else. Saves a parser for each."""
    try:
        text = chunk.decode()
    except UnicodeDecodeError:
        return None
    if not text.isascii() and FORBIDDEN.search(text):
        return None
    if text[:1] == "{":
        pairs = _flow_pairs(text)
    elif _PLAIN_TEXT(text) and text[-1] != ":":
        return None if text in _NO_TEXT else made_item("", one_line(text), "", "", "")
    else:
        pairs = _block_pairs(text, line_break)
    if not pairs or not (task := one_line(pairs.pop("task", ""))):
        return None
    identifier, done, skipped = pairs.pop("id", ""), pairs.pop("done", ""), pairs.pop("skipped", "")
    rest = "\n".join(f"{key}: {value.strip()}" for key, value in pairs.items()) if pairs else ""
    return made_item(identifier.strip(), task, done.strip(), skipped.strip(), rest)


def _block_pairs(text: str, line_break: str) -> dict[str, str] | None:
    pairs: dict[str, str] = {}
    for line in text.split(line_break):
        found = _BLOCK_LINE(line)
        if found is None:
            return None
        key, plain, double, single = found.groups()
        if key in pairs:
            return None
        if plain is not None:
            value = plain.rstrip(" ")
            if value[-1] == ":" or value in _NO_TEXT:
                return None
            pairs[key] = value
        else:
            pairs[key] = double if double is not None else single
    return pairs


def _flow_pairs(text: str) -> dict[str, str] | None:
    if text[-1] != "}":
        return None
    pairs: dict[str, str] = {}
    inner, at = text[1:-1], 0
    while at < len(inner):
        found = _FLOW_PAIR(inner, at)
        if found is None:
            return None
        key, plain, double, single = found.groups()
        if key in pairs:
            return None
        value = plain if plain is not None else double if double is not None else single
        if plain is not None and value in _NO_TEXT:
            return None
        pairs[key] = value
        at = found.end()
    return pairs
