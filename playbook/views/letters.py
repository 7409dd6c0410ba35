"""Letters to write: lines after an event, thanks that are owed, and news for those who help you."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from playbook.agenda import Task, TaskKind
from playbook.graph import Entry
from playbook.owed import helpers_of, is_resting
from playbook.records import Person
from playbook.records.choices import JournalKind, MentoringRole, Purpose, Relation
from playbook.views.fitting import fitting_script, script_command
from playbook.views.goal_cards import EvidenceView, evidence_view
from playbook.views.scene import Linked, Scene
from playbook.views.scripts import ScriptView
from playbook.views.since import achievements_after, contact_words, last_contact
from playbook.views.tasks import task_view
from playbook.views.words import DayView

QUIET_DAYS = 14
"""Nobody wants a letter in the fortnight after you were in touch."""
HELPED_WITHIN = 365
"""Days for which a help is reason enough to hear how it goes on."""


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter to write, ready with its words where a template fits."""

    id: str
    person: Linked
    reason: str
    """Why them: `your mentor`, `helped with “Replay runs for three teams”`."""
    since: str
    """The last contact: `3 Nov 2026, when you met`; empty for thanks."""
    due: DayView | None
    """By when thanks are best said; None for news."""
    news: tuple[EvidenceView, ...]
    """Achievements to speak of, newest first."""
    script: ScriptView | None
    command: str
    """What to type for it; empty where no template is ready."""


@dataclass(frozen=True, slots=True)
class LettersView:
    """All letters to write."""

    lines: tuple[LetterView, ...]
    """Open follow-ups of events, and whom you met there and have not written to since; the longest due first."""
    thanks: tuple[LetterView, ...]
    """The longest owed first."""
    news: tuple[LetterView, ...]
    """Whoever has waited longest first."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody is owed a letter."""
        return not (self.lines or self.thanks or self.news)


def letters_view(scene: Scene) -> LettersView:
    """The letters to write, for the author alone."""
    if not scene.is_mine:
        return LettersView((), (), ())
    lines, thanks = _lines(scene), _thanks(scene)
    named = {letter.id for letter in (*lines, *thanks)}
    return LettersView(lines, thanks, tuple(letter for letter in _news(scene) if letter.id not in named))


def _lines(scene: Scene) -> tuple[LetterView, ...]:
    found = []
    for task in scene.tasks:
        if task.kind is TaskKind.FOLLOW_UP and task.person and task.due is not None:
            event = task.owner[1] if task.owner[0] == "events" else ""
            view = task_view(scene, task)
            found.append(
                LetterView(
                    id=task.person,
                    person=scene.link("people", task.person),
                    reason=view.text,
                    since="",
                    due=view.due,
                    news=(),
                    script=view.filled,
                    command=script_command(view.filled, task.person, event=event) if view.filled else "",
                )
            )
    return tuple(found)


def _thanks(scene: Scene) -> tuple[LetterView, ...]:
    """One letter for each person, whatever they are to be thanked for."""
    lines = {(line.entry.key, line.index): line for line in scene.playbook.journal_lines()}
    by_person: dict[str, list[Task]] = {}
    for task in scene.tasks:
        if task.kind is TaskKind.THANKS:
            by_person.setdefault(task.person, []).append(task)
    found = []
    for person, owed in by_person.items():
        script = fitting_script(scene, Purpose.THANK_YOU, person)
        found.append(
            LetterView(
                id=person,
                person=scene.link("people", person),
                reason="; ".join(
                    f"you received: {task.text}" for task in owed if task.owner[0] == "people" and task.text
                ),
                since="",
                due=scene.day(owed[0].due),
                news=tuple(
                    evidence_view(scene, lines[task.owner, int(task.path[1])])
                    for task in owed
                    if task.owner[0] == "journal"
                ),
                script=script,
                command=script_command(script, person) if script else "",
            )
        )
    return tuple(found)


def _news(scene: Scene) -> tuple[LetterView, ...]:
    found: list[tuple[dt.date, LetterView]] = []
    for person, reason in _who_would_like_to_hear(scene).items():
        entry = scene.playbook.people[person]
        last = last_contact(scene.playbook, entry, scene.today)
        if is_resting(entry.record) or last is None or (scene.today - last.day).days <= QUIET_DAYS:
            continue
        news = achievements_after(scene.playbook, last.day, scene.today)
        if news:
            script = fitting_script(scene, Purpose.PROGRESS_UPDATE, person)
            letter = LetterView(
                id=person,
                person=scene.link_to(entry),
                reason=reason,
                since=contact_words(last),
                due=None,
                news=tuple(evidence_view(scene, line) for line in news),
                script=script,
                command=script_command(script, person) if script else "",
            )
            found.append((last.day, letter))
    return tuple(letter for _, letter in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def _who_would_like_to_hear(scene: Scene) -> dict[str, str]:
    """Ids of mentors, sponsors, those who were told of an open goal, and those who helped within a year → why."""
    found: dict[str, str] = {}
    for entry in scene.playbook.people.values():
        if (reason := _role(entry)) and not entry.by_role:
            found[entry.id] = reason
    for goal in scene.playbook.goals.values():
        for told in goal.record.told if goal.record.status.is_open else ():
            if told.person in scene.playbook.people:
                found.setdefault(told.person, f"you told them about “{goal.title}”")
    for line in scene.playbook.journal_lines():
        if 0 <= (scene.today - line.record.date).days <= HELPED_WITHIN:
            for helper in helpers_of(scene.playbook, line.record):
                is_praise = line.record.kind is JournalKind.PRAISE
                found.setdefault(helper, "praised you" if is_praise else f"helped with “{line.record.title}”")
    return found


def _role(entry: Entry[Person]) -> str:
    person = entry.record
    if Relation.MENTOR in person.relations or (
        person.mentoring is not None and person.mentoring.role is MentoringRole.MENTOR
    ):
        return "your mentor"
    if Relation.SPONSOR in person.relations or (person.sponsoring is not None and person.sponsoring.asked is not None):
        return "your sponsor" if Relation.SPONSOR in person.relations else "you asked them to speak for you"
    return ""
