"""What lies beside the packs in the clear: the loader and its scripts, as they came with the program."""

from __future__ import annotations

from playbook.publish import shell

SCRIPTS = ("loader.js", "sw.js", "inpage.js")
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
