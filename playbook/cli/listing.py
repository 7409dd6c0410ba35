"""`playbook list`: records of one kind, filtered and sorted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Options
from playbook.problems import suggest

if TYPE_CHECKING:
    from pydantic import BaseModel

COLUMNS = {
    "goals": ("id", "title", "kind", "status", "due"),
    "people": ("id", "name", "relations", "circle", "stage"),
    "organizations": ("id", "name", "kind", "membership.state"),
    "events": ("id", "title", "starts", "status", "place"),
    "outreach": ("id", "title", "purpose", "channel"),
    "journal": ("date", "kind", "title", "goals"),
    "plays": ("id", "title", "status", "starts"),
}
SINGULAR = {
    "goal": "goals", "person": "people", "organization": "organizations", "event": "events", "template": "outreach",
    "play": "plays",
}  # fmt: skip


@click.command("list")
@click.argument("kind")
@click.option("--where", "conditions", metavar="EXPR", multiple=True, help="A condition; several must all hold.")
@click.option("--sort", metavar="FIELD", help="Sort by FIELD; by id unless said (the journal: newest first).")
@click.option("--columns", metavar="A,B", help="What to show; dotted for nested fields.")
@click.option("--json", "as_json", is_flag=True, help="A list of records with the columns asked for, for programs.")
@click.pass_obj
def list_command(
    options: Options, kind: str, conditions: tuple[str, ...], sort: str | None, columns: str | None, as_json: bool
) -> int:
    r"""List records of one KIND: goals, people, organizations, events, outreach, journal or plays.

    \b
    Conditions:
      circle=inner               is                circle!=inner     is not
      name~lovelace              contains          due<2027-01-01    before, less (also <= > >=)
      mentoring                  has a value       !why              has none
      positions.organization=acme                  nested fields, with dots

    \b
    Examples:
      playbook list people --where circle=inner --where '!why'
      playbook list events --where 'starts>=2027-01-01' --sort starts
      playbook list journal --where kind=achievement --columns date,title,impact
    """
    from playbook.records import KINDS
    from playbook.records.journal import JournalEntry
    from playbook.selecting import BadCondition, as_text, parse_condition, values_at

    wanted = SINGULAR.get(kind, kind)
    if wanted not in KINDS:
        raise click.UsageError(
            f"no kind of record is called '{kind}'. {suggest(kind, (*KINDS, *SINGULAR)) or ''}".rstrip()
        )
    model: type[BaseModel] = JournalEntry if wanted == "journal" else KINDS[wanted]
    shown = tuple(name.strip() for name in columns.split(",")) if columns else COLUMNS[wanted]
    try:
        tests = [parse_condition(text, model) for text in conditions]
        for name in (*shown, *((sort,) if sort else ())):
            parse_condition(name, model)
    except BadCondition as error:
        raise click.UsageError(str(error)) from None
    loaded = options.context.load()
    rows: list[tuple[str, Any]] = [
        (identifier, record)
        for identifier, record in _records(loaded.playbook, wanted)
        if all(test.holds(identifier, record) for test in tests)
    ]

    def texts(row: tuple[str, Any], name: str) -> list[str]:
        identifier, record = row
        return [identifier] if name == "id" else [as_text(value) for value in values_at(record, tuple(name.split(".")))]

    if sort:
        rows.sort(key=lambda row: (not texts(row, sort), texts(row, sort)))
    if as_json:
        found = [{name: _plain(texts(row, name)) for name in shown} for row in rows]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    _print_table(shown, [[", ".join(texts(row, name)) for name in shown] for row in rows])
    broken = sum(problem.severity.fails for problem in loaded.problems)
    if broken:
        click.echo(f"({broken} problems: playbook check)", err=True)
    return 0


def _records(playbook: Any, kind: str) -> list[tuple[str, Any]]:
    if kind == "journal":
        return [(f"{line.entry.id}/{line.anchor}", line.record) for line in playbook.journal_lines()]
    return [(entry.id, entry.record) for entry in playbook.of_kind(kind).values()]


def _plain(texts: list[str]) -> Any:
    return None if not texts else texts[0] if len(texts) == 1 else texts


def _print_table(columns: tuple[str, ...], rows: list[list[str]]) -> None:
    """A table on a terminal, folded to its width; tab-separated lines when piped, nothing cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table if rows else Text("nothing found"))
