"""Asks an application as a browser would, one request at a time, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.serving.door import Door
from playbook.serving.live import Live, Outcome

HOST = "localhost:8000"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Served:
    """An application, and one request at a time to it."""

    app: Any

    @property
    def door(self) -> Door:
        door = self.app.state.door
        assert isinstance(door, Door)
        return door

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """What somebody gets who came in. `headers` as keyword arguments: `x_playbook_token=…`."""
        port = headers.get("host", HOST).rpartition(":")[2]
        return self.stranger(path, method, body, **{"cookie": f"playbook-{port}={self.door.cookie}", **headers})

    def stranger(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """What anybody gets. The path goes in as a browser's would arrive, decoded."""
        given = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        bare, _, query = path.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": bare,
            "raw_path": bare.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        sent: list[dict[str, Any]] = []
        requests = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            for request in requests:
                return request
            await asyncio.Event().wait()  # nobody hangs up
            raise AssertionError

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        return Answer(
            sent[0]["status"],
            {name.decode(): value.decode() for name, value in sent[0]["headers"]},
            b"".join(message.get("body", b"") for message in sent[1:]),
        )


def live_site(folder: Path | None, problems: tuple[str, ...] = (), *builds: Outcome) -> Live:
    """A site that was built once into `folder`, then came to each of `builds`."""
    outcomes = iter([Outcome(folder, problems), *builds])
    live = Live(lambda: next(outcomes))

    async def build_all() -> None:
        for _ in range(1 + len(builds)):
            await live.rebuild()

    asyncio.run(build_all())
    return live
