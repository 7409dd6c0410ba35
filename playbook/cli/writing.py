"""Writes what a command has prepared: every file or none, so that `playbook undo` takes all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.cli.context import Impossible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.cli.context import Context
    from playbook.gestures.carrying import Done
    from playbook.gestures.preparing import Prepared


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
