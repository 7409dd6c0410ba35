"""`playbook serve` and `mkdocs serve` as processes of their own: saves are followed, slips never end them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from textwrap import dedent

import psutil
import pytest

from playbook.cli.context import Impossible
from playbook.cli.serve import _listening

BOOK = {
    "mkdocs.yml": """
        site_name: Mine
        docs_dir: content/pages
        theme: {name: material, font: false}
        plugins: [search, playbook]
        """,
    "content/me.yml": "name: Ada\n",
    "content/people/grace.yml": "name: Grace Hopper\n",
    "content/pages/about.md": "# About\n",
}
PATIENCE = 40.0
"""Seconds until a wait is given up; a machine that runs other tests beside these is slow."""


@dataclass
class Served:
    """A server, its address, and everything it has said."""

    process: subprocess.Popen[str]
    log: Path
    port: int
    cookies: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def address(self) -> str:
        """Where it opens, once."""
        found = re.search(rf"http://127\.0\.0\.1:{self.port}/\?key=[\w-]+", self.said())
        return found[0] if found else ""

    def browser(self) -> urllib.request.OpenerDirector:
        """Somebody who came in, as soon as there is an address."""
        if not self.cookies and self.address():
            self.opener.open(self.address(), timeout=PATIENCE).close()
        return self.opener

    def read(self, path: str = "") -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with self.browser().open(f"http://127.0.0.1:{self.port}/{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def page(self, path: str = "") -> str:
        return self.read(path)[1]

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def until(true: Callable[[], object], served: Served) -> None:
    """Wait until `true`, or fail with what the server has said."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if served.process.poll() is not None:
            break
        try:
            if true():
                return
        except (OSError, urllib.error.URLError):
            pass  # not there yet
        time.sleep(0.1)
    pytest.fail(f"waited in vain; the server said:\n{served.said()}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(root: Path, *command: str, port: int) -> Iterator[Served]:
    temporary = root.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    log = root.parent / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1", "NO_MKDOCS_2_WARNING": "1"},
        )
        try:
            yield Served(process, log, port)
        finally:
            process.kill()
            process.wait()


@contextmanager
def playbook_serve(root: Path, *arguments: str) -> Iterator[Served]:
    port = free_port()
    command = ("playbook", "--today", "2026-11-21", "serve", "--port", str(port), *arguments)
    with serving(root, *command, port=port) as served:
        until(lambda: "Ctrl-C stops it." in served.said(), served)
        yield served


def told(page: str) -> dict[str, object]:
    """What a served page knows of the site: its version, and what is wrong."""
    found = re.search(r'<script data-playbook-version="[\w-]+">.*?\)\((\{.*\})\)</script>', page, re.DOTALL)
    assert found is not None
    message = json.loads(found[1])
    assert isinstance(message, dict)
    return message


def test_a_save_is_followed_a_slip_is_told_and_ctrl_c_leaves_nothing_behind(empty):
    person = empty.write(BOOK).path / "content/people/grace.yml"
    with playbook_serve(empty.path) as served:
        assert served.said() == (
            f"Your playbook: {served.address()}  (opens once, on this machine alone)\n"
            f"It follows every save below {empty.path}; Enter shows a new address, Ctrl-C stops it.\n"
        )
        assert "Grace Hopper" in served.page("people/grace/")
        assert served.read("people/nobody/")[0] == 404

        person.write_text("name: Radia Perlman\n")
        until(lambda: "Radia Perlman" in served.page("people/grace/"), served)
        # A file that is written in place is empty for a moment: it may be built twice.
        time.sleep(1)
        first = told(served.page())
        assert first["problems"] == []

        person.write_text("name: Radia Perlman\ncircel: inner\n")
        slip = "content/people/grace.yml:2:1: error: a person has no field 'circel'. Did you mean 'circle'? [unknown-field]"
        until(lambda: told(served.page())["problems"] == [slip], served)
        last = told(served.page("people/grace/"))
        assert (last["version"], last["shown"]) == (
            first["version"],
            "This is the last good site; it follows again once that is mended.",
        )
        assert "Radia Perlman" in served.page("people/grace/")

        person.write_text("name: [half a li")
        until(lambda: "[yaml-syntax]" in str(told(served.page())["problems"]), served)

        person.write_text("name: Anita Borg\ncircle: inner\n")
        until(lambda: "Anita Borg" in served.page("people/grace/"), served)
        assert told(served.page())["problems"] == []

        assert served.stop() == 0
        said = served.said()
        assert f"{slip}\nNot built; save again when it is mended.\n" in said
        assert said.endswith("Built again.\nStopped.\n")
        assert "Traceback" not in said
    assert list((empty.path.parent / "tmp").iterdir()) == []
    assert empty.names() == set(BOOK)


@pytest.mark.slow
def test_a_save_while_the_first_build_runs_is_not_lost(empty):
    slow = """
        import pathlib
        import time

        def on_post_build(config):
            begun = pathlib.Path(config.config_file_path).with_name("begun")
            if not begun.exists():
                begun.touch()
                time.sleep(2)
        """
    empty.write({**BOOK, "mkdocs.yml": dedent(BOOK["mkdocs.yml"]) + "hooks: [slow.py]\n", "slow.py": slow})
    port = free_port()
    with serving(empty.path, "playbook", "serve", "--port", str(port), port=port) as served:
        until((empty.path / "begun").exists, served)
        empty.write({"content/people/grace.yml": "name: Anita Borg\n"})
        until(lambda: "Anita Borg" in served.page("people/grace/"), served)


def test_it_answers_this_machine_alone_and_only_what_is_asked_rightly(empty):
    with playbook_serve(empty.write(BOOK).path) as served:
        listening = {
            (connection.laddr.ip, connection.laddr.port)
            for connection in psutil.Process(served.process.pid).net_connections(kind="inet")
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {("127.0.0.1", served.port)}
        assert raw(served, f"GET / HTTP/1.1\r\nHost: localhost:{served.port}\r\n")[0] == 403
        served.page()
        [cookie] = served.cookies
        good = f"Host: localhost:{served.port}\r\nCookie: {cookie.name}={cookie.value}"
        assert raw(served, f"GET / HTTP/1.1\r\n{good}\r\n")[0] == 200
        assert raw(served, f"HEAD / HTTP/1.1\r\n{good}\r\n") == (200, b"")
        assert raw(served, "GET / HTTP/1.1\r\nHost: evil.example\r\n")[0] == 403
        assert raw(served, "GET / HTTP/1.0\r\n")[0] == 403
        assert raw(served, "GET / HTTP/1.1\r\n")[0] == 400
        assert raw(served, f"GET / HTTP/1.1\r\n{good}\r\nHost: evil.example\r\n")[0] == 400
        assert raw(served, f"POST / HTTP/1.1\r\n{good}\r\nContent-Length: 0\r\n")[0] == 403
        for path in (
            "/../mkdocs.yml",
            "/%2e%2e/%2e%2e/mkdocs.yml",
            "/..%2f..%2fmkdocs.yml",
            "/%00",
            "/..\\mkdocs.yml",
            "/" + "a" * 5000,
        ):
            assert raw(served, f"GET {path} HTTP/1.1\r\n{good}\r\n")[0] == 404, path
        assert "Traceback" not in served.said()


def raw(served: Served, request: str) -> tuple[int, bytes]:
    """Status and body of an answer to exactly these bytes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
        connection.sendall(f"{request}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.slow
def test_what_is_broken_from_the_start_is_served_as_far_as_it_goes(empty):
    empty.write({**BOOK, "content/people/ada.yml": "name: Ada\nage: 36\n"})
    with playbook_serve(empty.path) as served:
        status, page = served.read("people/grace/")
        assert (status, told(page)["shown"]) == (200, "The pages leave out what could not be read.")
        assert told(page)["problems"] == [
            "content/people/ada.yml:2:1: error: a person has no field 'age'. Did you mean 'stage'? [unknown-field]"
        ]
        assert "Grace Hopper" in page

        (empty.path / "content/people/ada.yml").write_text("name: Ada\n")
        until(lambda: told(served.page())["problems"] == [], served)


@pytest.mark.slow
def test_a_broken_mkdocs_yml_or_template_is_told_and_does_not_end_it(empty):
    config = empty.write(BOOK).path / "mkdocs.yml"
    good = config.read_text()
    config.write_text(good + "plugins: [")
    with playbook_serve(empty.path) as served:
        status, page = served.read()
        assert (status, told(page)["shown"]) == (503, "The site appears once that is mended.")
        assert str(told(page)["problems"]).startswith("['mkdocs.yml:")

        config.write_text(good)
        until(lambda: served.read("people/grace/")[0] == 200, served)
        config.write_text(good.replace("Mine", "Yours"))
        until(lambda: "Yours" in served.page("people/grace/"), served)

        empty.write({"templates/pages/person.html.j2": "<p>{{ person.nmae }}</p>"})
        until(lambda: "templates/pages/person.html.j2:1" in str(told(served.page())["problems"]), served)
        empty.write({"templates/pages/person.html.j2": "<p>Only {{ person.name }}.</p>"})
        until(lambda: "<p>Only Grace Hopper.</p>" in served.page("people/grace/"), served)

        config.unlink()
        until(lambda: told(served.page())["problems"] != [], served)
        assert "Only Grace Hopper." in served.page("people/grace/")
        assert served.process.poll() is None
        assert "Traceback" not in served.said()


def test_a_terminal_that_is_closed_ends_it_as_ctrl_c_does(empty):
    empty.write(BOOK)
    with (
        playbook_serve(empty.path) as served,
        served.browser().open(f"http://127.0.0.1:{served.port}/_playbook/events"),
    ):
        assert served.stop(signal.SIGTERM) == 128 + signal.SIGTERM
        assert "Traceback" not in served.said()
        assert "Cancel" not in served.said()
    assert list((empty.path.parent / "tmp").iterdir()) == []


def test_other_readers_see_their_site_on_the_day_that_was_asked_for(empty):
    empty.write({**BOOK, "content/goals/aa.yml": "title: Shown\nvisibility: public\ndue: 2026-12-01\n"})
    with playbook_serve(empty.path, "--audience", "public") as served:
        assert "Shown" in served.page("goals/aa/")
        assert served.read("people/grace/")[0] == 404
        assert served.stop() == 0


def test_a_port_that_is_taken_is_said_and_the_next_free_one_is_used(capsys):
    with _listening(None) as one, _listening(None) as other:
        ports = [one.getsockname()[1], other.getsockname()[1]]
        assert ports[0] < ports[1] < 8020
        assert [two.getsockname()[0] for two in (one, other)] == ["127.0.0.1", "127.0.0.1"]
        assert capsys.readouterr().out.endswith(f"Port 8000 is taken; this is {ports[1]}.\n")
        with pytest.raises(Impossible, match=f"port {ports[0]} is taken; leave out --port, or name another"):
            _listening(ports[0]).__enter__()


def test_a_folder_without_mkdocs_yml_is_told_what_to_do(empty):
    (empty.path / "mkdocs.yml").unlink()
    ran = empty.run("serve")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "playbook: there is no mkdocs.yml in 'book'; playbook init DIR makes a whole playbook\n"


@pytest.mark.slow
def test_mkdocs_serve_alone_follows_saves_and_survives_slips(empty):
    person = empty.write(BOOK).path / "content/people/grace.yml"
    port = free_port()
    with serving(empty.path, "mkdocs", "serve", "-a", f"127.0.0.1:{port}", port=port) as served:
        until(lambda: "Grace Hopper" in served.page("people/grace/"), served)
        person.write_text("name: Radia Perlman\n")
        until(lambda: "Radia Perlman" in served.page("people/grace/"), served)
        person.write_text("name: Radia Perlman\ncircel: inner\n")
        until(lambda: "content/people/grace.yml:2:1: error: a person has no field 'circel'" in served.said(), served)
        person.write_text("name: Anita Borg\n")
        until(lambda: "Anita Borg" in served.page("people/grace/"), served)
