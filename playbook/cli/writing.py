"""Writes prepared files, all of them or, where a disk fails midway, with a word about which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playbook.cli.context import Impossible
from playbook.source.writing import create_file, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.cli.context import Context
    from playbook.gestures.preparing import Prepared


def write_prepared(context: Context, prepared: Sequence[Prepared]) -> None:
    """Write every file, if none of them was changed since it was read.

    Raises:
        Impossible: where one was, or cannot be written; it says which were.
    """
    for one in prepared:
        path = _path(context, one)
        for place in (context.content, path.parent, path):
            if place.is_symlink():
                raise Impossible(f"'{place.name}' is a link; links are not followed; nothing was written")
        if not _is_as_read(path, one):
            raise Impossible(f"{one.path} was changed meanwhile; nothing was written, run it again")
    written: list[str] = []
    for one in prepared:
        path = _path(context, one)
        try:
            if one.is_new:
                path.parent.mkdir(exist_ok=True)
                create_file(path, one.content)
            else:
                write_file(path, one.content)
        except OSError as error:
            so_far = f"written before it: {', '.join(written)}" if written else "nothing was written"
            again = "; run it again, what is there is not written twice" if written else ""
            raise Impossible(f"{one.path} cannot be written: {error.strerror}; {so_far}{again}") from None
        written.append(one.path)


def _path(context: Context, one: Prepared) -> Path:
    return context.content / one.path.removeprefix(f"{context.content_name}/")


def _is_as_read(path: Path, one: Prepared) -> bool:
    try:
        return path.read_bytes() == one.before
    except FileNotFoundError:
        return one.is_new
    except OSError:
        return False
