"""Finds a playbook's files below its content folder; refuses links, strangers and names that cannot be an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playbook.problems import Place, Problem, Severity, shorten, suggest
from playbook.source.text import MAX_BYTES
from playbook.source.tree import DiskTree, Node, Tree

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_ID = 80
INBOX = "inbox.txt"
"""Plain lines that wait to be understood; `playbook inbox` reads them."""
PAGES = "pages"
ME = "me.yml"

# Latin letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H"}
)

# An editor's copy is no less private than the file: me.yml.bak, #me.yml#, me.yml~.
_YAML = re.compile(r"\.ya?ml(?!\w)", re.IGNORECASE)

# File systems of Windows cannot hold these, whatever stands behind the first dot.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10)))
)
_NOTHING = "null"


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
    content: Path | Tree, kinds: Iterable[str], *, shown_as: str | None = None
) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Every YAML file of a content folder, sorted by path, and what lies there that should not.

    Args:
        content: the folder, on the disk or as it was; it need not exist (a problem says so).
        kinds: the names of the folders that hold records.
        shown_as: the folder's name in problems; its own name by default.

    Hand-written pages lie in `pages/`; see `find_pages`.
    """
    tree = _tree(content)
    base = shown_as or tree.name
    known = tuple(kinds)
    top = tree.node("")
    if top is None or not top.is_dir(follow_symlinks=False):
        is_link = top is not None and top.is_symlink()
        reason = "is a link; links are not followed" if is_link else "is not there"
        return (), (
            Problem(
                Place(base),
                "no-content",
                f"the content folder '{base}' {reason}",
                "Make one with: playbook init DIR",
            ),
        )
    finding = _Finding(tree, base)
    for entry in finding.entries(""):
        path = f"{base}/{_shown(entry.name)}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            finding.problems.append(_link(path))
        elif entry.name in known:
            if entry.is_dir(follow_symlinks=False):
                finding.find_in(entry.name)
            else:
                message = f"'{entry.name}' must be a folder of .yml files"
                finding.problems.append(Problem(Place(path), "not-a-folder", message))
        elif entry.name == ME:
            finding.take(ME, "me", "me")
        elif entry.name not in (PAGES, INBOX):
            finding.problems.append(_stranger(entry, path, known))
    return tuple(finding.files), tuple(finding.problems)


def find_pages(content: Path | Tree, *, shown_as: str | None = None) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Every hand-written Markdown page below `content/pages`, as problems print it; and what should not lie there.

    A link among the pages is a problem: MkDocs follows it, and would publish what it leads to.
    """
    tree = _tree(content)
    base = f"{shown_as or tree.name}/{PAGES}"
    top, folder = tree.node(""), tree.node(PAGES)
    if top is None or not top.is_dir(follow_symlinks=False) or (folder is not None and folder.is_symlink()):
        return (), ()  # find_files has said so
    if folder is None or not folder.is_dir():
        message = f"the folder of hand-written pages is {'not a folder' if folder is not None else 'missing'}"
        hint = f"Make it, and put a page in it, for git keeps no empty folder: {base}/about.md"
        return (), (Problem(Place(base), "no-pages", message, hint, Severity.WARNING),)
    finding = _Finding(tree, shown_as or tree.name)
    pages: list[str] = []
    finding.find_pages(pages)
    return tuple(pages), tuple(finding.problems)


def holds_yaml(path: str) -> bool:
    """Whether a path is that of a YAML file, or of an editor's copy of one; nothing of the kind is ever published."""
    return _YAML.search(path) is not None


def slug(text: str) -> str:
    """An id made from a title: lower-case ASCII letters, digits and single hyphens, at most 60 characters.

    Text with nothing to keep (a name in Chinese) gives an empty string; the caller asks for an id, inventing none.
    """
    import unicodedata  # noqa: PLC0415

    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"{made}-1" if made in _DEVICES or made == _NOTHING else made


def id_problem(name: str) -> str:
    """Why `name` cannot be an id, as the end of a sentence; empty where it can."""
    if len(name) > MAX_ID:
        return f"is longer than {MAX_ID} characters"
    if not ID.match(name):
        return "has more in it than the letters a-z, digits and single hyphens"
    if name in _DEVICES:
        return "is a name that Windows keeps for itself"
    if name == _NOTHING:
        return "is what YAML calls nothing, so that 'people: [null]' would name nobody"
    return ""


def _tree(content: Path | Tree) -> Tree:
    return DiskTree(content) if isinstance(content, Path) else content


@dataclass(slots=True)
class _Finding:
    """What was found so far."""

    tree: Tree
    base: str
    """How problems call the tree."""
    files: list[SourceFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def entries(self, folder: str) -> Sequence[Node]:
        """What lies in a folder; nothing, and a problem, where it cannot be listed."""
        try:
            return self.tree.entries(folder)
        except OSError as error:
            self.problems.append(_unreadable(f"{self.base}/{_shown(folder)}".rstrip("/"), error))
            return ()

    def find_in(self, kind: str) -> None:
        """Takes the files in the folder of one kind."""
        base = f"{self.base}/{kind}"
        for entry in self.entries(kind):
            path = f"{base}/{_shown(entry.name)}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                self.problems.append(_link(path))
            elif entry.is_dir(follow_symlinks=False):
                message, hint = f"a folder inside '{kind}' is not read", f"Move its files up into '{base}'."
                self.problems.append(Problem(Place(path), "folder-in-folder", message, hint, Severity.WARNING))
            elif not entry.name.endswith(".yml"):
                self.problems.append(_not_yml(entry.name, path))
            elif reason := id_problem(entry.name[:-4]):
                better = slug(entry.name[:-4])
                message = f"the file's name is the id, and '{shorten(entry.name[:-4])}' {reason}"
                self.problems.append(
                    Problem(Place(path), "bad-id", message, f"Rename it to '{better}.yml'." if better else "")
                )
            else:
                self.take(f"{kind}/{entry.name}", kind, entry.name[:-4])

    def take(self, name: str, kind: str, identifier: str) -> None:
        """Reads one file, if it is one."""
        path = f"{self.base}/{name}"
        try:
            content = self.tree.read(name, MAX_BYTES + 1)
        except OSError as error:
            self.problems.append(_unreadable(path, error))
            return
        if content is None:
            self.problems.append(_not_a_file(path))
        else:
            self.files.append(SourceFile(path, kind, identifier, content))

    def find_pages(self, pages: list[str]) -> None:
        """Adds the pages of each folder, then those of the folders below it."""
        pending = [PAGES]
        while pending:
            folder = pending.pop()
            entries = self.entries(folder)
            for entry in entries:
                self._look_at_page(entry, f"{self.base}/{_shown(folder)}/{_shown(entry.name)}", pages)
            below = [f"{folder}/{entry.name}" for entry in entries if entry.is_dir(follow_symlinks=False)]
            pending += reversed(below)

    def _look_at_page(self, entry: Node, path: str, pages: list[str]) -> None:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.is_symlink():
            self.problems.append(_link(path))
        elif entry.name.startswith("."):
            return
        elif not is_folder and not entry.is_file(follow_symlinks=False):
            self.problems.append(_not_a_file(path))
        elif holds_yaml(entry.name) and not entry.name.endswith(".md"):
            message, hint = "a YAML file among the pages; it is not published", "Move it to the folder of its kind."
            if not entry.name.endswith((".yml", ".yaml")):
                hint = "If it is a record, move it to the folder of its kind as NAME.yml; else delete it."
            self.problems.append(Problem(Place(path), "yaml-in-pages", message, hint, Severity.WARNING))
        elif entry.name.endswith(".md") and not is_folder:
            pages.append(path)


def _not_yml(name: str, path: str) -> Problem:
    if name.endswith((".yaml", ".YML", ".YAML")):
        hint = f"Rename it to '{slug(name.rsplit('.', 1)[0]) or 'name'}.yml'."
    else:
        hint = "Only .yml files belong here."
    return Problem(Place(path), "not-yml", "this file is not read", hint, Severity.WARNING)


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


def _stranger(entry: Node, path: str, known: tuple[str, ...]) -> Problem:
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
