"""Where a commit stands in a timeline; and a timeline of two steps, for two states that no chain joins.

Knows the content folder as paths and bytes, wherever they come from.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook.history.assembling import Assembled
from playbook.history.commits import KINDS
from playbook.history.days import Clock
from playbook.history.following import Following
from playbook.history.git import read_git
from playbook.history.ledger import Taken
from playbook.history.segments import ChecklistReader
from playbook.history.states import Version
from playbook.history.timeline import Note, Step, Timeline

BEFORE = -1
"""The place before the first step: nothing is there yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The content folder at one moment."""

    files: Mapping[str, bytes]
    """Path below the folder → what it holds. Only files that may have a checklist are looked at."""
    commit: str = ""
    """Its id; empty for the files on the disk."""
    time: dt.datetime = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    subject: str = ""


def step_of(content: Path, commit: str, timeline: Timeline) -> int | None:
    """The index of the step that left the content folder as it is in a commit.

    Args:
        content: the content folder.
        commit: a whole id; it may be one that touches nothing here, or lie on another branch.
        timeline: of the same folder.

    Returns:
        The index; `BEFORE` where the folder was not there yet; None where no step of the chain has left it so.

    Raises:
        GitFailed: where git cannot say.
    """
    wanted = ("--first-parent", "--max-count=1", "--format=%H", "--no-show-signature", commit, "--", ".")
    last = read_git(content, "log", *wanted).decode("ascii", "replace").strip()
    if not last:
        return BEFORE
    return next((step.index for step in reversed(timeline.steps) if step.commit == last), None)


def last_step_on(steps: tuple[Step, ...], day: dt.date) -> int:
    """The index of the last step on a day or before it; `BEFORE` where all came later."""
    return bisect_right(steps, day, key=lambda step: step.day) - 1


def compare(before: Snapshot, after: Snapshot) -> Timeline:
    """A timeline of two steps: everything that is there in the first, and what differs in the second.

    A file that says in either of them nothing about its items is left out of both, with a note.
    """
    reader = ChecklistReader()
    following = Following(reader.items)
    notes: list[Note] = []
    versions: list[dict[str, list[int] | None]] = []
    for snapshot in (before, after):
        read = {path: reader.read(text) for path, text in snapshot.files.items() if may_have_checklist(path)}
        versions.append(read)
        notes += [_unread(path, snapshot) for path, items in sorted(read.items()) if items is None]
    left_out = {path for read in versions for path, items in read.items() if items is None}
    old, new = ({path: items for path, items in read.items() if path not in left_out} for read in versions)
    following.take(0, [Version(path, items) for path, items in sorted(old.items())])
    following.take(1, list(_changes(old, new)))
    taken = [
        Taken(snapshot.commit, _clock(snapshot.time), snapshot.subject, is_baseline=not index)
        for index, snapshot in enumerate((before, after))
    ]
    parts = Assembled(taken, following.happenings, following.paths, following.files, following.items, said=notes)
    return Timeline(lambda: parts, is_complete=False)


def may_have_checklist(path: str) -> bool:
    """Whether a path below the content folder is one at which a record with a checklist may stand."""
    kind, _, name = path.partition("/")
    return kind in KINDS and "/" not in name and name[:1] != "." and name.endswith(".yml")


def _changes(old: Mapping[str, list[int] | None], new: Mapping[str, list[int] | None]) -> Iterable[Version]:
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            yield Version(path, [], is_there=False)
        elif old.get(path) != new[path]:
            yield Version(path, new[path])


def _clock(time: dt.datetime) -> Clock:
    seconds = int(time.timestamp())
    return Clock(seconds, time.strftime("%z")[:5] or "+0000", seconds)


def _unread(path: str, snapshot: Snapshot) -> Note:
    where = snapshot.commit[:7] or "the working tree"
    message = f"'{path}' could not be read in {where}; it is left out here."
    return Note("unread-version", message, path=path, commit=snapshot.commit)
