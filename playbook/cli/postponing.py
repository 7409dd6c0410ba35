"""`playbook later`: what waits gets another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible, Options
from playbook.cli.gesturing import open_workshop, write
from playbook.cli.naming import items_called, one_follow_up, one_item, which
from playbook.cli.talking import DRY, JSON
from playbook.problems import shorten

if TYPE_CHECKING:
    import datetime as dt


@click.command("later")
@click.argument("words", nargs=-1, required=True, metavar="ITEM DAY")
@DRY
@JSON
@click.pass_obj
def later_command(options: Options, words: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Give what waits another day: a checklist item, a promise, what an event left to do.

    Name it as for 'done' and 'kept', by its id or by words of it or of whom it concerns; where several fit, it asks.
    The day stands last. A date that counted from another (T-30) stands on its own from then on.

    \b
    Examples:
      playbook later draft-packet friday
      playbook later "draft the packet" in 2 weeks
      playbook later ada slides 2027-01-15
    """  # noqa: D301  (click takes \b for "leave the next lines as they are")
    from playbook.gestures import NotPossible
    from playbook.gestures.later import later, postponable

    workshop = open_workshop(options, "later")
    typed, day = _split(words, workshop.context.today)
    book = workshop.loaded.playbook
    items = items_called(book, typed, lambda item: item.is_open)
    found = postponable(book, typed, items, workshop.context.today)
    if not found:
        line = one_follow_up(workshop, typed)
        if line is not None:
            raise click.UsageError(
                f"'{shorten(line.what, 100)}' has no day of its own, and goes by itself; "
                "to be reminded, promise it: playbook promise PERSON WHAT --due DAY"
            )
        if not items:
            one_item(workshop, typed, lambda item: item.is_open)
        raise click.UsageError(f"nothing that is called '{shorten(typed, 60)}' is open")
    labels = [f"{shorten(one.what, 70)} ({one.where})" for one in found]
    one = found[which(labels, [one.way for one in found], f"'{shorten(typed, 40)}' could be")]
    try:
        return write(workshop, later(workshop.bench(), one, day), dry_run=dry_run, as_json=as_json)
    except NotPossible as error:
        raise Impossible(str(error)) from None


def _split(words: tuple[str, ...], today: dt.date) -> tuple[str, dt.date]:
    """(what is meant, the day): the day is what the words end in.

    Raises:
        click.UsageError: where they end in none, or there is nothing before it.
    """
    from playbook.daywords import find_day, read_day, why_no_day

    found = find_day(" ".join(words), today)
    if found is not None and found.day is not None and found.before:
        return found.before, found.day
    day = read_day(words[-1], today)
    if day is not None and words[:-1]:
        return " ".join(words[:-1]), day
    why = found.reason if found is not None else why_no_day(words[-1], today)
    raise click.UsageError(f"write it so: playbook later ITEM DAY{f'; {why}' if why else ''}")
