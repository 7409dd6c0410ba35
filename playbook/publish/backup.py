"""Puts files, sealed, into one file, and takes them out again: the container of a backup.

Its format stands at the end of `docs/sealing.md`. Refuses to know what the files are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playbook.publish.bundle import seal
from playbook.publish.header import MOST_BYTES, read_header
from playbook.publish.keys import OwnerKey
from playbook.publish.opening import PACK_BYTES, Secret, open_source
from playbook.publish.refused import Refused

MAGIC = b"playbook-backup/1\n"
"""What a backup begins with."""
_LENGTH = 4


def seal_backup(
    files: Mapping[str, bytes],
    *,
    owner: OwnerKey,
    salt: bytes,
    iterations: int,
    seq: int,
    progress: Callable[[int, int | None], None] | None = None,
) -> bytes:
    """The files as the bytes of one file, which the owner alone opens; the same bytes for the same arguments.

    Raises:
        Refused: for a path that the format does not allow.
    """
    bundle = seal(
        files,
        owner=owner,
        recipients=(),
        salt=salt,
        iterations=iterations,
        seq=seq,
        csp="",
        outside={},
        progress=progress,
    )
    header = bundle.header
    return b"".join((MAGIC, len(header).to_bytes(_LENGTH, "big"), header, *(pack for _, pack in bundle.packs)))


def open_backup(content: bytes, secret: Secret) -> Mapping[str, bytes]:
    """The files in a backup.

    Raises:
        Refused: where a byte is not as it was sealed; `WrongSecret` where the secret does not open it.
    """
    source = _OneFile(content, *_parts(content))
    opened = open_source(source, secret)
    if source.used != set(range(source.packs)):
        raise Refused("there is more in the file than was sealed")
    return opened.files


def salt_of(content: bytes) -> bytes:
    """The salt that a backup was sealed with.

    Raises:
        Refused: where it is none, or damaged.
    """
    start, _ = _parts(content)
    return read_header(content[len(MAGIC) + _LENGTH : start]).salt


@dataclass(frozen=True, slots=True)
class _OneFile:
    content: bytes = field(repr=False)
    start: int
    """Where the packs begin."""
    packs: int
    used: set[int] = field(default_factory=set)

    def header(self) -> bytes:
        return self.content[len(MAGIC) + _LENGTH : self.start]

    def pack(self, number: int, name: str) -> bytes:
        if number >= self.packs:
            raise FileNotFoundError(name)
        self.used.add(number)
        begin = self.start + number * PACK_BYTES
        return self.content[begin : begin + PACK_BYTES]

    def outside(self, _: str) -> bytes | None:
        return None


def _parts(content: bytes) -> tuple[int, int]:
    """Where the packs begin, and how many there are."""
    if not content.startswith(MAGIC):
        raise Refused("this is no backup of a playbook")
    length = int.from_bytes(content[len(MAGIC) : len(MAGIC) + _LENGTH], "big")
    start = len(MAGIC) + _LENGTH + length
    packs, over = divmod(len(content) - start, PACK_BYTES)
    if length > MOST_BYTES or start > len(content) or over or not packs:
        raise Refused("the backup is cut off or damaged: its length is not what it was")
    return start, packs
