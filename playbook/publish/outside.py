"""What lies beside the packs in the clear: the loader and its scripts, as they came with the program."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from playbook.publish import shell

SCRIPTS = ("loader.js", "sw.js", "inpage.js")
FRAME = "single.html"
"""What the digest of the one HTML file without its header and packs is filed under."""
ROBOTS = b"User-agent: *\nDisallow: /\n"


def outside_files() -> dict[str, bytes]:
    """Name → content of every file that a sealed folder holds beside its header and packs: the same for everybody."""
    return {
        "404.html": shell.missing_page().encode(),
        "index.html": shell.loader_page().encode(),
        **{name: shell.script(name).encode() for name in SCRIPTS},
        "robots.txt": ROBOTS,
        ".nojekyll": b"",
    }


def page_frame() -> bytes:
    """The one HTML file without its header and packs."""
    return shell.single_page("").encode()


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Name → SHA-256 of each of these files."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
