"""Walks the history: the new commits of the chain, and what a reader makes of each blob they brought.

`git log` says which blobs there are and `git cat-file` hands them over. Where the platform can wait for both, they run
at the same time as the reader; elsewhere one after the other, with the same result.
"""

from __future__ import annotations

import queue
import select
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from playbook.history.blobs import BATCH, BatchReader, missing_blobs, read_blobs
from playbook.history.commits import ARGUMENTS, Commit, LogReader
from playbook.history.git import GitFailed, GitStream
from playbook.history.repository import Repository

T = TypeVar("T")
CAN_WAIT_FOR_TWO = hasattr(select, "poll")


class MissingBlobs(Exception):  # noqa: N818  (how the clone was made, not a bug)
    """That a partial clone has left out versions that are needed."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} missing")
        self.count = count


@dataclass(slots=True)
class Walk(Generic[T]):
    """What a walk has found so far."""

    commits: list[Commit] = field(default_factory=list)
    """Newest first."""
    blobs: dict[str, T] = field(default_factory=dict)
    """What the reader made of each."""
    met: str = ""
    """The known commit that the chain leads to; empty where it leads to none."""
    last: str = ""
    """The oldest commit that was read."""


def walk(
    repository: Repository,
    known: frozenset[str],
    read: Callable[[bytes], T],
    *,
    progress: Callable[[int], None] | None = None,
    overlapped: bool = True,
) -> Walk[T]:
    """The commits since the known ones, with what `read` makes of their blobs.

    Args:
        repository: whose history; objects that are missing are not fetched.
        known: reading stops at the first of these.
        read: what to make of the bytes of a blob; asked once for each.
        progress: told how many commits have been read, now and then.
        overlapped: both commands at the same time, where the platform can.

    Raises:
        GitFailed: where git ends badly, or is ended by somebody.
        MissingBlobs: where blobs were left out when the repository was cloned. None is fetched.
    """
    found: Walk[T] = Walk()
    log = LogReader(repository.prefix, known)
    is_partial = repository.is_partial
    with GitStream(repository.content, "log", _log_arguments(repository)) as stream:
        # With a few new commits a second process would wait longer than it works.
        first = stream.read()
        found.commits += log.feed(first)
        if first and not log.met and overlapped and CAN_WAIT_FOR_TWO and not is_partial:
            _walk_overlapped(repository, stream, log, found, read, progress)
            return found
        while first and not log.met:
            first = stream.read()
            found.commits += log.feed(first)
            if progress is not None:
                progress(len(found.commits))
    found.met, found.last = log.met, log.last
    wanted = _wanted(found.commits, set())
    if is_partial and (missing := missing_blobs(repository, wanted)):
        raise MissingBlobs(missing)
    for blob, content in read_blobs(repository, wanted):
        found.blobs[blob] = read(content)
    return found


def _log_arguments(repository: Repository) -> Iterator[str]:
    yield from ARGUMENTS
    yield repository.head
    if repository.prefix.count("/") > 1:
        # A playbook inside something larger: most commits are about other things, and git skips them faster than we do.
        yield from ("--", ".")


def _wanted(commits: Iterable[Commit], asked: set[str]) -> list[str]:
    """The blobs of these commits that nobody has asked for yet, in order; adds them to `asked`."""
    wanted = []
    for commit in commits:
        for _, blob in commit.changes:
            if blob and blob not in asked:
                asked.add(blob)
                wanted.append(blob)
    return wanted


def _walk_overlapped(
    repository: Repository,
    log_stream: GitStream,
    log: LogReader,
    found: Walk[T],
    read: Callable[[bytes], T],
    progress: Callable[[int], None] | None,
) -> None:
    asked: set[str] = set()
    order = _wanted(found.commits, asked)
    received = 0
    with GitStream(repository.content, "cat-file", BATCH, is_fed=True) as blob_stream:
        questions: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        asking = threading.Thread(target=_ask, args=(blob_stream, questions), daemon=True)
        asking.start()
        if order:
            questions.put(_lines(order))
        batch = BatchReader()
        waiting = select.poll()
        for stream in (log_stream, blob_stream):
            waiting.register(stream.output, select.POLLIN | select.POLLHUP)
        is_logging = True
        try:
            while is_logging or received < len(order):
                for descriptor, _ in waiting.poll():
                    if descriptor == log_stream.output:
                        data = log_stream.read()
                        commits = log.feed(data)
                        found.commits += commits
                        wanted = _wanted(commits, asked)
                        if wanted:
                            order += wanted
                            questions.put(_lines(wanted))
                        if progress is not None:
                            progress(len(found.commits))
                        if not data or log.met:
                            is_logging = False
                            waiting.unregister(descriptor)
                            questions.put(b"")
                    else:
                        data = blob_stream.read()
                        if not data:
                            raise GitFailed("git cat-file ended before it had answered")
                        for content in batch.feed(data):
                            found.blobs[order[received]] = read(content)
                            received += 1
        finally:
            questions.put(b"")
            if is_logging or received < len(order):
                blob_stream.kill()
            asking.join()
        while blob_stream.read():
            raise GitFailed("git cat-file answered more than it was asked")
    found.met, found.last = log.met, log.last


def _lines(blobs: list[str]) -> bytes:
    return "\n".join(blobs).encode() + b"\n"


def _ask(stream: GitStream, questions: queue.SimpleQueue[bytes]) -> None:
    """Writes until an empty question comes: cat-file stops reading while its answers lie unread."""
    while question := questions.get():
        stream.write(question)
    stream.write_no_more()
