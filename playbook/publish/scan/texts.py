"""What can be read in bytes: the text that they are, and the streams of words in a text.

Refuses to know what is looked for in them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"(<[^<>]*>)")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|code|em|font|i|mark|s|small|span|strong|sub|sup|tspan|u|wbr)\b", re.IGNORECASE
)


def is_markup(text: str) -> bool:
    """Whether a text is HTML, XML or SVG."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def split_tags(text: str) -> tuple[str, list[str]]:
    """What a reader reads, and every tag: a word with an emphasis in it is one word, two cells of a table are two."""
    pieces = _TAG.split(text)
    tags = pieces[1::2]
    pieces[1::2] = map(_between, tags)
    return "".join(pieces), tags


@lru_cache(maxsize=1 << 16)
def _between(tag: str) -> str:
    """What parts the words before a tag and behind it. Most tags are there a hundred times."""
    return "" if _INLINE.match(tag) else "\n"


def as_text(data: bytes) -> str | None:
    """The text that the bytes are, None if they are none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    zeros = data.count(0)
    if zeros > len(data) // 4:
        for code, where in (("utf-16-le", slice(1, None, 2)), ("utf-16-be", slice(0, None, 2))):
            half = data[where]
            if half.count(0) * 2 > len(half) and len(data) % 2 == 0:
                try:
                    return data.decode(code)
                except UnicodeDecodeError:
                    return None
    if zeros:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
