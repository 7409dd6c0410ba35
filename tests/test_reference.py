"""The field reference: every field has a description and an example, and every example is what it says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.cli.schema import documents
from playbook.records import KINDS, Me, Record
from playbook.records.journal import JournalEntry
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from playbook.records.validating import validate
from playbook.reference import _example, _flow, examples_of, field_reference
from playbook.source.reader import parse_document

DOCS = Path(__file__).parents[1] / "docs"
NOT_WRITTEN = {"entries"}
"""A journal file is the list itself; the field that holds it is ours."""


def models() -> tuple[type[Struct], ...]:
    """Every record and every nested entry."""
    found: dict[type[Struct], None] = {}

    def add(model: type[Struct]) -> None:
        if model not in found:
            found[model] = None
            for field in shape_of(model).fields:
                if field.model is not None:
                    add(field.model)

    for model in (Me, *KINDS.values()):
        add(model)
    return tuple(found)


def fields() -> Iterator[tuple[type[Struct], FieldShape]]:
    for model in models():
        for field in shape_of(model).fields:
            if field.alias not in NOT_WRITTEN:
                yield model, field


def test_every_field_says_what_it_is_in_a_sentence():
    assert [(m.__name__, f.alias) for m, f in fields() if not re.search(r"\w.*\.$", f.info.description or "")] == []


def test_every_field_has_an_example():
    assert [(m.__name__, f.alias) for m, f in fields() if not examples_of(f)] == []


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_a_file_of_nothing_but_examples_is_read_without_a_problem(model):
    known = [field for field in shape_of(model).fields if field.alias not in NOT_WRITTEN]
    # Two of them exclude each other: what is skipped is not done.
    text = "".join(f"{f.alias}: {_flow(examples_of(f)[0])}\n" for f in known if f.alias != "skipped")
    document, problems = parse_document("x.yml", text.encode())
    assert problems == ()
    assert document is not None
    assert isinstance(document.tree, dict)
    assert {f.alias for f in known} - set(document.tree) <= {"skipped"}
    validate(model, document.tree)


def test_the_reference_holds_every_field_of_every_kind_with_its_example():
    text = field_reference()
    missing = []
    for model, field in fields():
        only_once = (
            isinstance(model, type) and issubclass(model, Record) and field.alias in ("visibility", "show", "tags")
        )
        if not only_once and field.alias != "visibility":
            row = re.compile(rf"^\| \**`{field.alias}`.* \| {re.escape(_example(field))} \|$", re.MULTILINE)
            if not row.search(text):
                missing.append((model.__name__, field.alias))
    assert missing == []


def test_every_link_inside_the_reference_leads_to_a_heading():
    text = field_reference()
    anchors = {
        re.sub(r"[^a-z0-9_ -]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert "milestones-in-goals" in links
    assert links - anchors == set()


def test_each_nested_entry_is_described_once():
    headings = re.findall(r"^### (.*)$", field_reference(), re.MULTILINE)
    assert sorted(set(headings)) == sorted(headings)
    assert "`mentoring.feedback` in people" in headings
    # Checklist items are the same everywhere; goals have them first.
    assert [heading for heading in headings if heading.startswith("`checklist`")] == ["`checklist` in goals"]


def test_a_row_shows_type_default_and_example():
    assert (
        "| `status` | one of `active`, `paused`, `done`, `dropped` | Whether it is being worked on. | `active` | `active` |"
        in field_reference()
    )
    assert "| **`organization`** *required* | id in `organizations`, or text |" in field_reference()
    assert "| `log` *private* | list of: [entry](#log-in-people) |" in field_reference()


def test_an_entry_of_the_journal_is_described_by_its_own_fields():
    assert {f"`{field.alias}`" for field in shape_of(JournalEntry).fields} - {"`visibility`"} <= set(
        re.findall(r"`\w+`", field_reference().partition("## `journal/*.yml`")[2])
    )


@pytest.mark.parametrize("path", sorted(documents()))
def test_the_documentation_is_what_the_program_says(path):
    written = DOCS / path
    assert written.is_file(), "run: make docs"
    assert written.read_text(encoding="utf-8") == documents()[path], "it has changed; run: make docs"


def test_no_option_takes_something_that_only_a_programmer_has_a_name_for():
    assert re.findall(r"--\S+ (?:INTEGER|FLOAT|PATH|FILENAME|DIRECTORY).*", documents()["commands.md"]) == []


def test_nothing_else_lies_among_the_generated_schemas():
    assert {f"schemas/{path.name}" for path in (DOCS / "schemas").iterdir()} == {
        path for path in documents() if path.startswith("schemas/")
    }
