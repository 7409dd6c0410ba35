"""What an audience may not know, as values to look for: the whole playbook without what the pruned one says.

Refuses to look at what was built: what is ordinary is told by the pruned playbook, the templates and the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from playbook.audience import ME, restrict, restrict_timeline
from playbook.graph import Playbook
from playbook.history.timeline import Timeline
from playbook.publish.scan.folding import plain, unescaped, words
from playbook.publish.scan.leaves import COMMENT, ID, Leaf, all_leaves, comments_of, past_texts
from playbook.publish.scan.needles import LEAST, SURE, Form, Needle, Needles, letters_of
from playbook.publish.scan.ordinary import own_words

WINDOW, STEP = 4, 2
"""Of a long text every second row of four words is looked for, so that any five words in a row are found."""
ENOUGH = 20
"""Letters and digits that such a row must have, two words of five among them; with fewer it takes more words: `from the
workshop in` is put together by pages that know nothing of the note."""
_LONG = 7
"""Up to so many words a text is looked for as a whole."""
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n+")
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""What a script replaces: the names of fields, which are nobody's secret."""
_TELLING = re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.\w+|https?://[^\s<>()\[\]]+|(?:\w*\d){7,}\w*")
_NUMBER = re.compile(r"\+?\d[\d ()./-]{5,}\d")
_LEAST_DIGITS = 9
_LEAST_WORDS = 3
_NAME_WORDS = range(2, 5)


@dataclass(frozen=True, slots=True)
class Where:
    """The field that a value stands in, said without the value."""

    place: str
    """The file; or what else it is."""
    field: str
    line: int = 0
    """From 1; 0 where there is none."""

    def __str__(self) -> str:
        return f"{self.place}:{self.line}: {self.field}" if self.line else f"{self.place}: {self.field}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A hidden value that is not looked for, because nobody could tell it from ordinary text."""

    where: Where
    reason: str


@dataclass(frozen=True, slots=True)
class HiddenValues:
    """Values to look for, and those that cannot be."""

    wheres: tuple[Where, ...]
    """Where each value stands, by the number that its needles have."""
    needles: Needles
    listed: tuple[Listed, ...] = ()
    ordinary: str = field(default="", repr=False)
    """What may stand anywhere, for whoever looks for something more (the name of a machine's user, say)."""

    def __len__(self) -> int:
        return len(self.wheres)


def hidden_values(
    playbook: Playbook,
    audience: str,
    *,
    timeline: Timeline | None = None,
    withheld: Mapping[str, str] | None = None,
    ordinary: str = "",
) -> HiddenValues:
    """Every text that the audience may not know, with the field it stands in; none for `me`.

    Args:
        playbook: everything that was read, not pruned.
        audience: one of `audiences(playbook)`.
        timeline: the whole history, not pruned: old words and the subjects of commits are nobody else's business.
        withheld: path → text of the hand-written pages that the audience does not get.
        ordinary: further text that may stand anywhere: the theme's, mkdocs.yml, the hand-written pages that it gets.

    Raises:
        UnknownAudience: where nobody is called so.
    """
    pruned = restrict(playbook, audience)
    told = {(leaf.record, leaf.alias, leaf.text) for leaf in all_leaves(pruned)}
    open_text = "\n".join((ordinary, own_words(), *_said(pruned)))
    if audience == ME:
        return HiddenValues((), Needles(()), (), open_text)
    if timeline is not None:
        open_text += "\n" + "\n".join(item.text for item in restrict_timeline(timeline, playbook, audience).items)
    hidden = (leaf for leaf in all_leaves(playbook) if (leaf.record, leaf.alias, leaf.text) not in told)
    return _looked_for(_all(playbook, hidden, timeline, withheld or {}), open_text, LEAST)


def all_values(playbook: Playbook, *, timeline: Timeline | None = None, ordinary: str = "") -> HiddenValues:
    """Every text of the playbook that is long enough to be no accident: what a sealed folder may not hold."""
    found = _all(playbook, all_leaves(playbook), timeline, {})
    return _looked_for(found, "\n".join((ordinary, own_words(sealed=True))), SURE)


def _said(pruned: Playbook) -> Iterator[str]:
    """Everything that an audience may read, and the addresses of its pages."""
    yield from (leaf.text for leaf in all_leaves(pruned))
    yield from (f"{entry.kind}/{entry.id}" for entry in pruned.entries())


@dataclass(frozen=True, slots=True)
class _Value:
    where: Where
    text: str = field(repr=False)
    is_long: bool = True
    is_told: bool = True
    """Whether it is worth a line where it cannot be looked for."""
    form: Form = Form.WORDS


def _all(
    playbook: Playbook, leaves: Iterable[Leaf], timeline: Timeline | None, withheld: Mapping[str, str]
) -> Iterator[_Value]:
    entries = {entry.key: entry for entry in (playbook.me, *playbook.entries())}
    files = {kind: sorted(playbook.of_kind(kind)) for kind in {key[0] for key in entries} - {"me"}}
    for leaf in leaves:
        entry = entries[leaf.record]
        place = entry.place_of(leaf.path)
        named = letters_of(leaf.text)
        if leaf.alias == ID or (len(named) >= LEAST and named in letters_of(leaf.record[1])):
            # Its path would say the value.
            number = files[leaf.record[0]].index(leaf.record[1]) + 1 if leaf.record[0] in files else 1
            where = Where(f"file {number} of {place.path.rpartition('/')[0]}, by name", leaf.alias)
        else:
            where = Where(place.path, leaf.alias, place.line)
        yield _Value(where, leaf.text, is_long=leaf.is_text or len(leaf.text.split()) > _LONG, is_told=leaf.is_telling)
    for entry in entries.values():
        for index, text in comments_of(entry):
            assert entry.document is not None  # noqa: S101  (a comment was read from it)
            place = entry.document.place_at(index)
            yield _Value(Where(place.path, COMMENT, place.line), text, is_told=False)
    for path, text in sorted(withheld.items()):
        yield _Value(
            Where(f"file {sorted(withheld).index(path) + 1} of the withheld pages, by name", ID),
            path.rpartition("/")[2].partition(".")[0],
        )
        for number, line in enumerate(text.splitlines(), 1):
            yield _Value(Where(path, "text of the page", number), line, is_told=False)
    if timeline is not None:
        for what, text in past_texts(timeline):
            yield _Value(Where("the git history", what), text, is_told=False)
        for step in timeline.steps:
            if step.commit:
                yield _Value(
                    Where("the git history", "the id of a commit"), step.commit, is_long=False, form=Form.COMMIT
                )


def _looked_for(values: Iterable[_Value], ordinary: str, least: int) -> HiddenValues:
    wheres: list[Where] = []
    needles: list[Needle] = []
    wanted: list[_Value] = []
    short: dict[str, Listed] = {}
    seen: set[tuple[str, Form]] = set()
    for value in values:
        letters = letters_of(value.text)
        if not letters or len(letters) < least:
            if value.is_told and value.text.strip():
                short.setdefault(letters or value.text, Listed(value.where, "too short to be told from other text"))
            continue
        if (value.text, value.form) in seen:
            continue
        seen.add((value.text, value.form))
        wanted.append(value)
        wheres.append(value.where)
        needles += _needles(len(wheres) - 1, value, least)
    kept = without_ordinary(needles, ordinary, least)
    found = {needle.owner for needle in kept}
    common = (
        Listed(value.where, "stands in text that is allowed, too")
        for number, value in enumerate(wanted)
        if number not in found and value.is_told
    )
    return HiddenValues(tuple(wheres), Needles(kept, least=least), (*short.values(), *common), ordinary)


def without_ordinary(needles: list[Needle], ordinary: str, least: int = LEAST) -> list[Needle]:
    """The needles of which no form stands in ordinary text."""
    numbered = Needles((Needle(number, one.text, one.form) for number, one in enumerate(needles)), least=least)
    common = numbered.find(plain(unescaped(ordinary))) | numbered.find(plain(ordinary))
    return [needle for number, needle in enumerate(needles) if number not in common]


def _needles(owner: int, value: _Value, least: int) -> Iterator[Needle]:
    """Everything by which one value, or a part of it, is known; each once."""
    if value.form is not Form.WORDS:
        yield Needle(owner, value.text, value.form)
        return
    seen: set[str] = set()
    for text, form in _parts(value):
        letters = letters_of(text)
        if len(letters) >= least and letters not in seen:
            seen.add(letters)
            yield Needle(owner, text, form)
    for number in _NUMBER.findall(value.text):
        digits = re.sub(r"\D", "", number)
        if len(digits) >= max(_LEAST_DIGITS, least):
            yield Needle(owner, digits, Form.DIGITS)


def _parts(value: _Value) -> Iterator[tuple[str, Form]]:
    spoken = value.text.split()
    if len(spoken) <= _LONG:
        yield value.text, Form.WORDS
        named = [word.strip(".,;:!?'\"()") for word in spoken]
        if not value.is_long and len(spoken) in _NAME_WORDS and all(word[:1].isupper() for word in named):
            yield from ((word, Form.WORDS) for word in named)  # the surname alone tells who it is
    if value.is_long or len(spoken) > _LONG:
        yield from ((told, Form.WORDS) for told in _TELLING.findall(value.text))
        for said in _FILLED_IN.split(value.text):
            for sentence in _SENTENCE_END.split(said):
                row = words(plain(sentence))
                if _LEAST_WORDS <= len(row) <= _LONG and _is_telling(row):
                    yield sentence, Form.PHRASE
            yield from ((row, Form.PHRASE) for row in _windows(words(plain(said))))


def _windows(row: list[str]) -> Iterator[str]:
    for start in range(0, max(len(row) - WINDOW, 0) + STEP, STEP):
        end = start + WINDOW
        while end < len(row) and not _is_telling(row[start:end]):
            end += 1
        if _is_telling(row[start:end]):
            yield " ".join(row[start:end])


def _is_telling(row: list[str]) -> bool:
    return sum(map(len, row)) >= ENOUGH and sum(len(word) >= LEAST for word in row) > 1
