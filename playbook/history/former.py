"""Under which paths and names git holds a file: followed back through renames, and through files that went into it.

Every branch is read, and what the disk has changed since. Git keeps no word of a rename: what both files say tells it,
and whoever is shown it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playbook.history.blobs import read_blobs
from playbook.history.git import read_git
from playbook.history.repository import Repository
from playbook.source.reader import parse_document

NAMED_BY = ("name", "nickname")
_NOW = "now"
"""Stands for the id of what is on the disk."""
_ENOUGH = 3
"""Lines that two files share under names that have no word in common."""
_SAME = 1_000_000
_SPECIAL = re.compile(r"[\\^$.|?*+(){}\[\]]")

Step = Mapping[str, tuple[str, str]]
"""Path from the top → (the blob that was there, the blob that is), each empty for none."""


@dataclass(frozen=True, slots=True)
class Held:
    """What git holds of one file."""

    paths: tuple[str, ...]
    """From the top of the repository, the present one first where any commit has it."""
    names: tuple[str, ...]
    """Every name and nickname in its versions, sorted."""


@dataclass(frozen=True, slots=True)
class _Said:
    content: bytes
    words: frozenset[str]
    """Of the names."""
    lines: frozenset[str]
    """Everything else."""


def held_of(repository: Repository, path: str, now: bytes) -> Held:
    """What any commit holds of a file, under this path or one that it had before.

    Args:
        repository: where to look.
        path: the file's, from the top of the repository.
        now: what it holds on the disk.

    Raises:
        GitFailed: where git does not answer, or lacks a version.
    """
    steps = [*_steps(repository), _since(repository, path)]
    paths, texts = [path], {_NOW: now}
    for one in paths:  # it grows: a file may have been renamed twice
        for step in steps:
            paths += [old for old in _came_from(repository, one, step, texts) if old not in paths]
    held = {one: [new for step in steps if (new := step.get(one, ("", ""))[1]) not in ("", _NOW)] for one in paths}
    _fetch(repository, (blob for blobs in held.values() for blob in blobs), texts)
    names = {name for blobs in held.values() for blob in blobs for name in _names(texts[blob])}
    return Held(tuple(one for one in paths if held[one]), tuple(sorted(names)))


def is_named(repository: Repository, words: Iterable[str]) -> bool:
    """Whether a line of any commit, or a commit's message, has one of these words.

    Raises:
        GitFailed: where git does not answer.
    """
    pattern = "|".join(_SPECIAL.sub(r"\\\g<0>", word) for word in words)
    first = ("--all", "HEAD", "--max-count=1", "--format=%H", "--no-show-signature", "--no-ext-diff", "--no-textconv")
    ways = (("-m", f"-G{pattern}", "--no-patch"), ("--extended-regexp", f"--grep={pattern}"))
    return bool(pattern) and any(read_git(repository.content, "log", *first, *way).strip() for way in ways)


def _steps(repository: Repository) -> Iterator[Step]:
    """What each commit of any branch made of the YAML files."""
    told = read_git(
        repository.content, "log", "--all", "HEAD", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-color",
        "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--ignore-submodules=all",
        "--format=%x01",
    )  # fmt: skip
    step: dict[str, tuple[str, str]] = {}
    fields = iter(told.split(b"\0"))
    for field in fields:
        if field[:1] == b"\x01":
            yield step
            step = {}
        elif field:
            path = next(fields, b"").decode("utf-8", "surrogateescape")
            before, after, old, new, _ = field.lstrip(b"\n:").split(b" ", 4)
            if path.endswith(".yml"):
                step[path] = (_blob(before, old), _blob(after, new))
    yield step


def _since(repository: Repository, path: str) -> Step:
    """What the disk made of the last commit: where this file came or changed, and which others went."""
    listed = read_git(repository.content, "ls-tree", "-r", "-z", "--full-tree", repository.head)
    known: dict[str, str] = {}
    for line in listed.split(b"\0"):
        about, _, raw = line.partition(b"\t")
        if raw.endswith(b".yml"):
            mode, _, blob = about.split(b" ")
            known[raw.decode("utf-8", "surrogateescape")] = _blob(mode, blob)
    below = {one: one[len(repository.prefix) :] for one in known if one.startswith(repository.prefix)}
    gone = {one: (known[one], "") for one, name in below.items() if not (repository.content / name).exists()}
    return gone | {path: (known.get(path, ""), _NOW)}


def _came_from(repository: Repository, path: str, step: Step, texts: dict[str, bytes]) -> Iterator[str]:
    """The files that went in a step in which this one came, or took them in."""
    before, after = step.get(path, ("", ""))
    gone = {one: old for one, (old, new) in step.items() if old and not new and one != path}
    if not (after and gone):
        return
    come = {one: new for one, (old, new) in step.items() if new and not old}
    _fetch(repository, (before, after, *gone.values(), *come.values()), texts)
    for one, blob in gone.items():
        old = _said(texts[blob])
        if before:
            new = _said(texts[after])
            gained = _Said(b"", new.words, new.lines - _said(texts[before]).lines)
            if old.lines and _likeness(old, gained):
                yield one
            continue
        best = max(_likeness(old, _said(texts[other])) for other in come.values())
        if 0 < best == _likeness(old, _said(texts[after])):
            yield one


def _likeness(old: _Said, new: _Said) -> int:
    """How sure it is that both are about the same; 0 for not at all."""
    if old.content == new.content:
        return _SAME
    shared, fewer = len(old.lines & new.lines), min(len(old.lines), len(new.lines))
    is_like = bool(old.words & new.words) or shared >= _ENOUGH
    return 1 + shared if is_like and 2 * shared >= fewer else 0


def _said(content: bytes) -> _Said:
    words = frozenset(word for name in _names(content) for word in re.findall(r"\w{3,}", name.casefold()))
    lines = (line.strip() for line in content.decode("utf-8", "replace").splitlines())
    return _Said(content, words, frozenset(line for line in lines if line and line.partition(":")[0] not in NAMED_BY))


def _names(content: bytes) -> list[str]:
    document, _ = parse_document("", content)
    tree = document.tree if document is not None else None
    values = [tree.get(key) for key in NAMED_BY] if isinstance(tree, dict) else []
    return [value for value in values if isinstance(value, str) and value]


def _fetch(repository: Repository, blobs: Iterable[str], texts: dict[str, bytes]) -> None:
    wanted = dict.fromkeys(blob for blob in blobs if blob and blob not in texts)
    texts.update(read_blobs(repository, list(wanted)))


def _blob(mode: bytes, blob: bytes) -> str:
    """Empty for no file: nothing, a link, another repository."""
    return blob.decode() if mode.startswith(b"100") else ""
