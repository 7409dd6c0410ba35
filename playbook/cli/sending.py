"""A script on its way out: opened in a mail program, or written as a draft; every obstacle is said before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible
from playbook.cli.scripting import Told

if TYPE_CHECKING:
    from playbook.exchange.mail import Letter
    from playbook.graph import Playbook
    from playbook.render.scripts import Script

PATIENCE = 3.0
"""Seconds after which a mail program that still runs has taken the letter."""


def check_destination(path: Path, *, force: bool) -> None:
    """Nothing, where a draft can be written.

    Raises:
        Impossible: saying what is in the way.
    """
    if path.is_dir():
        raise Impossible(f"--eml: '{path}' is a folder; name a file in it, such as {path / 'draft.eml'}")
    if not path.parent.is_dir():
        raise Impossible(f"--eml: there is no folder '{path.parent}'")
    if os.path.lexists(path) and not force:
        raise Impossible(f"--eml: '{path}' is there already; it was not touched. Add --force to replace it")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise Impossible(f"--eml: '{path}' cannot be written: no permission")


def check_addresses(playbook: Playbook, told: Told) -> None:
    """Nothing, where everybody it is written to has an e-mail address.

    Raises:
        Impossible: naming who has none, and how they can be reached.
    """
    from playbook.views.reach import reach_of

    goes_to_both = playbook.outreach[told.template].record.to_both
    for one in (told.person, *([told.other] if told.other and goes_to_both else ())):
        reach = reach_of(playbook.people[one].record, ("email",))
        if "email" not in reach.usable:
            raise Impossible(f"{reach.gap}. Leave out --open and --eml to read the message here")


def save(playbook: Playbook, script: Script, path: Path, *, force: bool) -> None:
    """Write the script as a draft.

    Raises:
        Impossible: where that cannot be; what stood there is as it was.
    """
    from playbook.exchange.mail import BadAddress, draft
    from playbook.source.writing import create_file, write_file

    try:
        content = draft(_letter(playbook, script))
        (write_file if force else create_file)(path, content)
    except BadAddress as error:
        raise Impossible(str(error)) from None
    except OSError as error:
        raise Impossible(f"'{path}' cannot be written: {error.strerror}") from None
    click.echo(os.path.relpath(path), err=True)


def open_in_mail_program(playbook: Playbook, script: Script) -> None:
    """Hand the script to the system's mail program.

    Raises:
        Impossible: where none took it; the link has been printed.
    """
    from playbook.exchange.mail import BadAddress, mailto_link

    try:
        link = mailto_link(_letter(playbook, script))
    except BadAddress as error:
        raise Impossible(str(error)) from None
    if not launch(link):
        click.echo(link)
        raise Impossible("no mail program answered; the link above opens the message in one")
    names = " and ".join(playbook.people[one].title for one in script.recipients)
    click.echo(f"handed to your mail program, to {names}; nothing is sent yet", err=True)


def launch(link: str) -> bool:
    """Whether the system had a program for a link, and it took it."""
    if not sys.platform.startswith("linux"):
        return click.launch(link) == 0
    try:
        # click does not wait for xdg-open, and so cannot tell that nothing came of it.
        handler = subprocess.Popen(
            ["xdg-open", link], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    try:
        return handler.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True


def _letter(playbook: Playbook, script: Script) -> Letter:
    from playbook.exchange.mail import Letter, Mailbox

    me = playbook.me.record
    people = [playbook.people[one].record for one in script.recipients]
    return Letter(
        to=tuple(Mailbox(person.name, person.channels["email"]) for person in people),
        subject=script.subject,
        body=script.body,
        sender=Mailbox(me.name, me.email) if me.email else None,
    )
