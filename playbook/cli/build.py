"""`playbook build`: writes the site into a folder, all or nothing."""

from __future__ import annotations

import time
from pathlib import Path

import click

from playbook.cli.context import Options


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
    """
    from rich.console import Console

    from site_plugins.driver import BuildFailed, build_folder

    context = options.context
    config = context.root / "mkdocs.yml"
    if not config.is_file():
        raise click.UsageError(
            f"there is no mkdocs.yml in '{context.root.name}'; playbook init DIR makes a whole playbook"
        )
    chosen: dict[str, object] = {}
    if context.fixed_today is not None:
        chosen["today"] = context.fixed_today
    if audience:
        chosen["audience"] = audience
    if out is not None:
        out = options.under(out)
    started = time.monotonic()
    errors = Console(stderr=True)
    try:
        if errors.is_terminal:
            with errors.status("Building the site"):
                built = build_folder(config, out, options=chosen, strict=strict)
        else:
            built = build_folder(config, out, options=chosen, strict=strict)
    except BuildFailed as error:
        for line in error.messages:
            click.echo(line)
        click.echo("Nothing was written.", err=True)
        return 1
    except FileExistsError as error:
        raise click.UsageError(str(error)) from None
    for line in built.messages:
        click.echo(line)
    shown = built.folder
    if shown.is_relative_to(Path.cwd()):
        shown = shown.relative_to(Path.cwd())
    click.echo(f"{built.pages} pages in {shown} ({time.monotonic() - started:.1f} s)")
    return 0
