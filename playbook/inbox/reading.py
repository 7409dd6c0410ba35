"""The lines of an inbox file, and the file without some of them. Every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from playbook.source.files import INBOX

NAME = INBOX
"""The file, in the content folder."""
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BULLET = re.compile(r"(?:[-*•]|\[ ?\]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One thought as it was written."""

    number: int
    text: str
    """Without what a phone's editor puts before it: a dash, a box."""


def read_lines(content: bytes) -> tuple[Line, ...]:
    """Every line that says something; lines that begin with # are remarks.

    Raises:
        UnicodeDecodeError: where it is no UTF-8.
    """
    text = content.decode("utf-8-sig")
    found = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        said = line.strip()
        while (bullet := _BULLET.match(said)) is not None:
            said = said[bullet.end() :].strip()
        if said and not said.startswith("#"):
            found.append(Line(number, " ".join(said.split())))
    return tuple(found)


def without(content: bytes, numbers: Collection[int]) -> bytes:
    """The file without these lines (counted from 1)."""
    lines = [line for line in _LINE.findall(content) if line]
    return b"".join(line for number, line in enumerate(lines, 1) if number not in numbers)
