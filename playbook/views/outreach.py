"""Outreach templates: what each is for, a worked example, everyone it fits, and who lacks what."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.records import Outreach
from playbook.records.choices import Purpose
from playbook.views.letters import LettersView, letters_view
from playbook.views.scene import Linked, Scene, Source
from playbook.views.scripts import FitView, ScriptView, channel_words, needed_words
from playbook.views.tongues import language_words
from playbook.views.words import count, sentence_case


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A template among others."""

    link: Linked
    channels: tuple[str, ...]
    fits: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PurposeGroup:
    """Templates of one purpose."""

    purpose: str
    cards: tuple[TemplateCard, ...]


@dataclass(frozen=True, slots=True)
class OutreachView:
    """All templates, by purpose in the order of a relationship's life, and the letters to write."""

    groups: tuple[PurposeGroup, ...]
    letters: LettersView


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template's page."""

    title: str
    purpose: str
    channels: tuple[str, ...]
    unlocks_at: str
    limits: tuple[str, ...]
    avoid: tuple[str, ...]
    needs: tuple[str, ...]
    fallbacks: tuple[tuple[str, str], ...]
    subject: str
    body: str
    variants: tuple[tuple[str, str, str], ...]
    """(language, subject, body)."""
    example: ScriptView | None
    fits: tuple[FitView, ...]
    lacks: tuple[FitView, ...]
    used_by: tuple[Linked, ...]
    tags: tuple[str, ...]
    source: Source | None


def outreach_view(scene: Scene) -> OutreachView:
    """The outreach page."""
    entries = scene.playbook.outreach.values()
    groups = []
    for purpose in (*Purpose, None):
        own = [entry for entry in entries if entry.record.purpose is purpose]
        if own:
            title = sentence_case(purpose) if purpose else "Other"
            groups.append(PurposeGroup(title, tuple(_card(scene, entry) for entry in own)))
    return OutreachView(tuple(groups), letters_view(scene))


def template_view(scene: Scene, entry: Entry[Outreach]) -> TemplateView:
    """One template's page."""
    template = entry.record
    limits = template.limits
    fits = scene.scripts.fits(entry.id) if scene.scripts is not None else ()
    return TemplateView(
        title=template.title,
        purpose=sentence_case(template.purpose) if template.purpose else "",
        channels=tuple(map(channel_words, template.channel)),
        unlocks_at=str(template.unlocks_at or ""),
        limits=tuple(
            count(number, noun)
            for number, noun in (
                (limits.words, "word"),
                (limits.characters, "character"),
                (limits.seconds, "second"),
            )
            if number
        )
        if limits
        else (),
        avoid=template.avoid,
        needs=tuple(map(needed_words, template.needs)),
        fallbacks=tuple((name, ", ".join(texts)) for name, texts in template.fallbacks.items()),
        subject=template.subject,
        body=template.body,
        variants=tuple(
            (language_words(language), variant.subject, variant.body) for language, variant in template.variants.items()
        ),
        example=scene.scripts.example(entry.id) if scene.scripts is not None else None,
        fits=tuple(fit for fit in fits if not fit.missing),
        lacks=tuple(fit for fit in fits if fit.missing),
        used_by=_used_by(scene, entry),
        tags=template.tags,
        source=scene.source(entry),
    )


def _card(scene: Scene, entry: Entry[Outreach]) -> TemplateCard:
    fits = scene.scripts.fits(entry.id) if scene.scripts is not None else ()
    return TemplateCard(
        link=scene.link_to(entry),
        channels=tuple(map(channel_words, entry.record.channel)),
        fits=sum(not fit.missing for fit in fits),
        languages=tuple(map(language_words, entry.record.variants)),
    )


def _used_by(scene: Scene, entry: Entry[Outreach]) -> tuple[Linked, ...]:
    # me.yml may speak of it too, and has no page.
    keys = sorted({link.source for link in scene.playbook.links_to(entry.key)} - {scene.playbook.me.key})
    return tuple(scene.link(*key) for key in keys)
