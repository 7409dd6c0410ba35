"""Where a passphrase comes from, in which order, and what is said where a place is no good."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from playbook.publish.passphrases import SERVICE, NoPassphrase, Places, choose_passphrase, find_passphrase


class Ring(KeyringBackend):
    """A keyring in memory, or one that breaks."""

    priority = 1

    def __init__(self, kept: dict[tuple[str, str], str] | None = None, error: Exception | None = None) -> None:
        self.kept = kept or {}
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        if self.error is not None:
            raise self.error
        return self.kept.get((service, username))

    def set_password(self, *_: str) -> None:
        raise AssertionError("nothing is ever written into the keyring")

    def delete_password(self, *_: str) -> None:
        raise AssertionError("nothing is ever taken out of the keyring")


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pass"
    path.write_bytes("from the file é\n".encode())
    path.chmod(0o600)
    return path


def typed(*answers: str):
    """A prompt with these answers, and the questions it was asked."""
    left, asked = list(answers), []

    def prompt(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    return prompt, asked


def test_the_first_place_that_has_one_wins(file, ring):
    ring(Ring({(SERVICE, "u"): "from the ring"}))
    prompt, asked = typed("from the keyboard")
    environment = {"PLAYBOOK_PASSPHRASE": "from the environment"}
    assert find_passphrase(Places(file, environment, "u", prompt)) == "from the file é"
    assert find_passphrase(Places(None, environment, "u", prompt)) == "from the environment"
    assert find_passphrase(Places(None, {}, "u", prompt)) == "from the ring"
    assert asked == []
    assert find_passphrase(Places(None, {}, "somebody else", prompt), "Passphrase") == "from the keyboard"
    assert asked == ["Passphrase"]


def test_a_new_one_is_typed_twice_and_never_out_of_the_keyring(ring, file):
    ring(Ring({(SERVICE, "u"): "from the ring"}))
    prompt, asked = typed("new one", "new one")
    assert choose_passphrase(Places(None, {}, "u", prompt)) == "new one"
    assert asked == ["New passphrase", "New passphrase, once more"]
    assert choose_passphrase(Places(file, {}, "u", None)) == "from the file é"
    with pytest.raises(NoPassphrase, match="the two are not the same; nothing was changed"):
        choose_passphrase(Places(prompt=typed("CANARY", "CANARI")[0]))


def test_without_any_it_is_said_where_one_could_come_from():
    with pytest.raises(NoPassphrase) as none:
        find_passphrase(Places())
    assert str(none.value) == (
        "a passphrase is needed; it may come from --passphrase-file FILE, PLAYBOOK_PASSPHRASE, the system's keyring, "
        "or a terminal to type it in"
    )
    with pytest.raises(NoPassphrase, match="typed twice, and here is no terminal"):
        choose_passphrase(Places())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the passphrase file 'pass' is empty"),
        (b"\n", "the passphrase file 'pass' is empty"),
        (b"   \n", "the passphrase is empty"),
        (b"CANARY one\nCANARY two\n", "the passphrase file 'pass' holds more than one line"),
        (b"CANARY \xff\n", "the passphrase file 'pass' is not UTF-8"),
        (b"CANARY" * 1000, "the passphrase file 'pass' has more than 4,096 bytes; it should hold one line"),
    ],
)
def test_a_file_that_holds_no_passphrase_is_said_to(file, content, said):
    file.write_bytes(content)
    with pytest.raises(NoPassphrase) as refused:
        find_passphrase(Places(file))
    assert str(refused.value) == said
    error: BaseException | None = refused.value
    while error is not None:
        assert "CANARY" not in repr(error) + str(error)
        error = error.__context__


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_the_end_of_the_line_is_no_part_of_it_and_a_space_is(file, ending):
    file.write_bytes(b"\xef\xbb\xbf two words " + ending.encode())
    assert find_passphrase(Places(file)) == " two words "


def test_a_file_that_is_not_there_is_named_without_its_folder(tmp_path):
    with pytest.raises(NoPassphrase, match=r"^the passphrase file 'gone' cannot be read: No such file or directory$"):
        find_passphrase(Places(tmp_path / "gone"))


@pytest.mark.parametrize(("mode", "told"), [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1), (0o644, 1)])
def test_a_file_that_others_may_read_is_used_and_how_to_close_it_is_said(file, mode, told):
    file.chmod(mode)
    heard = []
    assert find_passphrase(Places(file, tell=heard.append)) == "from the file é"
    assert heard == [f"others on this machine may read 'pass'; close it to them: chmod 600 {file}"] * told


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "PLAYBOOK_PASSPHRASE is empty"),
        ("CANARY\nCANARY", "PLAYBOOK_PASSPHRASE holds more than one line"),
        ("CANARY \udcff", "the passphrase holds bytes that are not UTF-8"),
    ],
)
def test_an_environment_that_holds_none_is_said_to_and_nothing_else_is_asked(value, said):
    with pytest.raises(NoPassphrase) as refused:
        find_passphrase(Places(None, {"PLAYBOOK_PASSPHRASE": value}, "", typed("x")[0]))
    assert str(refused.value) == said
    assert "CANARY" not in repr(refused.value.__context__)


def test_nothing_typed_is_no_passphrase():
    with pytest.raises(NoPassphrase, match="the passphrase is empty"):
        find_passphrase(Places(prompt=typed("")[0]))


@pytest.mark.parametrize(
    "error", [RuntimeError("CANARY"), keyring.errors.KeyringLocked("CANARY"), OSError(5, "CANARY")]
)
def test_a_keyring_that_fails_is_told_in_one_sentence_and_the_keyboard_asked(ring, error):
    ring(Ring(error=error))
    heard = []
    prompt, _ = typed("from the keyboard")
    assert find_passphrase(Places(None, {}, "u", prompt, heard.append)) == "from the keyboard"
    assert heard == [f"the system's keyring was not asked: it failed with {type(error).__name__}"]


@pytest.mark.parametrize("none", [fail.Keyring, null.Keyring])
def test_a_machine_without_a_keyring_is_no_reason_to_speak(ring, none):
    ring(none())
    heard = []
    prompt, _ = typed("from the keyboard")
    assert find_passphrase(Places(None, {}, "u", prompt, heard.append)) == "from the keyboard"
    assert heard == []


def test_places_never_show_what_they_hold():
    places = Places(None, {"PLAYBOOK_PASSPHRASE": "CANARY"}, "u")
    assert "CANARY" not in repr(places)
