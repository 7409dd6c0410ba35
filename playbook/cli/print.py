"""`playbook print`: a kit, a brief, an agenda, scripts, a packet or a review on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from playbook.cli.app import GLOBALS
from playbook.cli.context import Options

Command = Callable[..., Any]


class _InOrder(click.Group):
    """Lists its commands as they are written here, from the kit on."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command."""
        return list(self.commands)


@click.group("print", cls=_InOrder, subcommand_metavar="WHAT …")
def print_command() -> None:
    """Print a kit for an event, a brief on a person, an agenda, a goal, scripts, a packet, a review.

    Writes a PDF into the folder you are in (fonts are in it; nothing is sent anywhere), and says what it is called.

    \b
    Examples:
      playbook print event pycon-2027                    the kit
      playbook print event pycon-2027 --format pocket    a booklet to fold
      playbook print person grace-hopper                 before you meet
      playbook print agenda radia-perlman                before a mentoring meeting
      playbook print scripts --event pycon-2027          large, to rehearse
      playbook print packet staff-engineer --for sponsor
      playbook print review --quarter                    to look back
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")


def _printing(*, with_discretion: bool = False) -> Callable[[Command], Command]:
    """The options of every printout."""
    options = [
        click.option(
            "--out", metavar="FILE", type=click.Path(path_type=Path), help="Where to; '-' for standard output."
        ),
        click.option("--paper", type=click.Choice(["a4", "letter"]), help="The paper; as me.yml says unless given."),
        click.option(
            "--copies",
            type=click.IntRange(1, 99),
            default=1,
            metavar="N",
            help="Everything so many times, in one file.",
        ),
        click.option("--html", "as_html", is_flag=True, help="A web page instead, to print from the browser."),
        click.option("--markdown", "as_markdown", is_flag=True, help="Markdown instead, to paste elsewhere."),
    ]
    if with_discretion:
        options.append(
            click.option(
                "--discreet/--full",
                default=None,
                help="Without notes, log, ledger and promises: paper gets lost. The default for pocket and cards.",
            )
        )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@print_command.command("event", short_help="The kit of an event: whom to meet, what to say, room to write.")
@click.argument("event")
@click.option(
    "--format",
    "form",
    type=click.Choice(["kit", "pocket", "cards"]),
    default="kit",
    show_default=True,
    help="Whole pages; a booklet folded from one sheet or more; a card for each person, to cut.",
)
@_printing(with_discretion=True)
@click.pass_obj
def event_command(options: Options, /, event: str, form: str, discreet: bool | None, **how: Any) -> int:
    """Print the kit of EVENT: where to be, whom to meet with what to say, what to tick, room to write.

    Everybody and everything on it bears a short code; at home, `playbook capture EVENT` understands notes that begin
    with one.
    """
    from playbook.cli import printing, wanted

    is_discreet = form != "kit" if discreet is None else discreet
    return printing.write(options, wanted.kit(event, form, discreet=is_discreet), **how)


@print_command.command("person", short_help="A brief to read before you meet somebody.")
@click.argument("person")
@_printing(with_discretion=True)
@click.pass_obj
def person_command(options: Options, /, person: str, discreet: bool | None, **how: Any) -> int:
    """Print a brief on PERSON, to read before you meet: who they are, where you left off, what to ask and to give."""
    from playbook.cli import printing, wanted

    return printing.write(options, wanted.brief(person, discreet=bool(discreet)), **how)


@print_command.command("agenda", short_help="The agenda of a meeting with a mentor.")
@click.argument("person")
@_printing()
@click.pass_obj
def agenda_command(options: Options, /, person: str, **how: Any) -> int:
    """Print the agenda of a meeting with a mentor: what was asked, what came of their advice, what to ask now."""
    from playbook.cli import printing, wanted

    return printing.write(options, wanted.agenda(person), **how)


@print_command.command("goal", short_help="A goal: why, milestones, what to tick.")
@click.argument("goal")
@_printing()
@click.pass_obj
def goal_command(options: Options, /, goal: str, **how: Any) -> int:
    """Print GOAL: why, how to say it aloud, milestones, and what to tick."""
    from playbook.cli import printing, wanted

    return printing.write(options, wanted.one_goal(goal), **how)


@print_command.command("scripts", short_help="Everything to say at an event, in large type.")
@click.option("--event", required=True, metavar="EVENT", help="The event to rehearse for.")
@_printing()
@click.pass_obj
def scripts_command(options: Options, /, event: str, **how: Any) -> int:
    """Print everything to say at an event in large type, to rehearse it."""
    from playbook.cli import printing, wanted

    return printing.write(options, wanted.rehearsal(event), **how)


@print_command.command("packet", short_help="What shows that the criteria of a goal are met.")
@click.argument("goal")
@click.option(
    "--for",
    "reader",
    type=click.Choice(["sponsor", "committee"]),
    default="committee",
    show_default=True,
    help="One page with the strongest for each criterion, or all of it.",
)
@_printing()
@click.pass_obj
def packet_command(options: Options, /, goal: str, reader: str, **how: Any) -> int:
    """Print the packet of GOAL: for each criterion what shows it, who can vouch, words that may be quoted."""
    from playbook.cli import printing, wanted

    return printing.write(options, wanted.packet(goal, reader), **how)


@print_command.command("review", short_help="The week, or the quarter, to look back on.")
@click.option("--quarter", is_flag=True, help="The quarter; for a week into a new one, still the old one.")
@_printing()
@click.pass_obj
def review_command(options: Options, /, *, quarter: bool, **how: Any) -> int:
    """Print what was done, added and kept in the last seven days, with lines for your answers."""
    from playbook.cli import printing, wanted

    return printing.write(options, wanted.review(quarter=quarter), **how)


for _command in print_command.commands.values():
    # The global options may stand behind these too.
    _command.params += GLOBALS
