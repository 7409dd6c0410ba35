"""How long a message may be where it is sent, and how long it is.

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
LINKEDIN_MESSAGE_CHARACTERS = 1900
SPOKEN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Counts:
    """How long a text is."""

    words: int
    characters: int
    seconds: int
    """Said aloud, rounded up."""


def count_text(text: str) -> Counts:
    """The length of a text in words, characters and seconds aloud."""
    words = len(text.split())
    return Counts(words, len(text), -(-words * 60 // WORDS_PER_MINUTE))


def find_excess(
    channels: tuple[str, ...], subject: str, body: str, account: str, own: tuple[int | None, int | None, int | None]
) -> tuple[str, ...]:
    """Every limit that a filled script passes, in words: `214 of 200 characters for a LinkedIn note`.

    Args:
        channels: where it is sent or said.
        subject: its subject line.
        body: its text.
        account: the LinkedIn account, `free` or `premium`.
        own: the template's own limits: words, characters, seconds.
    """
    counts = count_text(body)
    note = 300 if account == "premium" else 200
    rules: list[tuple[bool, int, int, str]] = [
        ("linkedin-note" in channels, counts.characters, note, "characters for a LinkedIn note"),
        (
            "linkedin-message" in channels,
            counts.characters,
            LINKEDIN_MESSAGE_CHARACTERS,
            "characters for a LinkedIn message",
        ),
        ("mastodon" in channels, counts.characters, MASTODON_CHARACTERS, "characters for Mastodon"),
        ("text" in channels, counts.characters, TEXT_CHARACTERS, "characters for a text message"),
        ("email" in channels, counts.words, EMAIL_WORDS, "words for an e-mail"),
        ("email" in channels, len(subject), SUBJECT_CHARACTERS, "characters for a subject"),
        ("in-person" in channels or "phone" in channels, counts.seconds, SPOKEN_SECONDS, "seconds aloud"),
    ]
    measured = (counts.words, counts.characters, counts.seconds)
    for most, found, what in zip(own, measured, ("words", "characters", "seconds aloud"), strict=True):
        rules.append((most is not None, found, most or 0, what))
    return tuple(f"{found} of {most} {what}" for applies, found, most, what in rules if applies and found > most)
