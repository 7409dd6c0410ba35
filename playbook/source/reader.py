"""Reads one YAML text into a Document, strictly; refuses to guess a type, run a tag or follow an alias.

PyYAML's `safe_load` is never used on what people wrote: it reads `18:30` as 1110 and `no` as False, lets the last of
two equal keys win in silence, and a 487-byte merge bomb ends it. This builder takes libyaml's events, one after another
and without recursion, and keeps the position of every key and value.
"""

from __future__ import annotations

from typing import Any

from yaml import events as ev
from yaml.error import MarkedYAMLError, YAMLError

from playbook.problems import Place, Problem, shorten
from playbook.source import sentences
from playbook.source.document import Document, Tree, place_in, unpack
from playbook.source.syntax import explain_syntax
from playbook.source.text import FORBIDDEN, decode, explain_odd

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # an sdist of PyYAML built without libyaml: slower events, the same builder
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

MAX_DEPTH = 24
MAX_NODES = 100_000
MAX_SCALAR = 64_000

_NOTHING = frozenset(("", "~", "null"))


class _Refused(Exception):  # noqa: N818  (never leaves this module)
    def __init__(self, mark: Any, code: str, message: str, hint: str = "") -> None:
        self.line, self.column = mark.line + 1, mark.column + 1
        self.code, self.message, self.hint = code, message, hint


def parse_document(path: str, content: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a file's bytes, or None and the reason.

    Args:
        path: the file's name as problems shall print it.
        content: the bytes, UTF-8, with or without a byte order mark.

    Returns:
        The document (None if it cannot be read) and the problems found, at their places. A document may come with
        problems: sentences that YAML would cut short without a word.
    """
    text, problem = decode(path, content)
    if problem is not None:
        return None, (problem,)
    found: list[Problem] = []
    try:
        tree, marks = _build(path, text, found)
    except _Refused as refused:
        place = Place(path, refused.line, refused.column)
        return None, (Problem(place, refused.code, refused.message, refused.hint),)
    except MarkedYAMLError as error:
        return None, (explain_syntax(path, text, error),)
    except YAMLError as error:
        return None, (Problem(Place(path), "yaml-syntax", shorten(str(error), 160)),)
    return Document(path, text, tree, marks), tuple(found)


def _build(path: str, text: str, found: list[Problem]) -> tuple[Tree, dict[int, Any]]:
    """The tree and the marks of the one document in `text`; adds cut-off sentences to `found`.

    One loop over events with its state in locals: this is the hot path of every command, so it trades shortness for
    having no call per node.
    """
    next_event: Any = _Parser(text).get_event
    next_event()  # the start of the stream
    if next_event().__class__ is not ev.DocumentStartEvent:
        return None, {}
    marks: dict[int, dict[Any, int]] = {}
    has_hash = " #" in text or "\t#" in text
    # No text without these can hold an anchor, a tag, an escape or too long a value; most texts have none of them.
    careful = len(text) > MAX_SCALAR or "&" in text or "!" in text or "\\" in text
    root: list[Any] = []
    cur: Any = root  # the container being filled
    here: dict[Any, int] = {}  # its marks
    is_map = False
    key: Any = None  # the key that waits for its value
    key_start = 0
    stack: list[tuple[Any, Any, bool]] = []
    nodes = 0
    while True:
        event = next_event()
        cls = event.__class__
        if cls is ev.ScalarEvent:
            value: Any = event.value
            if careful:
                _refuse_scalar(event, text)
            if is_map and key is None:
                if value in cur:
                    raise _repeated(path, text, event, here[value])
                key, key_start = value, event.start_mark.index
                continue
            if not event.style:
                if has_hash and (problem := sentences.find_lost_end(path, text, event)):
                    found.append(problem)
                if " - " in value and (problem := sentences.find_joined_list(path, text, event)):
                    found.append(problem)
                if value in _NOTHING:
                    value = None
            start = event.start_mark.index
            if is_map:
                cur[key] = value
                # Taken apart by document.unpack; written out here because a call for each value would show.
                here[key] = key_start << 40 | start << 20 | event.end_mark.index
                key = None
            else:
                here[len(cur)] = start << 40 | start << 20 | event.end_mark.index
                cur.append(value)
        elif cls is ev.MappingStartEvent or cls is ev.SequenceStartEvent:
            if careful and (event.anchor is not None or event.tag is not None):
                raise _anchor_or_tag(event, text)
            if is_map and key is None:
                raise _not_a_key(event, text)
            if len(stack) >= MAX_DEPTH:
                raise _Refused(event.start_mark, "too-deep", f"nested deeper than {MAX_DEPTH} levels")
            new: Any = {} if cls is ev.MappingStartEvent else []
            start = event.start_mark.index
            if is_map:
                cur[key] = new
                here[key] = key_start << 40 | start << 20
                key = None
            else:
                here[len(cur)] = start << 40 | start << 20
                cur.append(new)
            stack.append((cur, here, is_map))
            cur, is_map = new, cls is ev.MappingStartEvent
            here = marks[id(new)] = {}
        elif cls is ev.MappingEndEvent or cls is ev.SequenceEndEvent:
            nodes += len(cur)
            if nodes > MAX_NODES:
                raise _Refused(event.start_mark, "too-large", f"more than {MAX_NODES:,} values in one file")
            cur, here, is_map = stack.pop()
        elif cls is ev.AliasEvent:
            raise _alias(event, text)
        else:
            break
    second = next_event()
    if second.__class__ is ev.DocumentStartEvent:
        raise _Refused(
            second.start_mark,
            "two-documents",
            "a second document begins here",
            "One file holds one record; remove the '---'.",
        )
    return root[0] if root else None, marks


def _refuse_scalar(event: Any, text: str) -> None:
    """Raises where a scalar has an anchor or a tag, is too long, or holds what only an escape can have brought in."""
    if event.anchor is not None or event.tag is not None:
        raise _anchor_or_tag(event, text)
    if len(event.value) > MAX_SCALAR:
        raise _Refused(
            event.start_mark,
            "too-large",
            f"a value of {len(event.value):,} characters; {MAX_SCALAR:,} is the most",
        )
    if event.style == '"' and (odd := FORBIDDEN.search(event.value)):
        raise _Refused(event.start_mark, "odd-character", explain_odd(odd.group()), "Delete it, or type it again.")


def _repeated(path: str, text: str, event: Any, first: int) -> _Refused:
    line = place_in(path, text, unpack(first)[0]).line
    return _Refused(
        event.start_mark,
        "repeated-key",
        f"the key '{shorten(event.value)}' is here twice; it was first written on line {line}",
        "Keep one of them.",
    )


def _not_a_key(event: Any, text: str) -> _Refused:
    """`why: {{ person.why }}` is a mapping whose key is a mapping, to YAML."""
    line = text[text.rfind("\n", 0, event.start_mark.index) + 1 :].partition("\n")[0]
    head, value = sentences.split_head(line)
    quoted = sentences.quote_value(head, value) if head.strip() and value[:1] in ("{", "[") else ""
    return _Refused(
        event.start_mark,
        "not-a-key",
        "a list or a mapping cannot be a key",
        f"If it is text, quote it: {quoted}" if quoted else "Quote the text.",
    )


def _anchor_or_tag(event: Any, text: str) -> _Refused:
    if event.anchor is not None:
        quoted = sentences.quoted_line(text, event.start_mark)
        return _Refused(
            event.start_mark,
            "yaml-anchor",
            f"'&{shorten(event.anchor, 30)}' is an anchor of YAML, which a playbook does not use",
            f"If it is text, quote it: {quoted}" if quoted else "Write the text out.",
        )
    quoted = sentences.quoted_line(text, event.start_mark)
    return _Refused(
        event.start_mark,
        "yaml-tag",
        f"'{shorten(event.tag, 40)}' is a tag of YAML, which a playbook does not use",
        f"If it is text, quote it: {quoted}" if quoted else "Remove it.",
    )


def _alias(event: Any, text: str) -> _Refused:
    quoted = sentences.quoted_line(text, event.start_mark)
    return _Refused(
        event.start_mark,
        "yaml-alias",
        f"'*{shorten(event.anchor, 30)}' is an alias of YAML, which a playbook does not use",
        f"If it is text, quote it: {quoted}" if quoted else "Write the text out.",
    )
