"""The history of the checklists, for the commands that ask it: read once, with its notes told; up to a place in it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible
from playbook.cli.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Collection

    from playbook.cli.context import Context
    from playbook.history.timeline import Step, Timeline

NOTES = 5
"""How many notes are told; beyond that, how many there are."""


def read_timeline(context: Context) -> Timeline:
    """What the reader may know of what happened to every checklist item, up to `--as-of` or else now, on the disk.

    Raises:
        Impossible: where there is no history, with the command that helps.
    """
    whole = _read(context, "" if context.revision is None else context.revision.commit)
    if context.is_mine:
        return whole
    from playbook.audience import restrict_timeline

    return restrict_timeline(whole, context.load_for_reader().playbook, context.reader)


def until_step(context: Context, timeline: Timeline, last: int) -> Timeline:
    """The timeline as it was after a step: the items as they stood, and nothing of what came later."""
    if last >= len(timeline.steps) - 1:
        return timeline
    if not context.is_mine:
        from playbook.audience import timeline_until

        return timeline_until(timeline, last)
    return _read(context, timeline.steps[last].commit)


def tell_notes(timeline: Timeline, paths: Collection[str] | None = None) -> None:
    """What a reader should know of a history, on standard error; of files only those in `paths`."""
    notes = [note for note in timeline.notes if paths is None or not note.path or note.path in paths]
    for note in notes[:NOTES]:
        click.echo(f"note: {note}", err=True)
    if len(notes) > NOTES:
        click.echo(f"note: there are {len(notes) - NOTES} more; --json has them all", err=True)


def commit_text(step: Step) -> str:
    """The short id of a step's commit; `on disk` where it is in none yet; nothing where it may not be known."""
    return step.commit[:7] if step.commit else "on disk" if step.is_working_tree else ""


def _read(context: Context, tip: str) -> Timeline:
    from playbook.history.keeping import cache_file
    from playbook.history.reading import read_history
    from playbook.history.repository import NoHistory, find_repository

    repository = find_repository(context.content)
    if isinstance(repository, NoHistory):
        raise Impossible(str(repository))  # before a cache is made for nothing
    with progress("Reading commits") as tell:
        found = read_history(
            context.content,
            cache=None if tip else cache_file(context.root),
            tip=tip,
            now=None if tip else _now(context),
            progress=None if tell is None else lambda done: tell(done, None),
        )
    if isinstance(found, NoHistory):
        raise Impossible(str(found))
    return found


def _now(context: Context) -> dt.datetime | None:
    """The present moment; where another day is spoken of, that day, unless commits were made after it."""
    from playbook.history.clock import moment_on

    day = context.fixed_today
    return dt.datetime.now().astimezone() if day is None else moment_on(context.content, day)
