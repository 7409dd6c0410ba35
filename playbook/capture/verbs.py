"""What happened, as a verb says it: `called`, `I wrote to him`, `gave me her card`. Knows no promises."""

from __future__ import annotations

import re

from playbook.capture.parts import without_and
from playbook.records.choices import LogKind

_VERBS = {str(kind): kind for kind in LogKind} | {"got": LogKind.RECEIVED}
_VERB = re.compile(rf"(?:i )?(?P<verb>{'|'.join(_VERBS)})(?P<colon> ?:)?(?: (?P<rest>.+)|\Z)", re.IGNORECASE)
# `called: she will ask` is `called, she will ask`; a note is what stands behind its colon, whatever it says.
_HEAD = re.compile(
    rf"\A((?:i )?(?:{'|'.join(verb for verb in _VERBS if verb != LogKind.NOTE)})) ?: ?(?=\S)", re.IGNORECASE
)
_ME = re.compile(r"me\b", re.IGNORECASE)
_SENT_ME = re.compile(r"(?:(?:they|he|she) )?sent me\b", re.IGNORECASE)
_ONLY_PRONOUN = re.compile(r"(?:them|him|her|you)[.!]?\Z", re.IGNORECASE)


def read_verb(part: str) -> tuple[LogKind | None, str]:
    """The kind that a part says, and what is left of it to keep in words."""
    bare = without_and(part)
    match = _VERB.fullmatch(bare)
    if match is None:
        return (LogKind.RECEIVED if _SENT_ME.match(bare) else None), part
    kind, rest = _VERBS[match["verb"].lower()], match["rest"] or ""
    if match["colon"]:
        return kind, rest
    if kind is LogKind.NOTE:
        return None, part  # `note that …` are words
    if _ME.match(rest):
        # `gave me her card`: what they did is not what you did.
        return (LogKind.RECEIVED if kind in (LogKind.GAVE, LogKind.INTRODUCED) else None), part
    return kind, "" if not rest or _ONLY_PRONOUN.match(rest) else part


def is_only_verb(text: str) -> bool:
    """Whether words say nothing but what happened: `called`, `I wrote`."""
    found = _VERB.fullmatch(text)
    return found is not None and not found["rest"]


def with_comma(text: str) -> str:
    """`called: she will ask` as `called, she will ask`."""
    return _HEAD.sub(r"\1, ", text)
