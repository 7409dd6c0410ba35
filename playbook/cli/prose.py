"""How a terminal tells of open texts that name somebody in plain words: each with its line, and takes no word out."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.views.prose import Prose

FEW = 5
"""Lines that a command shows whose business is another; of more, how many."""


def tell_prose(prose: Sequence[Prose], name: str, *, most: int | None = None) -> None:
    """Say where each stands, and why it is told; of more than `most` how many, and who tells them all."""
    if not prose:
        return
    click.echo(click.style("Read these yourself: open texts that name somebody in plain words", bold=True))
    for one in prose[:most]:
        why = f"who is {name}" if one.is_reader else f"who is not named to {name}"
        where = f"{one.place.path}:{one.place.line}"
        click.echo(f"  {where}: {one.field}: '{one.word}' may be {one.person}, {why}")
    if most is not None and len(prose) > most:
        more = f"and {len(prose) - most} more" if most else f"{len(prose)} of them"
        click.echo(f"  {more}: playbook audience diff {shlex.quote(name)}")
