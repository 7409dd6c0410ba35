"""Writes what a command has prepared, once it was agreed to: every file or none, and `playbook undo` takes it back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.cli.context import Context
    from playbook.gestures.carrying import Done
    from playbook.gestures.preparing import Prepared


def is_agreed(question: str, *, yes: bool, dry_run: bool = False, default: bool = False) -> bool:
    """Whether what was shown shall be written: it was said before (`yes`), or is said now. Where not, that is told."""
    if dry_run:
        click.echo("Nothing was written (--dry-run).")
        return False
    if yes:
        return True
    if not sys.stdin.isatty():
        click.echo("Nothing was written. To write it: --yes")
        return False
    if click.confirm(question, default=default):
        return True
    click.echo("Nothing was written.")
    return False


def write_prepared(context: Context, prepared: Sequence[Prepared], said: str) -> Done:
    """Write every file, if none of them was changed since it was read. `said` is what it is, in a sentence.

    Raises:
        Impossible: where one was changed, or cannot be written; then all are as they were, or it says which are not.
    """
    from playbook.gestures.carrying import NotWritten, carry_out

    try:
        return carry_out(context.root, context.content, prepared, said)
    except NotWritten as error:
        raise Impossible(str(error)) from None
