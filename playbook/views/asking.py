"""What a script is made from: whose it is, at which event, for which goal, in which language; plain values, no markup.

Decides what a template may speak of for one person. Knows nothing of templates' syntax: `render.scripts` fills them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from playbook.agenda import next_events
from playbook.cadence import met_at, stage_of, touches_of, unanswered
from playbook.graph import Entry, Playbook
from playbook.problems import shorten
from playbook.records import Event, Goal, Meet, Outreach, Person
from playbook.records.choices import GoalKind, Purpose, Stage, Status
from playbook.talks import last_talk
from playbook.views import scope
from playbook.views.asked import Asked, TemplateEntry, asked_of_nobody
from playbook.views.since import contact_words, last_contact


@dataclass(frozen=True)
class Asking:
    """Gathers what scripts are made from, for one playbook on one day."""

    playbook: Playbook
    today: dt.date
    _people: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    _asked: dict[tuple[str, str], Asked] = field(default_factory=dict, repr=False)
    _met_at: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def gather(
        self,
        template: str,
        person: str = "",
        event: str = "",
        goal: str = "",
        language: str = "",
        other: str = "",
        *,
        speaks_of: frozenset[str] | None = None,
    ) -> Asked:
        """What one script needs.

        Args:
            template: the id of an outreach template.
            person: an id; empty for nobody in particular.
            event: an id; unless given the next one where they are to be met, for a follow-up the last where they were,
                unless you talked again since.
            goal: an id; a goal that names them, else the first active one, unless given.
            language: of the text; theirs (where it goes to two: if they share it) unless given, the template's own
                where it has no such variant.
            other: the id of the second person that it speaks of, if any.
            speaks_of: the first names that the template mentions (`event`), so that nothing is looked for in vain; None
                for all.
        """
        entry = self.playbook.outreach[template]
        who = self.playbook.people.get(person)
        second = self.playbook.people.get(other)
        record = entry.record
        event_entry = self._event(record.purpose, who, event, speaks_of)
        meet = _meet(event_entry, person) if event_entry is not None and person else None
        goal_entry = self._goal(who, goal)
        values = self._values(record.purpose, who, second, event_entry, meet, goal_entry, speaks_of)
        return replace(
            self._of_nobody(entry, self.variant(template, person, language, other)),
            person=person,
            person_name=who.title if who else "",
            other=other,
            other_name=second.title if second else "",
            event=event_entry.id if event_entry else "",
            goal=goal_entry.id if goal_entry else "",
            values=values,
            locked=self._locked(record, who) or self._locked(record, second),
            unwritten="" if language else self._unwritten(record, [one for one in (who, second) if one is not None]),
            nothing=self._why_nothing(record.purpose, who, goal_entry),
        )

    def _of_nobody(self, entry: TemplateEntry, variant: str) -> Asked:
        if (entry.id, variant) not in self._asked:
            self._asked[entry.id, variant] = asked_of_nobody(self.playbook, entry, variant)
        return self._asked[entry.id, variant]

    def variant(self, template: str, person: str, language: str = "", other: str = "") -> str:
        """The language of the variant that is written to a person, or to two; empty for the template's own text."""
        variants = self.playbook.outreach[template].record.variants
        mine = self.playbook.me.record.language
        names = (person, other) if self.playbook.outreach[template].record.to_both else (person,)
        known = [entry for name in names if (entry := self.playbook.people.get(name)) is not None]
        theirs = {entry.record.language or mine for entry in known}
        wanted = language or (theirs.pop() if len(theirs) == 1 else mine)
        return next((key for key in (wanted, wanted.partition("-")[0]) if key in variants), "")

    def _unwritten(self, template: Outreach, people: list[Entry[Person]]) -> str:
        """The language that those whom it goes to have, where there is no text of it; of two, where they share it."""
        own = (self.playbook.me.record.language or "en").partition("-")[0]
        known = {"", own, *(key.partition("-")[0] for key in template.variants)}
        theirs = {one.record.language for one in (people if template.to_both else people[:1])}
        shared = theirs.pop() if len(theirs) == 1 else ""
        return shared if shared.partition("-")[0] not in known else ""

    def about(self, person: str) -> Mapping[str, Any]:
        """`person` and `me` as templates see them: all that does not hang on an event, a goal or the journal."""
        return {"me": self._me, "person": self._person(self.playbook.people.get(person)), "today": self.today}

    def candidates(self, template: str) -> tuple[str, ...]:
        """Ids of everybody a message may be welcome to: open ties; for a reconnect, those gone quiet too.

        For a nudge, those who have not answered yet.
        """
        purpose = self.playbook.outreach[template].record.purpose
        return tuple(
            entry.id
            for entry in self.playbook.people.values()
            if not entry.by_role
            and (purpose is not Purpose.NUDGE or self._awaits_an_answer(entry))
            and ((stage := self._stage(entry)).is_open or (stage is Stage.DORMANT and purpose is Purpose.RECONNECT))
        )

    def _stage(self, person: Entry[Person]) -> Stage:
        return stage_of(self.playbook, person, self.today)

    def _awaits_an_answer(self, person: Entry[Person]) -> bool:
        sponsoring = person.record.sponsoring
        is_asked = sponsoring is not None and sponsoring.asked is not None and not sponsoring.answer
        return is_asked or bool(unanswered(touches_of(self.playbook, person, until=self.today)))

    def _locked(self, template: Outreach, person: Entry[Person] | None) -> str:
        if template.purpose is Purpose.NUDGE and person is not None and not self._awaits_an_answer(person):
            return f"nothing that you wrote to {person.title} waits for an answer"
        wanted = template.unlocks_at
        if wanted is None or person is None or self._stage(person).has_reached(wanted):
            return ""
        return f"{person.title} is {self._stage(person)}; this is for when the relationship is {wanted}"

    def _event(
        self, purpose: Purpose | None, person: Entry[Person] | None, event: str, speaks_of: frozenset[str] | None
    ) -> Entry[Event] | None:
        if event:
            return self.playbook.events.get(event)
        if not _mentions(speaks_of, "event", "meet"):
            return None
        if purpose is Purpose.FOLLOW_UP and person is not None:
            talk = last_talk(self.playbook, person, self.today)
            met = next((e for e in self._begun if person.id in self._met(e)), None)
            return met if met is not None and (talk is None or talk.day is None or talk.day <= _last_day(met)) else None
        return next((e for e in self._coming if person is None or _meet(e, person.id)), None)

    def _goal(self, person: Entry[Person] | None, goal: str) -> Entry[Goal] | None:
        if goal:
            return self.playbook.goals.get(goal)
        if person is not None:
            for identifier in self.playbook.related(person.key, "goals", "people", "goals"):
                if self.playbook.goals[identifier].record.status is Status.ACTIVE:
                    return self.playbook.goals[identifier]
        return self._first_goal

    def _values(
        self,
        purpose: Purpose | None,
        person: Entry[Person] | None,
        other: Entry[Person] | None,
        event: Entry[Event] | None,
        meet: Meet | None,
        goal: Entry[Goal] | None,
        speaks_of: frozenset[str] | None,
    ) -> dict[str, Any]:
        book = self.playbook
        who = self._person(person)
        job = scope.current_position(person.record.positions, self.today) if person is not None else None
        employer = book.organizations.get(job.organization if job else "")
        if employer is None and event is not None:
            employer = book.organizations.get(event.record.organization or "")
        return {
            "me": self._me,
            "person": who,
            "other": self._person(other),
            "organization": scope.organization_scope(employer.record) if employer else {},
            "event": scope.event_scope(book, event.record) if event else {},
            "goal": scope.goal_scope(goal.record) if goal else {},
            "meet": scope.meet_scope(meet, event.record, who) if meet and event else {},
            "achievements": self._achievements(purpose, person, goal) if _mentions(speaks_of, "achievements") else (),
            "today": self.today,
        }

    def _person(self, person: Entry[Person] | None) -> dict[str, Any]:
        if person is None:
            return {}
        if person.id not in self._people:
            self._people[person.id] = scope.person_scope(self.playbook, person, self.today)
        return self._people[person.id]

    @cached_property
    def _me(self) -> dict[str, Any]:
        return scope.me_scope(self.playbook, self.today)

    def _achievements(
        self, purpose: Purpose | None, person: Entry[Person] | None, goal: Entry[Goal] | None
    ) -> tuple[dict[str, Any], ...]:
        last = last_contact(self.playbook, person, self.today) if person is not None else None
        who, what = person.id if person else "", goal.id if goal else ""
        return scope.achievements_scope(self.playbook, purpose, who, what, last.day if last else None, self.today)

    def _why_nothing(
        self, purpose: Purpose | None, person: Entry[Person] | None, goal: Entry[Goal] | None
    ) -> dict[str, str]:
        if purpose in scope.TOWARD_A_GOAL and goal is not None:
            return {"achievements": f"no achievement counts toward '{shorten(goal.title)}' yet"}
        if person is None:
            return {}
        if purpose is Purpose.FOLLOW_UP:
            return {"event": f"no event says that you met {person.title}, or you have talked since"}
        if purpose is Purpose.THANK_YOU:
            return {"achievements": f"no achievement in the journal names {person.title} as somebody who helped"}
        last = last_contact(self.playbook, person, self.today) if purpose is Purpose.PROGRESS_UPDATE else None
        return {"achievements": f"nothing new since {contact_words(last)}"} if last else {}

    @cached_property
    def _coming(self) -> tuple[Entry[Event], ...]:
        return next_events(self.playbook, self.today)

    @cached_property
    def _begun(self) -> tuple[Entry[Event], ...]:
        """Events that have begun, the latest first."""
        begun = [entry for entry in self.playbook.events.values() if entry.record.starts.day <= self.today]
        going = [entry for entry in begun if entry.record.status.is_going]
        return tuple(sorted(going, key=lambda entry: (-entry.record.starts.day.toordinal(), entry.id)))

    def _met(self, event: Entry[Event]) -> frozenset[str]:
        if event.id not in self._met_at:
            self._met_at[event.id] = frozenset(met_at(self.playbook, event, self.today))
        return self._met_at[event.id]

    @cached_property
    def _first_goal(self) -> Entry[Goal] | None:
        active = [entry for entry in self.playbook.goals.values() if entry.record.status is Status.ACTIVE]
        return next((e for e in active if e.record.kind is GoalKind.PROMOTION), active[0] if active else None)


def _mentions(speaks_of: frozenset[str] | None, *names: str) -> bool:
    return speaks_of is None or not speaks_of.isdisjoint(names)


def _last_day(event: Entry[Event]) -> dt.date:
    return (event.record.ends or event.record.starts).day


def _meet(event: Entry[Event], person: str) -> Meet | None:
    return next((meet for meet in event.record.meet if meet.person == person), None)
