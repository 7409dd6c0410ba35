"""Where a message's lines break: a break that only kept a file narrow goes, a break that its author meant stays."""

from __future__ import annotations

import re
from itertools import pairwise

SOFT_FROM = 60
"""A line of a template at least this long was broken by its margin, not by its author."""
_SOFT = "\x01"
_OWN_LINE = re.compile(r"\s|[-+*•–—>|#]|\d{1,3}[.)]\s|\{[%#]")
"""What follows begins a line of its own: an item, a quotation, a statement, or nothing at all."""


def mark_soft_breaks(source: str) -> str:
    """The template with a mark before each line break that only keeps its lines short; `flow` joins there.

    A message is read on a screen of another width. A short line (a greeting, a signature, an item of a list) stays a
    line; line numbers stay what they are.
    """
    lines = source.split("\n")
    inside = 0
    for index, (line, following) in enumerate(pairwise(tuple(lines))):
        inside += sum(line.count(mark) for mark in ("{{", "{%", "{#"))
        inside -= sum(line.count(mark) for mark in ("}}", "%}", "#}"))
        is_text = not inside and not line.rstrip().endswith(("%}", "#}"))
        if is_text and len(line) >= SOFT_FROM and following and not _OWN_LINE.match(following):
            lines[index] = line.rstrip() + _SOFT
    return "\n".join(lines)


def flow(text: str) -> str:
    """A filled text without its soft breaks, blank lines at its ends, trailing spaces, or two blank lines in a row."""
    joined = text.replace(f"{_SOFT}\n", " ").replace(_SOFT, "")
    lines = [line.rstrip() for line in joined.strip("\n").splitlines()]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip()


def on_one_line(text: str) -> str:
    """A filled subject: one line, whatever was filled in; a break in it would begin another header."""
    return " ".join(text.replace(_SOFT, "").split())
