"""`playbook open`: what was sealed, as plain files again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.passphrases import PASSPHRASE_FILE

if TYPE_CHECKING:
    from playbook.publish.opening import Opened, Source

_PATH = click.Path(path_type=Path)


@click.command("open")
@click.argument("sealed", metavar="DIR", type=_PATH)
@click.option("--out", metavar="FOLDER", type=_PATH, help="A new folder for the files; DIR-opened unless said.")
@PASSPHRASE_FILE
@click.pass_obj
def open_command(options: Options, sealed: Path, out: Path | None, passphrase_file: Path | None) -> int:
    """Unseal DIR, which 'playbook publish' wrote, or the one HTML file, into a new folder.

    It needs no playbook: what was published, and a passphrase or link that opens it, are enough. A link, or its end
    from '#k=' on, is given where a passphrase is asked for. Nothing is written unless every byte is as it was sealed.

    \b
    Examples:
      playbook open sealed
      playbook open for-grace.html --out grace
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.publish.refused import Refused
    from playbook.publish.unsealing import source_at, write_opened

    path = options.under(sealed)
    folder = options.under(out) if out else path.with_name(f"{path.resolve().name.removesuffix('.html')}-opened")
    below = folder.is_relative_to(Path.cwd())
    # As it was given; one that was not is said as seen from here.
    shown = str(out) if out else os.path.relpath(folder) if below else str(folder)
    if folder.exists() or folder.is_symlink():
        raise Impossible(f"'{shown}' is there already; name a new folder with --out")
    try:
        opened = _opened(source_at(path), None if passphrase_file is None else options.under(passphrase_file))
        write_opened(opened, folder)
    except Refused as refused:
        raise Impossible(f"'{sealed}' was not opened: {refused}") from None
    count = len(opened.files)
    click.echo(f"{count} {'file' if count == 1 else 'files'} in '{shown}', from publish number {opened.seq}.")
    if opened.strange:
        names = ", ".join(opened.strange)
        click.echo(
            f"What was sealed is whole, but these were changed since it was published, and may not be trusted with a "
            f"passphrase: {names}",
            err=True,
        )
        return 1
    return 0


def _opened(source: Source, file: Path | None) -> Opened:
    from playbook.cli.passphrases import places_for
    from playbook.publish.header import read_header
    from playbook.publish.opening import open_source
    from playbook.publish.passphrases import find_passphrase
    from playbook.publish.words import read_secret

    try:
        header = read_header(source.header())
    except FileNotFoundError:
        header = None
    places = places_for(file, header.salt.hex() if header is not None else "")
    if header is None:
        return open_source(source, b"")
    return open_source(source, read_secret(find_passphrase(places, "Passphrase or link")))
