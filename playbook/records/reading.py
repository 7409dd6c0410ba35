"""Turns the plain data of one file into a record, and pydantic's errors into problems in the author's words."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from playbook.problems import Problem, shorten, suggest
from playbook.records.base import Record
from playbook.records.shape import PathParts, model_at, shape_of
from playbook.source.document import Document

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
    wraps = "entries" in model.model_fields
    if tree is None:
        where = "a list of entries" if wraps else f"the fields of {_a(model.noun)}"
        return None, (Problem(document.place_of(()), "empty-file", f"the file is empty; {where} was expected"),)
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
        return model.model_validate(tree), ()
    except ValidationError as error:
        found = [
            _problem(document, model, wraps, entry) for entry in error.errors(include_url=False, include_input=False)
        ]
        problems = tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.sort_key))
        if len(problems) > MAX_PROBLEMS:
            more = len(problems) - MAX_PROBLEMS
            last = problems[MAX_PROBLEMS - 1].place
            problems = (
                *problems[:MAX_PROBLEMS],
                Problem(last, "more-problems", f"and {more} more problems in this file"),
            )
        return None, problems


def _wrong_top(document: Document, model: type[Record], found: str) -> Problem:
    if "entries" in model.model_fields:
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


def _problem(document: Document, model: type[Record], wraps: bool, error: Any) -> Problem:  # noqa: FBT001
    loc: PathParts = tuple(part for part in error["loc"] if part != "[key]")
    path = loc[1:] if wraps else loc
    kind = error["type"]
    if kind == "playbook":
        context = error["ctx"]
        is_key = "[key]" in error["loc"]
        return Problem(document.place_of(path, key=is_key), context["code"], context["message"], context["hint"])
    if kind == "extra_forbidden":
        holder = model_at(model, loc[:-1]) or model
        name = str(loc[-1])
        known = tuple(shape_of(holder).by_alias)
        hint = suggest(name, known) or f"The fields are {', '.join(sorted(known))}."
        return Problem(
            document.place_of(path, key=True),
            "unknown-field",
            f"{_a(_noun(holder))} has no field '{shorten(name, 40)}'",
            hint,
        )
    if kind == "missing":
        holder = model_at(model, loc[:-1]) or model
        name = str(loc[-1])
        field = shape_of(holder).by_alias[name]
        examples = field.info.examples or []
        hint = f"Add a line such as '{name}: {examples[0]}'." if examples else f"Add '{name}:'."
        return Problem(document.place_of(path[:-1]), "missing-field", f"{_a(_noun(holder))} needs '{name}'", hint)
    return Problem(document.place_of(path), "bad-value", shorten(str(error["msg"]), 120))


def _noun(model: type[BaseModel]) -> str:
    noun = getattr(model, "noun", "")
    if noun:
        return str(noun)
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__).strip()
    return "checklist item" if words == "item" else words


def _a(noun: str) -> str:
    if noun == "me.yml":
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
