"""What there is to print: its sheet, how it is folded or cut, and what to say where nothing would be on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.cli.choosing import choose
from playbook.cli.context import Impossible
from playbook.render.printing.paper import Format

if TYPE_CHECKING:
    from playbook.load import Loaded
    from playbook.views.scene import Scene
    from playbook.views.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to print."""

    sheet: Callable[[Loaded, Scene], Sheet]
    """Makes the sheet; raises `click.UsageError` for a name that nothing has, `Impossible` where it would be empty."""
    form: Format = Format.KIT
    is_large: bool = False
    """Whether it is read at arm's length."""
    most_pages: int | None = None
    """It is set smaller until it has no more than so many; None for as many as it takes."""
    needs_history: bool = False
    """Whether what git knows of the checklists stands on it."""


def kit(event: str, form: str, *, discreet: bool) -> Wanted:
    """An event's kit, as whole pages, a booklet or cards."""

    def sheet(loaded: Loaded, scene: Scene) -> Sheet:
        from playbook.views.kit import cards_sheet, kit_sheet

        entry = choose(loaded, "events", event)
        if form != Format.CARDS:
            return kit_sheet(scene, entry, discreet=discreet, suffix=form)
        if not entry.record.meet:
            raise Impossible(f"{entry.place_of()}: nobody to meet is written there, so there is no card to print")
        return cards_sheet(scene, entry, discreet=discreet)

    return Wanted(sheet, Format(form))


def brief(person: str, *, discreet: bool) -> Wanted:
    """A brief on a person."""

    def sheet(loaded: Loaded, scene: Scene) -> Sheet:
        from playbook.views.briefs import person_sheet

        return person_sheet(scene, choose(loaded, "people", person), discreet=discreet)

    return Wanted(sheet)


def agenda(person: str) -> Wanted:
    """The agenda of a mentoring meeting."""

    def sheet(loaded: Loaded, scene: Scene) -> Sheet:
        from playbook.views.briefs import agenda_sheet

        return agenda_sheet(scene, choose(loaded, "people", person))

    # One sheet on the table between two people.
    return Wanted(sheet, most_pages=1)


def one_goal(goal: str) -> Wanted:
    """A goal."""

    def sheet(loaded: Loaded, scene: Scene) -> Sheet:
        from playbook.views.briefs import goal_sheet

        return goal_sheet(scene, choose(loaded, "goals", goal))

    return Wanted(sheet)


def rehearsal(event: str) -> Wanted:
    """Everything to say at an event, in large type."""

    def sheet(loaded: Loaded, scene: Scene) -> Sheet:
        from playbook.views.briefs import rehearsal_sheet

        entry = choose(loaded, "events", event)
        made = rehearsal_sheet(scene, entry)
        if not made.sections:
            raise Impossible(f"{entry.place_of()}: nothing to say is written there yet: no pitch, nobody to meet")
        return made

    return Wanted(sheet, is_large=True)


def packet(goal: str, reader: str) -> Wanted:
    """A promotion packet: on one page for a sponsor, whole for a committee."""
    from playbook.views.packet_sheet import Reader, packet_sheet

    def sheet(loaded: Loaded, scene: Scene) -> Sheet:
        from playbook.views.packet import has_packet

        entry = choose(loaded, "goals", goal)
        if not has_packet(entry):
            raise Impossible(
                f"{entry.place_of()}: '{entry.title}' has no criteria, so there is nothing to show evidence for. "
                "Write what the committee looks for under 'criteria'"
            )
        return packet_sheet(scene, entry, Reader(reader))

    return Wanted(sheet, most_pages=1 if reader == Reader.SPONSOR else None)


def review(*, quarter: bool) -> Wanted:
    """The review of the week, or of the quarter."""

    def sheet(_: Loaded, scene: Scene) -> Sheet:
        from playbook.views.review_sheet import review_sheet

        return review_sheet(scene, quarter=quarter)

    return Wanted(sheet, most_pages=2 if quarter else 1, needs_history=True)
