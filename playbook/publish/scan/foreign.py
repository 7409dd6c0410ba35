"""Addresses of other hosts that a page fetches by itself, so that its reader is seen there; a link to click is none."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

_MARKUP = (".html", ".htm", ".xhtml", ".svg", ".xml")
_OUT = re.compile(r"//|\\\\|/\\|:\\?/|&")
"""Without one of these nothing leads to another host."""
_BODY = re.compile(r"<(?:script|style)\b[^<>]*>(.*?)(?=</|\Z)", re.DOTALL | re.IGNORECASE)
_BEFORE, _BEHIND = 100, 300
_NAME = re.compile(r"<([a-zA-Z][\w:-]*)")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_FETCHED = frozenset(
    (
        "src", "srcset", "imagesrcset", "poster", "data", "action", "formaction", "background", "ping", "manifest",
        "code", "archive", "xlink:href",
    )
)  # fmt: skip
_FETCHING_HREF = frozenset(("link", "base", "use", "image", "feimage", "script"))
# What a `link` only tells, and no browser fetches.
_TOLD = frozenset(("canonical", "alternate", "author", "license", "next", "prev", "help", "me", "search", "edit"))
_CSS = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\s\"']+))\s*\)|@import\s+(?:\"([^\"]+)\"|'([^']+)')", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"(?:(?<![@\w])import\s*\(?|\bfrom|\bimportScripts\s*\(|\bfetch\s*\(|\bnew\s+(?:Shared)?Worker\s*\(|\bEventSource\s*\(|"
    r"\bWebSocket\s*\(|\bsendBeacon\s*\(|\.open\s*\(\s*[\"'][A-Z]+[\"']\s*,|\.src\s*=)\s*[\"'`]([^\"'`\s]+)[\"'`]"
)
_MANIFEST = re.compile(r"\"(?:src|start_url|scope)\"\s*:\s*\"((?:[^\"\\]|\\.)*)\"")
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s;]+)", re.IGNORECASE)
_SPACE = re.compile(r"[\t\n\r]")
_SCHEMES = ("http", "https", "ws", "wss", "ftp")


def foreign_hosts(
    path: str, text: str, tags: Iterable[str], own: str = "", *, has_code: bool = True
) -> Iterator[tuple[str, str]]:
    """(where it stands, the host) of every address of another host that this file makes a browser fetch.

    Args:
        path: the file's path, whose ending says what it is.
        text: the file.
        tags: the tags in it, if it is a page or a picture.
        own: the site's own host, to which nobody is a stranger.
        has_code: whether there may be a script or a style in a page.
    """
    for where, address in _addresses(path.lower(), text, tags, has_code=has_code):
        host = _host(address)
        if host and host != own.lower():
            yield where, host


def _addresses(path: str, text: str, tags: Iterable[str], *, has_code: bool) -> Iterator[tuple[str, str]]:
    if path.endswith(_MARKUP):
        for tag in tags:
            if _OUT.search(tag):
                yield from _in_tag(tag)
        for body in _BODY.findall(text) if has_code else ():
            yield from _in_code(body)
    elif path.endswith((".css", ".js", ".mjs", ".webmanifest", "manifest.json")):
        yield from _in_code(text)


def _in_code(text: str) -> Iterator[tuple[str, str]]:
    """The addresses in a style, a script or a manifest; it is looked at near what may lead out, and nowhere else."""
    behind = 0
    for place in _OUT.finditer(text):
        if place.start() < behind or place[0] == "&":
            continue
        behind = place.start() + _BEHIND
        around = text[max(place.start() - _BEFORE, 0) : behind + _BEHIND]
        yield from (("script", found[1].replace("\\/", "/")) for found in _SCRIPT.finditer(around))
        yield from (("manifest", found[1].replace("\\/", "/")) for found in _MANIFEST.finditer(around))
        yield from _in_style(around)


def _in_style(text: str) -> Iterator[tuple[str, str]]:
    for found in _CSS.finditer(text):
        which = found.lastindex or 0
        yield ("@import" if which > 3 else "url()"), found[which]  # noqa: PLR2004  (behind the first three)


def _in_tag(tag: str) -> Iterator[tuple[str, str]]:
    named = _NAME.match(tag)
    if named is None:
        return
    name = named[1].lower()
    attributes = {one[1].lower(): html.unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(tag)}
    for attribute, value in attributes.items():
        if attribute == "style":
            yield from _in_style(value)
        elif attribute in ("srcset", "imagesrcset"):
            yield from ((f"{name} {attribute}", one.strip().partition(" ")[0]) for one in value.split(","))
        elif attribute in _FETCHED or (attribute == "href" and name.rpartition(":")[2] in _FETCHING_HREF):
            relations = set(attributes.get("rel", "").lower().split())
            if name != "link" or not relations or relations - _TOLD:
                yield f"{name} {attribute}", value
    if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield from (("meta refresh", one) for one in _REFRESH.findall(attributes.get("content", "")))


def _host(address: str) -> str:
    """The host of an address that leads somewhere else, as browsers read it: without line ends, `/` for backslashes."""
    cleaned = _SPACE.sub("", address).strip().replace("\\", "/")
    scheme, colon, rest = cleaned.partition(":")
    if colon and scheme.lower() in _SCHEMES:
        cleaned = f"{scheme.lower()}://{rest.lstrip('/')}"
    elif not cleaned.startswith("//"):
        return ""
    try:
        return (urlsplit(cleaned).hostname or "").lower()
    except ValueError:
        return "a host that cannot be read"
