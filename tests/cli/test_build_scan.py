"""`playbook build --audience`: scanned before it is there, told by field, and never a value on any stream."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Folder

CONFIG = "site_name: Mine\ndocs_dir: content/pages\ntheme: {name: material, font: false}\nplugins: [playbook]\n"
ME = "name: Ada Lovelace\naudiences: {mentors: {sees: [mentor]}}\n"
ZOE = "name: Zoe Quickthorn\nnickname: Quill\nnotes: Thinks of leaving before the summer review.\n"


@pytest.fixture
def book(empty: Folder) -> Folder:
    goal = "title: Speak at Slipway\nvisibility: mentor\n"
    return empty.write(
        {
            "content/me.yml": ME,
            "content/people/zoe-quickthorn.yml": ZOE,
            "content/goals/talk.yml": goal,
            "mkdocs.yml": CONFIG,
        }
    )


def test_a_clean_site_is_written_and_what_could_not_be_looked_for_is_counted_or_listed(book: Folder) -> None:
    done = book.run("--today", "2026-11-21", "--audience", "mentors", "build", "--out", "for-mentors")
    assert (done.code, done.out.partition(" pages")[2].partition(" (")[0]) == (0, " in for-mentors")
    assert (
        "hidden texts were not searched for in the pages: the same words stand in the program, or in what mentors may "
        "read, or are too short to tell (--unscanned lists them).\n" in done.err
    )
    listed = book.run("--audience", "mentors", "build", "--out", "for-mentors", "--unscanned")
    assert "content/me.yml: audiences.sees" not in listed.err
    assert "\nBy file and field; a file whose own name is hidden goes by its place in the folder:\n  " in listed.err
    assert all(value not in listed.out + listed.err for value in ("Quickthorn", "quickthorn", "summer review"))


def test_a_leak_leaves_nothing_and_says_the_field_and_not_the_value(book: Folder) -> None:
    book.write(
        {
            "mkdocs.yml": CONFIG.replace("material", "material, custom_dir: mine"),
            "mine/assets/zoe-quickthorn.txt": "Zoe Quickthorn, also: leaving before the summer review",
        }
    )
    done = book.run("--audience", "mentors", "build", "--out", "for-mentors")
    assert done.code == 1
    assert done.err == "Nothing was written.\n"
    assert done.out.splitlines() == [
        "assets/*: holds what stands in file 1 of content/people, by name: file name (file name)",
        "assets/*: holds what stands in file 1 of content/people, by name: name (file name)",
        "assets/*: holds what stands in content/people/zoe-quickthorn.yml:3: notes (text)",
        "assets/*: holds what stands in file 1 of content/people, by name: file name (text)",
        "assets/*: holds what stands in file 1 of content/people, by name: name (text)",
    ]
    assert not (book.path / "for-mentors").exists()
    assert book.run("build").code == 0
