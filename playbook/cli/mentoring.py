"""`playbook feedback`, `acted`: what a mentor told you, and that you acted on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.choosing import choose
from playbook.cli.context import Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import read_on, which
from playbook.cli.talking import DRY, JSON, ON
from playbook.problems import shorten

if TYPE_CHECKING:
    from playbook.cli.gesturing import Workshop
    from playbook.gestures.mentoring import FoundFeedback


@click.command("feedback")
@click.argument("person")
@click.argument("said", metavar='"WHAT WAS SAID"')
@click.option("--action", metavar="WHAT", default="", help="What you will do about it; it waits until you did.")
@ON
@DRY
@JSON
@click.pass_obj
def feedback_command(
    options: Options, person: str, said: str, action: str, on: str | None, dry_run: bool, as_json: bool
) -> int:
    """Write down what a mentor told you, in their words; what you will do about it waits on Home.

    Once you did it, `playbook acted` marks it, and the next agenda says so: playbook print agenda PERSON

    \b
    Examples:
      playbook feedback radia "Begin with the decision" --action "Rewrite the opening"
      playbook feedback radia "You apologise before you disagree" --on yesterday
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.mentoring import add_feedback

    workshop = open_workshop(options, "feedback")
    known = str(choose(workshop.loaded, "people", person).id)
    words, what = " ".join(said.split()), " ".join(action.split())
    if not words:
        raise click.UsageError("say what they said")
    bench = workshop.bench(read_on(on, workshop.context.today))
    try:
        gesture = add_feedback(bench, known, words, what)
    except NotPossible as error:
        raise click.UsageError(str(error)) from None
    return write(workshop, gesture, dry_run=dry_run, as_json=as_json)


@click.command("acted")
@click.argument("words", nargs=-1, required=True, metavar="FEEDBACK")
@ON
@DRY
@JSON
@click.pass_obj
def acted_command(options: Options, words: tuple[str, ...], on: str | None, dry_run: bool, as_json: bool) -> int:
    """Mark feedback as acted on. Name it by words of it, of what you would do about it, or of who said it.

    \b
    Examples:
      playbook acted opening
      playbook acted radia first slide --on tuesday
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.mentoring import act

    workshop = open_workshop(options, "acted")
    found = _one_feedback(workshop, " ".join(words))
    bench = workshop.bench(read_on(on, workshop.context.today))
    return write(workshop, act(bench, found), dry_run=dry_run, as_json=as_json)


def _one_feedback(workshop: Workshop, words: str) -> FoundFeedback:
    """The feedback that is meant.

    Raises:
        click.UsageError: where none is meant, or several and nobody can be asked.
    """
    from playbook.gestures.mentoring import find_feedback, open_feedback

    playbook = workshop.loaded.playbook
    found = find_feedback(playbook, words)
    if not found:
        waiting = [one for one in open_feedback(playbook) if one.feedback.action]
        known = "".join(f"\n  {one.entry.title}: {shorten(one.feedback.action, 70)}" for one in waiting[:9])
        tail = f" These wait:{known}" if waiting else " Nothing waits to be acted on."
        raise click.UsageError(f"no feedback is called '{shorten(words, 60)}'.{tail}")
    labels = [f"{one.entry.title}: {shorten(one.feedback.said, 70)}" for one in found]
    ways = [f"{one.entry.title}: {' '.join(one.feedback.said.split())}" for one in found]
    return found[which(labels, ways, f"'{shorten(words, 40)}' could be")]
