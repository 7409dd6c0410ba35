"""Writes files so that nothing is ever half there: beside the place, to the disk, then into the place in one step.

Refuses to know what it writes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

# What a file system says that knows no hard links.
_NO_LINKS = frozenset((errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL))


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all; a file that is there keeps its permissions.

    A link stays a link: what it leads to is written. What is there and is no file (`/dev/stdout`, a named pipe) takes
    the bytes as they come, for putting a file in its place would take it away from everyone.

    Raises:
        OSError: where it cannot be written; what stood there is as it was.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.write(content)
        return
    path = Path(os.path.realpath(path))
    if path.exists() and not os.access(path, os.W_OK):
        # A rename would win over a file that its owner has locked.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    with _beside(path, content) as made:
        if path.exists():
            made.chmod(path.stat().st_mode & 0o777)
        made.replace(path)


class ChangedMeanwhile(Exception):  # noqa: N818  (it reads as what it says)
    """The file does not hold what it held when it was read; it was left as it is."""


def replace_file(path: Path, content: bytes, expected: bytes) -> None:
    """Put `content` at `path`, where `expected` still stands.

    Where the system can exchange two names in one step, what an editor saved at the same moment is noticed even between
    the last look and the move, and put back.

    Raises:
        ChangedMeanwhile: where something else stands there, or nothing.
        OSError: where it cannot be written; what stood there is as it was.
    """
    if not os.access(path, os.W_OK) and path.exists():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    with _beside(path, content) as made:
        try:
            made.chmod(path.stat().st_mode & 0o777)
            if path.read_bytes() != expected:
                raise ChangedMeanwhile
        except FileNotFoundError:
            raise ChangedMeanwhile from None
        if not _exchange(made, path):
            made.replace(path)
        elif made.read_bytes() != expected:
            _exchange(made, path)
            raise ChangedMeanwhile


def create_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, where nothing may be yet.

    Raises:
        FileExistsError: where something is; it is not touched.
        OSError: where it cannot be written; nothing is there.
    """
    with _beside(path, content) as made:
        try:
            # A hard link fails where the name is taken; a rename would win over whatever stands there.
            os.link(made, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _copy_into_nothing(made, path)


def remove_file(path: Path, expected: bytes) -> None:
    """Take the file at `path` away, where `expected` still stands.

    It is moved aside first and looked at again, so that what an editor saved at the same moment is put back.

    Raises:
        ChangedMeanwhile: where something else stands there, or nothing.
        OSError: where it cannot be taken away; it is as it was.
    """
    try:
        if path.read_bytes() != expected:
            raise ChangedMeanwhile
        aside = path.parent / f".playbook-{secrets.token_hex(8)}"
        path.rename(aside)
    except FileNotFoundError:
        raise ChangedMeanwhile from None
    if aside.read_bytes() != expected:
        _move_into_nothing(aside, path)
        raise ChangedMeanwhile
    aside.unlink()


def create_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all `files` (path below `folder` → content) into a new or an empty folder, together or not at all.

    What lies in the folder already and has another name stays (a `.git`, say).

    Raises:
        FileExistsError: where something of that name is in the folder; it is not touched.
        OSError: where they cannot be written; nothing is there that was not before.
    """
    folder = folder.absolute()
    made = [missing for missing in (folder, *folder.parents) if not missing.exists()]
    beside = folder.parent / f".playbook-{secrets.token_hex(8)}"
    moved: list[Path] = []
    try:
        beside.mkdir(parents=True)
        for path, content in files.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            _write_new(file, content)
        folder.mkdir(exist_ok=True)
        for child in sorted(beside.iterdir()):
            _move_into_nothing(child, folder / child.name)
            moved.append(folder / child.name)
        beside.rmdir()
    except BaseException:
        for there in (*moved, beside):
            shutil.rmtree(there) if there.is_dir() else there.unlink(missing_ok=True)
        for empty in made:
            with suppress(OSError):
                empty.rmdir()
        raise


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A file with `content` in the folder of `path`; it is gone afterwards, unless it was moved."""
    made = path.parent / f".playbook-{secrets.token_hex(8)}"
    try:
        _write_new(made, content)
        yield made
    finally:
        made.unlink(missing_ok=True)


_EXCHANGE = 2
_HERE = -100
_RENAMEAT2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
"""Linux alone has it, from a C library of 2018 on."""


def _exchange(one: Path, other: Path) -> bool:
    """Whether two files have changed places; False where the system or the file system cannot do that in one step."""
    if _RENAMEAT2 is None:
        return False
    return bool(_RENAMEAT2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _move_into_nothing(source: Path, path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    source.rename(path)


def _copy_into_nothing(source: Path, path: Path) -> None:
    with path.open("xb") as stream:
        try:
            stream.write(source.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            path.unlink()
            raise
