"""Where a playbook remembers the history that was read: one place for the site and for every command."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(".cache") / "playbook"
"""Beside mkdocs.yml; safe to delete."""
NAME = "history.sqlite"


def cache_file(root: Path) -> Path | None:
    """The cache of the playbook in a folder, kept out of version control; None where nothing can be written."""
    folder = root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
    except OSError:
        return None
    return folder / NAME


def drop_cache(root: Path) -> Path | None:
    """Take away what is remembered of the history: where it was, None for nothing. It is read from git again."""
    file = root / FOLDER / NAME
    try:
        found = file.is_file()
        for part in ("", "-wal", "-shm", "-journal"):
            file.with_name(NAME + part).unlink(missing_ok=True)
    except OSError:
        return None
    return file if found else None
