"""What every command needs to know before it begins: which playbook, and which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.graph import Playbook
    from playbook.load import Loaded
    from playbook.problems import Problem

PLUGIN_DEFAULTS = {"content": "content", "templates": "templates", "today": "", "audience": "me"}


@dataclass(frozen=True)
class Options:
    """The global options, as typed."""

    folder: str
    today: str

    @cached_property
    def context(self) -> Context:
        """The playbook they lead to.

        Raises:
            click.UsageError: where there is no playbook, or the date is none.
        """
        start = Path(self.folder)
        if not start.is_dir():
            raise click.UsageError(f"-C: there is no folder '{self.folder}'")
        root = find_root(start.resolve())
        if root is None:
            raise click.UsageError(
                f"no playbook in '{start.resolve().name}' or above it (a folder with mkdocs.yml and content/). "
                "Make one: playbook init DIR"
            )
        plugin = read_plugin_options(root / "mkdocs.yml")
        day = parse_day(self.today, "--today") if self.today else None
        if day is None and plugin["today"]:
            day = parse_day(plugin["today"], "mkdocs.yml, today")
        return Context(root, plugin["content"], plugin["templates"], plugin["audience"], day)


@dataclass(frozen=True)
class Context:
    """One playbook on one day."""

    root: Path
    content_name: str
    templates_name: str
    audience: str
    fixed_today: dt.date | None
    """From `--today`, else from mkdocs.yml; None for the present day."""

    @property
    def content(self) -> Path:
        """The folder of the YAML files."""
        return self.root / self.content_name

    @cached_property
    def today(self) -> dt.date:
        """The day to speak of: fixed, or today in the time zone of me.yml."""
        today = self.fixed_today or self.load().today
        assert today is not None  # noqa: S101  (a function was given, and it says a day)
        return today

    def load(self) -> Loaded:
        """Everything that was read, with every problem."""
        from playbook.load import load
        from playbook.zones import today_in

        def today(playbook: Playbook) -> dt.date:
            return today_in(playbook.me.record.timezone)

        return load(self.content, self.fixed_today or today, shown_as=self.content_name, checks=(_check_scripts,))


def _check_scripts(playbook: Playbook, today: dt.date | None) -> Iterable[Problem]:
    from playbook.render.scripts import check_scripts

    return check_scripts(playbook, today)


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` up, that holds a playbook."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
            return folder
    # A content folder without mkdocs.yml can still be checked and listed.
    return next((folder for folder in (start, *start.parents) if (folder / "content" / "me.yml").is_file()), None)


def parse_day(text: str, what: str) -> dt.date:
    """A day written as 2027-04-15.

    Raises:
        click.UsageError: naming `what`, for anything else.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{what}: '{text}' is not a date such as 2027-04-15") from None


def read_plugin_options(config: Path) -> dict[str, str]:
    """The `playbook` plugin's options in mkdocs.yml, the defaults where it says nothing.

    Read as plain text values; tags such as `!!python/name` stand for nothing here and are never run.
    """
    options = dict(PLUGIN_DEFAULTS)
    if not config.is_file():
        return options
    import yaml

    class Plain(yaml.SafeLoader):
        """Every scalar is text, every tag is ignored."""

    Plain.yaml_implicit_resolvers = {}
    Plain.add_multi_constructor("", _any)
    try:
        tree = yaml.load(config.read_text(encoding="utf-8"), Plain)  # noqa: S506  (a SafeLoader without even its types)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"mkdocs.yml:{mark.line + 1}:{mark.column + 1}" if mark else "mkdocs.yml"
        raise click.ClickException(f"{place}: not YAML: {getattr(error, 'problem', error)}") from None
    for plugin in tree.get("plugins") or () if isinstance(tree, dict) else ():
        if isinstance(plugin, dict) and isinstance(plugin.get("playbook"), dict):
            options.update({key: str(value) for key, value in plugin["playbook"].items() if key in options})
    return options


def _any(loader: Any, _suffix: str, node: Any) -> Any:
    if hasattr(node, "value") and isinstance(node.value, str):
        return node.value
    build = loader.construct_mapping if node.id == "mapping" else loader.construct_sequence
    return build(node, deep=True)
