"""How long the history takes: cold against git alone, PyYAML and GitPython; warm against cold; five times as long.

The repositories are made once and kept in `benchmarks/results/`: fifty thousand commits take minutes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import yaml

from benchmarks.histories import write_history
from benchmarks.measuring import ROOT, Result, compare, run
from playbook.history.reading import read_history
from playbook.history.timeline import Timeline

RESULTS = Path(__file__).parent / "results"
SHORT, LONG = 10_000, 50_000
BLOBS, COMMITS = 300, 300
MOST_MEGABYTES = 160
_LOG = ("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%x01%H")
_BLOB = re.compile(rb":\d{6} \d{6} [0-9a-f]{40} ([0-9a-f]{40}) [AM]")
# `ru_maxrss` would also count what the process that starts this one had taken by then.
MEMORY = """\
import sys
from pathlib import Path
from playbook.history.reading import read_history
read = read_history(Path(sys.argv[1]), working_tree=False)
assert read.events and read.items and read.steps
words = Path("/proc/self/status").read_text().split()
print(words[words.index("VmHWM:") + 1])
"""


@dataclass(frozen=True)
class Memory:
    """What a process took at most."""

    what: str
    megabytes: float

    @property
    def holds(self) -> bool:
        return self.megabytes <= MOST_MEGABYTES

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "BROKEN"
        return f"{self.what:<48} {self.megabytes:>6.0f} {'MB':>12} {MOST_MEGABYTES:>6} {verdict:>7}"


def history(folder: Path) -> list[Result | Memory]:
    """Every bound on the history; `folder` is for what is thrown away."""
    short, long = kept(SHORT), kept(LONG)
    results: list[Result | Memory] = [
        compare(
            "10,000 commits, every event",
            lambda: cold(short),
            lambda: two_pipes(short),
            "reading what git log and cat-file say",
            most=2.2,
            rounds=5,
        ),
        _against_pyyaml(short),
        *_against_gitpython(short),
    ]
    warm_short, warm_long = Warm(short, folder / "short"), Warm(long, folder / "long")
    results += [
        compare(
            "one new commit on 10,000",
            warm_short.read,
            lambda: cold(short),
            "10,000 from the start",
            most=0.2,
            rounds=5,
        ),
        compare("one new commit on 50,000", warm_long.read, warm_short.read, "one on 10,000", most=1.3, rounds=11),
        # Linear in what git itself takes: for five times the commits that is eight times as much, as deltas lie deeper.
        compare(
            "50,000 commits, every event",
            lambda: cold(long),
            lambda: two_pipes(long),
            "reading what git log and cat-file say",
            most=2.2,
            rounds=3,
        ),
        memory(long),
        whole_build(short, folder),
    ]
    return results


def kept(commits: int) -> Path:
    """The top of a repository with so many commits; made where it is not there yet."""
    top = RESULTS / f"history-{commits}"
    truth = top.with_suffix(".truth.json")
    if not truth.exists():
        shutil.rmtree(top, ignore_errors=True)
        RESULTS.mkdir(exist_ok=True)
        truth.write_text(json.dumps(write_history(top, commits)))
    return top


def cold(top: Path) -> Timeline:
    found = read_history(top / "content", working_tree=False)
    assert isinstance(found, Timeline), found
    assert found.events
    return found


def two_pipes(top: Path) -> int:
    """What a program pays that reads the same bytes from git and drops them."""
    git = ("git", "-C", str(top / "content"))
    asked: set[bytes] = set()
    with (
        subprocess.Popen(
            [*git, "cat-file", "--batch", "--buffer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as blobs,
        subprocess.Popen([*git, *_LOG], stdout=subprocess.PIPE) as log,
    ):
        assert log.stdout is not None
        assert blobs.stdin is not None
        assert blobs.stdout is not None
        dropping = threading.Thread(target=_drop, args=(blobs.stdout.fileno(),))
        dropping.start()
        rest = b""
        while data := os.read(log.stdout.fileno(), 1 << 20):
            data, last, rest = (rest + data).rpartition(b"\x01")
            for blob in _BLOB.findall(data + last):
                if blob not in asked:
                    asked.add(blob)
                    blobs.stdin.write(blob + b"\n")
        for blob in _BLOB.findall(rest):
            if blob not in asked:
                asked.add(blob)
                blobs.stdin.write(blob + b"\n")
        blobs.stdin.close()
        dropping.join()
    return len(asked)


def _drop(descriptor: int) -> None:
    while os.read(descriptor, 1 << 20):
        pass


def _against_pyyaml(top: Path) -> Result:
    """The pure loader, `yaml.safe_load` as people call it, on some of the blobs; the rest would take as long each."""
    git = ["git", "-C", str(top)]
    told = subprocess.run([*git, *_LOG, "--", "content"], capture_output=True, check=True).stdout
    distinct = sorted({blob.decode() for blob in _BLOB.findall(told)})
    texts = [
        subprocess.run([*git, "cat-file", "blob", blob], capture_output=True, check=True).stdout
        for blob in distinct[:: max(1, len(distinct) // BLOBS)][:BLOBS]
    ]
    return compare(
        "10,000 commits, every event",
        lambda: cold(top),
        lambda: [yaml.safe_load(text) for text in texts],
        f"yaml.safe_load of each of {len(distinct):,} versions, from {len(texts)}",
        most=1 / 40,
        rounds=3,
        times=len(distinct) / len(texts),
    )


def _against_gitpython(top: Path) -> Iterator[Result]:
    if find_spec("git") is None:
        print("GitPython is not installed: nothing to compare with", file=sys.stderr)
        return
    import git

    repository = git.Repo(top)

    def read() -> int:
        found = 0
        for commit in repository.iter_commits("HEAD", first_parent=True, max_count=COMMITS):
            for change in commit.parents[0].diff(commit):
                if change.b_blob is not None and change.b_path.endswith(".yml"):
                    found += len(yaml.load(change.b_blob.data_stream.read(), yaml.CSafeLoader))
        return found

    yield compare(
        "10,000 commits, every event",
        lambda: cold(top),
        read,
        f"GitPython and CSafeLoader, from {COMMITS} commits",
        most=1 / 60,
        rounds=3,
        times=SHORT / COMMITS,
    )


class Warm:
    """A history of which everything but the last commit is remembered."""

    def __init__(self, top: Path, folder: Path) -> None:
        self.top = folder
        git = ["git", "-C", str(folder)]
        run(["git", "clone", "--quiet", "--shared", str(top.resolve()), str(folder)])
        tip = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, check=True).stdout.decode().strip()
        run([*git, "reset", "--quiet", "--hard", "HEAD~1"])
        self.cache = folder / "cache.sqlite3"
        read_history(folder / "content", cache=self.cache)
        run([*git, "reset", "--quiet", "--hard", tip])
        self.fresh = [shutil.copy(self.cache, folder / f"cache-{number}.sqlite3") for number in range(40)]
        # A copy that is not on the disk yet would be written in the time that is measured, and a long one takes longer.
        os.sync()

    def read(self) -> Timeline:
        found = read_history(self.top / "content", cache=Path(self.fresh.pop()))
        assert isinstance(found, Timeline), found
        return found


def memory(top: Path) -> Memory:
    """The most that a process takes which reads everything, and the one that helps it; git not counted. Linux only."""
    command = [sys.executable, "-c", MEMORY, str(top / "content")]
    most: dict[str, int] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.poll() is None:
            # Only one of them stays Python; the others are git, as soon as they are anything.
            for child in _words(Path(f"/proc/{process.pid}/task/{process.pid}/children")):
                status = _words(Path(f"/proc/{child}/status"))
                if "VmHWM:" in status and "python" in status[1]:
                    most[child] = int(status[status.index("VmHWM:") + 1])
            time.sleep(0.02)
        own = int(process.stdout.read())
    if process.returncode:
        raise SystemExit("the history could not be read")
    found = Memory("50,000 commits, every event: both processes", (own + max(most.values(), default=0)) / 1024)
    print(found, flush=True)
    return found


def _words(file: Path) -> list[str]:
    """Of a file that may be gone already, or that a platform does not have."""
    try:
        return file.read_text().split()
    except OSError:
        return []


def whole_build(top: Path, folder: Path) -> Result:
    """`playbook build` of the example on top of 10,000 commits that are remembered, against one commit."""
    long, single = folder / "built-long", folder / "built-single"
    run(["git", "clone", "--quiet", "--shared", str(top.resolve()), str(long)])
    run(["git", "init", "--quiet", str(single)])
    for book in (long, single):
        shutil.rmtree(book / "content", ignore_errors=True)
        shutil.copytree(ROOT / "content", book / "content")
        shutil.copy(ROOT / "mkdocs.yml", book / "mkdocs.yml")
        (book / ".gitignore").write_text(".cache/\nsite/\n")
        me = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
        run(["git", "-C", str(book), "add", "--all"])
        run(["git", "-C", str(book), *me, "commit", "--quiet", "--message", "The example"])

    def build(book: Path) -> None:
        run([sys.executable, "-m", "playbook", "-C", str(book), "build"])

    return compare(
        "playbook build, 10,000 commits remembered",
        lambda: build(long),
        lambda: build(single),
        "playbook build, one commit",
        most=1.1,
        rounds=5,
    )
