"""Writes plain data as YAML: below its key in a block, or in braces on one line. Knows nothing of the text around."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.source.document import Tree
from playbook.source.scalars import WIDTH, as_block, as_scalar, is_token

_SHORT = 80


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file indents: what stands below a key, and the dashes below a key."""

    step: int = 2
    dashes: int = 2


def as_flow(tree: Tree, style: str = "", *, comment: str = "") -> str:
    """`tree` on one line, as it may stand in brackets or braces."""
    if tree is None:
        return "null"
    if isinstance(tree, str):
        return as_scalar(tree, style, in_flow=True, comment=comment)
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_flow, tree)) + "]"
    return "{" + ", ".join(flow_pair(key, value) for key, value in tree.items()) + "}"


def flow_pair(key: str, value: Tree) -> str:
    """`key: value`, as it may stand in braces."""
    return f"{as_scalar(key, in_flow=True)}: {as_flow(value)}"


def pair_lines(key: str, value: Tree, layout: Layout) -> list[str]:
    """The lines of `key: value` in a block; the key stands in column 0."""
    head, lines = behind_key(value, layout)
    return [f"{as_scalar(key)}: {head}" if head else f"{as_scalar(key)}:", *lines]


def entry_lines(value: Tree, layout: Layout, width: int = 2) -> list[str]:
    """The lines of one entry of a block list; the dash stands in column 0, the entry in column `width`."""
    head, lines = behind_dash(value, layout, width)
    return ["-" + " " * (width - 1) + head if head else "-", *lines]


def behind_key(tree: Tree, layout: Layout, style: str = "", *, comment: str = "") -> tuple[str, list[str]]:
    """What stands behind a key on its line, and the lines below it, with the key in column 0."""
    if isinstance(tree, str):
        return _text(tree, layout.step, style, comment=comment)
    if tree is None or is_short(tree):
        return ("" if tree is None else as_flow(tree)), []
    column = layout.dashes if isinstance(tree, list) else layout.step
    return "", indented(_lines(tree, layout), column)


def behind_dash(tree: Tree, layout: Layout, width: int, style: str = "", *, comment: str = "") -> tuple[str, list[str]]:
    """What stands behind a dash on its line, and the lines below it, with the dash in column 0.

    With a `width` of 0, the same for what stands alone in a file.
    """
    if isinstance(tree, str):
        return _text(tree, width or layout.step, style, comment=comment)
    if tree is None or is_short(tree):
        return ("" if tree is None else as_flow(tree)), []
    lines = _lines(tree, layout)
    return lines[0], indented(lines[1:], width)


def indented(lines: list[str], column: int) -> list[str]:
    """The lines, moved to the right; an empty one stays empty."""
    return [" " * column + line if line else "" for line in lines]


def is_short(tree: Tree) -> bool:
    """Whether a list or mapping stands on one line wherever it stands: it is empty, or a list of a few ids or days."""
    if not tree:
        return True
    if not isinstance(tree, list) or not all(isinstance(value, str) and is_token(value) for value in tree):
        return False
    return sum(len(value) + 2 for value in tree if isinstance(value, str)) <= _SHORT


def _lines(tree: Tree, layout: Layout) -> list[str]:
    if isinstance(tree, list):
        return [line for value in tree for line in entry_lines(value, layout)]
    assert isinstance(tree, dict)  # noqa: S101  (text and nothing have no lines of their own)
    return [line for key, value in tree.items() for line in pair_lines(key, value, layout)]


def _text(text: str, column: int, style: str, *, comment: str) -> tuple[str, list[str]]:
    in_block = "\n" in text or (len(text) > WIDTH and style not in {"'", '"'})
    block = as_block(text, style) if in_block else None
    if block is None:
        return as_scalar(text, style, comment=comment), []
    return block[0], indented(block[1], column)
