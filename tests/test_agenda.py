"""Everything that waits: each kind of task, the day it has, and when it is no longer asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.agenda import Task, TaskKind, due_of, next_events, next_yearly, tasks
from playbook.records.days import YearDay
from tests.effort import examples
from tests.strategies import Tree, trees
from tests.support import book

TODAY = dt.date(2026, 11, 21)

few = settings(
    max_examples=examples(25),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def waiting(files: dict[str, str], today: dt.date = TODAY) -> tuple[Task, ...]:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return tasks(loaded.playbook, today)


def dues(files: dict[str, str], path: str) -> list[dt.date | None]:
    """The day of each item of one record's checklist."""
    loaded = book(files)
    kind, _, name = path.partition("/")
    entry = loaded.playbook.of_kind(kind)[name]
    return [due_of(entry, item) for item in getattr(entry.record, "checklist", ())]


def texts(files: dict[str, str], today: dt.date = TODAY) -> list[str]:
    return [task.text for task in waiting(files, today)]


# ---- checklist items, and days that count from T


def test_an_item_tells_what_is_to_be_done_for_whom_and_with_which_script() -> None:
    files = {
        "people/ada.yml": "name: Ada\nchecklist: [{task: Write, due: 2026-12-01}]",
        "outreach/hello.yml": "title: Hello\nbody: Hello!\n",
        "goals/staff.yml": """
            title: Staff
            checklist:
              - {task: Ask Ada, due: 2026-12-02, person: ada, script: hello}
              - Done some day
              - {task: Is done, done: true}
              - {task: Was done, done: 2026-10-01}
              - {task: Left out, skipped: No longer needed}
              - {task: Not done, done: false}
            """,
    }
    staff = ("goals", "staff")
    assert waiting(files) == (
        Task(TaskKind.ITEM, "Write", ("people", "ada"), ("checklist", 0), day("2026-12-01"), "ada"),
        Task(TaskKind.ITEM, "Ask Ada", staff, ("checklist", 0), day("2026-12-02"), "ada", "hello"),
        Task(TaskKind.ITEM, "Done some day", staff, ("checklist", 1)),
        Task(TaskKind.ITEM, "Not done", staff, ("checklist", 5)),
    )


RELATIVE = "[{task: a, due: T-30}, {task: b, due: T-1}, {task: z, due: T-0}, {task: c, due: T+0}, {task: d, due: T+1}, {task: e}]"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "events/camp",
            "title: Camp\nstarts: 2027-05-14 09:00\nends: 2027-05-16 17:00\ntimezone: Pacific/Auckland",
            ["2027-04-14", "2027-05-13", "2027-05-14", "2027-05-16", "2027-05-17", None],
        ),
        (
            "events/talk",
            "title: Talk\nstarts: 2027-05-14",
            ["2027-04-14", "2027-05-13", "2027-05-14", "2027-05-14", "2027-05-15", None],
        ),
        (
            "goals/staff",
            "title: Staff\ndue: 2027-04-15\nmilestones: [{title: Packet, due: 2027-02-01}]",
            ["2027-03-16", "2027-04-14", "2027-04-15", "2027-04-15", "2027-04-16", None],
        ),
        (
            "organizations/guild",
            "name: Guild\nmembership: {state: member, renews: 2027-02-01}",
            ["2027-01-02", "2027-01-31", "2027-02-01", "2027-02-01", "2027-02-02", None],
        ),
        (
            "organizations/program",
            "name: Program\ndeadline: 2027-01-31\nmembership: {state: member, renews: 2027-06-01}",
            ["2027-01-01", "2027-01-30", "2027-01-31", "2027-01-31", "2027-02-01", None],
        ),
        (
            "plays/start",
            "title: First days\nstarts: 2026-12-01",
            ["2026-11-01", "2026-11-30", "2026-12-01", "2026-12-01", "2026-12-02", None],
        ),
        ("plays/later", "title: Not yet", [None, None, None, None, None, None]),
        ("events/first", "title: First\nstarts: 0001-01-01", ["0001-01-01", "0001-01-01", "0001-01-01", "0001-01-01", "0001-01-02", None]),
        ("events/last", "title: Last\nstarts: 9999-12-31", ["9999-12-01", "9999-12-30", "9999-12-31", "9999-12-31", "9999-12-31", None]),
    ],
)  # fmt: skip
def test_a_relative_day_counts_from_what_holds_the_item(path: str, text: str, expected: list[str | None]) -> None:
    found = dues({f"{path}.yml": f"{text}\nchecklist: {RELATIVE}"}, path)
    assert found == [day(text) if text else None for text in expected]


@pytest.mark.parametrize("due", ["T-30", "T-0", "T+0", "T+1"])
def test_a_relative_day_is_shown_as_it_was_written(due: str) -> None:
    entry = book({"events/camp.yml": f"title: Camp\nstarts: 2027-05-14\nchecklist: [{{task: a, due: {due}}}]"})
    assert str(entry.playbook.events["camp"].record.checklist[0].due) == due


def test_under_a_milestone_t_is_the_milestones_day_whatever_the_case_of_its_title() -> None:
    files = {
        "goals/staff.yml": """
            title: Staff
            due: 2027-04-15
            milestones:
              - {title: Packet ready, due: 2027-02-01}
              - Panel named
            checklist:
              - {task: a, due: T-30, milestone: packet READY}
              - {task: b, due: T-30, milestone: Panel named}
              - {task: c, due: 2026-12-01, milestone: Packet ready}
              - {task: d, due: T-30}
            """
    }
    assert dues(files, "goals/staff") == [day("2027-01-02"), None, day("2026-12-01"), day("2027-03-16")]


# ---- when items are no longer asked for


@pytest.mark.parametrize("status", ["paused", "done", "dropped"])
def test_nothing_is_asked_of_a_goal_or_a_play_that_rests_or_is_over(status: str) -> None:
    files = {
        "goals/staff.yml": f"title: Staff\nstatus: {status}\nmilestones: [{{title: Packet, due: 2027-01-01}}]\nchecklist: [Write]",
        "plays/start.yml": f"title: Start\nstatus: {status}\nstarts: 2026-11-01\nchecklist: [Read]",
    }
    assert waiting(files) == ()


def test_nothing_is_asked_of_an_event_that_is_left_out() -> None:
    files = {
        "events/camp.yml": """
            title: Camp
            starts: 2026-11-01
            status: skipped
            checklist: [{task: Write to them, due: T+30}]
            outcomes: {follow_ups: [Send the notes]}
            """
    }
    assert waiting(files) == ()


def test_what_was_to_be_prepared_is_moot_after_an_event_and_what_follows_it_is_not() -> None:
    files = {
        "events/camp.yml": """
            title: Camp
            starts: 2026-11-14
            ends: 2026-11-16
            checklist:
              - {task: Book the train, due: T-30}
              - {task: Pack, due: 2026-11-14}
              - Some time before
              - {task: On its second day, due: 2026-11-15}
              - {task: Send what I promised, due: T+1}
              - {task: Read the papers, due: 2026-12-24}
            """
    }
    assert texts(files, day("2026-11-16")) == [
        "Book the train", "Pack", "On its second day", "Send what I promised", "Read the papers", "Some time before",
    ]  # fmt: skip
    assert texts(files, day("2026-11-17")) == ["On its second day", "Send what I promised", "Read the papers"]


ENDING = """
name: Ada
checklist: [{task: Write in spring, due: 2027-03-01}]
promises: [{what: Send the paper, due: 2026-12-01}]
dates: {birthday: --12-18}
mentoring: {next: 2026-12-08, feedback: [{said: Shorter, action: Cut the opening}]}
"""


def with_ada(text: str) -> list[str]:
    journal = "- {date: 2026-11-01, title: Shipped it, people: [ada]}"
    return texts({"people/ada.yml": ENDING + text, "journal/2026.yml": journal})


def test_of_somebody_near_everything_is_brought_up() -> None:
    assert with_ada("stage: active") == [
        "Shipped it", "Send the paper", "mentor", "birthday", "Write in spring", "Cut the opening",
    ]  # fmt: skip


@pytest.mark.parametrize("stage", ["dormant", "declined"])
def test_of_a_tie_that_rests_only_what_was_written_down_to_be_done_is_brought_up(stage: str) -> None:
    assert with_ada(f"stage: {stage}") == ["Send the paper", "mentor", "Write in spring", "Cut the opening"]


@pytest.mark.parametrize("text", ["stage: closed", "closed: We parted well"])
def test_of_a_tie_that_has_ended_nothing_is_brought_up(text: str) -> None:
    assert with_ada(text) == []


# ---- milestones, promises, feedback, meetings


def test_a_milestone_waits_until_it_is_reached_if_it_has_a_day() -> None:
    files = {
        "goals/staff.yml": """
            title: Staff
            milestones:
              - {title: Packet, due: 2027-01-01}
              - {title: Reached, due: 2026-01-01, done: true}
              - Some day
            """
    }
    assert waiting(files) == (
        Task(TaskKind.MILESTONE, "Packet", ("goals", "staff"), ("milestones", 0), day("2027-01-01")),
    )


def test_promises_wait_until_they_are_kept_whoever_made_them() -> None:
    files = {
        "people/ada.yml": """
            name: Ada
            promises:
              - {what: Send the paper, due: 2026-11-01}
              - Lend the book
              - {what: Introduce Bo, by: them, due: 2026-12-01}
              - {what: Was kept, kept: 2026-10-01}
            """
    }
    ada = ("people", "ada")
    assert waiting(files) == (
        Task(TaskKind.PROMISE, "Send the paper", ada, ("promises", 0), day("2026-11-01"), "ada"),
        Task(TaskKind.PROMISE, "Introduce Bo", ada, ("promises", 2), day("2026-12-01"), "ada", theirs=True),
        Task(TaskKind.PROMISE, "Lend the book", ada, ("promises", 1), None, "ada"),
    )


def test_feedback_waits_while_there_is_something_to_do_about_it() -> None:
    files = {
        "people/ada.yml": """
            name: Ada
            mentoring:
              feedback:
                - Only said
                - {said: Shorter, action: Cut the opening}
                - {said: Louder, action: Practise, acted: 2026-11-10}
            """
    }
    path = ("mentoring", "feedback", 1)
    assert waiting(files) == (Task(TaskKind.FEEDBACK, "Cut the opening", ("people", "ada"), path, None, "ada"),)


def test_a_meeting_waits_until_its_day_has_passed() -> None:
    files = {"people/ada.yml": "name: Ada\nmentoring: {role: mentee, next: 2026-11-21}"}
    meeting = Task(TaskKind.MEETING, "mentee", ("people", "ada"), ("mentoring", "next"), TODAY, "ada")
    assert waiting(files) == (meeting,)
    agree = Task(TaskKind.MEETING, "mentee", ("people", "ada"), ("mentoring", "rhythm"), None, "ada")
    assert waiting(files, day("2026-11-22")) == (agree,)
    ended = {"people/ada.yml": "name: Ada\nmentoring: {role: mentee, next: 2026-11-21, until: 2026-11-21}"}
    assert waiting(ended, day("2026-11-22")) == ()


def test_the_next_meeting_is_agreed_in_the_rhythm_of_the_mentoring() -> None:
    files = {"people/ada.yml": "name: Ada\nmentoring: {rhythm: every 4 weeks, next: 2026-11-10}"}
    path = ("mentoring", "rhythm")
    agree = Task(TaskKind.MEETING, "mentor", ("people", "ada"), path, day("2026-12-08"), "ada")
    assert waiting(files, day("2026-11-11")) == (agree,)


# ---- follow-ups


@pytest.mark.parametrize(
    ("more", "is_owed"),
    [
        ("", True),
        (", {date: 2026-11-18, kind: wrote}", False),
        (", {date: 2026-11-19, kind: heard}", False),
        (", {date: 2026-11-18, kind: note}", True),
        (", {date: 2026-11-17, kind: wrote}", True),
        (", {date: 2026-11-18, kind: called}", False),
        (", {date: 2026-11-20, kind: called}", False),
        (", {date: 2026-11-18, kind: asked, channel: email}", False),
        (", {date: 2026-11-18, kind: asked, channel: in-person}", True),
        (", {date: 2026-11-18, kind: gave}", True),
        (", {date: 2026-11-19, kind: gave}", False),
    ],
)
def test_a_talk_is_followed_by_a_line_within_48_hours(more: str, is_owed: bool) -> None:
    files = {"people/ada.yml": f"name: Ada\nlog: [{{date: 2026-11-18, kind: met, what: Lunch}}{more}]"}
    line = Task(TaskKind.FOLLOW_UP, "Lunch", ("people", "ada"), ("log", 0), day("2026-11-20"), "ada")
    assert waiting(files) == ((line,) if is_owed else ())


def test_a_call_asks_for_a_line_unless_it_answers_and_what_stands_above_a_talk_came_after_it_in_some_logs() -> None:
    def owed(*lines: str) -> list[int | str]:
        log = ", ".join(f"{{date: 2026-11-{line[:2]}, kind: {line[3:]}}}" for line in lines)
        files = {"people/ada.yml": f"name: Ada\nrelations: [mentor]\nlog: [{log}]"}
        return [task.path[1] for task in waiting(files)]

    assert owed("18 called") == [0]
    assert owed("18 called", "18 met") == [1]
    assert owed("01 met", "18 called") == [1]
    assert owed("18 asked", "18 met", "01 heard") == []
    assert owed("18 met", "18 asked", "01 heard") == [0]


EARLIER = "{date: 2026-10-14, kind: met}"
ASKS = {"outreach/ask.yml": "title: Ask\npurpose: informational-interview\nbody: Hello"}


@pytest.mark.parametrize(
    ("ada", "before", "others", "is_owed"),
    [
        ("name: Ada", "", {}, True),
        ("name: Ada", EARLIER, {}, False),
        ("name: Ada", "{date: 2026-10-14, kind: wrote}", {}, True),
        ("name: Ada\nmet: {date: 2026-11-18}", "", {}, True),
        ("name: Ada\nmet: {date: 2026-10-18}", "", {}, False),
        ("name: Ada\nmet: at school", "", {}, False),
        ("name: Ada", "", {"people/bo.yml": "name: Bo\nlog: [{date: 2026-10-14, with: [ada]}]"}, False),
        ("name: Ada\nrelations: [connection]", EARLIER, {}, False),
        ("name: Ada\nrelations: [manager]", "", {}, False),
        ("name: Ada\nrelations: [peer]\nmet: {date: 2026-11-18}", "", {}, True),
        ("name: Ada\nrelations: [family]", EARLIER, {}, False),
        ("name: Ada\nrelations: [mentor]", EARLIER, {}, True),
        ("name: Ada\nrelations: [mentee]", EARLIER, {}, True),
        ("name: Ada\nrelations: [manager, sponsor]", EARLIER, {}, True),
        ("name: Ada\nsponsoring: {asked: 2026-10-01}", EARLIER, {}, True),
        ("name: Ada\nrelations: [peer]\nmentoring: {role: mentee}", EARLIER, {}, True),
        ("name: Ada\nmentoring: {until: 2026-11-17}", EARLIER, {}, False),
        ("name: Ada\nchecklist: [{task: Ask, script: ask}]", EARLIER, ASKS, True),
        ("name: Ada", EARLIER, {**ASKS, "goals/path.yml": "title: P\nchecklist: [{task: Ask, person: ada, script: ask}]"}, True),
        ("name: Ada", EARLIER, {**ASKS, "goals/path.yml": "title: P\nstatus: done\nchecklist: [{task: Ask, person: ada, script: ask}]"}, False),
        ("name: Ada\nchecklist: [{task: Ask, script: ask, done: 2026-10-20}]", EARLIER, ASKS, True),
        ("name: Ada\nchecklist: [{task: Ask, script: ask, done: 2025-10-20}]", EARLIER, ASKS, False),
        ("name: Ada", EARLIER, {"plays/tea.yml": "title: Tea\nplay: informational-interview\npeople: [ada]\nchecklist: [Meet]"}, True),
        ("name: Ada", EARLIER, {"plays/tea.yml": "title: Tea\nplay: informational-interview\npeople: [ada]"}, False),
        ("name: Ada", EARLIER, {"plays/tea.yml": "title: Tea\nplay: land-a-mentor\npeople: [ada]"}, False),
    ],
)  # fmt: skip
def test_a_line_is_owed_after_a_first_talk_and_to_who_guides_but_not_in_the_ordinary_rhythm(
    ada: str, before: str, others: dict[str, str], is_owed: bool
) -> None:
    log = ", ".join(filter(None, (before, "{date: 2026-11-18, kind: met, what: Lunch}")))
    found = waiting({"people/ada.yml": f"{ada}\nlog: [{log}]", **others})
    assert ("Lunch" in [task.text for task in found if task.kind is TaskKind.FOLLOW_UP]) is is_owed


def test_an_old_talk_one_of_many_and_a_tie_at_rest_are_followed_by_none() -> None:
    lunch = "log: [{date: 2026-11-18, kind: met, what: Lunch}]"
    assert waiting({"people/ada.yml": f"name: Ada\n{lunch}"}, day("2026-12-03")) == ()
    assert waiting({"people/ada.yml": f"name: Ada\ncadence: weekly\n{lunch}"}) == ()
    assert waiting({"people/ada.yml": f"name: Ada\nclosed: Moved on\n{lunch}"}) == ()
    assert len(waiting({"people/ada.yml": f"name: Ada\ncadence: monthly\n{lunch}"})) == 1


@pytest.mark.parametrize(
    ("more", "is_owed"),
    [
        ("", True),
        (", {date: 2026-11-18, kind: thanked}", False),
        (", {date: 2026-11-17, kind: thanked}", True),
        (", {date: 2026-11-22, kind: thanked}", True),
    ],
)
def test_what_was_received_is_thanked_for_within_a_day(more: str, is_owed: bool) -> None:
    files = {"people/ada.yml": f"name: Ada\nlog: [{{date: 2026-11-18, kind: received, what: An hour}}{more}]"}
    task = Task(TaskKind.THANKS, "An hour", ("people", "ada"), ("log", 0), day("2026-11-19"), "ada")
    assert waiting(files) == ((task,) if is_owed else ())
    assert waiting(files, day("2026-12-03")) == ()


def test_a_follow_up_is_due_two_days_after_the_event_unless_it_says_otherwise() -> None:
    files = {
        "people/ada.yml": "name: Ada",
        "events/camp.yml": """
            title: Camp
            starts: 2026-11-14
            ends: 2026-11-16
            outcomes:
              follow_ups:
                - Write it up
                - {what: Send the paper, person: ada, due: 2026-11-17}
                - {what: Said thanks, done: 2026-11-17}
            """,
    }
    camp = ("events", "camp")
    assert waiting(files) == (
        Task(TaskKind.FOLLOW_UP, "Send the paper", camp, ("outcomes", "follow_ups", 1), day("2026-11-17"), "ada"),
        Task(TaskKind.FOLLOW_UP, "Write it up", camp, ("outcomes", "follow_ups", 0), day("2026-11-18")),
    )


def test_a_follow_up_of_the_last_day_there_is_has_that_day() -> None:
    files = {"events/end.yml": "title: End\nstarts: 9999-12-31\noutcomes: {follow_ups: [Rest]}"}
    assert [task.due for task in waiting(files)] == [dt.date.max]


# ---- thank-yous


def thanks(line: str, today: dt.date = TODAY, **people: str) -> list[tuple[str, str, dt.date | None]]:
    files = {f"people/{name}.yml": f"name: {name.title()}\n{text}" for name, text in people.items()}
    found = waiting({**files, "journal/2026.yml": f"- {line}"}, today)
    assert {task.kind for task in found} <= {TaskKind.THANKS}
    return [(task.person, task.text, task.due) for task in found]


def test_who_helped_with_an_achievement_is_thanked_within_a_day() -> None:
    found = thanks("{date: 2026-11-10, title: Shipped, people: [bo, ada, bo], thanked: [bo]}", ada="", bo="")
    assert found == [("ada", "Shipped", day("2026-11-11"))]


def test_who_praised_you_is_thanked_and_a_name_without_a_file_is_not() -> None:
    praise = "{date: 2026-11-10, kind: praise, said: 'Clear\n\n  and short', people: [bo], from: %s}"
    assert thanks(praise % "ada", ada="", bo="") == [("ada", "Clear", day("2026-11-11"))]
    assert thanks(praise % "Somebody", ada="", bo="") == []


@pytest.mark.parametrize("kind", ["contribution", "learning", "reading", "review"])
def test_other_entries_owe_nobody_thanks(kind: str) -> None:
    assert thanks(f"{{date: 2026-11-10, kind: {kind}, title: It, people: [ada]}}", ada="") == []


@pytest.mark.parametrize(
    ("log", "is_owed"),
    [
        ("{date: 2026-11-10, kind: thanked}", False),
        ("{date: 2026-11-20, kind: thanked}", False),
        ("{date: 2026-11-09, kind: thanked}", True),
        ("{date: 2026-12-01, kind: thanked}", True),
        ("{kind: thanked}", True),
        ("{date: 2026-11-20, kind: wrote}", True),
    ],
)
def test_thanks_in_the_log_since_then_are_thanks(log: str, is_owed: bool) -> None:
    assert bool(thanks("{date: 2026-11-10, title: Shipped, people: [ada]}", ada=f"log: [{log}]")) is is_owed


def test_after_a_quarter_help_is_no_longer_brought_up_and_not_before_its_day() -> None:
    line = "{date: 2026-11-10, title: Shipped, people: [ada]}"
    assert thanks(line, day("2026-11-09"), ada="") == []
    assert len(thanks(line, day("2026-11-10"), ada="")) == 1
    assert len(thanks(line, day("2027-02-08"), ada="")) == 1
    assert thanks(line, day("2027-02-09"), ada="") == []


# ---- yearly days


@pytest.mark.parametrize(
    ("yearly", "today", "expected"),
    [
        (YearDay(12, 18), "2026-12-17", "2026-12-18"),
        (YearDay(12, 18), "2026-12-18", "2026-12-18"),
        (YearDay(12, 18), "2026-12-19", "2027-12-18"),
        (YearDay(12, 18, 1951), "2026-12-19", "2027-12-18"),
        (YearDay(12, 18, 2028), "2026-12-19", "2028-12-18"),
        (YearDay(2, 29), "2027-01-01", "2027-02-28"),
        (YearDay(2, 29), "2027-03-01", "2028-02-29"),
        (YearDay(2, 29), "2028-02-28", "2028-02-29"),
        (YearDay(2, 29, 1996), "2028-03-01", "2029-02-28"),
        (YearDay(1, 1), "0001-01-01", "0001-01-01"),
        (YearDay(12, 18), "9999-12-19", "9999-12-31"),
    ],
)
def test_a_yearly_day_comes_again(yearly: YearDay, today: str, expected: str) -> None:
    assert next_yearly(yearly, day(today)) == day(expected)


def test_a_yearly_day_is_a_task_about_somebody() -> None:
    assert waiting({"people/ada.yml": "name: Ada\ndates: {birthday: 1990-12-18}"}) == (
        Task(TaskKind.DATE, "birthday", ("people", "ada"), ("dates", "birthday"), day("2026-12-18"), "ada"),
    )


@pytest.mark.parametrize(
    ("line", "comes"),
    [
        ("{date: 2026-11-21, kind: wrote, what: All the best}", "2027-11-21"),
        ("{date: 2026-11-21, kind: met}", "2027-11-21"),
        ("{date: 2026-11-21, kind: heard}", "2026-11-21"),
        ("{date: 2026-11-21, kind: note}", "2026-11-21"),
        ("{date: 2026-11-14, kind: wrote, what: Happy Birthday ahead of time}", "2027-11-21"),
        ("{date: 2026-11-13, kind: wrote, what: Happy Birthday ahead of time}", "2026-11-21"),
        ("{date: 2026-11-20, kind: met, what: Our weekly hour}", "2026-11-21"),
        ("{date: 2026-11-22, kind: wrote, what: Happy birthday}", "2026-11-21"),
    ],
)
def test_a_word_on_a_birthday_answers_it_and_one_about_it_before(line: str, comes: str) -> None:
    found = waiting({"people/ada.yml": f"name: Ada\nrelations: [peer]\ndates: {{birthday: --11-21}}\nlog: [{line}]"})
    assert [task.due for task in found if task.kind is TaskKind.DATE] == [day(comes)]


# ---- renewals and deadlines


@pytest.mark.parametrize(
    ("state", "asks"), [("considering", False), ("applied", False), ("member", True), ("lapsed", False)]
)
def test_only_members_renew(state: str, asks: bool) -> None:
    files = {"organizations/guild.yml": f"name: Guild\nmembership: {{state: {state}, renews: 2026-11-01}}"}
    renewal = Task(TaskKind.RENEWAL, "Guild", ("organizations", "guild"), ("membership", "renews"), day("2026-11-01"))
    assert waiting(files) == ((renewal,) if asks else ())


@pytest.mark.parametrize(
    ("membership", "asks"),
    [("", True), ("considering", True), ("applied", False), ("member", False), ("lapsed", False)],
)
def test_a_deadline_asks_until_you_have_applied_or_it_has_passed(membership: str, asks: bool) -> None:
    text = f"name: Program\ndeadline: 2026-12-01\n{f'membership: {membership}' if membership else ''}"
    deadline = Task(TaskKind.RENEWAL, "Program", ("organizations", "program"), ("deadline",), day("2026-12-01"))
    assert waiting({"organizations/program.yml": text}) == ((deadline,) if asks else ())
    assert waiting({"organizations/program.yml": text}, day("2026-12-02")) == ()


# ---- order


def test_the_soonest_comes_first_then_by_file_then_as_written() -> None:
    items = ", ".join(f"{{task: item {n}}}" for n in range(12))
    files = {
        "goals/b.yml": f"title: B\nchecklist: [{items}, {{task: dated, due: 2026-12-01}}]",
        "goals/a.yml": "title: A\nchecklist: [{task: same day, due: 2026-12-01}, {task: sooner, due: 2026-01-01}]",
    }
    assert texts(files) == ["sooner", "same day", "dated", *(f"item {n}" for n in range(12))]


def test_events_come_in_the_order_of_their_beginning_without_those_left_out_or_over() -> None:
    loaded = book(
        {
            "events/over.yml": "title: Over\nstarts: 2026-11-18\nends: 2026-11-20",
            "events/running.yml": "title: Running\nstarts: 2026-11-18\nends: 2026-11-21",
            "events/evening.yml": "title: Evening\nstarts: 2026-12-01 18:30",
            "events/morning.yml": "title: Morning\nstarts: 2026-12-01 09:00",
            "events/allday.yml": "title: All day\nstarts: 2026-12-01",
            "events/out.yml": "title: Left out\nstarts: 2026-12-01\nstatus: skipped",
        }
    )
    assert [entry.id for entry in next_events(loaded.playbook, TODAY)] == ["running", "allday", "morning", "evening"]


# ---- for every playbook


@few
@given(trees(), st.dates() | st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)))
def test_tasks_of_any_playbook_are_in_order_and_lead_to_what_is_there(tree: Tree, today: dt.date) -> None:
    playbook = book(tree).playbook
    found = tasks(playbook, today)
    assert [task.due or dt.date.max for task in found] == sorted(task.due or dt.date.max for task in found)
    for task in found:
        assert playbook.find(task.owner) is not None
        assert not task.person or task.person in playbook.people
        assert not task.script or task.script in playbook.outreach
