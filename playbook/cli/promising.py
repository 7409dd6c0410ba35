"""`playbook promise`, `kept`: what one of you will do, and that it was done."""

from __future__ import annotations

import click

from playbook.cli.choosing import choose
from playbook.cli.context import Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import in_quotes, one_promise, read_due, read_on
from playbook.cli.talking import DRY, JSON, ON


@click.command("promise")
@click.argument("person")
@click.argument("what", nargs=-1, required=True, metavar="WHAT")
@click.option("--due", metavar="DAY", help="By when: friday, 'in 2 weeks', 2026-12-05. The words may say it, too.")
@click.option("--theirs", is_flag=True, help="They promised it to you.")
@DRY
@JSON
@click.pass_obj
def promise_command(
    options: Options, person: str, what: tuple[str, ...], due: str | None, theirs: bool, dry_run: bool, as_json: bool
) -> int:
    """Write down a promise, yours unless --theirs; it waits on Home until it is kept.

    \b
    Examples:
      playbook promise ada "send the slides by friday"
      playbook promise ada "introduce me to Grace" --theirs --due "in 2 weeks"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.daywords import find_day
    from playbook.gestures.people import Pledge, promise
    from playbook.records.choices import By

    workshop = open_workshop(options, "promise")
    if len(what) > 1:
        line = in_quotes(workshop, "promise", (person, *what))
        raise click.UsageError(f"put what was promised into one pair of quotes: {line}")
    [said] = what
    known = choose(workshop.loaded, "people", person)
    day = read_due(due, workshop.context.today)
    if due is None and (found := find_day(said, workshop.context.today)) is not None:
        if found.day is None:
            raise click.UsageError(found.reason)
        if found.before:
            said, day = found.before, found.day
    pledge = Pledge(said[:1].upper() + said[1:], By.THEM if theirs else By.ME, day)
    return write(workshop, promise(workshop.bench(), known.id, pledge), dry_run=dry_run, as_json=as_json)


@click.command("kept")
@click.argument("words", nargs=-1, required=True, metavar="PROMISE")
@ON
@DRY
@JSON
@click.pass_obj
def kept_command(options: Options, words: tuple[str, ...], on: str | None, dry_run: bool, as_json: bool) -> int:
    """Mark a promise as kept, yours or theirs. Name it by words of it, or of whom it concerns.

    \b
    Examples:
      playbook kept slides
      playbook kept ada slides --on yesterday
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.people import keep

    workshop = open_workshop(options, "kept")
    person, index = one_promise(workshop, " ".join(words))
    bench = workshop.bench(read_on(on, workshop.context.today))
    return write(workshop, keep(bench, person, index), dry_run=dry_run, as_json=as_json)
