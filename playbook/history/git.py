"""Runs git to read objects: a list of arguments, a cleaned environment, nothing that a repository could start."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE")
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# `status`, `diff`, `blame` and `ls-files` start filters and monitors that a repository's configuration names.
READING = frozenset(("rev-parse", "rev-list", "log", "cat-file", "ls-tree"))
_OPTIONS = (
    # A replaced object would make two histories of one tip.
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=" + os.devnull,
    "-c", "log.showSignature=false",
    "-c", "diff.external=",
    "-c", "safe.bareRepository=explicit",
    # What a repository may set to change the answers of `git log`.
    "-c", "diff.relative=false",
    "-c", "log.diffMerges=first-parent",
    "-c", "log.follow=false",
    "-c", "log.mailmap=false",
    "-c", "log.showRoot=true",
    "-c", "i18n.logOutputEncoding=UTF-8",
)  # fmt: skip


_FOREIGN = b"dubious ownership"
_VERSION = re.compile(rb"version (\d+(?:\.\d+)*)")
_trusted: dict[Path, tuple[str, ...]] = {}
"""Folder → the options that let git read it although somebody else owns it, where its user has said so."""


class GitFailed(Exception):  # noqa: N818  (no git, no repository, no such commit: a state, not a bug)
    """What git said, or that there is none."""


def read_git(folder: Path, command: str, *arguments: str) -> bytes:
    """What a git command prints, started in a folder.

    Args:
        folder: somewhere in the repository.
        command: one of `READING`.
        arguments: its own; paths stand behind `--`.

    Raises:
        GitFailed: where git is missing, or refuses.
    """
    try:
        done = _run(folder, command, arguments)
        if done.returncode and _FOREIGN in done.stderr and _note_trust(folder):
            done = _run(folder, command, arguments)
    except OSError as error:
        raise GitFailed(f"git cannot be started: {error.strerror}") from None
    if done.returncode:
        raise GitFailed(_said(done.stderr, command))
    return done.stdout


def _run(folder: Path, command: str, arguments: Iterable[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        _words(folder, command, arguments),
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def cleaned(folder: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    """What to start, and its environment, for a git command of the program's own that `READING` does not list.

    For commands that read objects or write a new repository; whoever asks has made sure of that.
    """
    return ["git", *_OPTIONS, *_trusted.get(folder, ()), *words], _environment()


def git_version() -> tuple[int, ...]:
    """The version of the git that is installed, such as (2, 39, 5); empty where there is none."""
    try:
        done = subprocess.run(
            ["git", "version"], env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return ()
    found = _VERSION.search(done.stdout)
    return tuple(int(part) for part in found[1].split(b".")) if found else ()


class GitStream:
    """A git command whose output is read while it runs; `with` ends it, whatever happens.

    A command that failed, or was killed, raises when its end is reached: what was read before looks like a whole answer
    and is none.
    """

    def __init__(self, folder: Path, command: str, arguments: Iterable[str], *, is_fed: bool = False) -> None:
        self._command = command
        words = _words(folder, command, arguments)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed in __exit__; a pipe could fill up)
        try:
            self._process = subprocess.Popen(
                words,
                cwd=folder,
                env=_environment(),
                stdin=subprocess.PIPE if is_fed else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                bufsize=0,
            )
        except OSError as error:
            self._errors.close()
            raise GitFailed(f"git cannot be started: {error.strerror}") from None
        assert self._process.stdout is not None  # noqa: S101  (a pipe was asked for)
        self.output = self._process.stdout.fileno()
        """The descriptor that its answer comes out of, for `poll`."""
        widen(self._process.stdout, self._process.stdin)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self.write_no_more()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()

    def read(self, size: int = 1 << 20) -> bytes:
        """What has come out so far, at least a byte; nothing at the end.

        Raises:
            GitFailed: at the end, where git did not end well.
        """
        found = os.read(self.output, size)
        if not found and self._process.wait():
            self._errors.seek(0)
            raise GitFailed(_said(self._errors.read(), self._command))
        return found

    def write(self, data: bytes) -> None:
        """Sends all of `data` in; a git that has gone takes nothing, and its end says so."""
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101  (a pipe was asked for)
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(pipe.fileno(), view) :]
        except (BrokenPipeError, OSError):
            return

    def write_no_more(self) -> None:
        """Says that all questions have been asked."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def kill(self) -> None:
        """Ends it, also in the middle; whoever still writes to it is told by the pipe."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


def widen(*pipes: IO[bytes] | None) -> None:
    """Makes pipes larger: fewer turns between two processes."""
    try:
        import fcntl  # noqa: PLC0415  (not on Windows)

        for pipe in pipes:
            if pipe is not None:
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)
    except (ImportError, AttributeError, OSError):
        return


def _words(folder: Path, command: str, arguments: Iterable[str]) -> list[str]:
    if command not in READING:
        raise ValueError(f"git {command} is not among {', '.join(sorted(READING))}")
    return ["git", *_OPTIONS, *_trusted.get(folder, ()), command, *arguments]


def _note_trust(folder: Path) -> bool:
    """Whether there are folders of other people that the user has told git to read; they are noted.

    The user's settings are left out everywhere else. A repository has no say in this one.
    """
    names = (name for name in os.environ if name in (*_KEPT, "XDG_CONFIG_HOME") or name.startswith("GIT_CONFIG"))
    done = subprocess.run(
        ["git", "config", "--show-scope", "--null", "--get-all", "safe.directory"],
        cwd=folder.absolute().anchor,
        env={name: os.environ[name] for name in names},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    words = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    found = [name for scope, name in zip(words[::2], words[1::2], strict=False) if scope not in ("local", "worktree")]
    _trusted[folder] = tuple(word for name in found for word in ("-c", f"safe.directory={name}"))
    return bool(found)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | _ENVIRONMENT


def _said(errors: bytes, command: str) -> str:
    return errors.decode("utf-8", "replace").strip() or f"git {command} failed"
