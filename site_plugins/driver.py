"""Drives MkDocs' own build from Python: once, into a folder, all or nothing."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from playbook.audience import ME
from playbook.history.past import write_out
from playbook.publish.scan.report import Report
from site_plugins.past import Former
from site_plugins.plugin import PlaybookPlugin
from site_plugins.swapping import beside, replace, sweep

# Material and ProperDocs each print a banner about MkDocs 2; the pins in pyproject.toml already answer both.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

_NOBODYS = frozenset((".DS_Store",))
"""Hidden files that a build may take away with a site."""
_STRICT = re.compile(r"Aborted with (\d+) warnings? in strict mode")
"""How MkDocs says it."""


class BuildFailed(Exception):  # noqa: N818  (what failed is in `messages`)
    """MkDocs did not build the site; `messages` says why, one line each."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class NotASite(Exception):  # noqa: N818  (it says what stands in the way)
    """The folder to build into holds something that no build made, or lies where no site may."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built."""

    folder: Path
    pages: int
    messages: tuple[str, ...]
    """Warnings, one line each."""
    scanned: Report | None = None
    """What was looked for in it before it was put in place; None where nobody but the author reads it."""


def build_folder(
    config_file: Path,
    out: Path | None = None,
    *,
    options: Mapping[str, object] | None = None,
    strict: bool = False,
    former: Former | None = None,
    with_scan: bool = False,
) -> Built:
    """Build the site of `config_file` into `out` (its own `site_dir` unless given), all or nothing.

    The site is made beside its place and moved there when it is whole, so that an error or Ctrl-C leaves the old one.
    What is for anybody but the author is scanned first, and stays away where something is found that they may not see.

    Args:
        config_file: the mkdocs.yml.
        out: where to.
        options: options of the playbook plugin that win over those in mkdocs.yml.
        strict: whether a warning fails the build, whatever mkdocs.yml says.
        former: the content of a commit, to take the place of what lies on the disk. What cannot be read in it is told
            and left out, and its warnings fail nothing unless `strict`: nobody can mend a commit.
        with_scan: whether what is for the author is scanned, too: for keys, tokens and what other hosts would see.

    Raises:
        BuildFailed: with MkDocs' and the playbook's own messages, or with what the scan found.
        NotASite: where `out` is a folder that no build of ours made.
        OSError: where it cannot be written.
    """
    with caught_messages() as messages:
        try:
            config = load_config(config_file=str(config_file))
            config.strict = config.strict or strict
            plugin = set_options(config, options or {})
            target = (out or Path(config.site_dir)).resolve()
            root = config_file.parent
            _refuse_strangers(target, root, (Path(config.docs_dir), root / plugin.config.content))
            with (
                _gone_back(config, plugin, former, strict=strict) if former is not None else nullcontext(),
                beside(target) as folder,
            ):
                config.site_dir = str(folder)
                config.plugins.on_startup(command="build", dirty=False)
                build(config)
                config.plugins.on_shutdown()
                report = _scanned(folder, config, plugin) if with_scan or plugin.config.audience != ME else None
                replace(target, folder)
            sweep(target)
        except (Abort, MkDocsException, TemplateError) as error:
            raise BuildFailed(with_reason(messages, error)) from None
        return Built(target, len(plugin.pages), tuple(messages), report)


def _scanned(folder: Path, config: MkDocsConfig, plugin: PlaybookPlugin) -> Report:
    from site_plugins.scanned import scan_built  # noqa: PLC0415  (a build for oneself does without)

    report = scan_built(folder, config, plugin)
    if not report.is_clean:
        raise BuildFailed(report.lines())
    return report


def set_options(config: MkDocsConfig, options: Mapping[str, object]) -> PlaybookPlugin:
    """The playbook plugin of `config`, its options replaced by these.

    Raises:
        BuildFailed: where mkdocs.yml does not name the plugin.
    """
    for plugin in config.plugins.values():
        if isinstance(plugin, PlaybookPlugin):
            plugin.config.update(options)
            return plugin
    raise BuildFailed(["mkdocs.yml: the plugin 'playbook' is not among the plugins; add '- playbook' below 'plugins:'"])


@contextmanager
def _gone_back(config: MkDocsConfig, plugin: PlaybookPlugin, former: Former, *, strict: bool) -> Iterator[None]:
    """Leads MkDocs to the files of a commit; its hand-written pages lie in a private folder while they are read."""
    plugin.former = former
    config.strict = strict
    # Links to edit would lead to lines of today.
    config.edit_uri = config.edit_uri_template = ""
    try:
        with _pages_of(config, plugin, former):
            yield
    finally:
        # MkDocs keeps the plugin between builds of one process.
        plugin.former = None


@contextmanager
def _pages_of(config: MkDocsConfig, plugin: PlaybookPlugin, former: Former) -> Iterator[None]:
    content, docs = (Path(config.config_file_path).parent / plugin.config.content).resolve(), Path(config.docs_dir)
    if content not in docs.resolve().parents:
        yield  # pages that lie elsewhere are taken as they are
        return
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        pages = Path(folder) / "pages"
        pages.mkdir()
        write_out(pages, former.read_files(docs.resolve().relative_to(content).as_posix()))
        config.docs_dir = str(pages)
        yield


@contextmanager
def caught_messages() -> Iterator[list[str]]:
    """What MkDocs and its plugins log as a warning or worse, kept instead of printed."""
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


def with_reason(messages: list[str], error: BaseException) -> list[str]:
    """The messages of a build that failed, with the reason itself where it says more than they do."""
    reason = str(error)
    if isinstance(error, TemplateSyntaxError):
        return [*messages, f"{error.filename}:{error.lineno}: {reason}"]
    if isinstance(error, Abort) and (found := _STRICT.search(reason)):
        number = "1 warning" if found[1] == "1" else f"{found[1]} warnings"
        return [*messages, f"Stopped by {number}, as --strict or 'strict: true' in mkdocs.yml asks for."]
    if not messages and reason:
        return [reason]
    return messages


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if "'dirty' build" not in text:
            self.kept.append(text.removeprefix("playbook: "))


def _refuse_strangers(target: Path, root: Path, made_from: Iterable[Path]) -> None:
    """Keep a build from replacing a home folder, a repository, or anything else that is no built site."""
    if any(target.is_relative_to(folder.resolve()) for folder in made_from):
        raise NotASite(f"'{target}' lies in a folder that the site is made from; name another folder")
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise NotASite(f"'{target}' is there and is no folder")
    names = {path.name for path in target.iterdir()}
    if not names and target != root.resolve():
        return
    if not (target / "assets" / "playbook").is_dir() or "404.html" not in names:
        raise NotASite(f"'{target}' holds something that is no built site; name another folder, or empty it")
    # A site kept in a repository of its own (`.git`, `.nojekyll`): MkDocs makes no such file, its owner did.
    hidden = sorted(name for name in names - _NOBODYS if name.startswith("."))
    if hidden:
        raise NotASite(f"'{target}' holds '{hidden[0]}', which no build made; name another folder, and copy from there")
