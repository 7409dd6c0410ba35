"""A hidden value is found whatever became of it on its way into an output, and a text without it is clean."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from playbook.publish.scan import Finding, HiddenValues, Report, Where, scan
from playbook.publish.scan.needles import LEAST, Needle, Needles, letters_of
from playbook.source.files import slug

VALUE = "Zoë Quickthorn"
WHERE = Where("content/people/zoe.yml", "notes", 3)


def values(*texts: str) -> HiddenValues:
    """What would be looked for if these were hidden, each in `WHERE`."""
    return HiddenValues((WHERE,) * len(texts), Needles(Needle(number, text) for number, text in enumerate(texts)))


def found(content: bytes, path: str = "page/index.html", value: str = VALUE) -> bool:
    report = scan({path: content}, values(value))
    assert {finding.what for finding in report.findings} <= {f"holds what stands in {WHERE}"}, report
    return not report.is_clean


# ---- texts

SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "in lower case": str.lower,
    "in two signs for one": lambda text: unicodedata.normalize("NFD", text),
    "in one sign": lambda text: unicodedata.normalize("NFC", text),
    "escaped for HTML": html.escape,
    "as decimal entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "as hexadecimal entities": lambda text: "".join(f"&#x{ord(sign):X};" for sign in text),
    "escaped twice": lambda text: html.escape(html.escape(text)),
    "as JSON": lambda text: json.dumps(text)[1:-1],
    "as JSON in JSON": lambda text: json.dumps(json.dumps(text))[1:-1],
    "as JSON in UTF-8": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "for an address": quote,
    "for an address, all of it": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "for an address, twice": lambda text: quote(quote(text)),
    "as an id": slug,
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in base64 behind one byte": lambda text: base64.b64encode(b"x" + text.encode()).decode(),
    "in base64 behind two bytes": lambda text: base64.b64encode(b"xy" + text.encode() + b"z").decode(),
    "in base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode() * 3).decode(),
    "in hex": lambda text: text.encode().hex(),
    "in hex, in capitals": lambda text: text.encode().hex().upper(),
    "on several lines": lambda text: text.replace(" ", "\n      "),
    "with spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "with hyphens": lambda text: text.replace(" ", "-"),
    "without spaces": lambda text: text.replace(" ", ""),
    "with emphasis inside": lambda text: f"<b>{text[:2]}</b>{text[2:]}",
    "in two elements": lambda text: text.replace(" ", "</span> <span>"),
    "with soft hyphens": "\u00ad".join,
    "with a joiner": "\u200d".join,
}


@pytest.mark.parametrize("how", SPELLINGS)
def test_a_value_is_found_in_a_page(how: str) -> None:
    assert found(f"<p>Before {SPELLINGS[how](VALUE)} behind</p>".encode())


@pytest.mark.parametrize("how", SPELLINGS)
def test_a_value_is_found_in_an_attribute_a_script_and_a_search_index(how: str) -> None:
    text = SPELLINGS[how](VALUE)
    if "<" not in text:
        assert found(f"<p title='{text}'>…</p>".encode())
    assert found(f'<script>const x = {{"a": "{text}"}}</script>'.encode())
    assert found(f'{{"docs": [{{"text": "before {text} behind"}}]}}'.encode(), "search/search_index.json")


@pytest.mark.parametrize("how", SPELLINGS)
def test_a_page_that_holds_something_else_in_the_same_form_is_clean(how: str) -> None:
    assert not found(f"<p>Before {SPELLINGS[how]('Zora Quietthorn')} behind</p>".encode())


def test_the_end_of_one_word_and_the_beginning_of_another_are_no_value() -> None:
    assert not found(b"<p>land results, and re-read; band<br>reason</p>", value="Andre")
    assert found(b"<p>to Andre</p>", value="Andre")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_value_is_found_in_every_encoding_of_unicode(code: str) -> None:
    assert found(f"name,role\n{VALUE},an engineer of some standing\n".encode(code), "people.csv")


def test_a_calendar_breaks_its_lines_in_the_middle_of_words() -> None:
    assert found(b"SUMMARY:Coffee with Zo\xc3\xab Qui\r\n ckthorn\r\n", "feed.ics")


def test_a_value_is_found_in_the_name_of_a_file_which_is_not_repeated() -> None:
    report = scan({"people/zoe-quickthorn/index.html": b"<p>hello</p>"}, values(VALUE))
    assert report.findings == (Finding("people/*/index.html", "file name", f"holds what stands in {WHERE}"),)


# ---- what was packed


def zipped(content: bytes, name: str = "a.txt") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def png(**texts: str) -> bytes:
    info, made = PngInfo(), io.BytesIO()
    for name, text in texts.items():
        (info.add_itxt if name.startswith("i") else info.add_text)(name, text, zip=name.endswith("z"))
    Image.new("RGB", (4, 4)).save(made, "png", pnginfo=info)
    return made.getvalue()


def png_with(name: bytes, chunk: bytes) -> bytes:
    whole = png()
    made = struct.pack(">I", len(chunk)) + name + chunk + struct.pack(">I", zlib.crc32(name + chunk))
    return whole[:33] + made + whole[33:]


def jpeg(text: str) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = text
    Image.new("RGB", (4, 4)).save(made, "jpeg", exif=exif)
    return made.getvalue()


def jpeg_comment(text: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "jpeg", comment=text.encode())
    return made.getvalue()


def pdf_titled(text: str) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": text})
    writer.write(made)
    return made.getvalue()


def pdf_attached(text: str) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("notes.txt", text.encode())
    writer.write(made)
    return made.getvalue()


def pdf_typeset(text: str) -> bytes:
    import typst

    return typst.compile(f'#set page(width: 5cm)\n#"{text}"'.encode())


PACKED: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "gzip": ("sitemap.xml.gz", lambda text: gzip.compress(text.encode())),
    "two gzips in a row": ("a.gz", lambda text: gzip.compress(b"hello") + gzip.compress(text.encode())),
    "zlib": ("a.bin", lambda text: zlib.compress(text.encode())),
    "bzip2": ("a.bz2", lambda text: bz2.compress(text.encode())),
    "xz": ("a.xz", lambda text: lzma.compress(text.encode())),
    "zip": ("a.zip", lambda text: zipped(text.encode())),
    "name in a zip": ("a.zip", lambda text: zipped(b"hello", f"{text}.txt")),
    "gzip in a zip": ("a.zip", lambda text: zipped(gzip.compress(text.encode()))),
    "gzip in base64": ("a.html", lambda text: b"<p>" + base64.b64encode(gzip.compress(text.encode())) + b"</p>"),
    "gzip in hex": ("a.html", lambda text: b"<p>" + gzip.compress(text.encode()).hex().encode() + b"</p>"),
    "picture in a page": ("a.html", lambda text: b'<img src="data:;base64,' + base64.b64encode(png(z=text)) + b'">'),
    "tEXt": ("a.png", lambda text: png(Comment=text)),
    "zTXt": ("a.png", lambda text: png(Commentz=text)),
    "iTXt": ("a.png", lambda text: png(iComment=text)),
    "packed iTXt": ("a.png", lambda text: png(iCommentz=text)),
    "eXIf": ("a.png", lambda text: png_with(b"eXIf", text.encode())),
    "chunk that nobody knows": ("a.png", lambda text: png_with(b"quIz", text.encode())),
    "bytes behind a picture": ("a.png", lambda text: png() + text.encode()),
    "EXIF": ("a.jpg", jpeg),
    "JPEG comment": ("a.jpg", jpeg_comment),
    "UTF-16 in a picture": ("a.gif", lambda text: b"GIF89a\xff\xfe\0" + text.encode("utf-16-le")),
    "SVG": ("a.svg", lambda text: f"<svg><title>{html.escape(text)}</title></svg>".encode()),
    "PDF metadata": ("a.pdf", pdf_titled),
    "PDF attachment": ("a.pdf", pdf_attached),
    "PDF text": ("a.pdf", pdf_typeset),
}


@pytest.mark.parametrize("how", PACKED)
def test_a_value_is_found_in_what_was_packed_and_something_else_is_not(how: str) -> None:
    path, pack = PACKED[how]
    if path.endswith(".bin"):
        assert not scan({path: pack(VALUE)}, values(VALUE), is_sealed=True).is_clean
        return
    assert found(pack("Zoe Quickthorn"), path)
    assert not found(pack("Zora Quietthorn"), path)


# ---- what cannot be looked into


CLOSED: dict[str, tuple[str, bytes]] = {
    "a page that is no text": ("index.html", b"<p>\xff\xfe\xfa</p>"),
    "a gzip that is cut off": ("a.gz", gzip.compress(b"hello" * 99)[:-12]),
    "a gzip that is damaged": ("a.gz", gzip.compress(b"hello" * 99)[:12] + b"\xff" * 20),
    "a zip that is cut off": ("a.zip", zipped(b"hello")[:-9]),
    "an xz that is cut off": ("a.xz", lzma.compress(b"hello" * 99)[:-20]),
    "a picture that is cut off": ("a.png", png(z="hello")[:60]),
    "a PDF that is none": ("a.pdf", b"%PDF-1.7\nhello\xff\0"),
    "something that nobody knows": ("a.bin", b"\x93\xff\0\x01hello"),
    "a gzip that unpacks to more than anybody needs": ("a.gz", gzip.compress(bytes(70 << 20))),
    "a zip of zips of zips": (
        "a.zip",
        zipped(zipped(zipped(zipped(zipped(zipped(zipped(zipped(b"hello")))))))),
    ),
}


@pytest.mark.parametrize("what", CLOSED)
def test_what_cannot_be_looked_into_is_a_finding(what: str) -> None:
    path, content = CLOSED[what]
    report = scan({path: content}, values(VALUE))
    assert {(one.file, "cannot" in one.what or "not looked into" in one.what) for one in report.findings} == {
        (path, True)
    }


def test_a_link_in_a_folder_is_a_finding_and_is_not_followed(tmp_path) -> None:
    (tmp_path / "secret.txt").write_text(VALUE)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    report = scan(tmp_path / "site", values(VALUE))
    assert report.findings == (Finding("link.txt", "file", "is a link, or no file at all, and was not looked into"),)


def test_an_empty_folder_may_have_a_name_that_tells(tmp_path) -> None:
    (tmp_path / "people" / "zoe-quickthorn").mkdir(parents=True)
    report = scan(tmp_path, values(VALUE))
    assert [(one.file, one.stream) for one in report.findings] == [("people/*", "file name")]


def test_a_folder_is_read_as_its_files_are(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_text(f"<p>{VALUE}</p>")
    (tmp_path / "b.html").write_text("<p>hello</p>")
    told = []
    report = scan(tmp_path, values(VALUE), progress=lambda done, of: told.append((done, of)))
    assert report == Report((Finding("a/x.html", "text", f"holds what stands in {WHERE}"),), (), 2)
    assert told[:2] == [(1, 2), (2, 2)]


def test_what_stands_on_every_page_is_told_of_every_page_and_what_stands_on_none_of_none() -> None:
    page = "<ul>\n" + "<li>the same</li>\n" * 20 + "<li>{}</li>\n</ul>"
    pages = {f"{n}.html": page.format(VALUE if n < 3 else "nobody").encode() for n in range(5)}
    report = scan(pages, values(VALUE))
    assert [one.file for one in report.findings] == ["0.html", "1.html", "2.html"]


def test_two_halves_that_each_stood_somewhere_are_a_value_where_they_meet() -> None:
    pages = {
        "a.html": b"<p><b>Zo\xc3\xab</b> Smith</p>",
        "b.html": b"<p><b>Ada</b> Quickthorn</p>",
        "c.html": b"<p><b>Zo\xc3\xab</b> Quickthorn</p>",
    }
    assert [one.file for one in scan(pages, values(VALUE)).findings] == ["c.html"]


# ---- any value, in any of these forms

ANY = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=5, max_size=60)
FORMS: dict[str, Callable[[str], bytes]] = {
    "raw": lambda text: text.encode(),
    "HTML": lambda text: html.escape(text).encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "address": lambda text: quote(text, safe="").encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": lambda text: zipped(text.encode()),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(ANY, st.sampled_from(sorted(FORMS)), st.sampled_from(("", "x", "xy", "<p>", "12", '{"a": "')))
def test_any_value_with_five_letters_is_found_in_any_form(text: str, form: str, before: str) -> None:
    if len(letters_of(text)) < LEAST:
        return
    content = FORMS[form](text)
    if form not in ("gzip", "zip"):
        content = before.encode() + content + b" behind"
    assert not scan({"a.txt" if form not in ("gzip", "zip") else "a.gz": content}, values(text)).is_clean
