"""Arbitrary valid playbooks as `{path: YAML text}`, drawn over the records' shapes, so that a new field takes part unasked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from playbook.records import KINDS, Audience, Criterion, Goal, Item, JournalEntry, Me, Meet, Milestone, Record
from playbook.records.outreach import Outreach, Variant
from playbook.records.person import LogEntry, Person
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct

Draw = Callable[[st.SearchStrategy[Any]], Any]

LABELS = ("me", "public", "mentor", "coach")
AUDIENCES = ("public", "mentors", "reader", "narrow")
"""`public` and the audiences that every drawn `me.yml` names."""

_POOLS = {
    "goals": ("staff", "talk", "write", "zen"),
    "people": ("ada", "grace", "lin", "max", "radia", "zoe"),
    "organizations": ("acme", "guild", "school"),
    "events": ("camp", "meetup", "summit"),
    "outreach": ("ask", "thanks"),
    "journal": ("2025", "2026"),
    "plays": ("return", "start"),
}
_CIRCLES = ("inner", "regular", "wide")
_PLAIN = ("Elsewhere Ltd", "Barbara", "Nobody's firm")
_LINES = (
    "plain words",
    "a <b>bold</b> & bare",
    "naïve: 18:30 #4",
    'says "yes"',
    "- dash",
    "{curly} *star*",
    "010",
    "no",
)
_DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 28)).map(date.isoformat)
_LINE = st.sampled_from(_LINES) | st.text("abz éß<&'\"#:-*_`", min_size=1, max_size=12).map(lambda s: f"x{s}x")
_PAGE = 4000
_SPANS = (("from", "to"), ("start", "due"), ("starts", "ends"), ("since", "until"), ("since", "renews"))
_REFERRED_TO = ((Goal, "milestones"), (Goal, "criteria"))
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": _LINE,
    "date": _DAYS,
    "date or time": _DAYS | _DAYS.map(lambda day: f"{day} 18:30"),
    "date, or T-30": _DAYS,
    "date or true": _DAYS | st.just("true"),
    "date or --MM-DD": _DAYS | st.just("--02-29"),
    "rhythm": st.sampled_from(("weekly", "every 6 weeks", "monthly", "never")),
    "true or false": st.sampled_from(("true", "false")),
    "number": st.integers(1, 400).map(str),
    "link": st.sampled_from(("https://example.org/a?b=1&c=2", "mailto:ada@example.org")),
    "e-mail address": st.just("ada@example.org"),
    "label": st.sampled_from(("one", "two-three")),
    "time zone": st.sampled_from(("Europe/Berlin", "Pacific/Auckland")),
    "language code": st.sampled_from(("en", "de", "pt-BR")),
    "text or list": _LINE | st.lists(_LINE, min_size=1, max_size=2),
}


class Tree(dict[str, str]):
    """A content folder, `{path: YAML text}`, that prints as no more than a page."""

    def __repr__(self) -> str:
        whole = super().__repr__()
        return whole if len(whole) < _PAGE else f"<{len(self)} files: {', '.join(self)}>"


def write(tree: Mapping[str, Any]) -> Tree:
    """Plain data as YAML texts: JSON is YAML, and needs no rules about quotes."""
    return Tree({path: json.dumps(data, ensure_ascii=False, indent=1) + "\n" for path, data in tree.items()})


def pick(draw: Draw, choices: Iterable[Any]) -> Any:
    """One of some choices, the first if hypothesis is to make an example small."""
    known = tuple(choices)
    return known[draw(_below(len(known)))]


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    # To make a strategy costs as much as to draw from it, and a tree takes thousands of draws.
    return st.integers(0, count - 1)


@st.composite
def trees(draw: Draw) -> Tree:
    """A content folder that `check` finds no error in: `{"people/ada.yml": text, "me.yml": text, …}`."""
    ids = {kind: tuple(draw(st.lists(st.sampled_from(pool), unique=True, max_size=4))) for kind, pool in _POOLS.items()}
    criteria = {goal: tuple(f"c{n}" for n in range(draw(st.integers(0, 2)))) for goal in ids["goals"]}
    author = Author(draw, ids, criteria)
    tree: dict[str, Any] = {"me.yml": author.me()}
    for kind, of_kind in ids.items():
        for identifier in of_kind:
            tree[f"{kind}/{identifier}.yml"] = author.record(kind, identifier)
    return write(tree)


@dataclass
class Author:
    """Writes records that may refer to `ids` and `criteria`; everything that is not required is there or not."""

    draw: Draw
    ids: Mapping[str, tuple[str, ...]]
    criteria: Mapping[str, tuple[str, ...]]
    items: int = 0
    """How many checklist ids were given away: each is unique in a playbook."""
    milestones: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        # A choice of hypothesis costs room, of which an example has little, and half the time: these come of one seed.
        self.random: Random = self.draw(st.randoms(use_true_random=True))

    def me(self) -> dict[str, Any]:
        """`me.yml`, with each of `AUDIENCES`."""
        data = self.fields(Me, "me", "me", skip=("audiences",))
        reader = {"sees": ["mentor", "coach"]}
        if self.ids["people"]:
            reader |= {"person": self.pick(self.ids["people"])}
        data["audiences"] = {
            "mentors": {"sees": ["mentor"]},
            "reader": reader,
            "narrow": {"sees": ["mentor"], "show": [*[*KINDS][: self.pick(range(1, 6))], "achievements"]},
        }
        return data

    def record(self, kind: str, identifier: str) -> Any:
        """What the file of a record holds."""
        if kind == "journal":
            return [self.fields(JournalEntry, kind, identifier) for _ in range(self.pick(range(1, 4)))]
        self.milestones = tuple(f"point {n}" for n in range(self.pick(range(3))))
        return self.fields(KINDS[kind], kind, identifier)

    def fields(self, model: type[Struct], kind: str, home: str, skip: tuple[str, ...] = ()) -> dict[str, Any]:
        """The fields of a record or a nested entry; empty where it needs somebody or something that there is none of."""
        data = {}
        for known in shape_of(model).fields:
            always = known.info.is_required or (model, known.alias) in _REFERRED_TO or _tells_most(model, known)
            if known.alias not in skip and (always or self.pick((False, True))):
                value = self.value(model, known, kind, home)
                if value not in (None, [], {}):
                    data[known.alias] = value
                elif known.info.is_required:
                    return {}
        if model is Item and "done" in data:
            data.pop("skipped", None)
        if model is Meet and not {"person", "name"} & set(data):
            data["name"] = self.pick(_PLAIN)
        for first, last in _SPANS:
            if first in data and last in data and data[last][:10] <= data[first][:10]:
                data[last] = data[first]
        return data

    def value(self, model: type[Struct], known: FieldShape, kind: str, home: str) -> Any:
        """Something that may stand in a field; None where nothing may."""
        special = self._special(model, known.alias, kind, home)
        if special is not _GENERIC:
            return special
        if known.many == "list":
            found = [self._one(known, kind, home) for _ in range(self.pick(range(1, 4)))]
            kept = [item for item in found if item]
            return list(dict.fromkeys(kept)) if known.ref else kept
        if known.many == "map":
            return {key: self._one(known, kind, home) for key in ("one", "two-three")}
        return self._one(known, kind, home)

    def pick(self, choices: Any) -> Any:
        """One of some choices."""
        return self.random.choice(choices)

    def _one(self, known: FieldShape, kind: str, home: str) -> Any:
        if known.model is not None:
            return self.fields(known.model, kind, home)
        if known.ref is not None:
            # Nobody introduces you to themselves.
            ids = tuple(other for other in self.ids.get(known.ref.kind, ()) if (known.ref.kind, other) != (kind, home))
            if known.ref.kind == "criteria":
                ids = tuple(f"{goal}/{name}" for goal, names in self.criteria.items() for name in names)
            return (
                self.pick(ids + (_PLAIN if known.ref.soft != "never" else ()))
                if ids or known.ref.soft != "never"
                else None
            )
        if known.value_type.startswith("one of"):
            return self.pick(known.value_type.replace("`", "").removeprefix("one of ").split(", "))
        text = self.draw(_VALUES[known.value_type])
        if known.is_text and self.pick((False, False, True)):
            everything = [f"{k}/{name}" for k, names in self.ids.items() for name in names]
            if everything:
                text += f"\nand [[{self.pick(everything)}{self.pick(('', '|as I call it'))}]]"
        return text

    def _special(self, model: type[Struct], alias: str, kind: str, home: str) -> Any:
        """What only some words may stand in, for reasons that a field's type does not tell."""
        if alias == "visibility":
            return self.pick((None, *LABELS, "public") if issubclass(model, Record) else LABELS)
        if alias == "show" and issubclass(model, Record):
            private = [f.alias for f in shape_of(model).fields if f.alias in model.private]
            return {name: self.pick(LABELS) for name in private if self.pick((False, True))}
        if alias in ("name", "title") and issubclass(model, Record) and model is not Me:
            return f"The {home} {self.pick(_LINES)}"
        if model is JournalEntry and alias == "date":
            return f"{home}-0{self.pick('123456789')}-1{self.pick('0123456789')}"
        if (model, alias) == (Item, "id"):
            self.items += 1
            return f"{kind}-{home}-{self.items}"
        answers: dict[tuple[type[Struct], str], Callable[[], Any]] = {
            (Item, "milestone"): lambda: self.pick(self.milestones) if kind == "goals" and self.milestones else None,
            (Item, "due"): lambda: self.pick(("T-30", "T+1", "2027-02-01") if kind == "events" else ("2027-02-01",)),
            (Goal, "milestones"): lambda: [
                {**self.fields(Milestone, kind, home), "title": title} for title in self.milestones
            ],
            (Goal, "criteria"): lambda: [
                {**self.fields(Criterion, kind, home), "id": name} for name in self.criteria.get(home, ())
            ],
            (Goal, "parent"): lambda: next((other for other in sorted(self.ids["goals"]) if other < home), None),
            (Criterion, "id"): lambda: None,
            (Me, "defaults"): lambda: {name: self.pick(LABELS) for name in KINDS if self.pick((False, True))},
            (Me, "circles"): lambda: dict.fromkeys(("inner", "own"), "every 3 weeks"),
            (Me, "away"): lambda: [{"from": "2026-12-23", "to": "2027-01-03"}],
            (Person, "circle"): lambda: self.pick(_CIRCLES),
            (Person, "channels"): lambda: {"email": f"{home}@example.org", "signal": self.pick(_LINES)},
            (LogEntry, "channel"): lambda: self.pick(("email", "video")),
            (Outreach, "channel"): lambda: self.pick((["email"], ["email", "letter"])),
            (Outreach, "subject"): lambda: "Two questions",
            (Outreach, "body"): lambda: "Hello {{ person.calls }},\n\na question.\n",
            (Outreach, "needs"): lambda: ["person.why"],
            (Outreach, "fallbacks"): lambda: {"person.why": self.pick(_LINES)},
            (Outreach, "limits"): lambda: {"words": "120"},
            (Outreach, "variants"): lambda: {"de": {"subject": "Zwei Fragen", "body": "Guten Tag {{ person.calls }}!"}},
            (Variant, "body"): lambda: "Guten Tag!",
            (Audience, "show"): lambda: None,
        }
        answer = answers.get((model, alias))
        return _GENERIC if answer is None else answer()


def _tells_most(model: type[Struct], known: FieldShape) -> bool:
    """Whether so much hangs on a field that every record draws it, if only to leave it out."""
    return issubclass(model, Record) and known.alias in ("visibility", "consent")


_GENERIC = object()
