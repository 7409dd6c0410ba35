"""Puts a whole site in the place of the last one: made in a folder beside it, moved when it is whole.

Knows nothing of what a site is. A build that was killed leaves its folder; the next one sweeps it up.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

AN_HOUR = 3600.0


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty folder on the same disk as `target`, of the permissions that any new folder has; gone afterwards."""
    folder = target.parent / f".{target.name}-{secrets.token_hex(8)}"
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    try:
        with _held(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace(target: Path, folder: Path) -> None:
    """Move `folder` to `target`; what was there is removed."""
    with beside(target) as aside:
        old = aside / target.name
        try:
            if target.exists():
                target.rename(old)
            folder.rename(target)
        finally:
            # Whatever came between the two (Ctrl-C, say): there is always one whole site.
            if old.exists() and not target.exists():
                old.rename(target)


def sweep(target: Path, now: float | None = None) -> None:
    """Remove the folders beside `target` whose builds were killed; `now` is the present time unless given."""
    ours = re.compile(rf"\.{re.escape(target.name)}-[0-9a-f]{{16}}\Z")
    # What cannot be looked at now is for another build; this one is done.
    with suppress(OSError):
        for folder in sorted(target.parent.iterdir()):
            is_ours = ours.match(folder.name) and not folder.is_symlink() and folder.is_dir()
            if is_ours and _is_left(folder, time.time() if now is None else now):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Holds a lock on a folder, which ends with the process however that ends."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a disk that knows no locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _is_left(folder: Path, now: float) -> bool:
    """Whether nobody works in a folder any more: no process holds it, or where that cannot be told, for an hour."""
    is_old = now - folder.stat().st_mtime > AN_HOUR
    if fcntl is None:
        return is_old
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return is_old
    else:
        # An empty one may have been made this moment, and is about to be held.
        return is_old or any(folder.iterdir())
    finally:
        os.close(handle)
