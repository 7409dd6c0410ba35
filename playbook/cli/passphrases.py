"""How commands come by the owner's keys: `sealing.yml` read or begun, the passphrase found, asked for or made."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playbook.cli.context import Context
    from playbook.publish.keys import OwnerKey
    from playbook.publish.passphrases import Places
    from playbook.publish.recipients import Sealing

PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take your own passphrase from the one line of FILE.",
)
ACCEPT_WEAK = click.option(
    "--accept-weak", is_flag=True, help="Take a passphrase that would be guessed, on your own head."
)
_TRIES = 3


def places_for(file: Path | None, keyring_user: str = "") -> Places:
    """Where the owner's passphrase may come from: the file, the environment, the keyring, this terminal."""
    from playbook.publish.passphrases import Places

    return Places(file, os.environ, keyring_user, hidden_prompt(), tell)


def hidden_prompt() -> Callable[[str], str] | None:
    """Asks on this terminal without showing what is typed; None where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda question: str(click.prompt(question, hide_input=True, default="", show_default=False, err=True))


def tell(sentence: str) -> None:
    """A sentence on standard error."""
    click.echo(sentence, err=True)


def read_sealing_of(context: Context) -> Sealing | None:
    """What `sealing.yml` says; None where there is none yet.

    Raises:
        click.exceptions.Exit: with 1, where it is not as it should be; its problems are printed.
        Impossible: where it cannot be read.
    """
    from playbook.cli.terminal import print_problems
    from playbook.publish.sealing_file import NAME, read_sealing

    path = context.root / NAME
    if path.is_symlink():
        raise Impossible(f"{NAME} is a link; links are not followed")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Impossible(f"{NAME} cannot be read: {error.strerror}") from None
    sealing, problems = read_sealing(NAME, content)
    print_problems(problems)
    if sealing is None:
        raise click.exceptions.Exit(1)
    return sealing


def unlock(sealing: Sealing, file: Path | None, question: str = "Your passphrase") -> OwnerKey:
    """The owner's keys, once the passphrase is found.

    Raises:
        Impossible: where there is none, or it is not the owner's.
    """
    from playbook.publish.passphrases import find_passphrase
    from playbook.publish.refused import Refused

    try:
        return sealing.unlock(find_passphrase(places_for(file, sealing.user), question))
    except Refused as refused:
        raise Impossible(str(refused)) from None


def begin_sealing(
    file: Path | None, *, near: Iterable[str] = (), accept_weak: bool = False
) -> tuple[Sealing, OwnerKey]:
    """A sealing that is to be, under a passphrase that is given, typed, or made of six random words and typed back.

    Nothing is written.

    Raises:
        Impossible: where there is none, or a weak one.
    """
    from playbook.publish.recipients import begin

    return begin(new_owner_passphrase(file, near=near, accept_weak=accept_weak))


def new_owner_passphrase(file: Path | None, *, near: Iterable[str] = (), accept_weak: bool = False) -> str:
    """The passphrase to seal with from now on.

    Raises:
        Impossible: where there is none, or a weak one.
    """
    from playbook.publish.passphrases import Places, choose_passphrase
    from playbook.publish.refused import Refused

    prompt = hidden_prompt()
    places = places_for(file)
    given = file is not None or "PLAYBOOK_PASSPHRASE" in places.environment
    try:
        if given or prompt is None:
            chosen = choose_passphrase(places)
        else:
            typed = prompt("A passphrase of your own (Enter makes one of six random words, which is stronger)")
            if not typed:
                return made_and_typed_back()
            answers = iter((typed, prompt("Once more")))
            chosen = choose_passphrase(Places(prompt=lambda _: next(answers)))
    except Refused as refused:
        raise Impossible(str(refused)) from None
    refuse_weak(chosen, near, accept_weak=accept_weak)
    return chosen


def made_and_typed_back() -> str:
    """Six random words, once whoever sits here has shown that they have them.

    Raises:
        Impossible: where nobody sits here, or has them.
    """
    from playbook.publish.keys import normal
    from playbook.publish.words import new_passphrase

    prompt = hidden_prompt()
    if prompt is None:
        raise Impossible("a new passphrase is shown on a terminal and typed back there, and here is none")
    made = new_passphrase()
    tell("Your passphrase. Write it down or put it into a password manager now; nobody can recover it:")
    show_secret(made)
    for _ in range(_TRIES):
        if normal(" ".join(prompt("Type it back").split())) == made:
            return made
        tell("That is not it.")
    raise Impossible("the passphrase was not typed back; nothing was changed")


def refuse_weak(passphrase: str, near: Iterable[str], *, accept_weak: bool) -> None:
    """Nothing, where a self-chosen passphrase is strong enough; a word about it where a weak one is allowed.

    Raises:
        Impossible: saying why it would be guessed.
    """
    from playbook.publish.strength import weakness

    reason = weakness(passphrase, near)
    if reason is None:
        return
    if not accept_weak:
        raise Impossible(
            f"the passphrase is too weak: {reason}. What is published can be copied and guessed at for ever. "
            "Leave it to the program to make one, or say --accept-weak"
        )
    tell(f"The passphrase is weak: {reason}.")


def refuse_unseen() -> None:
    """Nothing, where a secret can be shown to somebody.

    Raises:
        Impossible: where it would end in a file or a log.
    """
    if not sys.stderr.isatty():
        raise Impossible(
            "a new secret is shown on a terminal and nowhere else, and standard error is none here; "
            "choose one yourself with --choose-from FILE"
        )


def show_secret(secret: str) -> None:
    """The secret on a line of its own, on the terminal."""
    click.echo(f"\n    {click.style(secret, bold=True)}\n", err=True)
