"""`playbook touch`, `met`, `gave`, `thank`: what passed between you and somebody, logged in one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.choosing import choose, several
from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import in_quotes, quoted
from playbook.cli.talk_reading import KINDS, known_person, read_dated, read_talk, split_words
from playbook.names import called, organization_called
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playbook.capture.own_day import OwnDay
    from playbook.cli.gesturing import Workshop
    from playbook.cli.talk_reading import Dated
    from playbook.gestures import Gesture
    from playbook.gestures.people import Talk
    from playbook.graph import Entry
    from playbook.records import Person

ON = click.option("--on", metavar="DAY", help="When it was: today unless said. 'yesterday', 'tuesday', 2026-11-18.")
DRY = click.option("--dry-run", is_flag=True, help="Show what would change, line by line, and write nothing.")
JSON = click.option("--json", "as_json", is_flag=True, help="What was written, for programs.")
CHANNEL = click.option("--channel", metavar="HOW", default="", help="email, video, phone, in-person …")


def _about(command: Callable[..., int]) -> Callable[..., int]:
    """The options of everything that is logged with somebody."""
    for option in (
        JSON,
        DRY,
        click.option("--due", metavar="DAY", help="By when the promise is due: friday, 'in 2 weeks', 2026-12-05."),
        click.option("--promise", metavar="WHAT", help="What you promised."),
        click.option("--goal", metavar="GOAL", help="For which goal."),
        click.option("--event", metavar="EVENT", help="At which event."),
        CHANNEL,
        ON,
    ):
        command = option(command)
    return command


@click.command("touch")
@click.argument("words", nargs=-1, required=True, metavar='PERSON... "WHAT"')
@click.option("--kind", metavar="KIND", help=f"{KINDS}; the words say it unless given.")
@_about
@click.pass_obj
def touch_command(options: Options, /, words: tuple[str, ...], kind: str | None, **about: Any) -> int:
    """Log what passed between you and somebody, and start their clock again.

    People come first, by id, name, first name or nickname; what it was about comes last. What you write between commas
    is understood as on a captured kit: 'met', 'wrote', 'called' …, and 'promised X by friday'. A day at the end, behind
    a comma, or right behind what passed ('lunch on tuesday'), is the day that it was. Somebody without a
    file can get one on the spot. With --goal, words that begin with 'told' are written into the goal as well: they know
    of it.

    \b
    Examples:
      playbook touch ada "wrote, thanked her for the paper"
      playbook touch ada grace "lunch" --promise "send the numbers" --due friday
      playbook touch "Radia Perlman" "called, she will read the draft" --on yesterday
      playbook touch "Li Wei" "coffee, on monday"
      playbook touch martin "told him over lunch" --goal staff-engineer
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.people import touch

    workshop = open_workshop(options, "touch")
    names, what = split_words(workshop, words)
    dated = read_dated(workshop, what, about["on"])
    try:
        others = [str(choose(workshop.loaded, "people", name).id) for name in names[1:]]
    except click.UsageError as error:
        line = in_quotes(workshop, "touch", words)
        raise click.UsageError(
            f"{error.format_message()}\nIf those are words, put them into one pair of quotes: {line}"
        ) from None
    talk = read_talk(workshop, dated.what, kind, about, others=others)
    known = known_person(workshop, names[0])
    if known is None:
        return _newcomer(workshop, names[0], talk, dated, about)
    return _finish(workshop, touch(workshop.bench(dated.day), known, talk), known, dated.own, about, others)


@click.command("met")
@click.argument("name")
@click.argument("what", required=False, default="")
@click.option("--org", metavar="NAME", default="", help="Where they work: an id, or a name.")
@click.option(
    "--relation", metavar="WORD", default="connection", help="What they are to you: colleague, mentor, peer …"
)
@click.option("--id", "identifier", metavar="ID", default="", help="The file's name; made from the name unless said.")
@_about
@click.pass_obj
def met_command(
    options: Options, /, name: str, what: str, org: str, relation: str, identifier: str, **about: Any
) -> int:
    """Write down somebody you met: a file of their own in one line, or one more meeting with somebody you know.

    \b
    Examples:
      playbook met "Ingrid Solheim" --org Northwind --event pycon-2027
      playbook met "Ingrid Solheim" "wants the paper, promised slides by friday"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.people import meet, touch

    workshop = open_workshop(options, "met")
    dated = read_dated(workshop, what, about["on"])
    bench = workshop.bench(dated.day)
    talk = read_talk(workshop, dated.what, None, about, others=[])
    book = workshop.loaded.playbook
    known = [] if identifier else called(book.people.values(), name, or_short=False)
    if len(known) > 1:
        raise click.UsageError(f"{several(known, name)}, or --id for somebody new")
    try:
        if known:
            _tell_other_work(known[0], organization_called(book, org))
            return _finish(workshop, touch(bench, known[0].id, talk), known[0].id, dated.own, about)
        made = meet(
            bench, " ".join(name.split()), talk,
            organization=organization_called(book, org), relation=relation, identifier=identifier,
        )  # fmt: skip
    except NotPossible as error:
        raise click.UsageError(str(error)) from None
    return _finish(workshop, made, made.files[0].id, dated.own, about)


@click.command("gave")
@click.argument("person")
@click.argument("what")
@ON
@CHANNEL
@DRY
@JSON
@click.pass_obj
def gave_command(options: Options, /, person: str, what: str, **about: Any) -> int:
    """Log something you gave: help, an introduction, a paper. An offer of those words counts as taken up.

    \b
    Example:
      playbook gave ada "our migration numbers" --channel email
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.people import give

    workshop = open_workshop(options, "gave")
    known = str(choose(workshop.loaded, "people", person).id)
    dated = read_dated(workshop, what, about["on"])
    if not dated.what and dated.own is not None:
        raise click.UsageError(f'say what you gave: playbook gave {known} "WHAT, {dated.own.words}"')
    return _finish(
        workshop, give(workshop.bench(dated.day), known, dated.what, channel=about["channel"]), known, dated.own, about
    )


@click.command("thank")
@click.argument("person")
@click.argument("what", required=False, default="")
@ON
@CHANNEL
@DRY
@JSON
@click.pass_obj
def thank_command(options: Options, /, person: str, what: str, **about: Any) -> int:
    """Log that you thanked somebody; what you owed them thanks for is marked so.

    The words to send come from `playbook script`, with a thank-you template.

    \b
    Example:
      playbook thank ada "for reading the packet twice"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.people import thank

    workshop = open_workshop(options, "thank")
    known = str(choose(workshop.loaded, "people", person).id)
    dated = read_dated(workshop, what, about["on"])
    return _finish(
        workshop, thank(workshop.bench(dated.day), known, dated.what, channel=about["channel"]), known, dated.own, about
    )


def _newcomer(workshop: Workshop, name: str, talk: Talk, dated: Dated, about: dict[str, Any]) -> int:
    """Somebody without a file: they get one, if that is wanted."""
    from playbook.gestures import NotPossible
    from playbook.gestures.people import meet

    if not sys.stdin.isatty() or about["as_json"]:
        try:
            choose(workshop.loaded, "people", name)
        except click.UsageError as error:
            raise click.UsageError(
                f"{error.format_message()}\nSomebody new? playbook met {quoted(shorten(name, 60))}"
            ) from None
        raise Impossible(f"'{shorten(name)}' cannot be read")
    try:
        choose(workshop.loaded, "people", name)
    except click.UsageError as error:
        click.echo(error.format_message(), err=True)
    if not click.confirm(f"Make a file for {shorten(name, 60)}?", err=True):
        click.echo("Nothing was written.")
        return 1
    organization = click.prompt("Where do they work (an id, a name, or nothing)", default="", show_default=False)
    try:
        made = meet(
            workshop.bench(dated.day),
            " ".join(name.split()),
            talk,
            organization=organization_called(workshop.loaded.playbook, organization),
        )
    except NotPossible as error:
        raise click.UsageError(str(error)) from None
    return _finish(workshop, made, made.files[0].id, dated.own, about)


def _tell_other_work(entry: Entry[Person], organization: str) -> None:
    """Where somebody known works is not changed by a meeting; it is said how."""
    if organization and organization not in [position.organization for position in entry.record.positions]:
        click.echo(
            f"{entry.record.name} has a file already, so '{shorten(organization, 40)}' is not written; if they moved: "
            f'playbook moved {entry.id} --to "{shorten(organization, 40)}" --from DAY', err=True,
        )  # fmt: skip


def _finish(
    workshop: Workshop, gesture: Gesture, person: str, own: OwnDay | None, about: dict[str, Any],
    others: Sequence[str] = (),
) -> int:  # fmt: skip
    """Write it, say which day was understood, and when the next word is expected."""
    as_json, dry_run = about["as_json"], about["dry_run"]
    code = write(workshop, gesture, dry_run=dry_run, as_json=as_json)
    if not as_json and own is not None and own.day is not None:
        from playbook.capture.words import long_day

        click.echo(f"  '{own.words}' is {long_day(own.day)}")
    if not as_json and not dry_run and not gesture.is_empty:
        _tell_next(workshop, gesture, person, others)
    return code


def _tell_next(workshop: Workshop, gesture: Gesture, person: str, others: Sequence[str]) -> None:
    from playbook.cadence import Standing, cadence_of
    from playbook.source.files import SourceFile

    written = {one.path: one.content for one in workshop.prepare(gesture)}
    files = [
        SourceFile(one.path, one.kind, one.id, written.pop(one.path)) if one.path in written else one
        for one in workshop.files
    ]
    files += [SourceFile(path, "people", person, content) for path, content in written.items()]
    playbook = workshop.load(files).playbook
    everybody = [one for one in (person, *others) if one in playbook.people]
    for one in everybody:
        cadence = cadence_of(playbook, playbook.people[one], workshop.context.today)
        if cadence.due is not None and cadence.due > workshop.context.today:
            who = f"{playbook.people[one].title}: " if len(everybody) > 1 else ""
            when = "paused until" if cadence.standing is Standing.PAUSED else "next by"
            source = "" if cadence.standing is Standing.PAUSED else f" ({cadence.source})"
            click.echo(f"  {who}{when} {cadence.due}{source}")
