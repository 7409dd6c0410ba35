"""What the commit that is being made adds or changes, read from the index alone: names, and bytes of smaller files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playbook.history.blobs import BATCH, BatchReader
from playbook.repository.git import ask_git, run_git

LARGEST = 4 << 20
"""A file larger than this is not looked into."""
_FILES = ("100644", "100755")
_AT_ONCE = 64 << 20


@dataclass(frozen=True, slots=True)
class Held:
    """What a commit would hold that the last one does not."""

    paths: tuple[str, ...]
    """Below the top of the working tree."""
    content: Mapping[str, bytes] = field(repr=False)
    """Path → bytes, of files that are not too large."""
    skipped: tuple[str, ...] = ()
    """Files that are."""


def read_held(root: Path, more: Mapping[str, str] | None = None) -> Held:
    """What is staged, without deleted files.

    Args:
        root: somewhere in the working tree.
        more: for git's environment: the index of the commit that is being made.

    Raises:
        GitRefused: where git cannot tell.
    """
    changed = dict(_changed(root, more))
    sizes = _sizes(root, sorted(set(changed.values())), more)
    chosen = [blob for blob in sorted(sizes) if sizes[blob] <= LARGEST]
    texts: dict[str, bytes] = {}
    for part in _parts(chosen, sizes):
        answered = ask_git(root, "cat-file", *BATCH, more=more, stdin="\n".join(part).encode() + b"\n")
        texts |= dict(zip(part, BatchReader().feed(answered), strict=True))
    return Held(
        tuple(sorted(changed)),
        {path: texts[blob] for path, blob in sorted(changed.items()) if blob in texts},
        tuple(sorted(path for path, blob in changed.items() if sizes.get(blob, 0) > LARGEST)),
    )


def read_staged_file(root: Path, path: str, more: Mapping[str, str] | None = None) -> bytes | None:
    """What a file of the index holds; None where it is not in it.

    Args:
        root: somewhere in the working tree.
        path: below the top.
        more: for git's environment.
    """
    said = run_git(root, "cat-file", "blob", f":{path}", more=more)
    return None if said.code else said.out


def _changed(root: Path, more: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    """(path, object) of each file and link that is new or different in the index."""
    if run_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").code:
        top = ask_git(root, "rev-parse", "--show-cdup").decode().strip() or "."
        listed = ask_git(root, "ls-files", "--stage", "-z", "--full-name", "--", top, more=more)
        for line in listed.split(b"\0"):
            about, tab, path = line.partition(b"\t")
            if tab and (parts := about.decode("ascii").split())[0] in _FILES:
                yield os.fsdecode(path), parts[1]
        return
    options = ("--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-filter=d", "--no-relative")
    words = ask_git(root, "diff-index", *options, "HEAD", more=more).split(b"\0")
    for about, path in zip(words[::2], words[1::2], strict=False):
        _, mode, _, blob, _ = about.decode("ascii").split()
        if mode in _FILES:
            yield os.fsdecode(path), blob


def _sizes(root: Path, blobs: list[str], more: Mapping[str, str] | None) -> dict[str, int]:
    if not blobs:
        return {}
    asked = "\n".join(blobs).encode() + b"\n"
    answered = ask_git(root, "cat-file", "--batch-check=%(objecttype) %(objectsize)", more=more, stdin=asked)
    lines = (line.split(b" ") for line in answered.splitlines())
    return {blob: int(line[1]) for blob, line in zip(blobs, lines, strict=True) if line[0] == b"blob"}


def _parts(blobs: list[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    part: list[str] = []
    total = 0
    for blob in blobs:
        if part and total + sizes[blob] > _AT_ONCE:
            yield part
            part, total = [], 0
        part.append(blob)
        total += sizes[blob]
    if part:
        yield part
