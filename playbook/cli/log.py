"""`playbook log`: the life of one checklist item, from when it came to what has become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.burn_up import ink
from playbook.cli.context import Options
from playbook.cli.terminal import print_json
from playbook.cli.wordings import CHANGE_WORDS, goal_name, record_name, shown_name
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.cli.wordings import Wordings
    from playbook.history.timeline import Event, ItemLife, Timeline

CHOICES = 12
"""Items to choose among that an error message can name."""


@click.command("log")
@click.argument("words", metavar="ITEM", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The item with what happened to it, for programs.")
@click.pass_obj
def log_command(options: Options, words: tuple[str, ...], as_json: bool) -> int:
    """Tell the life of one checklist item: when it came, was reworded, moved, done, and how long that took.

    ITEM is its id, words of its text (an old text will do), or the code beside it on paper; RECORD#ITEM where several
    records have such an item. Dropped items are found too.

    \b
    --json is {"items": [...], "notes": [...]}; see playbook progress --help. More than one
    item only where they cannot be told apart by their words.

    \b
    Examples:
      playbook log promotion packet
      playbook log 'staff-promotion#ask grace'
      playbook log 4KX
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.cli.history import read_timeline, tell_notes
    from playbook.cli.wordings import wordings_of

    context = options.context
    timeline = read_timeline(context)
    names = wordings_of(context)
    found = _chosen(timeline, " ".join(words), names)
    if as_json:
        from playbook.cli.progress_data import event_data, item_data, note_data

        items = [
            {**item_data(timeline, life), "events": [event_data(timeline, event) for event in _events(timeline, life)]}
            for life in found
        ]
        print_json({"items": items, "notes": [note_data(note) for note in timeline.notes]})
        return 0
    for number, life in enumerate(found):
        if number:
            click.echo()
        _print_life(timeline, life, names)
    tell_notes(timeline, {life.path for life in found})
    return 0


def _chosen(timeline: Timeline, typed: str, names: Wordings) -> Sequence[ItemLife]:
    """The item that is meant; several only if they stand in one record with one text.

    Raises:
        click.UsageError: where there is none, or several to choose among.
    """
    found = _by_code(timeline, typed) or _by_words(timeline, typed, names)
    if not found:
        texts = [word for life in timeline.items for word in (life.text, life.id) if word]
        hint = suggest(typed.rpartition("#")[2], texts) or "To see what there is: playbook progress --json"
        raise click.UsageError(f"no checklist item is called '{shorten(typed)}'. {hint}")
    if len({(life.path, life.text) for life in found}) > 1:
        lines = [f"  {_handle(life)}" for life in found[:CHOICES]]
        if len(found) > CHOICES:
            lines.append(f"  and {len(found) - CHOICES} more")
        raise click.UsageError(f"'{shorten(typed)}' could be one of {len(found)}; write one:\n" + "\n".join(lines))
    return found


def _by_words(timeline: Timeline, typed: str, names: Wordings) -> tuple[ItemLife, ...]:
    """The items that have these words, in the record before a `#` if there is one; a person's may be a short name."""
    from playbook.history.timeline import Timeline
    from playbook.names import is_short_for
    from playbook.progress import find_items

    found = find_items(timeline, typed)
    record, hash_sign, words = typed.partition("#")
    if found or not hash_sign:
        return found
    name = record.strip().removesuffix(".yml")
    own = tuple(life for life in timeline.items if life.path in (f"goals/{name}.yml", f"{name}.yml")) or tuple(
        life
        for life in timeline.items
        if life.path == f"people/{name}.yml"
        or (life.path.startswith("people/") and is_short_for(name, names.title(life.path)))
    )
    whole = timeline.whole._replace(items=own)
    return find_items(Timeline(lambda: whole, is_complete=timeline.is_complete), words)


def _by_code(timeline: Timeline, typed: str) -> tuple[ItemLife, ...]:
    """The items whose code on paper this is, by any text that they have had; none where an item's id is the same."""
    from playbook.codes import looks_like_code, read_code
    from playbook.progress.lives import texts_of

    if not looks_like_code(typed) or any(life.id == typed.strip() for life in timeline.items):
        return ()
    keys: dict[tuple[str, str], list[ItemLife]] = {}
    for life in timeline.items:
        for name in dict.fromkeys((life.id or life.text, *texts_of(timeline, life))):
            keys.setdefault(("item", f"{record_name(life.path)}#{name}"), []).append(life)
    found = {life.uid: life for key in read_code(typed, keys).keys for life in keys[key]}
    return tuple(found.values())


def _handle(life: ItemLife) -> str:
    """What to type for an item: `staff-promotion#ask-grace  Ask Grace (dropped)`."""
    name = f"{shown_name(goal_name(life.path))}#{life.id or shorten(life.text)}"
    name = f"'{name}'" if " " in name else name
    state = "" if life.is_live else " (dropped)"
    return f"{name}{f'  {shorten(life.text)}' if life.id else ''}{state}"


def _events(timeline: Timeline, life: ItemLife) -> list[Event]:
    return [timeline.events[index] for index in life.events]


def _print_life(timeline: Timeline, life: ItemLife, names: Wordings) -> None:
    from playbook.cli.history import commit_text

    click.echo(click.style(life.text, bold=True))
    identifier = f"#{life.id}" if life.id else ""
    click.echo(click.style(f"{shown_name(life.path)}{identifier}  {names.title(life.path)}", dim=True))
    for event in _events(timeline, life):
        step = timeline.steps[event.step]
        what = "there already" if step.is_baseline and event.kind == "created" else _told(event)
        if event.kind == "skipped" and life.is_live and (reason := names.reason(life.path, life.text)):
            what += f": {reason}"
        commit = click.style(f"{commit_text(step):7}", dim=True)
        subject = click.style(f"  ({shorten(step.subject)})", dim=True) if step.subject else ""
        click.echo(f"{step.day}  {commit}  {what}{subject}")
    click.echo(_length(timeline, life))


def _told(event: Event) -> str:
    if event.kind == "reworded":
        return f'reworded  "{event.before}" {ink().arrow} "{event.text}"'
    if event.kind == "moved":
        return f"moved from {shown_name(event.before)} to {shown_name(event.path)}"
    return CHANGE_WORDS.get(event.kind, str(event.kind))


def _length(timeline: Timeline, life: ItemLife) -> str:
    """How long it took, as a sentence; of what is not done, since when it waits."""
    from playbook.cli.progress_data import done_day
    from playbook.views.words import count, day_text

    created = timeline.steps[life.created]
    at_least = "at least " if created.is_baseline else ""
    if life.done is not None:
        step, day = timeline.steps[life.done], done_day(timeline, life)
        if day is None:
            return "It was done before this history begins." if step.is_baseline else "It is done."
        took = f"It took {at_least}{count(max((day - created.day).days, 0), 'day')}."
        if day != step.day and not step.is_baseline:
            return f"{took} Written as done on {day_text(day)}; git has it on {day_text(step.day)}."
        return took
    if not life.is_live:
        gone = timeline.steps[timeline.events[life.events[-1]].step]
        return f"It was there for {at_least}{count((gone.day - created.day).days, 'day')}."
    if life.state == "skipped":
        since = next(event for event in reversed(_events(timeline, life)) if event.kind == "skipped")
        return f"It has been skipped since {day_text(timeline.steps[since.step].day)}."
    return f"It has been there since {day_text(created.day)}{' or longer' if at_least else ''}."
