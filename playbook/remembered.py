"""Remembers from one process to the next what each file said, by its bytes, so that only what changed is read again.

It lies where `own_cache` keeps things, for it is trusted; it is safe to delete, and thrown away when in doubt.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from pathlib import Path
from typing import Any

from playbook import __version__
from playbook.load import Cache, Read
from playbook.own_cache import drop, keep, kept_about, read_kept
from playbook.records import KINDS, Me, Record
from playbook.source.later import LaterDocument

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not ours."""


ROOM = "records"


class Remembered(Cache):
    """A cache that begins with what an earlier process read; `keep` writes it down for the next one."""

    def __init__(self, content: Path, folder: Path | None = None) -> None:
        """`content` is the folder of the YAML files, `folder` where to remember (the user's own unless given)."""
        super().__init__()
        self._file = kept_about(content, ROOM, folder)
        self._known: dict[str, bytes] = {}
        if self._file is not None:
            for path, (held, record) in _load(self._file).items():
                self.read[path] = (held, Read(LaterDocument(path, held), record, ()))
                self._known[path] = held

    def keep(self) -> None:
        """Write down what was read, if anything of it is new; a disk that cannot hold it is no matter."""
        good = {
            path: (held, read.record)
            for path, (held, read) in self.read.items()
            if read.record is not None and not read.problems
        }
        if self._file is None or {path: held for path, (held, _) in good.items()} == self._known:
            return
        keep(self._file, _format() + pickle.dumps(good, protocol=5))


def drop_remembered(content: Path) -> Path | None:
    """Take away what was remembered of a folder: where it was, None for nothing."""
    return drop(content, ROOM)


def _load(file: Path) -> dict[str, tuple[bytes, Record]]:
    """Path → (bytes, record); nothing where the file is not ours, not of this program, or damaged."""
    content, begin = read_kept(file, MOST_BYTES), _format()
    if content is None or not content.startswith(begin):
        return {}
    try:
        found: Any = pickle.loads(memoryview(content)[len(begin) :])  # noqa: S301  (written by this user alone)
    except Exception:  # noqa: BLE001  (whatever a damaged file makes of it: it is read anew)
        return {}
    kinds: tuple[type[Record], ...] = (*KINDS.values(), Me)
    is_sound = isinstance(found, dict) and all(
        isinstance(path, str)
        and isinstance(held, tuple)
        and len(held) == 2  # noqa: PLR2004  (the bytes, and what they said)
        and isinstance(held[0], bytes)
        and isinstance(held[1], kinds)
        for path, held in found.items()
    )
    return found if is_sound else {}


def _format() -> bytes:
    """What a file must begin with: the program, and the rules that records were read by."""
    said = [__version__, sys.version]
    for room in ("records", "source"):
        for path in sorted((Path(__file__).parent / room).glob("*.py")):
            state = path.stat()
            said.append(f"{path.name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(said).encode()).digest()
