"""The hand-written pages below `content/pages`: which of them may be published, and their `[[links]]`."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator

from mkdocs.structure.files import File, Files
from mkdocs.utils.meta import get_data

from playbook.graph import Playbook
from playbook.graph.linking import WIKI_LINK
from playbook.views.scene import uri_of

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|&])")


def find_unpublished(files: Files, docs_dir: str, audience: str, warn: Callable[[str], None]) -> Iterator[File]:
    """The files that must not be published: YAML, links that lead out, and for other audiences what is not theirs.

    A page is for another audience only if its front matter says so (`visibility: public`, or the audience's name); what
    is no page goes with the first page that names it.
    """
    own = [file for file in files if file.generated_by is None and file.src_dir == docs_dir]
    shown = ""
    if audience != "me":
        for file in own:
            if file.is_documentation_page() and _may_see(file, audience):
                shown += file.content_string
    for file in own:
        if file.src_uri.lower().endswith((".yml", ".yaml")) or file.src_uri.endswith("~"):
            yield file
        elif _is_link(file):
            warn(f"'{file.src_uri}' is a symbolic link; links are not followed, so it is not published")
            yield file
        elif audience != "me":
            if file.is_documentation_page():
                if not _may_see(file, audience):
                    yield file
            elif posixpath.basename(file.src_uri) not in shown:
                yield file


def linked_markdown(markdown: str, uri: str, playbook: Playbook, warn: Callable[[str], None]) -> str:
    """A hand-written page with each `[[people/ada]]` as a Markdown link that MkDocs can check."""

    def link(found: re.Match[str]) -> str:
        kind, name, label = found[1] or "", found[2], found[3]
        for known in (
            (kind,) if kind else ("goals", "people", "organizations", "events", "outreach", "plays", "journal")
        ):
            entry = playbook.find((known, name)) if known in _KINDS else None
            if entry is not None:
                path = posixpath.relpath(uri_of(known, name), posixpath.dirname(uri) or ".")
                shown = _MARKDOWN_SPECIAL.sub(r"\\\1", label or entry.title)
                return f"[{shown}]({path})"
        warn(f"{uri}: '{found[0]}' leads nowhere")
        return found[0]

    return WIKI_LINK.sub(link, markdown)


_KINDS = frozenset(("goals", "people", "organizations", "events", "outreach", "plays", "journal"))


def _may_see(file: File, audience: str) -> bool:
    _, meta = get_data(file.content_string)
    return str(meta.get("visibility", "me")) in {"public", audience}


def _is_link(file: File) -> bool:
    path = file.src_dir or ""
    for part in file.src_uri.split("/"):
        path = os.path.join(path, part)  # noqa: PTH118
        if os.path.islink(path):  # noqa: PTH114
            return True
    return False
