"""`playbook publish`: a sealed site put somewhere whole, or nothing and the reason in a sentence."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from playbook.publish.opening import open_bundle
from playbook.publish.policy import content_security_policy
from playbook.repository.publishing import find_deployed, make_commit, set_branch
from tests.history.repo import Repo, run_git

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "anvil bishop cactus dolphin ember fjord"  # noqa: S105  (of tests alone)
CONFIG = """
site_name: Mine
site_url: https://example.org/p/
docs_dir: content/pages
theme: {name: material, font: false}
plugins: [search, playbook]
"""
WAITING = """
import pathlib
import time

def on_post_build(config):
    pathlib.Path(config.config_file_path).with_name("half-way").write_text(config.site_dir)
    time.sleep(60)
"""
"""A hook of MkDocs that leaves time to interrupt a publish when every page lies there in plain text."""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def opened(files: dict[str, bytes], secret: str = PASSPHRASE):
    def read(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return open_bundle(read, secret)


def answering(folder: Path, arguments: tuple[str, ...], *answers: str | Callable[[str], str]) -> tuple[int, str]:
    """How a command ends on a terminal where each question is answered, and what it printed there."""
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "PLAYBOOK_PASSPHRASE"} | {
        "NO_COLOR": "1", "TERM": "dumb", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "playbook", *arguments],
        cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said, waiting, answered = "", list(answers), 0
    until = time.monotonic() + 60
    try:
        while select.select([ours], [], [], max(0.0, until - time.monotonic()))[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # how Linux says that nobody holds the other end any more
                break
            said += chunk.decode().replace("\r\n", "\n")
            if waiting and said[answered:].rstrip(" ").endswith((":", "]")):
                answered, answer = len(said), waiting.pop(0)
                time.sleep(0.2)  # until what is typed is hidden
                os.write(ours, ((answer if isinstance(answer, str) else answer(said)) + "\n").encode())
        return child.wait(timeout=5), said
    finally:
        child.kill()
        os.close(ours)


@pytest.fixture(autouse=True)
def _sealed_by_nobody_else(monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYBOOK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file")
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def book(tmp_path, monkeypatch) -> Repo:
    """A small playbook of two commits; the command runs in it."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text(CONFIG)
    (repo.top / ".gitignore").write_text("/.cache/\n/sealed/\n")
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n"})
    repo.commit({"people/grace.yml": "name: Grace Hopper\n"})
    monkeypatch.chdir(repo.top)
    return repo


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Path:
    """The example playbook in a repository of its own, published once into `sealed`."""
    top = tmp_path_factory.mktemp("example") / "book"
    repo = Repo(top)
    shutil.rmtree(repo.content)
    shutil.copytree(ROOT / "content", repo.content)
    shutil.copy(ROOT / "mkdocs.yml", top)
    (top / ".gitignore").write_text("/.cache/\n/sealed/\n/again/\n")
    repo.commit()
    published = subprocess.run(
        [sys.executable, "-m", "playbook", "publish", "--to", "sealed"],
        cwd=top,
        env={k: v for k, v in os.environ.items() if k != "CI"} | {"PLAYBOOK_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert published.returncode == 0, published.stdout + published.stderr
    assert published.stderr == ""
    (top / "said").write_text(published.stdout)
    (top / ".git" / "info" / "exclude").write_text("/said\n")
    return top


@pytest.mark.xdist_group("published example")
def test_the_example_is_published_and_says_what_for_whom_and_what_next(example):
    said = (example / "said").read_text()
    head = run_git(example, "rev-parse", "HEAD")[:7]
    first, *rest = said.splitlines()
    assert re.fullmatch(rf"Published for me: \d+ pages of commit {head} \(number 1\), \d\.\d MB in sealed\.", first)
    assert rest == [
        "It opens for you alone.",
        "Put what is in 'sealed' on your host as it is, hidden files too; how: playbook manual publishing. It needs https.",
        "sealing.yml was written; commit it: git add sealing.yml && git commit -m 'Seal the site'. "
        "It holds no passphrase.",
    ]


@pytest.mark.xdist_group("published example")
def test_the_folder_holds_the_loader_and_packs_of_one_size_and_nothing_readable(example):
    files = tree(example / "sealed")
    packs = {name: content for name, content in files.items() if name.startswith("d/")}
    assert files.keys() - packs.keys() >= {
        "index.html",
        "404.html",
        "loader.js",
        "sw.js",
        "h.json",
        "robots.txt",
        ".nojekyll",
    }
    assert {len(content) for content in packs.values()} == {131_100}
    assert all(re.fullmatch(r"d/[0-9a-f]{32}", name) for name in packs)
    for word in (b"staff-promotion", b"Mara", b"slipway-2027"):
        assert not any(word in content for content in files.values())


@pytest.mark.xdist_group("published example")
def test_the_owner_opens_every_page_under_a_policy_made_from_these_very_pages(example):
    site = opened(tree(example / "sealed"))
    assert (site.seq, site.site_url, site.strange) == (1, "https://example.org/playbook/", ())
    assert site.csp == content_security_policy(site.files)
    assert "sha256-" in site.csp
    assert {"index.html", "404.html", "search/search_index.json", "people/index.html"} <= site.files.keys()
    assert not [name for name in site.files if name.endswith((".map", ".ics", "sitemap.xml.gz"))]


@pytest.mark.slow
@pytest.mark.xdist_group("published example")
def test_the_same_commit_is_published_as_the_same_bytes(example, monkeypatch, run):
    monkeypatch.chdir(example)
    assert run("publish", "--to", "again").code == 0
    assert tree(example / "again") == tree(example / "sealed")


@pytest.mark.xdist_group("published example")
def test_nothing_is_left_beside_the_site_or_in_memory(example):
    assert not [path for path in example.iterdir() if path.name.startswith((".sealed-", ".again-"))]
    user = os.getuid() if hasattr(os, "getuid") else "site"
    assert not list(Path("/dev/shm").glob(f".playbook-{user}-*"))


def test_two_publishes_have_no_pack_in_common_and_the_second_takes_the_place_of_the_first(book, run):
    assert run("publish", "--to", "sealed").code == 0
    first = tree(book.top / "sealed")
    book.commit({"people/grace.yml": "name: Grace Brewster Hopper\n"})
    assert run("publish", "--to", "sealed").code == 0
    second = tree(book.top / "sealed")
    same = {name for name in first.keys() & second.keys() if first[name] == second[name]}
    assert same == first.keys() - {"h.json"} - {name for name in first if name.startswith("d/")}
    assert (opened(first).seq, opened(second).seq) == (2, 3)
    assert b"Grace Brewster Hopper" in opened(second).files["people/grace/index.html"]


@pytest.mark.slow
def test_what_a_host_reads_beside_the_site_stays(book, run):
    assert run("publish", "--to", "sealed").code == 0
    (book.top / "sealed" / "_headers").write_text("/h.json\n  Cache-Control: no-cache\n")
    (book.top / "sealed" / "CNAME").write_text("ada.example.org\n")
    book.commit({"people/ada.yml": "name: Ada L.\n"})
    assert run("publish", "--to", "sealed").code == 0
    after = tree(book.top / "sealed")
    assert (after["_headers"], after["CNAME"]) == (b"/h.json\n  Cache-Control: no-cache\n", b"ada.example.org\n")
    assert opened(after).seq == 3


@pytest.mark.slow
def test_a_discreet_site_has_one_title(book, run):
    assert run("publish", "--to", "sealed", "--discreet").code == 0
    site = opened(tree(book.top / "sealed"))
    titles = {title for page in site.files.values() for title in re.findall(rb"<title>(.*?)</title>", page)}
    assert titles == {b"Notes"}


@pytest.mark.slow
@pytest.mark.parametrize(("options", "there"), [((), False), (("--with-feeds",), True)])
def test_a_calendar_feed_is_published_only_where_it_was_asked_for(book, run, options, there):
    book.commit({"pages/mine.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR\n"})
    assert run("publish", "--to", "sealed", *options).code == 0
    files = opened(tree(book.top / "sealed")).files
    assert ("mine.ics" in files, any(name.endswith(".ics") for name in files)) == (there, there)
    assert there or b".ics" not in files["index.html"]


def test_a_dry_run_says_what_would_be_published_asks_for_nothing_and_writes_nothing(book, run, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_PASSPHRASE")
    before = tree(book.top)
    ran = run("publish", "--dry-run", "--to", "sealed")
    assert (ran.code, ran.err) == (0, "")
    first, *rest = ran.out.splitlines()
    head = book.git("rev-parse", "HEAD")[:7]
    assert re.fullmatch(
        rf"Would be published for me: \d+ pages, \d+ files, \d\.\d MB before they are sealed, of commit {head} "
        r"\(number 2\)\.",
        first,
    )
    assert rest == [
        "It opens for you alone.",
        "There is no sealing.yml yet; the first publish makes it, and a passphrase.",
        "It would go to sealed.",
    ]
    assert {name: text for name, text in tree(book.top).items() if not name.startswith(".cache/")} == before


def test_a_dry_run_tells_prose_that_names_somebody_and_counts_what_the_scan_leaves_out(book, run, monkeypatch):
    book.commit(
        {
            "me.yml": "name: Ada\naudiences: {priya: {sees: [mentor]}}\n",
            "goals/talk.yml": "title: Speak\nvisibility: mentor\nchecklist:\n  - Tell Hopper plainly\n  - {task: Speak, visibility: me}\n",
        }
    )
    said = run("publish", "--dry-run", "--audience", "priya").out
    assert (
        "Read these yourself: open texts that name somebody in plain words\n"
        "  content/goals/talk.yml:4: checklist.task: 'Hopper' may be grace, who is not named to priya\n"
    ) in said
    assert (
        "not searched for in the pages: the same words stand in the program, or in what priya may read, or are too "
        "short to tell (--unscanned lists them).\n"
    ) in said
    listed = run("publish", "--dry-run", "--audience", "priya", "--unscanned").out
    assert "\n  content/goals/talk.yml: checklist.task stands in text that is allowed, too\n" in listed
    monkeypatch.setenv("CI", "true")
    said = run("publish", "--dry-run", "--audience", "priya").out
    assert ("Hopper" in said, "  1 of them: playbook audience diff priya\n" in said) == (False, True)
    assert run("publish", "--to", "sealed", "--unscanned").code == 2


@pytest.mark.slow
def test_recipients_of_an_audience_open_its_site_and_no_other(book, run):
    (book.content / "me.yml").write_text("name: Ada\naudiences:\n  grace: {sees: [mentor]}\n")
    book.commit()
    assert run("publish", "--to", "sealed").code == 0
    from playbook.publish.sealing_file import read_sealing, write_sealing

    sealing, _ = read_sealing("sealing.yml", (book.top / "sealing.yml").read_bytes())
    assert sealing is not None
    owner = sealing.unlock(PASSPHRASE)
    with_grace = sealing.with_recipient(owner, "grace", "grace", "her own seven words to remember", book.next.date())
    write_sealing(book.top / "sealing.yml", with_grace)
    mine, hers = run("publish", "--to", "sealed"), run("publish", "--audience", "grace", "--to", "for-grace")
    assert "It opens for you alone." in mine.out.splitlines()
    assert "It opens for you and grace (passphrase)." in hers.out.splitlines()
    site = opened(tree(book.top / "for-grace"), "her own seven words to remember")
    assert site.files == opened(tree(book.top / "for-grace")).files
    assert "people/grace/index.html" not in site.files
    with pytest.raises(ValueError, match="does not open it"):
        opened(tree(book.top / "sealed"), "her own seven words to remember")


def test_a_publish_of_the_same_number_for_other_people_says_what_a_host_could_do(book, run):
    run("publish", "--to", "sealed")
    said = (
        "sealing.yml is not as committed, and this publish has the number of the one before it (2): a host could go on"
    )
    assert said in run("publish", "--to", "sealed").err
    book.commit()
    assert said not in run("publish", "--to", "sealed").err
    (book.top / "sealing.yml").write_text((book.top / "sealing.yml").read_text() + "# and on\n")
    assert said.replace("(2)", "(3)") in run("publish", "--to", "sealed").err
    book.commit()
    ran = run("publish", "--to", "sealed")
    assert (ran.code, "(number 4)" in ran.out, "not as committed" in ran.err) == (0, True, False)


def test_a_site_goes_onto_a_branch_as_one_neutral_commit_without_touching_index_or_work_tree(book, run):
    assert run("publish", "--to", "sealed").code == 0
    book.commit()
    assert run("publish", "--to", "sealed").code == 0
    (book.top / "staged.txt").write_text("x")
    book.git("add", "staged.txt")
    before = book.git("status", "--porcelain"), (book.top / ".git" / "index").read_bytes()
    for number in range(2):
        ran = run("publish", "--branch", "gh-pages")
        assert (ran.code, ran.err) == (0, ""), number
    assert "in the branch gh-pages." in ran.out
    assert "Nothing was pushed. To push it: playbook publish --branch gh-pages --remote NAME" in ran.out
    assert (book.git("status", "--porcelain"), (book.top / ".git" / "index").read_bytes()) == before
    told = book.git("log", "--format=%an <%ae>|%cn <%ce>|%s|%b|%P|%ai|%ci", "gh-pages")
    day = time.strftime("%Y-%m-%d", time.gmtime())
    who = "playbook <playbook@localhost.invalid>"
    assert told == f"{who}|{who}|Publish|||{day} 12:00:00 +0000|{day} 12:00:00 +0000"
    names = book.git("ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert sorted(names) == sorted(tree(book.top / "sealed"))


@pytest.mark.slow
def test_a_domain_that_its_owner_has_put_on_the_branch_stays(book, run):
    assert run("publish", "--branch", "gh-pages").code == 0
    there = find_deployed(book.content, "gh-pages")
    files = {name: there.read(name) for name in there.blobs} | {"CNAME": b"ada.example.org\n"}
    set_branch(book.content, "gh-pages", make_commit(book.content, files, book.next.date()), there.commit)
    book.commit({"people/ada.yml": "name: Ada L.\n"})
    assert run("publish", "--branch", "gh-pages").code == 0
    assert book.git("show", "gh-pages:CNAME") == "ada.example.org"
    assert len(book.git("rev-list", "gh-pages").split()) == 1


@pytest.mark.slow
def test_a_push_is_told_and_needs_a_yes(book, run, tmp_path):
    run_git(tmp_path, "init", "--quiet", "--bare", "there.git")
    there = tmp_path / "there.git"
    book.git("remote", "add", "site", str(there))
    asked = run("publish", "--branch", "gh-pages", "--remote", "site")
    assert asked.code == 2
    first, not_made, last, nothing = asked.err.splitlines()
    assert not_made.startswith("sealing.yml was not made")
    assert not (book.top / "sealing.yml").exists()
    assert re.fullmatch(
        rf"To push: one commit, \d+ files, \d+\.\d [kM]B, as the branch gh-pages of site \({re.escape(str(there))}\)\.",
        first,
    )
    assert (last, nothing) == (
        "playbook: nobody is here to ask whether to push that; say --yes", "Nothing was published."
    )  # fmt: skip
    assert run_git(there, "for-each-ref") == ""
    done = run("publish", "--branch", "gh-pages", "--remote", "site", "--yes")
    assert (done.code, done.err) == (0, "")
    assert run_git(there, "for-each-ref", "--format=%(refname)") == "refs/heads/gh-pages"
    first_commit = run_git(there, "rev-parse", "gh-pages")
    book.commit({"people/ada.yml": "name: Ada L.\n"})
    again = run("publish", "--branch", "gh-pages", "--remote", "site", "--yes")
    assert f"in the place of {first_commit[:7]} there." in again.out
    assert len(run_git(there, "rev-list", "gh-pages").split()) == 1
    assert run_git(there, "rev-parse", "gh-pages") != first_commit


@pytest.mark.slow
def test_fewer_commits_than_are_there_are_refused_in_a_folder_and_on_a_branch(book, run):
    for where in (("--to", "sealed"), ("--branch", "gh-pages")):
        assert run("publish", *where).code == 0
    book.git("reset", "--quiet", "--hard", "HEAD~1")
    before = tree(book.top / "sealed"), book.git("rev-parse", "gh-pages")
    for where in (("--to", "sealed"), ("--branch", "gh-pages")):
        ran = run("publish", *where)
        assert (ran.code, ran.err) == (
            2,
            "playbook: what is there holds 2 commits, this one 1: readers would refuse it as a rollback; bring what is "
            "missing (git pull), then publish\nNothing was published.\n",
        )
    assert (tree(book.top / "sealed"), book.git("rev-parse", "gh-pages")) == before


@pytest.mark.slow
def test_a_sealed_site_of_somebody_else_is_replaced_only_when_that_was_said(book, run, monkeypatch):
    assert run("publish", "--to", "sealed").code == 0
    theirs = tree(book.top / "sealed")
    (book.top / "sealing.yml").unlink()
    monkeypatch.setenv("PLAYBOOK_PASSPHRASE", PASSPHRASE + " other")
    ran = run("publish", "--to", "sealed")
    assert ran.code == 2
    assert "the sealed site in sealed cannot be opened with this passphrase" in ran.err
    assert "say --replace" in ran.err
    assert tree(book.top / "sealed") == theirs
    assert run("publish", "--to", "sealed", "--replace").code == 0
    assert opened(tree(book.top / "sealed"), PASSPHRASE + " other").seq == 2


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"me.yml": "name: Ada L.\n"}, ("--to", "sealed"), "content/me.yml is not as committed"),
        ({"people/new.yml": "name: New\n"}, ("--branch", "gh-pages"), "content/people/new.yml is not as committed"),
        ({}, ("--to", "."), "'.' holds the playbook; name a folder for the site alone"),
        ({}, ("--to", "content/out"), "'content/out' lies in 'content', which the site is made from"),
        ({}, ("--branch", "main"), "the branch 'main' is checked out"),
        ({}, ("--branch", "gh-pages", "--remote", "nowhere"), "there is no remote 'nowhere'; there is none"),
        ({}, ("--single-file", "mkdocs.yml"), "'mkdocs.yml' is there and is no sealed site"),
        ({}, ("--single-file", "no/where.html"), "there is no folder 'no' for it; make it first"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_and_nothing_is_written(book, run, change, where, said):
    book.write(change)
    before = tree(book.top)
    ran = run("publish", *where)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"playbook: {said}")
    assert ran.err.endswith("\nNothing was published.\n")
    assert tree(book.top) == before


def test_a_branch_with_files_of_others_is_refused_and_stays(book, run):
    book.git("branch", "work")
    ran = run("publish", "--branch", "work")
    assert ran.code == 2
    assert "the branch work holds '.gitignore', which is no part of a sealed site" in ran.err
    assert book.git("rev-parse", "work") == book.git("rev-parse", "main")


@pytest.mark.slow
def test_a_plain_site_on_a_branch_is_replaced_only_when_that_was_said(book, run):
    plain = {"index.html": b"Grace", "404.html": b"", "assets/playbook/x.css": b""}
    book.git("switch", "--quiet", "--orphan", "gh-pages")
    for name, content in plain.items():
        (book.top / name).parent.mkdir(parents=True, exist_ok=True)
        (book.top / name).write_bytes(content)
    book.git("add", "--force", *plain)
    book.git("commit", "--quiet", "--message", "Deployed")
    book.git("switch", "--quiet", "main")
    before = book.git("rev-parse", "gh-pages")
    refused = run("publish", "--branch", "gh-pages")
    assert (refused.code, refused.err, book.git("rev-parse", "gh-pages")) == (
        2,
        "playbook: the branch gh-pages holds a site that is not sealed; to put this one in its place, say --replace\n"
        "Nothing was published.\n",
        before,
    )
    assert run("publish", "--branch", "gh-pages", "--replace").code == 0
    assert len(book.git("rev-list", "gh-pages").split()) == 1
    assert "index.html" in book.git("ls-tree", "-r", "--name-only", "gh-pages").split()
    assert "assets/playbook/x.css" not in book.git("ls-tree", "-r", "--name-only", "gh-pages")


def test_without_a_passphrase_the_places_it_may_come_from_are_said(book, run, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_PASSPHRASE")
    ran = run("publish", "--to", "sealed")
    assert (ran.code, (book.top / "sealing.yml").exists()) == (2, False)
    assert ran.err.endswith("\nNothing was published.\n")


def test_a_weak_passphrase_is_refused_with_the_reason_unless_it_is_accepted(book, run, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_PASSPHRASE", "hopper1906")
    ran = run("publish", "--to", "sealed")
    assert (ran.code, (book.top / "sealing.yml").exists()) == (2, False)
    assert ran.err.startswith("playbook: the passphrase is too weak: ")
    assert "hopper1906" not in ran.out + ran.err
    assert run("publish", "--to", "sealed", "--accept-weak").code == 0


def test_a_wrong_passphrase_changes_nothing(book, run, monkeypatch):
    assert run("publish", "--to", "sealed").code == 0
    before = tree(book.top)
    monkeypatch.setenv("PLAYBOOK_PASSPHRASE", PASSPHRASE + " x")
    ran = run("publish", "--to", "sealed")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("playbook: the passphrase is not the one that sealing.yml was made with")
    assert tree(book.top) == before


def test_a_machine_that_is_thrown_away_makes_no_sealing_yml(book, run, monkeypatch):
    monkeypatch.setenv("CI", "true")
    ran = run("publish", "--to", "sealed")
    assert ran.code == 2
    assert "publish once on your own, and commit sealing.yml" in ran.err
    assert not (book.top / "sealing.yml").exists()


def test_a_label_that_nobody_named_sees_stops_no_publish(book, run):
    (book.top / "mkdocs.yml").write_text(CONFIG + "strict: true\n")
    book.commit({"goals/staff.yml": "title: Staff\nvisibility: mentor\n"})
    ran = run("publish", "--to", "sealed")
    assert (ran.code, ran.err) == (0, "")
    assert run("publish", "--audience", "mentor", "--single-file", "mentor.html").code == 0


def test_a_first_publish_that_fails_leaves_no_sealing_yml_and_says_why_in_our_words(book, run, monkeypatch):
    (book.top / "mkdocs.yml").write_text(CONFIG + "strict: true\n")
    book.commit({"notes.txt": "not read\n"})
    ran = run("publish", "--to", "sealed")
    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "Stopped by 1 warning, as --strict or 'strict: true' in mkdocs.yml asks for."
    assert ran.err == "sealing.yml was not made: the next publish asks for a new passphrase.\nNothing was published.\n"
    assert not (book.top / "sealing.yml").exists()
    (book.content / "notes.txt").unlink()
    book.commit()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("playbook.cli.places.FolderPlace.put", full)
    assert run("publish", "--to", "sealed").code == 2
    assert not (book.top / "sealing.yml").exists()


def test_mistakes_in_the_files_are_told_and_the_site_that_was_there_stays(book, run):
    assert run("publish", "--to", "sealed").code == 0
    before = tree(book.top / "sealed")
    book.commit({"goals/staff.yml": "title: Staff\npeople: [nobody]\n"})
    ran = run("publish", "--to", "sealed")
    assert (ran.code, ran.err) == (1, "Nothing was published.\n")
    assert ran.out.startswith("content/goals/staff.yml:2:10: error: ")
    assert tree(book.top / "sealed") == before


@pytest.mark.few(1)
@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_an_interrupted_publish_leaves_the_old_site_whole_and_no_plain_text_anywhere(book, run, number, code):
    assert run("publish", "--to", "sealed").code == 0
    before = tree(book.top / "sealed")
    (book.top / "mkdocs.yml").write_text(CONFIG + "hooks: [waiting.py]\n")
    (book.top / "waiting.py").write_text(WAITING)
    book.commit({"people/ada.yml": "name: Ada L.\n"})
    child = subprocess.Popen(
        [sys.executable, "-m", "playbook", "publish", "--to", "sealed"], cwd=book.top, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while not (half_way := book.top / "half-way").exists() or not half_way.read_text():
            assert child.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        site = Path(half_way.read_text())
        assert (site / "people" / "grace" / "index.html").is_file()
        private = next(folder for folder in site.parents if folder.name.startswith(".playbook-"))
        assert private.stat().st_mode & 0o777 == 0o700
        assert private.parent in (Path("/dev/shm"), Path(os.environ.get("TMPDIR", "/tmp")))
        child.send_signal(number)
        assert child.wait(timeout=30) == code
    finally:
        child.kill()
    assert not private.exists()
    assert tree(book.top / "sealed") == before
    assert not [path for path in book.top.iterdir() if path.name.startswith(".sealed-")]


@pytest.mark.slow
def test_the_first_publish_on_a_terminal_shows_six_words_once_and_wants_them_typed_back(book):
    words: list[str] = []

    def six_words(said: str) -> str:
        words.append(re.search(r"^    (\w[\w-]*(?: [\w-]+){5})$", said, re.MULTILINE)[1])
        return words[0]

    code, said = answering(book.top, ("publish", "--to", "sealed"), "", lambda _: "something else", six_words)
    assert code == 0, said
    assert said.count(words[0]) == 1
    assert "That is not it." in said
    assert "Published for me: " in said
    assert "sealing.yml was written; commit it" in said
    assert opened(tree(book.top / "sealed"), words[0]).seq == 2


def test_the_passphrase_is_written_nowhere(book, run):
    ran = run("publish", "--to", "sealed")
    assert PASSPHRASE not in ran.out + ran.err
    assert not [name for name, content in tree(book.top).items() if PASSPHRASE.encode() in content]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "say where to: --to DIR, --branch gh-pages --remote origin, or --single-file FILE"),
        (("--to", "a", "--branch", "b"), "--to and --branch are two places; publish twice"),
        (("--remote", "origin"), "--remote: say which branch too, such as --branch gh-pages"),
        (("--to", "a", "--passphrase", PASSPHRASE), "No such option"),
    ],
)
def test_what_was_typed_wrong_is_said(book, run, options, said):
    ran = run("publish", *options)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_as_of_is_refused(book, run):
    assert "leave out --as-of" in run("--as-of", "HEAD~1", "publish", "--to", "sealed").err


@pytest.mark.parametrize(
    ("host", "path", "whole"),
    [("github", ".github/workflows/publish.yml", "fetch-depth: 0"), ("gitlab", ".gitlab-ci.yml", 'GIT_DEPTH: "0"')],
)
def test_a_workflow_is_written_once_and_never_over_another(book, run, host, path, whole):
    ran = run("publish", "--init", host)
    assert ran.code == 0
    text = (book.top / path).read_text()
    assert text in ran.out
    assert whole in text
    assert "playbook publish --to public" in text
    assert isinstance(yaml.safe_load(text), dict)
    assert run("publish", "--init", host).out == f"{path} is there already.\n"
    (book.top / path).write_text("mine: {}\n")
    refused = run("publish", "--init", host)
    assert (refused.code, (book.top / path).read_text()) == (2, "mine: {}\n")
    assert f"{path} is there and differs; nothing was written" in refused.err
    assert "-mine: {}" in refused.out


def test_the_workflow_of_github_pins_its_actions_asks_for_little_and_takes_the_passphrase_from_the_secrets(book, run):
    assert run("publish", "--init", "github", "--audience", "public", "--discreet").code == 0
    job = yaml.safe_load((book.top / ".github/workflows/publish.yml").read_text())
    steps = job["jobs"]["publish"]["steps"]
    assert job["permissions"] == {}
    assert job["jobs"]["publish"]["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    assert [step for step in steps if "env" in step] == [
        {
            "run": "playbook publish --to public --audience public --discreet",
            "env": {"PLAYBOOK_PASSPHRASE": "${{ secrets.PLAYBOOK_PASSPHRASE }}"},
        }
    ]
    assert steps[0]["with"] == {"fetch-depth": 0, "persist-credentials": False}


@pytest.mark.parametrize("kept", [PASSPHRASE, PASSPHRASE.replace(" ", "_")])
def test_the_workflow_of_gitlab_takes_a_passphrase_without_spaces_which_alone_can_be_masked(book, run, tmp_path, kept):
    ran = run("publish", "--init", "gitlab")
    assert "masked and protected, with _ for each space in it." in ran.out
    lines = yaml.safe_load((book.top / ".gitlab-ci.yml").read_text())["pages"]["script"]
    for name, body in {"python": "exit 0", "playbook": 'printf %s "$PLAYBOOK_PASSPHRASE" > given'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    job = subprocess.run(
        ["sh", "-e", "-c", "\n".join(lines)], env={"PATH": path, "PLAYBOOK_PASSPHRASE": kept},
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (tmp_path / "given").read_text() == PASSPHRASE
    assert job.stdout + job.stderr == ""


def test_a_workflow_for_an_audience_that_is_not_there_is_not_written(book, run):
    ran = run("publish", "--init", "github", "--audience", "nobody")
    assert (ran.code, (book.top / ".github").exists()) == (2, False)


def test_one_file_holds_the_whole_site(book, run):
    ran = run("publish", "--single-file", "mine.html")
    assert (ran.code, ran.err) == (0, "")
    assert "in mine.html." in ran.out
    text = (book.top / "mine.html").read_text()
    assert json.loads(re.search(r'id="header"[^>]*>([^<]*)<', text)[1])["v"] == 1
    assert "Grace Hopper" not in text
    assert run("publish", "--single-file", "mine.html").code == 0
