"""What lies inside a file, however it was packed: members of archives, texts of pictures, pages of PDFs, base64.

Yields streams and refuses to judge them. What cannot be opened is a stream that says so: silence would look like
cleanliness. How deep and how much is unpacked is bounded, and reaching the bound is said, too.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MOST_BYTES = 64 << 20
"""How much one file may unpack to."""
MOST_LEVELS = 5
_A_MEMBER = 1024
"""What a member of an archive costs, however little is in it."""
_STEP = 1 << 20
_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURE_DATA = (b"IHDR", b"IDAT", b"PLTE", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sBIT", b"bKGD", b"hIST", b"pHYs")
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_OPAQUE = (
    b"GIF8", b"RIFF", b"\x00\x00\x01\x00", b"BM", b"wOFF", b"wOF2", b"OTTO", b"\x00\x01\x00\x00", b"true", b"ID3",
    b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\x00asm",
)  # fmt: skip
"""Pictures, fonts and sounds: what they say in words they say in the clear."""
_INFLATED = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
RUN = 20
_MARKS = bytes(
    65 if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "+/-_") else 32 for code in range(256)
)
_ALL_PHASES = 1 << 20
_MIXED = re.compile(rb"(?=.*[A-Z])(?=.*[a-z])(?=.*?(?:[a-z][A-Z]|[A-Za-z][0-9]|[0-9][A-Za-z]))", re.DOTALL)
_HEX = re.compile(rb"[0-9a-fA-F]{%d,}" % RUN)


class CannotOpen(Exception):  # noqa: N818  (it says why, without a word of what is inside)
    """A file, or something in it, that cannot be looked into."""


@dataclass(slots=True)
class Budget:
    """How much more one file may unpack to."""

    left: int = MOST_BYTES

    def take(self, size: int) -> None:
        """Count so many bytes; raises CannotOpen when there were too many."""
        self.left -= size
        if self.left < 0:
            raise CannotOpen(f"it unpacks to more than {MOST_BYTES >> 20} MB")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that lay inside another."""

    kind: str
    data: bytes = field(repr=False)
    is_name: bool = False
    """Whether it is a member's name."""
    may_be_noise: bool = False
    """Whether it may be no packed thing at all, only something that looked like one."""


def unpacked(data: bytes, budget: Budget) -> Iterator[Part]:
    """What lies directly inside; nothing for a text.

    Raises:
        CannotOpen: where something is there and cannot be read.
    """
    for kind, begins, opened in _KINDS:
        if data.startswith(begins):
            yield from opened(kind, data, budget)
            return
    if data[:1] == b"\x78" and len(data) > 1 and int.from_bytes(data[:2], "big") % 31 == 0:
        try:
            yield Part("zlib", _inflated(data, zlib.MAX_WBITS, budget))
        except (zlib.error, EOFError):
            return  # a text that begins with an x


def is_known_binary(data: bytes) -> bool:
    """Whether it is of a kind that holds its words in the clear, or one that is unpacked here."""
    return is_packed(data) or data.startswith(_OPAQUE) or data[4:8] == b"ftyp"


def is_packed(data: bytes) -> bool:
    """Whether something lies inside that `unpacked` gives."""
    return any(data.startswith(begins) for _, begins, _ in _KINDS)


def runs_in(data: bytes) -> list[bytes]:
    """The long runs of a text that may be base64, hex or a key; ends of lines do not break them."""
    joined = data.translate(None, b"\r\n")
    marks = joined.translate(_MARKS)
    needle = b"A" * RUN
    found = []
    at = marks.find(needle)
    while at >= 0:
        end = marks.find(b" ", at)
        end = len(marks) if end < 0 else end
        found.append(joined[at:end])
        at = marks.find(needle, end)
    return found


def encoded(runs: Iterable[bytes], budget: Budget) -> Iterator[Part]:
    """What runs of base64 or hex stand for, put together by kind."""
    pieces: dict[str, list[bytes]] = {}
    for run in runs:
        for kind, piece in _decoded(run):
            budget.take(len(piece))
            pieces.setdefault(kind, []).append(piece)
    for kind, found in pieces.items():
        # One by one where it may be a packed thing, together where it is text.
        yield from (Part(kind, piece, may_be_noise=True) for piece in found if is_packed(piece))
        yield Part(kind, b"\n".join(piece for piece in found if not is_packed(piece)), may_be_noise=True)


def _decoded(run: bytes) -> Iterator[tuple[str, bytes]]:
    for found in _HEX.finditer(run):
        for phase in range(2):
            code = found[0][phase:]
            yield "hex", binascii.unhexlify(code[: len(code) - len(code) % 2])
    # What is no base64 (a path, a long word) has no capitals, or only at the beginning of its words.
    if _MIXED.match(run):
        webbed = run.replace(b"-", b"+").replace(b"_", b"/")
        for phase in range(4 if len(run) < _ALL_PHASES else 1):
            part = webbed[phase:]
            # One sign alone stands for no byte.
            part = part[: len(part) - (len(part) % 4 == 1)]
            yield "base64", base64.b64decode(part + b"=" * (-len(part) % 4))


def _inflated(data: bytes, bits: int, budget: Budget) -> bytes:
    """All members of a gzip or zlib stream, one after the other."""
    made = []
    while data:
        engine = zlib.decompressobj(bits)
        rest = data
        while not engine.eof:
            piece = engine.decompress(rest, _STEP)
            budget.take(len(piece))
            made.append(piece)
            rest = engine.unconsumed_tail
            if not piece and not rest:
                raise EOFError
        data = engine.unused_data.lstrip(b"\0")
        if not data.startswith(b"\x1f\x8b") or bits <= zlib.MAX_WBITS:
            break
    return b"".join(made)


def _gzip(kind: str, data: bytes, budget: Budget) -> Iterator[Part]:
    try:
        made = _inflated(data, zlib.MAX_WBITS + 16, budget)
    except (zlib.error, EOFError):
        raise CannotOpen("its gzip stream is damaged or cut off") from None
    # Behind the header's ten bytes the name of the file that was packed may stand, and a comment.
    yield Part("gzip header", data[10:266].split(b"\0\0")[0] if data[3] & 0b11000 else b"")
    yield Part(kind, made)


def _stream(kind: str, data: bytes, budget: Budget) -> Iterator[Part]:
    engine = bz2.BZ2Decompressor() if kind == "bzip2" else lzma.LZMADecompressor(memlimit=MOST_BYTES * 2)
    made, rest = [], data
    try:
        while not engine.eof:
            piece = engine.decompress(rest, _STEP)
            budget.take(len(piece))
            made.append(piece)
            rest = b""
            if not piece and engine.needs_input:
                break
    except (OSError, lzma.LZMAError):
        raise CannotOpen(f"its {kind} stream is damaged") from None
    if not engine.eof:
        raise CannotOpen(f"its {kind} stream is cut off")
    yield Part(kind, b"".join(made))


def _zip(kind: str, data: bytes, budget: Budget) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Part("zip comment", archive.comment)
            for member in archive.infolist():
                budget.take(_A_MEMBER)
                yield Part("name of a zip member", member.filename.encode("utf-8", "surrogatepass"), is_name=True)
                yield Part("zip comment", member.comment + b"\n" + member.extra)
                with archive.open(member) as stream:
                    made = []
                    while piece := stream.read(_STEP):
                        budget.take(len(piece))
                        made.append(piece)
                yield Part(kind, b"".join(made))
    except CannotOpen:
        raise
    except Exception:  # noqa: BLE001  (zipfile raises whatever a damaged or locked archive makes it stumble over)
        raise CannotOpen("a member of it cannot be read; it may be damaged or locked") from None


def _png(kind: str, data: bytes, budget: Budget) -> Iterator[Part]:
    at = len(_PNG)
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        if len(chunk) < size or len(name) < 4:  # noqa: PLR2004
            raise CannotOpen("its PNG chunks do not add up")
        at += 12 + size
        if name in (b"zTXt", b"iCCP"):
            word, _, packed = chunk.partition(b"\0")
            yield Part(kind, word + b"\n" + _text_of(packed[1:], budget))
        elif name == b"iTXt":
            word, _, rest = chunk.partition(b"\0")
            # A flag, a method, a language, the word once more in it, and the text.
            language, _, more = rest[2:].partition(b"\0")
            other, _, packed = more.partition(b"\0")
            text = _text_of(packed, budget) if rest[:1] == b"\1" else packed
            yield Part(kind, b"\n".join((word, language, other, text)))
        elif name not in _PICTURE_DATA:
            yield Part(kind, chunk)
        if name == b"IEND":
            yield Part("bytes behind a PNG", data[at:])
            return
    raise CannotOpen("its PNG chunks do not add up")


def _text_of(packed: bytes, budget: Budget) -> bytes:
    try:
        return _inflated(packed, zlib.MAX_WBITS, budget)
    except (zlib.error, EOFError):
        raise CannotOpen("a packed text in a PNG is damaged") from None


def _jpeg(kind: str, data: bytes, budget: Budget) -> Iterator[Part]:  # noqa: ARG001
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in (b"\xda", b"\xd9", b""):
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        mark = data[at + 1]
        if mark == 0xFE or 0xE0 <= mark <= 0xEF:  # noqa: PLR2004  (a comment, or an application's own)
            yield Part(kind, data[at + 4 : at + 2 + size])
        at += 2 + max(size, 2)


def _pdf(kind: str, data: bytes, budget: Budget) -> Iterator[Part]:
    from pypdf import PdfReader  # noqa: PLC0415  (heavy, and few sites hold a PDF)

    for found in _INFLATED.finditer(data):
        try:
            made = _inflated(found[1], zlib.MAX_WBITS, budget)
        except (zlib.error, EOFError):
            continue  # a picture, or packed otherwise
        yield Part("PDF stream", made)
    try:
        reader = PdfReader(io.BytesIO(data))
        told = [str(value) for value in (reader.metadata or {}).values()]
        told += [reader.xmp_metadata.rdf_root.toxml()] if reader.xmp_metadata is not None else []
        pages = [page.extract_text() for page in reader.pages]
        inside = [(name, one) for name, many in reader.attachments.items() for one in many]
    except Exception:  # noqa: BLE001  (pypdf raises whatever a damaged or locked file makes it stumble over)
        raise CannotOpen("its text cannot be read; the PDF may be damaged or locked") from None
    yield Part("PDF metadata", "\n".join(told).encode("utf-8", "replace"))
    for text in pages:
        budget.take(len(text))
        yield Part(kind, text.encode("utf-8", "replace"))
    for name, one in inside:
        budget.take(len(one))
        yield Part("name of a PDF attachment", name.encode("utf-8", "replace"), is_name=True)
        yield Part("PDF attachment", one)


_KINDS = (
    ("gzip", (b"\x1f\x8b",), _gzip),
    ("zip", _ZIPS, _zip),
    ("bzip2", tuple(b"BZh%d1AY&SY" % level for level in range(1, 10)), _stream),
    ("xz", (b"\xfd7zXZ\0",), _stream),
    ("PNG text", (_PNG,), _png),
    ("JPEG metadata", (b"\xff\xd8\xff",), _jpeg),
    ("PDF text", (b"%PDF-",), _pdf),
)
"""Kind, how it begins, and what opens it."""
