"""Why a site cannot be published now, or not there: what was not committed, a history cut short, a folder of others.

Reads git without starting anything that a repository names; writes nothing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook.history.git import GitFailed, read_git
from playbook.history.repository import NoHistory, Repository, find_repository
from playbook.history.worktree import blob_id
from playbook.publish.refused import Refused

KEPT = frozenset(("CNAME", "_headers", "_redirects"))
"""What a host reads beside a site; its owner has put it there, and it stays from one publish to the next."""

_SITE = frozenset(
    ("index.html", "404.html", "loader.js", "sw.js", "inpage.js", "h.json", "d", "robots.txt", ".nojekyll")
)
_REQUIRED = frozenset(("index.html", "h.json", "d"))
_PACK = re.compile(r"[0-9a-f]{32}\Z")
_SLOTS = 9
_SHOWN = 3
_LINK = b"120000"


@dataclass(frozen=True, slots=True)
class Committed:
    """The commit that is published."""

    commit: str
    """Its whole id."""
    seq: int
    """How many commits lead to it, along first parents."""


def find_committed(root: Path, content: Path, parts: Iterable[Path]) -> Committed:
    """The commit that everything a site is made from stands in, unchanged.

    Args:
        root: the folder of mkdocs.yml.
        content: the content folder, whose repository counts.
        parts: files and folders that the site is made from, mkdocs.yml among them; one that is not there was not
            committed either, or is refused.

    Raises:
        Refused: where there is no commit, only a part of the history, or something on the disk is not as committed.
    """
    repository = _whole_repository(content)
    changed = sorted({os.path.relpath(path, root) for part in parts for path in find_uncommitted(part)})
    if changed:
        more = len(changed) - _SHOWN
        some = ", ".join(changed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        one = len(changed) == 1
        raise Refused(
            f"{some} {'is' if one else 'are'} not as committed, and what is published is what a commit holds; commit "
            f"{'it' if one else 'them'} first (playbook commit takes content/)"
        )
    try:
        counted = read_git(content, "rev-list", "--count", "--first-parent", repository.head)
    except GitFailed as error:
        raise Refused(f"git cannot count the commits: {error}") from None
    return Committed(repository.head, int(counted))


def _whole_repository(content: Path) -> Repository:
    repository = find_repository(content)
    if isinstance(repository, NoHistory):
        raise Refused(f"{str(repository).removesuffix('.')}; the number of commits is what a rollback is told by")
    if repository.boundary:
        raise Refused(
            "this clone is shallow, so its commits cannot be counted; run: git fetch --unshallow (in a workflow: "
            "fetch-depth: 0, or GIT_DEPTH: 0)"
        )
    return repository


def find_uncommitted(part: Path) -> Iterator[Path]:
    """Every file in `part` that is not as the last commit has it, or is in it and gone; links are not followed.

    Hidden files and an editor's copies (`grace.yml~`) are passed over: no build publishes one. Found by comparing bytes
    with objects, for `git status` would start what a repository's configuration names.
    """
    folder = part if part.is_dir() and not part.is_symlink() else part.parent
    if not folder.is_dir():
        return
    try:
        head = read_git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
        listed = read_git(folder, "ls-tree", "-r", "-z", head, "--", "." if folder == part else part.name)
    except GitFailed:
        yield part
        return
    algorithm = "sha256" if len(head) > 40 else "sha1"  # noqa: PLR2004  (hexadecimal digits of SHA-1)
    known: dict[str, tuple[bytes, str]] = {}
    for line in listed.split(b"\0"):
        about, tab, raw = line.partition(b"\t")
        if tab:
            mode, _, blob = about.split()
            known[os.fsdecode(raw)] = (mode, blob.decode())
    here = {path.relative_to(folder).as_posix(): path for path in _files(part)}
    for name in sorted(known.keys() | here.keys()):
        if name.startswith(".") or "/." in name or name.endswith("~"):
            continue
        if name not in here or name not in known or not _is_same(here[name], *known[name], algorithm):
            yield folder / name


def _files(part: Path) -> Iterator[Path]:
    if part.is_symlink() or not part.is_dir():
        if os.path.lexists(part):
            yield part
        return
    for top, folders, files in os.walk(part):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*files, *(name for name in folders if Path(top, name).is_symlink())):
            yield Path(top, name)


def _is_same(path: Path, mode: bytes, blob: str, algorithm: str) -> bool:
    try:
        if path.is_symlink():
            return mode == _LINK and blob_id(os.fsencode(os.readlink(path)), algorithm) == blob  # noqa: PTH115  (as written)
        if mode == _LINK or not path.is_file():
            return False
        content = path.read_bytes()
    except OSError:
        return False
    if blob_id(content, algorithm) == blob:
        return True
    # git on Windows writes other line ends to the disk than it keeps.
    return b"\r\n" in content and blob_id(content.replace(b"\r\n", b"\n"), algorithm) == blob


def refuse_links(folder: Path) -> None:
    """Nothing, where no link in a folder of the site's files leads out of it.

    Raises:
        Refused: naming the first that does.
    """
    whole = folder.resolve()
    for top, folders, files in os.walk(folder):
        for name in sorted((*folders, *files)):
            path = Path(top, name)
            if path.is_symlink() and not path.resolve().is_relative_to(whole):
                raise Refused(
                    f"'{os.path.relpath(path, folder.parent)}' is a link out of the folder, and what it leads to would "
                    "be published; put a copy in its place, or take it away"
                )


def refuse_place(target: Path, root: Path, made_from: Iterable[Path], home: Path) -> None:
    """Nothing, where a sealed site may be put at `target`: a new or empty folder, or one with such a site in it.

    Args:
        target: where to, as it was typed.
        root: the folder of mkdocs.yml.
        made_from: folders that the site is made from.
        home: of whoever publishes.

    Raises:
        Refused: where something else is there, or would be swept away with it.
    """
    if target.is_symlink():
        raise Refused(f"'{target}' is a link, and links are not followed; name the folder itself")
    whole = target.resolve()
    for folder, what in ((root, "holds the playbook"), (home, "is or holds your home folder")):
        if folder.resolve().is_relative_to(whole):
            raise Refused(f"'{target}' {what}; name a folder for the site alone, such as --to sealed")
    for folder in made_from:
        if whole.is_relative_to(folder.resolve()):
            raise Refused(
                f"'{target}' lies in '{os.path.relpath(folder, root)}', which the site is made from; "
                "name another folder"
            )
    if ".git" in whole.parts:
        raise Refused(f"'{target}' lies in git's own folder; name another")
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise Refused(f"'{target}' is there and is no folder; name another")
    stranger = find_stranger(_listing(target), lambda name: (target / name).read_bytes())
    if stranger:
        raise Refused(
            f"'{target}' holds {stranger}, which is no part of a sealed site; name another folder, or empty it yourself"
        )


def _listing(folder: Path) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for path in sorted((*folder.iterdir(), *_below(folder / "d"))):
        name = path.relative_to(folder).as_posix()
        found[name] = not path.is_symlink() and (path.is_dir() if name == "d" else path.is_file())
    return found


def _below(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() and not folder.is_symlink() else iter(())


def find_stranger(names: Mapping[str, bool], read: Callable[[str], bytes]) -> str:
    """What among these is no part of a sealed site, for a sentence; empty where it is one, or nothing is there.

    Args:
        names: path → whether it is what it should be: `d`, which may be missing, a folder, and all others files.
        read: the content of one.
    """
    for name, is_plain in sorted(names.items()):
        folder, _, last = name.rpartition("/")
        is_known = (folder == "d" and _PACK.match(last) is not None) if folder else name in _SITE | KEPT
        if not is_known or not is_plain:
            return f"'{name}'"
    if not names.keys() - KEPT:
        return ""
    missing = sorted(_REQUIRED - names.keys() - ({"d"} if _has_packs(names) else set()))
    if missing:
        return f"other files, and no '{missing[0]}'"
    return "" if _is_header(read("h.json")) else "an 'h.json'"


def is_built(names: Iterable[str]) -> bool:
    """Whether these are the files of a plain site that `playbook build` or MkDocs with our plugin has made."""
    known = set(names)
    return "404.html" in known and any(name.startswith("assets/playbook/") for name in known)


def _has_packs(names: Collection[str]) -> bool:
    return any(name.startswith("d/") for name in names)


def _is_header(text: bytes) -> bool:
    try:
        header = json.loads(text)
        return header["v"] == 1 and len(header["slots"]) == _SLOTS and {"kdf", "salt"} <= header.keys()
    except (ValueError, LookupError, TypeError, AttributeError):
        return False


def refuse_rollback(seq: int, old: int) -> None:
    """Nothing, where as many commits are published as are already there, or more.

    Raises:
        Refused: where there are fewer.
    """
    if seq < old:
        raise Refused(
            f"what is there holds {old} commits, this one {seq}: readers would refuse it as a rollback; bring what is "
            "missing (git pull), then publish"
        )
