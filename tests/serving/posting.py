"""A playbook in a folder, and what the pages of its served site ask to be written into it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.serving.asking import HOST, Answer, Served

GOAL = "# why\ntitle: Staff engineer\ndue: 2027-03-01\nchecklist:\n  - Draft the packet\n  - {task: Ask Grace, done: 2026-11-02}\n"
THANKS = {
    "people/ada": "name: Ada\nlog:\n  - {date: 2026-11-18, kind: received, what: The numbers}\n",
    "people/bo": "name: Bo\n",
    "journal/2026": "- {date: 2026-11-19, title: Shipped, people: [ada, bo]}\n- {date: 2026-11-02, title: Other}\n",
}
CAMP = (
    "title: Camp\nstarts: 2026-11-20\noutcomes:\n  follow_ups:\n"
    "    - Send the numbers\n    - {what: Call, person: grace, done: 2026-11-21}\n"
)
GRACE = "name: Grace Hopper\npromises:\n  - Send the slides\n  - {what: Call, kept: 2026-01-02}\n"
OWED = [
    ({"record": "journal/2026", "index": 0, "text": "Thank Ada for “Shipped”"}, "ada"),
    ({"record": "people/ada", "index": 0, "text": "Thank Ada for “The numbers”"}, "ada"),
]


@dataclass
class Book:
    """A playbook in a folder, and the site that is served from it."""

    root: Path
    served: Served

    def file(self, record: str) -> Path:
        return self.root / f"content/{record}.yml"

    def digest(self, record: str) -> str:
        return hashlib.sha256(self.file(record).read_bytes()).hexdigest()

    def post(self, gesture: str, body: object, **headers: str) -> Answer:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {
            "content_type": "application/json",
            "origin": f"http://{HOST}",
            "x_playbook_token": self.served.door.token,
        }
        return self.served.ask(f"/_playbook/{gesture}", "POST", sent, **{**said, **headers})

    def do(self, gesture: str, **said: object) -> tuple[int, dict[str, Any]]:
        """Status and answer of a gesture, with the digest of the file as it is where a record is named."""
        if "record" in said and "digest" not in said:
            said["digest"] = self.digest(str(said["record"]))
        answer = self.post(gesture, said)
        return answer.status, json.loads(answer.body)

    def save(self, files: dict[str, str]) -> None:
        for record, text in files.items():
            self.file(record).parent.mkdir(parents=True, exist_ok=True)
            self.file(record).write_text(text)

    def item(self, index: int = 0, text: str = "Draft the packet", **more: object) -> dict[str, object]:
        return {"record": "goals/staff", "index": index, "text": text, **more}
