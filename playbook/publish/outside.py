"""What lies beside the packs in the clear: the loader and its scripts, as they came with the program.

A user's own `templates/` is never asked: whoever could change these files could read the passphrase.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from urllib.parse import urlsplit

from playbook.shipped import templates_folder

SCRIPTS = ("loader.js", "sw.js", "inpage.js")
ROBOTS = b"User-agent: *\nDisallow: /\n"


def outside_files(site_url: str = "") -> dict[str, bytes]:
    """Name → content of every file that a sealed folder holds beside its header and packs."""
    scripts = {name: shipped(name) for name in SCRIPTS}
    page = shipped("loader.html").decode()
    path = escape(urlsplit(site_url).path.rstrip("/") + "/")
    digest = base64.b64encode(hashlib.sha384(scripts["loader.js"]).digest()).decode()
    page = page.replace("@@SRI@@", f"sha384-{digest}")
    return {
        # A host answers every path it does not know with 404.html, so that its scripts need the whole way.
        "404.html": page.replace("@@BASE@@", path).encode(),
        "index.html": page.replace("@@BASE@@", "./").encode(),
        **scripts,
        "robots.txt": ROBOTS,
        ".nojekyll": b"",
    }


def shipped(name: str) -> bytes:
    """A file of the program's own `templates/sealed`."""
    return (templates_folder() / "sealed" / name).read_bytes()
