"""Finds a playbook's files below its content folder; refuses links, strangers and names that cannot be an id."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playbook.problems import Place, Problem, Severity, shorten, suggest
from playbook.source.reader import MAX_BYTES

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_ID = 80
PAGES = "pages"
ME = "me.yml"

# Latin letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H"}
)

# File systems of Windows cannot hold these, whatever stands behind the first dot.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10)))
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file's bytes, wherever they came from (the disk, or a git revision)."""

    path: str
    """As problems print it: relative to the playbook's folder, with `/`."""
    kind: str
    """The folder it lies in (`goals`), or `me`."""
    id: str
    content: bytes


def find_files(
    content: Path, kinds: Iterable[str], *, shown_as: str | None = None
) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Every YAML file of a content folder, sorted by path, and what lies there that should not.

    Args:
        content: the folder; it need not exist (a problem says so).
        kinds: the names of the folders that hold records.
        shown_as: the folder's name in problems; its own name by default.

    Hand-written pages lie in `pages/`; see `find_pages`.
    """
    base = shown_as or content.name
    known = tuple(kinds)
    if not content.is_dir() or content.is_symlink():
        reason = "is a link; links are not followed" if content.is_symlink() else "is not there"
        return (), (
            Problem(
                Place(base),
                "no-content",
                f"the content folder '{base}' {reason}",
                "Make one with: playbook init DIR",
            ),
        )
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for entry in _entries(content, base, problems):
        path = f"{base}/{_shown(entry.name)}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            problems.append(_link(path))
        elif entry.name in known:
            if entry.is_dir(follow_symlinks=False):
                _find_in(Path(entry.path), path, entry.name, files, problems)
            else:
                problems.append(Problem(Place(path), "not-a-folder", f"'{entry.name}' must be a folder of .yml files"))
        elif entry.name == ME:
            _take(Path(entry.path), path, "me", "me", files, problems)
        elif entry.name != PAGES:
            problems.append(_stranger(entry, path, known))
    return tuple(files), tuple(problems)


def find_pages(content: Path, *, shown_as: str | None = None) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Every hand-written Markdown page below `content/pages`, as problems print it; and what should not lie there.

    A link among the pages is a problem: MkDocs follows it, and would publish what it leads to.
    """
    folder, base = content / PAGES, f"{shown_as or content.name}/{PAGES}"
    if not content.is_dir() or content.is_symlink() or folder.is_symlink():
        return (), ()  # find_files has said so
    if not folder.is_dir():
        message = f"the folder of hand-written pages is {'not a folder' if folder.exists() else 'missing'}"
        hint = f"Make it, and put a page in it, for git keeps no empty folder: {base}/about.md"
        return (), (Problem(Place(base), "no-pages", message, hint, Severity.WARNING),)
    pages: list[str] = []
    problems: list[Problem] = []
    unread: list[OSError] = []
    for root, folders, names in os.walk(folder, followlinks=False, onerror=unread.append):
        folders.sort()
        inside = Path(root).relative_to(folder).as_posix()
        prefix = base if inside == "." else f"{base}/{_shown(inside)}"
        for name in sorted((*folders, *names)):
            path, whole = f"{prefix}/{_shown(name)}", Path(root, name)
            if whole.is_symlink():
                problems.append(_link(path))
            elif name.startswith("."):
                continue
            elif name in names and not stat.S_ISREG(os.lstat(whole).st_mode):
                problems.append(_not_a_file(path))
            elif name.endswith((".yml", ".yaml")):
                message = "a YAML file among the pages; it is not published"
                problems.append(
                    Problem(
                        Place(path), "yaml-in-pages", message, "Move it to the folder of its kind.", Severity.WARNING
                    )
                )
            elif name.endswith(".md") and name in names:
                pages.append(path)
    problems += [_unreadable(base, error) for error in unread]
    return tuple(pages), tuple(problems)


def slug(text: str) -> str:
    """An id made from a title: lower-case ASCII letters, digits and single hyphens, at most 60 characters.

    Text with nothing to keep (a name in Chinese) gives an empty string; the caller asks for an id, inventing none.
    """
    import unicodedata  # noqa: PLC0415

    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"{made}-1" if made in _DEVICES else made


def id_problem(name: str) -> str:
    """Why `name` cannot be an id, as the end of a sentence; empty where it can."""
    if len(name) > MAX_ID:
        return f"is longer than {MAX_ID} characters"
    if not ID.match(name):
        return "has more in it than the letters a-z, digits and single hyphens"
    if name in _DEVICES:
        return "is a name that Windows keeps for itself"
    return ""


def _find_in(folder: Path, base: str, kind: str, files: list[SourceFile], problems: list[Problem]) -> None:
    for entry in _entries(folder, base, problems):
        path = f"{base}/{_shown(entry.name)}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            problems.append(_link(path))
        elif entry.is_dir(follow_symlinks=False):
            problems.append(
                Problem(
                    Place(path),
                    "folder-in-folder",
                    f"a folder inside '{kind}' is not read",
                    f"Move its files up into '{base}'.",
                    Severity.WARNING,
                )
            )
        elif not entry.name.endswith(".yml"):
            if entry.name.endswith((".yaml", ".YML", ".YAML")):
                hint = f"Rename it to '{slug(entry.name.rsplit('.', 1)[0]) or 'name'}.yml'."
            else:
                hint = "Only .yml files belong here."
            problems.append(Problem(Place(path), "not-yml", "this file is not read", hint, Severity.WARNING))
        elif reason := id_problem(entry.name[:-4]):
            better = slug(entry.name[:-4])
            problems.append(
                Problem(
                    Place(path),
                    "bad-id",
                    f"the file's name is the id, and '{shorten(entry.name[:-4])}' {reason}",
                    f"Rename it to '{better}.yml'." if better else "",
                )
            )
        else:
            _take(Path(entry.path), path, kind, entry.name[:-4], files, problems)


def _take(file: Path, path: str, kind: str, identifier: str, files: list[SourceFile], problems: list[Problem]) -> None:
    try:
        # O_NOFOLLOW closes the moment between looking at the entry and opening it.
        handle = os.open(
            file,
            os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0),
        )
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            problems.append(_not_a_file(path))
            return
        with os.fdopen(handle, "rb") as stream:
            files.append(SourceFile(path, kind, identifier, stream.read(MAX_BYTES + 1)))
    except OSError as error:
        problems.append(_unreadable(path, error))


def _entries(folder: Path, base: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(base, error))
        return []


def _shown(name: str) -> str:
    """A name from the disk as one line that any terminal can print."""
    return name if name.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in name)


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(Place(path), "unreadable", f"this cannot be read: {error.strerror}")


def _link(path: str) -> Problem:
    return Problem(
        Place(path),
        "link",
        "a symbolic link; links are not followed, so that nothing from outside is ever published",
        "Put the file itself here.",
    )


def _not_a_file(path: str) -> Problem:
    return Problem(Place(path), "not-a-file", "this is not an ordinary file; it is not read")


def _stranger(entry: os.DirEntry[str], path: str, known: tuple[str, ...]) -> Problem:
    if entry.is_dir(follow_symlinks=False):
        return Problem(
            Place(path),
            "unknown-folder",
            f"no kind of record is called '{shorten(entry.name)}'",
            suggest(entry.name, (*known, PAGES)) or f"The folders are {', '.join(known)} and {PAGES}.",
            Severity.WARNING,
        )
    return Problem(
        Place(path),
        "not-read",
        "this file is not read",
        suggest(entry.name, (ME,)) or "Records lie in the folder of their kind.",
        Severity.WARNING,
    )
