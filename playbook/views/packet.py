"""A promotion packet: for each criterion what shows it, with its effect; who can vouch; words that may be quoted.

What is still to be shown stands first: a packet is written to find the gaps before others do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from playbook.graph import Entry, JournalLine
from playbook.records import Goal
from playbook.records.choices import JournalKind
from playbook.views.checklists import evidence_link
from playbook.views.scene import Linked, Scene, Source, uri_of
from playbook.views.sheet import Bullets, Quote, Row, Rows, Section, Sheet, Shown, Text, as_said, row, section
from playbook.views.sheet import Evidence as EvidenceBlock
from playbook.views.words import DayView, count, listed, sentence_case

FOR_A_SPONSOR = 2
"""Pieces of evidence for each criterion that one page has room for: the latest that say what they changed."""
QUOTES_FOR_A_SPONSOR = 2


class Reader(StrEnum):
    """Whom a packet is printed for."""

    SPONSOR = "sponsor"
    """One page: the strongest for each criterion."""
    COMMITTEE = "committee"
    """All of it."""


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
    day: DayView
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
    """Newest first."""
    quotes: tuple[QuoteView, ...]
    planned: tuple[str, ...]
    """Open checklist items that will show it."""
    vouch: tuple[Linked, ...]
    """Who was there, or said so."""

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
    unquoted: int
    """How many words of praise may not be quoted; ask before you do."""
    source: Source | None

    @property
    def tally(self) -> str:
        """`4 of 5 criteria`."""
        return f"{len(self.cases)} of {len(self.cases) + len(self.missing)} criteria"


def packet_uri(goal: str) -> str:
    """The packet's page, as a path below the site."""
    return f"packets/{goal}.md"


def has_packet(entry: Entry[Goal]) -> bool:
    """Whether there is anything that a packet could be made of."""
    return bool(entry.record.criteria) and not entry.by_role


def packet_view(scene: Scene, entry: Entry[Goal]) -> PacketView:
    """The packet of one goal."""
    goal, me = entry.record, scene.playbook.me.record
    lines = [
        line for line in scene.playbook.journal_lines() if _counts(line, entry.id) and line.record.date <= scene.today
    ]
    cases = tuple(_case(scene, entry, index, lines) for index in range(len(goal.criteria)))
    named = {name for case in goal.criteria if case.id for name in (f"{entry.id}/{case.id}",)}
    rest = [line for line in lines if not named & set(line.record.criteria)]
    praise = [line for line in lines if line.record.kind is JournalKind.PRAISE]
    job = next((job for job in me.positions if job.to is None or job.to >= scene.today), None)
    return PacketView(
        id=entry.id,
        goal=scene.link("goals", entry.id),
        name=me.name,
        role=", ".join(part for part in (job.title, scene.organization(job.organization).text) if part) if job else "",
        statement=goal.pitch or me.statement,
        why=goal.why,
        measure=goal.measure,
        due=scene.day(goal.due),
        missing=tuple(case for case in cases if case.is_empty),
        cases=tuple(case for case in cases if not case.is_empty),
        others=tuple(_proof(scene, line) for line in rest if line.record.kind is not JournalKind.PRAISE),
        quotes=tuple(_quote(scene, line) for line in rest if _may_be_quoted(line)),
        vouchers=_vouchers(scene, lines),
        unquoted=sum(not line.record.may_quote for line in praise) if scene.is_mine else 0,
        source=scene.source(entry, ("criteria",)),
    )


def packet_sheet(scene: Scene, entry: Entry[Goal], reader: Reader) -> Sheet:
    """A packet on paper: one page for a sponsor, or all of it for a committee."""
    packet = packet_view(scene, entry)
    short = reader is Reader.SPONSOR
    cases = tuple(_block(case, short=short) for case in packet.cases)
    everything = (*packet.quotes, *(quote for case in packet.cases for quote in case.quotes))
    quotes = tuple(dict.fromkeys(everything))[:QUOTES_FOR_A_SPONSOR] if short else packet.quotes
    vouchers = tuple(
        found
        for one in packet.vouchers
        for found in row(
            one.person.text, as_said(listed(one.what)) + (" (said so, may be quoted)" if one.said_so else "")
        )
    )
    whole: tuple[Section, ...] = (
        *section("Also", Bullets(tuple(_words(proof) for proof in packet.others))),
        *section("Who can vouch", Rows(vouchers)),
    )
    short_rows = row("Can vouch", as_said(", ".join(one.person.text for one in packet.vouchers[:6])))
    return Sheet(
        title=packet.goal.text,
        what="Packet",
        subtitle=", ".join(part for part in (packet.name, packet.role) if part),
        sections=(
            *section("", Text(packet.statement, "lead"), Rows(_about(packet, short=short))),
            *section(
                "Nothing yet for",
                Bullets(tuple(as_said(case.text) + _planned(case) for case in packet.missing)),
                note=f"{packet.tally} shown",
            ),
            *section("What shows it", *cases),
            *section("In the words of others", *(Quote(one.said, _by(one)) for one in quotes)),
            *(section("", Rows(short_rows)) if short else whole),
        ),
        language=scene.playbook.me.record.language or "en",
        name=f"{entry.id}-packet" if not short else f"{entry.id}-packet-one-page",
        notes=(
            (f"{count(packet.unquoted, 'piece')} of praise left out: not said yet that it may be quoted (may_quote).",)
            if packet.unquoted
            else ()
        ),
    )


def _about(packet: PacketView, *, short: bool) -> tuple[Row, ...]:
    return (
        *(() if short else row("Why", packet.why)),
        *row("Measure", packet.measure),
        *row("By", packet.due.text if packet.due else ""),
    )


def _block(case: CaseView, *, short: bool) -> EvidenceBlock:
    proofs = case.proofs
    if short:
        # Those that say what they changed; among them, the latest.
        proofs = tuple(sorted(proofs, key=lambda proof: not proof.impact))[:FOR_A_SPONSOR]
    return EvidenceBlock(
        title=case.text,
        expected="" if short else case.expected,
        items=tuple(
            Shown(
                proof.link.text,
                proof.day.text,
                "" if short else proof.text,
                proof.impact,
                proof.proof.text if proof.proof and not short else "",
            )
            for proof in proofs
        ),
        quotes=() if short else tuple(Quote(one.said, _by(one)) for one in case.quotes),
        note="" if short else as_said(f"Can vouch: {', '.join(one.text for one in case.vouch)}") if case.vouch else "",
    )


def _words(proof: ProofView) -> str:
    impact = f": {proof.impact}" if proof.impact else ""
    return f"{as_said(proof.link.text)} ({proof.day.text}){impact}"


def _planned(case: CaseView) -> str:
    return f" (planned: {as_said('; '.join(case.planned))})" if case.planned else ""


def _by(quote: QuoteView) -> str:
    return f"{quote.by.text}, {quote.day.text}"


def _counts(line: JournalLine, goal: str) -> bool:
    return goal in line.record.goals or any(name.startswith(f"{goal}/") for name in line.record.criteria)


def _may_be_quoted(line: JournalLine) -> bool:
    return line.record.kind is JournalKind.PRAISE and line.record.may_quote and bool(line.record.said)


def _case(scene: Scene, entry: Entry[Goal], index: int, lines: list[JournalLine]) -> CaseView:
    criterion = entry.record.criteria[index]
    name = f"{entry.id}/{criterion.id}" if criterion.id else ""
    own = [line for line in lines if name and name in line.record.criteria]
    names = {name, criterion.id} if criterion.id else set()
    vouch = dict.fromkeys(person for line in own for person in _witnesses(line))
    return CaseView(
        anchor=f"case-{index + 1}",
        text=criterion.text,
        expected=criterion.expected,
        proofs=tuple(_proof(scene, line) for line in own if line.record.kind is not JournalKind.PRAISE),
        quotes=tuple(_quote(scene, line) for line in own if _may_be_quoted(line)),
        planned=tuple(item.task for item in entry.record.checklist if item.is_open and names & set(item.criteria)),
        vouch=tuple(scene.person_or_name(person) for person in vouch),
    )


def _witnesses(line: JournalLine) -> tuple[str, ...]:
    """Who was there, or said it."""
    return tuple(name for name in (line.record.from_ or "", *line.record.people) if name)


def _proof(scene: Scene, line: JournalLine) -> ProofView:
    record = line.record
    day = scene.day(record.date)
    assert day is not None  # noqa: S101  (a journal entry always has a date)
    title = record.title or record.text.split("\n", 1)[0] or sentence_case(record.kind)
    return ProofView(
        link=Linked(title, f"page:{uri_of('journal', line.entry.id)}#{line.anchor}"),
        day=day,
        text=record.text if record.title else "",
        impact=record.impact,
        proof=Linked(record.url, record.url) if record.url else evidence_link(record.evidence),
        people=scene.links("people", record.people),
    )


def _quote(scene: Scene, line: JournalLine) -> QuoteView:
    day = scene.day(line.record.date)
    assert day is not None  # noqa: S101  (a journal entry always has a date)
    return QuoteView(line.record.said, scene.person_or_name(line.record.from_ or "somebody"), day)


def _vouchers(scene: Scene, lines: list[JournalLine]) -> tuple[VoucherView, ...]:
    """Everybody named in the evidence, those with most to say first."""
    found: dict[str, list[JournalLine]] = {}
    for line in lines:
        for name in _witnesses(line):
            found.setdefault(name, []).append(line)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), scene.person_or_name(pair[0]).text))
    return tuple(
        VoucherView(
            scene.person_or_name(name),
            tuple(
                dict.fromkeys(
                    line.record.title or "their own words"
                    for line in own
                    if line.record.title or line.record.from_ == name
                )
            )[:3],
            any(_may_be_quoted(line) and line.record.from_ == name for line in own),
        )
        for name, own in ordered
    )
