"""Opens a sealed site: the files in it, or one sentence that says why not.

Refuses to know what a folder is: it is given a way to read, and writes nothing.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from playbook.publish import keys
from playbook.publish.bundle import HEADER, PACK, pack_aad
from playbook.publish.header import IV_BYTES, Header, read_header
from playbook.publish.index import MOST_BYTES, Index, Placed, read_index
from playbook.publish.outside import FRAME
from playbook.publish.refused import Refused, WrongSecret

Read = Callable[[str], bytes]
"""Path below the sealed folder → content; `FileNotFoundError` (or a mapping's `KeyError`) where nothing is."""

PACK_BYTES = IV_BYTES + PACK + 16


@dataclass(frozen=True, slots=True)
class LinkSecret:
    """The 16 bytes of a link."""

    secret: bytes = field(repr=False)


Secret = str | LinkSecret | bytes
"""A passphrase, what a link holds, or a master key that was derived already."""


class Source(Protocol):
    """Where a sealed site lies."""

    def header(self) -> bytes:
        """The bytes of the header."""

    def pack(self, number: int, name: str) -> bytes:
        """The bytes of one pack.

        Raises:
            FileNotFoundError: where it is not there.
        """

    def outside(self, name: str) -> bytes | None:
        """A file that lies in the clear; None where nobody can say."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed."""

    files: Mapping[str, bytes] = field(repr=False)
    seq: int
    csp: str
    site_url: str
    strange: tuple[str, ...]
    """The files in the clear that are not as they were published; what is sealed is as it was."""


@dataclass(frozen=True, slots=True)
class _Folder:
    read: Read

    def header(self) -> bytes:
        return self._there(HEADER)

    def pack(self, _: int, name: str) -> bytes:
        return self._there(f"d/{name}")

    def outside(self, name: str) -> bytes | None:
        return None if name == FRAME else self._there(name)

    def _there(self, name: str) -> bytes:
        try:
            return self.read(name)
        except KeyError:
            raise FileNotFoundError(name) from None


def open_bundle(read: Read, secret: Secret) -> Opened:
    """The files of a sealed folder.

    Raises:
        Refused: where a byte is not as it was sealed; `WrongSecret` where the secret opens no slot.
    """
    return open_source(_Folder(read), secret)


def open_source(source: Source, secret: Secret) -> Opened:
    """The files of a sealed site, wherever it lies.

    Raises:
        Refused: where a byte is not as it was sealed; `WrongSecret` where the secret opens no slot.
    """
    try:
        content = source.header()
    except FileNotFoundError:
        raise Refused("there is no sealed site: the header (h.json) is missing") from None
    header = read_header(content)
    data_key = header.open(keys.wrap_key(_master(secret, header), header.salt))
    if data_key is None:
        what = "the link" if isinstance(secret, LinkSecret) else "the passphrase"
        raise WrongSecret(f"{what} does not open it; or the header (h.json) was changed")
    packs = _Packs(source, keys.PackKeys.of(data_key), content)
    index, start = packs.index()
    files = packs.files(index, start)
    return Opened(files, index.seq, index.csp, index.site_url, tuple(_strange(source, index.outside)))


def _master(secret: Secret, header: Header) -> bytes:
    if isinstance(secret, LinkSecret):
        return keys.master_of_link(secret.secret, header.salt)
    if isinstance(secret, bytes):
        return secret
    return keys.master_of_passphrase(secret, header.salt, header.iterations)


@dataclass(frozen=True, slots=True)
class _Packs:
    """The packs of one source under one key."""

    source: Source
    keys: keys.PackKeys
    header: bytes

    def plain(self, number: int) -> bytes:
        """What one pack holds."""
        try:
            pack = self.source.pack(number, self.keys.name_of(number))
        except FileNotFoundError:
            raise Refused(
                f"pack {number + 1} is missing; a part of the folder is from another publish, or lost"
            ) from None
        if len(pack) != PACK_BYTES:
            raise Refused(f"pack {number + 1} has {len(pack):,} bytes and not {PACK_BYTES:,}; it is cut off or damaged")
        try:
            return AESGCM(self.keys.pack).decrypt(pack[:IV_BYTES], pack[IV_BYTES:], pack_aad(number, self.header))
        except InvalidTag:
            raise Refused(
                f"pack {number + 1} or the header (h.json) was changed: they are not what was sealed together"
            ) from None

    def index(self) -> tuple[Index, int]:
        """The index, and where in the stream the records begin."""
        stream = bytearray(self.plain(0))
        end = 4 + int.from_bytes(stream[:4], "big")
        if end > MOST_BYTES:
            raise Refused("the list of files in it cannot be read")
        number = 1
        while len(stream) < end:
            stream += self.plain(number)
            number += 1
        return read_index(_unpack(bytes(stream[4:end]), None)), end

    def files(self, index: Index, start: int) -> dict[str, bytes]:
        """Every file, from a stream that is there to its last pack."""
        stream = b"".join(self.plain(number) for number in range(index.packs))
        found = {}
        for path, placed in index.files.items():
            begin = start + placed.offset
            record = stream[begin : begin + placed.stored]
            if len(record) != placed.stored:
                raise Refused("the list of files in it leads past its end")
            found[path] = _content(record, placed)
        return found


def _content(record: bytes, placed: Placed) -> bytes:
    content = _unpack(record, placed.length) if placed.packed else record
    if len(content) != placed.length:
        raise Refused("a file in it is not as long as its list says")
    return content


def _unpack(packed: bytes, length: int | None) -> bytes:
    most = MOST_BYTES if length is None else min(length, MOST_BYTES)
    stretcher = zlib.decompressobj(31)
    try:
        # One byte more than there may be shows that there are more, without making them all.
        content = stretcher.decompress(packed, most + 1)
    except zlib.error:
        raise Refused("a file in it cannot be decompressed") from None
    if len(content) > most or not stretcher.eof or stretcher.unused_data:
        raise Refused("a file in it is not as long as its list says")
    return content


def _strange(source: Source, outside: Mapping[str, str]) -> Iterator[str]:
    for name, digest in sorted(outside.items()):
        try:
            content = source.outside(name)
        except FileNotFoundError:
            content = b"\0"
        if content is not None and hashlib.sha256(content).hexdigest() != digest:
            yield name
