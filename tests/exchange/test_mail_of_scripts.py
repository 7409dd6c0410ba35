"""From a file to a draft: no template and no person's file can add a header or a recipient to what is sent."""

from __future__ import annotations

import datetime as dt
import json
from email import message_from_bytes
from email.utils import getaddresses
from urllib.parse import unquote, urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st

from playbook.exchange.mail import Letter, Mailbox, draft, mailto_link
from playbook.render.scripts import Script, Scripts
from tests.effort import examples
from tests.support import book

TODAY = dt.date(2026, 11, 21)
NASTY = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=40),
    st.sampled_from(
        (
            "Eve\nBcc: eve@example.org",
            "Eve\r\n\r\nHello",
            'Eve" <eve@example.org>, "Mallory',
            "=?utf-8?q?=0D=0ABcc:_eve@example.org?=",
            "Eve&bcc=eve@example.org",
            "{{ me.email }}",
        )
    ),
)


@settings(max_examples=examples(60), deadline=None)
@given(name=NASTY, why=NASTY, subject=NASTY)
@example(
    name="Eve\nBcc: eve@example.org", why="x\r\nTo: eve@example.org", subject="{{ person.why }}\nBcc: x@example.org"
)
@example(name='"><,;:@\\', why="a", subject='{{ person.name }}{{ "\\r\\nBcc: x" }}')
def test_a_script_of_any_text_goes_to_whom_it_is_for_and_to_nobody_else(name, why, subject):
    files = {
        "me.yml": json.dumps({"name": name, "email": "me@example.org"}),
        "people/eve.yml": json.dumps({"name": name, "why": why, "channels": {"email": "to@example.org"}}),
        "outreach/t.yml": json.dumps(
            {"title": "T", "channel": "email", "subject": subject, "body": "{{ person.name }}\n{{ person.why }}"}
        ),
    }
    playbook = book(files).playbook
    if not {"eve"} <= playbook.people.keys() or not playbook.outreach or playbook.me.document is None:
        return  # what no file may hold is refused before
    script = Scripts(playbook, TODAY).fill("t", "eve")
    if not isinstance(script, Script):
        return  # braces of a kind that no template may hold
    person, me = playbook.people["eve"].record, playbook.me.record
    letter = Letter(
        (Mailbox(person.name, person.channels["email"]),), script.subject, script.body, Mailbox(me.name, me.email)
    )
    message = message_from_bytes(draft(letter))
    assert message.keys() == [
        "X-Unsent", "From", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip
    assert [address for _, address in getaddresses([message["To"]])] == ["to@example.org"]
    assert [address for _, address in getaddresses([message["From"]])] == ["me@example.org"]
    link = urlsplit(mailto_link(letter))
    assert unquote(link.path) == "to@example.org"
    assert {part.partition("=")[0] for part in link.query.split("&")} <= {"subject", "body"}
