"""Prints how long the playbook takes, as ratios to a yardstick that is measured in the same moments.

`python -m benchmarks` measures everything, `python -m benchmarks history week` these parts.

Wall time says little on a machine that others use; the median of ratios within interleaved rounds says the same on any.
"""

from __future__ import annotations

import os
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import yaml

from benchmarks.generate import CONFIG, write_playbook
from benchmarks.history import history
from benchmarks.measuring import ROOT, Result, compare, run
from benchmarks.printing import printing
from benchmarks.scanning import scanning
from benchmarks.sealed_browser import sealed_browser
from benchmarks.sealing import sealing
from benchmarks.week import week
from playbook.load import load_files
from playbook.records import KINDS
from playbook.source.files import find_files, find_pages
from playbook.source.reader import parse_document

LOAD_WITH_PYYAML = """\
import sys, yaml
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.yml"):
    with open(path, "rb") as stream:
        yaml.load(stream.read(), yaml.CSafeLoader)
"""


class Bound(Protocol):
    """A line that was measured."""

    @property
    def holds(self) -> bool:
        """Whether it is within its bound."""
        ...


def main(wanted: Sequence[str]) -> int:
    """Exit code: 1 if a bound is broken, 2 for a part that is none; without a name all parts are measured."""
    parts: dict[str, Callable[[Path], Iterable[Bound]]] = {
        "checking": checking,
        "version": version,
        "printing": printing,
        "history": history,
        "sealed-browser": sealed_browser,
        "sealing": lambda _: sealing(),
        "scanning": scanning,
        "week": week,
    }
    if not parts.keys() >= set(wanted):
        print(f"parts: {', '.join(parts)}", file=sys.stderr)
        return 2
    # pip's and Python's own caches are warm after the first round, which therefore does not count.
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'':<48} {'ratio':>6} {'from-to':>12} {'most':>6}")
        results = [
            result
            for name, measure in parts.items()
            if not wanted or name in wanted
            for result in measure(Path(folder))
        ]
    return 0 if all(result.holds for result in results) else 1


def checking(folder: Path) -> list[Result]:
    """What `check` does with a generated playbook."""
    playbook = folder / "playbook"
    write_playbook(playbook / "content")
    (playbook / "mkdocs.yml").write_text(CONFIG)
    return [*in_one_process(playbook / "content"), whole_check(playbook)]


def in_one_process(content: Path) -> list[Result]:
    """Reading, and reading with everything that `check` does, against PyYAML's C loader on the same bytes."""
    files, _ = find_files(content, KINDS)
    pages, _ = find_pages(content)
    loaded = load_files(files, None, pages=pages)
    if loaded.problems:
        raise SystemExit(f"the generated playbook is not valid: {loaded.problems[0]}")
    against = f"CSafeLoader, {len(files)} files of {sum(len(file.content) for file in files) // len(files):,} bytes"

    def yardstick() -> object:
        return [yaml.load(file.content, yaml.CSafeLoader) for file in files]

    def read() -> object:
        return [parse_document(file.path, file.content) for file in files]

    def check() -> object:
        return load_files(files, None, pages=pages)

    return [
        compare("read, with the position of every value", read, yardstick, against, most=0.6),
        compare("read, validate, link and check", check, yardstick, against, most=1.2),
    ]


def whole_check(playbook: Path) -> Result:
    """`playbook check` as somebody runs it, against a process that only loads the files."""
    command = [sys.executable, "-m", "playbook", "-C", str(playbook), "check"]
    yardstick = [sys.executable, "-c", LOAD_WITH_PYYAML, str(playbook / "content")]
    return compare(
        "playbook check, the whole process",
        lambda: run(command),
        lambda: run(yardstick),
        "import yaml and CSafeLoader",
        most=4,
    )


def version(folder: Path) -> list[Result]:
    """`playbook --version` from the wheel in an environment of its own, against Python doing nothing there."""
    wheels = folder / "wheels"
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            str(wheels),
            str(ROOT),
        ]
    )
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = wheels.glob("*.whl")
    # Without its dependencies: `--version` may need none of them.
    run([str(scripts / "python"), "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)])
    return [
        compare(
            "playbook --version, from the wheel",
            lambda: run([str(scripts / "playbook"), "--version"]),
            lambda: run([str(scripts / "python"), "-c", "pass"]),
            "python -c pass",
            most=5,
            rounds=25,
        )
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
