"""Checklist items: found by id or words, done, opened again, left out, added."""

from __future__ import annotations

import datetime as dt
import shlex
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playbook.codes import Key, item_key, looks_like_code, read_code
from playbook.gestures.bench import Bench, Gesture, NotPossible, filled, iso
from playbook.gestures.plans import FileChange
from playbook.graph import Entry, Playbook
from playbook.problems import shorten
from playbook.records import Event, Goal, Item, Organization, Person, Play, Record
from playbook.source.document import Tree
from playbook.source.edit import Add, Change, Drop, Put

Listed = Goal | Event | Organization | Person | Play
"""What has a checklist."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item, and where it stands."""

    entry: Entry[Record]
    index: int
    item: Item

    @property
    def place(self) -> tuple[str, str, int]:
        """(kind, id, index)."""
        return (*self.entry.key, self.index)


def items_of(playbook: Playbook) -> tuple[Found, ...]:
    """Every item of every checklist, by record and place."""
    return tuple(
        Found(entry, index, item)
        for entry in playbook.entries()
        if isinstance(entry.record, Listed)
        for index, item in enumerate(entry.record.checklist)
    )


def find_items(playbook: Playbook, words: str, *, wanted: Callable[[Item], bool] | None = None) -> tuple[Found, ...]:
    """The items that somebody means: of that id, or code on paper; else of that text; else with all the words in it.

    The words may be of the record, too.
    Those that are `wanted` (open ones, say) win over the rest: only where none of them fits are others told.
    `goal: words`, or `goal/words`, looks in one record alone.
    """
    every = items_of(playbook)
    by_id = tuple(one for one in every if one.item.id and one.item.id == words.strip())
    by_code = () if by_id else _by_code(every, words)
    if by_id or by_code:
        return by_id or tuple(one for one in by_code if wanted is None or wanted(one.item)) or by_code
    record, within = _within(playbook, words)
    pool = tuple(one for one in every if not record or one.entry.id == record)
    phrase = _folded(within)
    parts = phrase.split()
    if not parts:
        return ()
    ways: tuple[Callable[[Found], bool], ...] = (
        lambda one: _folded(one.item.task) == phrase,
        lambda one: all(part in _folded(f"{one.item.task} {one.item.id}") for part in parts),
        lambda one: all(
            part in _folded(f"{one.item.task} {one.item.id} {one.entry.title} {one.entry.id}") for part in parts
        ),
    )
    for is_meant in ways:
        found = tuple(one for one in pool if is_meant(one))
        if found:
            return tuple(one for one in found if wanted is None or wanted(one.item)) or found
    return ()


def tick(bench: Bench, found: Found, *, evidence: str = "") -> Gesture:
    """An item is done on the day.

    Raises:
        NotPossible: where it was done before.
    """
    if found.item.is_done:
        when = f" on {found.item.done.on}" if found.item.done and found.item.done.on else ""
        raise NotPossible(
            f"'{shorten(found.item.task, 60)}' was done{when} already; to open it again: "
            f"playbook undo {found.item.id or shlex.quote(shorten(found.item.task, 500))}"
        )
    changes: list[Change] = []
    if found.item.skipped:
        changes.append(Drop((*_path(found), "skipped")))
    changes.append(Put((*_path(found), "done"), iso(bench.on), "task"))
    if evidence:
        changes.append(Put((*_path(found), "evidence"), evidence, "task"))
    return _gesture(found, changes, f"Done: {found.item.task}")


def untick(found: Found) -> Gesture:
    """An item that was done, or left out, is open again.

    Raises:
        NotPossible: where it is open.
    """
    if found.item.is_open:
        raise NotPossible(f"'{shorten(found.item.task, 60)}' is open")
    key = "done" if found.item.is_done else "skipped"
    return _gesture(found, [Drop((*_path(found), key))], f"Open again: {found.item.task}")


def skip(found: Found, why: str) -> Gesture:
    """An item is left out, with the reason.

    Raises:
        NotPossible: where it is done or left out already, or no reason is given.
    """
    if not found.item.is_open:
        raise NotPossible(f"'{shorten(found.item.task, 60)}' is {'done' if found.item.is_done else 'left out already'}")
    if not why.strip():
        raise NotPossible(
            f"leaving '{shorten(found.item.task, 60)}' out is a decision, so it wants a reason: --why REASON"
        )
    return _gesture(found, [Put((*_path(found), "skipped"), why.strip(), "task")], f"Left out: {found.item.task}")


def add_item(
    bench: Bench, key: tuple[str, str], task: str, *, due: dt.date | str | None = None, person: str = "",
    milestone: str = "", identifier: str = "",
) -> Gesture:  # fmt: skip
    """A new item at the end of a record's checklist; one of the same words that is open is not written twice.

    That one gets another day where one is said, and what else is said and it lacks.

    `due` is a day, or `T-30` as the record understands it.

    Raises:
        NotPossible: where the record has no checklist, or an open item of the same words says something else.
    """
    entry = bench.playbook.find(key)
    if entry is None or not isinstance(entry.record, Listed):
        raise NotPossible(f"'{key[1]}' has no checklist")
    said = f"{entry.title}: {task}"
    day = iso(due) if isinstance(due, dt.date) else (due or "")
    more = filled(id=identifier, due=day, milestone=milestone, person=person)
    same = [
        Found(entry, index, item)
        for index, item in enumerate(entry.record.checklist)
        if item.is_open and _folded(item.task) == _folded(task)
    ]
    if same:
        return _with_more(same, more, said)
    value: Tree = {"task": task, **more} if more else task
    return Gesture((FileChange(*key, (Add(("checklist",), value),), (f"to do: {task}",)),), said)


def _with_more(same: Sequence[Found], more: Mapping[str, Tree], said: str) -> Gesture:
    """An item that stands there gets the day that is said, and what it lacks.

    Raises:
        NotPossible: where it says something else already, or it stands there twice.
    """
    news = [{key: value for key, value in more.items() if _says(one.item, key) != value} for one in same]
    if not all(news):
        return Gesture((), said, (said,))
    found, new = same[0], news[0]
    task = shorten(found.item.task, 60)
    if len(same) > 1:
        raise NotPossible(
            f"'{task}' stands there {len(same)} times in {found.entry.title}; change the one that is meant"
        )
    for key in new:
        if key != "due" and _says(found.item, key):
            where = found.entry.place_of(("checklist", found.index))
            raise NotPossible(f"'{task}' stands there with {key} '{_says(found.item, key)}'; change it at {where}")
    told = [f"{key} {value}{_before(found.item, key)}" for key, value in new.items()]
    changes = [Put((*_path(found), key), value, "task") for key, value in new.items()]
    return _gesture(found, list(changes), f"It stood there; now {', '.join(told)}: {found.item.task}")


def _says(item: Item, key: str) -> str:
    value = getattr(item, key)
    return "" if value is None else str(value)


def _before(item: Item, key: str) -> str:
    """What a new value takes the place of, for a line about it."""
    return f" (it was {_says(item, key)})" if _says(item, key) else ""


def _gesture(found: Found, changes: list[Change], said: str) -> Gesture:
    return Gesture((FileChange(*found.entry.key, tuple(changes), (said,)),), f"{said} ({found.entry.title})")


def _path(found: Found) -> tuple[str, int]:
    return ("checklist", found.index)


def _by_code(every: Sequence[Found], words: str) -> tuple[Found, ...]:
    if not looks_like_code(words):
        return ()
    keys: dict[Key, list[Found]] = {}
    for one in every:
        keys.setdefault(item_key(one.entry, one.item), []).append(one)
    return tuple(one for key in read_code(words, keys).keys for one in keys[key])


def _within(playbook: Playbook, words: str) -> tuple[str, str]:
    """(id of a record, words) of `staff: write the draft` or `staff/write the draft`; no id where none is named."""
    for mark in (":", "/"):
        head, found, rest = words.partition(mark)
        if found and rest.strip() and any(entry.id == head.strip() for entry in playbook.entries()):
            return head.strip(), rest.strip()
    return "", words


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
