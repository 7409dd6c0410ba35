"""Drives MkDocs' own build from Python: once into a folder, or again and again for `playbook serve`."""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from playbook.load import load
from site_plugins.plugin import PlaybookPlugin

# Material and ProperDocs each print a banner about MkDocs 2; the pins in pyproject.toml already answer both.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


class BuildFailed(Exception):  # noqa: N818  (what failed is in `messages`)
    """MkDocs did not build the site; `messages` says why, one line each."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built."""

    folder: Path
    pages: int
    messages: tuple[str, ...]
    """Warnings, one line each."""


def build_folder(
    config_file: Path, out: Path | None = None, *, options: dict[str, Any] | None = None, strict: bool = False
) -> Built:
    """Build the site of `config_file` into `out` (its own `site_dir` unless given), all or nothing.

    The site is made beside its place and moved there when it is whole, so that an error or Ctrl-C leaves the old one.

    Args:
        config_file: the mkdocs.yml.
        out: where to.
        options: options of the playbook plugin that win over those in mkdocs.yml.
        strict: whether a warning fails the build, whatever mkdocs.yml says.

    Raises:
        BuildFailed: with MkDocs' and the playbook's own messages.
        FileExistsError: where `out` is a folder that no build of ours made.
    """
    with _messages() as messages:
        try:
            config = load_config(config_file=str(config_file))
            config.strict = config.strict or strict
            target = out.absolute() if out else Path(config.site_dir)
            _refuse_strangers(target, config_file.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            with _beside(target) as folder:
                config.site_dir = str(folder)
                _set_options(config, options or {})
                config.plugins.on_startup(command="build", dirty=False)
                build(config)
                config.plugins.on_shutdown()
                _replace(target, folder)
        except (Abort, MkDocsException) as error:
            raise BuildFailed(_with_reason(messages, error)) from None
        return Built(target, sum(1 for _ in target.rglob("*.html")), tuple(messages))


@dataclass
class LiveSite:
    """A site in a private folder that is built again after each change, only what changed being rendered."""

    config_file: Path
    folder: Path
    options: dict[str, Any] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    """Every page's uri → its file below `folder`, as of the last build."""
    _frame: object = None
    """What every page shows of the others: the navigation. When it changes, all are rendered again."""
    _search: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Page url → its entries of the search index."""

    def rebuild(self) -> Built:
        """Bring the folder up to date.

        Raises:
            BuildFailed: the folder then still holds the last good site.
        """
        with _messages() as messages:
            try:
                config = self._config()
                plugin = _plugin(config)
                config.plugins.on_startup(command="serve", dirty=False)
                if self._pages and (problems := self._errors(config, plugin)):
                    raise BuildFailed(problems)
                self._build(config, plugin)
            except (Abort, MkDocsException) as error:
                raise BuildFailed(_with_reason(messages, error)) from None
            return Built(self.folder, len(self._pages), tuple(messages))

    def _build(self, config: MkDocsConfig, plugin: PlaybookPlugin) -> None:
        if not self._pages:
            plugin.built.clear()
        build(config, dirty=bool(self._pages))
        frame = (config.nav, config.site_name, config.theme.get("palette"), config.extra_css)
        if self._pages and json.dumps(frame, default=str) != self._frame:
            plugin.built.clear()
            self._pages.clear()
            self._search.clear()
            config = self._config()
            _plugin(config)
            build(config)
        self._frame = json.dumps(frame, default=str)
        pages = self._uris(plugin, config)
        for uri in set(self._pages) - set(pages):
            (self.folder / self._pages[uri]).unlink(missing_ok=True)
        self._pages = pages
        self._merge_search()

    def _uris(self, plugin: PlaybookPlugin, config: MkDocsConfig) -> dict[str, str]:
        directory = config.use_directory_urls
        found = {}
        for uri in plugin.pages:
            stem = uri[:-3]
            is_index = stem == "index" or stem.endswith("/index")
            found[uri] = f"{stem}.html" if is_index or not directory else f"{stem}/index.html"
        return found

    def _merge_search(self) -> None:
        """Join the entries of the pages that were rendered with those of the pages that were not."""
        file = self.folder / "search" / "search_index.json"
        if not file.is_file():
            return
        index = json.loads(file.read_text(encoding="utf-8"))
        fresh: dict[str, list[dict[str, Any]]] = {}
        for entry in index["docs"]:
            fresh.setdefault(entry["location"].partition("#")[0], []).append(entry)
        self._search.update(fresh)
        alive = {_url(path) for path in self._pages.values()}
        gone = [url for url in self._search if url not in alive and not (self.folder / url).exists()]
        for url in gone:
            del self._search[url]
        index["docs"] = [entry for url in sorted(self._search) for entry in self._search[url]]
        file.write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")

    def _config(self) -> MkDocsConfig:
        # A warning is shown, but must not end a server.
        config = load_config(config_file=str(self.config_file), site_dir=str(self.folder), strict=False)
        _set_options(config, self.options)
        return config

    def _errors(self, config: MkDocsConfig, plugin: PlaybookPlugin) -> list[str]:
        content = Path(config.config_file_path).parent / plugin.config.content
        loaded = load(content, None, shown_as=plugin.config.content, cache=plugin.cache)
        return [str(problem) for problem in loaded.problems if problem.severity.fails] if loaded.has_errors else []


def _url(path: str) -> str:
    return path.removesuffix("index.html")


def _plugin(config: MkDocsConfig) -> PlaybookPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, PlaybookPlugin):
            return plugin
    raise BuildFailed(["mkdocs.yml: the plugin 'playbook' is not among the plugins; add '- playbook' below 'plugins:'"])


def _set_options(config: MkDocsConfig, options: dict[str, Any]) -> None:
    plugin = _plugin(config)
    for name, value in options.items():
        plugin.config[name] = value


def _refuse_strangers(target: Path, root: Path) -> None:
    """Keep a build from replacing a home folder, a repository, or anything else that is no built site."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    ours = (target / "assets" / "playbook").is_dir() and (target / "404.html").is_file()
    if not ours or target.resolve() in (root.resolve(), *root.resolve().parents):
        raise FileExistsError(f"'{target}' holds something that is no built site; name another folder, or empty it")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _replace(target: Path, folder: Path) -> None:
    # mkdtemp made it for this user alone; a web server may have to read it.
    folder.chmod(0o755)
    if target.exists():
        with _beside(target) as old:
            target.rename(old / "old")
            folder.rename(target)
    else:
        folder.rename(target)
    folder.mkdir(exist_ok=True)


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if "'dirty' build" not in text:
            self.kept.append(text.removeprefix("playbook: "))


@contextmanager
def _messages() -> Iterator[list[str]]:
    handler = _Keep()
    logger = logging.getLogger("mkdocs")
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield handler.kept
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _with_reason(messages: list[str], error: BaseException) -> list[str]:
    reason = str(error)
    if not messages or (isinstance(error, Abort) and "strict mode" in reason):
        return [*messages, reason] if reason else messages
    return messages
