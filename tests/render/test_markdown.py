"""Notes as HTML: nothing that runs, loads or redirects gets through, and no word of the author's is lost."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.render.markdown import _parser, inline_html, plain, sanitise, to_html
from tests.effort import examples
from tests.support import book

PAGES = {"ada": ("page:people/ada.md", "Ada Lovelace"), "hidden": ("", "a colleague")}
TAGS = {
    "p", "br", "strong", "em", "del", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h4", "h5", "h6", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel", "page"}


def find_link(kind: str, name: str) -> tuple[str, str] | None:
    return PAGES.get(name) if kind in ("", "people") else None


def offences(html: str) -> list[str]:
    """Everything in a piece of HTML, as a browser reads it, that a note may not hold."""
    found = []
    for node in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if node.tag == "DOCUMENT_FRAGMENT":
            continue
        if node.tag not in TAGS:
            found.append(str(node.tag))
        found += [f"{node.tag} {name}" for name in node.attrib if name not in ATTRIBUTES.get(node.tag, ())]
        address = node.get("href", "#")
        scheme = address.partition(":")[0].lower()
        if scheme not in SCHEMES and not address.startswith("#"):
            found.append(f"href {scheme}")
        if (
            "@" in re.sub(r"^https?://([^/?#]*).*", r"\1", address, flags=re.IGNORECASE | re.DOTALL)
            and scheme != "mailto"
        ):
            found.append("href with a name before its host")
        if node.tag == "a" and node.get("rel") != "noopener noreferrer nofollow":
            found.append("a without rel")
    return found


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>alert(1)</script>", ["script"]),
        ('<a href="javascript:alert(1)">x</a>', ["href javascript", "a without rel"]),
        ('<p onclick="x">y</p>', ["p onclick"]),
        (
            '<a rel="noopener noreferrer nofollow" href="https://a@b.example/">x</a>',
            ["href with a name before its host"],
        ),
        ("<math>x</math>", ["{http://www.w3.org/1998/Math/MathML}math"]),
    ],
)  # fmt: skip
def test_what_must_not_be_there_would_be_found(html, found):
    assert offences(html) == found


# Numbers in comments are those of the list of bad inputs that the project starts from.
PAYLOADS = {
    "script": "<script>alert(1)</script>",  # 41
    "img onerror": "<img src=x onerror=alert(1)>",
    "svg onload": "<svg/onload=alert(1)>",  # 43
    "details ontoggle": "<details open ontoggle=alert(1)>x</details>",  # 44
    "iframe srcdoc": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object and embed": '<object data="data:text/html,<script>alert(1)</script>"></object><embed src="//evil.example">',  # 46
    "base": '<base href="https://evil.example/">',  # 47
    "meta refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "form action": '<form action="https://evil.example"><input name=x><button>go</button></form>',  # 49
    "style": '<style>body{background:url(https://evil.example)}</style><p style="background:url(//evil.example)">x</p>',  # 50
    "link stylesheet": '<link rel=stylesheet href="https://evil.example/x.css">',
    "javascript link": "[x](javascript:alert(1)) <a href='javascript:alert(1)'>y</a>",
    "entity-coded scheme": "[x](&#106;avascript:alert(1)) [y](&#x6A;avascript&colon;alert(1))",  # 52
    "tab in a scheme": "[x](java\tscript:alert(1)) [y](<java\nscript:alert(1)>) [z](java&#x0A;script:alert(1))",  # 53
    "data link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "vbscript": "[x](vbscript:msgbox(1)) [y](VBScript:msgbox(1)) [z](file:///etc/passwd)",  # 55
    "reference link": "[x][1] [y]\n\n[1]: javascript:alert(1)\n[y]: jAvAsCrIpT:alert(1) 'title'",  # 56
    "autolinks": "<javascript:alert(1)> <data:text/html,x> <page:people/ada.md>",
    "attr_list": "![a](x.png){ onerror=alert(1) }\n\ntext {: onclick=alert(1) }",  # 58
    "attr_list style": "text\n{: style='position:fixed;inset:0' }",  # 59
    "title with quotes": '[x](https://a.example "\\" onmouseover=alert(1) \\"")',
    "footnote": "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",  # 61
    "abbreviation": "*[HTML]: <script>alert(1)</script>\n\nHTML",  # 62
    "definition list": "term\n:   <script>alert(1)</script>",
    "task list": "- [ ] <input onfocus=alert(1) autofocus>\n- [x] done",  # 64
    "a fence's title": '```js title="<script>alert(1)</script>" onload=alert(1)\nx</code></pre><script>y</script>\n```',  # 65
    "emoji and icons": ":material-account:{ .x onclick=alert(1) }",
    "snippet": '--8<-- "secret.txt"',  # 67
    "snippet of secrets": '--8<-- ".env"\n--8<-- "../../etc/passwd"',  # 68
    "macro": "{{ config.items() }} {% include '/etc/passwd' %}",
    "ends of JSON in HTML": "</script><script>alert(1)</script> ]]> --> <!-- x",  # 70
    "mXSS by math and style": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",  # 71
    "mXSS by noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "mXSS by svg": "<svg><p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "nested tags": "<b>" * 20_000,  # 73
    "engines' own": "[TOC]\n\n!!! danger <script>alert(1)</script>\n    x\n\n::: playbook.load\n\n/// html | script\n///",  # 74
    "link in a link": "[a [b](https://b.example) c](javascript:alert(1)) [![x](javascript:y)](https://c.example)",
    "markup in a link to a page": "[[ada|<img src=x onerror=alert(1)>]] [[<script>alert(1)</script>]] [[ada|](javascript:x)]]",
    "somebody else's name in front of an at": "[x](https://bank.example@evil.example) <https://bank.example@evil.example>",
    "without a host": "[x](//evil.example) [y](https:evil.example) [z](\\\\evil.example) [r](../../secret.md)",
    "a picture": "![x](https://evil.example/pixel.png) ![](https://evil.example/y.png) ![z](data:image/svg+xml,x)",
    "nul and friends": "a\x00b <scr\x00ipt>alert(1)</script> [x](java\x00script:y) \x0b\x0c\x1b[31m",
    "lone surrogate": "a \ud800 b",  # 28
    "ten thousand combining marks": "e" + "\u0301" * 10_000,  # 31
    "one long word": "x" * 60_000,  # 35
}  # fmt: skip


@pytest.mark.parametrize("name", PAYLOADS)
def test_nothing_hostile_gets_through(name):
    text = PAYLOADS[name].replace("\ud800", "\ufffd")  # text with a lone surrogate is refused when it is read
    begun = time.process_time()
    html = to_html(text, find_link)
    inline = inline_html(text, find_link)
    took = time.process_time() - begun
    assert (offences(html), offences(inline)) == ([], [])
    assert sanitise(html) == html
    assert took < 2


@pytest.mark.parametrize("name", PAYLOADS)
def test_each_of_the_two_walls_would_stand_alone(name):
    text = PAYLOADS[name].replace("\ud800", "\ufffd")
    assert offences(sanitise(text)) == []
    parsed = _parser().render(text, {"find_link": find_link})
    # What the second wall is there to add or take away: rel, the alignment of cells, the language of code.
    harmless = {"a without rel", "code class", "td style", "th style"}
    assert [offence for offence in offences(parsed) if offence not in harmless] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000, "![" * 30_000, "[a](" * 15_000, "[[" * 30_000, "[[a|" * 15_000, "[[" + " " * 60_000 + "x",
        ("[[" + " " * 2_000 + "x") * 30, "[[a" + " " * 60_000 + "x", "*a **a " * 8_000, "_a__a_" * 10_000, "~~a" * 20_000,
        "".join("`" * n + " " for n in range(1, 340)), "> " * 30_000, "- " * 30_000, "<" * 60_000, "<a:" * 20_000,
        "&#" * 30_000, "\\" * 60_000, "|" + "a|" * 4_000 + "\n|" + "-|" * 4_000 + "\n" + "a\n" * 12_000,
        "".join(f"[{n}]: x\n" for n in range(6_000)), "".join("  " * n + "- a\n" for n in range(240)), "<b>" * 20_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_no_note_of_the_length_that_is_read_takes_long(text):
    begun = time.process_time()
    to_html(text, find_link)
    plain(text, find_link)
    # Each takes a second or two; what grows with the square of the length would take minutes.
    assert time.process_time() - begun < 40


def test_spaces_after_the_brackets_of_a_link_do_not_keep_a_playbook_from_loading():
    begun = time.process_time()
    loaded = book({"people/ada.yml": "name: Ada\nnotes: 'x [[" + " " * 60_000 + "x'"})
    assert loaded.playbook.people["ada"].record.notes.startswith("x [[")
    assert time.process_time() - begun < 20


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(list(PAYLOADS.values())[:37]),
            st.sampled_from(["\n", "\n\n", "    ", "> ", "- ", "1. ", "# ", "`", "```\n", "*", "**", "_", "[", "](", ")", "[[", "]]",
                             "|", "|-|\n", "<", ">", "&", "&lt;", "\\", "!", "~~", "javascript:", "https://", "ada", "\t", '"', "'"]),
        ),
        max_size=12,
    ).map("".join).filter(lambda text: len(text) < 5_000)
)  # fmt: skip
def test_any_text_becomes_html_that_only_shows(text):
    html = to_html(text, find_link)
    assert offences(html) == []
    assert sanitise(html) == html
    assert len(plain(text, find_link, 80)) <= 80


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=8), st.data())
def test_no_word_is_lost(words, data):
    marks = data.draw(
        st.lists(
            st.sampled_from(["", "> ", "- ", "*", "# ", "[", "<b>", "| "]),
            min_size=len(words),
            max_size=len(words),
        )
    )
    text = "\n\n".join(
        mark * data.draw(st.sampled_from([1, 2, 50])) + word for mark, word in zip(marks, words, strict=True)
    )
    html = to_html(text, find_link)
    seen = "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
    assert [word for word in words if word not in seen] == []
    assert [word for word in words if word not in plain(text, find_link, 1_000)] == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*one* **two** ~~three~~ `four`", "<p><em>one</em> <strong>two</strong> <s>three</s> <code>four</code></p>\n"),
        ("a\nb  \nc", "<p>a\nb<br>\nc</p>\n"),
        ("# Title\n\n## Below\n\n###### Far below", "<h4>Title</h4><h5>Below</h5><h6>Far below</h6>"),
        ("3. x\n4. y", '<ol start="3">\n<li>x</li>\n<li>y</li>\n</ol>\n'),
        ("<b>bold</b> & <3", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;3</p>\n"),
        ("[a](https://a.example/?x=1&y=2)",
         '<p><a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer nofollow">a</a></p>\n'),
        ("![the whiteboard](https://a.example/b.png)",
         '<p><a href="https://a.example/b.png" rel="noopener noreferrer nofollow">the whiteboard</a></p>\n'),
        ("[[ada]] and [[people/ada|she]]",
         '<p><a href="page:people/ada.md" rel="noopener noreferrer nofollow">Ada Lovelace</a> and '
         '<a href="page:people/ada.md" rel="noopener noreferrer nofollow">she</a></p>\n'),
        ("[[hidden]] [[nobody]] [[nobody|somebody]] [[goals/ada]]", "<p>a colleague nobody somebody ada</p>\n"),
        ("`[[ada]]` \\[[ada]]", "<p><code>[[ada]]</code> [[ada]]</p>\n"),
        ("[x](page:people/ada.md)", "<p>[x](page:people/ada.md)</p>\n"),
        (">" * 50 + "deep\n<i>", "<p>" + "&gt;" * 50 + "deep<br>\n&lt;i&gt;</p>\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_people_write_is_shown(text, html):
    assert to_html(text, find_link) == html


def test_a_table_is_shown():
    html = to_html("| a | b |\n|---|---|\n| 1 | [[ada]] |", find_link)
    assert html.replace("\n", "") == (
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>"
        '<a href="page:people/ada.md" rel="noopener noreferrer nofollow">Ada Lovelace</a></td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b*", "a <em>b</em>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("", ""),
    ],
)  # fmt: skip
def test_one_paragraph_stands_in_a_line(text, html):
    assert inline_html(text, find_link) == html


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Title\n\n*one* [two](https://a.example) `three`\n\n- four\n- [[people/ada|five]]", "Title one two three four five"),
        ("![a picture](https://a.example/x.png) <b>", "a picture <b>"),
        ("```\ncode\n```", "code"),
        ("one two three four five", "one two three four…"),
        ("[[ada]], [[people/hidden]], [[goals/x]]", "Ada Lovelace, a colleague, x"),
        ("*one*, two\nthree\\\nfour", "one, two three four"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_note_in_one_line_has_no_marks(text, line):
    assert plain(text, find_link, 45 if len(text) > 30 else 20) == line


def test_a_link_to_nowhere_is_no_link():
    assert to_html("[word]()", find_link) == '<p><a rel="noopener noreferrer nofollow">word</a></p>\n'
    assert offences(to_html("[]()", find_link)) == []
