"""What the files say once two records are known to be one: one file, and every reference to it.

Knows the whole playbook and nothing of the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.graph import Playbook
from playbook.graph.logs import most_are_newest_first
from playbook.graph.playbook import Key
from playbook.load import Loaded
from playbook.problems import Place
from playbook.records import Event
from playbook.rewriting.files import NotRewritten, Rewritten, new_problems, with_changes
from playbook.rewriting.joining import Conflict, Joined, join, join_entries
from playbook.rewriting.redirecting import Redirection, redirected, still_said
from playbook.rewriting.renaming import moved
from playbook.source.edit import Drop
from playbook.source.files import SourceFile

MERGED = ("people", "organizations", "events")
"""The kinds of which two records may be found to be one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Everything that a merge changes."""

    files: tuple[Rewritten, ...]
    """The file that stays first, then every other one that changes, by path; the file that goes last."""
    conflicts: tuple[Conflict, ...]
    """What both say, and not the same; the value that is lost is `theirs`."""
    said: tuple[tuple[Place, str], ...]
    """Where the id that goes is still said: (place, line)."""


def merge(
    loaded: Loaded,
    files: Sequence[SourceFile],
    pages: Mapping[str, bytes],
    kind: str,
    into: str,
    other: str,
    load: Callable[[Sequence[SourceFile]], Loaded],
) -> Merged:
    """What it changes to bring one record into another of its kind; whoever writes it looks at the conflicts first.

    Raises:
        NotRewritten: where they are one already, or of a kind that is not merged; where a file cannot be changed, or
            the playbook would have a problem that it did not have.
    """
    if kind not in MERGED:
        raise NotRewritten(f"{kind} are not merged; people, organizations and events are")
    if into == other:
        raise NotRewritten(f"'{into}' is one record already")
    ours, theirs = (kind, into), (kind, other)
    playbook = loaded.playbook
    way = Redirection(theirs, into, is_new=False, merging=frozenset((ours, theirs)))
    shall_be = redirected(playbook, files, pages, way)
    apart = load(_with(files, shall_be))
    paths = {(file.kind, file.id): file.path for file in files}
    joined = _join(apart.playbook, ours, theirs)
    shall_be[paths[ours]] = with_changes(paths[ours], shall_be[paths[ours]], joined.changes)
    conflicts = list(joined.conflicts)
    if kind == "people":
        for event in apart.playbook.events.values():
            again = _meet_once(event.record, event.document.tree if event.document is not None else None, into)
            conflicts += [replace(one, field=f"{event.id}: {one.field}") for one in again.conflicts]
            shall_be[paths[event.key]] = with_changes(paths[event.key], shall_be[paths[event.key]], again.changes)
    left = [file for file in _with(files, shall_be) if (file.kind, file.id) != theirs]
    after = load(left)
    problems = new_problems(moved(loaded.problems, paths[theirs], paths[ours]), after.problems)
    if problems:
        raise NotRewritten(f"with {other} in {into}, the playbook would have a problem: {problems[0]}")
    before = {file.path: file.content for file in files} | dict(pages)
    changed = [Rewritten(path, before[path], now) for path, now in sorted(shall_be.items()) if now != before[path]]
    first = [one for one in changed if one.path == paths[ours]]
    rest = [one for one in changed if one.path not in (paths[ours], paths[theirs])]
    unread = {file.path for file in files if playbook.find((file.kind, file.id)) is None and file.kind != "me"}
    kept = {path: now for path, now in shall_be.items() if path != paths[theirs]}
    return Merged(
        (*first, *rest, Rewritten(paths[theirs], before[paths[theirs]], None)),
        tuple(conflicts),
        tuple(still_said(kept, unread, other)),
    )


def _with(files: Sequence[SourceFile], shall_be: Mapping[str, bytes]) -> list[SourceFile]:
    return [SourceFile(file.path, file.kind, file.id, shall_be[file.path]) for file in files]


def _join(playbook: Playbook, ours: Key, theirs: Key) -> Joined:
    one, other = playbook.find(ours), playbook.find(theirs)
    if one is None or other is None:
        raise NotRewritten(f"{ours[1]} and {theirs[1]} cannot both be read; see: playbook check")
    if isinstance(one.record, Event) and isinstance(other.record, Event):
        days = [event.starts.day.isoformat() for event in (one.record, other.record)]
        if days[0] != days[1]:
            raise NotRewritten(
                f"{ours[1]} begins on {days[0]}, {theirs[1]} on {days[1]}; if they are one, correct a day"
            )
    logs = ([line.date for line in person.record.log] for person in playbook.people.values())
    return join(one, other, playbook.me.record.defaults, newest_first=most_are_newest_first(logs))


def _meet_once(event: Event, tree: object, person: str) -> Joined:
    """The changes that make one entry of all those about a person at an event."""
    joined = Joined(newest_first=False)
    found = [index for index, one in enumerate(event.meet) if one.person == person]
    written = tree.get("meet") if isinstance(tree, dict) else None
    if len(found) < 2 or not isinstance(written, list):  # noqa: PLR2004
        return joined
    first, *rest = found
    for index in rest:
        pair = (written[first], written[index])
        join_entries(joined, event.meet[first], event.meet[index], pair, ("meet", first))
    joined.changes += [Drop(("meet", index)) for index in reversed(rest)]
    return joined
