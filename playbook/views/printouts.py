"""What the author can print or write down from a page: ready commands for the terminal; nothing for another reader."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Event, Goal, Person
from playbook.views.scene import Scene


@dataclass(frozen=True, slots=True)
class PrintoutView:
    """A command, and what it gives."""

    what: str
    command: str


def event_printouts(scene: Scene, entry: Entry[Event], *, is_over: bool) -> tuple[PrintoutView, ...]:
    """Before an event its kit; afterwards, what one scribbled there."""
    if not scene.is_mine:
        return ()
    if is_over:
        return (PrintoutView("Type in what you wrote down there", f"playbook capture {entry.id}"),)
    found = [
        PrintoutView("The kit", f"playbook print event {entry.id}"),
        PrintoutView("To fold into a pocket", f"playbook print event {entry.id} --format pocket"),
    ]
    if entry.record.meet:
        found += [
            PrintoutView("A card for each person", f"playbook print event {entry.id} --format cards"),
            PrintoutView("To rehearse", f"playbook print scripts --event {entry.id}"),
        ]
    return tuple(found)


def person_printouts(scene: Scene, entry: Entry[Person]) -> tuple[PrintoutView, ...]:
    """A brief; with a mentor or mentee, the agenda of the next meeting."""
    if not scene.is_mine:
        return ()
    brief = PrintoutView("A brief before you meet", f"playbook print person {entry.id}")
    agenda = PrintoutView("The next meeting's agenda", f"playbook print agenda {entry.id}")
    return (brief, agenda) if entry.record.mentoring is not None else (brief,)


def goal_printouts(scene: Scene, entry: Entry[Goal]) -> tuple[PrintoutView, ...]:
    """The goal on a sheet."""
    return (PrintoutView("This goal", f"playbook print goal {entry.id}"),) if scene.is_mine else ()


def packet_printouts(scene: Scene, entry: Entry[Goal]) -> tuple[PrintoutView, ...]:
    """The goal's packet, for each who reads one."""
    if not scene.is_mine:
        return ()
    command = f"playbook print packet {entry.id}"
    return (
        PrintoutView("One page for a sponsor", f"{command} --for sponsor"),
        PrintoutView("All of it for a committee", f"{command} --for committee"),
        PrintoutView("As Markdown, to paste elsewhere", f"{command} --markdown"),
    )
