"""Puts the whole site together: views of a restricted playbook, rendered into pages, with their order and assets.

Knows no generator: a `Site` is values that MkDocs, an export or a test can take.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

from playbook.audience import restrict, restrict_timeline
from playbook.exchange.calendar import calendar_bytes
from playbook.exchange.mail import BadAddress, Letter, Mailbox, mailto_link
from playbook.graph import Entry, Playbook
from playbook.history.repository import NoHistory
from playbook.history.timeline import Timeline
from playbook.problems import Problem
from playbook.records import Goal
from playbook.render.pages import Pages
from playbook.render.scripts import Scripts
from playbook.render.scripts.showing import ShownScripts
from playbook.shipped import templates_folder
from playbook.views import (
    events,
    feeds,
    goals,
    home,
    journal,
    organizations,
    outreach,
    packet,
    people,
    plays,
    progress,
    review,
    tags,
)
from playbook.views.scene import Scene, Source, uri_of

_HEADING = re.compile(r'<h([1-3]) id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ASIDE = re.compile(r'<span class="pb-(?:quiet|chip)\b[^"]*">.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents. The text is plain."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: HTML whose inner links are written `page:goals/x.md`."""

    uri: str
    title: str
    """Plain text; whoever puts it into HTML escapes it."""
    html: str
    section: str
    """The title of the navigation's section it belongs to; empty for Home."""
    is_leaf: bool
    """Whether it is left out of the navigation and reached through its section's first page."""
    source: Source | None = None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings down to level 3, in order."""
        return tuple(
            Heading(int(level), unescape(anchor), " ".join(unescape(_TAG.sub("", _ASIDE.sub("", inner))).split()))
            for level, anchor, inner in _HEADING.findall(self.html)
        )


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages need."""

    uri: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """Everything to publish, in the order of the navigation."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]


def build_site(
    playbook: Playbook,
    today: dt.date,
    *,
    audience: str = "me",
    templates: Path | None = None,
    problems: tuple[Problem, ...] = (),
    history: Timeline | NoHistory | None = None,
    commit_url: str = "",
) -> Site:
    """The site of a playbook on a day, for an audience.

    Args:
        playbook: everything that was read; what the audience may not know is pruned before any view is made.
        today: the day that "this week" and "in 3 days" are seen from.
        audience: `me`, `public`, or a name from `me.yml`.
        templates: the playbook's own templates, which win over ours.
        problems: shown on Home, to the author alone.
        history: what happened to the checklists, from the same files; or why that is not known. None leaves it out.
        commit_url: what a commit's id is put behind to look at it on the web, for the author alone.

    Raises:
        UnknownAudience: where nobody is called so.
    """
    restricted = restrict(playbook, audience)
    timeline = restrict_timeline(history, playbook, audience) if isinstance(history, Timeline) else None
    scene = Scene(restricted, today, is_mine=audience == "me", timeline=timeline)
    if scene.is_mine:
        scene = replace(
            scene,
            scripts=ShownScripts(scene, Scripts(restricted, today), _mailto),
            no_history=history if isinstance(history, NoHistory) else None,
            commit_url=commit_url,
        )
    pages = Pages(templates_folder(), templates, scene.find_link)
    return Site(tuple(_pages(scene, pages, problems)), (*_assets(templates), *_feeds(scene)))


def _mailto(boxes: Sequence[tuple[str, str]], subject: str, body: str) -> str:
    """Opens a message in a mail program; empty for what is no address."""
    try:
        return mailto_link(Letter(tuple(Mailbox(name, address) for name, address in boxes), subject, body))
    except BadAddress:
        return ""


def page_uris(playbook: Playbook) -> tuple[str, ...]:
    """The path of every page that a playbook's site would have, before any is rendered."""
    leaves = [uri_of(entry.kind, entry.id) for entry in playbook.entries() if not entry.by_role]
    packets = [packet.packet_uri(entry.id) for entry in playbook.goals.values() if packet.has_packet(entry)]
    return ("index.md", *(section.uri for section in SECTIONS), progress.REVIEW, *leaves, *packets)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation: its first page, and a page for each record of its kind."""

    name: str
    """The records' kind, the first page's template and the name of the view in it."""
    title: str
    uri: str
    view: Callable[[Scene], Any]
    leaf: str = ""
    """The template of a record's page, and the name of the view in it; empty where records have no pages."""
    leaf_view: Callable[[Scene, Any], Any] | None = None
    is_shown: Callable[[Scene], bool] = lambda scene: True  # noqa: ARG005
    """Whether there is anything in it for this reader."""


SECTIONS = (
    Section("goals", "Goals", "goals/index.md", goals.goals_view, "goal", goals.goal_view),
    Section("progress", "Progress", "progress/index.md", progress.progress_view, is_shown=progress.has_progress),
    Section("people", "People", "people/index.md", people.people_view, "person", people.person_view),
    Section("events", "Events", "events/index.md", events.events_view, "event", events.event_view),
    Section(
        "organizations",
        "Organizations",
        "organizations/index.md",
        organizations.organizations_view,
        "organization",
        organizations.organization_view,
    ),
    Section("outreach", "Outreach", "outreach/index.md", outreach.outreach_view, "script", outreach.template_view),
    Section("journal", "Journal", "journal/index.md", journal.journal_view, "year", journal.year_view),
    Section("plays", "Plays", "plays/index.md", plays.plays_view, "play", plays.play_view),
    Section("tags", "Tags", "tags.md", tags.tags_view, is_shown=tags.has_tags),
)
"""In the order of the navigation."""


def _pages(scene: Scene, pages: Pages, problems: tuple[Problem, ...]) -> Iterator[Page]:
    shown = problems if scene.is_mine else ()
    yield Page("index.md", "Home", pages.render("home", home=home.home_view(scene, shown)), "", is_leaf=False)
    for section in SECTIONS:
        records = scene.playbook.of_kind(section.name).values() if section.leaf else ()
        with_pages = [entry for entry in records if not entry.by_role]
        if not scene.is_mine and not (with_pages if section.leaf else section.is_shown(scene)):
            # An empty room would only tell another reader what is being kept from them.
            continue
        html = pages.render(section.name, **{section.name: section.view(scene)})
        yield Page(section.uri, section.title, html, section.title, is_leaf=False)
        for entry in with_pages:
            assert section.leaf_view is not None  # noqa: S101  (a leaf template comes with its view)
            html = pages.render(section.leaf, **{section.leaf: section.leaf_view(scene, entry)})
            uri = uri_of(section.name, entry.id)
            yield Page(uri, entry.title, html, section.title, is_leaf=True, source=scene.source(entry))
        if section.name == "progress" and scene.is_mine:
            html = pages.render("review", review=review.review_view(scene))
            yield Page(progress.REVIEW, "Review", html, section.title, is_leaf=True)
        if section.name == "goals":
            # Behind all goals: the neighbours of a goal are goals.
            packets = [goal for goal in scene.playbook.goals.values() if packet.has_packet(goal)]
            yield from (_packet(scene, pages, goal, section) for goal in packets)


def _packet(scene: Scene, pages: Pages, entry: Entry[Goal], section: Section) -> Page:
    """The page of a goal's packet."""
    view = packet.packet_view(scene, entry)
    html = pages.render("packet", packet=view)
    uri = packet.packet_uri(entry.id)
    return Page(uri, f"Packet: {entry.title}", html, section.title, is_leaf=True, source=view.source)


def _feeds(scene: Scene) -> Iterator[Asset]:
    """Calendars to follow, of what this reader may know; none where nothing would stand in one."""
    for uri, name, feed in (
        (feeds.DUE, "Playbook: due", feeds.due_feed(scene)),
        (feeds.EVENTS, "Playbook: events", feeds.events_feed(scene)),
    ):
        if feed or scene.is_mine:
            yield Asset(uri, calendar_bytes(name, feed, scene.today))


def _assets(templates: Path | None) -> tuple[Asset, ...]:
    """The style sheets and scripts; one of the user's own of the same name wins."""
    found: dict[str, Asset] = {}
    for folder in (templates_folder(), templates):
        if folder is not None and (folder / "assets").is_dir():
            for file in sorted((folder / "assets").iterdir()):
                if file.suffix in {".css", ".js", ".svg"} and file.is_file() and not file.is_symlink():
                    found[file.name] = Asset(f"assets/playbook/{file.name}", file.read_bytes())
    return tuple(found[name] for name in sorted(found))
