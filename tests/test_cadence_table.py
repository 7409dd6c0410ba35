"""The cadence engine as a table: what stands in Ada's file and in me.yml, the day, and what it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from playbook.cadence import cadence_of
from tests.support import book


@dataclass(frozen=True)
class Case:
    """One row; `comes_to` is standing, due, latest, source and the day of the last touch."""

    name: str
    ada: str
    today: str
    comes_to: str
    me: str = ""
    others: dict[str, str] = field(default_factory=dict)


BO = {"people/bo.yml": "name: Bo\nlog: [{date: 2026-03-02, what: Lunch, with: [ada]}]"}
BO_NOTE = {"people/bo.yml": "name: Bo\nlog: [{date: 2026-03-02, kind: note, what: Saw them, with: [ada]}]"}
BO_TOLD = {"people/bo.yml": "name: Bo\nlog: [{date: 2026-03-02, kind: introduced, what: To Ada, about: [ada]}]"}
CAMP = {"events/camp.yml": "title: Camp\nstarts: 2026-03-01\nends: 2026-03-02\noutcomes: {met: [ada]}"}
SKIPPED = {"events/camp.yml": "title: Camp\nstarts: 2026-03-01\nstatus: skipped\noutcomes: {met: [ada]}"}
FAR_CAMP = {"events/camp.yml": "title: Camp\nstarts: 2026-03-02 23:30\ntimezone: Pacific/Kiritimati"}
YULE = "away: [{from: 2026-12-23, to: 2027-01-03}]"
MARCH = "log: [{date: 2026-03-02}]"
ONE = "{date: 2026-09-01, kind: wrote}"
TWO = f"{ONE}, {{date: 2026-09-10, kind: asked}}"
THREE = f"{TWO}, {{date: 2026-09-25, kind: wrote}}"
FOUR = f"{THREE}, {{date: 2026-11-05, kind: wrote}}"
KNOWN = "{date: 2026-01-05, kind: heard}"

TABLE = (
    # ---- circles, and what me.yml makes of them
    Case("inner", f"circle: inner\n{MARCH}", "2026-03-29", "later 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("inner, ideal day", f"circle: inner\n{MARCH}", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("inner, longest day", f"circle: inner\n{MARCH}", "2026-04-13", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("inner, day after", f"circle: inner\n{MARCH}", "2026-04-14", "overdue 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("regular", f"circle: regular\n{MARCH}", "2026-06-02", "due 2026-06-02 2026-07-17 | circle regular | 2026-03-02"),
    Case("wide", f"circle: wide\n{MARCH}", "2027-03-01", "later 2027-03-02 2027-09-02 | circle wide | 2026-03-02"),
    Case("redefined circle", f"circle: inner\n{MARCH}", "2026-03-09", "due 2026-03-09 2026-03-13 | circle inner | 2026-03-02", me="circles: {inner: weekly}"),
    Case("circle of one's own", f"circle: far\n{MARCH}", "2028-03-02", "due 2028-03-02 2029-03-02 | circle far | 2026-03-02", me="circles: {far: every 2 years}"),
    Case("circle with a window", f"circle: near\n{MARCH}", "2026-03-10", "overdue 2026-03-05 2026-03-09 | circle near | 2026-03-02", me="circles: {near: {ideal: 3 days, max: 1 week}}"),
    Case("circle that never asks", f"circle: wide\n{MARCH}", "2030-01-01", "never - - | circle wide | 2026-03-02", me="circles: {wide: never}"),
    Case("circle that never asks, one message", f"circle: wide\nlog: [{ONE}]", "2026-11-21", "never - - | circle wide | 2026-09-01", me="circles: {wide: never}"),
    Case("no circle", MARCH, "2030-01-01", "never - - | no rhythm | 2026-03-02"),
    # ---- one's own rhythm
    Case("own over circle", f"circle: inner\ncadence: quarterly\n{MARCH}", "2026-06-01", "later 2026-06-02 2026-07-17 | their own rhythm | 2026-03-02"),
    Case("own over mentoring", f"mentoring: {{rhythm: weekly}}\ncadence: monthly\n{MARCH}", "2026-03-10", "later 2026-04-02 2026-04-17 | their own rhythm | 2026-03-02"),
    Case("own never over circle", f"circle: inner\ncadence: never\n{MARCH}", "2030-01-01", "never - - | their own rhythm | 2026-03-02"),
    Case("window", f"cadence: {{ideal: 4 weeks, max: 5 weeks}}\n{MARCH}", "2026-04-06", "due 2026-03-30 2026-04-06 | their own rhythm | 2026-03-02"),
    Case("window passed", f"cadence: {{ideal: 4 weeks, max: 5 weeks}}\n{MARCH}", "2026-04-07", "overdue 2026-03-30 2026-04-06 | their own rhythm | 2026-03-02"),
    Case("window, mixed units", f"cadence: {{ideal: monthly, max: 6 weeks}}\n{MARCH}", "2026-04-02", "due 2026-04-02 2026-04-13 | their own rhythm | 2026-03-02"),
    Case("max below ideal", f"cadence: {{ideal: 4 weeks, max: 1 week}}\n{MARCH}", "2026-03-31", "overdue 2026-03-30 2026-03-30 | their own rhythm | 2026-03-02"),
    Case("max never", f"cadence: {{ideal: weekly, max: never}}\n{MARCH}", "2030-01-01", "due 2026-03-09 2026-03-09 | their own rhythm | 2026-03-02"),
    # ---- the calendar
    Case("31 January and a month", "cadence: monthly\nlog: [{date: 2026-01-31}]", "2026-02-28", "due 2026-02-28 2026-03-15 | their own rhythm | 2026-01-31"),
    Case("31 January and a month, leap year", "cadence: monthly\nlog: [{date: 2028-01-31}]", "2028-02-28", "later 2028-02-29 2028-03-15 | their own rhythm | 2028-01-31"),
    Case("31 March and a month", "cadence: monthly\nlog: [{date: 2026-03-31}]", "2026-04-30", "due 2026-04-30 2026-05-15 | their own rhythm | 2026-03-31"),
    Case("28 February and a month", "cadence: monthly\nlog: [{date: 2026-02-28}]", "2026-03-28", "due 2026-03-28 2026-04-12 | their own rhythm | 2026-02-28"),
    Case("29 February and a year", "cadence: yearly\nlog: [{date: 2028-02-29}]", "2029-02-28", "due 2029-02-28 2029-08-29 | their own rhythm | 2028-02-29"),
    Case("29 February and four years", "cadence: 4 years\nlog: [{date: 2028-02-29}]", "2032-02-28", "later 2032-02-29 2034-02-28 | their own rhythm | 2028-02-29"),
    Case("29 February 2100 is no day", "cadence: 4 years\nlog: [{date: 2096-02-29}]", "2100-02-28", "due 2100-02-28 2102-02-28 | their own rhythm | 2096-02-29"),
    Case("a week over 29 February", "cadence: weekly\nlog: [{date: 2028-02-26}]", "2028-03-04", "due 2028-03-04 2028-03-08 | their own rhythm | 2028-02-26"),
    Case("New Year's Eve and a day", "cadence: 1 day\nlog: [{date: 2026-12-31}]", "2027-01-01", "due 2027-01-01 2027-01-02 | their own rhythm | 2026-12-31"),
    Case("New Year's Eve and two months", "cadence: 2 months\nlog: [{date: 2026-12-31}]", "2027-02-28", "due 2027-02-28 2027-03-31 | their own rhythm | 2026-12-31"),
    Case("30 November and a quarter", "cadence: quarterly\nlog: [{date: 2026-11-30}]", "2027-04-15", "overdue 2027-02-28 2027-04-14 | their own rhythm | 2026-11-30"),
    Case("31 December and a quarter", "cadence: quarterly\nlog: [{date: 2026-12-31}]", "2027-03-31", "due 2027-03-31 2027-05-15 | their own rhythm | 2026-12-31"),
    Case("the last December", "cadence: monthly\nlog: [{date: 9999-12-01}]", "9999-12-31", "due 9999-12-31 9999-12-31 | their own rhythm | 9999-12-01"),
    Case("the first day", "cadence: monthly\nlog: [{date: 0001-01-01}]", "0001-01-01", "later 0001-02-01 0001-02-16 | their own rhythm | 0001-01-01"),
    # ---- mentoring
    Case("mentoring over circle", f"circle: wide\nmentoring: {{rhythm: every 2 weeks}}\n{MARCH}", "2026-03-16", "due 2026-03-16 2026-03-23 | mentoring | 2026-03-02"),
    Case("mentoring, its last day", f"circle: wide\nmentoring: {{rhythm: weekly, until: 2026-03-31}}\n{MARCH}", "2026-03-31", "overdue 2026-03-09 2026-03-13 | mentoring | 2026-03-02"),
    Case("mentoring is over", f"circle: wide\nmentoring: {{rhythm: weekly, until: 2026-03-31}}\n{MARCH}", "2026-04-01", "later 2027-03-02 2027-09-02 | circle wide | 2026-03-02"),
    Case("mentoring without a rhythm", f"circle: inner\nmentoring: {{role: mentee}}\n{MARCH}", "2026-03-03", "later 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("the next meeting lies ahead", f"mentoring: {{rhythm: weekly, next: 2026-04-20}}\n{MARCH}", "2026-04-19", "later 2026-04-20 2026-04-20 | mentoring | 2026-03-02"),
    Case("the next meeting is today", f"mentoring: {{rhythm: weekly, next: 2026-04-20}}\n{MARCH}", "2026-04-20", "later 2026-04-20 2026-04-20 | mentoring | 2026-03-02"),
    Case("the meeting was yesterday", f"mentoring: {{rhythm: weekly, next: 2026-04-20}}\n{MARCH}", "2026-04-21", "overdue 2026-03-09 2026-03-13 | mentoring | 2026-03-02"),
    Case("a meeting before the rhythm asks", f"mentoring: {{rhythm: quarterly, next: 2026-03-09}}\n{MARCH}", "2026-03-05", "later 2026-06-02 2026-07-17 | mentoring | 2026-03-02"),
    # ---- paused, closed, away
    Case("paused until tomorrow", f"paused_until: 2026-11-22\ncircle: inner\n{MARCH}", "2026-11-21", "paused 2026-11-22 - | paused | 2026-03-02"),
    Case("paused until today", f"paused_until: 2026-11-21\ncircle: inner\n{MARCH}", "2026-11-21", "paused 2026-11-21 - | paused | 2026-03-02"),
    Case("paused until yesterday", f"paused_until: 2026-11-20\ncircle: inner\n{MARCH}", "2026-11-21", "overdue 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("closed over paused", f"closed: Moved on\npaused_until: 2026-11-22\ncircle: inner\n{MARCH}", "2026-11-21", "never - - | closed | 2026-03-02"),
    Case("paused over declined", f"stage: declined\npaused_until: 2026-11-22\n{MARCH}", "2026-11-21", "paused 2026-11-22 - | paused | 2026-03-02"),
    Case("due before you leave", "cadence: weekly\nlog: [{date: 2026-12-15}]", "2026-12-22", "due 2026-12-22 2027-01-04 | their own rhythm | 2026-12-15", me=YULE),
    Case("due while away", "cadence: weekly\nlog: [{date: 2026-12-18}]", "2026-12-27", "later 2027-01-04 2027-01-04 | their own rhythm | 2026-12-18", me=YULE),
    Case("due while away, back", "cadence: weekly\nlog: [{date: 2026-12-18}]", "2027-01-04", "due 2027-01-04 2027-01-04 | their own rhythm | 2026-12-18", me=YULE),
    Case("due while away, a day later", "cadence: weekly\nlog: [{date: 2026-12-18}]", "2027-01-05", "overdue 2027-01-04 2027-01-04 | their own rhythm | 2026-12-18", me=YULE),
    Case("overdue when you leave", f"cadence: weekly\n{MARCH}", "2026-12-23", "later 2027-01-04 - | their own rhythm | 2026-03-02", me=YULE),
    Case("overdue when you are back", f"cadence: weekly\n{MARCH}", "2027-01-04", "overdue 2026-03-09 2026-03-13 | their own rhythm | 2026-03-02", me=YULE),
    Case("due between two leaves", "cadence: {ideal: weekly, max: 18 days}\nlog: [{date: 2026-12-18}]", "2027-01-04", "due 2027-01-04 2027-01-06 | their own rhythm | 2026-12-18", me="away: [{from: 2026-12-23, to: 2027-01-03}, {from: 2026-12-29, to: 2026-12-30}, {from: 2027-01-05, to: 2027-01-05}]"),
    Case("away back to back", "cadence: weekly\nlog: [{date: 2026-12-18}]", "2026-12-27", "later 2027-01-07 2027-01-07 | their own rhythm | 2026-12-18", me="away: [{from: 2027-01-04, to: 2027-01-06}, {from: 2026-12-23, to: 2027-01-03}]"),
    # ---- stages
    Case("identified", f"stage: identified\ncircle: inner\n{MARCH}", "2026-11-21", "never - - | identified | 2026-03-02"),
    Case("contacted, who answered", f"stage: contacted\ncircle: inner\n{MARCH}", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("contacted without a circle", f"stage: contacted\nlog: [{ONE}]", "2026-09-08", "due 2026-09-08 2026-09-12 | no answer yet, first nudge | 2026-09-01"),
    Case("contacted without a circle, three messages", f"stage: contacted\nlog: [{THREE}]", "2026-11-21", "never - - | no rhythm | 2026-09-25"),
    Case("connected", f"stage: connected\ncircle: inner\n{MARCH}", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("active", f"stage: active\ncircle: inner\n{MARCH}", "2026-04-14", "overdue 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("dormant", f"stage: dormant\ncircle: inner\n{MARCH}", "2026-11-21", "never - - | dormant | 2026-03-02"),
    Case("declined", f"stage: declined\ncadence: weekly\n{MARCH}", "2026-11-21", "never - - | declined | 2026-03-02"),
    Case("stage closed", f"stage: closed\ncadence: weekly\n{MARCH}", "2026-11-21", "never - - | closed | 2026-03-02"),
    # ---- nudges and rest
    Case("first nudge", f"circle: wide\nlog: [{ONE}]", "2026-09-07", "later 2026-09-08 2026-09-12 | no answer yet, first nudge | 2026-09-01"),
    Case("first nudge overdue", f"circle: wide\nlog: [{ONE}]", "2026-09-13", "overdue 2026-09-08 2026-09-12 | no answer yet, first nudge | 2026-09-01"),
    Case("two messages on one day are one", f"circle: wide\nlog: [{ONE}, {ONE}]", "2026-09-08", "due 2026-09-08 2026-09-12 | no answer yet, first nudge | 2026-09-01"),
    Case("second nudge", f"circle: wide\nlog: [{TWO}]", "2026-09-24", "due 2026-09-24 2026-10-01 | no answer yet, second nudge | 2026-09-10"),
    Case("a stranger's rest", f"circle: wide\nlog: [{THREE}]", "2030-01-01", "resting - - | 3 messages without an answer | 2026-09-25"),
    Case("a stranger answers", f"circle: inner\nlog: [{THREE}, {{date: 2026-10-01, kind: heard}}]", "2026-10-29", "due 2026-10-29 2026-11-12 | circle inner | 2026-10-01"),
    Case("own rhythm over nudges", f"cadence: monthly\nlog: [{ONE}]", "2026-09-20", "later 2026-10-01 2026-10-16 | their own rhythm | 2026-09-01"),
    Case("somebody known needs no nudges", f"circle: inner\nlog: [{KNOWN}, {TWO}]", "2026-10-08", "due 2026-10-08 2026-10-22 | circle inner | 2026-09-10"),
    Case("rest of somebody known", f"circle: inner\nlog: [{KNOWN}, {THREE}]", "2026-12-24", "resting 2026-12-25 - | 3 messages without an answer | 2026-09-25"),
    Case("rest is over", f"circle: inner\nlog: [{KNOWN}, {THREE}]", "2026-12-25", "overdue 2026-10-23 2026-11-06 | circle inner | 2026-09-25"),
    Case("rest ends while you are away", f"circle: inner\nlog: [{KNOWN}, {THREE}]", "2026-12-25", "resting 2027-01-04 - | 3 messages without an answer | 2026-09-25", me=YULE),
    Case("a fourth message rests anew", f"circle: inner\nlog: [{KNOWN}, {FOUR}]", "2027-02-04", "resting 2027-02-05 - | 4 messages without an answer | 2026-11-05"),
    Case("thanks want no answer", f"circle: inner\nlog: [{KNOWN}, {{date: 2026-09-01, kind: thanked}}]", "2026-09-29", "due 2026-09-29 2026-10-13 | circle inner | 2026-09-01"),
    Case("met after three messages", f"circle: inner\nmet: {{date: 2026-10-05}}\nlog: [{THREE}]", "2026-11-02", "due 2026-11-02 2026-11-16 | circle inner | 2026-09-25"),
    Case("met before three messages", f"circle: inner\nmet: {{date: 2026-08-05}}\nlog: [{THREE}]", "2026-11-21", "resting 2026-12-25 - | 3 messages without an answer | 2026-09-25"),
    # ---- what is a touch
    Case("a note is none", "circle: inner\nlog: [{date: 2026-03-02}, {date: 2026-03-20, kind: note}]", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("engagement is none", "circle: inner\nlog: [{date: 2026-03-02}, {date: 2026-03-20, kind: engaged}]", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("only a note", "circle: inner\nlog: [{date: 2026-03-20, kind: note}]", "2026-11-21", "not started - - | circle inner | -"),
    Case("a line without a day", "circle: inner\nlog: [{what: Some day}]", "2026-11-21", "not started - - | circle inner | -"),
    Case("a line ahead", "circle: inner\nlog: [{date: 2026-03-02}, {date: 2026-03-31}]", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("a line ahead has come", "circle: inner\nlog: [{date: 2026-03-02}, {date: 2026-03-31}]", "2026-03-31", "later 2026-04-28 2026-05-12 | circle inner | 2026-03-31"),
    Case("only a line ahead", "circle: inner\nlog: [{date: 2026-11-22}]", "2026-11-21", "not started - - | circle inner | -"),
    Case("the newest counts, in any order", "circle: inner\nlog: [{date: 2026-01-05}, {date: 2026-03-02}, {date: 2026-02-01}]", "2026-03-03", "later 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
    Case("named in `with`", "circle: inner", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02", others=BO),
    Case("named in `with` of a note", "circle: inner", "2026-03-30", "not started - - | circle inner | -", others=BO_NOTE),
    Case("spoken about", "circle: inner", "2026-03-30", "not started - - | circle inner | -", others=BO_TOLD),
    Case("met at an event, on its last day", "circle: inner", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02", others=CAMP),
    Case("an event left out", "circle: inner", "2026-03-30", "not started - - | circle inner | -", others=SKIPPED),
    Case("an event still to come", "circle: inner", "2026-03-01", "not started - - | circle inner | -", others=CAMP),
    # ---- not started
    Case("nothing at all", "circle: inner", "2026-11-21", "not started - - | circle inner | -"),
    Case("met, not yet ripe", "circle: inner\nmet: {date: 2026-03-02}", "2026-03-29", "not started 2026-03-30 2026-04-13 | circle inner | -"),
    Case("met, ripe", "circle: inner\nmet: {date: 2026-03-02}", "2026-03-30", "not started, ripe 2026-03-30 2026-04-13 | circle inner | -"),
    Case("met long ago is never overdue", "circle: inner\nmet: {date: 2020-03-02}", "2026-11-21", "not started, ripe 2020-03-30 2020-04-13 | circle inner | -"),
    Case("met long ago, but you are away", "circle: inner\nmet: {date: 2020-03-02}", "2026-12-27", "not started 2027-01-04 - | circle inner | -", me=YULE),
    Case("met at an event, by its own clocks", "circle: inner\nmet: {event: camp}", "2026-03-30", "not started, ripe 2026-03-30 2026-04-13 | circle inner | -", me="timezone: Pacific/Pago_Pago", others=FAR_CAMP),
    Case("met after the first message", "circle: inner\nmet: {date: 2026-03-02}\nlog: [{date: 2026-01-05, kind: wrote}]", "2026-03-29", "later 2026-03-30 2026-04-13 | circle inner | 2026-01-05"),
    Case("a meeting that has not been", "circle: inner\nmet: {date: 2027-03-02}\nlog: [{date: 2026-03-02}]", "2026-03-30", "due 2026-03-30 2026-04-13 | circle inner | 2026-03-02"),
)  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.name)
def test_the_table_holds(case: Case) -> None:
    loaded = book(
        {"people/ada.yml": f"name: Ada\n{case.ada}", **({"me.yml": case.me} if case.me else {}), **case.others}
    )
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    found = cadence_of(loaded.playbook, loaded.playbook.people["ada"], dt.date.fromisoformat(case.today))
    standing = f"{found.standing}{', ripe' if found.is_ripe else ''}"
    last = found.last.day if found.last else "-"
    assert f"{standing} {found.due or '-'} {found.latest or '-'} | {found.source} | {last}" == case.comes_to


def test_each_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in TABLE}) == len(TABLE)
