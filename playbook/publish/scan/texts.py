"""What can be read in bytes: the text that they are, and the streams of words in a text.

Refuses to know what is looked for in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r"<[^<>]*>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|code|em|font|i|mark|s|small|span|strong|sub|sup|tspan|u|wbr)\b[^<>]*>", re.IGNORECASE
)


def streams_of(text: str) -> Iterator[tuple[str, str]]:
    """A text as it is read, and what stands in its tags."""
    if "<" not in text:
        yield "text", text
    elif text.lstrip("\ufeff \t\r\n").startswith("<"):
        yield "text", _TAG.sub("\n", _INLINE.sub("", text))
        yield "tags", "\n".join(_TAG.findall(text))
    else:
        yield "text", text
        if _TAG.search(text):
            yield "text", _TAG.sub("\n", _INLINE.sub("", text))


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
