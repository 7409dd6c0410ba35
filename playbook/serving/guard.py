"""Refuses whoever is not a reader at this machine who came in by a key, and puts the same headers on every answer.

What it keeps out: a page elsewhere that resolves its own name to 127.0.0.1 (by the Host), one that loads something from
here or posts a form (by what the browser says of the request, and by the cookie that it does not send along), one on
another port of this machine, to which the browser does send the cookie (by what it says, again, and by the token).
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playbook.serving.door import Door

OWN_NAMES = frozenset(("localhost", "127.0.0.1", "[::1]"))
TOKEN_HEADER = "x-playbook-token"  # noqa: S105  (the header's name)
ROOM = "/_playbook/"
"""Where what is no page lies: the stream of changes, and the room for writes."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Without it a page elsewhere could load a picture or a script from here, and so learn what there is.
    "Cross-Origin-Resource-Policy": "same-origin",
    # Material's own scripts and styles are partly inline; everything comes from here and goes nowhere else.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
}
_READING = frozenset(("GET", "HEAD", "OPTIONS"))


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the application's place, or let it answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._answer(Request(scope)) or self.app
        await answer(scope, receive, send_with_headers)

    def _answer(self, request: Request) -> Response | None:
        """What is said in the application's place; None where it may answer."""
        if _name(request) not in OWN_NAMES:
            return PlainTextResponse("This server answers to localhost alone.\n", 403)
        reads = request.method in _READING
        if not _is_from_here(request, reads=reads):
            return PlainTextResponse("Pages of other sites get nothing from here.\n", 403)
        known = self.door.knows(request.cookies.get(cookie_name(request), ""))
        if request.method == "GET" and "key" in request.query_params and not request.url.path.startswith(ROOM):
            return self._entered(request, known=known)
        if not known:
            return _locked(request, "This browser has not come in yet.")
        if reads:
            return None
        same = request.headers.get("origin") == _own_origin(request)
        if same and self.door.trusts(request.headers.get(TOKEN_HEADER, "")):
            return None
        return JSONResponse({"error": "only a page of this site, served by this run, may change anything"}, 403)

    def _entered(self, request: Request, *, known: bool) -> Response:
        """The page without its key, with a cookie in its place."""
        rest = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "key"])
        # Every slash at the beginning but one would make it another host's address.
        where = "/" + request.url.path.lstrip("/\\") + (f"?{rest}" if rest else "")
        is_glimpse = "prefetch" in request.headers.get("sec-purpose", "")
        if known:
            return RedirectResponse(where, 303)
        if is_glimpse or not self.door.opens(request.query_params["key"]):
            return _locked(request, "This address was used already, or is too old: each works once, for ten minutes.")
        answer = RedirectResponse(where, 303)
        answer.set_cookie(cookie_name(request), self.door.cookie, path="/", httponly=True, samesite="strict")
        return answer


def cookie_name(request: Request) -> str:
    """The cookie's name, which tells two servers of this machine apart: browsers do not tell their ports."""
    return f"playbook-{request.headers.get('host', '').rpartition(':')[2]}"


def _name(request: Request) -> str:
    host = request.headers.get("host", "")
    name, _, port = host.rpartition(":")
    return (name if port.isdigit() else host).lower()


def _own_origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _is_from_here(request: Request, *, reads: bool) -> bool:
    """Whether the browser says that a page of this site asks, or its user; a page may be visited from anywhere."""
    headers = request.headers
    site = headers.get("sec-fetch-site")
    if site is None:
        # No browser of today; one that tells an origin all the same is held to it.
        return not reads or headers.get("origin") in (None, _own_origin(request))
    if site == "same-origin" or (site == "none" and reads):
        return True
    visits = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return request.method == "GET" and visits and not request.url.path.startswith(ROOM)


def _locked(request: Request, why: str) -> Response:
    """Why there is nothing to see, and how to come in: as a page for whoever looks at one."""
    if request.headers.get("sec-fetch-dest", "document") != "document" or request.method != "GET":
        return JSONResponse({"error": f"{why} Open the address that playbook serve shows in its terminal."}, 403)
    return HTMLResponse(_LOCKED.replace("@@why@@", escape(why)), 403)


_LOCKED = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Playbook: come in</title>
<style>
:root { color-scheme: light dark }
body { font: 17px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 14vh auto; padding: 0 1.2rem }
h1 { font-size: 1.5rem } code { font-family: ui-monospace, monospace }
</style>
<h1>This playbook is open to you alone</h1>
<p>@@why@@</p>
<p>In the terminal where <code>playbook serve</code> runs, press <kbd>Enter</kbd>: it shows a new address. Open that one
here. Afterwards this browser is known until the server stops.</p>
<p>If you came in just now, <a href="">look again</a>.</p>
</html>
"""
