"""Commits the content folder, and what else it is told to, as the person would: their identity, hooks, configuration.

What is staged elsewhere stays staged and is not committed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playbook.repository.git import GitRefused, answer, ask_git, run_git

_UNDER_WAY = (
    ("MERGE_HEAD", "a merge", "git merge --continue, or git merge --abort"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue, or git cherry-pick --abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue, or git revert --abort"),
    ("rebase-merge", "a rebase", "git rebase --continue, or git rebase --abort"),
    ("rebase-apply", "a rebase", "git rebase --continue, or git rebase --abort"),
)


class InTheWay(Exception):  # noqa: N818  (a state of the repository, and what to do about it)
    """Why no commit can be made now, in a sentence or more."""


@dataclass(frozen=True, slots=True)
class Committed:
    """A commit that was made."""

    commit: str
    """Its whole id."""
    branch: str
    """The branch that holds it; empty where none does."""
    said: str
    """What the person's hooks have said."""

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.commit[:7]


def look_around(content: Path) -> None:
    """Nothing, where a commit of the content folder can be made.

    Raises:
        InTheWay: where one cannot; nothing was changed.
        GitRefused: where there is no repository, with what git said.
    """
    if content.is_symlink() or not content.is_dir():
        reason = "is a link; links are not followed" if content.is_symlink() else "is not there"
        raise InTheWay(f"the content folder '{content.name}' {reason}")
    ask_git(content, "rev-parse", "--show-toplevel")
    conflicts = {
        line.partition("\t")[2] for line in _lines(ask_git(content, "ls-files", "--unmerged", "-z", "--", "."))
    }
    if conflicts:
        some = ", ".join(sorted(conflicts)[:5]) + (" …" if len(conflicts) > 5 else "")  # noqa: PLR2004
        raise InTheWay(f"there are conflicts in {some}; mend them, then git add them and git commit")
    for name, what, commands in _UNDER_WAY:
        if (content / answer(content, "rev-parse", "--git-path", name)).exists():
            raise InTheWay(f"{what} is under way; end it first: {commands}")
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        known = run_git(content, "var", who)
        if known.code:
            raise InTheWay(f"git does not know who you are. {_advice(known.err)}")


def commit(content: Path, message: str, also: Sequence[Path] = ()) -> Committed:
    """Adds the content folder, and such other files, and commits them, with this message.

    Raises:
        GitRefused: where git or a hook refuses, with what it said; the files are as they were, and stay staged.
    """
    paths = (".", *(os.path.relpath(path, content) for path in also))
    ask_git(content, "add", "--", *paths)
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        file = Path(folder, "message")
        file.write_text(f"{message}\n", encoding="utf-8")
        # What begins with `#` is a word of the person's, not a comment: no editor has opened.
        cleaned = ("--cleanup=whitespace", "-F", str(file))
        said = run_git(content, "commit", "--quiet", *cleaned, "--only", "--", *paths)
    told = "\n".join(part for part in (said.out.decode("utf-8", "replace").strip(), said.err) if part)
    if said.code:
        raise GitRefused(told or "git commit failed")
    return Committed(answer(content, "rev-parse", "HEAD"), branch_of(content), told)


def branch_of(content: Path) -> str:
    """The branch that a commit would go to; empty where HEAD is detached."""
    return answer(content, "symbolic-ref", "--quiet", "--short", "HEAD")


def _lines(listed: bytes) -> list[str]:
    return [line for line in listed.decode("utf-8", "replace").split("\0") if line]


def _advice(said: str) -> str:
    """The commands in git's own advice, on one line."""
    commands = [line.strip() for line in said.splitlines() if line.strip().startswith("git config")]
    return f"Run: {' && '.join(commands)}" if commands else said.splitlines()[-1] if said else ""
