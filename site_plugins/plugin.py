"""The MkDocs plugin: loads the playbook, hands its pages to MkDocs, logs its problems.

An adapter. It may not read YAML, see a record, sort, format or decide wording.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
import os
import posixpath
import re
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from playbook.audience import UnknownAudience
from playbook.graph import Playbook
from playbook.load import Cache, load
from playbook.problems import Severity
from playbook.site import Page as SitePage
from playbook.site import Site, build_site, scripts_check
from playbook.zones import today_in
from site_plugins.handwritten import find_unpublished, linked_markdown

log = get_plugin_logger("playbook")
_INNER_LINK = re.compile(r'href="page:([^"#]*)(#[^"]*)?"')


class PlaybookConfig(Config):
    """The options below `plugins: - playbook:` in mkdocs.yml."""

    content = c.Type(str, default="content")
    """The folder of the YAML files, relative to mkdocs.yml."""
    templates = c.Type(str, default="templates")
    """The folder of the playbook's own templates, which win over those that come with the program; it may be missing."""
    today = c.Optional(c.Type((str, dt.date)))
    """The day that the site speaks of; today, in the time zone of me.yml, unless set."""
    audience = c.Type(str, default="me")
    """Who will read the site: `me`, `public`, or a name from me.yml."""


class PlaybookFile(File):
    """A generated page that counts as modified when its words are not those of the last build."""

    digest = ""
    built: dict[str, str]

    def is_modified(self) -> bool:
        """Whether this page differs from the one that lies in the site folder."""
        return self.built.get(self.src_uri) != self.digest or not os.path.isfile(self.abs_dest_path)  # noqa: PTH113


class PlaybookPlugin(BasePlugin[PlaybookConfig]):
    """The plugin; its cache and the digests of the last build outlive a rebuild in `serve`."""

    def __init__(self) -> None:
        super().__init__()
        self.cache = Cache()
        self.built: dict[str, str] = {}
        self.serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether a problem may end the process; that this method exists keeps the plugin between rebuilds."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Watch what the site is made from, and bring its style sheets and scripts."""
        root = Path(config.config_file_path).parent
        self.root, self.content = root, root / self.config.content
        self.templates = root / self.config.templates
        if Path(config.docs_dir).resolve() in (self.content.resolve(), *self.content.resolve().parents):
            raise PluginError(
                f"docs_dir holds '{self.config.content}', so the YAML would be published; set docs_dir: "
                f"{self.config.content}/pages"
            )
        config.watch.extend(str(folder) for folder in (self.content, self.templates) if folder.is_dir())

    @event_priority(50)  # before plugins that arrange the navigation
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the content, log every problem, and add the pages."""
        playbook, site = self._read()
        self.playbook, self.pages = playbook, {page.uri: page for page in site.pages}
        for file in list(find_unpublished(files, config.docs_dir, self.config.audience, log.warning)):
            files.remove(file)
        for asset in site.assets:
            files.append(File.generated(config, asset.uri, content=asset.content))
            wanted = config.extra_css if asset.uri.endswith(".css") else config.extra_javascript
            if asset.uri.endswith((".css", ".js")) and asset.uri not in wanted:
                wanted.append(asset.uri)
        for page in site.pages:
            if (other := files.get_file_from_path(page.uri)) is not None:
                raise PluginError(
                    f"'{other.src_uri}' in {config.docs_dir} collides with the generated page '{page.uri}'"
                )
            files.append(self._file(page, config))
        if config.nav is None:
            config.nav = _navigation(site, files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Hang each page that is left out of the navigation below its section, between its neighbours."""
        sections = {item.title: item for item in nav.items if isinstance(item, Section)}
        previous: Page | None = None
        for page in self.pages.values():
            file = files.get_file_from_path(page.uri)
            assert file is not None  # noqa: S101  (on_files put it there)
            built = file.page or Page(None, file, config)
            if page.is_leaf and page.section in sections:
                built.parent = sections[page.section]
                if previous is not None and self.pages[previous.file.src_uri].section == page.section:
                    built.previous_page = previous
                    if self.pages[previous.file.src_uri].is_leaf:
                        previous.next_page = built
            previous = built
        for file in files.documentation_pages():
            if file.page is not None:
                # The sitemap's date: the day the site speaks of, never the clock of the machine that builds it.
                file.page.update_date = self.today.isoformat()

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Give a generated page its title, escaped (themes do not), and a hand-written one its `[[links]]`."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return linked_markdown(markdown, page.file.src_uri, self.playbook, log.warning)
        page.meta["title"] = html.escape(made.title)
        # One page a section: a side bar would list nothing but the section itself.
        page.meta["hide"] = ["navigation"] if made.section else ["navigation", "toc"]
        return markdown

    def on_page_content(self, content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put a generated page's HTML in place, so that no Markdown extension ever parses it."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return content
        tokens: list[dict[str, object]] = []
        for heading in made.headings:
            token = {"level": heading.level, "id": heading.anchor, "name": html.escape(heading.text), "children": []}
            holder = tokens
            while holder and int(str(holder[-1]["level"])) < heading.level:
                holder = holder[-1]["children"]  # type: ignore[assignment]
            holder.append(token)
        page.toc = get_toc(tokens)  # type: ignore[arg-type]

        def resolve(found: re.Match[str]) -> str:
            target = files.get_file_from_path(found[1])
            if target is None:
                raise PluginError(f"the page '{made.uri}' links to '{found[1]}', which is not there")
            return f'href="{html.escape(get_relative_url(target.url, page.url))}{found[2] or ""}"'

        return _INNER_LINK.sub(resolve, made.html)

    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Remember what was built, for the next rebuild."""
        self.built.update({uri: _digest(page) for uri, page in self.pages.items()})

    def _read(self) -> tuple[Playbook, Site]:
        loaded = load(self.content, None, shown_as=self.config.content, checks=(scripts_check,), cache=self.cache)
        for problem in loaded.problems:
            if problem.severity is Severity.ERROR:
                log.error(str(problem))
            elif problem.severity is Severity.WARNING:
                log.warning(str(problem))
            else:
                log.info(str(problem))
        if loaded.has_errors and not self.serving:
            errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
            raise PluginError(f"{errors} {'error' if errors == 1 else 'errors'} in {self.config.content}/; see above")
        try:
            fixed: Any = self.config.today or today_in(loaded.playbook.me.record.timezone)
            self.today = fixed if isinstance(fixed, dt.date) else dt.date.fromisoformat(fixed)
        except ValueError:
            raise PluginError(f"mkdocs.yml: today: '{self.config.today}' is not a date such as 2027-04-15") from None
        templates = self.templates if self.templates.is_dir() else None
        try:
            site = build_site(
                loaded.playbook,
                self.today,
                audience=self.config.audience,
                templates=templates,
                problems=loaded.problems,
            )
        except UnknownAudience as error:
            raise PluginError(f"mkdocs.yml: {error}") from None
        return loaded.playbook, site

    def _file(self, page: SitePage, config: MkDocsConfig) -> File:
        inclusion = InclusionLevel.NOT_IN_NAV if page.is_leaf else InclusionLevel.INCLUDED
        # The words themselves come in on_page_content; what stands here is only parsed.
        file = PlaybookFile.generated(config, page.uri, content=f"<!-- {page.uri} -->\n", inclusion=inclusion)
        assert isinstance(file, PlaybookFile)  # noqa: S101
        file.digest, file.built = _digest(page), self.built
        if page.source is not None:
            path = os.path.relpath(self.root / page.source.path, config.docs_dir).replace(os.sep, "/")
            file.edit_uri = f"{posixpath.normpath(path)}#L{page.source.line}"
        else:
            file.edit_uri = None
        return file


def _digest(page: SitePage) -> str:
    return hashlib.sha256(json.dumps([page.title, page.section, page.html]).encode()).hexdigest()


def _navigation(site: Site, files: Files) -> list[dict[str, object]]:
    generated = {page.uri for page in site.pages}
    nav: list[dict[str, object]] = [
        {page.title: [page.uri] if page.section else page.uri} for page in site.pages if not page.is_leaf
    ]
    written = [f.src_uri for f in files.documentation_pages() if f.src_uri not in generated and f.inclusion.is_in_nav()]
    return [*nav, {"Pages": sorted(written)}] if written else nav
