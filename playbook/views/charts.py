"""What the charts are drawn from: goals on quarters, people on rings, giving beside receiving, touches in time.

Knows nothing of SVG, pixels or colours, and reads no record: whoever builds these values has already selected them for
the audience. Pages are paths such as `people/ada-lovelace.md`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from playbook.records.choices import Status

MOST_QUARTERS = 10
QUARTERS_BEFORE_TODAY = 2
_LAST_QUARTER = dt.MAXYEAR * 4 + 3


class Attention(StrEnum):
    """Whether a relationship asks for a word from you."""

    NONE = "none"
    """Nothing is said about it: so to every reader but the author."""
    IN_RHYTHM = "in rhythm"
    DUE = "due"
    OVERDUE = "overdue"
    PAUSED = "paused or resting"
    UNCOUNTED = "no rhythm, or not begun"

    @property
    def is_waiting(self) -> bool:
        """Whether a word is wanted now."""
        return self in (Attention.DUE, Attention.OVERDUE)


# ---- roadmap


@dataclass(frozen=True, slots=True)
class MilestoneMark:
    """A point on the way: open, or done. `due` is None where nobody said by when (it is not drawn, only counted)."""

    title: str
    due: dt.date | None = None
    done: bool = False
    done_on: dt.date | None = None

    @property
    def day(self) -> dt.date | None:
        """Where on the time line it stands: the day it was reached, else the day it is due."""
        return self.done_on if self.done and self.done_on else self.due

    def is_waiting(self, today: dt.date) -> bool:
        """Whether it is open past its day."""
        return not self.done and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class GoalBar:
    """One goal on the roadmap. `depth` is 0 for a goal that stands alone or on top, 1 for a part of one, and so on."""

    id: str
    title: str
    page: str
    status: Status = Status.ACTIVE
    start: dt.date | None = None
    due: dt.date | None = None
    milestones: tuple[MilestoneMark, ...] = ()
    parent: str = ""
    depth: int = 0
    done: int = 0
    total: int = 0

    @property
    def first_day(self) -> dt.date | None:
        """The start, or the earliest day the goal mentions; None where it mentions none."""
        return self.start or min(self.days, default=None)

    @property
    def last_day(self) -> dt.date | None:
        """The day it is due, or the last day it mentions; None where it mentions none."""
        return self.due or max(self.days, default=None)

    @property
    def days(self) -> list[dt.date]:
        """Every day the goal mentions."""
        marks = [mark.day for mark in self.milestones]
        return [day for day in (self.start, self.due, *marks) if day is not None]

    def is_waiting(self, today: dt.date) -> bool:
        """Whether it is worked on past its day."""
        return self.status is Status.ACTIVE and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months: `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """The quarter that holds `day`."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def label(self) -> str:
        """`Q4 2026`."""
        return f"Q{self.number} {self.year}"

    @property
    def first_day(self) -> dt.date:
        """The day it begins."""
        return dt.date(self.year, self.number * 3 - 2, 1)

    def plus(self, count: int) -> Quarter:
        """The quarter so many later (or earlier); the calendar's own first and last at its ends."""
        index = min(max(self.year * 4 + self.number - 1 + count, 4), _LAST_QUARTER)
        return Quarter(index // 4, index % 4 + 1)


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """Goals over consecutive quarters, in reading order (each goal followed by its parts)."""

    today: dt.date
    quarters: tuple[Quarter, ...]
    goals: tuple[GoalBar, ...]

    def position(self, day: dt.date) -> float:
        """Where `day` lies, in quarters from the left edge; below 0 and above `len(quarters)` is out of the picture."""
        quarter = Quarter.of(day)
        first = self.quarters[0]
        whole = (quarter.year - first.year) * 4 + quarter.number - first.number
        next_quarter = quarter.plus(1)
        length = (next_quarter.first_day - quarter.first_day).days or 92
        return whole + (day - quarter.first_day).days / length


def plan_roadmap(goals: Iterable[GoalBar], today: dt.date) -> RoadmapView:
    """The roadmap of these goals: sorted, each followed by its parts, on a window of quarters around today.

    The window runs from two quarters before today's (or from the first day of all, where that is later) to the latest
    day any goal mentions, ten quarters at most and never without today. Goals are sorted by status (active, paused,
    done, dropped), due date (none last) and title; a goal whose parent is not among them stands alone.
    """
    planned = _with_parts(tuple(goals))
    now = Quarter.of(today)
    days = [
        day for goal in planned for day in (goal.first_day, goal.last_day, *(m.day for m in goal.milestones)) if day
    ]
    earliest = Quarter.of(min(days, default=today))
    latest = Quarter.of(max(days, default=today))
    first = min(max(earliest, now.plus(-QUARTERS_BEFORE_TODAY)), now)
    quarters = [first]
    while len(quarters) < MOST_QUARTERS and quarters[-1] < max(latest, now.plus(1)):
        quarters.append(quarters[-1].plus(1))
        if quarters[-1] == quarters[-2]:
            quarters.pop()
            break
    return RoadmapView(today, tuple(quarters), planned)


def _with_parts(goals: tuple[GoalBar, ...]) -> tuple[GoalBar, ...]:
    known = {goal.id for goal in goals}
    parts: dict[str, list[GoalBar]] = {}
    status = tuple(Status).index
    for goal in sorted(goals, key=lambda g: (status(g.status), g.due or dt.date.max, g.title.casefold(), g.id)):
        parts.setdefault(goal.parent if goal.parent in known else "", []).append(goal)
    ordered: dict[str, GoalBar] = {}
    # A stack, not recursion: parents may form a chain of hundreds, or a circle that only `check` complains about.
    for top in (*parts.get("", ()), *(goal for group in parts.values() for goal in group)):
        stack = [(top, 0)]
        while stack:
            goal, depth = stack.pop()
            if goal.id in ordered:
                continue
            ordered[goal.id] = replace(goal, depth=depth)
            stack += [(part, depth + 1) for part in reversed(parts.get(goal.id, ()))]
    return tuple(ordered.values())


# ---- network


@dataclass(frozen=True, slots=True)
class NetworkPerson:
    """Somebody on the map. `group` keeps people who belong together side by side: a relation, or an organization."""

    id: str
    name: str
    page: str = ""
    circle: str = ""
    group: str = ""
    attention: Attention = Attention.NONE
    short: str = ""

    @property
    def short_name(self) -> str:
        """What stands beside the dot: `short`, or the name where nothing shorter was given."""
        return self.short or self.name

    @property
    def initials(self) -> str:
        """The first letters of the first and the last word of the name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class Tie(StrEnum):
    """What joins two people on the map."""

    KNOWS = "knows"
    INTRODUCED = "introduced"


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """Two people (by id) and what joins them; an edge to somebody who is not on the map is not drawn."""

    one: str
    other: str
    tie: Tie = Tie.KNOWS


@dataclass(frozen=True, slots=True)
class NetworkView:
    """You in the middle, `circles` from the inside out; people in none of them stand outermost."""

    people: tuple[NetworkPerson, ...]
    circles: tuple[str, ...] = ("inner", "regular", "wide")
    edges: tuple[NetworkEdge, ...] = ()
    you: str = "you"

    @property
    def rings(self) -> tuple[tuple[str, tuple[NetworkPerson, ...]], ...]:
        """The circles that hold anybody, inside out, each with its people by group and name; `no circle` comes last."""
        held: dict[str, list[NetworkPerson]] = {circle: [] for circle in (*self.circles, "")}
        others = sorted({person.circle for person in self.people} - held.keys())
        held = {circle: [] for circle in (*self.circles, *others, "")}
        for person in sorted(self.people, key=lambda person: (person.group, person.name.casefold(), person.id)):
            held[person.circle].append(person)
        return tuple((circle or "no circle", tuple(people)) for circle, people in held.items() if people)


# ---- ledger


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """How often you gave to somebody, and how often you received."""

    name: str
    gave: int
    received: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Giving and receiving side by side, in the order of `rows`."""

    rows: tuple[LedgerRow, ...]


# ---- rhythm


@dataclass(frozen=True, slots=True)
class TouchMark:
    """One contact: a day, and a few words on what it was (`called`, `wrote: the one-page version`)."""

    day: dt.date
    what: str = ""


@dataclass(frozen=True, slots=True)
class RhythmView:
    """Somebody's touches over the past year, and when the next word is expected.

    `due` is the day the rhythm's ideal ends, `latest` the day its longest ends; both None where no rhythm applies.
    `rhythm` is its wording (`every 4 weeks`), `paused_until` the day a pause ends.
    """

    name: str
    today: dt.date
    touches: tuple[TouchMark, ...] = ()
    rhythm: str = ""
    due: dt.date | None = None
    latest: dt.date | None = None
    paused_until: dt.date | None = None
