"""Writes a sheet as Markdown, to paste where a PDF cannot go: a promotion form, a wiki, an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.views.sheet import (
    Blanks,
    Block,
    Bullets,
    Checks,
    Evidence,
    Lines,
    Person,
    Quote,
    Rows,
    Sheet,
    Shown,
    Text,
    Timetable,
    Verbatim,
    as_said,
)


def to_markdown(sheet: Sheet, printed: str) -> str:
    """The sheet as CommonMark; texts stay the Markdown that their authors wrote, names are escaped.

    Args:
        sheet: what to write.
        printed: when it was made, and from which commit; stands at the end.
    """
    parts = [f"# {as_said(sheet.title)}", as_said(sheet.subtitle)]
    for part in sheet.sections:
        if part.title:
            parts.append(f"## {as_said(part.title)}{f' ({as_said(part.note)})' if part.note else ''}")
        parts += [text for block in part.blocks for text in _block(block)]
    parts.append(f"*{as_said(printed)}*")
    return "\n\n".join(text.strip("\n") for text in parts if text.strip()) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield _quoted(block.text) if block.manner == "say" else block.text
        case Verbatim():
            yield _verbatim(block)
        case Rows():
            yield _rows(block)
        case Bullets():
            yield "\n".join(_item("-", text) for text in block.texts)
        case Checks():
            yield "\n".join(
                _item(
                    f"- [{'x' if one.is_done else ' '}]", f"{one.text}{f' ({as_said(one.note)})' if one.note else ''}"
                )
                for one in block.items
            )
        case Timetable():
            yield f"**{as_said(block.day)}**"
            yield "\n".join(
                _item("-", ". ".join(part for part in (f"{hour.time} {as_said(hour.text)}".strip(), hour.note) if part))
                for hour in block.hours
            )
        case Quote():
            yield _quoted(block.text + (f"\n\n{as_said(block.by)}" if block.by else ""))
        case Person():
            yield f"### {as_said(block.name)}{f' ({as_said(block.say)})' if block.say else ''}"
            yield as_said(block.role)
            yield _rows(block.rows)
            if block.script is not None:
                yield _verbatim(block.script)
        case Evidence():
            yield f"### {as_said(block.title)}"
            yield block.expected
            yield "\n".join(_item("-", _shown(one)) for one in block.items)
            for quote in block.quotes:
                yield from _block(quote)
            yield block.note
        case Lines() | Blanks():
            # Nobody writes by hand on a text file.
            return


def _shown(one: Shown) -> str:
    head = f"**{as_said(one.what)}**{f' ({as_said(one.when)})' if one.when else ''}"
    proof = f"Shown by {as_said(one.proof)}" if one.proof else ""
    return "  \n".join(part.strip() for part in (head, one.text, one.impact, proof) if part)


def _rows(rows: Rows) -> str:
    return "\n".join(
        _item("-", f"**{as_said(one.label)}:** {one.texts[0]}")
        if len(one.texts) == 1
        else "\n".join((f"- **{as_said(one.label)}:**", *(f"  {_item('-', text, 4)}" for text in one.texts)))
        for one in rows.rows
    )


def _verbatim(one: Verbatim) -> str:
    """A fence longer than any in the text, so that the text cannot end it."""
    longest = max((len(run) for run in _backticks(one.text)), default=0)
    fence = "`" * max(3, longest + 1)
    head = f"**{as_said(one.head)}**\n\n" if one.head else ""
    return f"{head}{fence}text\n{one.text}\n{fence}"


def _backticks(text: str) -> Iterator[str]:
    run = ""
    for character in text + " ":
        if character == "`":
            run += character
        elif run:
            yield run
            run = ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))


def _item(mark: str, text: str, indent: int = 2) -> str:
    """A list item whose further lines stay in it."""
    first, *rest = text.strip().split("\n")
    return "\n".join([f"{mark} {first}", *(f"{' ' * indent}{line}".rstrip() for line in rest)])
