"""The room for writes: what a page asks for, read strictly, carried out one at a time, answered in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from playbook.serving.desk import Answer, Desk
from playbook.serving.live import Live
from playbook.serving.orders import MOST_BYTES, NEEDED, Order, Refused, read_order
from playbook.serving.uncommitted import commit_as_shown, look
from playbook.views.words import day_text

MOST_RECORDS = 500


def write_routes(live: Live, desk: Desk) -> list[Route]:
    """The routes below `/_playbook/` of a site that its pages may write to."""
    one_at_a_time = asyncio.Lock()

    async def state(request: Request) -> JSONResponse:
        """What the page's files were when it was built; told to a page of the site that is shown now, and no other."""
        if request.query_params.get("version") != live.version:
            return _refusal(Refused("this page is older than the site", 409, "stale"))
        records = request.query_params.getlist("record")[:MOST_RECORDS]
        known = {one: live.digests.get(f"{desk.name}/{one}.yml") for one in records}
        return JSONResponse({"digests": {record: digest for record, digest in known.items() if digest}})

    async def uncommitted(_request: Request) -> JSONResponse:
        return JSONResponse(asdict(await asyncio.to_thread(look, desk.content)))

    def carried_out(gesture: str) -> Callable[[Request], Awaitable[JSONResponse]]:
        async def write(request: Request) -> JSONResponse:
            try:
                order = read_order(gesture, request.headers.get("content-type", ""), await _body(request))
                async with one_at_a_time:
                    return JSONResponse(await asyncio.to_thread(_done, desk, order))
            except Refused as refused:
                return _refusal(refused)

        return write

    return [
        Route("/state", state),
        Route("/uncommitted", uncommitted),
        *(Route(f"/{gesture}", carried_out(gesture), methods=["POST"]) for gesture in NEEDED),
    ]


def _done(desk: Desk, order: Order) -> dict[str, object]:
    if order.gesture == "commit":
        return {"said": commit_as_shown(desk.content, order.message, desk.errors()), "files": [], "undo": ""}
    answer: Answer = desk.undo(order.token) if order.gesture == "undo" else desk.do(order)
    return {
        "said": answer.said,
        "files": list(answer.files),
        "undo": answer.token,
        "digests": answer.digests,
        "day": day_text(answer.day) if answer.day else "",
    }


async def _body(request: Request) -> bytes:
    """The body, as far as it may reach and one byte more."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            break
    return body


def _refusal(refused: Refused) -> JSONResponse:
    return JSONResponse({"error": refused.said, "code": refused.code}, refused.status)
