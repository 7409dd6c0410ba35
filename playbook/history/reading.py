"""Reads the history of every checklist item below a content folder, or says why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playbook.history.assembling import Taken, assemble
from playbook.history.blobs import missing_blobs
from playbook.history.checklists import read_checklist
from playbook.history.days import Clock
from playbook.history.following import Following, Version
from playbook.history.git import GitFailed
from playbook.history.repository import NoHistory, Repository, find_repository
from playbook.history.segments import ChecklistReader
from playbook.history.timeline import Note, Timeline
from playbook.history.walking import Walk, walk
from playbook.history.worktree import changed_files

PREFETCH = "git fetch --refetch --no-filter"


@dataclass(slots=True)
class _Ledger:
    """The state of everything after the last commit that was read."""

    following: Following
    reader: ChecklistReader
    taken: list[Taken] = field(default_factory=list)
    blobs: dict[str, str] = field(default_factory=dict)
    """Path → the blob that the last commit has there."""


def read_history(
    content: Path,
    *,
    cache: Path | None = None,  # noqa: ARG001
    working_tree: bool = True,
    now: dt.datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Timeline | NoHistory:
    """What happened to every checklist item below `content`, from the first commit to the files on the disk.

    Args:
        content: the content folder, anywhere in the working tree of a repository.
        cache: a file of SQLite that remembers what was read; made where it is missing, and safe to delete.
        working_tree: whether what is not committed counts as a last step; it is there only where it changes an item.
        now: the moment to measure clocks against, and the time of the working tree; without it nothing is known to lie
            in the future, and the working tree has the time of the last commit.
        progress: told how many commits have been read, now and then.

    Returns:
        The timeline; or why there is none, and the command that helps.
    """
    repository = find_repository(content)
    if isinstance(repository, NoHistory):
        return repository
    reader = ChecklistReader()
    try:
        found = walk(repository, frozenset(), reader.read, progress=progress)
    except GitFailed as failed:
        return _unread(repository, failed)
    ledger = _Ledger(Following(reader.items), reader)
    _take_commits(ledger, found, repository)
    if working_tree:
        _take_working_tree(ledger, repository, now)
    notes = _shallow_note(repository)
    following = ledger.following

    return Timeline(
        lambda: assemble(
            ledger.taken,
            following.happenings,
            following.paths,
            following.files,
            following.items,
            following.unread,
            notes,
            now,
        ),
        is_complete=not notes,
    )


def _take_commits(ledger: _Ledger, found: Walk[list[int] | None], repository: Repository) -> None:
    following, blobs = ledger.following, found.blobs
    for commit in reversed(found.commits):
        versions = []
        for path, blob in commit.changes:
            if blob:
                ledger.blobs[path] = blob
                versions.append(Version(path, blobs[blob]))
            else:
                ledger.blobs.pop(path, None)
                versions.append(Version(path, [], is_there=False))
        following.take(len(ledger.taken), versions)
        clock = Clock(commit.author, commit.zone, commit.committer)
        ledger.taken.append(Taken(commit.id, clock, commit.subject, commit.id in repository.boundary))


def _take_working_tree(ledger: _Ledger, repository: Repository, now: dt.datetime | None) -> None:
    following = ledger.following
    before = len(following.happenings)
    versions = []
    for path, text in changed_files(repository.content, ledger.blobs, repository.algorithm):
        items = () if text is None else read_checklist(text)
        numbers = None if items is None else [ledger.reader.number(item) for item in items]
        versions.append(Version(path, numbers, is_there=text is not None))
    step = len(ledger.taken)
    following.take(step, versions)
    if len(following.happenings) == before:
        following.unread = [unread for unread in following.unread if unread[0] != step]
        return
    last = ledger.taken[-1].clock if ledger.taken else Clock(0, "+0000", 0)
    seconds = max(int(now.timestamp()), last.committer) if now is not None else last.committer
    zone = now.strftime("%z") if now is not None else last.zone
    ledger.taken.append(Taken("", Clock(seconds, zone, seconds), ""))


def _shallow_note(repository: Repository) -> tuple[Note, ...]:
    if not repository.boundary:
        return ()
    message = "This clone is shallow: what happened before its first commit is not on this machine."
    return (Note("shallow", message, "git fetch --unshallow (in a GitHub workflow: fetch-depth: 0)"),)


def _unread(repository: Repository, failed: GitFailed) -> NoHistory:
    if repository.is_partial:
        return NoHistory(
            "partial-clone", "This clone has left out old versions of the files, and they are needed.", PREFETCH
        )
    return NoHistory("git-failed", f"git could not read this history: {failed}.")


__all__ = ["missing_blobs", "read_history"]
