"""Where a content folder lies in its repository, and what kind of repository that is; or why there is no history."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from playbook.history.git import GitFailed, read_git

SHA1_DIGITS = 40


@dataclass(frozen=True, slots=True)
class NoHistory:
    """Why there is nothing to show, in one sentence, and the command that helps (empty where none does)."""

    code: str
    reason: str
    command: str = ""

    def __str__(self) -> str:
        return f"{self.reason} Run: {self.command}" if self.command else self.reason


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with at least one commit, seen from a content folder in its working tree."""

    content: Path
    directory: Path
    """Its git directory, the one that all of its worktrees share."""
    prefix: str
    """The way from the top of the working tree to the content folder, with a `/` at its end (empty at the top)."""
    head: str
    """The id of the last commit."""
    boundary: frozenset[str]
    """Commits whose parents were not fetched (a shallow clone); empty where all is there."""

    @property
    def algorithm(self) -> str:
        """The hash that names its objects."""
        return "sha1" if len(self.head) == SHA1_DIGITS else "sha256"

    @property
    def is_partial(self) -> bool:
        """Whether objects were left out when it was cloned, to be fetched when somebody asks."""
        return any((self.directory / "objects" / "pack").glob("*.promisor"))


def find_repository(content: Path) -> Repository | NoHistory:
    """The repository that a content folder lies in, or why its history cannot be read."""
    if not content.is_dir():
        return NoHistory("no-content", f"The content folder '{content.name}' is not there.")
    head = "HEAD^{commit}"
    try:
        # The commit's id stands between the answers that may hold line ends.
        answer = read_git(
            content, "rev-parse", "--is-shallow-repository", head, "--git-common-dir", head, "--show-prefix"
        )
    except GitFailed as failed:
        return _why(content, str(failed))
    first, _, rest = answer.partition(b"\n")
    commit, _, rest = rest.partition(b"\n")
    directory, _, prefix = rest.partition(b"\n" + commit + b"\n")
    git_directory = (content / directory.decode("utf-8", "surrogateescape")).resolve()
    return Repository(
        content,
        git_directory,
        prefix.removesuffix(b"\n").decode("utf-8", "surrogateescape"),
        commit.decode(),
        _boundary(git_directory) if first == b"true" else frozenset(),
    )


def _boundary(directory: Path) -> frozenset[str]:
    try:
        return frozenset((directory / "shallow").read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError):
        return frozenset()


def _why(content: Path, said: str) -> NoHistory:
    if "git cannot be started" in said and shutil.which("git") is None:
        return NoHistory("no-git", "git is not installed, and the history is read from git.")
    if "dubious ownership" in said:
        # git's own advice; with a path that it has found out itself.
        advice = next((line.strip() for line in said.splitlines() if "--add safe.directory" in line), "")
        return NoHistory(
            "dubious-ownership", "git does not read this repository, because another user owns its files.", advice
        )
    if "not a git repository" in said:
        return NoHistory("no-repository", "These files are in no git repository yet.", "git init")
    try:
        read_git(content, "rev-parse", "--git-dir")
    except GitFailed:
        return NoHistory("git-failed", f"git cannot read this repository: {said.splitlines()[-1]}.")
    return NoHistory(
        "no-commits", "This repository has no commits yet.", "git add -A && git commit -m 'Begin the playbook'"
    )
