"""`playbook today` and `week`: Home in the terminal: whom to be in touch with and why, what waits, what comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.filling import with_scripts
from playbook.cli.terminal import print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playbook.views.scene import Scene
    from playbook.views.tasks import DuePersonView, TaskView
    from playbook.views.thoughts import ThoughtView
    from playbook.views.week import NextEventView, Week

WIDEST = 92
INBOX = "inbox.txt"


def _options(command: Callable[..., int]) -> Callable[..., int]:
    for option in (
        click.option(
            "--fail-overdue", is_flag=True, help="Exit 1 where somebody or something is overdue; for scripts."
        ),
        click.option("--json", "as_json", is_flag=True, help="The same for programs."),
    ):
        command = option(command)
    return command


@click.command("today")
@_options
@click.pass_obj
def today_command(options: Options, as_json: bool, fail_overdue: bool) -> int:
    """Say what to do today: whom to be in touch with and why, what waits, what is due, what comes next.

    At most as many people as `week_size` of me.yml says are named; the others can wait. It exits 0 unless asked
    otherwise.

    \b
    Examples:
      playbook today
      playbook today --json
      playbook today --fail-overdue || notify-send "The playbook has something for you"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    return _tell(options, as_json=as_json, fail_overdue=fail_overdue, whole_week=False)


@click.command("week")
@_options
@click.pass_obj
def week_command(options: Options, as_json: bool, fail_overdue: bool) -> int:
    """Say what to do this week, what is coming up, and what is worth a thought.

    \b
    Examples:
      playbook week
      playbook week --today 2026-12-07
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    return _tell(options, as_json=as_json, fail_overdue=fail_overdue, whole_week=True)


def _tell(options: Options, *, as_json: bool, fail_overdue: bool, whole_week: bool) -> int:
    from playbook.views.scene import Scene
    from playbook.views.week import Week

    context = options.context
    if not context.is_mine:
        raise Impossible("what to do this week is for you alone; leave out --audience")
    loaded = context.load(is_checked=False)
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    scene = with_scripts(Scene(loaded.playbook, loaded.today, tells_sources=False))
    week = Week(scene, with_scripts=False)
    thoughts = _thoughts(scene) if whole_week else None
    inbox = _waiting_in(context.content / INBOX)
    is_overdue = bool(week.waiting) or any(one.is_overdue for one in week.people)
    if as_json:
        print_json(_as_data(week, inbox, thoughts))
    else:
        for line in _lines(week, inbox, thoughts, left_out=loaded.has_left_out):
            click.echo(line)
    return 1 if fail_overdue and is_overdue else 0


def _thoughts(scene: Scene) -> tuple[ThoughtView, ...]:
    from playbook.views.thoughts import thoughts_of

    return thoughts_of(scene)


def _lines(week: Week, inbox: int, thoughts: Sequence[ThoughtView] | None, *, left_out: bool) -> Iterable[str]:
    """What is printed; of the whole week where there are thoughts, if none came to mind."""
    from playbook.views.week import SOON_TITLE, week_text
    from playbook.views.words import day_text

    whole_week = thoughts is not None
    yield click.style(week_text(week.today) if whole_week else day_text(week.today), bold=True)
    if left_out:
        yield "Some files cannot be read and are left out; playbook check says which."
    due = tuple(task for task in week.this_week if whole_week or (task.due is not None and task.due.days <= 0))
    soon = () if whole_week else tuple(task for task in week.this_week if task not in due)
    sections: list[tuple[str, list[str]]] = [
        ("Be in touch", list(_people(week))),
        ("Waiting for you", [*_tasks(week.waiting), *([f"and {week.more_waiting} more"] if week.more_waiting else [])]),
        (SOON_TITLE if whole_week else "Due today", list(_tasks(due))),
        (SOON_TITLE, list(_tasks(soon))),
        ("Coming up", list(_tasks(week.coming))),
        ("When you have an hour", list(_tasks(week.next_steps)) if whole_week else []),
        ("Next event", list(_event(week.event)) if week.event else []),
        ("Worth a thought", [line for one in thoughts or () for line in _thought(one)]),
        ("Inbox", [f"{inbox} {'line waits' if inbox == 1 else 'lines wait'}: playbook inbox"] if inbox else []),
    ]
    shown = [section for section in sections if section[1]]
    for title, lines in shown:
        yield ""
        yield click.style(title, bold=True)
        for line in lines:
            yield from _wrapped(line)
    if not shown:
        yield "Nothing waits. A good moment to write down what you achieved, or to thank somebody."


def _people(week: Week) -> Iterable[str]:
    from playbook.views.tasks import CAN_WAIT

    for one in week.people:
        yield from _person(one)
    if week.can_wait:
        names = ", ".join(link.text for link in week.can_wait[:4])
        more = f" and {len(week.can_wait) - 4} more" if len(week.can_wait) > 4 else ""  # noqa: PLR2004
        yield f"{CAN_WAIT}: {names}{more}"


def _person(one: DuePersonView) -> Iterable[str]:
    yield click.style(one.person.text, bold=True) + (f", {one.role.lower()}" if one.role else "")
    for line in (one.why, one.last, one.owed, one.command):
        if line:
            yield f"    {line}"


def _tasks(tasks: Sequence[TaskView]) -> Iterable[str]:
    from playbook.agenda import TaskKind

    # Their words tell what they are.
    plain = (TaskKind.ITEM, TaskKind.THANKS, TaskKind.MEETING, TaskKind.DATE)
    for task in tasks:
        due = f"{task.due.text}  " if task.due is not None else ""
        about = [link.text for link in task.about if link.text not in task.text]
        kind = "" if task.kind in plain else f"{task.kind_text}: "
        where = f" ({', '.join(dict.fromkeys(about))})" if about else ""
        yield f"{due}{kind}{task.text}{where}"


def _thought(one: ThoughtView) -> Iterable[str]:
    yield f"{one.about.text}{one.behind} {one.text}"
    if one.command:
        yield f"    {one.command}"


def _event(event: NextEventView) -> Iterable[str]:
    place = f", {event.place}" if event.place else ""
    yield click.style(event.link.text, bold=True) + f": {event.when}{place} ({event.day.relative})"
    if event.tally.total:
        meet = f", {event.to_meet} to meet" if event.to_meet else ""
        yield f"    {event.tally.text} prepared{meet}"
    for line in _tasks(event.next_items):
        yield f"    {line}"


def _wrapped(line: str) -> Iterable[str]:
    """The line indented by two, broken where a terminal would break it; what stands below it hangs."""
    import textwrap

    plain = line.lstrip(" ")
    column = 2 + len(line) - len(plain)
    if len(click.unstyle(plain)) + column <= WIDEST or plain.startswith("playbook "):
        yield " " * column + plain
        return
    yield from textwrap.wrap(plain, WIDEST, initial_indent=" " * column, subsequent_indent=" " * (column + 2))


def _waiting_in(path: Path) -> int:
    """How many thoughts wait in the inbox."""
    try:
        text = path.read_bytes() if not path.is_symlink() else b""
    except OSError:
        return 0
    if not text:
        return 0
    from playbook.inbox.reading import read_lines

    try:
        return len(read_lines(text))
    except UnicodeDecodeError:
        return 0


def _as_data(week: Week, inbox: int, thoughts: Sequence[ThoughtView] | None) -> dict[str, Any]:
    from playbook.views.words import day_text

    def task(one: TaskView) -> dict[str, Any]:
        return {
            "text": one.text,
            "kind": one.kind,
            "due": one.due.iso if one.due else None,
            "state": one.state,
            "owner": one.owner.text if one.owner else None,
            "person": one.person.text if one.person else None,
        }

    event = week.event
    found: dict[str, Any] = {
        "today": day_text(week.today),
        "people": [
            {
                "name": one.person.text,
                "id": one.person.href.rpartition("/")[2].removesuffix(".md"),
                "why": one.why,
                "last": one.last,
                "owed": one.owed,
                "overdue": one.is_overdue,
                "script": one.command or None,
            }
            for one in week.people
        ],
        "can_wait": [link.text for link in week.can_wait],
        "waiting": [task(one) for one in week.waiting],
        "more_waiting": week.more_waiting,
        "this_week": [task(one) for one in week.this_week],
        "coming": [task(one) for one in week.coming],
        "event": {"title": event.link.text, "when": event.when, "place": event.place} if event else None,
        "inbox": inbox,
    }
    if thoughts is not None:
        found["next_steps"] = [task(one) for one in week.next_steps]
        found["thoughts"] = [
            {"kind": one.kind, "about": one.about.text, "text": one.text, "command": one.command or None}
            for one in thoughts
        ]
    return found
