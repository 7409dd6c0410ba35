"""Writes what gestures prepared, all of it or nothing, and remembers how to take it back.

The last few are kept below `.cache`, which is under no version control, readable by their owner alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from playbook.gestures.preparing import Prepared
from playbook.history.holding import commit_since
from playbook.history.repository import NoHistory, find_repository
from playbook.source.writing import ChangedMeanwhile, create_file, remove_file, replace_file

KEPT = 50
"""How many gestures can be taken back, the last first."""
FOLDER = Path(".cache") / "playbook" / "undo"


class NotWritten(Exception):  # noqa: N818  (it reads as what it says)
    """Why nothing, or not everything, was written, as one sentence."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was written."""

    said: str
    files: tuple[str, ...]
    """As problems print them: `content/people/ada.yml`."""
    token: str
    """Takes it back; empty where it could not be remembered."""
    commits: tuple[str, ...] = ()
    """Of what is taken back: the commits, by their short ids, that hold it and stay."""


def carry_out(root: Path, content: Path, prepared: Sequence[Prepared], said: str) -> Done:
    """Write every file, if none of them was changed since it was read.

    Args:
        root: the playbook's folder.
        content: the folder of its YAML files.
        prepared: what to write.
        said: what it is, in a sentence.

    Raises:
        NotWritten: where one was changed meanwhile, or cannot be written; then all are as they were, or it says which
            could not be put back.
    """
    steps = [_Step(one.path, _path(root, content, one.path), one.before, one.after) for one in prepared]
    for step in steps:
        _look(step, content)
    token = _remember(root, steps, said, _head(content))
    try:
        _walk(steps)
    except _Stopped as stopped:
        if not stopped.left and token:
            (root / FOLDER / f"{token}.json").unlink(missing_ok=True)
        raise NotWritten(stopped.told("nothing was written, try it again", "playbook undo")) from None
    return Done(said, tuple(one.path for one in prepared), token)


def take_back(root: Path, content: Path, token: str = "", *, only_say: bool = False) -> Done:
    """Undo a gesture: its files hold again what they held before. Without a token, the last one.

    With `only_say` nothing is written: it says what would be taken back, with the token that does it.

    Raises:
        NotWritten: where there is none, or a file was changed since; nothing is written then.
    """
    known = _known(root)
    path = next((one for one in known if one.stem == token), None) if token else (known[-1] if known else None)
    if path is None:
        raise NotWritten("there is nothing to take back" if not token else "that cannot be taken back any more")
    try:
        kept = json.loads(path.read_bytes())
        said = str(kept["said"])
        files = [(str(one["path"]), _bytes(one["before"]), one["after"]) for one in kept["files"]]
        head = str(kept.get("head", ""))
    except (OSError, ValueError, KeyError, TypeError):
        raise NotWritten("what was written last cannot be read any more; git has the files") from None
    steps: list[_Step] = []
    for shown, before, after in files:
        place = _path(root, content, shown)
        _refuse_links(place, content)
        held = _held(place)
        if held == before:
            continue  # a kill between two files left it so
        if (None if held is None else hashlib.sha256(held).hexdigest()) != after:
            raise NotWritten(f"{shown} was changed since '{said}' was written; nothing was taken back")
        steps.append(_Step(shown, place, held, before))
    done = Done(said, tuple(shown for shown, _, _ in files), path.stem, _commits(content, steps, head))
    if only_say:
        return done
    try:
        _walk(steps)
    except _Stopped as stopped:
        raise NotWritten(stopped.told("nothing was taken back", "git restore")) from None
    path.unlink(missing_ok=True)
    return replace(done, token="")


@dataclass(frozen=True, slots=True)
class _Step:
    """One file on its way from what it holds to what it shall hold; None for no file."""

    shown: str
    path: Path
    before: bytes | None
    after: bytes | None

    def take(self) -> None:
        """Raises where the file does not hold what it held, or cannot be written; it is as it was then."""
        if self.after is None:
            remove_file(self.path, self.before or b"")
        elif self.before is None:
            self.path.parent.mkdir(exist_ok=True)
            create_file(self.path, self.after)
        else:
            replace_file(self.path, self.after, self.before)


class _Stopped(Exception):  # noqa: N818  (it reads as what it says)
    """A file could not be written, and those before it were put back."""

    def __init__(self, why: str, left: Sequence[str]) -> None:
        super().__init__(why)
        self.left = left
        """The files that could not be put back."""

    def told(self, whole: str, way: str) -> str:
        return f"{self}; {whole}" if not self.left else f"{self}; written before it: {', '.join(self.left)}; see: {way}"


def _walk(steps: Sequence[_Step]) -> None:
    """Takes every step, files that go last: whatever happens between two of them, nothing is lost.

    Raises:
        _Stopped: where one cannot be taken; those before it were taken back.
    """
    done: list[_Step] = []
    for step in sorted(steps, key=lambda step: step.after is None):
        try:
            step.take()
        except ChangedMeanwhile:
            raise _Stopped(f"{step.shown} was changed meanwhile", _put_back(done)) from None
        except OSError as error:
            raise _Stopped(f"{step.shown} cannot be written: {error.strerror}", _put_back(done)) from None
        done.append(step)


def _put_back(done: Sequence[_Step]) -> list[str]:
    """The files that could not be put back."""
    left = []
    for step in reversed(done):
        try:
            _Step(step.shown, step.path, step.after, step.before).take()
        except (OSError, ChangedMeanwhile):
            left.append(step.shown)
    return left


def _look(step: _Step, content: Path) -> None:
    _refuse_links(step.path, content)
    if _held(step.path) != step.before:
        raise NotWritten(f"{step.shown} was changed meanwhile; nothing was written, try it again")


def _refuse_links(path: Path, content: Path) -> None:
    between = [place for place in path.parents if place.is_relative_to(content)]
    for place in (content, *reversed(between), path):
        if place.is_symlink():
            raise NotWritten(f"'{place.name}' is a link; links are not followed; nothing was written")


def _held(path: Path) -> bytes | None:
    """What a file holds, None where none is there; of what cannot be read, bytes that no file of ours holds."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b"\0"


def _path(root: Path, content: Path, shown: str) -> Path:
    """The file that is shown as `content/people/ada.yml`; the folder may be called otherwise.

    Raises:
        NotWritten: where it would lie elsewhere. A playbook from somebody else may bring things to take back, too.
    """
    if content.is_relative_to(root) and Path(shown).is_relative_to(content.relative_to(root)):
        path = root / shown
    else:
        parts = Path(shown).parts
        path = content.joinpath(*(parts[-2:] if parts[-2:-1] != (content.name,) else parts[-1:]))
    if not path.is_relative_to(content) or ".." in path.relative_to(content).parts:
        raise NotWritten(f"'{shown}' does not lie in '{content.name}'; nothing was written")
    return path


def _bytes(kept: str | None) -> bytes | None:
    return None if kept is None else base64.b64decode(kept)


def _known(root: Path) -> list[Path]:
    """What can be taken back, the oldest first."""
    with suppress(OSError):
        return sorted(path for path in (root / FOLDER).iterdir() if path.suffix == ".json" and not path.is_symlink())
    return []


def _head(content: Path) -> str:
    """The last commit, by its id; empty where there is none."""
    repository = find_repository(content)
    return "" if isinstance(repository, NoHistory) else repository.head


def _commits(content: Path, steps: Sequence[_Step], head: str) -> tuple[str, ...]:
    """The commits since `head` that took in what is on its way back."""
    repository = find_repository(content)
    if isinstance(repository, NoHistory):
        return ()
    found = (commit_since(repository, one.path.relative_to(content).as_posix(), one.after, head) for one in steps)
    return tuple(dict.fromkeys(one for one in found if one))


def _remember(root: Path, steps: Sequence[_Step], said: str, head: str) -> str:
    """The token under which it is kept; empty where the folder cannot be written, for the gesture comes first."""
    files = [
        {
            "path": one.shown,
            "before": None if one.before is None else base64.b64encode(one.before).decode(),
            "after": None if one.after is None else hashlib.sha256(one.after).hexdigest(),
        }
        for one in steps
    ]
    token = f"{time.time_ns():020}-{secrets.token_hex(8)}"
    try:
        folder = root / FOLDER
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in _known(root)[: -KEPT + 1]:
            old.unlink(missing_ok=True)
        descriptor = os.open(folder / f"{token}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump({"said": said, "files": files, "head": head}, stream)
    except OSError:
        with suppress(OSError):
            (root / FOLDER / f"{token}.json").unlink(missing_ok=True)  # half of it would be in the way of all others
        return ""
    return token
