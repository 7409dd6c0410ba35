"""A site that is built again and again is, after each change, the one that would be built afresh."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from site_plugins.driver import BuildFailed
from site_plugins.live import LiveSite

# Builds share MkDocs' cache of plugins: with pytest-xdist they all run in one process.
pytestmark = pytest.mark.xdist_group("plugin")

BOOK = {
    "mkdocs.yml": """
        site_name: Mine
        docs_dir: content/pages
        theme:
          name: material
          font: false
          features: [navigation.footer, navigation.path, navigation.indexes]
        plugins:
          - search
          - playbook: {today: 2026-11-21}
        """,
    "content/me.yml": "name: Mara\n",
    "content/goals/staff.yml": "title: Staff engineer\npeople: [bea]\n",
    "content/people/ada.yml": "name: Ada Lovelace\n",
    "content/people/bea.yml": "name: Bea Worsley\n",
    "content/people/cyn.yml": "name: Cynthia Solomon\n",
    "content/events/camp.yml": "title: Camp\nstarts: 2026-12-05 09:00\nmeet: [bea]\n",
    "content/pages/about.md": "# About\n\nSee [[people/ada]].\n",
    "content/pages/other.md": "# Other\n",
}


class Book:
    """A playbook's folder and the live site made from it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.folder, self.built = folder / "book", folder, 0
        self.root.mkdir()
        self.write(BOOK)
        self.site = LiveSite(self.root / "mkdocs.yml", folder / "live")

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            file = self.root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def afresh(self) -> dict[str, bytes]:
        self.built += 1
        return tree(LiveSite(self.root / "mkdocs.yml", self.folder / f"fresh-{self.built}").rebuild().folder)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def rendered(before: Path, after: Path) -> set[str]:
    """The pages that were written again, by their time: a copy keeps that of the file it copies."""
    times = {path.relative_to(before): path.stat().st_mtime_ns for path in before.rglob("index.html")}
    return {
        path.parent.relative_to(after).as_posix()
        for path in after.rglob("index.html")
        if times.get(path.relative_to(after)) != path.stat().st_mtime_ns
    }


PERSON = "content/people/bea.yml"
STEPS: list[tuple[str, dict[str, str]]] = [
    ("a note", {PERSON: "name: Bea Worsley\nnotes: Wrote a thesis.\n"}),
    ("a comment", {PERSON: "# hm\nname: Bea Worsley\nnotes: Wrote a thesis.\n"}),
    ("a name", {PERSON: "name: Beatrice Worsley\n"}),
    ("another person", {"content/people/bob.yml": "name: Bob\n"}),
    ("a hand-written page", {"content/pages/zed.md": "# Zed\n\nOne.\n"}),
    ("its text", {"content/pages/zed.md": "# Zed\n\nTwo.\n"}),
    ("its title", {"content/pages/zed.md": "# Zeta\n\nTwo.\n"}),
    ("the site's name", {"mkdocs.yml": BOOK["mkdocs.yml"].replace("Mine", "Yours")}),
    ("a picture", {"content/pages/picture.svg": "<svg/>"}),
    ("what search leaves out", {"content/pages/zed.md": "---\nsearch: {exclude: true}\n---\n# Zeta\n"}),
    ("a template", {"templates/pages/event.html.j2": "<p>{{ event.title }}</p>"}),
    ("a style sheet", {"templates/assets/playbook.css": "p { color: teal }"}),
]


def test_after_a_change_the_site_is_the_one_that_would_be_built_afresh(book):
    book.site.rebuild()
    for what, files in STEPS:
        if what in ("a name", "another person", "a hand-written page", "a template"):
            book.write(files)
            assert tree(book.site.rebuild().folder) == book.afresh(), what
    (book.root / "content/people/bob.yml").unlink()
    assert tree(book.site.rebuild().folder) == book.afresh()


@pytest.mark.slow
def test_after_each_change_the_site_is_the_one_that_would_be_built_afresh(book):
    book.site.rebuild()
    for what, files in STEPS:
        book.write(files)
        assert tree(book.site.rebuild().folder) == book.afresh(), what
    for gone in (
        "content/people/bob.yml",
        "content/pages/picture.svg",
        "content/pages/zed.md",
        "templates/pages/event.html.j2",
    ):
        (book.root / gone).unlink()
        assert tree(book.site.rebuild().folder) == book.afresh(), gone


@pytest.mark.slow
def test_a_page_that_the_navigation_does_not_name_comes_and_goes(book):
    book.write({"mkdocs.yml": dedent(BOOK["mkdocs.yml"]) + "nav: [index.md, about.md]\n"})
    book.site.rebuild()
    book.write({"content/pages/aside.md": "# Aside\n"})
    folder = book.site.rebuild().folder
    assert (folder / "aside/index.html").is_file()
    assert tree(folder) == book.afresh()
    (book.root / "content/pages/aside.md").unlink()
    folder = book.site.rebuild().folder
    assert not (folder / "aside/index.html").exists()
    assert tree(folder) == book.afresh()


def test_a_site_that_was_built_yesterday_is_of_another_day(book):
    book.site.rebuild()
    assert not book.site.is_of_another_day()  # mkdocs.yml fixes it
    book.write({"mkdocs.yml": BOOK["mkdocs.yml"].replace("playbook: {today: 2026-11-21}", "playbook")})
    book.site.rebuild()
    assert not book.site.is_of_another_day()
    book.site._plugin.today -= dt.timedelta(days=1)
    assert book.site.is_of_another_day()


def test_only_what_changed_is_rendered_again(book):
    first = book.site.rebuild().folder
    written = {"about", "other"}  # their titles stand in the navigation, so they are always read
    book.write({"content/people/ada.yml": "# nothing new\nname: Ada Lovelace\n"})
    second = book.site.rebuild().folder
    assert rendered(first, second) - written == set()
    book.write({"content/people/ada.yml": "name: Ada Lovelace\nnotes: Wrote notes herself.\n"})
    third = book.site.rebuild().folder
    assert rendered(second, third) - written == {"people/ada"}


@pytest.mark.slow
def test_search_knows_each_place_once_however_often_a_page_is_saved(book):
    def places(folder: Path) -> Counter[str]:
        index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
        return Counter(entry["location"] for entry in index["docs"])

    first = places(book.site.rebuild().folder)
    assert set(first.values()) == {1}
    assert "people/ada/" in first
    for number in range(4):
        book.write({"content/people/ada.yml": f"name: Ada Lovelace\nlocation: Street {number}\n"})
        assert places(book.site.rebuild().folder) == first
    (book.root / "content/people/ada.yml").unlink()
    book.write({"content/pages/about.md": "# About\n"})
    assert set(first) - set(places(book.site.rebuild().folder)) == {"people/ada/"}


def test_a_slip_leaves_the_last_good_site_whole_and_what_comes_after_is_right(book):
    good = book.site.rebuild().folder
    before = tree(good)
    for slip in (
        {"content/people/ada.yml": "name: [Ada"},
        {"content/people/ada.yml": "name: Ada\nage: 36\n"},
        {"content/people/ada.yml": BOOK["content/people/ada.yml"], "templates/pages/home.html.j2": "{{ home.titel }}"},
    ):
        book.write(slip)
        with pytest.raises(BuildFailed) as failed:
            book.site.rebuild()
        assert len(failed.value.messages) == 1
        assert failed.value.messages[0].startswith(("content/people/ada.yml:", "templates/pages/home.html.j2:1"))
        assert tree(good) == before
    (book.root / "templates/pages/home.html.j2").unlink()
    assert tree(book.site.rebuild().folder) == before


def test_a_theme_that_breaks_half_way_leaves_the_last_good_site_whole(book):
    config = BOOK["mkdocs.yml"].replace("name: material", "name: material\n          custom_dir: theme")
    book.write({"mkdocs.yml": config, "theme/main.html": '{% extends "base.html" %}'})
    good = book.site.rebuild().folder
    before = tree(good)
    # It breaks when the page about Cynthia is written, after others were.
    broken = '{% extends "base.html" %}{% if page and "cyn" in page.url %}{{ page.nothing.at_all }}{% endif %}'
    book.write(
        {
            "theme/main.html": broken.replace("{% if", "{% block content %}{% if") + "{% endblock %}",
            "content/people/ada.yml": "name: Ada King\n",
        }
    )
    with pytest.raises(Exception, match="nothing"):
        book.site.rebuild()
    assert tree(good) == before
    book.write({"theme/main.html": '{% extends "base.html" %}', "content/people/ada.yml": "name: Ada Lovelace\n"})
    assert tree(book.site.rebuild().folder) == before


def test_what_was_never_whole_is_built_as_far_as_it_goes(book):
    book.write({"content/people/ada.yml": "name: Ada\nage: 36\n"})
    built = book.site.rebuild()
    slip = "content/people/ada.yml:2:1: error: a person has no field 'age'. Did you mean 'stage'? [unknown-field]"
    assert built.errors == (slip,)
    assert (built.folder / "people/bea/index.html").is_file()
    book.write({"content/people/bea.yml": "name: Bea\nage: 36\n"})
    assert len(book.site.rebuild().errors) == 2
    book.write({"content/people/ada.yml": "name: Ada\n", "content/people/bea.yml": "name: Bea\n"})
    assert book.site.rebuild().errors == ()


def test_it_knows_what_it_is_made_from(book):
    config = BOOK["mkdocs.yml"].replace("name: material", "name: material\n          custom_dir: theme")
    book.write({"mkdocs.yml": config + "watch: [notes]\n", "theme/main.html": '{% extends "base.html" %}'})
    (book.root / "notes").mkdir()
    book.site.rebuild()
    assert {path.relative_to(book.root).as_posix() for path in book.site.watched} == {
        "mkdocs.yml", "content", "templates", "content/pages", "theme", "notes",
    }  # fmt: skip


def test_no_more_than_two_sites_lie_on_the_disk(book):
    for number in range(4):
        book.write({"content/people/ada.yml": f"name: Ada {'I' * number}\n"})
        book.site.rebuild()
    assert len(list((book.folder / "live").iterdir())) == 2


@pytest.mark.slow
def test_without_the_search_plugin_or_with_flat_pages_it_is_the_same(book):
    book.write({"mkdocs.yml": BOOK["mkdocs.yml"].replace("  - search\n", "") + "use_directory_urls: false\n"})
    shutil.rmtree(book.root / "content/goals")
    book.site.rebuild()
    book.write({"content/people/ada.yml": "name: Ada King\n"})
    assert tree(book.site.rebuild().folder) == book.afresh()
    (book.root / "content/people/ada.yml").unlink()
    book.write({"content/pages/about.md": "# About\n"})
    assert tree(book.site.rebuild().folder) == book.afresh()
