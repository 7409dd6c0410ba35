"""How long a message may be where it is sent or said, and how long it is.

Sources: LinkedIn's help ("Personalize invitations to connect": 200 characters, 300 with Premium); 130 words a minute is
slow, clear speech.
"""

from __future__ import annotations

from dataclasses import dataclass

WORDS_PER_MINUTE = 130
SUBJECT_CHARACTERS = 78
"""RFC 5322, 2.1.1: what every mail program shows on one line."""
EMAIL_WORDS = 200
TEXT_CHARACTERS = 320
MASTODON_CHARACTERS = 500
LINKEDIN_NOTE_CHARACTERS = {"free": 200, "premium": 300}
LINKEDIN_MESSAGE_CHARACTERS = 1900
SPOKEN_SECONDS = 60

Own = tuple[int | None, int | None, int | None]
"""A template's own limits: at most so many words, characters, seconds."""

_WORDS, _CHARACTERS, _SECONDS = "words", "characters", "seconds aloud"
_UNITS = (_WORDS, _CHARACTERS, _SECONDS)
_COUNTED = {
    "linkedin-note": _CHARACTERS,
    "linkedin-message": _CHARACTERS,
    "mastodon": _CHARACTERS,
    "text": _CHARACTERS,
    "in-person": _SECONDS,
    "phone": _SECONDS,
    "video": _SECONDS,
}
"""What counts on a channel; words on all others."""
_MOST = {
    "linkedin-message": (LINKEDIN_MESSAGE_CHARACTERS, "for a LinkedIn message"),
    "mastodon": (MASTODON_CHARACTERS, "for Mastodon"),
    "text": (TEXT_CHARACTERS, "for a text message"),
    "email": (EMAIL_WORDS, "for an e-mail"),
    "in-person": (SPOKEN_SECONDS, ""),
    "phone": (SPOKEN_SECONDS, ""),
}
SPOKEN = frozenset(channel for channel, unit in _COUNTED.items() if unit == _SECONDS)
"""Channels on which a message is said, not read."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How long a text is."""

    words: int
    characters: int
    seconds: int
    """Said aloud, rounded up."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted on one channel, and how much of it there may be."""

    channel: str
    """`email`; empty for a template that names none."""
    part: str
    """`subject` or `body`."""
    unit: str
    """`words`, `characters`, `seconds aloud`."""
    number: int
    most: int | None = None
    """None where nothing limits it."""
    reason: str = ""
    """`for a LinkedIn note`; empty where the limit is the template's own, or needs no name."""

    @property
    def is_over(self) -> bool:
        """Whether it is too long."""
        return self.most is not None and self.number > self.most

    @property
    def text(self) -> str:
        """`86 of 200 words`, `subject 24 of 78 characters`, `1 word`."""
        words = self.unit.split()
        if self.most is None and self.number == 1:
            words[0] = words[0].removesuffix("s")
        numbers = f"{self.number:,}" if self.most is None else f"{self.number:,} of {self.most:,}"
        return " ".join((*(["subject"] if self.part == "subject" else []), numbers, *words))


def count_text(text: str) -> Counts:
    """The length of a text in words, characters and seconds aloud."""
    words = len(text.split())
    return Counts(words, len(text), -(-words * 60 // WORDS_PER_MINUTE))


def measure(channels: tuple[str, ...], subject: str, body: str, account: str, own: Own) -> tuple[Measure, ...]:
    """What counts on each channel, how much there is of it and may be: the channel's own unit first.

    Args:
        channels: where it is sent or said; none is a channel without limits.
        subject: its subject line.
        body: its text.
        account: the LinkedIn account, `free` or `premium`.
        own: the template's own limits; the lower of the two holds.
    """
    found: list[Measure] = []
    counts = count_text(body)
    numbers = dict(zip(_UNITS, (counts.words, counts.characters, counts.seconds), strict=True))
    own_most = {unit: most for unit, most in zip(_UNITS, own, strict=True) if most is not None}
    for channel in channels or ("",):
        counted = _COUNTED.get(channel, _WORDS)
        most, reason = _most(channel, account)
        limits = {counted: (most, reason)}
        for unit, own_limit in own_most.items():
            if unit != counted or most is None or own_limit < most:
                limits[unit] = (own_limit, "")
        found += [Measure(channel, "body", unit, numbers[unit], *limit) for unit, limit in limits.items()]
        if channel == "email" and subject:
            found.append(
                Measure(channel, "subject", _CHARACTERS, len(subject), SUBJECT_CHARACTERS, "for a subject"),
            )
    return tuple(found)


def find_excess(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """Every limit that is passed, in words and once: `214 of 200 characters for a LinkedIn note`."""
    return tuple(
        dict.fromkeys(f"{one.number} of {one.most} {one.unit} {one.reason}".rstrip() for one in measures if one.is_over)
    )


def _most(channel: str, account: str) -> tuple[int | None, str]:
    if channel == "linkedin-note":
        return LINKEDIN_NOTE_CHARACTERS.get(account, LINKEDIN_NOTE_CHARACTERS["free"]), "for a LinkedIn note"
    return _MOST.get(channel, (None, ""))
