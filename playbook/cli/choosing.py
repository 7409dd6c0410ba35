"""One record by what somebody typed: its id, its file, its name; else the nearest names."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.terminal import print_problems
from playbook.problems import shorten

if TYPE_CHECKING:
    from playbook.graph import Entry
    from playbook.load import Loaded
    from playbook.records import Record

CHOICES = 5
"""Records to choose among that an error message can name."""
NOUNS = {
    "outreach": "outreach template", "people": "person", "events": "event", "goals": "goal",
    "organizations": "organization",
}  # fmt: skip


def choose(loaded: Loaded, kind: str, name: str) -> Entry[Any]:
    """The record of a kind that is meant: by id, `people/ada`, a file, a title or name, the nickname, a first name.

    Raises:
        click.UsageError: with the nearest names, where nothing or more than one is called so.
        click.exceptions.Exit: with 1, where its file cannot be read; its problems have been told.
    """
    entries = list(loaded.playbook.of_kind(kind).values())
    typed = name.strip()
    identifier = typed.removesuffix(".yml").rpartition("/")[2]
    found = [entry for entry in entries if entry.id == identifier]
    found = found or [entry for entry in entries if _fold(typed) in _names(entry)]
    if not found and kind == "people":
        found = [entry for entry in entries if typed and _fold(typed) == _fold(entry.title.partition(" ")[0])]
    if len(found) == 1:
        return found[0]
    if found:
        ids = " or ".join(entry.id for entry in found)
        raise click.UsageError(f"'{shorten(typed)}' could be {ids}; write one")
    broken = [problem for problem in loaded.problems if problem.place.path.endswith(f"/{kind}/{identifier}.yml")]
    if broken:
        print_problems(broken, err=True)
        click.echo(f"'{shorten(typed)}' cannot be read.", err=True)
        raise click.exceptions.Exit(1)
    raise click.UsageError(f"no {NOUNS[kind]} is called '{shorten(typed)}'. {_nearest(entries, typed, kind)}")


def choose_among(loaded: Loaded, kinds: tuple[str, ...], name: str) -> Entry[Any]:
    """The record of one of several kinds that is meant, as `choose` finds it; `people/ada` says which kind.

    Raises:
        click.UsageError: with the nearest names, where nothing or more than one is called so.
        click.exceptions.Exit: with 1, where its file cannot be read.
    """
    typed = name.strip()
    folder, _, identifier = typed.removesuffix(".yml").rpartition("/")
    said = folder.rpartition("/")[2]
    wanted = (said,) if said in kinds else kinds
    entries = [entry for kind in wanted for entry in loaded.playbook.of_kind(kind).values()]
    found = [entry for entry in entries if entry.id == identifier]
    found = found or [entry for entry in entries if _fold(typed) in _names(entry)]
    if len(found) == 1:
        return found[0]
    if found:
        ways = " or ".join(f"{entry.kind}/{entry.id}" for entry in found)
        raise click.UsageError(f"'{shorten(typed)}' could be {ways}; write one")
    for kind in wanted:
        if any(problem.place.path.endswith(f"/{kind}/{identifier}.yml") for problem in loaded.problems):
            return choose(loaded, kind, name)
    nouns = " or ".join(NOUNS[kind] for kind in wanted)
    raise click.UsageError(f"no {nouns} is called '{shorten(typed)}'. {_nearest(entries, typed, wanted[0])}")


def _names(entry: Entry[Record]) -> set[str]:
    nickname = str(getattr(entry.record, "nickname", ""))
    others: tuple[str, ...] = getattr(entry.record, "also_known_as", ())
    return {_fold(name) for name in (entry.title, nickname, *others) if name}


def _nearest(entries: list[Entry[Any]], typed: str, kind: str) -> str:
    """What may have been meant: ids and names that hold the words, else what is spelt nearly so."""
    part = _fold(typed)
    held = [entry.id for entry in entries if part and (part in _fold(entry.id) or part in _fold(entry.title))]
    if 0 < len(held) <= CHOICES:
        return f"Did you mean {' or '.join(f'{one!r}' for one in held)}?"
    words = {_fold(word): entry.id for entry in reversed(entries) for word in (entry.title, entry.id)}
    near = difflib.get_close_matches(part[:80], words, n=1)
    if near:
        return f"Did you mean '{words[near[0]]}'?"
    return f"To see them all: playbook list {kind}" if entries else "There is none yet."


def _fold(text: str) -> str:
    """Text without capitals, and without the marks that not every keyboard has."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("-", " ").split())
