"""`playbook capture`: what was written on a printed kit goes into the files it belongs to, once it was agreed to."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.terminal import print_json, print_problems
from playbook.cli.writing import is_agreed, write_prepared
from playbook.problems import Place, Problem, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.capture import Desk, Plan, Understood
    from playbook.cli.context import Context
    from playbook.gestures.preparing import Prepared
    from playbook.graph import Entry
    from playbook.load import Loaded
    from playbook.records import Event
    from playbook.source.files import SourceFile

RECENT = 14
"""Days after its end for which an event need not be named."""


@click.command("capture")
@click.argument("event", required=False)
@click.argument("file", required=False)
@click.option("--on", metavar="DAY", help="The day of what is written; the event's last day, or today while it lasts.")
@click.option("--yes", is_flag=True, help="Write without asking; nothing where a line is not understood.")
@click.option("--skip-unknown", is_flag=True, help="Leave out lines that are not understood, and write the others.")
@click.option("--json", "as_json", is_flag=True, help="What was understood, for programs; writes only with --yes.")
@click.pass_obj
def capture_command(
    options: Options,
    event: str | None,
    file: str | None,
    on: str | None,
    yes: bool,
    skip_unknown: bool,
    as_json: bool,
) -> int:
    """Write what you scribbled on an event's printed kit into the files it belongs to.

    Lines come from FILE, from standard input (-), or from a prompt. It shows what it understood, and writes on yes:
    log entries, promises, follow-ups, new people, ticks. Nothing else in the files changes. What it does not
    understand it asks about, or lists; a line that was captured before is not written again. Without EVENT it is the
    one that was on in the last two weeks.

    \b
    A line begins with a code from the kit, or a name or id:
      AN3 met, wants the storage paper, promised slides by friday
      AN3 asked about rehearsals, they promised the numbers by 24 Nov
      Ada Novak: gave her our numbers; follow up on the paper in 2 weeks
      Ada: not there
      N1 First Last, Company, what was said, send paper by tomorrow
      N3 First Last, design lead at Company, what was said
      N2 (id wang-xiaoming) 王小明, Company, met over lunch
      7KQ done
      7KQ skip because nobody asked
      learned: People rehearse restores on paper only
      todo thank the organizers by monday

    \b
    Between commas, these mean something; all else is kept as words:
      met, wrote, called, asked, gave, received,    what happened
        thanked, introduced, heard, note: …
      promised X, I will X, send X, owe X           a promise of yours
      they promised X, promised me X, owes me X     a promise of theirs
      follow up X, todo X                           to do after the event
      … by DAY                                      when it is due

    Days are friday (the next one), tomorrow, 24 Nov, 24.11., in 2 weeks, end of the month, 2026-12-01. What could be
    two days (3/4) is asked about, never guessed. Quotes keep words together: send "A, B by C".

    \b
    Examples:
      playbook capture slipway-2027
      playbook capture slipway-2027 notes.txt
      playbook capture slipway-2027 notes.txt --yes --skip-unknown
      pbpaste | playbook capture slipway-2027 - --json
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.capture import plan
    from playbook.cli.capturing import prompted_lines, read_lines, show_lines, understood_lines
    from playbook.gestures.preparing import NotPrepared, prepare
    from playbook.records import KINDS
    from playbook.source.files import find_files

    options.refuse_as_of("playbook capture")
    context = options.context
    files, problems = find_files(context.content, KINDS, shown_as=context.content_name)
    load = context.loader(problems)
    loaded = load(files)
    event, file = _in_order(loaded, options, event, file)
    entry = _event(loaded, event, context.today)
    desk = _desk(loaded, entry, files, context.today, on)
    interactive = sys.stdin.isatty() and not as_json
    if file is None and interactive:
        if yes:
            raise click.UsageError("--yes needs a FILE, or - for standard input: at a prompt one can be asked")
        name, lines = "", prompted_lines(desk)
    else:
        name, texts = read_lines(options, file)
        ask = interactive and file not in (None, "-") and not yes
        lines = understood_lines(texts, desk, ask=ask, name=name)
    wrong = [line for line in lines if line.meaning is None]
    may_write = not wrong or skip_unknown
    planned = plan(lines, desk)
    try:
        prepared = prepare(planned.files, files, context.content_name, load)
    except NotPrepared as error:
        raise Impossible(f"{error}; nothing was written") from None
    if as_json:
        if yes and may_write:
            _write(context, prepared, entry.title)
        print_json(_as_data(lines, planned, prepared, desk, written=yes and may_write))
        return 1 if wrong and not (yes and may_write) else 0
    if name:
        show_lines(lines, desk)
    _tell_wrong(wrong, name)
    for text in planned.already:
        click.echo(f"already there: {text}")
    for text in planned.notes:
        click.echo(f"note: {text}")
    if planned.is_empty:
        click.echo("Nothing to write.")
        return 0 if may_write else 1
    for one in prepared:
        click.echo(click.style(one.path, bold=True) + (" (new)" if one.is_new else ""))
        for text in one.said:
            click.echo(f"  {text}")
    if not may_write:
        click.echo("Nothing was written. Mend the lines above, or leave them out: --skip-unknown", err=True)
        return 1
    if not is_agreed(f"Write {_count(len(prepared), 'file')}?", yes=yes):
        return 0
    _write(context, prepared, entry.title)
    click.echo(f"Wrote {_count(len(prepared), 'file')}; to take it back: playbook undo")
    _tell_follow_ups(planned, loaded, desk)
    return 0


def _write(context: Context, prepared: Sequence[Prepared], title: str) -> None:
    if prepared:
        write_prepared(context, prepared, f"captured at {title}")


def _in_order(loaded: Loaded, options: Options, event: str | None, file: str | None) -> tuple[str | None, str | None]:
    """(event, file), also where only the file was named."""
    if event is None or file is not None or event in loaded.playbook.events:
        return event, file
    return (None, event) if event == "-" or options.under(Path(event)).is_file() else (event, None)


def _event(loaded: Loaded, name: str | None, today: dt.date) -> Entry[Event]:
    from playbook.cli.choosing import choose

    if name is not None:
        found: Entry[Event] = choose(loaded, "events", name)
        return found
    begun = [entry for entry in loaded.playbook.events.values() if entry.record.starts.day <= today]
    begun = sorted((entry for entry in begun if entry.record.status.is_going), key=_ended, reverse=True)
    recent = [entry for entry in begun if (today - _last(entry)).days <= RECENT]
    if len(recent) == 1:
        return recent[0]
    last = ", ".join(entry.id for entry in begun[:3])
    several = "which event? Several were on" if recent else "which event? None was on"
    raise click.UsageError(f"{several} in the last two weeks. {f'The last ones: {last}' if last else ''}".rstrip())


def _ended(entry: Entry[Event]) -> tuple[dt.date, str]:
    return _last(entry), entry.id


def _last(entry: Entry[Event]) -> dt.date:
    return (entry.record.ends or entry.record.starts).day


def _desk(loaded: Loaded, entry: Entry[Event], files: Sequence[SourceFile], today: dt.date, on: str | None) -> Desk:
    """The desk, with the day that the entries are of."""
    from playbook.capture import Desk
    from playbook.daywords import read_day, why_no_day

    if on is not None:
        day = read_day(on, today, ahead=False)
        if day is None:
            raise click.UsageError(f"--on: {why_no_day(on, today, ahead=False)}")
        if day > today:
            raise click.UsageError(f"--on: {day} lies ahead; write down what has been")
    elif entry.record.starts.day > today:
        raise Impossible(
            f"{entry.title} begins on {entry.record.starts.day}, which lies ahead. "
            "To write down what was said before it: --on DAY"
        )
    else:
        day = min(today, _last(entry))
    taken = frozenset(file.id for file in files if file.kind == "people" and file.id not in loaded.playbook.people)
    return Desk(loaded.playbook, entry, day, today, taken)


def _tell_wrong(wrong: Sequence[Understood], name: str) -> None:
    print_problems(
        Problem(Place(name, line.number), "not-understood", doubt, f"The line: {shorten(line.text, 100)}")
        for line in wrong
        for doubt in line.doubts
    )


def _tell_follow_ups(planned: Plan, loaded: Loaded, desk: Desk) -> None:
    from playbook.capture.telling import follow_up_scripts, follow_ups_until, templates_of
    from playbook.capture.words import long_day

    if not planned.met:
        return
    commands = follow_up_scripts(planned, loaded.playbook, desk)
    if not commands:
        click.echo(_how_to_follow_up(loaded, planned, desk))
        return
    click.echo(f"Follow-ups due within 48 hours of the event, by {long_day(follow_ups_until(desk))}:")
    for _, command in commands:
        click.echo(f"  {command}")
    others = templates_of(loaded.playbook)[1:]
    if others:
        click.echo(f"Other templates for it: {', '.join(others)}")


def _how_to_follow_up(loaded: Loaded, planned: Plan, desk: Desk) -> str:
    """What makes the template that is missing, and what then writes to the first who was met."""
    then = f"playbook script follow-up --to {planned.met[0]} --event {desk.event.id}"
    taken = loaded.playbook.outreach.get("follow-up")
    if taken is not None and taken.record.purpose is None:
        return f"To follow up, write purpose: follow-up into {taken.place_of().path}; then: {then}"
    title = "Follow up" if taken is None else "After we met"
    made = "" if taken is None else " --purpose follow-up"
    script = then if taken is None else then.replace("script follow-up", "script after-we-met")
    return f'To follow up, make a template for it: playbook new outreach "{title}"{made}; then: {script}'


def _as_data(
    lines: Sequence[Understood], planned: Plan, prepared: Sequence[Prepared], desk: Desk, *, written: bool
) -> dict[str, Any]:
    from playbook.capture.telling import as_data, follow_up_scripts

    return {
        "event": desk.event.id,
        "date": desk.on.isoformat(),
        "lines": [as_data(line) for line in lines],
        "files": [{"path": one.path, "new": one.is_new, "changes": list(one.said)} for one in prepared],
        "already": list(planned.already),
        "notes": list(planned.notes),
        "written": written and bool(prepared),
        "follow_ups": [
            {"person": person, "command": command}
            for person, command in follow_up_scripts(planned, desk.playbook, desk)
        ],
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
