"""The content-security policy of a built site: what its own pages need to run, and nothing from any other host.

Every script that stands in a page is allowed by its hash, so a script that somebody slips in does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

_SCRIPTS = frozenset(
    ("", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript")
)
"""The types of a script that a browser runs; any other is data. (What is no type of a script needs no hash.)"""
_TOKEN = re.compile(
    r"""
      <!--.*?--!?>
    | (?P<script> <script (?=[\s/>]) (?: [^>"'] | "[^"]*" | '[^']*' )*+ > .*? </script (?=[\s/>]) [^>]*> )
    | <(?P<raw> style | title | textarea | xmp | iframe | noembed | noframes ) (?=[\s/>]) .*? </(?P=raw) (?=[\s/>])
    | </?[a-z] (?: [^>"'] | "[^"]*" | '[^']*' )*+ >
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""What is read as one in a page: a comment, a script with its text, an element that holds text alone, any other tag."""
_DIRECTIVES = (
    "default-src 'none'",
    "{scripts}",
    # Material writes styles into elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "media-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
)


def content_security_policy(files: Mapping[str, bytes]) -> str:
    """The policy to answer with for every page of a site, the same whatever order its files come in.

    Args:
        files: path → content; scripts are looked for in what ends with `.html`.
    """
    pages = (content for path, content in files.items() if path.endswith(".html"))
    hashes = sorted({f"'sha256-{_hash(script)}'" for page in pages for script in inline_scripts(page)})
    scripts = " ".join(("script-src", "'self'", *hashes))
    return "; ".join(_DIRECTIVES).replace("{scripts}", scripts)


def inline_scripts(page: bytes) -> Iterable[str]:
    """The text of every script that stands in a page and would be run, in order, as a browser reads it."""
    # A browser turns line ends into LF before it looks at anything, and so before it hashes.
    text = page.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    reader = _Scripts()
    for token in _TOKEN.finditer(text):
        # To read a whole page by the parser would take as long as to build it.
        if token["script"]:
            reader.feed(token["script"])
    reader.close()
    return tuple(reader.found)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            known = dict(reversed(attrs))
            is_run = "src" not in known and (known.get("type") or "").strip().lower() in _SCRIPTS
            self._parts = [] if is_run else None

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._parts is not None:
            self.found.append("".join(self._parts))
            self._parts = None
