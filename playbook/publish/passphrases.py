"""Where a passphrase comes from: a file, the environment, the system's keyring, or whoever sits at the keyboard.

Never from an argument, which other programs can read, and never from mkdocs.yml. Writes it nowhere and shows it to
nobody. The first place that has one wins, in the order of the first line.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playbook.publish.refused import Refused

VARIABLE = "PLAYBOOK_PASSPHRASE"
SERVICE = "career-playbook"
"""What the keyring files it under: `keyring set career-playbook USER`."""
_MOST_BYTES = 4096

PLACES = f"--passphrase-file FILE, {VARIABLE}, the system's keyring, or a terminal to type it in"


class NoPassphrase(Refused):
    """There is no passphrase to work with."""


@dataclass(frozen=True)
class Places:
    """Where to look."""

    file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    keyring_user: str = ""
    """Whose entry of the keyring; empty to leave the keyring alone."""
    prompt: Callable[[str], str] | None = field(default=None, repr=False)
    """Asks without showing what is typed; None where nobody can answer."""
    tell: Callable[[str], None] = field(default=lambda _: None, repr=False)
    """Takes a sentence that is no failure."""


def find_passphrase(places: Places, question: str = "Passphrase") -> str:
    """The passphrase of something that is sealed already: asked for once.

    Raises:
        NoPassphrase: saying where it could have come from, or what is wrong with the place it was to come from.
    """
    found = _written(places) or _kept(places)
    if found is not None:
        return found
    if places.prompt is None:
        raise NoPassphrase(f"a passphrase is needed; it may come from {PLACES}")
    return _not_empty(places.prompt(question))


def choose_passphrase(places: Places, question: str = "New passphrase") -> str:
    """A passphrase that is to be: typed twice where it is typed.

    No keyring is asked for what it cannot know yet.

    Raises:
        NoPassphrase: as above, and where the two differ.
    """
    found = _written(places)
    if found is not None:
        return found
    if places.prompt is None:
        raise NoPassphrase("a new passphrase is typed twice, and here is no terminal to type it in")
    typed = _not_empty(places.prompt(question))
    if places.prompt(f"{question}, once more") != typed:
        raise NoPassphrase("the two are not the same; nothing was changed")
    return typed


def _written(places: Places) -> str | None:
    if places.file is not None:
        return read_passphrase(places.file, places.tell)
    if VARIABLE in places.environment:
        return _one_line(places.environment[VARIABLE], VARIABLE)
    return None


def read_passphrase(path: Path, tell: Callable[[str], None]) -> str:
    """The one line of a file; `tell` hears where others on the machine may read it too.

    Raises:
        NoPassphrase: where there is none.
    """
    name = f"'{path.name}'"
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
            mode = os.fstat(stream.fileno()).st_mode
    except OSError as error:
        raise NoPassphrase(f"the passphrase file {name} cannot be read: {error.strerror}") from None
    if len(content) > _MOST_BYTES:
        raise NoPassphrase(f"the passphrase file {name} has more than {_MOST_BYTES:,} bytes; it should hold one line")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The bytes must not travel on inside the exception.
        text = None
    if text is None:
        raise NoPassphrase(f"the passphrase file {name} is not UTF-8")
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        tell(f"others on this machine may read {name}; close it to them: chmod 600 {path}")
    return _one_line(text, f"the passphrase file {name}")


def _one_line(text: str, where: str) -> str:
    line = text.removesuffix("\n").removesuffix("\r")
    if not line:
        raise NoPassphrase(f"{where} is empty")
    if "\n" in line or "\r" in line:
        raise NoPassphrase(f"{where} holds more than one line")
    return _not_empty(line)


def _not_empty(passphrase: str) -> str:
    if not passphrase.strip():
        raise NoPassphrase("the passphrase is empty")
    try:
        passphrase.encode()
    except UnicodeEncodeError:
        readable = False
    else:
        readable = True
    if not readable:
        raise NoPassphrase("the passphrase holds bytes that are not UTF-8")
    return passphrase


def _kept(places: Places) -> str | None:
    """What the keyring holds. None at all is no reason to speak, and a broken one no reason to stop."""
    if not places.keyring_user:
        return None
    try:
        import keyring  # noqa: PLC0415  (looks for every backend there is)
        from keyring.backends import fail, null  # noqa: PLC0415

        if isinstance(keyring.get_keyring(), (fail.Keyring, null.Keyring)):
            return None
        found = keyring.get_password(SERVICE, places.keyring_user)
    except Exception as error:  # noqa: BLE001  (a backend is somebody else's program, and may fail in any way)
        places.tell(f"the system's keyring was not asked: it failed with {type(error).__name__}")
        return None
    return found if found and found.strip() else None
