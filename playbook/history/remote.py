"""Where a commit can be looked at on the web, as far as the repository's own configuration tells.

The file is read, never run through git: a configuration can name programs.
"""

from __future__ import annotations

import re
from pathlib import Path

_LARGEST = 1 << 20
_SECTION = re.compile(r'\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_URL = re.compile(r"\s*url\s*=\s*(\S+)\s*\Z", re.IGNORECASE)
_SHORT_FORM = re.compile(r"(?:[\w.-]+@)?([A-Za-z0-9][\w.-]*\.[A-Za-z]+):(?!/)([\w./~-]+)\Z", re.ASCII)
_ADDRESS = re.compile(
    r"(?:(https?)|ssh|git)://(?:[^@/\s]*@)?([A-Za-z0-9][\w.-]*\.[A-Za-z]+)(:\d+)?/([\w./~-]+)\Z", re.ASCII
)
_WAYS = (
    ("gitlab", "/-/commit/"),
    ("bitbucket", "/commits/"),
    ("github", "/commit/"),
    ("codeberg", "/commit/"),
    ("gitea", "/commit/"),
    ("forgejo", "/commit/"),
    ("git.sr.ht", "/commit/"),
)
"""A word in a host's name → what stands between the repository and a commit there."""


def remote_of(directory: Path) -> str:
    """The URL of the remote `origin`, as it is written in the configuration; empty where there is none.

    Args:
        directory: the git directory.
    """
    try:
        with (directory / "config").open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(_LARGEST)
    except OSError:
        return ""
    is_origin = False
    for line in text.splitlines():
        section = _SECTION.match(line.strip())
        if section:
            is_origin = section[1].lower() == "remote" and section[2] == "origin"
        elif is_origin and (url := _URL.match(line)):
            return url[1].strip('"')
    return ""


def commit_address(remote: str, *, is_web: bool = False) -> str:
    """What a commit's id is put behind to look at it on the web; empty where nobody knows.

    Names and passwords in the URL are left out.

    Args:
        remote: the URL of a remote, in any form that git takes; or the address of a repository's page.
        is_web: whether it is known to be a page: then a host of no known name is taken to work as most do.
    """
    if short := _SHORT_FORM.match(remote):
        host, port, path = short[1], "", short[2]
    elif found := _ADDRESS.match(remote):
        # A port of ssh is none of the page's.
        host, port, path = found[2], (found[3] or "") if found[1] else "", found[4]
    else:
        return ""
    host, path = host.lower(), path.strip("/").removesuffix(".git")
    if not path or ".." in path.split("/"):
        return ""
    way = next((way for word, way in _WAYS if word in host), "/commit/" if is_web else "")
    return f"https://{host}{port}/{path}{way}" if way else ""
