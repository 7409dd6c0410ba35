"""What went wrong, where, and what to do about it; as a line, as JSON, as a CI annotation.

Knows nothing of YAML, records or terminals: a problem is a value that every later stage can add to a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters to somebody who wants a site today."""

    ERROR = "error"
    """The playbook does not say what its author meant: nothing is published."""
    WARNING = "warning"
    """Very likely a slip. Fails `playbook check` and `mkdocs build --strict`, never a plain build."""
    NOTICE = "notice"
    """True only because of what day it is, or a matter of form. Fails nothing, ever."""

    @property
    def fails(self) -> bool:
        """Whether `playbook check` exits 1 because of it."""
        return self is not Severity.NOTICE

    @property
    def rank(self) -> int:
        """0 for the gravest; for sorting."""
        return (Severity.ERROR, Severity.WARNING, Severity.NOTICE).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file, counted from 1 as editors do; `path` is relative to the playbook's folder, with `/`."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, in its author's words: `place: severity: message. hint [code]`."""

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.sentences} [{self.code}]"

    @property
    def sentences(self) -> str:
        """The message and the hint, as prose."""
        end = "" if self.message.endswith((".", "?", "!", "…")) else "."
        return f"{self.message}{end} {self.hint}".rstrip()

    @property
    def sort_key(self) -> tuple[Place, int, str, str]:
        """Reading order: by file, line and column; where two share a place, the graver first."""
        return (self.place, self.severity.rank, self.code, self.message)

    def as_json(self) -> dict[str, str | int]:
        """The keys that `playbook check --json` promises, in their order."""
        return {
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }

    def as_github(self) -> str:
        """A workflow command that GitHub shows beside the line.

        Source: GitHub's "Workflow commands for GitHub Actions"; `%`, CR and LF are escaped in the text, and `:` and `,`
        too in the properties.
        """
        text = self.sentences
        for raw, coded in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            text = text.replace(raw, coded)
        properties = {
            "file": self.place.path,
            "line": str(self.place.line),
            "col": str(self.place.column),
            "title": self.code,
        }
        coded_properties = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        return f"::{self.severity} {coded_properties}::{text}"


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.sort_key))


def count_words(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning` (empty where there is nothing to count)."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
    return ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for severity, n in counts.items() if n)


def suggest(found: str, known: Iterable[str]) -> str:
    """`Did you mean 'ada-lovelace'?` for the known word nearest to what was found, or nothing.

    A word that merely differs in case or in `_ -` and spaces counts as nearest of all.
    """
    words = sorted(set(known))
    folded = {_fold(word): word for word in reversed(words)}
    if _fold(found) in folded:
        return f"Did you mean '{folded[_fold(found)]}'?"
    from difflib import get_close_matches  # noqa: PLC0415  (most commands find nothing that is spelt wrong)

    # A word of kilobytes is no slip of the fingers, and difflib would take seconds over it.
    near = get_close_matches(found, words, n=1, cutoff=0.6) if len(found) <= 80 else []  # noqa: PLR2004
    return f"Did you mean '{near[0]}'?" if near else ""


def shorten(text: str, width: int = 60) -> str:
    """One line of `text`, at most `width` characters, fit to stand inside a message."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: width * 8]).split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _property(value: str) -> str:
    for raw, coded in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        value = value.replace(raw, coded)
    return value


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
