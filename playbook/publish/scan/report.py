"""What a scan found, said without a word of what it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.publish.scan.hidden import Listed

_SHOWN = 40


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that may not be in the output."""

    file: str
    """Its path in the output; a part of it that is a hidden value itself is a `*`."""
    stream: str
    """The kind of thing that it stood in: `text`, `base64`, `PNG text`."""
    what: str
    """The field that it comes from, or what it is."""

    def __str__(self) -> str:
        return f"{self.file}: {self.what} ({self.stream})"


@dataclass(frozen=True, slots=True)
class Report:
    """What a scan has to say."""

    findings: tuple[Finding, ...] = ()
    listed: tuple[Listed, ...] = ()
    """Hidden values that could not be looked for."""
    files: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found; what could not be looked for is listed all the same."""
        return not self.findings

    def lines(self) -> list[str]:
        """The findings, a line each, as a terminal shows them."""
        shown = [str(finding) for finding in self.findings[:_SHOWN]]
        more = len(self.findings) - len(shown)
        return [*shown, f"… and {more} more"] if more > 0 else shown

    def listed_lines(self) -> list[str]:
        """What could not be looked for: file and fields, a line for each file, by reason."""
        grouped: dict[tuple[str, str], dict[str, int]] = {}
        for one in self.listed:
            fields = grouped.setdefault((one.reason, one.where.place), {})
            fields[one.where.field] = fields.get(one.where.field, 0) + 1
        return [f"{place}: {_counted(fields)} {reason}" for (reason, place), fields in sorted(grouped.items())]


def _counted(fields: dict[str, int]) -> str:
    return ", ".join(name if count == 1 else f"{name} ({count})" for name, count in sorted(fields.items()))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by file."""
    return tuple(sorted(set(findings)))
