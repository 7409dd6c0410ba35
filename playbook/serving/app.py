"""The web application: files of a built folder, a stream of changes, and a guarded room for writes.

It answers this machine alone. A page elsewhere that resolves its own name to 127.0.0.1 (DNS rebinding) is refused by
its Host header; a form elsewhere that posts here is refused by its Origin and for want of the token of this run.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import mimetypes
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playbook.serving.live import Live

OWN_NAMES = frozenset(("localhost", "127.0.0.1", "[::1]"))
TOKEN_HEADER = "x-playbook-token"  # noqa: S105  (the header's name)
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


def make_app(
    live: Live, *, writes: Sequence[BaseRoute] = (), beside: Callable[[], Awaitable[None]] | None = None
) -> Starlette:
    """The application of one served site.

    Args:
        live: the site.
        writes: routes below `/_playbook/` that change something; only requests with this run's token reach them.
        beside: runs in the background as long as the application does (the watch over files).
    """
    token = secrets.token_urlsafe(32)

    @asynccontextmanager
    async def run(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.ensure_future(beside()) if beside else None
        yield
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def events(_request: Request) -> StreamingResponse:
        async def stream() -> AsyncIterator[str]:
            async for changed in live.changes():
                yield f"data: {_message(live)}\n\n" if changed else ": still here\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def file(request: Request) -> Response:
        await live.begun()
        return _file(live, request.path_params["path"], token)

    app = Starlette(
        routes=[
            Mount("/_playbook", Router([Route("/events", events), *writes])),
            Route("/{path:path}", file, methods=["GET", "HEAD"]),
        ],
        middleware=[Middleware(_Guard, token=token)],
        exception_handlers={Exception: _broken},
        lifespan=run,
    )
    app.state.token = token
    return app


def _broken(_request: Request, _error: Exception) -> Response:
    """A bug's answer; the server prints its traceback. No guard stands around it, so it brings the headers itself."""
    return PlainTextResponse("This is a bug; the terminal shows where.\n", 500, HEADERS)


class _Guard:
    """Refuses whoever is not a reader at this machine, and puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refusal(Request(scope)) or self.app
        await answer(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        name, _, port = host.rpartition(":")
        if (name if port.isdigit() else host).lower() not in OWN_NAMES:
            return PlainTextResponse("This server answers to localhost alone.\n", 403)
        if request.method in _READING:
            return None
        same = request.headers.get("origin") == f"{request.url.scheme}://{host}"
        given = request.headers.get(TOKEN_HEADER, "").encode()
        if same and hmac.compare_digest(given, self.token.encode()):
            return None
        return JSONResponse({"error": "only a page of this site, served by this run, may change anything"}, 403)


def _file(live: Live, path: str, token: str) -> Response:
    """A file of the site, read at once: the next build takes the folder away."""
    if live.folder is None:
        body = "<!doctype html><html lang=en><meta charset=utf-8><title>Playbook</title><body></body></html>"
        return HTMLResponse(_with_script(body, live, token), 503)
    root = live.folder.resolve()
    try:
        found = (root / path).resolve()
        inside = found.is_relative_to(root)
        if inside and found.is_dir():
            if path and not path.endswith("/"):
                # Without its slash, a page's relative links would lead one folder too high.
                return RedirectResponse(f"/{found.relative_to(root).as_posix()}/")
            found /= "index.html"
        if not inside or not found.is_file():
            return _missing(root, live, token)
        content = found.read_bytes()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return _missing(root, live, token)
    if found.suffix == ".html":
        return HTMLResponse(_with_script(content.decode(errors="replace"), live, token))
    return Response(content, media_type=mimetypes.guess_type(found.name)[0] or "application/octet-stream")


def _missing(root: Path, live: Live, token: str) -> Response:
    page = root / "404.html"
    if not page.is_file():
        return PlainTextResponse("There is no such page.\n", 404)
    return HTMLResponse(_with_script(page.read_text(encoding="utf-8"), live, token), 404)


def _message(live: Live) -> str:
    # Inside a script element nothing but `</` and `<!--` could end it; JSON may write `<` as \u003c.
    message = {"version": live.version, "problems": live.outcome.problems, "shown": live.shown}
    return json.dumps(message).replace("<", "\\u003c")


def _with_script(html: str, live: Live, token: str) -> str:
    source = (Path(__file__).parent / "follow.js").read_text(encoding="utf-8")
    script = f'<script data-playbook-token="{token}">({source})({_message(live)})</script>'
    head, end, rest = html.rpartition("</body>")
    return f"{head}{script}{end}{rest}" if end else html + script
