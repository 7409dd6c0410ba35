"""First words for each purpose of an outreach template: fit to be sent as they are, better in one's own.

Whatever a playbook may lack stands behind an `if`; a template whose words would be empty without it waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.records.choices import Purpose
from playbook.source.files import slug


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What a new template says."""

    subject: str
    body: str
    channel: str = "email"
    """The channel it is for; without a subject where nothing is sent."""


_ASKS_TO_TALK = "Would twenty minutes in the week of {{ today | next_week }} suit you?"
_WHY = "{% if person.why %}\n{{ person.why }}\n\n{% endif %}\n"
_SHOWN = "{% for achievement in achievements %}\n- {{ achievement.title }}.\n{% endfor %}\n"
_CAUSE = (
    "{% if goal.pitch %}\n{{ goal.pitch }}\n\n{% else %}\nThis is what I am working toward: {{ goal.title }}.\n\n"
    "{% endif %}\n"
)
_SIGNED = "{% if me.name %}\n{{ me.name }}\n{% endif %}"
_PITCH = "{% if goal.pitch %}\n{{ goal.pitch }}\n\n{% endif %}\n"


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(("Hello {{ person.calls }},", *paragraphs, _SIGNED)) + "\n"


FIRST_WORDS: dict[Purpose, FirstWords] = {
    Purpose.MENTOR_REQUEST: FirstWords(
        "A question",
        _letter(
            _WHY
            + "{% if person.expertise %}I want to get better at {{ person.expertise | first }}, and there is nobody "
            "I'd rather learn it from. {% endif %}" + _ASKS_TO_TALK + " I'll send two questions ahead.",
            "No is a fine answer, and I won't ask twice.",
        ),
    ),
    Purpose.SPONSOR_ASK: FirstWords(
        "",
        "{{ person.calls }}, I'd like to ask you for something, and not yet is a fine answer.\n\n"
        + _WHY
        + _CAUSE
        + "There is a room where this is decided, and I won't be in it. Would you say there what you have seen of my "
        "work?\n",
        "in-person",
    ),
    Purpose.INFORMATIONAL_INTERVIEW: FirstWords(
        "A question", _letter(_WHY + "I'd like to hear how you got where you are. " + _ASKS_TO_TALK)
    ),
    Purpose.EVENT_OPENER: FirstWords(
        "",
        "{{ person.calls }}, good to see you.\n\n{% if meet.opener %}\n{{ meet.opener }}\n\n{% endif %}\n"
        "{% if meet.ask %}\nThere is one thing I'd like to ask: {{ meet.ask }}.\n{% else %}\n"
        "What are you in the middle of?\n{% endif %}\n",
        "in-person",
    ),
    Purpose.FOLLOW_UP: FirstWords(
        "{% if event.title %}After {{ event.title }}{% else %}Where we stopped{% endif %}",
        _letter(
            "It was good to talk with you{% if event.title %} at {{ event.title }}{% endif %}.",
            # What was logged of the talk is a note for oneself: it goes into no letter.
            "{% if person.promises %}\nWhat I promised is not forgotten: {{ person.promises }}.\n\n"
            "{% elif meet.offer %}\nSomething that may be useful to you: {{ meet.offer }}.\n\n"
            "{% else %}\n{{ person.why }}\n\n{% endif %}\n"
            "Would ten minutes in the week of {{ today | next_week }} suit you to go on where we stopped?",
        ),
    ),
    Purpose.NUDGE: FirstWords(
        "One more line",
        _letter(
            "My last message may have come at a bad moment.",
            _WHY + "Is there a better time? If not, no answer is an answer as well, and I'll leave it there.",
        ),
    ),
    Purpose.THANK_YOU: FirstWords(
        "Thank you",
        _letter(
            "{% if achievements %}\nThank you. You helped me, and I'd like you to know what came of it.\n\n"
            "{% for achievement in achievements %}\n{% if loop.first %}\n"
            "{{ achievement.title }}{% if achievement.impact %}: {{ achievement.impact }}{% endif %}.\n\n{% endif %}\n"
            "{% endfor %}\n{% else %}\n"
            "Thank you. What you gave me I have used more than once since, and I wanted you to know.\n\n{% endif %}\n"
            "No answer needed."
        ),
    ),
    Purpose.RECONNECT: FirstWords(
        "Thought of you",
        _letter(
            _WHY + "You came to my mind today.",
            "How are you? There is nothing I need, and an answer in three weeks is as good as one today.",
        ),
    ),
    Purpose.INTRODUCTION_REQUEST: FirstWords(
        "Would you put in a word?",
        _letter(
            _WHY
            + _PITCH
            + "Does somebody come to mind whom you would feel at ease introducing me to? I'll send three lines "
            "that you can forward, and if it doesn't feel right, I'd rather you said so.",
        ),
    ),
    Purpose.INTRODUCTION_OFFER: FirstWords(
        "Somebody you might enjoy",
        _letter(
            "I know somebody who is in the middle of something you know well. I think that the two of you would enjoy "
            "twenty minutes.",
            "May I tell you who it is? I'll ask them as well, and only write to you both if each of you says yes.",
        ),
    ),
    Purpose.OFFER: FirstWords(
        "Something that may be useful to you",
        _letter(
            "{% if meet.offer %}\nI have something that may be useful to you: {{ meet.offer }}.\n{% else %}\n"
            "I came across something and thought of you.\n{% endif %}",
            "It costs me nothing to send, so it costs you nothing to say no.",
        ),
    ),
    Purpose.CONGRATULATION: FirstWords(
        "I have just heard",
        _letter("I have just heard, and I am glad. What does it feel like, now that it is there?"),
    ),
    Purpose.PROGRESS_UPDATE: FirstWords(
        "What came of it",
        _letter(
            "{% if achievements %}\nSince we last spoke:\n\n" + _SHOWN + "{% else %}\n"
            "I am still at what we spoke of, and further than I was.\n{% endif %}",
            "I don't need anything; I wanted you to know, because part of it is yours.",
        ),
    ),
    Purpose.PROGRAM_APPLICATION: FirstWords(
        "{% if organization.name %}Application for {{ organization.name }}{% else %}An application{% endif %}",
        _letter(
            "{% if me.statement %}\n{{ me.statement }}\n\n{% endif %}\n{% if achievements %}\nWhat I would bring:\n"
            + _SHOWN
            + "\n{% endif %}\nI would be glad to answer questions.",
        ),
    ),
    Purpose.MEETING_AGENDA: FirstWords(
        "For our next hour",
        _letter(
            "For our next hour, in this order:",
            "1. What I did with what you told me last time.\n2. What comes next, and where I hesitate.\n"
            "3. One question, the real one.",
        ),
    ),
}
OF_NO_PURPOSE = FirstWords("A question", _letter("{% if person.why %}{{ person.why }}{% endif %}", _ASKS_TO_TALK))


def purpose_of(title: str) -> Purpose | None:
    """The purpose that a template's title names: `Follow up`, `Thank you`."""
    return next((purpose for purpose in Purpose if purpose.value == slug(title)), None)
