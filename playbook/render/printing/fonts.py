"""The fonts that Typst may choose from: its own, the system's, or its own and some of the system's with a known name.

To look into every font of a system takes longer than to lay out a kit; the names of their files say enough to guess.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import typst

SYSTEM_FOLDERS = ("~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts")
"""Where fonts lie on Linux; elsewhere none is found by its name, and all are looked into."""
_FILE = re.compile(r"([^-\[]+)(?:\[.*\]|-(?:Regular|Bold|Italic|BoldItalic|VF))?\.(?:ttf|otf|ttc|otc)", re.IGNORECASE)


@cache
def fonts_below(folders: tuple[Path, ...] | None) -> typst.Fonts:
    """Typst's own fonts, with those below `folders`, or with the system's if that is None."""
    return typst.Fonts(include_system_fonts=folders is None, font_paths=list(folders or ()))


def fonts_called(names: Iterable[str], folders: Iterable[str] = SYSTEM_FOLDERS) -> typst.Fonts | None:
    """Typst's own fonts with those of these names (`Noto Sans CJK`) below these folders; None if one is absent."""
    wanted = {name.replace(" ", "").casefold() for name in names}
    found = [(name, file) for name, file in _files(folders) if name in wanted]
    if not wanted or {name for name, _ in found} != wanted:
        return None
    # Typst takes folders, not files, and remembers where the links lead to.
    with tempfile.TemporaryDirectory(prefix="playbook-fonts-") as folder:
        for number, (_, file) in enumerate(found):
            Path(folder, f"{number:03}-{file.name}").symlink_to(file)
        return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _files(folders: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """(name in small letters, without spaces, file) of each font below these folders, but for odd weights."""
    for top in folders:
        for folder, inner, files in os.walk(Path(top).expanduser()):
            inner.sort()
            for file in sorted(files):
                if known := _FILE.fullmatch(file):
                    yield known[1].casefold(), Path(folder, file)
