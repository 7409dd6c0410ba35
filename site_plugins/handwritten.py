"""The hand-written pages below `content/pages`: which of them may be published, and their `[[links]]`."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from mkdocs.structure.files import File, Files
from mkdocs.utils.meta import get_data

from playbook.site import Page
from playbook.source.files import holds_yaml
from playbook.source.wiki_links import WIKI_LINK
from playbook.views.scene import uri_of

_MARKDOWN_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|&]")
_KINDS = ("goals", "people", "organizations", "events", "outreach", "plays", "journal")


def find_unpublished(
    files: Files, docs_dir: str, labels: frozenset[str] | None, warn: Callable[[str], None]
) -> Iterator[File]:
    """The files that must not be published: YAML, links that lead out, and for other audiences what is not theirs.

    Args:
        files: all files of the site.
        docs_dir: where the hand-written ones lie.
        labels: what the audience sees; None for the author, who sees everything. A page is for another audience only if
            its front matter says so (`visibility: public`, or a label); what is no page goes with a page that names it.
        warn: told about links.
    """
    own = [file for file in files if file.generated_by is None and file.src_dir == docs_dir]
    shown = "".join(
        file.content_string
        for file in own
        if labels is not None and file.is_documentation_page() and _sees(labels, file)
    )
    for file in own:
        if not file.is_documentation_page() and (holds_yaml(file.src_uri) or file.src_uri.endswith("~")):
            yield file
        elif _is_link(file):
            warn(f"'{file.src_uri}' is a symbolic link; links are not followed, so it is not published")
            yield file
        elif labels is not None:
            hidden = (
                not _sees(labels, file)
                if file.is_documentation_page()
                else posixpath.basename(file.src_uri) not in shown
            )
            if hidden:
                yield file


def linked_markdown(
    markdown: str, uri: str, pages: Mapping[str, Page], *, is_mine: bool, warn: Callable[[str], None]
) -> str:
    """A hand-written page with each `[[people/ada]]` as a Markdown link that MkDocs can check.

    What has no page is told to the author; another audience reads `someone` in its place, and never a name.
    """

    def link(found: re.Match[str]) -> str:
        kind, name, label = found[1] or "", found[2], found[3]
        for known in (kind,) if kind else _KINDS:
            page = pages.get(uri_of(known, name))
            if page is not None:
                path = posixpath.relpath(page.uri, posixpath.dirname(uri) or ".")
                # As entities: Markdown knows backslashes before some of these signs only.
                shown = _MARKDOWN_SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", label or page.title)
                return f"[{shown}]({path})"
        if not is_mine:
            return "someone" if kind in {"", "people"} else "something"
        warn(f"{uri}: '{found[0]}' leads nowhere")
        return found[0]

    return WIKI_LINK.sub(link, markdown)


def _sees(labels: frozenset[str], file: File) -> bool:
    _, meta = get_data(file.content_string)
    return str(meta.get("visibility", "me")) in labels


def _is_link(file: File) -> bool:
    path = file.src_dir or ""
    for part in file.src_uri.split("/"):
        path = os.path.join(path, part)  # noqa: PTH118
        if os.path.islink(path):  # noqa: PTH114
            return True
    return False
