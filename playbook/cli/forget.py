"""`playbook forget`: takes a person out of every file, shown before it is written; and says what git keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.terminal import print_json
from playbook.cli.writing import is_agreed
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.cli.context import Context
    from playbook.rewriting import Forgotten, Mention

MENTIONS = 30
"""Lines of prose that are told; of more, how many."""


@click.command("forget")
@click.argument("person")
@click.option("--prose", is_flag=True, help="Write 'someone' wherever plain words name them, too.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--json", "as_json", is_flag=True, help="What would change, for programs; writes only with --yes.")
@click.pass_obj
def forget_command(options: Options, person: str, prose: bool, dry_run: bool, yes: bool, as_json: bool) -> int:
    """Take PERSON out of every file: their own, and whatever refers to them.

    Their file is deleted. References in other files go; an entry that was about nobody else (whom to meet, whom you
    told, an audience of theirs) goes whole; a [[link]] becomes 'someone'. Where plain words name them, file and line
    are listed for you to decide; --prose writes 'someone' there.

    It shows the difference and asks first; then all files are written, or none, and what this program remembered of
    them is deleted. It ends with what git keeps, under every name and path they had, and the commands that rewrite it.

    \b
    --json is {"person", "files": [...], "mentions": [...], "audiences": [...],
    "written", "undo"}:
      file      path, deleted
      mention   path, line, word, text (the line as it shall be)

    \b
    Examples:
      playbook forget radia-perlman --dry-run
      playbook forget "Radia Perlman" --prose
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.choosing import choose
    from playbook.cli.forgetting import clear_remembered, what_git_keeps, what_undo_keeps
    from playbook.cli.rewriting import read_files, show_difference, write_rewritten
    from playbook.rewriting import NotRewritten, forget

    options.refuse_as_of("playbook forget")
    context = options.context
    files, pages, load = read_files(context)
    loaded = load(files)
    entry = choose(loaded, "people", person, by_words=False)
    try:
        forgotten = forget(loaded, files, pages, entry.id, load, prose=prose)
    except NotRewritten as error:
        raise Impossible(f"{error}; nothing was written") from None
    is_written, said = yes and not dry_run, f"Forgotten: {entry.title}"
    if as_json:
        undo = {"undo": write_rewritten(context, forgotten.files, said)} if is_written else {}
        if is_written:
            list(clear_remembered(context))
        print_json({**_as_data(entry.id, forgotten, written=is_written), **undo})
        return 0
    show_difference(forgotten.files)
    _tell_mentions(forgotten.mentions, entry.title, prose=prose)
    for line in _beside(context, forgotten, entry.id):
        click.echo(line)
    number = f"{len(forgotten.files)} file" + ("" if len(forgotten.files) == 1 else "s")
    if not is_agreed(f"Write {number}?", yes=yes, dry_run=dry_run):
        return 0
    write_rewritten(context, forgotten.files, said)
    click.echo(f"Wrote {number}; {entry.id} is in none of them.\n")
    own = next(one for one in forgotten.files if one.after is None)
    for line in (
        *clear_remembered(context),
        *what_undo_keeps(context),
        *what_git_keeps(context, loaded.playbook, loaded.playbook.people[entry.id], own.before or b""),
    ):
        click.echo(line)
    return 0


def _tell_mentions(mentions: tuple[Mention, ...], name: str, *, prose: bool) -> None:
    if not mentions:
        return
    why = "inside an address or an id" if prose else "--prose writes 'someone'"
    click.echo(f"Plain words that may name {name} ({why}); the lines as they shall be:")
    for one in mentions[:MENTIONS]:
        click.echo(f"  {one.place.path}:{one.place.line}: {shorten(one.line, 100)}")
    if len(mentions) > MENTIONS:
        click.echo(f"  and {len(mentions) - MENTIONS} more; --json has them all")


def _beside(context: Context, forgotten: Forgotten, person: str) -> Iterator[str]:
    """What no file of content/ says, but hangs on it."""
    if forgotten.audiences:
        yield f"Gone with them from me.yml: the audience {', '.join(forgotten.audiences)}."
    if context.audience in forgotten.audiences:
        yield f"mkdocs.yml builds for the audience {context.audience}; name another there."
    sealing = context.root / "sealing.yml"
    if sealing.is_file() and any(
        word in sealing.read_text(encoding="utf-8", errors="replace") for word in (person, *forgotten.audiences)
    ):
        yield "sealing.yml names them too; see: playbook recipients list"


def _as_data(person: str, forgotten: Forgotten, *, written: bool) -> dict[str, Any]:
    return {
        "person": person,
        "files": [{"path": one.path, "deleted": one.after is None} for one in forgotten.files],
        "mentions": [
            {"path": one.place.path, "line": one.place.line, "word": one.word, "text": one.line}
            for one in forgotten.mentions
        ],
        "audiences": list(forgotten.audiences),
        "written": written,
    }
