"""Takes a repository apart into values: all its refs and objects, and what is not committed; changes nothing.

Runs git as `history` does, with a cleaned environment; starts nothing that the repository names.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from playbook.history.git import GitFailed, cleaned, read_git
from playbook.history.repository import NoHistory, Repository, find_repository
from playbook.history.worktree import blob_id
from playbook.repository.everything import FILE, LINK, PROGRAM, Everything, Loose, Objects

MOST_LOOSE = 1 << 30
LARGEST_LOOSE = 256 << 20
_STASH = "refs/stash"
_SUBMODULE = "160000"


class CannotBundle(Exception):  # noqa: N818  (a state of the repository)
    """Why there is nothing whole to take, and what helps."""


def take_everything(root: Path, leave_out: bytes = b"\0") -> tuple[Everything, tuple[str, ...]]:
    """What a repository holds, and sentences about what it refers to and does not hold.

    Args:
        root: the playbook's folder.
        leave_out: files not in git that begin so are passed over: backups.

    Raises:
        CannotBundle: where there is no repository, or not all of it is here.
        GitFailed: where git refuses.
    """
    repository = _whole(root)
    head = read_git(root, "rev-parse", "--symbolic-full-name", "HEAD").decode("utf-8", "surrogateescape").strip()
    head = head if head.startswith("refs/") else repository.head
    refs, symbolic = _refs(root)
    stashes = _stashes(root) if _STASH in refs else ()
    # From a folder below the top git 2.39 takes `-` for the name of a file there, and writes it.
    top = _top(root, repository)
    # Reading notes whether the user trusts a folder that somebody else owns; what is run below goes by that.
    read_git(top, "rev-parse", "--git-dir")
    bundle = run(top, "bundle", "create", "--quiet", "-", "--all", "HEAD", *(found for found, _ in stashes))
    _compare(bundle, refs)
    own = () if head.startswith("refs/") else (head,)
    objects = count_objects(root, {*refs.values(), *own, *(found for found, _ in stashes)})
    commits = int(read_git(root, "rev-list", "--count", "--first-parent", repository.head))
    tree = _tree(top)
    loose, removed, notes = _uncommitted(top, repository.algorithm, tree, leave_out)
    everything = Everything(
        bundle,
        repository.algorithm,
        refs,
        symbolic,
        head,
        stashes,
        objects,
        commits,
        repository.prefix,
        loose,
        removed,
    )
    return everything, (*notes, *_notes(repository, tree))


def run(folder: Path, *words: str, stdin: bytes = b"") -> bytes:
    """What a git command prints, in a cleaned environment.

    Raises:
        GitFailed: with what git said.
    """
    command, environment = cleaned(folder, *words)
    # Whose name stands in a reflog does not matter; that there is one does.
    environment |= {"GIT_COMMITTER_NAME": "playbook", "GIT_COMMITTER_EMAIL": "playbook@localhost"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, input=stdin, capture_output=True, check=False)
    except OSError as error:
        raise GitFailed(f"git cannot be started: {error.strerror}") from None
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip() or f"git {words[0]} failed")
    return done.stdout


def list_refs(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """(full name → id, full name → the name it leads to) of a repository."""
    return _refs(folder)


def count_objects(folder: Path, tips: Iterable[str]) -> Objects:
    """Which objects can be reached from these.

    Raises:
        GitFailed: where one of them is missing.
    """
    asked = "\n".join(sorted(set(tips))).encode() + b"\n"
    listed = run(folder, "rev-list", "--objects", "--no-object-names", "--stdin", stdin=asked).split()
    return Objects(len(listed), hashlib.sha256(b"\n".join(sorted(listed))).hexdigest())


def _whole(root: Path) -> Repository:
    found = find_repository(root)
    if isinstance(found, NoHistory):
        raise CannotBundle(str(found))
    if found.boundary:
        raise CannotBundle(
            "This clone is shallow: the history begins in its middle, so it cannot be put into a backup. "
            "Run: git fetch --unshallow"
        )
    if found.is_partial:
        raise CannotBundle(
            "This clone is partial: versions of files are missing, so it cannot be put into a backup. "
            "Run: git fetch --refetch"
        )
    return found


def _refs(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    listed = run(folder, "for-each-ref", "--format=%(objectname) %(refname) %(symref)")
    refs, symbolic = {}, {}
    for line in listed.decode("utf-8", "surrogateescape").splitlines():
        found, name, target = line.split(" ")
        if target:
            symbolic[name] = target
        else:
            refs[name] = found
    return refs, symbolic


def _stashes(folder: Path) -> tuple[tuple[str, str], ...]:
    # A stash below the topmost stands in the log of the ref alone.
    listed = read_git(folder, "log", "--walk-reflogs", "--no-show-signature", "--format=%H %gs", _STASH, "--")
    lines = listed.decode("utf-8", "replace").splitlines()
    return tuple((found, said) for found, _, said in (line.partition(" ") for line in lines))


def _compare(bundle: bytes, refs: dict[str, str]) -> None:
    """Nothing, where a bundle has what was listed a moment before it."""
    held: dict[str, str] = {}
    for line in bundle.partition(b"\n\n")[0].decode("utf-8", "surrogateescape").splitlines()[1:]:
        found, _, name = line.partition(" ")
        if line[0] == "-":
            raise CannotBundle("git left out commits that others build on; nothing was written")
        if line[0] != "@":
            held[name] = found
    if any(held.get(name) != found for name, found in refs.items()):
        raise CannotBundle("The repository was changed meanwhile; nothing was written. Run it again.")


def _top(root: Path, repository: Repository) -> Path:
    top = root.resolve()
    for _ in repository.prefix.split("/")[:-1]:
        top = top.parent
    return top


def _tree(top: Path) -> dict[str, tuple[str, str]]:
    """Path → (mode, object) at HEAD."""
    found = {}
    for line in read_git(top, "ls-tree", "-r", "-z", "--full-tree", "HEAD").split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            mode, _, name = about.decode("ascii").split()
            found[os.fsdecode(path)] = (mode, name)
    return found


def _uncommitted(
    top: Path, algorithm: str, tree: dict[str, tuple[str, str]], leave_out: bytes
) -> tuple[tuple[Loose, ...], tuple[str, ...], list[str]]:
    # Names alone: `ls-files` compares nothing here, and so runs no filter.
    listed = run(top, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    found: list[Loose] = []
    removed, notes = [], []
    total = 0
    for path in sorted(names | tree.keys()):
        mode, blob = tree.get(path, ("", ""))
        if mode == _SUBMODULE:
            continue
        if path.endswith("/"):
            notes.append(f"{path} is a repository of its own, and not in it.")
            continue
        loose = _read(top, path)
        if loose is None:
            if mode:
                removed.append(path)
            elif os.path.lexists(top / path):
                notes.append(f"{path} is no file that can be read, and not in it.")
            continue
        if not mode and loose.content.startswith(leave_out):
            notes.append(f"{path} is a backup itself, and not in it.")
            continue
        if _is_as_committed(loose, mode, blob, algorithm):
            continue
        total += len(loose.content)
        if total > MOST_LOOSE or len(loose.content) > LARGEST_LOOSE:
            raise CannotBundle(
                f"{path} is not committed, and with it there is more than a backup takes. Commit it, or let .gitignore "
                "leave it out."
            )
        found.append(loose)
    return tuple(found), tuple(removed), notes


def _read(top: Path, path: str) -> Loose | None:
    """A file or a link of the working tree; None where there is none to read."""
    file = top / path
    try:
        if file.is_symlink():
            return Loose(path, LINK, os.fsencode(os.readlink(file)))  # noqa: PTH115  (as it is written)
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return None
            return Loose(path, PROGRAM if status.st_mode & 0o100 else FILE, stream.read(LARGEST_LOOSE + 1))
    except OSError:
        return None


def _is_as_committed(loose: Loose, mode: str, blob: str, algorithm: str) -> bool:
    if mode != f"{loose.mode:o}":
        return False
    content = loose.content
    # git on Windows writes other line ends to the disk than it keeps.
    return blob_id(content, algorithm) == blob or (
        b"\r\n" in content and blob_id(content.replace(b"\r\n", b"\n"), algorithm) == blob
    )


def _notes(repository: Repository, tree: dict[str, tuple[str, str]]) -> Iterator[str]:
    for path, (mode, _) in sorted(tree.items()):
        if mode == _SUBMODULE:
            yield f"{path} is a submodule: which commit it is at is in it, its own repository is not."
    try:
        others = sorted(path.name for path in (repository.directory / "worktrees").iterdir())
    except OSError:
        others = []
    if others:
        yield f"Other working trees ({', '.join(others)}): their commits are in it, what is not committed there is not."
