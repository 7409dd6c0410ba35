"""Where a sealed site goes: a folder, a branch, one file. Each refuses first, and takes a site whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from playbook.cli.context import Impossible

if TYPE_CHECKING:
    from playbook.publish.bundle import Bundle
    from playbook.repository.publishing import Deployed
    from site_plugins.sources import Sources

Read = Callable[[str], bytes]
"""Path in a sealed site → its content; `FileNotFoundError` where there is none."""


class Place(Protocol):
    """Somewhere to put a sealed site."""

    @property
    def shown(self) -> str:
        """The place in a sentence."""

    def look(self) -> Read | None:
        """A way to read the sealed site that is there, so far one is.

        Raises:
            Refused, GitRefused: where nothing may be put there.
        """

    def put(self, bundle: Bundle) -> int:
        """Put a sealed site there, whole or not at all; how many bytes it has.

        Raises:
            GitRefused, OSError: where that cannot be done; what was there is as it was.
        """

    def next_step(self) -> str:
        """What is left to do, in a sentence."""


@dataclass(frozen=True)
class FolderPlace:
    """A folder (`--to`)."""

    folder: Path
    root: Path
    sources: Sources

    @property
    def shown(self) -> str:
        """The folder, as it was typed where it lies below."""
        return _seen(self.folder)

    def look(self) -> Read | None:
        """As `Place` says."""
        from playbook.publish.refusals import refuse_place

        refuse_place(self.folder, self.root, self.sources.folders, Path.home())
        return (lambda name: (self.folder / name).read_bytes()) if (self.folder / "h.json").is_file() else None

    def put(self, bundle: Bundle) -> int:
        """As `Place` says."""
        from playbook.publish.refusals import KEPT
        from site_plugins.swapping import beside, replace, sweep

        files = bundle.files()
        kept = {name: (self.folder / name).read_bytes() for name in sorted(KEPT) if (self.folder / name).is_file()}
        # Where the current folder is replaced, whoever stands in it would stand in a folder that is gone.
        target = self.folder.resolve()
        with beside(target) as made:
            for name, content in (kept | files).items():
                (made / name).parent.mkdir(exist_ok=True)
                (made / name).write_bytes(content)
            replace(target, made)
        sweep(target)
        return _size(files)

    def next_step(self) -> str:
        """As `Place` says."""
        return (
            f"Put what is in '{self.shown}' on your host as it is, hidden files too; how: playbook manual publishing. "
            "It needs https."
        )


@dataclass
class BranchPlace:
    """A branch of this repository, or of a remote."""

    content: Path
    branch: str
    remote: str
    day: dt.date
    confirm: Callable[[str], None]
    """Told what will be pushed where; raises where somebody says no."""
    replace: bool = False
    """Whether a plain site that was built with this program may go."""
    deployed: Deployed | None = field(default=None, init=False)

    @property
    def shown(self) -> str:
        """The branch and where it is."""
        return f"the branch {self.branch}" + (f" of {self.remote}" if self.remote else "")

    def look(self) -> Read | None:
        """As `Place` says."""
        from playbook.publish.refusals import find_stranger, is_built
        from playbook.publish.refused import Refused
        from playbook.repository.publishing import fetch_deployed, find_deployed, refuse_branch

        refuse_branch(self.content, self.branch)
        if self.remote:
            found = fetch_deployed(self.content, self.remote, self.branch)
        else:
            found = find_deployed(self.content, self.branch)
        self.deployed = found
        stranger = find_stranger({name: bool(blob) for name, blob in found.blobs.items()}, found.read)
        if stranger and is_built(found.blobs):
            if not self.replace:
                raise Refused(
                    f"{self.shown} holds a site that is not sealed; to put this one in its place, say --replace"
                )
        elif stranger:
            raise Refused(
                f"{self.shown} holds {stranger}, which is no part of a sealed site, and a publish keeps nothing of it; "
                "name another branch, or remove that one yourself"
            )

        def read(name: str) -> bytes:
            if name not in found.blobs:
                raise FileNotFoundError(name)
            return found.read(name)

        return read if "h.json" in found.blobs else None

    def put(self, bundle: Bundle) -> int:
        """As `Place` says."""
        from playbook.publish.refusals import KEPT
        from playbook.repository.publishing import make_commit, push, remote_address, set_branch

        assert self.deployed is not None  # noqa: S101  (whoever puts has looked)
        old = self.deployed.commit
        kept = {name: self.deployed.read(name) for name in sorted(KEPT & self.deployed.blobs.keys())}
        files = bundle.files()
        size = _size(files)
        if self.remote:
            address = remote_address(self.content, self.remote)
            instead = f", in the place of {old[:7]} there" if old else ""
            self.confirm(
                f"To push: one commit, {len(files)} files, {told_size(size)}, as {self.shown} ({address}){instead}."
            )
        commit = make_commit(self.content, kept | files, self.day)
        if self.remote:
            push(self.content, self.remote, self.branch, commit, old)
        else:
            set_branch(self.content, self.branch, commit, old)
        return size

    def next_step(self) -> str:
        """As `Place` says."""
        if self.remote:
            return "Once, in the host's settings: let its pages come from this branch. It takes a minute to show."
        return f"Nothing was pushed. To push it: playbook publish --branch {self.branch} --remote NAME"


@dataclass(frozen=True)
class FilePlace:
    """One HTML file."""

    file: Path

    @property
    def shown(self) -> str:
        """The file, as it was typed where it lies below."""
        return _seen(self.file)

    def look(self) -> Read | None:
        """As `Place` says."""
        from playbook.publish.refused import Refused

        if self.file.is_symlink():
            raise Refused(f"'{self.file}' is a link, and links are not followed; name the file itself")
        if not self.file.parent.is_dir():
            raise Refused(f"there is no folder '{self.file.parent}' for it; make it first")
        if os.path.lexists(self.file):
            if not self.file.is_file():
                raise Refused(f"'{self.file}' is there and is no file; name another")
            if b'id="header"' not in self.file.read_bytes():
                raise Refused(f"'{self.file}' is there and is no sealed site; name another file, or remove it yourself")
        return None

    def put(self, bundle: Bundle) -> int:
        """As `Place` says."""
        from playbook.publish.single import single_file
        from playbook.source.writing import write_file

        content = single_file(bundle)
        write_file(self.file, content)
        return len(content)

    def next_step(self) -> str:
        """As `Place` says."""
        return "Send it, or keep it: it opens from a disk, without a host. The passphrase goes another way."


def told_size(count: int) -> str:
    """A number of bytes as people read it."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def refuse_several(given: Mapping[str, object]) -> None:
    """Nothing, where at most one of these options was given.

    Raises:
        Impossible: naming them.
    """
    named = [name for name, value in given.items() if value]
    if len(named) > 1:
        raise Impossible(f"{' and '.join(named)} are two places; publish twice")


def _size(files: Mapping[str, bytes]) -> int:
    return sum(map(len, files.values()))


def _seen(path: Path) -> str:
    whole = path.resolve()
    return os.path.relpath(whole) if whole.is_relative_to(Path.cwd()) else str(path)
