"""`playbook moved`, `close`: somebody begins a new job; a tie has ended, and may be taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.changing import agreed, change
from playbook.cli.choosing import choose
from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop
from playbook.cli.naming import read_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from playbook.cli.gesturing import Workshop
    from playbook.graph import Entry
    from playbook.records import Me, Person


@click.command("moved")
@click.argument("who", metavar="PERSON|me")
@click.option("--to", "organization", metavar="ORG", required=True, help="Where they work now: an id, or a name.")
@click.option("--title", metavar="TITLE", default="", help="What they are there.")
@click.option("--from", "since", metavar="DAY", required=True, help="Since when: 2026-11-01, '1 nov', monday.")
@click.option("--also", is_flag=True, help="The jobs that they have go on.")
@agreed
@click.pass_obj
def moved_command(
    options: Options, /, who: str, organization: str, title: str, since: str, also: bool, **about: bool
) -> int:
    """Write down that somebody, or you, has a new job. The present one ends the day before.

    It is shown as a difference, and written when you agree. The same organization with another title is a promotion.

    \b
    Examples:
      playbook moved grace --to northwind --title "Head of research" --from 2026-11-01
      playbook moved me --to "Analytical Engines" --title "Staff engineer" --from monday
      playbook moved ada --to network-society --title Chair --from "1 sep" --also
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.life import move

    workshop = open_workshop(options, "moved")
    playbook = workshop.loaded.playbook
    entry: Entry[Person] | Entry[Me]
    if who == "me":
        entry = playbook.me
        if entry.document is None:
            raise Impossible(
                f"there is no {workshop.context.content_name}/me.yml that can be read; see: playbook check"
            )
    else:
        entry = choose(workshop.loaded, "people", who)
    where = _organization(workshop, organization)
    try:
        gesture = move(
            workshop.bench(), entry, where, _since(since, workshop.context.today),
            title=" ".join(title.split()), others_last=also,
        )  # fmt: skip
    except NotPossible as error:
        raise Impossible(f"{error}; with --also both go on") from None
    return change(workshop, gesture, _beside_move(workshop, entry, where, also=also), about=about)


@click.command("close")
@click.argument("person")
@click.option("--why", metavar="REASON", default="", help="Why it ended; for you alone.")
@click.option("--on", metavar="DAY", help="When it ended: today unless said.")
@click.option("--open", "again", is_flag=True, help="Take it up again: nothing that was is lost.")
@agreed
@click.pass_obj
def close_command(
    options: Options, /, person: str, why: str, on: str | None, again: bool, **about: bool
) -> int:  # fmt: skip
    """Write down that a tie has ended. It is in nobody's week any more; everything that was stays.

    \b
    Examples:
      playbook close grace --why "She left the field; we parted well"
      playbook close grace --open
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.life import close, reopen

    workshop = open_workshop(options, "close")
    entry = choose(workshop.loaded, "people", person)
    if again:
        if why or on:
            raise click.UsageError("--open takes neither --why nor --on")
        return change(workshop, reopen(workshop.bench(), entry.id), about=about)
    gesture = close(workshop.bench(read_on(on, workshop.context.today)), entry.id, " ".join(why.split()))
    return change(workshop, gesture, _beside_closing(entry), about=about)


def _since(text: str, today: dt.date) -> dt.date:
    """The day a job begins: one that has been, else one that comes.

    Raises:
        click.UsageError: for what is no day, with examples.
    """
    from playbook.daywords import read_day, why_no_day

    day = read_day(text, today, ahead=False) or read_day(text, today)
    if day is None:
        raise click.UsageError(f"--from: {why_no_day(text, today, ahead=False)}")
    return day


def _organization(workshop: Workshop, name: str) -> str:
    """The id of one that is known by id or name, else the name as it is: not every employer has a file."""
    from playbook.records import Organization

    typed = " ".join(name.split())
    if not typed:
        raise click.UsageError("--to: name an organization, by id or by name")
    identifier = typed.removesuffix(".yml").rpartition("/")[2]
    known: Any = workshop.loaded.playbook.organizations
    if identifier in known:
        return identifier
    found = [
        key
        for key, entry in known.items()
        if isinstance(entry.record, Organization)
        and typed.casefold() in {text.casefold() for text in (entry.title, *entry.record.also_known_as)}
    ]
    if len(found) > 1:
        raise click.UsageError(f"--to: '{typed}' could be {' or '.join(found)}; write one")
    return found[0] if found else typed


def _beside_move(
    workshop: Workshop, entry: Entry[Person] | Entry[Me], where: str, *, also: bool
) -> Iterator[str]:  # fmt: skip
    """What else may have to follow."""
    playbook, record = workshop.loaded.playbook, entry.record
    if where not in playbook.organizations:
        yield f"'{where}' has no file of its own, and is kept as text. To give it one: playbook new organization"
    if also:
        return
    left = {job.organization for job in record.positions if job.to is None} - {where}
    for identifier in sorted(left & set(playbook.organizations)):
        organization = playbook.organizations[identifier]
        if entry.id in organization.record.people:
            path = organization.place_of().path
            yield f"{path} names {entry.title} under people; look whether that holds."
    if entry.key == playbook.me.key:
        yield "headline, pitch and statement in me.yml may speak of the job before."
    elif "email" in getattr(record, "channels", {}):
        yield f"The e-mail address may be another now: {record.channels['email']}"  # type: ignore[union-attr]
    if entry.key != playbook.me.key and (template := _congratulation(workshop)):
        yield f"A reason to write: playbook script {template} --to {entry.id}"


def _congratulation(workshop: Workshop) -> str:
    """The id of a template to congratulate with; empty where there is none."""
    from playbook.records.choices import Purpose

    templates = workshop.loaded.playbook.outreach.items()
    return next((key for key, entry in templates if entry.record.purpose is Purpose.CONGRATULATION), "")


def _beside_closing(entry: Entry[Person]) -> Iterator[str]:
    """What it means, what stays open, and the way back."""
    record = entry.record
    yield f"{record.name} is in nobody's week any more; the file, the log and the history stay."
    open_ones = [promise.what for promise in record.promises if promise.kept is None]
    open_ones += [item.task for item in record.checklist if item.is_open]
    if open_ones:
        yield f"Still open between you: {'; '.join(open_ones)}"
    yield f"To open it again: playbook close {entry.id} --open"
