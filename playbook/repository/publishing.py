"""Puts files on a branch of their own: one commit without a parent, a message or an author that tell anything.

Touches neither index nor work tree, and knows nothing of what the files are.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook.repository.git import GitRefused, answer, ask_git, run_git

MESSAGE = "Publish"
NAME = "playbook"
EMAIL = "playbook@localhost.invalid"

_QUIET = (
    # What a log of refs would keep of old commits, git would keep from its garbage collection.
    "-c", "core.logAllRefUpdates=false",
    "-c", "i18n.commitEncoding=UTF-8",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a branch holds."""

    commit: str
    """Its id; empty where there is no such branch."""
    blobs: Mapping[str, str]
    """Path → the id of its content."""
    folder: Path
    """Somewhere in the repository."""

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            KeyError: where there is no such file.
            GitRefused: where git cannot read it.
        """
        return ask_git(self.folder, "cat-file", "blob", self.blobs[name])


def refuse_branch(folder: Path, branch: str) -> None:
    """Nothing, where a branch of this name may be written.

    Raises:
        GitRefused: where the name is none, or somebody works on that branch.
    """
    # `check-ref-format --branch` would take `@{-1}` for the branch before this one.
    if run_git(folder, "check-ref-format", _ref(branch)).code or branch.startswith("-"):
        raise GitRefused(f"'{branch}' is no name for a branch; gh-pages is")
    worktrees = run_git(folder, "worktree", "list", "--porcelain").out.decode("utf-8", "replace").splitlines()
    if f"branch {_ref(branch)}" in worktrees:
        raise GitRefused(f"the branch '{branch}' is checked out; name one that nothing else is on, such as gh-pages")


def find_deployed(folder: Path, branch: str) -> Deployed:
    """What the branch of this repository holds.

    Raises:
        GitRefused: where git cannot read it.
    """
    return _deployed(folder, answer(folder, "rev-parse", "--verify", "--quiet", f"{_ref(branch)}^{{commit}}"))


def fetch_deployed(folder: Path, remote: str, branch: str) -> Deployed:
    """What the branch holds in a remote; nothing here is moved by looking.

    Raises:
        GitRefused: where there is no such remote, or it does not answer.
    """
    if remote.startswith("-") or not answer(folder, "remote", "get-url", "--", remote):
        known = answer_lines(folder, "remote")
        hint = f"there is {', '.join(known)}" if known else "there is none: git remote add origin URL"
        raise GitRefused(f"there is no remote '{remote}'; {hint}")
    listed = ask_git(folder, "ls-remote", "--", remote, _ref(branch)).decode("utf-8", "replace")
    commit = next((line.split("\t")[0] for line in listed.splitlines() if line.endswith(f"\t{_ref(branch)}")), "")
    if commit and run_git(folder, "cat-file", "-e", f"{commit}^{{commit}}").code:
        quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--refmap=")
        ask_git(folder, *_QUIET, "fetch", *quiet, "--", remote, _ref(branch))
    return _deployed(folder, commit)


def remote_address(folder: Path, remote: str) -> str:
    """Where a push to a remote goes to, without a name or password that stands in it."""
    address = answer(folder, "remote", "get-url", "--push", "--", remote)
    scheme, mark, rest = address.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark and "@" in rest.partition("/")[0] else address


def make_commit(folder: Path, files: Mapping[str, bytes], day: dt.date) -> str:
    """The id of a new commit without a parent that holds `files`; no branch leads to it yet.

    Args:
        folder: somewhere in the repository.
        files: path → content, at most one folder deep.
        day: the day that stands in it, at noon UTC: neither hour nor time zone.

    Raises:
        GitRefused: where git refuses.
    """
    blobs = _write_blobs(folder, files)
    below: dict[str, list[tuple[str, str]]] = {}
    for path, blob in sorted(blobs.items()):
        parent, _, name = path.rpartition("/")
        below.setdefault(parent, []).append((name, f"100644 blob {blob}"))
    top = below.pop("", [])
    for parent, entries in below.items():
        top.append((parent, f"040000 tree {_write_tree(folder, entries)}"))
    tree = _write_tree(folder, top)
    who = {"NAME": NAME, "EMAIL": EMAIL, "DATE": f"{day.isoformat()}T12:00:00+0000"}
    more = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in who.items()}
    made = ask_git(folder, *_QUIET, "commit-tree", "--no-gpg-sign", "-m", MESSAGE, tree, more=more)
    return made.decode().strip()


def set_branch(folder: Path, branch: str, commit: str, old: str) -> None:
    """Let a branch lead to a commit, where it still leads to `old` (empty: where there is none).

    Raises:
        GitRefused: where somebody else has moved it.
    """
    expected = old or "0" * len(commit)
    ask_git(folder, *_QUIET, "update-ref", "--no-deref", _ref(branch), commit, expected)


def push(folder: Path, remote: str, branch: str, commit: str, old: str) -> str:
    """What git or the remote said about a push of `commit`, which takes the place of `old` and of nothing else there.

    Raises:
        GitRefused: where the branch has moved, or the remote refuses; nothing there has changed.
    """
    options = ("--quiet", "--no-follow-tags", "--recurse-submodules=no", f"--force-with-lease={_ref(branch)}:{old}")
    said = run_git(folder, *_QUIET, "push", *options, "--", remote, f"{commit}:{_ref(branch)}")
    if said.code:
        if "stale info" in said.err or "fetch first" in said.err:
            raise GitRefused(f"'{branch}' in '{remote}' was published anew by somebody meanwhile; publish again")
        raise GitRefused(said.err or "git push failed")
    return said.err


def answer_lines(folder: Path, *arguments: str) -> list[str]:
    """The lines that git prints; none where it has no answer."""
    return answer(folder, *arguments).splitlines()


def _deployed(folder: Path, commit: str) -> Deployed:
    if not commit:
        return Deployed("", {}, folder)
    top = answer(folder, "rev-parse", "--show-toplevel") or str(folder)
    # `ls-tree` shows what lies below the folder that it is started in.
    listed = ask_git(Path(top), "ls-tree", "-r", "-z", "--full-tree", commit)
    blobs: dict[str, str] = {}
    for line in listed.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            mode, _, blob = about.decode().split()
            # A link or a submodule is no file of ours, and its content is not asked for.
            blobs[path.decode("utf-8", "surrogateescape")] = blob if mode.startswith("100") else ""
    return Deployed(commit, blobs, folder)


def _write_blobs(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Path → the id of the object that now holds its content; one git for all."""
    names = sorted(files)
    with tempfile.TemporaryDirectory(prefix="playbook-") as place:
        paths = [Path(place, str(number)) for number in range(len(names))]
        for name, path in zip(names, paths, strict=True):
            path.write_bytes(files[name])
        listed = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        made = ask_git(folder, "hash-object", "-w", "--no-filters", "--stdin-paths", stdin=listed)
    return dict(zip(names, made.decode().split(), strict=True))


def _write_tree(folder: Path, entries: list[tuple[str, str]]) -> str:
    told = b"".join(f"{about}\t{name}".encode() + b"\0" for name, about in entries)
    return ask_git(folder, "mktree", "-z", stdin=told).decode().strip()


def _ref(branch: str) -> str:
    return f"refs/heads/{branch}"
