"""Who is named to an audience, who stands there by role, and what never reaches a person: each rule by example."""

from __future__ import annotations

from textwrap import dedent

import pytest

from playbook.audience import is_by_role, restrict
from tests.audience.seen import ME, read, seen_by


def test_people_without_consent_stand_under_one_role_with_nothing_but_the_role() -> None:
    files = {
        "people/lin.yml": "{name: Lin, visibility: mentor, relations: [sponsor, mentor], positions: [Acme], why: Kind}",
        "people/max.yml": "{name: Max, visibility: mentor, relations: mentor, goals: [staff]}",
        "people/zoe.yml": "{name: Zoe, visibility: mentor}",
        "people/radia.yml": "{name: Radia, visibility: mentor, consent: true, knows: [max, lin, zoe]}",
        "goals/staff.yml": "{title: Staff, visibility: mentor, people: [lin, zoe, radia, max]}",
    }
    seen = seen_by("mentors", files)
    assert seen == {
        "goals/staff": {"title": "Staff", "people": ("radia", "a-contact", "a-mentor")},
        "people/a-contact": {"name": "a contact"},
        "people/a-mentor": {"name": "a mentor", "relations": ("mentor",)},
        "people/radia": {"name": "Radia", "consent": True, "knows": ("a-contact", "a-mentor")},
    }
    pruned = restrict(read(files), "mentors")
    assert [entry.id for entry in pruned.people.values() if is_by_role(entry)] == ["a-contact", "a-mentor"]


def test_nothing_beside_a_role_tells_who_it_is() -> None:
    event = """
        title: Camp
        starts: 2026-05-01
        visibility: public
        show: {meet: public}
        why: To see [[lin|Lin Yutang]] again.
        meet: [{person: lin, name: Lin Yutang, organization: Acme, url: https://example.org/lin, ask: Ten minutes}]
    """
    seen = seen_by("public", {
        "people/lin.yml": "{name: Lin, visibility: public, relations: mentor}", "events/camp.yml": event,
    })  # fmt: skip
    assert seen["events/camp"]["why"] == "To see a mentor again."
    assert seen["events/camp"]["meet"] == ({"person": "a-mentor", "ask": "Ten minutes"},)


def test_a_role_steps_aside_for_a_record_of_its_name_that_is_seen_and_for_no_other() -> None:
    named = "{name: Somebody, visibility: mentor, consent: true}"
    files = {"people/lin.yml": "{name: Lin, visibility: mentor, relations: mentor}", "people/a-mentor.yml": named}
    assert list(seen_by("mentors", files)) == ["people/a-mentor", "people/a-mentor-1"]
    files["people/a-mentor.yml"] = "name: Somebody"
    assert seen_by("mentors", files) == {"people/a-mentor": {"name": "a mentor", "relations": ("mentor",)}}


@pytest.mark.parametrize(
    ("relation", "identifier"),
    [
        ("alum", "an-alum"),
        ("thought-leader", "a-thought-leader"),
        ("report", "a-direct-report"),
        ("family", "a-relative"),
    ],
)
def test_roles_read_as_words(relation: str, identifier: str) -> None:
    seen = seen_by("public", {"people/lin.yml": f"{{name: Lin, visibility: public, relations: {relation}}}"})
    assert seen == {f"people/{identifier}": {"name": identifier.replace("-", " "), "relations": (relation,)}}


def test_what_was_written_about_a_person_never_reaches_them_whatever_the_labels() -> None:
    opened = ", ".join(f"{name}: public" for name in (
        "notes", "log", "channels", "promises", "fit", "stage", "cadence", "paused_until", "closed", "sponsoring",
        "mentoring", "review_by", "offers", "dates", "checklist", "circle",
    ))  # fmt: skip
    files = {
        "me.yml": dedent(ME) + "  grace: {person: grace, sees: [mentor]}\n",
        "people/grace.yml": f"""
            name: Grace
            visibility: public
            show: {{{opened}}}
            relations: mentor
            why: Her review.
            notes: Tired lately.
            log: [A call]
            channels: {{email: grace@example.org}}
            promises: [Send it]
            fit: {{candid: She was}}
            stage: active
            cadence: monthly
            paused_until: 2027-01-01
            closed: {{why: Moved}}
            sponsoring: {{answer: Perhaps}}
            mentoring: {{aims: [Lead], feedback: [Slower]}}
            review_by: 2027-01-01
            offers: [Numbers]
            dates: {{birthday: --12-09}}
            checklist: [Call her]
            circle: inner
        """,
        "people/radia.yml": """
            name: Radia
            consent: true
            visibility: public
            show: {log: public}
            log:
              - {what: Lunch, with: [grace]}
              - {what: Introduced, about: [grace]}
              - {what: Alone}
        """,
        "events/camp.yml": """
            title: Camp
            starts: 2026-05-01
            visibility: public
            show: {meet: public, outcomes: public}
            meet: [{person: grace, ask: The council}, radia]
            checklist: [{task: Ask, person: grace}, Pack]
            outcomes: {met: [grace], follow_ups: [{what: Chase her, person: grace}, {what: Rest}]}
        """,
        "goals/staff.yml": """
            title: Staff
            visibility: public
            show: {told: public}
            people: [grace]
            told: [grace, radia]
        """,
        "journal/2026.yml": "- {date: 2026-01-01, title: Shipped, visibility: public, people: [grace], thanked: [grace]}",
    }
    seen = seen_by("grace", files)
    assert set(seen["people/grace"]) == {"name", "relations", "why", "channels", "dates", "mentoring"}
    assert seen["people/grace"]["mentoring"] == {"aims": ("Lead",)}
    assert seen["people/radia"]["log"] == ({"what": "Alone"},)
    assert seen["events/camp"]["meet"] == ({"person": "radia"},)
    assert seen["events/camp"]["checklist"] == ({"task": "Pack"},)
    assert seen["events/camp"]["outcomes"] == {"met": ("grace",), "follow_ups": ({"what": "Rest"},)}
    assert seen["goals/staff"] == {"title": "Staff", "people": ("grace",), "told": ({"person": "radia"},)}
    assert "thanked" not in seen["journal/2026"]["entries"][0]
    # Everybody else gets what the author opened, under her role: she consented to nothing.
    assert seen_by("mentors", files)["goals/staff"]["told"] == ({"person": "a-mentor"}, {"person": "radia"})


def test_an_entry_that_links_to_the_reader_or_means_them_by_name_is_about_them_and_so_is_what_refers_to_it() -> None:
    files = {
        "me.yml": dedent(ME) + "  grace: {person: grace, sees: [mentor]}\n",
        "people/grace.yml": "{name: Grace Hopper, visibility: public, tags: [slow]}",
        "goals/staff.yml": """
            title: Staff
            visibility: public
            criteria: [{id: candour, text: Candour, expected: "As [[grace]] lacks it"}, {id: scope, text: Scope}]
            checklist:
              - {task: Ask, evidence: "[[people/grace|She]] said no"}
              - {task: Write, criteria: [candour, scope]}
        """,
        "events/camp.yml": """
            title: Camp
            starts: 2026-05-01
            visibility: public
            show: {meet: public}
            meet: [{name: grace hopper, ask: The council}, {name: Lin, ask: Tea}]
        """,
    }
    seen = seen_by("grace", files)
    assert seen["people/grace"] == {"name": "Grace Hopper"}
    assert seen["goals/staff"] == {
        "title": "Staff",
        "criteria": ({"text": "Scope", "id": "scope"},),
        "checklist": ({"task": "Write", "criteria": ("scope",)},),
    }
    assert seen["events/camp"]["meet"] == ({"name": "someone", "ask": "Tea"},)
