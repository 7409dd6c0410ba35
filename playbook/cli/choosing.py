"""One record by what somebody typed: its id, its file, its name; else the nearest names."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import click

from playbook import names
from playbook.cli.terminal import print_problems
from playbook.names import as_words
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playbook.graph import Entry
    from playbook.load import Loaded

CHOICES = 5
"""Records to choose among that an error message can name."""
MOST = 9
"""Records of one name that it names."""
NOUNS = {
    "outreach": "outreach template", "people": "person", "events": "event", "goals": "goal",
    "organizations": "organization",
}  # fmt: skip


def choose(loaded: Loaded, kind: str, name: str, *, by_words: bool = True) -> Entry[Any]:
    """The record of a kind that is meant: by id, `people/ada`, a file, a title or name, the nickname, a short name.

    Where nothing is called so, by how the id or a name begins, or whole words of it, if that is of one alone; never so
    with `by_words` off, for what cannot be taken back.

    Raises:
        click.UsageError: with the nearest names, where nothing or more than one is called so.
        click.exceptions.Exit: with 1, where its file cannot be read; its problems have been told.
    """
    return choose_among(loaded, (kind,), name, by_words=by_words)


def choose_among(loaded: Loaded, kinds: tuple[str, ...], name: str, *, by_words: bool = True) -> Entry[Any]:
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
    found = called(entries, typed)
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(several(found, typed))
    files = tuple(f"/{kind}/{identifier}.yml" for kind in wanted)
    broken = [problem for problem in loaded.problems if problem.place.path.endswith(files)]
    if broken:
        print_problems(broken, err=True)
        click.echo(f"'{shorten(typed)}' cannot be read.", err=True)
        raise click.exceptions.Exit(1)
    near = names.by_words(entries, identifier) if by_words else []
    if len(near) == 1:
        return near[0]
    nouns = " or ".join(NOUNS[kind] for kind in wanted)
    raise click.UsageError(f"no {nouns} is called '{shorten(typed)}'. {_nearest(entries, typed, wanted[0])}")


def called(entries: Iterable[Entry[Any]], typed: str) -> list[Entry[Any]]:
    """Whoever and whatever goes by what was typed: the id or the file, else a name, else how a person's name begins."""
    entries = list(entries)
    identifier = typed.strip().removesuffix(".yml").rpartition("/")[2]
    return [entry for entry in entries if entry.id == identifier] or names.called(entries, typed)


def several(found: Sequence[Entry[Any]], typed: str) -> str:
    """What to say where a name fits more than one: each as it may be typed, people with their names."""
    kinds = {entry.kind for entry in found}
    if kinds == {"people"}:
        ways = [f"{entry.id} ({entry.title})" for entry in found]
    else:
        ways = [entry.id if len(kinds) == 1 else f"{entry.kind}/{entry.id}" for entry in found]
    more = f" or {len(ways) - MOST} more" if len(ways) > MOST else ""
    end = "the id" if kinds == {"people"} else "one"
    return f"'{shorten(typed.strip())}' could be {' or '.join(ways[:MOST])}{more}; write {end}"


def _nearest(entries: list[Entry[Any]], typed: str, kind: str) -> str:
    """What may have been meant: ids and names that hold the words, else what is spelt nearly so."""
    part = as_words(typed)
    held = [entry.id for entry in entries if part and (part in as_words(entry.id) or part in as_words(entry.title))]
    if 0 < len(held) <= CHOICES:
        return f"Did you mean {' or '.join(f'{one!r}' for one in held)}?"
    words = {as_words(word): entry.id for entry in reversed(entries) for word in (entry.title, entry.id)}
    near = difflib.get_close_matches(part[:80], words, n=1)
    if near:
        return f"Did you mean '{words[near[0]]}'?"
    return f"To see them all: playbook list {kind}" if entries else "There is none yet."
