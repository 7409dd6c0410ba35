"""The people page and a person's page: what they say, to whom, in which order; nothing is made of what is not written."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from textwrap import dedent

import pytest

from playbook.audience import restrict
from playbook.views.between import BalanceRow, ExchangeView, LogLine, LogView, OfferView, PromiseView
from playbook.views.channels import ChannelView
from playbook.views.charts import (
    Attention,
    LedgerRow,
    LedgerView,
    NetworkEdge,
    NetworkPerson,
    NetworkView,
    RhythmView,
    Tie,
    TouchMark,
)
from playbook.views.coverage import AreaView, CoverageView
from playbook.views.encounters import EncountersView, EncounterView, MentionsView, MentionView
from playbook.views.goal_cards import EvidenceView
from playbook.views.introductions import IntroductionsView, StepView, WarmthView, WayView
from playbook.views.mentoring import (
    AnswerView,
    FeedbackView,
    FitRow,
    MentoringView,
    SponsoringView,
    SponsorNext,
    SponsorStep,
)
from playbook.views.people import MentorCandidate, PeopleView, PersonRow, SponsorCandidate, ToMeet, people_view
from playbook.views.person import DateView, MetView, PersonView, PositionView, person_view
from playbook.views.printouts import PrintoutView
from playbook.views.scene import Linked, Scene, Source
from playbook.views.standing import RestingTie, StandingView
from playbook.views.words import DayView, day_view
from tests.support import book

TODAY = dt.date(2026, 11, 21)
ADA = Linked("Ada", "page:people/ada.md")
BO = Linked("Bo", "page:people/bo.md")
ZOE = Linked("Zoe", "page:people/zoe.md")
UNTOUCHED = WarmthView("cool", "no touch written down")
STAFF = Linked("Staff", "page:goals/staff.md")


def scene(files: dict[str, str], audience: str = "me") -> Scene:
    loaded = book(files)
    assert loaded.problems == ()
    return Scene(restrict(loaded.playbook, audience), TODAY, is_mine=audience == "me")


def ada(text: str, audience: str = "me", **others: str) -> PersonView:
    files = {
        "people/ada.yml": f"name: Ada\n{text}",
        **{f"{path.replace('_', '/', 1)}.yml": o for path, o in others.items()},
    }
    found = scene(files, audience)
    return person_view(found, found.playbook.people["ada"])


def on(day: str) -> DayView:
    return day_view(dt.date.fromisoformat(day), TODAY)


def said(view: object) -> set[str]:
    """The fields of a view that say anything."""
    return {field.name for field in fields(view) if not _is_empty(getattr(view, field.name))}


def _is_empty(value: object) -> bool:
    if isinstance(value, LogView | EncountersView | MentionsView | IntroductionsView):
        return not said(value)
    return not value or getattr(value, "is_empty", False) is True


# ---- the people page


def test_an_empty_playbook_has_an_empty_page():
    assert people_view(scene({})) == PeopleView(
        is_mine=True,
        count="0 people",
        network=None,
        rows=(),
        relations=(),
        circles=(),
        standings=(),
        shows_relation=True,
        shows_organization=True,
        shows_stage=False,
        to_meet=(),
        unlogged=(),
        mentors=(),
        coverage=(),
        sponsors=(),
        resting=(),
    )


def test_the_table_says_who_where_when_and_why():
    view = people_view(
        scene({
            "people/bo.yml": "name: Bo",
            "people/ada.yml": """
                name: Ada
                relations: [mentor, peer]
                circle: inner
                positions: [{organization: Old, to: 2020-01-01}, {organization: acme, title: Fellow}]
                log: [{date: 2026-09-22, kind: called, channel: video, what: The draft}]
                """,
            "organizations/acme.yml": "name: Acme",
        })
    )  # fmt: skip
    assert view.rows == (
        PersonRow(
            link=ADA,
            relations=("Mentor", "Peer"),
            circle="inner",
            title="Fellow",
            organization=Linked("Acme", "page:organizations/acme.md"),
            stage="connected",
            standing=StandingView(
                word="overdue",
                why="waiting since 20 Oct 2026: every 4 weeks (circle inner)",
                last=on("2026-09-22"),
                how="video",
                due=on("2026-10-20"),
                stage="connected",
                wants_attention=True,
            ),
        ),
        PersonRow(
            BO, (), "", "", None, "identified", StandingView("no rhythm", "", None, "", None, "identified", False)
        ),
    )
    assert (view.count, view.relations, view.circles, view.standings) == (
        "2 people",
        ("Peer", "Mentor"),
        ("inner",),
        ("overdue", "no rhythm"),
    )


@pytest.mark.parametrize(
    ("text", "word", "why"),
    [
        ("circle: inner\nlog: [{date: 2026-10-20}]", "due", "due since 17 Nov 2026: every 4 weeks (circle inner)"),
        ("cadence: weekly\nlog: [{date: 2026-11-20}]", "later", "next by 27 Nov 2026: every week (their own rhythm)"),
        ("circle: inner\npaused_until: 2027-01-15", "paused", "paused until 15 Jan 2027"),
        ("circle: inner", "not started", "not started: every 4 weeks (circle inner)"),
        ("stage: identified\ncircle: inner", "no rhythm", "not met yet"),
        ("cadence: never\nlog: [{date: 2026-11-20}]", "no rhythm", "never due (their own rhythm)"),
        ("log: [{date: 2026-11-20}]", "no rhythm", ""),
    ],
)
def test_every_standing_has_its_word_and_its_reason(text, word, why):
    standing = ada(text).standing
    assert standing is not None
    assert (standing.word, standing.why) == (word, why)


def test_the_standing_reads_as_one_sentence():
    standing = ada("cadence: every 6 weeks\nlog: [{date: 2026-09-22, channel: video}]").standing
    assert standing is not None
    assert standing.sentence == "due since 3 Nov 2026: every 6 weeks (their own rhythm); last touch 22 Sep 2026 (video)"


def test_the_map_holds_everybody_whose_tie_does_not_rest_with_the_ties_between_them():
    view = people_view(
        scene({
            "people/ada.yml": "{name: Ada, nickname: A, circle: inner, relations: [peer], log: [{date: 2026-10-20}], knows: [bo, cy]}",
            "people/bo.yml": "{name: Bo, introduced_by: zoe, log: [{date: 2026-11-01, kind: asked, about: [ada]}]}",
            "people/cy.yml": "{name: Cy, stage: dormant}",
            "people/zoe.yml": "name: Zoe",
        })
    )  # fmt: skip
    assert view.network == NetworkView(
        people=(
            NetworkPerson("ada", "Ada", "people/ada.md", "inner", "Peer", Attention.DUE, "A"),
            NetworkPerson("bo", "Bo", "people/bo.md", attention=Attention.UNCOUNTED),
            NetworkPerson("zoe", "Zoe", "people/zoe.md", attention=Attention.UNCOUNTED),
        ),
        circles=("inner", "regular", "wide"),
        edges=(NetworkEdge("ada", "bo", Tie.KNOWS), NetworkEdge("bo", "zoe", Tie.INTRODUCED)),
    )
    assert [row.link.text for row in view.rows] == ["Ada", "Bo", "Zoe"]
    assert view.resting == (RestingTie(Linked("Cy", "page:people/cy.md"), "resting", "", None),)


def test_ties_that_rest_are_told_apart_with_the_reason_that_was_written():
    view = people_view(
        scene({
            "people/ada.yml": "{name: Ada, closed: {date: 2026-03-01, why: We parted well}}",
            "people/bo.yml": "{name: Bo, stage: declined}",
            "people/zoe.yml": "{name: Zoe, stage: closed}",
        })
    )  # fmt: skip
    assert (view.rows, view.network, view.to_meet) == ((), None, ())
    assert view.resting == (
        RestingTie(ADA, "closed", "We parted well", on("2026-03-01")),
        RestingTie(BO, "said no for now", "", None),
        RestingTie(ZOE, "closed", "", None),
    )


def test_mentor_candidates_stand_side_by_side_and_a_gap_is_an_empty_row():
    view = people_view(
        scene({
            "goals/mentor.yml": "{title: A mentor, kind: mentor, people: bo}",
            "goals/other.yml": "{title: Another, kind: mentor, people: zoe, status: dropped}",
            "people/ada.yml": "{name: Ada, positions: [{organization: Acme, title: Fellow}], fit: {values: Plain writing, candid: Told me so}}",
            "people/bo.yml": "name: Bo",
            "people/max.yml": "{name: Max, relations: mentor, fit: {values: Kind}}",
            "people/pia.yml": "{name: Pia, mentoring: mentee, fit: {values: Kind}}",
            "people/zoe.yml": "name: Zoe",
        })
    )  # fmt: skip
    traits = ("Shares your values", "Success in the field", "Would invest time", "Honest, constructive feedback")
    assert view.mentors == (
        MentorCandidate(
            ADA, "Fellow, Acme", "identified", tuple(map(FitRow, traits, ("Plain writing", "", "", "Told me so")))
        ),
        MentorCandidate(BO, "", "identified", tuple(FitRow(trait, "") for trait in traits)),
    )


def test_what_goals_ask_for_stands_beside_the_mentors_who_cover_it_for_the_author_alone():
    files = {
        "me.yml": "audiences: {m: {sees: [mentor]}}",
        "goals/learn.yml": "{title: Learn, kind: skill, tags: [storage, proofs], visibility: mentor}",
        "goals/prove.yml": "{title: Prove it, kind: skill}",
        "people/ada.yml": """
            name: Ada
            relations: mentor
            expertise: [distributed storage]
            visibility: mentor
            consent: true
            """,
    }
    areas = (AreaView("storage", (Linked("Ada", ADA.href, "distributed storage"),)), AreaView("proofs", ()))
    assert people_view(scene(files)).coverage == (
        CoverageView(Linked("Learn", "page:goals/learn.md"), areas),
        CoverageView(Linked("Prove it", "page:goals/prove.md"), (AreaView("the goal as a whole", ()),)),
    )
    assert people_view(scene(files, "m")).coverage == ()


def test_sponsor_candidates_are_those_with_a_path_and_those_who_matter_for_such_a_goal():
    view = people_view(
        scene({
            "goals/staff.yml": "{title: Staff, kind: sponsor, people: bo}",
            "people/ada.yml": """
                name: Ada
                sponsoring: {goal: staff, reach: Council, seen: The review, asked: 2026-11-01, answer: Yes, did: Spoke}
                """,
            "people/bo.yml": "name: Bo",
            "people/zoe.yml": "name: Zoe",
        })
    )  # fmt: skip
    done = (
        SponsorStep("identified", "reached", ""),
        SponsorStep("has seen your work", "reached", "The review"),
        SponsorStep("the relationship stands", "ahead", ""),
        SponsorStep("asked", "reached", "1 Nov 2026"),
        SponsorStep("answered", "reached", "Yes"),
        SponsorStep("spoke for you", "reached", "Spoke"),
    )
    begun = (
        SponsorStep("identified", "reached", ""),
        SponsorStep("has seen your work", "next", ""),
        SponsorStep("the relationship stands", "ahead", ""),
        SponsorStep("asked", "ahead", ""),
        SponsorStep("answered", "ahead", ""),
        SponsorStep("spoke for you", "ahead", ""),
    )
    told = SponsorNext("Tell them what came of it", None, None, "")
    show = SponsorNext("Let them see your work", None, None, "")
    path = SponsoringView(STAFF, ("Council",), ("The review",), on("2026-11-01"), "Yes", ("Spoke",), done, told)
    assert view.sponsors == (
        SponsorCandidate(ADA, "", "identified", path),
        SponsorCandidate(BO, "", "identified", SponsoringView(None, (), (), None, "", (), begun, show)),
    )


def test_what_moves_a_sponsor_on_is_a_task_with_its_day_the_next_event_and_what_there_is_to_show():
    titles = "".join(f"- {{date: 2026-10-0{day}, title: Win {day}, goals: [staff]}}\n" for day in range(1, 7))
    text = """
        stage: connected
        log: [{date: 2026-11-10, kind: met}]
        sponsoring: {goal: staff, seen: [The storage review]}
        """
    files = {
        "goals_staff": "{title: Staff, checklist: [{task: Rehearse, due: 2026-12-01}]}",
        "events_council": "{title: Council, starts: 2026-12-10, meet: [ada]}",
        "journal_2026": f"{titles}- {{date: 2026-09-01, title: Storage review led, goals: [staff]}}\n",
    }
    sponsoring = ada(dedent(text), **files).sponsoring
    assert sponsoring is not None
    assert sponsoring.next is not None
    assert sponsoring.evidence is not None
    assert [(one.word, one.state, one.note) for one in sponsoring.steps][1:4] == [
        ("has seen your work", "reached", "The storage review"),
        ("the relationship stands", "reached", "last touch 10 Nov 2026"),
        ("asked", "next", ""),
    ]
    assert sponsoring.next.task is not None
    assert (sponsoring.next.what, sponsoring.next.task.text, sponsoring.next.task.due, sponsoring.next.meeting) == (
        "Ask them",
        "Rehearse",
        on("2026-12-01"),
        Linked("Council", "page:events/council.md", "10 Dec 2026, in 2 weeks"),
    )
    evidence = sponsoring.evidence
    assert [line.link.text for line in evidence.unseen] == ["Win 6", "Win 5", "Win 4", "Win 3", "Win 2"]
    assert [line.link.text for line in evidence.seen] == ["Storage review led"]
    assert (evidence.more_unseen, evidence.more_seen) == (1, 0)


def test_an_open_question_says_from_when_a_word_is_welcome():
    def what(day: str) -> str:
        sponsoring = ada(f"sponsoring: {{asked: {day}}}").sponsoring
        assert sponsoring is not None
        assert sponsoring.next is not None
        return sponsoring.next.what

    assert what("2026-11-10") == "They have not answered yet; a word is welcome from 24 Nov 2026"
    assert what("2026-11-07") == "They have not answered yet; a word is welcome now"


def test_another_reader_is_told_what_is_open_of_a_sponsor_and_no_steps():
    files = {"me": "audiences: {m: {sees: [mentor]}}"}
    text = "visibility: mentor\nshow: {sponsoring: mentor}\nconsent: true\nsponsoring: {seen: The review}"
    assert ada(text, "m", **files).sponsoring == SponsoringView(None, (), ("The review",), None, "", ())


def test_whom_you_only_heard_of_is_met_at_the_next_event_or_through_somebody():
    view = people_view(
        scene({
            "events/later.yml": "{title: Later, starts: 2027-05-14, meet: [zoe, bo]}",
            "events/soon.yml": "{title: Soon, starts: 2026-12-01, meet: [zoe]}",
            "events/past.yml": "{title: Past, starts: 2026-01-01, meet: [ada]}",
            "goals/staff.yml": "{title: Staff, people: [zoe]}",
            "people/ada.yml": "{name: Ada, why: Her papers}",
            "people/bo.yml": "name: Bo",
            "people/max.yml": "{name: Max, met: hallway, knows: [ada]}",
            "people/zoe.yml": "name: Zoe",
        })
    )  # fmt: skip
    way = WayView((StepView(Linked("Max", "page:people/max.md"), "knows", ADA, ""),), UNTOUCHED)
    assert view.to_meet == (
        ToMeet(ZOE, "", "", Linked("Soon", "page:events/soon.md", "in 10 days"), None, (STAFF,)),
        ToMeet(BO, "", "", Linked("Later", "page:events/later.md", "in 5 months"), None, ()),
        ToMeet(ADA, "", "Her papers", None, way, ()),
    )


def test_whom_you_know_with_nothing_logged_is_no_stranger():
    view = people_view(
        scene({
            "people/ada.yml": "{name: Ada, relations: [sponsor]}",
            "people/bo.yml": "{name: Bo, circle: inner}",
            "people/kim.yml": "{name: Kim, relations: [thought-leader], circle: wide}",
            "people/max.yml": "{name: Max, relations: [peer], log: [{date: 2026-11-01}]}",
            "people/pat.yml": "{name: Pat, relations: [colleague], stage: identified}",
            "people/zoe.yml": "{name: Zoe, relations: [connection]}",
        })
    )  # fmt: skip
    assert [one.link.text for one in view.to_meet] == ["Kim", "Pat", "Zoe"]
    assert [(one.about.text, one.command) for one in view.unlogged] == [
        ("Ada", 'playbook touch ada "…"'),
        ("Bo", 'playbook touch bo "…"'),
    ]


# ---- a person's page


def test_a_file_of_one_line_says_one_thing_and_nothing_is_invented():
    assert said(ada("")) == {"id", "is_mine", "name", "standing", "printouts", "source"}


def test_a_whole_file_becomes_a_whole_page():
    view = ada(
        """\
nickname: Addie
pronounced: AY-da
pronouns: she/her
relations: [mentor]
circle: inner
location: London
language: en
positions:
  - {organization: acme, title: Fellow, from: 2024-03-01}
  - {organization: Old Works, title: Engineer, from: 2021-03-01, to: 2024-02-01}
why: Her advice to write one page.
expertise: [engines]
values: [plain writing]
met: {date: 2025-05-16, event: pycon, how: hallway after her talk}
introduced_by: bo
knows: [zoe]
prefers: video
channels: {email: ada@example.org}
dates: {birthday: --12-18, joined Acme: 2024-03-01}
offers: [{what: Slides, given: 2026-09-01}, Our numbers]
promises:
  - {what: Kept early, kept: 2026-01-02}
  - {what: Kept late, kept: 2026-02-02}
  - {what: Some day}
  - {what: One page, due: 2026-11-05}
  - {what: A word with Zoe, by: them, due: 2026-12-01}
log:
  - {date: 2026-10-01, kind: gave, what: Reviewed her slides, with: bo}
  - {date: 2026-11-03, channel: video, kind: received, what: An hour, goal: staff}
mentoring:
  role: mentor
  since: 2025-09-01
  until: 2027-08-31
  rhythm: every 4 weeks
  next: 2026-12-08
  aims: Lead
  expectations: Honesty
  questions: [How do you say no?, {ask: Who decides?, answered: The council}]
  feedback:
    - {date: 2026-10-01, said: Too fast, action: Record a talk}
    - {date: 2026-11-03, said: Decide first, action: Rewrite, acted: 2026-11-10}
    - {said: Good questions}
fit: {values: Plain writing}
sponsoring: {reach: Council}
checklist: [{task: Send flowers, due: 2026-12-17}]
goals: [staff]
consent: true
review_by: 2027-06-01
notes: Likes *trees*.
tags: [engines]
""",
        people_bo="{name: Bo, met: hallway}",
        people_zoe="name: Zoe",
        organizations_acme="name: Acme",
        organizations_club="{name: Club, people: ada}",
        goals_staff="{title: Staff, told: [{person: ada, date: 2026-09-14}]}",
        events_pycon="{title: PyCon, starts: 2025-05-14, ends: 2025-05-16, outcomes: {met: ada}}",
    )
    fellow = PositionView("Fellow", Linked("Acme", "page:organizations/acme.md"), "since Mar 2024")
    pycon = Linked("PyCon", "page:events/pycon.md")
    gave = LogLine(on("2026-10-01"), "gave", "", "Reviewed her slides", (BO,), (), None, None, None)
    received = LogLine(on("2026-11-03"), "received", "video", "An hour", (), (), None, STAFF, None)
    why = "next by 8 Dec 2026: every 4 weeks (mentoring)"
    assert view.checklist.groups[0].items[0].text == "Send flowers"
    assert view == PersonView(
        id="ada",
        is_mine=True,
        name="Ada",
        folded="",
        nickname="Addie",
        pronounced="AY-da",
        pronouns="she/her",
        relations=("Mentor",),
        positions=(fellow,),
        past_positions=(PositionView("Engineer", Linked("Old Works"), "Mar 2021 – Feb 2024"),),
        organizations=(Linked("Club", "page:organizations/club.md"),),
        location="London",
        language="English",
        circle="inner",
        standing=StandingView("later", why, on("2026-11-03"), "video", on("2026-12-08"), "connected", False),
        resting=None,
        why="Her advice to write one page.",
        expertise=("engines",),
        values=("plain writing",),
        met=MetView("hallway after her talk", on("2025-05-16"), pycon, BO),
        channels=(
            ChannelView("video", None, True, on("2026-11-03")),
            ChannelView("email", Linked("ada@example.org", "mailto:ada@example.org"), False, None),
        ),
        rhythm=RhythmView(
            name="Ada",
            today=TODAY,
            touches=(
                TouchMark(dt.date(2026, 11, 3), "received: An hour"),
                TouchMark(dt.date(2026, 10, 1), "gave: Reviewed her slides"),
                TouchMark(dt.date(2025, 5, 16), "met: PyCon"),
            ),
            rhythm="every 4 weeks (mentoring)",
            due=dt.date(2026, 12, 8),
            latest=dt.date(2026, 12, 15),
        ),
        waiting=(),
        promises_mine=(
            PromiseView("One page", on("2026-11-05"), None, "waiting", "Promised: One page"),
            PromiseView("Some day", None, None, "open", "Promised: Some day"),
            PromiseView("Kept late", None, on("2026-02-02"), "done", "Kept: Kept late"),
            PromiseView("Kept early", None, on("2026-01-02"), "done", "Kept: Kept early"),
        ),
        promises_theirs=(PromiseView("A word with Zoe", on("2026-12-01"), None, "open", "Promised: A word with Zoe"),),
        exchange=ExchangeView(
            ledger=LedgerView((LedgerRow("Ada", 1, 1),)),
            balance=(
                BalanceRow("You gave", 2, 2),
                BalanceRow("You received", 1, 1),
                BalanceRow("You promised", 4, 4),
                BalanceRow("You kept", 2, 2),
                BalanceRow("They promised", 1, 1),
            ),
            word="This year you gave 4 times and received once. You may ask for something, too.",
            gave=(gave,),
            received=(received,),
        ),
        log=LogView((received, gave), ()),
        offers=(OfferView("Our numbers", False, None), OfferView("Slides", True, on("2026-09-01"))),
        dates=(
            DateView("Birthday", "18 Dec", on("2026-12-18")),
            DateView("Joined Acme", "1 Mar 2024", on("2027-03-01")),
        ),
        mentoring=MentoringView(
            role="mentor",
            since=on("2025-09-01"),
            until=on("2027-08-31"),
            rhythm="every 4 weeks",
            next=on("2026-12-08"),
            was_planned=False,
            expectations=("Honesty",),
            aims=("Lead",),
            questions=("How do you say no?",),
            answers=(AnswerView("Who decides?", "The council"),),
            feedback=(
                FeedbackView("Decide first", on("2026-11-03"), "Rewrite", "acted on", on("2026-11-10")),
                FeedbackView("Too fast", on("2026-10-01"), "Record a talk", "not yet", None),
                FeedbackView("Good questions", None, "", "", None),
            ),
        ),
        fit=(
            FitRow("Shares your values", "Plain writing"),
            FitRow("Success in the field", ""),
            FitRow("Would invest time", ""),
            FitRow("Honest, constructive feedback", ""),
        ),
        sponsoring=view.sponsoring,
        checklist=view.checklist,
        goals=(Linked("Staff", "page:goals/staff.md", "told 14 Sep 2026"),),
        encounters=EncountersView((), (EncounterView(pycon, "14–16 May 2025", on("2025-05-14"), ("first met here",)),)),
        mentions=MentionsView((), 0),
        introductions=IntroductionsView((), 0),
        can_introduce=(StepView(ADA, "knows", ZOE, ""),),
        knows=(ZOE,),
        scripts=None,
        consent=True,
        review_by=on("2027-06-01"),
        notes="Likes *trees*.",
        printouts=(
            PrintoutView("A brief before you meet", "playbook print person ada"),
            PrintoutView("The next meeting's agenda", "playbook print agenda ada"),
        ),
        tags=("engines",),
        source=Source("content/people/ada.yml", 1),
    )


@pytest.mark.parametrize(
    ("channels", "href"),
    [
        ("email: ada+news@example.org", "mailto:ada%2Bnews@example.org"),
        ("phone: +44 (0)20 7946-0018", "tel:+4402079460018"),
        ("text: 020 7946 0018", "sms:02079460018"),
        ("phone: ask the desk", ""),
        ("linkedin: linkedin.com/in/ada", "https://linkedin.com/in/ada"),
        ("linkedin: ada", ""),
        ('mastodon: "@ada@social.example.org"', "https://social.example.org/@ada"),
        ('mastodon: "@ada@evil.example/x@y"', ""),
        ("chat: https://chat.example.org/ada", "https://chat.example.org/ada"),
        ("chat: https://user@chat.example.org/", ""),
        ('chat: "https://x.example/\\" onclick=\\"x"', ""),
        ('chat: "https://[bad"', ""),
        ('chat: "javascript:alert(1)"', ""),
    ],
)
def test_an_address_leads_somewhere_only_where_its_form_leaves_no_doubt(channels, href):
    [channel] = ada(f"channels: {{{channels}}}").channels
    assert channel.to is not None
    assert channel.to.href == href


def test_channels_come_as_preferred_then_as_they_last_answered_then_as_written():
    view = ada("""\
prefers: letter
channels: {email: ada@example.org, chat: ada, phone: "12345"}
log:
  - {date: 2026-10-01, kind: heard, channel: email}
  - {date: 2026-10-05, kind: heard, channel: chat}
  - {date: 2026-11-05, kind: wrote, channel: phone}
  - {date: 2026-12-05, kind: heard, channel: phone}
""")
    assert [(c.name, c.is_preferred, c.answered) for c in view.channels] == [
        ("letter", True, None),
        ("chat", False, on("2026-10-05")),
        ("email", False, None),
        ("phone", False, None),
    ]


def test_a_long_log_is_folded_after_twelve_lines_and_what_has_no_date_comes_last():
    days = "\n".join(f"  - {{date: 2026-01-{day:02}, what: No. {day}}}" for day in range(1, 14))
    log = ada(f"log:\n  - Some day\n{days}\n").log
    assert [line.what for line in log.recent] == [f"No. {day}" for day in range(13, 1, -1)]
    assert [line.what for line in log.older] == ["No. 1", "Some day"]


def test_the_log_holds_what_other_logs_tell_of_them():
    view = ada(
        "", people_bo="{name: Bo, log: [{date: 2026-11-01, what: Lunch, with: [ada, zoe]}]}", people_zoe="name: Zoe"
    )
    assert view.log == LogView((LogLine(on("2026-11-01"), "met", "", "Lunch", (ZOE,), (), None, None, BO),), ())
    assert view.standing is not None
    assert (view.standing.last, view.standing.how) == (on("2026-11-01"), "met")


def test_events_tell_where_you_meet_them_and_skipped_ones_do_not():
    view = ada(
        "log: [{date: 2026-01-02, event: past}]",
        events_coming="{title: Coming, starts: 2026-12-01, meet: [{person: ada, why: The council}], sessions: [{title: Trees, who: ada}]}",
        events_far="{title: Far, starts: 2027-12-01, meet: ada}",
        events_past="{title: Past, starts: 2026-01-02, meet: ada}",
        events_skipped="{title: Skipped, starts: 2026-12-02, status: skipped, meet: ada}",
        events_missed="{title: Missed, starts: 2026-02-02, meet: ada}",
    )
    assert [(one.event.text, one.how) for one in view.encounters.coming] == [
        ("Coming", ("to meet: The council", "speaks: Trees")),
        ("Far", ("to meet",)),
    ]
    assert [(one.event.text, one.how) for one in view.encounters.past] == [
        ("Missed", ("to meet",)),
        ("Past", ("met there",)),
    ]


def test_nobody_was_met_at_an_event_that_is_still_to_come_though_the_log_names_it():
    camp = "{title: Camp, starts: 2026-12-01, meet: [{person: ada, why: The council.}], sessions: [{title: Trees., who: ada}]}"
    view = ada(
        "log: [{date: 2026-11-20, kind: asked, event: camp}, {date: 2026-11-20, kind: asked, event: fair}]",
        events_camp=camp,
        events_fair="{title: Fair, starts: 2026-12-02}",
    )
    assert [(one.event.text, "; ".join(one.how)) for one in view.encounters.coming] == [
        ("Camp", "to meet: The council; speaks: Trees"),
        ("Fair", "the log names it"),
    ]


def test_the_journal_tells_who_helped_and_whom_to_thank():
    view = ada(
        "",
        journal_2026="""
            - {date: 2026-11-01, title: Led the review, people: ada}
            - {date: 2026-11-02, kind: praise, said: Clear, from: ada}
            - {date: 2026-11-03, kind: reading, title: A book, people: ada}
            """,
    )
    page = "page:journal/2026.md"
    assert view.mentions == MentionsView(
        (
            MentionView("reading", EvidenceView(Linked("A book", f"{page}#2026-11-03-3"), on("2026-11-03"), "reading", "", None)),
            MentionView("said it", EvidenceView(Linked("Clear", f"{page}#2026-11-02-2"), on("2026-11-02"), "praise", "", None)),
            MentionView("helped", EvidenceView(Linked("Led the review", f"{page}#2026-11-01-1"), on("2026-11-01"), "achievement", "", None)),
        ),
        0,
    )  # fmt: skip
    assert [(task.text, task.person) for task in view.waiting] == [
        ("Thank Ada for “Led the review”", None),
        ("Thank Ada for “Clear”", None),
    ]


def test_what_other_records_ask_to_do_about_them_waits_on_their_page():
    view = ada(
        "promises: [Mine]\nchecklist: [Own]",
        goals_staff="{title: Staff, checklist: [{task: Ask Ada, person: ada, due: 2026-12-01}, Something else]}",
        events_pycon="{title: PyCon, starts: 2026-11-18, outcomes: {follow_ups: [{what: Send it, person: ada}]}}",
    )
    assert [task.text for task in view.waiting] == ["Send it", "Ask Ada"]


def test_ways_to_somebody_are_told_step_by_step_with_what_shows_them():
    view = ada(
        "stage: identified\nintroduced_by: max",
        people_bo="{name: Bo, met: hall, log: [{date: 2026-11-03, kind: introduced, about: ada}]}",
        people_max="{name: Max, met: hall}",
        people_zoe="{name: Zoe, met: hall, knows: kim}",
        people_kim="{name: Kim, knows: ada}",
    )
    kim, top = Linked("Kim", "page:people/kim.md"), Linked("Max", "page:people/max.md")
    assert view.introductions == IntroductionsView(
        (
            WayView(
                (StepView(BO, "knows", ADA, "introduction of 3 Nov 2026"),),
                WarmthView("warm", "last touch 3 Nov 2026 (introduced)"),
            ),
            WayView((StepView(top, "introduced you to", ADA, ""),), UNTOUCHED),
            WayView((StepView(ZOE, "knows", kim, ""), StepView(kim, "knows", ADA, "")), UNTOUCHED),
        ),
        0,
    )
    assert view.can_introduce == ()


def test_a_tie_that_leans_gets_a_gentle_word_and_what_only_passed_as_promises_is_counted_too():
    leaning = ada("log: [" + ", ".join(f"{{date: 2026-10-0{day}, kind: received}}" for day in (1, 2, 3)) + "]").exchange
    assert leaning is not None
    assert (leaning.word, leaning.balance) == (
        "This year you received 3 times; you have not given anything yet. What could you offer?",
        (BalanceRow("You received", 3, 3),),
    )
    assert ada("promises: [{what: Slides, kept: 2020-01-01}]").exchange == ExchangeView(
        None, (BalanceRow("You promised", 0, 1), BalanceRow("You kept", 0, 1)), "", (), ()
    )


def test_who_only_shares_a_place_may_know_them_and_it_says_which():
    ways = ada(
        "stage: identified\npositions: Acme Ltd",
        people_bo="{name: Bo, met: hall, positions: acme  ltd}",
        people_zoe="{name: Zoe, met: hall}",
        events_camp="{title: Camp, starts: 2026-05-01, meet: [ada, zoe]}",
    ).introductions.ways
    assert ways == (
        WayView((StepView(BO, "may know", ADA, "both at Acme Ltd"),), UNTOUCHED, is_likely=True),
        WayView((StepView(ZOE, "may know", ADA, "both named at Camp"),), UNTOUCHED, is_likely=True),
    )


def test_many_ways_are_counted_beyond_the_first_three():
    others = {f"people_p{n}": f"{{name: P{n}, met: hall, knows: ada}}" for n in range(8)}
    introductions = ada("stage: identified", **others).introductions
    assert ([way.steps[0].one.text for way in introductions.ways], introductions.more) == (
        ["P0", "P1", "P2"],
        5,
    )


def test_a_meeting_that_was_planned_and_passed_asks_for_a_new_day():
    mentoring = ada("mentoring: {role: mentor, next: 2026-11-20}").mentoring
    assert mentoring is not None
    assert (mentoring.next, mentoring.was_planned, mentoring.has_agenda) == (on("2026-11-20"), True, True)


def test_a_birthday_on_the_29th_of_february_is_kept():
    assert ada("dates: {birthday: --02-29}").dates == (DateView("Birthday", "29 Feb", on("2027-02-28")),)


# ---- other readers

MENTORS = {"me.yml": "audiences: {mentors: {sees: [mentor]}}"}
HIDDEN = """\
visibility: mentor
consent: true
why: Her advice
circle: inner
stage: active
fit: {values: Plain}
log: [{date: 2026-11-03, kind: gave, channel: video, what: Slides}]
promises: [Send it]
offers: [Numbers]
sponsoring: {reach: Council}
paused_until: 2027-01-01
review_by: 2026-01-01
checklist: [Call]
notes: Secret
"""


def test_another_reader_is_told_what_is_open_and_nothing_is_made_of_the_rest():
    seen = ada(HIDDEN, "mentors", me=MENTORS["me.yml"], people_bo="{name: Bo, met: hall, knows: ada}")
    assert said(seen) == {"id", "name", "why"}


def test_another_reader_of_an_open_log_gets_the_log_and_no_reckoning():
    seen = ada(
        f"{HIDDEN}show: {{log: mentor, channels: mentor}}\nchannels: {{chat: ada}}", "mentors", me=MENTORS["me.yml"]
    )
    assert said(seen) == {"id", "name", "why", "log", "channels"}
    assert seen.channels == (ChannelView("chat", Linked("ada"), False, None),)


def test_gaps_in_what_is_known_are_the_authors_alone():
    seen = ada(
        "visibility: mentor\nconsent: true\nfit: {values: Plain}\nshow: {fit: mentor}", "mentors", me=MENTORS["me.yml"]
    )
    assert seen.fit == (FitRow("Shares your values", "Plain"),)


def test_the_people_page_of_another_reader_lists_who_may_be_named_and_nobodys_standing():
    files = {
        **MENTORS,
        "people/ada.yml": f"name: Ada\n{HIDDEN}relations: [mentor]",
        "people/bo.yml": "name: Bo\nvisibility: mentor\nrelations: [sponsor]",
        "people/zoe.yml": "name: Zoe\nclosed: We parted well",
    }
    assert people_view(scene(files, "mentors")) == PeopleView(
        is_mine=False,
        count="1 person",
        network=None,
        rows=(PersonRow(ADA, ("Mentor",), "", "", None, "", None),),
        relations=("Mentor",),
        circles=(),
        standings=(),
        shows_relation=True,
        shows_organization=False,
        shows_stage=False,
        to_meet=(),
        unlogged=(),
        mentors=(),
        coverage=(),
        sponsors=(),
        resting=(),
    )


def test_a_map_is_drawn_for_another_reader_only_where_every_circle_may_be_known():
    shown = "visibility: mentor\nconsent: true\ncircle: inner\nshow: {circle: mentor}"
    files = {**MENTORS, "people/ada.yml": f"name: Ada\n{shown}\nlog: [{{date: 2025-01-01}}]"}
    view = people_view(scene(files, "mentors"))
    assert view.network == NetworkView((NetworkPerson("ada", "Ada", "people/ada.md", "inner"),))
    files["people/bo.yml"] = "name: Bo\nvisibility: mentor\nconsent: true\ncircle: inner"
    assert people_view(scene(files, "mentors")).network is None
