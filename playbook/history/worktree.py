"""Finds what differs on the disk from the last commit, by hashing: `git status` would start what a repository names."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from playbook.history.commits import KINDS


def changed_files(content: Path, blobs: Mapping[str, str], algorithm: str) -> Iterator[tuple[str, bytes | None]]:
    """(path below the content folder, what it holds now, None where it is gone) of each checklist file that differs.

    Args:
        content: the folder.
        blobs: path → the id of what the last commit has there.
        algorithm: the hash that makes ids, `sha1` or `sha256`.
    """
    here = dict(_files(content))
    for path in sorted(here.keys() | blobs.keys()):
        if path not in here:
            yield path, None
            continue
        text = _bytes(here[path])
        if text is not None and blob_id(text, algorithm) != blobs.get(path):
            yield path, text


def blob_id(text: bytes, algorithm: str) -> str:
    """The id that git would give to a file with these bytes."""
    return hashlib.new(algorithm, b"blob %d\0" % len(text) + text, usedforsecurity=False).hexdigest()


def _files(content: Path) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        try:
            with os.scandir(content / kind) as entries:
                for entry in entries:
                    if entry.name.endswith(".yml") and entry.name[0] != "." and entry.is_file(follow_symlinks=False):
                        yield f"{kind}/{entry.name}", entry.path
        except OSError:
            continue


def _bytes(path: str) -> bytes | None:
    """None for what cannot be read just now: it counts as unchanged."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            return stream.read() if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else None
    except OSError:
        return None
