"""How what was understood reads: a few lines for somebody who is asked to agree, plain data for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from playbook.agenda import FOLLOW_UP_DAYS
from playbook.capture.meanings import AboutItem, AboutPerson, Absent, Desk, Understood
from playbook.capture.planning import Plan
from playbook.capture.words import ToDo, long_day
from playbook.gestures.people import Pledge, kind_and_words
from playbook.graph import Playbook
from playbook.records.choices import By, Purpose


def lines_of(line: Understood) -> tuple[str, ...]:
    """What a line was understood as, the first line of it to stand alone."""
    notes = tuple(f"({note})" for note in line.notes)
    meaning = line.meaning
    if meaning is None:
        return ("not understood", *line.doubts)
    if isinstance(meaning, AboutPerson):
        told, new = meaning.told, meaning.newcomer
        company = f", {new.job}" if new is not None and new.job else ""
        who = f"{meaning.name} (new: people/{new.id}{company})" if new is not None else meaning.name
        return (
            f"{who}: {kind_and_words(told.kind, told.what, '. ')}",
            *(_pledge(promise) for promise in told.promises),
            *(f"follow up: {to_do.what}{_by(to_do.due)}" for to_do in told.to_do),
            *notes,
        )
    if isinstance(meaning, Absent):
        return (f"{meaning.name}: you did not meet, so nothing is logged", *notes)
    if isinstance(meaning, AboutItem):
        state = f"done on {long_day(meaning.done)}" if meaning.done else f"skipped: {meaning.skipped}"
        return (f"{meaning.task}: {state}", *notes)
    if meaning.to_do is not None:
        return (f"follow up: {meaning.to_do.what}{_by(meaning.to_do.due)}", *notes)
    return (f"learned: {meaning.learned}", *notes)


def as_data(line: Understood) -> dict[str, Any]:
    """A line as `playbook capture --json` shows it; fields that say nothing are left out."""
    meaning = line.meaning
    found: dict[str, Any] = {"line": line.number, "text": line.text}
    if isinstance(meaning, AboutPerson):
        told, new = meaning.told, meaning.newcomer
        found |= {"kind": "new-person" if new else "person", "person": meaning.person, "name": meaning.name}
        found["organization"] = new.organization if new else ""
        found["title"] = new.title if new else ""
        found["log"] = {"kind": str(told.kind), "what": told.what}
        found["promises"] = [
            {"what": promise.what, "by": str(promise.by), "due": _iso(promise.due)} for promise in told.promises
        ]
        found["follow_ups"] = [_to_do(to_do) for to_do in told.to_do]
    elif isinstance(meaning, Absent):
        found |= {"kind": "absent", "name": meaning.name}
    elif isinstance(meaning, AboutItem):
        found |= {"kind": "item", "task": meaning.task, "done": _iso(meaning.done), "skipped": meaning.skipped}
    elif meaning is not None and meaning.to_do is not None:
        found |= {"kind": "follow-up", "follow_ups": [_to_do(meaning.to_do)]}
    elif meaning is not None:
        found |= {"kind": "learned", "learned": meaning.learned}
    found |= {"notes": list(line.notes), "problems": list(line.doubts)}
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def follow_up_scripts(plan: Plan, playbook: Playbook, desk: Desk) -> tuple[tuple[str, str], ...]:
    """(person's id, command) for everybody met, with the template that fits best; empty where there is no template."""
    known = templates_of(playbook)
    if not known:
        return ()
    return tuple((person, f"playbook script {known[0]} --to {person} --event {desk.event.id}") for person in plan.met)


def templates_of(playbook: Playbook) -> tuple[str, ...]:
    """Ids of the templates for following up; one that is called so first."""
    found = [identifier for identifier, entry in playbook.outreach.items() if entry.record.purpose is Purpose.FOLLOW_UP]
    return tuple(sorted(found, key=lambda identifier: (not identifier.startswith("follow-up"), identifier)))


def follow_ups_until(desk: Desk) -> dt.date:
    """The day by which whoever was met should hear from you."""
    event = desk.event.record
    last = (event.ends or event.starts).day
    try:
        return last + dt.timedelta(days=FOLLOW_UP_DAYS)
    except OverflowError:
        return last


def _pledge(promise: Pledge) -> str:
    who = "they promised" if promise.by is By.THEM else "I promised"
    return f"{who}: {promise.what}{_by(promise.due)}"


def _by(due: dt.date | None) -> str:
    return f", by {long_day(due)}" if due else ""


def _to_do(to_do: ToDo) -> dict[str, str]:
    return {"what": to_do.what, "due": _iso(to_do.due)}


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
