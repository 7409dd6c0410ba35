"""Where a served page's gestures are carried out: read everything anew, plan, prove, write one file.

Refuses to know requests and pages. What a record's file is called is looked up among the files that are there; nothing
that a page says ever becomes a path.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from playbook.capture.own_day import read_own_day
from playbook.capture.words import read_words
from playbook.daywords import read_day, why_no_day
from playbook.gestures import Bench, Gesture, NotPossible
from playbook.gestures.carrying import Done, NotWritten, carry_out, take_back
from playbook.gestures.follow_ups import follow_up
from playbook.gestures.items import Found, add_item, tick, untick
from playbook.gestures.people import Pledge, Talk, keep, thank, touch
from playbook.gestures.preparing import NotPrepared, prepare
from playbook.graph import Entry, Playbook
from playbook.load import Cache, Loaded, load_files
from playbook.owed import owed_thanks, unthanked_lines
from playbook.problems import Problem, shorten
from playbook.records import KINDS, Event, Item, Journal, Person, Record
from playbook.records.choices import LogKind
from playbook.serving.orders import Order, Refused
from playbook.source.files import ME, SourceFile, find_files
from playbook.source.tree import DiskTree, Node

STALE, GONE = "stale", "gone"
ALONE = frozenset(("tick", "untick", "keep", "follow-up", "add"))
"""What depends on no other record, and can make nothing wrong in one: of a thousand files one is read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a gesture."""

    said: str
    files: tuple[str, ...]
    """As problems print them; empty where everything was written already."""
    token: str = ""
    """Takes it back; empty where that cannot be done."""
    digests: dict[str, str] = field(default_factory=dict)
    """Record → SHA-256 of its file now."""
    day: dt.date | None = None
    """The day that was written."""


@dataclass
class Desk:
    """A playbook's folder, as the pages of its served site change it, one gesture after another."""

    root: Path
    name: str
    """The content folder's, as problems print it."""
    today: Callable[[Playbook], dt.date]
    cache: Cache = field(default_factory=Cache)

    @property
    def content(self) -> Path:
        """The folder of the YAML files."""
        return self.root / self.name

    def do(self, order: Order) -> Answer:
        """Carry out one gesture on a record.

        Raises:
            Refused: where it cannot be done; the files are as they were.
        """
        is_alone = order.gesture in ALONE
        tree = _Alone(self.content, order.key) if is_alone else DiskTree(self.content)
        files, found = find_files(tree, KINDS, shown_as=self.name)
        # What was read a moment ago is read again only where it would change.
        read = partial(self._load, found=found, cache=Cache() if is_alone else self.cache)
        loaded = read(files)
        bench = Bench(loaded.playbook, loaded.today or dt.date.min)
        entry = _entry(order, files, bench)
        try:
            gesture = _planned(order, bench, entry)
            if gesture.is_empty:
                return Answer(f"{gesture.said}: that is written already", (), day=loaded.today)
            prepared = prepare(gesture.files, files, self.name, read)
            done = carry_out(self.root, self.content, prepared, gesture.said)
        except (NotPossible, NotPrepared) as error:
            raise Refused(str(error), 422, "not-possible") from None
        except NotWritten as error:
            raise Refused(str(error), 409, "not-written") from None
        written = zip(gesture.files, prepared, strict=True)
        digests = {f"{change.kind}/{change.id}": _digest(one.content) for change, one in written}
        return Answer(done.said, done.files, done.token, digests, loaded.today)

    def undo(self, token: str) -> Answer:
        """Take a gesture back.

        Raises:
            Refused: where that cannot be done any more.
        """
        if not token:
            raise Refused("there is nothing to take back")
        try:
            back: Done = take_back(self.root, self.content, token)
        except NotWritten as error:
            raise Refused(str(error), 409, "not-written") from None
        files, _ = find_files(self.content, KINDS, shown_as=self.name)
        digests = {f"{one.kind}/{one.id}": _digest(one.content) for one in files if one.path in back.files}
        note = f"; it was committed ({', '.join(back.commits)}), which stays: commit this too" if back.commits else ""
        return Answer(f"Taken back: {back.said}{note}", back.files, "", digests)

    def errors(self) -> tuple[str, ...]:
        """What is so wrong in the files that they should not be committed, one line each."""
        files, found = find_files(self.content, KINDS, shown_as=self.name)
        problems = self._load(files, found=found, cache=self.cache).problems
        return tuple(str(problem) for problem in problems if problem.severity.fails)

    def _load(self, files: Sequence[SourceFile], *, found: Sequence[Problem], cache: Cache) -> Loaded:
        return load_files(files, self.today, problems=found, cache=cache)


@dataclass(frozen=True)
class _Alone(DiskTree):
    """The playbook of one record and its author."""

    key: tuple[str, str]

    def entries(self, path: str) -> Sequence[Node]:
        """What lies in a folder, but for all other records."""
        kind, identifier = self.key
        wanted = (f"{identifier}.yml",) if path else (ME, kind)
        return [node for node in super().entries(path) if node.name in wanted]


def _entry(order: Order, files: Sequence[SourceFile], bench: Bench) -> Entry[Record]:
    """The record that is meant, whose file is what the page was made from."""
    file = next((one for one in files if (one.kind, one.id) == order.key), None)
    if file is None:
        raise Refused(f"there is no '{shorten(order.record, 60)}' any more", 404, GONE)
    entry = bench.playbook.find(order.key)
    if entry is None:
        raise Refused(f"{file.path} cannot be read as it is now; the page says why", 409, STALE)
    if _digest(file.content) != order.digest:
        if order.text and not _is_there(order, entry, bench):
            where = "does not wait" if order.gesture == "thank" else f"is not in {file.path}"
            raise Refused(f"'{shorten(order.text, 60)}' {where} any more; nothing was written", 409, GONE)
        raise Refused(f"{file.path} was changed since this page was made; nothing was written", 409, STALE)
    return entry


def _planned(order: Order, bench: Bench, entry: Entry[Record]) -> Gesture:
    if order.gesture == "add":
        if not order.what:
            raise Refused("write what is to be done", 422, "not-possible")
        relative = order.due if order.due[:2].upper() in ("T-", "T+") else ""
        return add_item(bench, entry.key, " ".join(order.what.split()), due=relative or _due(order.due, bench.on))
    if order.gesture in ("touch", "keep"):
        if not isinstance(entry.record, Person):
            raise Refused(f"'{entry.title}' is nobody", 422, "not-possible")
        return keep(bench, entry.id, order.index) if order.gesture == "keep" else _touched(order, bench, entry)
    if order.gesture == "follow-up":
        if not isinstance(entry.record, Event):
            raise Refused(f"'{entry.title}' is no event", 422, "not-possible")
        return follow_up(bench, entry.id, order.index)
    if order.gesture == "thank":
        if order.index not in _owed(order, bench, entry):
            raise Refused(f"'{shorten(order.text, 60)}' does not wait any more; nothing was written", 409, GONE)
        return thank(bench, order.person)
    items: tuple[Item, ...] = getattr(entry.record, "checklist", ())
    if order.index >= len(items):
        raise Refused(f"'{shorten(order.text, 60)}' is not there any more", 409, GONE)
    found = Found(entry, order.index, items[order.index])
    return tick(bench, found) if order.gesture == "tick" else untick(found)


def _touched(order: Order, bench: Bench, entry: Entry[Record]) -> Gesture:
    if order.kind and order.kind not in set(LogKind):
        raise Refused("say what it was: met, wrote, called …", 422, "not-possible")
    if order.due and not order.promise:
        raise Refused("a day without a promise: write what you promised", 422, "not-possible")
    on = _day(order.day, bench.on, ahead=False) or bench.on
    if on > bench.on:
        raise Refused(f"{on} lies ahead; write down what has been", 422, "not-possible")
    pledges = (Pledge(order.promise, due=_due(order.due, bench.on)),) if order.promise else ()
    what, on = (order.what, on) if order.kind else _on_its_day(order.what, on, bench.on)
    talk = Talk(what, LogKind(order.kind)) if order.kind else _as_said(what, bench.on)
    talk = replace(talk, promises=(*talk.promises, *pledges))
    return touch(Bench(bench.playbook, on, bench.taken), entry.id, talk)


def _on_its_day(what: str, on: dt.date, today: dt.date) -> tuple[str, dt.date]:
    """(the words, the day that the first line of them says it was); a page says today where nobody chose another."""
    first, end, rest = what.partition("\n")
    own = read_own_day(first, today)
    if own is None or (own.day is None and on != today):
        return what, on
    if own.day is None:
        raise Refused(f"{own.doubt}; write the day below 'When', and the words without it", 422, "not-possible")
    if on not in (today, own.day):
        raise Refused(f"it was on {on}, and '{own.words}' is {own.day}; write one of the two", 422, "not-possible")
    return f"{own.before}{end}{rest}", own.day


def _as_said(what: str, today: dt.date) -> Talk:
    """What passed, as `playbook touch` reads it from the first line; what stands below it are words."""
    first, _, rest = what.partition("\n")
    told = read_words(first, today)
    if told.doubts:
        raise Refused(
            f"{'; '.join(told.doubts)}; or choose what it was, and it is taken word for word", 422, "not-possible"
        )
    promises = (*told.promises, *told.own_to_do)
    return Talk("\n".join(text for text in (told.what, rest) if text), told.kind, promises=promises)


def _due(said: str, today: dt.date) -> dt.date | None:
    return _day(said, today, ahead=True)


def _day(said: str, today: dt.date, *, ahead: bool) -> dt.date | None:
    if not said:
        return None
    day = read_day(said, today, ahead=ahead)
    if day is None:
        raise Refused(why_no_day(said, today, ahead=ahead), 422, "not-possible")
    return day


def _owed(order: Order, bench: Bench, entry: Entry[Record]) -> tuple[int, ...]:
    """Where in a year of the journal, or in somebody's own log, it says what the person is still to be thanked for."""
    if isinstance(entry.record, Journal):
        lines = enumerate(entry.record.entries)
        return tuple(index for index, line in lines if order.person in owed_thanks(bench.playbook, line, bench.on))
    known = bench.playbook.people.get(order.person)
    return unthanked_lines(known, bench.on) if known is not None and known.key == entry.key else ()


def _is_there(order: Order, entry: Entry[Record], bench: Bench) -> bool:
    """Whether the item, or the promise, that a page shows is still in the record."""
    record = entry.record
    if order.gesture == "thank":
        return bool(_owed(order, bench, entry))
    if order.gesture == "keep":
        known = [one.what for one in record.promises] if isinstance(record, Person) else []
    elif order.gesture == "follow-up":
        outcomes = record.outcomes if isinstance(record, Event) else None
        known = [one.what for one in outcomes.follow_ups] if outcomes else []
    else:
        known = [item.task for item in getattr(record, "checklist", ())]
    return _plain(order.text) in map(_plain, known)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
