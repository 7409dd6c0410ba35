"""Fills the page templates: one view in, one page's HTML out.

Every value is escaped by the environment; the only ways to markup are the filters here, which make safe HTML of
Markdown (`prose`, `inline`), and the pictures of views (`ring`, `roadmap` …). A template of the user's own, in the
playbook's `templates/`, wins over ours of the same name; it runs in a sandbox and sees nothing but its view.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from playbook.problems import Problem
from playbook.render import charts
from playbook.render.compiled import COMPILED
from playbook.render.markdown import inline_html, plain, to_html
from playbook.render.mistakes import MISTAKES, problem_of
from playbook.views.words import fold

# What a template can raise: Jinja2's own, and Python's where it reckons with the wrong things.
FindLink = Callable[[str, str], tuple[str, str] | None]


class BadTemplate(Exception):  # noqa: N818  (it is a problem with a place, not a bug)
    """A page template does not work."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which decides by an object's type and an attribute's name, and here once for each pair."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at an attribute."""
        pair = (type(obj), attr)
        if pair not in self._safe:
            self._safe[pair] = super().is_safe_attribute(obj, attr, value)
        return self._safe[pair]


class Pages:
    """The page templates of one playbook, ready to be filled."""

    def __init__(self, shipped: Path, own: Path | None, find_link: FindLink) -> None:
        """Look in `own` first, then in `shipped`; `find_link` leads `[[links]]` in texts to their pages."""
        folders = [folder for folder in (own, shipped) if folder is not None and folder.is_dir()]
        self._environment = Sandbox(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=COMPILED,
        )
        self._environment.filters.update(
            prose=lambda text: Markup(to_html(text, find_link)),  # noqa: S704  (sanitised there)
            inline=lambda text: Markup(inline_html(text, find_link)),  # noqa: S704  (sanitised there)
            plain=lambda text, width=160: plain(text, find_link, width),
            anchor=anchor,
        )
        self._environment.globals.update({name: _picture(getattr(charts, name)) for name in charts.__all__})

    def render(self, name: str, **view: Any) -> str:
        """The HTML of the template `pages/<name>.html.j2`, filled with one view.

        Beside the view, templates have `fresh()`: a number that nothing else in the page has, for ids.

        Raises:
            BadTemplate: with the file and line where a template (the user's own, usually) does not work.
        """
        template = f"pages/{name}.html.j2"
        try:
            return self._environment.get_template(template).render(**view, fresh=count(1).__next__).strip() + "\n"
        except MISTAKES as error:
            raise BadTemplate(problem_of(template, error)) from error


def anchor(text: str) -> str:
    """A name for a place in a page: letters, digits and hyphens; the same for the same words, another for others."""
    words = fold(text)
    made = re.sub(r"[\W_]+", "-", words).strip("-")[:60]
    return made if made and made == words else f"{made or 'x'}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _picture(draw: Callable[..., str]) -> Callable[..., Markup]:
    def drawn(*args: Any, **kwargs: Any) -> Markup:
        return Markup(draw(*args, **kwargs))  # noqa: S704  (the charts escape what they write)

    return drawn
