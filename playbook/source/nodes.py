"""Where each mapping, list and text of a YAML text begins and ends; what a Document, read a thousand times, leaves out.

Only for text that the strict reader has taken: it is not looked at for anchors, tags or repeated keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from playbook.source.document import Tree

LINE_END = re.compile(r"\r\n|\r|\n")
BLOCKS = ("|", ">")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset(("", "~", "null"))
_COLON = re.compile(r"\s*:")
_DASH = re.compile(r"[\r\n][ \t]*-")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One value: its characters are `text[start:end]`, without the blank lines and comments behind it."""

    kind: str
    """`map`, `list`, `text` or `nothing`."""
    start: int
    end: int
    style: str
    """Of a text `''`, `'`, `"`, `|` or `>`; of a mapping or list in braces or brackets `{`, of one in a block `''`."""
    value: str = ""
    """Of a text, what it says."""
    children: tuple[Child, ...] = ()

    @property
    def is_flow(self) -> bool:
        """Whether it is a mapping in braces or a list in brackets (or a pair in brackets, which needs no braces)."""
        return self.style == "{"

    @property
    def tree(self) -> Tree:
        """The plain data of it."""
        if self.kind == "map":
            return {child.key: child.node.tree for child in self.children}
        if self.kind == "list":
            return [child.node.tree for child in self.children]
        return self.value if self.kind == "text" else None

    def leaves(self) -> Iterator[Node]:
        """Every text and every nothing in it, and every empty mapping or list, in order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.node.leaves()


@dataclass(frozen=True, slots=True, eq=False)
class Child:
    """One pair of a mapping or one entry of a list."""

    key: str
    """Of a pair; an entry has none."""
    start: int
    """Where its key begins, or its dash; in brackets, where its value does."""
    opened: int
    """Behind its colon or dash, where its value may stand; in brackets, where the value begins."""
    has_colon: bool
    """`{a}` has none."""
    node: Node

    @property
    def end(self) -> int:
        """Where its value ends; where none was written, behind its colon or dash."""
        return self.opened if self.node.start == self.node.end else self.node.end


def read_nodes(text: str) -> Node:
    """The node of the whole text; one of nothing, at its end, where there is none."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    if node is None:
        return Node("nothing", len(text), len(text), "")
    return _node(text, node)


def _node(text: str, node: Any) -> Node:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        style = node.style or ""
        if not style and node.value in _NOTHING:
            return Node("nothing", start, end, "")
        if style in BLOCKS:
            end = _end_of_block(text, start, end, node.value)
        return Node("text", start, end, style, node.value)
    if isinstance(node, yaml.MappingNode):
        children = tuple(_pair(text, key, value) for key, value in node.value)
        kind = "map"
    else:
        children = tuple(_entries(text, node))
        kind = "list"
    if node.flow_style:
        return Node(kind, start, end, "{", "", children)
    return Node(kind, start, children[-1].end, "", "", children)


def _pair(text: str, key: Any, value: Any) -> Child:
    colon = _COLON.match(text, key.end_mark.index)
    opened = colon.end() if colon else key.end_mark.index
    start = key.start_mark.index
    sign = text.rfind("?", 0, start)
    if sign >= 0 and not text[sign + 1 : start].strip(" \t"):
        start = sign  # `? key`
    return Child(key.value, start, opened, colon is not None, _node(text, value))


def _entries(text: str, node: Any) -> Iterator[Child]:
    end = node.start_mark.index
    for n, value in enumerate(node.value):
        inner = _node(text, value)
        if node.flow_style:
            yield Child("", inner.start, inner.start, False, inner)
            continue
        if n:
            found = _DASH.search(text, max(end - 1, 0))
            dash = found.end() - 1 if found else inner.start
        else:
            dash = node.start_mark.index
        child = Child("", dash, dash + 1, False, inner)
        end = child.end
        yield child


def _end_of_block(text: str, start: int, end: int, value: str) -> int:
    """Where the last line of a `|` or `>` ends: libyaml counts the blank lines behind it, too."""
    head = LINE_END.search(text, start, end)
    if head is None:
        return end
    if "+" in text[start : head.start()].partition("#")[0]:
        return end  # every blank line is part of the text
    written = text[start:end]
    last = value.rstrip("\n").rpartition("\n")[2]
    if last and not last.strip():  # a line of spaces, deeper than the others, is part of the text
        return start + len(written.rstrip("\r\n"))
    stripped = start + len(written.rstrip("\r\n\t "))
    line = LINE_END.search(text, stripped)
    return line.start() if line else len(text)
