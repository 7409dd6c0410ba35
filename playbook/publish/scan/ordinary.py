"""The words that a site has whatever the playbook says: those of the templates, of the program and of the theme."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from playbook.shipped import templates_folder

_ROOMS = ("views", "render", "progress", "exchange", "audience", "plays", "records/choices.py")
_TEMPLATES = ("pages", "partials", "print", "assets")
_SEALED = ("sealed",)
_STRING = re.compile(r'"""(?:.|\n)*?"""|#[^\n]*|"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
# What MkDocs, Markdown and the search add of their own.
_THEIRS = """config lang separator pipeline docs location title text tags boost stemmer stopWordFilter trimmer
Permanent link headerlink admonition highlight codehilite linenums footnote backlink task-list-control checkbox
urlset lastmod changefreq sitemap noreferrer noopener index.html search_index.json assets stylesheets javascripts
January February March April May June July August September October November December
Monday Tuesday Wednesday Thursday Friday Saturday Sunday"""


@cache
def own_words(*, sealed: bool = False) -> str:
    """Every word that the program itself puts on a page; with `sealed`, on the page in front of a sealed site."""
    folder = templates_folder()
    names = _SEALED if sealed else _TEMPLATES
    texts = [file.read_text(encoding="utf-8") for name in names for file in _files(folder / name)]
    if not sealed:
        package = Path(__file__).parents[2]
        texts += _constants(package)
        # The plays that come along; to start one copies its words.
        texts += [file.read_text(encoding="utf-8") for file in _files(package / "plays") if file.suffix == ".yml"]
    return "\n".join((*texts, _THEIRS))


def theme_words(folders: Iterable[Path]) -> str:
    """Every word of a theme's templates."""
    files = [file for folder in folders for file in _files(folder) if file.suffix in (".html", ".xml", ".yml")]
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


def digests_of(folders: Iterable[Path]) -> frozenset[bytes]:
    """The digest of every file that is copied as it is, from packages that know nothing of any playbook."""
    return frozenset(digest(file.read_bytes()) for folder in folders for file in _files(folder))


def digest(data: bytes) -> bytes:
    """What tells a file's content from every other."""
    return blake2b(data, digest_size=20).digest()


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for here, folders, names in os.walk(folder):
        # Ten thousand pictures that no page names by what they show.
        folders[:] = sorted(name for name in folders if name not in (".icons", "__pycache__"))
        found += (Path(here) / name for name in sorted(names))
    return found


def _constants(package: Path) -> Iterator[str]:
    """Every text in the rooms that put words on pages, but for what explains the code."""
    files = [package / name for name in _ROOMS if name.endswith(".py")]
    files += [file for name in _ROOMS for file in sorted((package / name).rglob("*.py"))]
    files += sorted(package.glob("*.py"))
    for file in files:
        if file.is_file():
            # By pattern: to parse the code takes a second, and a word too many only makes one value less telling.
            for found in _STRING.finditer(file.read_text(encoding="utf-8")):
                yield found[1] or found[2] or ""
