"""Our two hooks: puts them where git looks for hooks, takes them away again, and touches nobody else's.

What is ours stands between two marks; whatever else is in the file stays as it is.
"""

from __future__ import annotations

import os
import shlex
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from playbook.repository.git import answer, ask_git
from playbook.source.writing import create_file, write_file

HOOK = "prepare-commit-msg"
"""Fills an empty message with what was done."""
GUARD = "pre-commit"
"""Refuses a commit that holds what must not be in one."""
BEGIN = "# >>> playbook >>>"
END = "# <<< playbook <<<"
_SHELL = "#!/bin/sh"
_LARGEST = 1_000_000


class HookState(StrEnum):
    """What lies where git looks for the hook."""

    NONE = "none"
    OURS = "ours"
    """Our part is in it, as this program writes it now."""
    OLDER = "older"
    """Our part is in it, as another version or another folder wrote it."""
    OTHERS = "others"
    """Somebody's own, without our part."""


@dataclass(frozen=True, slots=True)
class Hook:
    """The hook of one repository."""

    path: Path
    """Where git looks for it."""
    block: str
    """Our part, as it is to be written."""
    state: HookState
    is_executable: bool
    """git passes over a hook that is not."""
    configured: str
    """`core.hooksPath`, if it is set."""
    is_shared: bool
    """Whether hooks there run in other repositories too."""

    @property
    def line(self) -> str:
        """What somebody can add to a hook of their own."""
        return self.block.splitlines()[2]


def find_hook(root: Path, name: str = HOOK) -> Hook:
    """A hook of the repository that a playbook lies in.

    Args:
        root: the playbook's folder.
        name: `HOOK` or `GUARD`.

    Raises:
        GitRefused: where there is no repository.
    """
    top = Path(os.fsdecode(ask_git(root, "rev-parse", "--show-toplevel")).removesuffix("\n"))
    common = (top / answer(top, "rev-parse", "--git-common-dir")).resolve()
    # A path in the configuration is seen from the top of the working tree, as hooks are.
    folder = top / answer(top, "rev-parse", "--git-path", "hooks")
    path = folder / name
    block = _BLOCKS[name](answer(root, "rev-parse", "--show-prefix").rstrip("/"))
    configured = answer(top, "config", "--get", "core.hooksPath")
    inside = any(folder.resolve().is_relative_to(owner) for owner in (top.resolve(), common))
    return Hook(path, block, _state(path, block), os.access(path, os.X_OK), configured, not inside)


def install(hook: Hook) -> None:
    """Writes the hook, or our part of it anew.

    Raises:
        OSError: where it cannot be written.
        ValueError: where it is somebody's own, which is never touched.
    """
    if hook.state is HookState.OTHERS:
        raise ValueError("a hook of somebody's own")
    if hook.state is HookState.NONE:
        hook.path.parent.mkdir(parents=True, exist_ok=True)
        create_file(hook.path, f"{_SHELL}\n{hook.block}".encode())
    elif hook.state is HookState.OLDER:
        before, _, after = _parts(_text(hook.path))
        write_file(hook.path, (before + hook.block + after).encode("utf-8", "surrogateescape"))
    mode = hook.path.stat().st_mode
    # Whoever may read it may run it.
    hook.path.chmod(stat.S_IMODE(mode) | (mode & 0o444) >> 2)


def remove(hook: Hook) -> bool:
    """Takes our part away, and the file where nothing else is in it; whether the file is gone.

    Raises:
        OSError: where that cannot be done.
    """
    before, _, after = _parts(_text(hook.path))
    rest = before + after
    if rest.strip() in ("", _SHELL):
        hook.path.unlink()
        return True
    write_file(hook.path, rest.encode("utf-8", "surrogateescape"))
    return False


def fill(message: str, said: str, comment: str) -> str:
    """A message file's text with what was done on top; as it is where something stands there already.

    Args:
        message: what git, or another hook, has put into the file.
        said: what was done.
        comment: what comments begin with.
    """
    first = message.partition("\n")[0]
    if not said or (first.strip() and not first.startswith(comment)):
        return message
    # git drops lines that begin like a comment, whatever was meant.
    lines = [f" {line}" if line.startswith(comment) else line for line in said.splitlines()]
    return "\n".join(lines) + "\n" + (message if message.startswith("\n") or not message else f"\n{message}")


def _filling(prefix: str) -> str:
    folder = f" -C {shlex.quote(prefix)}" if prefix else ""
    return (
        f"{BEGIN}\n"
        "# Fills an empty commit message with what was done. Taken away by: playbook hooks remove\n"
        f'if [ -z "${{2-}}" ]; then playbook{folder} hooks fill "$1" >/dev/null 2>&1 || :; fi\n'
        f"{END}\n"
    )


def _guarding(prefix: str) -> str:
    folder = f" -C {shlex.quote(prefix)}" if prefix else ""
    # Where the program is missing somebody must be able to commit all the same, and to know.
    missing = "echo 'playbook is not on the PATH: this commit was not looked through' >&2"
    past = "{ echo 'Nothing was committed. If you know better: git commit --no-verify' >&2; exit 1; }"
    return (
        f"{BEGIN}\n"
        "# Refuses secrets and built sites; git commit --no-verify goes past it. Taken away by: playbook hooks remove\n"
        f"if command -v playbook >/dev/null 2>&1; then playbook{folder} hooks guard || {past}; else {missing}; fi\n"
        f"{END}\n"
    )


_BLOCKS = {HOOK: _filling, GUARD: _guarding}


def _state(path: Path, block: str) -> HookState:
    if not os.path.lexists(path):
        return HookState.NONE
    _, ours, _ = _parts(_text(path))
    if not ours:
        return HookState.OTHERS
    return HookState.OURS if ours == block else HookState.OLDER


def _text(path: Path) -> str:
    """What a hook holds; nothing for a link, a folder, or what cannot be read: all somebody's own."""
    if path.is_symlink() or not path.is_file():
        return ""
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST).decode("utf-8", "surrogateescape")
    except OSError:
        return ""


def _parts(text: str) -> tuple[str, str, str]:
    """What stands before our part, our part, what stands behind it."""
    begin = text.find(f"{BEGIN}\n")
    end = text.find(f"{END}\n", begin)
    if begin < 0 or end < 0:
        return text, "", ""
    return text[:begin], text[begin : end + len(END) + 1], text[end + len(END) + 1 :]
