"""Everything that a repository holds, as values: its objects in a bundle, its refs, and files that are not committed.

`bundling` takes it out of a repository and `restoring` makes one of it; here it becomes named files and comes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

BUNDLE = "playbook.bundle"
MANIFEST = "manifest.json"
LOOSE = "uncommitted"
_ODD = "odd-names"
_PART = 128 << 20
"""Bytes of a bundle in one file; one file of the sealed format holds up to twice as many."""
_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f\\:\ud800-\udfff]+\Z")
FILE, PROGRAM, LINK = 0o100644, 0o100755, 0o120000


class NotEverything(ValueError):  # noqa: N818  (it names what happened)
    """These files are no repository that was taken apart here."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A file of the working tree that is not as the last commit has it, or not in it."""

    path: str
    """Below the top of the working tree, with `/`."""
    mode: int
    """`FILE`, `PROGRAM`, or `LINK`: then the content is where it leads."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Objects:
    """Which objects can be reached: how many, and a hash over their sorted ids."""

    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class Everything:
    """A repository taken apart."""

    bundle: bytes = field(repr=False)
    algorithm: str
    """The hash that names its objects: `sha1` or `sha256`."""
    refs: Mapping[str, str]
    """Full name → id, but for those that lead to another name."""
    symbolic: Mapping[str, str]
    """Full name → the name it leads to."""
    head: str
    """The full name of the branch that is checked out, or the id of a commit."""
    stashes: tuple[tuple[str, str], ...]
    """(id, message) of each stash, the newest first."""
    objects: Objects
    commits: int
    prefix: str
    """The way from the top to the playbook's folder, with `/` at its end; empty at the top."""
    loose: tuple[Loose, ...] = ()
    removed: tuple[str, ...] = ()
    """Files of the last commit that are gone from the working tree."""

    @property
    def tips(self) -> tuple[str, ...]:
        """Every id that something leads to, sorted."""
        own = () if self.head.startswith("refs/") else (self.head,)
        return tuple(sorted({*self.refs.values(), *own, *(name for name, _ in self.stashes)}))


def to_files(everything: Everything) -> dict[str, bytes]:
    """Path → content: the bundle, files beside it under their own names, and a manifest in JSON."""
    files = {}
    bundle = everything.bundle
    parts = [bundle[start : start + _PART] for start in range(0, len(bundle), _PART)] or [b""]
    files[BUNDLE] = parts[0]
    files |= {f"{BUNDLE}.{number}": part for number, part in enumerate(parts[1:], start=1)}
    kept = []
    for number, loose in enumerate(everything.loose):
        name = f"{LOOSE}/{loose.path}" if _is_plain(loose.path) else f"{_ODD}/{number}"
        files[name] = loose.content
        kept.append([name, loose.path, loose.mode])
    manifest = {
        "version": 1,
        "algorithm": everything.algorithm,
        "refs": dict(everything.refs),
        "symbolic": dict(everything.symbolic),
        "head": everything.head,
        "stashes": [list(stash) for stash in everything.stashes],
        "objects": [everything.objects.count, everything.objects.digest],
        "commits": everything.commits,
        "prefix": everything.prefix,
        "parts": len(parts),
        "uncommitted": kept,
        "removed": list(everything.removed),
    }
    files[MANIFEST] = json.dumps(manifest, sort_keys=True, indent=1).encode()
    return files


def from_files(files: Mapping[str, bytes]) -> Everything:
    """What `to_files` made them of.

    Raises:
        NotEverything: where something is missing, or a path would lead out of a folder.
    """
    try:
        manifest: Any = json.loads(files[MANIFEST])
        _one_of(manifest["version"], (1,))
        names = [BUNDLE, *(f"{BUNDLE}.{number}" for number in range(1, int(manifest["parts"])))]
        return Everything(
            b"".join(files[name] for name in names),
            _one_of(manifest["algorithm"], ("sha1", "sha256")),
            {_ref(name): _id(found) for name, found in manifest["refs"].items()},
            {_ref(name): _ref(target) for name, target in manifest["symbolic"].items()},
            _head(manifest["head"]),
            tuple((_id(stash), " ".join(str(said).split())) for stash, said in manifest["stashes"]),
            Objects(int(manifest["objects"][0]), str(manifest["objects"][1])),
            int(manifest["commits"]),
            str(manifest["prefix"]),
            tuple(
                Loose(_inside(path), _one_of(mode, (FILE, PROGRAM, LINK)), files[name])
                for name, path, mode in manifest["uncommitted"]
            ),
            tuple(_inside(path) for path in manifest["removed"]),
        )
    except NotEverything:
        raise
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        raise NotEverything("the backup holds no repository") from None


def _is_plain(path: str) -> bool:
    return _PLAIN.match(path) is not None and all(part not in ("", ".", "..") for part in path.split("/"))


def _inside(path: Any) -> str:
    """A path that stays below the folder and out of git's own."""
    parts = PurePosixPath(path).parts
    is_out = not parts or path.startswith("/") or "\0" in path or ".." in parts
    if is_out or any(part.lower() == ".git" for part in parts):
        raise NotEverything("a path in the backup would lead out of the folder; nothing was restored")
    return str(path)


def _id(text: Any) -> str:
    if not isinstance(text, str) or not _ID.match(text):
        raise NotEverything("the backup names an object in a way that git does not")
    return text


def _ref(text: Any) -> str:
    if not isinstance(text, str) or not text.startswith("refs/") or re.search(r"[\x00-\x20\x7f]|\.\.", text):
        raise NotEverything("the backup names a branch in a way that git does not")
    return text


def _head(text: Any) -> str:
    return _ref(text) if str(text).startswith("refs/") else _id(text)


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise NotEverything("the backup was made by a newer program")
    return value
