"""Writes what gestures prepared, and remembers how to take it back.

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
from dataclasses import dataclass
from pathlib import Path

from playbook.gestures.preparing import Prepared
from playbook.source.writing import ChangedMeanwhile, create_file, replace_file

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


def carry_out(root: Path, content: Path, prepared: Sequence[Prepared], said: str) -> Done:
    """Write every file, if none of them was changed since it was read.

    Args:
        root: the playbook's folder.
        content: the folder of its YAML files.
        prepared: what to write.
        said: what it is, in a sentence.

    Raises:
        NotWritten: where one was changed meanwhile, or cannot be written; it says which were written before it.
    """
    paths = [_path(content, one.path) for one in prepared]
    for one, path in zip(prepared, paths, strict=True):
        _look(one, path, content)
    token = _remember(root, prepared, said)
    written: list[str] = []
    for one, path in zip(prepared, paths, strict=True):
        try:
            if one.before is None:
                path.parent.mkdir(exist_ok=True)
                create_file(path, one.content)
            else:
                replace_file(path, one.content, one.before)
        except ChangedMeanwhile:
            raise NotWritten(f"{one.path} was changed meanwhile; {_so_far(written)}") from None
        except OSError as error:
            raise NotWritten(f"{one.path} cannot be written: {error.strerror}; {_so_far(written)}") from None
        written.append(one.path)
    return Done(said, tuple(written), token)


def take_back(root: Path, content: Path, token: str = "") -> Done:
    """Undo a gesture: its files hold again what they held before. Without a token, the last one.

    Raises:
        NotWritten: where there is none, or a file was changed since; nothing is written then.
    """
    known = _known(root)
    path = next((one for one in known if one.stem == token), None) if token else (known[-1] if known else None)
    if path is None:
        raise NotWritten("there is nothing to take back" if not token else "that cannot be taken back any more")
    try:
        kept = json.loads(path.read_bytes())
        said, files = (
            str(kept["said"]),
            [
                (
                    str(one["path"]),
                    None if one["before"] is None else base64.b64decode(one["before"]),
                    str(one["after"]),
                )
                for one in kept["files"]
            ],
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise NotWritten("what was written last cannot be read any more; git has the files") from None
    now: list[tuple[Path, bytes, bytes | None]] = []
    for shown, before, after in files:
        place = _path(content, shown)
        try:
            held = place.read_bytes()
        except OSError:
            held = b""
        if hashlib.sha256(held).hexdigest() != after or place.is_symlink():
            raise NotWritten(f"{shown} was changed since; nothing was taken back")
        now.append((place, held, before))
    for place, held, before in now:
        try:
            if before is None:
                place.unlink()
            else:
                replace_file(place, before, held)
        except (OSError, ChangedMeanwhile):
            raise NotWritten(f"{place.name} cannot be written; git has it as it was") from None
    path.unlink(missing_ok=True)
    return Done(said, tuple(shown for shown, _, _ in files), "")


def _look(one: Prepared, path: Path, content: Path) -> None:
    for place in (content, path.parent, path):
        if place.is_symlink():
            raise NotWritten(f"'{place.name}' is a link; links are not followed; nothing was written")
    try:
        same = path.read_bytes() == one.before
    except FileNotFoundError:
        same = one.is_new
    except OSError:
        same = False
    if not same:
        raise NotWritten(f"{one.path} was changed meanwhile; nothing was written, try it again")


def _path(content: Path, shown: str) -> Path:
    """The file that is shown as `content/people/ada.yml`, or just as `me.yml`'s neighbours are."""
    kind_and_name = Path(shown).parts[-2:] if Path(shown).parts[-2:-1] != (content.name,) else Path(shown).parts[-1:]
    return content.joinpath(*kind_and_name)


def _so_far(written: Sequence[str]) -> str:
    if not written:
        return "nothing was written, try it again"
    return f"written before it: {', '.join(written)}; to take that back: playbook undo"


def _known(root: Path) -> list[Path]:
    """What can be taken back, the oldest first."""
    with suppress(OSError):
        return sorted(path for path in (root / FOLDER).iterdir() if path.suffix == ".json" and not path.is_symlink())
    return []


def _remember(root: Path, prepared: Sequence[Prepared], said: str) -> str:
    """The token under which it is kept; empty where the folder cannot be written, for the gesture comes first."""
    files = [
        {
            "path": one.path,
            "before": None if one.before is None else base64.b64encode(one.before).decode(),
            "after": hashlib.sha256(one.content).hexdigest(),
        }
        for one in prepared
    ]
    token = f"{time.time_ns():020}-{secrets.token_hex(8)}"
    try:
        folder = root / FOLDER
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in _known(root)[: -KEPT + 1]:
            old.unlink(missing_ok=True)
        descriptor = os.open(folder / f"{token}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump({"said": said, "files": files}, stream)
    except OSError:
        return ""
    return token
