"""What a secret looks like in a file, and what files are called that hold one; says the kind, never the secret."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playbook.publish.scan.tokens import tokens_in

_PASSPHRASE = re.compile(
    rb"""PLAYBOOK_PASSPHRASE["']?[ \t]*(?:=|:[ \t])[ \t]*(?:["'](?!\$|["'])|(?![\s"'$<{%&|;)]))\S"""
)
_ADDRESS = re.compile(rb"\bhttps?://[^\s/:@\"'<>]{1,80}:[^\s/:@\"'<>{}$]{3,80}@[A-Za-z0-9]")
_HOME = "a folder of a home directory"
_NAMES = (
    (re.compile(r"(?:\A|/)\.env(?:\.(?!example\Z|sample\Z|template\Z|dist\Z)[\w-]+)?\Z"), "a file of secrets (.env)"),
    (re.compile(r"(?:\A|/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?\Z"), "a private SSH key"),
    (re.compile(r"\.(?:p12|pfx|kdbx|jks|keystore)\Z", re.IGNORECASE), "a store of keys"),
    (re.compile(r"(?:\A|/)(?:\.netrc|_netrc|\.git-credentials|\.pgpass|\.htpasswd)\Z"), "a file of passwords"),
    (re.compile(r"(?:\A|/)encryptcontent\.cache\Z"), "a site's passphrase and key"),
    (re.compile(r"(?:\A|/)[\w.-]*passphrase(?:\.txt)?\Z", re.IGNORECASE), "a passphrase file"),
)
WRITTEN_OUT = "a passphrase, written out"
BUILT = ("search/search_index.json", "search_index.json")
"""What a built site has that anybody can read."""
SEALED = "h.json"
"""What a sealed site has."""


def find_keys(content: bytes) -> set[str]:
    """The kinds of keys and tokens in the bytes of a file; a passphrase of ours, written out, is one."""
    # Where somebody lives on a disk is no secret here.
    kinds = set(tokens_in(content, (content,))) - {_HOME}
    if b"://" in content and _ADDRESS.search(content):
        kinds.add("a password in an address")
    if _writes_passphrase(content):
        kinds.add(WRITTEN_OUT)
    return kinds


def secret_name(path: str) -> str:
    """The kind of secret that a file called so holds; empty for any other."""
    return next((kind for pattern, kind in _NAMES if pattern.search(path)), "")


def _writes_passphrase(content: bytes) -> bool:
    # `PLAYBOOK_PASSPHRASE=six words`, not `${{ secrets.PLAYBOOK_PASSPHRASE }}`.
    return b"PLAYBOOK_PASSPHRASE" in content and _PASSPHRASE.search(content) is not None


def built_sites(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders (with `/`; empty for the top) that hold a readable built site, sorted."""
    return tuple(sorted({folder for path in paths if (folder := _site_of(path)) is not None}))


def _site_of(path: str) -> str | None:
    for name in BUILT:
        if path == name or path.endswith(f"/{name}"):
            return path.removesuffix(name)
    return None
