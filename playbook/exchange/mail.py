"""A message as a mail program takes it: a `mailto:` link, or a draft in a file.

Knows nothing of people or templates. Nothing that stands in a name, a subject or a body can add a header, a recipient
or a line to what carries it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.utils import formataddr
from urllib.parse import quote

# As records take an address, and no character that no mail program would.
_ADDRESS = re.compile(r"[^\s@<>,;:?&\"'()\[\]\\\x00-\x20\x7f-\xa0]+@[^\s@<>,;:?&\"'()\[\]\\\x00-\x20\x7f-\xa0]+\Z")
_PLAIN = re.compile(r"[ -~]{0,60}\Z")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_COLUMNS = 76


class BadAddress(ValueError):  # noqa: N818  (named for what is wrong)
    """An address that cannot stand where it is wanted; the message says why."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name, as it is written, and their address.

    Raises:
        BadAddress: for what is not one address.
    """

    name: str
    address: str

    def __post_init__(self) -> None:
        if not _ADDRESS.match(self.address):
            raise BadAddress(f"{self.address!r} is not an e-mail address")

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail that is ready to send."""

    to: tuple[Mailbox, ...]
    subject: str
    body: str
    sender: Mailbox | None = None
    """None leaves it to the mail program."""


def mailto_link(letter: Letter) -> str:
    """The `mailto:` link that opens the letter in a mail program.

    Source: RFC 6068; lines end in %0D%0A there, and every reserved character is percent-encoded.
    """
    to = ",".join(quote(box.address, safe="@") for box in letter.to)
    subject = " ".join(_writable(letter.subject).split())
    fields = {"subject": subject, "body": "\r\n".join(_lines(letter.body))}
    query = "&".join(f"{name}={quote(text, safe='')}" for name, text in fields.items() if text)
    return f"mailto:{to}?{query}" if query else f"mailto:{to}"


def draft(letter: Letter) -> bytes:
    """The letter as an `.eml` file: plain text in UTF-8, lines ending in CRLF, marked as not sent yet.

    The header `X-Unsent: 1` makes Outlook and others open it for writing.

    Raises:
        BadAddress: for an address that a header cannot carry.
    """
    # A header object of the newer policies decodes what looks encoded in the text it is given; these are ASCII already.
    message = Message(policy.compat32)
    message["X-Unsent"] = "1"
    if letter.sender is not None:
        message["From"] = _addresses((letter.sender,))
    message["To"] = _addresses(letter.to)
    message["Subject"] = _words(letter.subject)
    message["MIME-Version"] = "1.0"
    readable = Charset("utf-8")
    readable.body_encoding = QP
    message.set_payload("".join(f"{line}\n" for line in _lines(letter.body)), readable)
    return message.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))


def _addresses(boxes: tuple[Mailbox, ...]) -> str:
    return ", ".join(formataddr((_words(box.name), _in_ascii(box.address))) for box in boxes)


def _words(text: str) -> str:
    """Words for a header: as they are where they are plain and short, else encoded; on one line."""
    line = " ".join(_writable(text).split())
    if _PLAIN.match(line) and "=?" not in line:
        return line
    return " ".join(Header(line, "utf-8", maxlinelen=_COLUMNS).encode().split())


def _in_ascii(address: str) -> str:
    """An address whose host is written in ASCII; letters beyond it before the @ have no other form."""
    user, _, host = address.rpartition("@")
    try:
        return f"{user.encode('ascii').decode()}@{host.encode('idna').decode()}"
    except UnicodeError:
        raise BadAddress(f"a draft cannot carry the address '{address}': it has other letters than a to z") from None


def _lines(text: str) -> list[str]:
    """The lines of a body; what else may break or end a line somewhere breaks it here."""
    return [line.rstrip(" ") for line in _writable(text).splitlines()]


def _writable(text: str) -> str:
    """Text without half letters, which UTF-8 cannot write, and without control characters but breaks and tabs."""
    kept = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", kept)
