"""What a page may ask to be written: a gesture by its name, a record and an item, never a path.

Pure: JSON in, an order out; everything else is refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

MOST_BYTES = 64 * 1024
"""A body that is longer is no gesture."""
MOST_LETTERS = 10_000


class Refused(Exception):  # noqa: N818  (it reads as what it says)
    """Why nothing is written, in a sentence for whoever looks at the page, and as HTTP says it."""

    def __init__(self, said: str, status: int = 400, code: str = "not-understood") -> None:
        super().__init__(said)
        self.said, self.status, self.code = said, status, code


@dataclass(frozen=True, slots=True)
class Order:
    """One gesture, as a page asks for it."""

    gesture: str
    record: str = ""
    """`people/ada`."""
    digest: str = ""
    """SHA-256 of the record's file, as the page was made from it."""
    index: int = -1
    """The place in its list of an item, a promise, a follow-up, or of what somebody is to be thanked for."""
    text: str = ""
    """Its own words; so that it can be said that it is gone."""
    person: str = ""
    """The id of whom to thank."""
    what: str = ""
    kind: str = ""
    """Of a touch; where none is said, the words say it."""
    day: str = ""
    due: str = ""
    promise: str = ""
    token: str = ""
    """What takes a gesture back."""
    message: str = ""
    """Of a commit, as the page showed it."""

    @property
    def key(self) -> tuple[str, str]:
        """(kind, id) of the record."""
        kind, _, identifier = self.record.partition("/")
        return kind, identifier


_ITEM = ("record", "digest", "index", "text")
NEEDED: dict[str, tuple[str, ...]] = {
    "tick": _ITEM,
    "untick": _ITEM,
    "keep": _ITEM,
    "follow-up": _ITEM,
    "thank": (*_ITEM, "person"),
    "touch": ("record", "digest", "what"),
    "add": ("record", "digest", "what"),
    "undo": ("token",),
    "commit": ("message",),
}
"""Gesture → what must be said."""
ALLOWED: dict[str, tuple[str, ...]] = {"touch": ("kind", "day", "promise", "due"), "add": ("due",)}
"""Gesture → what may be said besides."""
_NUMBERS = frozenset(("index",))
_LINES = frozenset(field.name for field in fields(Order)) - _NUMBERS - {"what", "message", "text"}
"""What is one line."""


def read_order(gesture: str, content_type: str, body: bytes) -> Order:
    """The order that a request's body is.

    Raises:
        Refused: for everything that is not exactly one.
    """
    if content_type.partition(";")[0].strip().lower() != "application/json":
        # A form of another site can post text, or a form; not this.
        raise Refused("only JSON is read here", 415)
    if len(body) > MOST_BYTES:
        raise Refused("that is too long", 413, "too-long")
    try:
        said = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused("that is not JSON") from None
    if not isinstance(said, dict):
        raise Refused("that is no gesture")
    needed, allowed = NEEDED[gesture], ALLOWED.get(gesture, ())
    unknown = sorted(set(said) - {*needed, *allowed})
    missing = [name for name in needed if name not in said]
    if unknown or missing:
        which = f"'{unknown[0][:40]}' is not known" if unknown else f"'{missing[0]}' is missing"
        raise Refused(f"{gesture}: {which}")
    values: dict[str, Any] = {name: _value(name, value) for name, value in said.items()}
    return Order(gesture, **values)


def _value(name: str, value: object) -> str | int:
    if name in _NUMBERS:
        if type(value) is not int or not 0 <= value < MOST_LETTERS:
            raise Refused(f"'{name}' is not a number")
        return value
    if not isinstance(value, str):
        raise Refused(f"'{name}' is not a text")
    if len(value) > MOST_LETTERS:
        raise Refused(f"'{name}' is too long", 413, "too-long")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(f"'{name}' is not a text")
    if name in _LINES:
        return " ".join(value.split())
    return "\n".join(line.rstrip() for line in value.strip().splitlines())
