"""Reads the history of every checklist item below a content folder, or says why there is none."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from playbook.history.apart import is_worth_it, read_apart
from playbook.history.assembling import Assembled, undisturbed
from playbook.history.bridging import bridge
from playbook.history.cache import Cache, CacheUnusable, Past, discard
from playbook.history.days import Clock
from playbook.history.following import Following
from playbook.history.git import GitFailed
from playbook.history.ledger import Ledger
from playbook.history.repository import NoHistory, Repository, find_repository
from playbook.history.segments import ChecklistReader
from playbook.history.timeline import Note, Parts, Timeline
from playbook.history.versions import read_versions
from playbook.history.walking import MissingBlobs, newer_commits, whole_chain, with_texts

Progress = Callable[[int], None]


def read_history(
    content: Path,
    *,
    cache: Path | None = None,
    working_tree: bool = True,
    tip: str = "",
    now: dt.datetime | None = None,
    progress: Progress | None = None,
) -> Timeline | NoHistory:
    """What happened to every checklist item below `content`, from the first commit to the files on the disk.

    Args:
        content: the content folder, anywhere in the working tree of a repository.
        cache: a file of SQLite that remembers what was read; made where it is missing, safe to delete, and made anew
            (whatever it holds) where it cannot be used.
        working_tree: whether what is not committed counts as a last step; it is there only where it changes an item.
        tip: the id of a commit to end with, as if it were the last; then neither the files on the disk nor the cache
            play a part.
        now: the moment to measure clocks against, and the time of the working tree; without it nothing is known to lie
            in the future, and the working tree has the time of the last commit.
        progress: told how many commits have been read, now and then.

    Returns:
        The timeline; or why there is none, and the command that helps.
    """
    repository = find_repository(content)
    if isinstance(repository, NoHistory):
        return repository
    if tip:
        repository, cache, working_tree = replace(repository, head=tip), None, False
    reading = _Reading(repository, now, progress, working_tree=working_tree)
    try:
        with undisturbed():
            return reading.remembered(cache) if cache is not None else reading.cold(())
    except MissingBlobs as missing:
        return _partial(f"{missing.count:,} old versions of the files are")
    except GitFailed as failed:
        if repository.is_partial:
            return _partial("a part of the history is")
        return NoHistory("git-failed", f"git could not read this history: {failed}.")


class _Reading:
    """One reading of one history."""

    def __init__(
        self, repository: Repository, now: dt.datetime | None, progress: Progress | None, *, working_tree: bool
    ) -> None:
        self.repository = repository
        self.now = now
        self.progress = progress
        self.working_tree = working_tree

    def remembered(self, cache: Path) -> Timeline:
        """From where the last run has ended, if that was on this chain; from the first commit if not."""
        notes: tuple[Note, ...] = ()
        try:
            with Cache(cache, self.repository.prefix) as kept:
                found = self._gone_on(kept, cache)
            if found is not None:
                return found
        except CacheUnusable as unusable:
            discard(cache)
            message = (
                f"What was remembered in '{cache.name}' could not be used ({unusable}); it was read from git anew."
            )
            notes = (Note("cache-discarded", message),)
        return self.cold(notes, cache)

    def cold(self, notes: tuple[Note, ...], cache: Path | None = None) -> Timeline:
        """From the first commit, with nothing remembered; remembered from now on where a cache can be made."""
        reader = ChecklistReader()
        ledger = Ledger(reader, Following(reader.items))
        if is_worth_it(self.repository):
            read = read_apart(lambda: whole_chain(self.repository), reader, self.progress)
        else:
            read = read_versions(whole_chain(self.repository, self.progress), reader)
        with contextlib.closing(read):
            ledger.take_commits(read, self.repository)
        if cache is not None:
            try:
                with Cache(cache, self.repository.prefix) as kept:
                    kept.write(kept.rows_for(ledger), anew=True)
            except CacheUnusable as unusable:
                notes = (Note("cache-unusable", f"Nothing can be remembered in '{cache.name}' ({unusable})."),)
        self._take_disk(ledger, None)
        return self._told(ledger, notes, lambda: Past([], [], [], {}))

    def _gone_on(self, kept: Cache, cache: Path) -> Timeline | None:
        """From where the last run has ended; None where that says nothing about this chain."""
        ledger = kept.load()
        if ledger is None or (ledger.boundary and ledger.boundary not in self.repository.boundary):
            return None  # nothing yet, or of another making; or the clone has become deeper since
        rows = None
        if ledger.tip != self.repository.head:
            found = newer_commits(self.repository, frozenset((ledger.tip, ledger.last)), self.progress)
            if not found.met and not bridge(found, ledger, self.repository):
                return None
            told = with_texts(self.repository, reversed(found.commits))
            ledger.take_commits(read_versions(told, ledger.reader), self.repository)
            rows = kept.rows_for(ledger)
        self._take_disk(ledger, kept.last_clock)
        if rows is not None:
            kept.write(rows)
        generation = kept.generation

        def past() -> Past:
            with Cache(cache, self.repository.prefix) as again:
                return again.past(generation, ledger.base)

        return self._told(ledger, (), past)

    def _take_disk(self, ledger: Ledger, last: Clock | None) -> None:
        if self.working_tree:
            ledger.take_disk(self.repository, last, self.now)

    def _told(self, ledger: Ledger, notes: tuple[Note, ...], past: Callable[[], Past]) -> Timeline:
        """The timeline of a ledger; what was before it is fetched when somebody asks."""
        following = ledger.following

        def fetch() -> Parts:
            try:
                with undisturbed():
                    before = past()
            except CacheUnusable:
                return self.cold(notes).parts  # somebody has made the cache anew since, maybe for another chain
            return Assembled(
                before.taken + ledger.taken,
                before.happenings + following.happenings,
                before.paths | following.paths,
                following.files,
                following.items,
                before.unread + following.unread,
                (*_shallow(ledger), *notes),
                self.now,
            )

        return Timeline(fetch, is_complete=not ledger.boundary)


def _shallow(ledger: Ledger) -> tuple[Note, ...]:
    if not ledger.boundary:
        return ()
    return (
        Note(
            "shallow",
            f"This clone is shallow: what happened before commit {ledger.boundary[:7]} is not on this machine. "
            "In a GitHub workflow 'fetch-depth: 0' brings it along.",
            "git fetch --unshallow",
            commit=ledger.boundary,
        ),
    )


def _partial(what: str) -> NoHistory:
    return NoHistory(
        "partial-clone",
        f"This is a partial clone: {what} not on this machine, and progress cannot be told without.",
        "git fetch --refetch --no-filter",
    )
