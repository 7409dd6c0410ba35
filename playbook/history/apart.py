"""Has another process read a long history while this one follows it, which takes two thirds of the time on two cores.

What comes out is the same as without. That process is a copy of this one, so there is nothing to start and nothing to
configure; where the platform has no such copies, or another thread is running (which no copy would have), it is not
made.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from itertools import islice
from typing import IO, Any

from playbook.history.checklists import OldItem, State
from playbook.history.commits import Commit, made_change, made_commit
from playbook.history.git import GitFailed, widen
from playbook.history.repository import Repository
from playbook.history.segments import ChecklistReader, made_since
from playbook.history.states import Version, made_version
from playbook.history.versions import Read, read_versions
from playbook.history.walking import MissingBlobs, Progress, Told

_LONG = 2 << 20
"""So many bytes of packs: below, the history is read before another process has begun."""
_AT_ONCE = 100
_STATES = {str(state): state for state in State}
_FORMAT = 2
"""Of marshal: the later ones look for what is there twice, which takes longer than to send it twice."""


def is_worth_it(repository: Repository) -> bool:
    """Whether another process could help with this history."""
    if sys.platform != "linux" or threading.active_count() > 1 or len(os.sched_getaffinity(0)) == 1:
        return False
    packs = (repository.directory / "objects" / "pack").glob("*.pack")
    with contextlib.suppress(OSError):
        return sum(pack.stat().st_size for pack in packs) > _LONG
    return False


def read_apart(tell: Callable[[], Told], reader: ChecklistReader, progress: Progress | None = None) -> Read:
    """As `read_versions(tell(), reader)`, of which the other process does the reading.

    Args:
        tell: called there; what it raises comes out here.
        reader: learns every item that is read.
        progress: told how many commits have been read, now and then.

    Raises:
        GitFailed: also where the other process is ended by somebody.
    """
    out, into = os.pipe()
    child = os.fork()
    if not child:
        # Nothing of what is open here may be closed a second time: this ends without looking back.
        try:
            os.close(out)
            with os.fdopen(into, "wb") as pipe:
                _send_all(pipe, tell)
        finally:
            os._exit(0)
    os.close(into)
    ended = False
    try:
        with os.fdopen(out, "rb") as pipe:
            widen(pipe)
            yield from _received(pipe, reader, progress)
        ended = True
    finally:
        if not ended:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _send_all(pipe: IO[bytes], tell: Callable[[], Told]) -> None:
    reader = ChecklistReader()
    sent = 0
    packing = _Packing(reader)
    try:
        read = read_versions(tell(), reader)
        while some := [packing.pack(commit, versions) for commit, versions in islice(read, _AT_ONCE)]:
            items = [(item[0], item[1], str(item[2]), item[3], item[4]) for item in reader.items[sent:]]
            sent = len(reader.items)
            _send(pipe, ("read", items, some))
        _send(pipe, ("end",))
    except MissingBlobs as missing:
        _send(pipe, ("missing", missing.count))
    except GitFailed as failed:
        _send(pipe, ("failed", str(failed)))
    except Exception:  # noqa: BLE001  (whatever it is: it is told on the other side)
        _send(pipe, ("broken", traceback.format_exc()))


def _send(pipe: IO[bytes], message: tuple[Any, ...]) -> None:
    data = marshal.dumps(message, _FORMAT)
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _received(pipe: IO[bytes], reader: ChecklistReader, progress: Progress | None) -> Read:
    packing = _Packing(reader)
    count = 0
    while True:
        size = int.from_bytes(pipe.read(8), "big")
        data = pipe.read(size)
        if not data or len(data) < size:
            raise GitFailed("the process that reads it was ended")
        kind, *rest = marshal.loads(data)  # noqa: S302  (a copy of this process has written it)
        if kind == "end":
            return
        if kind == "missing":
            raise MissingBlobs(rest[0])
        if kind == "failed":
            raise GitFailed(rest[0])
        if kind == "broken":
            raise RuntimeError(rest[0])
        items, some = rest
        for identifier, text, state, done_on, others in items:
            reader.number(OldItem(identifier, text, _STATES[state], done_on, others))
        for packed in some:
            yield packing.unpack(packed)
        count += len(some)
        if progress is not None:
            progress(count)


class _Packing:
    """Commits and versions as plain tuples and back; of a list of numbers, only what its file did not hold before."""

    def __init__(self, reader: ChecklistReader) -> None:
        self._reader = reader
        self._last: dict[str, list[int]] = {}

    def pack(self, commit: Commit, versions: list[Version]) -> tuple[Any, ...]:
        """One commit, for `unpack` on the other side."""
        last = self._last
        packed: list[tuple[Any, ...]] = []
        for (path, blob), (_, items, _, since) in zip(commit.changes, versions, strict=True):
            if since is not None and items is not None and since.numbers is last.get(path):
                packed.append((path, blob, since.head, items[since.head : len(items) - since.tail], since.tail))
            else:
                packed.append((path, blob, -1, items, 0))
            if items is not None:
                last[path] = items
        return (*commit[:5], packed)

    def unpack(self, packed: tuple[Any, ...]) -> tuple[Commit, list[Version]]:
        """What was packed."""
        name, author, zone, committer, subject, changes = packed
        last = self._last
        versions = []
        for path, blob, head, items, tail in changes:
            since = None
            if head >= 0:
                before = last[path]
                since = made_since((before, head, tail))
                items = before[:head] + items + before[len(before) - tail :]  # noqa: PLW2901
            if items is not None:
                last[path] = items
            versions.append(made_version((path, items, bool(blob), since)))
        files = [made_change((change[0], change[1])) for change in changes]
        return made_commit((name, author, zone, committer, subject, files)), versions
