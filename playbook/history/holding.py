"""Which commit took in what was written into a file, since it was written."""

from __future__ import annotations

from playbook.history.git import GitFailed, read_git
from playbook.history.repository import Repository
from playbook.history.worktree import blob_id


def commit_since(repository: Repository, path: str, before: bytes | None, since: str) -> str:
    """The short id of the last commit that changed a file after it was written; empty where the write is in none.

    Args:
        repository: where to look.
        path: the file's, below the content folder.
        before: what it held before it was written; None for no file. Where the last commit has that, it has no more.
        since: the last commit when it was written; empty where there was none, or nobody knows.
    """
    former = "" if before is None else blob_id(before, repository.algorithm)
    if since == repository.head or _held(repository, path) == former:
        return ""
    for span in (f"{since}..{repository.head}", repository.head) if since else (repository.head,):
        try:
            found = read_git(repository.content, "log", "-1", "--format=%h", "--no-patch", span, "--", path)
        except GitFailed:
            continue  # `since` is in this history no more
        return found.decode().strip()
    return ""


def _held(repository: Repository, path: str) -> str:
    """The id of what the last commit has at a path; empty for nothing."""
    try:
        found = read_git(repository.content, "rev-parse", "--verify", f"{repository.head}:{repository.prefix}{path}")
    except GitFailed:
        return ""
    return found.decode().strip()
