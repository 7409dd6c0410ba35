"""Remembers from one process to the next what each file said, by its bytes, so that only what changed is read again.

It lies in the user's own cache folder, never in the playbook's: a playbook that somebody else made could bring a file
that is trusted there. It is safe to delete, and thrown away when in doubt.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

from playbook import __version__
from playbook.load import Cache, Read
from playbook.records import KINDS, Me, Record
from playbook.source.later import LaterDocument

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not ours."""
SWITCH = "PLAYBOOK_NO_CACHE"
"""Set, nothing is remembered."""


class Remembered(Cache):
    """A cache that begins with what an earlier process read; `keep` writes it down for the next one."""

    def __init__(self, content: Path, folder: Path | None = None) -> None:
        """`content` is the folder of the YAML files, `folder` where to remember (the user's own unless given)."""
        super().__init__()
        self._file = None if os.environ.get(SWITCH) else _file_for(content, folder)
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
        beside = self._file.with_name(f".{self._file.name}-{secrets.token_hex(8)}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(_format() + pickle.dumps(good, protocol=5))
                beside.replace(self._file)
            finally:
                beside.unlink(missing_ok=True)


def _file_for(content: Path, folder: Path | None) -> Path | None:
    """Where it lies; None where the user has no such folder."""
    try:
        base = folder or Path(platformdirs.user_cache_dir("career-playbook", appauthor=False)) / "records"
        return base / hashlib.sha256(os.fsencode(content.resolve())).hexdigest()[:32]
    except (OSError, RuntimeError):
        return None


def _load(file: Path) -> dict[str, tuple[bytes, Record]]:
    """Path → (bytes, record); nothing where the file is not ours, not of this program, or damaged."""
    try:
        with file.open("rb") as stream:
            state = os.fstat(stream.fileno())
            is_ours = os.name != "posix" or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)
            if not is_ours or state.st_size > MOST_BYTES or stream.read(len(_format())) != _format():
                return {}
            found: Any = pickle.load(stream)  # noqa: S301  (written by this user alone, outside every playbook)
    except OSError:
        return {}
    except Exception:  # noqa: BLE001  (whatever a damaged file makes of it: it is read anew)
        return {}
    kinds: tuple[type[Record], ...] = (*KINDS.values(), Me)
    is_sound = isinstance(found, dict) and all(
        isinstance(path, str) and isinstance(held, tuple) and isinstance(held[0], bytes) and isinstance(held[1], kinds)
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
