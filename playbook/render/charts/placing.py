"""Places people on rings around you, and their names where they cover nothing: the same places every time.

Knows nothing of SVG. Everybody of one group stands, as far as there is room, in the same direction on every ring. Up to
60 people carry their names, up to 160 their initials, and beyond that dots alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from playbook.render.charts.lettering import fit, plain, width_of
from playbook.views.charts import NetworkPerson, NetworkView

MOST_WITH_AIR = 12
MOST_NAMES = 60
MOST_INITIALS = 160
NAME_SIZE = 14
NOTE_SIZE = 12
YOU = 20
"""Radius of the dot in the middle."""
_MARGIN = 16
_LONGEST_NAME = 128
_AIR = 2


class Detail(Enum):
    """How much of a person's name the map has room for; `dot` is a dot's radius, `pitch` the room along a ring."""

    FEW = (6, 50, 44)
    NAMES = (6, 51, 62)
    INITIALS = (13, 36, 38)
    DOTS = (6, 20, 21)

    def __init__(self, dot: int, pitch: int, gap: int) -> None:
        self.dot = dot
        self.pitch = pitch
        self.gap = gap

    @classmethod
    def for_count(cls, people: int) -> Detail:
        """What so many people leave room for."""
        limits = ((MOST_WITH_AIR, cls.FEW), (MOST_NAMES, cls.NAMES), (MOST_INITIALS, cls.INITIALS))
        return next((detail for limit, detail in limits if people <= limit), cls.DOTS)

    @property
    def has_names(self) -> bool:
        """Whether names stand beside the dots."""
        return self in (Detail.FEW, Detail.NAMES)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any of their area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A text centred in its box."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Dot:
    """A person's place; without a label where no name fits."""

    person: NetworkPerson
    x: float
    y: float
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """The zone of one circle around you: from the last one's `edge` to its own, its name at the top."""

    edge: float
    label: Label


@dataclass(frozen=True, slots=True)
class Placed:
    """The whole map on a square of `side`, you in its middle."""

    side: float
    detail: Detail
    rings: tuple[Ring, ...]
    dots: tuple[Dot, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every text on the map."""
        return (*(ring.label for ring in self.rings), *(dot.label for dot in self.dots if dot.label))


def place(view: NetworkView) -> Placed:
    """The map of `view`: rings from the inside out, people by group and name, names around their dots."""
    detail = Detail.for_count(len(view.people))
    directions = _directions(view)
    radius = float(YOU)
    rows: list[tuple[float, float, Sequence[NetworkPerson]]] = []
    heads: list[tuple[str, float, float]] = []
    for name, people in view.rings:
        text = f"{fit(name, 150, NOTE_SIZE)} · {len(people)}"
        width = width_of(text, NOTE_SIZE)
        first = radius + detail.gap
        for radius, row in _rows(people, first, detail, width):
            rows.append((radius, width if radius == first else 0, row))
        heads.append((text, first, radius + detail.gap / 2))
    side = 2 * (radius + max(_MARGIN + detail.dot, detail.gap / 2 + 1))
    middle = side / 2
    rings = tuple(Ring(edge, _label(text, middle, middle - first, NOTE_SIZE)) for text, first, edge in heads)
    dots = [
        Dot(person, middle + r * math.sin(angle), middle - r * math.cos(angle))
        for r, width, row in rows
        for person, angle in zip(row, _angles(row, r, width, detail, directions), strict=True)
    ]
    taken = [ring.label.box for ring in rings] + [_around(middle, middle, YOU)]
    return Placed(side, detail, rings, tuple(_named(dots, detail, taken, side)))


def _rows(
    people: Sequence[NetworkPerson], radius: float, detail: Detail, label_width: float
) -> Iterable[tuple[float, Sequence[NetworkPerson]]]:
    """As many concentric rows as one circle's people need; whoever shares a group stays together."""
    count, radii, room = len(people), list[float](), list[int]()
    while sum(room) < count:
        free = math.tau * radius - (label_width + 2 * detail.dot if not radii else 0)
        radii.append(radius)
        room.append(max(int(free / detail.pitch), 1))
        radius += detail.gap
    dealt: list[list[NetworkPerson]] = [[] for _ in radii]
    for number, person in enumerate(people):
        # Each row gets its share of every stretch of the order, so that groups keep their direction on all rows.
        row = min(
            (i for i in range(len(radii)) if len(dealt[i]) < room[i]),
            key=lambda i: (len(dealt[i]) + 0.5) / room[i] - number / count,
        )
        dealt[row].append(person)
    return zip(radii, dealt, strict=True)


def _directions(view: NetworkView) -> dict[str, tuple[float, float]]:
    """Each group's stretch of the circle, in turns from 12 o'clock: as broad as its largest share of any one ring."""
    weights: Counter[str] = Counter()
    for _, people in view.rings:
        for group, count in Counter(person.group for person in people).items():
            weights[group] = max(weights[group], count * 1000 // len(people))
    whole = sum(weights.values()) or 1
    stretches, begin = {}, 0.0
    for group in sorted(weights):
        stretches[group] = (begin / whole, (begin + weights[group]) / whole)
        begin += weights[group]
    return stretches


def _angles(
    row: Sequence[NetworkPerson],
    radius: float,
    label_width: float,
    detail: Detail,
    directions: dict[str, tuple[float, float]],
) -> list[float]:
    """An angle for each person of one row, clockwise from 12 o'clock, where the ring's own name stands."""
    if not row:
        return []
    sizes = Counter(person.group for person in row)
    seen: Counter[str] = Counter()
    wanted = []
    for person in row:
        begin, end = directions[person.group]
        wanted.append(begin + (end - begin) * (seen[person.group] + 0.5) / sizes[person.group])
        seen[person.group] += 1
    even = [(number + 0.5) / len(row) for number in range(len(row))]
    shut = math.asin(min((label_width / 2 + detail.dot + 4) / radius, 1)) if label_width else 0
    least = detail.pitch / radius / (math.tau - 2 * shut)
    # Only as much evenness as it takes to keep neighbours apart: the group's own direction says more.
    for tenth in range(11):
        turns = [w + (e - w) * tenth / 10 for w, e in zip(wanted, even, strict=True)]
        # The last one's neighbour is the first, a whole turn on.
        if all(after - before >= least for before, after in pairwise([*turns, turns[0] + 1])):
            break
    return [shut + turn * (math.tau - 2 * shut) for turn in turns]


def _named(dots: list[Dot], detail: Detail, taken: list[Box], side: float) -> list[Dot]:
    if detail is Detail.DOTS:
        return dots
    if detail is Detail.INITIALS:
        return [_with(dot, _label(plain(dot.person.initials, 4), dot.x, dot.y, NOTE_SIZE)) for dot in dots]
    taken = taken + [_around(dot.x, dot.y, detail.dot + _AIR) for dot in dots]
    named: dict[int, Dot] = {}
    # Whoever waits for a word is named first; the rest from the inside out, as they were dealt.
    for number in sorted(range(len(dots)), key=lambda n: (not dots[n].person.attention.is_waiting, n)):
        dot = dots[number]
        label = _free_label(dot, taken, side, detail.dot)
        if label is not None:
            taken.append(label.box)
        named[number] = _with(dot, label)
    return [named[number] for number in range(len(dots))]


def _free_label(dot: Dot, taken: list[Box], side: float, reach: int) -> Label | None:
    name = plain(dot.person.short_name)
    texts = (fit(name, _LONGEST_NAME, NAME_SIZE), fit(name.split(" ")[0], 70, NAME_SIZE), plain(dot.person.initials, 4))
    for text in dict.fromkeys(text for text in texts if text):
        for x, y in _beside(dot, width_of(text, NAME_SIZE) / 2, reach + 5, side / 2):
            label = _label(text, x, y, NAME_SIZE)
            if _inside(label.box, side) and not any(label.box.meets(box) for box in taken):
                return label
    return None


def _beside(dot: Dot, half: float, reach: float, middle: float) -> list[tuple[float, float]]:
    """Middles for a label, the best first: below, above, then outward, inward, and the four corners."""
    out = 1 if dot.x >= middle else -1
    tall = reach + NAME_SIZE * 0.6
    near = half * 0.7 + reach
    return [
        (dot.x, dot.y + tall),
        (dot.x, dot.y - tall),
        (dot.x + out * (half + reach), dot.y),
        (dot.x - out * (half + reach), dot.y),
        *((dot.x + side * near, dot.y + up * tall) for up in (1, -1) for side in (out, -out)),
        *((dot.x + side * near / 2, dot.y + up * tall) for up in (1, -1) for side in (out, -out)),
    ]


def _label(text: str, x: float, y: float, size: float) -> Label:
    half = width_of(text, size) / 2
    return Label(text, Box(x - half, y - size * 0.6, x + half, y + size * 0.6))


def _around(x: float, y: float, reach: float) -> Box:
    return Box(x - reach, y - reach, x + reach, y + reach)


def _inside(box: Box, side: float) -> bool:
    return box.left >= 0 and box.top >= 0 and box.right <= side and box.bottom <= side


def _with(dot: Dot, label: Label | None) -> Dot:
    return Dot(dot.person, dot.x, dot.y, label)
