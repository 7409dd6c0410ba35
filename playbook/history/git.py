"""Runs git to read objects: a list of arguments, a cleaned environment, nothing that a repository could start."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

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
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=" + os.devnull,
    "-c", "log.showSignature=false",
    "-c", "diff.external=",
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip


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
    if command not in READING:
        raise ValueError(f"git {command} is not among {', '.join(sorted(READING))}")
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _ENVIRONMENT
    try:
        done = subprocess.run(
            ["git", *_OPTIONS, command, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitFailed(f"git cannot be started: {error.strerror}") from None
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip() or f"git {command} failed")
    return done.stdout
