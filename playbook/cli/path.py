"""`playbook path`: who can introduce you to somebody, or into an organization, and what to type to ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.choosing import choose_among
from playbook.cli.context import Impossible, Options
from playbook.cli.filling import with_scripts
from playbook.cli.terminal import print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.graph import Entry
    from playbook.views.introductions import IntroductionsView, StepView, WayView
    from playbook.views.scene import Scene


@click.command("path")
@click.argument("name", metavar="PERSON|ORGANIZATION")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@click.pass_obj
def path_command(options: Options, name: str, as_json: bool) -> int:
    """Say who can introduce you to somebody, or into an organization: through whom, and how warm each tie is.

    The shortest way comes first, then the warmest; at most three are named. Nobody is suggested whose tie with you
    rests or has ended. Two people who only share a workplace or an event may know each other: such ways come last.

    \b
    Examples:
      playbook path lin-wei
      playbook path "Network Society"
      playbook path organizations/acme --json
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.views.introductions import introductions_into, introductions_to
    from playbook.views.scene import Scene

    context = options.context
    if not context.is_mine:
        raise Impossible("whom you want to meet is for you alone; leave out --audience")
    loaded = context.load(is_checked=False)
    assert loaded.today is not None  # noqa: S101  (a command always speaks of a day)
    entry = choose_among(loaded, ("people", "organizations"), name)
    scene = with_scripts(Scene(loaded.playbook, loaded.today))
    find = introductions_to if entry.kind == "people" else introductions_into
    found = find(scene, entry.id)
    said = _said(scene, entry) if entry.kind == "people" else ""
    meet_at = _meet_at(scene, entry) if entry.kind == "people" else ()
    if as_json:
        print_json(_as_data(entry, found, said, meet_at))
        return 0
    click.echo(click.style(entry.title, bold=True))
    for line in _lines(entry, found, said):
        click.echo(line)
    for line in meet_at:
        click.echo(f"You can meet at {line}")
    return 0


def _said(scene: Scene, entry: Entry[Any]) -> str:
    """Why nobody need introduce you: you know them, or they have said no."""
    from playbook.views.introductions import warmth_view
    from playbook.views.standing import resting_tie

    resting = resting_tie(scene, entry)
    if resting is not None:
        return f"The tie is at rest ({resting.word}), so nobody is asked to introduce you."
    if entry.id in scene.ties.connected:
        warmth = warmth_view(scene.paths.warmth(entry.id))
        return f"You know them yourself; {warmth.word}: {warmth.why}."
    return ""


def _meet_at(scene: Scene, entry: Entry[Any]) -> tuple[str, ...]:
    from playbook.views.encounters import encounters_view

    return tuple(f"{one.event.text}, {one.when}, {one.day.relative}" for one in encounters_view(scene, entry).coming)


def _lines(entry: Entry[Any], found: IntroductionsView, said: str) -> Iterable[str]:
    if said:
        yield said
    elif found.is_empty:
        who = "them" if entry.kind == "people" else "anybody there"
        yield f"No way is known yet. Who knows {who}? Say so in that person's file: knows: [...]"
    for number, way in enumerate(found.ways, 1):
        yield f"{number}  {_way(way)}"
        yield f"     {way.steps[0].one.text}: {way.warmth.word}, {way.warmth.why}"
        if way.is_likely:
            yield "     nobody wrote down that they know each other; ask that first"
        if way.command:
            yield f"     {way.command}"
    if found.more:
        yield f"and {found.more} more"


def _way(way: WayView) -> str:
    return ", who ".join(_step(step, with_first=number == 0) for number, step in enumerate(way.steps))


def _step(step: StepView, *, with_first: bool) -> str:
    first = f"{step.one.text} " if with_first else ""
    return f"{first}{step.joins} {step.other.text}" + (f" ({step.shown_by})" if step.shown_by else "")


def _as_data(entry: Entry[Any], found: IntroductionsView, said: str, meet_at: tuple[str, ...]) -> dict[str, Any]:
    return {
        "to": {"kind": entry.kind, "id": entry.id, "name": entry.title},
        "said": said,
        "ways": [
            {
                "ask": way.steps[0].one.href.rpartition("/")[2].removesuffix(".md"),
                "way": _way(way),
                "steps": len(way.steps),
                "warmth": way.warmth.word,
                "why": way.warmth.why,
                "likely": way.is_likely,
                "script": way.command or None,
            }
            for way in found.ways
        ],
        "more": found.more,
        "meet_at": list(meet_at),
    }
