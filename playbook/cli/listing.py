"""`playbook list`: records of one kind, filtered and sorted."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Options
from playbook.cli.terminal import print_json
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from playbook.records.struct import Struct

COLUMNS = {
    "goals": ("id", "title", "kind", "status", "due"),
    "people": ("id", "name", "relations", "circle", "stage"),
    "organizations": ("id", "name", "kind", "membership.state"),
    "events": ("id", "title", "starts", "status"),
    "outreach": ("id", "title", "purpose", "channel"),
    "journal": ("date", "kind", "title", "goals"),
    "plays": ("id", "title", "status", "starts"),
}
SINGULAR = {
    "goal": "goals", "person": "people", "organization": "organizations", "event": "events", "template": "outreach",
    "play": "plays",
}  # fmt: skip
NOUNS = {kind: noun for noun, kind in SINGULAR.items()} | {"journal": "journal entry"}


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
    """List records of one KIND: goals, people, organizations, events, outreach, journal or plays.

    On a terminal it is a table; piped, a line of tab-separated columns for each record.

    \b
    Conditions:
      circle=inner        is              circle!=inner       is not
      name~lovelace       contains        due<2027-01-01      before; also <= > >=
      mentoring           has a value     !why                has none
      starts=2027-05      dates may be cut to a month or a year
      positions.organization=acme         nested fields, with dots

    \b
    Examples:
      playbook list people --where circle=inner --where '!why'
      playbook list events --where 'starts>=2027' --sort starts
      playbook list journal --where kind=achievement --columns date,title,impact
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.records import KINDS
    from playbook.records.journal import JournalEntry
    from playbook.selecting import (
        BadCondition,
        as_text,
        in_order,
        parse_condition,
        parse_path,
        unknown_value,
        values_at,
    )

    wanted = SINGULAR.get(kind, kind)
    if wanted not in KINDS:
        hint = suggest(kind, (*KINDS, *SINGULAR)) or f"The kinds are {', '.join(KINDS)}."
        raise click.UsageError(f"no kind of record is called '{shorten(kind, 40)}'. {hint}")
    model: type[Struct] = JournalEntry if wanted == "journal" else KINDS[wanted]
    try:
        tests = [parse_condition(text, model) for text in conditions]
        shown = [name.strip() for name in columns.split(",")] if columns else [*COLUMNS[wanted]]
        paths = [parse_path(name, model) for name in shown]
        order = parse_path(sort, model) if sort else None
    except BadCondition as error:
        raise click.UsageError(str(error)) from None
    loaded = options.context.load()

    def texts(row: tuple[str, Any], path: tuple[str, ...]) -> list[str]:
        identifier, record = row
        return [identifier] if path == ("id",) else [as_text(value) for value in values_at(record, path)]

    every = _records(loaded.playbook, wanted, is_mine=options.context.is_mine)
    rows = [row for row in every if all(test.holds(*row) for test in tests)]
    for test in tests:
        nearest = unknown_value(test, model, every, loaded.playbook)
        if nearest is not None:
            said = f"{'.'.join(test.path)}={shorten(test.value, 40)}"
            left = "" if test.op == "=" else ", so nothing is left out by it"
            click.echo(f"No {NOUNS[wanted]} has {said}{left}. {nearest}".rstrip(), err=True)
    if order is not None:
        rows.sort(key=lambda row: ((found := texts(row, order)) == [], [in_order(text) for text in found]))
    cells = [[texts(row, path) for path in paths] for row in rows]
    if as_json:
        print_json([dict(zip(shown, map(_plain, row), strict=True)) for row in cells])
    else:
        print_table(shown, [[", ".join(cell) for cell in row] for row in cells])
    broken = sum(problem.severity.fails for problem in loaded.problems)
    if broken:
        problems = "1 problem" if broken == 1 else f"{broken} problems"
        click.echo(f"{problems} in the playbook; some records may be missing here. See: playbook check", err=True)
    return 0


def _records(playbook: Any, kind: str, *, is_mine: bool) -> list[tuple[str, Any]]:
    from playbook.selecting import with_both_sides, with_visibility

    if kind == "journal":
        found = [(f"{line.entry.id}/{line.anchor}", line.record) for line in playbook.journal_lines()]
    else:
        found = [(entry.id, with_both_sides(playbook, entry)) for entry in playbook.of_kind(kind).values()]
    if not is_mine:
        return found  # who else sees a record is not for its reader to know
    return [(identifier, with_visibility(playbook, kind, record)) for identifier, record in found]


def _plain(texts: list[str]) -> Any:
    return None if not texts else texts[0] if len(texts) == 1 else texts


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """A table on a terminal, folded to its width; tab-separated lines when piped, nothing cut."""
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    if not rows:
        click.echo("nothing found")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size().columns
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", show_edge=False, padding=(0, 2, 0, 0))
    for name, is_whole in zip(columns, _whole(columns, rows, width), strict=True):
        table.add_column(name, overflow="fold", no_wrap=is_whole)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    is_plain = click.get_current_context().color is False
    Console(width=width, color_system=None if is_plain else "auto").print(table)


def _whole(columns: list[str], rows: list[list[str]], width: int) -> list[bool]:
    """Which columns are not folded: ids, which somebody will copy, then the narrow ones, while there is room."""
    from rich.cells import cell_len

    needs = [max(cell_len(text) for text in (name, *cells)) for name, *cells in zip(columns, *rows, strict=True)]
    whole = [False] * len(columns)
    order = sorted(range(len(columns)), key=lambda index: (columns[index] != "id", needs[index]))
    for place, index in enumerate(order):
        # The columns after it can live with a dozen characters each.
        rest = sum(min(needs[other], 12) + 3 for other in order[place + 1 :])
        if width - needs[index] - 3 >= rest:
            whole[index] = True
            width -= needs[index] + 3
    return whole
