"""Generated pages as MkDocs wants them: files that know whether they changed, a navigation, neighbours, contents.

And what search and a reader lack there: spaces between words, and the way on from a page that is missing.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc

from playbook.site import Page as SitePage
from playbook.site import Site

_UP = re.compile(r"/[^/.][^/]*/\.\./")
_VERBATIM = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_GLUED = re.compile(
    r"(</(?:span|a|time|strong|dt|dd|th|td|label|summary)>)(?=<(?:span|time|dt|dd|th|td|br|input)\b|<a class=\"pb-)"
    r"|(</(?:title|desc|text)>)(?=<)"
)
"""Where one part ends and the next one begins with nothing between; what authors wrote has none of these."""


class GeneratedFile(File):
    """A generated page that counts as modified when its words are not those of the last build."""

    digest = ""
    built: dict[str, str]

    def is_modified(self) -> bool:
        """Whether this page differs from the one that lies in the site folder."""
        return self.built.get(self.src_uri) != self.digest or not os.path.isfile(self.abs_dest_path)  # noqa: PTH113


def generated_file(page: SitePage, config: MkDocsConfig, root: Path, built: dict[str, str]) -> File:
    """The file of one page. `built` is uri → digest of the last build; `root` is the playbook's folder."""
    inclusion = InclusionLevel.NOT_IN_NAV if page.is_leaf else InclusionLevel.INCLUDED
    # The words themselves come in on_page_content; what stands here is only parsed.
    file = GeneratedFile.generated(config, page.uri, content=f"<!-- {page.uri} -->\n", inclusion=inclusion)
    assert isinstance(file, GeneratedFile)  # noqa: S101
    file.built = built
    file.edit_uri = None
    if page.source is not None:
        path = os.path.relpath(root / page.source.path, config.docs_dir).replace(os.sep, "/")
        file.edit_uri = f"{posixpath.normpath(path)}#L{page.source.line}"
    return file


def navigation(site: Site, files: Files) -> list[dict[str, object]]:
    """Each section's first page, then the hand-written pages; a thousand people in it would cost half a minute."""
    generated = {page.uri for page in site.pages}
    nav: list[dict[str, object]] = [
        {page.title: [page.uri] if page.section else page.uri} for page in site.pages if not page.is_leaf
    ]
    written = [f.src_uri for f in files.documentation_pages() if f.src_uri not in generated and f.inclusion.is_in_nav()]
    return [*nav, {"Pages": sorted(written)}] if written else nav


def hang_below_sections(
    pages: dict[str, SitePage], nav: Navigation, config: MkDocsConfig, files: Files
) -> dict[str, str]:
    """Give each page that is left out of the navigation its section, and its neighbours in it.

    What comes back is uri → digest, which changes with anything that the page shows, its neighbours' titles too.
    """
    sections = {item.title: item for item in nav.items if isinstance(item, Section)}
    before: tuple[SitePage, Page] | None = None
    for made in pages.values():
        file = files.get_file_from_path(made.uri)
        assert file is not None  # noqa: S101  (on_files put it there)
        page = file.page or Page(None, file, config)
        # Known before the page is read: a neighbour that is not rendered again still shows it.
        page.title = html.escape(made.title)
        if made.is_leaf and made.section in sections:
            page.parent = sections[made.section]
            if before is not None and before[0].section == made.section:
                page.previous_page = before[1]
                if before[0].is_leaf:
                    before[1].next_page = page
        before = (made, page)
    digests = {}
    for made in pages.values():
        file = files.get_file_from_path(made.uri)
        assert isinstance(file, GeneratedFile)  # noqa: S101
        assert file.page is not None  # noqa: S101
        near = (file.page.previous_page, file.page.next_page) if made.is_leaf else ()
        names = [(page.title, page.url) for page in near if page is not None]
        shown = [made.title, made.section, made.html, file.edit_uri, names]
        file.digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()
        digests[made.uri] = file.digest
    return digests


def collapse(url: str | None) -> str | None:
    """An edit link without `pages/../`, which MkDocs leaves in where the link comes from a template."""
    while url is not None and (shorter := _UP.sub("/", url, count=1)) != url:
        url = shorter
    return url


def words_apart(content: str) -> str:
    """The same page with a space between parts that stand apart by their style alone: search takes away the tags."""
    parts = _VERBATIM.split(content)
    parts[::2] = [_GLUED.sub(r"\g<0> ", part) for part in parts[::2]]
    return "".join(parts)


def way_on(missing: str, home: str) -> str:
    """Material's page for what is missing, with a word on why, the way home, and the search where there is one."""
    search = (
        '; or <label for="__search" class="pb-find">search</label> for a word of it'
        if 'id="__search"' in missing
        else ""
    )
    words = (
        "<h1>This page is not here</h1>\n<p>It may have been renamed, or is not there any more. "
        f'The way back: <a href="{html.escape(home)}">Home</a>{search}.</p>'
    )
    return missing.replace("<h1>404 - Not found</h1>", words)


def contents(made: SitePage) -> TableOfContents:
    """A page's table of contents, its texts escaped (themes do not)."""
    tokens: list[dict[str, object]] = []
    for heading in made.headings:
        token = {"level": heading.level, "id": heading.anchor, "name": html.escape(heading.text), "children": []}
        holder = tokens
        while holder and int(str(holder[-1]["level"])) < heading.level:
            holder = holder[-1]["children"]  # type: ignore[assignment]
        holder.append(token)
    return get_toc(tokens)  # type: ignore[arg-type]
