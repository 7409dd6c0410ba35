"""Reads blobs in one go from `git cat-file --batch`; says which are not on this machine, and never has one fetched."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from playbook.history.git import GitFailed, GitStream, read_git
from playbook.history.repository import Repository

BATCH = ("--batch=%(objecttype) %(objectsize)", "--buffer")
_MAX_HEADER = 200


class BatchReader:
    """Turns the output of `cat-file` with `BATCH` into blobs, piece by piece as it comes."""

    def __init__(self) -> None:
        self._rest: list[bytes] = []
        self._have = 0
        self._need = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The blobs that are complete with this piece, in the order in which they were asked for.

        Raises:
            GitFailed: for an object that is missing, or is no blob.
        """
        self._rest.append(data)
        self._have += len(data)
        if self._have < self._need:
            return  # a blob larger than a pipe: it is put together once, not at each piece
        data = b"".join(self._rest)
        at = 0
        self._need = 0
        while True:
            line_end = data.find(b"\n", at, at + _MAX_HEADER)
            if line_end < 0:
                break
            kind, _, size = data[at:line_end].partition(b" ")
            if kind != b"blob":
                raise GitFailed(f"git has no such file version: {data[at:line_end].decode('utf-8', 'replace')}")
            end = line_end + 1 + int(size)
            if len(data) <= end:
                self._need = end + 1 - at
                break
            yield data[line_end + 1 : end]
            at = end + 1
        self._rest = [data[at:]]
        self._have = len(data) - at


def read_blobs(repository: Repository, blobs: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each blob with its bytes, in order.

    Raises:
        GitFailed: where one is missing, or git ends badly.
    """
    if not blobs:
        return
    with GitStream(repository.content, "cat-file", BATCH, is_fed=True) as stream:
        asking = threading.Thread(target=_ask_all, args=(stream, blobs), daemon=True)
        asking.start()
        names = iter(blobs)
        batch = BatchReader()
        missing = len(blobs)
        try:
            while data := stream.read():
                for content in batch.feed(data):
                    yield next(names), content
                    missing -= 1
        finally:
            if missing:
                stream.kill()
            asking.join()
        if missing:
            raise GitFailed("git cat-file ended before it had answered")


def missing_blobs(repository: Repository, blobs: list[str]) -> int:
    """How many of the blobs a partial clone has left out, found without having any of them fetched."""
    listed = read_git(
        repository.content, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered"
    )
    return len(set(blobs).difference(listed.decode().split()))


def _ask_all(stream: GitStream, blobs: list[str]) -> None:
    stream.write("\n".join(blobs).encode() + b"\n")
    stream.write_no_more()
