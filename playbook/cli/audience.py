"""`playbook audience`: who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.app import GLOBALS
from playbook.cli.context import Impossible, Options
from playbook.cli.prose import tell_prose
from playbook.cli.terminal import print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.graph import Playbook
    from playbook.graph.playbook import Key
    from playbook.views.sight import Comparison, FieldSight, RecordSight

NAMED = 12
"""Records of a kind that are named one by one where none of them is seen; of more, how many."""


@click.group("audience")
def audience_command() -> None:
    """Say who sees what.

    An audience is 'public', a name under 'audiences' in me.yml, or a label such as mentor. What says nothing is seen by
    you alone. How it works: playbook manual audiences

    \b
    Examples:
      playbook audience list
      playbook audience diff mentor
      playbook audience diff ines public
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")


@audience_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="The audiences with their counts, for programs.")
@click.pass_obj
def list_audiences(options: Options, as_json: bool) -> int:
    """List every audience: who it is, which labels it sees, and how much that is.

    \b
    --json is a list of {"name", "who", "sees", "show", "records": {kind: number}, "roles"}.
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.views.sight import audience_lines, counts_text, labels_text

    lines = audience_lines(_playbook(options))
    if as_json:
        print_json(
            [
                {
                    "name": line.name, "who": line.who, "sees": list(line.sees), "show": list(line.show),
                    "records": dict(line.counts), "roles": line.by_role,
                }
                for line in lines
            ]
        )  # fmt: skip
        return 0
    for line in lines:
        click.echo(f"{click.style(line.name, bold=True)}  {line.who}; {labels_text(line)}")
        click.echo(f"  {counts_text(line)}")
    return 0


@audience_command.command("diff")
@click.argument("name")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="Records with their fields, for programs.")
@click.pass_obj
def diff_audiences(options: Options, name: str, other: str | None, as_json: bool) -> int:
    """Show what NAME would see of what you see, and what not; or of what OTHER sees.

    It ends with prose to read yourself: open texts that name in plain words somebody who is not named to NAME, or the
    very person who is NAME. No program can take a name out of a sentence.

    \b
    --json is {"audience", "compared_with", "seen": [...], "unseen": [...], "more": [...],
               "roles": [...], "prose": [...]}:
      seen, more  kind, id, title, whole (fields), part ({"field", "seen", "of"})
      unseen      kind, id, title
      prose       kind, id, field, path, line, person, word, reader
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.audience import ME, UnknownAudience
    from playbook.views.sight import compare

    playbook = _playbook(options)
    try:
        found = compare(playbook, name, other or ME)
    except UnknownAudience as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json(_as_data(found, name, other or ME))
        return 0
    _print(found, name, other or ME)
    return 0


for _command in (list_audiences, diff_audiences):
    _command.params += GLOBALS


def _playbook(options: Options) -> Playbook:
    """The whole playbook, which must be free of errors: one of them may stand in a label.

    Raises:
        Impossible: where it is not.
        click.UsageError: where another audience than the author asks.
    """
    if not options.context.is_mine:
        raise click.UsageError("who sees what is yours to know; leave out --audience")
    loaded = options.context.load(with_scripts=False)
    if loaded.has_errors:
        raise Impossible(
            "something is wrong in the playbook, so nobody can say who would see what. See: playbook check"
        )
    return loaded.playbook


def _print(found: Comparison, name: str, other: str) -> None:
    whose = "you see" if other == "me" else f"{other} sees"
    total = len(found.seen) + len(found.unseen)
    click.echo(f"{click.style(name, bold=True)} sees {len(found.seen)} of the {_records(total)} that {whose}.")
    for kind, records in _by_kind(found.seen):
        click.echo(f"\n{click.style(kind, bold=True)}")
        for one in records:
            click.echo(f"  {one.key[1]}: {_fields(one)}")
    if found.roles:
        click.echo(f"\nPeople who are not named stand there as {', '.join(found.roles)}; each without anything else.")
    if found.unseen:
        click.echo(f"\n{click.style(f'Not seen by {name}', bold=True)}")
        for kind, keys in _keys_by_kind(key for key, _ in found.unseen):
            names = ", ".join(keys) if len(keys) <= NAMED else f"{', '.join(keys[:NAMED])} and {len(keys) - NAMED} more"
            click.echo(f"  {kind} ({len(keys)}): {names}")
    if found.more:
        click.echo(f"\n{click.style(f'Seen by {name}, and not by {other}', bold=True)}")
        for one in found.more:
            click.echo(f"  {one.key[0]}/{one.key[1]}: {', '.join(field.name for field in one.rest)}")
    if found.prose:
        click.echo()
        tell_prose(found.prose, name)


def _fields(one: RecordSight) -> str:
    """`title, why, due; checklist 3 of 9; not told`."""
    partly = [_part(field) for field in one.rest if field.seen]
    hidden = [field.name for field in one.rest if not field.seen]
    told = [", ".join(one.shown)] if one.shown else []
    if partly:
        told.append(", ".join(partly))
    if hidden:
        told.append(f"not {', '.join(hidden)}")
    return "; ".join(told)


def _part(field: FieldSight) -> str:
    if field.is_reworded:
        return f"{field.name} with words taken out"
    return f"{field.name} {field.seen} of {field.of}"


def _by_kind(records: Iterable[RecordSight]) -> list[tuple[str, list[RecordSight]]]:
    found: dict[str, list[RecordSight]] = {}
    for one in records:
        found.setdefault(one.key[0], []).append(one)
    return list(found.items())


def _keys_by_kind(keys: Iterable[Key]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for kind, identifier in keys:
        found.setdefault(kind, []).append(identifier)
    return list(found.items())


def _records(number: int) -> str:
    return f"{number} record" + ("" if number == 1 else "s")


def _as_data(found: Comparison, name: str, other: str) -> dict[str, Any]:
    return {
        "audience": name,
        "compared_with": other,
        "seen": [_sight_data(one) for one in found.seen],
        "unseen": [{"kind": kind, "id": identifier, "title": title} for (kind, identifier), title in found.unseen],
        "more": [_sight_data(one) for one in found.more],
        "roles": list(found.roles),
        "prose": [
            {
                "kind": one.key[0], "id": one.key[1], "field": one.field, "path": one.place.path,
                "line": one.place.line, "person": one.person, "word": one.word, "reader": one.is_reader,
            }
            for one in found.prose
        ],
    }  # fmt: skip


def _sight_data(one: RecordSight) -> dict[str, Any]:
    return {
        "kind": one.key[0],
        "id": one.key[1],
        "title": one.title,
        "whole": list(one.shown),
        "part": [{"field": field.name, "seen": field.seen, "of": field.of} for field in one.rest],
    }
