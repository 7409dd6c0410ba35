"""Seals the files of a site into packs of one size, and opens them again, as `docs/sealing.md` says.

Refuses to know what the files are, where they come from and where the bundle goes.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from playbook.publish.header import MOST_RECIPIENTS, make_header
from playbook.publish.index import Index, Placed, odd_path
from playbook.publish.keys import LABEL, OwnerKey, PackKeys, Recipient, data_key
from playbook.publish.outside import FRAME, digests, outside_files, page_frame
from playbook.publish.refused import Refused

PACK = 131_072
"""How many bytes of the stream one pack holds."""
HEADER = "h.json"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A sealed site."""

    header: bytes
    packs: tuple[tuple[str, bytes], ...] = field(repr=False)
    """(name, content) in the order of the stream."""
    outside: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What lies beside them in the clear, the same for everybody: the loader and its scripts."""

    def files(self) -> dict[str, bytes]:
        """Everything that lies in the folder: path → content."""
        return {**self.outside, HEADER: self.header, **{f"d/{name}": pack for name, pack in self.packs}}


def seal(
    files: Mapping[str, bytes],
    *,
    owner: OwnerKey,
    recipients: Sequence[Recipient],
    salt: bytes,
    iterations: int,
    seq: int,
    csp: str,
    site_url: str = "",
    outside: Mapping[str, bytes] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Bundle:
    """The files, readable for the owner and the recipients and nobody else; the same bytes for the same arguments.

    Args:
        files: path → content of the built site.
        owner: the owner's keys, made with the salt and the iterations that stand in the header.
        recipients: up to eight others.
        salt: of the playbook.
        iterations: of the playbook.
        seq: how many commits lead to what is published; a reader refuses a lower one than it has seen.
        csp: the content-security policy to answer with.
        site_url: the address the site was built for.
        outside: the files that lie beside the packs in the clear; the loader that comes with the program unless said.
        progress: told (files compressed, files in all).

    Raises:
        Refused: for a path that the format does not allow, too many recipients, or two with the same key.
    """
    wraps = [owner.wrap, *(recipient.wrap for recipient in recipients)]
    if len(recipients) > MOST_RECIPIENTS:
        raise Refused(f"a site is sealed for up to {MOST_RECIPIENTS} recipients; here are {len(recipients)}")
    if len(set(wraps)) < len(wraps):
        raise Refused("two of those it is sealed for have the same passphrase; give each their own")
    odd = odd_path(files)
    if odd is not None:
        raise Refused(f"a file of the site cannot be sealed under its name: {odd!r}")
    beside = outside_files() if outside is None else outside
    # With the loader that comes with the program there is a page of one file too.
    told = digests({**beside, FRAME: page_frame()} if outside is None else beside)
    stream = _stream(files, seq, csp, site_url, told, progress)
    key = data_key(owner.own, stream, wraps)
    header = make_header(key, owner, recipients, salt, iterations).content
    return Bundle(header, tuple(_packs(stream, PackKeys.of(key), header)), dict(beside))


def pack_aad(number: int, header: bytes) -> bytes:
    """What a pack is bound to: its place in the stream, and every byte of the header."""
    return LABEL + b"pack %d " % number + hashlib.sha256(header).hexdigest().encode()


def _packs(stream: bytes, keys: PackKeys, header: bytes) -> Iterator[tuple[str, bytes]]:
    cipher = AESGCM(keys.pack)
    for number in range(len(stream) // PACK):
        plain = stream[number * PACK : (number + 1) * PACK]
        aad = pack_aad(number, header)
        iv = keys.iv_of(aad, plain)
        yield keys.name_of(number), iv + cipher.encrypt(iv, plain, aad)


def _stream(
    files: Mapping[str, bytes],
    seq: int,
    csp: str,
    site_url: str,
    outside: Mapping[str, str],
    progress: Callable[[int, int | None], None] | None,
) -> bytes:
    paths = sorted(files, key=_reading_order)
    placed: dict[str, Placed] = {}
    records: list[bytes] = []
    offset = 0
    # zlib lets go of the interpreter's lock, and map keeps the order: threads change the time and nothing else.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done, (path, record) in enumerate(
            zip(paths, pool.map(_record, (files[path] for path in paths)), strict=True), 1
        ):
            length = len(files[path])
            placed[path] = Placed(offset, len(record), len(record) < length, length)
            records.append(record)
            offset += len(record)
            if progress is not None:
                progress(done, len(paths))
    packs = needed = 1
    index = b""
    # The index says how many packs there are, and counts among what fills them. Should a greater number have made it
    # shorter across a border, one pack is all zeros.
    while not index or needed > packs:
        packs = needed
        index = gzip(Index(seq, packs, csp, site_url, outside, placed).content)
        needed = -(-(4 + len(index) + offset) // PACK)
    content = (len(index).to_bytes(4, "big"), index, *records)
    return b"".join((*content, bytes(packs * PACK - 4 - len(index) - offset)))


def _record(content: bytes) -> bytes:
    packed = gzip(content)
    return packed if len(packed) < len(content) else content


def gzip(content: bytes) -> bytes:
    """The content as gzip, the same wherever and whenever it is made with one zlib."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = bytearray(squeezer.compress(content) + squeezer.flush())
    packed[9] = 255  # the operating system; time is 0 already
    return bytes(packed)


def _reading_order(path: str) -> tuple[int, str]:
    """What a browser asks for first lies first, so that few packs show the first page."""
    suffix = PurePosixPath(path).suffix
    if path == "index.html":
        return 0, path
    if suffix in (".css", ".js") and "/workers/" not in path and "/lunr/" not in path:
        return 1, path
    if path in ("404.html", "sitemap.xml") or "favicon" in path:
        return 2, path
    if "/workers/" in path:
        return 3, path
    if suffix == ".html":
        return 4, path
    return (5 if path.startswith("search/") else 6), path
