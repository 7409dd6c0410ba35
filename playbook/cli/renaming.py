"""`playbook rename`, `merge`: a record gets another id or name; two records turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.changing import agreed, rewrite, tell_beside, tell_said
from playbook.cli.choosing import several
from playbook.cli.context import Impossible, Options
from playbook.cli.terminal import print_problems
from playbook.names import called
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.graph import Entry
    from playbook.load import Loaded
    from playbook.records import Record
    from playbook.rewriting import Conflict


@click.command("rename")
@click.argument("old")
@click.argument("new", required=False, default="")
@click.option("--name", metavar="NAME", default="", help="The new name, or title, as readers see it.")
@agreed
@click.pass_obj
def rename_command(options: Options, /, old: str, new: str, name: str, **about: bool) -> int:
    """Give a record another id: its file is renamed, and every reference follows.

    OLD is any goal, person, organization, event, outreach template or play. The name that readers see stays, unless
    --name says another; with --name alone the id stays. Checklist items keep their history.

    \b
    Examples:
      playbook rename grace-hopper grace-murray-hopper
      playbook rename goals/staff staff-engineer --name "Be promoted to staff engineer"
      playbook rename northwind --name "Northwind Labs"
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.rewriting import read_files
    from playbook.plays.library import library
    from playbook.rewriting import NotRewritten, rename

    options.refuse_as_of("playbook rename")
    context = options.context
    files, pages, load = read_files(context)
    loaded = load(files)
    entry = any_record(loaded, old)
    wanted, name = new.strip().removesuffix(".yml").removeprefix(f"{entry.kind}/"), " ".join(name.split())
    if not wanted and not name:
        raise click.UsageError(f"say what it shall be called: playbook rename {entry.id} NEW, or --name")
    if (wanted or entry.id) == entry.id and name in ("", entry.title):
        raise click.UsageError(f"'{entry.id}' is called so already")
    plays = frozenset(one.id for one in library()) if entry.kind == "plays" else frozenset()
    try:
        renamed = rename(loaded, files, pages, entry.key, wanted or entry.id, load, name=name, library=plays)
    except NotRewritten as error:
        raise Impossible(f"{error}; nothing was written") from None
    notes = [
        f"{place}: the text leads to {wanted or entry.id} from now on, for it is called so." for place in renamed.caught
    ]
    if wanted and wanted != entry.id:
        notes += [*tell_said(renamed.said, entry.id), *tell_beside(context, entry.id)]
    ways = [wanted] if wanted and wanted != entry.id else []
    ways += [f"'{name}'"] if name else []
    return rewrite(context, renamed.files, f"Renamed: {entry.kind}/{entry.id} is {', '.join(ways)}", notes, about=about)


@click.command("merge")
@click.argument("stays", metavar="A")
@click.argument("goes", metavar="B")
@click.option("--keep-ours", is_flag=True, help="Where both say something, and not the same, A's value stays.")
@agreed
@click.pass_obj
def merge_command(options: Options, /, stays: str, goes: str, keep_ours: bool, **about: bool) -> int:
    """Two records are one: B goes into A, and every reference to B leads to A.

    Both are people, organizations or events. Lists are joined without doubles, a log by date. What A lacks comes from
    B; where both say something else, each is listed and nothing is written without --keep-ours, which keeps A's.

    \b
    Examples:
      playbook merge grace-hopper grace-h
      playbook merge northwind northwind-labs --keep-ours
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.changing import show
    from playbook.cli.rewriting import read_files
    from playbook.rewriting import NotRewritten, merge

    options.refuse_as_of("playbook merge")
    context = options.context
    files, pages, load = read_files(context)
    loaded = load(files)
    one = any_record(loaded, stays)
    other = any_record(loaded, goes, like=one)
    if one.kind != other.kind:
        raise click.UsageError(
            f"{one.kind}/{one.id} and {other.kind}/{other.id} are not of one kind; only such can be one"
        )
    if one.key == other.key:
        raise click.UsageError(f"'{shorten(stays)}' and '{shorten(goes)}' are one record already: {one.kind}/{one.id}")
    try:
        merged = merge(loaded, files, pages, one.kind, one.id, other.id, load)
    except NotRewritten as error:
        raise Impossible(f"{error}; nothing was written") from None
    notes = _told(merged.conflicts, one, other)
    if merged.conflicts and not keep_ours:
        if about["dry_run"] and not about["as_json"]:
            show(merged.files)
        raise Impossible(
            "\n".join(
                (*notes, f"nothing was written; change one of the files, or keep what {one.id} says: --keep-ours")
            )
        )
    if one.title != other.title and one.kind != "organizations":
        notes.append(f"The name stays '{one.title}' (the other: '{other.title}').")
    notes += [*tell_said(merged.said, other.id), *tell_beside(context, other.id)]
    return rewrite(context, merged.files, f"Merged: {other.kind}/{other.id} is {one.id}", notes, about=about)


def any_record(loaded: Loaded, typed: str, like: Entry[Any] | None = None) -> Entry[Record]:
    """The record that is meant, of any kind that has files of one record: by `kind/id`, id, name or title.

    Args:
        loaded: everything that was read.
        typed: what somebody wrote.
        like: where several are meant, one of its kind wins.

    Raises:
        click.UsageError: with the nearest names, where nothing or more than one is called so.
        click.exceptions.Exit: with 1, where its file cannot be read; its problems have been told.
    """
    kind, _, identifier = typed.strip().removesuffix(".yml").rpartition("/")
    kind = kind.rpartition("/")[2]
    entries = [entry for entry in loaded.playbook.entries() if entry.kind != "journal" and kind in ("", entry.kind)]
    found = called(entries, identifier)
    if len(found) > 1 and like is not None:
        found = [entry for entry in found if entry.kind == like.kind] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(several(found, typed))
    broken = [one for one in loaded.problems if one.place.path.endswith(f"{kind}/{identifier}.yml")]
    if broken:
        print_problems(broken, err=True)
        click.echo(f"'{shorten(typed)}' cannot be read.", err=True)
        raise click.exceptions.Exit(1)
    if identifier == "me" or (identifier.isdigit() and identifier in loaded.playbook.journal):
        raise click.UsageError("me.yml and the years of the journal are called what they are")
    held = [entry.id for entry in entries if identifier and identifier.casefold() in entry.id][:3]
    near = f"Did you mean {' or '.join(f'{one!r}' for one in held)}?" if held else ""
    near = near or suggest(identifier, [*(entry.id for entry in entries), *(entry.title for entry in entries)])
    raise click.UsageError(f"nothing is called '{shorten(typed)}'. {near}".rstrip())


def _told(conflicts: Sequence[Conflict], one: Entry[Record], other: Entry[Record]) -> list[str]:
    """What both say, a line each."""
    return [
        f"{found.field}: {one.id} says '{shorten(found.ours, 60)}', {other.id} says '{shorten(found.theirs, 60)}'"
        for found in conflicts
    ]
