"""What can be read in bytes: the text that they are, and the streams of words in a text.

Refuses to know what is looked for in them.
"""

from __future__ import annotations

import re

# Up to the first `>`, in half the time that `[^<>]` takes; what a lone `<` makes a tag of is looked at as a tag.
_TAG = re.compile(r"<[^>]*>")
_TELLING_TAG = re.compile(r"<(?!/?[a-rt-zA-RT-Z]\w*>)[^>]*>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|code|em|font|i|mark|s|small|span|strong|sub|sup|tspan|u|wbr)\b[^>]*>", re.IGNORECASE
)


def is_markup(text: str) -> bool:
    """Whether a text is HTML, XML or SVG."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def tags_in(text: str) -> list[str]:
    """Every tag that has more in it than its name, and every one that may begin a script or a style, once."""
    return list(dict.fromkeys(_TELLING_TAG.findall(text)))


def is_code(tag: str) -> bool:
    """Whether a script or a style stands behind a tag."""
    return tag[1:7].lower() == "script" or tag[1:6].lower() == "style"


def without_tags(text: str) -> str:
    """The text with a line end in place of each tag: its letters are right, its words may be torn."""
    return _TAG.sub("\n", text)


def as_read(text: str) -> str:
    """The text as a reader reads it: a word with an emphasis in it is one word, two cells of a table are two."""
    return _TAG.sub("\n", _INLINE.sub("", text))


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
