"""The playbook as a commit has it: which commit is meant, and what is read from it."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections import Counter

import pytest

from playbook.history.past import is_inside, write_out
from playbook.history.revision import NoRevision, find_revision, read_revision
from playbook.load import load
from playbook.records import KINDS
from playbook.source.files import find_files, find_pages
from tests.history.repo import Repo, checklist, run_git

STAFF = "goals/staff.yml"


@pytest.fixture
def repo(tmp_path):
    """Three commits, on 5, 6 and 7 January."""
    made = Repo(tmp_path / "mine")
    made.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n", STAFF: checklist("Draft")}, "Begin")
    made.commit({STAFF: checklist("{task: Draft, done: true}")}, "Draft")
    made.commit({STAFF: checklist("{task: Draft, done: true}", "Ask Grace")}, "Ask")
    return made


def text_at(repo: Repo, wanted: str, path: str = STAFF) -> str:
    """What a file held then."""
    found = read_revision(find_revision(repo.content, wanted), "").read(path, 1_000_000)
    assert found is not None
    return found.decode()


def refusal(repo: Repo, wanted: str) -> str:
    with pytest.raises(NoRevision) as refused:
        find_revision(repo.content, wanted)
    return str(refused.value)


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ("HEAD", 2),
        ("@", 2),
        ("HEAD~1", 1),
        ("main", 2),
        ("v1", 0),
        ("refs/tags/v1", 0),
        ("first~0", 0),
        ("2026-01-05", 0),
        ("2026-01-06", 1),
        ("2026-01-07", 2),
        ("2031-12-31", 2),
        ("9999-12-31", 2),
    ],
)
def test_a_commit_is_found_by_any_name_and_by_a_day(repo, wanted, index):
    commits = repo.git("rev-list", "--reverse", "HEAD").split()
    repo.git("tag", "--annotate", "--message", "x", "v1", commits[0], **repo.dates())
    repo.git("branch", "first", commits[0])
    assert find_revision(repo.content, wanted).commit == commits[index]


def test_an_id_may_be_as_short_as_git_takes_it(repo):
    commit = repo.git("rev-parse", "HEAD~1")
    assert find_revision(repo.content, commit[:7]).commit == commit
    assert find_revision(repo.content, commit.upper()).commit == commit


def test_a_commit_speaks_of_the_day_on_which_its_author_wrote_it(repo):
    repo.commit({}, author="2026-02-01T01:00:00+0530", committer="2026-02-03T12:00:00+0000")
    found = find_revision(repo.content, "HEAD")
    assert found.time.isoformat() == "2026-02-01T01:00:00+05:30"
    assert (found.day, found.short) == (dt.date(2026, 2, 1), found.commit[:7])


def test_a_day_is_spoken_of_as_it_was_asked_for_though_the_last_commit_is_older(repo):
    found = find_revision(repo.content, "2026-03-31")
    assert (found.day, found.time.date()) == (dt.date(2026, 3, 31), dt.date(2026, 1, 7))


def test_a_day_ends_with_the_last_commit_on_it(repo):
    for hour in ("00:00:01", "23:59:59"):
        last = repo.commit({}, author=f"2026-01-08T{hour}-0800")
    repo.commit({}, author="2026-01-09T00:00:00-0800")
    assert find_revision(repo.content, "2026-01-08").commit == last


def test_a_day_follows_the_first_parents_alone(repo):
    before = repo.git("rev-parse", "HEAD")
    repo.git("switch", "--quiet", "--create", "side")
    repo.commit({STAFF: checklist("On the side")}, "Side")
    repo.git("switch", "--quiet", "main")
    repo.merge("side")
    assert find_revision(repo.content, "2026-01-08").commit == before
    assert find_revision(repo.content, "2026-01-09").commit == repo.git("rev-parse", "HEAD")


def test_a_clock_that_went_back_hides_no_commit(repo):
    late = repo.commit({}, author="2025-06-01T12:00:00+0000")
    assert find_revision(repo.content, "2026-01-07").commit == late


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "wanted", ["v1.2", "HEAD~3", "0000000", "HEAD:content", ":/Begin", "@{upstream}", "café", "a/b"]
)
def test_a_commit_that_is_not_there_is_told_with_where_the_history_begins(repo, wanted):
    assert refusal(repo, wanted) == f"there is no commit '{wanted}'; the first is of 2026-01-05"


def test_a_day_before_the_first_commit_is_told_with_where_the_history_begins(repo):
    assert refusal(repo, "2026-01-04") == "there is no commit of 2026-01-04 or before; the first is of 2026-01-05"


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "wanted",
    ["-h", "--all", "--output=x", "a..b", "..", "HEAD...main", "a\nb", "a\0b", "\x1b[31m", "x" * 251, "\udc80"],
)
def test_what_git_could_take_for_something_else_never_reaches_it(repo, wanted, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("git was started"))
    assert refusal(repo, wanted).endswith("is not the name of one commit")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("", "it names no commit; say a day such as 2026-10-01, or a commit such as HEAD~3"),
        ("  ", "it names no commit; say a day such as 2026-10-01, or a commit such as HEAD~3"),
        ("last week", "'last week' is not the name of one commit: there are spaces in it"),
        ("2026-1-5", "'2026-1-5' is not a date such as 2026-10-01"),
        ("2026-02-30", "'2026-02-30' is not a date such as 2026-10-01"),
    ],
)
def test_what_is_no_commit_says_what_to_write(repo, wanted, said):
    assert refusal(repo, wanted) == said


def test_a_short_id_of_several_commits_asks_for_more_of_it(repo):
    repo.import_commits((str(number), {}) for number in range(1000))
    begun = Counter(commit[:4] for commit in repo.git("rev-list", "HEAD").split())
    (short, times), *_ = begun.most_common(1)
    assert times > 1
    assert refusal(repo, short) == f"several commits begin with '{short}'; write more of it"


def test_without_a_history_the_reason_is_told(tmp_path):
    (tmp_path / "content").mkdir()
    with pytest.raises(NoRevision, match=r"^These files are in no git repository yet\. Run: git init$"):
        find_revision(tmp_path / "content", "HEAD")
    run_git(tmp_path, "init", "--quiet")
    with pytest.raises(NoRevision, match=r"^This repository has no commits yet\. Run: git add -A "):
        find_revision(tmp_path / "content", "HEAD")


def test_a_shallow_clone_says_that_it_begins_too_late(repo, tmp_path):
    run_git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.top}", "shallow")
    with pytest.raises(NoRevision) as refused:
        find_revision(tmp_path / "shallow" / "content", "2026-01-06")
    assert str(refused.value) == (
        "there is no commit of 2026-01-06 or before; this clone is shallow and begins on 2026-01-07. "
        "Run: git fetch --unshallow"
    )


def test_a_partial_clone_fetches_nothing_and_says_what_helps(repo, tmp_path):
    repo.git("config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{repo.top}", "partial")
    revision = find_revision(tmp_path / "partial" / "content", "HEAD~2")
    with pytest.raises(NoRevision) as refused:
        read_revision(revision, "")
    assert str(refused.value) == (
        f"this clone has left out files of {revision.short}, and they are needed. Run: git fetch --refetch --no-filter"
    )


def test_the_whole_folder_is_found_as_it_was_and_not_as_it_is(repo):
    repo.write({STAFF: "title: Something else\n", "goals/new.yml": "title: New\n", "me.yml": None})
    tree = read_revision(find_revision(repo.content, "HEAD~1"), "")
    files, problems = find_files(tree, KINDS)
    assert [(file.path, file.kind, file.id) for file in files] == [
        ("content/goals/staff.yml", "goals", "staff"),
        ("content/me.yml", "me", "me"),
    ]
    assert files[0].content.decode() == checklist("{task: Draft, done: true}")
    assert (problems, find_pages(tree)) == ((), (("content/pages/about.md",), ()))
    assert text_at(repo, "HEAD~2") == checklist("Draft")


def test_it_is_found_by_the_same_rules_as_on_the_disk(repo):
    repo.write(
        {
            "goals/Bad Name.yml": "title: x\n",
            "goals/deep/er.yml": "title: x\n",
            "goals/other.yaml": "title: x\n",
            "goals/.hidden.yml": "title: x\n",
            "taxes/2026.yml": "x\n",
            "notes.txt": "x\n",
            "pages/deep/two.md": "# Two\n",
            "pages/data.yml": "x\n",
            "people/ada\nlovelace.yml": "name: x\n",
            b"people/caf\xe9.yml".decode("utf-8", "surrogateescape"): "name: x\n",
            "people/big.yml": b"x" * 1_000_001,
            "people/empty.yml": b"",
        }
    )
    (repo.content / "people/link.yml").symlink_to("../me.yml")
    (repo.content / "pages/link.md").symlink_to("/etc/hostname")
    (repo.content / "plays").symlink_to("goals")
    repo.commit({}, "Everything that can lie there")
    tree = read_revision(find_revision(repo.content, "HEAD"), "")
    (then, told), (now, told_now) = find_files(tree, KINDS), find_files(repo.content, KINDS)
    assert [(file.path, file.kind, file.id, file.content[:1_000]) for file in then if file.id != "big"] == [
        (file.path, file.kind, file.id, file.content[:1_000]) for file in now if file.id != "big"
    ]
    assert [len(file.content) for file in then] == [len(file.content) for file in now]
    assert told == told_now != ()
    assert find_pages(tree) == find_pages(repo.content) != ((), ())
    assert load(tree, None).problems == load(repo.content, None).problems != ()


def test_a_submodule_among_the_files_is_no_file(repo):
    commit = repo.git("rev-parse", "HEAD")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},content/people/x.yml")
    repo.git("commit", "--quiet", "--message", "Odd", **repo.dates())
    tree = read_revision(find_revision(repo.content, "HEAD"), "")
    assert [str(problem) for problem in find_files(tree, KINDS)[1]] == [
        "content/people/x.yml:1:1: error: this is not an ordinary file; it is not read. [not-a-file]"
    ]


def test_a_content_folder_below_the_top_is_found_from_itself_and_from_above(tmp_path):
    repo = Repo(tmp_path / "mine", prefix="notes/play book")
    repo.commit({"me.yml": "name: Ada\n"})
    inside = find_revision(repo.content, "HEAD")
    above = find_revision(repo.content.parent, "HEAD")
    assert read_revision(inside, "").wanted() == read_revision(above, "content").wanted() != set()


def test_a_folder_that_was_not_there_yet_is_told(repo):
    revision = find_revision(repo.top, "HEAD")
    with pytest.raises(NoRevision) as refused:
        read_revision(revision, "elsewhere")
    assert str(refused.value) == f"there is no folder 'elsewhere' in {revision.short}, the commit of 2026-01-07"
    for path in ("content/me.yml", "content/me.yml/x", ""):
        if path:
            with pytest.raises(NoRevision):
                read_revision(revision, path)
    with pytest.raises(NoRevision, match="outside of the repository"):
        read_revision(revision, "../content")


def test_a_folder_that_is_gone_from_the_disk_is_read_from_above(repo):
    repo.git("rm", "-r", "--quiet", "content")
    assert not repo.content.exists()
    tree = read_revision(find_revision(repo.top, "HEAD"), "content")
    assert [file.path for file in find_files(tree, KINDS)[0]] == ["content/goals/staff.yml", "content/me.yml"]


def test_a_repository_with_long_ids_is_read_too(tmp_path):
    repo = Repo(tmp_path / "mine", init=["--object-format=sha256"])
    commit = repo.commit({"me.yml": "name: Ada\n"})
    assert len(commit) == 64
    assert find_revision(repo.content, "2026-01-05").commit == commit
    assert text_at(repo, commit[:8], "me.yml") == "name: Ada\n"


def test_a_worktree_and_a_submodule_have_their_own_head(repo, tmp_path):
    repo.git("worktree", "add", "--quiet", str(tmp_path / "other"), "HEAD~1")
    assert find_revision(tmp_path / "other" / "content", "HEAD").commit == repo.git("rev-parse", "HEAD~1")
    outer = Repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.top), "inner")
    outer.commit({"me.yml": "name: Outer\n"})
    assert find_revision(outer.top / "inner" / "content", "HEAD").commit == repo.git("rev-parse", "HEAD")


@pytest.mark.parametrize(
    "path", ["../x.md", "a/../../x.md", "/etc/x", "a//x", ".git/hooks/x", "a/.GIT/x", "a\\..\\x", "C:x", "./x", ""]
)
def test_a_path_that_leads_out_of_a_folder_is_never_written(path):
    assert not is_inside(path)
    assert is_inside("pages/a b/ü…\n.md")


def test_files_are_written_for_their_owner_alone_and_never_over_another(tmp_path):
    write_out(tmp_path, {"pages/notes/a.md": b"# A\n", "me.yml": b""})
    assert (tmp_path / "pages/notes/a.md").read_bytes() == b"# A\n"
    assert (tmp_path / "me.yml").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        write_out(tmp_path, {"me.yml": b"other"})
    assert (tmp_path / "me.yml").read_bytes() == b""
