"""`playbook inbox`: plain lines become entries in the files they belong to, once that was agreed to."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop, show_diff
from playbook.cli.terminal import print_json
from playbook.cli.writing import is_agreed, write_prepared
from playbook.problems import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from playbook.cli.context import Context
    from playbook.cli.gesturing import Workshop
    from playbook.gestures import Gesture
    from playbook.inbox.understanding import Thought


_SPAN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


@click.command("inbox")
@click.argument("words", nargs=-1, metavar="[THOUGHT]")
@click.option("--yes", is_flag=True, help="Write what is understood without asking; the other lines stay.")
@click.option("--dry-run", is_flag=True, help="Show what would change, line by line, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="What was understood, for programs; writes only with --yes.")
@click.pass_obj
def inbox_command(options: Options, words: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool) -> int:
    """Turn the lines of content/inbox.txt into entries; with a THOUGHT, put it into the inbox for later.

    One plain line per thought, from any editor on any device that syncs the folder. It shows what it understood,
    writes all on yes, or those whose numbers you type, and takes these lines away; what it does not understand stays
    where it is, with the reason.

    \b
    A line can be:
      Ada: called, she will read the draft
      called Ada, she said yes
      met Ingrid Solheim, Northwind, wants the paper
      met Tove Ask at PyCon, promised her the deck by tuesday
      met Sofia Lund, design lead at Kestrel Rail, likes tea
      coffee with Ada yesterday, she agrees
      promised Ada the numbers by tuesday
      kept numbers
      thanked Ada for the review
      gave Ada our migration numbers
      done draft-packet
      skip second reader because nobody asks for one
      todo staff-engineer: ask Grace by monday
      achieved Led the storage review
      learned The committee reads the first page
      yesterday: Ada: wrote, sent the page

    \b
    Examples:
      playbook inbox
      playbook inbox --yes
      playbook inbox Ada: called about the council
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import together
    from playbook.inbox.reading import NAME
    from playbook.inbox.understanding import UNKNOWN, WAYS

    workshop = open_workshop(options, "inbox")
    path = workshop.context.content / NAME
    if words:
        return _put(workshop.context, path, " ".join(words))
    content = _content(path)
    thoughts = _understood(workshop, content)
    good = [one for one in thoughts if one.gesture is not None]
    gesture = together(one.gesture for one in good if one.gesture is not None)
    writes = yes and not dry_run
    if as_json:
        if writes and good:
            _write(workshop, gesture, path, content, good)
        print_json([_as_data(one, written=writes) for one in thoughts])
        return 0 if len(good) == len(thoughts) else 1
    if not thoughts:
        click.echo(f"The inbox is empty. One line per thought goes into {workshop.context.content_name}/{NAME}.")
        return 0
    for one in thoughts:
        _tell(one)
    if any(one.doubt == UNKNOWN for one in thoughts):
        click.echo(WAYS)
    if not good:
        click.echo("Nothing to write.")
        return 1
    if dry_run:
        show_diff(workshop.prepare(gesture))
    if not (yes or dry_run) and len(good) > 1 and sys.stdin.isatty():
        chosen = _chosen({one.line.number for one in good})
        if not chosen:
            click.echo("Nothing was written.")
            return 0
        good = [one for one in _understood(workshop, content, chosen) if one.gesture is not None]
        gesture = together(one.gesture for one in good if one.gesture is not None)
    elif not is_agreed("Write 1 line?" if len(good) == 1 else f"Write {len(good)} lines?", yes=yes, dry_run=dry_run):
        return 0
    count = "1 line" if len(good) == 1 else f"{len(good)} lines"
    files = _write(workshop, gesture, path, content, good)
    click.echo(f"Wrote {count} into {', '.join(files)}." if files else "Everything was written before.")
    left = len(thoughts) - len(good)
    if left:
        click.echo(f"{left} {'line stays' if left == 1 else 'lines stay'} in the inbox.")
    return 0


def _put(context: Context, path: Path, text: str) -> int:
    """One more line at the end of the inbox."""
    from playbook.gestures.preparing import Prepared

    shown = f"{context.content_name}/{path.name}"
    thought = " ".join(text.split())
    content = _content(path)
    before = content if content or path.exists() else None
    gap = b"" if not content or content.endswith((b"\n", b"\r")) else b"\n"
    inbox = Prepared(shown, before, content + gap + thought.encode() + b"\n", ())
    write_prepared(context, (inbox,), f"inbox: {shorten(thought, 60)}")
    click.echo(f"Put into {shown}.")
    return 0


def _content(path: Path) -> bytes:
    if path.is_symlink():
        raise Impossible(f"'{path.name}' is a link; links are not followed")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Impossible(f"'{path.name}' cannot be read: {error.strerror}") from None


def _chosen(numbers: set[int]) -> set[int]:
    """The lines that shall be written: all on yes, none on no, or those whose numbers are typed."""
    while True:
        typed = click.prompt(f"Write {len(numbers)} lines? [y/N, or some: 1,3-4]", default="n", show_default=False)
        if typed.strip().casefold() in ("y", "yes", "n", "no"):
            return numbers if typed.strip().casefold().startswith("y") else set()
        spans = [_SPAN.fullmatch(part.replace(" ", "")) for part in typed.split(",")]
        chosen = [
            {number for number in numbers if one is not None and int(one[1]) <= number <= int(one[2] or one[1])}
            for one in spans
        ]
        if all(chosen):
            return set().union(*chosen)
        click.echo("Write y, n, or the numbers of lines that are understood.")


def _understood(workshop: Workshop, content: bytes, only: Collection[int] | None = None) -> list[Thought]:
    """What the lines mean, each after those before it; `only` some of them."""
    from dataclasses import replace

    from playbook.inbox.reading import read_lines
    from playbook.inbox.understanding import understand

    try:
        lines = read_lines(content)
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        raise Impossible(f"inbox.txt:{number} is not UTF-8; save it as UTF-8") from None
    bench = workshop.bench()
    found: list[Thought] = []
    newcomers: set[str] = set()
    taken = set(bench.taken)
    for line in lines:
        if only is not None and line.number not in only:
            continue
        one = understand(line, replace(bench, taken=frozenset(taken)), newcomers)
        if one.gesture is not None:
            for change in one.gesture.files:
                if change.is_new and change.kind == "people":
                    taken.add((change.kind, change.id))
                    newcomers.add(str(change.tree["name"]) if isinstance(change.tree, dict) else "")
        found.append(one)
    return found


def _write(
    workshop: Workshop, gesture: Gesture, path: Path, content: bytes, good: Sequence[Thought]
) -> tuple[str, ...]:
    """Write the entries, then take the lines away; `playbook undo` takes both back. The files with entries.

    Raises:
        Impossible: where one cannot be written; a line that is there twice is not written twice.
    """
    from playbook.gestures.preparing import Prepared
    from playbook.inbox.reading import without

    context = workshop.context
    prepared = workshop.prepare(gesture) if not gesture.is_empty else ()
    rest = without(content, {one.line.number for one in good})
    inbox = Prepared(f"{context.content_name}/{path.name}", content, rest, ())
    write_prepared(context, (*prepared, inbox), "inbox: 1 line" if len(good) == 1 else f"inbox: {len(good)} lines")
    return tuple(one.path for one in prepared)


def _tell(one: Thought) -> None:
    click.echo(f"{one.line.number:>3}  {shorten(one.line.text, 100)}")
    if one.gesture is None:
        click.echo(click.style("     ? ", fg="yellow") + one.doubt)
        return
    for change in one.gesture.files:
        where = f"{change.kind}/{change.id}.yml{' (new)' if change.is_new else ''}"
        for text in change.said:
            click.echo(f"     {where}: {text}")
    for text in one.gesture.already:
        click.echo(f"     already there: {text}")


def _as_data(one: Thought, *, written: bool) -> dict[str, object]:
    return {
        "line": one.line.number,
        "text": one.line.text,
        "understood": one.gesture.said if one.gesture else None,
        "doubt": one.doubt or None,
        "written": written and one.gesture is not None,
    }
