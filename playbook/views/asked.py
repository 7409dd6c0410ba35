"""What one script is made from, as values: the texts and where they stand, whom it is for, what it may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playbook.graph import Entry, Playbook
from playbook.problems import Place
from playbook.records import Outreach
from playbook.records.choices import LinkedIn, Purpose
from playbook.views import scope_names

TemplateEntry = Entry[Outreach]
"""An outreach template with its id and file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that one script needs: the texts, the values, and where they stand."""

    template: str
    purpose: str
    """`mentor-request`; empty where the template does not say."""
    person: str
    person_name: str
    other: str
    other_name: str
    to_both: bool
    """Whether it goes to the two that it speaks of."""
    event: str
    goal: str
    language: str
    channels: tuple[str, ...]
    texts: tuple[tuple[str, str, Text], ...]
    """(`subject` or `body`, the template's text, where it stands)."""
    values: Mapping[str, Any]
    fallbacks: Mapping[str, Any]
    """Dotted name → what to write where it has no value."""
    needs: tuple[str, ...]
    needs_at: Place
    locked: str
    """Why the relationship is not there yet; empty where it is."""
    locked_at: Place
    limits: tuple[int | None, int | None, int | None]
    """At most so many words, characters, seconds."""
    avoid: tuple[str, ...]
    """Phrases that it must not hold: the template's and yours."""
    account: LinkedIn
    unwritten: str = ""
    """The language of whom it goes to, where the template has no text in it; empty where it has, or none was asked."""
    nothing: Mapping[str, str] = field(default_factory=dict)
    """`achievements` or `event` → why there is none, where it can be said better than in general."""


@dataclass(frozen=True, slots=True)
class Text:
    """Where a template's text stands in its file."""

    place: Place
    is_block: bool
    """Whether its lines are lines of the file, one below the place."""

    def line(self, number: int) -> Place:
        """The place of the text's line `number`, from 1."""
        return Place(self.place.path, self.place.line + number, 1) if self.is_block else self.place


def asked_of_nobody(playbook: Playbook, entry: TemplateEntry, variant: str) -> Asked:
    """What a template brings along in one variant (empty: its own text), the same for everybody it is written to."""
    record, me = entry.record, playbook.me.record
    text = record.variants[variant] if variant else record
    path: tuple[str | int, ...] = ("variants", variant) if variant else ()
    limits = record.limits
    return Asked(
        template=entry.id,
        purpose=str(record.purpose or ""),
        person="",
        person_name="",
        other="",
        other_name="",
        to_both=record.to_both,
        event="",
        goal="",
        language=variant or me.language,
        channels=record.channel,
        texts=tuple(
            (name, words, text_at(entry, (*path, name)))
            for name, words in (("subject", text.subject), ("body", text.body))
        ),
        values={},
        fallbacks={
            name: texts if len(texts) > 1 or scope_names.is_list(name) else texts[0]
            for name, texts in record.fallbacks.items()
            if texts
        },
        needs=needs_of(record),
        needs_at=entry.place_of(("needs",)),
        locked="",
        locked_at=entry.place_of(("unlocks_at",)),
        limits=(limits.words, limits.characters, limits.seconds) if limits else (None, None, None),
        avoid=(*record.avoid, *me.avoid),
        account=me.linkedin,
    )


def needs_of(template: Outreach) -> tuple[str, ...]:
    """Names that must have a value: those that its author wrote, and what its purpose stands on.

    A follow-up goes on with a talk; a message that stays without an answer is no talk, and has its `nudge`.
    """
    return (*template.needs, "person.talk") if template.purpose is Purpose.FOLLOW_UP else template.needs


def text_at(entry: TemplateEntry, path: tuple[str | int, ...]) -> Text:
    """Where a template's text, or a variant's shorthand, stands. Only a literal block (`|`) keeps lines as lines."""
    span = (entry.document.span_of(path) or entry.document.span_of(path[:-1])) if entry.document else None
    return Text(entry.place_of(path), span is not None and span.style == "|")
