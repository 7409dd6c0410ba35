"""How a publish tells what it is doing and why it stops, and where plain text lies meanwhile."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  (a folder of its own in it, closed to others)
_ROOM = 1 << 28
"""Bytes that must be free in memory before a site is built there."""


class Stopped(Exception):  # noqa: N818  (its lines say why)
    """Nothing is published, for what these lines say."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@contextmanager
def watched(what: str) -> Iterator[None]:
    """Says on a terminal what is being done; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder for plain text that nobody else can look into, in memory where there is room; gone afterwards.

    One that a killed process has left is swept up by the next.
    """
    from site_plugins.swapping import beside, sweep

    home = _MEMORY if _has_room(_MEMORY) else Path(tempfile.gettempdir())
    target = home / f"playbook-{os.getuid() if hasattr(os, 'getuid') else 'site'}"
    sweep(target)
    before = os.umask(0o077)
    try:
        with beside(target) as folder:
            yield folder
    finally:
        os.umask(before)


def _has_room(folder: Path) -> bool:
    try:
        left = os.statvfs(folder)
    except (OSError, AttributeError):
        return False
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) and left.f_bavail * left.f_frsize >= _ROOM
