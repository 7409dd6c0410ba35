"""Which commit the files on the disk come from, and whether they were changed since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playbook.history.git import GitFailed, read_git
from playbook.history.worktree import blob_id

_SHORT = 7


@dataclass(frozen=True, slots=True)
class Head:
    """The last commit."""

    commit: str
    """Its whole id."""
    is_changed: bool
    """Whether a file of the folder is not as that commit has it."""

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.commit[:_SHORT]


def head_of(folder: Path) -> Head | None:
    """The last commit of the repository that a folder of YAML files is in; None without one.

    Whether files were changed is found by comparing each with the object it would become: `git status` would start what
    a repository's configuration names.
    """
    try:
        commit = read_git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
        listed = read_git(folder, "ls-tree", "-r", "-z", commit, "--", ".")
    except GitFailed:
        return None
    known: dict[str, str] = {}
    for line in listed.split(b"\0"):
        about, tab, name = line.partition(b"\t")
        if tab and name.endswith(b".yml"):
            known[name.decode("utf-8", "surrogateescape")] = about.split()[2].decode()
    here = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*.yml") if file.is_file()}
    algorithm = "sha256" if len(commit) > 40 else "sha1"  # noqa: PLR2004  (hexadecimal digits of SHA-1)
    changed = known.keys() != here.keys() or any(
        blob_id(file.read_bytes(), algorithm) != known[name] for name, file in here.items()
    )
    return Head(commit, changed)
