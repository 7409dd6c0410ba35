"""JSON Schemas: valid themselves, and of one mind with the reader."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from playbook.records import KINDS, Me
from playbook.records.reading import read_record
from playbook.schema import DIALECT, kinds, schema_of, schema_text
from playbook.shipped import example_folder
from playbook.source.reader import parse_document
from tests.effort import examples
from tests.strategies import trees


class Editor(yaml.SafeLoader):
    """Reads YAML as editors do: numbers, true and false are what YAML 1.2 says; dates are text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}


for tag, pattern, firsts in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), firsts)


def seen_by_an_editor(text: str) -> Any:
    return yaml.load(text, Editor)  # noqa: S506  (a SafeLoader)


VALIDATORS = {kind: jsonschema.Draft202012Validator(schema_of(kind)) for kind in kinds()}


def is_accepted(kind: str, data: Any) -> bool:
    return VALIDATORS[kind].is_valid(data)


def is_read(kind: str, text: str) -> bool:
    """Whether the reader makes a record of a file; where its references lead is not asked."""
    document, problems = parse_document("x.yml", text.encode())
    return not problems and document is not None and read_record(document, {"me": Me, **KINDS}[kind])[0] is not None


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_is_one(kind):
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert json.loads(schema_text(kind)) == schema
    assert "x-type" not in schema_text(kind)


def test_there_is_one_for_every_kind_of_file():
    assert kinds() == ("me", *KINDS)


VALID = [
    ("goals", "title: Be promoted"),
    ("goals", "title: 2027"),
    ("goals", "title: x\ndue: 2027-04-15\nkind: promotion\nstatus: paused"),
    ("goals", "title: x\nwhy:\ndue:\npeople:\ntags: storage"),
    ("goals", "title: x\nstatus:\nkind:\nvisibility:\nchecklist: [{task: y, done: , id: }]"),
    ("goals", "title: x\nchecklist:\n  - Draft it\n  - {task: Ask, due: T-30, done: true}\n  - {task: Ask, done: 2027-01-02}"),
    ("goals", "title: x\nchecklist: Draft it\nmilestones: [One, {title: Two, due: 2027-02-01}]"),
    ("goals", "title: x\nvisibility: mentor\nshow: {told: mentor}"),
    ("people", "name: Radia"),
    ("people", "name: Radia\nrelations: mentor\ncadence: every 6 weeks\nchannels: {email: radia@example.org, phone: 123}"),
    ("people", "name: Radia\ncadence: {ideal: 4 weeks, max: 6 weeks}\nconsent: yes\ndates: {birthday: --12-18}"),
    ("people", "name: Radia\nmet: hallway after her talk\nlog:\n  - Lunch\n  - {date: 2026-11-03, kind: gave, with: ada}"),
    ("people", "name: Radia\nmentoring: {role: mentor, rhythm: monthly, questions: Why not, feedback: [{said: No, acted: true}]}"),
    ("people", "name: Radia\nmentoring: mentee\nclosed: Moved on\npromises: {what: Write, by: them}"),
    ("organizations", "name: NetSoc\nmembership: member\ncontribute: [{what: Answer, rhythm: weekly}, Review]"),
    ("events", "title: PyCon\nstarts: 2027-05-14"),
    ("events", "title: PyCon\nstarts: 2027-05-14 09:00\nends: 2027-05-16T17:00\nmeet: [ada, {name: Barbara, url: https://example.org}]"),
    ("events", "title: PyCon\nstarts: 2027-05-14\nsessions: [{at: 2027-05-14 11:00, title: 18:30}]\noutcomes: {follow_ups: Send it}"),
    ("outreach", "title: Ask\nbody: Hello"),
    ("outreach", "title: Ask\nbody: Hello\nlimits: {words: 120}\nfallbacks: {person.expertise: [your path], me.headline: 2}\nvariants: {de: Hallo}"),
    ("journal", "- {date: 2026-10-20, title: Led it}"),
    ("journal", "- date: 2026-10-20\n  kind: praise\n  from: ada\n  may_quote: true\n  used: the rollout\n  criteria: staff/scope"),
    ("plays", "title: A way back\nstarts: 2026-12-01\nchecklist: [{task: x, due: T+3}]"),
    ("me", "name: Ada\nweek_size: 5\npaper: letter\ncircles: {inner: every 3 weeks, makers: {ideal: monthly}}\naway: {from: 2026-12-23, to: 2027-01-03}"),
    ("me", "name: Ada\naudiences: {grace: {person: grace-hopper, sees: mentor, show: [goals]}}\ndefaults: {goals: mentor}"),
]  # fmt: skip
INVALID = [
    ("goals", "due: 2027-04-15"),
    ("goals", "title: x\nwy: y"),
    ("goals", "title: [x]"),
    ("goals", "title:"),
    ("goals", 'title: ""'),
    ("goals", "title: x\nstatus: going"),
    ("goals", "title: x\ndue: 15.04.2027"),
    ("goals", "title: x\nmilestones: [{due: 2027-02-01}]"),
    ("goals", "title: x\nchecklist: [{task: y, due: soon}]"),
    ("goals", "title: x\nchecklist: [{task: y, done: perhaps}]"),
    ("goals", "title: x\nshow: mentor"),
    ("goals", "title: x\nvisibility: The Mentor"),
    ("goals", "- title: x"),
    ("goals", "Be promoted"),
    ("people", "name: Radia\nconsent: perhaps"),
    ("people", "name: Radia\nrelations: [boss]"),
    ("people", "name: Radia\nfit: yes"),
    ("people", "name: Radia\ndates: {birthday: 18 December}"),
    ("people", "name: Radia\nlog: [{said: x}]"),
    ("people", "name: Radia\nmentoring: {role: boss}"),
    ("organizations", "name: NetSoc\nurl: netsoc.org"),
    ("organizations", "name: NetSoc\nmembership: {since: 2025-02-01}"),
    ("events", "title: PyCon"),
    ("events", "title: PyCon\nstarts: May"),
    ("events", "title: PyCon\nstarts: 2027-05-14 9:00"),
    ("outreach", "title: Ask"),
    ("outreach", "title: Ask\nbody: x\nlimits: 120"),
    ("outreach", "title: Ask\nbody: x\nlimits: {words: 0}"),
    ("outreach", "title: Ask\nbody: x\nlimits: {words: many}"),
    ("journal", "date: 2026-10-20\ntitle: Led it"),
    ("journal", "- Led it"),
    ("journal", "- {title: Led it}"),
    ("me", "paper: a5"),
    ("me", "away: [{from: 2026-12-23}]"),
    ("me", "week_size: -1"),
    ("me", "audiences: [grace]"),
]


@pytest.mark.parametrize(("kind", "text"), VALID)
def test_what_the_reader_takes_an_editor_does_not_underline(kind, text):
    assert is_read(kind, text)
    assert is_accepted(kind, seen_by_an_editor(text))


@pytest.mark.parametrize(("kind", "text"), INVALID)
def test_what_the_reader_refuses_an_editor_underlines(kind, text):
    assert not is_read(kind, text)
    assert not is_accepted(kind, seen_by_an_editor(text))


@given(trees())
@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_whatever_is_valid_is_accepted(tree):
    for path, text in tree.items():
        kind = path.partition("/")[0].removesuffix(".yml")
        VALIDATORS[kind].validate(json.loads(text))


def test_no_file_of_the_example_is_underlined():
    content = example_folder() / "content"
    files = sorted(content.rglob("*.yml"))
    kind_of = {file: file.relative_to(content).parts[0].removesuffix(".yml") for file in files}
    refused = [
        f"{file.relative_to(content)}: {error.json_path}: {error.message}"
        for file in files
        for error in VALIDATORS[kind_of[file]].iter_errors(seen_by_an_editor(file.read_text(encoding="utf-8")))
    ]
    assert refused == []
    assert set(kind_of.values()) == set(kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_may_be_left_empty_is_left_empty_by_the_reader_too(kind):
    schema = schema_of(kind)
    fields = schema["items"] if kind == "journal" else schema
    fields = fields.get("properties", fields.get("anyOf", [{}])[-1].get("properties"))
    needed = {"goals": "title: x", "people": "name: x", "organizations": "name: x", "events": "title: x\nstarts: 2027-01-01",
              "outreach": "title: x\nbody: x", "journal": "date: 2026-01-01", "plays": "title: x"}[kind]  # fmt: skip
    required = {line.partition(":")[0] for line in needed.splitlines()}
    for name in set(fields) - required:
        text = f"{needed}\n{name}:"
        text = "- " + text.replace("\n", "\n  ") if kind == "journal" else text
        assert is_accepted(kind, seen_by_an_editor(text)) == is_read(kind, text), name


def test_a_field_says_what_it_is_for_the_editor_to_show():
    status = schema_of("goals")["properties"]["status"]
    assert status == {
        "description": "Whether it is being worked on.",
        "examples": ["active"],
        "default": "active",
        "anyOf": [{"enum": ["active", "paused", "done", "dropped"]}, {"type": "null"}],
    }
