"""Scans what MkDocs has built before anybody gets it: hands the scan what the plugin read and where the theme lies."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from playbook.history.timeline import Timeline
from playbook.publish.scan import HiddenValues, Report, digests_of, hidden_values, scan, theme_words
from playbook.shipped import templates_folder
from site_plugins.plugin import PlaybookPlugin


def scan_built(folder: Path, config: MkDocsConfig, plugin: PlaybookPlugin) -> Report:
    """What stands in a built site that its audience may not read, and that nobody may."""
    return scan(
        folder,
        values_of(config, plugin),
        site_url=config.site_url or "",
        home=str(Path.home()),
        user=user_name(),
        known=known_files(config),
    )


def values_of(config: MkDocsConfig, plugin: PlaybookPlugin) -> HiddenValues:
    """What the audience of the last build may not know."""
    history = plugin.history
    themes = [Path(folder) for folder in config.theme.dirs]
    ours = theme_words([*themes, *([plugin.templates] if plugin.templates.is_dir() else [])])
    settings = Path(config.config_file_path).read_text(encoding="utf-8", errors="replace")
    return hidden_values(
        plugin.loaded.playbook,
        plugin.config.audience,
        timeline=history if isinstance(history, Timeline) else None,
        withheld=_texts(plugin.withheld),
        ordinary="\n".join((ours, settings, *_texts(plugin.handwritten).values())),
    )


def known_files(config: MkDocsConfig) -> frozenset[bytes]:
    """The digests of what is copied from packages: no playbook is in it, and it makes up most of a small site."""
    own = config.theme.custom_dir
    folders = [Path(folder) for folder in config.theme.dirs if not own or Path(folder) != Path(own)]
    return digests_of([*folders, templates_folder() / "assets"])


def user_name() -> str:
    """The name of this machine's user; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _texts(files: Iterable[File]) -> dict[str, str]:
    """Path → text of the pages among them; of anything else the path alone."""
    return {file.src_uri: file.content_string if file.is_documentation_page() else "" for file in files}
