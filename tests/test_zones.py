"""Which day it is, east and west of the date line and in the nights of the clocks; and that everything says the same."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from playbook.agenda import next_events, next_yearly, tasks
from playbook.cli import main
from playbook.exchange.calendar import calendar_bytes
from playbook.records.days import YearDay
from playbook.views.feeds import events_feed
from playbook.views.home import home_view
from playbook.views.scene import Scene
from playbook.views.words import day_text
from playbook.zones import read_day, today_in
from tests.effort import examples
from tests.support import book

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# ---- which day it is


@pytest.mark.parametrize(
    ("now", "berlin", "new_york", "kiritimati", "pago_pago"),
    [
        # Three days at one moment, also around a year's end and a leap day.
        ("2026-11-21 10:30", "2026-11-21", "2026-11-21", "2026-11-22", "2026-11-20"),
        ("2026-12-31 10:30", "2026-12-31", "2026-12-31", "2027-01-01", "2026-12-30"),
        ("2028-02-29 10:30", "2028-02-29", "2028-02-29", "2028-03-01", "2028-02-28"),
        # Midnight, to the minute.
        ("2026-12-31 22:59", "2026-12-31", "2026-12-31", "2027-01-01", "2026-12-31"),
        ("2026-12-31 23:00", "2027-01-01", "2026-12-31", "2027-01-01", "2026-12-31"),
        ("2026-06-30 22:00", "2026-07-01", "2026-06-30", "2026-07-01", "2026-06-30"),
        # The nights of the clocks: Berlin on 29 March and 25 October, New York on 8 March and 1 November.
        ("2026-03-28 23:00", "2026-03-29", "2026-03-28", "2026-03-29", "2026-03-28"),
        ("2026-03-29 21:59", "2026-03-29", "2026-03-29", "2026-03-30", "2026-03-29"),
        ("2026-03-29 22:00", "2026-03-30", "2026-03-29", "2026-03-30", "2026-03-29"),
        ("2026-10-24 22:00", "2026-10-25", "2026-10-24", "2026-10-25", "2026-10-24"),
        ("2026-10-25 22:59", "2026-10-25", "2026-10-25", "2026-10-26", "2026-10-25"),
        ("2026-10-25 23:00", "2026-10-26", "2026-10-25", "2026-10-26", "2026-10-25"),
        ("2026-03-08 05:00", "2026-03-08", "2026-03-08", "2026-03-08", "2026-03-07"),
        ("2026-03-09 03:59", "2026-03-09", "2026-03-08", "2026-03-09", "2026-03-08"),
        ("2026-03-09 04:00", "2026-03-09", "2026-03-09", "2026-03-09", "2026-03-08"),
        ("2026-11-02 04:59", "2026-11-02", "2026-11-01", "2026-11-02", "2026-11-01"),
        ("2026-11-02 05:00", "2026-11-02", "2026-11-02", "2026-11-02", "2026-11-01"),
    ],
)
def test_today_is_the_day_where_you_live(now: str, berlin: str, new_york: str, kiritimati: str, pago_pago: str) -> None:
    found = [today_in(zone, moment(now)).isoformat() for zone in ZONES]
    assert found == [berlin, new_york, kiritimati, pago_pago]


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(
    st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(9999, 12, 30)),
    st.integers(0, 48 * 60),
    st.sampled_from(ZONES),
)
def test_a_later_moment_is_never_an_earlier_day(now: dt.datetime, minutes: int, zone: str) -> None:
    now = now.replace(tzinfo=dt.UTC)
    later = now + min(dt.timedelta(minutes=minutes), dt.datetime(9999, 12, 31, tzinfo=dt.UTC) - now)
    days = (today_in(zone, later) - today_in(zone, now)).days
    # Two days and the last of 1994, which Kiritimati left out.
    assert 0 <= days <= 3
    assert abs((today_in(zone, now) - now.date()).days) <= 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_command_and_the_site_speak_of_the_day_where_you_live(zone, tmp_path, capsys) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/me.yml").write_text(f"name: Me\ntimezone: {zone}\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\ndocs_dir: content/pages\nplugins: [playbook]\n", encoding="utf-8"
    )
    before = today_in(zone)
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_files(Files([]), config=config)
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(tmp_path), "today"])
    said = capsys.readouterr().out.splitlines()[0]
    after = today_in(zone)
    # Midnight may pass meanwhile; then it is either day.
    assert config.plugins["playbook"].today in (before, after)
    assert (ended.value.code, said) in ((0, day_text(before)), (0, day_text(after)))


# ---- events by their own clocks

CAMP = """
    title: Camp
    starts: 2026-10-24 20:00
    ends: 2026-10-25 23:30
    status: attended
    timezone: {zone}
    checklist:
      - {{task: Early, due: T-30}}
      - {{task: The day before, due: T-1}}
      - {{task: On the day, due: T-0}}
      - {{task: Thanks, due: T+1}}
    outcomes: {{met: [ada], follow_ups: [{{what: Send it}}]}}
    """


@pytest.mark.parametrize("mine", ZONES)
@pytest.mark.parametrize("zone", ZONES)
def test_relative_days_are_the_events_own_whatever_the_clocks_do(zone: str, mine: str) -> None:
    files = {"people/ada.yml": "name: Ada", "me.yml": f"name: Me\ntimezone: {mine}"}
    loaded = book({**files, "events/camp.yml": CAMP.format(zone=zone)})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    found = [(str(task.kind), task.text, str(task.due)) for task in tasks(loaded.playbook, day("2026-10-25"))]
    assert found == [
        ("checklist item", "Early", "2026-09-24"),
        ("checklist item", "The day before", "2026-10-23"),
        ("checklist item", "On the day", "2026-10-24"),
        ("checklist item", "Thanks", "2026-10-26"),
        ("follow-up", "Send it", "2026-10-27"),
        ("follow-up", "Camp", "2026-10-27"),
    ]
    assert [entry.id for entry in next_events(loaded.playbook, day("2026-10-25"))] == ["camp"]
    assert next_events(loaded.playbook, day("2026-10-26")) == ()


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "dtstart", "dtend"),
    [
        ("Pacific/Kiritimati", "2027-01-01 00:30", "2027-01-01 02:00", "2026-12-31 10:30", "2026-12-31 12:00"),
        ("Pacific/Pago_Pago", "2026-12-31 23:30", "2027-01-01 00:30", "2027-01-01 10:30", "2027-01-01 11:30"),
        ("America/New_York", "2028-02-28 20:00", "2028-02-28 21:00", "2028-02-29 01:00", "2028-02-29 02:00"),
        # The same hour of the clock before and after they are put forward, and back.
        ("Europe/Berlin", "2026-03-28 18:00", "2026-03-29 18:00", "2026-03-28 17:00", "2026-03-29 16:00"),
        ("Europe/Berlin", "2026-10-24 18:00", "2026-10-25 18:00", "2026-10-24 16:00", "2026-10-25 17:00"),
        ("America/New_York", "2026-03-07 18:00", "2026-03-08 18:00", "2026-03-07 23:00", "2026-03-08 22:00"),
        # An hour that is there twice is the first of the two; one that is not there never ends before it begins.
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 03:00", "2026-10-25 00:30", "2026-10-25 02:00"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 04:00", "2026-03-29 01:30", "2026-03-29 02:00"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 03:00", "2026-03-29 01:30", None),
        # Where UTC has no such moment the days are what is told.
        ("Europe/Berlin", "0001-01-01 00:30", "0001-01-01 23:30", "0001-01-01", "0001-01-02"),
        ("Pacific/Pago_Pago", "9999-12-31 22:00", "9999-12-31 23:30", "9999-12-31", None),
    ],
)
def test_a_calendar_tells_the_moment_at_which_it_is_that_hour_there(
    zone: str, starts: str, ends: str, dtstart: str, dtend: str | None
) -> None:
    playbook = book({"events/a.yml": f"title: A\nstarts: {starts}\nends: {ends}\ntimezone: {zone}"}).playbook
    today = day(starts[:10])
    feed = calendar_bytes("E", events_feed(Scene(playbook, today)), today)
    [found] = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    shown = [str(found[key].dt).removesuffix(":00+00:00") if key in found else None for key in ("dtstart", "dtend")]
    assert shown == [dtstart, dtend]


# ---- any day that somebody names


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(st.dates())
def test_every_day_there_is_can_be_named(today: dt.date) -> None:
    assert read_day(today.isoformat()) == today


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(st.dates(), st.dates(dt.date(2028, 1, 1), dt.date(2028, 12, 31)))
def test_a_yearly_day_comes_within_a_year_and_never_in_the_past(today: dt.date, born: dt.date) -> None:
    found = next_yearly(YearDay(born.month, born.day), today)
    assert 0 <= (found - today).days <= 366
    is_kept_on_another = (born.month, born.day) == (2, 29) and (found.month, found.day) == (2, 28)
    is_the_last = found == dt.date.max
    assert (found.month, found.day) == (born.month, born.day) or is_kept_on_another or is_the_last
    assert next_yearly(YearDay(born.month, born.day), found) == found


@pytest.mark.parametrize(
    ("born", "today", "shown"),
    [
        ("--01-02", "2026-12-26", ["2027-01-02"]),
        ("--01-02", "2026-12-25", []),
        ("--02-29", "2027-02-21", ["2027-02-28"]),
        ("--02-29", "2028-02-21", []),
        ("--02-29", "2028-02-22", ["2028-02-29"]),
        ("--03-29", "2026-03-22", ["2026-03-29"]),
    ],
)
def test_a_birthday_is_brought_up_a_week_before_it(born: str, today: str, shown: list[str]) -> None:
    playbook = book({"people/ada.yml": f"name: Ada\ndates: {{birthday: {born}}}"}).playbook
    home = home_view(Scene(playbook, day(today)))
    assert [task.due.iso for task in (*home.waiting, *home.this_week, *home.coming) if task.due] == shown
