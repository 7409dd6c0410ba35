"""Measures two ways of doing a thing side by side, as a ratio; knows nothing of what they do."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Result:
    """One line of the table."""

    what: str
    against: str
    most: float
    ratios: tuple[float, ...]
    yardstick: float
    """Median seconds of what it is measured against."""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def holds(self) -> bool:
        return self.ratio <= self.most

    def __str__(self) -> str:
        digits = 2 if self.most >= 0.1 else 3
        spread = f"{min(self.ratios):.{digits}f}-{max(self.ratios):.{digits}f}"
        verdict = "holds" if self.holds else "BROKEN"
        return (
            f"{self.what:<48} {self.ratio:>6.{digits}f} {spread:>12} {self.most:>6.{digits}f} {verdict:>7}   "
            f"{self.against} ({1000 * self.yardstick:.0f} ms)"
        )


def compare(
    what: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    against: str,
    *,
    most: float,
    rounds: int = 11,
    times: float = 1,
) -> Result:
    """The ratio of `ours` to `theirs`: one after the other in each round, who begins changes; prints the line.

    Where `theirs` would take too long, it does a part of the work, and `times` says how many such parts there are.
    """
    ratios, yardsticks = [], []
    for number in range(rounds + 1):
        first, second = (ours, theirs) if number % 2 else (theirs, ours)
        one, two = seconds(first), seconds(second)
        mine, part = (one, two) if number % 2 else (two, one)
        yardstick = part * times
        if number:
            ratios.append(mine / yardstick)
            yardsticks.append(yardstick)
    result = Result(what, against, most, tuple(ratios), statistics.median(yardsticks))
    print(result, flush=True)
    return result


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes; what it returns is kept until then, as a program that needs it would."""
    gc.collect()
    began = time.perf_counter()
    kept = call()
    took = time.perf_counter() - began
    del kept
    return took


def run(command: list[str]) -> None:
    """Runs a command to its end, with its bytecode kept as for whoever installed it; shows what it said if it fails."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)}\n{result.stdout}{result.stderr}")
