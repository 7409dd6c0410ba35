"""Reads a content folder into a playbook and gathers every problem on the way: the one path of every command."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.graph import Entry, Playbook, link
from playbook.graph.linking import NameForId
from playbook.graph.playbook import Key
from playbook.problems import Problem, Severity, in_reading_order
from playbook.records import KINDS, Me, Record
from playbook.source.document import Document
from playbook.source.files import ME, SourceFile, find_files, find_pages, id_problem
from playbook.source.tree import Tree

if TYPE_CHECKING:
    from playbook.checks import Check


@dataclass(frozen=True, slots=True)
class Loaded:
    """A playbook and everything that is wrong with it. Files that could not be read are left out of the playbook."""

    playbook: Playbook
    problems: tuple[Problem, ...]
    names: tuple[NameForId, ...] = ()
    today: dt.date | None = None
    """The day that the notices speak of."""
    has_left_out: bool = False
    """Whether there are files that could not be read."""
    is_checked: bool = True
    """Whether the rules about the whole playbook were asked; if not, `problems` are those of reading it."""

    @property
    def has_errors(self) -> bool:
        """Whether something is so wrong that nothing should be published; to be asked of what was checked."""
        assert self.is_checked, "nobody knows what is wrong with a playbook that was not checked"  # noqa: S101
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class Cache:
    """What earlier loads read, by path: a file whose bytes did not change is not read again."""

    read: dict[str, tuple[bytes, Read]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What one file came to."""

    document: Document | None
    record: Record | None
    problems: tuple[Problem, ...]


Today = dt.date | Callable[[Playbook], dt.date] | None
"""The day it is; or how to tell, once the playbook is read (its author's time zone stands in it); or no matter."""


def load(
    content: Path | Tree,
    today: Today,
    *,
    shown_as: str | None = None,
    checks: Iterable[Check] = (),
    is_checked: bool = True,
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """The playbook below `content`, with every problem in reading order.

    Args:
        content: the folder that holds `me.yml`, `goals/` …, on the disk or as it once was.
        today: decides which notices there are (None: none that depend on it); it never decides whether something is an
            error. A function is asked with the playbook that was read.
        shown_as: the folder's name in problems.
        checks: further rules about the whole playbook, from rooms that this one may not know (scripts that cannot be
            filled, say).
        is_checked: False where the playbook alone is wanted: no rule about the whole is asked, nor are the pages.
        cache: kept by a caller that loads again and again.
        progress: called with (files read, files in all).
    """
    files, problems = find_files(content, KINDS, shown_as=shown_as)
    pages: tuple[str, ...] = ()
    if is_checked:
        pages, more = find_pages(content, shown_as=shown_as)
        checks = (*checks, lambda _playbook, _day: more)
    return load_files(
        files,
        today,
        pages=pages,
        problems=problems,
        checks=checks,
        is_checked=is_checked,
        cache=cache,
        progress=progress,
    )


def load_files(
    files: Iterable[SourceFile],
    today: Today,
    *,
    pages: Iterable[str] = (),
    problems: Iterable[Problem] = (),
    checks: Iterable[Check] = (),
    is_checked: bool = True,
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """The playbook in these files, wherever their bytes came from (see `load`).

    `problems` are those of finding the files, `pages` the paths of the hand-written pages, as problems print them.
    """
    with _no_collection():
        loaded, broken = _read_all(tuple(files), today, list(problems), cache, progress)
        return _checked(loaded, broken, pages, checks) if is_checked else loaded


def _read_all(
    known: tuple[SourceFile, ...],
    today: Today,
    gathered: list[Problem],
    cache: Cache | None,
    progress: Callable[[int, int], None] | None,
) -> tuple[Loaded, list[Key]]:
    """What the files say, unchecked; and which records are there but could not be read."""
    has_left_out = any(problem.severity is Severity.ERROR for problem in gathered)
    entries: list[Entry[Record]] = []
    broken = [key for problem in gathered if (key := _key_of(problem.place.path)) is not None]
    me: Entry[Me] | None = None
    for number, file in enumerate(known, 1):
        read = _read(file, cache)
        gathered += read.problems
        if read.record is None:
            has_left_out = True
            broken.append((file.kind, file.id))
        elif isinstance(read.record, Me):
            me = Entry("me", "me", read.record, read.document)
        else:
            entries.append(Entry(file.kind, file.id, read.record, read.document))
        if progress is not None:
            progress(number, len(known))
    if cache is not None:
        paths = {file.path for file in known}
        cache.read = {path: held for path, held in cache.read.items() if path in paths}
    linked = link(me or Entry("me", "me", Me()), entries, broken)
    gathered += linked.problems
    day = today(linked.playbook) if callable(today) else today
    problems = in_reading_order(gathered)
    return Loaded(linked.playbook, problems, linked.names, day, has_left_out, is_checked=False), broken


def _checked(loaded: Loaded, broken: Collection[Key], pages: Iterable[str], checks: Iterable[Check]) -> Loaded:
    """The same with what is wrong with the playbook as a whole."""
    # Whoever wants the playbook alone need not wait for the rules.
    from playbook.checks import check_playbook  # noqa: PLC0415
    from playbook.checks.pages import check_pages  # noqa: PLC0415

    gathered = [*loaded.problems]
    gathered += check_playbook(loaded.playbook, loaded.today, me_is_broken=("me", "me") in broken)
    gathered += check_pages(loaded.playbook, pages)
    for check in checks:
        gathered += check(loaded.playbook, loaded.today)
    return replace(loaded, problems=in_reading_order(gathered), is_checked=True)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps the garbage collector away: reading only adds, and it would walk all that was read again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _key_of(path: str) -> Key | None:
    """(kind, id) of a file that is there but was not taken; what refers to it is no further mistake."""
    *_, folder, name = ("", *path.split("/"))
    identifier = name.removesuffix(".yml")
    if identifier == name or id_problem(identifier):
        return None
    return (folder, identifier) if folder in KINDS else ("me", "me") if name == ME else None


def _read(file: SourceFile, cache: Cache | None) -> Read:
    if cache is not None:
        held = cache.read.get(file.path)
        if held is not None and held[0] == file.content:
            return held[1]
    # Where nothing is read anew, neither YAML nor the rules of the records are asked.
    from playbook.records.reading import read_record  # noqa: PLC0415
    from playbook.source.reader import parse_document  # noqa: PLC0415

    model = Me if file.kind == "me" else KINDS[file.kind]
    document, problems = parse_document(file.path, file.content)
    record: Record | None = None
    if document is not None:
        record, more = read_record(document, model)
        # What follows from a line that YAML cut short or joined is no further mistake.
        told = {problem.place.line for problem in problems}
        problems = (*problems, *(problem for problem in more if problem.place.line not in told))
    read = Read(document, record, problems)
    if cache is not None:
        cache.read[file.path] = (file.content, read)
    return read
