"""Writes a tree as people might: every mapping, list and text in a style of its own, with comments and blank lines."""

from __future__ import annotations

import json
import re
import textwrap
from random import Random
from typing import Any

PLAIN = re.compile(r"(?!null\Z)[A-Za-z][A-Za-z0-9 .'()/é😀-]*[A-Za-z0-9.)é😀]\Z")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")


def written(tree: Any, random: Random) -> bytes:
    """The bytes of a file that says `tree`; which ones is up to `random`."""
    lines = _Scribe(random).block(tree, 0)
    head = random.choice([[], [], ["# A file"], ["# A file", ""], ["---"], [""]])
    tail = random.choice([[], [], ["# The end"], ["", "# The end", ""], [""]])
    end = random.choice(["\n", "\n", "\r\n", "\r"])
    # The line end of a block is part of its text.
    final = end if tail or last_text(tree).endswith("\n") else random.choice([end, end, ""])
    return (random.choice(["", "\ufeff"]) + end.join([*head, *lines, *tail]) + final).encode()


def last_text(tree: Any) -> str:
    """The text that a file which says `tree` ends with."""
    while isinstance(tree, dict | list) and tree:
        tree = tree[-1] if isinstance(tree, list) else tree[next(reversed(tree))]
    return tree if isinstance(tree, str) else ""


class _Scribe:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.steps = random.choice([[2], [4], [3], [1], [2, 4]])
        self.dashes = random.choice([[0], [2], [4], [0, 2]])
        self.gaps = random.choice([[1], [1], [3]])
        self.loud = random.choice([0.0, 0.1, 0.4])

    def block(self, tree: Any, column: int) -> list[str]:
        """The lines of a whole value that stands alone, from `column` on."""
        if isinstance(tree, dict) and tree and self.random.random() < 0.8:
            return self.mapping(tree, column)
        if isinstance(tree, list) and tree and self.random.random() < 0.8:
            return self.sequence(tree, column)
        first, rest = self.inline(tree, column)
        return [" " * column + first, *rest]

    def mapping(self, tree: dict[str, Any], column: int) -> list[str]:
        lines = []
        for key, value in tree.items():
            head = " " * column + self.key(key) + ":"
            lines += [*self.between(column), *self.behind(head, value, column, in_map=True)]
        return lines

    def sequence(self, tree: list[Any], column: int) -> list[str]:
        lines: list[str] = []
        for value in tree:
            gap = self.random.choice(self.gaps)
            lines += self.between(column)
            is_block = isinstance(value, dict | list) and value
            if is_block and self.random.random() < 0.6:
                make = self.mapping if isinstance(value, dict) else self.sequence
                inner = make(value, column + 1 + gap)
                quiet = [line for line in inner if line.strip() and not line.strip().startswith("#")]
                if quiet[0] != inner[0]:
                    lines += [" " * column + "-", *inner]
                else:
                    lines += [" " * column + "-" + " " * gap + inner[0].lstrip(" "), *inner[1:]]
            else:
                lines += self.behind(" " * column + "-", value, column, in_map=False)
        return lines

    def behind(self, head: str, value: Any, column: int, *, in_map: bool) -> list[str]:
        """What stands behind a key or a dash."""
        step = self.random.choice(self.steps)
        if isinstance(value, dict) and value and in_map and self.random.random() < 0.6:
            return [head + self.comment(), *self.between(column + step), *self.mapping(value, column + step)]
        if isinstance(value, list) and value and in_map and self.random.random() < 0.6:
            dash = column + self.random.choice(self.dashes)
            return [head + self.comment(), *self.between(dash), *self.sequence(value, dash)]
        if value is None:
            return [head + self.random.choice(["", "", " ~", " null"]) + self.comment()]
        own_line = self.random.random() < 0.05 and not isinstance(value, str)
        first, rest = self.inline(value, column + step)
        if own_line:
            return [head, " " * (column + step) + first, *rest]
        return [head + " " * self.random.choice([1, 1, 1, 2]) + first, *rest]

    def inline(self, tree: Any, column: int) -> tuple[str, list[str]]:
        """A text, or a list or mapping in brackets: what stands on this line, and the lines below."""
        if tree is None:
            return "~", []
        if isinstance(tree, str):
            return self.text(tree, column)
        if self.random.random() < 0.3 and tree:
            return self.flow_on_lines(tree, column)
        return self.flow(tree) + self.comment(), []

    def text(self, text: str, column: int) -> tuple[str, list[str]]:
        style = self.random.choice(["", "", "", "'", '"', "|", ">", "fold"])
        lines = text.removesuffix("\n").split("\n")
        tidy = text.strip("\n ") and all(line == line.strip() for line in lines) and lines[0] and lines[-1]
        tidy = tidy and text.replace("\n", "").replace("\t", "x").isprintable()
        if style == "|" and tidy:
            head = "|" + ("" if text.endswith("\n") else "-") + self.comment()
            if text.endswith("\n") and self.random.random() < 0.2:
                head = head.replace("|", "|+", 1)
            return head, [" " * column + line if line else "" for line in lines]
        if style == ">" and tidy and len(lines) == 1:
            folded = textwrap.wrap(lines[0], 12, break_long_words=False, break_on_hyphens=False)
            if " ".join(folded) == lines[0]:
                head = ">" + ("" if text.endswith("\n") else "-") + self.comment()
                return head, [" " * column + line for line in folded]
        if PLAIN.match(text) and style == "fold":
            folded = textwrap.wrap(text, 12, break_long_words=False, break_on_hyphens=False)
            if " ".join(folded) == text:
                return folded[0], [" " * column + line for line in folded[1:]]
        if PLAIN.match(text) and style == "":
            return text + (self.comment() if WORD.match(text) else ""), []
        return self.quoted(text, style) + self.comment(), []

    def quoted(self, text: str, style: str) -> str:
        if style == "'" and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False)

    def key(self, key: str) -> str:
        if PLAIN.match(key) and self.random.random() < 0.9:
            return key
        return self.quoted(key, self.random.choice(["'", '"']))

    def flow(self, tree: Any) -> str:
        if tree is None:
            return "null"
        if isinstance(tree, str):
            return (
                tree
                if PLAIN.match(tree) and self.random.random() < 0.6
                else self.quoted(tree, self.random.choice("'\""))
            )
        space = self.random.choice(["", "", " "])
        inner = [self.flow_entry(key, tree) for key in (tree if isinstance(tree, dict) else range(len(tree)))]
        comma = self.random.choice(["", "", ","]) if inner else ""
        body = space + self.random.choice([", ", ", ", ","]).join(inner) + comma + space
        return "{" + body + "}" if isinstance(tree, dict) else "[" + body + "]"

    def flow_entry(self, key: Any, tree: Any) -> str:
        if isinstance(tree, dict):
            value = tree[key]
            return f"{self.key(key)}: {self.random.choice(['', '~']) if value is None else self.flow(value)}"
        if isinstance(tree[key], dict) and len(tree[key]) == 1 and self.random.random() < 0.3:
            return self.flow_entry(next(iter(tree[key])), tree[key])
        return self.flow(tree[key])

    def flow_on_lines(self, tree: Any, column: int) -> tuple[str, list[str]]:
        inner = [self.flow_entry(key, tree) for key in (tree if isinstance(tree, dict) else range(len(tree)))]
        opened, closed = "{}" if isinstance(tree, dict) else "[]"
        lines = [" " * column + entry + "," + self.comment() for entry in inner[:-1]]
        last = " " * column + inner[-1] + self.random.choice(["", ","])
        if self.random.random() < 0.5:
            return opened, [*lines, last + closed]
        return opened, [*lines, last, " " * column + closed + self.comment()]

    def comment(self) -> str:
        return " # " + self.random.choice(["mine", "a: b", "- x", "'"]) if self.random.random() < self.loud else ""

    def between(self, column: int) -> list[str]:
        if self.random.random() >= self.loud:
            return []
        return self.random.choice(
            [[""], ["", " " * column + "# so"], [" " * column + "# so"], ["# to the left"], ["", ""]]
        )
