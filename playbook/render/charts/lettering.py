"""How wide a text will be, and how to make it fit: estimated, since no browser is at hand.

The estimate follows a wide sans-serif (DejaVu Sans), so that a narrower font leaves air instead of a collision.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JOINER = "\u200d"
_SLIM = frozenset("iljtfrI.,:;'|!()[]-·` ")
_BROAD = frozenset("mwMW@%&—…")


def plain(text: str, longest: int = 200) -> str:
    """One line of `text` without control characters or marks that turn the direction of what follows.

    At most `longest` characters; what is cut ends in `…`.
    """
    head = text[: longest * 4]
    line = " ".join("".join(c if c.isprintable() or c == _JOINER else " " for c in head).split())
    return line if len(line) <= longest and len(head) == len(text) else _cut(line, longest - 1) + "…"


def width_of(text: str, size: float) -> float:
    """The width of one line of text at a font size, in the font size's unit."""
    return size * sum(_em(character) for character in text)


def fit(text: str, room: float, size: float) -> str:
    """As much of `text` as `room` holds, ending in `…` where something is missing."""
    line = plain(text)
    if width_of(line, size) <= room:
        return line
    left = room - width_of("…", size)
    for position, character in enumerate(line):
        left -= size * _em(character)
        if left < 0:
            return _cut(line, position).rstrip() + "…"
    return line


def day_words(day: dt.date) -> str:
    """`15 Apr 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def count_words(count: int, noun: str, many: str = "") -> str:
    """`1 goal`, `2 goals`; `many` where the plural is another word."""
    return f"{count} {noun}" if count == 1 else f"{count} {many or noun + 's'}"


def _cut(line: str, position: int) -> str:
    """The beginning of `line` up to `position`, never between a letter and its marks or joiner."""
    while 0 < position < len(line) and (
        unicodedata.combining(line[position]) or _JOINER in line[position - 1 : position + 1]
    ):
        position -= 1
    return line[:position]


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if unicodedata.combining(character) or character == _JOINER or unicodedata.category(character) == "Cf":
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.3 if ord(character) > 0x1F000 else 1  # noqa: PLR2004  (emoji are wider than ideographs)
    if character in _SLIM:
        return 0.38
    if character in _BROAD:
        return 0.98
    return 0.72 if character.isupper() or not character.isascii() else 0.62
