"""Says what a site is made from, as mkdocs.yml names it, without building anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from site_plugins.driver import BuildFailed, caught_messages, set_options, with_reason


@dataclass(frozen=True, slots=True)
class Sources:
    """The files and folders that a site is made from; all absolute."""

    content: Path
    docs: Path
    """The hand-written pages and their pictures."""
    others: tuple[Path, ...]
    """mkdocs.yml, the playbook's templates, the theme's own, hooks."""

    @property
    def parts(self) -> tuple[Path, ...]:
        """All of them, without those that lie in another."""
        wanted = (self.content, self.docs, *self.others)
        return tuple(part for part in wanted if not any(part != one and part.is_relative_to(one) for one in wanted))

    @property
    def folders(self) -> tuple[Path, ...]:
        """Those that are folders."""
        return tuple(part for part in self.parts if part.is_dir())


def sources_of(config_file: Path) -> Sources:
    """What the site of `config_file` is made from.

    Raises:
        BuildFailed: where it is no configuration of ours.
    """
    with caught_messages() as messages:
        try:
            config = load_config(config_file=str(config_file))
            plugin = set_options(config, {})
        except (Abort, MkDocsException) as error:
            raise BuildFailed(with_reason(messages, error)) from None
    root = config_file.parent
    templates = root / plugin.config.templates
    own = config.theme.custom_dir
    hooks = [root / name for name in config.hooks]
    others = (config_file, *([templates] if templates.exists() else []), *([Path(own)] if own else []), *hooks)
    return Sources(root / plugin.config.content, Path(config.docs_dir), others)
