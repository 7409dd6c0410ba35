"""Counts and limits of scripts, channel by channel."""

from __future__ import annotations

import pytest

from playbook.render.scripts.limits import Measure, count_text, find_excess, measure

NONE = (None, None, None)


def said(channels, subject="", body="one two", account="free", own=NONE):
    return [
        f"{one.channel}: {one.text}{' (over)' if one.is_over else ''}"
        for one in measure(channels, subject, body, account, own)
    ]


def test_a_text_is_counted_in_words_characters_and_seconds():
    counts = count_text("word " * 13)
    assert (counts.words, counts.characters, counts.seconds) == (13, 65, 6)


@pytest.mark.parametrize(
    ("channel", "rows"),
    [
        ("email", ["email: 2 of 200 words", "email: subject 5 of 78 characters"]),
        ("linkedin-note", ["linkedin-note: 7 of 200 characters"]),
        ("linkedin-message", ["linkedin-message: 7 of 1,900 characters"]),
        ("mastodon", ["mastodon: 7 of 500 characters"]),
        ("text", ["text: 7 of 320 characters"]),
        ("in-person", ["in-person: 1 of 60 seconds aloud"]),
        ("phone", ["phone: 1 of 60 seconds aloud"]),
        ("video", ["video: 1 second aloud"]),
        ("letter", ["letter: 2 words"]),
        ("carrier-pigeon", ["carrier-pigeon: 2 words"]),
    ],
)
def test_each_channel_counts_what_matters_there(channel, rows):
    assert said((channel,), subject="Hello") == rows


def test_a_template_without_a_channel_is_counted_too():
    assert said((), body="one") == [": 1 word"]


def test_an_e_mail_without_a_subject_has_no_count_of_it():
    assert said(("email",)) == ["email: 2 of 200 words"]


def test_a_premium_account_may_write_longer_notes():
    body = "x" * 300
    assert said(("linkedin-note",), body=body, account="premium") == ["linkedin-note: 300 of 300 characters"]
    assert said(("linkedin-note",), body=body) == ["linkedin-note: 300 of 200 characters (over)"]


def test_the_lower_of_the_two_limits_holds():
    assert said(("email",), own=(120, None, None)) == ["email: 2 of 120 words"]
    assert said(("email",), own=(500, None, None)) == ["email: 2 of 200 words"]


def test_a_limit_in_another_unit_stands_beside_the_channels_own():
    assert said(("in-person", "letter"), own=(1, None, 20)) == [
        "in-person: 1 of 20 seconds aloud",
        "in-person: 2 of 1 words (over)",
        "letter: 2 of 1 words (over)",
        "letter: 1 of 20 seconds aloud",
    ]


def test_what_is_passed_is_said_once_with_where_it_holds():
    body = "word " * 250
    measures = measure(("email", "linkedin-message", "mastodon"), "s" * 79, body, "free", (100, None, None))
    assert find_excess(measures) == (
        "250 of 100 words", "79 of 78 characters for a subject", "1250 of 500 characters for Mastodon",
    )  # fmt: skip


def test_a_measure_says_which_part_it_counts():
    assert Measure("email", "subject", "characters", 24, 78).text == "subject 24 of 78 characters"
