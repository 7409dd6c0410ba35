"""What passes between you and somebody: a touch, a promise, that it was kept, thanks, a gift."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from playbook.gestures.bench import Bench, Gesture, NotPossible, filled, iso
from playbook.gestures.meant import Spoken, meant
from playbook.gestures.order import place_in_log
from playbook.gestures.plans import FileChange, merged
from playbook.graph import Entry, Playbook
from playbook.names import plain
from playbook.owed import owed_thanks
from playbook.problems import shorten
from playbook.records import Person, Promise
from playbook.records.choices import By, LogKind
from playbook.source.document import Tree
from playbook.source.edit import Add, Change, Put
from playbook.source.files import id_problem, slug


@dataclass(frozen=True, slots=True)
class Pledge:
    """Something that one of you said they would do."""

    what: str
    by: By = By.ME
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What passed, as a log has it."""

    what: str = ""
    kind: LogKind = LogKind.MET
    channel: str = ""
    event: str = ""
    goal: str = ""
    with_: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    promises: tuple[Pledge, ...] = ()


def kind_and_words(kind: LogKind, what: str, mark: str = ": ") -> str:
    """`met: Wants the paper`; the kind once, where the words begin with it: `asked about rehearsals`."""
    if re.match(rf"{kind}\b", what, re.IGNORECASE):
        return f"{kind}{what[len(kind) :]}"
    return f"{kind}{mark}{what}" if what else str(kind)


def touch(bench: Bench, person: str, talk: Talk) -> Gesture:
    """Log what passed between you and somebody, with what was promised.

    An entry that says the same on the same day is not written twice; a promise that is open gets another day, where
    one is said. Words that begin with `told` are written into the goal they are for, too: who was there knows of it.
    """
    record = bench.playbook.people[person].record
    line = _log_entry(bench, talk)
    is_there = any(
        (seen.date, seen.kind, seen.what, seen.event or "") == (bench.on, talk.kind, talk.what, talk.event)
        for seen in record.log
    )
    changes: list[Change] = []
    said = []
    for pledge in talk.promises:
        same = _open_ones(record, pledge)
        change = _promised(pledge, same)
        if change is not None:
            changes.append(change)
            said.append(_promise_line(pledge, same))
    text = f"{bench.on.isoformat()}, {kind_and_words(talk.kind, shorten(talk.what))}"
    if not is_there:
        changes.append(Add(("log",), line, index=place_in_log(record, bench.on, bench.playbook)))
        said.append(f"log {text}")
    own = (FileChange("people", person, tuple(changes), tuple(said)),) if changes else ()
    files = (*own, *_told(bench, (person, *talk.with_), talk))
    everybody = [record.name, *(bench.playbook.people[one].record.name for one in talk.with_ if one != person)]
    names = " and ".join((", ".join(everybody[:-1]), everybody[-1]) if everybody[1:] else everybody)
    return Gesture(files, f"{names}: {text}", (f"{person}: {text}",) if is_there else ())


def _told(bench: Bench, people: Sequence[str], talk: Talk) -> tuple[FileChange, ...]:
    """What says of a goal whom it was told to; nothing where it was not, or it says so already."""
    goal = bench.playbook.goals.get(talk.goal)
    if goal is None or not re.match(r"told\b", talk.what, re.IGNORECASE):
        return ()
    known = {told.person for told in goal.record.told}
    new = [one for one in dict.fromkeys(people) if one not in known]
    changes = tuple(Add(("told",), filled(person=one, date=iso(bench.on))) for one in new)
    said = tuple(f"told: {bench.playbook.people[one].title}" for one in new)
    return (FileChange("goals", goal.id, changes, said),) if new else ()


def meet(
    bench: Bench, name: str, talk: Talk, *, organization: str = "", title: str = "", relation: str = "connection",
    identifier: str = "",
) -> Gesture:  # fmt: skip
    """A file for somebody new, with how you met.

    `organization` is the id of one that is known, else its name; the id is made from the name unless one is given.

    Raises:
        NotPossible: where no file name can be made from the name, or the id can be none or is taken.
    """
    taken = {*bench.playbook.people, *(one for kind, one in bench.taken if kind == "people")}
    made = identifier or free_id(slug(name), taken)
    if not made:
        raise NotPossible(f"no file name can be made from '{shorten(name, 40)}'; choose one with --id")
    if reason := id_problem(made):
        better = f": --id {slug(made)}" if slug(made) else ""
        raise NotPossible(f"the id '{shorten(made, 40)}' {reason}; choose another{better}")
    if made in taken:
        raise NotPossible(f"the id '{made}' is taken; choose another with --id")
    met = filled(date=iso(bench.on), event=talk.event)
    tree: dict[str, Tree] = {"name": name, "relations": [relation]}
    if organization:
        tree["positions"] = [filled(organization=organization, title=title)]
    tree["met"] = met
    if talk.promises:
        tree["promises"] = [_promise(one) for one in talk.promises]
    tree["log"] = [_log_entry(bench, talk)]
    where = f" at {bench.playbook.events[talk.event].title}" if talk.event in bench.playbook.events else ""
    what = f": {shorten(talk.what)}" if talk.what else ""
    job = " at ".join(words for words in (title, organization) if words)
    said = f"{name}{', ' + job if job else ''}: {iso(bench.on)}, {talk.kind}{where}{what}"
    promised = tuple(_promise_line(one) for one in talk.promises)
    return Gesture((FileChange("people", made, (), (said, *promised), tree),), f"New: {said}")


def free_id(made: str, taken: Collection[str]) -> str:
    """The id, or where it is somebody else's, with the first number that is free."""
    number, found = 2, made
    while made and found in taken:
        found, number = f"{made}-{number}", number + 1
    return found


def promise(bench: Bench, person: str, pledge: Pledge) -> Gesture:
    """Write down what one of you will do; of what is open already, by when, where that is another day."""
    record = bench.playbook.people[person].record
    who = "they promised" if pledge.by is By.THEM else "you promised"
    same = _open_ones(record, pledge)
    said = f"{record.name}: {who}: {_with_day(pledge, same)}"
    change = _promised(pledge, same)
    if change is None:
        return Gesture((), said, (said,))
    return Gesture((FileChange("people", person, (change,), (said,)),), said)


def keep(bench: Bench, person: str, index: int) -> Gesture:
    """A promise was kept.

    Raises:
        NotPossible: where there is none at `index`, or it was kept before.
    """
    record = bench.playbook.people[person].record
    if not 0 <= index < len(record.promises):
        raise NotPossible(f"{record.name} has no such promise any more")
    known = record.promises[index]
    if known.kept is not None:
        raise NotPossible(f"'{shorten(known.what, 60)}' was kept already")
    said = f"Kept: {known.what} ({'by' if known.by is By.THEM else 'to'} {record.name})"
    change = Put(("promises", index, "kept"), iso(bench.on), "what")
    return Gesture((FileChange("people", person, (change,), (said,)),), said)


def open_promises(playbook: Playbook, words: str) -> list[tuple[Entry[Person], int, Promise]]:
    """The promises, with the place of each, that are meant by words of them or of whom they concern: `Ada: slides`."""
    waiting = [
        (entry, index, one)
        for _, entry in sorted(playbook.people.items())
        for index, one in enumerate(entry.record.promises)
        if one.kept is None
    ]
    return meant(words, waiting, lambda found: Spoken((found[2].what,), f"{found[0].record.name} {found[0].id}"))


def give(bench: Bench, person: str, what: str, *, channel: str = "") -> Gesture:
    """Log something given; an offer of these words counts as taken up."""
    record = bench.playbook.people[person].record
    logged = touch(bench, person, Talk(what, LogKind.GAVE, channel))
    for index, offer in enumerate(record.offers):
        if offer.given is None and offer.what.casefold() == what.casefold():
            change = Put(("offers", index, "given"), iso(bench.on), "what")
            more = FileChange("people", person, (change,), (f"offer taken up: {offer.what}",))
            files = logged.files or (FileChange("people", person, (), ()),)
            [one] = files
            joined = FileChange("people", person, one.changes + more.changes, one.said + more.said)
            return Gesture((joined,), logged.said, logged.already)
    return logged


def thank(bench: Bench, person: str, what: str = "", *, channel: str = "") -> Gesture:
    """Log thanks; achievements and praise that waited for them name the person as thanked."""
    logged = touch(bench, person, Talk(what, LogKind.THANKED, channel))
    files = list(logged.files)
    for line in bench.playbook.journal_lines():
        if person in owed_thanks(bench.playbook, line.record, bench.on):
            change = Add((line.index, "thanked"), person, "title")
            files.append(FileChange("journal", line.entry.id, (change,), (f"thanked for: {line.record.title}",)))
    return Gesture(merged(files), logged.said, logged.already)


def _log_entry(bench: Bench, talk: Talk) -> Tree:
    return filled(
        date=iso(bench.on),
        channel=talk.channel,
        kind=str(talk.kind),
        what=talk.what,
        event=talk.event,
        goal=talk.goal,
        with_=list(talk.with_),
        about=list(talk.about),
    )


def _promise(pledge: Pledge) -> Tree:
    return filled(what=pledge.what, by="them" if pledge.by is By.THEM else "", due=iso(pledge.due))


def _promised(pledge: Pledge, same: _Open) -> Change | None:
    """What writes a promise: a new one, or another day for the one that is open; None where all of it stands there."""
    if any(pledge.due in (None, known.due) for _, known in same):
        return None
    if len(same) == 1:
        return Put(("promises", same[0][0], "due"), iso(pledge.due), "what")
    return Add(("promises",), _promise(pledge))


def _promise_line(pledge: Pledge, same: _Open = ()) -> str:
    """What a change of a file says of a promise: `promise of theirs: Slides, by 2026-12-04`."""
    return f"promise{' of theirs' if pledge.by is By.THEM else ''}: {_with_day(pledge, same)}"


def _with_day(pledge: Pledge, same: _Open) -> str:
    """A promise and its day, with the day that this one takes the place of: `Slides, by 2026-12-04`."""
    if pledge.due is None:
        known = same[0][1].due if len(same) == 1 else None
        return pledge.what + (f", by {iso(known)}" if known else "")
    was = ""
    if len(same) == 1 and same[0][1].due != pledge.due:
        was = f" (it was {iso(same[0][1].due)})" if same[0][1].due else " (it had no day)"
    return f"{pledge.what}, by {iso(pledge.due)}{was}"


_Open = Sequence[tuple[int, Promise]]
"""Open promises that say the same as a new one, with their places."""


def _open_ones(person: Person, pledge: Pledge) -> _Open:
    """Where the same is promised already by the same one of you, and not kept."""
    said = (plain(pledge.what), pledge.by)
    return [
        (index, one)
        for index, one in enumerate(person.promises)
        if one.kept is None and (plain(one.what), one.by) == said
    ]
