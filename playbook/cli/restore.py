"""`playbook restore`: a backup becomes a repository again, compared with what was put in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.passphrases import PASSPHRASE_FILE

if TYPE_CHECKING:
    from playbook.repository.everything import Everything

_PATH = click.Path(path_type=Path)
_SHOWN = 20


@click.command("restore")
@click.argument("file", metavar="FILE", type=_PATH)
@click.argument("folder", metavar="DIR", type=_PATH)
@PASSPHRASE_FILE
@click.pass_obj
def restore_command(options: Options, file: Path, folder: Path, passphrase_file: Path | None) -> int:
    """Restore the backup in FILE into DIR, a new or an empty folder.

    It needs no playbook: FILE and the passphrase it was sealed with are enough. Every branch, tag, stash and commit is
    there again, and what was not committed lies on the disk again, not committed. All of it is compared with what was
    put in; where a byte differs, nothing is left in DIR. Hooks, git's settings and remotes are not in a backup.

    \b
    Examples:
      playbook restore /media/stick/playbook.backup my-playbook
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.ending import ended_politely
    from playbook.history.git import GitFailed
    from playbook.repository.restoring import NotTheSame, refuse_taken, restore

    options.refuse_as_of("playbook restore")
    target = options.under(folder)
    with ended_politely():
        try:
            refuse_taken(target)
            everything = _opened(options, file, passphrase_file)
            restore(everything, target)
        except FileExistsError as error:
            raise Impossible(f"{error}; name a new folder") from None
        except NotTheSame as error:
            raise Impossible(f"what was restored is not what was put in: {error}. Nothing was left there") from None
        except GitFailed as error:
            raise Impossible(f"git does not take what is in the backup: {error}. Nothing was left there") from None
        except OSError as error:
            raise Impossible(f"'{target.name}' cannot be written: {error.strerror}. Nothing was left there") from None
    _tell(everything, folder)
    return 0


def _opened(options: Options, file: Path, passphrase_file: Path | None) -> Everything:
    from playbook.cli.passphrases import places_for
    from playbook.publish.backup import open_backup, salt_of
    from playbook.publish.passphrases import find_passphrase
    from playbook.publish.refused import Refused
    from playbook.repository.everything import NotEverything, from_files

    try:
        content = options.under(file).read_bytes()
    except OSError as error:
        raise Impossible(f"'{file.name}' cannot be read: {error.strerror}") from None
    try:
        places = places_for(options.under(passphrase_file) if passphrase_file else None, salt_of(content).hex())
        return from_files(open_backup(content, find_passphrase(places, "Your passphrase")))
    except (Refused, NotEverything) as refused:
        raise Impossible(f"'{file.name}' was not restored: {refused}") from None


def _tell(everything: Everything, folder: Path) -> None:
    from playbook.doctor.findings import count

    click.echo(
        f"{count(everything.commits, 'commit')}, {count(len(everything.refs), 'ref')} and "
        f"{count(everything.objects.count, 'object')} in {folder}, each as it was put in."
    )
    changes = [*(f"  ~ {loose.path}" for loose in everything.loose), *(f"  - {path}" for path in everything.removed)]
    if changes:
        click.echo("Not committed, as it was when the backup was made:")
        for line in changes[:_SHOWN]:
            click.echo("".join(letter if letter.isprintable() else "?" for letter in line))
        if len(changes) > _SHOWN:
            click.echo(f"  and {len(changes) - _SHOWN} more")
    place = f"{folder}/{everything.prefix}".rstrip("/")
    click.echo(f"Hooks, settings and remotes are not in a backup. Next: playbook doctor -C {place}")
