"""How a terminal tells of hidden values that the leak scan did not look for: in a sentence, or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from playbook.publish.scan import Report


def tell_unscanned(report: Report, audience: str, *, whole: bool, to_err: bool = False) -> None:
    """Say how many, and what that means; with `whole` by file and field, never by value."""
    count = len(report.listed)
    if not count:
        return
    texts = "1 hidden text was" if count == 1 else f"{count} hidden texts were"
    click.echo(
        f"{texts} not searched for in the pages: the same words stand in the program, or in what {audience} may read, "
        f"or are too short to tell{'.' if whole else ' (--unscanned lists them).'}",
        err=to_err,
    )
    if whole:
        click.echo("By file and field; a file whose own name is hidden goes by its place in the folder:", err=to_err)
        for line in report.listed_lines():
            click.echo(f"  {line}", err=to_err)
