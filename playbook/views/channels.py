"""How to reach somebody: the channel they like best first, and where they last answered.

An address becomes a link only where its form leaves no doubt; a handle that could mean anything stays text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from playbook.records import Person
from playbook.records.choices import Channel
from playbook.views.scene import Linked, Scene
from playbook.views.words import DayView

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,30}\Z")
_MASTODON = re.compile(r"@([A-Za-z0-9_]{1,64})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})\Z")
_LINKEDIN = re.compile(r"(?:www\.)?linkedin\.com/[A-Za-z0-9%_/.-]{1,120}\Z")


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One way to reach somebody."""

    name: str
    to: Linked | None
    """The address; None where only the way itself is known (`in-person`)."""
    is_preferred: bool
    answered: DayView | None
    """When they last answered here, where no later answer came another way; the author alone is told."""


def channels_view(scene: Scene, person: Person) -> tuple[ChannelView, ...]:
    """Every channel: the preferred one first, then the one they last answered on, then as they were written."""
    answered_on, day = _last_answer(person, scene.today) if scene.is_mine else ("", None)
    names = dict.fromkeys((person.prefers, answered_on, *person.channels))
    return tuple(
        ChannelView(
            name,
            _address(name, person.channels[name]) if name in person.channels else None,
            name == person.prefers,
            scene.day(day) if name == answered_on else None,
        )
        for name in names
        if name
    )


def _last_answer(person: Person, today: dt.date) -> tuple[str, dt.date | None]:
    answers = [
        (line.date, line.channel)
        for line in person.log
        if line.kind.is_reply and line.channel and line.date is not None and line.date <= today
    ]
    if not answers:
        return ("", None)
    day, channel = max(answers, key=lambda answer: answer[0])
    return (channel, day)


def _address(channel: str, text: str) -> Linked:
    return Linked(text, _href(channel, text))


def _href(channel: str, text: str) -> str:
    if channel == Channel.EMAIL:
        # Percent-encoded, so that no '?subject=' can hide in an address.
        return f"mailto:{quote(text, safe='@')}"
    if text.startswith("https://"):
        return text if _is_link(text) else ""
    if channel in (Channel.PHONE, Channel.TEXT) and _PHONE.match(text):
        return f"{'tel' if channel == Channel.PHONE else 'sms'}:{re.sub(r'[^0-9+]', '', text)}"
    if channel == Channel.LINKEDIN and _LINKEDIN.match(text):
        return f"https://{text}"
    handle = _MASTODON.match(text) if channel == Channel.MASTODON else None
    return f"https://{handle[2]}/@{handle[1]}" if handle else ""


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.username is None and not re.search(r"[\s\"<>\\]", text)
