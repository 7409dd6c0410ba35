"""What becomes of references to what an audience may not see: each rule by example."""

from __future__ import annotations

from datetime import date

from playbook.audience import restrict
from playbook.records.days import Moment
from tests.audience.seen import read, seen_by


def test_a_reference_to_what_is_hidden_disappears_and_takes_along_what_it_was_the_point_of() -> None:
    event = """
        title: Camp
        starts: 2026-05-01
        visibility: public
        show: {meet: public, outcomes: public}
        organization: guild
        goals: [secret, staff]
        meet:
          - {person: lin, why: Her talk}
          - {person: radia, script: ask}
          - {name: Barbara, organization: Acme, url: https://example.org, why: Her book}
        sessions: [{title: Talk, who: [lin, Leslie]}]
        checklist: [{task: Write, person: lin, script: ask, criteria: [secret/x, staff/a, staff/b]}]
        outcomes: {met: [lin]}
    """
    files = {
        "events/camp.yml": event,
        "goals/secret.yml": "{title: Secret, criteria: [{text: X, id: x}]}",
        "goals/staff.yml": """
            title: Staff
            visibility: public
            parent: secret
            show: {told: public}
            told: [{person: lin, date: 2026-01-01}]
            criteria: [{text: A, id: a}, {text: B, id: b, visibility: me}]
        """,
        "people/lin.yml": "name: Lin",
        "people/radia.yml": "{name: Radia, consent: true, visibility: public, introduced_by: lin, knows: [lin]}",
        "organizations/guild.yml": "name: Guild",
        "outreach/ask.yml": "{title: Ask, body: Hello}",
    }
    seen = seen_by("public", files)
    assert seen == {
        "events/camp": {
            "title": "Camp",
            "starts": Moment(date(2026, 5, 1)),
            "goals": ("staff",),
            "meet": ({"person": "radia"}, {"why": "Her book", "name": "someone"}),
            "sessions": ({"title": "Talk", "who": ("Leslie",)},),
            "checklist": ({"task": "Write", "criteria": ("staff/a",)},),
        },
        "goals/staff": {"title": "Staff", "criteria": ({"text": "A", "id": "a"},)},
        "people/radia": {"name": "Radia", "consent": True},
    }


def test_an_employer_is_dropped_with_its_id_where_its_record_is_hidden_whatever_name_was_written() -> None:
    files = {
        "organizations/acme.yml": "{name: Acme, also_known_as: [ACME Inc]}",
        "organizations/guild.yml": "{name: Guild, visibility: public}",
        "people/radia.yml": """
            name: Radia
            consent: true
            visibility: public
            positions: [acme, Acme, ACME Inc, Guild, Elsewhere]
        """,
    }
    positions = seen_by("public", files)["people/radia"]["positions"]
    assert [position["organization"] for position in positions] == ["guild", "Elsewhere"]


def test_links_in_texts_to_what_is_hidden_become_words_that_are_always_the_same() -> None:
    files = {
        "goals/staff.yml": """
            title: Staff
            visibility: public
            why: |
              [[lin]] and [[people/lin|Lin]] of [[acme|the firm]], [[goals/talk]] with [[radia]], [[ada|A. L.]]
              and [[[[lin]]]]
              and [[lin|LONG]]
        """,
        "goals/talk.yml": "{title: Talk, visibility: public}",
        "people/lin.yml": "name: Lin",
        "people/radia.yml": "{name: Radia, visibility: public, relations: [peer, mentor]}",
        "people/ada.yml": "{name: Ada, visibility: public, consent: true}",
        "organizations/acme.yml": "name: Acme",
    }
    files["goals/staff.yml"] = files["goals/staff.yml"].replace("LONG", "Lin " * 60)  # too long to be a link
    assert seen_by("public", files)["goals/staff"]["why"] == (
        "someone and someone of something, [[goals/talk]] with a peer, [[ada|A. L.]]\nand something\nand something"
    )


def test_back_links_are_those_of_the_pruned_records() -> None:
    files = {
        "goals/staff.yml": "{title: Staff, visibility: public, people: [radia, lin]}",
        "people/radia.yml": "{name: Radia, visibility: public, consent: true}",
        "people/lin.yml": "{name: Lin, goals: [staff]}",
        "events/camp.yml": "{title: Camp, starts: 2026-05-01, goals: [staff]}",
    }
    pruned = restrict(read(files), "public")
    assert [(found.source, found.path, found.target) for found in pruned.links] == [
        (("goals", "staff"), ("people", 0), ("people", "radia"))
    ]
