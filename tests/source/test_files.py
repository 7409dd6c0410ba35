"""What lies in a content folder: files are found, strangers are told, and no link is ever followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from playbook.records import KINDS
from playbook.source.files import find_files, find_pages, id_problem, slug


def make(folder: Path, *paths: str) -> Path:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("title: T\n")
    return folder


def problems(content: Path) -> list[str]:
    return [str(problem) for problem in (*find_files(content, KINDS)[1], *find_pages(content)[1])]


def found(content: Path) -> list[tuple[str, str, str]]:
    return [(file.path, file.kind, file.id) for file in find_files(content, KINDS)[0]]


@pytest.fixture
def content(tmp_path) -> Path:
    return make(tmp_path / "content", "goals/staff.yml", "me.yml", "pages/about.md")


def test_files_are_found_with_their_kind_and_id_in_order_of_their_path(content):
    make(content, "people/b.yml", "people/a.yml", "goals/a.yml")
    assert found(content) == [
        ("content/goals/a.yml", "goals", "a"),
        ("content/goals/staff.yml", "goals", "staff"),
        ("content/me.yml", "me", "me"),
        ("content/people/a.yml", "people", "a"),
        ("content/people/b.yml", "people", "b"),
    ]
    assert problems(content) == []


def test_pages_are_found_at_any_depth(content):
    make(content, "pages/notes/two.md", "pages/notes/one.md", "pages/picture.png", "pages/.hidden.md")
    assert find_pages(content) == (
        ("content/pages/about.md", "content/pages/notes/one.md", "content/pages/notes/two.md"),
        (),
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ada.yml", "Move it to the folder of its kind."),
        ("ada.yaml", "Move it to the folder of its kind."),
        *(
            (name, "If it is a record, move it to the folder of its kind as NAME.yml; else delete it.")
            for name in ("ada.YML", "ada.YAML", "ada.yml.bak", "ada.yml~", "#ada.yml#")
        ),
    ],
)
def test_yaml_among_the_pages_is_told_however_its_name_is_written(content, name, hint):
    make(content, f"pages/{name}")
    assert [(str(problem.place), problem.code, problem.hint) for problem in find_pages(content)[1]] == [
        (f"content/pages/{name}:1:1", "yaml-in-pages", hint)
    ]


@pytest.mark.parametrize("name", ["about.md~", "yml.png", "ada.ymlx", "on-ada.yml.md", ".ada.yml.swp"])
def test_what_only_looks_like_yaml_is_not_told(content, name):
    make(content, f"pages/{name}")
    assert find_pages(content)[1] == ()


def test_the_folder_is_shown_under_the_name_that_its_author_knows(content):
    assert [file.path for file in find_files(content, KINDS, shown_as="playbook/content")[0]] == [
        "playbook/content/goals/staff.yml",
        "playbook/content/me.yml",
    ]
    assert find_pages(content, shown_as="playbook/content")[0] == ("playbook/content/pages/about.md",)


@pytest.mark.parametrize("name", ["goals/.staff.yml.swp", ".DS_Store", "goals/.#staff.yml", ".obsidian/app.json"])
def test_hidden_files_of_editors_are_passed_over(content, name):
    make(content, name)
    assert (len(found(content)), problems(content)) == (2, [])


def test_a_folder_that_is_not_there_is_one_problem(tmp_path):
    assert problems(tmp_path / "content") == [
        "content:1:1: error: the content folder 'content' is not there. Make one with: playbook init DIR [no-content]"
    ]


def test_a_content_folder_that_is_a_file_is_one_problem(tmp_path):
    assert len(problems(make(tmp_path, "content") / "content")) == 1


def test_a_missing_pages_folder_is_told_with_how_to_make_it(tmp_path):
    assert problems(make(tmp_path / "content", "me.yml")) == [
        (
            "content/pages:1:1: warning: the folder of hand-written pages is missing. "
            "Make it, and put a page in it, for git keeps no empty folder: content/pages/about.md [no-pages]"
        )
    ]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("goals/passwd.yml", "/etc/passwd"),
        ("goals/other.yml", "staff.yml"),
        ("goals/nowhere.yml", "/nowhere/at/all"),
        ("goals/loop.yml", "loop.yml"),
        ("people", "/etc"),
        ("me.yml", "goals/staff.yml"),
        ("pages/passwd.md", "/etc/passwd"),
        ("pages/folder", "/etc"),
        ("pages/loop", "."),
        ("pages/.hidden.md", "/etc/passwd"),
        ("pages/.folder", "/etc"),
        ("pages", "/etc"),
        ("elsewhere", "/etc"),
    ],
)
def test_a_link_is_told_and_never_followed(tmp_path, link, target):
    content = make(tmp_path / "content", "goals/staff.yml")
    path = content / link
    path.parent.mkdir(exist_ok=True)
    if link != "pages":
        (content / "pages").mkdir(exist_ok=True)
    path.symlink_to(target)
    assert problems(content) == [
        (
            f"content/{link}:1:1: error: a symbolic link; links are not followed, so that nothing from outside is ever "
            "published. Put the file itself here. [link]"
        )
    ]
    assert found(content) == [("content/goals/staff.yml", "goals", "staff")]


def test_a_content_folder_that_is_a_link_is_refused(tmp_path):
    make(tmp_path / "real", "goals/staff.yml")
    (tmp_path / "content").symlink_to(tmp_path / "real")
    assert problems(tmp_path / "content") == [
        (
            "content:1:1: error: the content folder 'content' is a link; links are not followed. "
            "Make one with: playbook init DIR [no-content]"
        )
    ]


def test_a_pipe_and_a_folder_with_a_files_name_are_not_read(content):
    os.mkfifo(content / "goals" / "pipe.yml")
    os.mkfifo(content / "pages" / "pipe.md")
    (content / "goals" / "folder.yml").mkdir()
    (content / "pages" / "folder.md").mkdir()
    assert [line.rsplit(" [")[-1] for line in problems(content)] == ["folder-in-folder]", "not-a-file]", "not-a-file]"]
    assert [identifier for _, _, identifier in found(content)] == ["staff", "me"]


def test_a_me_that_is_a_folder_and_a_kind_that_is_a_file_are_told(tmp_path):
    content = make(tmp_path / "content", "me.yml/x.yml", "people", "pages/a.md")
    assert [line.rsplit(" [")[-1] for line in problems(content)] == ["not-a-file]", "not-a-folder]"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(content):
    (content / "goals" / "staff.yml").chmod(0)
    assert problems(content) == [
        "content/goals/staff.yml:1:1: error: this cannot be read: Permission denied. [unreadable]"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(content):
    (content / "goals").chmod(0)
    try:
        assert [line.rsplit(" [")[-1] for line in problems(content)] == ["unreadable]"]
    finally:
        (content / "goals").chmod(0o755)


def test_a_file_that_goes_away_while_it_is_looked_at_is_told(content, monkeypatch):
    real = os.open

    def gone(path, *arguments, **options):
        Path(path).unlink()
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", gone)
    assert [problem.code for problem in find_files(content, KINDS)[1]] == ["unreadable", "unreadable"]


def test_case_twins_of_a_name_are_refused_before_they_can_collide(content):
    make(content, "goals/Staff.yml", "goals/STAFF.YML", "Goals/x.yml")
    if len(list((content / "goals").iterdir())) == 1:
        pytest.skip("this file system cannot hold case twins")
    assert [line.rsplit(" [")[-1] for line in problems(content)] == ["unknown-folder]", "not-yml]", "bad-id]"]


def test_a_name_that_is_no_unicode_is_told_in_what_can_be_printed(content):
    (content / "goals" / os.fsdecode(b"caf\xe9.yml")).write_text("title: T\n")
    for line in problems(content):
        line.encode()
    assert [line.rsplit(" [")[-1] for line in problems(content)] == ["bad-id]"]


def test_a_name_with_a_line_break_stays_one_line(content):
    make(content, "goals/a\nb.yml", "c\nd", "pages/e\nf.yml")
    assert [len(line.splitlines()) for line in problems(content)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("Grace Hopper", "grace-hopper"),
        ("Zoë Čapek", "zoe-capek"),
        ("  PyCon US 2027!  ", "pycon-us-2027"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "con-1"),
        ("Null", "null-1"),
        ("李小龍", ""),
        ("", ""),
        ("-" * 300, ""),
        ("a" * 300, "a" * 60),
        ("<b>bold</b>", "b-bold-b"),
    ],
)
def test_a_title_becomes_an_id_that_any_file_system_holds(text, identifier):
    assert slug(text) == identifier
    assert not identifier or id_problem(identifier) == ""
