"""The MkDocs plugin: loads the playbook, hands its pages to MkDocs, logs its problems.

An adapter. It may not read YAML, see a record, sort, format or decide wording.
"""

from __future__ import annotations

import datetime as dt
import html
import logging
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from playbook.audience import UnknownAudience, reader_of
from playbook.history.repository import NoHistory
from playbook.history.timeline import Timeline
from playbook.load import Cache, load
from playbook.problems import Severity
from playbook.render.pages import BadTemplate
from playbook.render.scripts import check_scripts
from playbook.site import Site, build_site
from playbook.zones import read_day, today_in
from site_plugins.generated import (
    collapse,
    contents,
    generated_file,
    hang_below_sections,
    navigation,
    way_on,
    words_apart,
)
from site_plugins.handwritten import find_unpublished, linked_markdown
from site_plugins.past import Former, Past, watched

log = get_plugin_logger("playbook")
_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING}
# A file in gzip, as the sitemap is one, can hold no day before or after.
FIRST_DAY, LAST_DAY = dt.date(1970, 1, 1), dt.date(2106, 1, 31)
_INNER_LINK = re.compile(r'href="page:([^"#]*)(#[^"]*)?"')


class PlaybookConfig(Config):
    """The options below `plugins: - playbook:` in mkdocs.yml."""

    content = c.Type(str, default="content")
    """The folder of the YAML files, relative to mkdocs.yml."""
    templates = c.Type(str, default="templates")
    """The folder of the playbook's own templates, which win over ours; it may be missing."""
    today = c.Optional(c.Type((str, dt.date)))
    """The day that the site speaks of; today, in the time zone of me.yml, unless set."""
    audience = c.Type(str, default="me")
    """Who will read the site: `me`, `public`, or a name from me.yml."""
    history = c.Type(bool, default=True)
    """Whether the site tells what git knows of the checklists."""


class PlaybookPlugin(BasePlugin[PlaybookConfig]):
    """The plugin; its cache and the digests of the last build outlive a rebuild in `serve`."""

    def __init__(self) -> None:
        super().__init__()
        self.cache = Cache()
        self.past = Past()
        self.former: Former | None = None
        self.built: dict[str, str] = {}
        self.serving = False
        self.today = dt.date.min
        self.timezone = ""

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
        self.repo_url = config.repo_url or ""
        config.watch.extend(str(folder) for folder in (self.content, self.templates) if folder.is_dir())
        config.watch.extend(watched(self.content) if self.config.history else ())

    @event_priority(50)  # before plugins that arrange the navigation
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the content, log every problem, and add the pages."""
        site = self._read()
        self.pages = {page.uri: page for page in site.pages}
        self.withheld = list(find_unpublished(files, config.docs_dir, self.labels, log.warning))
        for file in self.withheld:
            files.remove(file)
        self.handwritten = files.documentation_pages()
        if self.labels is not None:
            # Where the files lie is nobody's business but the author's.
            for file in files.documentation_pages():
                file.edit_uri = None
        if self.serving:
            # Their titles stand in the navigation of every page that is rendered again, so they are always read.
            for file in files.documentation_pages():
                file.is_modified = lambda: True  # type: ignore[method-assign]
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
            files.append(generated_file(page, config, self.root, self.built))
        if config.nav is None:
            config.nav = navigation(site, files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Hang each page that is left out of the navigation below its section, between its neighbours."""
        self.digests = hang_below_sections(self.pages, nav, config, files)
        for file in files.documentation_pages():
            if file.page is not None:
                # The sitemap's date: the day the site speaks of, never the clock of the machine that builds it.
                file.page.update_date = min(max(self.today, FIRST_DAY), LAST_DAY).isoformat()

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Give a generated page its title, escaped (themes do not), and a hand-written one its `[[links]]`."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            is_mine = self.labels is None
            return linked_markdown(markdown, page.file.src_uri, self.pages, is_mine=is_mine, warn=log.warning)
        page.meta["title"] = html.escape(made.title)
        page.edit_url = collapse(page.edit_url)
        # One page a section: a side bar would list nothing but the section itself.
        page.meta["hide"] = ["navigation"] if made.section else ["navigation", "toc"]
        return markdown

    def on_page_content(self, content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put a generated page's HTML in place, so that no Markdown extension ever parses it."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return content
        page.toc = contents(made)

        def resolve(found: re.Match[str]) -> str:
            target = files.get_file_from_path(found[1])
            if target is None:
                raise PluginError(f"the page '{made.uri}' links to '{found[1]}', which is not there")
            return f'href="{html.escape(get_relative_url(target.url, page.url))}{found[2] or ""}"'

        return words_apart(_INNER_LINK.sub(resolve, made.html))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the page for what is missing a way on; a theme that has words of its own keeps them."""
        if template_name != "404.html":
            return output_content
        return way_on(output_content, urlsplit(config.site_url or "/").path or "/")

    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Remember what was built, for the next rebuild."""
        self.built.update(self.digests)

    def speaks_of_today(self) -> bool:
        """Whether the last build spoke of the day that it is (or of one that is fixed)."""
        return bool(self.config.today) or self.today == today_in(self.timezone)

    def _read(self) -> Site:
        former = self.former
        source = former.tree if former is not None else self.content
        self.loaded = loaded = load(
            source, None, shown_as=self.config.content, checks=(check_scripts,), cache=self.cache
        )
        for problem in loaded.problems:
            log.log(_LEVELS.get(problem.severity, logging.INFO), str(problem))
        # Nobody can mend a commit: what of it cannot be read is told, and left out.
        if loaded.has_errors and not self.serving and former is None:
            errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
            raise PluginError(f"{errors} {'error' if errors == 1 else 'errors'} in {self.config.content}/; see above")
        try:
            self.timezone = loaded.playbook.me.record.timezone
            fixed = self.config.today
            # As text: YAML makes a date of one, and a moment of a date with a time behind it.
            self.today = read_day(str(fixed)) if fixed else today_in(self.timezone)
        except ValueError:
            raise PluginError(f"mkdocs.yml: today: '{self.config.today}' is not a date such as 2027-04-15") from None
        templates = self.templates if self.templates.is_dir() else None
        try:
            reader = reader_of(loaded.playbook, self.config.audience)
            self.labels = reader.labels if reader is not None else None
            self.history = self._history(is_present=not fixed) if self.config.history else None
            site = build_site(
                loaded.playbook,
                self.today,
                audience=self.config.audience,
                templates=templates,
                problems=loaded.problems,
                history=self.history,
                commit_url=self.past.commit_url(self.repo_url),
            )
        except (UnknownAudience, BadTemplate) as error:
            raise PluginError(str(error)) from None
        return site

    def _history(self, *, is_present: bool) -> Timeline | NoHistory:
        tip = self.former.commit if self.former is not None else ""
        return self.past.read(self.content, self.root, self.today, is_present=is_present, tip=tip)
