"""`playbook start`: a play becomes the person's own file, or items of a checklist they have."""

from __future__ import annotations

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import known_id, read_due
from playbook.cli.plays import wanted_routine
from playbook.cli.talking import DRY, JSON
from playbook.problems import shorten


@click.command("start")
@click.argument("name", metavar="PLAY")
@click.option("--goal", metavar="GOAL", help="The goal it serves.")
@click.option("--person", metavar="PERSON", help="Whom it is about; steps that concern them stand on their page too.")
@click.option("--event", metavar="EVENT", help="The event it is for.")
@click.option("--on", metavar="DAY", help="T, the day its steps count from: 'monday', 2027-01-11. The play says which.")
@click.option(
    "--into",
    type=click.Choice(["goal", "person", "event"]),
    help="Add the steps to the checklist of that goal, person or event, instead of a file of its own.",
)
@click.option("--id", "identifier", metavar="ID", default="", help="The new file's name; made unless said.")
@DRY
@JSON
@click.pass_obj
def start_command(
    options: Options, name: str, goal: str | None, person: str | None, event: str | None, on: str | None,
    into: str | None, identifier: str, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Start a PLAY: its steps are written down as your own, with their days, to edit freely.

    They become a file in content/plays, with a page that shows how far you are. With --into they join a checklist you
    have already: in an event's they move along when the event moves, and stand on its printed kit.

    What would have been due before today is due today. A play that runs for the same thing is not begun twice. Your
    own plays can be started again, too: their steps come along, days and ticks and who was meant do not.

    \b
    Examples:
      playbook start land-a-mentor --goal find-a-mentor --person radia
      playbook start work-a-conference --event pycon-2027 --into event
      playbook start quarterly-review --on friday --dry-run
      playbook start plays/way-back-in
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.plays import Aim, Aims, start
    from playbook.source.files import id_problem, slug

    workshop = open_workshop(options, "start")
    routine = wanted_routine(workshop.loaded.playbook, name)
    if identifier and (reason := id_problem(identifier)):
        better = f". Write --id {slug(identifier)}" if slug(identifier) else ""
        raise click.UsageError(f"--id: '{shorten(identifier, 40)}' {reason}{better}")
    if identifier and into:
        raise click.UsageError("--id names a new file, and --into makes none; leave one of them out")
    aims = Aims(
        known_id(workshop, "goals", goal), known_id(workshop, "people", person), known_id(workshop, "events", event)
    )
    day = read_due(on, workshop.context.today, "--on")
    try:
        gesture = start(
            workshop.bench(), routine, aims, on=day, identifier=identifier, into=Aim(into) if into else None
        )
    except NotPossible as error:
        raise Impossible(str(error)) from None
    return write(workshop, gesture, dry_run=dry_run, as_json=as_json)
