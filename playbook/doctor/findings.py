"""What the doctor has to say: how bad, what it is, and the commands that mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.problems import Severity

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. It never holds a secret: a place, a kind, a number."""

    code: str
    severity: Severity
    message: str
    fixes: tuple[str, ...] = ()
    """What to type, in order; a line that begins with `#` is for the person."""

    def as_json(self) -> dict[str, str | list[str]]:
        """The keys that `playbook doctor --json` promises, in their order."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "fixes": list(self.fixes),
        }


def error(code: str, message: str, *fixes: str) -> Finding:
    """Something serious: private things are, or are about to be, where others can read them."""
    return Finding(code, Severity.ERROR, message, fixes)


def warning(code: str, message: str, *fixes: str) -> Finding:
    """Something that can be lost, or told to others, sooner or later."""
    return Finding(code, Severity.WARNING, message, fixes)


def notice(code: str, message: str, *fixes: str) -> Finding:
    """Something to know."""
    return Finding(code, Severity.NOTICE, message, fixes)


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, and those of one weight in the order in which they were made."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))


def some(paths: Iterable[str], shown: int = 3) -> str:
    """`a, b, c and 12 more`, sorted."""
    listed = sorted(paths)
    names = [_plain(path) for path in listed[:shown]]
    more = len(listed) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def count(number: int, word: str) -> str:
    """`1 commit`, `37 commits`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _plain(path: str) -> str:
    """A path that a terminal can show: no control characters, not too long."""
    text = "".join(letter if letter.isprintable() else "?" for letter in path)
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST:]}"
