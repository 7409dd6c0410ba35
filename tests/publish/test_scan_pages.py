"""What no page may hold whoever reads it: keys, folders of this machine, addresses that a browser fetches."""

from __future__ import annotations

import pytest

from playbook.publish.scan import Finding, HiddenValues, Where, scan
from playbook.publish.scan.needles import Needle, Needles

NOTHING = HiddenValues((), Needles(()))
SITE = "https://mara.example.org/playbook/"
SUPERUSER = "/root"


def told(text: str, path: str = "index.html", **more: str) -> list[tuple[str, str]]:
    return [(one.stream, one.what) for one in scan({path: text.encode()}, NOTHING, site_url=SITE, **more).findings]


def fetched(text: str, path: str = "index.html") -> list[str]:
    """Where something is fetched from an example's host."""
    found = told(text, path)
    assert all(what.startswith("makes a browser fetch something from ") for _, what in found)
    assert all(what.endswith((".example.com", "fonts.example")) for _, what in found)
    return [where for where, _ in found]


@pytest.mark.parametrize(
    ("where", "page"),
    [
        ("script src", '<script src="https://cdn.example.com/x.js"></script>'),
        ("script src", "<script src=//cdn.example.com/x.js></script>"),
        ("script src", "<SCRIPT SRC='HTTPS://CDN.example.com/x.js'></SCRIPT>"),
        ("img src", '<img alt="a" src="https&#58;&#47;&#47;cdn.example.com/x.png">'),
        ("img src", '<img src="\\\\cdn.example.com\\x.png">'),
        ("img src", '<img src="https:/\\cdn.example.com/x.png">'),
        ("img srcset", '<img srcset="a.png 1x, https://cdn.example.com/b.png 2x">'),
        ("link href", '<link rel="stylesheet" href="https://fonts.example.com/css">'),
        ("link href", '<link rel="preconnect" href="https://fonts.example.com">'),
        ("link href", '<link rel="dns-prefetch" href="//fonts.example.com">'),
        ("link href", '<link rel="manifest" href="https://cdn.example.com/m.webmanifest">'),
        ("iframe src", '<iframe src="https://video.example.com/1"></iframe>'),
        ("form action", '<form action="https://forms.example.com/post"></form>'),
        ("object data", '<object data="https://cdn.example.com/x"></object>'),
        ("video poster", '<video poster="https://cdn.example.com/x.jpg"></video>'),
        ("a ping", '<a href="/x" ping="https://cdn.example.com/seen">x</a>'),
        ("base href", '<base href="https://other.example.com/">'),
        ("use href", '<svg><use href="https://cdn.example.com/x.svg#a"/></svg>'),
        ("image xlink:href", '<svg><image xlink:href="https://cdn.example.com/x.png"/></svg>'),
        ("meta refresh", '<meta http-equiv="refresh" content="0; url=https://other.example.com/">'),
        ("url()", '<p style="background: url(https://cdn.example.com/x.png)">x</p>'),
        ("url()", "<style>p { background: url('//cdn.example.com/x.png') }</style>"),
        ("@import", '<style>@import "https://cdn.example.com/x.css";</style>'),
        ("script", '<script>import("https://cdn.example.com/x.js")</script>'),
        ("script", '<script type="module">import x from "https://cdn.example.com/x.js"</script>'),
        ("script", "<script>fetch('https:\\/\\/api.example.com/x')</script>"),
    ],
)
def test_an_address_that_a_page_fetches_is_a_finding(where: str, page: str) -> None:
    assert fetched(f"<p>hello</p>{page}<p>behind</p>") == [where]


def test_the_host_is_named_unless_it_is_a_hidden_value_itself() -> None:
    page = {"index.html": b'<img src="https://zoe-quickthorn.example/x.png">'}
    assert [one.what for one in scan(page, NOTHING).findings] == [
        "makes a browser fetch something from zoe-quickthorn.example"
    ]
    hidden = HiddenValues((Where("people/zoe.yml", "name", 1),), Needles((Needle(0, "Zoe Quickthorn"),)))
    assert [one.what for one in scan(page, hidden).findings] == [
        "makes a browser fetch something from *",
        "holds what stands in people/zoe.yml:1: name",
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://example.com/">to click</a>',
        '<img src="../assets/a.png" srcset="a.png 1x, b.png 2x">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="canonical" href="https://elsewhere.example.com/page/">',
        f'<img src="{SITE}a.png"><script src="//MARA.example.org/x.js"></script>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        "<p>Write src=https://cdn.example.com/x.js into your page, or url(https://cdn.example.com/).</p>",
        "<form action='/search'></form><script>// see https://example.com\nlet a = 1</script>",
    ],
)
def test_a_link_and_what_lies_on_the_same_host_are_none(page: str) -> None:
    assert told(page) == []


@pytest.mark.parametrize(
    ("path", "text", "where"),
    [
        ("a.css", "@import url(https://fonts.example.com/x.css);", "url()"),
        ("a.css", '@font-face { src: url("https://fonts.example.com/x.woff2") }', "url()"),
        ("a.js", 'importScripts("https://cdn.example.com/x.js")', "script"),
        ("a.js", 'import { a } from "https://cdn.example.com/x.js";', "script"),
        ("a.js", "new Worker('https://cdn.example.com/x.js')", "script"),
        ("site.webmanifest", '{"icons": [{"src": "https://cdn.example.com/x.png"}]}', "manifest"),
        ("a.svg", '<svg><image href="https://cdn.example.com/x.png"/></svg>', "image href"),
    ],
)
def test_styles_scripts_manifests_and_pictures_fetch_too(path: str, text: str, where: str) -> None:
    assert fetched(text, path) == [where]


KEYS = {
    "an AWS access key": "AKIA" + "IOSFODNN7EXAMPLE",
    "an AWS secret key": "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "a GitHub token": "ghp_" + "a1B2" * 9,
    "a GitLab token": "glpat-" + "a1B2" * 5,
    "a Slack token": "xoxb-" + "123456789012-Ab12Cd34Ef56",
    "a Slack webhook": "https://hooks.slack.com/services/" + "T0AB12CD3/B0AB12CD3/Ab12Cd34Ef56Gh78",
    "an OpenAI or Anthropic key": "sk-" + "proj-Ab12Cd34Ef56Gh78Ij90",
    "a Stripe key": "sk_live_" + "Ab12Cd34Ef56Gh78",
    "a Google key": "AIza" + "a1B2c3D" * 5,
    "an npm token": "npm_" + "a1B2" * 9,
    "a package index's token": "pypi-AgE" + "IcHlwaS5vcmcCJGE1" + "NmQyY2Y5",
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a JSON web token": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
}


@pytest.mark.parametrize("what", KEYS)
def test_a_key_is_a_finding_wherever_it_stands(what: str) -> None:
    assert ("text", f"holds {what}") in told(f"<p>It is {KEYS[what]} now.</p>")
    assert ("text", f"holds {what}") in told(f'const key = "{KEYS[what]}";', "app.js")
    assert KEYS[what] not in repr(scan({"index.html": KEYS[what].encode()}, NOTHING))


@pytest.mark.parametrize(
    "text",
    [
        "task-force-of-the-Harbour-Council-2026, disk-Based-Storage-2026",
        "the AKIA and the ASIA of old, eyJust saying",
        "class=md-typeset__scrollwrap sk-fading-circle-containers-all",
        "AKIAiosfodnn7example",
    ],
)
def test_words_that_begin_like_a_key_are_none(text: str) -> None:
    assert told(f"<p>{text}</p>") == []


@pytest.mark.parametrize(
    "text",
    [
        "see /home/mara/notes/x.md",
        '"file:///home/mara/x"',
        "/Users/mara.tamm/Documents",
        "C:\\Users\\Mara\\notes",
        '{"root": "C:\\\\Users\\\\Mara\\\\notes"}',
        f"({SUPERUSER}/x)",
    ],
)
def test_a_folder_of_a_home_directory_is_a_finding(text: str) -> None:
    assert told(f"<p>{text}</p>") == [("text", "holds a folder of a home directory")]


def test_the_home_folder_of_this_machine_is_one_wherever_it_lies() -> None:
    assert told("<p>/data/people/mara/x</p>") == []
    assert told("<p>/data/people/mara/x</p>", home="/data/people/mara") == [
        ("text", "holds a folder of a home directory")
    ]


@pytest.mark.parametrize("text", ["people/home/mara", "https://example.com/home/team/x", "../home/mara/x", "/home/"])
def test_an_address_with_home_in_it_is_none(text: str) -> None:
    assert told(f"<p>{text}</p>") == []


def test_the_name_of_the_machines_user_is_found_as_a_word_unless_the_text_has_it_anyway() -> None:
    finding = [("text", "holds the name of this machine's user")]
    assert told("<p>built by mtamm42</p>", user="mtamm42") == finding
    assert told("<p>amtamm42x</p>", user="mtamm42") == []
    ordinary = HiddenValues((), Needles(()), (), "write to mtamm42@example.org")
    assert scan({"index.html": b"<p>mtamm42</p>"}, ordinary, user="mtamm42").is_clean


WORDS = "six plain words in a row"


def test_the_passphrase_is_found_however_it_is_written() -> None:
    for text in (WORDS, "six-plain-words-in-a-row", "c2l4IHBsYWluIHdvcmRzIGluIGEgcm93"):
        assert scan({"a.html": text.encode()}, NOTHING, passphrase=WORDS).findings == (
            Finding("a.html", "base64" if text.startswith("c2l") else "text", "holds the passphrase"),
        )
