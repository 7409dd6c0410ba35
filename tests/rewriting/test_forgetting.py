"""Forgetting a person: no reference is left, nothing else changes, and `check` finds nothing new. Prose is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from playbook.load import Cache, Loaded, load_files
from playbook.records import KINDS
from playbook.rewriting import Forgotten, forget, names_of, places_of
from playbook.rewriting.files import new_problems
from playbook.source.files import SourceFile, find_files
from tests.support import source_files

TODAY = dt.date(2026, 11, 21)
CONTENT = Path(__file__).resolve().parents[2] / "content"


def read(files: Sequence[SourceFile]) -> Loaded:
    """The playbook in these files."""
    return load_files(files, TODAY)


def forgotten(
    files: dict[str, str | bytes], person: str, pages: dict[str, bytes] | None = None, *, prose: bool = False
) -> Forgotten:
    """What forgetting somebody changes in these texts."""
    sources = source_files(files)
    return forget(read(sources), sources, pages or {}, person, read, prose=prose)


def texts(done: Forgotten) -> dict[str, str | None]:
    """Path → the text that the file shall have, None for none."""
    return {one.path: None if one.after is None else one.after.decode() for one in done.files}


FILES: dict[str, str | bytes] = {
    "people/grace.yml": "name: Grace Hopper\nlog: [A call]\n",
    "people/radia.yml": """
        name: Radia
        introduced_by: grace   # at the summit
        knows: [grace, lin]
        notes: |
          Met through [[people/grace|her]].

          Ask Grace   twice.
        log:
          - {date: 2026-05-01, what: Lunch, with: [grace]}
          - {date: 2026-05-02, about: grace}
    """,
    "people/lin.yml": "name: Lin\n",
    "events/camp.yml": """
        title: Camp
        starts: 2026-05-01
        meet: [grace, {person: lin, why: Knows Grace}]
        checklist:
          - {task: Write to Grace, person: grace}
        outcomes: {met: [grace]}
    """,
    "goals/staff.yml": "title: Staff\npeople: grace\ntold: [{person: grace, date: 2026-01-01}, lin]\n",
    "journal/2026.yml": "- date: 2026-01-01\n  title: Shipped\n  people: [lin, grace]\n  thanked: [grace]\n",
    "me.yml": "name: Ada\naudiences:\n  grace: {person: grace, sees: [grace]}\n  lin: {person: lin}\n",
    "outreach/ask.yml": "title: Ask\nvisibility: grace\nbody: Hello, [[grace]] says hello.\n",
}


def test_references_go_entries_about_nobody_else_go_whole_and_links_become_someone() -> None:
    assert texts(forgotten(FILES, "grace")) == {
        "content/people/radia.yml": """\
name: Radia
knows: [lin]
notes: |
  Met through someone.

  Ask Grace   twice.
log:
  - {date: 2026-05-01, what: Lunch}
  - {date: 2026-05-02}
""",
        "content/events/camp.yml": """\
title: Camp
starts: 2026-05-01
meet: [{person: lin, why: Knows Grace}]
checklist:
  - {task: Write to Grace}
""",
        "content/goals/staff.yml": "title: Staff\ntold: [lin]\n",
        "content/journal/2026.yml": "- date: 2026-01-01\n  title: Shipped\n  people: [lin]\n",
        "content/me.yml": "name: Ada\naudiences:\n  lin: {person: lin}\n",
        # Who sees a label of hers is nobody now; without the line it would be everybody whom the default lets in.
        "content/outreach/ask.yml": "title: Ask\nvisibility: me\nbody: Hello, someone says hello.\n",
        "content/people/grace.yml": None,
    }


def test_prose_is_told_with_its_line_and_replaced_where_that_is_wanted() -> None:
    told = [f"{one.place.path}:{one.place.line}: {one.line}" for one in forgotten(FILES, "grace").mentions]
    assert told == [
        "content/events/camp.yml:3: meet: [{person: lin, why: Knows Grace}]",
        "content/events/camp.yml:5: - {task: Write to Grace}",
        "content/people/radia.yml:6: Ask Grace   twice.",
    ]
    replaced = forgotten(FILES, "grace", prose=True)
    assert replaced.mentions == ()
    after = texts(replaced)
    assert after["content/events/camp.yml"] is not None
    assert "why: Knows someone" in after["content/events/camp.yml"]
    assert after["content/people/radia.yml"] is not None
    assert "  Ask someone   twice.\n" in after["content/people/radia.yml"]


def test_comments_and_pages_count_as_prose_but_an_address_stays_whole() -> None:
    files: dict[str, str | bytes] = {
        "people/grace.yml": "name: Grace Hopper\n",
        "goals/staff.yml": "title: Staff\n# as Grace says\nwhy: See https://example.org/Grace, or ask Hopper.\n",
    }
    pages = {"content/pages/about.md": b"Thanks to [[grace]].\r\nGrace is kind.\r\n"}
    after = texts(forgotten(files, "grace", pages, prose=True))
    assert after == {
        "content/goals/staff.yml": "title: Staff\n# as someone says\nwhy: See https://example.org/Grace, or ask someone.\n",
        "content/pages/about.md": "Thanks to someone.\r\nSomeone is kind.\r\n",
        "content/people/grace.yml": None,
    }
    assert [str(one.place) for one in forgotten(files, "grace", pages, prose=True).mentions] == [
        "content/goals/staff.yml:3:30"
    ]


def test_a_name_that_somebody_else_has_too_is_no_word_for_them() -> None:
    files: dict[str, str | bytes] = {
        "people/grace.yml": "{name: Grace Hopper, nickname: Amazing G}",
        "people/other.yml": "name: Grace Jones",
    }
    playbook = read(source_files(files)).playbook
    assert names_of(playbook, playbook.people["grace"]).words == ("Grace Hopper", "Amazing G", "Hopper", "grace")


def test_labels_that_only_their_audience_saw_keep_a_reader_unless_they_bear_the_name() -> None:
    files: dict[str, str | bytes] = {
        "people/grace.yml": "name: Grace\n",
        "goals/staff.yml": "title: Staff\nvisibility: mentor\n",
        "me.yml": "audiences:\n  hers: {person: grace, sees: [mentor]}\n",
    }
    after = texts(forgotten(files, "grace"))
    assert after == {
        "content/me.yml": "audiences:\n  mentor:\n    sees: [mentor]\n",
        "content/people/grace.yml": None,
    }


@cache
def _example() -> tuple[tuple[SourceFile, ...], Loaded]:
    files, _ = find_files(CONTENT, KINDS)
    return files, load_files(files, TODAY)


@pytest.mark.parametrize(
    ("every", "prose"),
    [pytest.param(6, True, id="some"), *(pytest.param(1, way, marks=pytest.mark.slow) for way in (False, True))],
)
def test_each_person_of_the_example_can_be_forgotten_without_a_new_problem(every: int, prose: bool) -> None:
    files, loaded = _example()
    held = Cache()

    def again(shall_be: Sequence[SourceFile]) -> Loaded:
        return load_files(shall_be, TODAY, cache=held)

    for person in [*loaded.playbook.people][::every]:
        done = forget(loaded, files, {}, person, again, prose=prose)
        gone = {one.path: one.after for one in done.files}
        kept = [
            SourceFile(file.path, file.kind, file.id, new)
            for file in files
            if (new := gone.get(file.path, file.content)) is not None
        ]
        after = load_files(kept, TODAY, cache=held)
        assert new_problems(loaded.problems, after.problems) == (), person
        assert person not in after.playbook.people
        assert places_of(after.playbook, ("people", person)) == (), person
        assert not any(f"[[{person}" in file.content.decode() for file in kept), person
