"""Remembers what was read from git, so that the next run reads only what is new; never trusted when in doubt.

A file of SQLite, safe to delete, with one table: names and values, each value sealed with a digest. The tip says which
history it is about: nothing else has the same id, so whoever meets that commit on the first-parent chain may go on from
there. Two processes may use it at once: each reads one snapshot, and writes only where nobody has written since.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from playbook import __version__
from playbook.history.checklists import OldItem, State
from playbook.history.days import Clock
from playbook.history.following import Following
from playbook.history.ledger import Ledger, Taken
from playbook.history.segments import ChecklistReader
from playbook.history.shelf import Gone, Shelf
from playbook.history.states import FileState, Happening
from playbook.history.timeline import Change

FORMAT = 1
"""To be raised whenever the same history would give other events, or they are kept in another way."""
_APPLICATION = 0x504C4159
_STEPS_IN_A_ROW = 2_000
_KINDS = {str(kind): kind for kind in Change}
_STATES = {str(state): state for state in State}
_MADE_BY = f"{FORMAT} {__version__}"


class CacheUnusable(Exception):  # noqa: N818  (a state of a file that nobody has to mourn)
    """Why a cache cannot be used, as the end of a sentence."""


class Past(NamedTuple):
    """What happened before a ledger was opened."""

    taken: list[Taken]
    happenings: list[Happening]
    unread: list[tuple[int, str]]
    """(step, path) of each version that did not say what its items are."""
    paths: dict[int, str]
    """Number of a file → the name it has, or had last."""


class Cache:
    """An open cache. What it raises is `CacheUnusable` alone."""

    def __init__(self, file: Path, prefix: str) -> None:
        self._prefix = prefix
        self.generation = ""
        """Which filling of the file this is: one that was thrown away and made anew is another."""
        self._digests: dict[str, str] = {}
        self._state = ""
        """The sealed state that was loaded; empty where there was none."""
        self.last_clock: Clock | None = None
        """The dates of the last step that was loaded."""
        with _meaning():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(file, timeout=10, isolation_level=None)
            self._base.execute("pragma journal_mode=wal")
            self._base.execute("pragma synchronous=normal")
            self._claim()
            self._base.execute(
                "create table if not exists kept (name blob primary key, seal blob, value text) without rowid"
            )
            self._base.execute("begin")

    def _claim(self) -> None:
        """Takes an empty file for its own; refuses what another program has made."""
        made_by = self._base.execute("pragma application_id").fetchone()[0]
        if made_by == _APPLICATION:
            return
        if made_by or self._base.execute("select count(*) from sqlite_master").fetchone()[0]:
            raise CacheUnusable("another program has made it")
        self._base.execute(f"pragma application_id={_APPLICATION}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def load(self) -> Ledger | None:
        """The state that the last run left; None where there is none, or one of another making."""
        with _meaning():
            sealed = self._sealed("state")
            if sealed is None:
                if self._base.execute("select 1 from kept limit 1").fetchone() is not None:
                    raise CacheUnusable("it was damaged")
                return None
            value, seal = sealed
            state = json.loads(value)
            if state["made by"] != _MADE_BY or state["prefix"] != self._prefix:
                return None
            reader = ChecklistReader()
            following = Following(
                reader.items,
                next_uid=state["next uid"],
                next_file=state["next file"],
                gone=Shelf(lambda key: self._gone(key, reader)),
            )
            ledger = Ledger(reader, following, base=state["steps"])
            ledger.tip, ledger.last, ledger.boundary = state["tip"], state["last"], state["boundary"]
            for name, text, digest in self._rows("file:"):
                self._digests[name] = digest
                _load_file(ledger, name, json.loads(text))
            if _digest_of(self._digests) != state["files"]:
                raise CacheUnusable("its parts do not fit together")
            self._state, self.generation = seal, state["generation"]
            self.last_clock = Clock(*state["clock"]) if state["clock"] else None
            return ledger

    def past(self, generation: str, steps: int) -> Past:
        """What happened in the first `steps` steps.

        Raises:
            CacheUnusable: also where the file was made anew since that generation.
        """
        with _meaning():
            sealed = self._sealed("state")
            if sealed is None or json.loads(sealed[0])["generation"] != generation:
                raise CacheUnusable("somebody has made it anew")
            past = Past([], [], [], {})
            for _, text, _ in self._rows("steps:"):
                kept = json.loads(text)
                if kept["first"] != len(past.taken):
                    raise CacheUnusable("steps are missing in it")
                if len(past.taken) == steps:
                    break
                past.taken.extend(Taken(commit, Clock(*clock), *rest) for commit, clock, *rest in kept["taken"])
                past.happenings.extend(Happening(step, _KINDS[kind], *rest) for step, kind, *rest in kept["happenings"])
                past.unread.extend((step, path) for step, path in kept["unread"])
            if len(past.taken) != steps:
                raise CacheUnusable("steps are missing in it")
            past.paths.update(
                (int(name.removeprefix("name:")), json.loads(text)) for name, text, _ in self._rows("name:")
            )
            return past

    def rows_for(self, ledger: Ledger) -> dict[str, str | None]:
        """Everything that has to be written for the steps that a ledger has taken; None for what has to go."""
        following = ledger.following
        rows: dict[str, str | None] = {}
        for path in ledger.touched:
            rows[f"file:{path}"] = _file_row(ledger, path)
        for number in following.named:
            rows[f"name:{number}"] = json.dumps(following.paths[number])
        for key in following.gone.touched:
            held = following.gone.at(key)
            rows[f"gone:{key}"] = (
                json.dumps([[gone.uid, gone.file, following.items[gone.item]] for gone in held]) if held else None
            )
        for first, row in _step_rows(ledger):
            rows[f"steps:{first:09}"] = row
        digests = {name: digest for name, digest in self._digests.items() if rows.get(name, "") is not None}
        digests |= {name: _seal(name, row) for name, row in rows.items() if row and name.startswith("file:")}
        clock = ledger.taken[-1].clock if ledger.taken else self.last_clock
        rows["state"] = json.dumps(
            {
                "made by": _MADE_BY,
                "generation": self.generation or os.urandom(8).hex(),
                "prefix": self._prefix,
                "tip": ledger.tip,
                "last": ledger.last,
                "boundary": ledger.boundary,
                "steps": ledger.base + len(ledger.taken),
                "next uid": following.next_uid,
                "next file": following.next_file,
                "clock": clock,
                "files": _digest_of(digests),
            }
        )
        return rows

    def write(self, rows: dict[str, str | None], *, anew: bool = False) -> None:
        """Writes the rows, unless somebody has written since this was loaded; `anew` puts them in place of all."""
        with _meaning():
            self._base.execute("commit")
            self._base.execute("begin immediate")
            sealed = None if anew else self._sealed("state")
            if not anew and (sealed is None or sealed[1] != self._state):
                self._base.execute("rollback")
                return
            if anew:
                self._base.execute("delete from kept")
            self._base.executemany(
                "insert or replace into kept values (?, ?, ?)",
                ((_name(name), _seal(name, row), row) for name, row in rows.items() if row is not None),
            )
            self._base.executemany(
                "delete from kept where name = ?", ((_name(name),) for name, row in rows.items() if row is None)
            )
            self._base.execute("commit")

    def _gone(self, key: str, reader: ChecklistReader) -> list[Gone]:
        with _meaning():
            sealed = self._sealed(f"gone:{key}")
            if sealed is None:
                return []
            return [Gone(uid, file, reader.number(_item(item))) for uid, file, item in json.loads(sealed[0])]

    def _sealed(self, name: str) -> tuple[str, str] | None:
        row = self._base.execute("select value, seal from kept where name = ?", (_name(name),)).fetchone()
        if row is None:
            return None
        _check(name, *row)
        return row[0], row[1]

    def _rows(self, prefix: str) -> Iterator[tuple[str, str, str]]:
        """(name without its prefix for files, value, seal) of every row whose name begins so, by name."""
        end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        found = self._base.execute(
            "select name, value, seal from kept where name >= ? and name < ? order by name", (_name(prefix), _name(end))
        )
        for raw, value, seal in found:
            name = raw.decode("utf-8", "surrogateescape")
            _check(name, value, seal)
            yield name, value, seal


def discard(file: Path) -> None:
    """Takes away a cache, and what SQLite keeps beside it."""
    for name in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        with contextlib.suppress(OSError):
            name.unlink()


@contextlib.contextmanager
def _meaning() -> Iterator[None]:
    """Says of anything that goes wrong inside that the cache cannot be used."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise CacheUnusable(str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise CacheUnusable("it does not hold what it should") from None


def _load_file(ledger: Ledger, name: str, kept: dict[str, Any]) -> None:
    path = name.removeprefix("file:")
    ledger.blobs[path] = kept["blob"]
    if kept["number"] < 0:
        return
    uids = [uid for uid, _ in kept["items"]]
    numbers = [ledger.reader.number(_item(item)) for _, item in kept["items"]]
    ledger.following.files[path] = FileState(kept["number"], numbers, uids)
    ledger.following.paths[kept["number"]] = path


def _file_row(ledger: Ledger, path: str) -> str | None:
    blob, state = ledger.blobs.get(path), ledger.following.files.get(path)
    if blob is None:
        return None
    if state is None:
        return json.dumps({"blob": blob, "number": -1})
    items = [[uid, ledger.following.items[number]] for uid, number in zip(state.uids, state.items, strict=True)]
    return json.dumps({"blob": blob, "number": state.number, "items": items})


def _step_rows(ledger: Ledger) -> Iterator[tuple[int, str]]:
    happenings, unread = iter(ledger.following.happenings), iter(ledger.following.unread)
    happening, bad = next(happenings, None), next(unread, None)
    for at in range(0, len(ledger.taken), _STEPS_IN_A_ROW):
        taken = ledger.taken[at : at + _STEPS_IN_A_ROW]
        end = ledger.base + at + len(taken)
        kept: dict[str, Any] = {"first": ledger.base + at, "taken": taken, "happenings": [], "unread": []}
        while happening is not None and happening.step < end:
            kept["happenings"].append(happening)
            happening = next(happenings, None)
        while bad is not None and bad[0] < end:
            kept["unread"].append(bad)
            bad = next(unread, None)
        yield ledger.base + at, json.dumps(kept)


def _item(kept: list[str]) -> OldItem:
    identifier, text, state, done_on, rest = kept
    return OldItem(identifier, text, _STATES[state], done_on, rest)


def _name(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _seal(name: str, value: str) -> str:
    return hashlib.blake2b(_name(name) + b"\0" + value.encode(), digest_size=12).hexdigest()


def _check(name: str, value: object, seal: object) -> None:
    if not isinstance(value, str) or _seal(name, value) != seal:
        raise CacheUnusable("it was damaged")


def _digest_of(digests: dict[str, str]) -> str:
    return hashlib.blake2b("".join(digests[name] for name in sorted(digests)).encode(), digest_size=12).hexdigest()
