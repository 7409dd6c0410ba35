"""What belongs in no output whoever reads it: keys and tokens, private keys, folders of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

_KEYS = (
    ("an AWS access key", ("AKIA", "ASIA"), r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])"),
    ("an AWS secret key", ("aws_secret", "AWS_SECRET", "secretAccessKey"),
     r"(?i:aws_?secret_?(?:access_?)?key|secretAccessKey)[\"']?\s*[=:]\s*[\"']?[A-Za-z0-9/+]{40}"),
    ("a GitHub token", ("gh", "github_pat_"),
     r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})"),
    ("a GitLab token", ("glpat-",), r"(?<![A-Za-z0-9])glpat-[\w-]{20,}"),
    ("a Slack token", ("xox", "xapp-"), r"(?<![A-Za-z0-9])(?:xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{10,})"),
    ("a Slack webhook", ("hooks.slack.com",), r"hooks\.slack\.com/services/\w+/\w+/\w+"),
    ("an OpenAI or Anthropic key", ("sk-",), r"(?<![A-Za-z0-9_-])sk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}"),
    ("a Stripe key", ("_live_",), r"(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16,}"),
    ("a Google key", ("AIza",), r"(?<![A-Za-z0-9])AIza[\w-]{35}"),
    ("an npm token", ("npm_",), r"(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}"),
    ("a package index's token", ("pypi-AgE",), r"pypi-AgE[\w-]{20,}"),
    ("a private key", ("PRIVATE KEY", "AGE-SECRET-KEY-"),
     r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|AGE-SECRET-KEY-1[0-9A-Z]{20,}"),
    ("a JSON web token", ("eyJ",), r"(?<![A-Za-z0-9_-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"),
)  # fmt: skip
"""What it is, what must stand in a text for it to be there, and how it looks."""
_COMPILED = tuple((what, hints, re.compile(pattern)) for what, hints, pattern in _KEYS)
_HOME = re.compile(
    r"(?<![\w./~-])(?:file:/{2,3})?(?:/(?:home|Users)/[\w.-]+/[\w.-]|/root/[\w.-]|[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}[\w.-]+[\\/])"
)
_FOLDERS = ("/home/", "/Users/", "/root/", "Users\\", ":/Users")


def tokens_in(text: str, home: str = "") -> Iterator[str]:
    """What each key, token or folder is that stands in a text, once, and never the thing itself.

    Args:
        text: any text.
        home: the folder of this machine's user, where that is not where such folders usually are.
    """
    for what, hints, pattern in _COMPILED:
        if any(hint in text for hint in hints) and pattern.search(text):
            yield what
    if (any(folder in text for folder in _FOLDERS) and _HOME.search(text)) or _holds_home(text, home):
        yield "a folder of a home directory"


def _holds_home(text: str, home: str) -> bool:
    folder = home.rstrip("/\\")
    return len(folder) > len("/root") and (folder in text or folder.replace("\\", "\\\\") in text)
