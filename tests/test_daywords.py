"""Days in words: each form means one day, and what could mean two is none, with the reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.daywords import DayFound, find_day, read_day, why_no_day

TUESDAY = dt.date(2026, 11, 24)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("today", "2026-11-24"),
        ("Tomorrow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("friday", "2026-11-27"),
        ("Fri.", "2026-11-27"),
        ("this friday", "2026-11-27"),
        ("monday", "2026-11-30"),
        ("next monday", "2026-11-30"),
        ("24 Nov", "2026-11-24"),
        ("1 december", "2026-12-01"),
        ("Dec 1st", "2026-12-01"),
        ("the 1st of December", "2026-12-01"),
        ("1 Feb", "2027-02-01"),
        ("Nov 27, 2026", "2026-11-27"),
        ("Friday, 27 November 2026", "2026-11-27"),
        ("thursday the 26th", "2026-11-26"),
        ("24.11.", "2026-11-24"),
        ("1.12.2026", "2026-12-01"),
        ("1.12.26", "2026-12-01"),
        ("24/12", "2026-12-24"),
        ("12/24/2026", "2026-12-24"),
        ("5/5/2027", "2027-05-05"),
        ("2026-12-01", "2026-12-01"),
        ("2026/12/01", "2026-12-01"),
        ("the 24th", "2026-11-24"),
        ("the 31st", "2026-12-31"),
        ("in 2 weeks", "2026-12-08"),
        ("in a month", "2026-12-24"),
        ("within three days", "2026-11-27"),
        ("within 48 hours", "2026-11-26"),
        ("end of the month", "2026-11-30"),
        ("the end of next month", "2026-12-31"),
        ("end of February", "2027-02-28"),
        ("end of the year", "2026-12-31"),
        ("end of june 2028", "2028-06-30"),
    ],
)
def test_a_form_means_one_day_seen_from_a_tuesday(text, iso):
    assert read_day(text, TUESDAY) == day(iso)


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_the_next_one_and_never_today(weekday):
    today = TUESDAY + dt.timedelta(days=weekday)
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    assert read_day(names[today.weekday()], today) == today + dt.timedelta(days=7)
    found = [read_day(name, today) for name in names]
    assert sorted(found) == [today + dt.timedelta(days=ahead) for ahead in range(1, 8)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3/4", "'3/4' could be 3 Apr or 4 Mar; write the month as a word"),
        ("03/04/2027", "'03/04/2027' could be 3 Apr or 4 Mar; write the month as a word"),
        ("next friday", "'next friday' could be Fri 27 Nov or Fri 4 Dec; write the date"),
        ("3 Nov", "'3 nov' could be 2026-11-03 or 2027-11-03; write the year"),
        ("friday 26 Nov", "Thu 26 Nov 2026 is no friday; write one of the two"),
        ("next week", "'next week' is more than one day; write one, such as 2026-12-04"),
        ("this week", "'this week' is more than one day; write one, such as 2026-11-27"),
        ("the weekend", "'the weekend' is more than one day; write one, such as 2026-11-29"),
        ("next month", "'next month' is more than one day; write one, such as 2026-12-31"),
        ("this year", "'this year' is more than one day; write one, such as 2026-12-31"),
        ("april", "'april' is more than one day; write one, such as 2027-04-30"),
        ("may", "'may' is more than one day; write one"),
        ("end of the week", "'end of the week' could be friday or sunday; write one"),
        ("30 Feb", "there is no day '30 feb'"),
        ("2026-13-01", "there is no day '2026-13-01'"),
        ("in 36 hours", "'in 36 hours' is not a whole number of days"),
        ("blorgday", "'blorgday' is not a day; write one such as 24 Nov, friday or 2026-11-24"),
        ("", "'' is not a day; write one such as 24 Nov, friday or 2026-11-24"),
    ],
)
def test_what_is_not_one_day_says_why(text, reason):
    assert (read_day(text, TUESDAY), why_no_day(text, TUESDAY)) == (None, reason)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("friday", "2026-11-20"), ("tuesday", "2026-11-17"), ("yesterday", "2026-11-23"), ("3 Nov", "2026-11-03"),
     ("the 25th", "2026-10-25"), ("1 dec", None), ("next friday", None)],
)  # fmt: skip
def test_looking_back_the_same_words_mean_days_that_have_been(text, iso):
    assert read_day(text, TUESDAY, ahead=False) == (None if iso is None else day(iso))


def test_the_29th_of_february_is_found_in_the_next_leap_year():
    assert read_day("29 Feb", day("2027-11-24")) == day("2028-02-29")
    assert read_day("end of february", day("2027-11-24")) == day("2028-02-29")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Slides by friday", DayFound("Slides", "by friday", day("2026-11-27"))),
        ("Slides, by the end of next month.", DayFound("Slides", "by the end of next month.", day("2026-12-31"))),
        ("Send it tomorrow!", DayFound("Send it", "tomorrow", day("2026-11-25"))),
        ("Send it before friday", DayFound("Send it", "before friday", day("2026-11-26"))),
        ("Numbers no later than 5 Dec", DayFound("Numbers", "no later than 5 Dec", day("2026-12-05"))),
        ("Call on 30.11.", DayFound("Call", "on 30.11.", day("2026-11-30"))),
        ("The paper by Lamport by friday", DayFound("The paper by Lamport", "by friday", day("2026-11-27"))),
        ("by friday", DayFound("", "by friday", day("2026-11-27"))),
        (
            "Call next week",
            DayFound("Call", "next week", None, "'next week' is more than one day; write one, such as 2026-12-04"),
        ),
        (
            "Slides by blorgday",
            DayFound(
                "Slides",
                "by blorgday",
                None,
                "'blorgday' is not a day; write one such as 24 Nov, friday or 2026-11-24",
            ),
        ),
    ],
)
def test_a_text_ends_with_a_day(text, found):
    assert find_day(text, TUESDAY) == found


@pytest.mark.parametrize(
    "text",
    ["", "Slides", "The slides for friday", "Her talk of last tuesday", "Chapter 3/4", "Upgrade to 3.11", "Page 12",
     "Where the boats sat", "What she may", '"The paper by Lamport"', "Next"],
)  # fmt: skip
def test_other_words_end_with_no_day(text):
    assert find_day(text, TUESDAY) is None


@given(st.text(max_size=60), st.dates(), st.booleans())
def test_no_text_and_no_day_trips_it(text, today, ahead):
    assert (read_day(text, today, ahead=ahead) is None) == bool(why_no_day(text, today, ahead=ahead))
    find_day(text, today, ahead=ahead)


words = st.sampled_from(
    [
        "by",
        "on",
        "before",
        "next",
        "this",
        "last",
        "end",
        "of",
        "the",
        "in",
        "a",
        "2",
        "weeks",
        "month",
        "friday",
        "fri",
        "tue",
        "24",
        "nov",
        "24.11.",
        "3/4",
        "2026-12-01",
        "31",
        "feb",
    ]
)


@given(st.lists(words, max_size=7).map(" ".join), st.dates(), st.booleans())
def test_words_of_days_in_any_order_trip_nothing_and_no_word_is_lost(text, today, ahead):
    assert (read_day(text, today, ahead=ahead) is None) == bool(why_no_day(text, today, ahead=ahead))
    found = find_day(text, today, ahead=ahead)
    if found is not None:
        assert f"{found.before} {found.words}".split() == text.split()
        assert (found.day is None) == bool(found.reason)


@given(st.dates(max_value=dt.date(9998, 1, 1)), st.dates(max_value=dt.date(9998, 1, 1)))
def test_a_date_in_digits_means_itself_whatever_today_is(today, date):
    assert read_day(date.isoformat(), today) == date


def test_a_full_stop_alone_is_no_day():
    assert find_day(".", TUESDAY) is None
    assert find_day("met . and .", TUESDAY) is None
