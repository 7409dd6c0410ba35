"""Another process reads what this one would have read; whatever happens to it is known here.

Each case runs in a Python of its own: only one in which nothing else is going on may make a copy of itself.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.history.repo import Repo, checklist

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is known to copy a process safely")
ROOT = Path(__file__).parents[2]


def run(code: str, *arguments: Path) -> str:
    """What a program prints."""
    begin = """\
        import os, sys, threading
        from pathlib import Path
        from playbook.history import apart
        from playbook.history.git import GitFailed
        from playbook.history.reading import read_history
        from playbook.history.repository import find_repository
        from playbook.history.segments import ChecklistReader
        from playbook.history.versions import read_versions
        from playbook.history.walking import MissingBlobs, whole_chain
    """
    command = [sys.executable, "-W", "error", "-c", dedent(begin) + dedent(code), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repo(tmp_path):
    made = Repo(tmp_path / "mine")
    texts: list[tuple[str, dict[str, str | bytes | None]]] = []
    for n in range(600):
        items = [f"{{task: Number {m}, done: true}}" if m < n % 40 else f"Number {m}" for m in range(40)]
        path = f"goals/g{n % 7}.yml" if n % 50 else "goals/\udcff\n.yml"
        texts.append((f"Commit {n} é", {path: checklist(*items, title=str(n // 100))}))
    texts.insert(300, ("Broken", {"goals/g1.yml": "checklist: [One\n"}))
    texts.insert(310, ("Gone", {"goals/g2.yml": None, "goals/g3.yml": "title: T\n"}))
    made.import_commits(texts)
    return made


def test_what_it_reads_is_what_would_have_been_read_here(repo):
    code = """\
        repository = find_repository(Path(sys.argv[1]))
        here, there, counts = ChecklistReader(), ChecklistReader(), []
        one = list(read_versions(whole_chain(repository), here))
        other = list(apart.read_apart(lambda: whole_chain(repository), there, counts.append))
        assert [(commit, [version[:3] for version in versions]) for commit, versions in one] == [
            (commit, [version[:3] for version in versions]) for commit, versions in other
        ]
        assert here.items == there.items
        with_less = sum(version.since is not None for _, versions in other for version in versions)
        print(len(other), len(here.items), counts, with_less > 500)
    """
    assert run(code, repo.content) == "602 79 [100, 200, 300, 400, 500, 600, 602] True\n"


def test_a_history_is_the_same_with_and_without_it(repo):
    code = """\
        content = Path(sys.argv[1])
        alone = read_history(content)
        packs = content.parent / ".git/objects/pack"
        packs.mkdir(exist_ok=True)
        with (packs / "large.pack").open("wb") as pack:
            pack.truncate(3 << 20)
        forks = []
        os.register_at_fork(before=lambda: forks.append(1))
        assert read_history(content) == alone
        print(len(alone.events) > 1_000, len(forks) == (len(os.sched_getaffinity(0)) > 1))
    """
    assert run(code, repo.content) == "True True\n"


def test_it_is_asked_only_where_it_helps_and_harms_nobody(repo):
    code = """\
        repository = find_repository(Path(sys.argv[1]))
        os.sched_getaffinity = lambda _: {0, 1}
        packs = repository.directory / "objects/pack"
        answers = [apart.is_worth_it(repository)]
        packs.mkdir(exist_ok=True)
        with (packs / "large.pack").open("wb") as pack:
            pack.truncate(3 << 20)
        answers.append(apart.is_worth_it(repository))
        os.sched_getaffinity = lambda _: {0}
        answers.append(apart.is_worth_it(repository))
        os.sched_getaffinity = lambda _: {0, 1}
        stop = threading.Event()
        other = threading.Thread(target=stop.wait)
        other.start()
        answers.append(apart.is_worth_it(repository))
        stop.set()
        other.join()
        print(answers)
    """
    assert run(code, repo.content) == "[False, True, False, False]\n"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("happens", "told"),
    [
        ("raise GitFailed('it was killed')", "GitFailed it was killed"),
        ("raise MissingBlobs(3)", "MissingBlobs 3 missing"),
        ("raise ValueError('a bug')", "RuntimeError Traceback"),
        ("os.kill(os.getpid(), 9)", "GitFailed the process that reads it was ended"),
        ("os._exit(0)", "GitFailed the process that reads it was ended"),
    ],
)
def test_whatever_ends_it_early_is_no_short_history(repo, happens, told):
    code = f"""\
        repository = find_repository(Path(sys.argv[1]))
        def tell():
            for number, commit in enumerate(whole_chain(repository)):
                if number == 400:
                    {happens}
                yield commit
        got = 0
        try:
            for _ in apart.read_apart(tell, ChecklistReader()):
                got += 1
        except Exception as error:
            print(got, type(error).__name__, *str(error).splitlines()[0].split(" (")[:1])
    """
    assert run(code, repo.content).startswith(f"400 {told}")


def test_it_ends_when_nobody_listens_any_more(repo):
    code = """\
        repository = find_repository(Path(sys.argv[1]))
        reading = apart.read_apart(lambda: whole_chain(repository), ChecklistReader())
        next(reading)
        reading.close()
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            print("nobody is left")
    """
    assert run(code, repo.content) == "nobody is left\n"
