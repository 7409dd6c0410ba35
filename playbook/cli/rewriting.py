"""Files that shall be rewritten: read with their pages, shown as a difference, written all together."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.cli.context import Context
    from playbook.load import Loaded
    from playbook.rewriting import Rewritten
    from playbook.source.files import SourceFile

Load = Callable[["Sequence[SourceFile]"], "Loaded"]


def read_files(context: Context) -> tuple[tuple[SourceFile, ...], dict[str, bytes], Load]:
    """(every file of the playbook, path → bytes of every page, what reads such files into a playbook)."""
    from playbook.cli.context import check_scripts
    from playbook.records import KINDS
    from playbook.source.files import find_files, find_pages

    files, problems = find_files(context.content, KINDS, shown_as=context.content_name)
    paths, more = find_pages(context.content, shown_as=context.content_name)
    pages: dict[str, bytes] = {}
    for path in paths:
        try:
            pages[path] = _on_disk(context, path).read_bytes()
        except OSError as error:
            raise Impossible(f"{path} cannot be read: {error.strerror}") from None
    return files, pages, context.loader((*problems, *more), pages=paths, checks=(check_scripts,))


def show_difference(rewritten: Sequence[Rewritten]) -> None:
    """Every file's old and new lines, as `git diff` shows them; of one that goes, how long it was."""
    for one in rewritten:
        before, after = _lines(one.before), _lines(one.after)
        if one.after is None:
            click.echo(click.style(one.path, bold=True) + f" (deleted, {len(before)} lines)")
            continue
        click.echo(click.style(one.path, bold=True) + (" (new)" if one.before is None else ""))
        for line in list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]:
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            click.echo(click.style(_plain(line), fg=colour) if colour else _plain(line))


def write_rewritten(context: Context, rewritten: Sequence[Rewritten], said: str) -> str:
    """Write every file, if none of them was changed since it was read; where one cannot be, all are as they were.

    What takes it back again is returned; empty where it could not be remembered. `said` is what it is, in a sentence.

    Raises:
        Impossible: where one was changed, or cannot be written.
    """
    from playbook.cli.writing import write_prepared
    from playbook.gestures.preparing import Prepared

    prepared = [Prepared(one.path, one.before, one.after or b"", (), is_gone=one.after is None) for one in rewritten]
    return write_prepared(context, prepared, said).token


def _on_disk(context: Context, path: str) -> Path:
    return context.content / path.removeprefix(f"{context.content_name}/").replace("/", os.sep)


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8-sig", errors="replace").splitlines()


def _plain(line: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\t" else "?" for letter in line)
