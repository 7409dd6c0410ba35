"""The history of the checklists for a build: read once, and again only when a commit or a file is another one.

Beside it the address that a commit has on the web, where one is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook.history.clock import moment_on
from playbook.history.keeping import cache_file
from playbook.history.reading import read_history
from playbook.history.remote import commit_address, remote_of
from playbook.history.repository import NoHistory, find_repository
from playbook.history.timeline import Timeline
from playbook.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Former:
    """The content as a commit has it, in place of the files on the disk."""

    tree: Tree
    commit: str
    """The whole id."""
    read_files: Callable[[str], Mapping[str, bytes]]
    """Path → bytes of every file below a folder of the tree."""


class Past:
    """The history as it was last read; it outlives a rebuild in `serve`."""

    def __init__(self) -> None:
        self._key: object = None
        self._read: Timeline | NoHistory | None = None
        self._directory: Path | None = None

    def read(
        self, content: Path, root: Path, today: dt.date, *, is_present: bool = True, tip: str = ""
    ) -> Timeline | NoHistory:
        """What happened to the checklists below `content`, or why that is not known.

        Args:
            content: the content folder.
            root: the playbook's folder, where what was read is remembered.
            today: the day that the site speaks of.
            is_present: whether that is the day it is.
            tip: the commit to end with; empty for the files on the disk.
        """
        repository = find_repository(content)
        if isinstance(repository, NoHistory):
            self._key, self._read, self._directory = None, None, None
            return repository
        self._directory = repository.directory
        key = (repository, today, tip, _files(content))
        if self._read is None or key != self._key:
            # The day's end, not the hour: two builds of one day are the same.
            now = dt.datetime.combine(today, dt.time(23, 59, 59), dt.UTC) if is_present else moment_on(content, today)
            self._read = read_history(content, cache=None if tip else cache_file(root), tip=tip, now=now)
            self._key = key
        return self._read

    def commit_url(self, page: str) -> str:
        """What a commit's id is put behind to look at it on the web; empty where that is not known.

        Args:
            page: the repository's page, where mkdocs.yml names it; else its remote is asked.
        """
        if page:
            return commit_address(page, is_web=True)
        return "" if self._directory is None else commit_address(remote_of(self._directory))


def watched(content: Path) -> list[str]:
    """The file that is another one after each commit; nothing where there is none (yet)."""
    repository = find_repository(content)
    log = None if isinstance(repository, NoHistory) else repository.directory / "logs" / "HEAD"
    return [str(log)] if log is not None and log.is_file() else []


def _files(content: Path) -> tuple[tuple[str, int, int], ...]:
    """(path, time, size) of every file that may hold a checklist."""
    found = []
    for file in sorted(content.glob("*/*.yml")):
        try:
            about = file.stat()
        except OSError:
            continue
        found.append((str(file), about.st_mtime_ns, about.st_size))
    return tuple(found)
