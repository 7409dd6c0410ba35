"""The web application: files of a built folder, a stream of changes, and a guarded room for writes.

Whom it answers is the guard's business.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route, Router

from playbook.serving.door import Door
from playbook.serving.guard import HEADERS, Guard
from playbook.serving.live import Live

_PAGE = Path(__file__).parent / "page"
_WRITING = ("writing.css", "writing.js", "asking.js", "forms.js", "strip.js")
"""What the pages of a site that may be written to load besides their own."""


def make_app(
    live: Live,
    *,
    door: Door | None = None,
    writes: Sequence[BaseRoute] = (),
    beside: Callable[[], Awaitable[None]] | None = None,
) -> Starlette:
    """The application of one served site.

    Args:
        live: the site.
        door: who may come in.
        writes: routes below `/_playbook/` that change something; only requests with this run's token reach them.
            Without any, pages are only shown.
        beside: runs in the background as long as the application does (the watch over files).
    """
    door = door or Door()
    token = door.token if writes else ""

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
            Mount("/_playbook", Router([Route("/events", events), *map(_own_file, _WRITING), *writes])),
            Route("/{path:path}", file, methods=["GET", "HEAD"]),
        ],
        middleware=[Middleware(Guard, door=door)],
        exception_handlers={Exception: _broken},
        lifespan=run,
    )
    app.state.door = door
    return app


def _broken(_request: Request, _error: Exception) -> Response:
    """A bug's answer; the server prints its traceback. No guard stands around it, so it brings the headers itself."""
    return PlainTextResponse("This is a bug; the terminal shows where.\n", 500, HEADERS)


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
    """The page with what makes it follow, and what lets its reader write where there is a token."""
    source = (_PAGE / "follow.js").read_text(encoding="utf-8")
    script = f'<script data-playbook-version="{live.version}">({source})({_message(live)})</script>'
    if token:
        knows = f'data-playbook-token="{token}" data-playbook-version="{live.version}"'
        script += '<link rel="stylesheet" href="/_playbook/writing.css">'
        script += f'<script type="module" src="/_playbook/writing.js" {knows}></script>'
    head, end, rest = html.rpartition("</body>")
    return f"{head}{script}{end}{rest}" if end else html + script


def _own_file(name: str) -> Route:
    async def file(_request: Request) -> Response:
        return Response((_PAGE / name).read_bytes(), media_type=mimetypes.guess_type(name)[0])

    return Route(f"/{name}", file)
