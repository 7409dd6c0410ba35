"""Letters for mail programs: a link, a draft; and nothing written in them can say whom else they go to."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.exchange.mail import BadAddress, Letter, Mailbox, draft, mailto_link
from playbook.records.texts import Refused, email_address

INES = Mailbox("Inês Marques", "ines@example.org")
MARA = Mailbox("Mara Tamm", "mara@example.org")
ATTACKS = (
    "x\r\nBcc: eve@example.org",
    "x\nBcc: eve@example.org\n\nbody",
    "=?utf-8?q?=0d=0aBcc:_eve@example.org?=",
    'Mara" <eve@example.org>, "x',
    "x, eve@example.org",
    "x&bcc=eve@example.org",
    "?bcc=eve@example.org#",
    "%0d%0aBcc:%20eve@example.org",
    "x\u2028Bcc: eve@example.org",
    "x\x85Bcc: eve@example.org\x0b\x0c\x1c\x1d\x1e",
    "\\",
    '"',
    "(comment)",
    "\ud800",
    "\x00",
    "a" * 2000,
    "й" * 500,
)


def test_a_draft_is_what_a_mail_program_opens_for_writing():
    assert draft(Letter((INES,), "Obrigada", "Inês,\n\nobrigada.\n\nMara", MARA)) == (
        b"X-Unsent: 1\r\n"
        b"From: Mara Tamm <mara@example.org>\r\n"
        b"To: =?utf-8?q?In=C3=AAs_Marques?= <ines@example.org>\r\n"
        b"Subject: Obrigada\r\n"
        b"MIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"In=C3=AAs,\r\n\r\nobrigada.\r\n\r\nMara\r\n"
    )


def test_a_link_opens_the_letter_with_its_lines():
    assert mailto_link(Letter((INES,), "Two questions & one", "Hello,\nyou")) == (
        "mailto:ines@example.org?subject=Two%20questions%20%26%20one&body=Hello%2C%0D%0Ayou"
    )
    assert mailto_link(Letter((INES, MARA), "", "")) == "mailto:ines@example.org,mara@example.org"


def test_a_draft_to_two_names_both_and_without_a_sender_names_none():
    message = message_from_bytes(draft(Letter((INES, MARA), "You two", "Hello")), policy=policy.default)
    assert (message["From"], message["To"]) == (None, "Inês Marques <ines@example.org>, Mara Tamm <mara@example.org>")


def test_a_host_beyond_ascii_is_written_as_mail_programs_write_it_and_a_name_before_the_at_has_no_such_form():
    assert b"To: a@xn--bcher-kva.example\r\n" in draft(Letter((Mailbox("", "a@bücher.example"),), "", ""))
    with pytest.raises(BadAddress, match=r"a draft cannot carry the address 'jörg@example\.org'"):
        draft(Letter((Mailbox("", "jörg@example.org"),), "", ""))
    assert mailto_link(Letter((Mailbox("", "jörg@example.org"),), "", "")) == "mailto:j%C3%B6rg@example.org"


@pytest.mark.parametrize(
    "address", ["", "a", "a@b@c", "a@b\r\nBcc: x@y", "a b@c", "<a@b>", "a,b@c", "a@b?bcc=c", '"a"@b']
)
def test_what_is_not_one_address_is_refused(address):
    with pytest.raises(BadAddress):
        Mailbox("", address)


def _shown(text: str) -> str:
    """What a header may hold of a text: one line, nothing that no terminal could show."""
    whole = text.encode("utf-8", "replace").decode()
    line = "".join("\ufffd" if (c < " " and c not in "\t\n\v\f\r\x1c\x1d\x1e\x1f") or c == "\x7f" else c for c in whole)
    return " ".join(line.split())


def _boxes(header: str) -> list[tuple[str, str]]:
    """(name, address) of everybody in a header, each name decoded after the header was taken apart."""
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses([header])]


TEXTS = st.one_of(st.text(max_size=80), st.sampled_from(ATTACKS), st.text('=?utf-8qb:,<>@"\\ \r\n\t', max_size=40))
ADDRESSES = st.one_of(st.emails(), st.sampled_from(("a%0d%0abcc@x.org", "a+b@x.org", "a/b=c&d@x.org", "ü@ü.org")))


def accepted(address: str) -> bool:
    try:
        return email_address(address) == address
    except Refused:
        return False


@given(subject=TEXTS, body=TEXTS, name=TEXTS, mine=TEXTS)
@example(subject=ATTACKS[0], body=ATTACKS[1], name=ATTACKS[3], mine=ATTACKS[2])
@example(subject=ATTACKS[-1], body=ATTACKS[-2], name=ATTACKS[-1], mine=ATTACKS[-2])
def test_a_draft_says_what_was_meant_and_no_more(subject, body, name, mine):
    content = draft(Letter((Mailbox(name, "to@example.org"),), subject, body, Mailbox(mine, "me@example.org")))
    head, _, _ = content.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert names == [
        b"X-Unsent", b"From", b"To", b"Subject", b"MIME-Version", b"Content-Type", b"Content-Transfer-Encoding",
    ]  # fmt: skip
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    # The default policy keeps a space between two encoded words of one name; RFC 2047 (6.2) and mail programs do not.
    message = message_from_bytes(content)
    assert _boxes(message["To"]) == [(_shown(name), "to@example.org")]
    assert _boxes(message["From"]) == [(_shown(mine), "me@example.org")]
    assert str(make_header(decode_header(message["Subject"]))) == _shown(subject)
    assert [box.addr_spec for box in message_from_bytes(content, policy=policy.default)["To"].addresses] == [
        "to@example.org"
    ]
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert _shown(payload.decode()) == _shown(body)


@given(address=ADDRESSES.filter(accepted), subject=TEXTS, body=TEXTS)
def test_a_link_goes_to_whom_it_says_with_one_subject_and_one_body(address, subject, body):
    link = mailto_link(Letter((Mailbox("", address), MARA), subject, body))
    assert link.isascii()
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("mailto", "", "")
    assert [unquote(one) for one in parts.path.split(",")] == [address, MARA.address]
    found = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    assert len(found) == parts.query.count("=") == (parts.query.count("&") + 1 if parts.query else 0)
    assert found.keys() <= {"subject", "body"}
    assert found.get("subject", "") == _shown(subject)
    assert _shown(found.get("body", "")) == _shown(body)


@given(address=ADDRESSES.filter(accepted))
def test_an_address_that_a_file_may_hold_stands_alone_in_a_draft(address):
    try:
        content = draft(Letter((Mailbox("X", address),), "", ""))
    except BadAddress:
        assert not address.partition("@")[0].isascii() or len(address) > 60 or not address.isascii()
        return
    (found,) = message_from_bytes(content, policy=policy.default)["To"].addresses
    assert found.domain.encode().decode("idna") == address.rpartition("@")[2].casefold() or found.addr_spec == address
