"""`playbook backup`: everything that the repository holds, sealed, in one file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.passphrases import ACCEPT_WEAK, PASSPHRASE_FILE

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.publish.keys import OwnerKey
    from playbook.publish.recipients import Sealing
    from playbook.repository.everything import Everything


@click.command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Also in the place of a file that is there.")
@PASSPHRASE_FILE
@ACCEPT_WEAK
@click.pass_obj
def backup_command(options: Options, file: Path, force: bool, passphrase_file: Path | None, accept_weak: bool) -> int:
    """Put everything, sealed, into FILE: every branch, tag, stash and commit, and what is not committed yet.

    It is sealed with your own passphrase as a published site is; without a sealing.yml it gets a passphrase of its own.
    The file and the passphrase are enough to restore all of it on another machine. What .gitignore leaves out, hooks,
    git's settings and the addresses of remotes are not in it. Nothing in the repository is changed.

    The file is written whole or not at all, and never over another one unless --force is given. Then move it off this
    machine: on the same disk it is lost together with what it holds.

    \b
    Examples:
      playbook backup ../playbook.backup
      playbook backup /media/stick/playbook.backup --force
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.ending import ended_politely
    from playbook.doctor.gathering import write_memo
    from playbook.history.repository import Repository, find_repository
    from playbook.publish.backup import seal_backup
    from playbook.publish.refused import Refused
    from playbook.repository.everything import to_files

    options.refuse_as_of("playbook backup")
    context = options.context
    target = options.under(file)
    _refuse_taken(target, force=force)
    with ended_politely():
        everything, notes = _take(context)
        sealing, owner = _keys(context, options.under(passphrase_file) if passphrase_file else None, accept_weak)
        try:
            content = seal_backup(
                to_files(everything),
                owner=owner,
                salt=sealing.salt,
                iterations=sealing.iterations,
                seq=everything.commits,
            )
        except Refused as refused:
            raise Impossible(str(refused)) from None
        _write(target, content, force=force)
        repository = find_repository(context.root)
        if isinstance(repository, Repository):
            write_memo(repository, dt.datetime.now(dt.UTC), everything.tips)
    click.echo(f"{_told(everything)} in {file} ({_size(len(content))}).")
    for note in notes:
        click.echo(note, err=True)
    if target.resolve().is_relative_to(context.root):
        click.echo("It lies in the playbook's own folder; move it off this machine, and commit it nowhere.", err=True)
    return 0


def _refuse_taken(target: Path, *, force: bool) -> None:
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise Impossible(f"'{target.name}' is no file; name one to write")
    if target.exists() and not force:
        raise Impossible(f"'{target.name}' is there already; --force puts this backup in its place")
    if not target.parent.is_dir():
        raise Impossible(f"there is no folder '{target.parent}'")


def _take(context: Context) -> tuple[Everything, tuple[str, ...]]:
    from playbook.history.git import GitFailed
    from playbook.publish.backup import MAGIC
    from playbook.repository.bundling import CannotBundle, take_everything

    try:
        return take_everything(context.root, MAGIC)
    except (CannotBundle, GitFailed) as error:
        raise Impossible(str(error)) from None


def _keys(context: Context, file: Path | None, accept_weak: bool) -> tuple[Sealing, OwnerKey]:
    from playbook.cli.passphrases import begin_sealing, read_sealing_of, tell, unlock

    sealing = read_sealing_of(context)
    if sealing is not None:
        return sealing, unlock(sealing, file)
    tell(
        "This playbook has no passphrase yet (the first publish makes one, and sealing.yml), so this backup gets one "
        "of its own. Keep it: nothing else opens the file."
    )
    return begin_sealing(file, near=(context.root.name,), accept_weak=accept_weak)


def _write(target: Path, content: bytes, *, force: bool) -> None:
    from playbook.source.writing import create_file, write_file

    try:
        (write_file if force else create_file)(target, content)
        if target.read_bytes() != content:
            raise Impossible(f"'{target.name}' does not read as it was written; look for another disk")
    except FileExistsError:
        raise Impossible(f"'{target.name}' is there already; --force puts this backup in its place") from None
    except OSError as error:
        raise Impossible(f"'{target.name}' cannot be written: {error.strerror}") from None


def _told(everything: Everything) -> str:
    from playbook.doctor.findings import count

    branches = sum(name.startswith("refs/heads/") for name in everything.refs)
    said = [
        count(everything.commits, "commit"),
        f"{branches} branch{'' if branches == 1 else 'es'}",
        count(everything.objects.count, "object"),
    ]
    loose = len(everything.loose) + len(everything.removed)
    if loose:
        said.append(f"{count(loose, 'change')} not committed")
    return ", ".join(said)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
