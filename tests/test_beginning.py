"""A playbook's first files: whole whatever was answered, with one real thing to do."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path, PurePosixPath

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import playbook
from playbook.audience import restrict
from playbook.beginning import Answers, first_files
from playbook.load import Loaded
from playbook.render.scripts import check_scripts
from playbook.schema import kinds, schema_of
from playbook.site import build_site
from playbook.starters import one_line
from playbook.views.home import home_view
from playbook.views.scene import Scene
from tests.support import book

TODAY = dt.date(2026, 11, 20)
FULL = Answers("Ada Lovelace", "Be promoted to staff", ("Grace Hopper", "王小明"), "PyCon US", dt.date(2027, 5, 14), "letter", "Europe/Berlin")  # fmt: skip
answers = st.builds(
    Answers,
    name=st.text(max_size=40),
    goal=st.text(max_size=40),
    people=st.lists(
        st.text(max_size=20) | st.sampled_from(["Ada", "ada", "Ada 2", "王", "李", "Person 1", "NULL"]), max_size=5
    ).map(tuple),
    event=st.text(max_size=40),
    event_on=st.none() | st.dates(),
    paper=st.sampled_from(["a4", "letter"]),
    timezone=st.sampled_from(["", "Europe/Berlin"]),
)


def loaded(files: dict[str, str], today: dt.date = TODAY) -> Loaded:
    """The playbook in the first files, as `playbook check` reads it."""
    content = {path.removeprefix("content/"): text for path, text in files.items() if path.startswith("content/")}
    pages = [f"content/{path}" for path in content if path.endswith(".md")]
    records = {path: text for path, text in content.items() if path.endswith(".yml")}
    return book(records, today, pages=pages, checks=[check_scripts])


@given(answers, st.dates())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_answered_check_finds_nothing_wrong(given_answers, today):
    files = first_files(given_answers, today, "1.2.3")
    found = loaded(files, today)
    assert [str(problem) for problem in found.problems if problem.severity.fails] == []
    names = {one_line(name).casefold() for name in given_answers.people} - {""}
    assert {entry.title.casefold() for entry in found.playbook.people.values()} == names
    if goal := one_line(given_answers.goal):
        assert [entry.title for entry in found.playbook.goals.values()] == [goal]
    if event := one_line(given_answers.event):
        (entry,) = found.playbook.events.values()
        assert entry.title == event
        assert given_answers.event_on in (None, entry.record.starts.day)
    assert found.playbook.me.record.name == one_line(given_answers.name)


@given(st.text(max_size=60))
def test_whatever_the_name_is_the_sites_name_shows_it(name):
    config = yaml.safe_load(first_files(Answers(name=name), TODAY, "1.2.3")["mkdocs.yml"])
    own = f"{one_line(name)}'s career playbook" if one_line(name) else "My career playbook"
    assert html.unescape(config["site_name"]) == own
    assert "<" not in config["site_name"]


@pytest.mark.parametrize("given_answers", [Answers(), FULL], ids=["nothing answered", "all answered"])
def test_home_has_something_real_to_do_and_the_site_builds(given_answers):
    found = loaded(first_files(given_answers, TODAY, "1.2.3"))
    home = home_view(Scene(restrict(found.playbook, "me"), TODAY, is_mine=True))
    assert not home.is_quiet
    assert home.waiting == ()
    dues = [task.due for task in home.this_week] + [task.due for task in home.coming]
    assert dues
    site = build_site(found.playbook, TODAY)
    (front,) = [page for page in site.pages if page.uri == "index.md"]
    assert "Write down why this goal matters, and how you will know that it is reached" in front.html


def test_what_was_answered_hangs_together():
    found = loaded(first_files(FULL, TODAY, "1.2.3")).playbook
    (goal,) = found.goals.values()
    assert (goal.id, goal.record.people) == ("be-promoted-to-staff", ("grace-hopper", "person-1"))
    assert [item.person for item in goal.record.checklist] == [None, "grace-hopper"]
    assert {key: entry.title for key, entry in found.people.items()} == {
        "grace-hopper": "Grace Hopper",
        "person-1": "王小明",
    }
    assert found.events["pycon-us"].record.starts.day == dt.date(2027, 5, 14)
    me = found.me.record
    assert (me.name, me.timezone, str(me.paper)) == ("Ada Lovelace", "Europe/Berlin", "letter")


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (("Ada", "Ada"), ["ada"]),
        (("Ada", "ADA "), ["ada"]),
        (("Ada", "Ada!"), ["ada", "ada-2"]),
        (("Ada 2", "Ada", "Ada!"), ["ada-2", "ada", "ada-3"]),
        (("王", "李", "Person 1"), ["person-1", "person-2", "person-1-2"]),
        (("", " "), []),
    ],
)
def test_nobody_takes_the_file_of_somebody_else(names, ids):
    files = first_files(Answers(people=names), TODAY, "1.2.3")
    assert [PurePosixPath(path).stem for path in files if path.startswith("content/people/")] == ids


def test_every_file_names_the_schema_of_its_kind_at_its_place():
    files = first_files(FULL, TODAY, "1.2.3")
    written = [path for path in files if path.startswith("content/") and path.endswith(".yml")]
    assert {PurePosixPath(path).parts[1] for path in written} == {
        "me.yml",
        "goals",
        "people",
        "events",
        "outreach",
        "journal",
    }
    for path in written:
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", files[path])
        assert named, path
        kind = PurePosixPath(path).parts[1].removesuffix(".yml")
        target = (Path("/") / PurePosixPath(path).parent / named[1]).resolve()
        assert target == Path(f"/.schemas/{kind}.schema.json"), path


def test_the_schemas_are_there():
    files = first_files(Answers(), TODAY, "1.2.3")
    assert {path for path in files if path.startswith(".schemas/")} == {
        f".schemas/{kind}.schema.json" for kind in kinds()
    }
    assert json.loads(files[".schemas/people.schema.json"]) == schema_of("people")


def test_the_workflow_installs_what_the_repository_pins_and_runs_no_moving_action():
    files = first_files(Answers(), TODAY, "1.2.3")
    workflow = yaml.safe_load(files[".github/workflows/playbook.yml"])
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["check"]["steps"]
    assert [step["uses"] for step in steps if "uses" in step] != []
    assert [
        step["uses"]
        for step in steps
        if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step.get("uses", "a/b@" + "0" * 40))
    ] == []
    assert [step["run"] for step in steps if "run" in step] == [
        "python -m pip install -r requirements.txt",
        "playbook check --format github",
        "playbook build --strict",
        "playbook summary --github",
    ]
    assert files["requirements.txt"] == "career-playbook==1.2.3\n"


def test_the_readme_of_this_repository_names_the_same_install_command():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    pinned = first_files(Answers(), TODAY, playbook.__version__)["requirements.txt"].strip()
    assert f'python3 -m pip install "{pinned}"\n' in readme
    assert len(re.findall(r"pip install .*career-playbook", readme)) == 1


def test_git_keeps_out_what_is_built_and_printed_and_what_came_from_elsewhere():
    lines = first_files(Answers(), TODAY, "1.2.3")[".gitignore"].splitlines()
    assert {"/site/", "/*.pdf", "/*.ics", "/imports/", "*.vcf", "Connections.csv", ".venv/"} <= set(lines)
