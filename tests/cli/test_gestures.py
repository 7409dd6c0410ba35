"""The one-gesture commands as somebody types them: what is written, what is said, and what is asked for instead."""

from __future__ import annotations

import json

import pytest

from playbook.own_cache import SWITCH
from playbook.records.reading import read_record
from tests.cli.terminals import on_a_terminal, plain

BOOK: dict[str, str | bytes] = {
    "content/me.yml": "name: Mara\ntimezone: Europe/Berlin\n",
    "content/people/ada-novak.yml": "name: Ada Novak\nnickname: Ada\ncircle: inner  # near\npromises:\n  - Send the numbers\n",
    "content/people/bo.yml": "name: Bo\n",
    "content/goals/staff.yml": "title: Staff\nchecklist:\n  - {id: draft, task: Draft the packet}\n  - Ask two readers\n  - Ask a third reader\n",
    "content/organizations/northwind.yml": "name: Northwind\n",
}
DAY = ("--today", "2026-11-24")


@pytest.fixture
def mine(empty):
    return empty.write(BOOK)


def test_a_touch_is_one_line_and_the_clock_starts_again(mine):
    ran = mine.run("touch", "ada", "called, she will read the draft", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Ada Novak: 2026-11-24, called\n  content/people/ada-novak.yml\n    promise of theirs: Read the draft\n"
        "    log 2026-11-24, called\n  next by 2026-12-22 (circle inner)\n"
    )
    assert mine.read("content/people/ada-novak.yml").decode() == (
        "name: Ada Novak\nnickname: Ada\ncircle: inner  # near\npromises:\n  - Send the numbers\n"
        "  - what: Read the draft\n    by: them\nlog:\n  - date: 2026-11-24\n    kind: called\n"
    )


def test_who_was_told_of_a_goal_is_written_into_it_and_undo_takes_both_back(mine):
    goal = mine.read("content/goals/staff.yml")
    told = ("touch", "ada", "told her over lunch", "--goal", "staff", *DAY)
    assert "told:" in mine.run(*told, "--dry-run").out
    assert mine.read("content/goals/staff.yml") == goal
    ran = mine.run(*told)
    assert (ran.code, ran.err) == (0, "")
    assert "  content/goals/staff.yml\n    told: Ada Novak\n" in ran.out
    assert mine.read("content/goals/staff.yml") == goal + b"told:\n  - person: ada-novak\n    date: 2026-11-24\n"
    assert b"kind: met\n    what: Told her over lunch\n    goal: staff\n" in mine.read("content/people/ada-novak.yml")
    assert mine.run("undo", *DAY).code == 0
    assert mine.read("content/goals/staff.yml") == goal


def test_several_people_are_one_entry_with_the_others(mine):
    ran = mine.run("touch", "bo", "Ada Novak", "lunch", "--on", "yesterday", *DAY)
    assert ran.out == (
        "Bo and Ada Novak: 2026-11-23, met: Lunch\n  content/people/bo.yml\n  Ada Novak: next by 2026-12-21 (circle inner)\n"
    )
    assert b"date: 2026-11-23\n    kind: met\n    what: Lunch\n    with: [ada-novak]" in mine.read(
        "content/people/bo.yml"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("touch", "nobody", "x"), "no person is called 'nobody'"),
        (("touch", "nobody", "x"), 'Somebody new? playbook met "nobody"'),
        (("met", "Ingrid", "--id", "../ingrid"), "the id '../ingrid' has more in it than the letters a-z, digits and"),
        (("met", "Ingrid", "--id", "Ingrid S"), "single hyphens; choose another: --id ingrid-s"),
        (("met", "Ingrid", "--id", "con"), "the id 'con' is a name that Windows keeps for itself"),
        (("touch", "bo", "x", "--on", "tomorrow"), "--on: 2026-11-25 lies ahead; write down what has been"),
        (("touch", "bo", "x", "--on", "blorgday"), "--on: 'blorgday' is not a day; write one such as 24 Nov"),
        (("touch", "bo", "x", "--kind", "cald"), "--kind: there is no kind 'cald'. Did you mean 'called'?"),
        (("touch", "bo", "x", "--due", "friday"), "--due says by when a promise is due"),
        (
            ("done", "reader"),
            "'reader' could be one of these; write it so:\n  staff: Ask two readers\n  staff: Ask a third",
        ),
        (("done", "nothing"), "no checklist item is called 'nothing'"),
        (("kept", "shoes"), "no open promise is called 'shoes'; 1 waits"),
        (("add", "item", "stuff", "x"), "nothing with a checklist is called 'stuff'. Did you mean 'staff'?"),
        (("add", "item", "staff"), 'write it so: playbook add item RECORD "TASK"'),
        (("skip", "draft"), 'out is a decision, so it wants a reason; write it so: playbook skip draft --why "…"'),
        (("skip", "draft the"), "playbook skip 'draft the' --why"),
        (("promise", "ada", "X", "by", "friday"), 'one pair of quotes: playbook promise ada "X by friday"'),
        (("promise", "Ada", "Novak", 'a "b"'), 'one pair of quotes: playbook promise "Ada Novak" \'a "b"\''),
        (("touch", "Ada", "wrote", "about", "committee"), "no person is called 'wrote'"),
        (("touch", "Ada", "wrote", "about", "committee"), 'pair of quotes: playbook touch Ada "wrote about committee"'),
        (("touch", "O'Hara", "wrote", "x"), """pair of quotes: playbook touch "O'Hara" "wrote x\""""),
        (("touch", "Zoë", "wrote", "x"), 'pair of quotes: playbook touch Zoë "wrote x"'),
        (("touch", "$a", "x"), "Somebody new? playbook met '$a'"),
        (("skip", "reader"), "'reader' could be one of these; write it so:\n  staff: Ask two readers"),
        (("skip", "nothing"), "no checklist item is called 'nothing'"),
        (("achieve", "x", "--goal", "stuff"), "no goal is called 'stuff'. Did you mean 'staff'?"),
        (("undo",), "there is nothing to take back"),
    ],
)
def test_what_is_not_clear_is_said_and_nothing_is_written(mine, arguments, said):
    before = {name: mine.read(name) for name in mine.names()}
    ran = mine.run(*arguments, *DAY)
    assert ran.code == 2
    assert said in ran.err
    assert {name: mine.read(name) for name in mine.names()} == before


def test_somebody_new_gets_a_file_in_one_line(mine):
    ran = mine.run("met", "Ingrid Solheim", "wants the paper, promised slides by friday", "--org", "Northwind", *DAY)
    assert ran.out.startswith(
        "New: Ingrid Solheim, northwind: 2026-11-24, met: Wants the paper\n  content/people/ingrid-solheim.yml (new)\n"
        "    Ingrid Solheim, northwind: 2026-11-24, met: Wants the paper\n    promise: Slides, by 2026-11-27\n"
    )
    assert mine.read("content/people/ingrid-solheim.yml").decode() == (
        "name: Ingrid Solheim\nrelations: [connection]\npositions:\n  - organization: northwind\nmet:\n  date: 2026-11-24\n"
        "promises:\n  - what: Slides\n    due: 2026-11-27\nlog:\n  - date: 2026-11-24\n    kind: met\n    what: Wants the paper\n"
    )
    assert mine.run("met", "ingrid solheim", "again", *DAY).out.startswith("Ingrid Solheim: 2026-11-24, met: Again\n")
    assert mine.run("check").code == 0


CAMP = """title: Camp
starts: 2026-11-20
checklist: [Pack the poster]
outcomes:
  follow_ups:
    - {what: Send the numbers, person: ada-novak}  # promised in the lift
    - Send the photographs
    - {what: Write to Bo, done: 2026-11-21}
"""


def test_what_is_to_be_done_after_an_event_is_done_by_its_words_or_whom_it_is_for(mine):
    mine.write({"content/events/camp.yml": CAMP})
    ran = mine.run("done", "camp: the numbers", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Done: Send the numbers (Camp)\n  content/events/camp.yml\n")
    assert mine.read("content/events/camp.yml").decode() == CAMP.replace(
        "person: ada-novak}", "person: ada-novak, done: 2026-11-24}"
    )
    assert mine.run("done", "photographs", *DAY).code == 0
    assert mine.run("undo", *DAY).code == 0
    assert "follow-up: Send the photographs (Camp)\n" in mine.run("today", *DAY).out
    assert mine.run("done", "follow-up: Send the photographs (Camp)", *DAY).code == 0
    assert mine.run("undo", *DAY).code == 0
    assert mine.run("undo", *DAY).code == 0
    assert mine.read("content/events/camp.yml").decode() == CAMP
    assert mine.run("done", "ada", *DAY).out.startswith("Done: Send the numbers (Camp)")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("done", "send"), "'send' could be one of these; write it so:\n  camp: Send the numbers\n  camp: Send the ph"),
        (("done", "camp: numbers", "--evidence", "x"), "a follow-up has no evidence; leave out --evidence"),
        (("done", "write to bo"), "no checklist item is called 'write to bo'"),
    ],
)
def test_a_follow_up_that_is_not_clear_is_asked_for_and_nothing_is_written(mine, arguments, said):
    mine.write({"content/events/camp.yml": CAMP})
    ran = mine.run(*arguments, *DAY)
    assert ran.code == 2
    assert said in ran.err
    assert mine.read("content/events/camp.yml").decode() == CAMP


LUNCH = "name: Bo\nlog:\n  - date: 2026-11-23\n    kind: met\n    what: The new team\n"


def test_a_line_after_a_talk_is_done_by_the_words_of_today_and_is_logged_as_written(mine):
    mine.write({"content/people/bo.yml": LUNCH, "content/events/camp.yml": CAMP})
    assert "follow-up: Write to Bo after you met: The new team" in mine.run("today", *DAY).out
    for typed in ("write to bo", "follow-up: Write to Bo after you met: The new team"):
        ran = mine.run("done", typed, *DAY)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Bo: 2026-11-24, wrote: After we met: The new team\n  content/people/bo.yml\n")
        assert b'  - date: 2026-11-24\n    kind: wrote\n    what: "After we met: The new team"\n' in mine.read(
            "content/people/bo.yml"
        )
        assert "Write to Bo" not in mine.run("today", *DAY).out
        assert mine.run("undo").code == 0
    assert mine.read("content/people/bo.yml").decode() == LUNCH


def test_a_line_to_whom_was_met_at_an_event_is_done_and_what_cannot_be_left_out_says_how_it_goes(mine):
    mine.write(
        {"content/events/camp.yml": "title: Camp\nstarts: 2026-11-20\noutcomes: {met: [bo], follow_ups: [Mail]}\n"}
    )
    ran = mine.run("skip", "write to bo", *DAY)
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "Error: 'Write to Bo, whom you met at Camp' is in no checklist: it goes by itself after 2026-12-20, when they hear "
        "from you (playbook done 'Write to Bo, whom you met at Camp'), or when anything else is logged with them",
    )
    assert "'Mail' stands in the outcomes of camp; take its line out there" in mine.run("skip", "mail", *DAY).err
    assert mine.run("done", "Write to Bo, whom you met at Camp", *DAY).out.startswith(
        "Bo: 2026-11-24, wrote: After Camp\n"
    )
    assert "no checklist item is called" in mine.run("skip", "write to bo", *DAY).err


TWICE = """title: Camp
starts: 2026-11-20
outcomes:
  follow_ups:
    - {what: Send the slides, person: ada-novak}
    - {what: Send the slides, person: bo}
    - Send the slides again
    - Write
    - Write to Bo
"""


def test_what_is_told_to_write_is_understood_also_where_others_hold_the_same_words(mine):
    mine.write({"content/events/camp.yml": TWICE})
    ran = mine.run("done", "slides", *DAY)
    assert "\n  camp: Send the slides ada-novak\n  camp: Send the slides bo\n  camp: Send the slides again\n" in ran.err
    for typed, line in (
        ("camp: Send the slides bo", "    - {what: Send the slides, person: bo, done: 2026-11-24}\n"),
        ("camp: Send the slides", "    - {what: Send the slides, person: ada-novak, done: 2026-11-24}\n"),
        ("camp: Write", "    - what: Write\n      done: 2026-11-24\n"),
    ):
        assert mine.run("done", typed, *DAY).code == 0
        assert line in mine.read("content/events/camp.yml").decode()
    long = "Send the numbers of the " + "very " * 20 + "long year"
    mine.run("promise", "ada", "Send the numbers again", *DAY)
    mine.run("promise", "ada", long, *DAY)
    assert f"\n  Ada Novak: Send the numbers\n  Ada Novak: Send the numbers again\n  Ada Novak: {long}\n" in (
        mine.run("kept", "send", *DAY).err
    )
    for typed in ("Ada Novak: Send the numbers", f"Ada Novak: {long}"):
        assert mine.run("kept", typed, *DAY).out.startswith(f"Kept: {typed.removeprefix('Ada Novak: ')} (to Ada Novak)")


def test_a_checklist_item_goes_before_a_follow_up_of_the_same_words(mine):
    mine.write({"content/events/camp.yml": CAMP.replace("Pack the poster", "Send the numbers ahead")})
    assert mine.run("done", "send the numbers", *DAY).out.startswith("Done: Send the numbers ahead")


def test_done_skip_and_undo_change_one_item_and_back(mine):
    before = mine.read("content/goals/staff.yml")
    assert mine.run("done", "draft", "--evidence", "docs/p.md", *DAY).out.startswith("Done: Draft the packet (Staff)\n")
    assert b"- {id: draft, task: Draft the packet, done: 2026-11-24, evidence: docs/p.md}" in mine.read(
        "content/goals/staff.yml"
    )
    assert mine.run("done", "draft", *DAY).err == (
        "playbook: 'Draft the packet' was done on 2026-11-24 already; to open it again: playbook undo draft\n"
    )
    assert mine.run("skip", "third", "--why", "Two are enough").code == 0
    assert mine.run("undo", "third").out.startswith("Open again: Ask a third reader")
    assert mine.run("undo").code == mine.run("undo").code == mine.run("undo").code == 0
    assert mine.read("content/goals/staff.yml") == before


def test_what_waits_gets_another_day_and_back(mine):
    mine.write({
        "content/events/camp.yml": CAMP.replace("[Pack the poster]", "[{task: Pack the poster, due: T+30}]"),
        "content/people/bo.yml": "name: Bo\npromises:\n  - {what: The slides, by: them, due: 2026-11-20}  # twice\n",
    })  # fmt: skip
    before = {name: mine.read(name) for name in mine.names()}
    for typed, said, path, line in (
        (("draft", "friday"), "Due 2026-11-27: Draft the packet (Staff; it had no day)", "goals/staff",
         "  - {id: draft, task: Draft the packet, due: 2026-11-27}\n"),
        (("third", "reader", "in", "2", "weeks"), "Due 2026-12-08: Ask a third reader (Staff; it had no day)", "goals/staff",
         "  - task: Ask a third reader\n    due: 2026-12-08\n"),
        (("bo: slides", "by", "2027-01-15"), "Due 2027-01-15: The slides (by Bo; it was 2026-11-20)", "people/bo",
         "  - {what: The slides, by: them, due: 2027-01-15}  # twice\n"),
        (("camp: the numbers tomorrow",), "Due 2026-11-25: Send the numbers (Camp; it was 2026-11-22)", "events/camp",
         "    - {what: Send the numbers, person: ada-novak, due: 2026-11-25}  # promised in the lift\n"),
        (("poster", "sat"), "Due 2026-11-28: Pack the poster (Camp; it was 2026-12-20, counted as T+30)", "events/camp",
         "checklist: [{task: Pack the poster, due: 2026-11-28}]\n"),
    ):  # fmt: skip
        assert mine.run("later", *typed, "--dry-run", *DAY).out.endswith("Nothing was written (--dry-run).\n")
        ran = mine.run("later", *typed, *DAY)
        assert (ran.code, ran.err, ran.out) == (0, "", f"{said}\n  content/{path}.yml\n")
        assert line in mine.read(f"content/{path}.yml").decode()
        assert mine.run("later", *typed, *DAY).out.startswith("already there: due 20")
    assert json.loads(mine.run("later", "draft", "2026-12-01", "--json", *DAY).out)["files"] == [
        "content/goals/staff.yml"
    ]
    for _ in range(6):
        assert mine.run("undo", *DAY).code == 0
    assert {name: mine.read(name) for name in mine.names()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("numbers", "friday"), "'numbers' could be one of these; write it so:\n  Ada Novak: Send the numbers\n  camp: Send the"),
        (("draft", "yesterday"), "2026-11-23 is over; 'Draft the packet' can be due from 2026-11-24 on"),
        (("draft", "soon"), "write it so: playbook later ITEM DAY; 'soon' is not a day"),
        (("friday",), "write it so: playbook later ITEM DAY"),
        (("shoes", "friday"), "no checklist item is called 'shoes'"),
        (("done", "friday"), "nothing that is called 'done' is open"),
        (("write to bo", "friday"), "'Write to Bo after you met: The new team' has no day of its own, and goes by itself"),
    ],
)  # fmt: skip
def test_what_cannot_be_put_off_is_said_and_nothing_is_written(mine, arguments, said):
    mine.write({
        "content/events/camp.yml": CAMP.replace("[Pack the poster]", "[{task: Be done, done: 2026-11-20}]"),
        "content/people/bo.yml": LUNCH,
    })  # fmt: skip
    before = {name: mine.read(name) for name in mine.names()}
    ran = mine.run("later", *arguments, *DAY)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert {name: mine.read(name) for name in mine.names()} == before


def test_promises_are_made_and_kept(mine):
    assert mine.run("promise", "bo", "send the slides by friday", *DAY).code == 0
    assert (
        mine.read("content/people/bo.yml") == b"name: Bo\npromises:\n  - what: Send the slides\n    due: 2026-11-27\n"
    )
    assert "could be one of these" in mine.run("kept", "send").err
    assert mine.run("kept", "bo", "send", *DAY).code == 0
    assert b"    kept: 2026-11-24\n" in mine.read("content/people/bo.yml")
    assert mine.run("promise", "bo", "lend a book", "--theirs", "--due", "2026-12-01").code == 0
    assert b"by: them\n    due: 2026-12-01" in mine.read("content/people/bo.yml")


def test_an_achievement_brings_up_whom_to_thank_and_thanks_settle_it(mine):
    ran = mine.run("achieve", "Shipped", "--with", "ada", "--goal", "staff", "--impact", "Less waiting", *DAY)
    assert "  to thank: playbook thank ada-novak\n" in ran.out
    assert mine.read("content/journal/2026.yml").decode() == (
        "- date: 2026-11-24\n  kind: achievement\n  title: Shipped\n  impact: Less waiting\n  goals: [staff]\n"
        "  people: [ada-novak]\n"
    )
    assert mine.run("thank", "ada", "for the review", *DAY).code == 0
    assert mine.read("content/journal/2026.yml").endswith(b"  thanked: [ada-novak]\n")


def test_a_dry_run_and_json_show_what_would_be_and_what_was(mine):
    before = mine.read("content/people/bo.yml")
    shown = mine.run("gave", "bo", "our numbers", "--dry-run", *DAY)
    assert "  +    kind: gave\n" in shown.out
    assert mine.read("content/people/bo.yml") == before
    told = json.loads(mine.run("gave", "bo", "our numbers", "--json", *DAY).out)
    assert (told["said"], told["files"], told["written"]) == (
        "Bo: 2026-11-24, gave: our numbers", ["content/people/bo.yml"], True,
    )  # fmt: skip
    again = json.loads(mine.run("gave", "bo", "our numbers", "--json", *DAY).out)
    assert (again["written"], again["files"]) == (False, [])


def test_items_are_added_with_days_in_plain_words(mine):
    assert mine.run("add", "item", "staff", "Ask Grace by friday", "--person", "ada", *DAY).code == 0
    assert mine.run("add", "item", "Staff", "Pack", "--due", "in 2 weeks", *DAY).code == 0
    assert (
        mine.read("content/goals/staff.yml")
        .decode()
        .endswith("  - {task: Ask Grace, due: 2026-11-27, person: ada-novak}\n  - {task: Pack, due: 2026-12-08}\n")
    )
    assert "already there: Staff: pack" in mine.run("add", "item", "staff", "pack", *DAY).out


def test_nothing_is_written_into_the_past_or_for_another_reader(mine):
    assert "works on the files as they are now" in mine.run("--as-of", "2026-01-01", "done", "draft").err
    assert mine.run("--audience", "public", "done", "draft").code == 2


def test_a_promise_that_was_kept_says_whose_it_was(mine):
    mine.write(
        {
            "content/people/ada-novak.yml": "name: Ada Novak\npromises: [Slides]\n",
            "content/people/bo.yml": "name: Bo\npromises: [{what: Slides, by: them}]\n",
        }
    )
    unclear = mine.run("kept", "slides", *DAY)
    assert unclear.err.endswith("write it so:\n  Ada Novak: Slides\n  Bo: Slides\n")
    assert mine.run("kept", "Ada Novak: Slides", *DAY).out.startswith("Kept: Slides (to Ada Novak)\n")
    assert mine.run("kept", "bo", *DAY).out.startswith("Kept: Slides (by Bo)\n")


def test_a_first_name_is_enough_where_one_person_has_it(empty):
    mine = empty.write(
        {"content/people/grace-adeyemi.yml": "name: Grace Adeyemi\n", "content/people/li-wei.yml": "name: Li Wei\n"}
    )
    assert mine.run("touch", "grace", "called", *DAY).out.startswith("Grace Adeyemi: 2026-11-24, called\n")
    assert mine.run("promise", "Grace", "the numbers", *DAY).out.startswith(
        "Grace Adeyemi: you promised: The numbers\n"
    )
    assert mine.run("touch", "li", "grace", *DAY).out.startswith("Li Wei and Grace Adeyemi: 2026-11-24, met\n")
    mine.write({"content/people/grace-hopper.yml": "name: Grace Hopper\n"})
    both = mine.run("touch", "grace", "called", *DAY)
    assert (both.code, both.err.splitlines()[-1]) == (
        2,
        "Error: 'grace' could be grace-adeyemi (Grace Adeyemi) or grace-hopper (Grace Hopper); write the id",
    )
    assert mine.run("gave", "grace", "tea", *DAY).err.splitlines()[-1] == both.err.splitlines()[-1]
    assert mine.run("met", "Li", *DAY).out.startswith("New: Li: 2026-11-24, met\n")
    assert "no person is called ''" in mine.run("touch", "", "called", *DAY).err


def test_where_somebody_known_works_is_not_changed_in_silence(mine):
    again = mine.run("met", "Bo", "lunch, promised tea by friday", "--org", "Kestrel Rail", *DAY)
    assert (again.code, again.err) == (
        0,
        "Bo has a file already, so 'Kestrel Rail' is not written; if they moved: "
        'playbook moved bo --to "Kestrel Rail" --from DAY\n',
    )
    assert "    promise: Tea, by 2026-11-27\n" in again.out
    assert b"Kestrel" not in mine.read("content/people/bo.yml")


def test_undo_says_beforehand_what_it_would_take_back(mine):
    assert mine.run("touch", "bo", "lunch", *DAY).code == 0
    written = mine.read("content/people/bo.yml")
    asked = mine.run("undo", "--dry-run")
    assert (asked.code, asked.err) == (0, "")
    assert asked.out == (
        "Would be taken back: Bo: 2026-11-24, met: Lunch\n  content/people/bo.yml\nNothing was written (--dry-run).\n"
    )
    assert mine.read("content/people/bo.yml") == written
    assert mine.run("undo").out == "Taken back: Bo: 2026-11-24, met: Lunch\n  content/people/bo.yml\n"
    assert mine.read("content/people/bo.yml") == b"name: Bo\n"


def test_the_reason_to_leave_something_out_is_asked_for_once_it_is_known_what(mine):
    shown = plain(on_a_terminal(mine.path, "skip", "third", typed="Two are enough\n"))
    assert "Why is 'Ask a third reader' left out: " in shown
    assert b"- task: Ask a third reader\n    skipped: Two are enough\n" in mine.read("content/goals/staff.yml")


def test_another_day_for_an_item_that_stands_there_is_written_and_said(mine):
    mine.write(
        {"content/goals/talk.yml": "title: Talk\ndue: 2027-03-01\nchecklist:\n  - {task: Pack, due: 2026-12-08}\n"}
    )
    again = mine.run("add", "item", "talk", "pack", "--due", "T-30", *DAY)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("It stood there; now due T-30 (it was 2026-12-08): Pack (Talk)\n")
    assert mine.read("content/goals/talk.yml").endswith(b"  - {task: Pack, due: T-30}\n")
    assert mine.run("add", "item", "talk", "pack", "--due", "T-30", *DAY).out == "already there: Talk: pack\n"
    assert mine.run("add", "item", "talk", "Pack", *DAY).out == "already there: Talk: Pack\n"
    more = mine.run("add", "item", "staff", "ask two readers by friday", "--person", "ada", *DAY)
    assert more.out.startswith("It stood there; now due 2026-11-27, person ada-novak: Ask two readers (Staff)\n")
    other = mine.run("add", "item", "staff", "Ask two readers", "--person", "bo", *DAY)
    assert (other.code, other.err) == (
        2,
        "playbook: 'Ask two readers' stands there with person 'ada-novak'; change it at content/goals/staff.yml:4:5\n",
    )


def test_another_day_for_a_promise_that_is_open_is_written_and_said(mine):
    first = mine.run("promise", "ada", "send the numbers by friday", *DAY)
    assert first.out == (
        "Ada Novak: you promised: Send the numbers, by 2026-11-27 (it had no day)\n  content/people/ada-novak.yml\n"
    )
    assert mine.run("promise", "ada", "send the numbers", "--due", "2026-12-04", *DAY).out.startswith(
        "Ada Novak: you promised: Send the numbers, by 2026-12-04 (it was 2026-11-27)\n"
    )
    assert mine.read("content/people/ada-novak.yml").endswith(
        b"promises:\n  - what: Send the numbers\n    due: 2026-12-04\n"
    )
    same = "already there: Ada Novak: you promised: Send the numbers, by 2026-12-04\n"
    assert mine.run("promise", "ada", "Send the numbers", "--due", "2026-12-04", *DAY).out == same
    assert mine.run("promise", "ada", "Send the numbers", *DAY).out == same
    assert mine.run("promise", "ada", "Send the numbers", "--theirs", "--due", "2026-12-04", *DAY).out.startswith(
        "Ada Novak: they promised: Send the numbers, by 2026-12-04\n"
    )
    touched = mine.run("touch", "ada", "called, promised to send the numbers by monday", *DAY)
    assert "    promise: Send the numbers, by 2026-11-30 (it was 2026-12-04)\n" in touched.out
    assert mine.read("content/people/ada-novak.yml").count(b"Send the numbers") == 2


def test_the_day_at_the_end_of_the_words_is_the_day_of_the_touch_and_is_said(mine):
    ran = mine.run("touch", "bo", "coffee, yesterday", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "Bo: 2026-11-23, met: Coffee\n  content/people/bo.yml\n  'yesterday' is Mon 23 Nov 2026\n"
    )
    assert mine.read("content/people/bo.yml") == (
        b"name: Bo\nlog:\n  - date: 2026-11-23\n    kind: met\n    what: Coffee\n"
    )
    assert "Ada Novak: 2026-11-20, gave: our numbers\n" in mine.run("gave", "ada", "our numbers, friday", *DAY).out
    assert "Ada Novak: 2026-11-23, thanked\n" in mine.run("thank", "ada", "on monday", *DAY).out
    assert "New: Cy: 2026-11-19, met\n" in mine.run("met", "Cy", "2026-11-19", *DAY).out
    assert "Bo: 2026-11-19, met: Tea\n" in mine.run("touch", "bo", "tea, 19 Nov", "--on", "2026-11-19", *DAY).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("touch", "bo", "coffee, tomorrow"), "which lies ahead; write down what has been; say the day with --on, or put"),
        (("touch", "bo", "coffee, tuesday"), "'tuesday' could be today or 2026-11-17; say the day with --on"),
        (("touch", "bo", "tea, monday", "--on", "friday"), "--on says 2026-11-20, and the words end in 'monday', 2026-11-23"),
        (("gave", "bo", "yesterday"), 'say what you gave: playbook gave bo "WHAT, yesterday"'),
    ],
)  # fmt: skip
def test_a_day_that_is_not_clear_is_asked_for(mine, arguments, said):
    before = mine.read("content/people/bo.yml")
    ran = mine.run(*arguments, *DAY)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert mine.read("content/people/bo.yml") == before


def test_a_gesture_reads_the_file_that_it_writes_and_no_other_again(mine, monkeypatch, tmp_path):
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read: list[str] = []

    def watched(document, model):
        read.append(document.path)
        return read_record(document, model)

    monkeypatch.setattr("playbook.records.reading.read_record", watched)
    assert mine.run("today", *DAY).code == 0
    assert sorted(read) == sorted(BOOK)
    read.clear()
    assert mine.run("gave", "bo", "A book", *DAY).code == 0
    assert (read, "A book" in mine.read("content/people/bo.yml").decode()) == (["content/people/bo.yml"], True)
    # Nor does what comes after it.
    for command in (["today"], ["done", "draft", "--dry-run"], ["rename", "goals/staff", "lead"]):
        read.clear()
        assert mine.run(*command, *DAY).code == 0
        assert "content/people/bo.yml" not in read
