"""Files in the user's own cache folder, about a place on the disk: read only where they are this user's and whole.

Never in a playbook's folder: one that somebody else made could bring a file that is trusted there. Safe to delete, and
whoever keeps something here must do without it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

SWITCH = "PLAYBOOK_NO_CACHE"
"""Set, nothing is kept, and nothing that was kept is read."""
LONGEST = 90 * 24 * 60 * 60
"""Seconds after which what nobody has written anew is taken away."""
_SEAL_BYTES = 32
# A link may lead to what somebody else made this user save; a pipe would be waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def kept_about(place: Path, room: str, folder: Path | None = None) -> Path | None:
    """Where a room keeps what it knows about a place (below `folder`, unless the user's own); None for nowhere."""
    if os.environ.get(SWITCH):
        return None
    try:
        return _file_about(place, folder or _own_folder() / room)
    except (OSError, RuntimeError):
        return None


def read_kept(file: Path, most: int) -> bytes | None:
    """What is kept there; None where nothing is, it is damaged or larger than `most`, or others may have written it."""
    try:
        handle = os.open(file, _FLAGS)
    except OSError:
        return None
    try:
        state = os.fstat(handle)
        is_ours = os.name != "posix" or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)
        if not stat.S_ISREG(state.st_mode) or not is_ours or state.st_size > most:
            return None
        with os.fdopen(handle, "rb", closefd=False) as stream:
            seal, content = stream.read(_SEAL_BYTES), stream.read()
    except OSError:
        return None
    finally:
        os.close(handle)
    return content if seal == _seal(content) else None


def keep(file: Path, content: bytes) -> None:
    """Write it, whole or not at all; a disk that cannot hold it is no matter."""
    beside = file.with_name(f".{file.name}-{os.urandom(8).hex()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(_seal(content) + content)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
        _clear(file.parent, file.stat().st_mtime)


def drop(place: Path, room: str) -> Path | None:
    """Take away what a room keeps about a place, even if nothing is kept just now: where it was, None for nothing."""
    try:
        file = _file_about(place, _own_folder() / room)
        file.unlink()
    except (OSError, RuntimeError):
        return None
    return file


def _file_about(place: Path, folder: Path) -> Path:
    return folder / hashlib.sha256(os.fsencode(place.resolve())).hexdigest()[:32]


def _clear(room: Path, now: float) -> None:
    """Take away what was written long ago: most is about folders that are gone, the rest is soon written again."""
    long_ago = now - LONGEST
    for one in os.scandir(room):
        with suppress(OSError):
            if one.is_file(follow_symlinks=False) and one.stat(follow_symlinks=False).st_mtime < long_ago:
                Path(one).unlink()


def _seal(content: bytes) -> bytes:
    """What tells a byte that the disk has changed; it is no secret, and keeps nobody out."""
    return hashlib.blake2b(content, digest_size=_SEAL_BYTES).digest()


def _own_folder() -> Path:
    import platformdirs  # noqa: PLC0415  (slow to import, and some ask for a folder of their own)

    return Path(platformdirs.user_cache_dir("career-playbook", appauthor=False))
