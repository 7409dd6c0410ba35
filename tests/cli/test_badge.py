"""`playbook badge`: a picture of how much is done, safe to show anywhere."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from playbook.render.badge import badge
from tests.history.repo import checklist, run_git

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def book(empty):
    return empty.write(
        {
            "content/goals/staff.yml": checklist("{task: Draft, done: true}", "Ask", "{task: Rest, skipped: no}"),
            "content/goals/reach.yml": "title: Reach\n",
            "content/events/pycon.yml": "title: PyCon\nstarts: 2027-05-14\nchecklist: [{task: Book, done: true}, Pack]\n",
        }
    )


def read(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  (what we have just drawn)


def words(text: str) -> list[str]:
    return ["".join(element.itertext()) for element in read(text).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("arguments", "shown", "said"),
    [
        ([], ["playbook", "2/4"], "playbook: 2 of 4 done"),
        (["staff"], ["Be promoted", "1/2"], "Be promoted: 1 of 2 done"),
        (["Be promoted"], ["Be promoted", "1/2"], "Be promoted: 1 of 2 done"),
        (["staff", "--label", "on my  way"], ["on my way", "1/2"], "on my way: 1 of 2 done"),
        (["reach"], ["Reach", "–"], "Reach: nothing to do yet"),
    ],
)
def test_it_shows_a_label_and_how_much_is_done_and_says_both(book, arguments, shown, said):
    ran = book.run("badge", *arguments)
    assert (ran.code, ran.err) == (0, "")
    root = read(ran.out)
    assert words(ran.out) == shown
    assert (root.get("role"), root.get("aria-label"), root.findtext(f"{SVG}title")) == ("img", said, said)


def test_it_is_written_into_a_file_and_over_an_older_one_alone(book):
    assert book.run("badge", "--out", "badge.svg").out == "badge.svg\n"
    first = book.read("badge.svg")
    book.write({"content/goals/staff.yml": checklist("Draft")})
    assert book.run("badge", "--out", "badge.svg").code == 0
    assert book.read("badge.svg") != first
    book.write({"letter.txt": "Dear Ada"})
    ran = book.run("badge", "--out", "letter.txt")
    assert (ran.code, ran.err) == (2, "playbook: 'letter.txt' is there already and is no badge; it was not touched\n")
    assert book.read("letter.txt") == b"Dear Ada"


def test_a_place_where_it_cannot_be_is_said(book):
    assert book.run("badge", "--out", "content").err == (
        "playbook: 'content' is a folder; name a file in it, such as content/badge.svg\n"
    )
    assert book.run("badge", "--out", "no/where.svg").err.startswith("playbook: 'no/where.svg' cannot be written: ")


def test_a_goal_that_is_not_there_gets_the_nearest(book):
    assert book.run("badge", "taff").err.splitlines()[-1] == "Error: no goal is called 'taff'. Did you mean 'staff'?"


def test_it_can_be_of_another_day(book):
    run_git(book.path, "init", "--quiet")
    run_git(book.path, "add", "--all")
    run_git(book.path, "commit", "--quiet", "--message", "x")
    book.write({"content/goals/staff.yml": checklist("Draft")})
    assert words(book.run("--as-of", "HEAD", "badge", "staff").out) == ["Be promoted", "1/2"]
    assert words(book.run("badge", "staff").out) == ["Be promoted", "0/1"]


@pytest.mark.parametrize(
    "label",
    ["<script>alert(1)</script>", '" onload="x', "a & b", "]]>", "\x1b[31m\x00", "\u202eevil", "x" * 500, "王" * 99],
)
def test_no_label_breaks_out_of_it(label):
    drawn = badge(label, 1, 2)
    root = read(drawn)
    assert {element.tag for element in root.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "rect", "path", "g", "text")
    }
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert float(root.get("width", "")) < 300
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(("done", "total", "share"), [(0, 5, None), (1, 4, 0.25), (5, 5, 1.0), (0, 0, None)])
def test_its_bar_is_as_long_as_what_is_done(done, total, share):
    root = read(badge("x", done, total))
    width = float(root.get("width", ""))
    bars = [float(rect.get("width", "")) for rect in root.iter(f"{SVG}rect") if rect.get("height") == "3"]
    assert bars == ([] if share is None else [pytest.approx(width * share, abs=0.01)])
