"""Timelines by hand, from lines such as `2026-11-01 goals/staff.yml created Draft it`; and drawn ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from textwrap import dedent

from hypothesis import strategies as st

from playbook.history.checklists import State
from playbook.history.timeline import Change, Event, ItemLife, Step, Timeline, Whole

STAFF, TALK, WRITE = "goals/staff.yml", "goals/talk.yml", "goals/write.yml"


def timeline_of(text: str, *, is_complete: bool = True) -> Timeline:
    """The timeline that the lines of a text tell.

    A line is a day, a file, a change and the text of the item, which is known by it in that file; behind `->` stands the
    new text of `reworded`, or the file that it `moved` to or is `restored` in. Lines of one day are one step, unless a blank line parts
    them. A day with a `*` is the working tree. `id:` before a text that is `created` gives it an id.
    """
    history = History(is_complete)
    last = ""
    for line in dedent(text).strip().splitlines():
        day, *rest = line.split(maxsplit=3) or ("",)
        if not day:
            last = ""
            continue
        if day != last:
            history.take_step(dt.date.fromisoformat(day.rstrip("*")), is_working_tree=day.endswith("*"))
            last = day
        path, kind, words = rest
        what, _, new = words.partition(" -> ")
        change = Change(kind)
        if change is Change.CREATED:
            identifier, colon, plain = what.partition(": ")
            history.create(path, plain if colon else what, identifier if colon else "")
        else:
            history.change(history.find(path, what), change, new)
    return history.timeline()


@dataclass
class Item:
    uid: int
    path: str
    text: str
    created: int
    id: str = ""
    is_live: bool = True
    state: State = State.OPEN
    done: int | None = None
    events: list[int] = field(default_factory=list)

    @property
    def possible(self) -> list[Change]:
        """What can happen to it next."""
        if not self.is_live:
            return [Change.RESTORED]
        by_state = {
            State.OPEN: [Change.DONE, Change.SKIPPED],
            State.DONE: [Change.UNDONE],
            State.SKIPPED: [Change.UNSKIPPED],
        }
        return [*by_state[self.state], Change.REWORDED, Change.MOVED, Change.DROPPED]


class History:
    """A history while it is told."""

    def __init__(self, is_complete: bool = True) -> None:
        self.is_complete = is_complete
        self.steps: list[Step] = []
        self.events: list[Event] = []
        self.items: list[Item] = []

    def take_step(self, day: dt.date, *, is_working_tree: bool = False) -> None:
        index = len(self.steps)
        commit = "" if is_working_tree else f"{index + 1:040x}"
        time = dt.datetime.combine(day, dt.time(12), dt.UTC)
        self.steps.append(
            Step(index, commit, time, day, f"Edit {index}", is_working_tree, not self.is_complete and not index)
        )

    def create(self, path: str, text: str, identifier: str = "") -> None:
        item = Item(len(self.items), path, text, len(self.steps) - 1, identifier)
        self.items.append(item)
        self._tell(item, Change.CREATED)

    def find(self, path: str, text: str) -> Item:
        (item,) = [item for item in self.items if (item.path, item.text) == (path, text)]
        return item

    def change(self, item: Item, kind: Change, new: str = "") -> None:
        assert kind in item.possible, f"{item.text} cannot be {kind}"
        before = ""
        if kind is Change.REWORDED:
            item.text, before = new, item.text
        elif kind is Change.MOVED:
            item.path, before = new, item.path
        elif kind in (Change.DROPPED, Change.RESTORED):
            item.is_live = kind is Change.RESTORED
            item.path = new or item.path
        else:
            item.state = {Change.DONE: State.DONE, Change.SKIPPED: State.SKIPPED}.get(kind, State.OPEN)
            item.done = len(self.steps) - 1 if kind is Change.DONE else None
        self._tell(item, kind, before)

    def _tell(self, item: Item, kind: Change, before: str = "") -> None:
        item.events.append(len(self.events))
        place = self._place(item)
        self.events.append(Event(len(self.steps) - 1, kind, item.uid, item.path, place, item.text, before, item.id))

    def _place(self, item: Item) -> int:
        """Items stand in the order in which they came."""
        return sum(other.is_live and other.path == item.path for other in self.items[: item.uid])

    def timeline(self) -> Timeline:
        lives = tuple(
            ItemLife(
                item.uid,
                item.id,
                item.text,
                item.path,
                self._place(item) if item.is_live else -1,
                item.state,
                item.is_live,
                item.created,
                item.done,
                "",
                tuple(item.events),
            )
            for item in self.items
        )
        whole = Whole(tuple(self.steps), tuple(self.events), lives, ())
        return Timeline(lambda: whole, is_complete=self.is_complete)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Any history of a few items in three files: everything that can happen to an item does."""
    history = History(draw(st.booleans()))
    day = dt.date(2026, 1, 1)
    for _ in range(draw(st.integers(0, 12))):
        day += dt.timedelta(days=draw(st.sampled_from((0, 0, 1, 3, 8))))
        history.take_step(day)
        for _ in range(draw(st.integers(1, 4))):
            which = draw(st.integers(0, len(history.items)))
            if which == len(history.items):
                history.create(draw(st.sampled_from((STAFF, TALK, WRITE))), f"Item {which}")
                continue
            item = history.items[which]
            kind = draw(st.sampled_from(item.possible))
            new = ""
            if kind is Change.REWORDED:
                new = f"{item.text.removesuffix('!')}{'' if item.text.endswith('!') else '!'}"
            elif kind is Change.MOVED:
                new = draw(st.sampled_from([path for path in (STAFF, TALK, WRITE) if path != item.path]))
            elif kind is Change.RESTORED:
                new = draw(st.sampled_from((STAFF, TALK, WRITE)))
            history.change(item, kind, new)
    return history.timeline()
