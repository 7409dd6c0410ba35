"""What stands behind a code: happenings, promises, things to do, and words that are kept as they are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.capture.parts import parts_of
from playbook.capture.words import Ticked, ToDo, Told, read_learned, read_tick, read_to_do, read_words
from playbook.gestures.people import Pledge
from playbook.records.choices import By, LogKind

TUESDAY = dt.date(2026, 11, 24)
FRIDAY = dt.date(2026, 11, 27)
NO_DAY = "is not a day; write one such as 24 Nov, friday or 2026-11-24"


def mine(what: str, due: dt.date | None = None) -> Pledge:
    return Pledge(what, By.ME, due)


def theirs(what: str, due: dt.date | None = None) -> Pledge:
    return Pledge(what, By.THEM, due)


def test_the_line_of_the_kit_is_read():
    assert read_words("met, wants the storage paper, promised slides by friday", TUESDAY) == Told(
        LogKind.MET, "Wants the storage paper", (mine("Slides", FRIDAY),)
    )


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("met", LogKind.MET, ""),
        ("met her", LogKind.MET, ""),
        ("wants the paper", LogKind.MET, "Wants the paper"),
        ("met at the coffee machine", LogKind.MET, "Met at the coffee machine"),
        ("asked about rehearsals", LogKind.ASKED, "Asked about rehearsals"),
        ("Gave her our numbers", LogKind.GAVE, "Gave her our numbers"),
        ("got the timings", LogKind.RECEIVED, "Got the timings"),
        ("gave me her card", LogKind.RECEIVED, "Gave me her card"),
        ("asked me why", LogKind.MET, "Asked me why"),
        ("note: likes tea, green", LogKind.NOTE, "Likes tea, green"),
        ("note that she likes tea", LogKind.MET, "Note that she likes tea"),
        ("heard: yes", LogKind.HEARD, "Yes"),
        ("met, asked about storage", LogKind.MET, "Asked about storage"),
        ("wants tea, asked about storage", LogKind.ASKED, "Wants tea, asked about storage"),
        ("iPhone user; old one", LogKind.MET, "iPhone user; old one"),
        ("wants 1,000 copies", LogKind.MET, "Wants 1,000 copies"),
        ("ask: is it still so?", LogKind.MET, "Ask: is it still so?"),
        ('said "well, promised slides"', LogKind.MET, 'Said "well, promised slides"'),
        ("wants tea by friday", LogKind.MET, "Wants tea by friday"),
        ("I met her", LogKind.MET, ""),
        ("he answered, suggests a call", LogKind.HEARD, "He answered, suggests a call"),
        ("replied: yes", LogKind.HEARD, "Replied: yes"),
        ("wrote back", LogKind.HEARD, "Wrote back"),
        ("I wrote back", LogKind.WROTE, "I wrote back"),
        ("replied to her", LogKind.WROTE, "Replied to her"),
        ("she called", LogKind.CALLED, "She called"),
        ("she wrote to me about it", LogKind.HEARD, "She wrote to me about it"),
        ("she wrote the book on it", LogKind.MET, "She wrote the book on it"),
        ("call", LogKind.CALLED, "Call"),
        ("video call, likes tea", LogKind.CALLED, "Video call, likes tea"),
        ("a short call about tea", LogKind.CALLED, "A short call about tea"),
        ("wants a call", LogKind.MET, "Wants a call"),
        ("likes tea, call", LogKind.MET, "Likes tea, call"),
        ("e-mail", LogKind.WROTE, "E-mail"),
        ("message, likes tea", LogKind.WROTE, "Message, likes tea"),
        ("missed her talk", LogKind.MET, "Missed her talk"),
        ("metallurgist", LogKind.MET, "Metallurgist"),
        ("", LogKind.MET, ""),
        (", ,;", LogKind.MET, ""),
    ],
)
def test_a_verb_sets_the_kind_and_other_words_are_kept(text, kind, what):
    assert read_words(text, TUESDAY) == Told(kind, what)


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("promised slides", mine("Slides")),
        ("Promised slides by friday", mine("Slides", FRIDAY)),
        ("I promised them the slides friday", mine("The slides", FRIDAY)),
        ("promised to send slides", mine("Send slides")),
        ("promised: slides", mine("Slides")),
        ("send paper by friday", mine("Send paper", FRIDAY)),
        ("will send her the paper before saturday", mine("Send her the paper", FRIDAY)),
        ("I'll call on friday", mine("Call", FRIDAY)),
        ("I’ll call", mine("Call")),
        ("owe her lunch", mine("Lunch")),
        ("promised slides, by friday", mine("Slides", FRIDAY)),
        ("promised slides by Friday, 27 Nov", mine("Slides", FRIDAY)),
        ("promised slides by Nov 27, 2026", mine("Slides", FRIDAY)),
        ("promised the slides, and the paper, by friday", mine("The slides, and the paper", FRIDAY)),
        ("send slides, paper, and numbers by friday", mine("Send slides, paper, and numbers", FRIDAY)),
        ("I promise slides", mine("Slides")),
        ('promised "the paper by Lamport"', mine("The paper by Lamport")),
        ('send "the paper by Lamport" by friday', mine('Send "the paper by Lamport"', FRIDAY)),
        ("promised the slides for friday", mine("The slides for friday")),
        ("promised me a coffee", theirs("A coffee")),
        ("she promised the numbers by friday", theirs("The numbers", FRIDAY)),
        ("they promised to call", theirs("Call")),
        ("they'll write", theirs("Write")),
        ("he will write by friday", theirs("Write", FRIDAY)),
        ("owes me a coffee", theirs("A coffee")),
        ("owes a coffee", theirs("A coffee")),
        ("send me the paper", theirs("Send me the paper")),
    ],
)
def test_a_promise_is_whose_it_is_and_when_it_is_due(text, promise):
    assert read_words(text, TUESDAY) == Told(LogKind.MET, "", (promise,))


def test_a_promise_behind_an_and_is_one_too():
    assert read_words("met and promised slides by friday", TUESDAY) == Told(LogKind.MET, "", (mine("Slides", FRIDAY),))


def test_words_on_both_sides_of_a_promise_are_joined():
    told = read_words("wants the paper, promised slides, works on clocks", TUESDAY)
    assert told == Told(LogKind.MET, "Wants the paper, works on clocks", (mine("Slides"),))


def test_words_by_somebody_are_words_also_behind_a_promise():
    told = read_words('send tea, read the paper by Lamport, wants "all of it by friday"', TUESDAY)
    assert told == Told(LogKind.MET, 'Read the paper by Lamport, wants "all of it by friday"', (mine("Send tea"),))


@pytest.mark.parametrize(
    ("text", "to_do"),
    [
        ("follow up", ToDo("Follow up", None)),
        ("follow up on friday", ToDo("Follow up", FRIDAY)),
        ("follow-up with her by friday", ToDo("Follow-up with her", FRIDAY)),
        ("follow up: call her", ToDo("Call her", None)),
        ("follow up call her friday", ToDo("Call her", FRIDAY)),
        ("todo call her", ToDo("Call her", None)),
        ("to do: call her", ToDo("Call her", None)),
    ],
)
def test_something_to_do_afterwards_is_no_promise(text, to_do):
    assert read_words(text, TUESDAY) == Told(LogKind.MET, "", (), (to_do,))
    assert read_to_do(text, TUESDAY) == (to_do, "")


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("promised", "'promised' does not say what"),
        ("they promised, met", "'they promised' does not say what"),
        ("promised by friday", "'promised by friday' does not say what"),
        ("promised it by 3/4", "'3/4' could be 3 Apr or 4 Mar; write the month as a word"),
        ("promised tea, by blorgday", f"'blorgday' {NO_DAY}; words that are no day go in quotes"),
        (
            "send slides, wants the paper by friday",
            "'wants the paper by friday': if that is the day of 'send slides', write it right behind it; else in quotes",
        ),
        ("met, by friday", "'by friday': if something is due then, write it right behind it; else in quotes"),
        (
            "met, due friday",
            "'due friday': if something is due then, write it right behind it; else in quotes",
        ),
        (
            "send slides, wants the paper no later than friday",
            "'wants the paper no later than friday': if that is the day of 'send slides', write it right behind it; "
            "else in quotes",
        ),
        (
            "promised slides by friday and paper by monday",
            "'slides by friday and paper by monday' holds two days; write a promise for each, with a comma between",
        ),
        ("not there, send slides", "'not there': then nothing passed between you; write 'note: …' to keep it"),
        ("met, send it next week", "'next week' is more than one day; write one, such as 2026-12-04"),
        ("promised the paper by Lamport", f"'Lamport' {NO_DAY}; words that are no day go in quotes"),
    ],
)
def test_what_is_not_clear_is_said_and_not_guessed(text, doubt):
    assert read_words(text, TUESDAY).doubts == (doubt,)


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("done", Ticked(done=TUESDAY)),
        ("Done.", Ticked(done=TUESDAY)),
        ("done on 20 Nov", Ticked(done=dt.date(2026, 11, 20))),
        ("done yesterday", Ticked(done=dt.date(2026, 11, 23))),
        ("skip because nobody asked", Ticked(skipped="Nobody asked")),
        ("skipped, because nobody asked", Ticked(skipped="Nobody asked")),
        ("skipped: nobody asked", Ticked(skipped="Nobody asked")),
        ("skip", Ticked(doubt="an item is 'done', or 'skip because …'")),
        ("half", Ticked(doubt="an item is 'done', or 'skip because …'")),
        ("", Ticked(doubt="an item is 'done', or 'skip because …'")),
        ("done 3/4", Ticked(doubt="'3/4' could be 3 Apr or 4 Mar; write the month as a word")),
        ("done 2026-11-25", Ticked(doubt="2026-11-25 lies ahead; an item is done on a day that has come")),
    ],
)
def test_an_item_is_done_or_left_out_with_a_reason(text, ticked):
    assert read_tick(text, TUESDAY, TUESDAY) == ticked


def test_a_learning_is_kept_whole():
    assert read_learned("learned: people rehearse, on paper; only") == "People rehearse, on paper; only"
    assert read_learned("Learnt that nobody asks") == "That nobody asks"
    assert read_learned("learnedly") == ""


@given(st.text(alphabet='abc 1,;"', max_size=40).map(lambda text: " ".join(text.split())))
def test_parts_put_together_again_are_the_text(text):
    joined = "".join(between + part for between, part in parts_of(text))
    assert joined.replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=80).map(lambda text: " ".join(text.split())))
def test_no_text_trips_it(text):
    told = read_words(text, TUESDAY)
    assert isinstance(told.kind, LogKind)
    read_tick(text, TUESDAY, TUESDAY)
    read_to_do(text, TUESDAY)


pieces = st.sampled_from(
    ["met", "promised", "slides", "by friday", "by blorgday", "and", ",", ";", "send", "me", "they", "will", "follow up",
     "todo", "note:", "asked", '"', "tomorrow", "1,000", "I", "owe", "gave", "done", "skip because"]
)  # fmt: skip


@given(st.lists(pieces, max_size=9).map(" ".join))
def test_of_words_in_any_order_none_is_lost(text):
    told = read_words(text, TUESDAY)
    kept = [told.what, *(one.what for one in told.promises), *(one.what for one in told.to_do), *told.doubts]
    for word in ("slides", "1,000"):
        assert (word not in text) or bool(told.doubts) or any(word in one.lower() for one in kept)


def test_a_verb_may_stand_before_a_colon_as_before_a_comma():
    for text in ("Called: she will ask by friday", "called, she will ask by friday"):
        told = read_words(text, TUESDAY)
        assert (told.kind, told.what, [one.what for one in told.promises]) == (LogKind.CALLED, "", ["Ask"])
    note = read_words("note: she will ask", TUESDAY)
    assert (note.kind, note.what, note.promises) == (LogKind.NOTE, "She will ask", ())
    assert read_words("sent me her notes", TUESDAY).kind is LogKind.RECEIVED
