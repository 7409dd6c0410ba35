"""Double brackets are replaced from the inside out, and the work grows with the text and no faster."""

from __future__ import annotations

import re
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.audience.brackets import replace_brackets

INNERMOST = re.compile(r"\[\[[^\[\]]+\]\]")


def known(whole: str) -> str:
    """`a` is known, and so `[[a]]` stays; what else stands in brackets is something."""
    return whole if whole == "[[a]]" else "b"


def again_and_again(text: str) -> str:
    """What replacing means: all that has no brackets inside, until nothing changes any more."""
    while True:
        before, text = text, INNERMOST.sub(lambda found: known(found[0]), text)
        if text == before:
            return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no brackets", "no brackets"),
        ("[one] [[", "[one] [["),
        ("[[x]] and [[a]]", "b and [[a]]"),
        ("[[[[x]]]]", "b"),
        ("[[[x]]]", "[b]"),
        ("[[x [[y]] z]]", "b"),
        ("[[x [[a]] z]]", "[[x [[a]] z]]"),
        ("[[]] [x]] [[x] ]x]]", "[[]] [x]] [[x] ]x]]"),
    ],
)
def test_brackets_are_replaced_from_the_inside_out(text, expected):
    assert replace_brackets(text, known) == expected


@given(st.lists(st.sampled_from(["[", "[[", "]", "]]", "a", "x", "[[a]]", " "]), max_size=24).map("".join))
@example("[[[[a]]x]]")
def test_one_walk_replaces_what_many_would(text):
    assert replace_brackets(text, known) == again_and_again(text)


def steps(text: str) -> int:
    """How many lines are run to replace the brackets in a text."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        replace_brackets(text, known)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "pattern",
    [
        lambda n: "[[" * n + "x" + "]]" * n,
        lambda n: "[[x" * n + "]]" * n,
        lambda n: "[[" + "[[x]] " * n + "]]",
        lambda n: "[[x]" * n,
        lambda n: "[[a]]" * n + "x]]" * n,
    ],
    ids=["nested", "with text", "side by side", "never closed", "closed too often"],
)
def test_four_times_the_text_is_four_times_the_work(pattern):
    assert steps(pattern(800)) < 4.1 * steps(pattern(200))


def test_half_a_megabyte_of_brackets_is_a_text_like_any_other():
    # Gone over once for each level, this would take minutes.
    assert replace_brackets("[[" * 125_000 + "x" + "]]" * 125_000, known) == "b"
