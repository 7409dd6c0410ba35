"""`playbook serve`: the site on this machine, following every save."""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
from pathlib import Path

import click

from playbook.cli.context import Context, Options

DEFAULT_PORT = 8000
HOST = "127.0.0.1"


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Which port; 8000, or the next free one, unless said.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option("--audience", metavar="NAME", help="Show what somebody else would see: public, or a name from me.yml.")
@click.pass_obj
def serve_command(options: Options, port: int | None, open_page: bool, audience: str | None) -> int:
    """Serve the site to this machine alone, and follow every save.

    A save that breaks something never ends it: the page shows what is wrong, with file and line, and the last good site
    stays until the next good save. Ctrl-C stops it.
    """
    context = options.context
    if not (context.root / "mkdocs.yml").is_file():
        raise click.UsageError(
            f"there is no mkdocs.yml in '{context.root.name}'; playbook init DIR makes a whole playbook"
        )
    serve(context, port=port, open_page=open_page, audience=audience)
    return 0


def serve(context: Context, *, port: int | None = None, open_page: bool = False, audience: str | None = None) -> None:
    """Serve a playbook until somebody stops it."""
    import uvicorn

    from playbook.serving.app import make_app
    from playbook.serving.live import Live, Outcome
    from playbook.serving.watching import watch
    from site_plugins.driver import BuildFailed, LiveSite

    listening = _listen(port)
    chosen: dict[str, object] = {"today": context.fixed_today} if context.fixed_today is not None else {}
    if audience:
        chosen["audience"] = audience
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        site = LiveSite(context.root / "mkdocs.yml", Path(folder), chosen)

        def build() -> Outcome:
            try:
                built = site.rebuild()
            except BuildFailed as error:
                return Outcome(problems=tuple(error.messages))
            return Outcome(notes=built.messages)

        live = Live(Path(folder), build)
        url = f"http://{HOST}:{listening.getsockname()[1]}/"

        async def follow() -> None:
            _say(await live.rebuild(), first=True)
            click.echo(f"Your playbook: {url}  (this machine alone; Ctrl-C stops)")
            sys.stdout.flush()
            if open_page:
                click.launch(url)
            async for _ in watch(context.root, context.content_name, context.templates_name):
                _say(await live.rebuild(), first=False)

        app = make_app(live, lifespan=follow)
        config = uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        try:
            asyncio.run(server.serve(sockets=[listening]))
        except KeyboardInterrupt:
            click.echo("")


def _say(outcome: object, *, first: bool) -> None:
    problems: tuple[str, ...] = outcome.problems  # type: ignore[attr-defined]
    notes: tuple[str, ...] = outcome.notes  # type: ignore[attr-defined]
    for line in (*problems, *notes):
        click.echo(line)
    if problems:
        click.echo("Not built; save the file again when it is mended.")
    elif not first:
        click.echo("Built again.")
    sys.stdout.flush()


def _listen(port: int | None) -> socket.socket:
    """A socket of this machine alone, on the port asked for, else on the first free one from 8000 up."""
    for candidate in (port,) if port else range(DEFAULT_PORT, DEFAULT_PORT + 20):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, candidate))
        except OSError:
            listening.close()
            continue
        return listening
    raise click.UsageError(f"port {port} is taken; leave out --port, or name another" if port else "no port is free")
