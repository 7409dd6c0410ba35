"""The state of everything after the last commit that was read, and the steps that led there since it was opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from playbook.history.checklists import read_checklist
from playbook.history.days import Clock
from playbook.history.following import Following
from playbook.history.repository import Repository
from playbook.history.segments import ChecklistReader
from playbook.history.states import Version
from playbook.history.versions import Read
from playbook.history.worktree import changed_files


class Taken(NamedTuple):
    """A step that was taken, as it is kept."""

    commit: str
    """Empty for the working tree."""
    clock: Clock
    subject: str
    is_baseline: bool = False


# Out of their fields, in a third of the time: each commit has both.
_clock: Callable[[tuple[int, str, int]], Clock] = partial(tuple.__new__, Clock)
_taken: Callable[[tuple[str, Clock, str, bool]], Taken] = partial(tuple.__new__, Taken)


@dataclass(slots=True)
class Ledger:
    """Everything that the next step needs, and what the steps so far have brought."""

    reader: ChecklistReader
    following: Following
    base: int = 0
    """How many steps had been taken before this was opened."""
    taken: list[Taken] = field(default_factory=list)
    """Those that were taken since."""
    blobs: dict[str, str] = field(default_factory=dict)
    """Path → the blob that the last commit has there."""
    touched: set[str] = field(default_factory=set)
    """Paths of the files that commits have changed since it was opened."""
    tip: str = ""
    """The last commit that was read, whether or not it was a step."""
    last: str = ""
    """The last commit that was a step."""
    boundary: str = ""
    """The commit of a shallow clone that it all began with; empty where it began with the first."""

    def take_commits(self, read: Read, repository: Repository) -> None:
        """Takes every commit as a step, in the order in which they come: oldest first."""
        following, blobs, touch, taken = self.following, self.blobs, self.touched.add, self.taken
        boundary = frozenset() if self.tip else repository.boundary
        for (name, author, zone, committer, subject, changes), versions in read:
            is_baseline = name in boundary
            if is_baseline:
                self.boundary = name
            for path, blob in changes:
                touch(path)
                if blob:
                    blobs[path] = blob
                else:
                    blobs.pop(path, None)
            following.take(self.base + len(taken), versions)
            taken.append(_taken((name, _clock((author, zone, committer)), subject, is_baseline)))
            self.last = name
        self.tip = repository.head
        self.reader.forget()

    def take_disk(self, repository: Repository, last: Clock | None, now: dt.datetime | None) -> None:
        """Takes the files on the disk as a step, where they differ from the last commit in any item.

        Args:
            repository: whose working tree.
            last: the dates of the last step before those in `taken`, if there was one.
            now: the moment of the step; that of the last commit where it is not known.
        """
        following = self.following
        before = len(following.happenings), len(following.unread)
        step = self.base + len(self.taken)
        following.take(step, list(self._changed_on_disk(repository)))
        if len(following.happenings) == before[0]:
            del following.unread[before[1] :]
            return
        clock = self.taken[-1].clock if self.taken else last or Clock(0, "+0000", 0)
        if now is not None:
            seconds = max(int(now.timestamp()), clock.committer)
            clock = Clock(seconds, now.strftime("%z") or "+0000", seconds)
        else:
            clock = Clock(clock.committer, clock.zone, clock.committer)
        self.taken.append(Taken("", clock, ""))

    def _changed_on_disk(self, repository: Repository) -> Iterable[Version]:
        for path, text in changed_files(repository.content, self.blobs, repository.algorithm):
            if text is None:
                yield Version(path, [], is_there=False)
                continue
            items = read_checklist(text)
            yield Version(path, None if items is None else [self.reader.number(item) for item in items])
