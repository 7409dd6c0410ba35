"""Reads a script before it is sent: what is too long, left over, worn out, asked twice or not at all, or not personal.

Findings are values, each with its place and what to do. What holds of a template for anybody is told apart from what
one person's file, or the day, brings about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from playbook.problems import Place, shorten
from playbook.render.scripts.allow_list import Template
from playbook.render.scripts.asks import GAP, asks_somehow, find_asks
from playbook.render.scripts.evaluating import Absent, look
from playbook.render.scripts.leftovers import find_left_overs
from playbook.render.scripts.limits import SPOKEN, Measure, count_text, find_excess, measure
from playbook.render.scripts.outlines import mask_code, outlines_of
from playbook.render.scripts.phrases import Phrase, Phrases, find_phrases, in_one_form, shipped_phrases
from playbook.views.asked import Asked
from playbook.views.grounds import Past, Whose
from playbook.views.tongues import language_words

FIRST_WORDS = 120
"""A first message is read on a phone, by somebody who does not know why yet: about one screen of it."""
_REQUESTS = frozenset(("mentor-request", "sponsor-ask", "informational-interview", "introduction-request"))
_PERSONAL_PURPOSES = _REQUESTS | {"reconnect"}
_COSTLY = frozenset(("sponsor-ask", "introduction-request", "reconnect"))
"""What one asks of a tie that ought to have gone both ways."""
_MAY_ASK_OFTEN = frozenset(("meeting-agenda",))
_UNREAD = SPOKEN | {"letter"}
"""Where a first message may be longer: it is said in pieces, or it comes by post."""
_PERSONAL = (
    *("person.why", "person.met", "person.last", "person.talk", "person.expertise", "person.values", "person.offers"),
    *("person.introduced_by", "other.why", "other.expertise", "meet", "event", "achievements"),
)
"""Names whose values speak of the one it is written to, or of what lies between you."""
_WRITTEN_FOR_YOURSELF = frozenset(
    f"{root}.{name}" for root in ("person", "other") for name in ("talk.what", "last.what", "promises")
)
_OF_SOMEBODY = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_ASKING = ("meet.ask", "meet.questions", "event.questions", "goal.next_step")
"""Names whose values are asks themselves."""
_OFFERING = ("meet.offer", "person.offers")
_OFFERED = (
    "in return", "I can offer", "I could offer", "happy to help", "glad to help", "if I can help", "I can help",
    "return the favour", "return the favor", "I'll send", "I will send", "I'll bring", "I will bring",
    "im Gegenzug", "ich kann dir", "ich helfe", "revanchieren", "ich schicke", "en échange", "a cambio", "em troca",
)  # fmt: skip
_OFFERS = Phrases(tuple(Phrase(text, "") for text in _OFFERED))
"""Words that give something, in an ask."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a script that its author may want to change."""

    code: str
    message: str
    advice: str
    place: Place
    """The template's line, or where the value that brings it in is written."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A filled script as the linter sees it."""

    asked: Asked
    templates: Mapping[str, Template]
    """`subject` and `body`."""
    subject: str
    body: str
    measures: tuple[Measure, ...]
    past: Callable[[], Past | None]
    """What has passed between you and them; None where it is written to nobody."""
    whose: Callable[[str], Whose]
    """Whose words the value of a dotted name is."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Something in a text that had better not stand there."""

    code: str
    words: str
    message: str
    advice: str
    start: int


def lint_draft(draft: Draft) -> tuple[Finding, ...]:
    """Everything that is to be said of a filled script, in the order in which one would mend it."""
    asked, names = draft.asked, _names(draft.templates)
    at = _body_at(asked)
    return (
        *_in_another_language(asked, at),
        *_too_long(draft.measures, at),
        *_spots_of(draft),
        *_about_them(draft, names),
        *_asks(asked, (draft.body,), draft.body, names),
        *_reason_for(draft, names),
        *_of_the_past(draft, names),
    )


def lint_template(asked: Asked, templates: Mapping[str, Template]) -> tuple[Finding, ...]:
    """What holds of one text of a template for anybody it is filled for.

    Args:
        asked: the template, asked for nobody in particular, in the language of that text.
        templates: `subject` and `body`, parsed.
    """
    names = _names(templates)
    body = outlines_of(templates["body"])
    shortest = min(body.if_all, body.if_none, key=len)
    found = list(_too_long(measure(asked.channels, "", shortest, asked.account, asked.limits), _body_at(asked)))
    for part, source, text_at in asked.texts:
        masked = in_one_form(mask_code(source))
        found += [
            Finding(spot.code, spot.message, spot.advice, text_at.line(_line(masked, spot.start)))
            for spot in _spots(asked, part, masked)
        ]
    found += _asks(asked, (body.if_all, body.if_none), body.parts, names)
    if asked.purpose in _PERSONAL_PURPOSES and not any(map(_is_personal, names)):
        found.append(_no_reason("the one it is written to", _body_at(asked)))
    return tuple(found)


def _in_another_language(asked: Asked, at: Place) -> Iterator[Finding]:
    if not asked.unwritten:
        return
    theirs, own = language_words(asked.unwritten), language_words(asked.language or "en")
    yield Finding(
        "other-language",
        f"{asked.person_name} reads {theirs}, and this is written in {own}",
        f"Write it in their language, under 'variants: {{{asked.unwritten}: …}}' of the template.",
        at,
    )


def _about_them(draft: Draft, names: frozenset[str]) -> Iterator[Finding]:
    """Words that you wrote for yourself, and that speak of the one who is going to read them."""
    for name in sorted(names.intersection(_WRITTEN_FOR_YOURSELF)):
        texts = _texts_in(look(draft.asked.values, draft.asked.fallbacks, name))
        for text in texts:
            said = _OF_SOMEBODY.search(text)
            if said is not None and " ".join(text.split()) in " ".join(draft.body.split()):
                whose = draft.whose(name)
                yield Finding(
                    "about-them",
                    f"'{shorten(text, 60)}' speaks of them ({whose.words})",
                    "Write it as you would say it to them.",
                    whose.place or _body_at(draft.asked),
                )


def _too_long(measures: tuple[Measure, ...], at: Place) -> Iterator[Finding]:
    for text in find_excess(measures):
        yield Finding("over-limit", text, "What can the reader do without?", at)


def _spots(asked: Asked, part: str, text: str) -> Iterator[_Spot]:
    for left in find_left_overs(text, is_subject=part == "subject"):
        message = f"'{shorten(left.text, 40)}' is left over"
        yield _Spot("left-over", left.text, message, "Fill it in, or take it out.", left.start)
    for hit in find_phrases(text, _to_avoid(asked.avoid)):
        message = f"'{shorten(hit.phrase.text, 60)}' is a phrase to avoid"
        yield _Spot("avoided-phrase", hit.phrase.text, message, hit.phrase.advice, hit.start)


@lru_cache(maxsize=256)
def _to_avoid(own: tuple[str, ...]) -> Phrases:
    """The phrases that come with the program, and one's own; each once."""
    phrases = [*shipped_phrases(), *(Phrase(text, "You put it among those you never want to write.") for text in own)]
    return Phrases(tuple({phrase.key: phrase for phrase in reversed(phrases)}.values())[::-1])


def _spots_of(draft: Draft) -> Iterator[Finding]:
    for part, source, at in draft.asked.texts:
        filled = in_one_form(draft.subject if part == "subject" else draft.body)
        for spot in _spots(draft.asked, part, filled):
            masked = in_one_form(mask_code(source))
            here = _first_like(spot, _spots(draft.asked, part, masked))
            if here is not None:
                yield Finding(spot.code, spot.message, spot.advice, at.line(_line(masked, here.start)))
            else:
                yield _from_a_value(draft, part, spot, at.line(1))


def _from_a_value(draft: Draft, part: str, spot: _Spot, at: Place) -> Finding:
    """The finding, where the value that brings it in is written."""
    for name in sorted(draft.templates[part].names):
        texts = _texts_in(look(draft.asked.values, draft.asked.fallbacks, name))
        if any(_first_like(spot, _spots(draft.asked, part, in_one_form(text))) for text in texts):
            whose = draft.whose(name)
            return Finding(spot.code, f"{spot.message} ({whose.words})", spot.advice, whose.place or at)
    return Finding(spot.code, spot.message, spot.advice, at)


def _first_like(spot: _Spot, spots: Iterable[_Spot]) -> _Spot | None:
    return next((one for one in spots if (one.code, one.words) == (spot.code, spot.words)), None)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts_in(inner)


def _asks(asked: Asked, texts: tuple[str, ...], everything: str, names: frozenset[str]) -> Iterator[Finding]:
    """Several asks where each of the texts has several; none where even everything together asks nothing."""
    found = min((_asks_of_the_author(asked, text, names) for text in texts), key=len)
    if len(found) > 1 and asked.purpose not in _MAY_ASK_OFTEN:
        yield Finding(
            "several-asks",
            f"{len(found)} asks in one message: {'; '.join(shorten(ask.replace(GAP, '…'), 50) for ask in found[:3])}",
            "Keep the one that matters; the others can wait for the answer.",
            _place_of_ask(asked, found[1]),
        )
    if asked.purpose not in _REQUESTS or any(_is(name, _ASKING) for name in names):
        return
    if not any(asks_somehow(text, asked.person_name) for text in (*texts, everything)):
        advice = "Say in one sentence what you would like them to do, so that they can say yes or no to it."
        yield Finding("no-ask", "nothing is asked for", advice, _body_at(asked))


def _asks_of_the_author(asked: Asked, text: str, names: frozenset[str]) -> tuple[str, ...]:
    """The asks of a text; a question that is part of a value (a pitch, what somebody achieved) asks nothing of them."""
    found = find_asks(text, f"{asked.person_name} {asked.other_name}")
    if len(found) < 2:  # noqa: PLR2004  (what follows is for where there seem to be several)
        return found
    values = (look(asked.values, asked.fallbacks, name) for name in names if not _is(name, _ASKING))
    told = [" ".join(inner.split()) for value in values for inner in _texts_in(value)]
    return tuple(ask for ask in found if not any(" ".join(ask.split()) in inner for inner in told))


def _place_of_ask(asked: Asked, sentence: str) -> Place:
    """The line of the template's text on which a sentence ends; its first where the end is a value's."""
    _, source, at = next(text for text in asked.texts if text[0] == "body")
    last = sentence.rsplit(maxsplit=1)[-1]
    found = mask_code(source).rfind(last) if GAP not in last else -1
    return at.line(_line(source, found) if found >= 0 else 1)


def _reason_for(draft: Draft, names: frozenset[str]) -> Iterator[Finding]:
    asked = draft.asked
    if asked.purpose not in _PERSONAL_PURPOSES:
        return
    values = (look(asked.values, {}, name) for name in names if _is_personal(name))
    if all(isinstance(value, Absent) for value in values):
        yield _no_reason(asked.person_name or "the one it is written to", _body_at(asked))


def _no_reason(whom: str, at: Place) -> Finding:
    advice = "Say why them: {{ person.why }}, what they taught you, where you met."
    return Finding("no-reason", f"nothing speaks of {whom}", advice, at)


def _of_the_past(draft: Draft, names: frozenset[str]) -> Iterator[Finding]:
    asked = draft.asked
    words = count_text(draft.body).words
    is_long = words > FIRST_WORDS and asked.purpose != "program-application" and not _UNREAD.issuperset(asked.channels)
    takes = asked.purpose in _COSTLY and not any(_is(name, _OFFERING) for name in names)
    past = draft.past() if is_long or takes else None
    if past is None:
        return
    if is_long and past.is_new:
        yield Finding(
            "long-first-message",
            f"{words} words in the first message to {asked.person_name}",
            f"At most {FIRST_WORDS} fit on the screen of a phone.",
            _body_at(asked),
        )
    if takes and not past.is_new and not past.has_given and _asks_without_offering(draft):
        yield Finding(
            "nothing-given",
            f"it asks, and {asked.person_name} never had anything from you",
            "Give something first (thanks, an article, an introduction), or offer it here.",
            _body_at(asked),
        )


def _asks_without_offering(draft: Draft) -> bool:
    if any(find_phrases(in_one_form(draft.body), _OFFERS)):
        return False
    asks = asks_somehow if draft.asked.purpose in _REQUESTS else find_asks
    return bool(asks(draft.body, draft.asked.person_name))


def _body_at(asked: Asked) -> Place:
    return next(at.line(1) for part, _, at in asked.texts if part == "body")


def _names(templates: Mapping[str, Template]) -> frozenset[str]:
    return frozenset[str]().union(*(template.names for template in templates.values()))


def _is_personal(name: str) -> bool:
    return _is(name, _PERSONAL)


def _is(name: str, known: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in known)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
