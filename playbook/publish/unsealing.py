"""Where a sealed site lies on a disk: a folder, or the one HTML file; and a new folder for what was in it.

Refuses to know how it is opened. Reads no more of a file than the format allows, and follows no link.
"""

from __future__ import annotations

import base64
import errno
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from playbook.publish import header as head
from playbook.publish.bundle import HEADER
from playbook.publish.opening import PACK_BYTES, Opened, Source
from playbook.publish.outside import FRAME
from playbook.publish.refused import Refused
from playbook.publish.single import data_elements
from playbook.source.writing import create_tree

_MOST_SCRIPT = 1 << 22
MOST_PAGE = 1 << 30


def source_at(path: Path) -> Source:
    """What is sealed in a folder or in an HTML file.

    Raises:
        Refused: where nothing is, or nothing sealed.
    """
    if path.is_dir():
        return FolderSource(path)
    try:
        if path.stat().st_size > MOST_PAGE:
            raise Refused(f"'{path.name}' is too large for a sealed site in one file")
        return page_source(path.read_bytes(), path.name)
    except FileNotFoundError:
        raise Refused(f"there is no folder or file '{path.name}'") from None
    except OSError as error:
        raise Refused(f"'{path.name}' cannot be read: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A sealed folder."""

    folder: Path

    def header(self) -> bytes:
        """The bytes of its header."""
        return self._read(HEADER, head.MOST_BYTES)

    def pack(self, _: int, name: str) -> bytes:
        """The bytes of one pack."""
        return self._read(f"d/{name}", PACK_BYTES)

    def outside(self, name: str) -> bytes | None:
        """A file that lies in the clear."""
        if name == FRAME:
            return None  # it is elsewhere, if it is
        if "/" in name or "\\" in name or name in ("", ".", ".."):
            return b"\0"  # no name that this program publishes
        return self._read(name, _MOST_SCRIPT)

    def _read(self, name: str, most: int) -> bytes:
        path = self.folder / name
        if path.is_symlink() or not path.is_file():
            raise FileNotFoundError(name)
        try:
            with path.open("rb") as stream:
                return stream.read(most + 1)
        except OSError as error:
            raise Refused(f"'{name}' cannot be read: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class PageSource:
    """The one HTML file."""

    head: bytes
    packs: tuple[str, ...] = field(repr=False)
    frame: bytes = field(repr=False)
    """The page without them."""

    def header(self) -> bytes:
        """The bytes of its header."""
        return self.head

    def pack(self, number: int, _: str) -> bytes:
        """The bytes of one pack: they stand in order."""
        if number >= len(self.packs):
            raise FileNotFoundError(number)
        try:
            return base64.b64decode(self.packs[number], validate=True)
        except ValueError:
            raise Refused(f"pack {number + 1} is no Base64; it is cut off or damaged") from None

    def outside(self, name: str) -> bytes | None:
        """The page itself; what lies in a folder stands in it in another form, if at all."""
        return self.frame if name == FRAME else None


def page_source(content: bytes, name: str) -> PageSource:
    """What is sealed in the bytes of an HTML file.

    Raises:
        Refused: where nothing is.
    """
    reader = _Scripts()
    reader.feed(content.decode("utf-8", "replace"))
    reader.close()
    if len(reader.headers) != 1:
        raise Refused(f"'{name}' is no sealed site: a folder with h.json in it, or the one HTML file, is meant")
    header, packs = reader.headers[0], tuple(reader.packs)
    # Should anything stand between them that was not published, they are not taken out, and the digest tells.
    return PageSource(header.encode(), packs, content.replace(data_elements(header, packs).encode(), b"", 1))


def write_opened(opened: Opened, folder: Path) -> None:
    """Put the files into a folder that is made for them, all or none.

    Raises:
        Refused: where something is there already, or it cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        raise Refused(f"'{folder.name}' is there already; nothing is written into it")
    try:
        create_tree(folder, opened.files)
    except OSError as error:
        told = "two files of the site have one name here" if error.errno == errno.EEXIST else error.strerror
        raise Refused(f"'{folder.name}' cannot be written: {told}; nothing was left there") from None


class _Scripts(HTMLParser):
    """The header and the packs of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.headers: list[str] = []
        self.packs: list[str] = []
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script begins."""
        if tag != "script":
            return
        given = dict(attrs)
        if given.get("id") == "header":
            self._into = self.headers
        elif "pack" in (given.get("class") or "").split():
            self._into = self.packs
        else:
            self._into = None
        if self._into is not None:
            self._into.append("")

    def handle_data(self, data: str) -> None:
        """Text, in a script or not."""
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, _tag: str) -> None:
        """Something ends."""
        self._into = None
