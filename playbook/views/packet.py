"""A promotion packet: for each criterion what shows it, with its effect; who can vouch; words that may be quoted.

What is still to be shown stands first: a packet is written to find the gaps before others do. Knows nothing of paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.agenda import due_of
from playbook.graph import Entry, JournalLine
from playbook.records import Goal, Item
from playbook.records.choices import JournalKind
from playbook.views.checklists import evidence_link
from playbook.views.printouts import PrintoutView, packet_printouts
from playbook.views.scene import Linked, Scene, Serving, Source, item_anchor, uri_of
from playbook.views.words import DayView, sentence_case

_WORK = (JournalKind.ACHIEVEMENT, JournalKind.CONTRIBUTION)
WHAT_FOR = 3
"""Things that are named for each of those who can vouch."""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Words that their speaker agreed to have quoted."""

    said: str
    by: Linked
    day: DayView


@dataclass(frozen=True, slots=True)
class ProofView:
    """One thing that was done, what it changed, and who saw it."""

    link: Linked
    day: DayView | None
    """None where only that it is done is known."""
    text: str
    impact: str
    proof: Linked | None
    people: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """The case for one criterion."""

    anchor: str
    text: str
    expected: str
    proofs: tuple[ProofView, ...]
    """Newest first; what has no day comes last."""
    quotes: tuple[QuoteView, ...]
    planned: tuple[Linked, ...]
    """Open checklist items that will show it."""
    unshown: tuple[Linked, ...]
    """Done checklist items for it that say nothing of where it can be seen: no evidence yet."""
    vouch: tuple[Linked, ...]
    """Who was there, or said so."""
    name: str
    """What a journal entry points at it with, `staff-engineer/scope`; empty where it has no id to be pointed at."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing shows it yet."""
        return not self.proofs and not self.quotes


@dataclass(frozen=True, slots=True)
class VoucherView:
    """Somebody who can vouch, for what; `said_so` is whether they did, and may be quoted."""

    person: Linked
    what: tuple[str, ...]
    said_so: bool


@dataclass(frozen=True, slots=True)
class UnquotedView:
    """Praise that nobody agreed to have quoted: ask first. The link leads to it in the journal."""

    by: Linked
    link: Linked


@dataclass(frozen=True, slots=True)
class PacketView:
    """A packet."""

    id: str
    goal: Linked
    name: str
    """Whose it is."""
    role: str
    statement: str
    why: str
    measure: str
    due: DayView | None
    missing: tuple[CaseView, ...]
    """Criteria with nothing yet."""
    cases: tuple[CaseView, ...]
    """The others, in the order of the goal."""
    others: tuple[ProofView, ...]
    """What counts toward the goal and serves no criterion by name."""
    quotes: tuple[QuoteView, ...]
    """Words for the goal as a whole."""
    vouchers: tuple[VoucherView, ...]
    unquoted: tuple[UnquotedView, ...]
    """For the author alone, as is what follows."""
    printouts: tuple[PrintoutView, ...]
    is_mine: bool
    source: Source | None

    @property
    def tally(self) -> str:
        """`4 of 5 criteria`."""
        return f"{len(self.cases)} of {len(self.cases) + len(self.missing)} criteria"

    @property
    def unshown(self) -> tuple[Linked, ...]:
        """Done items of all criteria without evidence, each once."""
        return tuple(dict.fromkeys(item for case in (*self.missing, *self.cases) for item in case.unshown))


def packet_uri(goal: str) -> str:
    """The packet's page, as a path below the site."""
    return f"packets/{goal}.md"


def has_packet(entry: Entry[Goal]) -> bool:
    """Whether there is anything that a packet could be made of."""
    return bool(entry.record.criteria) and not entry.by_role


def packet_link(entry: Entry[Goal]) -> Linked | None:
    """A goal's packet; None for a goal without criteria."""
    return Linked("Packet", f"page:{packet_uri(entry.id)}") if has_packet(entry) else None


def packet_view(scene: Scene, entry: Entry[Goal]) -> PacketView:
    """The packet of one goal."""
    goal, me = entry.record, scene.playbook.me.record
    named = frozenset(f"{entry.id}/{criterion.id}" for criterion in goal.criteria if criterion.id)
    past = [line for line in scene.playbook.journal_lines() if line.record.date <= scene.today]
    about = [line for line in past if entry.id in line.record.goals or named & set(line.record.criteria)]
    lines = [line for line in about if _stands_in_a_packet(line, named)]
    cases = tuple(_case(scene, entry, index, lines) for index in range(len(goal.criteria)))
    rest = [line for line in lines if not named & set(line.record.criteria)]
    return PacketView(
        id=entry.id,
        goal=scene.link("goals", entry.id),
        name=me.name,
        role=_role(scene),
        statement=goal.pitch or me.statement,
        why=goal.why,
        measure=goal.measure,
        due=scene.day(goal.due),
        missing=tuple(case for case in cases if case.is_empty),
        cases=tuple(case for case in cases if not case.is_empty),
        others=tuple(_proof(scene, line) for line in rest if not _is_praise(line)),
        quotes=tuple(_quote(scene, line) for line in rest if _is_praise(line)),
        vouchers=_vouchers(scene, lines),
        unquoted=tuple(_unquoted(scene, line) for line in about if _is_praise(line) and not line.record.may_quote)
        if scene.is_mine
        else (),
        printouts=packet_printouts(scene, entry),
        is_mine=scene.is_mine,
        source=scene.source(entry, ("criteria",)),
    )


def _role(scene: Scene) -> str:
    """What the author is today, and where."""
    for job in scene.playbook.me.record.positions:
        if (job.from_ is None or job.from_ <= scene.today) and (job.to is None or job.to >= scene.today):
            return ", ".join(part for part in (job.title, scene.organization(job.organization).text) if part)
    return ""


def _is_praise(line: JournalLine) -> bool:
    return line.record.kind is JournalKind.PRAISE


def _stands_in_a_packet(line: JournalLine, named: frozenset[str]) -> bool:
    """Work, words that may be quoted, and whatever the author says is evidence. Not what one read, nor a review."""
    record = line.record
    if _is_praise(line):
        return record.may_quote and bool(record.said)
    return record.kind in _WORK or bool(named & set(record.criteria))


def _case(scene: Scene, entry: Entry[Goal], index: int, lines: list[JournalLine]) -> CaseView:
    criterion = entry.record.criteria[index]
    name = f"{entry.id}/{criterion.id}" if criterion.id else ""
    own = [line for line in lines if name and name in line.record.criteria]
    serving = scene.serving.get(name, ()) if name else ()
    proofs = [_proof(scene, line) for line in own if not _is_praise(line)]
    seen = {text for line in own for text in (line.record.url, line.record.evidence) if text}
    # Where a journal entry shows the same, it says more than the item that led to it.
    items = [one for one in serving if _was_done(scene, one.item) and one.item.evidence not in seen]
    proofs += [_item_proof(scene, one) for one in items if one.item.evidence]
    return CaseView(
        anchor=f"case-{index + 1}",
        text=criterion.text,
        expected=criterion.expected,
        proofs=tuple(sorted(proofs, key=lambda proof: proof.day.days if proof.day else -(10**7), reverse=True)),
        quotes=tuple(_quote(scene, line) for line in own if _is_praise(line)),
        planned=tuple(_item_link(scene, one) for one in serving if one.item.is_open),
        unshown=tuple(_item_link(scene, one) for one in items if not one.item.evidence),
        vouch=tuple(
            scene.person_or_name(person) for person in dict.fromkeys(name for line in own for name in _witnesses(line))
        ),
        name=name,
    )


def _was_done(scene: Scene, item: Item) -> bool:
    return item.done is not None and (item.done.on is None or item.done.on <= scene.today)


def _item_link(scene: Scene, one: Serving) -> Linked:
    day = scene.day(due_of(one.entry, one.item)) if one.item.is_open else None
    return Linked(
        one.item.task,
        f"page:{uri_of(one.entry.kind, one.entry.id)}#{item_anchor(one.index, one.item)}",
        f"by {day.text}" if day else "",
    )


def _item_proof(scene: Scene, one: Serving) -> ProofView:
    return ProofView(
        link=_item_link(scene, one),
        day=scene.day(one.item.done.on) if one.item.done else None,
        text="",
        impact="",
        proof=evidence_link(one.item.evidence),
        people=(),
    )


def _proof(scene: Scene, line: JournalLine) -> ProofView:
    record = line.record
    title = record.title or record.text.split("\n", 1)[0] or sentence_case(record.kind)
    return ProofView(
        link=_journal_link(line, title),
        day=scene.day(record.date),
        text=record.text if record.title else "",
        impact=record.impact,
        proof=Linked(record.url, record.url) if record.url else evidence_link(record.evidence),
        people=scene.links("people", record.people),
    )


def _quote(scene: Scene, line: JournalLine) -> QuoteView:
    day = scene.day(line.record.date)
    assert day is not None  # noqa: S101  (a journal entry always has a date)
    return QuoteView(line.record.said, scene.person_or_name(line.record.from_ or "somebody"), day)


def _unquoted(scene: Scene, line: JournalLine) -> UnquotedView:
    day = scene.day(line.record.date)
    return UnquotedView(
        scene.person_or_name(line.record.from_ or "somebody"), _journal_link(line, day.text if day else "")
    )


def _journal_link(line: JournalLine, text: str) -> Linked:
    return Linked(text, f"page:{uri_of('journal', line.entry.id)}#{line.anchor}")


def _witnesses(line: JournalLine) -> tuple[str, ...]:
    """Who said it, or was there."""
    return tuple(name for name in (line.record.from_ or "", *line.record.people) if name)


def _vouchers(scene: Scene, lines: list[JournalLine]) -> tuple[VoucherView, ...]:
    """Everybody named in what the packet shows, those with most to say first."""
    found: dict[str, list[JournalLine]] = {}
    for line in lines:
        for name in dict.fromkeys(_witnesses(line)):
            found.setdefault(name, []).append(line)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), scene.person_or_name(pair[0]).text.casefold()))
    return tuple(
        VoucherView(
            scene.person_or_name(name),
            tuple(dict.fromkeys(filter(None, (_vouched(line, name) for line in own))))[:WHAT_FOR],
            any(_is_praise(line) and line.record.from_ == name for line in own),
        )
        for name, own in ordered
    )


def _vouched(line: JournalLine, name: str) -> str:
    """What somebody who is named in an entry can speak of."""
    return "their own words" if _is_praise(line) and line.record.from_ == name else line.record.title
