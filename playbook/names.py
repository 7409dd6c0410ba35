"""Who and what goes by a name that somebody wrote: without regard to capitals, accents and hyphens.

Chooses nobody: where several go by it, all are told.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.graph import Entry, Playbook


ALSO_WORDS = re.compile(
    "an|april|art|august|autumn|bill|can|carol|cash|chase|chip|chuck|dawn|dean|do|don|drew|eve|faith|frank|gene|grace|"
    "grant|guy|hope|hunter|in|iris|ivy|jack|joy|june|lance|lily|mark|mason|max|may|mercy|miles|my|nick|norm|pat|"
    "patience|pearl|penny|ray|rich|rob|robin|rose|ruby|sky|so|sue|summer|trip|victor|violet|wade|ward|will",
    re.IGNORECASE,
)
"""First names that a line may begin with and mean nobody; without a comma behind them they are no name."""
LEAST = 3
"""Fewer letters begin too many names to be one."""


def plain(text: str) -> str:
    """A text without capitals, and without the marks that not every keyboard has."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


@lru_cache(maxsize=8192)  # every line of an inbox is held against the names of all people
def as_words(name: str) -> str:
    """A plain name in which a hyphen is a space: what `Jean-Luc` and `jean luc` have in common."""
    return " ".join(plain(name).replace("-", " ").split())


def called(entries: Iterable[Entry[Any]], name: str, *, or_short: bool = True) -> list[Entry[Any]]:
    """Whoever and whatever has this id; else this id or name, nickname or other name in other letters.

    Where nobody has, and `or_short`, people whose name begins with it: `Ines` and `Li Wei` are short for Inês Marques
    and Li Wei Chen; a part of a word is no name.
    """
    entries = list(entries)
    name, wanted = name.strip(), as_words(name)
    found = [entry for entry in entries if entry.id == name]
    found = found or [entry for entry in entries if name.casefold() == entry.id or (wanted and wanted in _names(entry))]
    if found or not or_short:
        return found
    return [entry for entry in entries if entry.kind == "people" and is_short_for(name, entry.title)]


def by_words(entries: Iterable[Entry[Any]], words: str) -> list[Entry[Any]]:
    """Whatever has an id or a name that begins with this, or holds it as whole words: `leaddev` for leaddev-berlin.

    Of people whole words alone count, for Ann is not Anna.
    For somebody who types a name to be looked up, where nothing goes by it (`called`), and only where one fits.
    """
    wanted = _bare(words)
    if len(wanted) < LEAST:
        return []
    found = []
    for entry in entries:
        ways = (_bare(entry.id), *map(_bare, _names(entry)))
        begins = entry.kind != "people" and any(way.startswith(wanted) for way in ways)
        if begins or any(f" {wanted} " in f" {way} " for way in ways):
            found.append(entry)
    return found


def is_short_for(words: str, name: str) -> bool:
    """Whether a name begins with these words, or is them."""
    return bool(as_words(words)) and f"{as_words(name)} ".startswith(f"{as_words(words)} ")


def organization_called(playbook: Playbook, name: str) -> str:
    """The id of the one organization of this id or name; else the name itself."""
    found = called(playbook.organizations.values(), name, or_short=False)
    return found[0].id if len(found) == 1 else " ".join(name.split())


def _bare(name: str) -> str:
    """Its words without what stands between and behind them."""
    return " ".join(re.findall(r"\w+", as_words(name)))


def _names(entry: Entry[Any]) -> set[str]:
    others: tuple[str, ...] = ()
    if entry.kind == "people":
        others = (entry.record.nickname,)
    elif entry.kind == "organizations":
        others = entry.record.also_known_as
    return {as_words(name) for name in (entry.title, *others) if name}
