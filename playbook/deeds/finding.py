"""Compares two states of the content folder item by item and record by record: what was done, kept, logged, added.

Knows paths and bytes, wherever they come from. A file that today's records would refuse is merely edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from playbook.history.checklists import State
from playbook.history.comparing import Snapshot, compare
from playbook.history.timeline import Change, Timeline
from playbook.progress import Changes, Moved, changes_of_steps
from playbook.records import KINDS, Journal, Me, Person, Record
from playbook.records.choices import By
from playbook.records.reading import read_record
from playbook.source.files import ME
from playbook.source.reader import parse_document

LIKE = 2
"""Lines that two files share at the least before one may be the other by another name."""


class DeedKind(StrEnum):
    """What sort of thing was done, as the word that its line begins with; in the order of the lines."""

    DONE = "Done"
    KEPT = "Kept"
    LOGGED = "Logged"
    NOTED = "Noted"
    NEW = "New"
    ADDED = "Added"
    REWORDED = "Reworded"
    MOVED = "Moved"
    SKIPPED = "Skipped"
    UNSKIPPED = "Taken up again"
    UNDONE = "Undone"
    DROPPED = "Dropped"
    RENAMED = "Renamed"
    REMOVED = "Removed"
    EDITED = "Edited"
    """Anything else that became of a file."""

    @property
    def rank(self) -> int:
        """0 for what is said first."""
        return list(DeedKind).index(self)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done."""

    kind: DeedKind
    text: str
    where: str = ""
    """What it belongs to, and how far that is: `staff-promotion 7/12`."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file in both states; None where it is not there."""

    path: str
    before: Record | None
    after: Record | None
    change: str
    """`added`, `changed` or `removed`."""


def find_deeds(changed: Mapping[str, str], before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Deed, ...]:
    """What was done, in the order in which it is told.

    Args:
        changed: path below the content folder → `added`, `changed` or `removed`, for every file that differs.
        before: path → bytes of the YAML files among them as they were.
        after: the same as they are.
    """
    files = [
        _File(path, _record(path, before.get(path)), _record(path, after.get(path)), change)
        for path, change in sorted(changed.items())
    ]
    timeline = compare(Snapshot(before), Snapshot(after))
    changes = changes_of_steps(timeline, 0, 1)
    renamed = dict(_renamed(files, before, after))
    come = {file.path for file in files if file.change == "added"} - set(renamed.values())
    gone = {file.path for file in files if file.change == "removed"} - renamed.keys()
    found: list[tuple[str, Deed]] = [
        *_of_items(timeline, changes, come, gone),
        *((file.path, deed) for file in files for deed in _of_record(file)),
        *((new, Deed(DeedKind.RENAMED, f"{_stem(old)} to {_stem(new)}")) for old, new in renamed.items()),
        *((file.path, _whole(DeedKind.NEW, file, timeline)) for file in files if file.path in come),
        *((file.path, _whole(DeedKind.REMOVED, file, timeline)) for file in files if file.path in gone),
    ]
    told = {path for path, _ in found} | renamed.keys() | {moved.event.before for moved in changes.moved}
    found += [(file.path, Deed(DeedKind.EDITED, _stem(file.path))) for file in files if file.path not in told]
    return tuple(deed for _, deed in sorted(found, key=lambda one: (one[1].kind.rank, one[0])))


def _of_items(timeline: Timeline, changes: Changes, come: set[str], gone: set[str]) -> Iterator[tuple[str, Deed]]:
    """Each item once, with the most that happened to it; what came or went with its file is told with the file."""
    told = {moved.event.item for moved in changes.added if moved.event.path in come}
    told |= {moved.event.item for moved in changes.dropped if moved.event.path in gone}
    for kind, group in (
        (DeedKind.DONE, changes.done),
        (DeedKind.UNDONE, changes.undone),
        (DeedKind.SKIPPED, changes.skipped),
        (DeedKind.UNSKIPPED, changes.unskipped),
        (DeedKind.DROPPED, changes.dropped),
        (DeedKind.ADDED, (*changes.added, *changes.restored)),
        (DeedKind.REWORDED, changes.reworded),
        (DeedKind.MOVED, changes.moved),
    ):
        for moved in group:
            if moved.event.item not in told:
                told.add(moved.event.item)
                yield moved.event.path, _of_item(kind, moved, timeline)


def _of_item(kind: DeedKind, moved: Moved, timeline: Timeline) -> Deed:
    event = moved.event
    where = _tally(event.path, timeline)
    if kind is DeedKind.MOVED and event.kind is Change.MOVED:
        where = f"{_stem(event.before)} to {where}"
    return Deed(kind, event.text, where)


def _of_record(file: _File) -> Iterator[Deed]:
    """What else a record tells: another name, contacts that were logged, promises kept, a move, what was noted."""
    before, after = file.before, file.after
    called = before.title_text if before else ""
    if after is not None and not isinstance(after, Journal | Me) and called not in ("", after.title_text):
        yield Deed(DeedKind.RENAMED, f"{called} to {after.title_text}", _name(file.path))
    if isinstance(after, Person) and isinstance(before, Person):
        if where := _moved_to(before, after):
            yield Deed(DeedKind.MOVED, after.title_text, where)
        number = len(after.log) - len(before.log)
        if number > 0:
            entries = f"{number} entries" if number > 1 else ""
            yield Deed(DeedKind.LOGGED, after.title_text, entries)
        kept = Counter(promise.what for promise in before.promises if promise.kept is not None)
        for promise in after.promises:
            if promise.kept is None:
                continue
            if kept[promise.what]:
                kept[promise.what] -= 1
                continue
            by = "by " if promise.by is By.THEM else ""
            yield Deed(DeedKind.KEPT, promise.what, f"{by}{after.title_text}")
    if isinstance(after, Journal):
        known = Counter(entry.title for entry in before.entries) if isinstance(before, Journal) else Counter[str]()
        for entry in after.entries:
            if known[entry.title]:
                known[entry.title] -= 1
            else:
                yield Deed(DeedKind.NOTED, entry.title)


def _moved_to(before: Person, after: Person) -> str:
    """`to northwind`, `left northwind`; empty where the jobs that somebody holds are the same."""
    then, now = ({job.organization: None for job in person.positions if job.to is None} for person in (before, after))
    if come := [place for place in now if place not in then]:
        return f"to {come[0]}"
    gone = [place for place in then if place not in now]
    return f"left {gone[0]}" if gone else ""


def _whole(kind: DeedKind, file: _File, timeline: Timeline) -> Deed:
    record = file.after if kind is DeedKind.NEW else file.before
    if record is None or not record.title_text:
        return Deed(kind, _stem(file.path))
    return Deed(kind, f"{record.noun} {record.title_text}", _tally(file.path, timeline))


def _renamed(
    files: Iterable[_File], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """(old path, new path) of each file that has got another name: the same bytes or title, or hardly another line."""
    come = [file for file in files if file.change == "added" and file.after is not None]
    for old in files:
        if old.change != "removed" or old.before is None:
            continue
        for new in come:
            same = old.before.title_text == new.after.title_text or _is_like(before[old.path], after[new.path])  # type: ignore[union-attr]
            if same and type(old.before) is type(new.after):
                come.remove(new)
                yield old.path, new.path
                break


def _is_like(old: bytes, new: bytes) -> bool:
    """Whether half of the lines are the same; one line that is, such as a circle, says nothing."""
    lines, others = (Counter(line for line in text.splitlines() if line.strip()) for text in (old, new))
    shared, most = (lines & others).total(), max(lines.total(), others.total())
    return old == new or (shared >= LIKE and shared * 2 >= most)


def _tally(path: str, timeline: Timeline) -> str:
    """`staff-promotion 7/12`; the name alone where nothing can be ticked."""
    items = [item for item in timeline.live.get(path, ()) if item.state is not State.SKIPPED]
    name = _name(path)
    return f"{name} {sum(item.state is State.DONE for item in items)}/{len(items)}" if items else name


def _record(path: str, content: bytes | None) -> Record | None:
    """The record in a file; None for what is none, or cannot be read."""
    kind, _, name = path.rpartition("/")
    model = Me if path == ME else KINDS.get(kind)
    if content is None or model is None or not name.endswith(".yml"):
        return None
    document, _ = parse_document(path, content)
    return None if document is None else read_record(document, model)[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yml")


def _stem(path: str) -> str:
    """A file as people name it: `goals/staff`, `me`, `pages/about.md`."""
    return path.removesuffix(".yml")
