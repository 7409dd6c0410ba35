"""`playbook today` and `week`: Home in the terminal: whom to be in touch with and why, what waits, what comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.terminal import print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playbook.views.home import HomeView, NextEventView
    from playbook.views.tasks import DuePersonView, TaskView

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
    from playbook.views.home import home_view
    from playbook.views.scene import Scene

    context = options.context
    if not context.is_mine:
        raise Impossible("what to do this week is for you alone; leave out --audience")
    loaded = context.load(is_checked=False)
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    scene = Scene(loaded.playbook, loaded.today)
    if loaded.playbook.outreach:
        from playbook.render.scripts import Scripts
        from playbook.render.scripts.showing import ShownScripts

        scene = replace(scene, scripts=ShownScripts(scene, Scripts(loaded.playbook, loaded.today), None))
    home = home_view(scene)
    waiting = _waiting_in(context.content / INBOX)
    is_overdue = bool(home.waiting) or any(one.is_overdue for one in home.people)
    if as_json:
        print_json(_as_data(home, waiting, whole_week=whole_week))
    else:
        for line in _lines(home, waiting, whole_week=whole_week, left_out=loaded.has_left_out):
            click.echo(line)
    return 1 if fail_overdue and is_overdue else 0


def _lines(home: HomeView, inbox: int, *, whole_week: bool, left_out: bool) -> Iterable[str]:
    yield click.style(home.week if whole_week else home.today, bold=True)
    if left_out:
        yield "Some files cannot be read and are left out; playbook check says which."
    due = tuple(task for task in home.this_week if whole_week or (task.due is not None and task.due.days <= 0))
    soon = () if whole_week else tuple(task for task in home.this_week if task not in due)
    sections: list[tuple[str, list[str]]] = [
        ("Be in touch", list(_people(home))),
        ("Waiting for you", [*_tasks(home.waiting), *([f"and {home.more_waiting} more"] if home.more_waiting else [])]),
        (home.soon_title if whole_week else "Due today", list(_tasks(due))),
        (home.soon_title, list(_tasks(soon))),
        ("Coming up", list(_tasks(home.coming))),
        ("When you have an hour", list(_tasks(home.next_steps)) if whole_week else []),
        ("Next event", list(_event(home.event)) if home.event else []),
        ("Worth a thought", list(_thoughts(home)) if whole_week else []),
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


def _people(home: HomeView) -> Iterable[str]:
    for one in home.people:
        yield from _person(one)
    if home.can_wait:
        names = ", ".join(link.text for link in home.can_wait[:4])
        more = f" and {len(home.can_wait) - 4} more" if len(home.can_wait) > 4 else ""  # noqa: PLR2004
        yield f"{home.can_wait_title}: {names}{more}"


def _person(one: DuePersonView) -> Iterable[str]:
    yield click.style(one.person.text, bold=True) + (f", {one.role.lower()}" if one.role else "")
    for line in (one.why, one.last, one.owed, one.command):
        if line:
            yield f"    {line}"


def _tasks(tasks: Sequence[TaskView]) -> Iterable[str]:
    for task in tasks:
        due = f"{task.due.text}  " if task.due is not None else ""
        about = [link.text for link in (task.owner, task.person) if link is not None and link.text not in task.text]
        kind = "" if task.kind == "checklist" or task.kind in ("thank-you", "meeting", "date") else f"{task.kind}: "
        where = f" ({', '.join(dict.fromkeys(about))})" if about else ""
        yield f"{due}{kind}{task.text}{where}"


def _thoughts(home: HomeView) -> Iterable[str]:
    for one in home.thoughts:
        yield f"{one.about.text}{':' if one.kind == 'leans' else ''} {one.text}"


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
    from playbook.inbox.reading import read_lines

    try:
        return len(read_lines(path.read_bytes())) if not path.is_symlink() else 0
    except (OSError, UnicodeDecodeError):
        return 0


def _as_data(home: HomeView, inbox: int, *, whole_week: bool) -> dict[str, Any]:
    def task(one: TaskView) -> dict[str, Any]:
        return {
            "text": one.text,
            "kind": one.kind,
            "due": one.due.iso if one.due else None,
            "state": one.state,
            "owner": one.owner.text if one.owner else None,
            "person": one.person.text if one.person else None,
        }

    event = home.event
    found: dict[str, Any] = {
        "today": home.today,
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
            for one in home.people
        ],
        "can_wait": [link.text for link in home.can_wait],
        "waiting": [task(one) for one in home.waiting],
        "more_waiting": home.more_waiting,
        "this_week": [task(one) for one in home.this_week],
        "coming": [task(one) for one in home.coming],
        "event": {"title": event.link.text, "when": event.when, "place": event.place} if event else None,
        "inbox": inbox,
    }
    if whole_week:
        found["next_steps"] = [task(one) for one in home.next_steps]
        found["thoughts"] = [{"kind": one.kind, "about": one.about.text, "text": one.text} for one in home.thoughts]
    return found
