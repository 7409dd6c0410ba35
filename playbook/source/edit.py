"""Changes one scalar of a YAML file where it stands; every other character stays as it is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping

from playbook.source.document import Document, Path, Span

# What may stand plain wherever a scalar may: ids that begin with a letter, and days.
_PLAIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*|\d{4}-\d\d-\d\d)\Z", re.ASCII)
_WORDS_OF_YAML = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)?")


def replace_scalars(content: bytes, document: Document, changes: Mapping[tuple[str | int, ...], str]) -> bytes:
    """The file's bytes with other text at some paths.

    Args:
        content: the bytes that `document` was read from.
        document: where each scalar stands.
        changes: path (as the record names it) → the new text. A path at which no scalar stands is left alone.

    A quoted scalar stays quoted; a byte order mark, comments and line ends stay. A block (`|`, `>`) becomes one line.
    """
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content[len(bom) :].decode("utf-8")
    spans = [(span, new) for path, new in changes.items() if (span := _span_of(document, path)) is not None]
    for span, new in sorted(spans, key=lambda pair: pair[0].start, reverse=True):
        written = text[span.start : span.end]
        text = text[: span.start] + _rewritten(written, new, span.style) + text[span.end :]
    return bom + text.encode("utf-8")


def as_scalar(text: str, style: str = "") -> str:
    """`text` as a scalar on one line: plain where safe, else quoted as the old one was, else in double quotes."""
    if style not in {"'", '"'} and _PLAIN.match(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _rewritten(written: str, new: str, style: str) -> str:
    if style not in {"|", ">"}:
        return as_scalar(new, style)
    # A block's characters go on to the next key; its last line ends are the file's, and the comment is its author's.
    head = _BLOCK_HEAD.match(written)
    comment = (head[1] if head else None) or ""
    end = written[len(written.rstrip("\r\n\t ")) :]
    return as_scalar(new, '"' if comment else "") + comment + end


def _span_of(document: Document, path: Path) -> Span | None:
    span = document.span_of(path)
    # Shorthand: the value of the main field stands where its entry would.
    if span is None and len(path) > 1:
        span = document.span_of(path[:-1])
    return span
