"""A backup: what was put in comes back, compared; what was changed is refused; nothing is left half-way."""

from __future__ import annotations

import dataclasses
import os
import stat
import subprocess
from pathlib import Path

import pytest

from playbook.history.git import GitFailed
from playbook.publish.backup import MAGIC, open_backup, salt_of, seal_backup
from playbook.publish.keys import OwnerKey
from playbook.publish.refused import Refused, WrongSecret
from playbook.repository.bundling import CannotBundle, take_everything
from playbook.repository.everything import FILE, LINK, Everything, Loose, NotEverything, from_files, to_files
from playbook.repository.restoring import NotTheSame, restore
from tests.history.repo import Repo, checklist, run_git

SALT = bytes(range(16))
MASTER = bytes(32)
OWNER = OwnerKey.of_master(MASTER, SALT)
LARGE = {"large": bytes(range(256)) * 2000}


def rich(folder: Path, *, init: tuple[str, ...] = (), prefix: str = "") -> Repo:
    """Branches, tags of both kinds, a note, two stashes, a remote branch; and a working tree in disorder."""
    repo = Repo(folder, prefix=prefix, init=init)
    repo.commit({"me.yml": "name: Ada\n", "goals/staff.yml": checklist("Draft"), "gone.txt": "gone\n"}, "Begin")
    repo.git("tag", "plain")
    repo.git("tag", "--annotate", "--message", "Said", "told")
    repo.git("notes", "add", "--message", "A note")
    repo.git("branch", "side/one")
    for word in ("older", "newer"):
        repo.write({"goals/staff.yml": checklist(word)})
        repo.git("stash", "push", "--quiet", "--message", word)
    repo.commit({"goals/talk.yml": checklist("Find a title")}, "A talk")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    repo.write({"goals/staff.yml": checklist("Not committed"), "new/ada.txt": "new\n", "gone.txt": None})
    repo.write({"staged.txt": "staged\n", "run.sh": "#!/bin/sh\n"})
    (repo.content / "run.sh").chmod(0o755)
    repo.git("add", f"{prefix}/content/staged.txt".lstrip("/"))
    (repo.content / "link").symlink_to("../nowhere")
    (repo.content / os.fsdecode(b"caf\xe9 \n.txt")).write_bytes(b"odd\n")
    (repo.top / ".gitignore").write_text("ignored\n")
    (repo.top / "ignored").write_text("left out\n")
    return repo


def there_and_back(repo: Repo, folder: Path) -> Everything:
    """The same repository in another folder, by way of sealed bytes."""
    root = repo.content.parent
    everything, _ = take_everything(root, MAGIC)
    sealed = seal_backup(to_files(everything), owner=OWNER, salt=SALT, iterations=1_000_000, seq=everything.commits)
    opened = from_files(open_backup(sealed, MASTER))
    assert opened == everything
    restore(opened, folder)
    return everything


def state(top: Path) -> tuple[str, ...]:
    """All that git can tell about a repository."""
    questions = (
        ("for-each-ref", "--format=%(refname) %(objectname) %(symref)"),
        ("rev-parse", "HEAD", "--symbolic-full-name", "HEAD"),
        ("stash", "list", "--format=%H"),
        ("stash", "list", "--format=%gs"),
        ("rev-list", "--objects", "--no-object-names", "--all", "HEAD"),
        ("status", "--porcelain=v1", "-z", "--untracked-files=all"),
    )
    answers = [run_git(top, *words) for words in questions]
    stashes = run_git(top, "rev-list", "--objects", "--no-object-names", "HEAD", *answers[2].split())
    # What was staged is there again, and is not staged.
    changed = sorted(answers.pop().replace("A  ", "?? ").split("\0"))
    return (*answers[:4], *sorted({*answers[4].split(), *stashes.split()}), *changed)


def files(top: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, without git's own and what is ignored: (content, whether it may be run)."""
    found = {}
    for path in top.rglob("*"):
        name = path.relative_to(top).as_posix()
        if name.startswith(".git/") or name == "ignored" or (path.is_dir() and not path.is_symlink()):
            continue
        is_link = path.is_symlink()
        content = os.fsencode(path.readlink()) if is_link else path.read_bytes()
        found[name] = (content, 0 if is_link else stat.S_IMODE(path.stat().st_mode) & 0o100)
    return found


@pytest.mark.few(1)
@pytest.mark.parametrize("case", ["plain", "below the top", "sha256"])
def test_everything_comes_back(tmp_path, case):
    init = ("--object-format=sha256",) if case == "sha256" else ()
    repo = rich(tmp_path / "mine", init=init, prefix="notes/playbook" if case == "below the top" else "")
    before = state(repo.top), files(repo.top)
    there_and_back(repo, tmp_path / "back")
    assert (state(tmp_path / "back"), files(tmp_path / "back")) == before
    assert (state(repo.top), files(repo.top)) == before


def test_a_detached_head_comes_back_detached(tmp_path):
    repo = rich(tmp_path / "mine")
    repo.git("stash", "push", "--quiet", "--include-untracked")
    repo.git("checkout", "--quiet", "--detach", "HEAD~1")
    lonely = repo.commit({"goals/lonely.yml": checklist("On no branch")})
    there_and_back(repo, tmp_path / "back")
    assert run_git(tmp_path / "back", "rev-parse", "--symbolic-full-name", "HEAD") == "HEAD"
    assert run_git(tmp_path / "back", "rev-parse", "HEAD") == lonely
    assert state(tmp_path / "back") == state(repo.top)


def test_commits_of_another_working_tree_come_along_and_the_rest_of_it_is_told(tmp_path):
    repo = rich(tmp_path / "mine")
    repo.git("worktree", "add", "--quiet", "-b", "there", str(tmp_path / "there"))
    _, notes = take_everything(repo.top)
    assert notes == ("Other working trees (there): their commits are in it, what is not committed there is not.",)
    there_and_back(repo, tmp_path / "back")
    assert run_git(tmp_path / "back", "rev-parse", "there") == repo.git("rev-parse", "there")


def test_from_another_working_tree_the_whole_repository_is_taken(tmp_path):
    repo = rich(tmp_path / "mine")
    repo.git("worktree", "add", "--quiet", "-b", "there", str(tmp_path / "there"))
    everything, _ = take_everything(tmp_path / "there")
    assert everything.head == "refs/heads/there"
    restore(everything, tmp_path / "back")
    assert run_git(tmp_path / "back", "for-each-ref") == repo.git("for-each-ref")


def test_what_lies_in_repositories_of_their_own_is_told(tmp_path):
    repo = rich(tmp_path / "mine")
    inner = Repo(tmp_path / "inner")
    inner.commit({"a.txt": "a\n"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.top), "kept")
    repo.git("commit", "--quiet", "--message", "A submodule", "--", "kept", ".gitmodules", **repo.dates())
    Repo(repo.top / "nested").commit({"b.txt": "b\n"})
    everything, notes = take_everything(repo.top)
    assert notes == (
        "nested/ is a repository of its own, and not in it.",
        "kept is a submodule: which commit it is at is in it, its own repository is not.",
    )
    restore(everything, tmp_path / "back")
    assert sorted(path.name for path in (tmp_path / "back" / "kept").iterdir()) == []


def test_a_backup_in_the_folder_is_not_put_into_the_next(tmp_path):
    repo = rich(tmp_path / "mine")
    (repo.top / "mine.backup").write_bytes(MAGIC + b"x")
    everything, notes = take_everything(repo.top, MAGIC)
    assert "mine.backup" not in {loose.path for loose in everything.loose}
    assert notes == ("mine.backup is a backup itself, and not in it.",)


# ---- what cannot be taken


def test_a_shallow_clone_is_refused(tmp_path):
    repo = rich(tmp_path / "mine")
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "shallow")
    with pytest.raises(CannotBundle, match="git fetch --unshallow"):
        take_everything(tmp_path / "shallow")


def test_a_partial_clone_is_refused(tmp_path):
    repo = rich(tmp_path / "mine")
    repo.git("config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "--quiet", "--filter=blob:none", repo.top.as_uri(), "partial")
    with pytest.raises(CannotBundle, match="partial"):
        take_everything(tmp_path / "partial")


def test_a_repository_that_lacks_an_object_is_refused(tmp_path):
    repo = rich(tmp_path / "mine")
    blob = repo.git("rev-parse", "plain:content/me.yml")
    (repo.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitFailed):
        take_everything(repo.top)


@pytest.mark.parametrize("case", ["no repository", "no commits"])
def test_where_there_is_nothing_it_says_what_to_do(tmp_path, monkeypatch, case):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "mine").mkdir()
    if case == "no commits":
        run_git(tmp_path / "mine", "init", "--quiet")
    with pytest.raises(CannotBundle, match="Run: git "):
        take_everything(tmp_path / "mine")


# ---- where it is put


def test_a_folder_with_something_in_it_is_not_touched(tmp_path):
    everything, _ = take_everything(rich(tmp_path / "mine").top)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine\n")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("full", "full/x", "link"):
        with pytest.raises(FileExistsError):
            restore(everything, tmp_path / name)
    assert (tmp_path / "full" / "x").read_text() == "mine\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "link", "mine"]


def test_an_empty_folder_and_one_to_be_made_are_taken(tmp_path):
    everything, _ = take_everything(rich(tmp_path / "mine").top)
    (tmp_path / "empty").mkdir()
    for name in ("empty", "a/b/c"):
        restore(everything, tmp_path / name)
        assert run_git(tmp_path / name, "log", "-1", "--format=%s") == "A talk"


@pytest.mark.few(2)
@pytest.mark.parametrize("wrong", ["bundle", "ref", "object", "interrupted"])
def test_what_ends_half_way_leaves_nothing(tmp_path, monkeypatch, wrong):
    everything, _ = take_everything(rich(tmp_path / "mine").top)
    flipped = bytearray(everything.bundle)
    flipped[-40] ^= 1
    bad = {
        "bundle": dataclasses.replace(everything, bundle=bytes(flipped)),
        "ref": dataclasses.replace(everything, refs={**everything.refs, "refs/heads/x": "1" * 40}),
        "object": dataclasses.replace(everything, objects=dataclasses.replace(everything.objects, count=1)),
        "interrupted": dataclasses.replace(everything, loose=(*everything.loose, Interrupting("z", FILE, b""))),
    }[wrong]
    with pytest.raises((GitFailed, NotTheSame, KeyboardInterrupt)):
        restore(bad, tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


class Interrupting(Loose):
    """A file at which somebody presses Ctrl-C."""

    def __getattribute__(self, name):
        if name == "mode":
            raise KeyboardInterrupt
        return super().__getattribute__(name)


def test_no_hook_setting_or_address_comes_along(tmp_path):
    repo = rich(tmp_path / "mine")
    repo.git("remote", "add", "origin", "https://mara:word@example.org/x.git")
    repo.git("config", "core.fsmonitor", "/bin/false")
    (repo.top / ".git/hooks/post-checkout").write_text("#!/bin/sh\n")
    restore(take_everything(repo.top)[0], tmp_path / "back")
    assert not (tmp_path / "back/.git/hooks").exists()
    assert set(run_git(tmp_path / "back", "config", "--local", "--list", "--name-only").split()) == {
        "core.repositoryformatversion",
        "core.filemode",
        "core.bare",
        "core.logallrefupdates",
    }


def test_a_link_in_the_last_commit_leads_no_file_out_of_the_folder(tmp_path):
    (tmp_path / "outside").mkdir()
    repo = Repo(tmp_path / "mine")
    (repo.top / "way").symlink_to("../outside")
    repo.commit({"me.yml": "name: Ada\n"})
    everything, _ = take_everything(repo.top)
    hostile = dataclasses.replace(everything, loose=(Loose("way/in.txt", FILE, b"x"),))
    restore(hostile, tmp_path / "back")
    assert list((tmp_path / "outside").iterdir()) == []
    assert (tmp_path / "back/way/in.txt").read_bytes() == b"x"


@pytest.mark.few(3)
@pytest.mark.parametrize("path", ["../x", "/x", ".git/config", "a/../../x", "a/.GIT/hooks/x", "", "."])
def test_a_path_that_leads_out_is_refused(tmp_path, path):
    everything, _ = take_everything(rich(tmp_path / "mine").top)
    hostile = to_files(dataclasses.replace(everything, loose=(Loose(path, LINK, b"x"),)))
    with pytest.raises(NotEverything):
        from_files(hostile)
    with pytest.raises(NotEverything):
        from_files(to_files(dataclasses.replace(everything, removed=(path,))))


@pytest.mark.few(2)
@pytest.mark.parametrize("name", ["HEAD", "refs/../x", "refs/heads/a b", "--exec=x", "refs/heads/x\n"])
def test_a_name_that_is_no_ref_is_refused(tmp_path, name):
    everything, _ = take_everything(rich(tmp_path / "mine").top)
    with pytest.raises(NotEverything):
        from_files(to_files(dataclasses.replace(everything, refs={name: "1" * 40})))


# ---- the container


def test_every_flipped_bit_is_refused():
    sealed = seal_backup({"a": b"one", "b/c": b"two"}, owner=OWNER, salt=SALT, iterations=1_000_000, seq=3)
    assert open_backup(sealed, MASTER) == {"a": b"one", "b/c": b"two"}
    # Every byte of the head, and a sample of the pack, whose every bit GCM covers.
    head = len(sealed) - 131_100
    for at in (*range(head + 12), *range(head + 12, len(sealed), 1013), len(sealed) - 1):
        flipped = bytearray(sealed)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(Refused):
            open_backup(bytes(flipped), MASTER)


def test_what_is_cut_off_or_has_grown_is_refused():
    sealed = seal_backup(LARGE, owner=OWNER, salt=SALT, iterations=1_000_000, seq=3)
    assert open_backup(sealed, MASTER) == LARGE
    for length in (0, 5, 18, 22, 500, len(sealed) - 131_100, len(sealed) - 1):
        with pytest.raises(Refused):
            open_backup(sealed[:length], MASTER)
    for more in (b"x", sealed[-131_100:]):
        with pytest.raises(Refused):
            open_backup(sealed + more, MASTER)


def test_the_same_content_gives_the_same_file_and_another_key_opens_none():
    sealed, again = (seal_backup(LARGE, owner=OWNER, salt=SALT, iterations=1_000_000, seq=3) for _ in range(2))
    assert sealed == again
    assert salt_of(sealed) == SALT
    with pytest.raises(WrongSecret):
        open_backup(sealed, bytes(31) + b"x")


def test_a_bundle_of_many_parts_is_put_together(tmp_path, monkeypatch):
    monkeypatch.setattr("playbook.repository.everything._PART", 100)
    everything, _ = take_everything(rich(tmp_path / "mine").top)
    assert len(to_files(everything)) > len(everything.bundle) // 100
    assert from_files(to_files(everything)) == everything


def test_git_alone_makes_a_repository_of_the_bundle(tmp_path):
    repo = rich(tmp_path / "mine")
    everything, _ = take_everything(repo.top)
    (tmp_path / "playbook.bundle").write_bytes(to_files(everything)["playbook.bundle"])
    subprocess.run(["git", "clone", "--quiet", "playbook.bundle", "by-hand"], cwd=tmp_path, check=True)
    assert run_git(tmp_path / "by-hand", "rev-parse", "HEAD") == repo.git("rev-parse", "HEAD")
