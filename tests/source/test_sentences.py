"""Ordinary sentences survive, or their author is told and shown the line quoted."""

from __future__ import annotations

import pytest

from tests.support import book, lines

QUOTED = [
    # what stands in the file, where, and what the hint shows
    ("why: Fix deploy #412 and more", "2:17", 'why: "Fix deploy #412 and more"', "lost-text"),
    ("why: #hashtag first", "2:6", 'why: "#hashtag first"', "lost-text"),
    ("checklist:\n  - Fix deploy #412", "3:16", '- "Fix deploy #412"', "lost-text"),
    ("checklist:\n  - #1 priority", "3:5", '- "#1 priority"', "lost-text"),
    ("checklist:\n  - task: Ask Ann # 3 times", "3:19", '- task: "Ask Ann # 3 times"', "lost-text"),
    ("people: [Ask about #5, two]", "2:20", 'Quote the entry: "Ask about #5"', "lost-text"),
    ("why: I want\n  to fix #412 now\nkind: skill", "3:10", 'why: "I want to fix #412 now"', "lost-text"),
    ("checklist:\n  - Ask her: which council?", "3:5", '- "Ask her: which council?"', "split-sentence"),
    (
        "checklist:\n  - Ask her: which?\n    due: 2027-01-01",
        "3:5",
        '- "Ask her: which?"',
        "split-sentence",
    ),
    ("checklist:\n  - note: call her", "3:5", '- "note: call her"', "split-sentence"),
    ("tags:\n  - Ask her: which?", "3:5", '- "Ask her: which?"', "split-sentence"),
    ("checklist: [Ask her: which one, other]", "2:13", '- "Ask her: which one"', "split-sentence"),
    ("why: She said: yes", "2:14", 'why: "She said: yes"', "yaml-syntax"),
    ("checklist:\n  - Ask: her: now", "3:13", '- "Ask: her: now"', "yaml-syntax"),
    ('why: She said "yes: no"', "2:19", "why: 'She said \"yes: no\"'", "yaml-syntax"),
    ("why: @grace said so", "2:6", 'why: "@grace said so"', "yaml-syntax"),
    ("checklist:\n  - @grace said so", "3:5", '- "@grace said so"', "yaml-syntax"),
    ("why: *bold* text", "2:6", 'why: "*bold* text"', "yaml-syntax"),
    ("checklist:\n  - **bold** text", "3:5", '- "**bold** text"', "yaml-syntax"),
    ("why: *bold text", "2:6", 'why: "*bold text"', "yaml-alias"),
    ("why: [[people/ada]] is kind", "2:6", 'why: "[[people/ada]] is kind"', "yaml-syntax"),
    ("why: [[people/ada]]", "2:6", 'why: "[[people/ada]]"', "wrong-type"),
    ("checklist:\n  - [[people/ada]]", "3:5", '- "[[people/ada]]"', "wrong-type"),
    ("checklist:\n  - [[people/ada]] is kind", "3:5", '- "[[people/ada]] is kind"', "yaml-syntax"),
    ("why: %d percent", "2:6", 'why: "%d percent"', "yaml-syntax"),
    ("checklist:\n  - %d percent", "3:5", '- "%d percent"', "yaml-syntax"),
    ("why: `code` first", "2:6", 'why: "`code` first"', "yaml-syntax"),
    ("why: 'tis the season\nkind: skill", "2:6", 'why: "\'tis the season"', "yaml-syntax"),
    ('why: "Hello" she said', "2:6", "why: '\"Hello\" she said'", "yaml-syntax"),
    ("why: > 5 people", "2:6", 'why: "> 5 people"', "yaml-syntax"),
    ("why: | pipe", "2:6", 'why: "| pipe"', "yaml-syntax"),
    ("why: - dash", "2:6", 'why: "- dash"', "yaml-syntax"),
    ("why: ? really", "2:6", 'why: "? really"', "yaml-syntax"),
    ("why: & co", "2:6", 'why: "& co"', "yaml-syntax"),
    ("why: &co more", "2:6", 'why: "&co more"', "yaml-anchor"),
    ("why: !important thing", "2:6", 'why: "!important thing"', "yaml-tag"),
    ("why: {{ person.why }}, hi", "2:7", 'why: "{{ person.why }}, hi"', "not-a-key"),
]


@pytest.mark.parametrize(("text", "place", "shown", "code"), QUOTED, ids=[case[0] for case in QUOTED])
def test_a_sentence_that_yaml_reads_otherwise_is_one_problem_that_shows_it_quoted(text, place, shown, code):
    (problem,) = book({"goals/staff.yml": f"title: Staff engineer\n{text}\n"}).problems
    assert (str(problem.place), problem.code) == (f"content/goals/staff.yml:{place}", code)
    assert shown in problem.hint


@pytest.mark.parametrize("case", QUOTED, ids=[case[0] for case in QUOTED])
def test_the_line_that_is_shown_is_a_line_that_can_be_read(case):
    text, _, shown, _ = case
    line = shown.removeprefix("Quote the entry: ")
    sentence = line if line[0] in "\"'" else line.split(" ", 1 + line.startswith("- task:"))[-1]
    loaded = book({"goals/staff.yml": f"title: Staff engineer\noutcome: {sentence}\n"})
    assert loaded.playbook.goals["staff"].record.outcome.replace(" ", "")[:4] in text.replace(" ", "").replace("\n", "")


HARMLESS = [
    "due: # not yet",
    "due: 2027-01-01 # soon",
    "status: active # now",
    "checklist: # what to do\n  - one",
    "checklist:\n  - id-like # why not",
    'why: "quoted # text" # comment',
    "why: 'quoted' # comment",
    "why: | # comment\n  text #1",
    "people: [] # nobody",
    "tags: [\n    storage, # one\n    network # two\n  ]",
    "why: C# is fine",
    "why: issue#412 is fine",
    "why: a - b",
    "why: 10:30 is fine",
    "why: see http://example.org/#top",
    "why: ada@example.org",
    "why: 100% sure",
    "why: a [[link]] would be text, * and & and ! too",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_comments_that_lose_nothing_and_signs_inside_a_sentence_are_fine(text):
    found = lines(book({"goals/staff.yml": f"title: Staff engineer\n{text}\n"}))
    assert [line for line in found if "unknown-reference" not in line] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "title: T\n  why: x\n",
            (
                "2:3: error: this line stands deeper than the one above, so YAML reads it as more of that one's text. "
                "Begin it in the column of its neighbours; or quote the text if it is one. [yaml-syntax]"
            ),
        ),
        (
            "title:Staff\nwhy: x\n",
            "1:7: error: a space is missing behind 'title:'. Write: title: Staff [yaml-syntax]",
        ),
        (
            "title: T\nwhy:Fix it\n",
            "2:5: error: a space is missing behind 'why:'. Write: why: Fix it [yaml-syntax]",
        ),
        (
            "title: T\nchecklist:\n- a\n - b\n",
            (
                "4:2: error: YAML reads this line as more of the text above, and not as a list entry. "
                "Begin it in the column of its neighbours; text over several lines goes below '|'. [joined-lines]"
            ),
        ),
        (
            "title: T\nwhy: I want\n  to fix #412 now\n  and go on\n",
            (
                "3:10: error: '#412 now' is a comment to YAML, and the text cannot go on behind it. "
                "Quote the whole text, or begin it with '|' on the line of its key. [lost-text]"
            ),
        ),
        (
            "title: T\nchecklist:\n  - a\n  b\n",
            "4:3: error: text goes on too far to the left, or a key has no ':' behind it. [yaml-syntax]",
        ),
        (
            "title: T\nchecklist:\n\t- a\n",
            "3:1: error: a tab; YAML is indented with spaces. Replace the tab with two spaces. [yaml-tab]",
        ),
        (
            'title: "a \\q b"\n',
            "1:11: error: '\\' means something inside double quotes; use single quotes. [yaml-syntax]",
        ),
        (
            "title: T\nwhy: one\ntitle: U\n",
            "3:1: error: the key 'title' is here twice; it was first written on line 1. Keep one of them. [repeated-key]",
        ),
        (
            "title: T\n---\ntitle: U\n",
            "2:1: error: a second document begins here. One file holds one record; remove the '---'. [two-documents]",
        ),
        ("title: T\n? [a]\n: b\n", "2:3: error: a list or a mapping cannot be a key. Quote the text. [not-a-key]"),
    ],
)
def test_a_text_that_is_no_yaml_is_explained_at_its_place(text, problem):
    assert lines(book({"goals/staff.yml": text.encode()})) == [f"content/goals/staff.yml:{problem}"]


def test_lines_are_counted_alike_whatever_ends_them():
    text = "title: Staff engineer\nwhy: |\n  two\n  lines\nstatus: actve\n"
    for end in ("\n", "\r\n", "\r"):
        (problem,) = book({"goals/staff.yml": text.replace("\n", end).encode()}).problems
        assert str(problem.place) == "content/goals/staff.yml:5:9"


def test_a_byte_order_mark_moves_no_place():
    (problem,) = book({"goals/staff.yml": b"\xef\xbb\xbftitle: T\nstatus: actve\n"}).problems
    assert str(problem.place) == "content/goals/staff.yml:2:9"


def test_a_day_before_a_text_is_told_to_be_a_field_of_its_own():
    loaded = book({
        "people/ada.yml": "name: Ada\nlog:\n  - 2026-11-02: coffee\n  - 2026-11-03: tea, and cake\n",
        "people/bo.yml": "name: Bo\npromises:\n  - 2026-11-02: the notes\ntags:\n  - 2026-11-02: x\n",
        "people/cy.yml": "name: Cy\nlog:\n  - 2026-11-02: coffee: with milk\n",
    })  # fmt: skip
    assert [line.partition("error: ")[2] for line in lines(loaded)] == [
        "'2026-11-02' is a day, and no field. Did you mean '- {date: 2026-11-02, what: coffee}'? [split-sentence]",
        "'2026-11-03' is a day, and no field. Did you mean '- {date: 2026-11-03, what: \"tea, and cake\"}'? [split-sentence]",
        "'2026-11-02' is a day, and no field. Did you mean '- {due: 2026-11-02, what: the notes}'? [split-sentence]",
        "': ' splits the sentence '2026-11-02: x' in two. Quote it: - \"2026-11-02: x\" [split-sentence]",
        "': ' stands twice on this line. If it is text, quote it: - 2026-11-02: \"coffee: with milk\" [yaml-syntax]",
    ]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("11-27", "Did you mean '--11-27'?"), ("2-7", "Did you mean '--02-07'?"), ("30-11", "Did you mean '--11-30'?"),
        ("02-29", "Did you mean '--02-29'?"), ("13-32", "A day of every year is --month-day, such as --05-14."),
        ("tomorrow", "A date is written as year-month-day, such as 2027-04-15."),
    ],
)  # fmt: skip
def test_a_day_without_a_year_is_shown_as_it_is_written(typed, hint):
    loaded = book({"people/ada.yml": f"name: Ada\ndates: {{birthday: {typed}}}"})
    assert lines(loaded) == [f"content/people/ada.yml:2:19: error: '{typed}' is not a date. {hint} [bad-date]"]


def test_a_comma_in_braces_that_cuts_a_sentence_is_told():
    loaded = book({"people/cal.yml": "name: Cal\nmet: {date: 2026-11-12, how: We argued, and he was half right}\n"})
    assert lines(loaded) == [
        "content/people/cal.yml:2:41: error: in braces a comma ends the value, so that 'and he was half right' stands alone. "
        'Quote it: how: "We argued, and he was half right" [split-sentence]'
    ]


def test_a_dash_inside_a_key_does_not_end_the_reading():
    assert lines(book({"goals/staff.yml": "title: T\nnext- step: a: b\n"})) == [
        "content/goals/staff.yml:2:14: error: ': ' stands twice on this line. If it is text, quote it: next- step: \"a: b\" [yaml-syntax]"
    ]
