"""A folder as one commit has it: what `source` finds a playbook in, and what can be written out into another folder."""

from __future__ import annotations

import errno
import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from playbook.source.text import MAX_BYTES

_OUTSIDE = frozenset(("", ".", "..", ".git"))


class NodeKind(StrEnum):
    """What git keeps under a name."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class PastNode:
    """One name in a folder of a commit."""

    path: str
    kind: NodeKind
    blob: str = ""
    size: int = 0

    @property
    def name(self) -> str:
        """The last part of its path."""
        return posixpath.basename(self.path)

    def is_symlink(self) -> bool:
        """Whether it is a symbolic link."""
        return self.kind is NodeKind.LINK

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002  (where a link led is not known)
        """Whether it is a folder."""
        return self.kind is NodeKind.FOLDER

    def is_file(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Whether it is an ordinary file."""
        return self.kind is NodeKind.FILE


@dataclass(frozen=True, slots=True)
class PastTree:
    """A `source.tree.Tree`."""

    name: str
    nodes: Mapping[str, PastNode]
    """By their paths below the folder; the folder itself under the empty one."""
    folders: Mapping[str, Sequence[PastNode]]
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """Blob → its bytes, of those that were read."""

    def node(self, path: str) -> PastNode | None:
        """What lies at a path; None where nothing does."""
        return self.nodes.get(path)

    def entries(self, path: str) -> Sequence[PastNode]:
        """What lies in a folder, sorted by name."""
        return self.folders.get(path, ())

    def read(self, path: str, most: int) -> bytes | None:
        """The first `most` bytes of an ordinary file; None where it is none."""
        node = self.nodes.get(path)
        if node is None or node.kind is not NodeKind.FILE:
            return None
        if node.size > MAX_BYTES:
            # Nobody reads one so large: that it is too large is all that will be said.
            return bytes(min(node.size, most))
        if node.blob not in self.contents:
            raise OSError(errno.EIO, "it was not read from git")
        return self.contents[node.blob][:most]

    def wanted(self) -> set[str]:
        """The blobs of the YAML files."""
        return {
            node.blob
            for node in self.nodes.values()
            if node.kind is NodeKind.FILE and node.path.endswith(".yml") and node.size <= MAX_BYTES
        }

    def files(self) -> Iterator[PastNode]:
        """Every ordinary file that can be written below another folder: no link, nothing whose path leads out of it."""
        return (node for node in self.nodes.values() if node.kind is NodeKind.FILE and is_inside(node.path))


def tree_of(name: str, listed: bytes) -> PastTree:
    """A tree out of what `ls-tree -r -t -l -z` says."""
    nodes = {"": PastNode("", NodeKind.FOLDER)}
    folders: dict[str, list[PastNode]] = {}
    for line in listed.split(b"\0"):
        about, tab, raw = line.partition(b"\t")
        if not tab:
            continue
        mode, kind, blob, size = about.split()
        path = raw.decode("utf-8", "surrogateescape")
        nodes[path] = PastNode(path, _kind(mode, kind), blob.decode(), int(size) if size.isdigit() else 0)
    for path, node in nodes.items():
        if path:
            folders.setdefault(posixpath.dirname(path), []).append(node)
    return PastTree(name, nodes, {folder: sorted(found, key=_name) for folder, found in folders.items()})


def is_inside(path: str) -> bool:
    """Whether a path of a commit stays below the folder that it is joined to, on any system."""
    parts = path.split("/")
    return not any(part.lower() in _OUTSIDE or "\\" in part or ":" in part for part in parts)


def write_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files below an empty folder of one's own.

    Raises:
        OSError: where one cannot be written.
    """
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)


def _name(node: PastNode) -> str:
    return node.name


def _kind(mode: bytes, kind: bytes) -> NodeKind:
    if kind == b"tree":
        return NodeKind.FOLDER
    if kind == b"commit":
        return NodeKind.SUBMODULE
    return NodeKind.LINK if mode == b"120000" else NodeKind.FILE
