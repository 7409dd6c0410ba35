"""Who and what somebody means on the command line: people, items, promises, records; asks when unsure."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.choosing import called, choose, several
from playbook.names import by_words
from playbook.problems import shorten

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from playbook.cli.gesturing import Workshop
    from playbook.gestures.follow_ups import Waiting
    from playbook.gestures.items import Found
    from playbook.graph import Entry, Playbook
    from playbook.records import Item

MOST = 9
"""Items to choose among that are shown."""


def read_on(on: str | None, today: dt.date, option: str = "--on") -> dt.date:
    """The day that something is of: today unless said; it may not lie ahead.

    Raises:
        click.UsageError: for what is no day, with examples, and for one that lies ahead.
    """
    from playbook.daywords import read_day, why_no_day

    if on is None:
        return today
    day = read_day(on, today, ahead=False)
    if day is None:
        raise click.UsageError(f"{option}: {why_no_day(on, today, ahead=False)}")
    if day > today:
        raise click.UsageError(f"{option}: {day} lies ahead; write down what has been")
    return day


def read_due(due: str | None, today: dt.date, option: str = "--due") -> dt.date | None:
    """The day by which something is due; None where nothing is said.

    Raises:
        click.UsageError: for what is no day, with examples.
    """
    from playbook.daywords import read_day, why_no_day

    if due is None:
        return None
    day = read_day(due, today)
    if day is None:
        raise click.UsageError(f"{option}: {why_no_day(due, today)}")
    return day


def known_id(workshop: Workshop, kind: str, name: str | None) -> str:
    """The id of a record that an option names; empty where it names none."""
    return str(choose(workshop.loaded, kind, name).id) if name else ""


def one_item(workshop: Workshop, words: str, wanted: Callable[[Item], bool]) -> Found:
    """The checklist item that is meant; where several are, it asks, or names them.

    Raises:
        click.UsageError: where none is meant, or several and nobody can be asked.
    """
    from playbook.gestures.items import items_of

    found = items_called(workshop.loaded.playbook, words, wanted)
    if not found:
        from playbook.problems import suggest

        every = items_of(workshop.loaded.playbook)
        hint = suggest(words, [*(one.item.id for one in every if one.item.id), *(one.item.task for one in every)])
        raise click.UsageError(f"no checklist item is called '{shorten(words, 60)}'. {hint or 'See: playbook week'}")
    labels = [f"{shorten(one.item.task, 70)}, in {one.entry.title}" for one in found]
    ways = [one.item.id or f"{one.entry.id}: {one.item.task}" for one in found]
    return found[which(labels, ways, f"'{shorten(words, 40)}' could be")]


def items_called(playbook: Playbook, words: str, wanted: Callable[[Item], bool]) -> tuple[Found, ...]:
    """The checklist items that words may mean, those that are wanted before others: `Ines: the draft`.

    Raises:
        click.UsageError: where two people fit.
    """
    from playbook.gestures.items import find_items

    return find_items(playbook, words, wanted=wanted) or find_items(playbook, _with_id(playbook, words), wanted=wanted)


def one_follow_up(workshop: Workshop, words: str) -> Waiting | None:
    """The follow-up that is meant and waits; None where none is, or an open checklist item may be.

    Raises:
        click.UsageError: where several are and nobody can be asked.
    """
    from playbook.gestures.follow_ups import open_follow_ups, told_apart
    from playbook.gestures.items import find_items

    book = workshop.loaded.playbook
    if any(one.item.is_open for one in find_items(book, words)):
        return None
    found = open_follow_ups(book, words, workshop.context.today)
    if not found:
        return None
    told = list(zip(found, told_apart(found), strict=True))
    labels = [f"{shorten(what, 70)}, after {one.after}" if one.event else what for one, what in told]
    ways = [f"{one.event}: {what}" if one.event else what for one, what in told]
    return found[which(labels, ways, f"'{shorten(words, 40)}' could be")]


def _with_id(playbook: Playbook, words: str) -> str:
    """`Ines: the draft` as `ines-marques: the draft`, and `director: the draft` likewise.

    Raises:
        click.UsageError: where two people fit.
    """
    head, mark, rest = words.partition(":")
    people = called(playbook.people.values(), head) if mark and rest.strip() else []
    if len(people) > 1:
        raise click.UsageError(several(people, head))
    found = people or (by_words(playbook.entries(), head) if mark and rest.strip() else [])
    return f"{found[0].id}: {rest.strip()}" if len(found) == 1 else words


def one_promise(workshop: Workshop, words: str) -> tuple[str, int]:
    """(person, index) of the open promise that is meant: by words of it, of whom it concerns, or both.

    Raises:
        click.UsageError: where none is meant, or several and nobody can be asked.
    """
    from playbook.gestures.people import open_promises

    people = workshop.loaded.playbook.people
    found = open_promises(workshop.loaded.playbook, words)
    if not found:
        number = sum(one.kept is None for entry in people.values() for one in entry.record.promises)
        waiting = f"{number} wait" if number != 1 else "1 waits"
        raise click.UsageError(f"no open promise is called '{shorten(words, 60)}'; {waiting}: playbook week")
    labels = [f"{entry.record.name}: {shorten(promise.what, 70)}" for entry, _, promise in found]
    ways = [f"{entry.record.name}: {promise.what}" for entry, _, promise in found]
    entry, index, _ = found[which(labels, ways, f"'{shorten(words, 40)}' could be")]
    return entry.id, index


def in_quotes(workshop: Workshop, command: str, words: Sequence[str]) -> str:
    """The line to type for `touch Radia wrote about X`: the longest name that somebody has, the rest in quotes."""
    people = workshop.loaded.playbook.people.values()
    ends = [end for end in range(1, len(words)) if called(people, " ".join(words[:end]))]
    end = ends[-1] if ends else 1
    name, rest = (" ".join(part) for part in (words[:end], words[end:]))
    plain = name.isidentifier() or shlex.quote(name) == name
    return f"playbook {command} {name if plain else quoted(name)} {quoted(shorten(rest, 80))}"


def quoted(text: str) -> str:
    """Words in quotes, as a shell takes them for one."""
    return shlex.quote(text) if any(mark in text for mark in '"$`\\!') else f'"{text}"'


def one_listed(workshop: Workshop, name: str) -> Entry[Any]:
    """The record with a checklist that is meant, of any kind.

    Raises:
        click.UsageError: with the nearest names, where there is none or more than one.
    """
    from playbook.gestures.items import Listed
    from playbook.problems import suggest

    typed = name.strip().removesuffix(".yml")
    kind, _, identifier = typed.rpartition("/")
    entries = [entry for entry in workshop.loaded.playbook.entries() if isinstance(entry.record, Listed)]
    found = [entry for entry in entries if entry.id == identifier and kind in ("", entry.kind)]
    found = found or called([entry for entry in entries if kind in ("", entry.kind)], typed)
    if not found:
        words = typed.casefold()
        found = [entry for entry in entries if words and (words in entry.id or words in entry.title.casefold())]
        if len(found) != 1:
            hint = suggest(typed, [entry.id for entry in entries])
            near = " or ".join(f"'{entry.id}'" for entry in found[:5])
            raise click.UsageError(
                f"nothing with a checklist is called '{shorten(name, 60)}'. "
                f"{f'Did you mean {near}?' if near else hint}".rstrip()
            )
    labels = [f"{entry.title}  ({entry.kind}/{entry.id})" for entry in found]
    return found[which(labels, [f"{entry.kind}/{entry.id}" for entry in found], f"'{shorten(name, 40)}' could be")]


def which(labels: Sequence[str], ways: Sequence[str], head: str) -> int:
    """The index of the one that is meant; the only one there is, or what somebody chooses."""
    if len(labels) == 1:
        return 0
    if not sys.stdin.isatty():
        shown = "".join(
            f"\n  {way}" + (f"  ({label})" if ": " not in way else "")
            for way, label in zip(ways[:MOST], labels, strict=False)
        )
        more = f"\n  and {len(ways) - MOST} more" if len(ways) > MOST else ""
        raise click.UsageError(f"{head} one of these; write it so:{shown}{more}")
    click.echo(f"{head}:", err=True)
    for number, label in enumerate(labels[:MOST], 1):
        click.echo(f"  {number}  {label}", err=True)
    if len(labels) > MOST:
        click.echo(f"  and {len(labels) - MOST} more; say more words", err=True)
    chosen = click.prompt("Which", type=click.IntRange(1, min(len(labels), MOST)), err=True)
    return int(chosen) - 1
