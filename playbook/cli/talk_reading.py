"""What was typed about a talk: who was there, the day that it was, what passed. Asks nobody and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.choosing import called, several
from playbook.cli.naming import known_id, read_due, read_on
from playbook.names import by_words
from playbook.problems import shorten

if TYPE_CHECKING:
    import datetime as dt

    from playbook.capture.own_day import OwnDay
    from playbook.cli.gesturing import Workshop
    from playbook.gestures.people import Talk

KINDS = "met, wrote, called, heard, asked, gave, received, thanked, updated, introduced, engaged or note"


@dataclass(frozen=True, slots=True)
class Dated:
    """The words about a talk, and the day that it was."""

    day: dt.date
    what: str
    """The words; without the day, where they ended in it."""
    own: OwnDay | None = None
    """The day that they ended in."""


def read_dated(workshop: Workshop, what: str, said: str | None) -> Dated:
    """The day that it was: what --on (`said`) says, or what the words end in, else today.

    Raises:
        click.UsageError: where the two say different days, or the words may mean a day and it is not clear which.
    """
    from playbook.capture.own_day import read_own_day

    on = read_on(said, workshop.context.today)
    own = read_own_day(what, workshop.context.today)
    if own is None or (own.doubt and said is not None):
        return Dated(on, what)
    if own.day is None:
        raise click.UsageError(f"{own.doubt}; say the day with --on, or put words that are no day in quotes")
    if said is not None and own.day != on:
        raise click.UsageError(
            f"--on says {on}, and the words end in '{own.words}', {own.day}; write one of the two, or put words that "
            "are no day in quotes"
        )
    return Dated(own.day, own.before, own)


def split_words(workshop: Workshop, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """(people, what): what it was about stands last, unless a person does."""
    if len(words) == 1:
        return words, ""
    if called(workshop.loaded.playbook.people.values(), words[-1]):
        return words, ""
    return words[:-1], words[-1]


def known_person(workshop: Workshop, name: str) -> str | None:
    """The id of somebody with a file; None where nobody is called so.

    Raises:
        click.UsageError: where several are.
    """
    people = workshop.loaded.playbook.people.values()
    found = called(people, name)
    if len(found) > 1:
        raise click.UsageError(several(found, name))
    found = found or by_words(people, name)
    return found[0].id if len(found) == 1 else None


def read_talk(workshop: Workshop, what: str, kind: str | None, about: dict[str, Any], *, others: list[str]) -> Talk:
    """What passed, from the words and the options.

    Raises:
        click.UsageError: where something in it is not clear.
    """
    from playbook.capture.words import read_words
    from playbook.gestures.people import Pledge, Talk
    from playbook.problems import suggest
    from playbook.records.choices import LogKind

    today = workshop.context.today
    told = read_words(what, today)
    if told.doubts:
        raise click.UsageError("; ".join(told.doubts))
    said = told.kind
    if kind is not None:
        if kind not in list(LogKind):
            hint = suggest(kind, list(LogKind)) or f"It can be {KINDS}."
            raise click.UsageError(f"--kind: there is no kind '{shorten(kind, 30)}'. {hint}")
        said = LogKind(kind)
    due = read_due(about["due"], today)
    promises = list(told.promises)
    if about["promise"]:
        promises.append(Pledge(about["promise"], due=due))
    elif due is not None:
        if len(promises) != 1:
            raise click.UsageError("--due says by when a promise is due; say what it is with --promise")
        promises = [Pledge(promises[0].what, promises[0].by, due)]
    promises += told.own_to_do
    event = known_id(workshop, "events", about["event"])
    return Talk(
        told.what, said, about["channel"], event, known_id(workshop, "goals", about["goal"]),
        tuple(others), (), tuple(promises),
    )  # fmt: skip
