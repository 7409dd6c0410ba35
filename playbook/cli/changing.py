"""What commands share that change much at once: the difference is shown, agreed to, and written all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.terminal import print_json
from playbook.cli.writing import is_agreed
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playbook.cli.context import Context
    from playbook.cli.gesturing import Workshop
    from playbook.gestures import Gesture
    from playbook.problems import Place
    from playbook.rewriting import Rewritten

DRY = click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
YES = click.option("--yes", is_flag=True, help="Write without asking.")
JSON = click.option("--json", "as_json", is_flag=True, help="What would change, for programs; writes only with --yes.")
TOLD = 20
"""Lines that still say an old id that are told; of more, how many."""


def agreed(command: Callable[..., int]) -> Callable[..., int]:
    """The options of every command that asks before it writes."""
    return DRY(YES(JSON(command)))


def change(workshop: Workshop, gesture: Gesture, notes: Iterable[str] = (), *, about: dict[str, bool]) -> int:
    """Write a gesture that was agreed to; the exit code. `about` holds `yes`, `dry_run` and `as_json`.

    Raises:
        Impossible: where it cannot be written; nothing is half-written.
    """
    from playbook.rewriting import Rewritten

    if gesture.is_empty:
        if about["as_json"]:
            print_json(
                {"said": gesture.said, "files": [], "notes": [], "already": list(gesture.already), "written": False}
            )
            return 0
        for text in gesture.already:
            click.echo(f"already there: {text}")
        return 0
    files = [Rewritten(one.path, one.before, one.after) for one in workshop.prepare(gesture)]
    return rewrite(workshop.context, files, gesture.said, notes, about=about)


def rewrite(
    context: Context, files: Sequence[Rewritten], said: str, notes: Iterable[str] = (), *, about: dict[str, bool]
) -> int:
    """Show what shall be rewritten, ask, and write all of it or nothing; the exit code.

    Raises:
        Impossible: where it cannot be written; then every file is as it was, or it says which is not.
    """
    from playbook.cli.rewriting import write_rewritten

    notes = list(notes)
    written, token = about["yes"] and not about["dry_run"], ""
    if not about["as_json"]:
        show(files)
        for note in notes:
            click.echo(note)
        number = f"{len(files)} file" + ("" if len(files) == 1 else "s")
        written = is_agreed(f"Write {number}?", yes=about["yes"], dry_run=about["dry_run"])
        if not written:
            return 0
    if written:
        token = write_rewritten(context, files, said)
    if about["as_json"]:
        listed = [{"path": one.path, "new": one.before is None, "deleted": one.after is None} for one in files]
        undo = {"undo": token} if written else {}
        print_json({"said": said, "files": listed, "notes": notes, **undo, "written": written})
        return 0
    click.echo(f"{said}. Wrote {number}{'; to take it back: playbook undo' if token else ''}")
    return 0


def show(files: Sequence[Rewritten]) -> None:
    """Every file's old and new lines; of one that gets another name, what else changes in it."""
    from playbook.cli.rewriting import show_difference
    from playbook.rewriting import Rewritten

    made = next((one for one in files if one.before is None), None)
    gone = next((one for one in files if one.after is None), None)
    if made is None or gone is None:
        show_difference(files)
        return
    show_difference([Rewritten(f"{gone.path} is {made.path}", gone.before, made.after)])
    show_difference([one for one in files if one not in (made, gone)])


def tell_said(said: Sequence[tuple[Place, str]], identifier: str) -> list[str]:
    """Lines about where an id is still said, for a person to decide."""
    if not said:
        return []
    told = [f"'{identifier}' is still said in plain words; nothing leads there:"]
    told += [f"  {place.path}:{place.line}: {shorten(line, 100)}" for place, line in said[:TOLD]]
    return told + ([f"  and {len(said) - TOLD} more"] if len(said) > TOLD else [])


def tell_beside(context: Context, identifier: str) -> list[str]:
    """A line for each file beside the records that says an id: settings, and lines that wait in the inbox."""
    import re

    told = []
    for name in ("mkdocs.yml", "sealing.yml", f"{context.content_name}/inbox.txt"):
        path = context.root / name
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        if re.search(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])", text):
            told.append(f"{name} says '{identifier}' too; look at it.")
    return told
