"""`playbook stale`: what you keep about people and have not needed for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.terminal import print_json

if TYPE_CHECKING:
    from playbook.cli.context import Options
    from playbook.stale import Stale


@click.command("stale")
@click.option("--json", "as_json", is_flag=True, help="A list of id, since, set, keeps, for programs.")
@click.pass_obj
def stale_command(options: Options, as_json: bool) -> int:
    """List people whose file is worth another look: their review_by is over, or nothing passed for two years.

    What it keeps (addresses, notes, a log) is theirs. Answer with a later review_by, or: playbook forget PERSON

    \b
    Examples:
      playbook stale
      playbook stale --json
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.stale import stale_people

    context = options.context
    loaded = context.load(is_checked=False)
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    found = stale_people(loaded.playbook, loaded.today)
    if as_json:
        print_json(
            [
                {"id": one.person.id, "since": one.since.isoformat(), "set": one.is_set, "keeps": list(one.keeps)}
                for one in found
            ]
        )
        return 0
    for one in found:
        click.echo(f"{click.style(one.person.id, bold=True)}  {one.person.title}: {_why(one)}")
    if found:
        click.echo("To keep one: set a later review_by in the file. To delete one: playbook forget ID")
    else:
        click.echo("Nothing to look at: no review_by is over, and something passed with everybody in two years.")
    return 0


def _why(one: Stale) -> str:
    when = f"to be looked at again by {one.since}" if one.is_set else f"nothing passed since {one.since}"
    return f"{when}; it keeps {', '.join(one.keeps)}" if one.keeps else when
