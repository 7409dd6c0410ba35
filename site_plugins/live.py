"""Drives MkDocs' build again and again, for `playbook serve`: only pages whose words changed are rendered again.

Each build has a folder of its own, so that whoever reads the last good site never meets a half-written one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from playbook.load import load
from playbook.render.compiled import COMPILED
from playbook.render.scripts import check_scripts
from site_plugins.driver import BuildFailed, caught_messages, set_options, with_reason
from site_plugins.plugin import PlaybookPlugin

Entries = dict[str, list[dict[str, Any]]]
"""A page's url → its entries of the search index."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A site that was built again."""

    folder: Path
    messages: tuple[str, ...]
    """Warnings, one line each."""
    errors: tuple[str, ...]
    """What is wrong in content that there has been no good site of yet; the pages leave it out."""
    digests: Mapping[str, str]
    """Path → SHA-256 of each YAML file that it was made from."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The last site that was built, and what must be known of it to build only what changed."""

    folder: Path
    is_whole: bool
    """Whether the content had no errors."""
    config: str
    """Everything that mkdocs.yml and a theme folder say."""
    nav: str
    """What every page shows of the others."""
    files: frozenset[str]
    """Everything in `folder` that comes from the content, not from the theme."""
    digests: dict[str, str]
    search: Entries


@dataclass
class LiveSite:
    """A site that is built again after each change, below a private folder."""

    config_file: Path
    folder: Path
    options: Mapping[str, object] = field(default_factory=dict)
    url: str = "http://127.0.0.1:8000/"
    """Where it is served; whatever needs an address of its own (the page for what is not there) begins with it."""
    watched: tuple[Path, ...] = ()
    """Every file and folder that the site is made from, as of the last build that could read mkdocs.yml."""
    _plugin: PlaybookPlugin | None = None
    _last: _Last | None = None
    _before: Path | None = None
    """The site before the last one: a reader may have been handed it a moment ago, so it stays until the next build."""
    _count: int = 0

    def rebuild(self) -> Rebuilt:
        """Build the site as the files are now.

        Raises:
            BuildFailed: the folder of the last good site is as it was.
        """
        with caught_messages() as messages:
            try:
                errors = self._rebuild()
            except (Abort, MkDocsException, TemplateError) as error:
                raise BuildFailed(with_reason(messages, error)) from None
            assert self._last is not None  # noqa: S101  (it was just built)
            told = tuple(dict.fromkeys(message for message in messages if message not in errors))
            return Rebuilt(self._last.folder, told, errors, self._digests())

    def is_of_another_day(self) -> bool:
        """Whether the last site speaks of a day that is over."""
        return self._last is not None and self._plugin is not None and not self._plugin.speaks_of_today()

    def _digests(self) -> dict[str, str]:
        held = self._plugin.cache.read if self._plugin is not None else {}
        return {path: hashlib.sha256(content).hexdigest() for path, (content, _) in held.items()}

    def _rebuild(self) -> tuple[str, ...]:
        config, plugin = self._config()
        self._plugin = plugin
        self.watched = _sources(config, plugin)
        errors = _errors(self.config_file.parent / plugin.config.content, plugin)
        last = self._last
        if errors and last is not None and last.is_whole:
            raise BuildFailed(list(errors))
        said = _said(config)
        made = None
        if last is not None and last.config == said:
            made = self._build(config, plugin, last, said, is_whole=not errors)
            if made.nav != last.nav:
                shutil.rmtree(made.folder)
                made = None
                config, plugin = self._config()
        if made is None:
            made = self._build(config, plugin, None, said, is_whole=not errors)
        if self._before is not None:
            shutil.rmtree(self._before, ignore_errors=True)
        self._last, self._before = made, last.folder if last is not None else None
        return errors

    def _build(
        self, config: MkDocsConfig, plugin: PlaybookPlugin, last: _Last | None, said: str, *, is_whole: bool
    ) -> _Last:
        """Build into a folder of its own; where there is a `last` site, only what differs from it."""
        self._count += 1
        folder = self.folder / str(self._count)
        plugin.built.clear()
        if last is not None:
            shutil.copytree(last.folder, folder)
            plugin.built.update(last.digests)
        config.site_dir = str(folder)
        seen = _Seen()
        config.plugins["playbook-live"] = seen
        # The search plugin adds up the entries of dirty builds, twice for a page rendered twice: it is told of none.
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            build(config, dirty=last is not None)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        for gone in last.files - seen.files if last is not None else ():
            (folder / gone).unlink(missing_ok=True)
        search = _merge_search(folder, last.search if last is not None else {}, seen)
        nav = json.dumps([config.extra_css, config.extra_javascript, seen.titles], default=str)
        return _Last(folder, is_whole, said, nav, seen.files, dict(plugin.built), search)

    def _config(self) -> tuple[MkDocsConfig, PlaybookPlugin]:
        # A warning is shown, but must not end a server.
        config = load_config(config_file=str(self.config_file), strict=False, site_url=self.url)
        return config, set_options(config, self.options)


def _errors(content: Path, plugin: PlaybookPlugin) -> tuple[str, ...]:
    loaded = load(content, None, shown_as=plugin.config.content, checks=(check_scripts,), cache=plugin.cache)
    return tuple(str(problem) for problem in loaded.problems if problem.severity.fails) if loaded.has_errors else ()


def _sources(config: MkDocsConfig, plugin: PlaybookPlugin) -> tuple[Path, ...]:
    root = Path(config.config_file_path).parent
    named = [config.config_file_path, plugin.config.content, plugin.config.templates, config.docs_dir]
    if config.theme.custom_dir:
        named.append(str(config.theme.custom_dir))
    return tuple(dict.fromkeys(root / path for path in (*named, *config.watch)))


def _said(config: MkDocsConfig) -> str:
    """Everything that mkdocs.yml (and what it inherits) says, and the state of the theme's own templates."""
    own = Path(str(config.theme.custom_dir)).rglob("*") if config.theme.custom_dir else ()
    theme = [(str(path), path.stat().st_mtime_ns) for path in sorted(own) if path.is_file()]
    return json.dumps([config.user_configs, theme], default=str)


class _Seen(BasePlugin):  # type: ignore[type-arg]
    """Keeps what one build knew of its files, its navigation and the pages that it rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.files: frozenset[str] = frozenset()
        self.titles: list[Any] = []
        self.urls: list[str] = []
        """Every page's, in the order of a search index."""
        self.rendered: set[str] = set()

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Keep the navigation; its pages have no titles yet."""
        self.nav = nav

    @event_priority(-100)  # after plugins that add files or name pages
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Keep what is known now that every page has been read, and what the theme's templates were compiled to."""
        env.bytecode_cache = COMPILED
        pages = files.documentation_pages()
        self.files = frozenset(file.dest_uri for file in (*pages, *files.media_files()))
        self.urls = [file.page.url for file in pages if file.page is not None]
        self.titles = _titles(self.nav.items)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keep that it was rendered."""
        self.rendered.add(page.url)
        return output


def _titles(items: Iterable[Any]) -> list[Any]:
    """What every page shows of the others."""
    return [(item.title, _titles(item.children) if isinstance(item, Section) else item.url) for item in items]


def _merge_search(folder: Path, earlier: Entries, seen: _Seen) -> Entries:
    """Join the index of the pages that were rendered with the entries of those that were not."""
    file = folder / "search" / "search_index.json"
    if not file.is_file():
        return {}
    index = json.loads(file.read_text(encoding="utf-8"))
    fresh: Entries = {}
    for entry in index["docs"]:
        fresh.setdefault(entry["location"].partition("#")[0], []).append(entry)
    known = earlier | {url: fresh.get(url, []) for url in seen.rendered}
    entries = {url: known[url] for url in seen.urls if url in known}
    index["docs"] = [entry for url in seen.urls for entry in entries.get(url, ())]
    file.write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")
    return entries
