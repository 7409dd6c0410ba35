"""A key with nothing behind it is a key that is not there, for every field of every kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playbook.records import KINDS, Me
from playbook.records.shape import parts, shape_of
from playbook.records.struct import Struct
from playbook.records.validating import ValidationError, validate
from tests.support import book, lines


def models(model: type[Struct]) -> Iterator[type[Struct]]:
    """A record's model and those of everything nested in it."""
    yield model
    for field in shape_of(model).fields:
        if field.model is not None:
            yield from models(field.model)


EVERY_FIELD = sorted(
    {
        (model, field.alias)
        for top in (Me, *KINDS.values())
        for model in models(top)
        for field in shape_of(model).fields
    },
    key=lambda pair: (pair[0].__name__, pair[1]),
)


def outcome(model: type[Struct], tree: dict[str, None]) -> object:
    """The record, or which errors stand in its way."""
    try:
        return validate(model, tree)
    except ValidationError as error:
        return [(found["type"], found["loc"], found["msg"]) for found in error.errors()]


@pytest.mark.parametrize(("model", "name"), EVERY_FIELD, ids=lambda part: getattr(part, "__name__", part))
def test_a_field_with_nothing_behind_it_is_as_if_it_were_not_there(model, name):
    assert outcome(model, {name: None}) == outcome(model, {})


def test_empty_fields_of_a_goal_and_its_items_have_their_defaults():
    loaded = book(
        {
            "goals/a.yml": """
                title: Staff
                status:
                visibility:
                checklist:
                  - task: Draft
                    done:
                    id:
                """,
            "goals/b.yml": "title: Staff\nchecklist: [Draft]\n",
        }
    )
    assert lines(loaded) == []
    assert loaded.playbook.goals["a"].record == loaded.playbook.goals["b"].record
    assert len(list(parts(loaded.playbook.goals["a"].record))) == 1


def test_a_required_field_with_nothing_behind_it_is_missing_and_told_where_it_stands():
    missing = "a goal needs 'title'. Add a line such as 'title: Be promoted to staff engineer'. [missing-field]"
    assert lines(book({"goals/a.yml": "why: Because\ntitle:\n", "goals/b.yml": "why: Because\n"})) == [
        f"content/goals/a.yml:2:1: error: {missing}",
        f"content/goals/b.yml:1:1: error: {missing}",
    ]


def test_the_second_half_of_a_sentence_in_braces_is_not_taken_for_an_empty_field():
    (problem,) = book({"people/ada.yml": "name: Ada\nmet: {how: We argued, and he was right}\n"}).problems
    assert (problem.code, problem.hint) == ("split-sentence", 'Quote it: how: "We argued, and he was right"')


def test_an_entry_of_a_list_or_of_a_map_is_no_field_and_still_needs_something():
    files = {"people/ada.yml": "name: Ada\nshow: {log: }\nlog:\n  -\n"}
    assert [problem.code for problem in book(files).problems] == ["wrong-type", "empty"]
