"""Where a playbook remembers the history that was read: one place for the site and for every command."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(".cache") / "playbook"
"""Beside mkdocs.yml; safe to delete."""


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
    return folder / "history.sqlite"
