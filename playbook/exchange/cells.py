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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else defused(str(cell)) for cell in row] for row in rows)
    return text.getvalue()
