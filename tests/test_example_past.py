"""The invented past of the example: it ends in the files as they are, and is read as a history of every item."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from textwrap import dedent

import pytest

from playbook.example_past import invent_past
from playbook.history.checklists import State
from playbook.history.reading import read_history
from playbook.history.timeline import Change, Timeline
from playbook.repository.importing import make_repository
from playbook.shipped import example_folder

TODAY = dt.date(2026, 11, 21)
MARA = "Mara Tamm <mara@example.org>"


def example() -> dict[str, bytes]:
    content = example_folder() / "content"
    return {p.relative_to(content).as_posix(): p.read_bytes() for p in sorted(content.rglob("*")) if p.is_file()}


def history_of(folder: Path, files: dict[str, bytes]) -> Timeline:
    """The timeline of the invented past, with the files on the disk as they are."""
    for path, content in files.items():
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_bytes(content)
    commits = [(c.day, c.subject, {f"content/{p}": b for p, b in c.files.items()}) for c in invent_past(files, TODAY)]
    make_repository(folder, commits, author=MARA)
    found = read_history(folder / "content")
    assert isinstance(found, Timeline)
    return found


def versions(text: str, path: str = "goals/a.yml") -> dict[str, str]:
    """Day → what the file held from then on."""
    content = dedent(text).lstrip("\n").encode()
    return {c.day.isoformat(): c.files[path].decode() for c in invent_past({path: content}, TODAY)}


def test_the_past_of_the_example_ends_in_its_files_and_every_item_is_followed(tmp_path: Path) -> None:
    files = example()
    timeline = history_of(tmp_path, files)
    assert not timeline.steps[-1].is_working_tree
    assert timeline.notes == ()
    assert len(timeline.steps) > 80
    # Nothing was lost on the way: each item came once, and is there.
    assert all(item.is_live for item in timeline.items)
    kinds = [event.kind for event in timeline.events]
    assert kinds.count(Change.CREATED) == len(timeline.items)
    assert {Change.DONE, Change.UNDONE, Change.REWORDED, Change.SKIPPED} <= set(kinds)
    assert not {Change.DROPPED, Change.MOVED, Change.RESTORED} & set(kinds)
    for item in timeline.items:
        if item.state is State.DONE and item.done_on:
            assert item.done is not None
            assert timeline.steps[item.done].day.isoformat() == item.done_on, item.text


def test_the_past_is_the_same_each_time() -> None:
    files = example()
    assert invent_past(files, TODAY) == invent_past(dict(reversed(files.items())), TODAY)


def test_an_item_is_done_on_the_day_that_is_written() -> None:
    text = """
        title: A
        start: 2026-06-01
        checklist:
          - task: Draft it
            done: 2026-07-01
            evidence: docs/draft.md
          - {task: Say it, done: 2026-08-01}
        why: So
        """
    whole = dedent(text).lstrip("\n")
    found = versions(text)
    assert found["2026-07-01"] == whole.replace(", done: 2026-08-01", "")
    assert found["2026-08-01"] == whole
    assert next(iter(found)) == "2026-06-01"


@pytest.mark.parametrize(
    "text",
    ["title: A\nchecklist: [One, Two]\n", "title: A\nchecklist: []\n", "title: [\n", "- a\n", ""],
)
def test_whatever_a_file_holds_its_last_version_is_itself(text: str) -> None:
    assert list(versions(text).values())[-1] == text


def test_a_repository_is_never_made_where_there_is_one(tmp_path: Path) -> None:
    make_repository(tmp_path, [(TODAY, "Begin", {"a": b"1"})], author=MARA)
    with pytest.raises(FileExistsError):
        make_repository(tmp_path, [(TODAY, "Begin", {"a": b"2"})], author=MARA)
