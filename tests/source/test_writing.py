"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from playbook.source import writing
from playbook.source.writing import ChangedMeanwhile, create_file, create_tree, replace_file, write_file

ROOT = Path(__file__).parents[2]
no_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


def everything(folder: Path) -> dict[str, bytes]:
    """Path below the folder → content, hidden files too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_a_small_disk(code: str, folder: Path) -> str:
    """What a process prints that may write files of 1,000 bytes at most."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    head = f"{limit}\nfrom pathlib import Path\nfrom playbook.source.writing import *\nfolder = Path({str(folder)!r})\n"
    body = f"try:\n    {code}\nexcept OSError as error:\n    print(error.strerror)\n"
    done = subprocess.run([sys.executable, "-c", head + body], capture_output=True, text=True, cwd=ROOT, check=True)
    return done.stdout.strip()


def test_a_file_is_written_and_nothing_lies_beside_it(tmp_path):
    write_file(tmp_path / "goal.yml", b"title: Be promoted\n")
    assert everything(tmp_path) == {"goal.yml": b"title: Be promoted\n"}


def test_a_file_that_is_there_is_replaced_and_keeps_its_permissions(tmp_path):
    file = tmp_path / "goal.yml"
    file.write_bytes(b"title: Old\n")
    file.chmod(0o640)
    write_file(file, b"title: New\n")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"title: New\n", 0o640)


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "a.yml", b"")
        create_file(tmp_path / "b.yml", b"")
        create_tree(tmp_path / "new", {"c.yml": b""})
    finally:
        os.umask(before)
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("a.yml", "b.yml", "new", "new/c.yml")}
    assert modes == {"a.yml": 0o640, "b.yml": 0o640, "new": 0o750, "new/c.yml": 0o640}


def test_a_full_disk_leaves_the_old_file(tmp_path):
    (tmp_path / "goal.yml").write_bytes(b"title: Old\n")
    assert with_a_small_disk("write_file(folder / 'goal.yml', b'x' * 2000)", tmp_path) == "File too large"
    assert everything(tmp_path) == {"goal.yml": b"title: Old\n"}


def test_a_full_disk_leaves_no_new_file(tmp_path):
    assert with_a_small_disk("create_file(folder / 'goal.yml', b'x' * 2000)", tmp_path) == "File too large"
    assert everything(tmp_path) == {}


def test_a_full_disk_leaves_no_new_folder_and_none_of_its_parents(tmp_path):
    said = with_a_small_disk("create_tree(folder / 'a' / 'b', {'x': b'small', 'y': b'x' * 2000})", tmp_path)
    assert (said, list(tmp_path.iterdir())) == ("File too large", [])


@no_root
def test_a_file_that_its_owner_locked_is_not_replaced(tmp_path):
    file = tmp_path / "goal.yml"
    file.write_bytes(b"title: Old\n")
    file.chmod(0o400)
    with pytest.raises(PermissionError):
        write_file(file, b"title: New\n")
    assert everything(tmp_path) == {"goal.yml": b"title: Old\n"}


def test_what_is_no_file_takes_the_bytes_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"for whoever reads")
        assert os.read(end, 100) == b"for whoever reads"
    finally:
        os.close(end)
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path):
    target = tmp_path / "elsewhere" / "sheet.pdf"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "sheet.pdf"
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_is_replaced_while_it_holds_what_was_read(tmp_path):
    file = tmp_path / "ada.yml"
    file.write_bytes(b"name: Ada\n")
    file.chmod(0o640)
    replace_file(file, b"name: Ada Lovelace\n", b"name: Ada\n")
    assert everything(tmp_path) == {"ada.yml": b"name: Ada Lovelace\n"}
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_was_saved_meanwhile_is_not_replaced(tmp_path):
    file = tmp_path / "ada.yml"
    file.write_bytes(b"saved by an editor\n")
    with pytest.raises(ChangedMeanwhile):
        replace_file(file, b"ours\n", b"as it was read\n")
    with pytest.raises(ChangedMeanwhile):
        replace_file(tmp_path / "gone.yml", b"ours\n", b"as it was read\n")
    assert everything(tmp_path) == {"ada.yml": b"saved by an editor\n"}


def test_what_is_saved_between_the_last_look_and_the_move_is_put_back(tmp_path, monkeypatch):
    file = tmp_path / "ada.yml"
    file.write_bytes(b"as it was read\n")
    exchange, times = writing._exchange, []

    def saved_first(one: Path, other: Path) -> bool:
        if not times:
            (tmp_path / "new").write_bytes(b"saved by an editor\n")
            (tmp_path / "new").replace(other)
        times.append(other)
        return exchange(one, other)

    monkeypatch.setattr(writing, "_exchange", saved_first)
    with pytest.raises(ChangedMeanwhile):
        replace_file(file, b"ours\n", b"as it was read\n")
    assert everything(tmp_path) == {"ada.yml": b"saved by an editor\n"}


def test_what_is_there_is_never_created_again(tmp_path):
    (tmp_path / "goal.yml").write_bytes(b"title: Old\n")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "goal.yml", b"title: New\n")
    assert everything(tmp_path) == {"goal.yml": b"title: Old\n"}


def test_a_link_that_leads_nowhere_is_something_that_is_there(tmp_path):
    (tmp_path / "goal.yml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "goal.yml", b"title: New\n")
    assert [path.name for path in tmp_path.iterdir()] == ["goal.yml"]


def test_a_file_system_without_links_is_written_too(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EOPNOTSUPP, "no links here")

    # No file system of this kind can be made without being root; the call that it refuses is all that differs.
    monkeypatch.setattr(writing.os, "link", refuse)
    create_file(tmp_path / "goal.yml", b"title: New\n")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "goal.yml", b"title: Newer\n")
    assert everything(tmp_path) == {"goal.yml": b"title: New\n"}


def test_a_tree_is_made_with_its_parents(tmp_path):
    create_tree(tmp_path / "a" / "b", {"x.yml": b"1", "deep/er/y.yml": b"2"})
    assert everything(tmp_path) == {"a/b/x.yml": b"1", "a/b/deep/er/y.yml": b"2"}


def test_a_tree_goes_into_an_empty_folder_beside_what_has_another_name(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"main")
    create_tree(tmp_path, {"x.yml": b"1", "content/y.yml": b"2"})
    assert everything(tmp_path) == {".git/HEAD": b"main", "x.yml": b"1", "content/y.yml": b"2"}


def test_a_tree_that_meets_a_file_of_its_name_changes_nothing(tmp_path):
    (tmp_path / "y.yml").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        create_tree(tmp_path, {"x.yml": b"1", "y.yml": b"2", "z/z.yml": b"3"})
    assert everything(tmp_path) == {"y.yml": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["y.yml"]


def test_a_folder_whose_name_is_as_long_as_may_be_is_made(tmp_path):
    create_tree(tmp_path / ("n" * 250), {"x.yml": b"1"})
    assert everything(tmp_path) == {f"{'n' * 250}/x.yml": b"1"}
