"""`playbook badge`: how much is done, as a picture for a README."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options

if TYPE_CHECKING:
    from playbook.load import Loaded


@click.command("badge")
@click.argument("goal", required=False)
@click.option("--label", metavar="TEXT", help="What stands on the left; the goal's title, or 'playbook', unless said.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Where to; standard output unless said.")
@click.pass_obj
def badge_command(options: Options, goal: str | None, label: str | None, out: Path | None) -> int:
    """Draw a badge as SVG: how many checklist items of GOAL are done, or of everything.

    It is a file of its own: no service is asked, and nothing is sent anywhere. Whoever sees it reads the goal's title;
    --label says something else.

    \b
    Examples:
      playbook badge --out content/pages/progress.svg
      playbook badge staff-promotion --label "on my way" --out badge.svg
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.render.badge import badge

    words = " ".join((label or "").split())
    if label is not None and not words:
        raise click.UsageError("--label: the text is empty")
    loaded = options.context.load(is_checked=False)
    title, done, total = _counted(loaded, goal)
    drawn = badge(words or title, done, total)
    if out is None or str(out) == "-":
        click.echo(drawn, nl=False)
        return 0
    _write(options.under(out), out, drawn.encode())
    return 0


def _counted(loaded: Loaded, goal: str | None) -> tuple[str, int, int]:
    """(what is counted, how many are done, of how many)."""
    from playbook.cli.choosing import choose
    from playbook.history.commits import KINDS
    from playbook.views.tally import tally_of

    if goal is not None:
        entry = choose(loaded, "goals", goal)
        tally = tally_of(entry.record.checklist)
        return entry.title, tally.done, tally.total
    # The same as `playbook progress` counts.
    items = [
        item
        for kind in KINDS
        for entry in loaded.playbook.of_kind(kind).values()
        for item in getattr(entry.record, "checklist", ())
    ]
    tally = tally_of(tuple(items))
    return "playbook", tally.done, tally.total


def _write(path: Path, shown: Path, content: bytes) -> None:
    from playbook.source.writing import write_file

    if path.is_dir():
        raise Impossible(f"'{shown}' is a folder; name a file in it, such as {shown / 'badge.svg'}")
    try:
        if path.exists() and not path.read_bytes()[:16].startswith(b"<svg"):
            raise Impossible(f"'{shown}' is there already and is no badge; it was not touched")
        write_file(path, content)
    except OSError as error:
        raise Impossible(f"'{shown}' cannot be written: {error.strerror}; nothing was changed") from None
    click.echo(os.path.relpath(path))
