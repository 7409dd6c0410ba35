"""`playbook serve`: the site on this machine, following every save."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from playbook.cli.config import CONFIG, read_plugin_options
from playbook.cli.context import Context, Impossible, Options
from playbook.cli.ending import ended_politely

if TYPE_CHECKING:
    from playbook.serving.desk import Desk
    from playbook.serving.live import Live, Outcome
    from site_plugins.live import LiveSite

DEFAULT_PORT = 8000
HOST = "127.0.0.1"
A_MINUTE = 60.0
A_MOMENT = 0.2


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="8000, or the next free one, unless said.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def serve_command(options: Options, port: int | None, open_page: bool) -> int:
    """Serve the site to this machine alone, and follow every save.

    With --audience NAME it shows what somebody else would see: public, a name from me.yml, or a label such as mentor.

    A save that breaks something never ends it: the page shows what is wrong, with file and line, and the last good site
    stays until the next good save. Ctrl-C stops it.

    Ticking a box, logging a touch, keeping a promise, thanking somebody and adding an item on a page write to the YAML
    files, as the commands of that name do, and can be taken back there. The address that it shows opens once, in one
    browser; Enter shows a new one.
    """
    options.refuse_as_of("playbook serve")
    context = options.context
    if not (context.root / CONFIG).is_file():
        raise Impossible(f"there is no mkdocs.yml in '{context.root.name}'; playbook init DIR makes a whole playbook")
    serve(context, port=port, open_page=open_page)
    return 0


def serve(context: Context, *, port: int | None = None, open_page: bool = False) -> None:
    """Serve a playbook until somebody stops it."""
    import uvicorn

    from playbook.serving.app import make_app
    from playbook.serving.door import Door
    from playbook.serving.live import Live
    from playbook.serving.writes import write_routes
    from site_plugins.live import LiveSite

    chosen: dict[str, object] = {"today": context.fixed_today} if context.fixed_today is not None else {}
    if context.reader:
        chosen["audience"] = context.reader
    with _listening(port) as listening, tempfile.TemporaryDirectory(prefix="playbook-") as folder, ended_politely():
        url = f"http://{HOST}:{listening.getsockname()[1]}/"
        site = LiveSite(context.root / CONFIG, Path(folder), chosen, url)
        live = Live(lambda: _build(site))
        door = Door()
        # Who looks at what somebody else would see, is not where things are written.
        writes = () if context.reader else write_routes(live, _desk(context))

        async def begin() -> None:
            _say(await live.rebuild())
            address = f"{url}?key={door.new_key()}"
            _say_address(address)
            click.echo(f"It follows every save below {context.root}; Enter shows a new address, Ctrl-C stops it.")
            sys.stdout.flush()
            _on_enter(lambda: _say_address(f"{url}?key={door.new_key()}"))
            if open_page:
                click.launch(address)

        async def beside() -> None:
            made_from = (site.config_file, context.content, context.root / context.templates_name)
            await asyncio.gather(_follow_saves(site, live, made_from, begin), _follow_days(site, live))

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                super().handle_exit(sig, frame)
                # Open pages hold their stream of changes, and would be waited for.
                live.end()

        config = uvicorn.Config(
            make_app(live, door=door, writes=writes, beside=beside),
            log_level="error",
            lifespan="on",
            timeout_graceful_shutdown=1,
        )
        with suppress(KeyboardInterrupt):
            asyncio.run(Server(config).serve(sockets=[listening]))
        click.echo("Stopped.")


def _desk(context: Context) -> Desk:
    from playbook.serving.desk import Desk
    from playbook.zones import today_in

    # Asked with every gesture: a server may run for days.
    fixed = context.fixed_today
    return Desk(context.root, context.content_name, lambda playbook: fixed or today_in(playbook.me.record.timezone))


def _say_address(address: str) -> None:
    click.echo(f"Your playbook: {address}  (opens once, on this machine alone)")
    sys.stdout.flush()


def _on_enter(act: Callable[[], None]) -> None:
    """Do something each time that somebody presses Enter, for as long as there is anybody."""
    if hasattr(signal, "SIGTTIN"):
        # Whoever sends it to the background must not find it stopped for having listened.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)

    def listen() -> None:
        # Not through `sys.stdin`: a thread that waits in it cannot be left behind at the end.
        with suppress(OSError, ValueError, AttributeError):  # closed, none, or somebody else's terminal now
            while os.read(sys.stdin.fileno(), 4096):
                act()

    threading.Thread(target=listen, daemon=True).start()


def _build(site: LiveSite) -> Outcome:
    from playbook.serving.live import Outcome
    from site_plugins.driver import BuildFailed

    problem = read_plugin_options(site.config_file).problem
    if problem is not None:
        return Outcome(problems=(str(problem),))
    try:
        built = site.rebuild()
    except BuildFailed as error:
        return Outcome(problems=tuple(error.messages))
    except Exception as error:  # noqa: BLE001  (a bug in one page, a full disk: neither may end the server)
        traceback.print_exc()
        return Outcome(problems=(f"{type(error).__name__}: {error}",))
    return Outcome(built.folder, built.errors, built.messages, built.digests)


async def _follow_saves(
    site: LiveSite, live: Live, made_from: tuple[Path, ...], begin: Callable[[], Awaitable[None]]
) -> None:
    """Build again after each save; those made while the first build runs count too."""
    saved = asyncio.Event()
    watching = asyncio.ensure_future(_wake(saved, made_from))
    await begin()
    try:
        while True:
            if site.watched and site.watched != made_from:
                # mkdocs.yml names other folders now. The new watch stands before the old one ends.
                made_from, before = site.watched, watching
                watching = asyncio.ensure_future(_wake(saved, made_from))
                await asyncio.sleep(A_MOMENT)
                before.cancel()
            waiting = asyncio.ensure_future(saved.wait())
            await asyncio.wait({waiting, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
                watching.result()
            saved.clear()
            _say(await live.rebuild(), again=True)
    except OSError as error:
        click.echo(f"Saves cannot be followed: {error}. WATCHFILES_FORCE_POLLING=1 may help.", err=True)
    finally:
        watching.cancel()


async def _wake(saved: asyncio.Event, paths: tuple[Path, ...]) -> None:
    from playbook.serving.watching import watch

    async for _ in watch(paths):
        saved.set()


async def _follow_days(site: LiveSite, live: Live) -> None:
    """Build again on a new day: what to do this week is another list then."""
    while True:
        await asyncio.sleep(A_MINUTE)
        if site.is_of_another_day():
            _say(await live.rebuild(), again=True)


def _say(outcome: Outcome, *, again: bool = False) -> None:
    for line in (*outcome.problems, *outcome.notes):
        click.echo(line)
    if outcome.folder is None:
        click.echo("Not built; save again when it is mended.")
    elif again:
        click.echo("Built again, without what could not be read." if outcome.problems else "Built again.")
    sys.stdout.flush()


@contextmanager
def _listening(port: int | None) -> Iterator[socket.socket]:
    """A socket of this machine alone, on the port asked for, else on the first free one from 8000 up.

    Raises:
        Impossible: where there is none.
    """
    candidates = (port,) if port else range(DEFAULT_PORT, DEFAULT_PORT + 20)
    for candidate in candidates:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
            if os.name == "posix":  # elsewhere it would let two servers share a port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((HOST, candidate))
                listening.listen()
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                continue
            if candidate != candidates[0]:
                click.echo(f"Port {candidates[0]} is taken; this is {candidate}.")
            yield listening
            return
    if port:
        raise Impossible(f"port {port} is taken; leave out --port, or name another")
    raise Impossible(f"every port from {candidates[0]} to {candidates[-1]} is taken; name another with --port")
