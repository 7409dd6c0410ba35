"""What the files say once a record has another id, or another name: its file, and every reference to it.

Knows the whole playbook and nothing of the disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.graph import Link, Playbook
from playbook.graph.playbook import Key
from playbook.load import Loaded
from playbook.problems import Place, Problem
from playbook.records import Organization
from playbook.records.shape import shape_of
from playbook.rewriting.files import NotRewritten, Rewritten, new_problems, with_changes
from playbook.rewriting.redirecting import Redirection, redirected, still_said
from playbook.source.edit import Put
from playbook.source.files import SourceFile, id_problem, slug


@dataclass(frozen=True, slots=True)
class Renamed:
    """Everything that a rename changes."""

    files: tuple[Rewritten, ...]
    """The new file first, then every other one that changes, by path; the old file last, gone."""
    said: tuple[tuple[Place, str], ...]
    """Where the old id is still said, in prose, in comments, in files that cannot be read: (place, line)."""
    caught: tuple[Place, ...]
    """Where text that led nowhere leads to the record now, because it is called so."""


def rename(
    loaded: Loaded,
    files: Sequence[SourceFile],
    pages: Mapping[str, bytes],
    key: Key,
    new: str,
    load: Callable[[Sequence[SourceFile]], Loaded],
    *,
    name: str = "",
    library: Collection[str] = (),
) -> Renamed:
    """What it changes to give a record another id, another title or name, or both.

    Args:
        loaded: the playbook in `files`.
        files: every file of the playbook, as it was read.
        pages: path → bytes of every hand-written page.
        key: kind and id of the record.
        new: the id that it gets; its own, where only the name changes.
        load: what reads these files, and will read them as they shall be.
        name: its new title or name; empty to leave it.
        library: ids of plays that are in the library.

    Raises:
        NotRewritten: where the id is none, or taken; where a file cannot be changed, or a reference would lead
            elsewhere.
    """
    kind, old = key
    entry = loaded.playbook.find(key)
    if entry is None or kind in ("me", "journal"):
        raise NotRewritten("a year of the journal, and me.yml, are called what they are")
    _refuse_id(files, kind, old, new)
    way = Redirection(key, new, lost_name=_lost_name(loaded.playbook, key, name), library=library)
    shall_be = redirected(loaded.playbook, files, pages, way)
    own = next(file for file in files if (file.kind, file.id) == key)
    if name:
        field = "title" if "title" in shape_of(type(entry.record)).by_alias else "name"
        shall_be[own.path] = with_changes(own.path, shall_be[own.path], [Put((field,), name)])
    path = own.path.removesuffix(f"{old}.yml") + f"{new}.yml"
    left = [SourceFile(file.path, file.kind, file.id, shall_be[file.path]) for file in files if file is not own]
    after = load([*left, SourceFile(path, kind, new, shall_be[own.path])])
    problems = new_problems(moved(loaded.problems, own.path, path), after.problems)
    if problems:
        raise NotRewritten(f"with {old} called {new}, the playbook would have a problem: {problems[0]}")
    caught = _compare(loaded.playbook, after.playbook, key, new)
    before = {file.path: file.content for file in files} | dict(pages)
    others = [
        Rewritten(one, before[one], now)
        for one, now in sorted(shall_be.items())
        if now != before[one] and one != own.path
    ]
    made = [Rewritten(path, None if path != own.path else own.content, shall_be[own.path])]
    gone = [Rewritten(own.path, own.content, None)] if path != own.path else []
    unread = {file.path for file in files if loaded.playbook.find((file.kind, file.id)) is None and file.kind != "me"}
    told = still_said({path if one == own.path else one: now for one, now in shall_be.items()}, unread, old)
    return Renamed((*made, *others, *gone), tuple(told) if new != old else (), caught)


def moved(problems: Iterable[Problem], old: str, new: str) -> list[Problem]:
    """Problems of one file as those of another."""
    return [
        replace(one, place=replace(one.place, path=new)) if one.place.path == old else one for one in problems
    ]  # fmt: skip


def _refuse_id(files: Sequence[SourceFile], kind: str, old: str, new: str) -> None:
    reason = id_problem(new)
    if reason:
        better = slug(new)
        raise NotRewritten(f"'{new}' cannot be an id: it {reason}" + (f"; write '{better}'" if better else ""))
    if new != old and any((file.kind, file.id) == (kind, new) for file in files):
        raise NotRewritten(f"'{new}' is taken ({kind}/{new}); if the two are one, see: playbook merge")


def _lost_name(playbook: Playbook, key: Key, name: str) -> str:
    """The name that the record is found by no longer."""
    entry = playbook.of_kind(key[0])[key[1]]
    aliases = entry.record.also_known_as if isinstance(entry.record, Organization) else ()
    still = {text.casefold() for text in (*aliases, name)}
    return entry.title if name and entry.title.casefold() not in still else ""


def _compare(before: Playbook, after: Playbook, key: Key, new: str) -> tuple[Place, ...]:
    """Where a reference leads to the record that led nowhere before.

    Raises:
        NotRewritten: where one leads elsewhere than it did.
    """

    def now(one: Key) -> Key:
        return (key[0], new) if one == key else one

    was = Counter(Link(now(link.source), link.path, now(link.target)) for link in before.links)
    has = Counter(after.links)
    for link in was - has:
        entry = after.find(link.source)
        place = entry.place_of(link.path) if entry is not None else Place(link.source[1])
        raise NotRewritten(
            f"{place} would lead elsewhere than to {link.target[1]}; another name or id stands in its way"
        )
    return tuple(
        entry.place_of(link.path) for link in has - was if (entry := after.find(link.source)) is not None
    )  # fmt: skip
