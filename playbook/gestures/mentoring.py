"""What a mentor told you, and that you acted on it: it comes back on the next agenda."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.gestures.bench import Bench, Gesture, NotPossible, filled, iso
from playbook.gestures.meant import Spoken, meant
from playbook.gestures.plans import FileChange
from playbook.graph import Entry, Playbook
from playbook.problems import shorten
from playbook.records import Person
from playbook.records.person import Feedback
from playbook.source.edit import Add, Put


@dataclass(frozen=True, slots=True)
class FoundFeedback:
    """Something somebody said, and where it stands."""

    entry: Entry[Person]
    index: int
    feedback: Feedback


def add_feedback(bench: Bench, person: str, said: str, action: str = "") -> Gesture:
    """Write down what a mentor, or a mentee, told you; with an action it waits until it was acted on.

    The same words are not written twice while they wait.

    Raises:
        NotPossible: where no mentoring is written for them: not everybody who says something is a mentor.
    """
    record = bench.playbook.people[person].record
    if record.mentoring is None:
        raise NotPossible(
            f"no mentoring is written for {record.name}; write 'mentoring: mentor' into people/{person}.yml, "
            f'or log it: playbook touch {person} "received, {shorten(said, 40)}"'
        )
    text = f"{record.name}: “{shorten(said, 60)}”{f' → {shorten(action, 60)}' if action else ''}"
    if any(one.said == said and one.acted is None for one in record.mentoring.feedback):
        return Gesture((), text, (text,))
    value = filled(said=said, date=iso(bench.on), action=action)
    change = Add(("mentoring", "feedback"), value, "role")
    return Gesture((FileChange("people", person, (change,), (f"feedback: {shorten(said, 60)}",)),), text)


def open_feedback(playbook: Playbook) -> tuple[FoundFeedback, ...]:
    """All feedback that nobody acted on yet, by person and place; what asks for an action first."""
    found = [
        FoundFeedback(entry, index, feedback)
        for _, entry in sorted(playbook.people.items())
        if entry.record.mentoring is not None
        for index, feedback in enumerate(entry.record.mentoring.feedback)
        if feedback.acted is None
    ]
    return tuple(sorted(found, key=lambda one: not one.feedback.action))


def find_feedback(playbook: Playbook, words: str) -> tuple[FoundFeedback, ...]:
    """The feedback that somebody means: with all the words in what was said, what was to be done, or whose it is.

    What asks for an action wins over what asks for nothing.
    """
    fits = meant(words, open_feedback(playbook), _spoken)
    return tuple(one for one in fits if one.feedback.action) or tuple(fits)


def act(bench: Bench, found: FoundFeedback) -> Gesture:
    """It was acted on, on the day.

    Raises:
        NotPossible: where it was before.
    """
    feedback = found.feedback
    if feedback.acted is not None:
        raise NotPossible(f"'{shorten(feedback.said, 60)}' was acted on already")
    said = f"Acted on: {feedback.action or feedback.said}"
    change = Put(("mentoring", "feedback", found.index, "acted"), iso(bench.on), "said")
    return Gesture((FileChange("people", found.entry.id, (change,), (said,)),), f"{said} ({found.entry.title})")


def _spoken(found: FoundFeedback) -> Spoken:
    return Spoken((found.feedback.said, found.feedback.action), f"{found.entry.title} {found.entry.id}")
