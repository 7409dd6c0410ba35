"""`playbook check`: exit codes, formats, and a fix that changes one scalar."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import resource
import subprocess
import sys

import pytest

from playbook.cli.config import PluginOptions, read_plugin_options
from playbook.cli.context import Options
from playbook.cli.fixing import write_ids
from playbook.own_cache import SWITCH, read_kept

GRACE = {"content/people/grace-hopper.yml": "name: Grace Hopper\n", "content/people/ada.yml": "name: Ada Lovelace\n"}
PROMISED = {"content/people/ada.yml": "name: Ada\npromises: [{what: Write to her, due: 2026-01-01}]\n"}
DANGLING = "title: Staff\npeople: [grace-hoper]\n"


def test_nothing_wrong_is_said_in_one_line_and_exits_0(empty):
    ran = empty.write(GRACE).run("check")
    assert (ran.code, ran.out, ran.err) == (0, "content: 2 records, no problems\n", "")


def test_an_error_exits_1_with_its_place(empty):
    ran = empty.write({**GRACE, "content/goals/staff.yml": DANGLING}).run("check")
    assert (ran.code, ran.out) == (
        1,
        "content/goals/staff.yml:2:10: error: no person called 'grace-hoper'. Did you mean 'grace-hopper'? "
        "[unknown-reference]\ncontent: 3 records, 1 error\n",
    )


def test_a_warning_exits_1_too(empty):
    ran = empty.write({"content/notes.txt": "x"}).run("check")
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "content: 0 records, 1 warning")


def test_what_is_only_true_today_is_a_notice_and_exits_0(empty):
    empty.write(PROMISED)
    before, after = empty.run("check", "--today", "2025-12-01"), empty.run("check", "--today", "2026-12-01")
    assert (before.code, before.out) == (0, "content: 1 record, no problems\n")
    assert (after.code, after.out.splitlines()[-1]) == (0, "content: 1 record, 1 notice")


def test_the_day_may_stand_in_mkdocs_yml(empty):
    empty.write(
        {
            "mkdocs.yml": "plugins:\n  - search\n  - playbook:\n      today: 2026-12-01\n",
            **PROMISED,
        }
    )
    assert empty.run("check").out.splitlines()[-1] == "content: 1 record, 1 notice"
    assert empty.run("--today", "2025-12-01", "check").out.splitlines()[-1] == "content: 1 record, no problems"


def test_json_is_an_empty_list_where_nothing_is_wrong(empty):
    ran = empty.run("check", "--json")
    assert (ran.code, json.loads(ran.out), ran.err) == (0, [], "")


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"], ["--format=json"]])
def test_json_has_exactly_the_promised_keys(empty, option):
    ran = empty.write({**GRACE, "content/goals/staff.yml": DANGLING}).run("check", *option)
    assert ran.code == 1
    assert json.loads(ran.out) == [
        {
            "path": "content/goals/staff.yml",
            "line": 2,
            "column": 10,
            "severity": "error",
            "code": "unknown-reference",
            "message": "no person called 'grace-hoper'",
            "hint": "Did you mean 'grace-hopper'?",
        }
    ]
    assert list(json.loads(ran.out)[0]) == ["path", "line", "column", "severity", "code", "message", "hint"]


def test_github_sees_annotations_with_everything_escaped(empty):
    empty.write({"content/goals/staff.yml": 'title: Staff\nparent: "100%, of: it"\n', "content/100%,a:b.txt": ""})
    ran = empty.run("check", "--format", "github")
    assert (ran.code, ran.out.splitlines()) == (
        1,
        [
            "::warning file=content/100%25%2Ca%3Ab.txt,line=1,col=1,title=not-read::this file is not read. Records lie in the folder of their kind.",
            "::error file=content/goals/staff.yml,line=2,col=9,title=unknown-reference::no goal called '100%25, of: it'. "
            'Make it: playbook new goal "100%25, Of: It"',
        ],
    )


def test_a_broken_mkdocs_yml_is_a_problem_like_any_other(empty):
    empty.write({"mkdocs.yml": "plugins: [playbook\nsite_name: x\n"})
    ran = empty.run("check", "--json")
    assert ran.code == 1
    assert [(p["path"], p["line"], p["code"]) for p in json.loads(ran.out)] == [("mkdocs.yml", 2, "bad-config")]


def test_a_day_in_mkdocs_yml_that_is_none_is_told_at_its_place(empty):
    empty.write({"mkdocs.yml": "plugins:\n  - playbook: {today: soon}\n"})
    assert empty.run("check").out.splitlines()[0] == (
        "mkdocs.yml:2:23: error: today: 'soon' is not a date. Write 2027-04-15. [bad-config]"
    )


@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_an_option_in_mkdocs_yml_with_nothing_behind_it_is_unset(empty, nothing):
    empty.write({"mkdocs.yml": f"plugins:\n  - playbook: {{today: {nothing}, content: {nothing}}}\n"})
    assert empty.run("check").out == "content: 0 records, no problems\n"


@pytest.mark.parametrize("day", ["20261201", "2026-W49-2"])
def test_a_day_in_mkdocs_yml_is_written_as_everywhere_else(empty, day):
    empty.write({"mkdocs.yml": f"plugins:\n  - playbook: {{today: {day}}}\n"})
    assert f"today: '{day}' is not a date. Write 2027-04-15." in empty.run("check").out


def test_tags_in_mkdocs_yml_are_not_run(empty, tmp_path):
    mark = tmp_path / "run"
    empty.write(
        {"mkdocs.yml": f"plugins: [playbook]\nx: !!python/object/apply:os.system ['touch {mark}']\ny: !ENV [HOME]\n"}
    )
    assert (empty.run("check").code, mark.exists()) == (0, False)


def test_content_may_have_another_name(empty):
    (empty.path / "content").rename(empty.path / "data")
    empty.write({"mkdocs.yml": "plugins: {playbook: {content: data}}\n", "data/goals/staff.yml": DANGLING})
    ran = empty.run("check")
    assert (ran.code, ran.out.splitlines()[0].partition(" ")[0]) == (1, "data/goals/staff.yml:2:10:")


def test_a_missing_content_folder_is_a_problem(empty):
    (empty.path / "content").rename(empty.path / "gone")
    ran = empty.run("check")
    assert (ran.code, ran.out.splitlines()[0]) == (
        1,
        "content:1:1: error: the content folder 'content' is not there. Make one with: playbook init DIR [no-content]",
    )


def test_fix_writes_the_id_and_leaves_every_other_byte(empty):
    goal = (
        codecs.BOM_UTF8 + b"title: Staff\r\n# my goal\r\n"
        b"people: [Grace Hopper, 'Ada Lovelace',  grace-hopper]  # both\r\n"
        b"told: Grace Hopper\r\n"
        b'checklist:\r\n  - {task: Ask,   person: "ada lovelace"} # soon\r\n'
    )
    journal = b"- {date: 2026-01-01, title: x, people: Grace Hopper}\n# end"
    empty.write({**GRACE, "content/goals/staff.yml": goal, "content/journal/2026.yml": journal})
    ran = empty.run("check", "--fix")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "content/goals/staff.yml:3:10: wrote 'grace-hopper'",
        "content/goals/staff.yml:3:24: wrote 'ada'",
        "content/goals/staff.yml:4:7: wrote 'grace-hopper'",
        "content/goals/staff.yml:6:27: wrote 'ada'",
        "content/journal/2026.yml:1:40: wrote 'grace-hopper'",
        "content: 4 records, no problems",
    ]
    assert empty.read("content/goals/staff.yml") == (
        codecs.BOM_UTF8 + b"title: Staff\r\n# my goal\r\n"
        b"people: [grace-hopper, 'ada',  grace-hopper]  # both\r\n"
        b"told: grace-hopper\r\n"
        b'checklist:\r\n  - {task: Ask,   person: "ada"} # soon\r\n'
    )
    assert empty.read("content/journal/2026.yml") == b"- {date: 2026-01-01, title: x, people: grace-hopper}\n# end"


def test_fix_twice_changes_nothing_more(empty):
    empty.write({**GRACE, "content/goals/staff.yml": "title: Staff\npeople: Grace Hopper\n"})
    empty.run("check", "--fix")
    before = {name: empty.read(name) for name in empty.names()}
    assert empty.run("check", "--fix").out == "content: 3 records, no problems\n"
    assert {name: empty.read(name) for name in empty.names()} == before


def test_fix_in_another_content_folder_finds_its_files(empty):
    (empty.path / "content").rename(empty.path / "my data")
    empty.write({"mkdocs.yml": "plugins: {playbook: {content: my data}}\n"})
    empty.write({name.replace("content/", "my data/"): text for name, text in GRACE.items()})
    empty.write({"my data/goals/staff.yml": "title: Staff\npeople: Grace Hopper\n"})
    assert empty.run("check", "--fix").code == 0
    assert empty.read("my data/goals/staff.yml") == b"title: Staff\npeople: grace-hopper\n"


def test_fix_with_json_says_what_it_wrote_on_standard_error(empty):
    empty.write({**GRACE, "content/goals/staff.yml": "title: Staff\npeople: Grace Hopper\n"})
    ran = empty.run("check", "--fix", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])
    assert ran.err == "content/goals/staff.yml:2:9: wrote 'grace-hopper'\n"


def test_a_file_saved_since_it_was_read_is_left_alone(empty):
    empty.write({**GRACE, "content/goals/staff.yml": "title: Staff\npeople: Grace Hopper\n"})
    context = Options(str(empty.path)).context
    loaded = context.load()
    empty.write({"content/goals/staff.yml": b"title: Staff\npeople: Grace Hopper\nwhy: \xff"})
    assert write_ids(context, loaded.names) == [
        "content/goals/staff.yml: changed meanwhile; nothing was written, run it again"
    ]
    assert empty.read("content/goals/staff.yml") == b"title: Staff\npeople: Grace Hopper\nwhy: \xff"


def test_a_fix_that_the_disk_has_no_room_for_leaves_the_file(empty):
    text = "title: Staff\npeople: Grace Hopper\nnext_step: " + "x" * 3000 + "\n"
    empty.write({**GRACE, "content/goals/staff.yml": text})
    before = empty.names()
    done = subprocess.run(
        [sys.executable, "-B", "-m", "playbook", "-C", str(empty.path), "check", "--fix"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert (done.returncode, done.stderr) == (
        2,
        "playbook: content/goals/staff.yml cannot be written: File too large; nothing was written, try it again\n",
    )
    assert (empty.names(), empty.read("content/goals/staff.yml").decode()) == (before, text)


def test_what_mkdocs_yml_said_is_remembered_as_long_as_it_is_the_same(tmp_path, monkeypatch):
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    config = tmp_path / "mkdocs.yml"

    def read(text: str) -> PluginOptions:
        config.write_bytes(text.encode())
        first, again = read_plugin_options(config), read_plugin_options(config)
        assert first == again
        return again

    plain = "plugins:\n  - playbook: {today: 2026-11-21, content: mine, audience: public}\n"
    assert read(plain) == PluginOptions("mine", "templates", dt.date(2026, 11, 21), "public")
    with monkeypatch.context() as patch:
        patch.setattr("yaml.parse", lambda *_: pytest.fail("it was read again"))
        assert read(plain).content == "mine"
    assert read("plugins: [playbook]\n") == PluginOptions()
    # What is wrong is told each time, and what cannot be told apart again is read each time.
    assert read("plugins: [playbook\n").problem is not None
    assert read('plugins: [{playbook: {content: "a\\0b"}}]\n').content == "a\0b"
    [kept] = (tmp_path / "cache" / "career-playbook" / "config").iterdir()
    whole = kept.read_bytes()
    for damage in (b"", b"x", whole[:-3], b"\xff" + whole):
        read(plain)
        kept.write_bytes(damage)
        assert read_plugin_options(config).audience == "public"
    # A file that others can write is none of ours.
    read(plain)
    kept.chmod(0o666)
    assert read_kept(kept, 10_000) is None
