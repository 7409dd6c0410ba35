"""Calendars: what stands in them, under which identity, and that no text can become a line of its own."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.audience import restrict
from playbook.exchange.calendar import calendar_bytes
from playbook.views.feeds import Appointment, due_feed, events_feed
from playbook.views.scene import Scene
from tests.support import book

TODAY = dt.date(2026, 11, 21)
FILES = {
    "me.yml": "name: Mara\ntimezone: Europe/Berlin",
    "goals/staff.yml": """
        title: Staff
        visibility: public
        milestones: [{title: Packet, due: 2026-12-05, visibility: public}]
        checklist:
          - {task: Draft, due: 2026-11-25, visibility: public}
          - {task: Ask Ada, due: 2026-11-26, visibility: me}
        """,
    "people/ada.yml": "name: Ada\ncadence: weekly\nlog: [{date: 2026-11-10, kind: heard}]\npromises: [{what: Slides, due: 2026-11-27}]",
    "events/camp.yml": "title: Camp\nstarts: 2026-12-01 09:00\nends: 2026-12-03 17:00\nstatus: registered\nplace: Bremen\nvisibility: public",
    "events/talk.yml": "title: Talk\nstarts: 2026-12-10 18:30\ntimezone: America/New_York\nends: 2026-12-10 20:00",
    "events/fair.yml": "title: Fair\nstarts: 2026-12-20\nends: 2026-12-21",
    "events/no.yml": "title: No\nstarts: 2026-12-20\nstatus: skipped",
    "events/old.yml": "title: Old\nstarts: 2024-12-20",
}


def scene(audience: str = "me", files: dict[str, str] = FILES) -> Scene:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def read(content: bytes) -> list[icalendar.Event]:
    """The events, as another program reads them."""
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_what_is_due_stands_on_its_day_with_whom_to_be_in_touch() -> None:
    found = read(calendar_bytes("Due", due_feed(scene()), TODAY))
    assert [(event["dtstart"].dt, str(event["summary"])) for event in found] == [
        (TODAY, "Be in touch with Ada"),
        (dt.date(2026, 11, 25), "Draft"),
        (dt.date(2026, 11, 26), "Ask Ada"),
        (dt.date(2026, 11, 27), "Slides"),
        (dt.date(2026, 12, 5), "Packet"),
    ]
    assert {event["dtend"].dt - event["dtstart"].dt for event in found} == {dt.timedelta(days=1)}


def test_another_reader_gets_what_their_pages_show_and_nothing_about_people() -> None:
    found = read(calendar_bytes("Due", due_feed(scene("public")), TODAY))
    assert [str(event["summary"]) for event in found] == ["Draft", "Packet"]
    assert [str(event["summary"]) for event in read(calendar_bytes("E", events_feed(scene("public")), TODAY))] == [
        "Camp"
    ]


def test_hours_are_told_in_utc_and_days_end_with_their_last() -> None:
    found = {str(event["summary"]): event for event in read(calendar_bytes("E", events_feed(scene()), TODAY))}
    assert list(found) == ["Camp", "Talk", "Fair"]
    assert found["Camp"]["dtstart"].dt == dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
    assert found["Talk"]["dtstart"].dt == dt.datetime(2026, 12, 10, 23, 30, tzinfo=dt.UTC)
    assert found["Talk"]["dtend"].dt == dt.datetime(2026, 12, 11, 1, 0, tzinfo=dt.UTC)
    assert (found["Fair"]["dtstart"].dt, found["Fair"]["dtend"].dt) == (dt.date(2026, 12, 20), dt.date(2026, 12, 22))
    assert [str(event["transp"]) for event in found.values()] == ["OPAQUE", "TRANSPARENT", "TRANSPARENT"]


def test_an_hour_in_the_night_of_the_clocks_is_a_moment() -> None:
    night = {
        "me.yml": "timezone: Europe/Berlin",
        "events/a.yml": "title: A\nstarts: 2026-10-25 02:30\nends: 2026-10-25 03:30",
    }
    [found] = read(calendar_bytes("E", events_feed(scene(files=night)), TODAY))
    assert found["dtend"].dt > found["dtstart"].dt


def test_an_entry_keeps_its_identity_when_its_day_changes_or_others_come_before_it() -> None:
    moved = dict(FILES)
    moved["goals/staff.yml"] = (
        FILES["goals/staff.yml"]
        .replace("checklist:\n", "checklist:\n          - {task: New, due: 2026-11-22}\n")
        .replace("2026-11-25", "2026-12-24")
    )
    moved["events/camp.yml"] = FILES["events/camp.yml"].replace("2026-12-01", "2026-12-02")
    before = {one.title: one.uid for one in (*due_feed(scene()), *events_feed(scene()))}
    after = {one.title: one.uid for one in (*due_feed(scene(files=moved)), *events_feed(scene(files=moved)))}
    assert {title: after[title] for title in before} == before
    assert len(set(after.values())) == len(after)


def test_a_discreet_calendar_tells_days_alone() -> None:
    content = calendar_bytes("Playbook", [*due_feed(scene()), *events_feed(scene())], TODAY, discreet=True)
    for word in (b"Ada", b"Draft", b"Camp", b"Bremen", b"circle", b"rhythm"):
        assert word not in content
    assert {str(event["summary"]) for event in read(content)} == {"Playbook"}


def test_the_same_day_gives_the_same_bytes() -> None:
    first = calendar_bytes("Due", due_feed(scene()), TODAY)
    assert calendar_bytes("Due", due_feed(scene()), TODAY) == first
    assert first.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


texts = st.text(max_size=60) | st.sampled_from(
    ["x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil", "a\nATTENDEE:mailto:x@y.z", "\\n;,:", "\x00\x0b\u2028", "a\rb"]
)


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4))
def test_no_text_can_become_a_line_of_the_calendar(all_texts: list[tuple[str, str, str]]) -> None:
    appointments = [
        Appointment(f"{number}@x", TODAY, TODAY, title, text, place)
        for number, (title, text, place) in enumerate(all_texts)
    ]
    found = read(calendar_bytes("Name", appointments, TODAY))
    assert [str(event["uid"]) for event in found] == [one.uid for one in appointments]
    keys = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP", "CLASS", "DESCRIPTION", "LOCATION"}
    assert all(set(event) <= keys for event in found)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_calendars_ends_are_days(day: dt.date) -> None:
    assert len(read(calendar_bytes("N", [Appointment("1@x", day, day, "T")], TODAY))) == 1
