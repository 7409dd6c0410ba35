"""Starting a play: what is written, on which days, and what is not written twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from playbook.agenda import due_of
from playbook.gestures import Bench, Gesture, NotPossible
from playbook.gestures.preparing import prepare
from playbook.load import Cache, Loaded, load_files
from playbook.plays import Aim, Aims, Routine, library, start
from playbook.plays.finding import find_routine, nearest_routine
from playbook.plays.library import From, Step
from playbook.plays.own import own_routine
from playbook.records import KINDS
from playbook.records.choices import Purpose
from playbook.records.days import Due
from playbook.source.files import SourceFile, find_files
from playbook.starters import starter
from tests.support import book, source_files

TODAY = dt.date(2026, 11, 21)
BARE = {
    "me.yml": "name: Mara",
    "goals/staff.yml": "title: Staff\ndue: 2027-04-15",
    "people/ada.yml": "name: Ada",
    "events/camp.yml": "title: Camp\nstarts: 2027-05-14\nends: 2027-05-16",
}
EVERYTHING = Aims(goal="staff", person="ada", event="camp")
EXAMPLE = Path(__file__).parents[2] / "content"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def bench(files: dict[str, str], today: dt.date = TODAY) -> Bench:
    loaded = book(files, today)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return Bench(loaded.playbook, today)


def routine(*steps: tuple[str, str], counts_from: From = From.TODAY, **more: object) -> Routine:
    made = tuple(Step(task, Due(offset=int(due[1:]), from_end=due[1] == "+") if due else None) for task, due in steps)
    return Routine("tea", "Have tea", "It is warm.", made, counts_from=counts_from, day="the tea", **more)  # type: ignore[arg-type]


def after(files: dict[str, str], gesture: Gesture, today: dt.date = TODAY) -> Loaded:
    """The playbook as it is once the gesture is written."""
    known = source_files(files)
    made = prepare(gesture.files, known, "content", lambda those: load_files(those, today))
    changed = {(one.kind, one.id): one for one in gesture.files}
    rest = [file for file in known if (file.kind, file.id) not in changed]
    new = [SourceFile(one.path, *key, one.content) for key, one in zip(changed, made, strict=True)]
    return load_files([*rest, *new], today)


def days(loaded: Loaded, kind: str, identifier: str) -> list[tuple[str, str]]:
    entry = loaded.playbook.of_kind(kind)[identifier]
    return [(item.task, str(due_of(entry, item) or "")) for item in entry.record.checklist]  # type: ignore[attr-defined]


@pytest.mark.parametrize("play", library(), ids=lambda play: play.id)
def test_every_play_starts_in_a_bare_playbook_without_a_problem(play: Routine) -> None:
    asked = Aims(**{str(aim): EVERYTHING.of(aim) for aim in play.needs})
    on = TODAY if play.counts_from is not From.TODAY and not asked.ids else None
    gesture = start(bench(BARE), play, asked, on=on)
    loaded = after(BARE, gesture)
    (made,) = loaded.playbook.plays.values()
    assert loaded.problems == ()
    assert (made.record.play, len(made.record.checklist)) == (play.id, len(play.steps))
    assert all(due_of(made, item) >= TODAY for item in made.record.checklist)  # type: ignore[operator]
    assert made.record.done_when == play.done_when


@pytest.fixture(scope="module")
def example() -> tuple[tuple[SourceFile, ...], Cache]:
    files, _ = find_files(EXAMPLE, KINDS, shown_as="content")
    return tuple(files), Cache()


@pytest.mark.few(12)
@pytest.mark.parametrize("into", [None, *Aim], ids=str)
@pytest.mark.parametrize("play", library(), ids=lambda play: play.id)
def test_every_play_starts_in_the_example_without_a_new_problem(
    play: Routine, into: Aim | None, example: tuple[tuple[SourceFile, ...], Cache]
) -> None:
    files, cache = example

    def load(those: object) -> Loaded:
        return load_files(those, TODAY, cache=cache)  # type: ignore[arg-type]

    loaded = load(files)
    aims = Aims("strategy-mentor", "ilse-hartog", "slipway-2027")
    gesture = start(Bench(loaded.playbook, TODAY), play, aims, into=into)
    assert not gesture.is_empty
    # It refuses whatever would bring a problem along.
    assert prepare(gesture.files, files, "content", load)


def test_a_started_play_reads_so(golden) -> None:
    play = next(one for one in library() if one.id == "land-a-mentor")
    files = BARE | {
        "outreach/mentor-request.yml": "title: Ask\npurpose: mentor-request\nbody: Hello",
        "outreach/a-first.yml": "title: First\npurpose: mentor-request\nbody: Hello",
        "outreach/thanks.yml": "title: Thanks\npurpose: thank-you\nbody: Hello",
    }
    gesture = start(bench(files), play, Aims(goal="staff", person="ada"))
    (made,) = prepare(gesture.files, source_files(files), "content", lambda those: load_files(those, TODAY))
    assert made.path == "content/plays/land-a-mentor-ada.yml"
    assert gesture.said == "Started: Land a mentor: Ada (10 steps, 2026-11-22 to 2027-01-20)"
    golden("plays/land-a-mentor-ada.yml", made.content.decode())


def test_steps_count_across_the_end_of_a_year_and_a_leap_day() -> None:
    play = routine(("Before", "T-1"), ("On", "T+0"), ("Soon", "T+1"), ("Later", "T+60"))
    found = {
        on: [due for _, due in days(after(BARE, start(bench(BARE), play, Aims(), on=day(on))), "plays", "tea")]
        for on in ("2026-12-31", "2028-02-29", "2027-03-01", "2028-03-01")
    }
    assert found == {
        "2026-12-31": ["2026-12-30", "2026-12-31", "2027-01-01", "2027-03-01"],
        "2028-02-29": ["2028-02-28", "2028-02-29", "2028-03-01", "2028-04-29"],
        "2027-03-01": ["2027-02-28", "2027-03-01", "2027-03-02", "2027-04-30"],
        "2028-03-01": ["2028-02-29", "2028-03-01", "2028-03-02", "2028-04-30"],
    }


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_at_the_ends_of_the_calendar_it_still_starts(on: str) -> None:
    play = routine(("Before", "T-30"), ("After", "T+30"))
    loaded = after(BARE, start(bench(BARE), play, Aims(), on=day(on)))
    expected = [str(TODAY)] * 2 if on == "0001-01-01" else ["9999-12-01", "9999-12-31"]
    assert [due for _, due in days(loaded, "plays", "tea")] == expected


def test_around_an_event_days_count_back_from_its_first_and_on_from_its_last() -> None:
    play = routine(("Write", "T-30"), ("Arrive", "T-0"), ("Leave", "T+0"), ("Follow up", "T+2"), counts_from=From.EVENT)
    expected = [("Write", "2027-04-14"), ("Arrive", "2027-05-14"), ("Leave", "2027-05-16"), ("Follow up", "2027-05-18")]
    for into, where in ((None, ("plays", "tea-camp")), (Aim.EVENT, ("events", "camp"))):
        loaded = after(BARE, start(bench(BARE), play, Aims(event="camp"), into=into))
        assert days(loaded, *where) == expected


def test_in_an_events_checklist_the_steps_move_along_with_it() -> None:
    play = routine(("Write", "T-30"), ("Follow up", "T+2"), counts_from=From.EVENT)
    (change,) = start(bench(BARE), play, Aims(event="camp"), into=Aim.EVENT).files
    assert [one.value for one in change.changes] == [  # type: ignore[union-attr]
        {"task": "Write", "due": "T-30"},
        {"task": "Follow up", "due": "T+2"},
    ]


def test_in_a_persons_checklist_the_days_are_written_out_and_they_are_not_named_again() -> None:
    play = Routine("tea", "Tea", "", (Step("Ask them", Due(offset=3, from_end=True), with_person=True),))
    (change,) = start(bench(BARE), play, Aims(person="ada"), into=Aim.PERSON).files
    assert [one.value for one in change.changes] == [{"task": "Ask them", "due": "2026-11-24"}]  # type: ignore[union-attr]
    (change,) = start(bench(BARE), play, Aims(person="ada", goal="staff"), into=Aim.GOAL).files
    assert [one.value for one in change.changes] == [  # type: ignore[union-attr]
        {"task": "Ask them", "due": "2026-11-24", "person": "ada"}
    ]


def test_what_would_have_been_due_before_today_is_due_today() -> None:
    play = routine(("Early", "T-30"), ("Late", "T-5"), ("After", "T+1"), counts_from=From.EVENT)
    today = day("2027-05-04")
    loaded = after(BARE, start(bench(BARE, today), play, Aims(event="camp")), today)
    assert days(loaded, "plays", "tea-camp") == [
        ("Early", "2027-05-04"),
        ("Late", "2027-05-09"),
        ("After", "2027-05-17"),
    ]


AWAY = "name: Mara\naway: [{from: 2026-12-21, to: 2027-01-03}, {from: 2027-05-09, to: 2027-05-17}]"


def test_no_step_is_put_onto_a_day_away_and_which_waited_is_said() -> None:
    files = BARE | {"me.yml": AWAY}
    gesture = start(bench(files), routine(("Ask", "T+29"), ("Thank", "T+30"), ("Tell", "T+44")), Aims())
    assert days(after(files, gesture), "plays", "tea") == [
        ("Ask", "2026-12-20"), ("Thank", "2027-01-04"), ("Tell", "2027-01-04"),
    ]  # fmt: skip
    assert gesture.said == (
        "Started: Have tea (3 steps, 2026-12-20 to 2027-01-04); 1 step on days away waits until you are back"
    )
    assert gesture.files[0].said[1:] == ("2027-01-04  Thank (you are away on 2026-12-21)", "2027-01-04  Tell")


def test_what_prepares_for_an_event_on_days_away_stays_before_it_and_what_follows_waits() -> None:
    files = BARE | {"me.yml": AWAY}
    play = routine(("Write", "T-140"), ("Pack", "T-2"), ("Arrive", "T-0"), ("Leave", "T+0"), ("Mail", "T+1"), counts_from=From.EVENT)  # fmt: skip
    for into, where in ((None, ("plays", "tea-camp")), (Aim.EVENT, ("events", "camp"))):
        gesture = start(bench(files), play, Aims(event="camp"), into=into)
        assert days(after(files, gesture), *where) == [
            ("Write", "2027-01-04"), ("Pack", "2027-05-12"), ("Arrive", "2027-05-14"), ("Leave", "2027-05-16"),
            ("Mail", "2027-05-18"),
        ]  # fmt: skip
        assert gesture.said.endswith("; 2 steps on days away wait until you are back")


def test_after_the_event_only_what_comes_after_it_is_left() -> None:
    play = routine(("Early", "T-30"), ("After", "T+1"), ("Any time", ""), counts_from=From.EVENT)
    today = day("2027-05-20")
    loaded = after(BARE, start(bench(BARE, today), play, Aims(event="camp")), today)
    assert days(loaded, "plays", "tea-camp") == [("After", "2027-05-20"), ("Any time", "")]


def test_when_all_of_it_is_over_it_does_not_start() -> None:
    play = routine(("Early", "T-30"), counts_from=From.EVENT)
    with pytest.raises(NotPossible, match=r"2027-05-16 is over, and everything in 'tea' comes before it"):
        start(bench(BARE, day("2027-05-20")), play, Aims(event="camp"))


def test_a_play_counts_from_the_goals_due_day_or_says_what_is_missing() -> None:
    play = routine(("Ask", "T-10"), counts_from=From.GOAL, needs=(Aim.GOAL,))
    assert days(after(BARE, start(bench(BARE), play, Aims(goal="staff"))), "plays", "tea-staff") == [
        ("Ask", "2027-04-05")
    ]
    bare = BARE | {"goals/staff.yml": "title: Staff"}
    with pytest.raises(NotPossible, match=r"counts from the tea; say the day with --on, or a goal that has a due date"):
        start(bench(bare), play, Aims(goal="staff"))
    with pytest.raises(NotPossible, match=r"'tea' is for one goal; say which: --goal GOAL"):
        start(bench(bare), play, Aims(person="ada"))
    with pytest.raises(NotPossible, match=r"--into event: say which event: --event EVENT"):
        start(bench(BARE), play, Aims(goal="staff"), into=Aim.EVENT)


def test_the_same_play_for_the_same_thing_is_noticed_while_a_step_is_open() -> None:
    play = routine(("Ask", "T+1"))
    running = "title: Tea\nplay: tea\npeople: ada\nstatus: {}\nchecklist: [{{task: Ask, {}}}]"

    def again(status: str, item: str, aims: Aims, identifier: str = "") -> tuple[tuple[str, ...], list[str]]:
        files = BARE | {"plays/tea-ada.yml": running.format(status, item)}
        gesture = start(bench(files), play, aims, identifier=identifier)
        return gesture.already, [one.id for one in gesture.files]

    ada = Aims(person="ada")
    more = "to start it once more beside that, give it an --id"
    assert again("active", "due: T+1", ada) == ((f"Tea runs (plays/tea-ada); {more}",), [])
    assert again("paused", "due: T+1", ada) == ((f"Tea rests (plays/tea-ada); {more}",), [])
    assert again("active", "due: T+1", ada, "second") == ((), ["second"])
    assert again("active", "done: true", ada) == ((), ["tea-ada-2"])
    assert again("dropped", "due: T+1", ada) == ((), ["tea-ada-2"])
    assert again("active", "due: T+1", Aims(person="ada", goal="staff")) == ((), ["tea-ada-2"])
    assert again("active", "due: T+1", Aims()) == ((), ["tea"])


def test_an_id_that_a_file_has_is_refused_and_one_that_cannot_be_read_is_never_taken() -> None:
    play = routine(("Ask", "T+1"))
    files = BARE | {"plays/mine.yml": "title: Mine"}
    with pytest.raises(NotPossible, match=r"'mine' is there already; say another --id"):
        start(bench(files), play, Aims(), identifier="mine")
    broken = Bench(bench(BARE).playbook, TODAY, frozenset({("plays", "tea"), ("goals", "tea-2")}))
    (made,) = start(broken, play, Aims()).files
    assert made.id == "tea-2"


def test_items_that_stand_there_open_are_not_written_twice() -> None:
    files = BARE | {"goals/staff.yml": "title: Staff\ndue: 2027-04-15\nchecklist: [ask  ADA, {task: Tell, done: true}]"}
    play = routine(("Ask Ada", "T+1"), ("Tell", "T+2"))
    gesture = start(bench(files), play, Aims(goal="staff"), into=Aim.GOAL)
    assert gesture.already == ("to do: Ask Ada",)
    assert [item.task for item in after(files, gesture).playbook.goals["staff"].record.checklist] == [
        "ask ADA", "Tell", "Tell",
    ]  # fmt: skip
    only = start(bench(files), routine(("Ask Ada", "T+1")), Aims(goal="staff"), into=Aim.GOAL)
    assert (only.is_empty, only.already) == (True, ("to do: Ask Ada",))


def test_a_step_takes_the_template_called_as_its_purpose_else_the_first_of_that_purpose() -> None:
    files = BARE | {
        "outreach/nudge.yml": "title: N\npurpose: follow-up\nbody: Hello",
        "outreach/follow-up.yml": "title: F\npurpose: follow-up\nbody: Hello",
        "outreach/b-thanks.yml": "title: B\npurpose: thank-you\nbody: Hello",
        "outreach/a-thanks.yml": "title: A\npurpose: thank-you\nbody: Hello",
    }
    steps = tuple(Step(str(one), None, one) for one in (Purpose.FOLLOW_UP, Purpose.THANK_YOU, Purpose.OFFER))
    loaded = after(files, start(bench(files), Routine("tea", "Tea", "", steps), Aims()))
    assert [item.script for item in loaded.playbook.plays["tea"].record.checklist] == ["follow-up", "a-thanks", None]


def test_a_persons_own_play_starts_again_without_what_belonged_to_that_time() -> None:
    files = BARE | {
        "outreach/offer.yml": "title: O\nbody: Hello",
        "plays/mine.yml": """
            title: My week
            why: It helped.
            starts: 2026-02-01
            status: done
            visibility: public
            people: [ada]
            checklist:
              - {id: mine-a, task: Give, due: 2026-02-04, done: 2026-02-03, person: ada, script: offer, visibility: me}
              - {task: Before, due: T-2}
              - {task: Whenever}
              - {task: Not again, due: T+1, skipped: It did no good}
            """,
    }
    found = own_routine(bench(files).playbook.plays["mine"])
    assert found == Routine(
        id="mine",
        title="My week",
        why="It helped.",
        steps=(
            Step("Give", Due(offset=3, from_end=True), script="offer"),
            Step("Before", Due(offset=-2)),
            Step("Whenever"),
        ),
        is_own=True,
    )
    loaded = after(files, start(bench(files), found, Aims(), on=day("2026-12-30")))
    made = loaded.playbook.plays["mine-2"]
    assert days(loaded, "plays", "mine-2") == [("Give", "2027-01-02"), ("Before", "2026-12-28"), ("Whenever", "")]
    assert (made.record.play, made.record.visibility, made.record.people) == ("mine", "", ())


def test_a_play_is_found_by_id_or_title_in_the_library_first() -> None:
    playbook = bench(BARE | {"plays/land-a-mentor.yml": "title: Mine", "plays/tea.yml": "title: Have tea"}).playbook
    found = {
        name: (one.id, one.is_own) if (one := find_routine(playbook, name)) else None
        for name in ("land-a-mentor", "Land a mentor", "plays/land-a-mentor", "have TEA", "tea.yml", "coffee", "")
    }
    assert found == {
        "land-a-mentor": ("land-a-mentor", False),
        "Land a mentor": ("land-a-mentor", False),
        "plays/land-a-mentor": ("land-a-mentor", True),
        "have TEA": ("tea", True),
        "tea.yml": ("tea", True),
        "coffee": None,
        "": None,
    }


def test_a_wrong_name_leads_to_the_nearest() -> None:
    playbook = bench(BARE | {"plays/tea.yml": "title: Have tea"}).playbook
    assert [nearest_routine(playbook, name) for name in ("lnd-a-mentor", "hav tea", "conference", "zzz")] == [
        "Did you mean 'land-a-mentor'?",
        "Did you mean 'tea'?",
        "Did you mean 'work-a-conference'?",
        "To see them all: playbook plays",
    ]


@pytest.mark.parametrize("into", [None, Aim.EVENT])
def test_what_a_new_event_begins_with_gives_way_to_the_play_that_says_it(into: Aim | None) -> None:
    text = starter("event", "Camp", TODAY, schema="", starts=day("2027-05-14"))
    begun = [item.task for item in book({"events/camp.yml": text}).playbook.events["camp"].record.checklist]
    known = next(play for play in library() if play.id == "work-a-conference")
    assert begun == ["Decide whom to meet, and why them", "Send what I promised"] == list(known.replaces)
    own = text.replace("checklist:\n", "checklist:\n  - Book the train\n")
    loaded = after(
        {"events/camp.yml": own}, start(bench({"events/camp.yml": own}), known, Aims(event="camp"), into=into)
    )
    assert not loaded.has_errors
    left = [item.task for item in loaded.playbook.events["camp"].record.checklist]
    assert left == ["Book the train", *(one.task for one in known.steps if into)]
    # What was done, or written in other words, stays.
    for other in (
        text.replace('{task: "Decide', '{done: true, task: "Decide'),
        text.replace("Decide whom", "Say whom"),
    ):
        kept = after({"events/camp.yml": other}, start(bench({"events/camp.yml": other}), known, Aims(event="camp")))
        assert len(kept.playbook.events["camp"].record.checklist) == 1


def test_every_item_that_a_play_replaces_is_one_of_a_new_event() -> None:
    text = starter("event", "Camp", TODAY, schema="")
    assert all(f'"{item}"' in text for play in library() for item in play.replaces)
