"""Finds the commit that somebody means, by a day or by a name, and reads the content folder as it was in it.

Runs only what reads objects: a name that git could take for an option, a range or a path never reaches it.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playbook.history.blobs import read_blobs
from playbook.history.days import Clock, days_of, moment
from playbook.history.git import GitFailed, read_git
from playbook.history.past import PastTree, tree_of
from playbook.history.repository import NoHistory, Repository, find_repository
from playbook.problems import shorten

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_LOOKS_LIKE_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\Z", re.ASCII)
_LONGEST_NAME = 250
_SHORT = 7
PREFETCH = "git fetch --refetch --no-filter"


class NoRevision(Exception):  # noqa: N818  (nothing is broken: it says what there is instead)
    """Why there is no such commit here, or nothing to read in it, in a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit of the history, as somebody has asked for it."""

    commit: str
    """Its whole id."""
    time: dt.datetime
    """When its author wrote it, in the author's own zone."""
    day: dt.date
    """The day to speak of: the one that was asked for, else its author's."""
    repository: Repository

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.commit[:_SHORT]


def find_revision(folder: Path, wanted: str) -> Revision:
    """The commit that `wanted` means.

    Args:
        folder: the content folder, or any other in the working tree of the same repository.
        wanted: a day such as 2026-10-01 (the last commit of the first-parent history at the end of it), or any
            name that git has for a commit: an id, a tag, a branch, `HEAD~3`.

    Raises:
        NoRevision: saying what there is.
    """
    _refuse_strange(wanted)
    repository = find_repository(folder)
    if isinstance(repository, NoHistory):
        raise NoRevision(str(repository).rstrip("."))
    try:
        if _DAY.match(wanted):
            return _at_the_end_of(repository, wanted)
        return _named(repository, wanted)
    except GitFailed as failed:
        raise NoRevision(f"git could not read this history: {shorten(str(failed), 200)}") from None


def read_revision(revision: Revision, folder: str) -> PastTree:
    """The content folder as it was in a commit, with the bytes of every YAML file.

    Args:
        revision: the commit.
        folder: the way to the content folder from the one that the revision was found in; empty for that one itself.

    Raises:
        NoRevision: where that commit has no such folder, or not all of it is on this machine.
    """
    repository = revision.repository
    path = posixpath.normpath(repository.prefix + folder) if repository.prefix + folder else "."
    if path.startswith(("..", "/")):
        raise NoRevision(f"'{shorten(folder)}' lies outside of the repository")
    with _told(revision):
        listed = _listed(repository, revision.commit, "" if path == "." else path)
        if listed is None:
            shown = posixpath.basename(path)
            day = revision.time.date()
            raise NoRevision(f"there is no folder '{shorten(shown)}' in {revision.short}, the commit of {day}")
        tree = tree_of(posixpath.basename(path), listed)
        return replace(tree, contents=dict(read_blobs(repository, sorted(tree.wanted()))))


def read_files(revision: Revision, tree: PastTree, folder: str) -> dict[str, bytes]:
    """Path → bytes of every ordinary file below a folder of a tree; links are left out, and what would lead out of it.

    Raises:
        NoRevision: where not all of them are on this machine.
    """
    start = f"{folder}/"
    nodes = {node.path.removeprefix(start): node.blob for node in tree.files() if node.path.startswith(start)}
    with _told(revision):
        contents = dict(read_blobs(revision.repository, sorted(set(nodes.values()))))
    return {path: contents[blob] for path, blob in nodes.items()}


@contextmanager
def _told(revision: Revision) -> Iterator[None]:
    """What git says when it cannot read a commit, in words."""
    try:
        yield
    except GitFailed as failed:
        if revision.repository.is_partial:
            raise NoRevision(
                f"this clone has left out files of {revision.short}, and they are needed. Run: {PREFETCH}"
            ) from None
        raise NoRevision(f"git could not read {revision.short}: {shorten(str(failed), 200)}") from None


def _refuse_strange(wanted: str) -> None:
    shown = shorten(wanted, 40)
    if not wanted.strip():
        raise NoRevision("it names no commit; say a day such as 2026-10-01, or a commit such as HEAD~3")
    if wanted.startswith("-") or ".." in wanted or len(wanted) > _LONGEST_NAME or not wanted.isprintable():
        raise NoRevision(f"'{shown}' is not the name of one commit")
    if " " in wanted:
        raise NoRevision(f"'{shown}' is not the name of one commit: there are spaces in it")
    if _LOOKS_LIKE_A_DAY.match(wanted) and not _is_day(wanted):
        raise NoRevision(f"'{shown}' is not a date such as 2026-10-01")


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return _DAY.match(text) is not None


def _named(repository: Repository, wanted: str) -> Revision:
    try:
        found = read_git(repository.content, "rev-parse", "--verify", "--end-of-options", f"{wanted}^{{commit}}")
    except GitFailed as failed:
        if "ambiguous" in str(failed):
            raise NoRevision(f"several commits begin with '{shorten(wanted, 40)}'; write more of it") from None
        raise NoRevision(f"there is no commit '{shorten(wanted, 40)}'; {_what_there_is(repository)}") from None
    commit = found.decode().strip()
    clock = _clocks(repository, commit, "--max-count=1")[0][1]
    time = moment(clock.author, clock.zone)
    return Revision(commit, time, time.date(), repository)


def _at_the_end_of(repository: Repository, wanted: str) -> Revision:
    day = dt.date.fromisoformat(wanted)
    chain = _clocks(repository, repository.head)[::-1]
    index = bisect_right(days_of([clock for _, clock in chain]).days, day) - 1
    if index < 0:
        raise NoRevision(f"there is no commit of {wanted} or before; {_what_there_is(repository)}")
    commit, clock = chain[index]
    return Revision(commit, moment(clock.author, clock.zone), day, repository)


def _what_there_is(repository: Repository) -> str:
    chain = _clocks(repository, repository.head)[::-1]
    first = days_of([clock for _, clock in chain]).days[0]
    if repository.boundary:
        return f"this clone is shallow and begins on {first}. Run: git fetch --unshallow"
    return f"the first is of {first}"


def _clocks(repository: Repository, commit: str, *more: str) -> list[tuple[str, Clock]]:
    """(id, dates) of the first-parent chain from a commit on, newest first."""
    told = read_git(
        repository.content,
        "log",
        "--first-parent",
        "--date=raw",
        "--format=%H %ct %ad",
        *more,
        "--end-of-options",
        commit,
    )
    found = []
    for line in told.decode("ascii", "replace").splitlines():
        name, committer, author, zone = [*line.split(" "), "0", "0", "+0000"][:4]
        found.append((name, Clock(_seconds(author), zone, _seconds(committer))))
    return found


def _seconds(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d+", text, re.ASCII) else 0  # a program may have written a broken date


def _listed(repository: Repository, commit: str, path: str) -> bytes | None:
    """What `ls-tree` says of a folder in a commit; None where there is no such folder."""
    whole = f"{commit}:{path}" if path else f"{commit}^{{tree}}"
    try:
        named = read_git(repository.content, "rev-parse", "--verify", "--quiet", "--end-of-options", whole)
    except GitFailed:
        return None
    tree = named.decode().strip()
    if read_git(repository.content, "cat-file", "-t", tree).strip() != b"tree":
        return None
    return read_git(repository.content, "ls-tree", "-r", "-t", "-l", "-z", "--full-tree", tree)
