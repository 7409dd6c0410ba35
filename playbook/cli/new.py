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
@click.option("--id", "identifier", metavar="ID", help="The file's name; made from the title unless said.")
@click.pass_obj
def new_command(options: Options, what: str, title: str, identifier: str | None) -> int:
    """Write a commented starter file for a new WHAT called TITLE, and say where it is.

    WHAT is goal, person, event, organization or outreach. Nothing is ever overwritten. A day behind the last comma of
    an event's title becomes the day that it starts.

    \b
    Examples:
      playbook new goal "Be promoted to staff engineer"
      playbook new person "Radia Perlman"
      playbook new event "PyCon, 2027-05-14"
      playbook new person "王小明" --id wang-xiaoming
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.carrying import NotWritten, carry_out
    from playbook.gestures.preparing import Prepared
    from playbook.source.files import id_problem, slug
    from playbook.starters import MAX_TITLE, STARTERS, one_line, starter

    options.refuse_as_of("playbook new")
    plural = {kind: noun for noun, kind in STARTERS.items()}
    noun = plural.get(what, what)
    if noun not in STARTERS:
        hint = suggest(what, (*STARTERS, *plural)) or f"It can be {', '.join(STARTERS)}."
        raise click.UsageError(f"there is no starter for '{shorten(what, 40)}'. {hint}")
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
    text = starter(noun, title, context.today, schema=schema, starts=starts)
    if os.path.lexists(path):
        raise Impossible(f"{shown} is there already; it was not touched. Choose another name with --id")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        carry_out(context.root, context.content, (Prepared(shown, None, text.encode(), ()),), f"New {noun}: {title}")
    except FileExistsError:
        raise Impossible(f"'{context.content_name}/{kind}' must be a folder; it is a file") from None
    except OSError as error:
        raise Impossible(f"{shown} cannot be written: {error.strerror}") from None
    except NotWritten as error:
        raise Impossible(str(error)) from None
    where = os.path.relpath(path)
    # The path alone is standard output, for `$EDITOR $(playbook new …)`.
    click.echo(where)
    if starts is not None:
        click.echo(f"It starts {starts}, as the title said.", err=True)
    worth = WORTH[noun].removeprefix("the day, ") if starts is not None else WORTH[noun]
    then = f"whom it fits: playbook script {made}" if noun == "outreach" else "what waits: playbook today"
    click.echo(f"Next: write {worth} into {shown}; then see {then}", err=True)
    return 0


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
