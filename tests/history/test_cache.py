"""What is remembered gives what reading everything gives; what cannot be trusted is thrown away with a word."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Iterable

import pytest

from playbook.history import cache as cache_module
from playbook.history import reading as reading_module
from playbook.history.reading import read_history
from playbook.history.timeline import Event, Timeline
from tests.history.repo import Repo, checklist, run_git, story


@pytest.fixture
def repo(tmp_path):
    made = Repo(tmp_path / "mine")
    made.commit({"goals/a.yml": checklist("One", "Two")}, "Begin")
    made.commit({"goals/a.yml": checklist("{task: One, done: true}", "Two")}, "One is done")
    return made


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache/history.sqlite3"


@pytest.fixture
def read(monkeypatch):
    """How many commits each reading of a history has taken from git."""
    counts: list[int] = []

    def counting(told):
        counts.append(0)
        for commit in told:
            counts[-1] += 1
            yield commit

    for name in ("whole_chain", "with_texts"):
        real = getattr(reading_module, name)
        monkeypatch.setattr(
            reading_module, name, lambda *arguments, real=real, **options: counting(real(*arguments, **options))
        )
    return counts


def wandering(seed: int, count: int):
    """A year of edits of every kind, of items with and without ids, as commits for `import_commits`."""
    chance = random.Random(seed)  # noqa: S311
    words = [
        "write",
        "read",
        "ask",
        "draft",
        "send",
        "book",
        "plan",
        "call",
        "thank",
        "rest",
        "paper",
        "slides",
        "council",
        "packet",
        "guild",
        "talk",
        "letter",
        "night",
    ]
    files: dict[str, list[tuple[str, str, str]]] = {}
    for number in range(count):
        changes: dict[str, str | None] = {}
        for _ in range(chance.choice((1, 1, 2, 3))):
            path = f"goals/g{chance.randrange(6)}.yml"
            items = files.setdefault(path, [])
            act = chance.randrange(12)
            if act <= 3 or not items:
                name = f"i{number}{chance.randrange(99)}" if chance.random() < 0.3 else ""
                items.insert(
                    chance.randint(0, len(items)), (name, " ".join(chance.sample(words, chance.randint(1, 6))), "")
                )
            else:
                at = chance.randrange(len(items))
                name, text, state = items[at]
                if act <= 6:
                    items[at] = (name, text, chance.choice(("done: true", "done: 2026-01-01", "skipped: No", "")))
                elif act == 7:
                    items[at] = (name, f"{text} {chance.choice(words)}", state)
                elif act == 8:
                    del items[at]
                elif act == 9:
                    other = f"goals/g{chance.randrange(6)}.yml"
                    files.setdefault(other, []).append(items.pop(at))
                    changes[other] = None
                elif act == 10:
                    other = f"goals/r{number}.yml"
                    files[other], changes[other] = files.pop(path), None
                elif act == 11:
                    changes[path] = "checklist: [broken\n"
                    continue
            changes[path] = None
        written = {
            path: spoiled or (_written(files[path]) if path in files else None) for path, spoiled in changes.items()
        }
        yield f"Commit {number}", written | {"pages/log.md": f"# Day {number}\n"}


def _written(items: list[tuple[str, str, str]]) -> str:
    lines = ["title: T", "checklist:"]
    for name, text, state in items:
        pairs = [pair for pair in (f"id: {name}" if name else "", f"task: {text}", state) if pair]
        lines += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
    return "\n".join([*lines, "why: because", ""])


def _known(repo: Repo, commits):
    """The commits without deletions of files that were never there, which fast-import takes amiss."""
    there: set[str] = set()
    for subject, files in commits:
        kept = {path: text for path, text in files.items() if text is not None or path in there}
        there |= {path for path, text in kept.items() if text is not None}
        there -= {path for path, text in kept.items() if text is None}
        yield subject, kept


def _without_paths(events: Iterable[Event]):
    return [(event.step, event.kind, event.item, event.place, event.text) for event in events]


@pytest.mark.few(5)
@pytest.mark.parametrize(("old", "new"), [(1, 1), (60, 1), (60, 10), (60, 100), (0, 30)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_warm_reading_gives_what_a_cold_one_gives(tmp_path, file, read, seed, old, new):
    repo = Repo(tmp_path / "mine")
    commits = list(_known(repo, wandering(seed, old + new)))
    repo.commit({"pages/about.md": "# About\n"})
    repo.import_commits(commits[:old])
    first = repo.timeline(cache=file)
    repo.import_commits(commits[old:])
    warm, again = repo.timeline(cache=file), repo.timeline(cache=file)
    assert read == [old + 1, new]
    cold = repo.timeline()
    assert len(cold.steps) == old + new + 1
    assert warm == cold
    assert again == cold
    # Of what was told before, later commits change nothing but the names of files.
    assert _without_paths(first.events) == _without_paths(cold.events[: len(first.events)])


def test_reading_after_every_commit_comes_to_the_same(tmp_path, file, read):
    repo = Repo(tmp_path / "mine")
    for commit in _known(repo, wandering(7, 40)):
        repo.import_commits([commit])
        repo.timeline(cache=file)
    assert read == [1] * 40
    assert repo.timeline(cache=file) == repo.timeline()


def test_the_working_tree_is_never_remembered(repo, file):
    repo.timeline(cache=file)
    repo.write({"goals/a.yml": checklist("Two")})
    assert repo.story(cache=file)[3:] == ["disk dropped One"]
    repo.write({"goals/a.yml": checklist("{task: One, done: true}", "Two", "Three")})
    assert repo.story(cache=file)[3:] == ["disk created Three"]
    repo.commit()
    assert repo.story(cache=file)[3:] == ["2 created Three"]
    assert repo.timeline(cache=file) == repo.timeline()


def test_what_was_dropped_long_ago_is_known_again(repo, file):
    repo.commit({"goals/a.yml": checklist("Two")})
    repo.timeline(cache=file)
    repo.write({"goals/b.yml": checklist("One")})
    assert repo.story(cache=file)[-1:] == ["disk created One"]
    repo.write({"goals/b.yml": checklist("{task: One, done: true}")})
    assert repo.story(cache=file)[-1:] == ["disk restored One"]
    repo.commit()
    assert repo.story(cache=file)[-1:] == ["3 restored One"]
    assert repo.timeline(cache=file) == repo.timeline()


def test_commits_about_other_things_are_remembered_too(repo, file, read):
    repo.timeline(cache=file)
    (repo.top / "README.md").write_text("Hello")
    repo.commit()
    for _ in range(2):
        assert repo.timeline(cache=file).steps == repo.timeline(cache=file).steps
    repo.commit({"goals/a.yml": checklist("Two")})
    assert repo.story(cache=file)[-1] == "2 dropped One"
    assert read == [2, 0, 1]


@pytest.mark.parametrize("prefix", ["", "deep/down"])
def test_a_history_that_was_rewritten_is_read_anew(tmp_path, file, read, prefix):
    repo = Repo(tmp_path / "mine", prefix=prefix)
    repo.commit({"goals/a.yml": checklist("One")})
    repo.commit({"goals/a.yml": checklist("One", "Two")})
    repo.timeline(cache=file)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    assert repo.story(cache=file) == ["0 created One"]
    repo.commit({"goals/a.yml": checklist("One", "Three")})
    timeline = repo.timeline(cache=file)
    assert story(timeline) == ["0 created One", "1 created Three"]
    assert timeline.notes == ()
    assert read == [2, 1, 1]


def test_the_tip_of_a_branch_that_was_merged_is_not_on_the_chain(repo, file, read):
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit({"goals/b.yml": checklist("Three")})
    repo.timeline(cache=file)
    repo.git("checkout", "--quiet", "main")
    repo.commit({"goals/c.yml": checklist("Four")})
    repo.merge("side")
    assert repo.timeline(cache=file) == repo.timeline()
    assert read[:2] == [3, 4]


def test_another_content_folder_has_its_own_history(tmp_path, file):
    repo = Repo(tmp_path / "mine")
    repo.commit({"goals/a.yml": checklist("One")})
    (repo.top / "other/content/goals").mkdir(parents=True)
    (repo.top / "other/content/goals/b.yml").write_text(checklist("Two"))
    repo.commit()
    repo.timeline(cache=file)
    other = read_history(repo.top / "other/content", cache=file)
    assert isinstance(other, Timeline)
    assert story(other) == ["0 created Two"]


@pytest.mark.parametrize("version", ["FORMAT", "__version__"])
def test_another_version_reads_anew_without_a_word(repo, file, read, monkeypatch, version):
    repo.timeline(cache=file)
    monkeypatch.setattr(cache_module, "_MADE_BY", f"another {version}")
    assert repo.timeline(cache=file).notes == ()
    repo.timeline(cache=file)
    assert read == [2, 2]


def _overwrite(file):
    file.write_bytes(b"title: Not a cache\n" * 100)


def _truncate(file):
    file.write_bytes(file.read_bytes()[:5000])


def _empty(file):
    file.write_bytes(b"")


def _fill_the_middle(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = b"\xaa" * 3000
    file.write_bytes(bytes(data))


def _replace(file):
    file.unlink()
    _sql(file, "create table other (a)")


def _sql(file, *statements):
    base = sqlite3.connect(file)
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()


def _change_a_file(file):
    _sql(file, "update kept set value = replace(value, 'Two', 'Six') where name = cast('file:goals/a.yml' as blob)")


def _lose_a_file(file):
    _sql(file, "delete from kept where name = cast('file:goals/a.yml' as blob)")


def _lose_the_table(file):
    _sql(file, "drop table kept")


def _change_the_state(file):
    _sql(file, "update kept set value = '{}' where name = cast('state' as blob)")


DAMAGE = (_overwrite, _truncate, _fill_the_middle, _replace, _change_a_file, _lose_a_file, _change_the_state)


@pytest.mark.few(3)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_foreign_cache_is_thrown_away_with_a_word(repo, file, damage):
    repo.timeline(cache=file)
    damage(file)
    timeline = repo.timeline(cache=file)
    (note,) = timeline.notes
    assert note.code == "cache-discarded"
    assert note.message.startswith("What was remembered in 'history.sqlite3' could not be used (")
    assert note.message.endswith("); it was read from git anew.")
    assert timeline.events == repo.timeline().events
    assert repo.timeline(cache=file) == repo.timeline()  # and it is whole again


@pytest.mark.parametrize("damage", [_empty, _lose_the_table])
def test_a_cache_with_nothing_in_it_is_filled_without_a_word(repo, file, damage):
    repo.timeline(cache=file)
    damage(file)
    assert repo.timeline(cache=file) == repo.timeline()


def test_lost_steps_are_noticed_when_they_are_asked_for(repo, file):
    repo.timeline(cache=file)
    _sql(file, "delete from kept where name >= cast('steps:' as blob) and name < cast('steps;' as blob)")
    assert repo.timeline(cache=file) == repo.timeline()


def test_every_damaged_byte_is_harmless(repo, file):
    expected = repo.timeline().events
    repo.timeline(cache=file)
    whole = file.read_bytes()
    chance = random.Random(1)  # noqa: S311
    for _ in range(60):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(bytes(data))
        assert repo.timeline(cache=file).events == expected


def test_a_cache_that_cannot_be_made_stops_nobody(repo, tmp_path):
    (tmp_path / "file").write_text("in the way")
    timeline = repo.timeline(cache=tmp_path / "file/history.sqlite3")
    assert timeline.events == repo.timeline().events
    assert [note.code for note in timeline.notes] == ["cache-unusable"]


def test_a_timeline_stays_what_it_was_when_the_cache_goes_on(repo, file):
    repo.timeline(cache=file)
    early = repo.timeline(cache=file)
    repo.commit({"goals/a.yml": checklist("Two")})
    late = repo.timeline(cache=file)
    assert (len(early.steps), len(late.steps)) == (2, 3)


def test_a_timeline_stays_what_it_was_when_the_cache_is_made_anew(repo, file):
    repo.timeline(cache=file)
    expected = repo.timeline()
    early = repo.timeline(cache=file)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.timeline(cache=file)
    repo.git("reset", "--quiet", "--hard", "ORIG_HEAD")
    assert early == expected


def test_two_processes_may_read_at_once(tmp_path, file):
    repo = Repo(tmp_path / "mine")
    commits = list(_known(repo, wandering(5, 60)))
    repo.import_commits(commits[:50])
    repo.timeline(cache=file)
    repo.import_commits(commits[50:])
    found: list[object] = []
    readers = [threading.Thread(target=lambda: found.append(read_history(repo.content, cache=file))) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    cold = repo.timeline()
    assert [timeline == cold for timeline in found] == [True] * 8
    assert repo.timeline(cache=file) == cold


# ---- shallow clones


def test_a_shallow_clone_goes_on_from_a_restored_cache(repo, file, tmp_path):
    repo.timeline(cache=file)
    repo.commit(
        {
            "goals/a.yml": checklist("{task: One, done: true}", "{task: Two, done: true}"),
            "goals/b.yml": checklist("Three"),
        }
    )
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "shallow")
    found = read_history(tmp_path / "shallow/content", cache=file)
    assert isinstance(found, Timeline)
    assert found == repo.timeline()
    assert (found.is_complete, found.notes) == (True, ())


def test_a_shallow_clone_that_begins_later_than_the_cache_ends_is_read_anew(repo, file, tmp_path):
    repo.timeline(cache=file)
    for n in range(2):
        repo.commit({"goals/a.yml": checklist("One", "Two", f"Number {n}")})
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "shallow")
    found = read_history(tmp_path / "shallow/content", cache=file)
    assert isinstance(found, Timeline)
    assert found.is_complete is False
    assert story(found) == ["0 created One", "0 created Two", "0 created Number 1"]


def test_a_shallow_history_is_forgotten_when_the_clone_becomes_deeper(repo, file, tmp_path):
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repo.top.as_uri(), "shallow")
    content = tmp_path / "shallow/content"
    shallow = [read_history(content, cache=file) for _ in range(2)]
    assert [timeline.is_complete for timeline in shallow if isinstance(timeline, Timeline)] == [False, False]
    assert shallow[0] == shallow[1]
    run_git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    assert read_history(content, cache=file) == repo.timeline()
