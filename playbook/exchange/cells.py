"""Plain data as CSV that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)


def defused(cell: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe goes before one that it might.

    Source: OWASP, "CSV Injection". A plain number stays one.
    """
    return f"'{cell}" if cell.startswith(_STARTS) and not _NUMBER.match(cell) else cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV with a line of names above it; None is an empty cell."""
    lines = [columns, *(["" if cell is None else defused(str(cell)) for cell in row] for row in rows)]
    return "".join(f"{_line(cells)}\n" for cells in lines)


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    # It quotes what is in its own line end, and a cell may hold a carriage return alone.
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n")
