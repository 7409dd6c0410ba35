"""Where the files that come with the program lie: in the wheel beside the code, in a clone at its root."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """The folder that holds `pages/ partials/ new/ assets/`."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def example_folder() -> Path:
    """The folder that holds the example playbook's `mkdocs.yml` and `content/`."""
    installed = _PACKAGE / "_example"
    return installed if installed.is_dir() else _PACKAGE.parent


def manuals_folder() -> Path:
    """The folder that holds the manuals, a Markdown file each."""
    installed = _PACKAGE / "_docs"
    return installed if installed.is_dir() else _PACKAGE.parent / "docs"
