"""Real builds by MkDocs, and by ProperDocs: what is published, what never is, and what stops a build."""

from __future__ import annotations

import html
import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any

import html5lib
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from site_plugins.generated import words_apart

# Builds are shared by the tests of this file: with pytest-xdist they all run in one process.
pytestmark = pytest.mark.xdist_group("plugin")

CONFIG = """
site_name: Mara's book
site_url: https://example.org/book/
docs_dir: content/pages
repo_url: https://git.example.org/mara/book
edit_uri: edit/main/content/pages/
theme:
  name: material
  font: false
  features: [navigation.path, navigation.footer, navigation.indexes, navigation.tabs, content.action.edit]
plugins:
  - search
  - playbook: {today: 2026-11-21}
markdown_extensions:
  - attr_list
  - toc: {permalink: true}
  - pymdownx.snippets: {base_path: ['.'], check_paths: true, url_download: true}
validation: {anchors: warn, absolute_links: warn, unrecognized_links: warn}
"""
NASTY = '<img src=x onerror=alert(1)> & "friends" {{ 7*7 }}'
BOOK = {
    "content/me.yml": "name: Mara\nheadline: An engineer\ntimezone: Europe/Berlin",
    "content/goals/aa.yml": "title: First\ntags: [calm]\nwhy: '--8<-- \"secret.txt\"'",
    "content/goals/bb.yml": f"title: '{NASTY}'\nparent: aa\nchecklist: ['{NASTY}']\ncriteria: ['{NASTY}']",
    "content/goals/cc.yml": "title: Third",
    "content/people/ada.yml": """
        name: Ada <b>Lovelace</b>
        notes: |
          --8<-- "secret.txt"

          ;--8<--
          secret.txt
          ;--8<--

          !!! note
              [TOC] *[HTML]: x {: onclick="alert(1)" }
        """,
    "content/journal/2026.yml": "- {date: 2026-10-01, title: Shipped, people: [ada], text: '--8<-- \"secret.txt\"'}",
    "content/pages/about.md": "# About me\n\nI know [[people/ada]] and [[goals/aa|my *first* goal]].\n\n![Me](me.png)\n",
    "content/pages/sub/deep.md": "# Deep\n\n[[bb]]\n",
    "content/pages/me.png": "no picture",
    "content/pages/about.md~": "BACKUP",
    "content/pages/.me.yml.swp": "BACKUP",
    "content/pages/about.yml.md": "# About YAML\n",
    "secret.txt": "WHAT-STANDS-IN-A-FILE",
}


def write(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return root


class Done:
    """A build that has ended: its exit code, what it said and what it left."""

    def __init__(self, root: Path, *arguments: str, module: str = "mkdocs") -> None:
        self.site = root / f"site-{module}"
        done = subprocess.run(
            [sys.executable, "-m", module, "build", "-f", str(root / "mkdocs.yml"), "-d", str(self.site), *arguments],
            capture_output=True, text=True, check=False, cwd=root.parent,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "NO_COLOR": "1"},
        )  # fmt: skip
        self.code = done.returncode
        self.said = done.stdout + done.stderr
        self.read: dict[str, Any] = {}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Everything that was published, by its path."""
        found = sorted(self.site.rglob("*")) if self.site.is_dir() else []
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in found if path.is_file()}

    def page(self, path: str) -> Any:
        """A published page as a browser reads it."""
        if path not in self.read:
            text = (self.site / path).read_text(encoding="utf-8")
            self.read[path] = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
        return self.read[path]


def of_class(page: Any, name: str) -> list[Any]:
    return [element for element in page.iter() if name in element.get("class", "").split()]


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="session")
def mara(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small playbook with a mkdocs.yml."""
    return write(tmp_path_factory.mktemp("mara"), {**BOOK, "mkdocs.yml": CONFIG})


@pytest.fixture(scope="session")
def built(mara: Path) -> Done:
    """Its site, built strictly."""
    return Done(mara, "--strict")


# ---- what is published


def test_a_playbook_is_built_strictly_and_without_a_word_too_many(built: Done) -> None:
    assert (built.code, [line for line in built.said.splitlines() if not line.startswith("INFO")]) == (0, [])
    assert sorted(path for path in built.files if path.endswith(".html")) == [
        "404.html", "about.yml/index.html", "about/index.html", "events/index.html", "goals/aa/index.html", "goals/bb/index.html",
        "goals/cc/index.html", "goals/index.html", "index.html", "journal/2026/index.html", "journal/index.html",
        "organizations/index.html", "outreach/index.html", "packets/bb/index.html", "people/ada/index.html", "people/index.html",
        "plays/index.html", "progress/index.html", "progress/review/index.html",
            "sub/deep/index.html", "tags/index.html",
    ]  # fmt: skip


def test_no_yaml_is_published(built: Done) -> None:
    assert [path for path, content in built.files.items() if b"BACKUP" in content] == []
    assert [path for path in built.files if re.search(r"\.ya?ml\b", path, re.IGNORECASE)] == ["about.yml/index.html"]


def places(page: Any) -> set[str]:
    return {element.get("id") for element in page.iter()} | {element.get("name") for element in page.iter("a")}


def dead_ends(done: Done) -> Iterator[str]:
    """Links between published files that lead nowhere, and whatever a page would fetch from elsewhere."""
    pages = {path: done.page(path) for path in done.files if path.endswith(".html")}
    for path, page in pages.items():
        for element in page.iter():
            fetched = element.get("src") or (element.get("href") if element.tag == "link" else None)
            if fetched and element.get("rel") != "canonical" and fetched.startswith(("http:", "https:", "//")):
                yield f"{path} fetches {fetched}"
            to = element.get("href") or element.get("src")
            if to is None or re.match(r"[a-z]+:|//", to):
                continue
            file, _, fragment = to.partition("#")
            whole = (
                posixpath.normpath(posixpath.join("/book", posixpath.dirname(path), file)) if file else f"/book/{path}"
            )
            names = (whole.removeprefix("/book").lstrip("/"), f"{whole}/index.html".removeprefix("/book/"))
            target = next((name for name in names if name in done.files), "")
            if not target:
                yield f"{path}: {to} leads nowhere"
            elif fragment and target in pages and fragment not in places(pages[target]):
                yield f"{path}: {to} leads to no place there"


def test_every_link_between_the_files_leads_somewhere_and_nothing_is_fetched_from_elsewhere(built: Done) -> None:
    assert list(dead_ends(built)) == []


def test_edit_links_lead_to_the_line_of_yaml(built: Done) -> None:
    edit = "https://git.example.org/mara/book/edit/main/content"
    found = {
        path: [
            element.get("href")
            for element in built.page(f"{path}/index.html").iter("a")
            if element.get("rel") == "edit"
        ]
        for path in ("goals/aa", "goals/bb", "people/ada", "journal/2026", "about", "goals")
    }
    assert found == {
        "goals/aa": [f"{edit}/goals/aa.yml#L1"],
        "goals/bb": [f"{edit}/goals/bb.yml#L1"],
        "people/ada": [f"{edit}/people/ada.yml#L1"],
        "journal/2026": [f"{edit}/journal/2026.yml#L1"],
        "about": [f"{edit}/pages/about.md"],
        "goals": [],
    }


def test_pages_that_are_not_in_the_navigation_have_a_section_and_neighbours(built: Done) -> None:
    page = built.page("goals/bb/index.html")
    assert [words(link) for link in of_class(page, "md-path__link")] == ["Home", "Goals"]
    ends = [
        (words(of_class(page, f"md-footer__link--{end}")[0]), of_class(page, f"md-footer__link--{end}")[0].get("href"))
        for end in ("prev", "next")
    ]
    assert ends == [("Previous First", "../aa/"), ("Next Third", "../cc/")]
    first, last = built.page("goals/aa/index.html"), built.page("goals/cc/index.html")
    assert words(of_class(first, "md-footer__link--prev")[0]) == "Previous Goals"
    packet = built.page("packets/bb/index.html")
    assert [words(link) for link in of_class(packet, "md-path__link")] == ["Home", "Goals"]
    assert words(of_class(last, "md-footer__link--next")[0]) == f"Next Packet: {NASTY}"
    assert words(of_class(packet, "md-footer__link--prev")[0]) == "Previous Third"
    assert of_class(packet, "md-footer__link--next") == []
    assert [words(tab) for tab in of_class(page, "md-tabs__item")] == [
        "Home", "Goals", "Progress", "People", "Events", "Organizations", "Outreach", "Journal", "Plays", "Tags",
            "Pages",
    ]  # fmt: skip


def test_titles_are_shown_as_they_were_written_wherever_they_stand(built: Done) -> None:
    page = built.page("goals/bb/index.html")
    assert words(page.find("head/title")) == f"{NASTY} - Mara's book"
    (shown,) = [element for element in page.iter("h1") if element.get("id") == "goal"]
    assert words(shown) == NASTY
    contents = [words(link) for link in of_class(page, "md-nav__link") if link.get("href", "").startswith("#")]
    assert NASTY in contents
    for path in built.files:
        if path.endswith(".html"):
            strange = [e.attrib for e in built.page(path).iter() if any(name.startswith("on") for name in e.attrib)]
            assert strange == [], path
            assert [e for e in built.page(path).iter("img") if e.get("src") == "x"] == [], path


def test_search_finds_pages_and_carries_no_markup_of_the_data(built: Done) -> None:
    docs = json.loads(built.files["search/search_index.json"])["docs"]
    assert {entry["location"].partition("#")[0] for entry in docs} == {
        path.removesuffix("index.html") for path in built.files if path.endswith("index.html")
    }
    titles = {entry["location"]: entry["title"] for entry in docs}
    assert html.unescape(titles["goals/bb/"]) == NASTY
    assert [entry for entry in docs if re.search(r"<(img|b)\b", entry["title"])] == []
    assert [entry for entry in docs if "<img" in entry["text"] or "<b>" in entry["text"]] == []


def test_what_stands_apart_by_its_style_has_a_space_for_search_but_never_in_code() -> None:
    glued = "<dt>Last</dt><dd><time>3 Nov</time><span>12 days</span><span>script: <a>S</a></span></dd>"
    assert re.sub("<[^>]*>", "", words_apart(glued)) == "Last 3 Nov 12 days script: S"
    kept = (
        "<pre><code><span>a</span><span>b</span></code></pre>",
        "<strong>a</strong><em>b</em>",
        "<a>a</a><a href='b'>b</a>",
    )
    assert [words_apart(one) for one in kept] == list(kept)


def test_nobody_is_left_alone_on_a_page_that_is_missing(built: Done) -> None:
    missing = built.files["404.html"]
    text = missing if isinstance(missing, str) else missing.decode()
    assert "may have been renamed" in text
    assert '<label for="__search"' in text
    assert re.search(r'<a href="/[^"]*">Home</a>', text)


def test_notes_never_include_files_whatever_extensions_are_on(built: Done) -> None:
    everything = b"".join(built.files.values())
    assert b"WHAT-STANDS-IN-A-FILE" not in everything
    text = words(built.page("people/ada/index.html"))
    assert '--8<-- "secret.txt"' in text
    assert '!!! note [TOC] *[HTML]: x {: onclick="alert(1)" }' in text


def test_hand_written_pages_link_to_records(built: Done) -> None:
    (about,) = [e for e in built.page("about/index.html").iter("p") if words(e).startswith("I know")]
    assert [(words(link), link.get("href")) for link in about.iter("a")] == [
        ("Ada <b>Lovelace</b>", "../people/ada/"),
        ("my *first* goal", "../goals/aa/"),
    ]
    (deep,) = [e for e in built.page("sub/deep/index.html").iter("p") if NASTY in words(e)]
    assert [(words(link), link.get("href")) for link in deep.iter("a")] == [(NASTY, "../../goals/bb/")]


def test_the_sitemap_speaks_of_the_day_of_the_site_and_not_of_the_clock(built: Done) -> None:
    days = set(re.findall(r"<lastmod>([^<]*)</lastmod>", built.files["sitemap.xml"].decode()))
    assert days == {"2026-11-21"}


@pytest.mark.slow
def test_properdocs_builds_the_same_site(mara: Path, built: Done) -> None:
    other = Done(mara, "--strict", module="properdocs")
    assert other.code == 0, other.said
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    assert {path: generator.sub(b"", text) for path, text in other.files.items() if not path.endswith(".gz")} == {
        path: generator.sub(b"", text) for path, text in built.files.items() if not path.endswith(".gz")
    }


# ---- for others


CANARIES = {
    "content/me.yml": "name: Mara\nvisibility: public\nemail: canary-mail@example.org\nstatement: Reached\npitch: Spoken",
    "content/goals/open.yml": "title: Open goal\nvisibility: public\ntags: [open]\npeople: [ada]\ntold: [ada]\nchecklist: [{task: canary-task, visibility: me}]\nevents: [camp]",
    "content/goals/closed.yml": "title: canary-goal\ntags: [canary-tag]",
    "content/people/ada.yml": "name: canary-ada\nrelations: [mentor]\nvisibility: public\nnotes: canary-notes",
    "content/people/bo.yml": "name: canary-bo\nvisibility: public\nlog: [{what: canary-log, date: 2026-01-01}]",
    "content/events/camp.yml": "title: canary-event\nstarts: 2026-12-01\ntimezone: Europe/Berlin",
    "content/journal/2026.yml": "- {date: 2026-10-01, title: canary-entry}\n- {date: 2026-10-02, title: Shown, visibility: public, text: 'See [[people/ada]]'}",
    "content/outreach/ask.yml": "title: canary-ask\nbody: Hello!",
    "content/pages/mine.md": "# canary-page\n\n![x](canary.png)\n",
    "content/pages/theirs.md": "---\nvisibility: public\n---\n# For all\n\nI know [[people/ada]], [[people/bo|canary-label]] and [[goals/open]].\n\n![x](open.png)\n",
    "content/pages/canary.png": "canary-picture",
    "content/pages/open.png": "a picture",
    "content/pages/old.yml": "canary: yaml",
    "content/pages/me.yml~": "canary-backup",
    "content/pages/me.YAML": "canary-backup",
    "content/pages/me.YML.bak": "canary-backup",
    "content/pages/#me.yaml#": "canary-backup",
    "content/pages/.me.yml.swp": "canary-backup",
    "mine/pages/tags.html.j2": '<h1 id="tags">My own tags page</h1><h2 id="tag-open">open</h2>',
    "mine/assets/mine.css": "body {}",
}


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The site that everybody may read, with a folder and templates of other names, and a warning."""
    config = CONFIG.replace("content/pages", "book/pages").replace(
        "{today: 2026-11-21}", "{today: '2026-11-21', audience: public, content: book, templates: mine}"
    )
    files = {path.replace("content/", "book/"): text for path, text in CANARIES.items()}
    return Done(write(tmp_path_factory.mktemp("public"), {**files, "mkdocs.yml": config}))


def test_a_public_site_holds_nothing_private_under_any_name(public: Done) -> None:
    assert public.code == 0, public.said
    assert [path for path, content in public.files.items() if "canary" in path or b"canary" in content] == []
    assert sorted(path for path in public.files if not path.startswith(("assets/", "search/", "sitemap"))) == [
        "404.html", "goals/index.html", "goals/open/index.html", "index.html", "journal/2026/index.html",
        "journal/index.html", "open.png", "tags/index.html", "theirs/index.html",
    ]  # fmt: skip
    assert list(dead_ends(public)) == []


def test_a_public_site_tells_neither_files_nor_lines_and_nobody_by_name(public: Done) -> None:
    for path in public.files:
        if path.endswith(".html"):
            page = public.page(path)
            assert [e.get("href") for e in page.iter("a") if e.get("rel") == "edit"] == [], path
            assert of_class(page, "pb-source") == [], path
    (theirs,) = [e for e in public.page("theirs/index.html").iter("p") if words(e).startswith("I know")]
    assert words(theirs) == "I know someone, someone and Open goal."
    assert "See a mentor" in words(public.page("journal/2026/index.html"))


def test_a_warning_is_told_and_does_not_stop_a_build_that_is_not_strict(public: Done) -> None:
    warnings = [line for line in public.said.splitlines() if line.startswith("WARNING")]
    copy = "If it is a record, move it to the folder of its kind as NAME.yml; else delete it."
    assert warnings == [
        f"WARNING -  playbook: book/pages/{name}:1:1: warning: a YAML file among the pages; it is not published. {hint} [yaml-in-pages]"
        for name, hint in (
            ("#me.yaml#", copy),
            ("me.YAML", copy),
            ("me.YML.bak", copy),
            ("me.yml~", copy),
            ("old.yml", "Move it to the folder of its kind."),
        )
    ]


def test_templates_of_ones_own_win(public: Done) -> None:
    assert "My own tags page" in words(public.page("tags/index.html"))
    assert public.files["assets/playbook/mine.css"] == b"body {}"
    styles = [e.get("href") for e in public.page("index.html").iter("link") if e.get("rel") == "stylesheet"]
    assert "assets/playbook/mine.css" in styles


# ---- what stops a build


def test_an_error_stops_the_build_after_all_problems_and_nothing_is_published(tmp_path: Path) -> None:
    files = {
        "content/me.yml": "name: Mara",
        "content/goals/a.yml": "title: A\npeople: [nobody]\nunknown: field",
        "content/goals/b.yml": "title: [",
        "content/goals/c.yml": "title: C\nparent: a",
        "content/pages/goals/c.md": "# Mine",
        "content/pages/x.yml": "a: b",
        "outside/secret.md": "# What lies outside",
        "mkdocs.yml": CONFIG,
    }
    root = write(tmp_path / "book", files)
    (root / "content/pages/link.md").symlink_to(root / "outside/secret.md")
    (root / "content/pages/linked").symlink_to(root / "outside")
    (root / "content/people").mkdir()
    (root / "content/people/ada.yml").symlink_to(root / "content/me.yml")
    done = Done(root)
    told = [line.rsplit(" ", 1)[-1] for line in done.said.splitlines() if line.startswith(("ERROR", "WARNING"))]
    assert told == [
        "[unknown-field]",
        "[yaml-syntax]",
        "[page-collision]",
        "[link]",
        "[link]",
        "[yaml-in-pages]",
        "[link]",
        "above",
    ]
    page = "this page would stand where 'goals/c.md' stands, which is made from content/goals/c.yml"
    assert f"content/pages/goals/c.md:1:1: error: {page}. Rename this one. [page-collision]" in done.said
    assert "6 errors in content/; see above" in done.said
    assert done.code != 0
    assert "Traceback" not in done.said
    assert done.files == {}


def refused(caplog: pytest.LogCaptureFixture, root: Path, options: str, **others: str) -> str:
    """The last thing that MkDocs says of a playbook that it does not build with these options of the plugin."""
    text = CONFIG.replace("{today: 2026-11-21}", options)
    for old, new in others.items():
        text = re.sub(rf"^{old}: .*$", f"{old}: {new}", text, flags=re.MULTILINE)
    write(root, {"mkdocs.yml": text, "content/pages/about.md": "# About\n", "content/me.yml": "name: Mara\n"})
    with pytest.raises(MkDocsException):
        config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / "site"))
        # MkDocs keeps the plugin between builds of one process; its own command says each time what it does.
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    assert [path for path in (root / "site").rglob("*.html") if path.name != "404.html"] == []
    return caplog.messages[-1]


def test_a_docs_dir_that_holds_the_content_is_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, {"docs/book/me.yml": "name: Mara"})
    for content, docs_dir in (("content", "content"), ("docs/book", "docs"), ("content/pages", "content/pages")):
        assert refused(caplog, tmp_path, f"{{content: {content}}}", docs_dir=docs_dir) == (
            f"docs_dir holds '{content}', so the YAML would be published; set docs_dir: {content}/pages"
        )


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("{today: tomorrow}", "mkdocs.yml: today: 'tomorrow' is not a date such as 2027-04-15"),
        ("{today: 2026-W47-6}", "mkdocs.yml: today: '2026-W47-6' is not a date such as 2027-04-15"),
        ("{today: '20261121'}", "mkdocs.yml: today: '20261121' is not a date such as 2027-04-15"),
        ("{today: 2026-11-21 10:00:00}", "mkdocs.yml: today: '2026-11-21 10:00:00' is not a date such as 2027-04-15"),
        ("{today: '2026-11-31'}", "mkdocs.yml: today: '2026-11-31' is not a date such as 2027-04-15"),
        ("{audience: grace}", "no audience called 'grace'"),
        ("{content: nowhere}", "1 error in nowhere/; see above"),
    ],
)
def test_options_that_make_no_sense_are_refused_in_a_sentence(
    options: str, reason: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert refused(caplog, tmp_path, options).startswith(reason)


def test_a_template_that_does_not_work_names_its_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, {"templates/pages/tags.html.j2": "<h1>\n{{ tags.wrong }}\n"})
    assert refused(caplog, tmp_path, "{}").startswith("templates/pages/tags.html.j2:2:1: error: ")


def test_a_warning_fails_a_strict_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {"content/me.yml": "name: Mara", "content/pages/about.md": "# About", "content/notes.txt": "not read"}
    root = write(tmp_path, {**files, "mkdocs.yml": CONFIG})
    with pytest.raises(Abort, match="Aborted with 1 warnings in strict mode!"):
        config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / "site"), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    assert [
        message for message in caplog.messages if "content/notes.txt:1:1: warning: this file is not read" in message
    ]
