"""Writes a summary as Markdown that GitHub shows on a job's page: bars of letters, no picture, no link."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.agenda import TaskKind
from playbook.views.happenings import ChangesView
from playbook.views.sheet import as_said
from playbook.views.summary import SummaryView
from playbook.views.tally import Tally
from playbook.views.tasks import TaskView

BAR = 12
"""Letters of a whole bar."""
MOST = 20
"""Lines of one list."""


def summary_markdown(summary: SummaryView) -> str:
    """The summary as GitHub's Markdown; names and tasks are shown letter for letter."""
    parts = [f"## Playbook, {summary.week}", *(f"> {as_said(note)}" for note in summary.notes)]
    for changes in summary.changes:
        parts += [f"### {as_said(changes.title)}: {changes.count}", _cut(list(_items(changes)), changes.count)]
    if not summary.changes and not summary.notes:
        parts.append("No checklist moved in these seven days.")
    if summary.goals:
        rows = [
            f"| {_goal(line.title, line.status)} | {bar(line.tally)} | {line.tally.text} |" for line in summary.goals
        ]
        parts += ["### Goals", "\n".join(("| Goal | | Done |", "|---|---|--:|", *rows))]
    if summary.waiting:
        lines = [_waiting(task) for task in summary.waiting]
        parts += ["### To do", _cut(lines, len(lines) + summary.more_waiting)]
    return "\n\n".join(parts) + "\n"


def bar(tally: Tally) -> str:
    """`███████░░░░░`: full only when everything is done, empty only when nothing is."""
    full = tally.done * BAR // tally.total if tally.total else 0
    if tally.done and not full:
        full = 1
    return "█" * full + "░" * (BAR - full)


def _items(changes: ChangesView) -> Iterator[str]:
    for happening in changes.happenings:
        for note in happening.items:
            owner = f" ({as_said(note.owner.text)})" if note.owner is not None else ""
            was = f", {as_said(note.was)}" if note.was else ""
            yield f"- {as_said(note.item.text)}{owner}{was}"


def _goal(title: str, status: str) -> str:
    return as_said(title) + (f" ({status})" if status else "")


def _waiting(task: TaskView) -> str:
    due = f"{task.due.text}: " if task.due is not None else ""
    owner = f" ({as_said(task.owner.text)})" if task.owner is not None else ""
    kind = f"{task.kind_text}: " if task.kind is TaskKind.PROMISE else ""
    return f"- {due}{kind}{as_said(task.text)}{owner}"


def _cut(lines: list[str], count: int) -> str:
    """The first of the lines, and how many of `count` they leave out."""
    more = count - len(lines[:MOST])
    return "\n".join([*lines[:MOST], *([f"- and {more} more"] if more else [])])
