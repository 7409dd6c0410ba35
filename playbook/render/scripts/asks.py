"""What a message asks for: its requests, told from a greeting, a courtesy, a quotation, and the second half of an ask.

Knows the question mark of most languages and the commonest ways to ask without one; where it is not sure, it finds
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

GAP = "\ufffc"
"""Stands for a value in the outline of a template."""
# "23. November" and "2. item" go on.
_END = re.compile(r"[.!?…]+(?<!\b\d\.)(?<!\b\d\d\.)[\"'”’»)\]]*(?=\s|\Z)|[。！？؟]+|\n\s*\n")
_MARKS = ("?", "？", "؟")
_WORD = re.compile(rf"[^\W_]+|{GAP}")
_REQUEST = re.compile(
    r"(?:\S+(?: \S+)?, )?(?:(?:could|would|can|will) you|(?:may|might|could|can) I"
    r"|(?:könntest|kannst|würdest|hättest) du|(?:könnten|können|würden|hätten) Sie|(?:darf|dürfte|kann|könnte) ich"
    r"|pourriez-vous|pourrais-tu|podrías|podría|poderias?|podes|kun je|potresti)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:I(?:['’]d| would) (?:like to ask|love (?:your|to hear|to learn)|be (?:grateful|glad) (?:if|for)|value your)"
    r"|I (?:wonder|wondered|was wondering|was hoping|have (?:a|one|two) questions?)|I am asking|I ask"
    r"|please|let me know|tell me"
    r"|ich (?:möchte|wollte|würde) (?:\w+ ){0,3}(?:fragen|bitten)|ich bitte|bitte"
    r"|je voudrais (?:\w+ )?demander|quisiera (?:pedir|preguntar)|gostaria de (?:pedir|perguntar))\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:how (?:are (?:you|things)|have you been|is life)|how['’]s (?:life|it going)|wie geht"
    r"|comment (?:allez|vas|va)|ça va|c[oó]mo est|como (?:vai|estás?)|come (?:stai|va)|hoe gaat)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:or|if not|if so|oder|wenn nicht|falls nicht|ou|sinon|o si|of)\b", re.IGNORECASE)


def find_asks(text: str, name: str = "") -> tuple[str, ...]:
    """The sentences of a text that ask for something.

    Args:
        text: a filled message, or a template's outline.
        name: of the person it is for; a sentence that is nothing but their name greets.
    """
    greets = {word.casefold() for word in _WORD.findall(name)} | {GAP}
    found: list[str] = []
    for sentence in _sentences(text):
        requests = _REQUEST.match(sentence) is not None
        if not requests and not sentence.rstrip(")]").endswith(_MARKS):
            continue
        if sentence[-1] in "\"'”’»" or (_COURTESY.search(sentence) and not requests):
            continue
        if all(word.casefold() in greets for word in _WORD.findall(sentence)):
            continue
        if not (found and _GOES_ON.match(sentence)):
            found.append(sentence)
    return tuple(found)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        sentence = text[start:end].strip()
        start = end
        if sentence:
            yield sentence


def asks_somehow(text: str, name: str = "") -> bool:
    """Whether a text asks for anything, with a question or without."""
    return bool(find_asks(text, name)) or _ANNOUNCED.search(text) is not None
