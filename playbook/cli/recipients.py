"""`playbook recipients`: who else can open what is published, each with a secret of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.new_secrets import CHOOSE, CHOOSE_FROM, Wish, new_secret, show_new, words_near
from playbook.cli.passphrases import ACCEPT_WEAK, PASSPHRASE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.cli.context import Context
    from playbook.publish.recipients import Sealing

Value = TypeVar("Value")


@click.group("recipients", subcommand_metavar="list|add|revoke|rotate")
def recipients_command() -> None:
    """Who else can open a published site: up to eight for each audience, each with a passphrase or a link of their own.

    They are listed in sealing.yml, beside mkdocs.yml; commit it. It holds no passphrase. What is changed here takes
    effect with the next 'playbook publish'.

    \b
    Your own passphrase comes from the first of these that has one:
      --passphrase-file FILE
      PLAYBOOK_PASSPHRASE
      the system's keyring (keyring set career-playbook USER; 'recipients list'
      shows USER)
      the terminal, where it is asked for
    It is never an argument, and never written anywhere.

    \b
    Examples:
      playbook recipients add grace
      playbook recipients add lin --audience mentor --link
      playbook recipients revoke grace
      playbook recipients rotate            a new passphrase for yourself
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")


@recipients_command.command("list", short_help="Show who there is.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def list_command(options: Options, as_json: bool) -> int:
    """Show who there is, for which audience, with what and since when. No passphrase is needed."""
    from playbook.cli.passphrases import read_sealing_of
    from playbook.cli.terminal import print_json, print_problems
    from playbook.publish.passphrases import SERVICE
    from playbook.publish.recipients import unknown_audiences

    context = _context(options)
    sealing = read_sealing_of(context)
    listed = () if sealing is None else sealing.recipients
    problems = () if sealing is None else unknown_audiences(sealing, _audiences(context))
    if as_json:
        print_json(
            [
                {"name": one.name, "audience": one.audience, "kind": str(one.kind), "since": one.since.isoformat()}
                for one in listed
            ]
        )
    else:
        widths = [
            max((len(text) for text in column), default=0)
            for column in ([o.name for o in listed], [o.audience for o in listed])
        ]
        for one in listed:
            click.echo(f"{one.name:<{widths[0]}}  {one.audience:<{widths[1]}}  {one.kind:<10}  since {one.since}")
        if not listed:
            click.echo("Nobody but you. playbook recipients add NAME")
        if sealing is not None:
            click.echo(
                f"Your own passphrase in the system's keyring: service {SERVICE}, user {sealing.user}.", err=True
            )
    print_problems(problems, err=True)
    return 1 if problems else 0


@recipients_command.command("add", short_help="Give somebody a secret of their own.")
@click.argument("name")
@click.option("--audience", metavar="AUDIENCE", help="Whose site it opens; the audience called NAME unless said.")
@click.option("--link", "as_link", is_flag=True, help="A link that opens the site, in place of a passphrase.")
@CHOOSE
@CHOOSE_FROM
@ACCEPT_WEAK
@PASSPHRASE_FILE
@click.pass_obj
def add_command(
    options: Options,
    name: str,
    audience: str | None,
    as_link: bool,
    choose: bool,
    choose_from: Path | None,
    accept_weak: bool,
    passphrase_file: Path | None,
) -> int:
    """Give NAME a passphrase of six random words, or a link; it is shown once, on this terminal.

    The first time, it also makes sealing.yml and asks for a passphrase of your own.

    \b
    Examples:
      playbook recipients add grace
      playbook recipients add lin --audience mentor --link
      playbook recipients add lin --audience mentor --choose
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.passphrases import begin_sealing, read_sealing_of, unlock
    from playbook.publish.sealing_file import LABEL

    context = _context(options)
    if not LABEL.match(name):
        raise click.UsageError("NAME is a label: a-z, 0-9 and hyphens, up to 40 of them")
    wish = Wish(as_link, choose, _under(options, choose_from), accept_weak)
    whose = _audience(context, name, audience)
    wish.refuse_impossible()
    sealing = read_sealing_of(context)
    before = sealing
    file = _under(options, passphrase_file)
    if sealing is None:
        sealing, owner = begin_sealing(file, near=words_near(context), accept_weak=accept_weak)
    else:
        # A name that is taken is told before a passphrase is asked for.
        if any(one.name == name for one in sealing.recipients):
            raise Impossible(f"'{name}' is a recipient already; 'playbook recipients rotate {name}' gives a new secret")
        owner = unlock(sealing, file)
    secret = new_secret(context, name, wish)
    after = _changed(lambda: sealing.with_recipient(owner, name, whose, secret, context.today))
    _write(context, before, after)
    show_new(name, secret, wish)
    click.echo(
        f"'{name}' can open the site for '{whose}' once it is published: commit sealing.yml, then playbook publish."
    )
    return 0


@recipients_command.command("revoke", short_help="Leave somebody out of the next publish.")
@click.argument("name")
@click.pass_obj
def revoke_command(options: Options, name: str) -> int:
    """Take NAME out: the next publish is not sealed for them. No passphrase is needed.

    What they have read, kept or remembered stays with them, and so does every copy of what is published until then.
    """
    from playbook.cli.passphrases import read_sealing_of

    context = _context(options)
    sealing = read_sealing_of(context)
    if sealing is None:
        raise Impossible("there is no sealing.yml, and so there are no recipients")
    gone = _changed(lambda: sealing.find(name))
    _write(context, sealing, sealing.without(name))
    click.echo(f"'{name}' is taken out of sealing.yml.")
    click.echo(
        f"Until the next publish for '{gone.audience}' they can open what is there: "
        "commit sealing.yml, then playbook publish."
    )
    click.echo("What they have opened, kept or copied stays with them, and opens with their old secret for ever.")
    return 0


@recipients_command.command("rotate", short_help="Give somebody, or yourself, a new secret.")
@click.argument("name", required=False)
@CHOOSE
@CHOOSE_FROM
@ACCEPT_WEAK
@PASSPHRASE_FILE
@click.pass_obj
def rotate_command(
    options: Options,
    name: str | None,
    choose: bool,
    choose_from: Path | None,
    accept_weak: bool,
    passphrase_file: Path | None,
) -> int:
    """Give NAME a new passphrase or link; without NAME, yourself a new passphrase. The old one is asked for once.

    With a new passphrase of your own every recipient keeps theirs. A rotation that is interrupted leaves the old file
    whole. What was published before still opens with the old secret.

    \b
    Examples:
      playbook recipients rotate grace
      playbook recipients rotate
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.passphrases import read_sealing_of, unlock
    from playbook.publish.recipients import Kind

    context = _context(options)
    sealing = read_sealing_of(context)
    if sealing is None:
        raise Impossible("there is no sealing.yml yet, and so nothing to change; playbook recipients add makes one")
    listed = _changed(lambda: sealing.find(name)) if name else None
    is_link = listed is not None and listed.kind is Kind.LINK and not (choose or choose_from)
    wish = Wish(is_link, choose, _under(options, choose_from), accept_weak)
    wish.refuse_impossible()
    owner = unlock(
        sealing, _under(options, passphrase_file), "Your old passphrase" if listed is None else "Your passphrase"
    )
    secret = new_secret(context, name or "", wish)
    if listed is not None:
        after = _changed(lambda: sealing.with_secret(owner, listed.name, secret, context.today))
        _write(context, sealing, after)
        show_new(listed.name, secret, wish)
        click.echo(
            f"'{listed.name}' has a new secret from the next publish on: commit sealing.yml, then playbook publish."
        )
    else:
        assert isinstance(secret, str)  # noqa: S101  (a link is made for recipients alone)
        after = _changed(lambda: sealing.under(owner, secret))
        _write(context, sealing, after)
        click.echo(
            "You have a new passphrase; your recipients keep theirs. "
            "Commit sealing.yml, then playbook publish --replace."
        )
    click.echo("What was published or copied before opens with the old secret for ever.")
    return 0


def _context(options: Options) -> Context:
    options.refuse_as_of("playbook recipients")
    return options.context


def _under(options: Options, file: Path | None) -> Path | None:
    return None if file is None else options.under(file)


def _audiences(context: Context) -> tuple[str, ...]:
    from playbook.audience import audiences

    return audiences(context.load(is_checked=False).playbook)


def _audience(context: Context, name: str, wanted: str | None) -> str:
    from playbook.problems import suggest

    known = _audiences(context)
    if wanted is None and name not in known:
        raise click.UsageError(f"say whose site it opens with --audience: there are {', '.join(known)}")
    whose = wanted or name
    if whose not in known:
        raise Impossible(
            f"no audience is called '{whose}'. " + (suggest(whose, known) or f"There are {', '.join(known)}.")
        )
    return whose


def _changed(change: Callable[[], Value]) -> Value:
    from playbook.publish.refused import Refused

    try:
        return change()
    except Refused as refused:
        raise Impossible(str(refused)) from None


def _write(context: Context, before: Sealing | None, after: Sealing) -> None:
    from playbook.cli.passphrases import read_sealing_of
    from playbook.publish.sealing_file import NAME, write_sealing

    if read_sealing_of(context) != before:
        raise Impossible(f"{NAME} was changed meanwhile; nothing was written, run it again")
    try:
        write_sealing(context.root / NAME, after)
    except OSError as error:
        raise Impossible(f"{NAME} cannot be written: {error.strerror}; nothing was changed") from None
