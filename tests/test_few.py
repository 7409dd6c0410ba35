"""Of a test with many cases a few are tried by `make test`, from all over them, and every one by `make test-all`."""

from __future__ import annotations

import pytest

from tests.conftest import Few
from tests.effort import spread


@pytest.mark.parametrize(
    ("many", "few", "tried"),
    [(7, 3, [0, 2, 4]), (5, 1, [0]), (10, 4, [0, 2, 5, 7]), (3, 3, [0, 1, 2]), (2, 5, [0, 1])],
)
def test_the_first_case_and_others_as_far_apart_as_can_be(many, few, tried):
    assert spread(range(many), few) == tried


@pytest.mark.few(1)
def _cases() -> None:
    """What the next test looks at."""


def test_the_other_cases_are_slow_and_those_that_were_slow_stay_so(request):
    def case(name: str, *marks: pytest.MarkDecorator) -> pytest.Item:
        item = pytest.Function.from_parent(request.node.parent, name=name, callobj=_cases)
        for mark in marks:
            item.add_marker(mark)
        return item

    cases = [case(f"it[{number}]") for number in range(3)]
    slow, other = case("it[3]", pytest.mark.slow), case("another[0]")
    Few().pytest_collection_modifyitems([slow, *cases, other])
    assert [item.get_closest_marker("slow") is not None for item in (slow, *cases, other)] == [
        True, False, True, True, False,
    ]  # fmt: skip
