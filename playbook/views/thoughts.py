"""What is worth a thought and no task: ties that lean one way, goals and organizations that lack somebody or something.

For the author alone. One sentence each, without a word of blame.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.balance import Balance, Leaning, leaning_ties
from playbook.gaps import Gap, GapKind, gaps_of
from playbook.views.scene import Linked, Scene
from playbook.views.words import count

MOST = 5
"""Of each sort; more would be a list to feel bad about."""


@dataclass(frozen=True, slots=True)
class ThoughtView:
    """One sentence about a record."""

    kind: str
    """`leans`, or what is missing: `no sponsor`."""
    about: Linked
    text: str
    """What stands behind its name: `you received 4 times this year and gave once`."""


def thoughts_of(scene: Scene) -> tuple[ThoughtView, ...]:
    """What is worth a thought: gaps first, then ties."""
    gaps = [_of_gap(scene, gap) for gap in gaps_of(scene.playbook, scene.today)]
    ties = [
        ThoughtView("leans", scene.link_to(entry), leaning_words(balance))
        for entry, balance in leaning_ties(scene.playbook, scene.today)
    ]
    return (*gaps[:MOST], *ties[:MOST])


def leaning_words(balance: Balance) -> str:
    """A gentle word where a tie leans one way; empty where it does not."""
    mine, theirs = balance.gave + balance.kept, balance.received + balance.kept_theirs
    if balance.leaning is Leaning.TAKING:
        asked = f", and asked {_times(balance.asked)}" if balance.asked else ""
        gave = f"gave {_times(mine)}" if mine else "have not given anything yet"
        return f"this year you received {_times(theirs)}{asked}; you {gave}. What could you offer?"
    if balance.leaning is Leaning.GIVING:
        received = f"received {_times(theirs)}" if theirs else "received nothing"
        return f"this year you gave {_times(mine)} and {received}. You may ask for something, too."
    return ""


def _of_gap(scene: Scene, gap: Gap) -> ThoughtView:
    text = {
        GapKind.NEXT_STEP: "has no next step",
        GapKind.SPONSOR: "has nobody yet who would speak for you",
        GapKind.MENTOR: "has no mentor yet",
        GapKind.EXPERTISE: f"asks for {gap.what}, and nobody you know is written down for it",
        GapKind.ORGANIZATION: "matters for a goal, and you know nobody there yet",
    }[gap.kind]
    return ThoughtView(str(gap.kind), scene.link(*gap.owner), text)


def _times(number: int) -> str:
    return {0: "nothing", 1: "once", 2: "twice"}.get(number, count(number, "time"))
