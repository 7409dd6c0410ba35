"""An event's kit on paper: where to be, whom to meet with what to say, what to tick, and room to write what you hear.

Paper gets lost: a discreet kit leaves out what was written about people (where you last left off, what was promised).
"""

from __future__ import annotations

from dataclasses import replace

from playbook.codes import BLANK, Key, code_table, item_key, keys_of
from playbook.graph import Entry
from playbook.records import Event, Meet
from playbook.views.checklists import ChecklistView
from playbook.views.events import EventView, SessionView, event_view
from playbook.views.goal_cards import GoalCard, goal_card
from playbook.views.meeting import MeetView
from playbook.views.scene import Scene, item_anchor
from playbook.views.scripts import ScriptView
from playbook.views.sheet import (
    Blanks,
    Bullets,
    Check,
    Checks,
    Hour,
    Lines,
    Person,
    Row,
    Rows,
    Sheet,
    Text,
    Timetable,
    Verbatim,
    as_said,
    row,
    section,
)

LINES_FOR_EACH = 3
"""Ruled lines below everybody one meets: enough for a few words in a hurry."""


def kit_sheet(scene: Scene, entry: Entry[Event], *, discreet: bool, suffix: str = "kit") -> Sheet:
    """The kit of one event.

    Args:
        scene: the playbook as its author sees it, with scripts filled.
        entry: the event.
        discreet: whether to leave out what was written about people.
        suffix: the end of its file's name.
    """
    event = event_view(scene, entry)
    codes = code_table(keys_of(entry))
    people = tuple(
        _person(meet, view, codes, discreet=discreet) for meet, view in zip(entry.record.meet, event.meet, strict=True)
    )
    return Sheet(
        title=event.title,
        what="Event kit",
        subtitle=", ".join(part for part in (event.when, event.place) if part),
        sections=(
            *section("", Text(event.why, "lead") if event.why else None, Rows(_logistics(event))),
            *section("Introduce yourself", Text(event.pitch, "say")),
            *section("What I am here for", _goals(scene, entry)),
            *section("Where to be", *(_day(day.day, day.sessions) for day in event.days)),
            *section("Questions for anybody", Bullets(event.questions)),
            *section("Before I go", _items(entry, event.checklist, codes), note=event.checklist.tally.text),
            *section("Bring", Checks(tuple(Check(as_said(thing)) for thing in event.bring))),
            *section("People to meet", *people),
            *section("Afterwards", _items(entry, event.afterwards, codes), note=event.afterwards.tally.text),
            *section(
                "What I heard",
                Text(_HOW_TO_WRITE, "quiet"),
                Blanks(BLANK),
                Lines(6, "What I learned"),
                begins_page=True,
            ),
        ),
        language=scene.playbook.me.record.language or "en",
        name=f"{entry.id}-{suffix}",
    )


def cards_sheet(scene: Scene, entry: Entry[Event], *, discreet: bool) -> Sheet:
    """The people of a kit alone, a card each."""
    event = event_view(scene, entry)
    codes = code_table(keys_of(entry))
    people = (
        _person(meet, view, codes, discreet=discreet) for meet, view in zip(entry.record.meet, event.meet, strict=True)
    )
    # A card is all that one has in hand: it bears the questions for anybody too, and no lines.
    cards = (
        replace(
            one,
            rows=Rows((*one.rows.rows, *(row("Ask", *event.questions) if view.shared_questions else ()))),
            lines=0,
            script=None,
        )
        for one, view in zip(people, event.meet, strict=True)
    )
    return Sheet(
        title=event.title,
        what="Cards",
        subtitle="",
        sections=section("People to meet", *cards),
        language=scene.playbook.me.record.language or "en",
        name=f"{entry.id}-cards",
    )


def message(view: ScriptView | None) -> Verbatim | None:
    """A filled script on paper; None where there is none, or it lacks something."""
    if view is None or not view.is_ready:
        return None
    note = ", ".join(part for part in (view.by, view.counts) if part)
    return Verbatim(view.body, view.subject, f"{view.template.text} ({note})", view.language)


_HOW_TO_WRITE = (
    "Write the code first, then what was said: `AK7 met, wants the storage paper, promised slides by friday`. "
    "Blank codes are for people nobody planned: `N1 First Last, Company, what, send paper by friday`. "
    "At home, `playbook capture` takes it from here."
)


def _logistics(event: EventView) -> tuple[Row, ...]:
    return (
        # The hours of several days name the days already.
        *row("When", event.times if "–" in event.times and event.length != "1 day" else _one_day(event)),
        *row("Time zone", event.timezone),
        *row("Where", as_said(event.place)),
        *row("Page", as_said(event.url)),
        *row("Run by", as_said(event.organization.text) if event.organization else ""),
        *row("Cost", as_said(event.cost)),
    )


def _one_day(event: EventView) -> str:
    return ", ".join(part for part in (event.when, event.times) if part)


def _goals(scene: Scene, entry: Entry[Event]) -> Bullets:
    book = scene.playbook
    cards = [goal_card(scene, book.goals[name]) for name in book.related(entry.key, "goals", "goals", "events")]
    return Bullets(tuple(f"**{as_said(card.link.text)}**{_next_step(card)}" for card in cards))


def _next_step(card: GoalCard) -> str:
    return f": {card.next_step}" if card.next_step and card.status == "active" else ""


def _day(day: str, sessions: tuple[SessionView, ...]) -> Timetable:
    return Timetable(
        day,
        tuple(
            Hour(
                session.time,
                session.title,
                ". ".join(part for part in (", ".join(as_said(who.text) for who in session.who), session.why) if part),
            )
            for session in sessions
        ),
    )


def _items(entry: Entry[Event], checklist: ChecklistView, codes: dict[Key, str]) -> Checks:
    items = {item_anchor(index, item): item for index, item in enumerate(entry.record.checklist)}
    return Checks(
        tuple(
            Check(
                as_said(view.text),
                f"by {view.due.text}" if view.due and view.state == "open" else "",
                codes[item_key(entry, items[view.anchor])],
                is_done=view.state == "done",
            )
            for group in checklist.groups
            for view in group.items
            if view.state != "skipped"
        )
    )


def _person(meet: Meet, view: MeetView, codes: dict[Key, str], *, discreet: bool) -> Person:
    key = ("people", meet.person) if meet.person else ("name", meet.name)
    rows = (
        *row("Why", view.why),
        *(() if discreet else row("Last", view.last)),
        *row("Opener", view.opener),
        *row("Ask them", *(() if view.shared_questions else view.questions)),
        *row("My ask", view.ask),
        *row("I offer", *view.offers),
        *(() if discreet else row("Between us", *view.promises)),
        *row("Hear them", *map(as_said, view.sessions)),
    )
    script = message(view.script)
    return Person(view.person.text, codes[key], view.pronounced, view.role, Rows(rows), LINES_FOR_EACH, script)
