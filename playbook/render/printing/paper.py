"""How pages lie on paper: sizes, the order of a booklet's pages, cards with crop marks.

Numbers alone: draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from playbook.views.words import count


class Format(StrEnum):
    """What a printout is folded, or cut, into."""

    KIT = "kit"
    """Whole pages."""
    POCKET = "pocket"
    """A booklet of quarter pages: one sheet printed on both sides and folded twice holds eight."""
    CARDS = "cards"
    """One card for each person, eight to a sheet, to cut."""


@dataclass(frozen=True, slots=True)
class Size:
    """A page, in millimetres."""

    width: float
    height: float


PAPERS = {"a4": Size(210, 297), "letter": Size(215.9, 279.4)}
CARD = Size(92, 62)
"""Two columns of four lie on A4 and on Letter, with room for the marks where printers leave a margin."""
CARD_COLUMNS, CARD_ROWS = 2, 4
PAGES_OF_A_FOLDED_SHEET = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One small page on a side of a sheet: its upper left corner in millimetres, and whether it stands on its head."""

    page: int
    """From 1."""
    x: float
    y: float
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A thin line, from one point to another, in millimetres: where to cut or fold."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Imposition:
    """Small pages laid on the sides of sheets."""

    size: Size
    """Of a small page."""
    sides: tuple[tuple[Cell, ...], ...]
    marks: tuple[Mark, ...]
    """On every side."""


def page_size(form: Format, paper: str) -> Size:
    """The size of one page of a format."""
    whole = PAPERS[paper]
    if form is Format.POCKET:
        return Size(whole.width / 2, whole.height / 2)
    return CARD if form is Format.CARDS else whole


def booklet(pages: int, paper: str) -> Imposition:
    """The pages of a booklet on both sides of its sheets, printed over the long edge.

    Fold a sheet across, then again, and cut the upper fold: eight pages. With several sheets, each goes into the middle
    of the one before. A page beyond the last is room for notes.
    """
    whole, size = PAPERS[paper], page_size(Format.POCKET, paper)
    sheets = max(1, -(-pages // PAGES_OF_A_FOLDED_SHEET))
    total = sheets * PAGES_OF_A_FOLDED_SHEET
    sides: list[tuple[Cell, ...]] = []
    for first in range(1, total // 2, 4):
        last = total + 1 - first
        # The upper row stands on its head, so that the heads of all pages meet at the first fold.
        for lower, upper in (
            ((last, first), (last - 3, first + 3)),
            ((first + 1, last - 1), (first + 2, last - 2)),
        ):
            sides.append(
                tuple(
                    Cell(page, column * size.width, row * size.height, is_turned=row == 0)
                    for row, pair in enumerate((upper, lower))
                    for column, page in enumerate(pair)
                )
            )
    half, middle, tick = whole.width / 2, whole.height / 2, 4.0
    folds = (
        Mark(half, 0, half, tick),
        Mark(half, whole.height - tick, half, whole.height),
        Mark(0, middle, tick, middle),
        Mark(whole.width - tick, middle, whole.width, middle),
    )
    return Imposition(size, tuple(sides), folds)


def cards(pages: int, paper: str) -> Imposition:
    """Cards side by side in rows, with marks outside them to cut along."""
    whole = PAPERS[paper]
    left = (whole.width - CARD_COLUMNS * CARD.width) / 2
    top = (whole.height - CARD_ROWS * CARD.height) / 2
    places = [
        (left + column * CARD.width, top + row * CARD.height)
        for row in range(CARD_ROWS)
        for column in range(CARD_COLUMNS)
    ]
    numbers = range(1, pages + 1)
    sides = tuple(
        tuple(Cell(page, x, y) for page, (x, y) in zip(numbers[start : start + len(places)], places, strict=False))
        for start in range(0, pages, len(places))
    )
    return Imposition(CARD, sides, tuple(_crop_marks(left, top)))


def how_to_fold(form: Format, pages: int) -> str:
    """What to do with the paper, in a sentence; nothing for whole pages."""
    if form is Format.CARDS:
        return "Cut along the marks."
    if form is Format.KIT:
        return ""
    sheets = max(1, -(-pages // PAGES_OF_A_FOLDED_SHEET))
    steps = "Print on both sides, turned over the long edge, at full size. "
    if sheets == 1:
        return steps + "Fold across, fold again, cut the upper fold: a booklet of 8 pages."
    return (
        f"{steps}Fold each of the {count(sheets, 'sheet')} across and again, lay each into the middle of the one "
        f"before, and cut the upper fold: a booklet of {sheets * PAGES_OF_A_FOLDED_SHEET} pages."
    )


def _crop_marks(left: float, top: float, gap: float = 1.5, length: float = 5.0) -> Iterator[Mark]:
    right, bottom = left + CARD_COLUMNS * CARD.width, top + CARD_ROWS * CARD.height
    for column in range(CARD_COLUMNS + 1):
        x = left + column * CARD.width
        yield Mark(x, top - gap - length, x, top - gap)
        yield Mark(x, bottom + gap, x, bottom + gap + length)
    for row in range(CARD_ROWS + 1):
        y = top + row * CARD.height
        yield Mark(left - gap - length, y, left - gap, y)
        yield Mark(right + gap, y, right + gap + length, y)
