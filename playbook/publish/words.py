"""Passphrases and links from the system's own randomness.

The words are the 7,776 of the Electronic Frontier Foundation's long list; six of them make 77.5 bits.
"""

from __future__ import annotations

import base64
import secrets
from functools import cache
from math import log2
from pathlib import Path

from playbook.publish.keys import LINK_BYTES
from playbook.publish.opening import LinkSecret

WORDS = 6
WORD_BITS = log2(7776)
_FILE = Path(__file__).with_name("words.txt")
_MARK = "#k="


@cache
def word_list() -> tuple[str, ...]:
    """Every word, sorted; read when first asked for."""
    lines = _FILE.read_text(encoding="ascii").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


def new_passphrase(words: int = WORDS) -> str:
    """Words chosen at random, with a space between them."""
    return " ".join(secrets.choice(word_list()) for _ in range(words))


def new_link() -> LinkSecret:
    """A link's secret, chosen at random."""
    return LinkSecret(secrets.token_bytes(LINK_BYTES))


def link_text(link: LinkSecret, site_url: str = "") -> str:
    """The link as it is handed on: the site's address, and behind `#` (which no server is sent) its secret."""
    return site_url + _MARK + base64.urlsafe_b64encode(link.secret).decode().rstrip("=")


def read_secret(text: str) -> str | LinkSecret:
    """The link's secret, where a whole link or the end of one was given; else the text, a passphrase."""
    _, mark, code = text.rpartition(_MARK)
    code = code.partition("!")[0]  # a link may go on to a page of the site
    if not mark:
        return text
    try:
        secret = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return text
    return LinkSecret(secret) if len(secret) == LINK_BYTES else text
