"""A week or a quarter on paper: what there was, what was said last time, and lines for the answers."""

from __future__ import annotations

from playbook.views.happenings import ChangesView
from playbook.views.review import QuestionView, SpanView, review_view
from playbook.views.scene import Scene
from playbook.views.sheet import Bullets, Lines, Rows, Section, Sheet, Text, as_said, row, section

MOST_ITEMS = 14
_SHOWN = ("Done", "Added", "Open again", "Left out, with a reason", "Taken off the list")


def review_sheet(scene: Scene, *, quarter: bool) -> Sheet:
    """The review of the week, or of the quarter, to fill in by hand."""
    view = review_view(scene)
    span = view.quarter if quarter else view.week
    last = view.last[0] if view.last else None
    said = (
        (
            *row("Went well", *last.well),
            *row("In the way", *last.in_the_way),
            *row("Next", *(f"{one.text} (done)" if one.is_done else one.text for one in view.wanted)),
        )
        if last is not None
        else ()
    )
    return Sheet(
        title=span.title,
        what="Review",
        subtitle=span.when,
        sections=(
            *section("", Text(" · ".join(f"**{number}** {label.lower()}" for label, number in span.numbers))),
            *(found for group in span.changes if group.title in _SHOWN for found in _items(group)),
            *section("Milestones", Bullets(tuple(f"{as_said(one.text)} ({one.note})" for one in span.milestones))),
            *section(
                "Waiting",
                Bullets(tuple(f"{as_said(one.item.text)} (since {one.since.text})" for one in span.waiting)),
            ),
            *section("In touch with", Text(", ".join(as_said(one.person.text) for one in span.touched))),
            *section("Promises kept", Bullets(tuple(_kept(span)))),
            *(
                found
                for group in span.noted
                for found in section(group.title, Bullets(tuple(as_said(line.link.text) for line in group.lines)))
            ),
            *section("Last time", Rows(said), note=last.day.text if last else ""),
            *(found for question in span.questions for found in _question(question, 3 if quarter else 2)),
            *(found for text in span.thoughts for found in section(text, Lines(2))),
            Section("", (Text(f"The three answers go into the journal with `{span.command}`.", "quiet"),)),
        ),
        language=scene.playbook.me.record.language or "en",
        name=f"review-{'quarter' if quarter else 'week'}-{scene.today.isoformat()}",
        notes=() if view.has_history else ("Not on it: what was done and added, which git would know.",),
    )


def _question(asked: QuestionView, lines: int) -> tuple[Section, ...]:
    """A question, what the past suggests, and room for the answer."""
    suggested = " · ".join(map(as_said, asked.suggested))
    return section(asked.text, *([Text(suggested, "quiet")] if suggested else []), Lines(lines))


def _items(group: ChangesView) -> tuple[Section, ...]:
    texts = [as_said(note.item.text) for one in group.happenings for note in one.items]
    more = group.count - len(texts[:MOST_ITEMS])
    shown = [*texts[:MOST_ITEMS], *([f"and {more} more"] if more > 0 else [])]
    return section(group.title, Bullets(tuple(shown)))


def _kept(span: SpanView) -> list[str]:
    return [f"{as_said(one.text)} ({as_said(one.person.text)}{', theirs' if one.theirs else ''})" for one in span.kept]
