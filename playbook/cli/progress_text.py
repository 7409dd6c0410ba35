"""How `playbook progress` looks: bars, a few sentences and a chart on a terminal; lines of columns when piped."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import textwrap
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import click

from playbook.cli.burn_up import Ink, bar, burn_up_lines, ink
from playbook.cli.wordings import Wordings, shown_name, wordings_of

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.cli.progress_data import Span
    from playbook.progress import Changes

MEASURE = 100
"""Columns of text that read well, however wide the terminal."""
BAR = 20
OLDEST = 3
WEEKS = 12
_WEEK = dt.timedelta(days=6)


def show(context: Context, span: Span, *, with_chart: bool) -> None:
    """Print a span of the history on standard output."""
    from playbook.progress.lines import tally

    counts = {
        path: count
        for path, count in tally(span.timeline, len(span.timeline.steps) - 1).items()
        if span.paths is None or path in span.paths
    }
    words = wordings_of(context)
    if not sys.stdout.isatty():
        for path, (done, total) in counts.items():
            click.echo(f"{shown_name(path)}\t{done}\t{total}\t{words.title(path)}")
        return
    letters = ink()
    width = min(shutil.get_terminal_size().columns, MEASURE)
    today = min(context.today, span.until or context.today)
    click.echo(click.style(f"Progress to {_day(today)}", bold=True))
    if not counts:
        click.echo("Nothing is left to do here, and nothing done is on a list.")
    for line in _bars(counts, words, width, letters):
        click.echo(line)
    click.echo()
    for text in _sentences(context, span, today):
        click.echo("\n".join(textwrap.wrap(text, width, break_on_hyphens=False)))
    waiting = list(_waiting(context, span, words, today, width))
    if waiting:
        click.echo("\nWaiting longest:")
        click.echo("\n".join(waiting))
    if with_chart:
        _show_chart(span, today, width, letters)


def _bars(counts: dict[str, tuple[int, int]], words: Wordings, width: int, letters: Ink) -> Iterator[str]:
    """A line for each goal; one for all records of each other kind, unless it is asked for alone."""
    rows: dict[str, tuple[int, int]] = {}
    for path, (done, total) in counts.items():
        kind = path.partition("/")[0]
        label = words.title(path) if kind == "goals" or len(counts) == 1 else kind.capitalize()
        key = f"{path}\n{label}" if kind == "goals" else f"~{kind}\n{label}"
        so_far = rows.get(key, (0, 0))
        rows[key] = (so_far[0] + done, so_far[1] + total)
    if len(rows) > 1:
        rows["~~\nAll together"] = (
            sum(done for done, _ in counts.values()),
            sum(total for _, total in counts.values()),
        )
    numbers = {key: f"{done}/{total}" for key, (done, total) in rows.items()}
    widest = max((len(text) for text in numbers.values()), default=0)
    drawn = min(BAR, max(width // 4, 5))
    room = max(width - drawn - widest - 4, 10)
    labels = {key: _fitted(key.partition("\n")[2], room) for key in rows}
    column = max((_width(text) for text in labels.values()), default=0)
    for key in sorted(rows):
        padding = " " * (column - _width(labels[key]))
        yield f"{labels[key]}{padding}  {bar(*rows[key], drawn, letters)}  {numbers[key]:>{widest}}"


def _sentences(context: Context, span: Span, today: dt.date) -> Iterator[str]:
    """What changed of late, how fast it goes, and what may be said about the end."""
    from playbook.progress import changes_between, changes_of_steps, forecast, pace
    from playbook.views.words import count

    timeline, paths = span.timeline, span.paths
    if span.first is None:
        first = max(today, dt.date.min + _WEEK) - _WEEK
        begin, changes = "Last 7 days", changes_between(timeline, first, today, paths=paths)
    else:
        first, begin = span.first, f"Since {_day(span.first)}"
        changes = changes_of_steps(timeline, span.after, len(timeline.steps) - 1, paths=paths)
    late = _past_their_day(context, first, today, paths) if span.until is None else 0
    past = f" {count(late, 'open item')} went past the day." if late else ""
    yield f"{begin}: {_counted(changes)}.{past}"
    last = timeline.steps[-1]
    if last.is_working_tree and (fresh := changes_of_steps(timeline, last.index - 1, last.index, paths=paths)):
        yield f"In no commit yet: {_counted(fresh)}."
    weeks = min(WEEKS, max((today - timeline.steps[0].day).days // 7, 1))
    rates = pace(timeline, today, weeks=weeks, paths=paths)
    if len(rates.weeks) > 1:
        yield f"Pace: {rates.per_week:.1f} done a week over the last {len(rates.weeks)} weeks."
    ahead = forecast(timeline, today, paths=paths)
    if ahead.earliest is None:
        yield f"Forecast: {ahead.reason}"
    elif ahead.latest is None:
        yield f"Forecast: not before {_day(ahead.earliest)}. {ahead.reason}"
    elif ahead.earliest == ahead.latest:
        yield f"Forecast: about {_day(ahead.earliest)}. {ahead.reason}"
    else:
        yield f"Forecast: between {_day(ahead.earliest)} and {_day(ahead.latest)}. {ahead.reason}"


def _counted(changes: Changes) -> str:
    """`2 done, 1 added`; `nothing moved` where nothing did."""
    named = {
        "done": changes.done,
        "added": changes.added,
        "open again": changes.undone,
        "dropped": changes.dropped,
        "back": changes.restored,
        "skipped": changes.skipped,
        "taken up again": changes.unskipped,
        "reworded": changes.reworded,
        "moved": changes.moved,
    }
    return ", ".join(f"{len(found)} {word}" for word, found in named.items() if found) or "nothing moved"


def _past_their_day(context: Context, first: dt.date, today: dt.date, paths: Collection[str] | None) -> int:
    """How many open items were due on one of these days, and no later than yesterday."""
    from playbook.agenda import due_of, is_moot
    from playbook.progress import path_of

    found = 0
    for entry in context.load(is_checked=False).playbook.entries():
        if paths is None or path_of(entry.key) in paths:
            for item in getattr(entry.record, "checklist", ()):
                due = due_of(entry, item)
                is_late = due is not None and first <= due < today
                found += is_late and item.is_open and not is_moot(entry, item, today)
    return found


def _waiting(context: Context, span: Span, words: Wordings, today: dt.date, width: int) -> Iterator[str]:
    """The open items that have been there longest, of what is still under way; on a day in the past, of all."""
    from playbook.agenda import TaskKind, tasks
    from playbook.progress import ages, path_of
    from playbook.views.words import length_text

    found = ages(span.timeline, today, paths=span.paths)
    if span.until is None:
        playbook = context.load(is_checked=False).playbook
        items = (task for task in tasks(playbook, today) if task.kind is TaskKind.ITEM)
        under_way = {(path_of(task.owner), task.path[-1]) for task in items}
        found = tuple(age for age in found if (age.item.path, age.item.place) in under_way)
    for age in found[:OLDEST]:
        since = f"  {_day(age.since)}, {'at least ' if age.is_at_least else ''}{length_text(age.days)}"
        where = f" ({words.title(age.item.path)})" if span.paths is None else ""
        yield _fitted(f"{since}  {age.item.text}{where}", width)


def _show_chart(span: Span, today: dt.date, width: int, letters: Ink) -> None:
    from playbook.progress import burn_up

    points = burn_up(span.timeline, paths=span.paths)
    if not points:
        return
    first = max(span.first, points[0].day) if span.first else points[0].day
    lines = burn_up_lines(points, first, today, width=width, letters=letters)
    if lines:
        click.echo(f"\n{letters.parts[-1]} done  {letters.open} to do")
        click.echo("\n".join(lines))


def _day(day: dt.date) -> str:
    from playbook.views.words import day_text

    return day_text(day)


def _fitted(text: str, width: int) -> str:
    """The text cut to so many columns of a terminal, where wide letters take two."""
    from rich.cells import set_cell_size

    return text if _width(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
