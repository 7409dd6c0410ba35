"""What records are made of, apart from what any record is about."""

from __future__ import annotations

import copy
import pickle

import pytest

from playbook.records import Goal, Item, Me, Person
from playbook.records.choices import Status
from playbook.records.struct import REQUIRED, Struct
from playbook.records.validating import ValidationError, validate


def test_what_was_not_written_is_its_default_and_is_not_held():
    goal = Goal(title="Staff")
    assert (goal.status, goal.checklist, goal.due) == (Status.ACTIVE, (), None)
    assert goal.fields_set == {"title"}
    assert list(Goal.field_infos)[:4] == ["visibility", "show", "tags", "title"]
    assert Goal.field_infos["title"].default is REQUIRED


def test_equal_is_what_says_the_same_whether_written_or_not():
    assert Goal(title="Staff") == Goal(title="Staff", status=Status.ACTIVE)
    assert hash(Item(task="Draft")) == hash(Item(task="Draft", id="")) != hash(Item(task="Send"))
    assert Goal(title="Staff") != Goal(title="Talk")
    assert Person(name="Ada") != Me(name="Ada")


def test_nothing_of_it_can_be_set_and_a_copy_with_other_values_is_another():
    item = Item(task="Draft")
    with pytest.raises(AttributeError, match="Item is frozen; 'task' cannot be set"):
        item.task = "Send"
    with pytest.raises(AttributeError, match="Item is frozen; 'task' cannot be deleted"):
        del item.task
    sent = item.replace(id="packet")
    assert (item, sent) == (Item(task="Draft"), Item(task="Draft", id="packet"))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301
def test_what_comes_back_from_a_copy_or_a_cache_is_equal_and_holds_no_more(again):
    goal = validate(
        Goal, {"title": "Staff", "due": "2027-04-15", "checklist": ["Draft", {"task": "Send", "due": "T-3"}]}
    )
    back = again(goal)
    assert back == goal
    assert back.fields_set == goal.fields_set == {"title", "due", "checklist"}
    assert [item.fields_set for item in back.checklist] == [{"task"}, {"task", "due"}]


def test_a_field_that_it_does_not_have_is_refused():
    with pytest.raises(TypeError, match="Goal has no field dau, titel"):
        Goal(titel="Staff", dau=None)


def test_every_mistake_of_a_text_is_told_with_its_path():
    with pytest.raises(ValidationError) as caught:
        validate(Goal, {"due": "soon", "checklist": ["Draft", {"tusk": "Send"}], "colour": "red"})
    assert {error["loc"] for error in caught.value.errors()} == {
        ("title",), ("due",), ("checklist", 1, "task"), ("checklist", 1, "tusk"), ("colour",),
    }  # fmt: skip


def test_a_module_that_postpones_its_annotations_is_told_so():
    with pytest.raises(TypeError, match=r"Late\.name: the module postpones its annotations"):

        class Late(Struct):
            name: str = ""
