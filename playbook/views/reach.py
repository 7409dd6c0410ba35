"""Whether somebody can be reached where a script is meant to be sent, and where else."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.records import Person
from playbook.records.choices import Channel
from playbook.views.words import listed

_BY: dict[str, tuple[str, ...]] = {
    Channel.LINKEDIN_NOTE: (Channel.LINKEDIN,),
    Channel.LINKEDIN_MESSAGE: (Channel.LINKEDIN,),
    Channel.TEXT: (Channel.PHONE,),
}
"""A script's channel → what else of a person's channels will do for it."""
_WORDS: dict[str, str] = {
    Channel.EMAIL: "e-mail address",
    Channel.LINKEDIN_NOTE: "LinkedIn profile",
    Channel.LINKEDIN_MESSAGE: "LinkedIn profile",
    Channel.TEXT: "phone number",
    Channel.PHONE: "phone number",
    Channel.MASTODON: "Mastodon handle",
    Channel.LETTER: "postal address",
    Channel.VIDEO: "address for video calls",
    Channel.CHAT: "handle for chats",
}
_MEETING = "to meet in person"


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody can be reached, seen from one script."""

    name: str
    wanted: tuple[str, ...]
    """The script's channels."""
    usable: tuple[str, ...]
    """Those of them that the person has."""
    prefers: str
    channels: tuple[str, ...]
    """All that the person has."""

    @property
    def gap(self) -> str:
        """What is lacking, in a sentence, and what they prefer; empty where one of the channels will do."""
        if not self.wanted or self.usable:
            return ""
        *most, last = dict.fromkeys(_WORDS.get(channel, channel) for channel in self.wanted)
        lacking = f"{', '.join(most)} or {last}" if most else last
        return f"{self.name} has no {lacking}; {self.instead}"

    @property
    def instead(self) -> str:
        """What they do prefer and have: `they prefer video, and can be reached by phone`."""
        others = tuple(one for one in self.channels if one not in (self.prefers, Channel.IN_PERSON))
        words = (
            [f"they prefer {_MEETING if self.prefers == Channel.IN_PERSON else self.prefers}"] if self.prefers else []
        )
        if others:
            words.append(f"{'and ' if words else 'they '}can be reached by {listed(others)}")
        elif not words and Channel.IN_PERSON in self.channels:
            words.append("they can be met in person")
        return ", ".join(words) or "no way to reach them is written down"


def reach_of(person: Person, wanted: tuple[str, ...]) -> Reach:
    """How a person can be reached for a script that is meant for these channels.

    To meet needs no address; a channel that they prefer, or once used, will do without one, but for e-mail.
    """
    used = {line.channel for line in person.log if line.channel and line.kind.is_touch} | {person.prefers}
    known = (*person.channels, *sorted(used - set(person.channels) - {Channel.EMAIL, ""}))
    usable = tuple(
        channel
        for channel in wanted
        if channel == Channel.IN_PERSON or any(way in known for way in (channel, *_BY.get(channel, ())))
    )
    return Reach(person.name, wanted, usable, person.prefers, known)
