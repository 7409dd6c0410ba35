"""Fills the page templates: one view in, one page's HTML out.

Every value is escaped by the environment; the only ways to markup are the filters here, which make safe HTML of
Markdown (`prose`, `inline`) and pictures of views (`ring`, `roadmap` …). A template of the user's own, in the playbook's
`templates/`, wins over ours of the same name; it runs in a sandbox and sees nothing but its view.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from playbook.render import charts
from playbook.render.markdown import inline_html, plain, to_html

FindLink = Callable[[str, str], tuple[str, str] | None]


class Pages:
    """The page templates of one playbook, ready to be filled."""

    def __init__(self, shipped: Path, own: Path | None, find_link: FindLink) -> None:
        """Look in `own` first, then in `shipped`; `find_link` leads `[[links]]` in texts to their pages."""
        folders = [folder for folder in (own, shipped) if folder is not None and folder.is_dir()]
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(
            prose=lambda text: Markup(to_html(text, find_link)),  # noqa: S704  (sanitised there)
            inline=lambda text: Markup(inline_html(text, find_link)),  # noqa: S704  (sanitised there)
            plain=plain,
            anchor=anchor,
        )
        self._environment.globals.update({name: _picture(getattr(charts, name)) for name in charts.__all__})

    def render(self, name: str, **view: Any) -> str:
        """The HTML of the template `pages/<name>.html.j2`, filled with one view."""
        return self._environment.get_template(f"pages/{name}.html.j2").render(**view).strip() + "\n"


def anchor(text: str) -> str:
    """A name for a place in a page: letters, digits and hyphens, the same for the same text, never empty."""
    made = re.sub(r"[^\w]+", "-", text.casefold()).strip("-")[:60]
    return made or "x" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _picture(draw: Callable[..., str]) -> Callable[..., Markup]:
    def drawn(*args: Any, **kwargs: Any) -> Markup:
        return Markup(draw(*args, **kwargs))  # noqa: S704  (the charts escape what they write)

    return drawn
