"""Files in the user's own cache folder, about a place on the disk: read only where they are this user's, written whole.

Never in a playbook's folder: one that somebody else made could bring a file that is trusted there. Safe to delete, and
whoever keeps something here must do without it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

SWITCH = "PLAYBOOK_NO_CACHE"
"""Set, nothing is kept, and nothing that was kept is read."""


def kept_about(place: Path, room: str, folder: Path | None = None) -> Path | None:
    """Where a room keeps what it knows about a place (below `folder`, unless the user's own); None for nowhere."""
    if os.environ.get(SWITCH):
        return None
    try:
        return (folder or _own_folder() / room) / hashlib.sha256(os.fsencode(place.resolve())).hexdigest()[:32]
    except (OSError, RuntimeError):
        return None


def read_kept(file: Path, most: int) -> bytes | None:
    """What is kept there; None where nothing is, it is larger than `most`, or others may have written it."""
    try:
        with file.open("rb") as stream:
            state = os.fstat(stream.fileno())
            is_ours = os.name != "posix" or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)
            return stream.read() if is_ours and state.st_size <= most else None
    except OSError:
        return None


def keep(file: Path, content: bytes) -> None:
    """Write it, whole or not at all; a disk that cannot hold it is no matter."""
    beside = file.with_name(f".{file.name}-{os.urandom(8).hex()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def _own_folder() -> Path:
    import platformdirs  # noqa: PLC0415  (slow to import, and some ask for a folder of their own)

    return Path(platformdirs.user_cache_dir("career-playbook", appauthor=False))
