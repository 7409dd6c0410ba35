"""How often a property is tried, and with how many cases: some in `make test`, all of them in `make test-all`.

A test of the slow part names its own number and asks nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

T = TypeVar("T")


def register_efforts() -> None:
    """Registers `few`, which is loaded, and `many`, which `--hypothesis-profile=many` loads."""
    # How long an example takes says how busy the machine is, and nothing about the property.
    usual = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("many", usual, max_examples=100)
    settings.register_profile("few", usual, max_examples=25)
    settings.load_profile("few")


def examples(many: int) -> int:
    """`many` in `make test-all`; otherwise a quarter, and five at least."""
    return max(min(many, 5), many * settings().max_examples // 100)


def spread(cases: Sequence[T], few: int) -> list[T]:
    """That many of the cases, the first one and others as far apart as can be; all of them where they are no more."""
    return [cases[number * len(cases) // few] for number in range(few)] if few < len(cases) else list(cases)
