"""What is remembered is what would be read, and only that; what is damaged or somebody else's is not looked at."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import remembered
from playbook.load import Loaded, load
from playbook.own_cache import SWITCH, keep, read_kept
from playbook.remembered import Remembered

TODAY = dt.date(2026, 11, 21)
EXAMPLE = Path(__file__).parents[1] / "content"


@pytest.fixture(autouse=True)
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests remember nothing, lest one of them leaves something in the folder of whoever runs them."""
    monkeypatch.delenv(SWITCH, raising=False)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "content")
    return tmp_path / "content"


def read(content: Path, folder: Path) -> tuple[Loaded, Remembered]:
    cache = Remembered(content, folder)
    loaded = load(content, TODAY, cache=cache)
    cache.keep()
    return loaded, cache


def same(one: Loaded, other: Loaded) -> bool:
    """Whether two loads say the same, places too."""
    places = [
        [(entry.key, entry.record, entry.place_of(), entry.place_of(("checklist", 0, "task")), entry.line_of(("log",)))
         for entry in loaded.playbook.entries()]
        for loaded in (one, other)
    ]  # fmt: skip
    return places[0] == places[1] and (one.problems, one.names, one.playbook.me.record) == (
        other.problems, other.names, other.playbook.me.record,
    )  # fmt: skip


def test_a_second_process_reads_what_the_first_one_read(content: Path, tmp_path: Path) -> None:
    cold, first = read(content, tmp_path / "kept")
    assert first._known == {}
    warm, second = read(content, tmp_path / "kept")
    assert len(second._known) == len(list(cold.playbook.entries())) + 1
    assert same(cold, warm)


def test_only_what_changed_is_read_again(content: Path, tmp_path: Path) -> None:
    read(content, tmp_path / "kept")
    me = content / "me.yml"
    me.write_text(me.read_text().replace("name: Mara", "name: Mira", 1))
    (content / "people" / "anselm-okoro.yml").unlink()
    (content / "people" / "new.yml").write_text("name: New\nknows: [nobody-at-all]\n")
    (content / "people" / "broken.yml").write_text("name: [\n")
    cold = load(content, TODAY)
    warm, _ = read(content, tmp_path / "kept")
    again, cache = read(content, tmp_path / "kept")
    assert same(cold, warm)
    assert same(cold, again)
    # What has a problem is read each time, so that it is told each time.
    assert not any(path.endswith("broken.yml") for path in cache._known)


SMALL = {
    "people/ada.yml": "name: Ada Novak\ncircle: inner\nlog:\n  - {date: 2026-11-01, kind: met}\npromises: [Send the numbers]\n",
    "people/bo.yml": "name: Bo\nknows: [ada]\nnotes: |\n  Two\n  lines\n",
    "goals/staff.yml": "title: Staff\npeople: [ada, bo]\nchecklist:\n  - {id: draft, task: Draft, due: 2026-12-01}\n",
}
PIECES = [
    "",
    "\n",
    "\r\n",
    "\t",
    "\ufeff",
    "\x85",
    "\udc80",
    "#",
    "- ",
    ": ",
    "[",
    "}",
    "'",
    "nobody",
    "ada",
    "2026-02-30",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(SMALL)), st.integers(0, 90), st.integers(0, 25), st.sampled_from(PIECES)),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_whatever_becomes_of_the_files_the_answer_is_that_of_reading_them_all(
    edits: list[tuple[str, int, int, str]], is_moved: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.delenv(SWITCH, raising=False)
        content, kept = Path(folder) / "content", Path(folder) / "kept"
        for name, text in SMALL.items():
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_text(text)
        read(content, kept)
        for name, start, length, piece in edits:
            file = content / name
            text = file.read_bytes().decode(errors="surrogateescape")
            state = file.stat()
            file.write_bytes(f"{text[:start]}{piece}{text[start + length :]}".encode(errors="surrogateescape"))
            os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
            if is_moved:
                shutil.copy(file, content / "people" / "other.yml")
            assert same(load(content, TODAY), read(content, kept)[0])


@pytest.mark.parametrize("damage", [b"", b"not ours at all", b"cut", b"flipped"])
def test_what_is_damaged_is_read_anew(content: Path, tmp_path: Path, damage: bytes) -> None:
    cold, _ = read(content, tmp_path / "kept")
    [file] = (tmp_path / "kept").iterdir()
    whole = file.read_bytes()
    file.write_bytes({b"cut": whole[:-100], b"flipped": whole[:40] + b"\xff" + whole[41:]}.get(damage, damage))
    file.chmod(0o600)
    warm, cache = read(content, tmp_path / "kept")
    assert (same(cold, warm), cache._known) == (True, {})


def test_a_byte_that_the_disk_has_changed_is_not_believed(content: Path, tmp_path: Path) -> None:
    cold, _ = read(content, tmp_path / "kept")
    [file] = (tmp_path / "kept").iterdir()
    whole = file.read_bytes()
    # In the record, not in the file's bytes: it would still be somebody's name.
    at = whole.rindex(b"Anselm Okoro")
    file.write_bytes(whole[:at] + b"B" + whole[at + 1 :])
    warm, cache = read(content, tmp_path / "kept")
    assert (same(cold, warm), cache._known) == (True, {})


@pytest.mark.parametrize("held", [(), (b"",), (b"", None), ["x", "y"], (b"", 1, 2)])
def test_what_another_version_kept_in_another_way_is_read_anew(content: Path, tmp_path: Path, held: object) -> None:
    cold, _ = read(content, tmp_path / "kept")
    [file] = (tmp_path / "kept").iterdir()
    keep(file, remembered._format() + pickle.dumps({"content/me.yml": held}))
    warm, cache = read(content, tmp_path / "kept")
    assert (same(cold, warm), cache._known) == (True, {})


@pytest.mark.skipif(os.name != "posix", reason="there are no such things there")
def test_nobody_waits_for_a_pipe_or_follows_a_link_to_what_is_kept(tmp_path: Path) -> None:
    keep(tmp_path / "file", b"said")
    assert read_kept(tmp_path / "file", 100) == b"said"
    (tmp_path / "link").symlink_to("file")
    assert read_kept(tmp_path / "link", 100) is None
    os.mkfifo(tmp_path / "pipe", 0o600)
    code = (
        "import pathlib, sys; from playbook.own_cache import read_kept; print(read_kept(pathlib.Path(sys.argv[1]), 9))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pipe")], capture_output=True, timeout=60, check=True
    )
    assert ran.stdout == b"None\n"


@pytest.mark.skipif(os.name != "posix", reason="permissions are told otherwise there")
def test_a_file_that_others_may_write_is_not_opened(content: Path, tmp_path: Path) -> None:
    read(content, tmp_path / "kept")
    [file] = (tmp_path / "kept").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    canary = tmp_path / "canary"

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str, ...]]:
            return (os.mkdir, (str(canary),))

    keep(file, remembered._format() + pickle.dumps(Trap()))
    file.chmod(0o620)
    read(content, tmp_path / "kept")
    assert not canary.exists()
    # The control: a file of ours would have been believed, which is why it lies in no playbook.
    keep(file, remembered._format() + pickle.dumps(Trap()))
    file.chmod(0o600)
    read(content, tmp_path / "kept")
    assert canary.exists()


def test_other_rules_begin_anew(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(content, tmp_path / "kept")
    monkeypatch.setattr(remembered, "__version__", "another")
    assert read(content, tmp_path / "kept")[1]._known == {}


def test_it_can_be_switched_off_and_do_without_a_folder(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    cold = load(content, TODAY)
    assert same(cold, read(content, tmp_path / "file" / "kept")[0])
    monkeypatch.setenv(SWITCH, "1")
    read(content, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_what_nobody_has_written_anew_for_a_season_is_taken_away(tmp_path: Path) -> None:
    room = tmp_path / "records"
    for name, days in (("old", 91), ("young", 89)):
        keep(room / name, b"x")
        then = (room / name).stat().st_mtime - days * 24 * 60 * 60
        os.utime(room / name, (then, then))
    (room / "folder").mkdir()
    os.utime(room / "folder", (0, 0))
    keep(room / "new", b"y")
    assert sorted(one.name for one in room.iterdir()) == ["folder", "new", "young"]


def test_nothing_is_remembered_inside_the_playbook(content: Path, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if "kept" not in path.parts}
    read(content, tmp_path / "kept")
    assert {path for path in tmp_path.rglob("*") if "kept" not in path.parts} == before
