"""`playbook script`: a message ready to send or to say, who it fits, and why it cannot be written yet."""

from __future__ import annotations

import json
import os
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.terminals import on_a_terminal, plain

FILES = {
    "content/me.yml": "name: Mara Tamm\nheadline: an engineer\nemail: mara@example.org\n",
    "content/people/ines-marques.yml": """
        name: Inês Marques
        nickname: Nê
        why: Your talk helped.
        stage: active
        expertise: [replay]
        channels: {email: ines@example.org}
    """,
    "content/people/bo-li.yml": """
        name: Bo Li
        stage: contacted
        prefers: video
        channels: {phone: "010"}
    """,
    "content/people/kim.yml": "name: Kim\nlanguage: de\nwhy: Dein Buch half.\nexpertise: [clocks]\nmet: at camp\nchannels: {email: kim@example.org}\n",
    "content/outreach/ask.yml": """
        title: Ask for twenty minutes
        purpose: informational-interview
        channel: [email, linkedin-message]
        subject: "About {{ person.calls }}'s talk"
        limits: {words: 30}
        body: |
          {{ person.calls }},

          {{ person.why }} Would twenty minutes suit you?

          {{ me.name }}
        variants:
          de: {subject: "Eine Frage", body: "{{ person.calls }}, {{ person.why }}"}
    """,
    "content/outreach/sponsor.yml": "{title: Sponsor, purpose: sponsor-ask, channel: in-person, unlocks_at: active, body: 'Hello {{ person.calls }}.'}\n",
    "content/outreach/both.yml": """
        title: Both
        purpose: introduction-offer
        channel: email
        to_both: true
        subject: "{{ person.calls }} and {{ other.calls }}"
        body: |
          {{ person.calls }}, {{ other.calls }} knows {{ other.expertise | first }}.
    """,
    "content/outreach/offer.yml": """
        title: May I
        purpose: introduction-offer
        channel: email
        subject: May I
        body: "{{ person.calls }}, somebody{% if other.expertise %} who knows {{ other.expertise | first }}{% endif %}?"
    """,
}  # fmt: skip
ASK = "Subject: About Nê's talk\n\nNê,\n\nYour talk helped. Would twenty minutes suit you?\n\nMara Tamm\n"
DAY = ("--today", "2026-11-21")


def test_piped_an_email_is_its_subject_and_its_text_and_nothing_else(empty):
    ran = empty.write(FILES).run("script", "ask", "--to", "ines-marques", *DAY)
    assert (ran.code, ran.out) == (0, ASK)
    assert ran.err == (
        "To       Inês Marques <ines@example.org>\n"
        "By       email, linkedin-message\n"
        "email: 11 of 30 words, subject 15 of 78 characters\n"
        "linkedin-message: 64 of 1,900 characters, 11 of 30 words\n"
    )


def test_what_is_said_has_no_subject(empty):
    ran = empty.write(FILES).run("script", "sponsor", "--to", "ines-marques", *DAY)
    assert (ran.code, ran.out) == (0, "Hello Nê.\n")


@pytest.mark.parametrize(
    "name", ["Inês Marques", "ines marques", "Nê", "people/ines-marques", "content/people/ines-marques.yml"]
)
def test_a_person_is_found_by_name_as_well_as_by_id(empty, name):
    assert empty.write(FILES).run("script", "ask", "--to", name, *DAY).out == ASK


def test_on_a_terminal_head_text_and_counts_stand_together(empty):
    shown = plain(on_a_terminal(empty.write(FILES).path, "script", "ask", "--to", "ines-marques", *DAY))
    # A bar comes and goes above it on a machine so busy that reading takes a second.
    assert shown[shown.index("To  ") :] == (
        "To       Inês Marques <ines@example.org>\n"
        "By       email, linkedin-message\n"
        "Subject  About Nê's talk\n"
        "\n"
        "Nê,\n\nYour talk helped. Would twenty minutes suit you?\n\nMara Tamm\n"
        "\n"
        "email: 11 of 30 words, subject 15 of 78 characters\n"
        "linkedin-message: 64 of 1,900 characters, 11 of 30 words\n"
    )


def test_as_json_it_is_everything_there_is_to_know(empty):
    ran = empty.write(FILES).run("script", "both", "--to", "kim", "--and", "ines-marques", "--json", *DAY)
    found = json.loads(ran.out)
    assert (ran.code, found.pop("findings"), found) == (
        0,
        [],
        {
            "template": "both",
            "person": "kim",
            "other": "ines-marques",
            "event": "",
            "goal": "",
            "language": "",
            "ready": True,
            "to": [
                {"id": "kim", "name": "Kim", "email": "kim@example.org", "prefers": "", "usable": ["email"]},
                {"id": "ines-marques", "name": "Inês Marques", "email": "ines@example.org", "prefers": "", "usable": ["email"]},
            ],
            "channels": ["email"],
            "subject": "Kim and Nê",
            "body": "Kim, Nê knows replay.",
            "counts": {"words": 4, "characters": 21, "seconds": 2},
            "limits": [
                {"channel": "email", "part": "body", "unit": "words", "number": 4, "most": 200, "over": False},
                {"channel": "email", "part": "subject", "unit": "characters", "number": 10, "most": 78, "over": False},
            ],
            "warnings": [],
        },
    )  # fmt: skip


def test_what_its_author_may_want_to_change_is_told_beside_it_and_before_it_goes_out(empty):
    files = {
        **FILES,
        "content/outreach/ask.yml": "{title: T, channel: email, subject: S, body: 'Just checking in [name].'}",
    }
    ran = empty.write(files).run("script", "ask", "--to", "kim", "--json", *DAY)
    found = json.loads(ran.out)["findings"]
    assert {(one["path"], one["line"]) for one in found} == {("content/outreach/ask.yml", 1)}
    assert len(found) >= 2
    told = [f"{one['path']}:{one['line']}:{one['column']}: warning: {one['message']}" for one in found]
    for arguments in ((), ("--eml", "x.eml")):
        ran = empty.run("script", "ask", "--to", "kim", *arguments, *DAY)
        assert (ran.code, [one for one in told if one not in ran.err]) == (0, [])


# ---- the language


def test_it_is_written_in_their_language_unless_another_is_asked_for(empty):
    empty.write(FILES)
    assert empty.run("script", "ask", "--to", "kim", *DAY).out == "Subject: Eine Frage\n\nKim, Dein Buch half.\n"
    assert empty.run("script", "ask", "--to", "kim", "--language", "en", *DAY).out.startswith("Subject: About Kim's")
    assert empty.run("script", "ask", "--to", "ines-marques", "--language", "de", *DAY).out.startswith("Subject: Eine")
    assert empty.run("script", "ask", "--to", "ines-marques", "--language", "de-AT", *DAY).out.startswith(
        "Subject: Eine"
    )


def test_a_language_that_it_is_not_written_in_is_told_with_those_that_there_are(empty):
    ran = empty.write(FILES).run("script", "ask", "--to", "kim", "--language", "fr", *DAY)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: 'ask' is not written in 'fr'; there is en, de\n" in ran.err


# ---- not ready


def test_what_is_lacking_is_told_at_the_templates_line_with_where_to_write_it(empty):
    ran = empty.write(FILES).run("script", "ask", "--to", "bo-li", *DAY)
    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        "content/outreach/ask.yml:9:1: error: Bo Li lacks why. Write 'why: …' at content/people/bo-li.yml:5:1. "
        "The personal reason to write to *them*, in words said to them. [not-ready]\n",
    )
    ran = empty.run("script", "ask", "--to", "bo-li", "--json", *DAY)
    assert (ran.code, json.loads(ran.out)) == (
        1,
        {
            "template": "ask",
            "person": "bo-li",
            "other": "",
            "ready": False,
            "missing": ["person.why"],
            "reason": "Bo Li lacks why",
            "problem": {
                "path": "content/outreach/ask.yml",
                "line": 9,
                "column": 1,
                "severity": "error",
                "code": "not-ready",
                "message": "Bo Li lacks why",
                "hint": "Write 'why: …' at content/people/bo-li.yml:5:1. The personal reason to write to *them*, in words said to them.",
            },
        },
    )


def test_what_comes_before_it_is_told_where_a_relationship_is_not_there_yet(empty):
    ran = empty.write(FILES).run("script", "sponsor", "--to", "bo-li", *DAY)
    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        "content/outreach/sponsor.yml:1:72: error: Bo Li is contacted; this is for when the relationship is active. "
        "First: an answer from them, or a meeting; then three contacts within a year, one of them from their side. "
        "Then write the new stage at content/people/bo-li.yml:2:1. [not-ready]\n",
    )


# ---- what does not exist


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("aks", "--to", "kim"), "no outreach template is called 'aks'. Did you mean 'ask'?"),
        (("ask", "--to", "marque"), "no person is called 'marque'. Did you mean 'ines-marques'?"),
        (("ask", "--to", "Ines Markes"), "no person is called 'Ines Markes'. Did you mean 'ines-marques'?"),
        (("ask", "--to", "nobody"), "no person is called 'nobody'. To see them all: playbook list people"),
        (("ask", "--to", "kim", "--event", "camp"), "no event is called 'camp'. There is none yet."),
        (("ask", "--to", "kim", "--goal", ""), "no goal is called ''. There is none yet."),
        (("ask", "--to", "kim", "--and", "bo-li"), "'ask' speaks of one person only; leave out --and"),
        (("both", "--to", "kim", "--and", "Kim"), "--to and --and are both 'kim'; an introduction needs two people"),
        (("ask", "--open"), "--open needs somebody to write to: --to PERSON"),
        (("ask", "--eml", "x.eml"), "--eml needs somebody to write to: --to PERSON"),
        (("ask", "--to", "kim", "--force"), "--force only says that --eml may replace a file"),
        (("ask", "--owed"), "--owed lists everybody; leave out TEMPLATE and --to"),
        (("--to", "kim", "--open"), "--open needs a TEMPLATE; to see them all: playbook script"),
    ],
)
def test_what_makes_no_sense_is_told_with_what_was_likely_meant(empty, arguments, error):
    ran = empty.write(FILES).run("script", *arguments, *DAY)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", f"Error: {error}")


def test_a_name_that_two_share_must_be_told_apart(empty):
    ran = empty.write({**FILES, "content/people/kim-2.yml": "name: Kim Two\nnickname: Kim\n"}).run(
        "script", "ask", "--to", "KIM", *DAY
    )
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "Error: 'KIM' could be kim (Kim) or kim-2 (Kim Two); write the id",
    )


def test_somebody_whose_file_cannot_be_read_is_not_unknown(empty):
    ran = empty.write({**FILES, "content/people/eve.yml": "name: [\n"}).run("script", "ask", "--to", "eve", *DAY)
    assert (ran.code, ran.out) == (1, "")
    assert "content/people/eve.yml:" in ran.err
    assert ran.err.endswith("'eve' cannot be read.\n")


# ---- two people


def test_a_message_about_two_asks_for_the_second(empty):
    ran = empty.write(FILES).run("script", "both", "--to", "kim", *DAY)
    assert (ran.code, ran.err) == (
        1,
        "content/outreach/both.yml:5:10: error: it speaks of a second person: say whom with --and. [not-ready]\n",
    )


def test_what_the_second_one_lacks_is_told(empty):
    ran = empty.write(FILES).run("script", "both", "--to", "kim", "--and", "bo-li", *DAY)
    assert (ran.code, ran.err) == (
        1,
        "content/outreach/both.yml:7:1: error: Bo Li lacks expertise. Write 'expertise: […]' at "
        "content/people/bo-li.yml:5:1. What they know. [not-ready]\n",
    )


def test_who_is_only_spoken_of_is_not_written_to(empty):
    ran = empty.write(FILES).run("script", "offer", "--to", "kim", "--and", "ines-marques", "--eml", "x.eml", *DAY)
    assert ran.code == 0
    message = message_from_bytes(empty.read("x.eml"), policy=policy.default)
    assert message["To"] == "Kim <kim@example.org>"
    assert message.get_content() == "Kim, somebody who knows replay?\r\n"


# ---- channels that somebody has not


def test_a_channel_that_they_have_not_is_told_with_what_they_prefer(empty):
    bo = "name: Bo Li\nwhy: A book.\nprefers: video\nchannels: {phone: '010'}\n"
    ran = empty.write({**FILES, "content/people/bo-li.yml": bo}).run("script", "ask", "--to", "bo-li", *DAY)
    gap = "Bo Li has no e-mail address or LinkedIn profile; they prefer video, and can be reached by phone"
    assert (ran.code, f"warning: {gap}\n" in ran.err) == (0, True)
    assert json.loads(empty.run("script", "ask", "--to", "bo-li", "--json", *DAY).out)["warnings"] == [gap]
    for option in (("--open",), ("--eml", "x.eml")):
        ran = empty.run("script", "ask", "--to", "bo-li", *option, *DAY)
        assert (ran.code, ran.out, ran.err) == (
            2,
            "",
            "playbook: Bo Li has no e-mail address; they prefer video, and can be reached by phone. "
            "Leave out --open and --eml to read the message here\n",
        )
    assert "x.eml" not in empty.names()


# ---- drafts


def test_a_draft_is_to_both_from_me_with_their_names(empty):
    ran = empty.write(FILES).run("script", "both", "--to", "kim", "--and", "ines-marques", "--eml", "d.eml", *DAY)
    assert (ran.code, ran.out, ran.err) == (0, "", "d.eml\n")
    content = empty.read("d.eml")
    assert content.count(b"\n") == content.count(b"\r\n")
    message = message_from_bytes(content, policy=policy.default)
    assert {name: str(value) for name, value in message.items()} == {
        "X-Unsent": "1",
        "From": "Mara Tamm <mara@example.org>",
        "To": "Kim <kim@example.org>, Inês Marques <ines@example.org>",
        "Subject": "Kim and Nê",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert message.get_content() == "Kim, Nê knows replay.\r\n"


def test_a_draft_never_replaces_a_file_unless_told_to(empty):
    arguments = ("script", "ask", "--to", "ines-marques", "--eml", "d.eml", *DAY)
    ran = empty.write({**FILES, "d.eml": "mine\n"}).run(*arguments)
    assert (ran.code, ran.err) == (
        2, "playbook: --eml: 'd.eml' is there already; it was not touched. Add --force to replace it\n",
    )  # fmt: skip
    assert empty.read("d.eml") == b"mine\n"
    assert empty.run(*arguments, "--force").code == 0
    assert empty.read("d.eml").startswith(b"X-Unsent: 1\r\n")


def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(empty):
    empty.write({**FILES, "content/people/eve.yml": "name: [\n"})
    for place, reason in (
        ("content", "'content' is a folder; name a file in it, such as content/draft.eml"),
        ("no/where.eml", "there is no folder 'no'"),
    ):
        ran = empty.run("script", "ask", "--to", "nobody", "--eml", place, *DAY)
        assert (ran.code, ran.err) == (2, f"playbook: --eml: {reason}\n")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is locked for whoever may do everything")
def test_a_locked_folder_is_told_too(empty):
    (empty.write(FILES).path / "locked").mkdir(mode=0o500)
    ran = empty.run("script", "ask", "--to", "ines-marques", "--eml", "locked/x.eml", *DAY)
    assert (ran.code, ran.err) == (2, "playbook: --eml: 'locked/x.eml' cannot be written: no permission\n")


# ---- the mail program


def with_a_handler(empty, monkeypatch, text):
    folder = empty.path.parent / "bin"
    folder.mkdir()
    (folder / "xdg-open").write_text(f"#!/bin/sh\n{text}\n")
    (folder / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("sys.platform", "linux")


def test_the_mail_program_is_handed_a_link_with_everything(empty, monkeypatch):
    with_a_handler(empty, monkeypatch, f'printf %s "$1" > {empty.path}/opened')
    ran = empty.write(FILES).run("script", "ask", "--to", "ines-marques", "--open", *DAY)
    assert (ran.code, ran.out, ran.err) == (
        0, "", "handed to your mail program, to Inês Marques; nothing is sent yet\n",
    )  # fmt: skip
    link = urlsplit(empty.read("opened").decode())
    assert (link.scheme, link.path) == ("mailto", "ines@example.org")
    assert parse_qs(link.query) == {
        "subject": ["About Nê's talk"],
        "body": ["Nê,\r\n\r\nYour talk helped. Would twenty minutes suit you?\r\n\r\nMara Tamm"],
    }


@pytest.mark.parametrize("text", ["exit 3", None])
def test_without_a_mail_program_the_link_is_printed(empty, monkeypatch, text):
    empty.write(FILES)
    if text is None:
        monkeypatch.setenv("PATH", str(empty.path))
        monkeypatch.setattr("sys.platform", "linux")
    else:
        with_a_handler(empty, monkeypatch, text)
    ran = empty.run("script", "ask", "--to", "ines-marques", "--open", *DAY)
    assert (ran.code, ran.err) == (2, "playbook: no mail program answered; the link above opens the message in one\n")
    assert ran.out.startswith("mailto:ines@example.org?subject=About%20N%C3%AA%27s%20talk&body=")


# ---- lists


def test_without_a_person_everybody_is_listed_whom_it_fits_first(empty):
    ran = empty.write(FILES).run("script", "ask", *DAY)
    assert (ran.code, ran.out, ran.err) == (
        0,
        "ines-marques\tInês Marques\t\tready\nkim\tKim\t\tready\nbo-li\tBo Li\t\tlacks why\n",
        "'ask' is ready for 2 of 3.\n",
    )
    assert json.loads(empty.run("script", "ask", "--json", *DAY).out)[2] == {
        "person": "bo-li",
        "name": "Bo Li",
        "event": "",
        "ready": False,
        "missing": ["person.why"],
        "reason": "Bo Li lacks why",
    }


def test_whom_somebody_can_be_introduced_to_is_listed_without_themselves(empty):
    assert empty.write(FILES).run("script", "both", "--and", "kim", *DAY).out == (
        "bo-li\tBo Li\t\tready\nines-marques\tInês Marques\t\tready\n"
    )
    # One of two is asked for what either of them needs.
    assert empty.run("script", "both", *DAY).out == (
        "ines-marques\tInês Marques\t\tready\nkim\tKim\t\tready\nbo-li\tBo Li\t\tlacks expertise\n"
    )


def test_without_a_template_all_are_listed_with_how_many_they_fit(empty):
    ran = empty.write(FILES).run("script", *DAY)
    assert (ran.code, ran.out) == (
        0,
        "sponsor-ask\tsponsor\tSponsor\tin-person\t1 of 3\n"
        "informational-interview\task\tAsk for twenty minutes\temail, linkedin-message\t2 of 3\n"
        "introduction-offer\tboth\tBoth\temail\t2 of 3\n"
        "introduction-offer\toffer\tMay I\temail\t3 of 3\n",
    )
    ran = empty.run("script", "--to", "bo-li", *DAY)
    assert ran.out == (
        "sponsor-ask\tsponsor\tSponsor\tin-person\tis contacted; this is for when the relationship is active\n"
        "informational-interview\task\tAsk for twenty minutes\temail, linkedin-message\tlacks why\n"
        "introduction-offer\tboth\tBoth\temail\tit speaks of a second person: say whom with --and\n"
        "introduction-offer\toffer\tMay I\temail\tready\n"
    )


def test_an_empty_playbook_says_how_to_begin(empty):
    ran = empty.run("script", *DAY)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == 'No templates yet. Write one you would like to receive: playbook new outreach "…"\n'


def test_who_is_owed_a_word_is_listed_with_what_to_type(empty):
    empty.write(
        {
            "content/people/ada.yml": "{name: Ada, stage: active, log: [{date: 2026-10-01, kind: met, what: Lunch}]}",
            "content/people/bo.yml": "{name: Bo, relations: [mentor], log: [{date: 2026-10-02, kind: called, what: The plan}]}",
            "content/people/cy.yml": "{name: Cy}",
            "content/events/camp.yml": "{title: Camp, starts: 2026-11-18, outcomes: {met: [cy]}}",
            "content/journal/2026.yml": "- {date: 2026-11-10, title: Shipped, people: [ada]}\n",
            "content/outreach/thanks.yml": "{title: Thanks, purpose: thank-you, body: 'Thank you, {{ person.calls }}.'}",
            "content/outreach/news.yml": "{title: News, purpose: progress-update, needs: [achievements], body: 'News.'}",
            "content/outreach/line.yml": "{title: Line, purpose: follow-up, body: 'After {{ event.title }}.'}",
        }
    )
    ran = empty.run("script", "--owed", *DAY)
    assert (ran.code, ran.out) == (
        0,
        "follow-up\tCy\tWrite to Cy, whom you met at Camp\t2026-11-20\tplaybook script line --to cy --event camp\n"
        "thank-you\tAda\tShipped\t2026-11-11\tplaybook script thanks --to ada\n"
        "news\tBo\tShipped\t2 Oct 2026, when you spoke: The plan\tplaybook script news --to bo\n",
    )
    assert empty.run("script", "news", "--to", "bo", *DAY).out == "News.\n"


def test_nobody_is_owed_a_word_in_an_empty_playbook(empty):
    ran = empty.run("script", "--owed", *DAY)
    assert (ran.code, ran.out, ran.err) == (0, "", "Nobody is owed a word.\n")


def test_after_a_message_without_an_answer_today_says_a_nudge_and_never_a_follow_up(empty):
    letter = "title: T\npurpose: {}\nbody: 'Hello {{{{ person.calls }}}}'\n"
    empty.write({
        "content/people/priya.yml": "name: Priya\ncircle: inner\nlog: [{date: 2026-11-10, kind: wrote, what: A question}]\n",
        "content/outreach/follow-up.yml": letter.format("follow-up"),
        "content/outreach/reconnect.yml": letter.format("reconnect"),
    })  # fmt: skip
    assert "playbook script" not in empty.run("today", *DAY).out
    empty.write({"content/outreach/nudge.yml": letter.format("nudge")})
    assert "playbook script nudge --to priya" in empty.run("today", *DAY).out
