"""`playbook achieve`: something reached goes into the journal, with what changed and who helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.context import Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import known_id, read_on
from playbook.cli.talking import DRY, JSON, ON

if TYPE_CHECKING:
    from playbook.source.document import Tree


@click.command("achieve")
@click.argument("title")
@click.option("--impact", metavar="TEXT", default="", help="What changed because of it.")
@click.option("--evidence", metavar="TEXT", default="", help="What shows it: a sentence or a link.")
@click.option("--goal", "goals", metavar="GOAL", multiple=True, help="A goal it counts toward; may be said twice.")
@click.option("--with", "people", metavar="PERSON", multiple=True, help="Who helped, to be thanked; may be said twice.")
@click.option("--criterion", "criteria", metavar="GOAL/ID", multiple=True, help="A criterion it is evidence for.")
@click.option("--event", metavar="EVENT", help="The event it belongs to.")
@ON
@DRY
@JSON
@click.pass_obj
def achieve_command(
    options: Options, title: str, impact: str, evidence: str, goals: tuple[str, ...], people: tuple[str, ...],
    criteria: tuple[str, ...], event: str | None, on: str | None, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Write an achievement into the journal; whoever helped is brought up for thanks.

    \b
    Example:
      playbook achieve "Led the review" --goal staff-engineer --with grace
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures.journal import write_entry
    from playbook.records.choices import JournalKind

    workshop = open_workshop(options, "achieve")
    helpers = [known_id(workshop, "people", one) for one in people]
    fields: dict[str, Tree] = {
        "impact": impact,
        "evidence": evidence,
        "goals": [known_id(workshop, "goals", one) for one in goals],
        "people": list(helpers),
        "events": [known_id(workshop, "events", event)] if event else [],
        "criteria": list(criteria),
    }
    gesture = write_entry(
        workshop.bench(read_on(on, workshop.context.today)), JournalKind.ACHIEVEMENT, title.strip(), fields
    )
    code = write(workshop, gesture, dry_run=dry_run, as_json=as_json)
    if helpers and not as_json and not dry_run and not gesture.is_empty:
        click.echo("  to thank: " + ", ".join(f"playbook thank {one}" for one in helpers))
    return code
