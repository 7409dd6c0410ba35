"""What is looked for: every text of every field that an audience may not know, named by its field and never repeated."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

from playbook.audience import reader, restrict
from playbook.graph import Entry, Playbook, link
from playbook.history.timeline import Step, Timeline, Whole
from playbook.publish.scan import HiddenValues, hidden_values, scan, scan_sealed
from playbook.publish.scan.folding import plain, unescaped
from playbook.records import KINDS, Me, Person
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from tests.support import book

ME = """
    name: Ada Lovelace
    audiences:
      mentors: {sees: [mentor]}
"""


def hidden_in(files: dict[str, str], audience: str = "mentors") -> HiddenValues:
    loaded = book({"me.yml": ME, **files})
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return hidden_values(loaded.playbook, audience)


def fields_found(hidden: HiddenValues, text: str) -> list[str]:
    """The fields that a page with this text would give away."""
    report = scan({"index.html": f"<p>{text}</p>".encode()}, hidden)
    return [finding.what.removeprefix("holds what stands in ") for finding in report.findings]


# ---- every field of every kind


class Canaries:
    """Records with every field filled, each text in them another one."""

    def __init__(self) -> None:
        self.planted: dict[str, tuple[str, str]] = {}
        """Canary → the kind and the field that it stands in."""

    def playbook(self) -> Playbook:
        entries = [Entry(kind, f"{kind}-one", self._record(model, kind, ())) for kind, model in KINDS.items()]
        me = self._record(Me, "me", ())
        return link(Entry("me", "me", me), entries).playbook

    def _record(self, model: type[Struct], kind: str, names: tuple[str, ...]) -> Any:
        made: dict[str, Any] = {}
        annotations = get_type_hints(model)
        for shape in shape_of(model).fields:
            # Who sees what decides; what refers to somebody would have to find them.
            if shape.alias in ("visibility", "show", "audiences", "defaults", "sees"):
                continue
            if shape.ref is not None:
                if shape.info.is_required:
                    made[shape.name] = f"{shape.ref.kind}-one"
                continue
            value = self._value(shape, annotations[shape.name], kind, (*names, shape.alias))
            if value is not None:
                made[shape.name] = value
        missing = {shape.name: None for shape in shape_of(model).fields if shape.info.is_required}
        return model(**{**missing, **made})

    def _value(self, shape: FieldShape, annotation: Any, kind: str, names: tuple[str, ...]) -> Any:
        if shape.model is not None:
            one: Any = self._record(shape.model, kind, names)
        elif str not in _types_of(annotation):
            return None
        else:
            number = len(self.planted)
            one = f"Quill{number:03}x Brandt{number:03}z"
            self.planted[one] = (kind, ".".join(names))
        if shape.value_type == "text or list":
            one = (one,)
        return {"one": one, "list": (one,), "map": {"a-key": one}}[shape.many]


def _types_of(annotation: Any) -> set[Any]:
    """Every type that an annotation is made of, that of its leaves at least."""
    inner = getattr(annotation, "__args__", ())
    return {annotation}.union(*map(_types_of, inner)) if inner else {annotation}


CANARIES = Canaries()
BOOK = CANARIES.playbook()


def test_the_canaries_stand_in_every_kind_and_in_a_hundred_fields() -> None:
    assert {kind for kind, _ in CANARIES.planted.values()} == {*KINDS, "me"}
    assert len(CANARIES.planted) > 130
    # A few that nobody wrote down here by hand.
    assert {("people", "notes"), ("people", "promises.what"), ("goals", "checklist.evidence"), ("me", "avoid")} <= set(
        CANARIES.planted.values()
    )


def test_a_canary_in_every_field_of_every_kind_is_found_and_its_field_is_named() -> None:
    hidden = hidden_values(BOOK, "public")
    page = "".join(f"<p>{canary}</p>\n" for canary in CANARIES.planted).encode()
    told = {finding.what for finding in scan({"index.html": page}, hidden).findings}
    places = {kind: f"{kind}/{kind}-one.yml:1" if kind != "me" else "me/me.yml:1" for kind in (*KINDS, "me")}
    wanted = {f"holds what stands in {places[kind]}: {field}" for kind, field in CANARIES.planted.values()}
    assert {one for one in wanted if one not in told} == set()


@pytest.mark.few(2)
@pytest.mark.parametrize("field", [("people", "name"), ("people", "nickname"), ("events", "title"), ("goals", "tags")])
def test_half_of_a_name_is_found(field: tuple[str, str]) -> None:
    canary = next(canary for canary, at in CANARIES.planted.items() if at == field)
    assert fields_found(hidden_values(BOOK, "public"), canary.split()[1]) != []


# ---- what is hidden and what is not


def test_what_an_audience_may_know_is_not_looked_for() -> None:
    hidden = hidden_in(
        {
            "goals/staff.yml": "title: Become a staff engineer\nvisibility: mentor\nshow: {outcome: me}\noutcome: Hushed verdict"
        }
    )
    assert fields_found(hidden, "Become a staff engineer") == []
    assert fields_found(hidden, "Hushed verdict") == ["content/goals/staff.yml:4: outcome"]


def test_nothing_is_hidden_from_the_author() -> None:
    hidden = hidden_in({"people/zoe.yml": "name: Zoe Quickthorn\nnotes: She left."}, "me")
    assert len(hidden) == 0
    assert fields_found(hidden, "Zoe Quickthorn") == []


NOTE = """
    name: Zoe Quickthorn
    notes: |
      Thinks of leaving before the summer review, because the council
      overruled her twice. Do not mention it to anybody. Prefers tea.
"""


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "quoted",
    [
        "Thinks of leaving before the summer review, because the council overruled her twice.",
        "of leaving before the summer review",
        "because the council overruled her twice",
        "Do not mention it to anybody.",
        "the <b>council</b> <i>overruled</i> her, twice!",
        "leaving-before-the-summer-review",
        "summer review, because the council&nbsp;overruled her",
    ],
)
def test_a_part_of_a_note_is_found_too(quoted: str) -> None:
    assert fields_found(hidden_in({"people/zoe.yml": NOTE}), quoted) == ["content/people/zoe.yml:2: notes"]


@pytest.mark.parametrize("said", ["before the summer", "Prefers coffee", "council", "Do mention it to everybody"])
def test_words_that_anybody_might_say_are_no_part_of_a_note(said: str) -> None:
    assert fields_found(hidden_in({"people/zoe.yml": NOTE}), said) == []


def test_an_address_and_a_number_in_a_note_are_found_alone() -> None:
    hidden = hidden_in(
        {
            "people/zoe.yml": "name: Zoe\nnotes: Reach her at zoe@quickthorn.example or under +49 40 555 0123 in the evening, late."
        }
    )
    assert fields_found(hidden, "zoe@quickthorn.example") == ["content/people/zoe.yml:2: notes"]
    assert fields_found(hidden, '<a href="tel:+49405550123">call</a>') == ["content/people/zoe.yml:2: notes"]
    assert fields_found(hidden, "49 40 5550-123") == ["content/people/zoe.yml:2: notes"]


def test_the_name_of_a_file_is_found_and_told_without_being_said() -> None:
    hidden = hidden_in({"people/ada.yml": "name: Ada B", "people/zoe-quickthorn.yml": "name: Zoe Q"})
    assert fields_found(hidden, '<a href="/x/zoe-quickthorn/">…</a>') == [
        "file 2 of content/people, by name: file name"
    ]


def test_comments_are_nobody_elses() -> None:
    hidden = hidden_in({"people/zoe.yml": "# the recruiter who must never know\nname: Zoe\n"})
    assert fields_found(hidden, "the recruiter who must never know") == ["content/people/zoe.yml:1: comment"]


def test_pages_that_are_withheld_are_looked_for_line_by_line() -> None:
    loaded = book({"me.yml": ME})
    hidden = hidden_values(
        loaded.playbook, "mentors", withheld={"draft.md": "# Draft\n\nThe board wants to sell the harbour."}
    )
    assert fields_found(hidden, "board wants to sell the harbour") == ["draft.md:3: text of the page"]


def test_old_words_and_the_subjects_of_commits_are_looked_for() -> None:
    day = dt.date(2026, 10, 1)
    moment = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
    step = Step(0, "4f1a9c2e" * 5, moment, day, "Quarrel with the harbour council, again")
    timeline = Timeline(lambda: Whole((step,), (), (), ()), is_complete=True)
    hidden = hidden_values(book({"me.yml": ME}).playbook, "public", timeline=timeline)
    assert fields_found(hidden, "quarrel with the harbour council") == ["the git history: the subject of a commit"]
    for shown in ("4f1a9c2e" * 5, "4f1a9c2", "4f1a9c2e4f1a"):
        assert fields_found(hidden, f'<a href="/commit/{shown}">…</a>') == ["the git history: the id of a commit"]
    assert fields_found(hidden, "app.4f1a9c2d.js and x4f1a9c2") == []


# ---- what cannot be told from ordinary text


def test_a_value_that_stands_in_allowed_text_or_is_too_short_is_listed_with_its_field() -> None:
    hidden = hidden_in(
        {
            "goals/staff.yml": "title: Speak at Slipway in Hamburg\nvisibility: mentor",
            "people/zoe.yml": "name: Zoe\nmet: {how: Hamburg}\nexpertise: [Go, Search]\nnotes: Quite unlike anybody.",
        }
    )
    assert [(str(one.where), one.reason) for one in hidden.listed if one.where.place.endswith("zoe.yml")] == [
        ("content/people/zoe.yml:3: expertise", "too short to be told from other text"),
        ("content/people/zoe.yml:3: expertise", "stands in text that is allowed, too"),
        ("content/people/zoe.yml:2: met.how", "stands in text that is allowed, too"),
    ]
    assert fields_found(hidden, "Hamburg Search Go Zoe") == []


# ---- nothing is repeated


def test_no_value_is_said_by_anything_that_the_scan_makes() -> None:
    hidden = hidden_values(BOOK, "public")
    page = "".join(f"<p>{canary}</p>" for canary in CANARIES.planted).encode()
    report = scan({f"{canary}.html": page for canary in [*CANARIES.planted][:3]}, hidden)
    sealed = scan_sealed({"d/0": page}, BOOK)
    said = [repr(hidden), repr(report), repr(sealed), *report.lines(), *report.listed_lines(), str(report.findings)]
    try:
        scan({"x.html": page}, hidden, progress=lambda done, of: 1 // 0)  # noqa: ARG005
    except ZeroDivisionError as error:
        said += traceback.format_exception(error)
    assert len(report.findings) > 100
    assert not sealed.is_clean
    assert [canary for canary in CANARIES.planted for text in said if canary in text] == []


# ---- the pruning and the scan watch each other


PRIVATE = {field.split(".")[0]: canary for canary, (kind, field) in CANARIES.planted.items() if kind == "people"}


@pytest.mark.few(5)
@pytest.mark.parametrize("field", sorted(Person.private & PRIVATE.keys()))
def test_a_filter_that_is_switched_off_is_noticed_by_the_twins(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = PRIVATE[field]
    record = BOOK.people["people-one"].record
    seen = record.replace(visibility="public", consent=True)
    twin = seen.replace(**{field: None})
    one, other = (link(BOOK.me, [Entry("people", "people-one", each)]).playbook for each in (seen, twin))
    assert restrict(one, "public") == restrict(other, "public")
    assert scan({"x.html": planted.encode()}, hidden_values(one, "public")).findings != ()

    closed = reader.Reader._closed

    def leaky(self: Any, holder: Struct, *, about_reader: bool) -> Iterator[FieldShape]:
        return (shape for shape in closed(self, holder, about_reader=about_reader) if shape.alias != field)

    monkeypatch.setattr(reader.Reader, "_closed", leaky)
    assert restrict(one, "public") != restrict(other, "public")


def test_folding_is_what_the_fixture_believes() -> None:
    assert plain(unescaped("Zo&euml; &amp; Řehoř – straße")) == "Zoe & rehor   strasse"
