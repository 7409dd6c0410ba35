"""What belongs in no output whoever reads it: keys and tokens, private keys, folders of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KEYS = (
    ("an AWS access key", ("AKIA", "ASIA"), r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])"),
    ("an AWS secret key", ("aws_secret", "AWS_SECRET", "secretAccessKey"),
     r"(?i:aws_?secret_?(?:access_?)?key|secretAccessKey)[\"']?\s*[=:]\s*[\"']?[A-Za-z0-9/+]{40}"),
    ("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
     r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})"),
    ("a GitLab token", ("glpat-",), r"(?<![A-Za-z0-9])glpat-[\w-]{20,}"),
    ("a Slack token", ("xox", "xapp-"), r"(?<![A-Za-z0-9])(?:xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{10,})"),
    ("a Slack webhook", ("/services/T",), r"hooks\.slack\.com/services/\w+/\w+/\w+"),
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
_COMPILED = tuple((what, tuple(map(str.encode, hints)), re.compile(pattern.encode())) for what, hints, pattern in _KEYS)
_HOME = re.compile(
    rb"(?<![\w./~-])(?:file:/{2,3})?(?:/(?:(?:home|Users)/[\w.-]+|root)/[\w.-]|"
    rb"[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}[\w.-]+[\\/])"
)
_FOLDERS = (b"/home/", b"Users", b"/root")
_BEFORE, _BEHIND = 60, 400
"""How far from its hint something may begin and end."""
_SECRET = 40
"""Letters and digits of an AWS secret key, which looks like nothing else."""
_IS_MIXED = re.compile(rb"(?=.*[A-Z])(?=.*[a-z]).*[0-9]", re.DOTALL).match
_CAPITAL = re.compile(rb"[A-Z]")


def tokens_in(data: bytes, runs: Iterable[bytes], home: str = "") -> Iterator[str]:
    """What each key, token or folder is that stands in a text, once, and never the thing itself.

    Args:
        data: any text, in UTF-8.
        runs: its long runs of letters and digits, in one of which nearly every key is.
        home: the folder of this machine's user, where that is not where such folders usually are.
    """
    joined = b" ".join(runs)
    if any(len(run) >= _SECRET and _IS_MIXED(run) for run in runs) or b"PRIVATE KEY" in data:
        # What gives these away stands beside the run, or is none.
        joined = data
    if _CAPITAL.search(joined):
        for what, hints, pattern in _COMPILED:
            if any(hint in joined for hint in hints) and _stands(data, hints, pattern):
                yield what
    if _stands(data, _FOLDERS, _HOME) or _holds_home(data, home):
        yield "a folder of a home directory"


def _stands(data: bytes, hints: tuple[bytes, ...], pattern: re.Pattern[bytes]) -> bool:
    for hint in hints:
        at = data.find(hint)
        while at >= 0:
            if pattern.search(data, max(at - _BEFORE, 0), at + _BEHIND):
                return True
            at = data.find(hint, at + 1)
    return False


def _holds_home(data: bytes, home: str) -> bool:
    folder = home.rstrip("/\\")
    # Its usual places were looked for just now.
    if len(folder) <= len("/root") or folder.startswith(("/home/", "/Users/")):
        return False
    written = folder.encode("utf-8", "surrogateescape")
    return written in data or (b"\\" in written and written.replace(b"\\", b"\\\\") in data)
