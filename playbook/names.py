"""Who and what goes by a name that somebody wrote: without regard to capitals, accents and hyphens.

Chooses nobody: where several go by it, all are told.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.graph import Entry, Playbook


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


def is_short_for(words: str, name: str) -> bool:
    """Whether a name begins with these words, or is them."""
    return bool(as_words(words)) and f"{as_words(name)} ".startswith(f"{as_words(words)} ")


def organization_called(playbook: Playbook, name: str) -> str:
    """The id of the one organization of this id or name; else the name itself."""
    found = called(playbook.organizations.values(), name)
    return found[0].id if len(found) == 1 else " ".join(name.split())


def _names(entry: Entry[Any]) -> set[str]:
    others: tuple[str, ...] = ()
    if entry.kind == "people":
        others = (entry.record.nickname,)
    elif entry.kind == "organizations":
        others = entry.record.also_known_as
    return {as_words(name) for name in (entry.title, *others) if name}
