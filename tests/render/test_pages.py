"""The sandbox of page templates: it refuses what Jinja2's own refuses, and asks for each type and name once."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from playbook.render.pages import Sandbox, anchor


def generator() -> Any:
    yield


OBJECTS: tuple[Any, ...] = (
    "text", 1, None, [1], {1: 2}, {1}, (1,), str, type, anchor, SimpleNamespace(name="x").__eq__, generator(), generator.__code__,
    sys._getframe(), SimpleNamespace(_hidden=1, name="x"), frozenset(), range(3), Exception(),
)  # fmt: skip
NAMES = (
    "name", "format", "append", "pop", "add", "update", "clear", "mro", "gi_frame", "gi_code", "f_globals", "co_code", "cr_frame",
    "ag_code", "tb_frame", "func_globals", "_hidden", "__class__", "__dict__", "__globals__", "__code__", "__init__", "",
)  # fmt: skip


@pytest.mark.parametrize("thing", OBJECTS, ids=lambda thing: type(thing).__name__)
def test_the_sandbox_refuses_what_jinjas_own_refuses_asked_once_or_again(thing):
    ours, theirs = Sandbox(), ImmutableSandboxedEnvironment()
    expected = [theirs.is_safe_attribute(thing, name, None) for name in NAMES]
    assert [ours.is_safe_attribute(thing, name, None) for name in NAMES] == expected
    assert [ours.is_safe_attribute(thing, name, None) for name in NAMES] == expected


def test_what_one_type_may_show_says_nothing_of_another():
    ours = Sandbox()
    assert [ours.is_safe_attribute(thing, "pop", None) for thing in ((1,), [1], {1: 2}, "x")] == [
        True,
        False,
        False,
        True,
    ]
    assert ours.is_safe_attribute(SimpleNamespace(), "mro", None)
    assert not ours.is_safe_attribute(str, "mro", None)


def test_jinja_is_asked_once_for_each_type_and_name(monkeypatch):
    asked = []
    own = ImmutableSandboxedEnvironment.is_safe_attribute

    def counted(self, obj, attr, value):
        asked.append((type(obj).__name__, attr))
        return own(self, obj, attr, value)

    monkeypatch.setattr(ImmutableSandboxedEnvironment, "is_safe_attribute", counted)
    template = Sandbox().from_string("{% for one in all %}{{ one.name }}{{ one.name }}{% endfor %}")
    assert template.render(all=[SimpleNamespace(name=str(n)) for n in range(9)]) == "".join(f"{n}{n}" for n in range(9))
    assert asked == [("SimpleNamespace", "name")]
