"""What is taken from a built site, under which policy, and what a discreet one tells."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from playbook.publish.gather import count_pages, discreet, gather, site_address
from playbook.publish.policy import content_security_policy, inline_scripts
from playbook.publish.refused import Refused


def hash_of(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_a_policy_allows_the_scripts_that_stand_in_pages_by_their_hashes_and_no_other_host():
    page = b"<script>one()</script><script src=x.js></script><SCRIPT type=module>two(1 < 2)</SCRIPT>"
    files = {"index.html": page, "b/index.html": b"<script>one()</script>", "notes.txt": b"<script>three()</script>"}
    hashes = " ".join(sorted((hash_of("one()"), hash_of("two(1 < 2)"))))
    assert content_security_policy(files) == (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; media-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    )


def test_a_policy_is_the_same_in_whatever_order_the_files_come():
    files = {"a.html": b"<script>a</script>", "b.html": b"<script>b</script>"}
    assert content_security_policy(files) == content_security_policy(dict(reversed(files.items())))


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        pytest.param(b"<p>no script", (), id="none"),
        pytest.param(b"<script>\r\na()\r\n</script>", ("\na()\n",), id="line ends as a browser hashes them"),
        pytest.param(b'<script type="application/json">{"a": "</b>"}</script>', (), id="data"),
        pytest.param(b"<script>a('&amp;<b>')</script>", ("a('&amp;<b>')",), id="nothing in a script is markup"),
        pytest.param(b"<!-- <script>a()</script> -->", (), id="a comment"),
        pytest.param("<script>a('ü')</script>".encode(), ("a('ü')",), id="letters of other languages"),
        pytest.param(
            b"<p title='<script>a()</script>' lang=en><textarea><script>b()</script></textarea>",
            (),
            id="what only looks so",
        ),
        pytest.param(b"<title><script></title><script>a()</script>", ("a()",), id="behind what only looks so"),
        pytest.param(
            b"<p title='it\n<b>'><!-- ' --><script data-x=\"a>b\" >a('</b>')</script\n><script>b",
            ("a('</b>')",),
            id="quotes",
        ),
        pytest.param(b"<script defer></script>", ("",), id="an empty one"),
    ],
)
def test_inline_scripts_are_read_as_a_browser_reads_them(page, scripts):
    assert inline_scripts(page) == scripts


def test_everything_a_reader_needs_is_gathered_sorted_and_nothing_else(tmp_path):
    files = {"index.html": b"h", "b/c.css": b"c", "b/c.css.map": b"m", "sitemap.xml": b"s", "sitemap.xml.gz": b"z"}
    site = written(tmp_path, files)
    assert list(gather(site).items()) == [("b/c.css", b"c"), ("index.html", b"h"), ("sitemap.xml", b"s")]


def test_a_calendar_feed_is_gathered_only_where_it_was_asked_for(tmp_path):
    site = written(tmp_path, {"index.html": b"h", "feeds/all.ics": b"BEGIN:VCALENDAR", "feeds/MY.ICS": b"x"})
    assert list(gather(site)) == ["index.html"]
    assert list(gather(site, with_feeds=True)) == ["feeds/MY.ICS", "feeds/all.ics", "index.html"]


def test_the_line_that_leads_to_the_feeds_is_left_out_with_them(tmp_path):
    line = b'<p class="pb-quiet pb-feeds">In your calendar:\n<a href="feeds/due.ics">due</a></p>\n'
    site = written(tmp_path, {"index.html": b"<p>a</p>\n" + line + b"<p>b</p>", "x.js": line})
    assert gather(site) == {"index.html": b"<p>a</p>\n<p>b</p>", "x.js": line}
    assert gather(site, with_feeds=True)["index.html"] == b"<p>a</p>\n" + line + b"<p>b</p>"


def test_a_link_in_a_built_site_is_refused_wherever_it_leads(tmp_path):
    site = written(tmp_path, {"index.html": b"h", "a/b.txt": b"b"})
    (site / "a" / "link.txt").symlink_to("b.txt")
    with pytest.raises(Refused, match=r"^'a/link.txt' in the built site is a link; put the file itself there$"):
        gather(site)


def test_all_pages_of_a_discreet_site_have_one_title():
    files = {"a.html": b"<head><title>Ada Lovelace - Mine</title></head><p>Ada", "a.js": b"'<title>x</title>'"}
    assert discreet(files) == {"a.html": b"<head><title>Notes</title></head><p>Ada", "a.js": b"'<title>x</title>'"}


@pytest.mark.parametrize(
    ("sitemap", "address"),
    [
        (b"<loc>https://x.org/p/people/</loc><loc>https://x.org/p/</loc>", "https://x.org/p/"),
        (b"<loc>https://x.org/p/index.html</loc><loc>https://x.org/p/a.html</loc>", "https://x.org/p/"),
        (b"<loc>https://x.org/a&amp;b/</loc>", "https://x.org/a&b/"),
        (b"<urlset></urlset>", ""),
    ],
)
def test_the_address_a_site_was_built_for_is_that_of_its_home_page(sitemap, address):
    assert site_address({"sitemap.xml": sitemap}) == address


def test_pages_are_counted_without_the_one_that_says_that_a_page_is_missing():
    assert count_pages({"index.html": b"", "404.html": b"", "a/index.html": b"", "x.css": b""}) == 2
