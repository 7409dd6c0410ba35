"""What to read before meeting somebody, on paper: a brief, a mentoring agenda, a goal, scripts to rehearse."""

from __future__ import annotations

from playbook.codes import Key, code_of, code_table, item_key
from playbook.graph import Entry, Playbook
from playbook.records import Event, Goal, Item
from playbook.records import Person as PersonRecord
from playbook.records.choices import JournalKind
from playbook.views.between import LogLine, PromiseView
from playbook.views.checklists import ChecklistView
from playbook.views.events import event_view
from playbook.views.goals import goal_view
from playbook.views.kit import message
from playbook.views.mentoring import FeedbackView
from playbook.views.person import PersonView, person_view
from playbook.views.scene import Scene
from playbook.views.sheet import Bullets, Check, Checks, Lines, Row, Rows, Section, Sheet, Text, as_said, row, section
from playbook.views.words import DayView

MOST_LOG = 8
MOST_GIVEN = 4


def person_sheet(scene: Scene, entry: Entry[PersonRecord], *, discreet: bool) -> Sheet:
    """A brief before a meeting: who they are, how you stand, what passed between you, what to ask.

    Args:
        scene: the playbook as its author sees it.
        entry: the person.
        discreet: whether to leave out what was written about them: notes, ledger, promises, log.
    """
    person = person_view(scene, entry)
    about = (
        *row("Pronounced", as_said(person.pronounced)),
        *row("Pronouns", person.pronouns),
        *row("Works as", *(as_said(job.text) for job in person.positions)),
        *row("Before", *(as_said(job.text) for job in person.past_positions)),
        *row("Where", as_said(person.location)),
        *row("Language", person.language),
        *row("Knows about", as_said(", ".join(person.expertise))),
        *row("Cares for", as_said(", ".join(person.values))),
        *row("Met", _met(person)),
    )
    between = () if discreet else _between(person)
    return Sheet(
        title=person.name,
        what="Brief",
        subtitle=", ".join(person.relations),
        sections=(
            *section("", Text(person.why, "lead"), Rows(about)),
            *section("Next time", Rows(_next_time(person, discreet=discreet))),
            *between,
            *section("Days of theirs", Rows(tuple(r for day in person.dates for r in row(day.name, day.text)))),
            *section("How to reach them", Rows(_channels(person, discreet=discreet))),
            *(() if discreet else section("Notes", Text(person.notes))),
            *section("What I heard", Lines(8)),
        ),
        language=_language(scene.playbook),
        name=f"{entry.id}-brief",
        code=code_of(("people", entry.id)),
    )


def agenda_sheet(scene: Scene, entry: Entry[PersonRecord]) -> Sheet:
    """The agenda of a mentoring meeting: what was asked last time, what was acted on, what to ask now."""
    person = person_view(scene, entry)
    agreed = person.mentoring
    head = f"with your {agreed.role}" if agreed else ""
    when = f"next on {agreed.next.text}" if agreed and agreed.next and not agreed.was_planned else ""
    feedback = agreed.feedback if agreed else ()
    return Sheet(
        title=person.name,
        what="Agenda",
        subtitle=", ".join(part for part in (head, when, agreed.rhythm if agreed else "") if part),
        sections=(
            *section("What I want out of this", Bullets(agreed.aims if agreed else ())),
            *section("Asked before", Bullets(_answers(person))),
            *section(
                "What they told me, and what I did",
                Checks(tuple(_acted(one) for one in feedback if one.action)),
                Bullets(tuple(one.said for one in feedback if not one.action)),
            ),
            *section("What moved since we last spoke", Bullets(_achievements_since(scene, person))),
            *section("Between us", Rows(_promises(person))),
            *section("To ask now", Checks(tuple(Check(question) for question in (agreed.questions if agreed else ())))),
            *section("How we work", Bullets(agreed.expectations if agreed else ())),
            *section("What I heard", Lines(6)),
            *section("What I will do, by when", Lines(3)),
            *section("Next meeting", Lines(1)),
        ),
        language=_language(scene.playbook),
        name=f"{entry.id}-agenda",
        notes=() if agreed else (f"No mentoring is written for {person.name}, so the agenda is lines to write on.",),
        code=code_of(("people", entry.id)),
    )


def goal_sheet(scene: Scene, entry: Entry[Goal]) -> Sheet:
    """A goal on paper: why, how to say it, the milestones, and what to tick."""
    goal = goal_view(scene, entry)
    codes = code_table(item_key(entry, item) for item in entry.record.checklist)
    milestones = tuple(
        Check(as_said(one.title), _milestone_note(one.state, one.due, one.done_on), is_done=one.state == "done")
        for one in goal.milestones
    )
    return Sheet(
        title=goal.title,
        what=f"Goal: {goal.kind}" if goal.kind else "Goal",
        subtitle=f"by {goal.due.text}, {goal.due.relative}" if goal.due else "",
        sections=(
            *section(
                "",
                Text(goal.why, "lead"),
                Rows(
                    (*row("Measure", goal.measure), *row("Next step", goal.next_step), *row("Came of it", goal.outcome))
                ),
            ),
            *section("Said aloud", Text(goal.pitch, "say")),
            *section("Milestones", Checks(milestones)),
            *_checklist(entry, goal.checklist, codes),
            *section(
                "Who and where",
                Rows(
                    (
                        *row("People", as_said(", ".join(one.text for one in goal.people))),
                        *row(
                            "Told",
                            ", ".join(f"{t.person.text}{f' ({t.day.text})' if t.day else ''}" for t in goal.told),
                        ),
                        *row("To tell", as_said(", ".join(one.text for one in goal.untold))),
                        *row("Events", *(f"{one.text}{f', {one.note}' if one.note else ''}" for one in goal.events)),
                        *row("Places", as_said(", ".join(one.text for one in goal.organizations))),
                    )
                ),
            ),
        ),
        language=_language(scene.playbook),
        name=f"{entry.id}-goal",
    )


def rehearsal_sheet(scene: Scene, entry: Entry[Event]) -> Sheet:
    """Everything to say at an event, in large type: the pitch, then each person's opener, ask and script."""
    event = event_view(scene, entry)
    people = tuple(
        part
        for view in event.meet
        for part in section(
            view.person.text,
            Text(view.opener, "say"),
            message(view.script),
            Rows((*row("My ask", view.ask), *row("I offer", *view.offers))),
            note=f"say “{view.pronounced}”" if view.pronounced else "",
        )
    )
    lacking = tuple(
        f"Not on it: '{view.script.template.text}' for {view.person.text}, because {'; '.join(view.script.missing)}."
        for view in event.meet
        if view.script is not None and not view.script.is_ready
    )
    return Sheet(
        title=event.title,
        what="To rehearse",
        subtitle=", ".join(part for part in (event.when, event.place) if part),
        sections=(
            *section("Introduce yourself", Text(event.pitch, "say")),
            *people,
            *section("Questions for anybody", Bullets(event.questions)),
        ),
        language=_language(scene.playbook),
        name=f"{entry.id}-scripts",
        notes=lacking,
    )


def _language(playbook: Playbook) -> str:
    return playbook.me.record.language or "en"


def _met(person: PersonView) -> str:
    met = person.met
    if met is None:
        return ""
    where = [met.how, f"at {as_said(met.event.text)}" if met.event else "", met.day.text if met.day else ""]
    by = f"introduced by {as_said(met.introduced_by.text)}" if met.introduced_by else ""
    return ", ".join(part for part in (*where, by) if part)


def _next_time(person: PersonView, *, discreet: bool) -> tuple[Row, ...]:
    coming = person.encounters.coming
    standing = person.standing
    return (
        *row("Standing", standing.sentence if standing and not discreet else ""),
        *row("Together at", *(f"{as_said(one.event.text)}, {one.when} ({', '.join(one.how)})" for one in coming)),
        *row("I offer", *(offer.text for offer in person.offers if not offer.is_given)),
        *row("Ask", *(person.mentoring.questions if person.mentoring else ())),
        *(() if discreet else row("To do", *(as_said(task.text) for task in person.waiting))),
        *row("Goals", *(f"{as_said(goal.text)}{f' ({goal.note})' if goal.note else ''}" for goal in person.goals)),
    )


def _between(person: PersonView) -> tuple[Section, ...]:
    exchange = person.exchange
    given = exchange.gave[:MOST_GIVEN] if exchange else ()
    received = exchange.received[:MOST_GIVEN] if exchange else ()
    lines = (*person.log.recent, *person.log.older)[:MOST_LOG]
    return (
        *section("Promised", Rows(_promises(person))),
        *section(
            "Where we left off",
            Rows(
                tuple(found for line in lines for found in row(line.day.text if line.day else "some day", _log(line)))
            ),
        ),
        *section(
            "Given and received",
            Rows((*row("I gave", *map(_dated, given)), *row("They gave", *map(_dated, received)))),
        ),
    )


def _log(line: LogLine) -> str:
    how = ", ".join(part for part in (line.kind, line.channel) if part)
    return f"{how}: {line.what}" if line.what else how


def _dated(line: LogLine) -> str:
    return f"{line.what or line.kind}{f' ({line.day.text})' if line.day else ''}"


def _promises(person: PersonView) -> tuple[Row, ...]:
    return (
        *row("I promised", *(_promise(one) for one in person.promises_mine if one.state != "done")),
        *row("They promised", *(_promise(one) for one in person.promises_theirs if one.state != "done")),
    )


def _promise(view: PromiseView) -> str:
    return f"{view.text}{f' (by {view.due.text})' if view.due else ''}"


def _channels(person: PersonView, *, discreet: bool) -> tuple[Row, ...]:
    return tuple(
        found
        for one in person.channels
        for found in row(
            one.name.capitalize(),
            ", ".join(
                part
                for part in (
                    as_said(one.to.text) if one.to else "",
                    "preferred" if one.is_preferred else "",
                    f"last answered here, {one.answered.text}" if one.answered and not discreet else "",
                )
                if part
            )
            or "yes",
        )
    )


def _acted(one: FeedbackView) -> Check:
    when = f" {one.acted_on.text}" if one.acted_on else ""
    is_done = one.state == "acted on"
    return Check(f"{one.said} → {one.action}", f"acted on{when}" if is_done else one.state, is_done=is_done)


def _answers(person: PersonView) -> tuple[str, ...]:
    agreed = person.mentoring
    return tuple(f"**{one.ask}** {one.answered}" for one in (agreed.answers if agreed else ()))


def _achievements_since(scene: Scene, person: PersonView) -> tuple[str, ...]:
    """What was achieved since the last contact, newest first."""
    last = person.standing.last if person.standing else None
    found = []
    for line in scene.playbook.journal_lines():
        record = line.record
        if record.kind is JournalKind.ACHIEVEMENT and record.date <= scene.today:
            if last is not None and record.date.isoformat() <= last.iso:
                continue
            impact = f": {record.impact}" if record.impact else ""
            found.append(f"{record.title or record.text.split(chr(10), 1)[0]}{impact}")
    return tuple(found[:MOST_LOG])


def _milestone_note(state: str, due: DayView | None, done_on: DayView | None) -> str:
    if state == "done":
        return f"reached {done_on.text}" if done_on else "reached"
    return f"by {due.text}" if due else ""


def _checklist(entry: Entry[Goal], view: ChecklistView, codes: dict[Key, str]) -> tuple[Section, ...]:
    by_words: dict[str, Item] = {item.task: item for item in reversed(entry.record.checklist)}
    found: list[Section] = []
    for group in view.groups:
        items = tuple(
            Check(
                as_said(one.text),
                f"by {one.due.text}" if one.due and one.state == "open" else "",
                codes.get(item_key(entry, by_words[one.text]), ""),
                is_done=one.state == "done",
            )
            for one in group.items
            if one.state != "skipped"
        )
        title = group.title or "Checklist"
        found += section(title, Checks(items), note=f"by {group.due.text}" if group.title and group.due else "")
    return tuple(found)
