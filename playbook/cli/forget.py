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

    It shows the difference and asks first; then all files are written, or none. It ends with what git keeps, for every
    commit made before still holds it, and with the commands that rewrite it.

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
    from playbook.cli.rewriting import read_files, show_difference, write_rewritten
    from playbook.rewriting import NotRewritten, forget

    options.refuse_as_of("playbook forget")
    context = options.context
    files, pages, load = read_files(context)
    loaded = load(files)
    entry = choose(loaded, "people", person)
    try:
        forgotten = forget(loaded, files, pages, entry.id, load, prose=prose)
    except NotRewritten as error:
        raise Impossible(f"{error}; nothing was written") from None
    is_written, said = yes and not dry_run, f"Forgotten: {entry.title}"
    if as_json:
        undo = {"undo": write_rewritten(context, forgotten.files, said)} if is_written else {}
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
    for line in _what_undo_keeps(context):
        click.echo(line)
    for line in _what_git_keeps(context, forgotten, entry.title):
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


def _what_undo_keeps(context: Context) -> Iterator[str]:
    from playbook.gestures.carrying import FOLDER

    if (context.root / FOLDER).is_dir():
        yield f"playbook undo takes it back: for that, {FOLDER.as_posix()}/ here holds what was there, also of what was"
        yield "written about them before. Once you are sure, delete that folder.\n"


def _what_git_keeps(context: Context, forgotten: Forgotten, name: str) -> Iterator[str]:
    from playbook.history.repository import NoHistory, find_repository

    if isinstance(find_repository(context.content), NoHistory):
        yield "There is no git history here. Backups, and sites that were built before, keep what they hold."
        return
    own = next(one.path for one in forgotten.files if one.after is None)
    words = " ".join(f"'{word}==>someone'" for word in forgotten.names.words if "'" not in word)
    yield f"What git keeps: every commit made before still holds {name}'s file, and every line that named them."
    yield "Whoever has the repository can read it. To rewrite it, commit this first, then in a fresh clone:"
    yield "  git clone --no-local . ../forgetting && cd ../forgetting"
    yield f"  printf '%s\\n' {words} > ../names.txt"
    yield f"  git filter-repo --invert-paths --path {own} --replace-text ../names.txt --replace-message ../names.txt"
    yield "  git remote add origin URL && git push --force --all && git push --force --tags"
    yield (
        "(git-filter-repo is a program of its own.) Every commit gets another id, and each word of names.txt is "
        "replaced wherever it stands: look at it first. Then:"
    )
    yield "  - every other clone is deleted and cloned again; a pull would bring the old commits back"
    yield "  - the host may keep old commits until it cleans up, and in forks for good: ask its support"
    yield "  - backups (also playbook backup) and archives hold the old state; make a new one, delete the old ones"
    yield "  - .playbook/ here holds what was read of the history; delete it, it is made again"
    yield "  - publish again: a sealed site that was published before can still be opened by whoever kept a copy"


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
