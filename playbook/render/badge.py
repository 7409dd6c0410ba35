"""A badge such as READMEs carry: a label and how much is done, as one SVG file that asks nobody for anything."""

from __future__ import annotations

from playbook.render.charts.lettering import fit, width_of
from playbook.render.charts.svg import el

_HEIGHT = 20
_SIZE = 11
_AIR = 7
_LONGEST = 220
_BAR = 3
_FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif"
# White on either reads well (at least 7:1), and the two are told apart in grey.
_DARK, _TEAL, _LIGHT, _WHITE = "#363c44", "#0b5d57", "#7fd6cd", "#fff"


def badge(label: str, done: int, total: int) -> str:
    """The badge as markup, with a text alternative.

    Args:
        label: what is counted, such as a goal's title; one that is too long is cut.
        done: how many of `total` are done.
        total: how many there are to do, without those that were skipped.
    """
    shown = fit(label, _LONGEST, _SIZE)
    value = f"{done}/{total}" if total else "–"
    left, right = width_of(shown, _SIZE) + 2 * _AIR, width_of(value, _SIZE) + 2 * _AIR
    said = f"{shown}: {f'{done} of {total} done' if total else 'nothing to do yet'}"
    width = left + right
    share = width * done / total if total else 0

    drawn = (
        el("title", said),
        el("rect", width=width, height=_HEIGHT, rx=3, fill=_DARK),
        el("path", d=f"M{left:.2f} 0h{right - 3:.2f}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{right - 3:.2f}z", fill=_TEAL),
        el("rect", y=_HEIGHT - _BAR, width=share, height=_BAR, fill=_LIGHT) if share else None,
        el(
            "g",
            el("text", shown, x=left / 2, y=13.5, text_anchor="middle"),
            el("text", value, x=left + right / 2, y=13.5, text_anchor="middle", font_weight="bold"),
            fill=_WHITE,
            font_family=_FONT,
            font_size=_SIZE,
        ),
    )
    root = el(
        "svg",
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=_HEIGHT,
        viewBox=f"0 0 {width:.2f} {_HEIGHT}",
        role="img",
        aria_label=said,
    )
    return f"{root}\n"
