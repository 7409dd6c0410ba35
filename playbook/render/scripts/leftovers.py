"""What was to be filled in and was not: `[Name]`, `<company>`, `{{`, `TODO`, `___`.

A link, a footnote, an address, a word that an editor put into a quotation, and code between backticks are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CODE = re.compile(r"`[^`\n]*`")
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}"
    r"|\b(?:TODO|FIXME|TBD|TBC|XXX+)\b"
    r"|(?<![\w/])_{3,}(?![\w/])"
    r"|\*\|\w+\|\*"
    # [Name], [your role]; not [text](link), [text][1], [^1], [x], [1]
    r"|(?<!\])\[(?=[^\[\]\n]*[^\W\d_]{2})(?!\^)[^\[\]\n]{2,60}\](?![(\[:])"
    # <company>, <YOUR NAME>; not <https://…>, <ada@example.org>, </b>, list<int>
    r"|(?<![\w<])<[^\W\d_][\w '’-]{1,40}>"
    r"|(?<![\w{$])\{[^\W\d_][\w .-]{1,40}\}(?!\})"
    r"|\blorem ipsum\b"
)
_SIGNS = ("[", "<", "{", "}", "__", "*|", "TODO", "FIXME", "TBD", "TBC", "XXX", "lorem")
"""What every one of them holds: most messages hold none."""
_EDITORIAL = frozenset(
    (
        "sic",
        "the",
        "an",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "your",
        "we",
        "you",
        "is",
    )
)
_TAGS = frozenset(("em", "strong", "br", "div", "span", "code", "pre", "video", "audio", "img", "table", "ul", "li"))
_PLACEHOLDER = re.compile(
    r"\b(?:name|company|organi[sz]ation|role|title|topic|date|event|project|team|city|your|their|insert|add|fill)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Something that was to be filled in."""

    text: str
    start: int


def find_left_overs(text: str, *, is_subject: bool = False) -> Iterator[LeftOver]:
    """Everything in a text that looks as if it was to be filled in, in order.

    Args:
        text: a filled message, or a template's text whose code is masked.
        is_subject: whether it may begin with a list's tag, as in `[python-dev] A question`.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    code = [match.span() for match in _CODE.finditer(text)]
    for match in _LEFT_OVER.finditer(text):
        if any(start <= match.start() < end for start, end in code):
            continue
        words = match[0].strip("[]<>{}").casefold()
        if match[0][0] == "[" and words in _EDITORIAL:
            continue
        if match[0][0] == "<" and words in _TAGS:
            continue
        if is_subject and match[0][0] == "[" and not match.start() and not _PLACEHOLDER.search(words):
            continue
        yield LeftOver(match[0], match.start())
