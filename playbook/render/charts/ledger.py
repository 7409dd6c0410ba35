"""Draws giving and receiving side by side: what you gave grows to the left, what you received to the right."""

from __future__ import annotations

from playbook.render.charts.lettering import count_words, fit, plain
from playbook.render.charts.svg import Element, el, link, path, picture
from playbook.views.charts import LedgerRow, LedgerView

_WIDTH = 420
_MIDDLE = _WIDTH / 2
_ROOM = 110
_ROW = 44
_BAR = 12
_UNIT = 24
_SIZE = 14


def ledger(view: LedgerView, id: str) -> str:  # noqa: A002
    """The ledger as inline SVG, one line a person; with no rows, a line that says so."""
    most = max((max(row.gave, row.received) for row in view.rows), default=0)
    # Few things get a length one can count by eye; many share the room.
    unit = min(_UNIT, _ROOM / most) if most else _UNIT
    bottom = _ROW * len(view.rows) or 30
    drawn = [_row(row, _ROW * number, unit) for number, row in enumerate(view.rows)]
    if not view.rows:
        drawn = [el("text", "Nothing given or received yet.", x=_MIDDLE, y=18, class_="ch-tick")]
    said = "; ".join(f"{plain(row.name, 60)}: {_in_words(row)}" for row in view.rows[:40])
    return picture(
        "ledger",
        _WIDTH,
        bottom,
        drawn,
        id=id,
        title="Giving and receiving",
        description=f"{said}." if said else "Nothing given or received yet.",
        holds_links=True,
    )


def _row(row: LedgerRow, top: float, unit: float) -> Element:
    y = top + 22
    gave, received = max(row.gave, 0) * unit, max(row.received, 0) * unit
    text = y + _BAR - 1.5
    return el(
        "g",
        link(
            row.page,
            f"{row.name}: {_in_words(row)}",
            el("text", fit(row.name, _WIDTH - 20, _SIZE), x=_MIDDLE, y=top + 16, class_="ch-label ch-middle"),
        ),
        _bar(_MIDDLE - gave, y, gave, "ch-gave"),
        _bar(_MIDDLE, y, received, "ch-received"),
        path("M", _MIDDLE, y - 2, "V", y + _BAR + 2, class_="ch-axis"),
        el("text", f"you gave {row.gave}", x=_MIDDLE - gave - 8, y=text, class_="ch-note ch-end"),
        el("text", f"you received {row.received}", x=_MIDDLE + received + 8, y=text, class_="ch-note"),
    )


def _bar(x: float, y: float, width: float, class_: str) -> Element | None:
    return el("rect", x=x, y=y, width=width, height=_BAR, class_=class_) if width else None


def _in_words(row: LedgerRow) -> str:
    return f"you gave {count_words(row.gave, 'time')}, received {count_words(row.received, 'time')}"
