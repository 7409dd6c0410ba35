"""The names that a repository has for its commits."""

from __future__ import annotations

from pathlib import Path

from playbook.history.git import GitFailed, read_git


def known_names(folder: Path) -> tuple[str, ...]:
    """Every branch and tag of the repository that a folder is in; none where git does not answer."""
    try:
        listed = read_git(folder, "rev-parse", "--symbolic", "--branches", "--tags")
    except GitFailed:
        return ()
    return tuple(sorted(set(listed.decode("utf-8", "replace").splitlines())))
