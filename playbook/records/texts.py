"""Words, numbers and addresses as an author writes them, and how a reader of any value refuses a text.

Each reader takes the text that was typed, or None where nothing was. Knows no field.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playbook.problems import shorten

_LABEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_EMAIL = re.compile(r"[^\s@<>,;:?&\"'()\[\]\\]+@[^\s@<>,;:?&\"'()\[\]\\]+\.[^\s@<>,;:?&\"'()\[\]\\.]+\Z")
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))


class Refused(ValueError):  # noqa: N818  (it reads as what it says)
    """What was typed is not what is wanted: a problem's code, message and hint, on their way to the place of it."""

    def __init__(self, code: str, message: str, hint: str = "", *, at: str = "") -> None:
        """`at` is the key it is about, where a whole mapping or record was looked at."""
        super().__init__(message)
        self.code, self.message, self.hint, self.at = code, message, hint, at


def typed(value: Any, wanted: str) -> str:
    """The text that was typed; a list, a mapping or nothing is not what is `wanted`."""
    if isinstance(value, str):
        return value
    found = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "something else")
    hint = "Quote it if it is text that begins with '[' or '{'." if isinstance(value, list | dict) else ""
    raise Refused("wrong-type", f"expected {wanted}, found {found}", hint)


def typed_text(value: Any) -> str:
    """Text of any length, without what is blank at its end."""
    return "" if value is None else typed(value, "text").rstrip()


def typed_line(value: Any) -> str:
    """Text on one line."""
    return " ".join(typed_text(value).split())


def typed_name(value: Any) -> str:
    """Text on one line that says something."""
    line = typed_line(value)
    if not line:
        raise Refused("empty", "there is nothing here; a few words are needed")
    return line


def typed_boolean(value: Any) -> bool:
    """Whether yes or true was typed; nothing is no."""
    if value in ("true", "yes", "True", "Yes"):
        return True
    if value in ("false", "no", "False", "No", None):
        return False
    raise Refused("wrong-type", f"expected true or false, found '{shorten(typed(value, 'true or false'), 30)}'")


def typed_count(value: Any) -> int:
    """A whole number from 1 up."""
    text = typed(value, "a whole number")
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) == 0:  # noqa: PLR2004
        raise Refused("wrong-type", f"expected a whole number from 1 up, found '{shorten(text, 30)}'")
    return int(text)


def typed_url(value: Any) -> str:
    """A link that may be shown, or nothing."""
    text = typed_line(value)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        bad = (
            parts.scheme.lower() not in _SCHEMES
            or " " in text
            or (parts.scheme.startswith("http") and not parts.hostname)
        )
        bad = bad or parts.username is not None
    except ValueError:
        bad = True
    if bad:
        hint = (
            f"Did you mean 'https://{text}'?"
            if re.match(r"[\w.-]+\.[a-z]{2,}(/|\Z)", text)
            else "A link begins with https://."
        )
        raise Refused("bad-url", f"'{shorten(text)}' is not a link", hint)
    return text


def email_address(value: Any, *, at: str = "") -> str:
    """One e-mail address, or nothing; no display name, no second address, nothing that could add a header.

    `at` is its key in the mapping that is being checked, if any (see `Refused`).
    """
    text = typed_line(value)
    if text and not _EMAIL.match(text):
        raise Refused(
            "bad-email",
            f"'{shorten(text)}' is not an e-mail address",
            "Write one address, such as ada@example.org.",
            at=at,
        )
    return text


def typed_label(value: Any) -> str:
    """The name of an audience or a label."""
    text = typed(value, "me, public or a label")
    if not _LABEL.match(text) or len(text) > 40:  # noqa: PLR2004
        raise Refused("bad-label", f"'{shorten(text, 40)}' is not a label", "Use me, public, or a word such as mentor.")
    return text


def typed_timezone(value: Any) -> str:
    """A time zone that exists, or nothing."""
    from playbook.zones import nearest_zone, zone_exists  # noqa: PLC0415  (reads the time zone database)

    text = typed_line(value)
    if text and not zone_exists(text):
        raise Refused("bad-timezone", f"no time zone is called '{shorten(text, 40)}'", nearest_zone(text))
    return text


def typed_language(value: Any) -> str:
    """The code of a language, or nothing."""
    text = typed_line(value)
    if text and not _LANGUAGE.match(text):
        raise Refused(
            "bad-language",
            f"'{shorten(text, 30)}' is not a language",
            "Write its code, such as en, de or pt-BR.",
        )
    return text
