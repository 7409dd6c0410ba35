"""Whom a line of the inbox begins with, by id, name, nickname or first name; refuses to choose between two."""

from __future__ import annotations

import re
from typing import Literal

from playbook.daywords import read_day
from playbook.gestures import Bench
from playbook.graph import Entry
from playbook.names import ALSO_WORDS, called
from playbook.problems import shorten, suggest
from playbook.records import Person

MOST_WORDS = 6
"""A name of more words is not looked for at the beginning of a line."""
SHOWN = 3
"""So many ways to mean a line are named."""
FirstNames = Literal["yes", "marked", "no"]
"""Whether a first name is enough: `marked`, with a comma or colon behind it, for a line may begin with Will or Mark."""
_DID = re.compile(
    r"\w+ed|came|did|found|gave|got|had|has|heard|is|knows|let|met|rang|said|saw|sent|spoke|took|told|wants|was|wrote",
    re.IGNORECASE,
)
"""What somebody does in the word behind their name."""


class Unclear(Exception):  # noqa: N818  (it reads as what it says)
    """Why a line is not understood, as a sentence."""


def person_first(text: str, bench: Bench, first_names: FirstNames) -> tuple[Entry[Person], str] | None:
    """Somebody whom a line begins with, and what stands behind; the longest name wins.

    Raises:
        Unclear: where two people are called so.
    """
    people, words = bench.playbook.people.values(), text.split(" ")
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        said = " ".join(words[:count])
        name = said.rstrip(",:;")
        or_short = first_names == "yes" or (first_names == "marked" and name != said)
        found = called(people, name, or_short=or_short)
        if len(found) > 1:
            raise Unclear(f"'{name}' could be {' or '.join(entry.id for entry in found)}; write the id")
        if found:
            if name == said and count < len(words) and not called(people, name, or_short=False):
                _no_other(found[0], name, words[count].rstrip(",:;.!?"), bench)
            return found[0], " ".join(words[count:]).lstrip(" ,:;")
    return None


def bare_name(text: str, bench: Bench) -> tuple[Entry[Person], str] | None:
    """Somebody whose first name a line begins with, no comma behind it, and what stands behind.

    Raises:
        Unclear: where two people are called so.
    """
    first, _, rest = text.partition(" ")
    did = _DID.fullmatch(rest.partition(" ")[0].rstrip(",:;"))
    if not rest or (ALSO_WORDS.fullmatch(first) and did is None):
        return None
    return person_first(text, bench, "yes")


def somebody(text: str, bench: Bench) -> tuple[Entry[Person], str]:
    """Whoever a text begins with, and what stands behind.

    Raises:
        Unclear: where nobody is called so, or two people are.
    """
    known = person_first(text, bench, "yes")
    if known is None:
        name = " ".join(text.split(" ")[:2]).rstrip(",:;")
        hint = suggest(name, names_in(bench))
        raise Unclear(f"'{shorten(name, 40)}' is nobody with a file. {hint}".rstrip())
    return known


def one_alone(entry: Entry[Person], rest: str, bench: Bench) -> None:
    """A line is of one person.

    Raises:
        Unclear: where another stands behind an `and`.
    """
    joined = re.match(r"(?:and|&|\+) (?P<rest>.+)", rest, re.IGNORECASE)
    other = person_first(joined["rest"], bench, "yes") if joined is not None else None
    if other is not None:
        raise Unclear(f"it is about {entry.record.name} and {other[0].record.name}; write a line for each")


def no_first_name(name: str, bench: Bench) -> None:
    """A file for `Radia` alone is none to make where a Radia has one.

    Raises:
        Unclear: where somebody is called so.
    """
    known = called(bench.playbook.people.values(), name)
    if known:
        ways = " or ".join(f"{entry.record.name} ({entry.id})" for entry in known[:SHOWN])
        raise Unclear(f"'{shorten(name, 40)}' may be {ways}; write that name, or first and last name of somebody new")


def names_in(bench: Bench) -> list[str]:
    """What people are called, to suggest what is spelt nearly so."""
    people = bench.playbook.people.values()
    return [name for one in people for name in (one.id, one.record.name, one.record.nickname) if name]


def _no_other(entry: Entry[Person], name: str, behind: str, bench: Bench) -> None:
    """`Ada Hopper` is not whichever Ada has a file.

    Raises:
        Unclear: where what stands behind a first name is written as a name is, and no day.
    """
    if len(behind) > 1 and behind.istitle() and read_day(behind, bench.on, ahead=False) is None:
        raise Unclear(
            f"'{shorten(f'{name} {behind}', 40)}' is nobody with a file; {entry.record.name} ({entry.id}) has one: if "
            f"that is who is meant, put a comma behind '{name}'"
        )
