"""`playbook script`: a message ready to send or to say; who it fits, and who lacks what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Options
from playbook.problems import shorten

if TYPE_CHECKING:
    from playbook.cli.scripting import Told
    from playbook.graph import Playbook
    from playbook.load import Loaded


@click.command("script")
@click.argument("template", required=False)
@click.option("--to", "person", metavar="PERSON", help="Whom it is written to: an id or a name.")
@click.option("--and", "other", metavar="PERSON", help="The second one, for a message that speaks of two people.")
@click.option("--event", metavar="EVENT", help="The event it speaks of; unless said, the next where you meet them.")
@click.option("--goal", metavar="GOAL", help="The goal it speaks of; one that names them unless said.")
@click.option("--language", metavar="LANGUAGE", help="The language to write in; theirs unless said.")
@click.option("--owed", is_flag=True, help="List the lines, thank-yous and news that are owed, with what to type.")
@click.option("--open", "open_mail", is_flag=True, help="Open it in your mail program.")
@click.option(
    "--eml", metavar="FILE", type=click.Path(path_type=Path), help="Write it as a draft that mail programs open."
)
@click.option("--force", is_flag=True, help="Let --eml replace a file.")
@click.option("--json", "as_json", is_flag=True, help="The message with its counts and limits, for programs.")
@click.pass_obj
def script_command(
    options: Options,
    template: str | None,
    person: str | None,
    other: str | None,
    event: str | None,
    goal: str | None,
    language: str | None,
    owed: bool,
    open_mail: bool,
    eml: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Print the message that TEMPLATE becomes for one person, ready to send or to say.

    Piped, it is the bare text (an e-mail with its subject line before it); counts and limits go to standard error.
    Without --to, a table of everybody it fits and who lacks what; without TEMPLATE, all templates, or those that fit
    the person. Exits 1 where it cannot be written yet, and says what is lacking and where to write it.

    \b
    Examples:
      playbook script informational-interview --to grace-hopper
      playbook script follow-up --to "Radia Perlman" --event pycon-2027 | pbcopy
      playbook script thank-you --to radia-perlman --open
      playbook script introduction-both --to ada-lovelace --and kay-mcnulty --eml both.eml
      playbook script sponsor-ask
      playbook script --owed
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli import script_lists, scripting, sending

    if template is None and (missing := _needing_a_template(eml, open_mail=open_mail, other=other, language=language)):
        raise click.UsageError(f"{missing} needs a TEMPLATE; to see them all: playbook script")
    if owed and (template or person):
        raise click.UsageError("--owed lists everybody; leave out TEMPLATE and --to")
    if person is None and (open_mail or eml is not None):
        raise click.UsageError(f"{'--open' if open_mail else '--eml'} needs somebody to write to: --to PERSON")
    if force and eml is None:
        raise click.UsageError("--force only says that --eml may replace a file")
    destination = options.under(eml) if eml is not None else None
    if destination is not None:
        sending.check_destination(destination, force=force)
    loaded = options.context.load()
    told = _understood(loaded, template, person, other, event, goal, language)
    if told.other:
        _check_speaks_of_two(loaded, told.template)
    if owed:
        return script_lists.tell_owed(loaded, as_json=as_json)
    if not told.template:
        return script_lists.tell_templates(loaded, told, as_json=as_json)
    if not told.person:
        return script_lists.tell_fits(loaded, told, as_json=as_json)
    if open_mail or destination is not None:
        sending.check_addresses(loaded.playbook, told)
    script = scripting.fill(loaded, told, as_json=as_json)
    if script is None:
        return 1
    leaves = open_mail or destination is not None
    if leaves and not as_json:
        scripting.warn(loaded.playbook, script)
    if destination is not None:
        sending.save(loaded.playbook, script, destination, force=force)
    if open_mail:
        sending.open_in_mail_program(loaded.playbook, script)
    if as_json or not leaves:
        scripting.show(loaded.playbook, script, as_json=as_json)
    return 0


def _needing_a_template(eml: Path | None, *, open_mail: bool, other: str | None, language: str | None) -> str:
    """The first option that makes no sense without a template."""
    given = {"--eml": eml is not None, "--open": open_mail, "--and": other, "--language": language}
    return next((name for name, is_given in given.items() if is_given), "")


def _understood(
    loaded: Loaded,
    template: str | None,
    person: str | None,
    other: str | None,
    event: str | None,
    goal: str | None,
    language: str | None,
) -> Told:
    """What was asked for, as ids.

    Raises:
        click.UsageError: with the nearest names, for what does not exist.
    """
    from playbook.cli.choosing import choose
    from playbook.cli.scripting import Told

    def identifier(kind: str, name: str | None) -> str:
        return "" if name is None else str(choose(loaded, kind, name).id)

    told = Told(
        template=identifier("outreach", template),
        person=identifier("people", person),
        other=identifier("people", other),
        event=identifier("events", event),
        goal=identifier("goals", goal),
        language=language or "",
    )
    if told.other and told.other == told.person:
        raise click.UsageError(f"--to and --and are both '{told.person}'; an introduction needs two people")
    if told.template and language:
        _check_language(loaded.playbook, told.template, language)
    return told


def _check_speaks_of_two(loaded: Loaded, template: str) -> None:
    """Nothing, where a template has a place for a second person.

    Raises:
        click.UsageError: where it has none.
    """
    from playbook.cli.scripting import day_of
    from playbook.render.scripts import Scripts

    if not Scripts(loaded.playbook, day_of(loaded)).speaks_of(template, "other"):
        raise click.UsageError(f"'{template}' speaks of one person only; leave out --and")


def _check_language(playbook: Playbook, template: str, language: str) -> None:
    """Nothing, where a template is written in a language.

    Raises:
        click.UsageError: naming the languages that there are.
    """
    own = playbook.me.record.language or "en"
    known = (own, *playbook.outreach[template].record.variants)
    if not {language, language.partition("-")[0]} & {*known, own.partition("-")[0]}:
        listed = ", ".join(dict.fromkeys(known))
        raise click.UsageError(f"'{template}' is not written in '{shorten(language, 20)}'; there is {listed}")
