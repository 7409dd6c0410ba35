"""The day that a talk was on, at the end of its words: understood where only one can be meant, else a doubt."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.capture.own_day import OwnDay, read_own_day

TUESDAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "before", "words", "day"),
    [
        ("coffee, yesterday", "coffee", "yesterday", "2026-11-23"),
        ("coffee; Yesterday.", "coffee", "Yesterday.", "2026-11-23"),
        ("coffee, today", "coffee", "today", "2026-11-24"),
        ("coffee, friday", "coffee", "friday", "2026-11-20"),
        ("called, coffee, on monday", "called, coffee", "on monday", "2026-11-23"),
        ("coffee, on fri", "coffee", "on fri", "2026-11-20"),
        ("coffee, last tuesday", "coffee", "last tuesday", "2026-11-17"),
        ("coffee, 2026-10-01", "coffee", "2026-10-01", "2026-10-01"),
        ("coffee, 19 Nov", "coffee", "19 Nov", "2026-11-19"),
        ("coffee, Nov 19, 2026", "coffee", "Nov 19, 2026", "2026-11-19"),
        ("yesterday", "", "yesterday", "2026-11-23"),
        ("called yesterday", "called", "yesterday", "2026-11-23"),
        ("coffee, called on monday", "coffee, called", "on monday", "2026-11-23"),
        ("called, yesterday, she is well", "called, she is well", "yesterday", "2026-11-23"),
        ("called yesterday, she is well", "called, she is well", "yesterday", "2026-11-23"),
        ("called, yesterday about the slot", "called, about the slot", "yesterday", "2026-11-23"),
        ("asked on monday about the slot", "asked about the slot", "on monday", "2026-11-23"),
        ("yesterday, she is well", "she is well", "yesterday", "2026-11-23"),
        ("yesterday about the slot", "about the slot", "yesterday", "2026-11-23"),
        ("dinner talk yesterday", "dinner talk", "yesterday", "2026-11-23"),
        ("lunch on monday", "lunch", "on monday", "2026-11-23"),
        ("a long lunch at the port on friday, she agrees", "a long lunch at the port, she agrees", "on friday", "2026-11-20"),
        ("she called yesterday", "she called", "yesterday", "2026-11-23"),
        ("call last friday, promised slides by friday", "call, promised slides by friday", "last friday", "2026-11-20"),
        ("we had coffee on 19 Nov", "we had coffee", "on 19 Nov", "2026-11-19"),
        ("coffee, promised slides by friday, yesterday", "coffee, promised slides by friday", "yesterday", "2026-11-23"),
    ],
)  # fmt: skip
def test_a_day_behind_a_comma_is_the_day_of_the_talk(text, before, words, day):
    assert read_own_day(text, TUESDAY) == OwnDay(before, words, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "coffee",
        'coffee, "yesterday"',
        "asked what happened yesterday",
        "promised slides, friday",
        "promised slides by friday, 27 Nov",
        "promised slides by friday",
        "todo call her, on monday",
        "wants the paper by friday",
        "met, by friday",
        "the score, 9/10",
        "talks again, next week",
        "the march, may",
        "likes tea, 2026",
        "called, lunch on monday",
        "has a meeting on friday",
        "likes tea on friday",
        "planned lunch next friday",
        "called about lunch tomorrow",
        "asked for lunch next friday",
        "lunch by friday",
        "lunch next week",
        "asked whether they met yesterday, she agrees",
        "tomorrow we meet again",
        'lunch "on monday"',
    ],
)
def test_words_and_the_days_of_promises_are_none(text):
    assert read_own_day(text, TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("coffee, tomorrow", "'tomorrow' is 2026-11-25, which lies ahead; write down what has been"),
        ("lunch tomorrow", "'tomorrow' is 2026-11-25, which lies ahead; write down what has been"),
        ("lunch next friday", "'next friday' does not lie behind; write the date"),
        ("lunch on tuesday", "'on tuesday' could be today or 2026-11-17"),
        ("called about the slot on friday", "'on friday' could be the day of the talk, or of 'about the slot'"),
        ("called, friday demos are fun", "'friday' could be the day of the talk, or a word"),
        ("friday demos are fun", "'friday' could be the day of the talk, or a word"),
        ("coffee, 2027-01-01", "'2027-01-01' is 2027-01-01, which lies ahead; write down what has been"),
        ("coffee, next friday", "'next friday' does not lie behind; write the date"),
        ("coffee, tuesday", "'tuesday' could be today or 2026-11-17"),
        ("coffee, 27 Nov", "'27 nov' could be 2026-11-27 or 2025-11-27; write the year"),
        ("coffee, 31 Feb", "there is no day '31 feb'"),
        ("coffee, fri", "'fri' could be a day or a word"),
        ("the beach, sun", "'sun' could be a day or a word"),
        ("coffee, 3 days ago", "'3 days ago' is not a day that is understood"),
        ("coffee, last week", "'last week' is not a day that is understood"),
        ("promised slides, yesterday", "'yesterday' could be the day of the talk, or of 'slides, yesterday'"),
        (
            "promised slides, likes tea, friday",
            "'friday' could be the day of the talk, or the one by which 'promised slides' is due",
        ),
    ],
)
def test_what_could_be_meant_otherwise_is_a_doubt(text, doubt):
    found = read_own_day(text, TUESDAY)
    assert (found.day, found.doubt) == (None, doubt)
