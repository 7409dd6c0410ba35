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
    from playbook.views.review import QuestionView, SpanView
    from playbook.views.suggested import WantedView

MOST = 6
"""What happened of each sort that is shown before the questions."""
_NOBODY = (
    "nobody can be asked here; give the answers with --well, --in-the-way and --next, or one a line on standard input"
)


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
    terminal each question has a suggestion, from what was done or is open: Enter takes it, '-' leaves the answer out,
    and ';' stands between two answers. Without a terminal, give the answers as options, or one a line on standard
    input.

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
        if as_json:
            raise click.UsageError(_NOBODY)
        # Answers may be piped in, one a line; where they end, the rest is left out.
        piped = None if sys.stdin.isatty() else [line for _ in looked.questions if (line := sys.stdin.readline())]
        if piped == []:
            raise click.UsageError(_NOBODY)
        _tell(looked, view.wanted)
        answers = {one.field: _ask(one, piped) for one in looked.questions}
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


def _tell(span: SpanView, wanted: Sequence[WantedView]) -> None:
    click.echo(click.style(f"{span.title}: {span.when}", bold=True))
    if wanted:
        told = (f"{one.text} (done)" if one.is_done else one.text for one in wanted)
        click.echo("Last time you wanted to: " + "; ".join(told))
    for label, number in span.numbers:
        click.echo(f"  {number:>3}  {label}")
    for text in span.done[:MOST]:
        click.echo(f"       {shorten(text, 80)}")
    click.echo()


def _ask(question: QuestionView, piped: list[str] | None) -> list[str]:
    """The answers to one question, typed or from the next line that was piped in; where lines end, none."""
    default = "; ".join(question.suggested)
    if piped is None:
        typed = str(click.prompt(question.text, default=default or "-", show_default=bool(default)))
    else:
        typed = (piped.pop(0).strip() or default or "-") if piped else "-"
        click.echo(f"{question.text} {typed}")
    return [] if typed.strip() == "-" else [part.strip() for part in typed.split(";") if part.strip()]


def _title(span: str, today: dt.date) -> str:
    from playbook.views.review import quarter_of

    if span == "week":
        year, week, _ = today.isocalendar()
        return f"Week {week} of {year}"
    first, _ = quarter_of(today)
    return f"Quarter {(first.month + 2) // 3} of {first.year}"
