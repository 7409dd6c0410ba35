"""`playbook schema`: prints one schema, or writes them all."""

from __future__ import annotations

import json

import pytest

from playbook.schema import kinds, schema_of


@pytest.mark.parametrize("kind", kinds())
def test_it_prints_the_schema_of_a_kind(run, kind):
    ran = run("schema", kind)
    assert (ran.code, json.loads(ran.out), ran.err) == (0, schema_of(kind), "")


def test_one_may_be_said_for_many(run):
    assert run("schema", "person") == run("schema", "people")


def test_it_needs_no_playbook_and_writes_into_a_folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = run("schema", "--out", ".schemas")
    assert (ran.code, ran.out) == (0, "wrote 8 schemas in .schemas\n")
    assert {path.name for path in (tmp_path / ".schemas").iterdir()} == {f"{kind}.schema.json" for kind in kinds()}
    assert json.loads((tmp_path / ".schemas" / "me.schema.json").read_text()) == schema_of("me")


def test_the_folder_is_seen_from_where_c_leads(run, tmp_path):
    assert run("-C", str(tmp_path), "schema", "--out", "x").code == 0
    assert (tmp_path / "x" / "me.schema.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which kind? One of me, goals, people, organizations, events, outreach, journal, plays; or --out DIR for all"),
        (["peple"], "no kind of file is called 'peple'. Did you mean 'people'?"),
        (["xyz"], "no kind of file is called 'xyz'. The kinds are me, goals, people, organizations, events, outreach, journal, plays."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_exits_2(run, arguments, message):
    ran = run("schema", *arguments)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", f"Error: {message}")


def test_a_folder_that_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "file").write_text("mine")
    ran = run("schema", "--out", str(tmp_path / "file"))
    assert (ran.code, ran.err) == (2, f"playbook: '{tmp_path}/file/me.schema.json' cannot be written: File exists\n")
    assert (tmp_path / "file").read_text() == "mine"
