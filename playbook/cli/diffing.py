"""Compares the checklists of two moments: along the history where that leads from one to the other, or as states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible
from playbook.cli.spans import Moment, place_of
from playbook.cli.wordings import Wordings, wordings_of

if TYPE_CHECKING:
    import datetime as dt

    from playbook.cli.context import Context
    from playbook.history.comparing import Snapshot
    from playbook.history.past import PastTree
    from playbook.history.timeline import Event, Timeline
    from playbook.source.tree import DiskTree

AWAY = "moved-away"
"""The same move, in the record that the item came from."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two places in one timeline, and what the files of the second say."""

    timeline: Timeline
    first: int
    last: int
    words: Wordings
    begin: End
    end: End
    is_followed: bool
    """Whether items were followed from commit to commit; else the two states are all that is known."""


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


def compared(context: Context, timeline: Timeline, before: Moment, after: Moment | None) -> Compared:
    """The places of two moments in the history; or in a timeline of those two alone, where no chain leads there."""
    first = place_of(context, timeline, before)
    last = len(timeline.steps) - 1 if after is None else place_of(context, timeline, after)
    if after is None and context.revision is not None:
        after = Moment(None, context.revision)
    if not context.is_mine:
        return _compared_for_reader(context, timeline, before, after)
    words = Wordings(_tree(context, timeline, after, last), lambda: _tree(context, timeline, before, first))
    ends = _end(timeline, before, first), _end(timeline, after, last)
    if first is not None and last is not None and first <= last:
        return Compared(timeline, first, last, words, *ends, is_followed=True)
    from playbook.history.comparing import compare

    old, new = _snapshot(context, timeline, before, first), _snapshot(context, timeline, after, last)
    return Compared(compare(old, new), 0, 1, words, *ends, is_followed=False)


def _compared_for_reader(context: Context, timeline: Timeline, before: Moment, after: Moment | None) -> Compared:
    """Two days in what an audience may know of the history."""
    first = place_of(context, timeline, before)
    last = len(timeline.steps) - 1 if after is None else place_of(context, timeline, after)
    assert first is not None and last is not None  # noqa: S101, PT018  (a day is always behind some step)
    if first > last:
        raise click.UsageError(f"{before} lies behind {after}; name the earlier day first")
    now = End("now", None, None)
    begin, end = (now if one is None else End(f"the end of {one}", None, one.day) for one in (before, after))
    return Compared(timeline, first, last, wordings_of(context), begin, end, is_followed=True)


def _end(timeline: Timeline, moment: Moment | None, place: int | None) -> End:
    if moment is None:
        return End("the files on the disk", None, None)
    if moment.revision is not None:
        return End(str(moment), moment.revision.commit, moment.revision.time.date())
    commit = timeline.steps[place].commit if place is not None and place >= 0 else ""
    return End(f"the end of {moment}", commit or None, moment.day)


def _tree(context: Context, timeline: Timeline, moment: Moment | None, place: int | None) -> PastTree | DiskTree:
    """The content folder at a moment."""
    from playbook.history.past import tree_of
    from playbook.history.revision import NoRevision, find_revision, read_revision
    from playbook.source.tree import DiskTree

    if moment is None:
        return DiskTree(context.content)
    revision = moment.revision
    try:
        if revision is None:
            if place is None or place < 0:
                return tree_of(context.content_name, b"")
            if not timeline.steps[place].commit:
                return DiskTree(context.content)
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
    from playbook.source.tree import DiskTree

    tree = _tree(context, timeline, moment, place)
    if isinstance(tree, DiskTree):
        step = timeline.steps[-1]
        texts = changed_files(context.content, {}, "sha1")
        return Snapshot({path: text for path, text in texts if text is not None}, "", step.time)
    files = {node.path: tree.contents[node.blob] for node in tree.files() if may_have_checklist(node.path)}
    if moment is not None and moment.revision is not None:
        return Snapshot(files, moment.revision.commit, moment.revision.time)
    step = timeline.steps[max(place or 0, 0)]
    return Snapshot(files, step.commit, step.time, step.subject)


def lines_by_file(found: Compared) -> dict[str, list[Line]]:
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
