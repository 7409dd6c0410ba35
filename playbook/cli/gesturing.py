"""What one-gesture commands share: read the playbook, plan, write at once, say which file and how to undo it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.terminal import print_json
from playbook.cli.writing import write_prepared

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from playbook.cli.context import Context
    from playbook.gestures import Bench, Gesture
    from playbook.gestures.preparing import Prepared
    from playbook.load import Loaded
    from playbook.problems import Problem
    from playbook.source.files import SourceFile


@dataclass(frozen=True)
class Workshop:
    """A playbook as one command changes it."""

    context: Context
    files: tuple[SourceFile, ...]
    found: tuple[Problem, ...]

    @cached_property
    def loaded(self) -> Loaded:
        """What the files say."""
        return self._load(self.files)

    def load(self, files: Sequence[SourceFile]) -> Loaded:
        """What these files say, as they are or shall be."""
        return self.loaded if files is self.files else self._load(files)

    @cached_property
    def _load(self) -> Callable[[Iterable[SourceFile]], Loaded]:
        return self.context.loader(self.found)

    def bench(self, on: dt.date | None = None) -> Bench:
        """Where gestures of a day are planned; today's, unless said."""
        from playbook.gestures import Bench

        playbook = self.loaded.playbook
        taken = frozenset((one.kind, one.id) for one in self.files if playbook.find((one.kind, one.id)) is None)
        return Bench(playbook, on or self.context.today, taken)

    def prepare(self, gesture: Gesture) -> tuple[Prepared, ...]:
        """Every file as it shall be.

        Raises:
            Impossible: where one cannot be edited, or the playbook would have a problem that it did not have.
        """
        from playbook.gestures.preparing import NotPrepared, prepare

        try:
            return prepare(gesture.files, self.files, self.context.content_name, self.load)
        except NotPrepared as error:
            raise Impossible(f"{error}; nothing was written") from None


def open_workshop(options: Options, command: str) -> Workshop:
    """The playbook on the disk, to be changed."""
    from playbook.records import KINDS
    from playbook.source.files import find_files

    options.refuse_as_of(f"playbook {command}")
    context = options.context
    files, found = find_files(context.content, KINDS, shown_as=context.content_name)
    return Workshop(context, tuple(files), tuple(found))


def write(workshop: Workshop, gesture: Gesture, *, dry_run: bool = False, as_json: bool = False) -> int:
    """Write a gesture and say so; with `dry_run` the diff alone is shown. The exit code.

    Raises:
        Impossible: where it cannot be written; nothing is half-written.
    """
    if gesture.is_empty:
        if as_json:
            print_json({"said": gesture.said, "files": [], "already": list(gesture.already), "written": False})
            return 0
        for text in gesture.already or (gesture.said,):
            click.echo(f"already there: {text}")
        return 0
    prepared = workshop.prepare(gesture)
    if dry_run:
        show_diff(prepared)
        click.echo("Nothing was written (--dry-run).")
        return 0
    done = write_prepared(workshop.context, prepared, gesture.said)
    if as_json:
        print_json({"said": done.said, "files": list(done.files), "undo": done.token, "written": True})
        return 0
    click.echo(done.said)
    for one in prepared:
        click.echo(f"  {one.path}{' (new)' if one.is_new else ''}")
        # One thing in one file is what the first line says; of more, each is told.
        for text in one.said if len(one.said) > 1 or len(prepared) > 1 else ():
            click.echo(f"    {text}")
    for text in gesture.already:
        click.echo(f"  already there: {text}")
    return 0


def show_diff(prepared: Sequence[Prepared]) -> None:
    """What would change, line by line."""
    import difflib

    for one in prepared:
        before = (one.before or b"").decode("utf-8-sig").splitlines()
        after = one.content.decode("utf-8-sig").splitlines()
        click.echo(click.style(one.path, bold=True) + (" (new)" if one.is_new else ""))
        for line in list(difflib.unified_diff(before, after, n=2, lineterm=""))[2:]:
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            click.echo("  " + click.style(line, fg=colour))
