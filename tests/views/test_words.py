"""Days and counts in words, whole."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.views.scripts import lacking_words, needed_words
from playbook.views.tongues import language_words
from playbook.views.words import (
    DayView,
    count,
    day_text,
    day_view,
    fold,
    length_text,
    listed,
    month_text,
    offset_text,
    relative_text,
    sentence_case,
    span_text,
    weekday_text,
)

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-2, "2 days ago"),
        (14, "in 14 days"),
        (15, "in 2 weeks"),
        (-20, "2 weeks ago"),
        (21, "in 3 weeks"),
        (70, "in 10 weeks"),
        (71, "in 2 months"),
        (-365, "12 months ago"),
        (730, "in 24 months"),
        (731, "in 2 years"),
        (3_652_058, "in 10005 years"),
    ],
)
def test_a_distance_is_told_in_the_unit_a_person_would_use(days: int, text: str) -> None:
    assert relative_text(days) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2027, 5, 14), (2027, 5, 14), "14 May 2027"),
        ((2027, 5, 14), (2027, 5, 16), "14–16 May 2027"),
        ((2027, 5, 30), (2027, 6, 2), "30 May – 2 Jun 2027"),
        ((2027, 12, 30), (2028, 1, 2), "30 Dec 2027 – 2 Jan 2028"),
        ((2027, 5, 14), (2028, 5, 14), "14 May 2027 – 14 May 2028"),
    ],
)
def test_a_span_repeats_no_month_and_no_year(
    first: tuple[int, int, int], last: tuple[int, int, int], text: str
) -> None:
    assert span_text(dt.date(*first), dt.date(*last)) == text


def test_a_day_reads_the_same_everywhere() -> None:
    day = dt.date(2026, 12, 10)
    assert (day_text(day), weekday_text(day), month_text(day)) == ("10 Dec 2026", "Thu 10 Dec", "Dec 2026")
    assert day_view(day, TODAY) == DayView("2026-12-10", "10 Dec 2026", "in 2 weeks", 19)


@pytest.mark.parametrize(
    ("days", "is_past", "is_soon"), [(-1, True, False), (0, False, True), (7, False, True), (8, False, False)]
)
def test_soon_is_within_a_week_and_today_is_not_past(days: int, is_past: bool, is_soon: bool) -> None:
    view = day_view(TODAY + dt.timedelta(days=days), TODAY)
    assert (view.is_past, view.is_soon) == (is_past, is_soon)


@pytest.mark.parametrize(("number", "text"), [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1000, "1000 people")])
def test_a_count_agrees_with_its_noun(number: int, text: str) -> None:
    assert count(number, "person", "people") == text


def test_a_plural_is_regular_unless_it_is_given() -> None:
    assert (count(1, "day"), count(3, "day")) == ("1 day", "3 days")


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_a_list_ends_in_and(words: list[str], text: str) -> None:
    assert listed(words) == text


@pytest.mark.parametrize(
    ("word", "text"),
    [("thought-leader", "Thought leader"), ("in_person", "In person"), ("", ""), ("LinkedIn", "LinkedIn")],
)
def test_a_word_of_the_format_becomes_one_of_a_sentence(word: str, text: str) -> None:
    assert sentence_case(word) == text


def test_spellings_of_one_name_fold_to_one() -> None:
    assert {fold(text) for text in ("Thought leader", "thought-leader", "THOUGHT_leader ", "thought  leader")} == {
        "thought-leader"
    }
    assert fold("C++") != fold("C")


@given(st.dates(), st.dates())
def test_any_two_days_can_be_told_apart_in_words(one: dt.date, other: dt.date) -> None:
    view = day_view(one, other)
    assert view.days == -day_view(other, one).days
    assert (view.relative == "today") is (one == other)
    assert not length_text(max(1, abs(view.days))).startswith("0 ")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "on the day"), (-1, "the day before"), (1, "the day after"), (-3, "3 days before"), (-7, "a week before"),
        (14, "2 weeks after"), (-30, "30 days before"),
    ],
)  # fmt: skip
def test_so_far_from_a_day(days, text):
    assert offset_text(days) == text


@pytest.mark.parametrize(
    ("code", "text"), [("de", "German"), ("pt-BR", "Portuguese (BR)"), ("tlh", "tlh"), ("", ""), ("EN", "English")]
)
def test_a_language_has_a_name(code, text):
    assert language_words(code) == text


def test_what_a_script_lacks_is_said_in_words_with_the_field():
    assert needed_words("person.why") == "the reason to write to them (person.why)"
    assert needed_words("event.place") == "event.place"
    reason = "Bo Li lacks expertise, shoes and why; there is no event ahead"
    missing = ("person.expertise", "person.shoes", "person.why", "event.title")
    assert lacking_words(reason, missing) == (
        "Bo Li lacks what they know (expertise), shoes and the reason to write to them (why); there is no event ahead"
    )
