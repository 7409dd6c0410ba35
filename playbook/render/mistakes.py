"""Where a Jinja2 template (the user's own, usually) does not work, in words for whoever wrote it."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from playbook.problems import Place, Problem, shorten

MISTAKES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a template that does not work raises."""


def problem_of(template: str, error: Exception) -> Problem:
    """Where in which template, and what; `template` is the one that was asked for."""
    path, line = template, 1
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or error.name or template, error.lineno
    else:
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename.endswith(".j2"):
                path, line = frame.f_code.co_filename, number
    folders = Path(path).parts
    shown = "/".join(folders[folders.index("templates") :]) if "templates" in folders else path
    message = error.message if isinstance(error, TemplateError) else str(error)
    return Problem(Place(shown, line), "bad-template", shorten(message or type(error).__name__, 200))
