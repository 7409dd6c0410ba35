"""Gathers a built site from its folder: every file that a reader needs, as path → content, and nothing else.

Refuses to follow a link, whoever made it.
"""

from __future__ import annotations

import html
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from playbook.publish.refused import Refused

TITLE = "Notes"
"""What every page of a discreet site is called."""

_UNNEEDED = (
    # Debugging a minified theme; they are larger than the site.
    ".map",
    # The worker answers with compressed files as it is.
    "sitemap.xml.gz",
    ".DS_Store",
)
_FEED = ".ics"
_TO_FEEDS = re.compile(rb'<p class="(?:[^"]* )?pb-feeds(?: [^"]*)?">.*?</p>\s*', re.DOTALL)
"""The line on Home that leads to the feeds."""
_TITLE = re.compile(rb"(<title\b[^>]*>).*?(</title\s*>)", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(rb"<loc>([^<]+)</loc>")


def gather(folder: Path, *, with_feeds: bool = False) -> dict[str, bytes]:
    """Every file of the site, by path with `/`, sorted.

    Args:
        folder: where the site was built.
        with_feeds: whether calendar feeds come along. A calendar program cannot unlock anything, so a feed is of use
            to nobody who reads a sealed site, and tells a reader's calendar provider everything.

    Raises:
        Refused: where something in it is a link, or neither file nor folder.
        OSError: where something cannot be read.
    """
    files = {path: (folder / path).read_bytes() for path in sorted(_walk(folder, "")) if not path.endswith(_UNNEEDED)}
    return files if with_feeds else dict(_without_feeds(files))


def discreet(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files, with one title for all pages: what a browser writes into its history and shows on its tabs."""
    constant = TITLE.encode()
    return {
        path: _TITLE.sub(lambda found: found[1] + constant + found[2], content) if path.endswith(".html") else content
        for path, content in files.items()
    }


def site_address(files: Mapping[str, bytes]) -> str:
    """The address that the site was built for, as its sitemap has it; empty where it has none."""
    pages = _ADDRESS.findall(files.get("sitemap.xml", b""))
    if not pages:
        return ""
    # Nothing stands above the home page, whose own name may be left out.
    first = html.unescape(min(pages, key=len).decode("utf-8", "replace")).strip()
    return first[: first.rindex("/") + 1] if "/" in first else ""


def count_pages(files: Mapping[str, bytes]) -> int:
    """How many pages there are; the one that says that a page is missing is none."""
    return sum(path.endswith(".html") and path != "404.html" for path in files)


def _without_feeds(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path, content in files.items():
        if not path.lower().endswith(_FEED):
            yield path, _TO_FEEDS.sub(b"", content) if path.endswith(".html") else content


def _walk(folder: Path, below: str) -> Iterator[str]:
    with os.scandir(folder / below) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                raise Refused(f"'{path}' in the built site is a link; put the file itself there")
            if stat.S_ISDIR(mode):
                yield from _walk(folder, f"{path}/")
            elif stat.S_ISREG(mode):
                yield path
            else:
                raise Refused(f"'{path}' in the built site is no file; take it away")
