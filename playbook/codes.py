"""Short codes that stand on paper beside people and checklist items, and lead back to them.

A code is made of its record's key alone, so that a printout of last month can still be read: two letters or digits, and
a check letter over them. No 0, O, 1 or I. Where two records on one sheet would share a code, both get one that is
longer. Refuses to guess: what fits two records, or none, is handed back with what it could have been.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.graph import Entry
    from playbook.records import Event, Item, Record

Key = tuple[str, str]
"""(`people`, id) of a person; (`name`, their name) of one without a file; (`item`, `events/x#task`) of an item."""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters that handwriting keeps apart: no 0 and O, no 1 and I."""
BLANK = tuple(f"N{number}" for number in range(1, 13))
"""Codes for people nobody planned for. No record's code looks like one: its second character is a letter."""
LENGTHS = (3, 4, 5, 6)
"""A code's length, check letter included; the shortest that is nobody else's on the sheet."""

_DIGITS, _LETTERS = ALPHABET[:8], ALPHABET[8:]
_BLANK = re.compile(r"N(1[0-2]|[1-9])\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a code on paper may mean."""

    keys: tuple[Key, ...]
    """Whose code it is: one, or several that share it, or none."""
    near: tuple[tuple[str, Key], ...] = ()
    """Where it is nobody's: (code, key) of those that differ in one character, or in the order of two."""


def code_of(key: Key, length: int = LENGTHS[0]) -> str:
    """The code of a record, `AN3`: the same today and in a year, whatever else is in the playbook.

    A person's begins with letters of the id, an item's with a digit, so that the two are never mistaken.
    """
    body = (_item_start(key) if key[0] == "item" else _initials(key[1])) + _hashed("/".join(key))
    return body[: length - 1] + check_letter(body[: length - 1])


def check_letter(body: str) -> str:
    """The character that makes a slip in writing show: it differs once one character does, or two neighbours swap.

    A weighted sum over the field of 32 elements, with another weight for each place.
    """
    total, weight = 0, 1
    for character in body:
        weight = _doubled(weight)
        total ^= _times(weight, ALPHABET.index(character))
    return ALPHABET[total]


def code_table(keys: Iterable[Key]) -> dict[Key, str]:
    """Key → its code on one sheet, each as short as it can be told from the others."""
    wanted = list(dict.fromkeys(keys))
    codes: dict[Key, str] = {}
    for length in LENGTHS:
        found: dict[str, list[Key]] = {}
        for key in wanted:
            found.setdefault(code_of(key, length), []).append(key)
        codes |= {group[0]: code for code, group in found.items() if len(group) == 1}
        wanted = [key for group in found.values() if len(group) > 1 for key in group]
    # Two keys with 25 equal bits: the whole key is its own code.
    return codes | {key: key[1] for key in wanted}


def keys_of(event: Entry[Event]) -> tuple[Key, ...]:
    """Everybody to meet and every checklist item of an event: what its kit prints codes for, as the file has them."""
    people = [("people", meet.person) if meet.person else ("name", meet.name) for meet in event.record.meet]
    return tuple(dict.fromkeys([*people, *(item_key(event, item) for item in event.record.checklist)]))


def item_key(owner: Entry[Record], item: Item) -> Key:
    """The key of a checklist item: by its id, else by its words."""
    return ("item", f"{owner.kind}/{owner.id}#{item.id or item.task}")


def read_code(text: str, keys: Iterable[Key]) -> Reading:
    """Whose code a text is, in any length and case, among those that may have been printed."""
    code, known = text.strip().upper(), _by_code(tuple(dict.fromkeys(keys)))
    if code in known:
        return Reading(known[code])
    near = [(other, key) for other in sorted(known) if _is_near(code, other) for key in known[other]]
    return Reading((), tuple(near))


def blank_number(text: str) -> int | None:
    """The number of a blank code, `N7` → 7; None for anything else."""
    found = _BLANK.match(text.strip())
    return int(found[1]) if found else None


def looks_like_code(text: str) -> bool:
    """Whether a word could be meant as a code: so many letters and digits in capitals, or with a digit among them."""
    word = text.strip()
    return (
        LENGTHS[0] <= len(word) <= LENGTHS[-1]
        and word.isascii()
        and word.isalnum()
        and (word.isupper() or any(character.isdigit() for character in word))
    )


@lru_cache(maxsize=8)
def _by_code(keys: tuple[Key, ...]) -> Mapping[str, tuple[Key, ...]]:
    found: dict[str, list[Key]] = {}
    for key in keys:
        for length in LENGTHS:
            found.setdefault(code_of(key, length), []).append(key)
    return {code: tuple(dict.fromkeys(group)) for code, group in found.items()}


def _is_near(one: str, other: str) -> bool:
    """Whether one character is another, missing or too many, or two neighbours are swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differing = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        first, last = differing[0], differing[-1]
        return first == last or (last == first + 1 and one[first : last + 1] == other[last] + other[first])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))


def _initials(identifier: str) -> str:
    """Two letters of an id that one recognises: of `anselm-okoro` A and K (there is no O); else of its hash."""
    words = [
        letters
        for word in re.split(r"[\s-]+", identifier.upper())
        if (letters := "".join(character for character in word if character in _LETTERS))
    ]
    first = words[0][0] if words else ""
    second = words[-1][0] if len(words) > 1 else words[0][1:2] if words else ""
    spare = _hashed(f"letters of {identifier}", _LETTERS)
    return first + (second or spare[0]) if first else spare[:2]


def _item_start(key: Key) -> str:
    return _hashed(f"digit of {key[1]}", _DIGITS)[0] + _hashed(f"letter of {key[1]}", _LETTERS)[0]


def _hashed(text: str, alphabet: str = ALPHABET) -> str:
    """Four characters that every machine makes of the same text."""
    return "".join(alphabet[byte % len(alphabet)] for byte in hashlib.sha256(text.encode()).digest()[:4])


def _doubled(element: int) -> int:
    """Times x in the field of 32 elements, whose polynomial is x^5 + x^2 + 1."""
    element <<= 1
    return element ^ 0b100101 if element & 0b100000 else element


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one, other = _doubled(one), other >> 1
    return product
