"""Whether git would leave a folder out, and the line that makes it so; nothing that a repository names is started."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from playbook.history.git import GitFailed, cleaned, read_git

_NOT_IGNORED = 1
_MEANS_MORE = re.compile(r"([\\*?\[ ])")


def line_to_ignore(folder: Path, root: Path) -> tuple[str, Path] | None:
    """(the line, the .gitignore to write it into) for a folder of the repository of `root` that git would take in.

    None where git leaves it out, where it lies elsewhere, and where git cannot tell.
    """
    folder, root = folder.resolve(), root.resolve()
    top = _top(root)
    if top is None or not folder.is_relative_to(top) or folder == top or _top(folder) != top:
        return None
    if not would_take_in(folder, root):
        return None
    home = root if folder.is_relative_to(root) and folder != root else top
    return line_of(folder.relative_to(home).as_posix()), home / ".gitignore"


def line_of(folder: str) -> str:
    """The line of a .gitignore that leaves out a folder, and no other, seen from where that file lies."""
    return "/" + _MEANS_MORE.sub(r"\\\1", folder) + "/"


def would_take_in(path: Path, root: Path) -> bool:
    """Whether nothing leaves out a path of the repository that `root` lies in; False where git cannot tell."""
    # The index is not read: what was committed once is as little meant to be there.
    words, environment = cleaned(root, "check-ignore", "--quiet", "--no-index", "--", os.fspath(path.absolute()))
    # This command refuses it; a whole path is no pattern for it anyway.
    words.remove("--literal-pathspecs")
    try:
        done = subprocess.run(
            words, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == _NOT_IGNORED


def _top(folder: Path) -> Path | None:
    """The top of the working tree that a folder lies in."""
    try:
        found = read_git(folder, "rev-parse", "--show-toplevel")
    except GitFailed:
        return None
    return Path(os.fsdecode(found.removesuffix(b"\n"))).resolve()
