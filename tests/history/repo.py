"""Turns texts into commits of a real repository, with fixed people and dates; and a timeline into lines to compare."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from playbook.history.reading import read_history
from playbook.history.timeline import Timeline

FIRST = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)
_IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Mara",
    "GIT_AUTHOR_EMAIL": "mara@example.org",
    "GIT_COMMITTER_NAME": "Mara",
    "GIT_COMMITTER_EMAIL": "mara@example.org",
    "GIT_ALLOW_PROTOCOL": "file",
}

Files = Mapping[str, str | bytes | None]


def run_git(folder: Path, *arguments: str, check: bool = True, stdin: bytes = b"", **environment: str) -> str:
    """What git prints; for setting a scene, so everything is allowed that the product must not do."""
    done = subprocess.run(
        # Else each commit would start another git, to see whether there is something to tidy up.
        ["git", "-c", "maintenance.auto=false", *arguments],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _IDENTITY | environment,
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8", "surrogateescape").strip()


class Repo:
    """A repository in a folder. Each commit is a day later than the one before, at noon UTC."""

    def __init__(self, folder: Path, *, prefix: str = "", init: Iterable[str] = ()) -> None:
        self.top = folder
        self.content = folder / prefix / "content"
        self.next = FIRST
        folder.mkdir(parents=True, exist_ok=True)
        run_git(folder, "init", "--quiet", "--initial-branch=main", *init)
        self.content.mkdir(parents=True)

    def git(self, *arguments: str, **environment: str) -> str:
        return run_git(self.top, *arguments, **environment)

    def write(self, files: Files) -> None:
        """`{"goals/staff.yml": text}` into the content folder; texts are dedented, None takes a file away."""
        for path, text in files.items():
            file = self.content / path
            if text is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())

    def commit(
        self, files: Files | None = None, subject: str = "Edit", *, author: str = "", committer: str = ""
    ) -> str:
        """Writes and commits everything; its id. Dates as git reads them (`2026-01-05T12:00:00+0530`)."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, **self.dates(author, committer))
        return self.git("rev-parse", "HEAD")

    def merge(self, *branches: str, subject: str = "Merge", options: Iterable[str] = ()) -> str:
        self.git("merge", "--quiet", "--no-ff", "--message", subject, *options, *branches, **self.dates())
        return self.git("rev-parse", "HEAD")

    def dates(self, author: str = "", committer: str = "") -> dict[str, str]:
        now = self.next.isoformat()
        self.next += dt.timedelta(days=1)
        return {"GIT_AUTHOR_DATE": author or committer or now, "GIT_COMMITTER_DATE": committer or now}

    def import_commits(self, commits: Iterable[tuple[str, Files]], branch: str = "main") -> None:
        """Many commits at once, on top of what is there, through `git fast-import`; the working tree follows."""
        prefix = self.content.relative_to(self.top).as_posix()
        begun = run_git(self.top, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", check=False)
        parts = []
        for number, (subject, files) in enumerate(commits):
            seconds = int(self.next.timestamp())
            self.next += dt.timedelta(days=1)
            who = f"Mara <mara@example.org> {seconds} +0000"
            parts.append(f"commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\n".encode())
            parts.append(b"data %d\n%s\n" % (len(subject.encode()), subject.encode()))
            if begun and not number:
                parts.append(f"from {begun}\n".encode())
            for path, text in files.items():
                name = f"{prefix}/{path}".encode("utf-8", "surrogateescape")
                quoted = b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
                if text is None:
                    parts.append(b"D %s\n" % quoted)
                    continue
                data = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
                parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (quoted, len(data), data))
        run_git(self.top, "fast-import", "--quiet", stdin=b"".join(parts))
        run_git(self.top, "reset", "--quiet", "--hard", branch, check=False)

    def timeline(self, **options: object) -> Timeline:
        found = read_history(self.content, **options)  # type: ignore[arg-type]
        assert isinstance(found, Timeline), str(found)
        return found

    def story(self, **options: object) -> list[str]:
        return story(self.timeline(**options))


def checklist(*items: str, title: str = "Be promoted") -> str:
    """A goal with these items, each written as it stands behind its dash."""
    return "\n".join((f"title: {title}", "checklist:", *(f"  - {item}" for item in items), "why: I want to", ""))


def story(timeline: Timeline) -> list[str]:
    """One line for each event: `1 done Draft the packet`, with the old text or file behind what has one."""
    lines = []
    for event in timeline.events:
        step = timeline.steps[event.step]
        where = "disk" if step.is_working_tree else str(event.step)
        before = f" (was {event.before})" if event.before else ""
        lines.append(f"{where} {event.kind} {event.text}{before}")
    return lines
