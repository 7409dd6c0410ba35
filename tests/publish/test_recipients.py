"""Who a playbook is sealed for: keys that only the owner's passphrase opens, in a file that is read strictly."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from functools import cache

import pytest

from playbook.publish.keys import OwnerKey, wrap_key
from playbook.publish.opening import LinkSecret
from playbook.publish.recipients import Kind, Listed, Sealing, begin, unknown_audiences
from playbook.publish.refused import Refused, WrongSecret
from playbook.publish.sealing_file import read_sealing, to_text, write_sealing

DAY = dt.date(2026, 11, 21)
LINK = LinkSecret(bytes(range(16)))
FLOOR = 600_000


@cache
def made() -> tuple[Sealing, OwnerKey]:
    """Grace has a passphrase, lin a link."""
    sealing, owner = begin("the owner's own", iterations=FLOOR)
    sealing = sealing.with_recipient(owner, "grace", "grace", "grace's words", DAY)
    return sealing.with_recipient(owner, "lin", "mentor", LINK, DAY), owner


def test_each_audience_gets_its_own_recipients_with_the_keys_their_secrets_give():
    sealing, owner = made()
    (grace,) = sealing.recipients_of(owner, "grace")
    (lin,) = sealing.recipients_of(owner, "mentor")
    assert (grace.name, grace.wrap) == ("grace", wrap_key(sealing.master_of("grace's words"), sealing.salt))
    assert (lin.name, lin.wrap) == ("lin", wrap_key(sealing.master_of(LINK), sealing.salt))
    assert sealing.recipients_of(owner, "me") == ()


def test_only_the_owners_passphrase_unlocks_it():
    sealing, owner = made()
    assert sealing.unlock("the owner's own") == owner
    for wrong in ("The owner's own", "grace's words", ""):
        with pytest.raises(WrongSecret, match=r"not the one that sealing\.yml was made with"):
            sealing.unlock(wrong)


def test_whoever_begins_anew_gets_a_new_salt_and_so_another_key_for_the_same_passphrase():
    sealing, owner = made()
    other, other_owner = begin("the owner's own", iterations=FLOOR)
    assert other.salt != sealing.salt
    assert (other_owner.wrap, other_owner.own) != (owner.wrap, owner.own)


def test_a_new_passphrase_of_the_owner_leaves_every_recipient_theirs():
    sealing, owner = made()
    after = sealing.under(owner, "a new one")
    fresh = after.unlock("a new one")
    for audience in ("grace", "mentor"):
        assert after.recipients_of(fresh, audience) == sealing.recipients_of(owner, audience)
    assert (after.salt, after.iterations) == (sealing.salt, sealing.iterations)
    with pytest.raises(WrongSecret):
        after.unlock("the owner's own")
    with pytest.raises(Refused, match="changed by hand"):
        after.recipients_of(owner, "grace")
    assert {one.key for one in after.recipients} & {one.key for one in sealing.recipients} == set()


def test_a_recipient_gets_a_new_secret_and_leaves():
    sealing, owner = made()
    later = dt.date(2027, 1, 2)
    after = sealing.with_secret(owner, "lin", "words now", later)
    assert [(one.name, one.audience, str(one.kind), one.since) for one in after.recipients] == [
        ("grace", "grace", "passphrase", DAY),
        ("lin", "mentor", "passphrase", later),
    ]
    (lin,) = after.recipients_of(owner, "mentor")
    assert lin.wrap == wrap_key(sealing.master_of("words now"), sealing.salt)
    assert [one.name for one in after.without("grace").recipients] == ["lin"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda s, o: s.with_recipient(o, "grace", "me", "x", DAY),
            "'grace' is a recipient already; 'playbook recipients rotate grace' gives a new secret",
        ),
        (
            lambda s, o: s.with_recipient(o, "new", "me", "grace's words", DAY),
            "that is the passphrase of 'grace' too; everybody needs one of their own",
        ),
        (
            lambda s, o: s.with_recipient(o, "new", "me", "the owner's own", DAY),
            "that is the passphrase of the owner too; everybody needs one of their own",
        ),
        (lambda s, o: s.with_secret(o, "lin", LINK, DAY), "that is the passphrase of 'lin' too; everybody needs one of their own"),
        (lambda s, _: s.without("grac"), "no recipient is called 'grac'. Did you mean 'grace'?"),
        (lambda s, _: s.find("zoe"), "no recipient is called 'zoe'. There are grace, lin."),
        (lambda s, o: s.under(o, "the owner's own"), "the new passphrase is the old one; nothing was changed"),
        (lambda s, o: s.under(o, "grace's words"), "that is the passphrase of 'grace' too; everybody needs one of their own"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(change, said):
    with pytest.raises(Refused) as refused:
        change(*made())
    assert str(refused.value) == said


def test_an_audience_has_eight_recipients_and_no_more():
    sealing, owner = begin("the owner's own", iterations=FLOOR)
    for number in range(8):
        sealing = sealing.with_recipient(owner, f"r{number}", "grace", LinkSecret(bytes([number]) * 16), DAY)
    with pytest.raises(Refused, match="'grace' has 8 recipients already"):
        sealing.with_recipient(owner, "r8", "grace", LINK, DAY)
    assert len(sealing.with_recipient(owner, "r8", "mentor", LINK, DAY).recipients) == 9


@pytest.mark.parametrize(
    "change", [{"name": "mallory"}, {"audience": "me"}, {"kind": "passphrase"}, {"key": bytes(60)}]
)
def test_an_entry_that_was_changed_by_hand_opens_nothing(change):
    sealing, owner = made()
    lin = sealing.find("lin")
    forged = replace(lin, **change)
    changed = replace(sealing, recipients=(forged,))
    with pytest.raises(Refused, match=f"the entry of '{forged.name}' in sealing.yml was changed by hand"):
        changed.recipients_of(owner, forged.audience)


def test_the_file_is_read_back_as_it_was_written():
    sealing, _ = made()
    assert read_sealing("sealing.yml", to_text(sealing).encode()) == (sealing, ())
    alone = replace(sealing, recipients=())
    assert read_sealing("sealing.yml", to_text(alone).encode()) == (alone, ())
    odd = replace(sealing.recipients[0], name="null", audience="1e3")
    assert read_sealing("sealing.yml", to_text(replace(sealing, recipients=(odd,))).encode())[0].recipients == (odd,)


def test_the_file_holds_no_secret_and_says_what_it_is():
    sealing, owner = made()
    text = to_text(sealing)
    assert text.startswith("# Whom this playbook is sealed for.")
    for secret in ("owner's own", "grace's words", owner.own.hex(), owner.wrap.hex()):
        assert secret not in text
    assert "b'" not in repr(sealing).replace(repr(sealing.salt), "")


VALID = """\
version: 1
salt: AAECAwQFBgcICQoLDA0ODw==
iterations: 1000000
owner: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
recipients:
  - name: grace
    audience: grace
    kind: link
    since: 2026-11-21
    key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
"""


def problems(text: str) -> list[str]:
    sealing, found = read_sealing("sealing.yml", text.encode())
    assert (sealing is None) == bool(found)
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 1", "version: 2", "1:10: error: this program knows version 1 alone. Use a newer program. [bad-value]"),
        ("version: 1\n", "", "1:1: error: 'version' is missing. [missing-field]"),
        ("salt: AAEC", "salt: AAE", "2:7: error: this is not Base64 as this program writes it. [bad-value]"),
        ("salt: AAECAwQFBgcICQoLDA0ODw==", "salt: AAEC", "2:7: error: this holds 3 bytes, and 16 were expected. [bad-value]"),
        ("salt: AAECAwQFBgcICQoLDA0ODw==", "salt: [a]", "2:7: error: one value was expected here. [wrong-type]"),
        ("salt: AAECAwQFBgcICQoLDA0ODw==", "salt:", "2:1: error: 'salt' is missing. [missing-field]"),
        ("1000000", "1e6", "3:13: error: a number was expected here. [bad-value]"),
        (
            "1000000",
            "100000",
            "3:13: error: the key is derived with 100,000 iterations; fewer than 600,000 are never used. [bad-value]",
        ),
        (
            "1000000",
            "100000000",
            "3:13: error: the key is derived with 100,000,000 iterations; more than 10,000,000 are never used. [bad-value]",
        ),
        ("recipients:", "recipient:", "5:1: error: 'recipient' is no key of this file. Did you mean 'recipients'? [unknown-field]"),
        (
            "name: grace",
            "name: Grace Hopper",
            "6:11: error: 'Grace Hopper' is not a label: a-z, 0-9 and hyphens, up to 40 of them. [bad-value]",
        ),
        ("kind: link", "kind: links", "8:11: error: 'links' is neither 'passphrase' nor 'link'. [bad-value]"),
        ("since: 2026-11-21", "since: 2026-11-31", "9:12: error: '2026-11-31' is not a date such as 2027-04-15. [bad-value]"),
        ("    key: A", "    keys: A", "10:5: error: 'keys' is no key of this file. Did you mean 'key'? [unknown-field]"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(old, new, said):
    assert problems(VALID) == []
    assert f"sealing.yml:{said}" in problems(VALID.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "sealing.yml:1:1: error: the keys 'version', 'salt', 'iterations' and 'owner' were expected here. [wrong-type]"),
        ("- a\n", "sealing.yml:1:1: error: the keys 'version', 'salt', 'iterations' and 'owner' were expected here. [wrong-type]"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_told_so(text, said):
    assert problems(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "salt: &a x\nowner: *a\n",
        "salt: !!python/name:os.system x\n",
        "salt: a\nsalt: b\n",
        "{",
        "a: " + "[" * 200,
        "\x00",
    ],
)
def test_what_the_strict_reader_refuses_is_refused_here(text):
    assert len(problems(text)) == 1


def test_recipients_of_another_shape_twice_or_too_many_are_told():
    head, entry = VALID.split("recipients:\n")
    assert problems(head + "recipients: grace\n") == [
        "sealing.yml:5:13: error: a list of recipients was expected here. [wrong-type]"
    ]
    assert problems(head + "recipients: [grace]\n") == [
        "sealing.yml:5:14: error: a recipient was expected here, with a name, an audience, a kind and a key. [wrong-type]"
    ]
    assert problems(head + "recipients:\n" + entry * 2) == [
        "sealing.yml:11:11: error: 'grace' stands here twice. [bad-value]"
    ]
    nine = "".join(entry.replace("name: grace", f"name: g{number}") for number in range(9))
    assert problems(f"{head}recipients:\n{nine}") == [
        "sealing.yml:46:5: error: 'grace' has more than 8 recipients. [too-many]"
    ]
    assert problems(head) == []


def test_an_audience_that_is_not_defined_is_told_at_its_line():
    sealing, _ = read_sealing("sealing.yml", VALID.encode())
    assert sealing is not None
    assert [str(problem) for problem in unknown_audiences(sealing, ("me", "public", "gracie"))] == [
        "sealing.yml:7:15: error: no audience is called 'grace'. Did you mean 'gracie'? [unknown-audience]"
    ]
    assert unknown_audiences(sealing, ("grace",)) == ()


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    sealing, owner = made()
    path = tmp_path / "sealing.yml"
    write_sealing(path, sealing)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_sealing(path, sealing.under(owner, "a new one"))
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["sealing.yml"]


def test_what_is_listed_never_shows_its_key():
    assert "CANARY" not in repr(Listed("a", "b", Kind.LINK, DAY, b"CANARY"))
