"""`playbook manual`: the manuals that come with the program, to read where nobody has a clone of it."""

from __future__ import annotations

import click

MANUALS = {
    "audiences": "Who sees what, by example; and how to forget somebody.",
    "publishing": "How to publish a sealed site, where, and what that does not protect.",
    "lost-laptop": "What to do when the laptop is gone, in order.",
    "fields": "Every field of every kind of file.",
    "sealing": "The format of a sealed site and of a backup, for whoever writes another reader.",
}
"""Name → what it is about; each is `NAME.md` among the manuals."""


@click.command("manual")
@click.argument("name", required=False, metavar="[NAME]", type=click.Choice(list(MANUALS)))
def manual_command(name: str | None) -> int:
    """Print a manual, as Markdown; without NAME, list them and say where their files are.

    \b
    Examples:
      playbook manual
      playbook manual publishing | less
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.shipped import manuals_folder

    folder = manuals_folder()
    if name is not None:
        click.echo((folder / f"{name}.md").read_text(encoding="utf-8"), nl=False)
        return 0
    widest = max(map(len, MANUALS))
    for each, about in MANUALS.items():
        click.echo(f"{each:<{widest}}  {about}")
    click.echo(f"Their files are in {folder}.")
    return 0
