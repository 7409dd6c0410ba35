"""How a script looks in a terminal, piped and as JSON; and what is said where it cannot be written yet."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.terminal import print_json, print_problems
from playbook.problems import Problem
from playbook.render.scripts import NotReady, Script, Scripts
from playbook.views.lacking import what_comes_first, where_to_write
from playbook.views.reach import Reach, reach_of
from playbook.views.words import listed

if TYPE_CHECKING:
    from playbook.graph import Playbook
    from playbook.load import Loaded

WIDEST = 100
"""Columns that a head or a remark may take, however wide the terminal."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was asked for, as ids; empty where nothing was said."""

    template: str
    person: str
    other: str
    event: str
    goal: str
    language: str


def day_of(loaded: Loaded) -> dt.date:
    """The day that everything was read for."""
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    return loaded.today


def write(scripts: Scripts, told: Told, person: str, other: str) -> Script | NotReady:
    """The script that was asked for, for one person."""
    return scripts.fill(told.template, person, told.event, told.goal, told.language, other)


def fill(loaded: Loaded, told: Told, *, as_json: bool) -> Script | None:
    """The script, or None after saying what is in the way."""
    book = loaded.playbook
    outcome = write(Scripts(book, day_of(loaded)), told, told.person, told.other)
    if isinstance(outcome, Script):
        return outcome
    problem = not_ready_problem(loaded, told, outcome)
    if as_json:
        print_json(
            {
                "template": told.template,
                "person": told.person,
                "other": told.other,
                "ready": False,
                "missing": list(outcome.missing),
                "reason": outcome.reason,
                "problem": problem.as_json(),
            }
        )
    print_problems([problem], err=True)
    return None


def not_ready_problem(loaded: Loaded, told: Told, outcome: NotReady) -> Problem:
    """Why the script cannot be written, at the template's line, with where to write what is lacking."""
    book = loaded.playbook
    entry = book.outreach[outcome.template]
    hint = ""
    wanted = entry.record.unlocks_at
    if wanted is not None and not outcome.missing and outcome.place == entry.place_of(("unlocks_at",)):
        people = [book.people[one] for one in (told.person, told.other) if one]
        hints = [what_comes_first(book, one, wanted, day_of(loaded)) for one in people]
        hint = next((one for one in hints if one), "")
    places = where_to_write(
        book, outcome.missing, person=outcome.person, other=told.other, event=told.event, goal=told.goal
    )
    by_place: dict[str, list[str]] = {}
    for one in places:
        by_place.setdefault(str(one.place), []).append(f"'{one.text}'")
    if places:
        hint = f"Write {'; '.join(f'{listed(texts)} at {place}' for place, texts in by_place.items())}."
    if len(places) == 1:
        hint += f" {places[0].about}."
    return Problem(outcome.place, "not-ready", outcome.reason, hint)


def show(playbook: Playbook, script: Script, *, as_json: bool) -> None:
    """The message on standard output; what is only about it goes there too on a terminal, else to standard error."""
    reach = _reach(playbook, script)
    if as_json:
        print_json(_plain(playbook, script, reach))
        return
    is_shown = sys.stdout.isatty()
    for name, value in _head(playbook, script, is_shown=is_shown):
        click.echo(click.style(f"{name:<9}", dim=True) + value, err=not is_shown)
    if is_shown:
        click.echo()
    elif is_mail(script):
        click.echo(f"Subject: {script.subject}\n")
    click.echo(script.body)
    if is_shown:
        click.echo()
    for line in _remarks(script, reach):
        click.echo(line, err=not is_shown)


def warn(playbook: Playbook, script: Script) -> None:
    """What to look at again, on standard error: a script that leaves without being shown."""
    for line in _warnings(script, _reach(playbook, script)):
        click.echo(line, err=True)


def is_mail(script: Script) -> bool:
    """Whether a script has a subject line to be sent with."""
    return bool(script.subject) and ("email" in script.channels or not script.channels)


def _reach(playbook: Playbook, script: Script) -> tuple[Reach, ...]:
    return tuple(reach_of(playbook.people[one].record, script.channels) for one in script.recipients)


def _head(playbook: Playbook, script: Script, *, is_shown: bool) -> Iterator[tuple[str, str]]:
    names = []
    for one in script.recipients:
        person = playbook.people[one].record
        address = person.channels.get("email", "")
        names.append(f"{person.name} <{address}>" if address and "email" in script.channels else person.name)
    yield "To", ", ".join(names)
    if script.channels:
        yield "By", ", ".join(script.channels)
    if script.event:
        yield "Event", playbook.events[script.event].title
    if script.language:
        yield "Language", script.language
    if is_shown and is_mail(script):
        yield "Subject", script.subject


def _remarks(script: Script, reach: tuple[Reach, ...]) -> Iterator[str]:
    """Counts beside their limits, then what to look at again."""
    by_channel: dict[str, list[str]] = {}
    for one in script.measures:
        text = click.style(one.text, fg="yellow", bold=True) if one.is_over else one.text
        by_channel.setdefault(one.channel, []).append(text)
    for channel, texts in by_channel.items():
        yield click.style(f"{channel or 'length'}: ", dim=True) + ", ".join(texts)
    yield from _warnings(script, reach)


def _warnings(script: Script, reach: tuple[Reach, ...]) -> Iterator[str]:
    for gap in (one.gap for one in reach if one.gap):
        yield _folded(f"{click.style('warning', fg='yellow')}: {gap}")
    for found in script.findings:
        head = f"{click.style(str(found.place), bold=True)}: {click.style('warning', fg='yellow')}"
        yield _folded(f"{head}: {_sentence(found.message)} {found.advice}".rstrip())


def _folded(text: str) -> str:
    """A remark, folded at words on a terminal and whole when piped."""
    if not sys.stdout.isatty():
        return text
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return textwrap.fill(text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _plain(playbook: Playbook, script: Script, reach: tuple[Reach, ...]) -> dict[str, Any]:
    return {
        "template": script.template,
        "person": script.person,
        "other": script.other,
        "event": script.event,
        "goal": script.goal,
        "language": script.language,
        "ready": True,
        "to": [
            {
                "id": one,
                "name": playbook.people[one].title,
                "email": playbook.people[one].record.channels.get("email", ""),
                "prefers": way.prefers,
                "usable": list(way.usable),
            }
            for one, way in zip(script.recipients, reach, strict=True)
        ],
        "channels": list(script.channels),
        "subject": script.subject,
        "body": script.body,
        "counts": {
            "words": script.counts.words,
            "characters": script.counts.characters,
            "seconds": script.counts.seconds,
        },
        "limits": [
            {
                "channel": one.channel,
                "part": one.part,
                "unit": one.unit,
                "number": one.number,
                "most": one.most,
                "over": one.is_over,
            }
            for one in script.measures
        ],
        "findings": [
            {
                "code": one.code,
                "message": one.message,
                "advice": one.advice,
                "path": one.place.path,
                "line": one.place.line,
                "column": one.place.column,
            }
            for one in script.findings
        ],
        "warnings": [one.gap for one in reach if one.gap],
    }
