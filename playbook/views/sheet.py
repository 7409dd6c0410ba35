"""What stands on paper: a sheet of sections, each of blocks. The same sheet becomes a PDF, a web page or Markdown.

Knows nothing of fonts, paper or markup. Titles, labels and names are plain text; what authors wrote (`Text`, `Row`,
`Bullets`) is their Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Markdown. `manner` is how it is meant: to read, to say aloud, in passing, or first of all."""

    text: str
    manner: Literal["prose", "say", "quiet", "lead"] = "prose"
    language: str = ""
    """Of its words, where it is not the sheet's; for hyphenation."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A message word for word, with nothing in it read as markup; its line breaks stay."""

    text: str
    head: str = ""
    """A subject, or nothing."""
    note: str = ""
    """How long it is, where it is sent."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A label, and what there is to say: one text, or several as a list."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Facts under their labels; `row` leaves out those without a text."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something to tick, with the code by which `playbook capture` knows it; done ones are ticked already."""

    text: str
    note: str = ""
    code: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """Things to tick."""

    items: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """Something at a time; the time may be empty."""

    time: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """What happens when, on one day."""

    day: str
    hours: tuple[Hour, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and who said them when."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruled lines to write on."""

    count: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Blanks:
    """Room for people nobody planned for: each code with lines to write on."""

    codes: tuple[str, ...]
    columns: tuple[str, ...] = ("Name, company", "What was said; what I promised, by when")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to meet, on a block that is not torn apart, and on a card of their own."""

    name: str
    code: str
    say: str
    """How the name is pronounced."""
    role: str
    rows: Rows
    lines: int = 0
    """Ruled lines to write on."""
    script: Verbatim | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that was done: what, when, more of it, what changed because of it, and where it can be seen."""

    what: str
    when: str
    text: str = ""
    impact: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is for one criterion; `is_empty` says that there is nothing yet."""

    title: str
    expected: str
    items: tuple[Shown, ...]
    quotes: tuple[Quote, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing shows it yet."""
        return not self.items and not self.quotes


Block = Text | Verbatim | Rows | Bullets | Checks | Timetable | Quote | Lines | Blanks | Person | Evidence
"""One thing on a sheet."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; without blocks it is not printed."""

    title: str
    blocks: tuple[Block, ...]
    begins_page: bool = False
    note: str = ""
    """A few quiet words behind the heading."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printout."""

    title: str
    what: str
    """`Event kit`, `Brief`: stands above the title."""
    subtitle: str
    """When and where, on one line."""
    sections: tuple[Section, ...]
    language: str = "en"
    code: str = ""
    """The short code of whom it is about."""
    name: str = ""
    """What its file is called unless said: `slipway-2027-kit`."""
    notes: tuple[str, ...] = field(default=())
    """Said to whoever prints it: what is not on it, and why."""


_MARKS = re.compile(r"[\\`*\[\]<>~|&]|(?<!\w)_|_(?!\w)|\A(?:[-+#]|\d+(?=[.)]))")


def as_said(text: str) -> str:
    """A plain text (a name, an address) as Markdown that shows it letter for letter."""
    return _MARKS.sub(lambda mark: f"{mark[0]}\\" if mark[0].isdigit() else f"\\{mark[0]}", text)


def row(label: str, *texts: str) -> tuple[Row, ...]:
    """One row, or none where there is nothing to say."""
    kept = tuple(text for text in texts if text)
    return (Row(label, kept),) if kept else ()


def section(title: str, *blocks: Block | None, begins_page: bool = False, note: str = "") -> tuple[Section, ...]:
    """One section, or none where nothing is in it."""
    kept = tuple(block for block in blocks if block is not None and not _is_empty(block))
    return (Section(title, kept, begins_page, note),) if kept else ()


def _is_empty(block: Block) -> bool:
    if isinstance(block, Text | Verbatim | Quote):
        return not block.text
    if isinstance(block, Rows):
        return not block.rows
    if isinstance(block, Bullets):
        return not block.texts
    if isinstance(block, Checks):
        return not block.items
    if isinstance(block, Timetable):
        return not block.hours
    return isinstance(block, Lines) and not block.count
