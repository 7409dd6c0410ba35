"""What is worth a thought and no task: ties that lean one way, goals and organizations that lack somebody or something.

For the author alone. One sentence each, without a word of blame.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.balance import Balance, Leaning, leaning_ties
from playbook.gaps import Gap, GapKind, gaps_of, unlogged_people
from playbook.graph import Entry
from playbook.records import Person
from playbook.views.scene import Linked, Scene
from playbook.views.words import count

NOTHING_LOGGED = "nothing logged"
MOST = 5
"""Of each sort; more would be a list to feel bad about."""
MOST_UNLOGGED = 3
"""Of those with nothing logged yet; whoever is logged makes room for the next."""


@dataclass(frozen=True, slots=True)
class ThoughtView:
    """One sentence about a record."""

    kind: str
    """`leans`, `nothing logged`, or what is missing: `no sponsor`."""
    about: Linked
    text: str
    """What stands behind its name: `you received 4 times this year and gave once`."""
    command: str = ""
    """What to type for it: `playbook touch ada "…"`."""

    @property
    def behind(self) -> str:
        """What stands right behind the name: a colon where no verb follows."""
        return ":" if self.kind in ("leans", NOTHING_LOGGED) else ""


def thoughts_of(scene: Scene) -> tuple[ThoughtView, ...]:
    """What is worth a thought: whom nothing is logged of, then gaps, then ties."""
    unlogged = [unlogged_thought(scene, entry) for entry in unlogged_people(scene.playbook, scene.today)]
    gaps = [_of_gap(scene, gap) for gap in gaps_of(scene.playbook, scene.today)]
    ties = [
        ThoughtView("leans", scene.link_to(entry), leaning_words(balance))
        for entry, balance in leaning_ties(scene.playbook, scene.today)
    ]
    return (*unlogged[:MOST_UNLOGGED], *gaps[:MOST], *ties[:MOST])


def unlogged_thought(scene: Scene, entry: Entry[Person]) -> ThoughtView:
    """That no contact with somebody you know is written down yet, and what writes the first."""
    where = f" (circle {entry.record.circle})" if entry.record.circle else ""
    text = f"nothing logged yet{where}; a line about the last time begins it"
    return ThoughtView(NOTHING_LOGGED, scene.link_to(entry), text, f'playbook touch {entry.id} "…"')


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
