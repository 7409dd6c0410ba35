"""Draws the past year of one relationship: a tick for each touch, and a band where the next word is expected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.render.charts.lettering import MONTHS, count_words, day_words, fit, plain, width_of
from playbook.render.charts.svg import Element, el, hint, path, picture
from playbook.views.charts import RhythmView

_WIDTH = 400
_EDGE = 12
_LINE = 50
_TALL = 24
_NOTE_SIZE = 12
_YEAR = 365
_MOST_AHEAD = 184
_LEAST_AHEAD = 31


def rhythm(view: RhythmView, id: str) -> str:  # noqa: A002
    """The rhythm as inline SVG: twelve months back, and ahead as far as the expected window (half a year at most)."""
    scale = _Scale.of(view)
    touches = sorted((touch for touch in view.touches if scale.first <= touch.day <= view.today), key=lambda t: t.day)
    ticks = [
        el(
            "g",
            hint(f"{day_words(touch.day)}: {touch.what}" if touch.what else day_words(touch.day)),
            path("M", scale.x(touch.day), _LINE - _TALL / 2, "V", _LINE + _TALL / 2, class_="ch-touch"),
        )
        for touch in touches
    ]
    state = _state(view)
    return picture(
        "rhythm",
        _WIDTH,
        104,
        [
            *_window(view, scale),
            path("M", _EDGE, _LINE, "H", _WIDTH - _EDGE, class_="ch-axis"),
            *_months(scale),
            *ticks,
            *_today(view, scale),
            *_due(view, scale),
            el("text", fit(view.rhythm, _WIDTH / 2, _NOTE_SIZE), x=_EDGE, y=13, class_="ch-note"),
            el("text", fit(state, _WIDTH - 2 * _EDGE, _NOTE_SIZE), x=_EDGE, y=99, class_="ch-note"),
        ],
        id=id,
        title=f"Touches with {plain(view.name, 80)}, the past 12 months",
        description=f"{count_words(len(touches), 'touch', 'touches')} since {day_words(scale.first)}"
        + (f", the last on {day_words(touches[-1].day)}" if touches else "")
        + f". {f'Rhythm: {plain(view.rhythm, 60)}; ' if view.rhythm else ''}{state}.",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, view: RhythmView) -> _Scale:
        ahead = [(day - view.today).days + 14 for day in (view.due, view.latest) if day]
        days = min(max(_LEAST_AHEAD, *ahead, 0), _MOST_AHEAD)
        start = max(view.today.toordinal() - _YEAR, 1)
        return cls(
            dt.date.fromordinal(start), dt.date.fromordinal(min(view.today.toordinal() + days, dt.date.max.toordinal()))
        )

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _EDGE + min(max(share, 0), 1) * (_WIDTH - 2 * _EDGE)

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def _window(view: RhythmView, scale: _Scale) -> list[Element]:
    if view.due is None:
        return []
    latest = max(view.latest or view.due, view.due)
    left, right = scale.x(view.due), scale.x(latest)
    if right <= left:
        return []
    words = f"a word is expected between {day_words(view.due)} and {day_words(latest)}"
    band = el("rect", x=left, y=_LINE - 15, width=right - left, height=30, class_="ch-window")
    return [el("g", hint(words), band)]


def _due(view: RhythmView, scale: _Scale) -> list[Element]:
    if view.due is None:
        return []
    x = scale.x(view.due)
    if not scale.holds(view.due):
        tip = 6 if view.due > scale.last else -6
        return [path("M", x - tip, _LINE - 6, "L", x, _LINE, "L", x - tip, _LINE + 6, class_="ch-arrow")]
    return [path("M", x, _LINE - 16, "L", x - 6, _LINE - 26, "H", x + 6, "Z", class_="ch-due")]


def _today(view: RhythmView, scale: _Scale) -> list[Element]:
    x = scale.x(view.today)
    half = width_of("today", _NOTE_SIZE) / 2
    return [
        el(
            "g",
            path("M", x, 18, "V", _LINE + 22, class_="ch-today"),
            el("text", "today", x=min(x, _WIDTH - half), y=13, class_="ch-tick ch-strong"),
            aria_hidden="true",
        )
    ]


def _months(scale: _Scale) -> list[Element]:
    marks: list[Element | str | None] = []
    year, month = scale.first.year, scale.first.month
    labelled = -99.0
    while (year, month) < (scale.last.year, scale.last.month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
        x = scale.x(dt.date(year, month, 1))
        marks.append(path("M", x, _LINE - 3, "V", _LINE + 3, class_="ch-axis"))
        text = str(year) if month == 1 else MONTHS[month - 1]
        half = width_of(text, _NOTE_SIZE) / 2
        if month % 3 == 1 and x - half >= labelled and half <= x <= _WIDTH - half:
            marks.append(el("text", text, x=x, y=_LINE + 29, class_="ch-tick"))
            labelled = x + half + 4
    return [el("g", *marks, aria_hidden="true")]


def _state(view: RhythmView) -> str:
    """How things stand, in words: the same for those who look and those who listen."""
    if view.paused_until and view.paused_until > view.today:
        return f"paused until {day_words(view.paused_until)}"
    if view.due is None:
        return "nothing is due" if view.rhythm else "no rhythm"
    if view.due > view.today:
        return f"next due {day_words(view.due)}"
    if view.latest and view.today <= view.latest:
        return f"due {day_words(view.due)}, {day_words(view.latest)} at the latest"
    return f"waiting since {day_words(view.due)}"
