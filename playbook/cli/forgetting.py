"""What is left of somebody who was forgotten: what this program remembered goes; of git's, and undo's, it is told how.

Refuses to rewrite a history: it prints the commands, with every path and name that git has.
"""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playbook.cli.context import Context
    from playbook.graph import Entry, Playbook
    from playbook.history.former import Held
    from playbook.history.repository import Repository
    from playbook.records import Person
    from playbook.rewriting import Names


def clear_remembered(context: Context) -> Iterator[str]:
    """Delete what was kept to be faster, of the files and of the history; says which files that were."""
    from playbook.history.keeping import drop_cache
    from playbook.remembered import drop_remembered

    gone = [one for one in (drop_cache(context.root), drop_remembered(context.content)) if one is not None]
    if gone:
        yield "Deleted too, for it held what was read before (it is made again, of what there is):"
        for file in gone:
            yield f"  {file.relative_to(context.root) if file.is_relative_to(context.root) else file}"
        yield ""


def what_undo_keeps(context: Context) -> Iterator[str]:
    """Where it can still be read here."""
    from playbook.gestures.carrying import FOLDER

    if (context.root / FOLDER).is_dir():
        yield f"playbook undo takes it back: for that, {FOLDER.as_posix()}/ here holds what was there, also of what was"
        yield "written about them before. Once you are sure, delete that folder.\n"


def what_git_keeps(context: Context, playbook: Playbook, person: Entry[Person], content: bytes) -> Iterator[str]:
    """What commits hold of somebody, under every path and name, and the commands that rewrite it.

    Args:
        context: where.
        playbook: as it was before.
        person: who was forgotten.
        content: of their file.
    """
    from playbook.history.former import Held, held_of, is_named
    from playbook.history.git import GitFailed
    from playbook.history.repository import NoHistory, find_repository
    from playbook.rewriting.mentions import names_of, with_former

    repository = find_repository(context.content)
    if isinstance(repository, NoHistory):
        yield "There is no git history here. Backups, and sites that were built before, keep what they hold."
        return
    own = f"{repository.prefix}{person.kind}/{person.id}.yml"
    try:
        held = held_of(repository, own, content)
        names = with_former(playbook, person, held.names, [PurePosixPath(path).stem for path in held.paths])
        if not held.paths and not is_named(repository, names.words):
            yield "No commit has their file or names them. Backups, and sites built before, keep what they hold."
            return
    except GitFailed as failed:
        yield f"Their file could not be followed through the history ({shorten(str(failed), 80)}): names that they had"
        yield "before are not below."
        held, names = Held((own,), ()), names_of(playbook, person)
    yield from _what_it_is(held, own, person)
    yield from _how_to_rewrite(repository, held, own, names)


def _what_it_is(held: Held, own: str, person: Entry[Person]) -> Iterator[str]:
    before = [path for path in held.paths if path != own]
    names = [name for name in held.names if name not in (person.title, person.record.nickname)]
    if own in held.paths:
        yield f"What git keeps: commits made before still hold {person.title}'s file, and every line that named them."
    elif before:
        yield f"What git keeps: {own} was never committed. Commits made before hold the file"
        yield "under the name that it had then, and every line that named them."
    else:
        yield "What git keeps: their file was never committed, but commits have lines, or messages, that name them."
    if before:
        yield f"Their file before: {', '.join(before)}."
    if names:
        yield f"Their names before: {', '.join(names)}."


def _how_to_rewrite(repository: Repository, held: Held, own: str, names: Names) -> Iterator[str]:
    from playbook.gestures.carrying import FOLDER

    top = repository.content
    for _ in PurePosixPath(repository.prefix).parts:
        top = top.parent
    others = [path for path in held.paths if path != own and _is_there(top / path)]
    paths = "".join(f" --path {shlex.quote(path)}" for path in held.paths if path not in others)
    words = " ".join(shlex.quote(f"{word}==>someone") for word in names.words)
    yield "Whoever has the repository can read it. To rewrite it, commit this first, then in a fresh clone:"
    yield "  git clone --no-local . ../forgetting && cd ../forgetting"
    yield f"  printf '%s\\n' {words} > ../names.txt"
    which = f"--invert-paths{paths} " if paths else ""
    yield f"  git filter-repo {which}--replace-text ../names.txt --replace-message ../names.txt"
    yield "  git remote add origin URL && git push --force --all && git push --force --tags"
    yield (
        "(git-filter-repo is a program of its own.) Every commit gets another id, and each word of names.txt is "
        "replaced wherever it stands: look at it, and at the paths, first. Then:"
    )
    for path in others:
        yield f"  - {path} is another's file by now, and its old versions stay: --path would take that file, too"
    yield "  - every other clone is deleted and cloned again; a pull would bring the old commits back"
    yield "  - the host may keep old commits until it cleans up, and in forks for good: ask its support"
    yield "  - backups (also playbook backup) and archives hold the old state; make a new one, delete the old ones"
    yield f"  - {FOLDER.parent.as_posix()}/ here holds what undo takes back, and the history as it was read: delete it"
    yield "  - publish again: a sealed site that was published before can still be opened by whoever kept a copy"


def _is_there(file: Path) -> bool:
    return file.exists() or file.is_symlink()
