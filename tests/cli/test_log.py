"""`playbook log`: the life of one item, found by its id, its words or the code that stands beside it on paper."""

from __future__ import annotations

import json

import pytest

from playbook.codes import code_of
from tests.history.repo import checklist, run_git

STAFF, TALK = "goals/staff.yml", "goals/talk.yml"


def staff(*items: str) -> str:
    return checklist(*items, title="Be promoted to staff engineer")


@pytest.fixture
def told(book_repo):
    """Four commits, a day apart from 5 January 2026 on."""
    book_repo.import_commits(
        [
            ("Begin", {STAFF: staff("Draft the packet", "{id: ask, task: Ask Grace}", "Write a letter")}),
            ("A talk", {TALK: checklist("Write to Grace", "Write", title="Give a talk")}),
            (
                "Draft it all",
                {
                    STAFF: staff(
                        "{task: Draft the whole packet, done: true}", "{id: ask, task: Ask Grace}", "Write a letter"
                    )
                },
            ),
            (
                "Move",
                {
                    STAFF: staff("{task: Draft the whole packet, done: true}", "Write a letter"),
                    TALK: checklist(
                        "{id: ask, task: Ask Grace, skipped: She left}", "Write", "Write", title="Give a talk"
                    ),
                },
            ),
        ]
    )
    return book_repo


def short(repo) -> list[str]:
    return [one[:7] for one in repo.git("log", "--reverse", "--format=%H").split()]


def test_a_life_is_told_from_when_it_came_to_how_long_it_took(told, run):
    first, _, third, _ = short(told)
    ran = run("log", "Draft", "the", "whole", "packet")
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == f"""\
Draft the whole packet
goals/staff  Be promoted to staff engineer
2026-01-05  {first}  added  (Begin)
2026-01-07  {third}  reworded  "Draft the packet" → "Draft the whole packet"  (Draft it all)
2026-01-07  {third}  done  (Draft it all)
It took 2 days.
"""
    )


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("ask", "Ask Grace"),
        ("whole", "Draft the whole packet"),
        ("DRAFT packet", "Draft the whole packet"),
        ("Draft the packet", "Draft the whole packet"),
        ("write to grace", "Write to Grace"),
        ("talk#to", "Write to Grace"),
        ("goals/staff#write", "Write a letter"),
        ("staff#Write a letter", "Write a letter"),
        (code_of(("item", "goals/talk#Write to Grace")), "Write to Grace"),
        (code_of(("item", "goals/talk#ask"), 4).lower(), "Ask Grace"),
        (code_of(("item", "goals/staff#Draft the packet")), "Draft the whole packet"),
    ],
)
def test_an_item_is_meant_by_its_id_its_words_old_or_new_or_its_code(told, run, words, head):
    ran = run("log", words)
    assert (ran.code, ran.out.splitlines()[0]) == (0, head)


def test_what_moved_was_skipped_and_is_gone_is_said(told, run):
    first, second, _, last = short(told)
    assert run("log", "ask").out.splitlines() == [
        "Ask Grace",
        "goals/talk#ask  Give a talk",
        f"2026-01-05  {first}  added  (Begin)",
        f"2026-01-08  {last}  moved from goals/staff to goals/talk  (Move)",
        f"2026-01-08  {last}  skipped: She left  (Move)",
        "It has been skipped since 8 Jan 2026.",
    ]
    assert run("log", "write to grace").out.splitlines() == [
        "Write to Grace",
        "goals/talk  Give a talk",
        f"2026-01-06  {second}  added  (A talk)",
        f"2026-01-08  {last}  dropped  (Move)",
        "It was there for 2 days.",
    ]
    assert run("log", "letter").out.splitlines()[-1] == "It has been there since 5 Jan 2026."


def test_words_that_several_have_get_a_list_to_choose_from(told, run):
    ran = run("log", "grace")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-3:] == [
        "Error: 'grace' could be one of 2; write one:",
        "  talk#ask  Ask Grace",
        "  'talk#Write to Grace' (dropped)",
    ]
    for handle in ("talk#ask", "talk#Write to Grace"):
        assert run("log", handle).code == 0


def test_a_persons_items_are_found_by_a_short_name_before_the_sign(book_repo, run):
    files = {
        "people/ines-marques.yml": "name: Inês Marques\nchecklist: [Send the draft]\n",
        "people/bo.yml": "name: Bo\nchecklist: [Send the draft]\n",
    }
    book_repo.import_commits([("Begin", files)])
    assert run("log", "send the draft").code == 2
    for typed in ("ines#draft", "Inês Marques#draft", "ines-marques#draft", "people/ines-marques#draft"):
        assert run("log", typed).out.splitlines()[1] == "people/ines-marques  Inês Marques", typed


def test_items_that_no_words_can_tell_apart_are_told_one_after_the_other(told, run):
    _, second, _, last = short(told)
    assert run("log", "write").out.splitlines() == [
        "Write",
        "goals/talk  Give a talk",
        f"2026-01-08  {last}  added  (Move)",
        "It has been there since 8 Jan 2026.",
        "",
        "Write",
        "goals/talk  Give a talk",
        f"2026-01-06  {second}  added  (A talk)",
        "It has been there since 6 Jan 2026.",
    ]


def test_what_is_not_committed_is_on_disk(told, run):
    told.write({STAFF: staff("{task: Draft the whole packet, done: true}", "{task: Write a letter, done: 2026-01-18}")})
    first = short(told)[0]
    assert run("log", "letter", "--today", "2026-01-20").out.splitlines()[2:] == [
        f"2026-01-05  {first}  added  (Begin)",
        "2026-01-20  on disk  done",
        "It took 13 days. Written as done on 18 Jan 2026; git has it on 20 Jan 2026.",
    ]


def test_json_has_the_item_with_every_event(told, run):
    first, _, third, _ = told.git("log", "--reverse", "--format=%H").split()
    ran = run("log", "packet", "--json")
    assert json.loads(ran.out) == {
        "items": [
            {
                "id": None,
                "goal": "staff",
                "task": "Draft the whole packet",
                "created": "2026-01-05",
                "done": "2026-01-07",
                "state": "done",
                "events": [
                    {"date": "2026-01-05", "commit": first, "kind": "created", "text": "Draft the packet", "before": None},
                    {"date": "2026-01-07", "commit": third, "kind": "reworded", "text": "Draft the whole packet", "before": "Draft the packet"},
                    {"date": "2026-01-07", "commit": third, "kind": "done", "text": "Draft the whole packet", "before": None},
                ],
            }
        ],
        "notes": [],
    }  # fmt: skip


def test_in_a_shallow_clone_it_claims_no_beginning(told, run, tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{told.top}", str(clone))
    (clone / "mkdocs.yml").write_text("plugins: [playbook]\n")
    monkeypatch.chdir(clone)
    last = short(told)[-1]
    ran = run("log", "letter")
    assert ran.out.splitlines()[2:] == [
        f"2026-01-08  {last}  there already  (Move)",
        "It has been there since 8 Jan 2026 or longer.",
    ]
    assert ran.err.startswith("note: This clone is shallow")
    assert run("log", "packet").out.splitlines()[-1] == "It was done before this history begins."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("nothing like it", "no checklist item is called 'nothing like it'. To see what there is: playbook progress --json"),
        ("Write a leter", "no checklist item is called 'Write a leter'. Did you mean 'Write a letter'?"),
        ("talk#letter", "no checklist item is called 'talk#letter'. Did you mean 'Write a letter'?"),
        (" ", "no checklist item is called ''. To see what there is: playbook progress --json"),
    ],
)  # fmt: skip
def test_what_nothing_is_called_exits_2_with_the_nearest(told, run, words, message):
    ran = run("log", words)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", f"Error: {message}")


def test_without_a_commit_it_says_which_command_helps(book_repo, run):
    ran = run("log", "x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("playbook: This repository has no commits yet. Run: git add -A")
