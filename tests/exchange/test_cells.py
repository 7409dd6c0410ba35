"""A table as CSV: nothing in it runs in a spreadsheet, and every reader gets the text back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.exchange.cells import csv_text, defused


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-1+1", "'-1+1"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-12", "-12"),
        ("+3.5", "+3.5"),
        ("-1\n=2", "'-1\n=2"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell, safe):
    assert defused(cell) == safe


def test_a_table_has_its_names_above_it_and_nothing_for_none():
    assert csv_text(["a", "b"], [[1, None], ["x, y", "=z"]]) == 'a,b\n1,\n"x, y",\'=z\n'


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_what_was_written_is_read_back_with_each_cell_made_safe(rows):
    text = csv_text(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["a", "b"], *([defused(cell) for cell in row] for row in rows)]
