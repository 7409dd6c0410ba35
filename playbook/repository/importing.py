"""Makes a repository out of files and days: for an example, or a test; never where there is one already."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from playbook.repository.git import ask_git

_QUIET = ("-c", f"core.hooksPath={os.devnull}")
Commit = tuple[dt.date, str, Mapping[str, bytes]]
"""(day, subject, path below the folder → what it holds from then on)."""


def make_repository(folder: Path, commits: Iterable[Commit], *, author: str) -> None:
    """A repository in `folder` with these commits, the last of which is checked out.

    Files that lie there stay as they are; the same commits make the same ids.

    Args:
        folder: with or without files, in no repository of its own.
        commits: oldest first, each at noon (UTC) of its day.
        author: `Mara Tamm <mara@example.org>`.

    Raises:
        GitRefused: where git is missing, or refuses.
        FileExistsError: where there is a repository.
    """
    if (folder / ".git").exists():
        raise FileExistsError(f"'{folder}' is a repository already")
    ask_git(folder, *_QUIET, "init", "--quiet", "--template=", "--initial-branch=main")
    ask_git(folder, *_QUIET, "fast-import", "--quiet", stdin=b"".join(_stream(commits, author)))
    ask_git(folder, *_QUIET, "read-tree", "HEAD")


def _stream(commits: Iterable[Commit], author: str) -> Iterable[bytes]:
    for day, subject, files in commits:
        seconds = int(dt.datetime.combine(day, dt.time(12), dt.UTC).timestamp())
        said = subject.encode()
        yield f"commit refs/heads/main\nauthor {author} {seconds} +0000\n".encode()
        yield f"committer {author} {seconds} +0000\n".encode()
        yield b"data %d\n%s\n" % (len(said), said)
        for path, content in sorted(files.items()):
            yield b'M 100644 inline "%s"\ndata %d\n%s\n' % (_quoted(path), len(content), content)


def _quoted(path: str) -> bytes:
    return path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").encode("utf-8", "surrogateescape")
