"""`playbook share` and `playbook unshare`: labels, written after what they open has been shown."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.writing import is_agreed
from playbook.problems import Place, shorten, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.cli.rewriting import Load
    from playbook.graph import Entry, Playbook
    from playbook.graph.playbook import Key
    from playbook.load import Loaded
    from playbook.records import Record
    from playbook.rewriting import Rewritten
    from playbook.rewriting.sharing import Relabelled
    from playbook.source.files import SourceFile
    from playbook.views.prose import Prose


@click.command("share")
@click.argument("record")
@click.option("--with", "audience", metavar="NAME", required=True, help="Who shall see it: an audience, or a label.")
@click.option("--fields", metavar="A,B", help="Private fields to open too, such as log.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.pass_obj
def share_command(
    options: Options, record: str, audience: str, fields: str | None, dry_run: bool, yes: bool
) -> int:  # fmt: skip
    """Let an audience see a record.

    It works out which label to write, shows everything that NAME would newly see, links included, who else would see
    more, and the lines that change; then it asks. What was written about a person is never shared with them.

    RECORD is an id, kind/id where two kinds share it, or a title; 'me' is me.yml.

    \b
    Examples:
      playbook share staff-promotion --with ines
      playbook share people/radia-perlman --with mentor --fields log
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.rewriting.sharing import share

    return _relabel(options, record, audience, fields, share, dry_run=dry_run, yes=yes)


@click.command("unshare")
@click.argument("record")
@click.option("--with", "audience", metavar="NAME", required=True, help="Who shall not see it any more.")
@click.option("--fields", metavar="A,B", help="Only these fields; the whole record unless said.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.pass_obj
def unshare_command(
    options: Options, record: str, audience: str, fields: str | None, dry_run: bool, yes: bool
) -> int:  # fmt: skip
    """Take a record back from an audience.

    Others who see it go on seeing it where a label means them and not NAME; otherwise it is yours alone, and that is
    said before it is written. What was built or published before stays with whoever has it.
    """
    from playbook.rewriting.sharing import unshare

    return _relabel(options, record, audience, fields, unshare, dry_run=dry_run, yes=yes)


def _relabel(
    options: Options, record: str, audience: str, fields: str | None, plan: object, *, dry_run: bool, yes: bool
) -> int:
    from playbook.audience import UnknownAudience
    from playbook.cli.rewriting import read_files, show_difference, write_rewritten
    from playbook.rewriting import NotRewritten

    assert callable(plan)  # noqa: S101  (one of the two of `rewriting.sharing`)
    command = click.get_current_context().info_name
    options.refuse_as_of(f"playbook {command}")
    context = options.context
    files, _, load = read_files(context)
    loaded = load(files)
    if loaded.has_errors:
        raise Impossible("something is wrong in the playbook, so nobody can say who would see what: playbook check")
    entry = _chosen(loaded.playbook, record)
    names = [name.strip() for name in fields.split(",") if name.strip()] if fields else []
    try:
        relabelled: Relabelled = plan(loaded.playbook, entry, audience, names)
        rewritten, after = _rewritten(relabelled, files, loaded, load)
    except UnknownAudience as error:
        raise click.UsageError(f"--with: {error}") from None
    except NotRewritten as error:
        raise Impossible(f"{error}; nothing was written") from None
    for note in relabelled.notes:
        click.echo(note)
    if not rewritten:
        word = "sees it already" if command == "share" else "does not see it"
        click.echo(f"{audience} {word}; there is nothing to write.")
        return 0
    _show_new(loaded.playbook, after.playbook, audience)
    _show_others(loaded.playbook, after.playbook, audience)
    show_difference(rewritten)
    if not is_agreed("Write it?", yes=yes, dry_run=dry_run):
        return 0
    shared = "Shared" if command == "share" else "Not shared any more"
    back = write_rewritten(context, rewritten, f"{shared} with {audience}: {entry.title}")
    click.echo(f"Wrote {', '.join(one.path for one in rewritten)}. A site that was built before stays as it is.")
    for line in _next(str(command), record, audience, fields):
        click.echo(line)
    if back:
        click.echo("To take it back: playbook undo")
    return 0


def _next(command: str, record: str, audience: str, fields: str | None) -> tuple[str, str]:
    """How to look at what was opened or closed, and how to take it back on another day."""
    name, other = shlex.quote(audience), "unshare" if command == "share" else "share"
    back = f"playbook {other} {shlex.quote(record)} --with {name}"
    back += f" --fields {shlex.quote(fields)}" if fields else ""
    return (
        f"To look: playbook audience diff {name}, or playbook build --audience {name} --out DIR",
        f"To take it back later: {back}",
    )


def _rewritten(
    relabelled: Relabelled, files: Sequence[SourceFile], loaded: Loaded, load: Load
) -> tuple[list[Rewritten], Loaded]:
    """(the files that change, the playbook as it would be)."""
    from playbook.rewriting import NotRewritten, Rewritten
    from playbook.rewriting.files import new_problems, with_changes
    from playbook.source.files import SourceFile

    known = {_key(file): file for file in files}
    changed: dict[Key, Rewritten] = {}
    for key, changes in relabelled.changes:
        file = known[key]
        changed[key] = Rewritten(file.path, file.content, with_changes(file.path, file.content, changes))
    shall_be = [
        SourceFile(file.path, file.kind, file.id, changed[_key(file)].after or b"") if _key(file) in changed else file
        for file in files
    ]
    after = load(shall_be)
    problems = new_problems(loaded.problems, after.problems)
    if problems:
        raise NotRewritten(f"with this label the playbook would have a problem: {problems[0]}")
    return list(changed.values()), after


def _key(file: SourceFile) -> Key:
    return (file.kind, file.id)


def _chosen(playbook: Playbook, name: str) -> Entry[Record]:
    """The record that is meant.

    Raises:
        click.UsageError: with the nearest names, where nothing or more than one is called so.
    """
    from playbook.cli.showing import find_entry

    entry = find_entry(playbook, name)
    if entry is None:
        known = [word for one in playbook.entries() for word in (one.id, one.title)]
        raise click.UsageError(f"nothing is called '{shorten(name)}'. {suggest(name.strip(), known)}".rstrip())
    return entry


def _show_others(before: Playbook, after: Playbook, audience: str) -> None:
    """What each other audience of me.yml would see that it does not see now; labels by their name alone."""
    from playbook.audience import ME, audiences, restrict

    known, labels = {*audiences(before)}, []
    for name in audiences(after):
        if name in (ME, audience) or name not in known:
            continue
        if _facts(restrict(before, name)) == _facts(restrict(after, name)):
            continue
        if name in (*after.me.record.audiences, "public"):
            _show_new(before, after, name)
        else:
            labels.append(name)
    if labels:
        click.echo(f"It changes, too, for whoever is shown what is labelled {' or '.join(labels)}.")


def _facts(playbook: Playbook) -> list[object]:
    from playbook.views.said import said

    return [(entry.key, said(entry)) for entry in (playbook.me, *playbook.entries())]


def _show_new(before: Playbook, after: Playbook, audience: str) -> None:
    """What an audience would see that it does not see now, and what not any more."""
    from playbook.audience import restrict
    from playbook.cli.prose import FEW, tell_prose
    from playbook.views.prose import open_prose
    from playbook.views.said import newly_seen, no_longer_seen

    old, new = restrict(before, audience), restrict(after, audience)
    gained, lost = newly_seen(old, new), no_longer_seen(old, new)
    for head, found in (("would newly see", gained), ("would not see any more", lost)):
        if not found:
            continue
        click.echo(click.style(f"{audience} {head}:", bold=True))
        for (kind, identifier), title, fields in found:
            click.echo(f"  {kind}/{identifier}  {title}")
            for name, lines in fields:
                for line in lines:
                    click.echo(f"    {name}: {line}")
    known = {_without_place(one) for one in open_prose(before, audience)}
    new_prose = [one for one in open_prose(after, audience) if _without_place(one) not in known]
    tell_prose(new_prose, audience, most=FEW)
    if not gained and not lost:
        click.echo(f"{audience} would see the same as now.")


def _without_place(one: Prose) -> Prose:
    """The same wherever it stands: a label that is written moves the lines below it."""
    return replace(one, place=Place(one.place.path))
