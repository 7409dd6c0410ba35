"""A small playbook that is served, and may be written to."""

from __future__ import annotations

import datetime as dt

import pytest

from playbook.serving.app import make_app
from playbook.serving.desk import Desk
from playbook.serving.writes import write_routes
from tests.serving.asking import Served, live_site
from tests.serving.posting import CAMP, GOAL, GRACE, Book


@pytest.fixture
def book(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<html><body></body></html>")
    desk = Desk(tmp_path, "content", lambda _: dt.date(2026, 11, 21))
    made = Book(tmp_path, Served(None))
    made.save({"me": "name: Ada\n", "goals/staff": GOAL, "people/grace": GRACE, "events/camp": CAMP})
    made.served = Served(make_app(live_site(site), writes=write_routes(live_site(site), desk)))
    return made
