"""`playbook backup` and `playbook restore`: from one machine to another with a file and a passphrase."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from playbook.publish.recipients import begin
from playbook.publish.sealing_file import write_sealing
from tests.history.repo import checklist, run_git

PASSPHRASE = "unmasked cobbler tidal sixteen harpist jubilant"  # noqa: S105  (made up)


@pytest.fixture
def repo(book_repo, tmp_path, monkeypatch):
    (book_repo.top / ".gitignore").write_text("/.cache/\n")
    book_repo.commit({"goals/staff.yml": checklist("Draft")}, "Begin")
    monkeypatch.delenv("PLAYBOOK_PASSPHRASE", raising=False)
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    file.chmod(0o600)
    return book_repo


@pytest.fixture
def with_passphrase(tmp_path) -> tuple[str, str]:
    return "--passphrase-file", str(tmp_path / "passphrase")


def test_it_comes_back_on_another_machine(repo, run, tmp_path, with_passphrase):
    repo.write({"goals/staff.yml": checklist("Draft", "Ask"), "people/ada.yml": "name: Ada\n", "pages/about.md": None})
    ran = run("backup", "../mine.backup", *with_passphrase)
    assert ran.code == 0, ran
    assert ran.out == "1 commit, 1 branch, 10 objects, 3 changes not committed in ../mine.backup (0.1 MB).\n"
    assert ran.err == (
        "This playbook has no passphrase yet (the first publish makes one, and sealing.yml), so this backup gets one "
        "of its own. Keep it: nothing else opens the file.\n"
    )
    assert b"staff" not in (tmp_path / "mine.backup").read_bytes()
    back = run("restore", str(tmp_path / "mine.backup"), str(tmp_path / "back"), *with_passphrase)
    assert (back.code, back.err) == (0, "")
    assert back.out.splitlines() == [
        f"1 commit, 1 ref and 10 objects in {tmp_path}/back, each as it was put in.",
        "Not committed, as it was when the backup was made:",
        "  ~ content/goals/staff.yml",
        "  ~ content/people/ada.yml",
        "  - content/pages/about.md",
        f"Hooks, settings and remotes are not in a backup. Next: playbook doctor -C {tmp_path}/back",
    ]
    assert run_git(tmp_path / "back", "status", "--short") == repo.git("status", "--short")
    assert run_git(tmp_path / "back", "rev-parse", "HEAD") == repo.git("rev-parse", "HEAD")


def test_with_a_sealing_yml_it_is_the_owner_s_passphrase(repo, run, tmp_path, with_passphrase, monkeypatch):
    sealing, _ = begin(PASSPHRASE)
    write_sealing(repo.top / "sealing.yml", sealing)
    ran = run("backup", "../mine.backup", *with_passphrase)
    assert (ran.code, ran.err) == (0, "")
    (tmp_path / "passphrase").write_text("another one\n")
    wrong = run("backup", "../other.backup", *with_passphrase)
    assert (wrong.code, wrong.err) == (
        2,
        "playbook: the passphrase is not the one that sealing.yml was made with\n",
    )
    assert not (tmp_path / "other.backup").exists()
    monkeypatch.setenv("PLAYBOOK_PASSPHRASE", PASSPHRASE)
    assert run("restore", "../mine.backup", "../back").code == 0
    assert (tmp_path / "back" / "sealing.yml").read_bytes() == (repo.top / "sealing.yml").read_bytes()


def test_a_wrong_passphrase_and_a_damaged_file_leave_nothing(repo, run, tmp_path, with_passphrase):
    run("backup", "../mine.backup", *with_passphrase)
    content = bytearray((tmp_path / "mine.backup").read_bytes())
    content[-1] ^= 1
    (tmp_path / "bad.backup").write_bytes(content)
    bad = run("restore", "../bad.backup", "../back", *with_passphrase)
    assert bad.code == 2
    assert bad.err.startswith("playbook: 'bad.backup' was not restored: pack 1 or the header")
    (tmp_path / "passphrase").write_text("another one\n")
    wrong = run("restore", "../mine.backup", "../back", *with_passphrase)
    assert (wrong.code, wrong.err) == (
        2,
        "playbook: 'mine.backup' was not restored: the passphrase does not open it; or the header (h.json) was "
        "changed\n",
    )
    assert run("restore", "mkdocs.yml", "../back", *with_passphrase).err == (
        "playbook: 'mkdocs.yml' was not restored: this is no backup of a playbook\n"
    )
    assert not (tmp_path / "back").exists()


def test_a_file_that_is_there_stays_unless_forced(repo, run, tmp_path, with_passphrase):
    target = tmp_path / "mine.backup"
    target.write_text("old\n")
    ran = run("backup", "../mine.backup", *with_passphrase)
    assert (ran.code, ran.err) == (
        2,
        "playbook: 'mine.backup' is there already; --force puts this backup in its place\n",
    )
    assert target.read_text() == "old\n"
    assert run("backup", "../mine.backup", "--force", *with_passphrase).code == 0
    assert target.read_bytes().startswith(b"playbook-backup/1\n")
    for name, why in (("..", "is no file"), ("../link", "is no file"), ("../none/x", "there is no folder")):
        if name == "../link":
            (tmp_path / "link").symlink_to(target)
        assert why in run("backup", name, "--force", *with_passphrase).err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".playbook")) == []


def test_a_folder_with_something_in_it_is_refused_before_anybody_is_asked(repo, run, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_text("mine\n")
    ran = run("restore", "none", "../full")
    assert (ran.code, ran.err) == (
        2,
        "playbook: 'full' is there already, and not an empty folder; name a new folder\n",
    )
    assert "playbook: '.' is there already, and not an empty folder" in run("restore", "none", ".").err


def test_without_a_passphrase_or_with_a_weak_one_nothing_is_written(repo, run, tmp_path, with_passphrase):
    before = sorted(path.name for path in tmp_path.iterdir())
    assert run("backup", "../mine.backup").code == 2
    (tmp_path / "passphrase").write_text("ada123\n")
    weak = run("backup", "../mine.backup", *with_passphrase)
    assert weak.code == 2
    assert "too weak" in weak.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert run("backup", "../mine.backup", "--accept-weak", *with_passphrase).code == 0


def test_the_doctor_remembers_the_last_one(repo, run, tmp_path, with_passphrase):
    run("backup", "../mine.backup", *with_passphrase)
    memo = repo.top / ".git/playbook/backup.json"
    day = json.loads(memo.read_text())["when"][:10]
    assert stat.S_IMODE(memo.parent.stat().st_mode) == 0o700
    assert f"notice: The last backup is of {day}. [last-backup]" in run("doctor").out
    repo.commit({"goals/staff.yml": checklist("Draft", "Ask")})
    assert f"notice: The last backup is of {day}, 1 commit ago. [last-backup]" in run("doctor").out
    memo.write_text("{")
    assert "There was never a backup" in run("doctor").out


def test_nothing_in_the_repository_changes_but_its_memory(repo, run, with_passphrase):
    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in Path(repo.top).rglob("*") if path.is_file()}

    before = everything()
    run("backup", "../mine.backup", *with_passphrase)
    after = everything()
    assert after.pop(str(repo.top / ".git/playbook/backup.json"))
    assert after == before


def test_a_shallow_clone_says_what_to_do(repo, run, tmp_path, with_passphrase):
    repo.commit({"goals/staff.yml": checklist("Draft", "Ask")})
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "shallow")
    ran = run("backup", str(tmp_path / "mine.backup"), "-C", str(tmp_path / "shallow"), *with_passphrase)
    assert (ran.code, ran.err) == (
        2,
        "playbook: This clone is shallow: the history begins in its middle, so it cannot be put into a backup. Run: "
        "git fetch --unshallow\n",
    )


def test_one_inside_the_playbook_is_told_and_not_put_into_the_next(repo, run, with_passphrase):
    first = run("backup", "mine.backup", *with_passphrase)
    assert first.err.splitlines()[1] == (
        "It lies in the playbook's own folder; move it off this machine, and commit it nowhere."
    )
    second = run("backup", "../mine.backup", *with_passphrase)
    assert second.err.splitlines()[1] == "mine.backup is a backup itself, and not in it."
