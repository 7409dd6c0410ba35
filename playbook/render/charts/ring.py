"""Draws how much of something is done: a ring with the fraction written inside."""

from __future__ import annotations

import math

from playbook.render.charts.lettering import count_words, width_of
from playbook.render.charts.svg import Element, el, path, picture

_SIDE = 64
_RADIUS = 26
_CENTRE = _SIDE / 2
_GAP = 0.1
_ROOM = 42
_SIZES = (18, 16, 14, 12, 10, 9, 8)


def ring(done: int, total: int, skipped: int, label: str, id: str, size: float = 64) -> str:  # noqa: A002
    """A ring: a broad arc for what is done, a thin one for what was skipped, dashes for what is open.

    Args:
        done: how many of `total` are done.
        total: how many there are to do, without those that were skipped.
        skipped: how many more were left out for a reason.
        label: what is counted, such as a goal's title.
        id: unique on the page.
        size: width and height in CSS pixels.
    """
    total = max(total, 0)
    done = min(max(done, 0), total)
    skipped = max(skipped, 0)
    fraction = f"{done}/{total}" if total else "\N{EN DASH}"
    said = f"{done} of {total} done" if total else "nothing left to do" if skipped else "nothing to do yet"
    said += f", {skipped} skipped" if skipped else ""
    left = total - done
    return picture(
        "ring",
        _SIDE,
        _SIDE,
        [*_arcs(done, skipped, total), _fraction(fraction)],
        id=id,
        title=f"{label}: {said}" if label else said,
        description=f"{count_words(left, 'item')} open." if total or skipped else "No items.",
        shown=size,
    )


def _fraction(text: str) -> Element:
    size = next(size for size in _SIZES if size == _SIZES[-1] or width_of(text, size) <= _ROOM)
    return el("g", el("text", text, x=_CENTRE, y=_CENTRE + size * 0.36, class_="ch-fraction"), font_size=size)


def _arcs(done: int, skipped: int, total: int) -> list[Element]:
    whole = total + skipped
    if not whole:
        return [_arc(0, 1, "ch-ring-empty")]
    ends = (0, done / whole, (done + skipped) / whole, 1)
    classes = ("ch-ring-done", "ch-ring-skipped", "ch-ring-open")
    return [_arc(ends[i], ends[i + 1], classes[i]) for i in range(3) if ends[i + 1] > ends[i]]


def _arc(begin: float, end: float, class_: str) -> Element:
    if end - begin >= 1:
        return el("circle", cx=_CENTRE, cy=_CENTRE, r=_RADIUS, class_=class_)
    # A little air at both ends keeps the parts apart without colour; a sliver keeps its length.
    air = min(_GAP, (end - begin) * math.tau / 4)
    start, stop = begin * math.tau + air / 2, end * math.tau - air / 2
    x1, y1 = _CENTRE + _RADIUS * math.sin(start), _CENTRE - _RADIUS * math.cos(start)
    x2, y2 = _CENTRE + _RADIUS * math.sin(stop), _CENTRE - _RADIUS * math.cos(stop)
    large = 1 if stop - start > math.pi else 0
    return path("M", x1, y1, "A", _RADIUS, _RADIUS, 0, large, 1, x2, y2, class_=class_)
