"""A tree of files to find a playbook in: on the disk here, at a git revision elsewhere.

What is found, taken and refused is the business of `files`; a tree only lists and reads.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Node(Protocol):
    """One name in a folder; `os.DirEntry` is one."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        ...

    def is_symlink(self) -> bool:
        """Whether it is a symbolic link, to whatever."""
        ...

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""
        ...

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is an ordinary file."""
        ...


class Tree(Protocol):
    """A folder and everything below it. Paths are relative to it, with `/`; the empty path is the folder itself."""

    @property
    def name(self) -> str:
        """The folder's own name."""
        ...

    def node(self, path: str) -> Node | None:
        """What lies at a path; None where nothing does."""
        ...

    def entries(self, path: str) -> Sequence[Node]:
        """What lies in a folder, sorted by name.

        Raises:
            OSError: where it cannot be listed.
        """
        ...

    def read(self, path: str, most: int) -> bytes | None:
        """The first `most` bytes of an ordinary file; None where it is none.

        Raises:
            OSError: where it cannot be read.
        """
        ...


# O_NOFOLLOW closes the moment between looking at the entry and opening it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class _Here:
    """A path on the disk as a node."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def is_symlink(self) -> bool:
        return self.path.is_symlink()

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        return self.path.is_dir() and (follow_symlinks or not self.path.is_symlink())

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        return self.path.is_file() and (follow_symlinks or not self.path.is_symlink())


@dataclass(frozen=True, slots=True)
class DiskTree:
    """A folder on the disk."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.name

    def node(self, path: str) -> Node | None:
        """What lies at a path; None where nothing does."""
        here = self.folder / path
        return _Here(here) if os.path.lexists(here) else None

    def entries(self, path: str) -> Sequence[Node]:
        """What lies in a folder, sorted by name."""
        with os.scandir(self.folder / path) as entries:
            return sorted(entries, key=lambda entry: entry.name)

    def read(self, path: str, most: int) -> bytes | None:
        """The first `most` bytes of an ordinary file."""
        handle = os.open(os.path.join(self.folder, path), _FLAGS)  # noqa: PTH118  (there are hundreds to be read)
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                return None
            # Room for `most` would be cleared for each of hundreds of small files.
            found = os.read(handle, min(most, state.st_size + 1))
            # A file may grow meanwhile, and whether it has ended only an empty piece says.
            while len(found) < most and (more := os.read(handle, most - len(found))):
                found += more
            return found
        finally:
            os.close(handle)
