"""The web application: files of a built folder, a stream of changes, and a guarded room for writes.

It answers this machine alone. A page elsewhere that resolves its own name to 127.0.0.1 (DNS rebinding) is refused by
its Host header; a form elsewhere that posts here is refused by its Origin and for want of the token of this run.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route, Router

from playbook.serving.live import Live, Outcome

OWN_NAMES = frozenset(("localhost", "127.0.0.1", "[::1]"))
TOKEN_HEADER = "x-playbook-token"  # noqa: S105  (the header's name)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Material's own scripts and styles are partly inline; everything comes from here and goes nowhere else.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; worker-src 'self' blob:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
}


def make_app(
    live: Live, *, writes: Sequence[BaseRoute] = (), lifespan: Callable[[], Awaitable[None]] | None = None
) -> Starlette:
    """The application of one served site.

    Args:
        live: the site.
        writes: routes below `/_playbook/` that change something; only requests with this run's token reach them.
        lifespan: runs in the background as long as the application does (the watch over files).
    """
    token = secrets.token_urlsafe(32)

    @asynccontextmanager
    async def run(_app: Starlette) -> AsyncIterator[None]:
        import asyncio  # noqa: PLC0415

        task = asyncio.ensure_future(lifespan()) if lifespan else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()

    async def events(_request: Request) -> StreamingResponse:
        async def stream() -> AsyncIterator[str]:
            async for outcome in live.changes():
                yield ": still here\n\n" if outcome is None else f"data: {_message(live, outcome)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def file(request: Request) -> Response:
        await live.settled()
        return _serve(live, request.path_params["path"], token)

    own = Router([Route("/events", events), *writes])
    app = Starlette(
        routes=[Mount("/_playbook", own), Route("/{path:path}", file, methods=["GET", "HEAD"])],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guard(token))],
        lifespan=run,
    )
    app.state.token = token
    return app


def _guard(token: str) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    async def guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        host = request.headers.get("host", "")
        name = host.rsplit(":", 1)[0] if host.rsplit(":", 1)[-1].isdigit() else host
        if name.lower() not in OWN_NAMES:
            return PlainTextResponse("This server answers to localhost alone.\n", 403)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            same = request.headers.get("origin") == f"{request.url.scheme}://{host}"
            given = request.headers.get(TOKEN_HEADER, "")
            if not same or not hmac.compare_digest(given, token):
                return JSONResponse({"error": "only a page of this site, served by this run, may change anything"}, 403)
        response = await answer(request)
        response.headers.update(HEADERS)
        return response

    return guard


def _serve(live: Live, path: str, token: str) -> Response:
    root = live.folder.resolve()
    wanted = root / path
    try:
        found = wanted.resolve()
        inside = found.is_relative_to(root)
        if inside and found.is_dir():
            if path and not path.endswith("/"):
                # Without its slash, a page's relative links would lead one folder too high.
                return RedirectResponse(f"/{path}/")
            found /= "index.html"
        if not inside or not found.is_file():
            return _page(root / "404.html", live, token, status=404)
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return PlainTextResponse("Not found.\n", 404)
    return _page(found, live, token) if found.suffix == ".html" else FileResponse(found)


def _page(file: Path, live: Live, token: str, status: int = 200) -> Response:
    if not file.is_file():
        first = _message(live, live.outcome)
        body = f"<!doctype html><meta charset=utf-8><title>Playbook</title>{_script(first, token)}<body></body>"
        return Response(body, 503 if live.outcome.problems else status, media_type="text/html")
    html = file.read_text(encoding="utf-8")
    script = _script(_message(live, live.outcome), token)
    head, end, rest = html.rpartition("</body>")
    return Response(f"{head}{script}{end}{rest}" if end else html + script, status, media_type="text/html")


def _message(live: Live, outcome: Outcome) -> str:
    # Inside a script element nothing but `</` could end it; JSON may write it as `<\/`.
    return json.dumps({"version": live.version, "problems": outcome.problems}).replace("</", "<\\/")


def _script(first: str, token: str) -> str:
    source = (Path(__file__).parent / "follow.js").read_text(encoding="utf-8")
    return f'<script data-playbook-token="{token}">({source})({first})</script>'
