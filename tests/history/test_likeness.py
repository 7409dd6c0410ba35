"""Which texts are one item in other words, and which are two."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.history.checklists import OldItem, State
from playbook.history.likeness import likeness, pair_alike

HERE = (7, 1)


def item(text, state=State.OPEN, rest="", id=""):  # noqa: A002
    return OldItem(id, text, state, "", rest)


def is_one(old, new, *, in_place=True, in_file=True):
    where = ("goals/a.yml" if in_file else "goals/b.yml", HERE if in_place else (3, 2))
    return pair_alike([("goals/a.yml", HERE, old)], [(*where, new)]) == [(0, 0)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Draft the promotion packet", "Draft the packet for promotion"),
        ("Ask Grace", "Ask Grace to sponsor the packet"),
        ("Write a blog post", "Write a blog post about the migration"),
        ("Two", "Two, and more"),
        ("Presnet it", "Present it"),
        ("Book a room in Lisbon for March", "Book the room in Lisbon for April"),
    ],
)
def test_the_same_place_and_words_in_common_make_one_item(old, new):
    assert is_one(item(old), item(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Draft the promotion packet", "Book a room in Lisbon"),
        ("Write", "Rehearse"),
        ("Ask Ada", "Email Bo"),
        ("Read the book by Leslie", "Send the letter to Radia"),
    ],
)
def test_the_same_place_alone_makes_no_item(old, new):
    assert not is_one(item(old), item(new))


def test_what_else_was_written_in_it_tells_it_when_all_words_change():
    assert is_one(
        item("Draft the promotion packet", rest="due: 2026-12-10\nperson: ada"),
        item("Book a room", rest="due: 2026-12-10\nperson: ada"),
    )
    assert not is_one(
        item("Draft the promotion packet", rest="due: 2026-12-10"), item("Book a room", rest="due: 2026-12-11")
    )


def test_what_is_done_is_seldom_reworded_and_opened_at_once():
    assert not is_one(item("Read chapter one", State.DONE), item("Read chapter two"))
    assert is_one(item("Read chapter one"), item("Read chapter two"))
    assert is_one(item("Read chapter one", State.DONE), item("Finish the book of one chapter", State.DONE))


def test_done_work_without_a_word_in_common_was_put_back_from_elsewhere():
    assert not is_one(item("Read chapter one", State.DONE), item("Finish the book", State.DONE))


def test_beginning_with_the_same_word_is_little_in_common():
    assert not is_one(item("Ask Grace"), item("Ask Radia for a date"))
    assert is_one(item("Draft the promotion packet"), item("Write the packet"))


def test_elsewhere_it_takes_more():
    old, new = item("Draft the promotion packet for spring"), item("Draft a promotion packet for the autumn")
    assert is_one(old, new)
    assert is_one(old, item("Draft the promotion packet for summer"), in_place=False)
    assert not is_one(old, new, in_file=False)
    assert is_one(
        item("Draft the promotion packet for the spring committee"),
        item("Draft the promotion packet for the spring committees"),
        in_file=False,
    )


def test_two_ids_are_two_items_and_one_id_is_one():
    assert not is_one(item("Draft the packet", id="a"), item("Draft the packet now", id="b"))


def test_the_surest_pair_goes_first():
    dropped = [("a", (0, 1), item("Ask Ada about the talk")), ("a", (0, 2), item("Ask Ada about the talk in Lisbon"))]
    come = [("a", (0, 1), item("Ask Ada about the talk in Lisbon today"))]
    assert pair_alike(dropped, come) == [(1, 0)]


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("", "", 0.0), ("Ask Ada", "ask ada", 1.0), ("abc", "xyz", 0.0)]
)
def test_likeness_runs_from_nothing_to_the_same(one, other, expected):
    assert likeness(one, other) == expected
    assert likeness(other, one) == expected


@given(st.text("ab c", max_size=60), st.text("ab c", max_size=60))
def test_likeness_is_the_share_of_words_or_pairs_of_letters_that_both_have(one, other):
    def parts(text):
        pairs = [text[i : i + 2] for i in range(len(text) - 1)]
        return Counter(text.split() if len(one) + len(other) > 48 else pairs)

    total = parts(one).total() + parts(other).total()
    assert likeness(one, other) == (2 * (parts(one) & parts(other)).total() / total if total else 0.0)
