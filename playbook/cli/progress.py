"""`playbook progress`: how far the checklists are, and how they got there, as git tells it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.spans import Moment, place_of
from playbook.cli.terminal import print_json
from playbook.cli.wordings import record_name
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.cli.progress_data import Span
    from playbook.history.timeline import Timeline


@click.command("progress")
@click.argument("goal", required=False)
@click.option("--since", metavar="REV|DATE", help="Only what came after a commit, or on a day and after it.")
@click.option("--until", metavar="REV|DATE", help="As it was in a commit, or at the end of a day.")
@click.option("--json", "as_json", is_flag=True, help="Points, items and notes, for programs.")
@click.option("--csv", "as_csv", is_flag=True, help="The points alone, for a spreadsheet.")
@click.option("--no-chart", is_flag=True, help="Leave out the chart.")
@click.pass_obj
def progress_command(
    options: Options,
    goal: str | None,
    since: str | None,
    until: str | None,
    as_json: bool,
    as_csv: bool,
    no_chart: bool,
) -> int:
    """Show how far the checklists are, and how they got there, from the history in git.

    GOAL is the id or title of a goal, or any record with a checklist as kind/id; all of them unless said. What is not
    committed yet counts as the last step. Piped, it is a line of id, done, total and title for each record.
    A DATE is 2026-10-01, or words such as monday or '2 weeks ago'.

    \b
    --json is {"points": [...], "items": [...], "notes": [...]}:
      point   commit (null: on disk), date, done, total, goal (null: all together;
              kind/id for the checklist of another record than a goal)
      item    id, goal, task, created (null: before a shallow clone begins), done,
              state (open, done, skipped, dropped), events
      event   date, commit, kind (created, done, undone, reworded, moved, skipped,
              unskipped, dropped, restored), text, before (old text, or old goal)
      note    code, message, command, path, commit

    \b
    Examples:
      playbook progress
      playbook progress staff-promotion --since '3 months ago'
      playbook progress --until v1 --json
      playbook progress --csv > progress.csv
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    context = options.context
    span = _span(context, goal, since, until)
    if as_json:
        from playbook.cli import progress_data

        notes = [progress_data.note_data(note) for note in span.timeline.notes]
        print_json({"points": progress_data.points_of(span), "items": progress_data.items_of(span), "notes": notes})
        return 0
    from playbook.cli.history import tell_notes

    if as_csv:
        from playbook.cli.progress_data import POINT_COLUMNS, points_of
        from playbook.exchange.cells import csv_text

        rows = [[point[column] for column in POINT_COLUMNS] for point in points_of(span)]
        click.echo(csv_text(POINT_COLUMNS, rows), nl=False)
    else:
        from playbook.cli.progress_text import show

        show(context, span, with_chart=not no_chart)
    tell_notes(span.timeline, span.paths)
    return 0


def _span(context: Context, goal: str | None, since: str | None, until: str | None) -> Span:
    """What is asked for.

    Raises:
        click.UsageError: for a goal, a commit or a day that does not exist.
        Impossible: where there is no history, or nothing in it yet, or a commit is no part of it.
    """
    from playbook.cli.history import read_timeline, until_step
    from playbook.cli.progress_data import Span
    from playbook.cli.spans import read_moment

    timeline = read_timeline(context)
    if not timeline.items:
        raise Impossible(
            "no record has a checklist yet; write one under 'checklist' of a goal. Begin: playbook new goal TITLE"
        )
    paths = None if goal is None else _paths(context, timeline, goal)
    last, end = len(timeline.steps) - 1, None
    if until is not None:
        moment = read_moment(context, until, "--until")
        last = _place(context, timeline, moment, "--until")
        end = moment.day or timeline.steps[max(last, 0)].day
    elif context.fixed_today is not None:
        last = _place(context, timeline, Moment(context.fixed_today), "--today")
    if last < 0:
        raise Impossible(f"there is nothing to show yet: the first checklist is of {timeline.steps[0].day}")
    after, first = -1, None
    if since is not None:
        after, first = _begin(context, timeline, since)
    return Span(until_step(context, timeline, last), after, paths, first, end)


def _begin(context: Context, timeline: Timeline, since: str) -> tuple[int, dt.date]:
    """(the step behind which a span begins, its first day)."""
    from playbook.cli.spans import read_moment

    moment = read_moment(context, since, "--since")
    if moment.day is not None:
        if moment.day > context.today:
            raise click.UsageError(f"--since: {moment.day} lies ahead")
        before = Moment(moment.day - dt.timedelta(days=1)) if moment.day > dt.date.min else moment
        return _place(context, timeline, before, "--since"), moment.day
    after = _place(context, timeline, moment, "--since")
    return after, timeline.steps[max(after, 0)].day


def _place(context: Context, timeline: Timeline, moment: Moment, what: str) -> int:
    found = place_of(context, timeline, moment)
    if found is None:
        raise Impossible(f"{what}: {moment} lies on another branch; say a day, or a commit of this one's history")
    return found


def _paths(context: Context, timeline: Timeline, goal: str) -> frozenset[str]:
    """The file of the record that is meant, also of one that is gone.

    Raises:
        click.UsageError: with the nearest names, where nothing is called so.
        Impossible: where the record has never had a checklist.
    """
    known = {event.path for event in timeline.events}
    name = goal.strip().removeprefix(f"{context.content_name}/").removesuffix(".yml")
    for path in (f"goals/{name}.yml", f"{name}.yml"):
        if path in known:
            return frozenset((path,))
    from playbook.cli.choosing import choose

    if "/" in name and not name.startswith("goals/"):
        hint = suggest(name, [record_name(path) for path in known])
        raise click.UsageError(f"no record '{shorten(name)}' has ever had a checklist. {hint}".rstrip())
    entry = choose(context.load(is_checked=False), "goals", goal)
    path = f"goals/{entry.id}.yml"
    if path not in known:
        raise Impossible(f"{entry.place_of()}: '{entry.title}' has no checklist yet, so there is nothing to show")
    return frozenset((path,))
