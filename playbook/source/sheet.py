"""A text with its nodes, lines and columns, as the editor looks at it; and the pieces of it that are replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from playbook.source.changes import PathParts
from playbook.source.layout import Layout, indented
from playbook.source.nodes import BLOCKS, LINE_END, Child, Node, read_nodes

# Atomic: blank lines could be taken apart in as many ways as there are subsets of them.
_COMMENT_BELOW = re.compile(r"(?>(?:[ \t]*(?:\r\n|\r|\n))+)([ \t]*)#[^\r\n]*")
_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")


class Splice(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one value stands: `child` of `holder`, or alone in the file where there is no holder."""

    node: Node
    holder: Node | None
    child: Child | None
    in_flow: bool
    """Whether what holds it stands in braces or brackets."""
    above: tuple[Slot, ...]
    """The slots that lead to it, outermost first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text and its nodes."""

    text: str
    root: Node
    layout: Layout
    eol: str

    def find(self, path: PathParts) -> tuple[Slot, PathParts]:
        """The slot at `path`, or the last one on the way that is there, and the part of the path that is not."""
        slot = Slot(self.root, None, None, False, ())
        for n, part in enumerate(path):
            node = slot.node
            if part == 0 and node.kind != "list":
                continue
            child = _child(node, part)
            if child is None:
                return slot, path[n:]
            slot = Slot(child.node, node, child, slot.in_flow or node.is_flow, (*slot.above, slot))
        return slot, ()

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def line_end(self, index: int) -> int:
        """Where the line of a character ends, before its line end."""
        found = LINE_END.search(self.text, index)
        return found.start() if found else len(self.text)

    def next_line(self, index: int) -> int:
        """Where the line after a character's begins, or the end of the text."""
        found = LINE_END.search(self.text, index)
        return found.end() if found else len(self.text)

    def column(self, index: int) -> int:
        """How many characters stand before a character on its line."""
        return index - self.line_start(index)

    def stands_first(self, index: int) -> bool:
        """Whether nothing but blanks stands before a character on its line."""
        return not self.text[self.line_start(index) : index].strip()

    def comment_behind(self, index: int) -> str:
        """The comment that stands behind a place on its line, or nothing."""
        found = _COMMENT.match(self.text, index)
        return found[1] if found else ""

    def end_of_lines(self, end: int, column: int) -> int:
        """The end of the last line of what ends at `end`, and of the comments below that stand deeper than `column`."""
        here = self.line_end(end)
        while (found := _COMMENT_BELOW.match(self.text, here)) and len(found[1]) > column:
            here = found.end()
        return here

    def insert_lines(self, end: int, column: int, lines: list[str]) -> Iterator[Splice]:
        """The lines, moved to `column`, below whatever ends at `end`."""
        if 0 < end == self.line_start(end):  # behind a block that keeps its blank lines
            yield Splice(end, end, "".join(line + self.eol for line in indented(lines, column)))
            return
        here = self.end_of_lines(end, column)
        if here == len(self.text):
            yield from self._keep_end(here)
        found = LINE_END.match(self.text, here)  # as the neighbours' lines end, should the file mix them
        eol = found.group() if found else self.eol
        yield Splice(here, here, "".join(eol + line for line in indented(lines, column)))

    def insert_lines_above(self, start: int, lines: list[str], *, behind: int = 0) -> Iterator[Splice]:
        """The lines above the entry that begins at `start`, in its column; comments right above it stay with it.

        `behind` is where the entry before it ends.
        """
        column = self.column(start)
        found = LINE_END.search(self.text, start)
        eol = found.group() if found else self.eol
        new = "".join(line + eol for line in indented(lines, column))
        if self.stands_first(start):
            here = self._start_of_comments(start, behind)
            yield Splice(here, here, new)
        else:  # the first dash behind another
            yield Splice(start, start, new[column:] + " " * column)

    def before_line_end(self, index: int) -> int:
        """The place before the line end that stands right before a character; its own where none does."""
        if self.text[:index].endswith("\r\n"):
            return index - 2
        return index - 1 if index and self.text[index - 1] in "\r\n" else index

    def reindent(self, start: int, end: int, by: int) -> Iterator[Splice]:
        """Every line after the first one of `text[start:end]` moved to the right; blank ones stay."""
        line = self.next_line(start)
        while line < end:
            if self.text[line : self.line_end(line)].strip():
                yield Splice(line, line, " " * by)
            line = self.next_line(line)

    def _start_of_comments(self, start: int, behind: int) -> int:
        """Where the first of the comment lines right above an entry begins; its own line where there are none."""
        first = here = self.line_start(start)
        while here:
            line = self.line_start(self.before_line_end(here))
            written = self.text[line:here].lstrip(" \t")
            # A deeper one would become part of a text that is put above it.
            if line < behind or not written.startswith("#") or here - line - len(written) > self.column(start):
                break
            here = line
        # What a file begins with is said of the whole of it.
        is_head = start == self.root.start and self.text[:here].strip() in ("", "---")
        return first if is_head else here

    def _keep_end(self, end: int) -> Iterator[Splice]:
        """Where the text ends in a `|` and no line end, the line end that now follows must not become part of it."""
        last = max((leaf for leaf in self.root.leaves()), key=lambda leaf: leaf.end)
        if last.style in BLOCKS and last.end == end and "-" not in self.text[last.start : self.line_end(last.start)]:
            yield Splice(last.start + 1, last.start + 1, "-")


def read_sheet(text: str) -> Sheet:
    """The sheet of a text that the strict reader has taken."""
    root = read_nodes(text)
    found = LINE_END.search(text)
    return Sheet(text, root, _layout(text, root), found.group() if found else "\n")


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with every splice made; of two at one place, the first comes first."""
    pieces, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice.start):
        pieces += [text[at:start], new]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def _child(node: Node, part: str | int) -> Child | None:
    if node.kind == "list":
        return node.children[part] if isinstance(part, int) and 0 <= part < len(node.children) else None
    return next((child for child in node.children if child.key == part), None) if node.kind == "map" else None


def _layout(text: str, root: Node) -> Layout:
    """How the text indents, by the first mapping below a key and the first list below one."""
    steps: dict[str, int] = {}
    nodes = [root]
    for node in nodes:
        for child in node.children:
            inner = child.node
            if node.kind == "map" and not node.is_flow and inner.children and not inner.is_flow:
                line = max(text.rfind("\n", 0, inner.start), text.rfind("\r", 0, inner.start)) + 1
                above = max(text.rfind("\n", 0, node.start), text.rfind("\r", 0, node.start)) + 1
                steps.setdefault(inner.kind, inner.start - line - (node.start - above))
            nodes.append(inner)
    step = steps.get("map", max(2, steps.get("list", 2)))
    return Layout(max(1, step), max(0, steps.get("list", step)))
