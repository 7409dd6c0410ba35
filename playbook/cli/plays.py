"""`playbook plays`: the library and the person's own plays, and all about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Options
from playbook.cli.terminal import print_json
from playbook.problems import shorten

if TYPE_CHECKING:
    from playbook.graph import Entry, Playbook
    from playbook.plays import Routine
    from playbook.records import Play

WIDTH = 88


@click.command("plays")
@click.argument("name", required=False, metavar="[PLAY]")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@click.pass_obj
def plays_command(options: Options, name: str | None, as_json: bool) -> int:
    """List the plays: routines that come along, and your own in content/plays.

    With a PLAY: why it works, where it is from, its steps with their days, the scripts for them, and what counts as
    done. A name means one of the library before one of your own; write plays/NAME for your own.

    \b
    Examples:
      playbook plays
      playbook plays land-a-mentor
      playbook plays plays/way-back-in
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.plays import library

    playbook = options.context.load(is_checked=False).playbook
    if name is not None:
        routine = wanted_routine(playbook, name)
        if as_json:
            print_json(_as_json(playbook, routine))
        else:
            _show(playbook, routine)
        return 0
    own = list(playbook.plays.values())
    if as_json:
        print_json(
            {"own": [_own_json(entry) for entry in own], "library": [_as_json(playbook, one) for one in library()]}
        )
        return 0
    width = max(len(one) for one in (*(entry.id for entry in own), *(routine.id for routine in library())))
    if own:
        click.echo(click.style("Your own", bold=True))
        for entry in own:
            click.echo(f"  {entry.id:<{width}}  {shorten(entry.title, 60)}  ({_state(entry)})")
        click.echo()
    family = ""
    for routine in library():
        if routine.family != family:
            family = routine.family
            click.echo(click.style(family, bold=True))
        needs = f"  (for a {' and a '.join(routine.needs)})" if routine.needs else ""
        click.echo(f"  {routine.id:<{width}}  {routine.title}{needs}".replace("for a event", "for an event"))
    click.echo("\nAll about one: playbook plays NAME. To begin: playbook start NAME.")
    return 0


def wanted_routine(playbook: Playbook, name: str) -> Routine:
    """The play that somebody typed.

    Raises:
        click.UsageError: with the nearest name, where none is called so.
    """
    from playbook.plays.finding import find_routine, nearest_routine

    routine = find_routine(playbook, name)
    if routine is None:
        raise click.UsageError(f"no play is called '{shorten(name, 60)}'. {nearest_routine(playbook, name)}")
    return routine


def _show(playbook: Playbook, routine: Routine) -> None:
    from playbook.plays.finding import command
    from playbook.plays.planning import scripts_for

    click.echo(click.style(routine.title, bold=True))
    if routine.why:
        click.echo(_wrapped(routine.why, "  "))
    if routine.source:
        click.echo(_wrapped(f"From: {routine.source}", "  "))
    if routine.day:
        click.echo(f"  T is {routine.day}.")
    lacking = ""
    click.echo("\n" + click.style("Steps", bold=True))
    for step in routine.steps:
        when = str(step.due or "")
        click.echo(f"  {when:<6}" + _wrapped(step.task, " " * 8).lstrip())
        if scripts := scripts_for(playbook, step):
            click.echo(click.style(f"          script: {', '.join(scripts)}", dim=True))
        elif step.purpose:
            lacking = lacking or str(step.purpose)
            click.echo(click.style(f"          script: none of yours has the purpose {step.purpose}", dim=True))
    if lacking:
        # A title that names a purpose is of that purpose.
        click.echo(f'\nTo have a script for one: playbook new outreach "{lacking.replace("-", " ").capitalize()}"')
    if routine.done_when:
        click.echo("\n" + click.style("Done when", bold=True))
        for line in routine.done_when:
            click.echo(_wrapped(line, "    ").replace("    ", "  - ", 1))
    click.echo(f"\nTo begin: {command(routine)}")


def _wrapped(text: str, indent: str) -> str:
    import textwrap

    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _state(entry: Entry[Play]) -> str:
    play = entry.record
    if not play.status.is_open:
        return str(play.status)
    done, total = sum(item.is_done for item in play.checklist), sum(not item.skipped for item in play.checklist)
    return f"{done} of {total}, {'T is ' + play.starts.isoformat() if play.starts else 'not started'}"


def _own_json(entry: Entry[Play]) -> dict[str, Any]:
    play = entry.record
    return {
        "id": entry.id,
        "title": play.title,
        "status": str(play.status),
        "starts": play.starts.isoformat() if play.starts else None,
        "play": play.play,
        "goals": list(play.goals),
        "people": list(play.people),
        "events": list(play.events),
    }


def _as_json(playbook: Playbook, routine: Routine) -> dict[str, Any]:
    from playbook.plays.finding import command
    from playbook.plays.planning import scripts_for

    return {
        "id": routine.id,
        "title": routine.title,
        "own": routine.is_own,
        "family": "" if routine.is_own else str(routine.family),
        "why": routine.why,
        "source": routine.source,
        "needs": [str(aim) for aim in routine.needs],
        "takes": [str(aim) for aim in routine.takes],
        "counts_from": str(routine.counts_from),
        "day": routine.day,
        "steps": [
            {
                "task": step.task,
                "due": str(step.due) if step.due else "",
                "purpose": str(step.purpose or ""),
                "scripts": list(scripts_for(playbook, step)),
                "person": step.with_person,
            }
            for step in routine.steps
        ],
        "done_when": list(routine.done_when),
        "covers": list(routine.covers),
        "command": command(routine),
    }
