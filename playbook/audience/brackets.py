"""Replaces what stands in double brackets, from the inside out, in one walk over the text.

Refuses to know what a link is: a function says what stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PIECE = re.compile(r"[\[\]]|[^\[\]]+")
_BRACKETS = ("[", "]")


def replace_brackets(text: str, replace: Callable[[str], str]) -> str:
    """The text with every `[[…]]` replaced, and every one that a replacement leaves behind: `[[[[x]]]]`, `[[a [[x]]]]`.

    Args:
        text: what may hold brackets, nested as deep as anybody likes.
        replace: gets `[[…]]` with no bracket inside, and gives back that very text, which then stays, or some text
            without brackets.
    """
    if "[[" not in text:
        return text
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        pieces.append(piece)
        if piece == "]":
            _close(pieces, replace)
    return "".join(pieces)


def _close(pieces: list[str], replace: Callable[[str], str]) -> None:
    """Put one piece in place of the `[[…]]` at the end of `pieces`, if that is how they end.

    Each piece is walked over once: it is replaced, or stays behind a bracket for good.
    """
    end = start = len(pieces) - 2
    if pieces[end:] != ["]", "]"]:
        return
    while start > 0 and pieces[start - 1] not in _BRACKETS:
        start -= 1
    if start == end or pieces[max(start - 2, 0) : start] != ["[", "["]:
        return
    whole = "".join(pieces[start - 2 :])
    other = replace(whole)
    if other != whole:
        pieces[start - 2 :] = [other]
