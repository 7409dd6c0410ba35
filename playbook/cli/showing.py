"""`playbook show`: everything about one record, and who speaks of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Options
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from playbook.graph import Entry, Playbook
    from playbook.records import Record


@click.command("show")
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The record as the program understood it, for programs.")
@click.pass_obj
def show_command(options: Options, name: str, as_json: bool) -> int:
    r"""Show everything about one record.

    ID is its id, kind/id where two kinds share it, or a name that only one record has.

    \b
    Examples:
      playbook show radia-perlman
      playbook show goals/staff-engineer
      playbook show "Radia Perlman"
    """
    playbook = options.context.load().playbook
    entry = _find(playbook, name)
    place = entry.place_of()
    fields = _fields(entry.record)
    named_by = sorted({f"{link.source[0]}/{link.source[1]} ({link.field})" for link in playbook.links_to(entry.key)})
    if as_json:
        found = {"kind": entry.kind, "id": entry.id, "path": place.path, "record": fields, "named_by": named_by}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    click.echo(click.style(entry.title, bold=True))
    click.echo(click.style(f"{entry.kind}/{entry.id}  {place.path}", dim=True))
    for key, value in fields.items():
        if key not in {"title", "name"}:
            _print(key, value, 0)
    if named_by:
        click.echo("named by:")
        for line in named_by:
            click.echo(f"  {line}")
    return 0


def _find(playbook: Playbook, name: str) -> Entry[Record]:
    kind, _, identifier = name.partition("/")
    entries = list(playbook.entries())
    found = [entry for entry in entries if entry.id == name or (entry.kind == kind and entry.id == identifier)]
    found = found or [entry for entry in entries if entry.title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(
            f"'{name}' could be {' or '.join(f'{entry.kind}/{entry.id}' for entry in found)}; write one"
        )
    known = [entry.id for entry in entries] + [entry.title for entry in entries] + [f"{e.kind}/{e.id}" for e in entries]
    raise click.UsageError(f"nothing is called '{shorten(name)}'. {suggest(name, known)}".rstrip())


def _fields(record: Any) -> dict[str, Any]:
    """What was written, in the order of the reference, as plain data."""
    from pydantic import BaseModel

    from playbook.records.shape import shape_of
    from playbook.selecting import as_text

    def plain(value: Any) -> Any:
        if isinstance(value, BaseModel):
            return _fields(value)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return [plain(item) for item in value]
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        return value if isinstance(value, bool) else as_text(value)

    found = {}
    for field in shape_of(record.__class__).fields:
        value = getattr(record, field.name)
        if field.name in record.model_fields_set and value not in (None, "", (), {}):
            found[field.alias] = plain(value)
    return found


def _print(key: str, value: Any, depth: int) -> None:
    pad = "  " * depth
    if isinstance(value, dict):
        click.echo(f"{pad}{key}:")
        for inner, item in value.items():
            _print(inner, item, depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        click.echo(f"{pad}{key}:")
        for item in value:
            if isinstance(item, dict):
                text = "; ".join(f"{k}: {_one_line(v)}" for k, v in item.items())
                click.echo(f"{pad}  - {text}")
            else:
                click.echo(f"{pad}  - {_one_line(item)}")
    elif isinstance(value, str) and "\n" in value:
        click.echo(f"{pad}{key}:")
        for line in value.splitlines():
            click.echo(f"{pad}  {line}".rstrip())
    else:
        click.echo(f"{pad}{key}: {_one_line(value)}")


def _one_line(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_one_line(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_one_line(item)}" for key, item in value.items())
    return "true" if value is True else "false" if value is False else " ".join(str(value).split())
