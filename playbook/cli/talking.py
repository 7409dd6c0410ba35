"""`playbook touch`, `met`, `gave`, `thank`: what passed between you and somebody, logged in one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.choosing import called, choose, several
from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import in_quotes, known_id, read_due, read_on
from playbook.problems import shorten

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from playbook.cli.gesturing import Workshop
    from playbook.gestures import Gesture
    from playbook.gestures.people import Talk
    from playbook.graph import Entry
    from playbook.records import Person

_KINDS = "met, wrote, called, heard, asked, gave, received, thanked, updated, introduced, engaged or note"

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
@click.option("--kind", metavar="KIND", help=f"{_KINDS}; the words say it unless given.")
@_about
@click.pass_obj
def touch_command(options: Options, /, words: tuple[str, ...], kind: str | None, **about: Any) -> int:
    """Log what passed between you and somebody, and start their clock again.

    People come first, by id, name, first name or nickname; what it was about comes last. What you write between commas
    is understood as on a captured kit: 'met', 'wrote', 'called' …, and 'promised X by friday'. A day at the end, behind
    a comma, is the day that it was. Somebody without a file can get one on the spot.

    \b
    Examples:
      playbook touch ada "wrote, thanked her for the paper"
      playbook touch ada grace "lunch" --promise "send the numbers" --due friday
      playbook touch "Radia Perlman" "called, she will read the draft" --on yesterday
      playbook touch "Li Wei" "coffee, on monday"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.people import touch

    workshop = open_workshop(options, "touch")
    names, what = _split(workshop, words)
    on, what = _when(workshop, what, about)
    try:
        others = [str(choose(workshop.loaded, "people", name).id) for name in names[1:]]
    except click.UsageError as error:
        line = in_quotes(workshop, "touch", words)
        raise click.UsageError(
            f"{error.format_message()}\nIf those are words, put them into one pair of quotes: {line}"
        ) from None
    talk = _talk(workshop, what, kind, about, others=others)
    known = _known(workshop, names[0])
    if known is None:
        return _newcomer(workshop, names[0], talk, on, about)
    return _finish(workshop, touch(workshop.bench(on), known, talk), known, about)


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
    from playbook.gestures.people import meet, people_called, touch

    workshop = open_workshop(options, "met")
    on, what = _when(workshop, what, about)
    bench = workshop.bench(on)
    talk = _talk(workshop, what, None, about, others=[])
    known = () if identifier else people_called(bench, name)
    if len(known) > 1:
        raise click.UsageError(f"{several(known, name)}, or --id for somebody new")
    try:
        if known:
            _tell_other_work(known[0], _organization(workshop, org))
            return _finish(workshop, touch(bench, known[0].id, talk), known[0].id, about)
        made = meet(
            bench, " ".join(name.split()), talk,
            organization=_organization(workshop, org), relation=relation, identifier=identifier,
        )  # fmt: skip
    except NotPossible as error:
        raise click.UsageError(str(error)) from None
    return _finish(workshop, made, made.files[0].id, about)


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
    on, what = _when(workshop, what, about)
    if not what and "day" in about:
        raise click.UsageError(f'say what you gave: playbook gave {known} "WHAT, {about["day"].words}"')
    return _finish(workshop, give(workshop.bench(on), known, what, channel=about["channel"]), known, about)


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
    on, what = _when(workshop, what, about)
    return _finish(workshop, thank(workshop.bench(on), known, what, channel=about["channel"]), known, about)


def _when(workshop: Workshop, what: str, about: dict[str, Any]) -> tuple[dt.date, str]:
    """(the day that it was, the words without it): what --on says, or what the words end in, else today.

    Raises:
        click.UsageError: where the two say different days, or the words may mean a day and it is not clear which.
    """
    from playbook.capture.own_day import read_own_day

    on = read_on(about["on"], workshop.context.today)
    own = read_own_day(what, workshop.context.today)
    if own is None or (own.doubt and about["on"] is not None):
        return on, what
    if own.day is None:
        raise click.UsageError(f"{own.doubt}; say the day with --on, or put words that are no day in quotes")
    if about["on"] is not None and own.day != on:
        raise click.UsageError(
            f"--on says {on}, and the words end in '{own.words}', {own.day}; write one of the two, or put words that "
            "are no day in quotes"
        )
    about["day"] = own
    return own.day, own.before


def _split(workshop: Workshop, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """(people, what): what it was about stands last, unless a person does."""
    if len(words) == 1:
        return words, ""
    if _known(workshop, words[-1]) is not None:
        return words, ""
    return words[:-1], words[-1]


def _known(workshop: Workshop, name: str) -> str | None:
    """The id of somebody with a file; None where nobody is called so.

    Raises:
        click.UsageError: where several are.
    """
    found = called(workshop.loaded.playbook.people.values(), name)
    if len(found) > 1:
        raise click.UsageError(several(found, name))
    return found[0].id if found else None


def _talk(workshop: Workshop, what: str, kind: str | None, about: dict[str, Any], *, others: list[str]) -> Talk:
    """What passed, from the words and the options.

    Raises:
        click.UsageError: where something in it is not clear.
    """
    from playbook.capture.words import read_words
    from playbook.gestures.people import Pledge, Talk
    from playbook.problems import suggest
    from playbook.records.choices import LogKind

    today = workshop.context.today
    told = read_words(what, today)
    if told.doubts:
        raise click.UsageError("; ".join(told.doubts))
    said = told.kind
    if kind is not None:
        if kind not in list(LogKind):
            hint = suggest(kind, list(LogKind)) or f"It can be {_KINDS}."
            raise click.UsageError(f"--kind: there is no kind '{shorten(kind, 30)}'. {hint}")
        said = LogKind(kind)
    due = read_due(about["due"], today)
    promises = list(told.promises)
    if about["promise"]:
        promises.append(Pledge(about["promise"], due=due))
    elif due is not None:
        if len(promises) != 1:
            raise click.UsageError("--due says by when a promise is due; say what it is with --promise")
        promises = [Pledge(promises[0].what, promises[0].by, due)]
    promises += [Pledge(one.what, due=one.due) for one in told.to_do]
    event = known_id(workshop, "events", about["event"])
    return Talk(
        told.what, said, about["channel"], event, known_id(workshop, "goals", about["goal"]),
        tuple(others), (), tuple(promises),
    )  # fmt: skip


def _newcomer(workshop: Workshop, name: str, talk: Talk, on: dt.date, about: dict[str, Any]) -> int:
    """Somebody without a file: they get one, if that is wanted."""
    from playbook.gestures import NotPossible
    from playbook.gestures.people import meet

    if not sys.stdin.isatty() or about["as_json"]:
        try:
            choose(workshop.loaded, "people", name)
        except click.UsageError as error:
            raise click.UsageError(
                f'{error.format_message()}\nSomebody new? playbook met "{shorten(name, 60)}"'
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
            workshop.bench(on), " ".join(name.split()), talk, organization=_organization(workshop, organization)
        )
    except NotPossible as error:
        raise click.UsageError(str(error)) from None
    return _finish(workshop, made, made.files[0].id, about)


def _tell_other_work(entry: Entry[Person], organization: str) -> None:
    """Where somebody known works is not changed by a meeting; it is said how."""
    if organization and organization not in [position.organization for position in entry.record.positions]:
        click.echo(
            f"{entry.record.name} has a file already, so '{shorten(organization, 40)}' is not written; if they moved: "
            f'playbook moved {entry.id} --to "{shorten(organization, 40)}" --from DAY', err=True,
        )  # fmt: skip


def _organization(workshop: Workshop, name: str) -> str:
    """The id of an organization of this id, name or other name; else the name itself."""
    wanted = " ".join(name.casefold().split())
    found = [
        identifier
        for identifier, entry in sorted(workshop.loaded.playbook.organizations.items())
        if wanted in (identifier, *(one.casefold() for one in (entry.record.name, *entry.record.also_known_as)))
    ]
    return found[0] if len(found) == 1 else " ".join(name.split())


def _finish(workshop: Workshop, gesture: Gesture, person: str, about: dict[str, Any]) -> int:
    """Write it, and say when the next word is expected."""
    as_json, dry_run = about["as_json"], about["dry_run"]
    code = write(workshop, gesture, dry_run=dry_run, as_json=as_json)
    if not as_json and "day" in about:
        from playbook.capture.words import long_day

        click.echo(f"  '{about['day'].words}' is {long_day(about['day'].day)}")
    if not as_json and not dry_run and not gesture.is_empty:
        _tell_next(workshop, gesture, person)
    return code


def _tell_next(workshop: Workshop, gesture: Gesture, person: str) -> None:
    from playbook.cadence import Standing, cadence_of
    from playbook.source.files import SourceFile

    written = {one.path: one.content for one in workshop.prepare(gesture)}
    files = [
        SourceFile(one.path, one.kind, one.id, written.pop(one.path)) if one.path in written else one
        for one in workshop.files
    ]
    files += [SourceFile(path, "people", person, content) for path, content in written.items()]
    playbook = workshop.load(files).playbook
    if person in playbook.people:
        cadence = cadence_of(playbook, playbook.people[person], workshop.context.today)
        if cadence.due is not None and cadence.due > workshop.context.today:
            when = "paused until" if cadence.standing is Standing.PAUSED else "next by"
            source = "" if cadence.standing is Standing.PAUSED else f" ({cadence.source})"
            click.echo(f"  {when} {cadence.due}{source}")
