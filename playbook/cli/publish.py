"""`playbook publish`: puts the site somewhere, sealed, so that whoever keeps it cannot read it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.config import CONFIG
from playbook.cli.context import Impossible, Options
from playbook.cli.ending import ended_politely
from playbook.cli.passphrases import ACCEPT_WEAK, PASSPHRASE_FILE

if TYPE_CHECKING:
    from playbook.cli.places import Place
    from playbook.cli.publishing import Publishing

_PATH = click.Path(path_type=Path)


@click.command("publish")
@click.option("--to", metavar="DIR", type=_PATH, help="Into a folder, to be put on any host.")
@click.option("--branch", metavar="NAME", help="Onto a branch of this repository, as its only commit.")
@click.option("--remote", metavar="NAME", help="With --branch: push it there, such as to origin.")
@click.option("--single-file", metavar="FILE", type=_PATH, help="Into one HTML file that opens from a disk or a mail.")
@click.option("--audience", metavar="NAME", help="Who will read it: me unless said, public, or a name from me.yml.")
@PASSPHRASE_FILE
@click.option("--discreet", is_flag=True, help="One title for all pages, so that a browser's history names none.")
@click.option("--with-feeds", is_flag=True, help="Calendar feeds too; they are left out otherwise.")
@click.option(
    "--replace",
    is_flag=True,
    help="Also in the place of a site that this passphrase does not open; of a branch, also one that is not sealed.",
)
@ACCEPT_WEAK
@click.option("--dry-run", is_flag=True, help="Say what would be published; ask for no passphrase, write nothing.")
@click.option("--unscanned", is_flag=True, help="With --dry-run: list the hidden values that the scan cannot look for.")
@click.option("--yes", is_flag=True, help="Push without asking.")
@click.option(
    "--init",
    metavar="HOST",
    type=click.Choice(["github", "gitlab"]),
    help="Write a workflow that publishes with every push: github or gitlab.",
)
@click.pass_obj
def publish_command(
    options: Options,
    to: Path | None,
    branch: str | None,
    remote: str | None,
    single_file: Path | None,
    audience: str | None,
    passphrase_file: Path | None,
    discreet: bool,
    with_feeds: bool,
    replace: bool,
    accept_weak: bool,
    dry_run: bool,
    unscanned: bool,
    yes: bool,
    init: str | None,
) -> int:
    """Publish the site sealed: whoever keeps it, or finds it, cannot read it without the passphrase.

    What the last commit holds is built in a private temporary folder, scanned for what this audience must not see, and
    encrypted. Only ciphertext leaves this machine. The passphrase is asked for, or comes from --passphrase-file,
    PLAYBOOK_PASSPHRASE or the system's keyring. A publish that is interrupted leaves the old site whole.

    With --discreet all pages have one title. What remains in a browser's history are the addresses, and with them the
    names in them; a private window leaves neither.

    \b
    Examples:
      playbook publish --dry-run
      playbook publish --to sealed
      playbook publish --branch gh-pages --remote origin
      playbook publish --audience grace --single-file for-grace.html
      playbook publish --init github
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.places import refuse_several

    options.refuse_as_of("playbook publish")
    context = options.context
    if init:
        from playbook.cli.publish_init import write_workflow

        return write_workflow(context, init, audience=audience or context.audience, is_discreet=discreet)
    if not (context.root / CONFIG).is_file():
        raise Impossible(f"there is no mkdocs.yml in '{context.root.name}'; playbook init DIR makes a whole playbook")
    if context.problem is not None:
        click.echo(str(context.problem))
        click.echo("Nothing was published.", err=True)
        return 1
    if unscanned and not dry_run:
        raise click.UsageError("--unscanned: it comes with --dry-run")
    refuse_several({"--to": to, "--branch": branch, "--single-file": single_file})
    if remote and not branch:
        raise click.UsageError("--remote: say which branch too, such as --branch gh-pages")
    if not (dry_run or to or branch or single_file):
        raise click.UsageError(
            "say where to: --to DIR, --branch gh-pages --remote origin, or --single-file FILE (--dry-run only looks)"
        )
    from playbook.cli.publishing import Publishing
    from playbook.cli.steps import Stopped
    from playbook.publish.refused import Refused
    from playbook.repository.git import GitRefused

    reader = audience or context.reader or context.audience
    publishing = Publishing(context, reader, is_discreet=discreet, with_feeds=with_feeds, with_unscanned=unscanned)
    try:
        with ended_politely():
            place = _place(options, publishing, to, branch, remote, single_file, yes=yes, replace=replace)
            if place is None or dry_run:
                publishing.look_ahead(place)
            else:
                file = options.under(passphrase_file) if passphrase_file else None
                publishing.publish(place, file, replace=replace, accept_weak=accept_weak)
    except Stopped as stopped:
        for line in stopped.lines:
            click.echo(line)
        click.echo("Nothing was published.", err=True)
        return 1
    except (Refused, GitRefused, Impossible) as refused:
        raise Impossible(f"{refused}\nNothing was published.") from None
    except OSError as error:
        raise Impossible(
            f"the site cannot be written: {error.strerror or error}; what was there is as it was"
        ) from None
    return 0


def _place(
    options: Options,
    publishing: Publishing,
    to: Path | None,
    branch: str | None,
    remote: str | None,
    single_file: Path | None,
    *,
    yes: bool,
    replace: bool,
) -> Place | None:
    """The place that was named; None where none was."""
    from playbook.cli.places import BranchPlace, FilePlace, FolderPlace

    if to:
        return FolderPlace(options.under(to), publishing.context.root, publishing.sources)
    if branch:
        # Not the day the site speaks of: the day it is published on, and no hour of it.
        day = dt.datetime.now(dt.UTC).date()
        confirm = _tell if yes else _ask
        return BranchPlace(publishing.context.content, branch, remote or "", day, confirm, replace=replace)
    return FilePlace(options.under(single_file)) if single_file else None


def _tell(what: str) -> None:
    click.echo(what)


def _ask(what: str) -> None:
    from playbook.publish.refused import Refused

    click.echo(what, err=True)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused("nobody is here to ask whether to push that; say --yes")
    if not click.confirm("Push it?", err=True):
        raise Refused("not pushed")
