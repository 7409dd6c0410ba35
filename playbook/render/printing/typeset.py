"""Makes a PDF of a sheet, with Typst: no network, no font installed by us, the same bytes for the same day and words.

What authors wrote goes to Typst as JSON, in a file of its own, and is only ever shown: nothing in it can be markup.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import typst

from playbook.problems import shorten
from playbook.render.markdown import FindLink
from playbook.render.printing import paper as papers
from playbook.render.printing.glyphs import choose_fonts, warning_of
from playbook.render.printing.paper import Format, Imposition
from playbook.render.printing.prose import to_nodes, to_runs
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
    Text,
    Timetable,
    Verbatim,
)

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.76)
"""Of the type's size; the last is 8 points."""
_LONG_WORD = re.compile(r"\S{25,}")
_BREAK_EVERY = 20
_ZERO_WIDTH_SPACE = "\u200b"
_BESIDE = {"k", "code", "lang", "label"}
"""Keys of what stands beside a line or is not shown."""
# Where an address or a path is best broken: behind these.
_GOOD_BREAK = re.compile(r"([/?&=._@-])(?=\w)")


class CannotPrint(Exception):  # noqa: N818  (a template that does not work, not a bug)
    """Typst refused a template; the message says where."""


@dataclass(frozen=True, slots=True)
class Printout:
    """A finished PDF."""

    pdf: bytes
    pages: int
    """Of the booklet, the cards or the sheet itself, before they are laid on paper."""
    sides: int
    """Sides of paper."""
    missing: str
    """What no font here can show, in words; empty where everything is shown."""


def typeset(
    sheet: Sheet,
    find_link: FindLink,
    *,
    paper: str,
    form: Format,
    printed: str,
    day: dt.date,
    templates: Sequence[Path],
    copies: int = 1,
    large: bool = False,
    most_pages: int | None = None,
) -> Printout:
    """The PDF of a sheet.

    Args:
        sheet: what stands on it.
        find_link: gives `[[links]]` in its texts their names.
        paper: `a4` or `letter`.
        form: how it is folded or cut.
        printed: when it was printed, and from which commit; stands on every page.
        day: the PDF's own date, so that two printouts of one day are the same.
        templates: folders with `print/*.typ`; a file in a later one wins.
        copies: how often everything is repeated.
        large: whether it is to be read aloud, at arm's length.
        most_pages: it is set smaller, down to what is still read with ease, until it has no more than so many.

    Raises:
        CannotPrint: where a template (the user's own, usually) does not work.
    """
    size = papers.page_size(form, paper)
    small = form is not Format.KIT
    data = {
        **to_data(sheet, find_link),
        "printed": printed,
        "form": str(form),
        "large": large,
        "width": size.width,
        "height": size.height,
        "copies": 1 if small else copies,
        "scale": 1.0,
    }
    lettering = choose_fonts(words_of(data))
    missing = warning_of(lettering.missing)
    with tempfile.TemporaryDirectory(prefix="playbook-print-") as made:
        folder = Path(made)
        for source in templates:
            for file in sorted((source / "print").glob("*.typ")):
                (folder / file.name).write_bytes(file.read_bytes())
        for scale in SCALES if most_pages is not None else SCALES[:1]:
            pdf, pages = _compile(folder, "sheet.typ", {**data, "scale": scale}, day, lettering.fonts)
            if most_pages is None or pages <= most_pages * copies:
                break
        if not small:
            return Printout(pdf, pages // copies, pages, missing)
        placed = papers.booklet(pages, paper) if form is Format.POCKET else papers.cards(pages, paper)
        (folder / "pages.pdf").write_bytes(pdf)
        whole = papers.PAPERS[paper]
        laid = {**_imposed(placed, pages), "width": whole.width, "height": whole.height, "copies": copies}
        on_paper, sides = _compile(folder, "impose.typ", laid, day, lettering.fonts)
        return Printout(on_paper, pages, sides, missing)


def to_data(sheet: Sheet, find_link: FindLink) -> dict[str, Any]:
    """A sheet as plain data for a template: every text parsed into nodes or runs, every block under its kind `k`."""
    return {
        "title": _breakable(sheet.title),
        "what": sheet.what,
        "subtitle": _breakable(sheet.subtitle),
        "lang": sheet.language,
        "code": sheet.code,
        "sections": [
            {
                "title": _breakable(part.title),
                "note": _breakable(part.note),
                "page": part.begins_page,
                "blocks": [_block(block, find_link) for block in part.blocks],
            }
            for part in sheet.sections
        ],
    }


def words_of(value: Any) -> str:
    """Every text in a sheet's data, one a line: what the fonts must be able to show."""
    if isinstance(value, str):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return "\n".join(filter(None, (words_of(part) for part in inner)))


def _block(block: Block, find_link: FindLink) -> dict[str, Any]:
    def runs(text: str) -> Any:
        return [{**run, "t": _breakable(run["t"])} if "t" in run else run for run in to_runs(text, find_link)]

    def verbatim(one: Verbatim) -> dict[str, Any]:
        texts = [_breakable(line) for line in one.text.split("\n")]
        head, note = _breakable(one.head), _breakable(one.note)
        return {"k": "verbatim", "lines": texts, "head": head, "note": note, "lang": one.language}

    def rows(those: Rows) -> list[dict[str, Any]]:
        return [{"label": _breakable(one.label), "texts": [runs(text) for text in one.texts]} for one in those.rows]

    match block:
        case Text():
            nodes = _breakable_nodes(to_nodes(block.text, find_link))
            return {"k": "text", "nodes": nodes, "manner": block.manner, "lang": block.language}
        case Verbatim():
            return verbatim(block)
        case Rows():
            return {"k": "rows", "rows": rows(block)}
        case Bullets():
            return {"k": "bullets", "texts": [runs(text) for text in block.texts]}
        case Checks():
            items = [
                {"runs": runs(one.text), "note": one.note, "code": one.code, "done": one.is_done} for one in block.items
            ]
            return {"k": "checks", "items": items}
        case Timetable():
            hours = [{"time": one.time, "text": _breakable(one.text), "note": runs(one.note)} for one in block.hours]
            return {"k": "timetable", "day": block.day, "hours": hours}
        case Quote():
            return {
                "k": "quote",
                "nodes": _breakable_nodes(to_nodes(block.text, find_link)),
                "by": _breakable(block.by),
            }
        case Lines():
            return {"k": "lines", "count": block.count, "label": block.label}
        case Blanks():
            return {"k": "blanks", "codes": list(block.codes), "columns": list(block.columns)}
        case Person():
            return _with_extent(
                {
                    "k": "person",
                    "name": _breakable(block.name),
                    "code": block.code,
                    "say": _breakable(block.say),
                    "role": _breakable(block.role),
                    "rows": rows(block.rows),
                    "lines": block.lines,
                    "script": verbatim(block.script) if block.script else None,
                }
            )
        case Evidence():
            return _with_extent(
                {
                    "k": "evidence",
                    "title": _breakable(block.title),
                    "expected": runs(block.expected),
                    "items": [
                        {
                            "what": _breakable(one.what),
                            "when": one.when,
                            "text": runs(one.text),
                            "impact": runs(one.impact),
                            "proof": _breakable(one.proof),
                        }
                        for one in block.items
                    ],
                    "quotes": [_block(quote, find_link) for quote in block.quotes],
                    "note": runs(block.note),
                    "empty": block.is_empty,
                }
            )


def _with_extent(block: dict[str, Any]) -> dict[str, Any]:
    """The block with how wide its letters are in all (a Latin one is 1) and how many pieces may begin a line."""
    width, pieces = _extent(block)
    return {**block, "letters": width, "pieces": pieces}


def _extent(value: Any) -> tuple[int, int]:
    if isinstance(value, str):
        return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in value), 1 + value.count("\n")
    if isinstance(value, dict):
        value = [part for key, part in value.items() if key not in _BESIDE]
    inner = [_extent(part) for part in value] if isinstance(value, list) else []
    return sum(width for width, _ in inner), sum(pieces for _, pieces in inner) if inner else 1


def _breakable(text: str) -> str:
    """The text with places where a long address may be broken: what is wider than its column would leave the paper."""
    return _LONG_WORD.sub(_broken, text) if len(text) >= _BREAK_EVERY else text


def _broken(word: re.Match[str]) -> str:
    parts = _GOOD_BREAK.sub(rf"\1{_ZERO_WIDTH_SPACE}", word[0]).split(_ZERO_WIDTH_SPACE)
    return _ZERO_WIDTH_SPACE.join(
        part[start : start + _BREAK_EVERY] for part in parts for start in range(0, len(part), _BREAK_EVERY)
    )


def _breakable_nodes(nodes: Any) -> Any:
    if isinstance(nodes, list):
        return [_breakable_nodes(node) for node in nodes]
    if isinstance(nodes, dict):
        return {key: _breakable(value) if key == "t" else _breakable_nodes(value) for key, value in nodes.items()}
    return nodes


def _imposed(placed: Imposition, pages: int) -> dict[str, Any]:
    return {
        "cell": asdict(placed.size),
        "pages": pages,
        "sides": [[asdict(cell) for cell in side] for side in placed.sides],
        "marks": [asdict(mark) for mark in placed.marks],
    }


def _compile(folder: Path, name: str, data: dict[str, Any], day: dt.date, fonts: typst.Fonts) -> tuple[bytes, int]:
    """(the PDF, how many pages it has) of a template in the folder."""
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    try:
        compiler = typst.Compiler(str(folder / name), root=str(folder), font_paths=fonts, ignore_system_fonts=True)
        made = compiler.compile(timestamp=int(noon.timestamp()))
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
    except (typst.TypstError, RuntimeError) as error:
        raise CannotPrint(_readable(error, folder)) from None
    assert isinstance(made, bytes)  # noqa: S101  (a PDF is one file)
    return made, int(pages)


def _readable(error: Exception, folder: Path) -> str:
    """What Typst says, with the template's name in place of where it was copied to."""
    diagnostic = getattr(error, "diagnostic", "") or str(error)
    # Typst names the file as seen from where this process stands.
    return shorten(re.sub(rf"\S*{re.escape(folder.name)}[/\\]", "templates/print/", str(diagnostic)), 500)
