"""The map of the network: who stands on which ring, who asks for a word, and which ties join them."""

from __future__ import annotations

from playbook.cadence import cadence_of, circles_of
from playbook.graph import Entry
from playbook.paths import How
from playbook.records import Person
from playbook.views.charts import Attention, NetworkEdge, NetworkPerson, NetworkView, Tie
from playbook.views.scene import Scene, uri_of
from playbook.views.standing import ATTENTION
from playbook.views.words import sentence_case

_TIES = {How.INTRODUCED_YOU: Tie.INTRODUCED, How.INTRODUCED: Tie.INTRODUCED}


def network_view(scene: Scene, entries: list[Entry[Person]]) -> NetworkView:
    """These people around you, with the ties that are written down between them.

    To other readers nobody is due, and nobody is in a circle but those whose circle they may know.
    """
    shown = {entry.id for entry in entries}
    return NetworkView(
        people=tuple(
            NetworkPerson(
                id=entry.id,
                name=entry.title,
                page=uri_of("people", entry.id),
                circle=entry.record.circle,
                group=sentence_case(entry.record.relations[0]) if entry.record.relations else "",
                attention=_attention(scene, entry),
                short=entry.record.nickname,
            )
            for entry in entries
        ),
        circles=tuple(circles_of(scene.playbook)),
        edges=tuple(
            NetworkEdge(tie.one, tie.other, _TIES.get(tie.how, Tie.KNOWS))
            for tie in scene.ties.all
            if tie.how is not How.MENTIONED and tie.one in shown and tie.other in shown
        ),
    )


def _attention(scene: Scene, entry: Entry[Person]) -> Attention:
    if not scene.is_mine:
        return Attention.NONE
    return ATTENTION[cadence_of(scene.playbook, entry, scene.today).standing]
