"""What of a playbook lies beside its content folder, and what of that is not as it was committed.

Names what git knows to have changed, and of what it does not know only the playbook's own files: nothing else is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playbook.repository.git import answer, run_git


def own_beside(root: Path, content: Path, own: Sequence[str]) -> tuple[str, ...]:
    """The playbook's own files outside its content folder, as a first commit takes them along: ignored ones are not.

    Args:
        root: the playbook's folder.
        content: the content folder.
        own: files and folders below `root` that belong to a playbook.
    """
    return _listed(root, content, "--cached", "--others", "--exclude-standard", own=own)


def changed_beside(root: Path, content: Path, own: Sequence[str]) -> tuple[str, ...]:
    """The paths below `root` that a commit of the content folder leaves out, though they are not as they are staged."""
    changed = _listed(root, content, "--modified", own=(".",))
    return tuple(sorted({*changed, *_listed(root, content, "--others", "--exclude-standard", own=own)}))


def _listed(root: Path, content: Path, *options: str, own: Sequence[str]) -> tuple[str, ...]:
    top = answer(content, "rev-parse", "--show-toplevel")
    if not top or not root.resolve().is_relative_to(Path(top).resolve()):
        return ()  # the content folder is a repository of its own
    said = run_git(root, "ls-files", "-z", *options, "--", *own)
    paths = said.out.decode("utf-8", "surrogateescape").split("\0") if not said.code else ()
    kept = {path for path in paths if path and not (root / path).is_symlink()}
    return tuple(sorted(path for path in kept if not (root / path).is_relative_to(content)))
