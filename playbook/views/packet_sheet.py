"""A packet on paper: one page for a sponsor, or all of it for a committee."""

from __future__ import annotations

from enum import StrEnum

from playbook.graph import Entry
from playbook.records import Goal
from playbook.views.packet import CaseView, PacketView, ProofView, QuoteView, packet_view
from playbook.views.scene import Scene
from playbook.views.sheet import Bullets, Evidence, Quote, Row, Rows, Section, Sheet, Shown, Text, as_said, row, section
from playbook.views.words import count, listed

FOR_A_SPONSOR = 2
"""Pieces of evidence for each criterion that one page has room for: the latest that say what they changed."""
QUOTES_FOR_A_SPONSOR = 2
VOUCHERS_FOR_A_SPONSOR = 6


class Reader(StrEnum):
    """Whom a packet is printed for."""

    SPONSOR = "sponsor"
    """One page: the strongest for each criterion."""
    COMMITTEE = "committee"
    """All of it."""


def packet_sheet(scene: Scene, entry: Entry[Goal], reader: Reader) -> Sheet:
    """A packet on paper: one page for a sponsor, or all of it for a committee."""
    packet = packet_view(scene, entry)
    short = reader is Reader.SPONSOR
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
            *section("What shows it", *(_block(case, short=short) for case in packet.cases)),
            *(_short_end(packet) if short else _whole_end(packet)),
        ),
        language=scene.playbook.me.record.language or "en",
        name=f"{entry.id}-packet-one-page" if short else f"{entry.id}-packet",
        notes=_notes(packet),
    )


def _about(packet: PacketView, *, short: bool) -> tuple[Row, ...]:
    return (
        *(() if short else row("Why", packet.why)),
        *row("Measure", packet.measure),
        *row("By", packet.due.text if packet.due else ""),
    )


def _short_end(packet: PacketView) -> tuple[Section, ...]:
    quotes = dict.fromkeys((*packet.quotes, *(quote for case in packet.cases if case.proofs for quote in case.quotes)))
    names = ", ".join(one.person.text for one in packet.vouchers[:VOUCHERS_FOR_A_SPONSOR])
    return (
        *section("In the words of others", *map(_quoted, tuple(quotes)[:QUOTES_FOR_A_SPONSOR])),
        *section("", Rows(row("Can vouch", as_said(names)))),
    )


def _whole_end(packet: PacketView) -> tuple[Section, ...]:
    vouchers = tuple(
        Row(
            one.person.text,
            (f"{as_said(listed(one.what) or 'was there')}{' (said so, may be quoted)' if one.said_so else ''}",),
        )
        for one in packet.vouchers
    )
    return (
        *section("In the words of others", *map(_quoted, packet.quotes)),
        *section("Also", Bullets(tuple(_in_a_line(proof) for proof in packet.others))),
        *section("Who can vouch", Rows(vouchers)),
    )


def _block(case: CaseView, *, short: bool) -> Evidence:
    proofs = case.proofs
    if short:
        # Those that say what they changed; among them, the latest.
        proofs = tuple(sorted(proofs, key=lambda proof: not proof.impact))[:FOR_A_SPONSOR]
    return Evidence(
        title=case.text,
        expected="" if short else case.expected,
        items=tuple(_shown(proof, short=short) for proof in proofs),
        # On one page they stand together at its end, but for a case that has nothing else.
        quotes=() if short and proofs else tuple(map(_quoted, case.quotes)),
        note="" if short or not case.vouch else as_said(f"Can vouch: {', '.join(one.text for one in case.vouch)}"),
    )


def _shown(proof: ProofView, *, short: bool) -> Shown:
    return Shown(
        proof.link.text,
        proof.day.text if proof.day else "",
        "" if short else proof.text,
        proof.impact,
        proof.proof.text if proof.proof and not short else "",
    )


def _quoted(quote: QuoteView) -> Quote:
    return Quote(quote.said, f"{quote.by.text}, {quote.day.text}")


def _in_a_line(proof: ProofView) -> str:
    day = f" ({proof.day.text})" if proof.day else ""
    return f"{as_said(proof.link.text)}{day}{f': {proof.impact}' if proof.impact else ''}"


def _planned(case: CaseView) -> str:
    items = "; ".join(f"{item.text}, {item.note}" if item.note else item.text for item in case.planned)
    return f" (planned: {as_said(items)})" if items else ""


def _notes(packet: PacketView) -> tuple[str, ...]:
    """What whoever prints it should know is not on it."""
    praise, items = len(packet.unquoted), len(packet.unshown)
    return (
        *(
            (f"{count(praise, 'piece')} of praise left out: not said yet that it may be quoted (may_quote).",)
            if praise
            else ()
        ),
        *((f"{count(items, 'done item')} left out: no evidence written yet.",) if items else ()),
    )
