"""`playbook demo`: the example playbook, served from a throwaway folder."""

from __future__ import annotations

import contextlib
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

    It lies in a throwaway folder, a git repository with a year of invented commits: change what you like and watch
    the page follow. The folder is removed at the end.
    """
    from playbook.cli.serve import serve
    from playbook.shipped import example_folder

    options.refuse_as_of("playbook demo")
    with tempfile.TemporaryDirectory(prefix="playbook-demo-") as folder:
        root = Path(folder)
        shipped = example_folder()
        shutil.copytree(shipped / "content", root / "content")
        shutil.copyfile(shipped / "mkdocs.yml", root / "mkdocs.yml")
        give_it_a_past(root)
        click.echo(f"The example lies in {root} until you stop; edit {root / 'content'} and watch.")
        serve(Options(folder, options.today).context, port=port, open_page=open_page)
    return 0


def give_it_a_past(root: Path) -> None:
    """Commits that lead to the files as they are; without git, the Progress page says what would stand there."""
    from playbook.cli.config import CONFIG, read_plugin_options
    from playbook.example_past import invent_past
    from playbook.repository.git import GitRefused
    from playbook.repository.importing import make_repository

    content = root / "content"
    today = read_plugin_options(root / CONFIG).today
    if today is None:
        return
    files = {
        file.relative_to(content).as_posix(): file.read_bytes() for file in sorted(content.rglob("*")) if file.is_file()
    }
    commits = [
        (past.day, past.subject, {f"content/{path}": data for path, data in past.files.items()})
        for past in invent_past(files, today)
    ]
    day, subject, first = commits[0]
    commits[0] = (day, subject, {**first, CONFIG: (root / CONFIG).read_bytes()})
    with contextlib.suppress(GitRefused):
        make_repository(root, commits, author="Mara Tamm <mara@example.org>")
