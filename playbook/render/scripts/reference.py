"""The names and filters of outreach templates as Markdown: what exists is what is documented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playbook.render.scripts.filters import FILTERS
from playbook.views.scope_names import SHAPES

_ABOUT = {
    "me": "You, from `me.yml`; `title` and `organization` are those of your present job.",
    "person": "Whom it is written to. `calls` is what to call them: the nickname, else a given name where that is "
    "certain, else the whole name. `last` is the last contact in their log, `talk` the last time you spoke with each "
    "other (a follow-up needs one), `promises` is what you promised and have not kept.",
    "other": "The second person that it speaks of, as `person` is described: `playbook script … --to A --and B`. With "
    "`to_both: true` it goes to both.",
    "organization": "Where they work, else who runs the event; only if it has a file.",
    "event": "The event given with `--event`; else the next one where you want to meet them, for a follow-up the last "
    "one where you met, unless you talked again since.",
    "goal": "The goal given with `--goal`; else an active one that names them, else your first.",
    "meet": "What the event says of meeting them, else what the event and their own file say.",
    "achievements": "Up to three from the journal, newest first. In a progress update those after the last contact "
    "(that day's own count as told), in a thank-you those they helped with, in a sponsor ask or an application those "
    "that count toward the goal. `{% for one in achievements %}{{ one.title }}{% endfor %}`",
    "today": "The day on which it is written: `{{ today | next_week }}` is the Monday after.",
}
_INTRODUCTION = """\
Between double braces: `{{ person.calls }}`. A name without a value and without a fallback is told, with who lacks what;
it never leaves a gap. `{% if person.why %} … {% endif %}` makes it optional.
"""
_MARKS = {"text": "", "date": " (a day)", "list": " (a list)"}


def script_reference() -> str:
    """A section for `docs/fields.md`: every name a template can speak of, and every filter."""
    rows = [
        "## What an outreach template can say",
        "",
        _INTRODUCTION,
        "| name | what it is | below it |",
        "|---|---|---|",
    ]
    for name, kind in SHAPES.items():
        inner = "as `person`" if name == "other" else ", ".join(_below(kind))
        about = _ABOUT[name].replace("|", "\\|")
        rows.append(f"| `{name}` | {about} | {inner} |")
    filters = ", ".join(f"`{name}`" for name in FILTERS)
    rows += ["", f"Filters, such as `{{{{ person.expertise | first }}}}`: {filters}.", ""]
    return "\n".join(rows)


def _below(kind: Any) -> Iterator[str]:
    inner = kind[0] if isinstance(kind, list) else kind
    if not isinstance(inner, Mapping):
        return
    for name, below in inner.items():
        if isinstance(below, Mapping):
            yield from (f"`{name}.{part}`{_MARKS[what]}" for part, what in below.items())
        else:
            yield f"`{name}`{_MARKS[below]}"
