"""`playbook doctor` on real repositories: what it finds, what it never prints, how it ends."""

from __future__ import annotations

import json

import pytest

from tests.history.repo import Repo, checklist, run_git

MKDOCS = """\
site_name: Mine
docs_dir: content/pages
theme: {name: material, font: false}
plugins: [search, playbook]
"""
TOKEN = "ghp_" + "a1B2" * 9
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n"


@pytest.fixture
def repo(book_repo):
    (book_repo.top / "mkdocs.yml").write_text(MKDOCS)
    (book_repo.top / ".gitignore").write_text("/site/\n/.cache/\n")
    book_repo.commit({"goals/staff.yml": checklist("Draft")}, "Begin")
    return book_repo


def findings(ran) -> list[dict]:
    answer = json.loads(ran.out)
    assert answer["version"] == 1
    return answer["findings"]


def test_a_new_playbook_hears_of_nothing_serious(repo, run):
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "warning: There is no remote: the only commit is on this machine alone. [no-remote]",
        "    gh repo create --private --source . --push   # or: git remote add origin URL && git push --set-upstream "
        "origin HEAD",
        "warning: There was never a backup, as far as this repository remembers. [no-backup]",
        "    playbook backup ../playbook.backup   # then move it off this machine",
        "Nothing serious.",
    ]


def test_what_is_only_here_is_counted_against_remotes(repo, run, tmp_path):
    run_git(tmp_path, "init", "--quiet", "--bare", "far.git")
    repo.git("remote", "add", "origin", str(tmp_path / "far.git"))
    repo.git("push", "--quiet", "origin", "main")
    assert "only here" not in run("doctor").out
    repo.commit({"goals/staff.yml": checklist("Draft", "Ask")})
    repo.git("branch", "other")
    repo.git("switch", "--quiet", "other")
    repo.commit({"goals/staff.yml": checklist("Draft", "Ask", "Send")})
    assert "2 commits only here: no remote is known to have them. [only-here]" in run("doctor").out


def test_a_repository_that_holds_a_sealed_site_and_nothing_else_may_be_public(repo, run):
    repo.git("remote", "add", "site", "https://github.com/mara/site.git")
    repo.git("switch", "--quiet", "--orphan", "gh-pages")
    (repo.top / "h.json").write_text("{}\n")
    repo.git("add", "h.json")
    repo.git("commit", "--quiet", "--message", "Site", **repo.dates())
    repo.git("switch", "--quiet", "main")
    assert "Whether github.com/mara/site is private is not known here" in run("doctor").out
    repo.git("update-ref", "refs/remotes/site/gh-pages", "gh-pages")
    repo.git("update-ref", "refs/remotes/origin/main", "main")
    said = run("doctor").out
    assert "github.com" not in said
    assert "only here" not in said


def test_a_secret_that_was_taken_out_again_is_found_and_not_printed(repo, run):
    repo.commit({"notes.txt": f"token: {TOKEN}\n"})
    commit = repo.commit({"notes.txt": None, "key": KEY, "pages/.env": "A=1\n"})
    ran = run("doctor", "--json")
    assert ran.code == 1
    first = repo.git("rev-parse", "HEAD~1")[:7]
    assert [(one["severity"], one["code"], one["message"]) for one in findings(ran)][:2] == [
        (
            "error",
            "secret-in-history",
            f"In the history: a GitHub token in content/notes.txt (commit {first}); a private key in content/key "
            f"(commit {commit[:7]}).",
        ),
        (
            "error",
            "secret-in-history",
            f"In git: a file of secrets (.env) in content/pages/.env (commit {commit[:7]}).",
        ),
    ]
    assert TOKEN not in ran.out + ran.err
    assert TOKEN not in run("doctor").out
    assert "content/key" not in run("doctor", "--quick").out


def test_people_to_look_through_again_are_named(repo, run):
    repo.commit({"people/ada.yml": "name: Ada Byron\nreview_by: 2026-10-01\n"})
    assert "What you keep about" not in run("doctor", "--today", "2026-10-01").out
    assert run("doctor", "--today", "2026-10-02").out.splitlines()[-3:] == [
        "notice: What you keep about Ada Byron was to be looked through by now (review_by). [review-overdue]",
        "    playbook check   # says which files; playbook forget takes somebody out of all of them",
        "Nothing serious.",
    ]


def test_a_secret_in_a_stash_and_on_another_branch_is_found(repo, run):
    repo.write({"me.yml": f"name: {TOKEN}\n"})
    repo.git("stash", "push", "--quiet")
    repo.git("switch", "--quiet", "--create", "side")
    repo.commit({"key": KEY})
    repo.git("switch", "--quiet", "main")
    said = findings(run("doctor", "--json"))[0]["message"]
    assert "content/me.yml" in said
    assert "content/key" in said


def test_a_passphrase_that_is_written_out_is_found(repo, run):
    repo.commit({"publish.sh": "export PLAYBOOK_PASSPHRASE='one two three'\n"})
    assert findings(run("doctor", "--json"))[0]["message"].startswith(
        "In git: a passphrase, written out in content/publish.sh (commit "
    )


def test_a_built_site_on_a_branch_is_found(repo, run):
    repo.git("switch", "--quiet", "--orphan", "gh-pages")
    (repo.top / "search").mkdir()
    (repo.top / "search/search_index.json").write_text("{}\n")
    repo.git("add", "search")
    repo.git("commit", "--quiet", "--message", "Site", **repo.dates())
    repo.git("switch", "--quiet", "main")
    codes = [one["code"] for one in findings(run("doctor", "--json"))]
    assert codes[:2] == ["plain-site-published", "built-site-in-history"]


def test_a_playbook_below_the_top_is_judged_by_its_own_files(tmp_path, monkeypatch, run):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    repo = Repo(tmp_path / "outer", prefix="notes/mine")
    root = repo.content.parent
    (root / "mkdocs.yml").write_text(MKDOCS)
    (root / "sealing.yml").write_text("version: 1\n")
    (root / "site").mkdir()
    (repo.top / ".gitignore").write_text("notes/mine/site/\n")
    repo.commit({"me.yml": "name: Ada\n", "pages/about.md": "# About\n"})
    ran = run("doctor", "--json", "-C", str(root))
    assert [one["code"] for one in findings(ran)] == ["no-remote", "no-backup"]


def test_without_a_repository_it_says_what_it_can(empty):
    ran = empty.write({"mkdocs.yml": MKDOCS, "content/pages/people.csv": "name\n"}).run("doctor", "--json")
    assert ran.code == 1
    assert [one["code"] for one in findings(ran)] == ["data-in-docs", "no-history"]


def test_a_clone_that_lacks_versions_is_told_and_not_fetched(repo, run, tmp_path):
    repo.commit({"goals/staff.yml": checklist("Draft", "Ask")})
    repo.git("config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "--quiet", "--filter=blob:none", repo.top.as_uri(), "partial")
    before = run_git(tmp_path / "partial", "count-objects", "-v")
    codes = [one["code"] for one in findings(run("doctor", "--json", "-C", str(tmp_path / "partial")))]
    assert "partial" in codes
    assert run_git(tmp_path / "partial", "count-objects", "-v") == before
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "shallow")
    codes = [one["code"] for one in findings(run("doctor", "--json", "-C", str(tmp_path / "shallow")))]
    assert "shallow" in codes


def test_a_stranger_s_folder_is_read_and_nothing_of_it_run(tmp_path, run):
    folder = tmp_path / "theirs"
    folder.mkdir()
    mark = tmp_path / "fired"
    (folder / "mkdocs.yml").write_text(f"x: !!python/object/apply:os.system ['touch {mark}']\nhooks: [evil.py]\n")
    (folder / "evil.py").write_text(f"open({str(mark)!r}, 'w')\n")
    ran = run("doctor", "--untrusted", "-C", str(folder))
    assert (ran.code, mark.exists()) == (1, False)
    assert [line.rpartition("[")[2] for line in ran.out.splitlines()] == ["python-tags]", "site-hooks]", "runs-code]"]
    nowhere = run("doctor", "--untrusted", "-C", str(tmp_path))
    assert (nowhere.code, nowhere.err) == (
        2,
        f"playbook: there is neither mkdocs.yml nor a repository in '{tmp_path.name}'\n",
    )


def test_names_that_would_move_the_cursor_are_shown_plainly(repo, run):
    repo.commit({"x\x1b[2Jy.pem": KEY})
    assert "\x1b" not in run("doctor").out
