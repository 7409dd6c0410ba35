"""Looks at single items: how long the open ones have been there, and which one somebody means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from playbook.history.checklists import State
from playbook.history.timeline import ItemLife, Timeline

_ENDING = ".yml"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Age:
    """How long an open item has been there."""

    item: ItemLife
    since: dt.date
    days: int
    is_at_least: bool
    """Whether it may be older: a shallow clone begins with it."""


def ages(timeline: Timeline, today: dt.date, *, paths: Collection[str] | None = None) -> tuple[Age, ...]:
    """The open items with the time since they came, oldest first; of one day by file and place."""
    found = []
    for item in timeline.items:
        if item.is_live and item.state is State.OPEN and (paths is None or item.path in paths):
            step = timeline.steps[item.created]
            found.append(Age(item, step.day, max((today - step.day).days, 0), step.is_baseline))
    return tuple(sorted(found, key=lambda age: (age.since, not age.is_at_least, age.item.path, age.item.place)))


def find_items(timeline: Timeline, words: str) -> tuple[ItemLife, ...]:
    """The items that somebody means: those of that id; else of that text; else with all the words in it.

    Where there are none, those that had the words in an older text. What is there comes first, by file and place; then
    what was dropped, the last that came first.
    """
    wanted = " ".join(words.casefold().split())
    parts = wanted.split()
    if not parts:
        return ()

    def holds_all(text: str) -> bool:
        return all(part in text for part in parts)

    return (
        _which(timeline, lambda item: item.id == words.strip())
        or _which(timeline, lambda item: item.text.casefold() == wanted)
        or _which(timeline, lambda item: holds_all(item.text.casefold()))
        or _which(timeline, lambda item: any(holds_all(text.casefold()) for text in texts_of(timeline, item)))
    )


def texts_of(timeline: Timeline, item: ItemLife) -> tuple[str, ...]:
    """Every text that an item has had, oldest first."""
    return tuple(dict.fromkeys(timeline.events[index].text for index in item.events))


def path_of(key: Key) -> str:
    """The file below the content folder that holds a record: `("goals", "staff")` is in `goals/staff.yml`."""
    return f"{key[0]}/{key[1]}{_ENDING}"


def key_of(path: str) -> Key | None:
    """The (kind, id) of the record in a file, as `path_of` has it; None for a file that is no record's."""
    kind, _, name = path.partition("/")
    if not name.endswith(_ENDING) or "/" in name or name == _ENDING:
        return None
    return (kind, name.removesuffix(_ENDING))


def _which(timeline: Timeline, is_meant: Callable[[ItemLife], bool]) -> tuple[ItemLife, ...]:
    found = [item for item in timeline.items if is_meant(item)]
    return tuple(sorted(found, key=lambda item: (0, item.path, item.place) if item.is_live else (1, "", -item.created)))
