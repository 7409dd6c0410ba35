"""The index of a sealed site: where in the stream each file lies, and what a browser needs to answer with it.

Refuses to know how the stream is encrypted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from playbook.publish.header import to_json
from playbook.publish.refused import Refused

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}
"""Extension → content type. What is not listed is answered as `application/octet-stream`."""

MOST_BYTES = 1 << 28
"""The longest index and the longest file that is unpacked."""

_ODD = re.compile(r"[\x00-\x1f\x7f\\]|\A[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one file lies."""

    offset: int
    """From the first byte after the index."""
    stored: int
    packed: bool
    length: int


@dataclass(frozen=True, slots=True)
class Index:
    """What the index says."""

    seq: int
    packs: int
    csp: str
    site_url: str
    outside: Mapping[str, str]
    files: Mapping[str, Placed]

    @property
    def content(self) -> bytes:
        """The index as JSON, before it is compressed."""
        suffixes = {PurePosixPath(path).suffix.lower() for path in self.files}
        return to_json(
            {
                "csp": self.csp,
                "files": {
                    path: [placed.offset, placed.stored, int(placed.packed), placed.length]
                    for path, placed in self.files.items()
                },
                "outside": dict(self.outside),
                "packs": self.packs,
                "seq": self.seq,
                "site_url": self.site_url,
                "types": {suffix: kind for suffix, kind in TYPES.items() if suffix in suffixes},
                "v": 1,
            }
        )


def read_index(content: bytes) -> Index:
    """The index in this JSON.

    Raises:
        Refused: where it is none, or names a path that leads out of a folder.
    """
    try:
        tree: Any = json.loads(content)
        index = Index(
            _count(tree["seq"]),
            _count(tree["packs"]),
            _text(tree["csp"]),
            _text(tree["site_url"]),
            {_text(name): _text(digest) for name, digest in tree["outside"].items()},
            {_text(path): _placed(numbers) for path, numbers in tree["files"].items()},
        )
        known = tree["v"] == 1
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused("the list of files in it cannot be read") from None
    if not known:
        raise Refused("the list of files in it is of a format that this version of the program does not know")
    odd = odd_path(index.files)
    if odd is not None:
        raise Refused("a path in its list of files would lead out of the folder; nothing was written")
    return index


def odd_path(paths: Iterable[str]) -> str | None:
    """The first path that the format does not allow: not relative, not plain, or the folder of another one."""
    known = set(paths)
    folders = {str(parent) for path in known for parent in PurePosixPath(path).parents}
    return next((path for path in sorted(known) if path in folders or not _is_plain(path)), None)


def _is_plain(path: str) -> bool:
    return not _ODD.search(path) and all(part not in ("", ".", "..") for part in path.split("/")) and _has_bytes(path)


def _has_bytes(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:  # half of a pair, from a name on the disk that is no UTF-8
        return False
    return True


def _placed(numbers: Any) -> Placed:
    offset, stored, packed, length = numbers
    if packed not in (0, 1):
        raise ValueError("neither packed nor not")
    return Placed(_count(offset), _count(stored), bool(packed), _count(length))


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no count")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004  (one kind of mistake for whoever reads)
    return value
