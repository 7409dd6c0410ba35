"""Starters: whatever is typed as a title reads back as it was typed, on one line."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.load import load_files
from playbook.records import KINDS
from playbook.render.scripts import check_scripts
from playbook.shipped import example_folder, templates_folder
from playbook.source.files import SourceFile, find_files, find_pages
from playbook.source.reader import parse_document
from playbook.starters import STARTERS, days_after, one_line, quoted, starter
from tests.support import book

TODAY = dt.date(2026, 11, 20)


def main_field(noun: str) -> str:
    return "name" if noun in {"person", "organization"} else "title"


@pytest.mark.parametrize("noun", STARTERS)
@pytest.mark.parametrize("schema", ["", "../../.schemas/x.schema.json"])
def test_a_starter_passes_in_a_playbook_of_its_own(noun, schema):
    text = starter(noun, "Radia Perlman", TODAY, schema=schema)
    loaded = book(
        {f"{STARTERS[noun]}/radia-perlman.yml": text}, TODAY, pages=["content/pages/a.md"], checks=[check_scripts]
    )
    assert loaded.problems == ()
    assert text.startswith(f"# yaml-language-server: $schema={schema}\n" if schema else f"{main_field(noun)}:")


def test_all_starters_pass_in_the_example():
    content = example_folder() / "content"
    files, problems = find_files(content, KINDS)
    new = [
        SourceFile(
            f"content/{kind}/brand-new-{noun}.yml",
            kind,
            f"brand-new-{noun}",
            starter(noun, f"Brand new {noun}", TODAY).encode(),
        )
        for noun, kind in STARTERS.items()
    ]
    loaded = load_files([*files, *new], TODAY, pages=find_pages(content)[0], problems=problems, checks=[check_scripts])
    assert [str(problem) for problem in loaded.problems if "brand-new" in str(problem)] == []


@pytest.mark.parametrize("noun", STARTERS)
def test_every_commented_line_of_a_starter_is_right_when_it_is_taken_out_of_its_comment(noun):
    """Each example line stands for itself: without its '# ' the file is still read without a problem."""
    text = starter(noun, "Radia Perlman", TODAY)
    lines = text.splitlines()
    used = [uncommented(line) for line in lines]
    uncommented_text = "\n".join(line for line in used if line is not None) + "\n"
    others = {"people/their-id.yml": "name: They\n"} if noun != "person" else {}
    loaded = book({**others, f"{STARTERS[noun]}/radia-perlman.yml": uncommented_text})
    assert [str(problem) for problem in loaded.problems] == []
    assert sum(line is not None and old != line for old, line in zip(lines, used, strict=True)) >= 2


def uncommented(line: str) -> str | None:
    """A line of an example without its comment mark; None for a sentence about it."""
    found = re.match(r"( *)# (?=(?: *- )?(?:[a-z_]+: |[a-z_]+:$|- task|  ))", line)
    if found:
        return found[1] + line[found.end() :]
    return None if line.lstrip().startswith("#") else line


@given(st.text(), st.sampled_from(sorted(STARTERS)))
def test_any_text_as_a_title_reads_back_on_one_line(title, noun):
    line = one_line(title)
    if not line:
        return
    kind = STARTERS[noun]
    document, problems = parse_document("x.yml", starter(noun, title, TODAY).encode())
    assert problems == ()
    assert document is not None
    assert document.value_at((main_field(noun),)) == line
    loaded = book({f"{kind}/x.yml": starter(noun, title, TODAY)})
    assert [problem for problem in loaded.problems if problem.severity.fails] == []
    assert loaded.playbook.of_kind(kind)["x"].title == line


@given(st.text())
def test_what_is_put_on_one_line_loses_only_what_no_playbook_may_hold(text):
    line = one_line(text)
    assert one_line(line) == line
    assert line == " ".join(line.split())
    if text.isprintable():
        assert line == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('say "no": #1', '"say \\"no\\": #1"'),
        ("back\\slash", '"back\\\\slash"'),
        (" two\n lines\t", '"two lines"'),
        ("\u202eevil\u2066\x1b[31m\ufeff", '"evil[31m"'),
        ("王小明 🎉", '"王小明 🎉"'),
        ("\ud800lone", '"lone"'),
        ("{{ person.notes }}", '"{{ person.notes }}"'),
    ],
)
def test_text_is_quoted_as_yaml_reads_it(text, written):
    assert quoted(text) == written


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
@pytest.mark.parametrize("noun", STARTERS)
def test_the_first_and_the_last_of_all_days_have_starters(noun, day):
    assert [
        p for p in book({f"{STARTERS[noun]}/x.yml": starter(noun, "X", day)}, day).problems if p.severity.fails
    ] == []
    assert days_after(dt.date.max, 1) == dt.date.max


def test_an_event_on_a_known_day_does_not_ask_for_it():
    text = starter("event", "Team lunch", TODAY, starts=dt.date(2027, 5, 14))
    assert text.splitlines()[2:5] == [
        "# With a time if you know it: 2027-05-14 09:00",
        "starts: 2027-05-14",
        "# ends: 2027-05-14",
    ]


def test_there_is_a_starter_for_each_noun_and_no_other():
    assert {path.name for path in (templates_folder() / "new").iterdir()} == {f"{noun}.yml.j2" for noun in STARTERS}
