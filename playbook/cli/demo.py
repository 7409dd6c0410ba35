"""`playbook demo`: the example playbook, served from a throwaway folder."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from playbook.cli.context import Options


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="8000, or the next free one, unless said.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def demo_command(options: Options, port: int | None, open_page: bool) -> int:
    """Look around the example playbook: somebody's way to a promotion.

    It lies in a throwaway folder: change what you like and watch the page follow. The folder is removed at the end.
    """
    from playbook.cli.serve import serve
    from playbook.shipped import example_folder

    options.refuse_as_of("playbook demo")
    with tempfile.TemporaryDirectory(prefix="playbook-demo-") as folder:
        root = Path(folder)
        shipped = example_folder()
        shutil.copytree(shipped / "content", root / "content")
        shutil.copyfile(shipped / "mkdocs.yml", root / "mkdocs.yml")
        click.echo(f"The example lies in {root} until you stop; edit {root / 'content'} and watch.")
        serve(Options(folder, options.today).context, port=port, open_page=open_page)
    return 0
