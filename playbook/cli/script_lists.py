"""The lists of `playbook script`: whom a template fits, which templates there are, and who is owed a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.filling import with_scripts
from playbook.cli.scripting import Told, day_of, write
from playbook.cli.terminal import print_json
from playbook.render.scripts import NotReady, Script, Scripts

if TYPE_CHECKING:
    from playbook.graph import Playbook
    from playbook.load import Loaded


def tell_fits(loaded: Loaded, told: Told, *, as_json: bool) -> int:
    """A table of everybody a template could be for: whom it fits, then who lacks what."""
    book = loaded.playbook
    scripts = Scripts(book, day_of(loaded))
    rows = []
    for person in scripts.candidates(told.template):
        if person != told.other:
            outcome = write(scripts, told, person, told.other) if told.other else _alone(scripts, told, person)
            rows.append((isinstance(outcome, NotReady), person, outcome))
    rows.sort(key=lambda row: row[:2])
    if as_json:
        print_json([_fit_as_json(book, person, outcome) for _, person, outcome in rows])
        return 0
    cells = [
        [person, book.people[person].title, outcome.event if isinstance(outcome, Script) else "", _state(book, outcome)]
        for _, person, outcome in rows
    ]
    _table(["id", "name", "event", "state"], cells)
    ready = sum(not is_lacking for is_lacking, _, _ in rows)
    click.echo(f"'{told.template}' is ready for {ready} of {len(rows)}.", err=True)
    return 0


def tell_templates(loaded: Loaded, told: Told, *, as_json: bool) -> int:
    """All templates by purpose with how many people each fits; for one person, which are ready and what others lack."""
    book = loaded.playbook
    scripts = Scripts(book, day_of(loaded))
    purposes = [str(purpose) for purpose in _purposes()]
    order = sorted(
        book.outreach.values(),
        key=lambda entry: (purposes.index(str(entry.record.purpose or "")), entry.id),
    )
    rows: list[dict[str, Any]] = []
    for entry in order:
        row: dict[str, Any] = {
            "template": entry.id,
            "title": entry.title,
            "purpose": str(entry.record.purpose or ""),
            "channels": list(entry.record.channel),
            "languages": list(entry.record.variants),
        }
        if told.person:
            outcome = scripts.fill(entry.id, told.person, told.event, told.goal)
            row |= {"ready": isinstance(outcome, Script), "reason": _state(book, outcome)}
        else:
            fits = scripts.fits(entry.id)
            row |= {"fits": sum(isinstance(fit.outcome, Script) for fit in fits), "of": len(fits)}
        rows.append(row)
    if as_json:
        print_json(rows)
        return 0
    last = ["state"] if told.person else ["ready for"]
    cells = [
        [
            row["purpose"],
            row["template"],
            row["title"],
            ", ".join(row["channels"]),
            row["reason"] if told.person else f"{row['fits']} of {row['of']}",
        ]
        for row in rows
    ]
    _table(["purpose", "id", "title", "channels", *last], cells)
    if not rows:
        click.echo('No templates yet. Write one you would like to receive: playbook new outreach "…"', err=True)
    return 0


def _purposes() -> Iterator[str]:
    from playbook.records.choices import Purpose

    yield from Purpose
    yield ""


def _alone(scripts: Scripts, told: Told, person: str) -> Script | NotReady:
    if told.event or told.goal or told.language:
        return write(scripts, told, person, "")
    return scripts.fill_alone(told.template, person)


def _fit_as_json(playbook: Playbook, person: str, outcome: Script | NotReady) -> dict[str, Any]:
    row = {"person": person, "name": playbook.people[person].title}
    if isinstance(outcome, Script):
        return {**row, "event": outcome.event, "ready": True, "missing": [], "reason": ""}
    return {**row, "event": "", "ready": False, "missing": list(outcome.missing), "reason": outcome.reason}


def _state(playbook: Playbook, outcome: Script | NotReady) -> str:
    """`ready`, or what is in the way, without the name that stands before it."""
    if isinstance(outcome, Script):
        return "ready"
    name = playbook.people[outcome.person].title if outcome.person in playbook.people else ""
    return outcome.reason.removeprefix(f"{name} ")


def _table(columns: list[str], rows: list[list[str]]) -> None:
    from playbook.cli.listing import print_table

    print_table(columns, rows)


def tell_owed(loaded: Loaded, *, as_json: bool) -> int:
    """Follow-ups and thank-yous that are owed, and who has not heard your news, each with what to type."""
    from playbook.views.letters import letters_view
    from playbook.views.scene import Scene

    today = day_of(loaded)
    letters = letters_view(with_scripts(Scene(loaded.playbook, today)))
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "person": letter.id,
            "name": letter.person.text,
            "due": letter.due.iso if letter.due else "",
            "reason": letter.reason,
            "since": letter.since,
            "for": [line.link.text for line in letter.news],
            "command": letter.command,
        }
        for kind, those in (("follow-up", letters.lines), ("thank-you", letters.thanks), ("news", letters.news))
        for letter in those
    ]
    if as_json:
        print_json(rows)
        return 0
    _table(
        ["kind", "name", "for", "since or by", "command"],
        [
            [row["kind"], row["name"], _for(row["for"]) or row["reason"], row["since"] or row["due"], row["command"]]
            for row in rows
        ],
    )
    if not rows:
        click.echo("Nobody is owed a word.", err=True)
    return 0


def _for(texts: list[str]) -> str:
    first, *more = texts or [""]
    return f"{first} (and {len(more)} more)" if more else first
