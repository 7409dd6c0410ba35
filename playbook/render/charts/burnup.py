"""Draws done against scope over time: a thick line below a dashed one, what was added since, and where it may lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from playbook.progress import Point
from playbook.render.charts.lettering import MONTHS, count_words, day_words, plain, width_of
from playbook.render.charts.svg import Element, el, filled, hint, path, picture
from playbook.views.growth import BurnupView

_WIDTH = 400
_LEFT = 30
_RIGHT = 394
_TOP = 40
_BOTTOM = 190
_SIZE = 12
_LEAST_AHEAD = 14
_MOST_AHEAD = 0.55
"""Of the width at most lies ahead of today."""
_SPOT = 6
_STROKE = 7
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
_MOST_TICKS = 4
_LINE = 17
"""Between two lines of the legend."""


def burnup(view: BurnupView, id: str) -> str:  # noqa: A002
    """The burn-up as inline SVG; with no points, a line that says so."""
    if not view.points:
        words = el("text", "Nothing to do yet.", x=_WIDTH / 2, y=18, class_="ch-tick")
        return _picture(view, id, 30, [words])
    scale = _Scale.of(view)
    legend = _legend(view, id)
    drawn = [_patterns(id), *_grid(scale), *_lines(view, scale, id), *_marks(view, scale), legend.drawn]
    return _picture(view, id, _BOTTOM + 24 + legend.height, drawn)


def _picture(view: BurnupView, id: str, height: float, drawn: Sequence[Element]) -> str:  # noqa: A002
    title = f"Done against scope: {plain(view.title, 80)}" if view.title else "Done against scope"
    return picture("burnup", _WIDTH, height, drawn, id=id, title=title, description=_in_words(view))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date
    most: int
    """The number at the top."""
    step: int

    @classmethod
    def of(cls, view: BurnupView) -> _Scale:
        today = view.today.toordinal()
        first = min(view.points[0].day.toordinal(), today - 28)
        ends = [day.toordinal() for day in (view.due, view.forecast.earliest, view.forecast.latest) if day]
        past = today - first
        ahead = min(
            max(_LEAST_AHEAD, *(end - today for end in ends), past // 12), int(past * _MOST_AHEAD / (1 - _MOST_AHEAD))
        )
        # A little air, so that what is on the last day can be seen.
        ahead += max(2, (past + ahead) // 30)
        most = max(point.total for point in view.points) or 1
        step = next((step for step in _STEPS if most / step <= _MOST_TICKS), -(-most // _MOST_TICKS))
        return cls(_day(first), _day(today + ahead), most, step)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _LEFT + min(max(share, 0), 1) * (_RIGHT - _LEFT)

    def y(self, number: float) -> float:
        return _BOTTOM - number / self.most * (_BOTTOM - _TOP)

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def _lines(view: BurnupView, scale: _Scale, id: str) -> list[Element]:  # noqa: A002
    points = _thinned(view.points, scale)
    begin = scale.x(points[0].day)
    end = scale.x(view.today)
    total = _stairs(points, scale, end, [point.total for point in points])
    done = _stairs(points, scale, end, [point.done for point in points])
    drawn = []
    if view.grown > 0:
        plan = view.plan
        level, since = scale.y(plan.total), scale.x(plan.day)
        later = [plan, *(point for point in points if point.day > plan.day)]
        # Where there is less to do than was planned, nothing was added: the line lies on the level there.
        grown = _stairs(later, scale, end, [max(point.total, plan.total) for point in later])
        drawn.append(filled(f"{id}-added", *grown, "V", level, "H", since, "Z"))
        drawn.append(path("M", since, level, "H", end, class_="ch-level"))
    drawn.append(path(*done, "V", _BOTTOM, "H", begin, "Z", class_="ch-done-area"))
    drawn += _wedge(view, scale, id)
    # Of one day there is no line yet: a stroke says how high it begins.
    stroke = ("M", end - _STROKE, scale.y(view.now.total), "H", end + _STROKE)
    drawn.append(path(*(total if begin < end else stroke), class_="ch-scope"))
    drawn.append(path(*done, class_="ch-done-line"))
    drawn += [_spot(point, scale) for point in _thinned(view.points, scale, _SPOT)]
    class_ = "ch-mark-open" if view.is_uncommitted else "ch-mark-done"
    drawn.append(el("circle", cx=end, cy=scale.y(view.now.done), r=4.5, class_=class_))
    return drawn


def _stairs(points: Sequence[Point], scale: _Scale, end: float, numbers: Sequence[int]) -> list[str | float]:
    """An outline that keeps each number until the next one's day."""
    steps: list[str | float] = ["M", scale.x(points[0].day), scale.y(numbers[0])]
    for point, before, number in zip(points[1:], numbers, numbers[1:], strict=False):
        if number != before:
            steps += ["H", scale.x(point.day), "V", scale.y(number)]
    return [*steps, "H", end]


def _thinned(points: Sequence[Point], scale: _Scale, room: float = 2) -> list[Point]:
    """The first point, and of those that would lie upon each other the last."""
    found = {int(scale.x(point.day) / room): point for point in points[1:]}
    return [points[0], *found.values()]


def _spot(point: Point, scale: _Scale) -> Element:
    words = f"{day_words(point.day)}: {point.done} of {point.total} done"
    return el("circle", hint(words), cx=scale.x(point.day), cy=scale.y(point.done), r=_SPOT, class_="ch-spot")


def _wedge(view: BurnupView, scale: _Scale, id: str) -> list[Element]:  # noqa: A002
    """From today's dot to the days between which all may be done; cut where the picture ends."""
    earliest, latest = view.forecast.earliest, view.forecast.latest
    if earliest is None:
        return []
    x, y, top = scale.x(view.today), scale.y(view.now.done), scale.y(view.now.total)
    right = scale.x(scale.last)
    fast = scale.x(earliest)
    corners: list[str | float] = ["M", x, y]
    if scale.holds(earliest):
        corners += ["L", fast, top]
    else:
        corners += ["L", right, y + (top - y) * _share(view.today, scale.last, earliest)]
    if latest is None:
        corners += ["L", right, top, "L", right, y] if scale.holds(earliest) else ["L", right, y]
    elif scale.holds(latest):
        corners += ["L", scale.x(latest), top]
    else:
        slow = y + (top - y) * _share(view.today, scale.last, latest)
        corners += ["L", right, top, "L", right, slow] if scale.holds(earliest) else ["L", right, slow]
    outline = path(*corners, "Z", class_="ch-wedge")
    return [el("g", hint(plain(view.outlook)), filled(f"{id}-ahead", *corners, "Z"), outline)]


def _share(today: dt.date, day: dt.date, end: dt.date) -> float:
    return (day - today).days / (end - today).days


def _marks(view: BurnupView, scale: _Scale) -> list[Element]:
    x = scale.x(view.today)
    marks: list[Element | str | None] = [
        path("M", x, _TOP - 8, "V", _BOTTOM, class_="ch-today"),
        el("text", "today", x=x, y=_TOP - 12, class_="ch-tick ch-strong"),
    ]
    if view.due is not None and scale.first <= view.due:
        due = scale.x(view.due)
        words = f"due {day_words(view.due)}"
        half = width_of(words, _SIZE) / 2
        if scale.holds(view.due):
            marks.append(path("M", due, _TOP - 22, "V", _BOTTOM, class_="ch-due-line"))
            marks.append(path("M", due, _TOP - 14, "L", due - 6, _TOP - 24, "H", due + 6, "Z", class_="ch-due"))
        else:
            marks.append(path("M", _RIGHT - 6, 16, "L", _RIGHT, 22, "L", _RIGHT - 6, 28, class_="ch-arrow"))
        marks.append(el("text", words, x=min(max(due, half), _WIDTH - half), y=11, class_="ch-tick"))
    return [el("g", *marks, aria_hidden="true")]


def _grid(scale: _Scale) -> list[Element]:
    marks: list[Element] = []
    for number in range(0, scale.most + 1, scale.step):
        y = scale.y(number)
        marks.append(path("M", _LEFT, y, "H", _RIGHT, class_="ch-grid" if number else "ch-axis"))
        marks.append(el("text", str(number), x=_LEFT - 6, y=y + 4, class_="ch-note ch-end"))
    return [el("g", *marks, *_months(scale), aria_hidden="true")]


def _months(scale: _Scale) -> list[Element]:
    """A tick for each month or each January, and as many labels as there is room for."""
    begins = [
        dt.date(number // 12, number % 12 + 1, 1)
        for number in range(scale.first.year * 12 + scale.first.month, scale.last.year * 12 + scale.last.month)
    ]
    every = next(n for n in (1, 2, 3, 6, 12) if len(begins) / n <= 8 or n == 12)  # noqa: PLR2004
    marks: list[Element] = []
    for day in begins:
        if (day.month - 1) % every == 0:
            x = scale.x(day)
            text = str(day.year) if day.month == 1 else MONTHS[day.month - 1]
            half = width_of(text, _SIZE) / 2
            marks.append(path("M", x, _BOTTOM, "V", _BOTTOM + 4, class_="ch-axis"))
            if x >= _LEFT and x + half <= _WIDTH:
                marks.append(el("text", text, x=x, y=_BOTTOM + 16, class_="ch-tick"))
    return marks


@dataclass(frozen=True, slots=True)
class _Legend:
    drawn: Element
    height: float


def _legend(view: BurnupView, id: str) -> _Legend:  # noqa: A002
    now = view.now
    box = {"width": 18, "height": 10}
    parts: list[tuple[str, list[Element]]] = [
        (f"{now.done} done", [path("M", 0, 0, "H", 18, class_="ch-done-line")]),
        (f"of {now.total} in all", [path("M", 0, 0, "H", 18, class_="ch-scope")]),
    ]
    if view.grown > 0:
        parts.append(
            (
                f"{view.grown} added",
                [el("rect", x=0, y=-5, **box, fill=f"url(#{id}-added)"), el("rect", x=0, y=-5, **box, class_="ch-box")],
            )
        )
    if view.forecast.earliest is not None:
        parts.append(
            (
                "expected",
                [
                    el("rect", x=0, y=-5, **box, fill=f"url(#{id}-ahead)"),
                    el("rect", x=0, y=-5, **box, class_="ch-wedge"),
                ],
            )
        )
    if view.is_uncommitted:
        parts.append(("not committed yet", [el("circle", cx=9, cy=0, r=4.5, class_="ch-mark-open")]))
    drawn: list[Element] = []
    x, y = float(_LEFT), _BOTTOM + 38.0
    for words, marks in parts:
        width = 24 + width_of(words, _SIZE)
        if x > _LEFT and x + width > _WIDTH:
            x, y = float(_LEFT), y + _LINE
        drawn.append(el("g", *marks, transform=f"translate({x:.0f} {y - 4:.0f})"))
        drawn.append(el("text", words, x=x + 24, y=y, class_="ch-note"))
        x += width + 14
    return _Legend(el("g", *drawn, aria_hidden="true"), y - _BOTTOM - 18)


def _patterns(id: str) -> Element:  # noqa: A002
    units = "userSpaceOnUse"
    rising = path("M", -2, 8, "L", 8, -2, "M", 3, 13, "L", 13, 3, class_="ch-hatch")
    dots = el("circle", cx=2.5, cy=2.5, r=1, class_="ch-speck")
    return el(
        "defs",
        el("pattern", rising, id=f"{id}-ahead", width=10, height=10, patternUnits=units),
        el("pattern", dots, id=f"{id}-added", width=5, height=5, patternUnits=units),
    )


def _in_words(view: BurnupView) -> str:
    if not view.points:
        return "Nothing to do yet."
    first, now = view.plan, view.now
    grown = f"{view.grown} more" if view.grown > 0 else f"{-view.grown} fewer" if view.grown else "as many as then"
    parts = [
        f"{now.done} of {count_words(now.total, 'item')} done on {day_words(view.today)}",
        f"on {day_words(first.day)} it was {first.done} of {first.total}, so there are {grown}",
    ]
    said = f"{'; '.join(parts)}."
    if not view.is_complete:
        said += " What came before that is not known here."
    if view.is_uncommitted:
        said += " The last of it is not committed yet."
    if view.due is not None:
        said += f" Due {day_words(view.due)}."
    return f"{said} {view.outlook}"


def _day(ordinal: int) -> dt.date:
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))
