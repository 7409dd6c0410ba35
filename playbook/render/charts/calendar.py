"""Draws a year of days, a column for each week: the more moved on a day, the larger its square."""

from __future__ import annotations

from playbook.render.charts.lettering import MONTHS, count_words, day_words, width_of
from playbook.render.charts.svg import Element, diamond, el, hint, picture
from playbook.views.growth import WEEKS, CalendarDay, CalendarView

_PITCH = 13
_LEFT = 32
_TOP = 20
_SIDES = (2, 5, 8, 10, 12)
"""How large a square of each level is."""
_WIDTH = _LEFT + WEEKS * _PITCH
_FOOT = _TOP + 7 * _PITCH + 22
_SIZE = 12
_ROWS = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
_WORDS = ("none", "1", "2 or 3", "4 to 7", "8 or more")


def calendar(view: CalendarView, id: str) -> str:  # noqa: A002
    """The year as inline SVG; a year in which nothing moved is full of dots."""
    last = (view.today - view.first).days
    whole, rest = divmod(last + 1, 7)
    return picture(
        "calendar",
        _WIDTH,
        _FOOT + 4,
        [
            _pattern(id),
            el(
                "g",
                *(
                    el("text", MONTHS[day.month - 1], x=_LEFT + _PITCH * column, y=12, class_="ch-note")
                    for column, day in view.months
                ),
                *(
                    el("text", word, x=_LEFT - 6, y=_TOP + _PITCH * row + 10, class_="ch-note ch-end")
                    for row, word in _ROWS
                ),
                _dots(id, 0, whole, 7) if whole else None,
                _dots(id, whole, 1, rest) if rest else None,
                aria_hidden="true",
            ),
            *(_square(day) for day in view.days),
            _legend(),
        ],
        id=id,
        title="Days on which something moved",
        description=_in_words(view),
    )


def _dots(id: str, column: int, columns: int, rows: int) -> Element:  # noqa: A002
    """The days of these weeks, as if nothing had moved."""
    fill = f"url(#{id}-dots)"
    return el("rect", x=_LEFT + _PITCH * column, y=_TOP, width=_PITCH * columns, height=_PITCH * rows, fill=fill)


def _pattern(id: str) -> Element:  # noqa: A002
    x, y = _LEFT % _PITCH, _TOP % _PITCH
    dot = _mark(_PITCH / 2, _PITCH / 2, 0)
    return el(
        "defs",
        el("pattern", *dot, id=f"{id}-dots", x=x, y=y, width=_PITCH, height=_PITCH, patternUnits="userSpaceOnUse"),
    )


def _square(day: CalendarDay) -> Element:
    x, y = _LEFT + _PITCH * (day.column + 0.5), _TOP + _PITCH * (day.row + 0.5)
    square, *mark = _mark(x, y, day.level, day.hint)
    return el("g", square, *mark) if mark else square


def _mark(x: float, y: float, level: int, words: str = "") -> list[Element]:
    """A square that grows with the level; the largest has a mark in it too."""
    side = _SIDES[level]
    said = hint(words) if words else None
    square = el("rect", said, x=x - side / 2, y=y - side / 2, width=side, height=side, class_=f"ch-day ch-day-{level}")
    return [square, diamond(x, y, 3, "ch-day-mark")] if level == len(_SIDES) - 1 else [square]


def _legend() -> Element:
    """At the right end, where a narrow screen begins."""
    x, marks = float(_WIDTH), []
    for level, word in reversed(tuple(enumerate(_WORDS))):
        x -= width_of(word, _SIZE)
        marks.append(el("text", word, x=x, y=_FOOT, class_="ch-note"))
        x -= 12
        marks += _mark(x, _FOOT - 4, level)
        x -= 16
    return el("g", el("text", "Items a day:", x=x, y=_FOOT, class_="ch-note ch-end"), *marks, aria_hidden="true")


def _in_words(view: CalendarView) -> str:
    if not view.days:
        return f"Nothing moved since {day_words(view.first)}."
    most = max(view.days, key=lambda day: (day.count, day.day))
    moved = f"Something moved on {count_words(len(view.days), 'day')} since {day_words(view.first)}"
    return f"{moved}, the last time on {day_words(view.days[-1].day)}; most on {most.hint}."
