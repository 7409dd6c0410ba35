"""The message of a commit: a line that says what was done, and where it is more, a line for each below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from playbook.deeds.finding import Deed, DeedKind
from playbook.problems import shorten

SUBJECT = 72
"""Characters of a first line that every tool shows whole."""
LINE = 100
MOST_LINES = 60
MOST_PARTS = 4

_COUNTED = {
    DeedKind.DONE: ("done", "done"),
    DeedKind.KEPT: ("promise kept", "promises kept"),
    DeedKind.LOGGED: ("contact logged", "contacts logged"),
    DeedKind.NOTED: ("journal entry", "journal entries"),
    DeedKind.NEW: ("new record", "new records"),
    DeedKind.ADDED: ("added", "added"),
    DeedKind.REWORDED: ("reworded", "reworded"),
    DeedKind.MOVED: ("moved", "moved"),
    DeedKind.SKIPPED: ("skipped", "skipped"),
    DeedKind.UNSKIPPED: ("taken up again", "taken up again"),
    DeedKind.UNDONE: ("undone", "undone"),
    DeedKind.DROPPED: ("dropped", "dropped"),
    DeedKind.RENAMED: ("renamed", "renamed"),
    DeedKind.REMOVED: ("file removed", "files removed"),
    DeedKind.EDITED: ("file edited", "files edited"),
}
_FILE = ("new file", "new files")


def message_of(deeds: Sequence[Deed], *, is_first: bool = False, subject: str = "") -> str:
    """The message, without a line end behind it; empty where nothing was done.

    Args:
        deeds: what was done, in the order in which it is told.
        is_first: whether this is the first commit of all: then everything is new, and that is said in one line.
        subject: the person's own first line, if they have given one; what was done then stands below it.
    """
    if not deeds:
        return subject
    if is_first:
        return subject or _first(deeds)
    # What was merely edited is worth a line only where nothing else is told.
    telling = [deed for deed in deeds if deed.kind is not DeedKind.EDITED] or list(deeds)
    if not subject and len(telling) == 1:
        rest = [deed for deed in deeds if deed is not telling[0]]
        return _joined(_line(telling[0], SUBJECT), rest)
    return _joined(subject or _sum(telling), deeds)


def _joined(subject: str, deeds: Sequence[Deed]) -> str:
    if not deeds:
        return subject
    lines = [_line(deed, LINE) for deed in deeds[:MOST_LINES]]
    if len(deeds) > MOST_LINES:
        lines.append(f"and {len(deeds) - MOST_LINES} more")
    return "\n".join([subject, "", *lines])


def _line(deed: Deed, width: int) -> str:
    """`Done: Draft the promotion packet (staff-promotion 7/12)`; where it is long, the text gives way."""
    behind = f" ({shorten(deed.where, width // 2)})" if deed.where else ""
    room = max(width - len(deed.kind) - 2 - len(behind), 20)
    return f"{deed.kind}: {shorten(deed.text, room)}{behind}"


def _sum(deeds: Sequence[Deed]) -> str:
    """`3 done, 2 added`; with the name and the tally where all of it belongs together."""
    numbers = Counter(map(_counted, sorted(deeds, key=lambda deed: (deed.kind.rank, _counted(deed) == _FILE))))
    parts = [f"{number} {words[number > 1]}" for words, number in numbers.items()]
    if len(parts) > MOST_PARTS:
        rest = sum(list(numbers.values())[MOST_PARTS:])
        parts = [*parts[:MOST_PARTS], f"{rest} more"]
    said = ", ".join(parts)
    places = {deed.where for deed in deeds}
    together = f"{said} ({next(iter(places))})" if len(places) == 1 and places != {""} else said
    return together if len(together) <= SUBJECT else shorten(said, SUBJECT)


def _counted(deed: Deed) -> tuple[str, str]:
    """One and many of such a deed; a page or the inbox is new, too, and no record."""
    is_file = not deed.where and "." in deed.text.rpartition("/")[2]
    return _FILE if deed.kind is DeedKind.NEW and is_file else _COUNTED[deed.kind]


def _first(deeds: Sequence[Deed]) -> str:
    """`Begin: 3 goals, 12 people`."""
    nouns = Counter(_NOUNS[word] for deed in deeds if (word := deed.text.partition(" ")[0]) in _NOUNS)
    named = [f"{nouns[pair]} {pair[nouns[pair] > 1]}" for pair in dict.fromkeys(_NOUNS.values()) if nouns[pair]]
    return f"Begin: {', '.join(named)}" if named else "Begin the playbook"


_NOUNS = {
    "goal": ("goal", "goals"),
    "person": ("person", "people"),
    "event": ("event", "events"),
    "organization": ("organization", "organizations"),
    "outreach": ("outreach template", "outreach templates"),
}
