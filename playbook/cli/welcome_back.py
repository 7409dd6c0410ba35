"""`playbook welcome-back`: after a quiet time, everybody who waits is kept, spread out, rested or let go, by group."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.talking import DRY
from playbook.problems import suggest

if TYPE_CHECKING:
    from playbook.gestures import Bench, Gesture
    from playbook.welcome import Group

SHOWN = 6
_WAYS = {"k": "keep", "s": "spread", "r": "rest", "c": "close"}


@click.command("welcome-back")
@click.option("--spread", metavar="CIRCLE", multiple=True, help="A few of them come up each week; 'all' for everybody.")
@click.option("--rest", metavar="CIRCLE", multiple=True, help="They rest for three months.")
@click.option("--close", metavar="CIRCLE", multiple=True, help="They are let go; their files stay.")
@DRY
@click.pass_obj
def welcome_back_command(
    options: Options, spread: tuple[str, ...], rest: tuple[str, ...], close: tuple[str, ...], dry_run: bool
) -> int:
    """Find a way back after a quiet time.

    Nobody has to be caught up with. For each circle it asks whether to keep everybody who waits as they are, to
    spread them over the coming weeks, to let them rest for a quarter, or to let them go. Old thank-yous and birthdays
    have lapsed by themselves.

    \b
    Examples:
      playbook welcome-back
      playbook welcome-back --spread regular --rest wide
      playbook welcome-back --spread all --dry-run
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import together
    from playbook.welcome import QUIET, quiet_days, waiting_groups

    workshop = open_workshop(options, "welcome-back")
    bench = workshop.bench()
    groups = waiting_groups(bench.playbook, bench.on)
    quiet = quiet_days(bench.playbook, bench.on)
    if not groups:
        click.echo("Nobody waits. playbook today says what else there is.")
        return 0
    click.echo(
        f"Welcome back. The last entry is {quiet} days old; nothing was lost, and nobody keeps count."
        if quiet >= QUIET
        else "Who waits, by circle:"
    )
    chosen = _chosen(groups, {"spread": spread, "rest": rest, "close": close})
    if not any((spread, rest, close)):
        if not sys.stdin.isatty():
            for group in groups:
                click.echo(f"  {group.name}: {_names(group)}")
            raise click.UsageError("nobody can be asked here; say what to do with --spread, --rest or --close CIRCLE")
        chosen = {group.name: _ask(group) for group in groups}
    gestures = [
        _gesture(bench, group, chosen[group.name]) for group in groups if chosen.get(group.name, "keep") != "keep"
    ]
    if not gestures:
        click.echo("Everybody is kept as they are.")
        return 0
    return write(workshop, together(gestures), dry_run=dry_run)


def _chosen(groups: tuple[Group, ...], wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Circle → what to do with it.

    Raises:
        click.UsageError: for a circle in which nobody waits.
    """
    known = [group.name for group in groups]
    chosen: dict[str, str] = {}
    for way, names in wanted.items():
        for name in names:
            if name != "all" and name not in known:
                hint = suggest(name, known) or f"It can be {', '.join(known)} or all."
                raise click.UsageError(f"--{way}: nobody waits in '{name}'. {hint}")
            chosen |= {one: way for one in (known if name == "all" else [name]) if name != "all" or one not in chosen}
    return chosen


def _ask(group: Group) -> str:
    click.echo(f"{click.style(group.name, bold=True)}: {_names(group)}")
    answer = click.prompt(
        "  keep, spread out, rest or close", type=click.Choice([*_WAYS, *_WAYS.values()]), default="spread",
        show_choices=False,
    )  # fmt: skip
    return _WAYS.get(answer, answer)


def _gesture(bench: Bench, group: Group, way: str) -> Gesture:
    from playbook.welcome import close, rest, spread_out

    return {"spread": spread_out, "rest": rest, "close": close}[way](bench, group)


def _names(group: Group) -> str:
    names = ", ".join(entry.title for entry in group.people[:SHOWN])
    more = len(group.people) - SHOWN
    return names + (f" and {more} more" if more > 0 else "")
