"""A terminal for tests: what a program prints on one, and what somebody types into it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PLAYBOOK = ("-m", "playbook")


def on_a_terminal(
    folder: Path,
    *arguments: str,
    columns: int = 80,
    environment: Mapping[str, str] | None = None,
    typed: str = "",
    program: tuple[str, ...] = PLAYBOOK,
) -> str:
    """What `playbook` (or another Python program) prints on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), **(environment or {})}
    env = {key: value for key, value in env.items() if key != "NO_COLOR" or key in (environment or {})}
    child = subprocess.Popen(
        [sys.executable, *program, *arguments], cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    printed = b""
    while chunk := _read(ours):
        printed += chunk
    os.close(ours)
    assert child.wait() in (0, 1), printed
    return printed.decode().replace("\r\n", "\n")


def plain(text: str) -> str:
    """The text without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody holds the other end any more
        return b""
