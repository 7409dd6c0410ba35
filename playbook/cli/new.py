"""`playbook new`: writes a commented starter, never over anything."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    import datetime as dt

    from playbook.records.choices import Purpose

WORTH = {
    "goal": "why it matters, by when it is due, and the first thing to tick",
    "person": "why them, the circle, and how you met",
    "event": "the day, why you go, and whom to meet",
    "organization": "why it is worth your time, and whom you know there",
    "outreach": "its purpose, and the words of its body",
}
"""What is worth writing first."""
_ISO = re.compile(r"\d{4}-\d\d?-\d\d?", re.ASCII)


@click.command("new")
@click.argument("what")
@click.argument("title")
@click.option("--purpose", metavar="PURPOSE", help="What an outreach template is for; what TITLE names unless said.")
@click.option("--id", "identifier", metavar="ID", help="The file's name; made from the title unless said.")
@click.pass_obj
def new_command(options: Options, what: str, title: str, purpose: str | None, identifier: str | None) -> int:
    """Write a commented starter file for a new WHAT called TITLE, and say where it is.

    WHAT is goal, person, event, organization or outreach. Nothing is ever overwritten. A day behind the last comma of
    an event's title becomes the day that it starts. An outreach template whose title names a purpose ("Follow up",
    "Thank you") begins with it and with words for it.

    \b
    Examples:
      playbook new goal "Be promoted to staff engineer"
      playbook new person "Radia Perlman"
      playbook new event "PyCon, 2027-05-14"
      playbook new person "王小明" --id wang-xiaoming
      playbook new outreach "Follow up"
      playbook new outreach "After the talk" --purpose thank-you
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.writing import write_prepared
    from playbook.first_words import purpose_of
    from playbook.gestures.preparing import Prepared
    from playbook.source.files import id_problem, slug
    from playbook.starters import MAX_TITLE, STARTERS, one_line, starter

    options.refuse_as_of("playbook new")
    plural = {kind: noun for noun, kind in STARTERS.items()}
    noun = plural.get(what, what)
    if noun not in STARTERS:
        hint = suggest(what, (*STARTERS, *plural)) or f"It can be {', '.join(STARTERS)}."
        raise click.UsageError(f"there is no starter for '{shorten(what, 40)}'. {hint}")
    chosen = _purpose(noun, purpose)
    title = one_line(title)
    if not title:
        raise click.UsageError("the title is empty")
    if len(title) > MAX_TITLE:
        raise click.UsageError(f"a title of {len(title):,} characters; {MAX_TITLE} is the most")
    context = options.context
    starts = None
    if noun == "event":
        title, starts = _dated(title, context.today)
    made = slug(title) if identifier is None else identifier
    if not made and identifier is None:
        raise click.UsageError(
            f"no file name can be made from '{shorten(title)}'; choose one with --id, such as --id my-{noun}"
        )
    if reason := id_problem(made):
        better = f". Write --id {slug(made)}" if slug(made) else ""
        raise click.UsageError(f"--id: '{shorten(made, 40)}' {reason}{better}")
    kind = STARTERS[noun]
    path = context.content / kind / f"{made}.yml"
    shown = f"{context.content_name}/{kind}/{made}.yml"
    for folder in (context.content, path.parent):
        if folder.is_symlink():
            raise Impossible(f"'{folder.name}' is a link; links are not followed, so nothing would read {shown}")
    schema = f"../../.schemas/{kind}.schema.json" if (context.root / ".schemas").is_dir() else ""
    text = starter(noun, title, context.today, schema=schema, starts=starts, purpose=chosen)
    if os.path.lexists(path):
        raise Impossible(f"{shown} is there already; it was not touched. Choose another name with --id")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Impossible(f"'{context.content_name}/{kind}' must be a folder; it is a file") from None
    except OSError as error:
        raise Impossible(f"{shown} cannot be written: {error.strerror}") from None
    write_prepared(context, (Prepared(shown, None, text.encode(), ()),), f"New {noun}: {title}")
    where = os.path.relpath(path)
    # The path alone is standard output, for `$EDITOR $(playbook new …)`.
    click.echo(where)
    if starts is not None:
        click.echo(f"It starts {starts}, as the title said.", err=True)
    worth = WORTH[noun].removeprefix("the day, ") if starts is not None else WORTH[noun]
    if noun == "outreach" and (chosen or purpose_of(title)):
        worth = "your own words"
    then = f"whom it fits: playbook script {made}" if noun == "outreach" else "what waits: playbook today"
    click.echo(f"Next: write {worth} into {shown}; then see {then}", err=True)
    return 0


def _purpose(noun: str, said: str | None) -> Purpose | None:
    """The purpose that was asked for.

    Raises:
        click.UsageError: where there is none of that name, or none at all for what is made.
    """
    from playbook.records.choices import Purpose

    if said is None:
        return None
    if noun != "outreach":
        raise click.UsageError("--purpose is of an outreach template alone")
    known = {purpose.value: purpose for purpose in Purpose}
    if said not in known:
        hint = suggest(said, known) or f"It can be {', '.join(known)}."
        raise click.UsageError(f"--purpose: there is none called '{shorten(said, 40)}'. {hint}")
    return known[said]


def _dated(title: str, today: dt.date) -> tuple[str, dt.date | None]:
    """(the title without it, the day) of an event whose title ends with a day: behind a comma, or as 2027-03-04.

    Raises:
        click.UsageError: where what looks like a day is none.
    """
    from playbook.daywords import read_day, why_no_day

    name, _, said = title.rpartition(",")
    if not name.strip() or (read_day(said, today) is None and not _ISO.fullmatch(said.strip())):
        name, _, said = title.rpartition(" ")
        if not name.strip(" ,") or not _ISO.fullmatch(said):
            return title, None
    day = read_day(said, today)
    if day is None:
        raise click.UsageError(why_no_day(said.strip(), today))
    return name.strip(" ,"), day
