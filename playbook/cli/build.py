"""`playbook build`: writes the site into a folder, all or nothing."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.config import CONFIG
from playbook.cli.context import Impossible, Options
from playbook.cli.ending import ended_politely

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from site_plugins.past import Former


@click.command("build")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Where to; 'site' beside mkdocs.yml unless said."
)
@click.option("--audience", metavar="NAME", help="Who will read it: me, public, or a name from me.yml.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.pass_obj
def build_command(options: Options, out: Path | None, audience: str | None, strict: bool) -> int:
    """Write the site into a folder.

    The folder is replaced when the new site is whole; an error or Ctrl-C leaves the old one as it was. Exits 1, with
    every problem, if something is wrong.

    With --as-of, content/ is taken from that commit, its pages too; mkdocs.yml and templates/ are taken as they are
    now. What could not be read today is told and left out, for nobody can mend a commit.

    \b
    Examples:
      playbook build
      playbook build --audience grace --out for-grace
      playbook build --as-of 2026-10-01 --out october
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from rich.console import Console

    from site_plugins.driver import BuildFailed, NotASite, build_folder

    context = options.context
    config = context.root / CONFIG
    if not config.is_file():
        raise Impossible(f"there is no mkdocs.yml in '{context.root.name}'; playbook init DIR makes a whole playbook")
    chosen: dict[str, object] = {}
    if context.fixed_today is not None:
        chosen["today"] = context.fixed_today
    if audience:
        chosen["audience"] = audience
    started = time.monotonic()
    errors = Console(stderr=True)
    if context.problem is not None:
        return _failed([str(context.problem)])
    try:
        with ended_politely(), errors.status("Building the site") if errors.is_terminal else nullcontext():
            built = build_folder(
                config,
                options.under(out) if out is not None else None,
                options=chosen,
                strict=strict,
                former=_former(context),
            )
    except BuildFailed as error:
        return _failed(error.messages)
    except NotASite as error:
        raise Impossible(str(error)) from None
    except OSError as error:
        raise Impossible(f"the site cannot be written: {error.strerror or error}; nothing was changed") from None
    for line in built.messages:
        click.echo(line)
    shown = built.folder
    if shown.is_relative_to(Path.cwd()):
        shown = shown.relative_to(Path.cwd())
    number = f"{built.pages} page" + ("" if built.pages == 1 else "s")
    if context.revision is not None:
        number += f" as of {context.revision.short} ({context.revision.time.date()})"
    click.echo(f"{number} in {shown} ({time.monotonic() - started:.1f} s)")
    return 0


def _former(context: Context) -> Former | None:
    """The content as `--as-of` asks for it; None for the files on the disk."""
    from playbook.history.revision import NoRevision, read_files
    from site_plugins.past import Former

    revision, past = context.revision, context.past
    if revision is None or past is None:
        return None

    def read(folder: str) -> dict[str, bytes]:
        try:
            return read_files(revision, past, folder)
        except NoRevision as error:
            raise Impossible(f"--as-of: {error}") from None

    return Former(past, revision.commit, read)


def _failed(messages: list[str]) -> int:
    for line in messages:
        click.echo(line)
    click.echo("Nothing was written.", err=True)
    return 1
