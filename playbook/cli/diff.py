"""`playbook diff`: what changed in checklists between two commits or days, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from playbook.cli.burn_up import ink
from playbook.cli.context import Impossible, Options
from playbook.cli.spans import Moment, place_of, read_moment
from playbook.cli.terminal import print_json
from playbook.cli.wordings import Wordings, record_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from playbook.cli.context import Context
    from playbook.history.comparing import Snapshot
    from playbook.history.past import PastTree
    from playbook.history.timeline import Event, Timeline


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
              record), reason, date, commit (of the last commit that had to do with it)

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
    found = _compared(context, timeline, first, last)
    if as_json:
        print_json(_as_data(found))
        return 0
    _print(found)
    tell_notes(found.timeline)
    return 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Two places in one timeline, and what the files of the second say."""

    timeline: Timeline
    first: int
    last: int
    words: Wordings
    begin: End
    end: End


@dataclass(frozen=True, slots=True)
class End:
    """One of the two states, as it is shown."""

    name: str
    """`8f329ec (2026-04-13)`, `the end of 2026-04-13`, `the files on the disk`."""
    commit: str | None
    """The commit that has it so; None for the disk, and for the time before the first."""
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one item."""

    kind: str
    event: Event
    reason: str


def _compared(context: Context, timeline: Timeline, before: Moment, after: Moment | None) -> Compared:
    """The places of two moments in the history; or in a timeline of those two alone, where no chain leads there."""
    first = place_of(context, timeline, before)
    last = len(timeline.steps) - 1 if after is None else place_of(context, timeline, after)
    if after is None and context.revision is not None:
        after = Moment(None, context.revision)
    words = _words(context, timeline, after, last)
    ends = _end(timeline, before, first), _end(timeline, after, last)
    if first is not None and last is not None and first <= last:
        return Compared(timeline, first, last, words, *ends)
    from playbook.history.comparing import compare

    old, new = _snapshot(context, timeline, before, first), _snapshot(context, timeline, after, last)
    return Compared(compare(old, new), 0, 1, words, *ends)


def _end(timeline: Timeline, moment: Moment | None, place: int | None) -> End:
    if moment is None:
        return End("the files on the disk", None, None)
    if moment.revision is not None:
        return End(str(moment), moment.revision.commit, moment.revision.time.date())
    commit = timeline.steps[place].commit if place is not None and place >= 0 else ""
    return End(f"the end of {moment}", commit or None, moment.day)


def _words(context: Context, timeline: Timeline, moment: Moment | None, place: int | None) -> Wordings:
    from playbook.source.tree import DiskTree

    tree = _tree(context, timeline, moment, place)
    return Wordings(DiskTree(context.content) if tree is None else tree)


def _tree(context: Context, timeline: Timeline, moment: Moment | None, place: int | None) -> PastTree | None:
    """The content folder at a moment; None where that is what lies on the disk."""
    from playbook.history.past import tree_of
    from playbook.history.revision import NoRevision, find_revision, read_revision

    if moment is None:
        return None
    revision = moment.revision
    try:
        if revision is None:
            if place is None or place < 0:
                return tree_of(context.content_name, b"")
            if not timeline.steps[place].commit:
                return None
            revision = find_revision(context.content, timeline.steps[place].commit)
        return read_revision(revision, "")
    except NoRevision as error:
        if place is not None and place < 0:
            return tree_of(context.content_name, b"")
        raise Impossible(str(error)) from None


def _snapshot(context: Context, timeline: Timeline, moment: Moment | None, place: int | None) -> Snapshot:
    """Every file with a checklist at a moment."""
    from playbook.history.comparing import Snapshot, may_have_checklist
    from playbook.history.worktree import changed_files

    tree = _tree(context, timeline, moment, place)
    if tree is None:
        step = timeline.steps[-1]
        texts = changed_files(context.content, {}, "sha1")
        return Snapshot({path: text for path, text in texts if text is not None}, "", step.time)
    files = {node.path: tree.contents[node.blob] for node in tree.files() if may_have_checklist(node.path)}
    if moment is not None and moment.revision is not None:
        return Snapshot(files, moment.revision.commit, moment.revision.time)
    step = timeline.steps[max(place or 0, 0)]
    return Snapshot(files, step.commit, step.time, step.subject)


def _lines_by_file(found: Compared) -> dict[str, list[Line]]:
    """Path → what changed in that file, in the order of the kinds, then of time."""
    from playbook.progress import changes_of_steps

    changes = changes_of_steps(found.timeline, found.first, found.last)
    lines: dict[str, list[Line]] = {}
    kinds = ("done", "undone", "added", "restored", "moved", "reworded", "skipped", "unskipped", "dropped")
    for kind in kinds:
        for moved in getattr(changes, kind):
            event = moved.event
            reason = found.words.reason(event.path, event.text) if kind == "skipped" else ""
            lines.setdefault(event.path, []).append(Line(kind, event, reason))
            if kind == "moved":
                lines.setdefault(event.before, []).append(Line(AWAY, event, ""))
    return dict(sorted(lines.items()))


AWAY = "moved-away"
"""The same move, in the record that the item came from."""
_WORDS = {"undone": "open again", "restored": "back", "unskipped": "taken up again", AWAY: "moved"}


def _print(found: Compared) -> None:
    from playbook.progress.lines import tally

    lines = _lines_by_file(found)
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
        texts = [(_WORDS.get(line.kind, line.kind), _text(line, found.words)) for line in changed]
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
        for path, lines in _lines_by_file(found).items()
    ]
    ends = {"from": _end_data(found.begin), "to": _end_data(found.end)}
    return {**ends, "records": records, "notes": [note_data(note) for note in found.timeline.notes]}


def _change_data(found: Compared, lines: Iterable[Line]) -> Iterable[dict[str, str | None]]:
    for line in lines:
        event, step = line.event, found.timeline.steps[line.event.step]
        yield {
            "kind": line.kind,
            "text": event.text,
            "before": _before(line),
            "reason": line.reason or None,
            "date": step.time.date().isoformat(),
            "commit": step.commit or None,
        }


def _count_data(count: tuple[int, int]) -> dict[str, int]:
    return {"done": count[0], "total": count[1]}


def _before(line: Line) -> str | None:
    if line.kind == AWAY:
        return record_name(line.event.path)
    return record_name(line.event.before) if line.kind == "moved" else line.event.before or None


def _end_data(end: End) -> dict[str, str | None]:
    return {"commit": end.commit, "date": None if end.date is None else end.date.isoformat()}
