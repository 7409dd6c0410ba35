"""The whole site of small books: every page, every link, every place in a page; and that data never becomes markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playbook.audience import UnknownAudience
from playbook.problems import Place, Problem, Severity
from playbook.records import KINDS, Item, JournalEntry, Me
from playbook.records.choices import JournalKind
from playbook.records.event import Meet
from playbook.records.outreach import Outreach, Variant
from playbook.records.person import Person
from playbook.records.shape import FieldShape, shape_of
from playbook.records.struct import Struct
from playbook.render.pages import BadTemplate, anchor
from playbook.site import Heading, Page, Site, build_site, page_uris
from tests.crawl import Element, name_of, parsed, words, wrong_with
from tests.strategies import write
from tests.support import book

TODAY = dt.date(2026, 11, 21)

LISTINGS = [
    "index.md", "goals/index.md", "progress/index.md", "progress/review.md", "people/index.md", "events/index.md",
    "organizations/index.md", "outreach/index.md", "journal/index.md", "plays/index.md", "tags.md",
]  # fmt: skip

SMALL = {
    "me.yml": "name: Mara\nheadline: An engineer\naudiences: {grace: {sees: [mentor]}}",
    "goals/staff.yml": """
        title: Be staff & stay kind
        kind: promotion
        why: More weight, *really*
        measure: They say yes
        due: 2027-04-15
        people: [ada]
        tags: [Big step]
        milestones: [{title: Packet, due: 2027-02-01}, {title: Asked, done: 2026-10-01}]
        criteria: [{id: scope, text: Across teams, expected: Two projects}, Liked]
        checklist:
          - {task: Draft the packet, done: 2026-10-02, evidence: docs/packet.md}
          - {task: Rehearse, skipped: It is recorded}
          - {task: Ask Ada, due: 2026-11-20, person: ada, script: ask, milestone: Packet}
        """,
    "people/ada.yml": """
        name: Ada
        relations: [mentor]
        circle: inner
        why: Your talk changed our plan.
        log: [{date: 2026-09-22, channel: video, what: An hour}]
        """,
    "events/camp.yml": """
        title: Camp
        kind: conference
        starts: 2026-12-01 09:00
        ends: 2026-12-03 17:00
        timezone: America/Los_Angeles
        place: Long Beach
        status: registered
        goals: [staff]
        why: She speaks there
        questions: [What did you stop doing?]
        meet: [{person: ada, opener: Your question, ask: Ten minutes, script: ask}, {name: Barbara}]
        sessions: [{at: 2026-12-01 11:00, title: Consensus, who: ada}]
        bring: [The design]
        checklist: [{task: Pack, due: T-1}]
        """,
    "organizations/guild.yml": "name: Guild",
    "outreach/ask.yml": "title: Ask\nchannel: email\nsubject: A question\nbody: |\n  Hello {{ person.calls }},\n\n  {{ person.why }}\n",
    "journal/2026.yml": "- {date: 2026-11-10, title: Shipped, impact: Faster, goals: [staff], criteria: [staff/scope], tags: [big-step]}",
    "plays/start.yml": "title: Start\nchecklist: [Begin]",
}


def site_of(files: dict[str, str], audience: str = "me", **others: Any) -> Site:
    loaded = book(files)
    assert not loaded.has_errors, [str(problem) for problem in loaded.problems]
    return build_site(loaded.playbook, TODAY, audience=audience, **others)


def page(site: Site, uri: str) -> Page:
    return next(page for page in site.pages if page.uri == uri)


# ---- which pages there are, and that they hang together


def test_an_empty_playbook_has_every_room_and_each_says_how_to_begin() -> None:
    site = site_of({})
    assert [page.uri for page in site.pages] == LISTINGS
    assert list(wrong_with(site)) == []
    assert [page.uri for page in site.pages if 'class="pb-empty"' not in page.html] == ["index.md"]
    assert 'playbook new person "Their name"' in words(parsed(page(site, "index.md").html))


def test_every_record_has_a_page_below_its_room() -> None:
    site = site_of(SMALL)
    assert [(page.uri, page.title, page.section, page.is_leaf) for page in site.pages] == [
        ("index.md", "Home", "", False),
        ("goals/index.md", "Goals", "Goals", False),
        ("goals/staff.md", "Be staff & stay kind", "Goals", True),
        ("packets/staff.md", "Packet: Be staff & stay kind", "Goals", True),
        ("progress/index.md", "Progress", "Progress", False),
        ("progress/review.md", "Review", "Progress", True),
        ("people/index.md", "People", "People", False),
        ("people/ada.md", "Ada", "People", True),
        ("events/index.md", "Events", "Events", False),
        ("events/camp.md", "Camp", "Events", True),
        ("organizations/index.md", "Organizations", "Organizations", False),
        ("organizations/guild.md", "Guild", "Organizations", True),
        ("outreach/index.md", "Outreach", "Outreach", False),
        ("outreach/ask.md", "Ask", "Outreach", True),
        ("journal/index.md", "Journal", "Journal", False),
        ("journal/2026.md", "2026", "Journal", True),
        ("plays/index.md", "Plays", "Plays", False),
        ("plays/start.md", "Start", "Plays", True),
        ("tags.md", "Tags", "Tags", False),
    ]
    assert list(wrong_with(site)) == []
    assert sorted(page_uris(book(SMALL).playbook)) == sorted(page.uri for page in site.pages)
    assert {page.uri: (page.source.path, page.source.line) for page in site.pages if page.source} == {
        page.uri: (f"content/{page.uri.removesuffix('.md')}.yml", 1)
        for page in site.pages
        if page.is_leaf and page.title != "Review"
    } | {"packets/staff.md": ("content/goals/staff.yml", 9)}


def test_a_site_of_one_day_is_the_same_each_time() -> None:
    assert site_of(SMALL) == site_of(dict(reversed(SMALL.items())))


def test_another_reader_gets_no_empty_room_no_file_and_no_problem() -> None:
    files = {**SMALL, "goals/staff.yml": SMALL["goals/staff.yml"] + "        visibility: mentor\n"}
    files["goals/staff.yml"] = SMALL["goals/staff.yml"].replace("kind: promotion", "visibility: mentor")
    problem = Problem(Place("content/x.yml"), "x", "Something is wrong")
    grace, public = (site_of(files, name, problems=(problem,)) for name in ("grace", "public"))
    assert [page.uri for page in grace.pages] == [
        "index.md", "goals/index.md", "goals/staff.md", "packets/staff.md", "tags.md",
    ]  # fmt: skip
    # Nothing is tagged for them: how to tag something is nothing to tell another reader.
    assert [page.uri for page in public.pages] == ["index.md"]
    for site in (grace, public):
        assert list(wrong_with(site)) == []
        assert [page.source for page in site.pages if page.source] == []
        assert "Something is wrong" not in page(site, "index.md").html
    with pytest.raises(UnknownAudience):
        site_of(SMALL, "nobody")


def test_what_is_wrong_with_the_files_stands_on_home() -> None:
    problems = (
        Problem(Place("content/goals/x.yml", 3, 4), "x", "Is 'a' right?", "Write <b>"),
        Problem(Place("content/goals/y.yml"), "y", "Odd", severity=Severity.WARNING),
    )
    tree = parsed(page(site_of({}, problems=problems), "index.md").html)
    (box,) = [e for e in tree.iter() if "pb-problems" in e.get("class", "")]
    assert [" ".join(words(item).split()) for item in box.iter("li")] == [
        "content/goals/x.yml:3:4 Is 'a' right? Write <b>",
        "content/goals/y.yml:1:1 Odd.",
    ]


def test_headings_are_told_as_plain_text_without_what_stands_beside_them() -> None:
    found = page(site_of(SMALL), "goals/staff.md").headings
    assert found == (
        Heading(1, "goal", "Be staff & stay kind"),
        Heading(2, "milestones", "Milestones"),
        Heading(2, "checklist", "Checklist"),
        Heading(3, "milestone-2", "Packet"),
        Heading(2, "criteria", "What the committee looks for"),
        Heading(3, "criterion-1", "Across teams"),
        Heading(3, "criterion-2", "Liked"),
        Heading(2, "evidence", "Evidence"),
        Heading(2, "with", "Who and where"),
        Heading(2, "on-paper", "On paper"),
    )


def test_thanks_for_what_is_no_line_of_the_journal_do_not_end_in_the_air() -> None:
    files = {"people/hedy.yml": "{name: Hedy, log: [{date: 2026-11-18, kind: received, what: Notes}]}"}
    outreach = page(site_of(files), "outreach/index.md").html
    assert '<h3 class="pb-card__title"><a href="page:people/hedy.md">Hedy</a></h3>' in outreach
    assert "for</span>" not in outreach


def test_a_chip_beside_a_name_is_not_in_the_contents() -> None:
    files = {
        "people/radia.yml": "{name: Radia Perlman, log: [{date: 2026-01-03, kind: met}]}",
        "events/camp.yml": "{title: Camp, starts: 2026-11-03, meet: [{person: radia}], outcomes: {met: [radia]}}",
    }
    made = page(site_of(files), "events/camp.md")
    assert '<span class="pb-chip pb-chip--good">met</span></h3>' in made.html
    assert Heading(3, "meet-1-name", "Radia Perlman") in made.headings


def test_places_that_share_a_name_but_for_their_signs_are_told_apart() -> None:
    long = "a" * 70
    site = site_of(
        {
            "goals/a.yml": f"title: A\ntags: [C, C++, tags, '{long}b', '{long}c', 'é', 'e\u0301', '日本', '++', '--x']",
            "goals/b.yml": "title: B\nchecklist: [{task: a, milestone: 'x!'}, {task: b, milestone: x?, id: '1'}]\nmilestones: ['x!', x?]",
            "events/e.yml": "title: E\nstarts: 2026-05-14\nsessions: [{at: 2026-05-14, title: a}, {at: 2037-05-14, title: b}]",
            "outreach/o.yml": "title: O\nbody: a\nvariants: {pt-BR: b, pt-br: c}",
        }
    )
    assert list(wrong_with(site)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thought leader", "thought-leader"),
        ("thought_Leader", "thought-leader"),
        ("日本", "日本"),
        ("C++", "c-cedb1bac"),
        ("", "x-e3b0c442"),
        ('"><script>', "script-554299e9"),
    ],
)
def test_a_place_is_named_by_the_words_alone(text: str, expected: str) -> None:
    assert anchor(text) == expected


# ---- pages as they are


@pytest.mark.parametrize("uri", ["index.md", "goals/staff.md", "packets/staff.md", "events/camp.md"])
def test_pages_look_as_they_did(uri: str, golden: Callable[[str, str], None]) -> None:
    golden(f"pages/{uri.removesuffix('.md').replace('/', '-')}.html", page(site_of(SMALL), uri).html)


def test_a_template_of_ones_own_wins_and_a_broken_one_names_its_line(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "pages").mkdir(parents=True)
    (own / "assets").mkdir()
    (own / "assets" / "playbook.css").write_text("body {}")
    (own / "assets" / "mine.css").write_text("p {}")
    (own / "pages" / "tags.html.j2").write_text('<h1 id="tags">{{ tags.tags | length }} & mine</h1>')
    site = site_of(SMALL, templates=own)
    assert page(site, "tags.md").html == '<h1 id="tags">1 & mine</h1>\n'
    assert page(site, "goals/staff.md").html == page(site_of(SMALL), "goals/staff.md").html
    contents = {asset.uri: asset.content for asset in site.assets}
    assert contents["assets/playbook/playbook.css"] == b"body {}"
    assert contents["assets/playbook/mine.css"] == b"p {}"
    for broken, place in (
        ("<p>\n{{ tags.tags | nothing }}\n", "templates/pages/tags.html.j2:2:1"),
        ("<p>\n\n{% for %}\n", "templates/pages/tags.html.j2:3:1"),
        ("<p>\n{{ tags.wrong }}\n", "templates/pages/tags.html.j2:2:1"),
        ("{{ tags.__class__.__mro__ }}", "templates/pages/tags.html.j2:1:1"),
        ("{{ tags.tags.append(1) }}", "templates/pages/tags.html.j2:1:1"),
        ("{{ 1 // 0 }}", "templates/pages/tags.html.j2:1:1"),
    ):
        (own / "pages" / "tags.html.j2").write_text(broken)
        with pytest.raises(BadTemplate) as raised:
            site_of(SMALL, templates=own)
        assert str(raised.value.problem.place) == place


# ---- data never becomes markup

HOSTILE = {
    "elements": "<script>alert(1)</script></p></td></svg></title></textarea></pre><svg onload=alert(1)>--><b>]]></b><!--",
    "attributes and entities": "\"><img src=x onerror=alert(1)>' onmouseover='alert(1) &lt;b&gt;&#60;i&#62;&amp;",
    "templates and links": '{{ 7*7 }}{% raw %}{# x #} --8<-- "/etc/passwd" [a](javascript:alert(1))[b](<data:text/html,x>) {: onclick=x }',
    "a link to nothing": "[[nothing]]",
    "a text from right to left": "مرحبا שלום",
    "a long word": "w" * 4000,
}
PLAIN = "plain words"
_FIXED = {
    "date": "2026-11-01",
    "date or time": "2026-11-01 09:00",
    "date, or T-30": "2026-12-01",
    "date or true": "2026-11-02",
    "date or --MM-DD": "--12-18",
    "rhythm": "weekly",
    "true or false": "true",
    "number": "120",
    "e-mail address": "ada@example.org",
    "label": "public",
    "time zone": "Europe/Berlin",
    "language code": "de",
}
_CHOSEN = {"stage": "active", "status": "active", "unlocks_at": "contacted", "kind": "", "commit": "ask"}
_RATHER_NOT = (
    "visibility",
    "show",
    "defaults",
    "closed",
    "paused_until",
    "skipped",
    "parent",
    "milestone",
    "audiences",
)


class Filler:
    """Writes records in which every text, whatever it is for, is one marker and something to tell it from others."""

    def __init__(self, marker: str) -> None:
        self.marker = marker
        self.count = 0

    def text(self) -> str:
        self.count += 1
        return f"{self.marker} {self.count}"

    def tree(self) -> dict[str, Any]:
        tree: dict[str, Any] = {"me.yml": self.fields(Me, "me/me")}
        for kind, model in KINDS.items():
            for name in ("2025", "2026") if kind == "journal" else ("aa", "bb"):
                if kind == "journal":
                    tree[f"journal/{name}.yml"] = [
                        self.fields(JournalEntry, f"journal/{name}") | {"kind": str(word)} for word in JournalKind
                    ]
                else:
                    tree[f"{kind}/{name}.yml"] = self.fields(model, f"{kind}/{name}")
        tree["goals/bb.yml"]["parent"] = "aa"
        for kind in ("goals", "plays", "people", "organizations", "events"):
            items = tree[f"{kind}/bb.yml"]["checklist"]
            items += [{"task": self.text(), "skipped": self.text()}, {"task": self.text(), "evidence": self.text()}]
        tree["people/bb.yml"] |= {"closed": {"why": self.text()}}
        return tree

    def fields(self, model: type[Struct], home: str) -> dict[str, Any]:
        found = {}
        for field in shape_of(model).fields:
            if field.alias not in _RATHER_NOT:
                value = self.value(model, field, home)
                if value is not None:
                    found[field.alias] = value
        if model is Meet:
            found.pop("name")
        return found

    def value(self, model: type[Struct], field: FieldShape, home: str) -> Any:
        special: dict[tuple[type[Struct], str], Any] = {
            # What may stand in a template is another room's proof; what is filled into one is ours.
            (Outreach, "body"): "Hello {{ person.calls }}, {{ person.why }}",
            (Outreach, "subject"): "Hello {{ person.name }}",
            (Outreach, "needs"): ["person.why"],
            (Outreach, "channel"): ["email"],
            (Variant, "subject"): "Hallo {{ person.name }}",
            (Variant, "body"): "Hallo {{ person.calls }}",
        }
        if (model, field.alias) in special:
            return special[(model, field.alias)]
        if model is Person and field.alias == "channels":
            return {"email": "ada@example.org", "phone": self.text(), "mastodon": self.text(), "signal": self.text()}
        if model is Person and field.alias == "circle":
            return "inner"
        if model is Item and field.alias == "id":
            return f"item-{len(self.text())}-{self.count}"
        if model is Outreach and field.alias == "fallbacks":
            return {self.text()[-60:]: [self.text()]}
        if field.many == "map":
            keys = {"variants": "de", "dates": self.text()[-60:], "circles": "inner"}
            return {keys[field.alias]: self.one(field, home)}
        value = self.one(field, home)
        return [value] if field.many == "list" and value is not None else value

    def one(self, field: FieldShape, home: str) -> Any:
        if field.model is not None:
            return self.fields(field.model, home)
        if field.ref is not None:
            if field.ref.kind == "criteria":
                return None
            return "aa" if home != f"{field.ref.kind}/aa" else "bb"
        if field.value_type.startswith("one of"):
            known = field.value_type.replace("`", "").removeprefix("one of ").split(", ")
            return next((known_word for known_word in (_CHOSEN.get(field.alias),) if known_word in known), known[-1])
        if field.value_type == "link":
            return f"https://example.org/?{self.count}&\"'><b>"
        if field.value_type == "text or list":
            return [self.text()]
        return _FIXED.get(field.value_type) or self.text()


def built(marker: str) -> dict[str, Page]:
    loaded = book(write(Filler(marker).tree()))
    errors = {problem.code for problem in loaded.problems if problem.severity is Severity.ERROR}
    # What refers to nothing is a problem, and must still not hurt.
    assert errors <= {"unknown-reference"}
    site = build_site(loaded.playbook, TODAY)
    assert list(wrong_with(site)) == []
    return {page.uri: page for page in site.pages}


@pytest.fixture(scope="module")
def plain_pages() -> dict[str, Page]:
    return built(PLAIN)


def test_the_filled_tree_holds_every_field_of_every_record() -> None:
    tree = Filler(PLAIN).tree()
    for kind, model in KINDS.items():
        if kind != "journal":
            missing = {field.alias for field in shape_of(model).fields} - set(tree[f"{kind}/aa.yml"])
            assert missing <= set(_RATHER_NOT), kind


def skeleton(element: Element) -> Iterator[tuple[str, ...]]:
    """Every element in its order with the names of its attributes; of a chart, that it is there.

    Without what says that a text is long or could be better, and without what a search finds names by.
    """
    if element.get("class") in ("pb-over", "pb-findings") or "hidden" in element.attrib:
        return
    yield (name_of(element), *sorted(element.attrib))
    if name_of(element) != "svg":
        for child in element:
            yield from skeleton(child)
    yield ("end",)


@pytest.mark.slow
@pytest.mark.parametrize("marker", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_stands_in_a_text_is_shown_as_text(marker: str, plain_pages: dict[str, Page]) -> None:
    found = built(marker)
    assert found.keys() == plain_pages.keys()
    shown = 0
    for uri, made in found.items():
        tree, plain = parsed(made.html), parsed(plain_pages[uri].html)
        assert list(skeleton(tree)) == list(skeleton(plain)), uri
        shown += " ".join(words(tree).split()).count(" ".join(marker.split()))
        assert [(h.level, h.anchor) for h in made.headings if not h.anchor.startswith("tag-")] == [
            (h.level, h.anchor) for h in plain_pages[uri].headings if not h.anchor.startswith("tag-")
        ]
    assert shown > 100
    title = parsed(found["goals/aa.md"].html).find("header/div/h1")
    assert words(title) == found["goals/aa.md"].title == found["goals/aa.md"].headings[0].text
    assert " ".join(marker.split()) in found["goals/aa.md"].title


def test_notes_are_markdown_of_which_only_harmless_parts_are_left() -> None:
    notes = """
        title: Play
        notes: |
          # Big
          **bold** [ok](https://example.org/) [bad](javascript:alert(1))
          <b onclick=x>raw</b> [[goals/aim|My aim]]

          | a | b |
          |---|---|
          | 1 | 2 |

          ```
          <script>
          ```
        """
    html = page(site_of({"plays/p.yml": notes, "goals/aim.yml": "title: Aim"}), "plays/p.md").html
    rel = 'rel="noopener noreferrer nofollow"'
    assert html[html.index('<h2 id="notes">') : html.index('<p class="pb-source"')] == (
        '<h2 id="notes">Notes</h2><h4>Big</h4>'
        f'<p><strong>bold</strong> <a href="https://example.org/" {rel}>ok</a> [bad](javascript:alert(1))\n'
        f'&lt;b onclick=x&gt;raw&lt;/b&gt; <a href="page:goals/aim.md" {rel}>My aim</a></p>\n'
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n"
        "</tr>\n</tbody>\n</table>\n<pre><code>&lt;script&gt;\n</code></pre>\n\n"
    )


def test_the_card_of_a_play_names_whom_its_reason_links_to() -> None:
    files = {"plays/start.yml": "title: Start\nwhy: '[[ada]] did, and [[people/bo|he]] did.'"}
    site = site_of({**files, "people/ada.yml": "name: Ada L.", "people/bo.yml": "name: Bo"})
    assert '<p class="pb-card__next">Ada L. did, and he did.</p>' in page(site, "plays/index.md").html
