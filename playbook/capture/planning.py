"""What understood lines change, file by file; what stands there already is not written twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from playbook.capture.meanings import AboutEvent, AboutItem, AboutPerson, Desk, Newcomer, Understood
from playbook.capture.words import ToDo, Told, long_day
from playbook.gestures.order import place_in_log
from playbook.gestures.people import Pledge, kind_and_words
from playbook.gestures.plans import FileChange
from playbook.names import plain
from playbook.problems import shorten
from playbook.records import Person
from playbook.records.choices import By, EventStatus, LogKind
from playbook.source.document import Tree
from playbook.source.edit import Add, Change, Put


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that shall be written."""

    files: tuple[FileChange, ...]
    """New people first, then people by id, then the event."""
    already: tuple[str, ...]
    """What the lines say and the files hold already, in words."""
    met: tuple[str, ...]
    """Ids of everybody you were in touch with, in the order of the lines."""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.files


def plan(lines: Iterable[Understood], desk: Desk) -> Plan:
    """What the lines change; lines that were not understood change nothing."""
    meanings = [line.meaning for line in lines if line.meaning is not None]
    people: dict[str, _PersonFile] = {}
    event = _EventFile(desk)
    for meaning in meanings:
        if isinstance(meaning, AboutPerson):
            known = desk.playbook.people.get(meaning.person)
            file = people.setdefault(meaning.person, _PersonFile(desk, meaning.person, known.record if known else None))
            file.take(meaning.told, meaning.newcomer)
            event.take_file_of(meaning.person, meaning.name)
            for to_do in meaning.told.to_do:
                event.take_to_do(to_do, meaning.person, meaning.name)
        elif isinstance(meaning, AboutItem):
            event.take_item(meaning)
        elif isinstance(meaning, AboutEvent):
            if meaning.learned:
                event.take_learned(meaning.learned)
            if meaning.to_do is not None:
                event.take_to_do(meaning.to_do, "", "")
    if any(file.was_touched for file in people.values()):
        event.attend()
    files = [found for _, file in sorted(people.items()) if (found := file.change()) is not None]
    own = event.change()
    return Plan(
        files=(*(file for file in files if file.is_new), *(file for file in files if not file.is_new), *own),
        already=(*(text for _, file in sorted(people.items()) for text in file.already), *event.already),
        met=tuple(identifier for identifier, file in people.items() if file.was_touched),
        notes=tuple(event.notes),
    )


class _PersonFile:
    """Gathers what is added to one person; what is there counts, and what was added just now."""

    def __init__(self, desk: Desk, identifier: str, record: Person | None) -> None:
        self.desk, self.id, self.record = desk, identifier, record
        self.newcomer: Newcomer | None = None
        self.logged = {(line.date, str(line.kind), line.event, line.what) for line in (record.log if record else ())}
        promises = record.promises if record else ()
        self.promised = {(one.what, one.by, one.due) for one in promises}
        self.open = {(one.what, one.by) for one in promises if one.kept is None}
        self.log: list[Tree] = []
        self.promises: list[Tree] = []
        self.said: list[str] = []
        self.already: list[str] = []
        self.was_touched = False

    def take(self, told: Told, newcomer: Newcomer | None) -> None:
        """Add what one line tells."""
        self.newcomer = self.newcomer or newcomer
        self.was_touched = self.was_touched or told.kind.is_touch
        is_new = self._log(told)
        for promise in told.promises:
            self._promise(promise, is_new=is_new)

    def _log(self, told: Told) -> bool:
        on, event, kind = self.desk.on, self.desk.event.id, str(told.kind)
        here = (on, kind, event, told.what)
        text = f"log {on.isoformat()}, {kind_and_words(told.kind, told.what)}"
        # A line with nothing but a promise tells of no second meeting.
        if here in self.logged or (not told.what and any(one[:3] == here[:3] for one in self.logged)):
            if told.what or not told.promises:
                self.already.append(f"{self.id}: {text}")
            return False
        self.logged.add(here)
        channel = "" if told.kind in (LogKind.WROTE, LogKind.CALLED, LogKind.NOTE) else "in-person"
        self.log.append(_filled(date=on.isoformat(), channel=channel, kind=kind, what=told.what, event=event))
        self.said.append(text)
        return True

    def _promise(self, promise: Pledge, *, is_new: bool) -> None:
        here = (promise.what, promise.by, promise.due)
        who = "they promised" if promise.by is By.THEM else "I promised"
        text = f"{who}: {promise.what}{_by_day(promise.due)}"
        # `by friday` of a line that was captured last week is another day now.
        if here in self.promised or (not is_new and here[:2] in self.open):
            self.already.append(f"{self.id}: {text}")
            return
        self.promised.add(here)
        self.promises.append(
            _filled(what=promise.what, by="them" if promise.by is By.THEM else "", due=_iso(promise.due))
        )
        self.said.append(text)

    def change(self) -> FileChange | None:
        """What is written, or None where nothing is."""
        if self.newcomer is not None:
            return self._file(self.newcomer)
        if not self.said or self.record is None:
            return None
        place = place_in_log(self.record, self.desk.on, self.desk.playbook)
        changes = (
            *(Add(("promises",), promise) for promise in self.promises),
            *(Add(("log",), line, index=place) for line in self.log),
        )
        return FileChange("people", self.id, changes, tuple(self.said))

    def _file(self, newcomer: Newcomer) -> FileChange:
        met: Tree = {"date": self.desk.on.isoformat(), "event": self.desk.event.id}
        tree: dict[str, Tree] = {"name": newcomer.name, "relations": ["connection"]}
        if newcomer.organization:
            tree["positions"] = [_filled(organization=newcomer.organization, title=newcomer.title)]
        tree["met"] = met
        if self.promises:
            tree["promises"] = self.promises
        tree["log"] = self.log
        who = f"name {newcomer.name}{', ' + newcomer.job if newcomer.job else ''}"
        return FileChange("people", self.id, (), (who, *self.said), tree)


class _EventFile:
    """Gathers what is added to the event."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.record = desk, desk.event.record
        outcomes = self.record.outcomes
        self.learned = set(outcomes.learned) if outcomes else set()
        self.to_do = {(one.what, one.person or "") for one in outcomes.follow_ups} if outcomes else set()
        self.ticked = {
            index: (item.done.on if item.done else None, item.skipped)
            for index, item in enumerate(self.record.checklist)
            if not item.is_open
        }
        self.linked = {meet.person for meet in self.record.meet if meet.person}
        self.changes: list[tuple[Change, str]] = []
        self.already: list[str] = []
        self.notes: list[str] = []

    def take_file_of(self, person: str, name: str) -> None:
        """Whom the event names without a file has one: it is linked. The name stays, for the code on paper is of it."""
        if person in self.linked:
            return
        for index, meet in enumerate(self.record.meet):
            if not meet.person and plain(meet.name) == plain(name):
                self.linked.add(person)
                self.changes.append((Put(("meet", index, "person"), person, "name"), f"to meet: {name} is {person}"))
                return

    def take_learned(self, text: str) -> None:
        """Add what was learned."""
        self._add(("outcomes", "learned"), text, f"learned: {text}", is_there=text in self.learned)
        self.learned.add(text)

    def take_to_do(self, to_do: ToDo, person: str, name: str) -> None:
        """Add something to do, for a person or for nobody."""
        here = (to_do.what, person)
        text = f"follow up{' with ' + name if name else ''}: {to_do.what}{_by_day(to_do.due)}"
        value = _filled(what=to_do.what, person=person, due=_iso(to_do.due))
        self._add(("outcomes", "follow_ups"), value, text, is_there=here in self.to_do)
        self.to_do.add(here)

    def take_item(self, item: AboutItem) -> None:
        """Tick an item, or leave it out."""
        path = ("checklist", item.index)
        task = shorten(item.task)
        text = f"{task}: {f'done {item.done}' if item.done else f'skipped, {item.skipped}'}"
        if item.index in self.ticked:
            day, why = self.ticked[item.index]
            there = f"skipped, {why}" if why else f"done {day}" if day else "done"
            self.already.append(f"{self.desk.event.id}: {task}: {there}")
            return
        self.ticked[item.index] = (item.done, item.skipped)
        change = (
            Put((*path, "done"), item.done.isoformat(), "task")
            if item.done
            else Put((*path, "skipped"), item.skipped, "task")
        )
        self.changes.append((change, text))

    def attend(self) -> None:
        """Somebody was met there: whoever planned to go, went."""
        status = self.record.status
        if self.desk.on < self.record.starts.day:
            return
        if status in (EventStatus.REGISTERED, EventStatus.CONSIDERING):
            change = Put(("status",), str(EventStatus.ATTENDED))
            self.changes.append((change, f"status: attended (it was {status})"))
        elif status is EventStatus.SKIPPED:
            self.notes.append(f"the status of {self.desk.event.id} stays 'skipped'")

    def change(self) -> tuple[FileChange, ...]:
        """What is written, if anything is."""
        # In the order of the format's fields, so that keys that are made stand so, too.
        ordered = sorted(self.changes, key=lambda pair: _ORDER.index(_field(pair[0])))
        changes, said = tuple(change for change, _ in ordered), tuple(text for _, text in ordered)
        return (FileChange("events", self.desk.event.id, changes, said),) if changes else ()

    def _add(self, path: tuple[str, ...], value: Tree, text: str, *, is_there: bool) -> None:
        if is_there:
            self.already.append(f"{self.desk.event.id}: {text}")
            return
        self.changes.append((Add(path, value), text))


_ORDER = ("status", "meet", "checklist", "learned", "follow_ups")


def _field(change: Change) -> str:
    return str(change.path[1] if change.path[0] == "outcomes" else change.path[0])


def _filled(**fields: str) -> Tree:
    """The fields that say something, in their order."""
    return {name: value for name, value in fields.items() if value}


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _by_day(day: dt.date | None) -> str:
    return f", by {long_day(day)}" if day else ""
