"""`playbook diff`: what changed in checklists between two commits or days, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.burn_up import ink
from playbook.cli.context import Options
from playbook.cli.diffing import AWAY, compared, lines_by_file
from playbook.cli.spans import read_moment
from playbook.cli.terminal import print_json
from playbook.cli.wordings import CHANGE_WORDS, record_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.cli.diffing import Compared, End, Line
    from playbook.cli.wordings import Wordings


@click.command("diff")
@click.argument("before", metavar="REV")
@click.argument("after", metavar="[REV]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Records with their counts and changes, for programs.")
@click.pass_obj
def diff_command(options: Options, before: str, after: str | None, as_json: bool) -> int:
    """Say what changed in checklists between two revisions, or between one and the files on the disk.

    REV is a commit, tag or branch, or the end of a day: 2026-10-01, monday, '2 weeks ago'. Within one line of commits
    each item is followed from commit to commit; between branches, items are known by id, by text and by what reads
    alike. What was done and undone in between is neither.

    \b
    --json is {"from": {"commit", "date"}, "to": {...}, "records": [...], "notes": [...]}:
      record  record (kind/id), title, before and after ({"done", "total"}), changes
      change  kind (done, undone, added, dropped, restored, reworded, moved, moved-away,
              skipped, unskipped), text, before (the old text; of what moved the other
              record), reason, date, commit (of the last commit that had to do with it;
              between branches those of "to")

    \b
    Examples:
      playbook diff HEAD
      playbook diff monday
      playbook diff v1 v2 --json
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.history import read_timeline, tell_notes

    context = options.context
    timeline = read_timeline(context)
    first = read_moment(context, before, "")
    last = None if after is None else read_moment(context, after, "")
    found = compared(context, timeline, first, last)
    if as_json:
        print_json(_as_data(found))
        return 0
    _print(found)
    tell_notes(found.timeline)
    return 0


def _print(found: Compared) -> None:
    from playbook.progress.lines import tally

    lines = lines_by_file(found)
    click.echo(click.style(f"From {found.begin.name} to {found.end.name}", dim=True))
    if not lines:
        click.echo("No checklist has changed.")
    old, new = tally(found.timeline, found.first), tally(found.timeline, found.last)
    arrow = ink().arrow
    for path, changed in lines.items():
        click.echo()
        before, after = old.get(path, (0, 0)), new.get(path, (0, 0))
        counts = f"({before[0]}/{before[1]} {arrow} {after[0]}/{after[1]})"
        click.echo(f"{click.style(found.words.title(path), bold=True)} {counts}")
        texts = [
            ("moved" if line.kind == AWAY else CHANGE_WORDS.get(line.kind, line.kind), _text(line, found.words))
            for line in changed
        ]
        widest = max(len(word) for word, _ in texts)
        for word, text in texts:
            click.echo(f"  {click.style(f'{word:{widest}}', fg='cyan')}  {text}")


def _text(line: Line, words: Wordings) -> str:
    event = line.event
    if line.kind == "reworded":
        return f'"{event.before}" {ink().arrow} "{event.text}"'
    if line.kind == "moved":
        return f"{event.text}, from {words.title(event.before)}"
    if line.kind == AWAY:
        return f"{event.text}, to {words.title(event.path)}"
    return f"{event.text}: {line.reason}" if line.reason else event.text


def _as_data(found: Compared) -> dict[str, object]:
    from playbook.cli.progress_data import note_data
    from playbook.progress.lines import tally

    old, new = tally(found.timeline, found.first), tally(found.timeline, found.last)
    records = [
        {
            "record": record_name(path),
            "title": found.words.title(path),
            "before": _count_data(old.get(path, (0, 0))),
            "after": _count_data(new.get(path, (0, 0))),
            "changes": list(_change_data(found, lines)),
        }
        for path, lines in lines_by_file(found).items()
    ]
    ends = {"from": _end_data(found.begin), "to": _end_data(found.end)}
    return {**ends, "records": records, "notes": [note_data(note) for note in found.timeline.notes]}


def _change_data(found: Compared, lines: Iterable[Line]) -> Iterable[dict[str, str | None]]:
    for line in lines:
        event, step = line.event, found.timeline.steps[line.event.step]
        day, commit = (step.day, step.commit or None) if found.is_followed else (found.end.date, found.end.commit)
        yield {
            "kind": line.kind,
            "text": event.text,
            "before": _before(line),
            "reason": line.reason or None,
            "date": None if day is None else day.isoformat(),
            "commit": commit,
        }


def _count_data(count: tuple[int, int]) -> dict[str, int]:
    return {"done": count[0], "total": count[1]}


def _before(line: Line) -> str | None:
    if line.kind == AWAY:
        return record_name(line.event.path)
    return record_name(line.event.before) if line.kind == "moved" else line.event.before or None


def _end_data(end: End) -> dict[str, str | None]:
    return {"commit": end.commit, "date": None if end.date is None else end.date.isoformat()}
