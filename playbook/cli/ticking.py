"""`playbook done`, `undo`, `skip`, `add`: checklist items, and what is to be done after an event, in one gesture."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import known_id, one_follow_up, one_item, one_listed, read_on
from playbook.cli.talking import DRY, JSON, ON
from playbook.cli.terminal import print_json
from playbook.problems import shorten

if TYPE_CHECKING:
    from playbook.gestures.follow_ups import Waiting

_STAYS = "The commit stays; taking it back is a new change, to be committed too."


@click.command("done")
@click.argument("words", nargs=-1, required=True, metavar="ITEM")
@click.option("--evidence", metavar="TEXT", default="", help="What shows it: a sentence or a link.")
@ON
@DRY
@JSON
@click.pass_obj
def done_command(
    options: Options, words: tuple[str, ...], evidence: str, on: str | None, dry_run: bool, as_json: bool
) -> int:
    """Tick a checklist item, or what an event or a talk left to do.

    Name it by its id, by words of it, or by its code on paper; where several fit, it asks. Of a line to
    somebody it is logged that you wrote.

    \b
    Examples:
      playbook done draft-packet
      playbook done "draft the packet" --evidence docs/packet.md
      playbook done staff-engineer: draft --on yesterday
      playbook done pycon-2027: send the numbers
      playbook done "write to radia"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.follow_ups import answer
    from playbook.gestures.items import tick

    workshop = open_workshop(options, "done")
    typed = " ".join(words)
    bench = workshop.bench(read_on(on, workshop.context.today))
    after = one_follow_up(workshop, typed)
    if after is not None and evidence:
        raise click.UsageError("a follow-up has no evidence; leave out --evidence")
    try:
        if after is not None:
            gesture = answer(bench, after)
        else:
            gesture = tick(bench, one_item(workshop, typed, lambda item: item.is_open), evidence=evidence)
        return write(workshop, gesture, dry_run=dry_run, as_json=as_json)
    except NotPossible as error:
        raise Impossible(str(error)) from None


@click.command("undo")
@click.argument("words", nargs=-1, metavar="[ITEM]")
@click.option("--yes", is_flag=True, help="Take it back without asking, although it was committed.")
@DRY
@JSON
@click.pass_obj
def undo_command(options: Options, words: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool) -> int:
    """Take back what a command, or a page, wrote last; or open an ITEM again that was done or left out.

    Nothing is taken back where one of its files was changed since. What was committed since is taken back once that was
    agreed to: the commit stays, and taking it back is a new change.

    \b
    Examples:
      playbook undo
      playbook undo draft-packet
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.carrying import NotWritten, take_back
    from playbook.gestures.items import untick

    if words:
        workshop = open_workshop(options, "undo")
        found = one_item(workshop, " ".join(words), lambda item: not item.is_open)
        try:
            return write(workshop, untick(found), dry_run=dry_run, as_json=as_json)
        except NotPossible as error:
            raise Impossible(str(error)) from None
    options.refuse_as_of("playbook undo")
    context = options.context
    try:
        back = take_back(context.root, context.content, only_say=True)
        note = f"'{shorten(back.said, 100)}' was committed ({', '.join(back.commits)})" if back.commits else ""
        if note and not yes and not dry_run:
            if as_json or not sys.stdin.isatty():
                raise Impossible(
                    f"{note}; the commit stays, and taking it back is a new change. Nothing was taken back; to do it: "
                    "playbook undo --yes"
                )
            click.echo(f"{note}. {_STAYS}")
            if not click.confirm("Take it back?"):
                click.echo("Nothing was taken back.")
                return 0
        if not dry_run:
            take_back(context.root, context.content, back.token)
    except NotWritten as error:
        raise Impossible(str(error)) from None
    if as_json:
        written = not dry_run
        print_json(
            {"taken_back": back.said, "files": list(back.files), "committed": list(back.commits), "written": written}
        )
        return 0
    click.echo(f"{'Would be taken back' if dry_run else 'Taken back'}: {back.said}")
    for path in back.files:
        click.echo(f"  {path}")
    if note and (yes or dry_run):
        click.echo(f"{note}. {_STAYS}")
    if dry_run:
        click.echo("Nothing was written (--dry-run).")
    return 0


@click.command("skip")
@click.argument("words", nargs=-1, required=True, metavar="ITEM")
@click.option("--why", metavar="REASON", default="", help="Leaving something out is a decision, and wants its reason.")
@DRY
@JSON
@click.pass_obj
def skip_command(options: Options, words: tuple[str, ...], why: str, dry_run: bool, as_json: bool) -> int:
    """Leave a checklist item out, with the reason. It counts neither as done nor as open.

    \b
    Example:
      playbook skip second-reader --why "the committee no longer asks for one"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.items import skip

    workshop = open_workshop(options, "skip")
    typed = " ".join(words)
    after = one_follow_up(workshop, typed)
    if after is not None:
        raise click.UsageError(_why_not_skipped(after))
    found = one_item(workshop, typed, lambda item: item.is_open)
    if found.item.is_open and not why.strip() and not as_json and sys.stdin.isatty():
        why = click.prompt(f"Why is '{shorten(found.item.task, 60)}' left out", err=True)
    if found.item.is_open and not why.strip():
        line = f'playbook skip {shlex.join(words)} --why "…"'
        raise click.UsageError(
            f"leaving '{shorten(found.item.task, 60)}' out is a decision, so it wants a reason; write it so: {line}"
        )
    try:
        return write(workshop, skip(found, why), dry_run=dry_run, as_json=as_json)
    except NotPossible as error:
        raise Impossible(str(error)) from None


def _why_not_skipped(after: Waiting) -> str:
    """What makes a follow-up go away, which no checklist holds."""
    from playbook.lines import last_day

    what = shorten(after.what, 100)
    if after.event:
        return (
            f"'{what}' stands in the outcomes of {after.event}; take its line out there, or say that it is done: "
            f"playbook done {shlex.quote(what)}"
        )
    return (
        f"'{what}' is in no checklist: it goes by itself after {last_day(after.task)}, when they hear from you "
        f"(playbook done {shlex.quote(what)}), or when anything else is logged with them"
    )


@click.command("add")
@click.argument("words", nargs=-1, required=True, metavar='item RECORD "TASK"')
@click.option("--due", metavar="DAY", help="friday, 'in 2 weeks', 2026-12-05; or T-30, counted from the record's day.")
@click.option("--person", metavar="PERSON", help="Whom it concerns.")
@click.option("--milestone", metavar="TITLE", default="", help="The goal's milestone it belongs to.")
@click.option("--id", "identifier", metavar="ID", default="", help="A name that stays when the wording changes.")
@DRY
@JSON
@click.pass_obj
def add_command(
    options: Options, words: tuple[str, ...], due: str | None, person: str | None, milestone: str, identifier: str,
    dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Add a checklist item to a goal, a person, an event, an organization or a play.

    \b
    Examples:
      playbook add item staff-engineer "Ask Grace to read it" --due friday
      playbook add item pycon-2027 "Book the train" --due T-30
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    import re

    from playbook.cli.naming import read_due
    from playbook.daywords import find_day
    from playbook.gestures import NotPossible
    from playbook.gestures.items import add_item

    rest = words[1:] if words[0] == "item" else words
    if len(rest) < 2:  # noqa: PLR2004
        raise click.UsageError('write it so: playbook add item RECORD "TASK"')
    workshop = open_workshop(options, "add")
    entry = one_listed(workshop, rest[0])
    task, today = " ".join(rest[1:]), workshop.context.today
    relative = due if due and re.fullmatch(r"T[+-]\d+", due) else None
    day = None if relative else read_due(due, today)
    if due is None and (found := find_day(task, today)) is not None and found.day is not None and found.before:
        task, day = found.before, found.day
    try:
        gesture = add_item(
            workshop.bench(), entry.key, task, due=relative or day, person=known_id(workshop, "people", person),
            milestone=milestone, identifier=identifier,
        )  # fmt: skip
    except NotPossible as error:
        raise Impossible(str(error)) from None
    return write(workshop, gesture, dry_run=dry_run, as_json=as_json)
