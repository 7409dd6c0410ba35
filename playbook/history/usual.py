"""Reads an item in the forms that nearly all are written in, which saves a parser for each.

Whatever else may stand there is none of its business: it says so, and somebody has to parse it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playbook.history.checklists import OldItem, made_item, one_line
from playbook.source.text import FORBIDDEN

# What `(?:[^...]|:(?=\S)|(?<=\S)#)*` says too, a letter at a time.
_PLAIN_RUN = r"[^\x00-\x1f:#\x7f-\x9f]*"
_PLAIN = rf"[A-Za-z0-9(/]{_PLAIN_RUN}(?:(?::(?=[^\s])|(?<=\S)#){_PLAIN_RUN})*"
_PLAIN_TEXT = re.compile(rf"{_PLAIN}").fullmatch
_QUOTED = r"""\"([^"\\\x00-\x1f\x7f-\x9f]*)\"|'([^'\x00-\x1f\x7f-\x9f]*)'"""
_BLOCK_LINE = re.compile(rf"([a-z_]+): +(?:({_PLAIN})|{_QUOTED}) *").fullmatch
_FLOW_PLAIN = r"[A-Za-z0-9(/][^\x00-\x1f:#,\[\]{}\x7f-\x9f]*"
_FLOW_PAIR = re.compile(rf"([a-z_]+): (?:({_FLOW_PLAIN})|{_QUOTED})(?:, |\Z)").match
_TASK = rf"""task: (?:({_FLOW_PLAIN})|{_QUOTED})"""
_USUAL_FLOW = re.compile(rf"\{{{_TASK}(?:, (done|skipped): ({_FLOW_PLAIN}))?\}}").fullmatch
_NO_TEXT = frozenset(("null", "~"))


def usual_forms(indent: str) -> Callable[[bytes], OldItem | None]:
    """A reader of what stands between two dashes; it answers None where it is not sure.

    Args:
        indent: how deep the further lines of an item stand.
    """
    line_break = "\n" + indent
    usual_block = re.compile(
        rf"""task: (?:({_PLAIN})|{_QUOTED})(?:{line_break}(done|skipped): ([A-Za-z0-9(/][A-Za-z0-9 -]*))?"""
    ).fullmatch

    def read(chunk: bytes) -> OldItem | None:
        try:
            text = chunk.decode()
        except UnicodeDecodeError:
            return None
        if not text.isascii() and FORBIDDEN.search(text):
            return None
        found = _USUAL_FLOW(text) if text[:1] == "{" else usual_block(text)
        if found is not None:
            plain, double, single, state, value = found.groups()
            task, value = one_line(plain or double or single or ""), value.strip() if value else ""
            if task and task[-1] != ":" and task not in _NO_TEXT and value not in _NO_TEXT:
                return made_item("", task, value, "", "") if state == "done" else made_item("", task, "", value, "")
        return _item(text, line_break)

    return read


def _item(text: str, line_break: str) -> OldItem | None:
    if text[:1] == "{":
        pairs = _flow_pairs(text)
    elif _PLAIN_TEXT(text) and text[-1] != ":":
        return None if text in _NO_TEXT else made_item("", one_line(text), "", "", "")
    else:
        pairs = _block_pairs(text, line_break)
    if not pairs or not (task := one_line(pairs.pop("task", ""))):
        return None
    identifier, done, skipped = pairs.pop("id", ""), pairs.pop("done", ""), pairs.pop("skipped", "")
    rest = "\n".join(f"{key}: {value.strip()}" for key, value in pairs.items()) if pairs else ""
    return made_item(identifier.strip(), task, done.strip(), skipped.strip(), rest)


def _block_pairs(text: str, line_break: str) -> dict[str, str] | None:
    pairs: dict[str, str] = {}
    for line in text.split(line_break):
        found = _BLOCK_LINE(line)
        if found is None:
            return None
        key, plain, double, single = found.groups()
        if key in pairs:
            return None
        if plain is not None:
            value = plain.rstrip(" ")
            if value[-1] == ":" or value in _NO_TEXT:
                return None
            pairs[key] = value
        else:
            pairs[key] = double if double is not None else single
    return pairs


def _flow_pairs(text: str) -> dict[str, str] | None:
    if text[-1] != "}":
        return None
    pairs: dict[str, str] = {}
    inner, at = text[1:-1], 0
    while at < len(inner):
        found = _FLOW_PAIR(inner, at)
        if found is None:
            return None
        key, plain, double, single = found.groups()
        if key in pairs:
            return None
        value = plain if plain is not None else double if double is not None else single
        if plain is not None and value.strip() in _NO_TEXT:
            return None
        pairs[key] = value
        at = found.end()
    return pairs
