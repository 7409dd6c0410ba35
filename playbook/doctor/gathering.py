"""Gathers the doctor's facts from a folder and its repository, and starts nothing that either of them names."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from playbook.doctor.facts import Facts, LastBackup, Past
from playbook.doctor.settings import is_partial, programs, remotes
from playbook.doctor.siteconfig import SiteConfig, read_site_config
from playbook.history.git import GitFailed, git_version, read_git
from playbook.history.ignored import would_take_in
from playbook.history.repository import NoHistory, Repository, find_repository
from playbook.source.writing import write_file

MEMO = Path("playbook", "backup.json")
"""Below the git directory: untracked, private, and not among the things that are safe to delete."""
_LARGEST = 1_000_000
_MOST_FILES = 20_000
_PUBLISHING = re.compile(r"refs/(?:heads|remotes/[^/]+)/(gh-pages|pages|gl-pages)\Z")
# What was published can be published again.
_OWN = (*(f"--exclude={name}" for name in ("gh-pages", "gl-pages", "pages")), "--branches", "--tags", "HEAD")
_RAW = (".yml", ".yaml", ".csv", ".vcf", ".ics", "~", ".bak", ".orig")
_PRIVATE = re.compile(r"(?i)sealing\.yml\Z|.*passphrase.*")


def gather(
    root: Path,
    content_name: str,
    *,
    today: dt.date,
    past: Past | None = None,
    overdue: tuple[str, ...] = (),
) -> Facts:
    """What is known about the playbook in a folder.

    Args:
        root: the folder, with or without a repository.
        content_name: the content folder, seen from there.
        today: the day to speak of.
        past: what was found in the history, if somebody looked.
        overdue: people whose entry should have been looked through by now.
    """
    site = read_config(root)
    common = Facts(
        today,
        site,
        git=git_version(),
        content=content_name,
        raw_in_docs=_raw_in(root, site, content_name),
        present=frozenset(_present(root, site)),
        modes=dict(_modes(root)),
        past=past,
        overdue=overdue,
    )
    found = find_repository(root)
    if isinstance(found, NoHistory):
        text = _text(root / ".git" / "config")
        return replace(common, trouble=found.reason, trouble_command=found.command, remotes=remotes(text))
    text = _text(found.directory / "config")
    tips = _refs(root)
    return replace(
        common,
        prefix=found.prefix,
        remotes=remotes(text),
        sites=frozenset(_sites(tips)),
        commits=_number(root, *_OWN),
        only_here=_number(root, *_OWN, "--not", "--remotes"),
        is_shallow=bool(found.boundary),
        is_partial=found.is_partial or is_partial(text),
        backup=read_memo(found),
        tracked=_tree(root, "HEAD"),
        published={_short(ref): _tree(root, ref) for ref in tips if _PUBLISHING.match(ref)},
        ignored=frozenset(_ignored(root, site)),
    )


def read_config(root: Path) -> SiteConfig:
    """What mkdocs.yml in a folder says; the defaults where there is none."""
    path = root / "mkdocs.yml"
    try:
        with path.open("rb") as stream:
            return read_site_config(stream.read(_LARGEST + 1))
    except FileNotFoundError:
        return SiteConfig()
    except OSError as error:
        return SiteConfig(problem=f"it cannot be read ({error.strerror})")


def git_starts(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The settings that name programs, and the hooks, of the repository that a folder lies in; git is not asked."""
    directory = next((found for folder in (root, *root.parents) if (found := _git_directory(folder))), None)
    if directory is None:
        return (), ()
    text = "\n".join(_text(directory / name) for name in ("config", "config.worktree"))
    try:
        hooks = [
            path.name
            for path in (directory / "hooks").iterdir()
            if path.suffix != ".sample" and os.access(path, os.X_OK) and not path.is_dir()
        ]
    except OSError:
        hooks = []
    return programs(text), tuple(sorted(hooks))


def _git_directory(folder: Path) -> Path | None:
    """The git directory that all worktrees share; None where a folder is not the top of a working tree."""
    path = folder / ".git"
    if path.is_dir():
        return path
    pointed = _text(path).strip()
    if not pointed.startswith("gitdir:"):
        return None
    own = folder / pointed.removeprefix("gitdir:").strip()
    common = _text(own / "commondir").strip()
    return own / common if common else own


def memo_file(repository: Repository) -> Path:
    """Where it is remembered when everything was put into a file."""
    return repository.directory / MEMO


def write_memo(repository: Repository, when: dt.datetime, tips: Iterable[str]) -> None:
    """Remembers that everything which these ids lead to was put into a file; where it cannot be, nothing is said."""
    path = memo_file(repository)
    if path.parent.is_symlink() or path.is_symlink():
        return
    noted = json.dumps({"when": when.isoformat(timespec="seconds"), "tips": sorted(tips)}, indent=1)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_file(path, noted.encode())


def read_memo(repository: Repository) -> LastBackup | None:
    """When the last backup was made, as this repository remembers it; None for never."""
    path = memo_file(repository)
    try:
        if path.is_symlink() or path.parent.is_symlink() or path.stat().st_size > _LARGEST:
            return None
        noted = json.loads(path.read_text("utf-8"))
        when = dt.datetime.fromisoformat(noted["when"])
        tips = [str(tip) for tip in noted["tips"] if re.fullmatch(r"[0-9a-f]{40,64}", str(tip))]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return LastBackup(when, _since(repository.content, tips))


def _since(folder: Path, tips: list[str]) -> int | None:
    try:
        answer = read_git(
            folder, "rev-list", "--count", "--ignore-missing", "--branches", "--tags", "HEAD", "--not", *tips, "--"
        )
        return int(answer)
    except (GitFailed, ValueError):
        return None


def _number(folder: Path, *tips: str) -> int:
    try:
        return int(read_git(folder, "rev-list", "--count", *tips, "--"))
    except (GitFailed, ValueError):
        return 0


def _refs(folder: Path) -> tuple[str, ...]:
    try:
        listed = read_git(folder, "rev-parse", "--symbolic-full-name", "--branches", "--remotes")
    except GitFailed:
        return ()
    return tuple(listed.decode("utf-8", "surrogateescape").splitlines())


def _tree(folder: Path, ref: str) -> frozenset[str]:
    try:
        listed = read_git(folder, "ls-tree", "-r", "-z", "--full-tree", "--name-only", "--end-of-options", ref)
    except GitFailed:
        return frozenset()
    return frozenset(listed.decode("utf-8", "surrogateescape").split("\0")) - {""}


def _sites(tips: Iterable[str]) -> Iterator[str]:
    """Remotes of which no branch is known but those for publishing."""
    branches: dict[str, set[bool]] = {}
    for ref in tips:
        if ref.startswith("refs/remotes/") and not ref.endswith("/HEAD"):
            branches.setdefault(ref.split("/")[2], set()).add(_PUBLISHING.match(ref) is not None)
    return (name for name, kinds in branches.items() if kinds == {True})


def _short(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def _present(root: Path, site: SiteConfig) -> Iterator[str]:
    for name in (site.site_dir, ".cache", "mkdocs.yml", "sealing.yml", "LICENSE", "LICENSE.md", "LICENSE.txt", "CNAME"):
        if os.path.lexists(root / name):
            yield name
    if os.path.lexists(root / site.docs_dir / "CNAME"):
        yield "CNAME"


def _modes(root: Path) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                if _PRIVATE.match(entry.name) and entry.is_file(follow_symlinks=False):
                    yield entry.name, stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode)
    except OSError:
        return


def _raw_in(root: Path, site: SiteConfig, content_name: str) -> tuple[str, ...]:
    """Data below the folder of pages, which MkDocs copies as it is; nothing where all of the content lies there."""
    docs = root / site.docs_dir
    try:
        if (root / content_name).resolve().is_relative_to(docs.resolve()):
            return ()
    except OSError:
        return ()
    found = []
    seen = 0
    for folder, _, names in os.walk(docs):
        seen += len(names)
        found += [
            Path(folder, name).relative_to(root).as_posix()
            for name in names
            if name.lower().endswith(_RAW) and Path(folder).is_relative_to(root)
        ]
        if seen > _MOST_FILES:
            break
    return tuple(sorted(found))


def _ignored(root: Path, site: SiteConfig) -> Iterator[str]:
    for name in (site.site_dir, ".cache"):
        covers_itself = name == ".cache" and _text(root / name / "playbook" / ".gitignore").strip() == "*"
        if covers_itself or not would_take_in(root / name, root):
            yield name


def _text(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as stream:
            return stream.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""
