"""The best ways to somebody or into an organization: their order, how warm they are, and what is only likely."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.paths import Approach, Grade, How, Paths, Tie, Way, paths_of
from tests.support import book

TODAY = dt.date(2026, 11, 21)


def paths(files: dict[str, str]) -> Paths:
    loaded = book(files)
    assert loaded.problems == ()
    return paths_of(loaded.playbook, TODAY)


def people(**texts: str) -> dict[str, str]:
    return {f"people/{name}.yml": f"name: {name.title()}\n{text}\n" for name, text in texts.items()}


def touched(day: str) -> str:
    return f"stage: connected\nlog: [{{date: {day}, kind: met}}]"


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("", Grade.COOL),
        ("log: [{date: 2026-11-01, kind: note}]", Grade.COOL),
        ("log: [{date: 2026-08-21, kind: met}]", Grade.WARM),
        ("log: [{date: 2026-08-20, kind: met}]", Grade.FAIR),
        ("log: [{date: 2025-11-20, kind: met}]", Grade.FAIR),
        ("log: [{date: 2025-11-19, kind: met}]", Grade.COOL),
        ("cadence: every 6 months\nlog: [{date: 2026-06-01, kind: met}]", Grade.WARM),
        ("log: [{date: 2026-11-22, kind: met}]", Grade.COOL),
        ("log: [{date: 2026-11-01, kind: wrote}]", Grade.WARM),
        ("log: [{date: 2026-11-01, kind: wrote}, {date: 2026-11-09, kind: wrote}]", Grade.COOL),
    ],
)
def test_a_tie_is_as_warm_as_its_last_touch_and_cool_where_nobody_answers(text, grade):
    assert paths(people(ada=text)).warmth("ada").grade is grade


def test_of_ways_as_short_the_warmest_comes_first_and_a_longer_one_after_both():
    found = paths(
        people(
            ada=f"{touched('2025-01-01')}\nknows: zoe",
            bo=f"{touched('2026-11-01')}\nknows: zoe",
            cy=f"{touched('2026-11-20')}\nknows: kim",
            kim="knows: zoe",
            zoe="",
        )
    )
    assert [way.through for way in found.to_person("zoe")] == [("bo",), ("ada",), ("cy", "kim")]


def test_who_works_where_they_do_or_is_named_at_the_same_event_may_know_them_and_comes_last():
    found = paths(
        {
            "organizations/acme.yml": "name: Acme",
            "organizations/site.yml": "{name: Site, kind: platform}",
            "events/camp.yml": "{title: Camp, starts: 2026-05-01, meet: [zoe], outcomes: {met: [bo]}}",
            "events/off.yml": "{title: Off, starts: 2026-05-01, status: skipped, meet: [zoe, fay]}",
            **people(
                ada="stage: connected\npositions: [{organization: acme}]",
                bo="",
                cy="stage: connected\npositions: [{organization: acme, to: 2026-01-01}, {organization: Old  works}]",
                dee="stage: connected\npositions: [{organization: site}]",
                eve="stage: connected\nknows: max",
                fay="stage: connected",
                max="knows: zoe",
                zoe="positions: [{organization: acme}, {organization: old Works}, {organization: site}]",
            ),
        }
    )
    assert found.to_person("zoe") == (
        Way((Tie("eve", "max", How.KNOWS), Tie("max", "zoe", How.KNOWS))),
        Way((Tie("bo", "zoe", How.SAME_EVENT, where=("events", "camp")),)),
        Way((Tie("ada", "zoe", How.SAME_PLACE, where=("organizations", "acme")),)),
        Way((Tie("cy", "zoe", How.SAME_PLACE, where=("", "old works")),)),
    )


def test_what_is_written_is_not_told_again_as_likely():
    found = paths(people(ada="stage: connected\npositions: Acme\nknows: zoe", zoe="positions: Acme"))
    assert found.to_person("zoe") == (Way((Tie("ada", "zoe", How.KNOWS),)),)


@pytest.mark.parametrize("ended", ["stage: dormant", "stage: declined", "closed: We parted well"])
def test_nobody_whose_tie_rests_or_has_ended_is_asked_or_passed(ended):
    found = paths(
        {
            "organizations/acme.yml": "name: Acme",
            **people(
                ada=f"{ended}\npositions: [{{organization: acme}}]\nknows: zoe",
                zoe="positions: [{organization: acme}]",
            ),
        }
    )
    assert (found.to_person("zoe"), found.to_person("ada"), found.to_organization("acme")) == ((), (), ())


def test_into_an_organization_lead_those_who_are_there_then_who_was_there_or_knows_somebody():
    found = paths(
        {
            "organizations/acme.yml": "name: Acme\npeople: [fay]",
            **people(
                ada=f"{touched('2025-12-01')}\npositions: [{{organization: acme, title: Fellow}}]",
                bo=f"{touched('2026-11-01')}\npositions: [{{organization: acme, title: Lead, to: 2026-01-31}}]",
                cy=f"{touched('2026-11-02')}\nknows: [zoe, max]",
                fay=touched("2026-11-03"),
                max="positions: [{organization: acme, to: 2020-01-01}]",
                zoe="positions: [{organization: acme, title: Head}]",
            ),
        }
    )
    assert found.to_organization("acme") == (
        Approach("fay", None),
        Approach("ada", None, "Fellow"),
        Approach("zoe", Way((Tie("cy", "zoe", How.KNOWS),)), "Head"),
        Approach("bo", None, "Lead", dt.date(2026, 1, 31)),
    )


def test_each_whom_you_can_ask_is_named_once_for_an_organization():
    found = paths(
        {
            "organizations/acme.yml": "name: Acme",
            **people(
                ada="stage: connected\nknows: [yan, zoe]",
                yan="positions: [{organization: acme}]",
                zoe="positions: [{organization: acme}]",
            ),
        }
    )
    assert [(one.asks, one.person) for one in found.to_organization("acme")] == [("ada", "yan")]


@pytest.mark.parametrize(("colleagues", "ways"), [(30, 30), (31, 0)])
def test_a_place_where_you_know_very_many_says_nothing(colleagues, ways):
    there = {f"p{number}": "stage: connected\npositions: Acme" for number in range(colleagues)}
    assert len(paths(people(zoe="positions: Acme", **there)).to_person("zoe")) == ways
