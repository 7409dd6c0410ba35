"""Draws goals as bars over quarters, their milestones as diamonds, and a line where today is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.render.charts.lettering import count_words, day_words, fit, plain, width_of
from playbook.render.charts.svg import Element, diamond, el, hint, link, path, picture
from playbook.views.charts import GoalBar, MilestoneMark, RoadmapView

_QUARTER = 80
_LEAST_WIDTH = 640
_HEAD = 46
_LABEL_SIZE = 14
_NOTE_SIZE = 12
_BAR = 14
_REACH = 7
_STEP = 14
_LEAST_BAR = 6
_LONGEST_NOTE = 460
_NARROW_QUARTERS = 8


def roadmap(view: RoadmapView, id: str) -> str:  # noqa: A002
    """The roadmap as inline SVG; with no goals, the empty quarters and a line that says so."""
    width = max(_LEAST_WIDTH, _QUARTER * len(view.quarters))
    axis = _Axis(view, width, id)
    rows: list[Element] = []
    top = float(_HEAD)
    for goal in view.goals:
        row = _row(goal, axis, top)
        rows.append(row.drawn)
        top += row.height
    if not view.goals:
        rows.append(el("text", "No goals yet.", x=8, y=top + 20, class_="ch-note"))
        top += 34
    return picture(
        "roadmap",
        width,
        top + 26,
        [_patterns(id), *_grid(axis, top), *rows, *_legend(top + 18)],
        id=id,
        title="Roadmap",
        description=_in_words(view),
        holds_links=True,
        variant="" if len(view.quarters) <= _NARROW_QUARTERS else "long",
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    view: RoadmapView
    width: float
    id: str

    def x(self, day: dt.date) -> float:
        return self.view.position(day) / len(self.view.quarters) * self.width

    def inside(self, x: float) -> float:
        return min(max(x, 1), self.width - 1)


@dataclass(frozen=True, slots=True)
class _Row:
    drawn: Element
    height: float


def _row(goal: GoalBar, axis: _Axis, top: float) -> _Row:
    indent = min(goal.depth, 4) * _STEP
    middle = top + 31
    begin = axis.inside(axis.x(goal.first_day)) if goal.first_day else 1.0
    note = _next_step(goal, axis.view.today)
    title = plain(goal.title) or goal.id
    meta = _meta(goal, axis.view.today)
    meta_width = width_of(meta, _NOTE_SIZE) + 10
    wanted = width_of(title, _LABEL_SIZE) + meta_width
    # A label begins above its bar, moves left where it would run out of the picture, and is cut only then.
    left = max(min(max(begin, indent), axis.width - max(wanted, width_of(note, _NOTE_SIZE) + 4)), indent)
    shown = fit(title, axis.width - left - meta_width, _LABEL_SIZE)
    label = el(
        "text",
        el("tspan", shown, class_="ch-label"),
        el("tspan", meta, dx=8, class_="ch-note"),
        x=left,
        y=top + 17,
    )
    parts: list[Element | None] = [
        hint(goal.title) if shown != title else None,
        _elbow(left, top + 12) if goal.depth and left >= _STEP else None,
        label,
        *_bar(goal, axis, middle),
        *_milestones(goal, axis, middle),
        el("text", note, x=left, y=middle + (22 if goal.days else 4), class_="ch-note") if note else None,
    ]
    spoken = f"{title}: {meta}" + (f"; {note}" if note else "")
    return _Row(link(goal.page, spoken, *parts), _height(goal, note))


def _height(goal: GoalBar, note: str) -> float:
    return 28 + (22 if goal.days else 0) + (16 if note else 0)


def _bar(goal: GoalBar, axis: _Axis, middle: float) -> list[Element]:
    if goal.first_day is None or goal.last_day is None:
        return []
    y = middle - _BAR / 2
    begin, end = axis.x(goal.first_day), axis.x(goal.last_day)
    drawn: list[Element] = []
    if end >= 0 and begin <= axis.width:
        left, right = axis.inside(begin), axis.inside(end)
        if right - left < _LEAST_BAR:
            left = min(left, axis.width - _LEAST_BAR)
            right = left + _LEAST_BAR
        if goal.is_waiting(axis.view.today):
            drawn.append(path("M", right, middle, "H", axis.inside(axis.x(axis.view.today)), class_="ch-tail"))
        elif goal.due is None:
            drawn.append(path("M", right, middle, "H", axis.width, class_="ch-tail"))
        drawn.append(el("rect", x=left, y=y, width=right - left, height=_BAR, rx=3, class_=f"ch-bar ch-{goal.status}"))
        if goal.status.value == "paused":
            stripes = f"url(#{axis.id}-stripes)"
            drawn.append(el("rect", x=left, y=y, width=right - left, height=_BAR, rx=3, fill=stripes))
    if begin < 0:
        drawn.append(path("M", 9, middle - 5, "L", 3, middle, "L", 9, middle + 5, class_="ch-arrow"))
    if end > axis.width:
        right = axis.width
        drawn.append(
            path("M", right - 9, middle - 5, "L", right - 3, middle, "L", right - 9, middle + 5, class_="ch-arrow")
        )
    return drawn


def _milestones(goal: GoalBar, axis: _Axis, middle: float) -> list[Element]:
    drawn: list[Element] = []
    for mark in sorted(goal.milestones, key=lambda mark: (mark.day or dt.date.max, mark.title)):
        x = axis.x(mark.day) if mark.day else -1
        if not 0 <= x <= axis.width:
            continue
        x = min(max(x, _REACH + 3), axis.width - _REACH - 3)
        waiting = goal.status.is_open and mark.is_waiting(axis.view.today)
        drawn.append(
            el(
                "g",
                hint(_mark_words(mark, axis.view.today)),
                el("circle", cx=x, cy=middle, r=_REACH + 3.5, class_="ch-waiting") if waiting else None,
                diamond(x, middle, _REACH, "ch-mark-done" if mark.done else "ch-mark-open"),
            )
        )
    return drawn


def _grid(axis: _Axis, bottom: float) -> list[Element]:
    each = axis.width / len(axis.view.quarters)
    labels = [
        el("text", quarter.label, x=each * (number + 0.5), y=15, class_="ch-tick")
        for number, quarter in enumerate(axis.view.quarters)
    ]
    lines = [path("M", each * number, 4, "V", bottom, class_="ch-grid") for number in range(1, len(axis.view.quarters))]
    x = axis.x(axis.view.today)
    label_x = min(max(x, 20), axis.width - 20)
    return [
        el("g", *labels, *lines, path("M", 0, 22, "H", axis.width, class_="ch-axis"), aria_hidden="true"),
        el(
            "g",
            path("M", x, 40, "V", bottom, class_="ch-today"),
            el("text", "today", x=label_x, y=36, class_="ch-tick ch-strong"),
            aria_hidden="true",
        ),
    ]


def _legend(y: float) -> list[Element]:
    middle = y - 4
    marks = (
        (8, diamond(8, middle, 6, "ch-mark-done"), "milestone reached"),
        (158, diamond(158, middle, 6, "ch-mark-open"), "still open"),
        (
            260,
            el("g", el("circle", cx=260, cy=middle, r=9, class_="ch-waiting"), diamond(260, middle, 6, "ch-mark-open")),
            "waiting",
        ),
    )
    words = [el("text", word, x=x + 15, y=y, class_="ch-note") for x, _, word in marks]
    return [el("g", *(mark for _, mark, _ in marks), *words, aria_hidden="true")]


def _patterns(id: str) -> Element:  # noqa: A002
    stripe = path("M", -2, 8, "L", 8, -2, "M", 3, 13, "L", 13, 3, class_="ch-stripe")
    units = "userSpaceOnUse"
    return el("defs", el("pattern", stripe, id=f"{id}-stripes", width=8, height=8, patternUnits=units))


def _elbow(left: float, y: float) -> Element:
    return path("M", left - 10, y - 8, "V", y, "H", left - 4, class_="ch-elbow")


def _meta(goal: GoalBar, today: dt.date) -> str:
    parts = [f"{goal.done}/{goal.total}"] if goal.total else []
    if goal.status.value in ("done", "paused", "dropped"):
        parts.append(goal.status.value)
    elif goal.due and goal.is_waiting(today):
        parts.append(f"waiting since {day_words(goal.due)}")
    elif goal.due:
        parts.append(f"due {day_words(goal.due)}")
    else:
        parts.append("no date yet")
    return " · ".join(parts)


def _next_step(goal: GoalBar, today: dt.date) -> str:
    """The earliest open milestone of a goal that is worked on, as words."""
    if not goal.status.is_open:
        return ""
    open_marks = [mark for mark in goal.milestones if not mark.done]
    if not open_marks:
        return ""
    mark = min(open_marks, key=lambda mark: (mark.due or dt.date.max, mark.title))
    return fit(_mark_words(mark, today), _LONGEST_NOTE, _NOTE_SIZE)


def _mark_words(mark: MilestoneMark, today: dt.date) -> str:
    title = plain(mark.title, 80)
    if mark.done:
        return f"{title}: reached" + (f" {day_words(mark.done_on)}" if mark.done_on else "")
    if mark.due is None:
        return f"next: {title}"
    return f"{'waiting since' if mark.is_waiting(today) else 'next,'} {day_words(mark.due)}: {title}"


def _in_words(view: RoadmapView) -> str:
    if not view.goals:
        return "No goals yet."
    goals = "; ".join(f"{plain(goal.title, 80)}, {_meta(goal, view.today)}" for goal in view.goals[:20])
    more = f"; and {count_words(len(view.goals) - 20, 'more goal')}" if len(view.goals) > 20 else ""  # noqa: PLR2004
    span = f"from {view.quarters[0].label} to {view.quarters[-1].label}"
    return f"{count_words(len(view.goals), 'goal')} {span}: {goals}{more}."
