"""Draws the months side by side: contacts, promises kept, and giving above receiving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.ledger import Month
from playbook.render.charts.lettering import MONTHS, count_words
from playbook.render.charts.svg import Element, el, hint, path, picture
from playbook.views.growth import MonthsView
from playbook.views.words import month_text

_WIDTH = 400
_EDGE = 8
_TALL = 40
_UNIT = 8
_HEAD = 16
_BAR = 0.56
"""Of a month's room."""
_MOST_NUMBERS = 14


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    noun: str
    many: str
    numbers: tuple[int, ...]
    class_: str
    is_hanging: bool = False


def months(view: MonthsView, id: str) -> str:  # noqa: A002
    """The months as inline SVG; where nothing is known of any, a line that says so."""
    rows = _rows(view.months)
    if view.is_empty:
        words = el("text", "Nothing written down yet.", x=_WIDTH / 2, y=18, class_="ch-tick")
        return _picture(view, id, 30, [words], "Nothing written down yet.")
    top, drawn = 0.0, []
    for row in rows:
        top += 6 if row.is_hanging else _HEAD + 16
        drawn.append(_bars(row, view.months, top))
        top += _TALL + (_HEAD if row.is_hanging else 2)
    drawn.append(_labels(view.months, top + 14))
    said = "; ".join(f"{row.label.lower()} {sum(row.numbers)}" for row in rows)
    span = f"From {month_text(view.months[0].first)} to {month_text(view.months[-1].first)}: {said}."
    return _picture(view, id, top + 22, drawn, span)


def _picture(view: MonthsView, id: str, height: float, drawn: Sequence[Element], description: str) -> str:  # noqa: A002
    title = f"{count_words(len(view.months), 'month')} of contacts, promises, giving and receiving"
    return picture("months", _WIDTH, height, drawn, id=id, title=title, description=description)


def _rows(months: Sequence[Month]) -> tuple[_Row, ...]:
    return (
        _Row("Contacts", "contact", "", tuple(month.touches for month in months), "ch-touches"),
        _Row("Promises kept", "promise kept", "promises kept", tuple(month.kept for month in months), "ch-kept"),
        _Row("You gave", "time you gave", "times you gave", tuple(month.gave for month in months), "ch-gave"),
        _Row(
            "You received", "time you received", "times you received", tuple(month.received for month in months),
            "ch-received", is_hanging=True,
        ),
    )  # fmt: skip


def _bars(row: _Row, months: Sequence[Month], top: float) -> Element:
    """One row of bars that stand on a line, or hang from it."""
    # Few things get a length one can count by eye; many share the room.
    unit = min(_UNIT, _TALL / max(*row.numbers, 1))
    each = (_WIDTH - 2 * _EDGE) / len(months)
    line = top if row.is_hanging else top + _TALL
    label_y = top + _TALL + 12 if row.is_hanging else top - 16
    total = f"{row.label}: {sum(row.numbers)}"
    parts: list[Element | str | None] = [el("text", total, x=_EDGE, y=label_y, class_="ch-note")]
    for index, (month, number) in enumerate(zip(months, row.numbers, strict=True)):
        if number:
            middle, height = _EDGE + each * (index + 0.5), max(number * unit, 2)
            width = min(each * _BAR, 20)
            y = line if row.is_hanging else line - height
            bar = el("rect", x=middle - width / 2, y=y, width=width, height=height, class_=row.class_)
            words = hint(f"{month_text(month.first)}: {count_words(number, row.noun, row.many)}")
            text_y = line + height + 11 if row.is_hanging else line - height - 3
            shown = el("text", str(number), x=middle, y=text_y, class_="ch-tick")
            parts.append(el("g", words, bar, shown if len(months) <= _MOST_NUMBERS else None))
    return el("g", *parts, path("M", _EDGE, line, "H", _WIDTH - _EDGE, class_="ch-axis"))


def _labels(months: Sequence[Month], y: float) -> Element:
    each = (_WIDTH - 2 * _EDGE) / len(months)
    every = -(-len(months) // 12)
    marks = [
        el(
            "text",
            str(month.first.year) if month.first.month == 1 else MONTHS[month.first.month - 1],
            x=_EDGE + each * (index + 0.5),
            y=y,
            class_="ch-tick",
        )
        for index, month in enumerate(months)
        if (month.first.month - 1) % every == 0
    ]
    return el("g", *marks, aria_hidden="true")
