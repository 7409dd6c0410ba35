"""`--as-of`: any command speaks of the playbook as a commit has it, and nothing on the disk is touched."""

from __future__ import annotations

import re
import tempfile

import pytest

from tests.history.repo import Repo, run_git

MKDOCS = "site_name: Mine\ndocs_dir: content/pages\nstrict: true\nplugins: [playbook]\n"
ADA = "name: Ada Lovelace\nlog: [{date: 2026-01-01, what: Wrote}]\npromises: [{what: Slides, due: 2026-01-10}]\n"
THEN = {
    "me.yml": "name: Mara\n",
    "pages/about.md": "# About\n\nAs it was.\n",
    "pages/img/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "people/ada.yml": ADA,
    "goals/staff.yml": "title: Be staff\npeople: ada\nchecklist: [Draft]\n",
    "outreach/hello.yml": "title: Hello\nbody: Dear {{ person.name }}\n",
}
NOW = {
    "pages/about.md": "# About\n\nAs it is.\n",
    "people/ada.yml": None,
    "people/grace.yml": "name: Grace Hopper\n",
    "goals/staff.yml": "title: Be principal\npeople: grace\n",
}


@pytest.fixture
def book(tmp_path, monkeypatch, run):
    """Two commits, of 5 and 6 January; something else again on the disk."""
    repo = Repo(tmp_path / "book")
    (repo.top / "mkdocs.yml").write_text(MKDOCS)
    repo.commit(THEN, "Then")
    repo.commit(NOW, "Now")
    repo.write({"people/grace.yml": "name: Rear Admiral Hopper\n"})
    monkeypatch.chdir(repo.top)
    return repo


def disk(repo: Repo) -> dict[str, tuple[bytes, int]]:
    """Everything in the working tree and in git's own folder but the cache, with its times."""
    return {
        path.relative_to(repo.top).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in repo.top.rglob("*")
        if path.is_file() and ".cache" not in path.parts and "october" not in path.parts
    }


@pytest.mark.parametrize(
    "options", [("--as-of", "HEAD~1", "list", "people"), ("list", "people", "--as-of", "2026-01-05")]
)
def test_records_are_listed_as_they_were(book, run, options):
    assert run(*options).out.splitlines()[0].startswith("ada\tAda Lovelace\t")
    assert run("list", "people").out.splitlines()[0].startswith("grace\tRear Admiral Hopper\t")


def test_the_last_commit_is_not_what_lies_on_the_disk(book, run):
    assert run("--as-of", "HEAD", "list", "people").out.splitlines()[0].startswith("grace\tGrace Hopper\t")


def test_everything_is_shown_as_it_was(book, run):
    assert run("--as-of", "HEAD~1", "show", "staff").out.startswith("Be staff\n")
    assert run("show", "staff").out.startswith("Be principal\n")


def test_problems_are_those_of_then_on_the_day_of_then(book, run):
    assert run("--as-of", "HEAD~1", "check").out == (
        f"content as of {book.git('rev-parse', '--short=7', 'HEAD~1')} (2026-01-05): 3 records, no problems\n"
    )
    later = run("--as-of", "2026-01-05", "--today", "2026-02-01", "check")
    assert "'Slides' has been waiting since 2026-01-10" in later.out
    assert later.code == 0


def test_a_day_is_the_day_that_is_spoken_of(book, run):
    book.git("reset", "--quiet", "--hard", "HEAD~1")
    assert "waiting since" not in run("--as-of", "2026-01-09", "check").out
    assert "'Slides' has been waiting since 2026-01-10" in run("--as-of", "2026-01-20", "check").out


def test_it_speaks_of_its_own_day_whatever_mkdocs_yml_fixes(book, run):
    (book.top / "mkdocs.yml").write_text(MKDOCS.replace("[playbook]", "[playbook: {today: 2026-09-09}]"))
    assert "waiting since" not in run("--as-of", "HEAD~1", "check").out


def test_a_message_is_written_to_whom_one_knew(book, run):
    assert "Dear Ada Lovelace" in run("--as-of", "HEAD~1", "script", "hello", "--to", "ada").out
    assert run("script", "hello", "--to", "ada").code == 2


def test_a_printout_says_from_which_commit_it_is(book, run):
    printed = run("--as-of", "HEAD~1", "print", "goal", "staff", "--markdown", "--out", "-")
    assert "Be staff" in printed.out
    assert f"as of 5 Jan 2026 from {book.git('rev-parse', '--short=7', 'HEAD~1')}" in printed.out


def test_the_whole_site_is_built_as_it_was_and_the_disk_stays_as_it_is(book, run, tmp_path, monkeypatch):
    (book.top / ".git/info/exclude").write_text("/october/\n")
    before, temporary = disk(book), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    built = run("--as-of", "HEAD~1", "build", "--out", "october")
    assert (built.code, built.err) == (0, "")
    short = book.git("rev-parse", "--short=7", "HEAD~1")
    assert re.fullmatch(rf"\d+ pages as of {short} \(2026-01-05\) in october \(\d+\.\d s\)\n", built.out)
    site = book.top / "october"
    assert "Be staff" in (site / "goals/staff/index.html").read_text()
    assert "As it was." in (site / "about/index.html").read_text()
    assert (site / "img/a.svg").is_file()
    assert {path.name for path in (site / "people").iterdir()} == {"ada", "index.html"}
    assert disk(book) == before
    assert list(temporary.iterdir()) == []


def test_the_site_tells_the_history_up_to_then(book, run):
    book.commit({"goals/staff.yml": "title: Be staff\nchecklist: [{task: Draft, done: true}, Ask Grace]\n"}, "Later")
    run("--as-of", "HEAD~2", "build", "--out", "october")
    told = (book.top / "october/progress/index.html").read_text()
    assert ("Draft" in told, "Ask Grace" in told) == (True, False)


def test_the_next_site_of_the_process_is_of_today_again(book, run):
    assert run("--as-of", "HEAD~1", "build", "--out", "october").code == 0
    assert run("build", "--out", "now").code == 0
    goals = {name: (book.top / name / "goals/staff/index.html").read_text() for name in ("october", "now")}
    assert {name: "Be principal" in text for name, text in goals.items()} == {"october": False, "now": True}


def test_two_sites_of_one_commit_are_the_same_to_the_byte(book, run, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # this theme writes the moment into a comment
    sites = []
    for name in ("october", "october-2"):
        assert run("--as-of", "HEAD~1", "build", "--out", name).code == 0
        folder = book.top / name
        sites.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert sites[0] == sites[1]
    assert not any(b"playbook-" in content and b"/pages/about.md" in content for content in sites[0].values())


def test_what_cannot_be_read_in_a_commit_is_told_and_left_out(book, run):
    book.commit({"people/broken.yml": "name: [\n", "pages/about.md": "# About\n\n[gone](nowhere.md)\n"}, "Broken")
    book.commit({"people/broken.yml": None, "pages/about.md": "# About\n"}, "Mended")
    built = run("--as-of", "HEAD~1", "build", "--out", "october")
    assert built.code == 0
    assert "content/people/broken.yml:2:1: error: " in built.out
    assert "nowhere.md" in built.out
    assert (book.top / "october/people/grace/index.html").is_file()
    assert run("--as-of", "HEAD~1", "build", "--strict", "--out", "october").code == 1
    assert run("--as-of", "HEAD", "build", "--strict", "--out", "october").code == 0


@pytest.mark.parametrize("out", ["content/pages", "content/pages/site", "content", "."])
def test_a_former_site_is_never_written_among_the_files(book, run, out):
    before = disk(book)
    assert run("--as-of", "HEAD~1", "build", "--out", out).code == 2
    assert disk(book) == before


def test_pages_are_links_in_no_site_of_then(book, run, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\nof this machine\n")
    (book.content / "pages/link.md").symlink_to(tmp_path / "secret.md")
    book.commit({}, "A link")
    (book.content / "pages/link.md").unlink()
    book.commit({}, "No link")
    built = run("--as-of", "HEAD~1", "build", "--out", "october")
    assert "content/pages/link.md:1:1: error: a symbolic link" in built.out
    assert not (book.top / "october/link").exists()


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["new", "goal", "x"], "playbook new"),
        (["capture", "pycon", "-"], "playbook capture"),
        (["check", "--fix"], "playbook check --fix"),
        (["init", "other", "--yes"], "playbook init"),
        (["serve"], "playbook serve"),
        (["demo"], "playbook demo"),
        (["commit"], "playbook commit"),
        (["commit", "--dry-run"], "playbook commit"),
        (["hooks", "install"], "playbook hooks"),
        (["hooks", "status"], "playbook hooks"),
    ],
)
@pytest.mark.parametrize("behind", [True, False])
def test_what_writes_refuses_it_in_a_sentence(book, run, arguments, what, behind):
    before = disk(book)
    ran = run(*([*arguments, "--as-of", "HEAD~1"] if behind else ["--as-of", "HEAD~1", *arguments]))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == f"Error: {what} works on the files as they are now; leave out --as-of"
    assert disk(book) == before


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("v1.2", "there is no commit 'v1.2'; the first is of 2026-01-05"),
        ("2026-01-04", "there is no commit of 2026-01-04 or before; the first is of 2026-01-05"),
        ("--all", "'--all' is not the name of one commit"),
        ("a..b", "'a..b' is not the name of one commit"),
        ("last week", "'last week' is not the name of one commit: there are spaces in it"),
        ("2026-02-30", "'2026-02-30' is not a date such as 2026-10-01"),
    ],
)
def test_a_commit_that_is_not_there_exits_2(book, run, wanted, said):
    for arguments in (["check"], ["list", "goals"], ["build"], ["show", "staff"]):
        ran = run(f"--as-of={wanted}", *arguments)
        assert (ran.code, ran.out, ran.err) == (2, "", f"playbook: --as-of: {said}\n")


def test_nothing_behind_it_is_wrong_usage(book, run):
    assert run("--as-of=", "check").err.splitlines()[-1] == (
        "Error: --as-of: say a day such as 2026-10-01, or a commit such as HEAD~3"
    )


def test_without_a_history_it_says_what_to_do(empty):
    assert empty.run("--as-of", "HEAD", "check").err == (
        "playbook: --as-of: These files are in no git repository yet. Run: git init\n"
    )
    run_git(empty.path, "init", "--quiet")
    assert empty.run("--as-of", "HEAD", "check").err.startswith(
        "playbook: --as-of: This repository has no commits yet. Run: git add -A"
    )


def test_a_content_folder_that_came_later_or_is_gone_is_told_and_read(book, run):
    book.git("mv", "content", "data")
    (book.top / "mkdocs.yml").write_text(
        MKDOCS.replace("content/pages", "data/pages").replace("[playbook]", "[playbook: {content: data}]")
    )
    book.git("add", "--all")
    book.git("commit", "--quiet", "--message", "Another name", **book.dates())
    short = book.git("rev-parse", "--short=7", "HEAD~1")
    assert run("--as-of", "HEAD~1", "check").err == (
        f"playbook: --as-of: there is no folder 'data' in {short}, the commit of 2026-01-06\n"
    )
    book.git("rm", "-r", "--quiet", "-f", "data")
    assert run("--as-of", "HEAD", "list", "goals").out.startswith("staff\tBe principal\t")


def test_a_folder_above_is_worked_in_first(book, run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run("--as-of", "HEAD~1", "-C", "book", "list", "people").out.startswith("ada\t")
