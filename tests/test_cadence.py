"""Who is due, since when and why: the order of precedence, calendar months, touches, absences, and the calendar's ends."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.cadence import Cadence, Standing, Touch, cadence_of, circles_of, stage_of, touches_of
from playbook.records.choices import LogKind, Stage
from playbook.records.days import Period
from tests.effort import examples
from tests.strategies import Tree, trees
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = ("people", "ada")
WEEK, MONTH = Period(days=7), Period(months=1)

few = settings(
    max_examples=examples(25),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def cadence(ada: str, today: dt.date = TODAY, **others: str) -> Cadence:
    """Ada's, from her fields; `others` are further files, `events_x` for `events/x.yml`."""
    files = {f"{path.replace('_', '/', 1)}.yml": text for path, text in others.items()}
    loaded = book({"people/ada.yml": f"name: Ada\n{ada}", **files})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return cadence_of(loaded.playbook, loaded.playbook.people["ada"], today)


def touches(ada: str, **others: str) -> tuple[Touch, ...]:
    files = {f"{path.replace('_', '/', 1)}.yml": text for path, text in others.items()}
    loaded = book({"people/ada.yml": f"name: Ada\n{ada}", **files})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return touches_of(loaded.playbook, loaded.playbook.people["ada"], until=TODAY)


# ---- the order of precedence

EVERYTHING = """
closed: {why: We parted well}
paused_until: 2027-01-15
stage: identified
cadence: weekly
mentoring: {rhythm: every 2 weeks}
circle: inner
log: [{date: 2026-01-05, what: Tea}]
"""


def without(*fields: str) -> str:
    kept = [line for line in EVERYTHING.splitlines() if line.partition(":")[0] not in fields]
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize(
    ("taken_out", "standing", "source", "rhythm"),
    [
        ((), Standing.NEVER, "closed", None),
        (("closed",), Standing.PAUSED, "paused", None),
        (("closed", "paused_until"), Standing.NEVER, "identified", None),
        (("closed", "paused_until", "stage"), Standing.OVERDUE, "their own rhythm", WEEK),
        (("closed", "paused_until", "stage", "cadence"), Standing.OVERDUE, "mentoring", Period(days=14)),
        (
            ("closed", "paused_until", "stage", "cadence", "mentoring"),
            Standing.OVERDUE,
            "circle inner",
            Period(days=28),
        ),
        (
            ("closed", "paused_until", "stage", "cadence", "mentoring", "circle"),
            Standing.NEVER,
            "no rhythm",
            None,
        ),
    ],
)
def test_what_stands_higher_in_the_order_wins_and_is_named(
    taken_out: tuple[str, ...], standing: Standing, source: str, rhythm: Period | None
) -> None:
    found = cadence(without(*taken_out))
    assert (found.standing, found.source, found.rhythm) == (standing, source, rhythm)


@pytest.mark.parametrize(
    ("stage", "is_due"),
    [
        ("identified", False),
        ("contacted", True),
        ("connected", True),
        ("active", True),
        ("dormant", False),
        ("declined", False),
        ("closed", False),
    ],
)
def test_some_stages_are_never_due(stage: str, is_due: bool) -> None:
    found = cadence(f"stage: {stage}\ncadence: weekly\nlog: [{{date: 2026-01-05}}]")
    assert found.wants_attention is is_due
    assert found.source == ("their own rhythm" if is_due else stage)


def test_a_pause_holds_through_its_last_day_and_no_longer() -> None:
    text = "paused_until: 2026-11-21\ncadence: weekly\nlog: [{date: 2026-01-05, kind: wrote}]"
    touch = Touch(day("2026-01-05"), "wrote", "", ADA)
    assert cadence(text) == Cadence(Standing.PAUSED, None, "paused", touch, TODAY, None)
    assert cadence(text, day("2026-11-22")).standing is Standing.OVERDUE


def test_never_is_a_rhythm_too_and_keeps_the_circle_from_counting() -> None:
    touch = Touch(day("2020-01-05"), "met", "", ADA)
    assert cadence("cadence: never\ncircle: inner\nlog: [{date: 2020-01-05}]") == Cadence(
        Standing.NEVER, None, "their own rhythm", touch, None, None
    )


def test_a_mentoring_rhythm_ends_when_the_agreement_does() -> None:
    text = "mentoring: {rhythm: weekly, until: 2026-08-31}\ncircle: wide\nlog: [{date: 2026-08-30}]"
    assert cadence(text, day("2026-08-31")).source == "mentoring"
    assert cadence(text).source == "circle wide"


def test_a_mentoring_agreement_without_a_rhythm_leaves_the_circle_to_count() -> None:
    assert cadence("mentoring: {role: mentee}\ncircle: wide\nlog: [{date: 2026-08-30}]").source == "circle wide"


# ---- circles


def test_me_yml_redefines_circles_and_adds_its_own() -> None:
    me = "circles: {inner: weekly, wide: never, far: every 2 years, near: {ideal: 3 days, max: 1 week}}"
    loaded = book({"me.yml": me})
    assert list(circles_of(loaded.playbook).items()) == [
        ("inner", WEEK),
        ("regular", Period(months=3)),
        ("wide", Period()),
        ("near", Period(days=3)),
        ("far", Period(months=24)),
    ]
    log = "log: [{date: 2026-11-14}]"
    assert cadence(f"circle: inner\n{log}", me=me).due == TODAY
    assert cadence(f"circle: wide\n{log}", me=me).standing is Standing.NEVER
    near = cadence(f"circle: near\n{log}", me=me)
    assert (near.due, near.latest, near.standing) == (day("2026-11-17"), TODAY, Standing.DUE)


# ---- windows


@pytest.mark.parametrize(
    ("rhythm", "touched", "due", "latest"),
    [
        ("weekly", "2026-03-02", "2026-03-09", "2026-03-13"),
        ("every 4 weeks", "2026-03-02", "2026-03-30", "2026-04-13"),
        ("monthly", "2026-01-31", "2026-02-28", "2026-03-15"),
        ("monthly", "2024-01-31", "2024-02-29", "2024-03-15"),
        ("2 months", "2026-12-31", "2027-02-28", "2027-03-31"),
        ("quarterly", "2026-11-30", "2027-02-28", "2027-04-14"),
        ("yearly", "2024-02-29", "2025-02-28", "2025-08-29"),
        ("{ideal: 4 weeks, max: 5 weeks}", "2026-03-02", "2026-03-30", "2026-04-06"),
        ("{ideal: 4 weeks, max: 1 week}", "2026-03-02", "2026-03-30", "2026-03-30"),
        ("{ideal: 4 weeks, max: never}", "2026-03-02", "2026-03-30", "2026-03-30"),
    ],
)
def test_a_rhythm_gives_an_ideal_day_and_a_longest_one_by_the_calendar(
    rhythm: str, touched: str, due: str, latest: str
) -> None:
    found = cadence(f"cadence: {rhythm}\nlog: [{{date: {touched}}}]", day(touched))
    assert (found.due, found.latest) == (day(due), day(latest))


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        ("2026-03-29", Standing.LATER),
        ("2026-03-30", Standing.DUE),
        ("2026-04-13", Standing.DUE),
        ("2026-04-14", Standing.OVERDUE),
    ],
)
def test_somebody_is_due_from_the_ideal_day_and_overdue_after_the_longest(today: str, standing: Standing) -> None:
    assert cadence("cadence: every 4 weeks\nlog: [{date: 2026-03-02}]", day(today)).standing is standing


def test_a_longest_pause_of_never_makes_nobody_overdue() -> None:
    assert cadence("cadence: {ideal: weekly, max: never}\nlog: [{date: 2020-03-02}]").standing is Standing.DUE


# ---- without a touch


def test_without_a_touch_and_a_day_of_meeting_somebody_is_not_started() -> None:
    assert cadence("circle: inner") == Cadence(Standing.NOT_STARTED, Period(days=28), "circle inner", None, None, None)


def test_without_a_touch_the_clock_starts_when_you_met() -> None:
    text = "circle: inner\nmet: {date: 2026-11-10, how: At a talk}"
    assert cadence(text) == Cadence(
        Standing.NOT_STARTED, Period(days=28), "circle inner", None, day("2026-12-08"), day("2026-12-22")
    )
    later = cadence(text, day("2027-01-08"))
    # Somebody never written to is never overdue: nobody waits for you. But it is time to begin.
    assert (later.standing, later.is_ripe, later.wants_attention) == (Standing.NOT_STARTED, True, True)


def test_a_stranger_gets_two_nudges_and_then_you_rest() -> None:
    wrote = [f"{{date: {day}, kind: wrote}}" for day in ("2026-09-01", "2026-09-10", "2026-09-25")]
    first = cadence(f"circle: wide\nlog: [{wrote[0]}]", day("2026-09-08"))
    assert (first.standing, first.due, first.source) == (
        Standing.DUE, day("2026-09-08"), "no answer yet, first nudge",
    )  # fmt: skip
    second = cadence(f"circle: wide\nlog: [{', '.join(wrote[:2])}]", day("2026-09-23"))
    assert (second.standing, second.due, second.source) == (
        Standing.LATER, day("2026-09-24"), "no answer yet, second nudge",
    )  # fmt: skip
    third = cadence(f"circle: wide\nlog: [{', '.join(wrote)}]")
    assert (third.standing, third.due, third.source) == (Standing.RESTING, None, "3 messages without an answer")
    answered = cadence(f"circle: wide\nlog: [{', '.join(wrote)}, {{date: 2026-10-01, kind: heard}}]")
    assert (answered.standing, answered.due) == (Standing.LATER, day("2027-10-01"))


def test_somebody_who_answered_once_rests_a_quarter_and_is_brought_up_again() -> None:
    log = "log: [{date: 2026-01-05, kind: heard}, {date: 2026-06-01, kind: wrote}, {date: 2026-07-01, kind: asked}, {date: 2026-08-01, kind: wrote}]"
    resting = cadence(f"circle: inner\n{log}", day("2026-10-31"))
    assert (resting.standing, resting.due, resting.wants_attention) == (Standing.RESTING, day("2026-11-01"), False)
    assert cadence(f"circle: inner\n{log}", day("2026-11-01")).standing is Standing.OVERDUE


def test_without_a_rhythm_a_message_without_an_answer_asks_for_nothing() -> None:
    assert cadence("log: [{date: 2026-09-01, kind: wrote}]").standing is Standing.NEVER


def test_whoever_was_met_at_an_event_was_met_on_its_day() -> None:
    met = cadence("cadence: weekly\nmet: {event: camp}", events_camp="title: Camp\nstarts: 2026-11-18 09:00\n")
    assert met == Cadence(Standing.NOT_STARTED, WEEK, "their own rhythm", None, day("2026-11-25"), day("2026-11-29"))


# ---- touches


@pytest.mark.parametrize("kind", list(LogKind))
def test_every_kind_of_log_entry_is_a_touch_but_notes_and_engagement(kind: LogKind) -> None:
    found = touches(f"log: [{{date: 2026-11-03, kind: {kind}, what: It}}]")
    expected = () if kind in (LogKind.NOTE, LogKind.ENGAGED) else (Touch(day("2026-11-03"), str(kind), "It", ADA),)
    assert found == expected


def test_touches_come_from_ones_own_log_others_logs_and_events_newest_first() -> None:
    found = touches(
        """
        log:
          - {date: 2026-05-01, kind: called, what: On the phone}
          - {date: 2026-11-22, kind: called, what: Planned for tomorrow}
          - what: Some day
        """.replace("\n        ", "\n"),
        people_bo="""
            name: Bo
            log:
              - {date: 2026-06-01, what: Lunch, with: [ada]}
              - {date: 2026-06-02, kind: note, what: Saw them both, with: [ada]}
              - {date: 2026-06-03, kind: introduced, what: To Ada, about: [ada]}
              - {what: No date, with: [ada]}
            """,
        events_camp="title: Camp\nstarts: 2026-07-01\nends: 2026-07-03\noutcomes: {met: [ada]}\n",
        events_left="title: Left out\nstarts: 2026-08-01\nstatus: skipped\noutcomes: {met: [ada]}\n",
        events_ahead="title: Ahead\nstarts: 2027-07-01\noutcomes: {met: [ada]}\n",
    )
    assert found == (
        Touch(day("2026-07-03"), "met", "Camp", ("events", "camp")),
        Touch(day("2026-06-01"), "met", "Lunch", ("people", "bo")),
        Touch(day("2026-05-01"), "called", "On the phone", ADA),
    )


def test_what_lies_ahead_does_not_restart_the_clock() -> None:
    found = cadence("cadence: weekly\nlog: [{date: 2026-11-01}, {date: 2026-11-28}]")
    assert (found.last, found.due) == (Touch(day("2026-11-01"), "met", "", ADA), day("2026-11-08"))


# ---- absences and planned meetings


def test_what_falls_into_an_absence_is_due_when_it_ends() -> None:
    me = "away: [{from: 2027-01-04, to: 2027-01-06}, {from: 2026-12-23, to: 2027-01-03}]"
    found = cadence("cadence: weekly\nlog: [{date: 2026-12-18}]", day("2026-12-20"), me=me)
    assert (found.due, found.latest) == (day("2027-01-07"), day("2027-01-07"))
    before = cadence("cadence: weekly\nlog: [{date: 2026-12-15}]", day("2026-12-20"), me=me)
    assert (before.due, before.latest) == (day("2026-12-22"), day("2027-01-07"))


def test_nobody_is_due_while_you_are_away() -> None:
    me = "away: [{from: 2026-11-20, to: 2026-11-21}]"
    assert cadence("cadence: weekly\nlog: [{date: 2026-01-05}]", me=me).standing is Standing.LATER
    assert cadence("cadence: weekly\nmet: {date: 2026-01-05}", me=me).standing is Standing.NOT_STARTED
    assert cadence("cadence: weekly\nlog: [{date: 2026-01-05}]", day("2026-11-22"), me=me).standing is Standing.OVERDUE


def test_a_meeting_in_the_diary_answers_the_rhythm_until_it_has_passed() -> None:
    text = "mentoring: {rhythm: weekly, next: 2026-12-08}\nlog: [{date: 2026-01-05}]"
    found = cadence(text)
    assert (found.standing, found.due, found.latest) == (Standing.LATER, day("2026-12-08"), day("2026-12-08"))
    assert cadence(text, day("2026-12-08")).standing is Standing.LATER
    after = cadence(text, day("2026-12-09"))
    assert (after.standing, after.due) == (Standing.OVERDUE, day("2026-01-12"))


def test_a_meeting_later_than_the_rhythm_would_be_does_not_move_what_is_due_after_it() -> None:
    found = cadence("mentoring: {rhythm: quarterly, next: 2026-11-28}\nlog: [{date: 2026-11-20}]")
    assert (found.standing, found.due) == (Standing.LATER, day("2027-02-20"))


# ---- how far a relationship has come


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("", Stage.IDENTIFIED),
        ("met: At a talk", Stage.CONNECTED),
        ("log: [{date: 2026-11-01, kind: wrote}]", Stage.CONTACTED),
        ("log: [{date: 2026-11-01, kind: note}]", Stage.IDENTIFIED),
        ("log: [{date: 2026-11-01, kind: wrote}, {date: 2026-11-03, kind: heard}]", Stage.CONNECTED),
        ("log: [{date: 2026-11-01}, {date: 2026-11-03}, {date: 2026-11-05, kind: heard}]", Stage.ACTIVE),
        ("log: [{date: 2024-11-01}, {date: 2026-11-03}, {date: 2026-11-05}]", Stage.CONNECTED),
        ("log: [{date: 2026-11-01}, {date: 2027-11-03}, {date: 2027-11-05}]", Stage.CONNECTED),
        ("stage: declined\nlog: [{date: 2026-11-01}]", Stage.DECLINED),
        ("stage: active\nclosed: Moved on", Stage.CLOSED),
    ],
)
def test_the_stage_is_what_was_written_or_what_the_log_shows(text: str, stage: Stage) -> None:
    playbook = book({"people/ada.yml": f"name: Ada\n{text}"}).playbook
    assert stage_of(playbook, playbook.people["ada"], TODAY) is stage


# ---- the calendar's ends


@pytest.mark.parametrize("rhythm", ["daily", "999 weeks", "999 months", "999 years", "{ideal: yearly, max: 999 years}"])
@pytest.mark.parametrize("touched", ["0001-01-01", "2026-11-21", "9999-01-31", "9999-12-31"])
@pytest.mark.parametrize("today", [dt.date.min, TODAY, dt.date.max])
def test_the_first_and_the_last_day_of_the_calendar_are_days(rhythm: str, touched: str, today: dt.date) -> None:
    me = "away: [{from: 9999-12-01, to: 9999-12-31}, {from: 0001-01-01, to: 0001-01-02}]"
    found = cadence(f"cadence: {rhythm}\nlog: [{{date: {touched}}}]", today, me=me)
    if day(touched) > today:
        assert found == Cadence(Standing.NOT_STARTED, found.rhythm, "their own rhythm", None, None, None)
    else:
        assert found.due is not None
        assert found.latest is not None
        assert day(touched) <= found.due <= found.latest


# ---- for every playbook

_days = st.dates()
_rhythms = st.builds(Period, days=st.integers(1, 3000) | st.just(0), months=st.integers(0, 3000))


@given(_rhythms, _days, _days)
@settings(max_examples=examples(300), deadline=None, derandomize=True)
def test_a_later_day_plus_a_period_is_never_earlier(period: Period, one: dt.date, other: dt.date) -> None:
    first, second = sorted((one, other))
    assert first <= period.after(first) <= period.after(second)
    assert period.after(first) <= period.stretched().after(first)


@st.composite
def logs(draw: st.DrawFn) -> tuple[str, dt.date, list[dt.date], dt.date]:
    """Fields that decide a cadence, a day, days of touches up to it, and another one not before any of those."""
    today = draw(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
    past = st.integers(0, 900).map(lambda back: today - dt.timedelta(days=back))
    touched = draw(st.lists(past, max_size=3))
    later = draw(st.dates(max(touched, default=today - dt.timedelta(days=900)), today))
    rhythm = draw(st.sampled_from(("weekly", "monthly", "quarterly", "{ideal: monthly, max: 5 weeks}", "never")))
    planned = today + dt.timedelta(days=draw(st.integers(-30, 60)))
    fields = [f"cadence: {rhythm}", f"mentoring: {{next: {planned}}}", "stage: connected"]
    kept = draw(st.lists(st.sampled_from(fields), unique=True))
    return "\n".join(["circle: inner", *kept]), today, touched, later


@given(logs())
@settings(max_examples=examples(150), deadline=None, derandomize=True)
def test_a_later_touch_never_makes_anybody_due_earlier(
    drawn: tuple[str, dt.date, list[dt.date], dt.date],
) -> None:
    fields, today, touched, later = drawn
    me = f"away: [{{from: {today - dt.timedelta(days=9)}, to: {today + dt.timedelta(days=9)}}}]"

    def with_touches(days: list[dt.date]) -> Cadence:
        return cadence(f"{fields}\nlog: [{', '.join(f'{{date: {d}}}' for d in days)}]", today, me=me)

    before, after = with_touches(touched), with_touches([*touched, later])
    assert after.last is not None
    assert after.last.day == later
    if before.due is not None:
        assert after.due is not None
        assert after.due >= before.due
    if before.latest is not None:
        assert after.latest is not None
        assert after.latest >= before.latest


@few
@given(trees(), st.dates() | st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)))
def test_everybody_in_any_playbook_stands_somewhere_on_any_day(tree: Tree, today: dt.date) -> None:
    playbook = book(tree).playbook
    for entry in playbook.people.values():
        found = cadence_of(playbook, entry, today)
        is_due = found.standing in (Standing.DUE, Standing.OVERDUE)
        assert found.wants_attention is (is_due or found.is_ripe)
        assert not found.is_ripe or (found.standing is Standing.NOT_STARTED and found.last is None)
        assert (found.lateness(today) >= 0) is (
            found.due is not None and found.rhythm is not None and found.due <= today
        )
        assert found.last is None or found.last.day <= today
        assert found.due is None or found.latest is None or found.due <= found.latest
        assert found.rhythm is None or not found.rhythm.is_never
