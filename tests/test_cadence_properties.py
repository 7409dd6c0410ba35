"""What holds for any rhythm, log and absence: a touch never makes anybody more overdue, a pause nobody due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from playbook.cadence import MOST_NUDGES, Cadence, Standing, cadence_of, touches_of, unanswered
from playbook.owed import owed_thanks, unthanked_lines, unwritten_since
from playbook.records.choices import LogKind
from playbook.views.home import home_view
from playbook.views.scene import Scene
from tests.effort import examples
from tests.support import book

DAY = dt.timedelta(days=1)
RHYTHMS = ("1 day", "weekly", "every 6 weeks", "monthly", "quarterly", "yearly", "never",
           "{ideal: monthly, max: 5 weeks}", "{ideal: 4 weeks, max: 1 week}", "{ideal: weekly, max: never}")  # fmt: skip
CIRCLES = ("near", "inner", "regular", "wide", "mute")
STAGES = ("contacted", "connected", "active", "identified", "dormant")
KINDS = tuple(str(kind) for kind in LogKind)
TOUCHES = tuple(str(kind) for kind in LogKind if kind.is_touch)
ME = "circles: {mute: never, near: {ideal: 3 days, max: 1 week}}"
RANK = {Standing.LATER: 0, Standing.DUE: 1, Standing.OVERDUE: 2}

Line = tuple[dt.date, str]


@dataclass(frozen=True)
class Ada:
    """What decides her cadence."""

    today: dt.date
    lines: tuple[Line, ...]
    fields: tuple[str, ...] = ()
    met: dt.date | None = None
    paused: dt.date | None = None
    away: tuple[tuple[dt.date, dt.date], ...] = ()

    def cadence(self, today: dt.date | None = None) -> Cadence:
        """Through the real loader, as everything else."""
        log = ", ".join(f"{{date: {day}, kind: {kind}}}" for day, kind in self.lines)
        fields = [*self.fields, f"log: [{log}]"]
        fields += [f"met: {{date: {self.met}}}"] if self.met else []
        fields += [f"paused_until: {self.paused}"] if self.paused else []
        away = ", ".join(f"{{from: {begin}, to: {end}}}" for begin, end in self.away)
        files = {"people/ada.yml": "\n".join(["name: Ada", *fields]), "me.yml": f"{ME}\naway: [{away}]"}
        loaded = book(files)
        assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
        playbook = loaded.playbook
        return cadence_of(playbook, playbook.people["ada"], today or self.today)

    def is_away(self, day: dt.date) -> bool:
        return any(begin <= day <= end for begin, end in self.away)


@st.composite
def adas(draw: st.DrawFn) -> Ada:
    today = draw(st.dates(dt.date(2023, 1, 1), dt.date(2029, 1, 1)) | st.sampled_from(EDGES))
    past = (st.integers(0, 60) | st.integers(0, 900)).map(lambda days: today - days * DAY)
    lines = draw(st.lists(st.tuples(past, st.sampled_from(KINDS) | st.just("wrote")), max_size=5))
    planned = today + draw(st.integers(-40, 60)) * DAY
    until = today + draw(st.integers(-40, 60)) * DAY
    others = (
        f"cadence: {draw(st.sampled_from(RHYTHMS))}",
        f"mentoring: {{rhythm: {draw(st.sampled_from(RHYTHMS))}, next: {planned}, until: {until}}}",
        f"stage: {draw(st.sampled_from(STAGES))}",
    )
    fields = [f"circle: {draw(st.sampled_from(CIRCLES))}", *draw(st.lists(st.sampled_from(others), unique=True))]
    begins = draw(st.lists(st.integers(-40, 40), max_size=3))
    away = tuple((today + begin * DAY, today + (begin + draw(st.integers(0, 20))) * DAY) for begin in begins)
    return Ada(today, tuple(lines), tuple(fields), draw(st.none() | past), None, away)


EDGES = tuple(
    dt.date.fromisoformat(day)
    for day in ("2024-02-29", "2024-03-01", "2025-02-28", "2026-03-29", "2026-10-25", "2026-12-31", "2027-01-01")
)
often = settings(
    max_examples=examples(200),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@often
@given(adas(), st.sampled_from(TOUCHES))
def test_whoever_was_in_touch_today_is_due_another_day(ada: Ada, kind: str) -> None:
    after = replace(ada, lines=(*ada.lines, (ada.today, kind))).cadence()
    assert not after.wants_attention
    assert after.lateness(ada.today) == -1.0


@often
@given(adas(), st.sampled_from(TOUCHES), st.integers(0, 900))
def test_a_touch_of_any_day_makes_nobody_more_overdue(ada: Ada, kind: str, back: int) -> None:
    # Somebody you know, and not at rest: a message to a stranger begins the nudges, and an old answer ends a rest.
    if ada.met is None:
        ada = replace(ada, lines=(*ada.lines, (ada.today - 1000 * DAY, "heard")))
    before = ada.cadence()
    after = replace(ada, lines=(*ada.lines, (ada.today - back * DAY, kind))).cadence()
    event(f"{before.standing} → {after.standing}")
    if before.standing is not Standing.RESTING:
        assert after.lateness(ada.today) <= before.lateness(ada.today)
        assert before.wants_attention or not after.wants_attention


@often
@given(adas(), st.sampled_from(("note", "engaged")), st.integers(-900, 900))
def test_what_is_no_touch_changes_nothing(ada: Ada, kind: str, back: int) -> None:
    assert replace(ada, lines=(*ada.lines, (ada.today - back * DAY, kind))).cadence() == ada.cadence()


@often
@given(adas(), st.sampled_from(KINDS), st.integers(1, 900))
def test_what_lies_ahead_changes_nothing(ada: Ada, kind: str, ahead: int) -> None:
    assert replace(ada, lines=(*ada.lines, (ada.today + ahead * DAY, kind))).cadence() == ada.cadence()


@often
@given(adas(), st.integers(-60, 60))
def test_a_pause_makes_nobody_due(ada: Ada, ahead: int) -> None:
    before, after = ada.cadence(), replace(ada, paused=ada.today + ahead * DAY).cadence()
    if ahead < 0:
        assert after == before
    else:
        assert (after.standing, after.wants_attention, after.lateness(ada.today)) == (Standing.PAUSED, False, -1.0)


@often
@given(adas(), st.integers(-30, 30), st.integers(0, 30))
def test_a_leave_makes_nobody_due_and_nobody_is_on_a_day_of_it(ada: Ada, begin: int, length: int) -> None:
    first = ada.today + begin * DAY
    before, after = ada.cadence(), replace(ada, away=(*ada.away, (first, first + length * DAY))).cadence()
    assert RANK.get(after.standing, 0) <= RANK.get(before.standing, 0)
    assert before.wants_attention or not after.wants_attention
    if begin <= 0 <= begin + length:
        assert not after.wants_attention
        assert after.lateness(ada.today) == -1.0


@often
@given(adas())
def test_a_day_that_is_told_lies_where_the_standing_says(ada: Ada) -> None:
    found = ada.cadence()
    if found.due is not None and found.latest is not None:
        assert found.due <= found.latest
    if found.standing in (Standing.LATER, Standing.PAUSED, Standing.RESTING):
        assert found.due is None or found.due >= ada.today
        # Nothing is asked for on a day of leave.
        assert found.standing is Standing.PAUSED or found.due is None or not ada.is_away(found.due) or _planned(ada)
    if found.standing in (Standing.DUE, Standing.OVERDUE):
        assert found.due is not None
        assert found.due <= ada.today
        assert not ada.is_away(ada.today)


def _planned(ada: Ada) -> bool:
    return any(field.startswith("mentoring") for field in ada.fields)


@often
@given(adas(), st.lists(st.integers(0, 500), min_size=2, max_size=5))
def test_while_nothing_happens_somebody_only_comes_nearer(ada: Ada, ahead: list[int]) -> None:
    # An agreement that ends gives way to another rhythm; all else stays.
    ada = replace(
        ada, fields=tuple(field.partition(", until")[0] + "}" * field.count(", until") for field in ada.fields)
    )
    days = sorted({ada.today + days * DAY for days in ahead})
    found = [ada.cadence(day) for day in days if not ada.is_away(day)]
    ranks = [RANK[one.standing] for one in found if one.standing in RANK]
    assert ranks == sorted(ranks)
    ripe = [one.is_ripe for one in found]
    assert ripe == sorted(ripe)
    late = [one.lateness(day) for one, day in zip(found, (day for day in days if not ada.is_away(day)), strict=True)]
    assert late == sorted(late)


@often
@given(adas())
def test_nobody_gets_more_than_a_message_and_two_nudges(ada: Ada) -> None:
    found = replace(ada, away=()).cadence()
    run = _run_of(ada)
    rested = bool(run) and (ada.today - run[0]).days >= 92
    if len(run) > MOST_NUDGES and not rested:
        assert not found.wants_attention


def _run_of(ada: Ada) -> tuple[dt.date, ...]:
    log = ", ".join(f"{{date: {day}, kind: {kind}}}" for day, kind in ada.lines)
    playbook = book({"people/ada.yml": f"name: Ada\nlog: [{log}]"}).playbook
    days = unanswered(touches_of(playbook, playbook.people["ada"], until=ada.today))
    return tuple(day for day in days if ada.met is None or day > ada.met)


WHOLE = {
    "me.yml": f"name: Me\ntimezone: Europe/Berlin\n{ME}\naway: [{{from: 0001-01-01, to: 0001-01-03}}, {{from: 9999-12-30, to: 9999-12-31}}]",
    "people/ada.yml": """
        name: Ada
        circle: near
        dates: {birthday: --02-29, jubilee: 9999-12-31, founding: 0001-01-01}
        mentoring: {role: mentor, rhythm: weekly, next: 0001-01-02, feedback: [{date: 2026-01-01, said: Good, action: Ask}]}
        promises: [{what: A book, by: me, due: 9999-12-31}, {what: A name, by: them}]
        log: [{date: 0001-01-01, kind: heard}, {date: 2026-11-01, kind: received, what: Help}, {date: 9999-12-31, kind: met}]
        """,
    "people/bo.yml": "name: Bo\ncircle: wide\nmet: {event: first}\nlog: [{date: 9999-12-28, kind: wrote}]",
    "events/first.yml": "title: First\nstarts: 0001-01-01\noutcomes: {met: [ada], follow_ups: [{what: Write}]}\nchecklist: [{task: a, due: T-9}]",
    "events/last.yml": "title: Last\nstarts: 9999-12-30\nends: 9999-12-31\noutcomes: {met: [bo], follow_ups: [{what: Write}]}\nchecklist: [{task: a, due: T+9}]",
    "organizations/guild.yml": "name: Guild\nmembership: {state: member, renews: 9999-12-31}",
    "goals/staff.yml": "title: Staff\nwhy: It matters\ndue: 9999-12-31\nmilestones: [{title: One, due: 0001-01-01}]",
    "journal/2026.yml": "- {date: 2026-11-10, kind: achievement, title: Shipped, people: [ada]}",
}  # fmt: skip
ENDS = (dt.date.min, dt.date(1, 1, 2), dt.date(9999, 12, 30), dt.date.max)
PLAYBOOK = book(WHOLE)


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(st.dates() | st.sampled_from((*ENDS, *EDGES)))
def test_today_is_any_day_there_is(today: dt.date) -> None:
    assert not PLAYBOOK.has_errors, [str(problem) for problem in PLAYBOOK.problems]
    playbook = PLAYBOOK.playbook
    home = home_view(Scene(playbook, today))
    assert all(task.due is not None and task.due.days < 0 for task in home.waiting)
    assert all(task.due is not None and task.due.days >= 0 for task in (*home.this_week, *home.coming))
    for entry in playbook.people.values():
        assert all(entry.record.log[index].date <= today for index in unthanked_lines(entry, today))
        index = unwritten_since(playbook, entry, today)
        assert index is None or entry.record.log[index].date <= today
    assert all(
        line.record.date <= today for line in playbook.journal_lines() if owed_thanks(playbook, line.record, today)
    )
