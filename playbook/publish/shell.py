"""Puts the scripts and pages of the loader together from `templates/sealed`, the same bytes for every playbook.

A user's own `templates/` is never asked: whoever could change these files could read the passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json

from playbook.shipped import templates_folder

_READER = ("crypto.js", "site.js")
"""What reads a sealed site, in whatever page or worker."""
_SOURCES = {
    "loader.js": ("crypto.js", "door.js", "loader.js"),
    "sw.js": (*_READER, "memory.js", "sw.js"),
    # Comes into a page that has loader.js already.
    "inpage.js": ("site.js", "memory.js", "control.js", "inpage.js"),
    "single.js": (*_READER, "door.js", "control.js", "inpage.js", "single.js"),
    "lock.js": ("control.js", "lock.js"),
}
"""Script → the files of `templates/sealed` that it is put together from, in this order."""
_UNLOCKED_PARTS = "style-src 'unsafe-inline' blob:; img-src blob: data:; font-src blob: data:; media-src blob:"
"""What the site itself needs where it is opened in the page of the loader, whose policy stays in force."""
_NOTHING_ELSE = "base-uri 'none'; form-action 'none'"


def script(name: str) -> str:
    """One script as it lies beside the packs, or stands in a page."""
    text = "\n".join(_source(source) for source in _SOURCES[name])
    if name == "loader.js":
        text = text.replace("@@inpage.js@@", integrity(script("inpage.js").encode()))
    if name == "sw.js":
        text = text.replace("'@@lock@@'", json.dumps(script("lock.js")))
    return text


def loader_page() -> str:
    """`index.html`: the lock screen of a site on a host."""
    digest = integrity(script("loader.js").encode())
    policy = (
        f"default-src 'none'; script-src 'self' blob:; {_UNLOCKED_PARTS}; connect-src 'self' blob:; "
        f"worker-src 'self' blob:; {_NOTHING_ELSE}"
    )
    return _page(policy, f'<script src="loader.js" integrity="{digest}"></script>')


def missing_page() -> str:
    """`404.html`: what a host answers with to every path it does not know; it leads to the lock screen."""
    code = _source("missing.js")
    needed = f"script-src '{_hash(code)}'; style-src 'unsafe-inline'; connect-src 'self'"
    policy = f"default-src 'none'; {needed}; {_NOTHING_ELSE}"
    return _filled(_source("missing.html"), {"policy": policy, "missing.js": code})


def single_page(data: str) -> str:
    """The lock screen with everything in it, and the script elements that hold the sealed site.

    Args:
        data: the script elements, which come before the code that reads them.
    """
    # Nothing may close the script element but its end.
    code = script("single.js").replace("</script", "<\\/script").replace("<!--", "<\\!--")
    policy = (
        f"default-src 'none'; script-src '{_hash(code)}' blob:; {_UNLOCKED_PARTS}; connect-src blob:; "
        f"worker-src blob:; {_NOTHING_ELSE}"
    )
    return _page(policy, f"{data}\n<script>{code}</script>")


def integrity(content: bytes) -> str:
    """What a page says of a script so that the browser runs no other."""
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _page(policy: str, scripts: str) -> str:
    # The scripts last: what stands in them is not looked through again.
    return _filled(_source("loader.html"), {"policy": policy, "door.css": _source("door.css"), "scripts": scripts})


def _filled(page: str, parts: dict[str, str]) -> str:
    for name, text in parts.items():
        before, mark, after = page.partition(f"@@{name}@@")
        if not mark:
            raise ValueError(f"the page has no place for {name}")
        page = before + text + after
    return page


def _hash(code: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}"


def _source(name: str) -> str:
    return (templates_folder() / "sealed" / name).read_text(encoding="utf-8")
