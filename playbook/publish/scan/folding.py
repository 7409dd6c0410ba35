"""Brings a text into the form in which a value and what became of it are compared: its letters and digits alone.

Case, accents, spaces, hyphens, line ends, punctuation and the escapes of HTML, JSON and URLs make no difference then.
Refuses to know what is looked for.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from playbook.source.files import slug

_ENTITY = re.compile(r"&#?\w{1,32};")
_BACKSLASH = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\\/\"'])|[nrtbfv])")
_CODE_POINT = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_PERCENT_PERCENT = re.compile(r"%(?:25)+(?=[0-9a-fA-F]{2})")
_PLAIN = "playbook.plain"
_WORD = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
_BREAK = re.compile(r"-\r?\n[ \t]*|\r?\n[ \t](?=\S)")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LOWER = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256))  # noqa: PLR2004  (A to Z)
_DELETED = bytes(code for code in range(128) if not chr(code).isalnum())
_ROUNDS = 3
_LAST = 0x10FFFF


def unescaped(text: str) -> str:
    """The text with what HTML, JSON and URLs write for a character replaced by it, three times over."""
    for number in range(_ROUNDS):
        before = text
        if "&" in text:
            text = _ENTITY.sub(_entity, text)
        if "\\" in text:
            # Once: `\\notes` is a backslash and a word, which a second time would be a line end and half a word.
            text = _BACKSLASH.sub(_character, text) if number == 0 else _CODE_POINT.sub(_code_point, text)
            text = _paired(text)
        if "%" in text:
            text = _PERCENT.sub(_percent, _PERCENT_PERCENT.sub("%", text) if "%25" in text else text)
        if text == before:
            break
    return text


def plain(text: str) -> str:
    """The text in ASCII as far as it goes, by the letters that ids are made of: `é`, in one sign or two, is `e`."""
    return text if text.isascii() else text.encode("ascii", _PLAIN).decode("utf-8", "surrogatepass")


def squeezed(text: str) -> str:
    """The letters and digits of a text that is `plain`, in lower case."""
    return squeezed_bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def squeezed_bytes(data: bytes) -> bytes:
    """The letters and digits of ASCII in lower case, and every byte beyond it; of UTF-16, what is ASCII there."""
    return data.translate(_LOWER, _DELETED)


def words(text: str) -> list[str]:
    """The words of a text that is `plain`, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def starts_of(text: str) -> list[int]:
    """Where each word of a text that is `plain` begins in its letters and digits, and last where they end."""
    return [0, *accumulate(map(len, _WORD.findall(text)))]


def unbroken(text: str) -> str:
    """The text with the words put together that an end of line broke, as typesetters and calendars break them."""
    return _BREAK.sub("", text) if _BREAK.search(text) else text


def _plain_run(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101  (nothing is decoded with it)
    run = error.object[error.start : error.end]
    return "".join(map(_plain_sign, run)).encode("utf-8", "surrogatepass"), error.end


# An encoder finds what is not in ASCII ten times as fast as a pattern does.
codecs.register_error(_PLAIN, _plain_run)


@lru_cache(maxsize=8192)
def _plain_sign(sign: str) -> str:
    made = slug(sign)
    if made:
        return made
    kept = []
    for part in unicodedata.normalize("NFKD", sign.casefold()):
        category = unicodedata.category(part)
        if part.isalnum() or category == "So":
            kept.append(part)
        elif category not in ("Mn", "Me", "Cf"):
            kept.append(" ")
    return "".join(kept)


def _entity(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _percent(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(min(int(code, 16), _LAST))
    return found[4] or "\n"


def _code_point(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))


def _paired(text: str) -> str:
    """JSON writes a sign beyond the first 65,536 as two halves."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
