"""`playbook calendar`: what is due, and events, as files that calendar programs read."""

from __future__ import annotations

from pathlib import Path

import click

from playbook.cli.context import Impossible, Options


@click.command("calendar")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), default=Path(), help="Where to; this folder unless said."
)
@click.option("--discreet", is_flag=True, help="Days and hours alone: a calendar on a phone shows titles to anybody.")
@click.pass_obj
def calendar_command(options: Options, out: Path, discreet: bool) -> int:
    """Write due.ics and events.ics: what is due and whom to be in touch with, and the events you go to.

    Each entry keeps its identity, so a program that reads the file again moves what has moved. The served site has
    both, to follow; a published one has none unless asked for.

    \b
    Examples:
      playbook calendar --out ~/calendars
      playbook calendar --audience grace --out for-grace
      playbook calendar --discreet
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.exchange.calendar import calendar_bytes
    from playbook.source.writing import write_file
    from playbook.views.feeds import due_feed, events_feed
    from playbook.views.scene import Scene

    context = options.context
    loaded = context.load(is_checked=False)
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    scene = Scene(loaded.playbook, loaded.today, is_mine=context.is_mine)
    folder = options.under(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, title, feed in (
            ("due.ics", "Playbook: due", due_feed(scene)),
            ("events.ics", "Playbook: events", events_feed(scene)),
        ):
            write_file(folder / name, calendar_bytes(title, feed, loaded.today, discreet=discreet))
            entries = "1 entry" if len(feed) == 1 else f"{len(feed)} entries"
            click.echo(f"{out / name}: {entries}")
    except OSError as error:
        raise Impossible(f"'{out}' cannot be written: {error.strerror}") from None
    return 0
