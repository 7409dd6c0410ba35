"""Where a relationship stands, in words: the rhythm and what it means today, the last touch, how far it has come.

For the author alone: what another reader may not know would read as 'no rhythm' or 'no touch', which nobody said.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.cadence import Cadence, Standing, Touch, cadence_of, stage_of
from playbook.graph import Entry
from playbook.records import Person
from playbook.records.choices import Stage
from playbook.views.charts import Attention
from playbook.views.scene import Linked, Scene
from playbook.views.tasks import cadence_words
from playbook.views.words import DayView

ATTENTION = {
    Standing.OVERDUE: Attention.OVERDUE,
    Standing.DUE: Attention.DUE,
    Standing.LATER: Attention.IN_RHYTHM,
    Standing.PAUSED: Attention.PAUSED,
    Standing.RESTING: Attention.PAUSED,
    Standing.NOT_STARTED: Attention.UNCOUNTED,
    Standing.NEVER: Attention.UNCOUNTED,
}


@dataclass(frozen=True, slots=True)
class StandingView:
    """Where somebody stands today."""

    word: str
    """`overdue`, `due`, `later`, `not started`, `paused` or `no rhythm`."""
    why: str
    """`due since 3 Nov 2026: every 6 weeks (circle inner)`; empty where there is nothing to say."""
    last: DayView | None
    how: str
    """How the last touch was: `video`, else what sort of touch it was."""
    due: DayView | None
    """When the next word is expected, or the pause ends."""
    stage: str
    wants_attention: bool
    """Whether they are among the few of this week; who is due beyond them can wait."""

    @property
    def sentence(self) -> str:
        """All of it in one sentence: `due since …: every 6 weeks (circle inner); last touch 22 Sep 2026 (video)`."""
        touch = f"last touch {self.last.text} ({self.how})" if self.last else ""
        return "; ".join(part for part in (self.why, touch) if part)


@dataclass(frozen=True, slots=True)
class RestingTie:
    """Somebody whose tie rests or has ended: in nobody's week, kept in history."""

    person: Linked
    word: str
    why: str
    day: DayView | None


_RESTING = {Stage.DORMANT: "resting", Stage.DECLINED: "said no for now", Stage.CLOSED: "closed"}
_NEVER = {"no rhythm": "", "identified": "not met yet", **{str(stage): word for stage, word in _RESTING.items()}}


def standing_view(scene: Scene, entry: Entry[Person]) -> StandingView | None:
    """Where somebody stands; None for any reader but the author."""
    if not scene.is_mine:
        return None
    cadence = cadence_of(scene.playbook, entry, scene.today)
    return StandingView(
        word="no rhythm" if cadence.standing is Standing.NEVER else str(cadence.standing),
        why=_why(scene, cadence, can_wait=entry.id in scene.can_wait),
        last=scene.day(cadence.last.day) if cadence.last else None,
        how=_how(scene, cadence.last) if cadence.last else "",
        due=scene.day(cadence.due),
        stage=str(stage_of(scene.playbook, entry, scene.today)),
        wants_attention=cadence.wants_attention and entry.id not in scene.can_wait,
    )


def resting_tie(scene: Scene, entry: Entry[Person]) -> RestingTie | None:
    """That the tie rests or has ended, where it has been written so."""
    person = entry.record
    stage = Stage.CLOSED if person.closed is not None else person.stage
    if stage is None or stage not in _RESTING:
        return None
    closed = person.closed
    return RestingTie(
        scene.link_to(entry),
        _RESTING[stage],
        closed.why if closed else "",
        scene.day(closed.date) if closed else None,
    )


def _why(scene: Scene, cadence: Cadence, *, can_wait: bool) -> str:
    if cadence.standing is not Standing.NEVER:
        return cadence_words(scene, cadence, can_wait=can_wait)
    return _NEVER.get(cadence.source, f"never due ({cadence.source})")


def _how(scene: Scene, touch: Touch) -> str:
    """The channel of a touch, where its log names one; else what sort of touch it was."""
    kind, identifier = touch.owner
    if kind == "people":
        for line in scene.playbook.people[identifier].record.log:
            if (line.date, str(line.kind), line.what) == (touch.day, touch.kind, touch.what) and line.channel:
                return line.channel
    return f"{touch.kind} at {touch.what}" if kind == "events" else touch.kind
