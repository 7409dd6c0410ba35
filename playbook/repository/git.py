"""Runs git as the person would: with their configuration, their identity and their hooks, because they asked for it.

For reading there is `history.git`, which starts nothing that a repository names.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_OTHERS = frozenset(
    (
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    )
)
"""What leads git to another repository than that of the folder it is started in (`git rev-parse --local-env-vars`)."""
# A folder called `*` or `:(top)` is a folder.
_OURS = {"GIT_LITERAL_PATHSPECS": "1"}


class GitRefused(Exception):  # noqa: N818  (a hook, an identity that is missing: states of the repository)
    """What git, or a hook of the person's, had to say."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a git command ended."""

    code: int
    out: bytes
    err: str
    """What it, or a hook that it ran, told the person."""


def run_git(folder: Path, *arguments: str, more: Mapping[str, str] | None = None, stdin: bytes | None = None) -> Said:
    """What a git command said, started in a folder.

    Args:
        folder: somewhere in the working tree; git finds the repository from there, whatever the environment says.
        arguments: the command and its own.
        more: for its environment.
        stdin: what it reads; nothing unless given.

    Raises:
        GitRefused: where git is missing.
    """
    own = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=own | _OURS | dict(more or {}),
            input=b"" if stdin is None else stdin,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitRefused(f"git cannot be started: {error.strerror}") from None
    return Said(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def ask_git(folder: Path, *arguments: str, more: Mapping[str, str] | None = None, stdin: bytes | None = None) -> bytes:
    """What a git command prints.

    Raises:
        GitRefused: where it refuses, with what it said.
    """
    said = run_git(folder, *arguments, more=more, stdin=stdin)
    if said.code:
        raise GitRefused(said.err or f"git {arguments[0]} failed")
    return said.out


def answer(folder: Path, *arguments: str) -> str:
    """One line that git prints, such as a path; empty where it has no answer."""
    said = run_git(folder, *arguments)
    return "" if said.code else said.out.decode("utf-8", "surrogateescape").removesuffix("\n")
