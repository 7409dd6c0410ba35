"""Writes one text as a YAML scalar that the strict reader, and every other reader of YAML, takes back as that text."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

from yaml import SafeLoader
from yaml.nodes import ScalarNode

from playbook.source.text import FORBIDDEN

WIDTH = 100
"""How many characters a line of text may have before it is written below its key."""

# Text that nothing may be taken for, though it begins with a sign or looks like a number: days.
_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d\Z", re.ASCII)
_NUMBER = re.compile(r"[-+.]?\d[\d_.,:xXoObBeE+-]*\Z", re.ASCII)
_WORDS_OF_YAML = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=~<")
_SIGN_INSIDE = re.compile(r":(?:\s|\Z)|\s#|\t")
_SIGN_IN_FLOW = re.compile(r"[,\[\]{}?]")
_WITHOUT_SPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*\Z", re.ASCII)
_TEXT = "tag:yaml.org,2002:str"
_RESOLVER: Any = SafeLoader("")


def as_scalar(text: str, style: str = "", *, in_flow: bool = False, comment: str = "") -> str:
    """`text` as a scalar on one line: plain where safe, else quoted as the old one was, else in double quotes.

    Args:
        text: any text that YAML can hold.
        style: how the text was quoted that stood there (`'`, `"`, or neither).
        in_flow: whether it stands in brackets or braces.
        comment: what stands behind it on its line, if anything; only a token may stand plain before one.
    """
    quoted = style in {"'", '"'}
    if not quoted and is_plain(text, in_flow=in_flow) and (not comment or (comment[1:2].isspace() and is_token(text))):
        return text
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return FORBIDDEN.sub(_escaped, json.dumps(text, ensure_ascii=False))


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Whether `text` may stand without quotes and is text to every reader of YAML (a day is a day to all of them)."""
    if _DAY.match(text):
        return True
    return (
        text[:1] not in _INDICATORS
        and bool(text)
        and text == text.strip()
        and text.isprintable()
        and not _SIGN_INSIDE.search(text)
        and not (in_flow and _SIGN_IN_FLOW.search(text))
        and not text.startswith("...")
        and text.lower() not in _WORDS_OF_YAML
        and not _NUMBER.match(text)
        and _RESOLVER.resolve(ScalarNode, text, (True, False)) == _TEXT
    )


def is_token(text: str) -> bool:
    """Whether `text` is one plain word, an id or a day: what stands well among others on one line."""
    return bool(_DAY.match(text)) or (bool(_WITHOUT_SPACE.match(text)) and is_plain(text, in_flow=True))


def as_block(text: str, style: str = "") -> tuple[str, list[str]] | None:
    """`text` as a block: its head (`|`, `>-` …) and its lines without indentation. None where it does not fit in one.

    Several lines stand as they are; one long line is folded, unless a `|` stood there (`style`).
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body or not lines[-1] or lines[0][:1].isspace() or any(line != line.rstrip() for line in lines):
        return None
    first = next(line for line in lines if line)
    if first[0].isspace() or any(not line.replace("\t", "").isprintable() for line in lines):
        return None
    chomped = "" if text.endswith("\n") else "-"
    if len(lines) == 1:
        folded = textwrap.wrap(body, WIDTH, break_long_words=False, break_on_hyphens=False)
        if len(folded) > 1 and " ".join(folded) == body and style != "|":
            return f">{chomped}", folded
    return f"|{chomped}", lines


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
