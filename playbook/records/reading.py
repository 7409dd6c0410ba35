"""Turns the plain data of one file into a record, and its validator's errors into problems in the author's words."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from playbook.problems import Problem, Severity, shorten, suggest
from playbook.records.base import Record
from playbook.records.shape import PathParts, model_at, shape_of
from playbook.records.struct import Struct
from playbook.records.texts import Refused
from playbook.records.validating import ValidationError, validate
from playbook.source.document import Document
from playbook.source.scalars import as_scalar
from playbook.source.sentences import quote, quote_value

_SENTENCE_KEY = re.compile(r"[A-Z]|.*\s|\w+://")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_LINE_END = re.compile(r"\r\n|\r|\n")
# Past this many the first ones are what helps; a file of another kind would print hundreds.
MAX_PROBLEMS = 25


def read_record(document: Document, model: type[Record]) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in a document, or None and why not.

    Args:
        document: what the reader made of the file.
        model: what the folder it lies in holds.

    Returns:
        The record, and the problems in reading order, each at the line it is about.
    """
    tree: Any = document.tree
    wraps = "entries" in model.field_infos
    if tree is None:
        wanted = "a list of entries was" if wraps else f"the fields of {_a(model.noun)} were"
        return None, (Problem(document.place_of(()), "empty-file", f"the file is empty; {wanted} expected"),)
    if wraps:
        if isinstance(tree, str):
            return None, (_wrong_top(document, model, "text"),)
        # `entries` is ours, not the author's: a journal file is the list itself.
        if isinstance(tree, dict):
            return None, (_wrong_top(document, model, "a mapping"),)
        tree = {"entries": tree}
    elif not isinstance(tree, dict):
        return None, (_wrong_top(document, model, "a list" if isinstance(tree, list) else "text"),)
    try:
        return validate(model, tree), ()
    except ValidationError as error:
        errors = [_Error(entry, wraps) for entry in error.errors(include_url=False, include_input=False)]
        return None, _problems(document, model, errors)


def _problems(document: Document, model: type[Record], errors: list[_Error]) -> tuple[Problem, ...]:
    """The problems in reading order. Only the first ones are put into words: to find a nearest name takes time."""
    strangers = {error.loc[:-1] for error in errors if error.kind == "extra_forbidden"}
    errors = [error for error in errors if not _is_echo(document, model, error, strangers)]
    errors.sort(key=lambda error: document.place_of(error.path))
    found = [_problem(document, model, error) for error in errors[:MAX_PROBLEMS]]
    problems = tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.sort_key))
    if len(errors) <= MAX_PROBLEMS:
        return problems
    message = f"and {len(errors) - MAX_PROBLEMS} more problems in this file"
    return *problems, Problem(problems[-1].place, "more-problems", message, severity=Severity.NOTICE)


def _wrong_top(document: Document, model: type[Record], found: str) -> Problem:
    if "entries" in model.field_infos:
        return Problem(
            document.place_of(()),
            "wrong-type",
            f"a journal file is a list of entries; this is {found}",
            "Begin each entry with '- date: …'.",
        )
    return Problem(
        document.place_of(()),
        "wrong-type",
        f"{_a(model.noun)} is written as 'field: value' lines; this is {found}",
    )


class _Error:
    """One of the validator's errors, with its path as the author wrote it."""

    def __init__(self, error: Any, wraps: bool) -> None:  # noqa: FBT001
        self.kind: str = error["type"]
        self.is_key = "[key]" in error["loc"]
        self.loc: PathParts = tuple(part for part in error["loc"] if part != "[key]")
        refused = error.get("ctx", {}).get("error")
        self.refused = refused if isinstance(refused, Refused) else None
        """What a reader of ours says, if it was one that refused."""
        # A rule about several fields knows best which of them is meant.
        at = (self.refused.at,) if self.refused is not None and self.refused.at else ()
        self.path = (*(self.loc[1:] if wraps else self.loc), *at)
        """Where it stands in the document: a journal's list has no key of its own."""
        self.message = str(error["msg"])


def _is_echo(document: Document, model: type[Record], error: _Error, strangers: set[PathParts]) -> bool:
    """Whether an error only repeats another: the field that is missing is there, under a name that is not its own."""
    if error.kind != "missing" or error.loc[:-1] not in strangers:
        return False
    holder = model_at(model, error.loc[:-1]) or model
    written = document.value_at(error.path[:-1])
    name = str(error.loc[-1])
    if not isinstance(written, dict) or getattr(holder, "main", "") not in ("", name):
        return False
    known = tuple(shape_of(holder).by_alias)
    others = [key for key in islice(written, MAX_PROBLEMS) if key not in known]
    return any(f"'{name}'" in suggest(key, known) for key in others) or next(iter(written)) in others


def _problem(document: Document, model: type[Record], error: _Error) -> Problem:
    path = error.path
    if error.refused is not None:
        code, message, hint = error.refused.code, error.refused.message, error.refused.hint
        if code == "wrong-type" and not error.is_key:
            return _split_sentence(document, path) or Problem(
                document.place_of(path), code, message, _quoted(document, path) or hint
            )
        return Problem(document.place_of(path, key=error.is_key), code, message, hint)
    holder = model_at(model, error.loc[:-1]) or model
    name = str(error.loc[-1]) if error.loc else ""
    if error.kind == "extra_forbidden":
        known = tuple(shape_of(holder).by_alias)
        near = suggest(name, known)
        split = _split_sentence(document, path[:-1], holder) if getattr(holder, "main", "") and not near else None
        split = split or _split_at_comma(document, path)
        return split or Problem(
            document.place_of(path, key=True),
            "unknown-field",
            f"{_a(_noun(holder))} has no field '{shorten(name, 40)}'",
            near or f"The fields are {', '.join(sorted(known))}.",
        )
    if error.kind == "missing":
        examples = shape_of(holder).by_alias[name].info.examples or []
        hint = f"Add a line such as '{name}: {examples[0]}'." if examples else f"Add '{name}:'."
        return Problem(document.place_of(path), "missing-field", f"{_a(_noun(holder))} needs '{name}'", hint)
    return Problem(document.place_of(path), "bad-value", shorten(error.message, 120))


def _split_at_comma(document: Document, path: PathParts) -> Problem | None:
    """The problem of `{how: We argued, and he was right}`: in braces a comma ends the value."""
    holder = document.value_at(path[:-1])
    name = str(path[-1])
    if not isinstance(holder, dict) or " " not in name or holder.get(name) is not None:
        return None
    keys = list(holder)
    before = keys[keys.index(name) - 1] if keys.index(name) else ""
    text = holder.get(before)
    if not isinstance(text, str):
        return None
    return Problem(
        document.place_of(path, key=True),
        "split-sentence",
        f"in braces a comma ends the value, so that '{shorten(name, 40)}' stands alone",
        f"Quote it: {before}: {quote(f'{text}, {name}')}",
    )


def _split_sentence(document: Document, path: PathParts, holder: type[Struct] | None = None) -> Problem | None:
    """Recognises `- Ask her: which council?`, which YAML reads as a key and its value; `holder` has fields for it."""
    written = document.value_at(path)
    if not isinstance(written, dict) or not written or not isinstance(document.value_at(path[:-1]), list):
        return None
    key, rest = next(iter(written.items()))
    if not isinstance(rest, str | None) or not (len(written) == 1 or _SENTENCE_KEY.match(key)):
        return None
    sentence = f"{key}: {rest or ''}".strip()
    dated = _dated(key, rest, holder) if holder is not None and rest else ""
    if dated:
        return Problem(
            document.place_of(path), "split-sentence", f"'{key}' is a day, and no field", f"Did you mean '- {dated}'?"
        )
    return Problem(
        document.place_of(path),
        "split-sentence",
        f"': ' splits the sentence '{shorten(sentence)}' in two",
        f"Quote it: - {quote(sentence)}",
    )


def _dated(day: str, text: str, holder: type[Struct]) -> str:
    """`{date: 2026-11-02, what: coffee}` for `2026-11-02: coffee`; empty where that is no day, or has no field."""
    known = shape_of(holder).by_alias
    field = next((name for name in ("date", "due") if name in known), "")
    if not field or _DAY.match(day) is None:
        return ""
    return f"{{{field}: {day}, {getattr(holder, 'main', '')}: {as_scalar(text, in_flow=True)}}}"


def _quoted(document: Document, path: PathParts) -> str:
    """A hint that shows the line quoted, where text such as `[[people/ada]]` or `{now}` was read as a list or a mapping."""
    written = document.value_at(path)
    place = document.place_of(path)
    line = _LINE_END.split(document.text)[place.line - 1] if written is not None else ""
    head, value = line[: place.column - 1], line[place.column - 1 :]
    if isinstance(written, str | None) or value[:1] not in ("[", "{"):
        return ""
    return f"If it is text, quote it: {quote_value(head, value)}"


def _noun(model: type[Struct]) -> str:
    noun = getattr(model, "noun", "")
    if noun:
        return str(noun)
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__).strip()
    return "checklist item" if words == "item" else words


def _a(noun: str) -> str:
    if noun == "me.yml":
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
