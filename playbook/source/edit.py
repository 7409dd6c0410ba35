"""Changes one scalar of a YAML file where it stands; every other character stays as it is."""

from __future__ import annotations

import codecs
import json
import re

from playbook.source.document import Document, Path

# What may stand plain wherever a scalar may: letters, digits, hyphens.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_WORDS_OF_YAML = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def replace_scalars(content: bytes, document: Document, changes: dict[tuple[str | int, ...], str]) -> bytes:
    """The file's bytes with other text at some paths.

    Args:
        content: the bytes that `document` was read from.
        document: where each scalar stands.
        changes: path (as written) → the new text. A path at which no scalar stands is left alone.

    A quoted scalar stays quoted; a byte order mark and line ends stay.
    """
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content[len(bom) :].decode("utf-8")
    spans = [(span, new) for path, new in changes.items() if (span := _span(document, path)) is not None]
    for span, new in sorted(spans, key=lambda pair: pair[0].start, reverse=True):
        text = text[: span.start] + as_scalar(new, span.style) + text[span.end :]
    return bom + text.encode("utf-8")


def as_scalar(text: str, style: str = "") -> str:
    """`text` as a scalar on one line: plain where safe, else quoted as the old one was, else in double quotes."""
    if style not in {"'", '"'} and _PLAIN.match(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _span(document: Document, path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202
    span = document.span_of(path)
    # `with: ada` is a list of one that is written as its one value.
    if span is None and path and path[-1] == 0:
        span = document.span_of(path[:-1])
    # Shorthand: the value stands where its entry would.
    if span is None and len(path) > 1:
        span = document.span_of(path[:-1])
    return span
