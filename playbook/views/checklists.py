"""Checklists as pages show them: state, due date, evidence, the reason for skipping, and how much is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playbook.agenda import due_of, is_moot
from playbook.graph import Entry
from playbook.records import Item, Milestone, Record
from playbook.views.scene import Linked, Scene, Source, item_anchor
from playbook.views.tally import Tally, tally_of
from playbook.views.words import DayView, offset_text


@dataclass(frozen=True, slots=True)
class ItemView:
    """One checklist item. `state` is `open`, `done` or `skipped`; exactly one of the texts for it is set."""

    anchor: str
    text: str
    state: str
    due: DayView | None
    relative: str
    """`30 days before`, where the date was written so."""
    done_on: DayView | None
    reason: str
    evidence: Linked | None
    person: Linked | None
    script: Linked | None
    criteria: tuple[str, ...]
    source: Source | None
    is_moot: bool = False
    """Whether it is open and was meant for the time before an event that is over: nothing waits for it any more."""

    @property
    def is_waiting(self) -> bool:
        """Whether it is open and its day has passed."""
        return self.state == "open" and self.due is not None and self.due.is_past and not self.is_moot

    @property
    def label(self) -> str:
        """The accessible name of its box: what a screen reader says in place of the picture."""
        return {"open": "Open", "done": "Done", "skipped": "Skipped"}[self.state] + f": {self.text}"


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items that belong together; the title is a milestone's, or empty."""

    title: str
    due: DayView | None
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist in the order in which it was written, grouped by milestone where it names any."""

    groups: tuple[ItemGroup, ...]
    tally: Tally

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.groups


def checklist_view(
    scene: Scene, entry: Entry[Record], keep: Callable[[Entry[Record], Item], bool] = lambda _entry, _item: True
) -> ChecklistView:
    """The checklist of a goal, event, organization, person or play; only such items as `keep` says."""
    items: tuple[Item, ...] = getattr(entry.record, "checklist", ())
    milestones: dict[str, Milestone] = {}
    for milestone in getattr(entry.record, "milestones", ()):
        # Of two that are called the same, an item that names them means the first.
        milestones.setdefault(milestone.title.casefold(), milestone)
    grouped: dict[str, list[ItemView]] = {}
    kept = [(index, item) for index, item in enumerate(items) if keep(entry, item)]
    for index, item in kept:
        key = item.milestone.casefold() if item.milestone.casefold() in milestones else ""
        grouped.setdefault(key, []).append(_item_view(scene, entry, index, item))
    order = ["", *milestones]
    groups = [
        ItemGroup(
            milestones[key].title if key else "",
            scene.day(milestones[key].due) if key else None,
            tuple(grouped[key]),
        )
        for key in order
        if key in grouped
    ]
    return ChecklistView(tuple(groups), tally_of(tuple(item for _, item in kept)))


def evidence_link(text: str) -> Linked | None:
    """Evidence as a link where it is one, else as it was written; None for nothing."""
    if not text:
        return None
    return Linked(text, text) if text.startswith(("https://", "http://")) and " " not in text else Linked(text)


def _item_view(scene: Scene, entry: Entry[Record], index: int, item: Item) -> ItemView:
    state = "done" if item.is_done else "skipped" if item.skipped else "open"
    return ItemView(
        anchor=item_anchor(index, item),
        text=item.task,
        state=state,
        due=scene.day(due_of(entry, item)),
        relative=offset_text(item.due.offset or 0) if item.due is not None and item.due.day is None else "",
        done_on=scene.day(scene.done_day(entry, index)),
        reason=item.skipped,
        evidence=evidence_link(item.evidence),
        person=scene.link("people", item.person) if item.person else None,
        script=scene.link("outreach", item.script) if item.script else None,
        criteria=tuple(_criterion_text(scene, entry, name) for name in item.criteria),
        source=scene.source(entry, ("checklist", index)),
        is_moot=item.is_open and is_moot(entry, item, scene.today),
    )


def _criterion_text(scene: Scene, entry: Entry[Record], name: str) -> str:
    goal, _, criterion = name.rpartition("/")
    found = scene.playbook.goals.get(goal or entry.id)
    if found is not None:
        for known in found.record.criteria:
            if known.id == criterion:
                return known.text
    return name
