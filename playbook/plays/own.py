"""A person's own plays as routines: what one of them did once, ready to be done again.

What belongs to that time alone (days, ticks, who was meant, what was left out) does not come along.
"""

from __future__ import annotations

from playbook.graph import Entry, Playbook
from playbook.plays.library import Routine, Step
from playbook.records import Item, Play
from playbook.records.days import Due


def own_routines(playbook: Playbook) -> tuple[Routine, ...]:
    """Every play of a playbook as a routine, by id."""
    return tuple(own_routine(playbook.plays[identifier]) for identifier in sorted(playbook.plays))


def own_routine(entry: Entry[Play]) -> Routine:
    """One play as a routine; steps that were left out stay out, for that was a decision."""
    play = entry.record
    return Routine(
        id=entry.id,
        title=play.title,
        why=" ".join(play.why.split()),
        steps=tuple(
            Step(item.task, _due(play, item), script=item.script or "") for item in play.checklist if not item.skipped
        ),
        source=play.source,
        done_when=play.done_when,
        is_own=True,
    )


def _due(play: Play, item: Item) -> Due | None:
    """The item's day, counted from the day the play started; None where that cannot be told."""
    if item.due is None or item.due.day is None:
        return item.due
    if play.starts is None:
        return None
    days = (item.due.day - play.starts).days
    return Due(offset=days, from_end=days >= 0)
