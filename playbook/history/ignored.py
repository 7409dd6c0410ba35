"""Whether git would leave a folder out, asked of git without starting anything that a repository names."""

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
    # The index is not read: what was committed once is as little meant to be there.
    words, environment = cleaned(root, "check-ignore", "--quiet", "--no-index", "--", os.fspath(folder))
    # This command refuses it; a whole path is no pattern for it anyway.
    words.remove("--literal-pathspecs")
    try:
        done = subprocess.run(
            words, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return None
    if done.returncode != _NOT_IGNORED:
        return None
    home = root if folder.is_relative_to(root) and folder != root else top
    pattern = _MEANS_MORE.sub(r"\\\1", folder.relative_to(home).as_posix())
    return f"/{pattern}/", home / ".gitignore"


def _top(folder: Path) -> Path | None:
    """The top of the working tree that a folder lies in."""
    try:
        found = read_git(folder, "rev-parse", "--show-toplevel")
    except GitFailed:
        return None
    return Path(os.fsdecode(found.removesuffix(b"\n"))).resolve()
