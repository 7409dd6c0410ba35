"""What an audience gets does not depend on what it may not see: the main proof that the gate before the views holds.

A tree as drawn here has hundreds of choices; making a failing one smaller takes minutes, so what fails is shown as facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from playbook.audience import audiences, restrict
from playbook.graph import Playbook, link
from playbook.records.choices import Relation
from playbook.records.struct import Struct
from tests.effort import examples
from tests.hidden import facts, mutated
from tests.strategies import AUDIENCES, Draw, Tree, trees
from tests.support import book

Restrict = Callable[[Playbook, str], Playbook]

few = settings(
    max_examples=examples(50),
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def twins(draw: Draw) -> tuple[str, Tree, Tree]:
    """An audience, and two content folders that are one to it."""
    audience = draw(st.sampled_from(AUDIENCES))
    tree = draw(trees())
    return audience, tree, draw(mutated(tree, audience))


def playbook_in(tree: Tree) -> Playbook:
    """The playbook in a drawn tree, which `check` finds no error in."""
    loaded = book(tree)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return loaded.playbook


def differences(audience: str, tree: Tree, twin: Tree, cut: Restrict = restrict) -> list[str]:
    """What tells the two folders apart for the audience, by value and by order: nothing, if all is well."""
    one, other = facts(cut(playbook_in(tree), audience)), facts(cut(playbook_in(twin), audience))
    return list(unified_diff(one, other, n=0, lineterm=""))


@few
@given(twins())
def test_whatever_changes_among_what_is_hidden_an_audience_gets_the_same_playbook(
    drawn: tuple[str, Tree, Tree],
) -> None:
    assert differences(*drawn) == []


@few
@given(trees())
def test_a_pruned_playbook_has_no_problem_no_document_and_no_word_about_who_sees_what(tree: Tree) -> None:
    playbook = playbook_in(tree)
    assert set(AUDIENCES) < set(audiences(playbook))
    for audience in AUDIENCES:
        pruned = restrict(playbook, audience)
        assert link(pruned.me, pruned.entries()).problems == ()
        for entry in (pruned.me, *pruned.entries()):
            assert entry.document is None
            assert labels_in(entry.record) == []


@few
@given(trees())
def test_what_the_public_sees_is_part_of_what_an_audience_with_labels_sees(tree: Tree) -> None:
    playbook = playbook_in(tree)
    public, mentors = restrict(playbook, "public"), restrict(playbook, "mentors")
    for entry in (public.me, *public.entries()):
        other = mentors.me if entry.kind == "me" else mentors.find(entry.key)
        assert other is not None
        assert is_part_of(entry.record, other.record), (entry, other)


# ---- the proof bites: what each of these leaks, it notices


class InterferenceError(Exception):
    """The proof saw a difference."""


def leak_of(kind: str, name: str) -> Restrict:
    """A gate that forgets one field of one kind of record."""

    def leaky(playbook: Playbook, audience: str) -> Playbook:
        pruned = restrict(playbook, audience)
        kept: dict[str, Any] = dict(pruned.of_kind(kind))
        for entry in tuple(kept.values()):
            whole = playbook.find(entry.key)
            if whole is not None and not entry.by_role:
                told = {name: getattr(whole.record, name)}
                kept[entry.id] = replace(entry, record=entry.record.replace(**told))
        changed: dict[str, Any] = {kind: kept}
        return replace(pruned, **changed)

    return leaky


def leak_of_me(playbook: Playbook, audience: str) -> Playbook:
    """A gate that forgets `me.yml`."""
    return replace(restrict(playbook, audience), me=replace(playbook.me, document=None))


def leak_of_count(playbook: Playbook, audience: str) -> Playbook:
    """A gate that tells how many people there are."""
    pruned = restrict(playbook, audience)
    return replace(pruned, links=pruned.links * len(playbook.people))


def leak_of_order(playbook: Playbook, audience: str) -> Playbook:
    """A gate whose order hangs on how many records there are in all."""
    pruned = restrict(playbook, audience)
    step = -1 if len(tuple(playbook.entries())) % 2 else 1
    return replace(pruned, goals={entry.id: entry for entry in tuple(pruned.goals.values())[::step]})


@pytest.mark.parametrize(
    "leaky",
    [
        pytest.param(leak_of("people", "notes"), id="a private field"),
        pytest.param(leak_of("people", "log"), id="a private field with entries", marks=pytest.mark.slow),
        pytest.param(leak_of("goals", "told"), id="a private field of references", marks=pytest.mark.slow),
        pytest.param(leak_of("goals", "people"), id="references"),
        pytest.param(leak_of("goals", "checklist"), id="entries with labels", marks=pytest.mark.slow),
        pytest.param(leak_of("events", "cost"), id="a private field of an event", marks=pytest.mark.slow),
        pytest.param(leak_of("journal", "entries"), id="the journal", marks=pytest.mark.slow),
        pytest.param(leak_of("goals", "visibility"), id="who sees what", marks=pytest.mark.slow),
        pytest.param(leak_of_me, id="me.yml", marks=pytest.mark.slow),
        pytest.param(leak_of_count, id="a count"),
        pytest.param(leak_of_order, id="an order", marks=pytest.mark.slow),
    ],
)
def test_the_proof_notices(leaky: Restrict) -> None:
    # Enough that luck does not decide; it stops at the first difference.
    @settings(few, max_examples=500)
    @given(twins())
    def prove(drawn: tuple[str, Tree, Tree]) -> None:
        if differences(*drawn, leaky):
            raise InterferenceError

    with pytest.raises(InterferenceError):
        prove()


def labels_in(record: Struct) -> list[str]:
    """Every visibility and every `show` at or below a record."""
    visibility: str = getattr(record, "visibility", "")
    found = [*getattr(record, "show", ()), *([visibility] if visibility else [])]
    for name in record.fields_set:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,):
            if isinstance(part, Struct):
                found += labels_in(part)
    return found


def is_part_of(small: Any, large: Any) -> bool:
    """Whether all that one value says is said by another, but for links that have become words."""
    if isinstance(small, Struct):
        said = [(getattr(small, name), getattr(large, name)) for name in small.fields_set]
        return type(small) is type(large) and all(is_part_of(one, other) for one, other in said)
    if type(small) is tuple:
        return all(any(is_part_of(one, other) for other in large) for one in small)
    if isinstance(small, dict):
        return all(key in large and is_part_of(value, large[key]) for key, value in small.items())
    if type(small) is str:
        return isinstance(large, str) and without_links(small) == without_links(large)
    return bool(small == large)


def without_links(text: str) -> str:
    """A text with one mark for each link, and for each word that stands where a link was."""
    return _LINKS.sub("…", text)


_ROLES = "|".join((*Relation, "contact", "direct report", "relative")).replace("-", " ")
_LINKS = re.compile(rf"\[\[[^\]]*\]\]|\bsomeone\b|\bsomething\b|\ban? (?:{_ROLES})\b")
