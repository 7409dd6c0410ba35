"""What a commit would hold: the content folder at HEAD against the index, file by file.

The index is the one that is there (for a hook), or a copy into which the folder is added (for a look ahead): the copy,
and the objects that adding makes, lie in a folder of their own and go with it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playbook.history.blobs import BATCH, BatchReader
from playbook.repository.git import answer, ask_git, run_git

_NOTHING = ""
_FILES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file that a commit would change."""

    path: str
    """Below the content folder."""
    before: bytes | None
    """What it holds at HEAD; None where it is not there, and for what is no text of ours."""
    after: bytes | None
    """What it would hold; None where it would be gone."""
    change: str
    """`added`, `changed` or `removed`."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What a commit of the content folder would hold."""

    files: tuple[StagedFile, ...]
    """Sorted by path."""
    is_first: bool
    """Whether there is no commit yet."""
    before: Mapping[str, bytes]
    """Every YAML file at HEAD that is not as it will be."""
    after: Mapping[str, bytes]


def read_staged(content: Path, more: Mapping[str, str] | None = None) -> Staged:
    """What the index has that HEAD has not.

    Args:
        content: the content folder.
        more: for git's environment: another index, say.

    Raises:
        GitRefused: where git cannot tell.
    """
    is_first = run_git(content, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").code != 0
    old = {} if is_first else _listed(ask_git(content, "ls-tree", "-r", "-z", "HEAD", "--", "."), object_at=2)
    new = _listed(ask_git(content, "ls-files", "--stage", "-z", "--", ".", more=more), object_at=1)
    paths = [path for path in sorted(old.keys() | new.keys()) if old.get(path) != new.get(path)]
    wanted = {
        blob
        for path in paths
        for mode, blob in (old.get(path, (_NOTHING, _NOTHING)), new.get(path, (_NOTHING, _NOTHING)))
        if path.endswith(".yml") and mode in _FILES
    }
    texts = _blobs(content, sorted(wanted), more)
    files = tuple(_file(path, old.get(path), new.get(path), texts) for path in paths)
    return Staged(
        files,
        is_first,
        {file.path: file.before for file in files if file.before is not None},
        {file.path: file.after for file in files if file.after is not None},
    )


@contextmanager
def looked_ahead(content: Path) -> Iterator[Mapping[str, str]]:
    """The environment of an index with all of the content folder in it, for as long as it is looked at.

    Raises:
        GitRefused: where the folder cannot be added; nothing was changed then either.
    """
    index, objects = _path(content, "index"), _path(content, "objects")
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        copy = Path(folder, "index")
        if index.exists():
            shutil.copyfile(index, copy)
        own = Path(folder, "objects")
        own.mkdir()
        more = {
            "GIT_INDEX_FILE": str(copy),
            "GIT_OBJECT_DIRECTORY": str(own),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(objects),
        }
        ask_git(content, "add", "--", ".", more=more)
        yield more


def staged_elsewhere(content: Path) -> tuple[str, ...]:
    """The paths of staged files that do not lie in the content folder, as git shows them from the top."""
    prefix = answer(content, "rev-parse", "--show-prefix")
    if run_git(content, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").code:
        listed = ask_git(
            content, "ls-files", "-z", "--full-name", "--", answer(content, "rev-parse", "--show-toplevel")
        )
    else:
        listed = ask_git(content, "diff-index", "--cached", "--name-only", "--no-renames", "-z", "HEAD")
    paths = (path for path in listed.decode("utf-8", "surrogateescape").split("\0") if path)
    return tuple(sorted(path for path in paths if not path.startswith(prefix)))


def _listed(listed: bytes, *, object_at: int) -> dict[str, tuple[str, str]]:
    """Path → (mode, object) of `ls-tree -z` or `ls-files --stage -z`."""
    found = {}
    for line in listed.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            parts = about.decode("ascii").split()
            found[path.decode("utf-8", "surrogateescape")] = (parts[0], parts[object_at])
    return found


def _file(
    path: str, old: tuple[str, str] | None, new: tuple[str, str] | None, texts: Mapping[str, bytes]
) -> StagedFile:
    change = "added" if old is None else "removed" if new is None else "changed"
    before, after = (None if one is None or not path.endswith(".yml") else texts.get(one[1]) for one in (old, new))
    return StagedFile(path, before, after, change)


def _blobs(content: Path, blobs: list[str], more: Mapping[str, str] | None) -> dict[str, bytes]:
    if not blobs:
        return {}
    answered = ask_git(content, "cat-file", *BATCH, more=more, stdin="\n".join(blobs).encode() + b"\n")
    return dict(zip(blobs, BatchReader().feed(answered), strict=True))


def _path(content: Path, name: str) -> Path:
    return (content / answer(content, "rev-parse", "--git-path", name)).resolve()


def _quoted(path: Path) -> str:
    """A path for a list of paths: git takes one in double quotes for what it is, colons and all."""
    text = str(path)
    if os.pathsep not in text and not text.startswith('"'):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
