"""What tests of every room share: a playbook from texts that stand in the test itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from textwrap import dedent

from playbook.checks import Check
from playbook.load import Loaded, load_files
from playbook.source.files import SourceFile


def source_files(files: Mapping[str, str | bytes]) -> tuple[SourceFile, ...]:
    """`{"goals/staff.yml": text}` as files of `content/`; texts are dedented, bytes are taken as they are."""
    found = []
    for path, text in sorted(files.items()):
        kind, _, name = path.rpartition("/")
        content = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
        found.append(SourceFile(f"content/{path}", kind or "me", name.removesuffix(".yml"), content))
    return tuple(found)


def book(
    files: Mapping[str, str | bytes],
    today: dt.date | None = None,
    *,
    pages: Iterable[str] = (),
    checks: Iterable[Check] = (),
) -> Loaded:
    """The playbook in these texts, through the real loader: `book({"people/ada.yml": "name: Ada"})`."""
    return load_files(source_files(files), today, pages=pages, checks=checks)


def lines(loaded: Loaded) -> list[str]:
    """Every problem as `playbook check` prints it."""
    return [str(problem) for problem in loaded.problems]
