"""Why a template may not be used, or cannot be filled; and the limits that every template keeps."""

from __future__ import annotations

MAX_DEPTH = 40
MAX_NODES = 2_000
MAX_NUMBER = 1_000_000


class Refused(Exception):  # noqa: N818  (what was refused stands in it)
    """A template that may not be used: the line in it, from 1, why, and what to do."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class MissingValue(Exception):  # noqa: N818  (a state of the playbook, not a bug)
    """A name without a value would have to be written: `name` is dotted (`person.why`), `line` the template's."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(name)
        self.name, self.line = name, line
