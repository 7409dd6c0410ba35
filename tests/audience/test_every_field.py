"""Every field of every kind, by its shape: hidden, it changes nothing; with the filter of that one field off, it does.

The fields are not listed here: one that is added to a record tomorrow is held against the same proofs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from playbook.audience import restrict
from playbook.audience.reader import ABOUT, NEVER, THEIRS, Reader
from playbook.load import Cache, load_files
from playbook.records import KINDS, Audience, Journal, JournalEntry, Me, Meet, Outcomes, Part, Person, Session
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from tests.hidden import facts
from tests.strategies import Author, write
from tests.support import source_files

once = settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

HELD = Cache()
MODELS: dict[str, type[Struct]] = {**KINDS, "me": Me}
DECIDES = ("visibility", "show")
OPEN = {"visibility": "mentor"}
IDS = {kind: ("2026",) if kind == "journal" else ("zero", "one", "two") for kind in KINDS}
REQUIRED: dict[str, dict[str, Any]] = {
    "goals": {"title": "Goal"},
    "people": {"name": "Person", "consent": "true"},
    "organizations": {"name": "Organization"},
    "events": {"title": "Event", "starts": "2026-05-01"},
    "outreach": {"title": "Template", "body": "Hello"},
    "plays": {"title": "Play"},
    "me": {"audiences": {"mentors": {"sees": ["mentor"]}, "reader": {"person": "two", "sees": ["mentor"]}}},
}


def base() -> dict[str, Any]:
    """Three open records of each kind, which every reference can lead to."""
    tree: dict[str, Any] = {"me.yml": {**REQUIRED["me"], **OPEN}, "journal/2026.yml": [line()]}
    for kind in KINDS:
        if kind != "journal":
            for name in IDS[kind]:
                called = {key: f"{value} {name}" for key, value in REQUIRED[kind].items() if key in ("name", "title")}
                tree[f"{kind}/{name}.yml"] = {**REQUIRED[kind], **called, **OPEN}
    tree["goals/zero.yml"]["criteria"] = [{"id": "c0", "text": "Scope"}]
    return tree


def line(**fields: Any) -> dict[str, Any]:
    return {"date": "2026-01-02", "title": "Shipped", **OPEN, **fields}


def path_of(kind: str) -> str:
    return "me.yml" if kind == "me" else f"{kind}/{IDS[kind][0]}.yml"


def seen(tree: dict[str, Any], audience: str, *, drawn: bool = True) -> list[str]:
    """Everything that the audience gets of a tree that has no error."""
    loaded = load_files(source_files(write(tree)), None, cache=HELD)
    if drawn:
        assume(not loaded.has_errors)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return facts(restrict(loaded.playbook, audience))


@contextmanager
def without_filter(model: type[Struct], alias: str) -> Iterator[None]:
    """The gate, but that it forgets one field."""
    real = Reader._closed

    def leaky(reader: Reader, holder: Struct, *, about_reader: bool) -> Iterator[FieldShape]:
        closed = real(reader, holder, about_reader=about_reader)
        return (field for field in closed if not (isinstance(holder, model) and field.alias == alias))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "_closed", leaky)
        yield


def author(draw: Any) -> Author:
    return Author(draw, IDS, {"zero": ("c0",)}, milestones=("point",))


def fields_of_kinds() -> list[Any]:
    """(kind, field) of every field that a record can close; those that are private are proved every time."""
    return [
        pytest.param(kind, field.alias, marks=() if field.alias in model.private else pytest.mark.slow)  # type: ignore[attr-defined]
        for kind, model in MODELS.items()
        if model is not Journal
        for field in shape_of(model).fields
        # These decide who sees what: to change one is to open or close something.
        if field.alias not in (*DECIDES, "audiences", "defaults", "consent")
    ]


@pytest.mark.few(10)
@pytest.mark.parametrize(("kind", "alias"), fields_of_kinds())
def test_a_closed_field_changes_nothing_and_with_its_filter_off_it_does(kind: str, alias: str) -> None:
    model = MODELS[kind]
    field = shape_of(model).by_alias[alias]
    bitten = []

    @once
    @given(st.data())
    def prove(data: st.DataObject) -> None:
        home = path_of(kind).removesuffix(".yml").rpartition("/")[2]
        values = [author(data.draw).value(model, field, kind, home) for _ in range(2)]
        trees = []
        for value in (*values, None):
            tree = base()
            record = tree[path_of(kind)]
            if value is not None:
                record[alias] = value
            elif not field.info.is_required:
                record.pop(alias, None)
            if alias not in model.private and alias not in NEVER.get(model, ()):  # type: ignore[attr-defined]
                record["show"] = {alias: "me"}
            trees.append(tree)
        told = [seen(tree, "mentors") for tree in trees]
        assert told[0] == told[1] == told[2]
        with without_filter(model, alias):
            told = [seen(tree, "mentors") for tree in trees]
        bitten.append(not told[0] == told[1] == told[2])

    prove()
    assert any(bitten), "with its filter off, it would have been seen"


def test_every_field_that_nobody_ever_gets_is_closed_whatever_the_labels_say() -> None:
    for model, never in NEVER.items():
        for alias in never:
            assert alias in shape_of(model).by_alias
    tree = base()
    tree["me.yml"] |= {"week_size": "3", "avoid": ["this"], "show": {"week_size": "public", "avoid": "mentor"}}
    assert not any("week_size=3" in fact or "'this'" in fact for fact in seen(tree, "mentors", drawn=False))


# ---- nested entries


def nested(model: type[Struct], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], type[Struct]]]:
    """(the fields that lead to it, the model) of every nested entry below a record."""
    for field in shape_of(model).fields:
        if field.model is not None and issubclass(field.model, Part) and field.model is not Audience:
            yield (*path, field.alias), field.model
            yield from nested(field.model, (*path, field.alias))


def parts_of_kinds() -> list[tuple[str, tuple[str, ...]]]:
    return [(kind, path) for kind, model in MODELS.items() for path, _ in nested(model)]


def model_at(kind: str, path: tuple[str, ...]) -> type[Struct]:
    return dict(nested(MODELS[kind]))[path]


def placed(tree: dict[str, Any], kind: str, path: tuple[str, ...], part: dict[str, Any] | None, **outer: Any) -> None:
    """Puts a nested entry where the fields lead, each holder on the way with nothing but what it needs."""
    model = MODELS[kind]
    here = tree[path_of(kind)]
    if kind == "journal":
        if len(path) == 1:
            if part is not None:
                here.append(part)
            return
        here, path, model = here[0], path[1:], JournalEntry
    private = [path[0]] if path[0] in getattr(model, "private", ()) else []
    if private and kind != "me":
        here["show"] = {path[0]: "mentor", **here.get("show", {})}
    for depth, alias in enumerate(path):
        field = shape_of(model).by_alias[alias]
        assert field.model is not None
        is_last = depth == len(path) - 1
        value = part if is_last else {**needed(field.model), **outer}
        if value is None:
            return
        if field.many == "map":
            here[alias] = {"one": value}
        elif field.many == "list":
            here[alias] = [*here.get(alias, []), value]
        else:
            here[alias] = value
        here, model = value, field.model


def needed(model: type[Struct]) -> dict[str, Any]:
    """The smallest entry of its sort that is one."""
    examples = {f.alias: (f.info.examples or ["x"])[0] for f in shape_of(model).fields if f.info.is_required}
    found = {alias: "one" if shape_of(model).by_alias[alias].ref else value for alias, value in examples.items()}
    return {"person": "one"} if model is Meet else found


@pytest.mark.few(12)
@pytest.mark.parametrize(
    ("kind", "path"), parts_of_kinds(), ids=lambda value: value if isinstance(value, str) else ".".join(value)
)
def test_a_hidden_nested_entry_changes_nothing_whatever_stands_in_it(kind: str, path: tuple[str, ...]) -> None:
    model = model_at(kind, path)
    bitten: list[bool] = []

    @once
    @given(st.data())
    def prove(data: st.DataObject) -> None:
        made: list[dict[str, Any] | None] = []
        for _ in range(2):
            fields = author(data.draw).fields(model, kind, IDS.get(kind, ("me",))[0])
            assume(fields)
            made.append({**needed(model), **fields, "visibility": "me"})
        trees = []
        for part in (*made, None):
            tree = base()
            placed(tree, kind, path, part)
            trees.append(tree)
        told = [seen(tree, "mentors") for tree in trees]
        assert told[0] == told[1]
        assert told[0] == told[2] or len(path) > 1 or shape_of(MODELS[kind]).by_alias[path[0]].many == "one"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Reader, "sees_part", lambda *_: True)
            bitten.append(seen(trees[0], "mentors") != told[0])

    prove()
    holder = MODELS[kind] if len(path) == 1 else model_at(kind, path[:-1])
    closed_anyway = path[0] in NEVER.get(MODELS[kind], ()) or (kind == "me" and path[0] in Me.private)
    assert any(bitten) or closed_anyway, holder


# ---- what was written about somebody


PRIVATE = sorted(ABOUT | (Person.private - THEIRS))


@pytest.mark.few(6)
@pytest.mark.parametrize("alias", PRIVATE)
def test_what_was_written_about_a_person_never_reaches_them_whatever_the_labels(alias: str) -> None:
    field = shape_of(Person).by_alias[alias]
    bitten: list[bool] = []

    @once
    @given(st.data())
    def prove(data: st.DataObject) -> None:
        trees = []
        for _ in range(2):
            tree = base()
            tree["people/two.yml"][alias] = author(data.draw).value(Person, field, "people", "two")
            tree["people/two.yml"]["show"] = dict.fromkeys(Person.private, "public")
            trees.append(tree)
        assume(trees[0] != trees[1])
        assert seen(trees[0], "reader") == seen(trees[1], "reader")
        with without_filter(Person, alias):
            bitten.append(seen(trees[0], "reader") != seen(trees[1], "reader"))

    prove()
    assert any(bitten)


def parts_that_may_be_about() -> list[tuple[str, tuple[str, ...]]]:
    naming = (JournalEntry, Session, Outcomes)
    return [(kind, path) for kind, path in parts_of_kinds() if model_at(kind, path) not in naming and kind != "me"]


@pytest.mark.parametrize(
    ("kind", "path"), parts_that_may_be_about(), ids=lambda value: value if isinstance(value, str) else ".".join(value)
)
def test_a_nested_entry_that_names_the_reader_never_reaches_them(kind: str, path: tuple[str, ...]) -> None:
    """By reference, by a `[[link]]` in any of its texts, or by name where somebody without a file may stand."""
    model = model_at(kind, path)
    without = base()
    placed(without, kind, path, None)
    for field in shape_of(model).fields:
        about: Any = None
        if field.ref is not None and field.ref.kind == "people":
            about = "two"
        elif field.is_text and field.many != "map":
            about = "As [[people/two|she]] said"
        elif (model, field.alias) == (Meet, "name"):
            about = "person two"
        if about is None:
            continue
        tree = base()
        placed(tree, kind, path, {**needed(model), field.alias: [about] if field.many == "list" else about})
        told, untold = (seen(one, "reader", drawn=False) for one in (tree, without))
        assert not [fact for fact in told if fact not in untold and ("two" in fact or "she" in fact)], field.alias
