"""Reads a PDF back for tests: its words, sizes, fonts, colours, and where small pages lie on large ones."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, StreamObject

Matrix = tuple[float, float, float, float, float, float]
UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
_GREYS = {"/DeviceGray", "/CalGray"}
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Placed:
    """A small page on a side: its number, its lower left corner as the side lies, in points, and how it stands."""

    page: int
    x: int
    y: int
    is_turned: bool


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def texts(pdf: bytes) -> list[str]:
    """What stands on each page, on one line each."""
    return [normal(page.extract_text()) for page in read(pdf).pages]


def text(pdf: bytes) -> str:
    """What stands on all pages."""
    return " ".join(texts(pdf))


def normal(printed: str) -> str:
    """Without what only breaks lines: hyphens at their ends, places to break, more than one space."""
    return " ".join(_UNSEEN.sub("", re.sub(r"-\n(?=[^\W\d_])", "", printed)).split())


def letters(printed: str) -> str:
    """The characters alone: what breaks lines and columns stands between them at will."""
    return re.sub(r"[\s-]", "", _UNSEEN.sub("", printed))


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """(width, height) of its pages, in points."""
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in read(pdf).pages}


def fonts(pdf: bytes) -> dict[str, bool]:
    """Name of each font → whether it is in the file."""
    found = {}
    for resources in _resources(pdf):
        for font in _values(resources, "/Font"):
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor", {})
            descriptor = descriptor.get_object() if descriptor else {}
            drawn = font["/Subtype"] == "/Type3"  # its letters are drawings in the file
            name = str(font.get("/BaseFont", font.get("/Name", "drawn")))
            found[name] = drawn or any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found


def colours(pdf: bytes) -> set[str]:
    """Each way of setting a colour that is no grey; of pictures, that there are any."""
    reader = read(pdf)
    found = set()
    for page in reader.pages:
        found |= set(_colours(page.get_contents(), page.get("/Resources", {}), reader))
    return found


def placed(pdf: bytes) -> list[list[Placed]]:
    """The small pages on each side, as `booklet` and `cards` lay them; their footers say which they are."""
    reader = read(pdf)
    return [[*_placed(page, reader)] for page in reader.pages]


def outside(pdf: bytes) -> list[str]:
    """Texts that do not stand on their page, as far as places and sizes tell."""
    slips: list[str] = []
    for page in read(pdf).pages:
        width, height = page.mediabox.width, page.mediabox.height

        def look(
            said: str, matrix: Any, own: Any, _font: Any, fontsize: float, w: float = width, h: float = height
        ) -> None:
            x, y = _times(tuple(own), tuple(matrix))[4:]
            # A letter is a quarter as wide as high, at the least.
            ends = x + 0.25 * fontsize * len(said.strip())
            if said.strip() and not (0 <= x <= ends <= w and 0 <= y <= h):
                slips.append(said)

        page.extract_text(visitor_text=look)
    return slips


def _placed(page: PageObject, reader: PdfReader) -> Iterator[Placed]:
    matrix, kept = UPRIGHT, []
    forms = page["/Resources"].get("/XObject", {})
    for operands, operator in _operations(page.get_contents(), reader):
        if operator == b"q":
            kept.append(matrix)
        elif operator == b"Q":
            matrix = kept.pop()
        elif operator == b"cm":
            matrix = _times(tuple(float(each) for each in operands), matrix)  # type: ignore[arg-type]
        elif operator == b"Do":
            form = forms[operands[0]].get_object()
            number = re.search(r"(\d+) / \d+\s*$", page.extract_xform_text(form).strip())
            assert number, "a small page says its number"
            _, _, width, height = (float(each) for each in form["/BBox"])
            corners = [_times((1, 0, 0, 1, x, y), matrix)[4:] for x, y in ((0, 0), (width, height))]
            x, y = (min(axis) for axis in zip(*corners, strict=True))
            assert abs(abs(corners[1][0] - corners[0][0]) - width) < 1, "at full size"
            yield Placed(int(number[1]), round(x), round(y), is_turned=matrix[3] < 0)


def _colours(stream: ContentStream | StreamObject | None, resources: Any, reader: PdfReader) -> Iterator[str]:
    spaces, forms = resources.get("/ColorSpace", {}), resources.get("/XObject", {})
    for operands, operator in _operations(stream, reader):
        if operator in (b"rg", b"RG", b"k", b"K"):
            if len({*operands[:3]}) > 1 or operator in (b"k", b"K"):
                yield operator.decode()
        elif operator in (b"cs", b"CS"):
            name = str(operands[0])
            space = spaces.get(name, name)
            space = space.get_object() if hasattr(space, "get_object") else space
            kind = str(space[0] if isinstance(space, list) else space)
            if kind not in _GREYS and not (kind == "/ICCBased" and space[1].get_object()["/N"] == 1):
                yield kind
        elif operator == b"sh":
            yield "sh"
        elif operator == b"Do":
            form = forms[operands[0]].get_object()
            if form["/Subtype"] == "/Form":
                yield from _colours(form, form.get("/Resources", {}), reader)
            else:
                yield "picture"


def _operations(stream: Any, reader: PdfReader) -> list[tuple[Any, bytes]]:
    return [] if stream is None else ContentStream(stream, reader).operations


def _resources(pdf: bytes) -> Iterator[Any]:
    """The resources of every page, and of what is drawn on it."""
    waiting = [page.get("/Resources", {}) for page in read(pdf).pages]
    while waiting:
        resources = waiting.pop().get_object()
        yield resources
        waiting += [form["/Resources"] for form in _values(resources, "/XObject") if "/Resources" in form]


def _values(resources: Any, key: str) -> Iterator[Any]:
    if key in resources:
        yield from (value.get_object() for value in resources[key].get_object().values())


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
