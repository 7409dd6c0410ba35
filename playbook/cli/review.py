"""`playbook review`: three questions about the week or the quarter, prefilled; the answers go into the journal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Context, Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.talking import DRY, JSON
from playbook.problems import shorten

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from playbook.history.timeline import Timeline
    from playbook.views.review import SpanView

MOST = 6
"""What happened of each sort that is shown before the questions."""
PREFILLED = 3


@click.command("review")
@click.argument("span", type=click.Choice(["week", "quarter"]), default="week")
@click.option("--well", metavar="TEXT", multiple=True, help="What went well; may be said several times.")
@click.option("--in-the-way", metavar="TEXT", multiple=True, help="What was in the way.")
@click.option("--next", "next_", metavar="TEXT", multiple=True, help="What comes next.")
@DRY
@JSON
@click.pass_obj
def review_command(
    options: Options, span: str, well: tuple[str, ...], in_the_way: tuple[str, ...], next_: tuple[str, ...],
    dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Look back on the week or the quarter: what git and the files say happened, then three questions.

    The answers become an entry of the journal; the next review begins with what you said would come next. On a
    terminal each question has a suggestion, from what was done: Enter takes it, '-' leaves the answer out, and ';'
    stands between two answers. Without a terminal, give the answers as options.

    \b
    Examples:
      playbook review
      playbook review quarter
      playbook review --well "The council talk" --next "Ask Birgit"
      playbook print review                    the same to think about on paper
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.journal import write_entry
    from playbook.records.choices import JournalKind
    from playbook.views.review import review_view
    from playbook.views.scene import Scene

    workshop = open_workshop(options, "review")
    context = workshop.context
    scene = Scene(workshop.loaded.playbook, context.today, timeline=_timeline(context))
    view = review_view(scene)
    looked = view.week if span == "week" else view.quarter
    answers: dict[str, Any] = {"well": list(well), "in_the_way": list(in_the_way), "next": list(next_)}
    if not any(answers.values()):
        if not sys.stdin.isatty() or as_json:
            raise click.UsageError("nobody can be asked here; give the answers with --well, --in-the-way and --next")
        last = _last_next(workshop.loaded.playbook.journal_lines(), context.today)
        _tell(looked, last)
        answers = {
            "well": _ask("What went well?", _well(looked)),
            "in_the_way": _ask("What was in the way?", [one.item.text for one in looked.waiting[:PREFILLED]]),
            "next": _ask("What comes next?", last[:PREFILLED]),
        }
        if not any(answers.values()):
            click.echo("Nothing was written.")
            return 0
    gesture = write_entry(workshop.bench(), JournalKind.REVIEW, _title(span, context.today), answers)
    return write(workshop, gesture, dry_run=dry_run, as_json=as_json)


def _timeline(context: Context) -> Timeline | None:
    """What happened to the checklists; None where nobody knows, for the review does without."""
    from playbook.cli.history import read_timeline
    from playbook.history.repository import NoHistory, find_repository

    return None if isinstance(find_repository(context.content), NoHistory) else read_timeline(context)


def _last_next(lines: Sequence[Any], today: dt.date) -> list[str]:
    """What the last review said would come next."""
    from playbook.records.choices import JournalKind

    reviews = [one.record for one in lines if one.record.kind is JournalKind.REVIEW and one.record.date <= today]
    return list(max(reviews, key=lambda one: one.date).next) if reviews else []


def _tell(span: SpanView, last: list[str]) -> None:
    click.echo(click.style(f"{span.title}: {span.when}", bold=True))
    if last:
        click.echo("Last time you wanted to: " + "; ".join(last))
    for label, number in span.numbers:
        click.echo(f"  {number:>3}  {label}")
    for text in _done(span)[:MOST]:
        click.echo(f"       {shorten(text, 80)}")
    click.echo()


def _well(span: SpanView) -> list[str]:
    """What could have gone well: what stands in the journal, milestones, then what was done."""
    noted = [line.link.text for group in span.noted for line in group.lines]
    return [*noted, *(link.text for link in span.milestones), *_done(span)][:PREFILLED]


def _done(span: SpanView) -> list[str]:
    """The items that were done, newest first."""
    groups = [group for group in span.changes if group.title.startswith("Done")]
    return [note.item.text for group in groups for one in group.happenings for note in one.items]


def _ask(question: str, suggestion: list[str]) -> list[str]:
    default = "; ".join(suggestion)
    typed = str(click.prompt(question, default=default or "-", show_default=bool(default)))
    return [] if typed.strip() == "-" else [part.strip() for part in typed.split(";") if part.strip()]


def _title(span: str, today: dt.date) -> str:
    from playbook.views.review import quarter_of

    if span == "week":
        year, week, _ = today.isocalendar()
        return f"Week {week} of {year}"
    first, _ = quarter_of(today)
    return f"Quarter {(first.month + 2) // 3} of {first.year}"
