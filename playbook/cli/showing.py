"""`playbook show`: everything about one record, and who speaks of it."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.choosing import several
from playbook.cli.context import Options
from playbook.cli.terminal import print_json, print_problems
from playbook.names import by_words, called
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.graph import Entry, Playbook
    from playbook.load import Loaded
    from playbook.problems import Problem
    from playbook.records import Record
    from playbook.records.struct import Struct

MEASURE = 100
"""Columns of text that read well, however wide the terminal."""
CHOICES = 5
"""Records to choose among that an error message can name."""


@click.command("show")
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The record as the program understood it, for programs.")
@click.pass_obj
def show_command(options: Options, name: str, as_json: bool) -> int:
    """Show everything about one record, and which others name it.

    ID is its id, kind/id where two kinds share it, a name that only one record has, or its file; 'me' is me.yml.
    A person's first name or nickname is enough, and so is a word of any name that only one record has.

    \b
    Examples:
      playbook show radia-perlman
      playbook show goals/staff-engineer
      playbook show "Radia Perlman"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    loaded = options.context.load()
    entry = find_entry(loaded.playbook, name)
    broken = _broken(loaded, name) if entry is None else []
    if entry is None and not broken:
        entry = _by_words(loaded.playbook, name)
    if entry is None:
        if not broken:
            hint = _nearest(loaded.playbook, name.strip())
            raise click.UsageError(f"nothing is called '{shorten(name)}'. {hint}".rstrip())
        print_problems(broken)
        click.echo(f"'{shorten(name)}' cannot be read.", err=True)
        return 1
    named_by = list(_naming(loaded.playbook, entry))
    passed = _passed(loaded, entry) if options.context.is_mine else {}
    path = entry.place_of().path if options.context.is_mine else ""
    if as_json:
        found = {"kind": entry.kind, "id": entry.id, "path": path or None, "record": _fields(entry.record)}
        print_json({**found, **({"between_you": passed} if passed else {}), "named_by": named_by})
        return 0
    click.echo(click.style(entry.title, bold=True))
    click.echo(click.style(f"{_called(entry.key)}  {path}".rstrip(), dim=True))
    for line in _lines(entry.record, 0):
        _print(line)
    if passed:
        _print("between you:")
        for what, times in passed["counts"].items():
            click.echo(f"  {what}: {times['year']} within a year, {times['all']} in all")
        if passed["word"]:
            _print(f"  {passed['word']}")
    if named_by:
        _print("named by:")
    for by in named_by:
        place = f"  {by['path']}:{by['line']}" if by["path"] else ""
        click.echo(f"  {_called((by['kind'], by['id']))} ({by['field']}){place}")
    return 0


def find_entry(playbook: Playbook, name: str) -> Entry[Record] | None:
    """The entry that is meant; None where nothing is called so.

    Raises:
        click.UsageError: where several are.
    """
    kind, identifier = _key_in(name)
    if (kind, identifier) == ("", "me"):
        return playbook.me if playbook.me.document is not None or playbook.me.record.fields_set else None
    entries = list(playbook.entries())
    # `People/Ops` can be a title, too.
    found = called([entry for entry in entries if kind in ("", entry.kind)], identifier) or called(entries, name)
    if len(found) > 1:
        raise click.UsageError(several(found, name))
    return found[0] if found else None


def _by_words(playbook: Playbook, name: str) -> Entry[Record] | None:
    """The one entry whose id or name begins with a name, or holds it as words; None where none does, or several do."""
    kind, identifier = _key_in(name)
    near = by_words([entry for entry in playbook.entries() if kind in ("", entry.kind)], identifier)
    return near[0] if len(near) == 1 else None


def _passed(loaded: Loaded, entry: Entry[Record]) -> dict[str, Any]:
    """How often something passed between you and a person; nothing for any other record."""
    from playbook.views.between import balance_rows, leaning_word

    person = loaded.playbook.people.get(entry.id) if entry.kind == "people" else None
    if person is None or loaded.today is None:
        return {}
    rows = balance_rows(person, loaded.today)
    counts = {row.what.casefold(): {"year": row.year, "all": row.all} for row in rows}
    return {"counts": counts, "word": leaning_word(person, loaded.today)} if counts else {}


def _key_in(name: str) -> tuple[str, str]:
    """(kind, id) in `ada`, `people/ada`, `person/ada` or a path that ends in `people/ada.yml`; the kind may be ''."""
    from playbook.cli.listing import SINGULAR
    from playbook.records import KINDS

    *folders, identifier = name.strip().removesuffix(".yml").split("/")
    kind = SINGULAR.get(folders[-1], folders[-1]) if folders else ""
    if kind in KINDS:
        return kind, identifier
    # `content/me.yml` is a file; with any other folder before it, it can only be a title.
    return ("", identifier) if not folders or identifier == "me" else ("", name)


def _naming(playbook: Playbook, entry: Entry[Record]) -> Iterator[dict[str, Any]]:
    """Every place that names the record: in which record and field, and the line."""
    seen = set()
    for link in sorted(playbook.links_to(entry.key), key=lambda link: link.source):
        source = playbook.find(link.source)
        # The journal's entries are one field; which of theirs it is says more.
        words = [part for part in link.path if isinstance(part, str)]
        field = words[1] if source is not None and source.kind == "journal" and len(words) > 1 else link.field
        place = source.place_of(link.path) if source is not None else None
        if source is not None and place is not None and (place.path, place.line, field) not in seen:
            seen.add((place.path, place.line, field))
            kind, identifier = link.source
            known = source.document is not None  # an audience may know neither file nor line
            where = {"path": place.path if known else None, "line": place.line if known else None}
            yield {"kind": kind, "id": identifier, "field": field, **where}


def _broken(loaded: Loaded, name: str) -> list[Problem]:
    """The problems of a file that is there under this name, and could not be read."""
    kind, identifier = _key_in(name)
    ending = f"/{kind}/{identifier}.yml" if kind else f"/{identifier}.yml"
    return [problem for problem in loaded.problems if problem.place.path.endswith(ending)]


def _nearest(playbook: Playbook, name: str) -> str:
    """What may have been meant: the kind, what holds the words, else what is spelt nearly so."""
    from playbook.cli.listing import SINGULAR
    from playbook.records import KINDS

    kind = SINGULAR.get(name.rstrip("/"), name.rstrip("/"))
    if kind in KINDS:
        return f"To see them all: playbook list {kind}"
    entries = list(playbook.entries())
    part = name.casefold()
    held = [entry for entry in entries if part and (part in entry.id or part in entry.title.casefold())]
    if 0 < len(held) <= CHOICES:
        return f"Did you mean {' or '.join(_quoted(held))}?"
    return suggest(name, [word for e in entries for word in (e.id, e.title, f"{e.kind}/{e.id}")])


def _quoted(entries: list[Entry[Record]]) -> list[str]:
    """The ids as they may be typed, with the kind where two share one."""
    ids = [entry.id for entry in entries]
    return [f"'{e.id}'" if ids.count(e.id) == 1 else f"'{e.kind}/{e.id}'" for e in entries]


def _called(key: tuple[str, str]) -> str:
    return "me.yml" if key == ("me", "me") else f"{key[0]}/{key[1]}"


def _written(record: Struct) -> Iterator[tuple[str, Any]]:
    """(field, value) of everything that was written, in the order of the reference."""
    from playbook.records.shape import shape_of

    for field in shape_of(type(record)).fields:
        value = getattr(record, field.name)
        if field.name in record.fields_set and value not in (None, "", (), {}):
            yield field.alias, value


def _fields(record: Struct) -> dict[str, Any]:
    """The record as plain data."""
    return {alias: _plain(value) for alias, value in _written(record)}


def _plain(value: Any) -> Any:
    from playbook.records.struct import Struct
    from playbook.selecting import as_text

    if isinstance(value, Struct):
        return _fields(value)
    if _is_list(value):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value if isinstance(value, bool) else as_text(value)


def _is_list(value: Any) -> bool:
    # A Moment is a tuple with names: one value.
    return isinstance(value, tuple) and not hasattr(value, "_fields")


def _lines(record: Struct, depth: int) -> Iterator[str]:
    """What the record says, a line for each value; a title stands above already."""
    for alias, value in _written(record):
        if depth or alias not in {"title", "name"}:
            yield from _value_lines(f"{'  ' * depth}{alias}:", value, depth)


def _value_lines(head: str, value: Any, depth: int) -> Iterator[str]:
    from playbook.records.struct import Struct

    pad = "  " * (depth + 1)
    if isinstance(value, Struct):
        yield head
        yield from _lines(value, depth + 1)
    elif isinstance(value, dict):
        yield head
        for key, item in value.items():
            yield from _value_lines(f"{pad}{key}:", item, depth + 1)
    elif _is_list(value) and any(isinstance(item, Struct) or len(str(item)) > 40 for item in value):  # noqa: PLR2004
        yield head
        for item in value:
            yield f"{pad}- {_one_line(item)}"
    elif isinstance(value, str) and "\n" in value:
        yield head
        yield from (f"{pad}{line}".rstrip() for line in value.splitlines())
    else:
        yield f"{head} {_one_line(value)}"


def _one_line(value: Any) -> str:
    """A value on one line: of a nested entry its main field first, the others behind it in brackets."""
    from playbook.records.struct import Struct
    from playbook.selecting import as_text

    if _is_list(value):
        return ", ".join(_one_line(item) for item in value)
    if not isinstance(value, Struct):
        return " ".join(as_text(value).split())
    known = dict(_written(value))
    main = known.pop(getattr(type(value), "main", ""), "")
    rest = "; ".join(f"{alias}: {_one_line(inner)}" for alias, inner in known.items())
    if not main:
        return rest
    return f"{_one_line(main)} ({rest})" if rest else _one_line(main)


def _print(line: str) -> None:
    """A line, folded at words on a terminal and whole when piped; a field's name stands out."""
    if sys.stdout.isatty():
        indent = " " * (len(line) - len(line.lstrip(" -")) or 2)
        width = min(shutil.get_terminal_size().columns, MEASURE)
        line = textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False) if line.strip() else line
    head, colon, rest = line.partition(":")
    if colon and head.strip().replace("_", "").isalpha():
        line = click.style(head + colon, fg="cyan") + rest
    click.echo(line)
