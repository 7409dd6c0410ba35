"""Walks the history: the new commits of the chain, and the text of each file that they brought, oldest first.

`git log` says which blobs there are and `git cat-file` hands them over. Where the platform can wait for both, a whole
chain is handed on while they run; elsewhere one runs after the other, with the same result.
"""

from __future__ import annotations

import queue
import select
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from playbook.history.blobs import BATCH, BatchReader, missing_blobs, read_blobs
from playbook.history.commits import ARGUMENTS, Commit, LogReader
from playbook.history.git import GitFailed, GitStream
from playbook.history.repository import Repository

CAN_WAIT_FOR_TWO = hasattr(select, "poll")
_MOST_ASKED = 4_000
"""So many blobs may be on their way: `git log` waits then, so that a long history takes no more room than a short."""

_LOG_PIECE = 1 << 16

Told = Iterator[tuple[Commit, list[bytes]]]
"""Commits, oldest first, each with the texts of the files that it made or changed, in the order of its changes."""
Progress = Callable[[int], None]


class MissingBlobs(Exception):  # noqa: N818  (how the clone was made, not a bug)
    """That a partial clone has left out versions that are needed."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} missing")
        self.count = count


@dataclass(slots=True)
class Newer:
    """The commits behind the known ones."""

    commits: list[Commit] = field(default_factory=list)
    """Newest first."""
    met: str = ""
    """The known commit that the chain leads to; empty where it leads to none."""
    last: str = ""
    """The oldest commit that was read."""


def newer_commits(repository: Repository, known: frozenset[str], progress: Progress | None = None) -> Newer:
    """The commits of the chain down to the first that is known, or all of them.

    Raises:
        GitFailed: where git ends badly, or is ended by somebody.
    """
    log = LogReader(repository.prefix, known)
    found = Newer()
    with GitStream(repository.content, "log", _log_arguments(repository)) as stream:
        while not log.met:
            data = stream.read()
            found.commits += log.feed(data)
            if not data:
                break
            if progress is not None:
                progress(len(found.commits))
    found.met, found.last = log.met, log.last
    return found


def with_texts(repository: Repository, commits: Iterable[Commit]) -> Told:
    """The commits, oldest first as they come, with the texts of their files.

    Raises:
        GitFailed: where git ends badly, or is ended by somebody.
        MissingBlobs: where blobs were left out when the repository was cloned. None is fetched.
    """
    commits = list(commits)
    wanted = [blob for commit in commits for blob in _blobs(commit)]
    if repository.is_partial and (missing := missing_blobs(repository, wanted)):
        raise MissingBlobs(missing)
    texts = read_blobs(repository, wanted)
    for commit in commits:
        yield commit, [next(texts)[1] for _ in _blobs(commit)]
    for _ in texts:  # to its end, which says whether git ended well
        raise AssertionError


def whole_chain(repository: Repository, progress: Progress | None = None, *, overlapped: bool = True) -> Told:
    """Every commit of the chain, from the first on, with the texts of its files.

    Args:
        repository: whose history; objects that are missing are not fetched.
        progress: told how many commits have been read, now and then.
        overlapped: both commands at the same time, where the platform can.

    Raises:
        GitFailed: where git ends badly, or is ended by somebody; also when many commits have been handed on.
        MissingBlobs: where blobs were left out when the repository was cloned; before any commit.
    """
    if overlapped and CAN_WAIT_FOR_TWO and not repository.is_partial:
        with (
            GitStream(repository.content, "log", ("--reverse", *_log_arguments(repository))) as log,
            GitStream(repository.content, "cat-file", BATCH, is_fed=True) as blobs,
        ):
            yield from _overlapped(repository, log, blobs, progress)
    else:
        yield from with_texts(repository, reversed(newer_commits(repository, frozenset(), progress).commits))


def _log_arguments(repository: Repository) -> Iterator[str]:
    yield from ARGUMENTS
    yield repository.head
    if repository.prefix.count("/") > 1:
        # A playbook inside something larger: most commits are about other things, and git skips them faster than we do.
        yield from ("--", ".")


def _blobs(commit: Commit) -> list[str]:
    return [blob for _, blob in commit.changes if blob]


class _Asked:
    """What is asked of cat-file, and the commits that wait for its answers."""

    def __init__(self, stream: GitStream) -> None:
        self.outstanding = 0
        self._commits: deque[tuple[Commit, int]] = deque()
        self._texts: list[bytes] = []
        self._questions: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._asking = threading.Thread(target=_ask, args=(stream, self._questions), daemon=True)
        self._asking.start()

    def ask(self, commits: list[Commit]) -> None:
        """Asks for everything in these commits."""
        wanted: list[str] = []
        for commit in commits:
            blobs = _blobs(commit)
            wanted += blobs
            self._commits.append((commit, len(blobs)))
        if wanted:
            self.outstanding += len(wanted)
            self._questions.put("\n".join(wanted).encode() + b"\n")

    def ask_no_more(self) -> None:
        """Everything has been asked."""
        self._questions.put(b"")

    def end(self) -> None:
        """Waits for the last question to be written; whoever does not listen any more has to be ended before."""
        self._questions.put(b"")
        self._asking.join()

    def answered(self, texts: Iterable[bytes]) -> Told:
        """The commits that have all their texts with these."""
        commits, held = self._commits, self._texts
        before = len(held)
        held += texts
        self.outstanding -= len(held) - before
        at = 0
        while commits and at + commits[0][1] <= len(held):
            commit, wanted = commits.popleft()
            yield commit, held[at : at + wanted]
            at += wanted
        del held[:at]


def _overlapped(
    repository: Repository, log_stream: GitStream, blob_stream: GitStream, progress: Progress | None
) -> Told:
    log = LogReader(repository.prefix)
    batch = BatchReader()
    asked = _Asked(blob_stream)
    waiting = select.poll()
    waiting.register(blob_stream.output, select.POLLIN | select.POLLHUP)
    is_logging, is_listening = True, False
    count = 0
    try:
        while is_logging or asked.outstanding:
            if is_listening != (is_logging and asked.outstanding < _MOST_ASKED):
                is_listening = not is_listening
                if is_listening:
                    waiting.register(log_stream.output, select.POLLIN | select.POLLHUP)
                else:
                    waiting.unregister(log_stream.output)
            for descriptor, _ in waiting.poll():
                if descriptor == log_stream.output:
                    data = log_stream.read(_LOG_PIECE)
                    commits = log.feed(data)
                    asked.ask(commits)
                    count += len(commits)
                    if progress is not None:
                        progress(count)
                    if not data:
                        is_logging = False
                        asked.ask_no_more()
                    yield from asked.answered(())
                else:
                    data = blob_stream.read()
                    if not data:
                        raise GitFailed("git cat-file ended before it had answered")
                    yield from asked.answered(batch.feed(data))
    finally:
        if is_logging or asked.outstanding:
            blob_stream.kill()
        asked.end()
    if blob_stream.read():
        raise GitFailed("git cat-file answered more than it was asked")


def _ask(stream: GitStream, questions: queue.SimpleQueue[bytes]) -> None:
    """Writes until an empty question comes: cat-file stops reading while its answers lie unread."""
    while question := questions.get():
        stream.write(question)
    stream.write_no_more()
