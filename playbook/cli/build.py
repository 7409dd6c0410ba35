"""`playbook build`: writes the site into a folder, all or nothing."""

from __future__ import annotations

import os
import shlex
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.config import CONFIG
from playbook.cli.context import Impossible, Options
from playbook.cli.ending import ended_politely
from playbook.cli.unscanned import tell_unscanned

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from site_plugins.past import Former


@click.command("build")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Where to; 'site' beside mkdocs.yml unless said."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--unscanned", is_flag=True, help="List the hidden values that the leak scan cannot look for, by field.")
@click.pass_obj
def build_command(options: Options, out: Path | None, strict: bool, unscanned: bool) -> int:
    """Write the site into a folder.

    The folder is replaced when the new site is whole; an error or Ctrl-C leaves the old one as it was. Exits 1, with
    every problem, if something is wrong.

    With --audience NAME it is the site that somebody else may read: public, a name from me.yml, or a label such as
    mentor; otherwise it is what mkdocs.yml says, or all of it.

    What others may read is scanned before it takes its place: for everything that they may not know, for keys and
    tokens, for folders of this machine, and for what a browser would fetch from other hosts. Where something is found,
    its field is named and nothing is written.

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
    if context.reader:
        chosen["audience"] = context.reader
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
        _check_audience(context)
        return _failed(error.messages)
    except NotASite as error:
        raise Impossible(str(error)) from None
    except OSError as error:
        raise Impossible(f"the site cannot be written: {error.strerror or error}; nothing was changed") from None
    for line in built.messages:
        click.echo(line)
    if built.scanned is not None:
        tell_unscanned(built.scanned, context.reader or context.audience, whole=unscanned, to_err=True)
    shown = built.folder
    if shown.is_relative_to(Path.cwd()):
        shown = shown.relative_to(Path.cwd())
    number = f"{built.pages} page" + ("" if built.pages == 1 else "s")
    if context.revision is not None:
        number += f" as of {context.revision.short} ({context.revision.time.date()})"
    click.echo(f"{number} in {shown} ({time.monotonic() - started:.1f} s)")
    _tell_ignored(built.folder, context)
    return 0


def _check_audience(context: Context) -> None:
    """Whether a build failed because nobody is called as the audience is; one with errors has others to tell first.

    Raises:
        click.UsageError: for an audience on the command line that nobody knows.
        Impossible: for one in mkdocs.yml.
    """
    from playbook.audience import ME, UnknownAudience, reader_of

    name = context.reader or context.audience
    if name in ("", ME):
        return
    loaded = context.load_all(with_scripts=False)
    if loaded.has_errors:
        return
    try:
        reader_of(loaded.playbook, name)
    except UnknownAudience as error:
        if context.reader:
            raise click.UsageError(f"--audience: {error}") from None
        raise Impossible(f"{CONFIG}: audience: {error}") from None


def _tell_ignored(folder: Path, context: Context) -> None:
    """A site in the repository that the next `git add .` would take in."""
    from playbook.history.ignored import line_to_ignore

    found = line_to_ignore(folder, context.root)
    if found is None:
        return
    line, file = found
    click.echo(
        f"{folder.name} is not ignored by git; the next 'git add .' takes it in. To keep it out: "
        f"echo {shlex.quote(line)} >> {shlex.quote(os.path.relpath(file))}",
        err=True,
    )


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
