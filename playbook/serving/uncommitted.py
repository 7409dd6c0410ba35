"""What a commit of the content folder would hold, and that commit: the same as `playbook commit` makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playbook.deeds.committing import message_for
from playbook.repository.committing import InTheWay, branch_of, commit, look_around
from playbook.repository.git import GitRefused
from playbook.repository.staging import looked_ahead, read_staged
from playbook.serving.orders import Refused

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """What no commit holds yet."""

    count: int = 0
    files: tuple[str, ...] = ()
    """`changed people/ada.yml`; the first `SHOWN` of them."""
    message: str = ""
    why_not: str = ""
    """Why nothing can be committed now; empty where it can."""
    is_known: bool = True
    """Whether there is a repository at all."""


def look(content: Path) -> Uncommitted:
    """What the content folder has that the last commit has not; nothing is changed."""
    try:
        with looked_ahead(content) as index:
            staged = read_staged(content, index)
    except (GitRefused, OSError):
        return Uncommitted(is_known=False)
    files = tuple(f"{file.change} {file.path}" for file in staged.files[:SHOWN])
    why = ""
    try:
        if staged.files:
            look_around(content)
    except (InTheWay, GitRefused) as error:
        why = str(error)
    return Uncommitted(len(staged.files), files, message_for(staged) if staged.files else "", why)


def commit_as_shown(content: Path, message: str, errors: Sequence[str]) -> str:
    """Commit what was shown, and say so.

    Raises:
        Refused: where something else would be committed than was shown, something is wrong in the files, or git, or a
            hook, refuses; nothing is committed then.
    """
    if errors:
        raise Refused(f"nothing was committed: {errors[0]}", 422, "not-possible")
    now = look(content)
    if not now.is_known or now.why_not:
        raise Refused(now.why_not or "there is no repository", 422, "not-possible")
    if not now.count:
        raise Refused("there is nothing to commit", 409, "stale")
    if now.message != message:
        raise Refused("something was changed since; this is what a commit would hold now", 409, "stale")
    try:
        made = commit(content, now.message)
    except GitRefused as error:
        raise Refused(f"nothing was committed: {error}", 422, "not-possible") from None
    branch = branch_of(content)
    return f"Committed {made.short}{f' on {branch}' if branch else ''}."
