"""A new secret: made, or chosen by whoever sits here; and shown once, on the terminal and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible
from playbook.cli.passphrases import hidden_prompt, made_and_typed_back, refuse_unseen, refuse_weak, show_secret, tell

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.publish.opening import LinkSecret

CHOOSE = click.option("--choose", is_flag=True, help="Type the new passphrase yourself, twice.")
CHOOSE_FROM = click.option(
    "--choose-from",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take the new passphrase from the one line of FILE.",
)


@dataclass(frozen=True)
class Wish:
    """What kind of secret is asked for."""

    as_link: bool
    choose: bool
    choose_from: Path | None
    accept_weak: bool

    @property
    def is_chosen(self) -> bool:
        """Whether somebody knows it already, and it need not be shown."""
        return self.choose or self.choose_from is not None

    def refuse_impossible(self) -> None:
        """Nothing, where the wish can be met.

        Raises:
            click.UsageError: where it asks for two things.
            Impossible: where what is made could not be shown to anybody.
        """
        if sum((self.as_link, self.choose, self.choose_from is not None)) > 1:
            raise click.UsageError("--link, --choose and --choose-from: one of them at most")
        if not self.is_chosen:
            refuse_unseen()


def words_near(context: Context, *more: str) -> tuple[str, ...]:
    """Words that whoever guesses a passphrase would try first."""
    me = context.load(is_checked=False).playbook.me.record
    return (*more, *me.name.split(), context.root.name)


def new_secret(context: Context, name: str, wish: Wish) -> str | LinkSecret:
    """A secret for the recipient of that name, or for the owner where it is empty.

    Raises:
        Impossible: where none is given, or a weak one.
    """
    from playbook.publish.passphrases import Places, choose_passphrase
    from playbook.publish.refused import Refused
    from playbook.publish.words import new_link, new_passphrase

    if wish.as_link:
        return new_link()
    if not wish.is_chosen:
        # An owner who lost it at this moment would be locked out.
        return new_passphrase() if name else made_and_typed_back()
    question = f"Passphrase for {name}" if name else "Your new passphrase"
    try:
        # Not from the environment: what stands there is the owner's own.
        chosen = choose_passphrase(Places(wish.choose_from, prompt=hidden_prompt(), tell=tell), question)
    except Refused as refused:
        raise Impossible(str(refused)) from None
    refuse_weak(chosen, words_near(context, name), accept_weak=wish.accept_weak)
    return chosen


def show_new(name: str, secret: str | LinkSecret, wish: Wish) -> None:
    """A recipient's secret, with what to do with it; nothing where it was chosen."""
    from playbook.publish.opening import LinkSecret
    from playbook.publish.words import link_text

    if wish.is_chosen:
        return
    if isinstance(secret, LinkSecret):
        tell(f"The end of the link for '{name}'. Put it behind the address of the published site; it is shown once:")
        show_secret(link_text(secret))
        tell("Whoever has the link can read the site. Send it over a channel that only they read.")
    else:
        tell(f"The passphrase for '{name}'; it is shown once:")
        show_secret(secret)
        tell("Tell them on the telephone or in a sealed message, and send the address another way.")
