"""How long `playbook today` takes as a whole process, on 400 people and 50 events with 10,000 commits behind them.

Warm: with what the process before remembered of the records (see `playbook/remembered.py`), and with nothing.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.generate import CONFIG, write_playbook
from benchmarks.history import kept
from benchmarks.measuring import Result, compare, run


def week(folder: Path) -> list[Result]:
    """The rows; `folder` is free to write in."""
    book = folder / "week"
    write_playbook(book / "content")
    for path in sorted((book / "content" / "people").glob("*.yml")):
        # The generator writes half as many people; their likes have files and addresses of their own.
        like = path.read_text(encoding="utf-8").replace("@example.org", "@example.com")
        path.with_stem(f"{path.stem}-too").write_text(like, encoding="utf-8")
    (book / "mkdocs.yml").write_text(CONFIG)
    shutil.copytree(kept(10_000) / ".git", book / ".git")
    command = [sys.executable, "-m", "playbook", "-C", str(book), "--today", "2026-11-21", "today"]
    no_cache = ["env", "PLAYBOOK_NO_CACHE=1", *command]
    return [
        compare(what, lambda: run(ours), lambda: run([sys.executable, "-c", "pass"]), "python -c pass", most=most)  # noqa: B023
        for what, ours, most in (
            ("playbook today, 400 people, 10,000 commits", command, 25),
            ("the same, nothing remembered of the records", no_cache, 45),
        )
    ]
