"""What happened, as a verb says it: `called`, `I wrote to him`, `gave me her card`; or that nothing did: `not there`.

Knows no promises.
"""

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
_NOUN = (
    r"(?:coffee|lunch|dinner|breakfast|brunch|tea|drinks?|beers?|walk|chat|talk|call|meeting|1:1|one-on-one|catch-?up|"
    r"visit|conversation|session|interview)"
)
_HOW = r"(?:good|great|nice|lovely|long|short|quick|brief|first|second|weekly|monthly|team|video|phone|zoom|mentoring)"
OCCASION = rf"(?:(?:i|we) )?(?:had )?(?:(?:an?|the|our|my|another) )?(?:(?:{_HOW}|{_NOUN}) )*{_NOUN}"
"""What names a talk: `coffee`, `a long lunch`, `the dinner talk`."""
_OPENINGS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            LogKind.WROTE,
            r"(?:i (?:answered|replied|wrote back)|(?:answered|replied|wrote back) to (?:them|him|her))\b.*",
        ),
        (LogKind.HEARD, r"(?:(?:they|he|she) )?(?:answered|replied|wrote back)\b.*"),
        (LogKind.HEARD, r"(?:they|he|she) (?:wrote|e-?mailed|messaged|texted)(?: (?:to )?me\b.*)?"),
        (LogKind.CALLED, r"(?:they|he|she) (?:called|phoned|rang)(?: me\b.*)?"),
        (
            LogKind.CALLED,
            r"(?:an? )?(?:(?:good|great|long|short|quick|brief) )?(?:(?:phone|video|zoom|teams) )?call(?: about .+)?",
        ),
        (LogKind.WROTE, r"(?:an? )?(?:(?:long|short|quick|brief) )?(?:e-?mail|mail|message|letter|text)"),
    )
)
"""What else the first words may say: `he answered`, `a call`, `e-mail`; further on they are mere words."""
_ABSENT = re.compile(
    r"(?:(?:i|they|he|she) )?(?:"
    r"(?:(?:was|were|is) )?not (?:there|here|met|seen)|(?:was|were|is)n['’]?t (?:there|here)"
    r"|(?:did|could)(?: not|n['’]?t) (?:come|attend|make it|show(?: up)?|(?:meet|see|find)(?: (?:them|him|her))?)"
    r"|missed(?: (?:them|him|her|each other))?|no[- ]?show|absent)",
    re.IGNORECASE,
)
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


def read_opening(part: str) -> tuple[LogKind | None, str]:
    """As `read_verb`, of the first words that are told."""
    kind = next((kind for kind, pattern in _OPENINGS if pattern.fullmatch(part)), None)
    return (kind, part) if kind is not None else read_verb(part)


def is_absence(part: str) -> bool:
    """Whether words say that you did not meet: `not there`, `did not come`, `no show`."""
    return _ABSENT.fullmatch(part.strip(" .!")) is not None


def is_only_verb(text: str) -> bool:
    """Whether words say nothing but what happened: `called`, `I wrote`."""
    found = _VERB.fullmatch(text)
    return found is not None and not found["rest"]


def with_comma(text: str) -> str:
    """`called: she will ask` as `called, she will ask`."""
    return _HEAD.sub(r"\1, ", text)
