"""What a secret looks like in a file, and what files are called that hold one; says the kind, never the secret."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PASSPHRASE = re.compile(
    rb"""PLAYBOOK_PASSPHRASE["']?[ \t]*(?:=|:[ \t])[ \t]*(?:["'](?!\$|["'])|(?![\s"'$<{%&|;)]))\S"""
)
_KEYS = (
    (rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----", "a private key"),
    (rb"AGE-SECRET-KEY-1[0-9A-Z]{50,}", "a private key of age"),
    (rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "a key of AWS"),
    (rb"\bgh[pousr]_[A-Za-z0-9]{36,}", "a token of GitHub"),
    (rb"\bgithub_pat_[A-Za-z0-9_]{40,}", "a token of GitHub"),
    (rb"\bgl(?:pat|dt|rt|cbt|ptt)-[A-Za-z0-9_-]{20,}", "a token of GitLab"),
    (rb"\bxox[abeoprs]-[A-Za-z0-9-]{10,}", "a token of Slack"),
    (rb"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}", "a key of a language model's service"),
    (rb"\bAIza[A-Za-z0-9_-]{35}", "a key of Google"),
    (rb"\b[rs]k_live_[A-Za-z0-9]{20,}", "a key of Stripe"),
    (rb"\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}", "a key of SendGrid"),
    (rb"\bnpm_[A-Za-z0-9]{36}\b", "a token of npm"),
    (rb"\bpypi-AgEI[A-Za-z0-9_-]{50,}", "a token of a package registry"),
    (rb"\bdop_v1_[0-9a-f]{64}\b", "a token of DigitalOcean"),
    (rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}", "a signed token (JWT)"),
    (rb"\bhttps?://[^\s/:@\"'<>]{1,80}:[^\s/:@\"'<>{}$]{3,80}@[A-Za-z0-9]", "a password in an address"),
)
_ANY_KEY = re.compile(b"|".join(b"(%s)" % pattern for pattern, _ in _KEYS))
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
    kinds = {_KEYS[match.lastindex - 1][1] for match in _ANY_KEY.finditer(content) if match.lastindex}
    return kinds | {WRITTEN_OUT} if _writes_passphrase(content) else kinds


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
