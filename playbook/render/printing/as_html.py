"""Writes a sheet as one web page, to print from a browser: no script, nothing fetched, every value escaped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from playbook.render.markdown import FindLink
from playbook.render.mistakes import MISTAKES, problem_of
from playbook.render.printing.paper import Format, page_size
from playbook.render.printing.typeset import CannotPrint, to_data
from playbook.views.sheet import Sheet

_TEMPLATE = "print/sheet.html.j2"


def to_web_page(
    sheet: Sheet, find_link: FindLink, *, paper: str, form: Format, printed: str, templates: Sequence[Path], large: bool
) -> str:
    """The sheet as HTML whose `@page` has the format's size; a booklet's pages come one by one.

    Raises:
        CannotPrint: where a template (the user's own, usually) does not work.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in reversed(templates)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    data: dict[str, Any] = to_data(sheet, find_link)
    size = page_size(form, paper)
    try:
        page = environment.get_template(_TEMPLATE).render(
            sheet=data, size=size, form=str(form), printed=printed, large=large
        )
    except MISTAKES as error:
        problem = problem_of(_TEMPLATE, error)
        raise CannotPrint(f"{problem.place.path}:{problem.place.line}: {problem.message}") from error
    # Its first line is the doctype, by which a printout is known; macros leave empty lines before it.
    return page.strip() + "\n"
