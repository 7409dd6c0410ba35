"""What a repository's own configuration says, read as text: remotes, and settings that name a program.

The file is never run through git, for git obeys what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_SECTION = re.compile(r'\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_SETTING = re.compile(r"\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?\Z", re.DOTALL)
_SCP = re.compile(r"(?:[^@/\s:]+@)?([\w.-]+):(?!/)(.+)\Z")
_PROGRAMS = re.compile(
    r"core\.(?:fsmonitor|sshcommand|pager|editor|askpass|hookspath|gitproxy|alternaterefscommand)"
    r"|diff\.external|(?:diff|merge|filter)\..+\.(?:command|textconv|driver|clean|smudge|process)"
    r"|(?:credential|credential\..+)\.helper|gpg\.(?:.+\.)?program|alias\..+|pager\..+|sequence\.editor"
    r"|remote\..+\.(?:uploadpack|receivepack|vcs)|protocol\..+\.allow|include\.path|includeif\..+\.path"
    r"|(?:difftool|mergetool|browser|man|guitool|trailer|tar)\..+\.(?:cmd|command|path)"
    r"|uploadpack\.packobjectshook|interactive\.difffilter|sendemail\..+|submodule\..+\.update\Z"
)


@dataclass(frozen=True, slots=True)
class Remote:
    """One address of a remote."""

    name: str
    url: str
    """As it is written; may hold a password."""

    @property
    def host(self) -> str:
        """The host's name in small letters; empty for a folder."""
        return self._parts()[0]

    @property
    def path(self) -> str:
        """What the host calls the repository: `mara/playbook`."""
        return self._parts()[1]

    @property
    def scheme(self) -> str:
        """`https`, `ssh`, `git`, or empty."""
        try:
            return urlsplit(self.url).scheme.lower() if "://" in self.url else ""
        except ValueError:
            return ""

    @property
    def has_secret(self) -> bool:
        """Whether a password or a token stands in the address. `git@` is a name and no secret."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return "@" in self.url
        if not parts.scheme or not parts.netloc or "@" not in parts.netloc:
            return bool(_TOKEN_IN_QUERY.search(parts.query))
        user, colon, password = parts.netloc.rpartition("@")[0].partition(":")
        is_token = parts.scheme in ("http", "https") and len(user) >= _SHORTEST_TOKEN
        return bool(colon and password) or is_token or bool(_TOKEN_IN_QUERY.search(parts.query))

    @property
    def without_secret(self) -> str:
        """The address that can be shown."""
        host, path = self._parts()
        if not host:
            return "" if self.has_secret else self.url
        return f"https://{host}/{path}" if self.scheme in ("http", "https") else f"ssh://git@{host}/{path}"

    def _parts(self) -> tuple[str, str]:
        if "://" in self.url:
            try:
                parts = urlsplit(self.url)
                return (parts.hostname or "").lower(), parts.path.strip("/").removesuffix(".git")
            except ValueError:
                return "", ""
        short = _SCP.match(self.url)
        # One letter before a colon is a disk of Windows.
        if short and len(short[1]) > 1:
            return short[1].lower(), short[2].strip("/").removesuffix(".git")
        return "", ""


_TOKEN_IN_QUERY = re.compile(r"(?:token|key|password)=[^&]", re.IGNORECASE)
_SHORTEST_TOKEN = 20


def settings(text: str) -> Iterator[tuple[str, str]]:
    """Each `(section.name.key, value)` of a configuration, names in small letters but for the middle part."""
    section = ""
    for line in _joined(text):
        found = _SECTION.match(line)
        rest = line
        if found:
            middle = (found[2] or "").replace('\\"', '"').replace("\\\\", "\\")
            section = found[1].lower() + (f".{middle}" if found[2] is not None else "")
            rest = line[found.end() :].strip()
        if not section or not rest or rest[0] in "#;":
            continue
        setting = _SETTING.match(rest)
        if setting:
            yield f"{section}.{setting[1].lower()}", _value(setting[2])


def remotes(text: str) -> tuple[Remote, ...]:
    """Every address that something is fetched from or pushed to, in the order of the file."""
    found = []
    for key, value in settings(text):
        if key.startswith("remote.") and key.rpartition(".")[2] in ("url", "pushurl") and value:
            remote = Remote(key.removeprefix("remote.").rpartition(".")[0], value)
            if remote not in found:
                found.append(remote)
    return tuple(found)


def programs(text: str) -> tuple[str, ...]:
    """The names of settings that have git start a program, or read more settings; sorted."""
    found = set()
    for key, value in settings(text):
        if value and value.lower() not in ("false", "no", "0") and _PROGRAMS.match(key.lower()):
            found.add(key)
    return tuple(sorted(found))


def is_partial(text: str) -> bool:
    """Whether git is told to fetch what is missing when somebody asks."""
    return any(key == "extensions.partialclone" or key.endswith(".promisor") for key, _ in settings(text))


def _joined(text: str) -> Iterator[str]:
    """Lines, those that end in a backslash together with the next."""
    held = ""
    for line in text.splitlines():
        held += line.strip()
        if held.endswith("\\") and not held.endswith("\\\\"):
            held = held[:-1]
            continue
        yield held
        held = ""
    if held:
        yield held


def _value(written: str | None) -> str:
    if written is None:
        return "true"
    value, is_quoted = [], False
    at = 0
    while at < len(written):
        letter = written[at]
        if letter == "\\" and at + 1 < len(written):
            at += 1
            value.append({"n": "\n", "t": "\t"}.get(written[at], written[at]))
        elif letter == '"':
            is_quoted = not is_quoted
        elif letter in "#;" and not is_quoted:
            break
        else:
            value.append(letter)
        at += 1
    return "".join(value).strip()
