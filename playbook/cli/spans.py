"""Reads the ends of a span of time as people type them: a commit, a date, `monday`, `2 weeks ago`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from playbook.cli.context import Impossible
from playbook.problems import shorten, suggest

if TYPE_CHECKING:
    from playbook.cli.context import Context
    from playbook.history.revision import Revision
    from playbook.history.timeline import Timeline

_AGO = re.compile(r"(\d{1,4}|an?|one|two|three) (day|week|month|year)s? ago", re.ASCII)
_DAYS = "A day is written 2026-10-01, monday or '2 weeks ago'."
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a commit, as somebody has asked for it: one of the two is None."""

    day: dt.date | None
    revision: Revision | None = None

    def __str__(self) -> str:
        if self.revision is None:
            return str(self.day)
        return f"{self.revision.short} ({self.revision.time.date()})"


def read_moment(context: Context, text: str, what: str) -> Moment:
    """The day or the commit that is meant; a branch called `monday` wins over the day.

    Raises:
        click.UsageError: naming `what` (an option, or nothing), with what there is, where it is neither.
    """
    from playbook.history.revision import NoRevision, find_revision
    from playbook.zones import read_day

    typed = text.strip()
    try:
        return Moment(read_day(typed))
    except ValueError:
        pass
    if not context.is_mine:
        return _read_day_alone(context, typed, what)
    try:
        return Moment(None, find_revision(context.content, typed))
    except NoRevision as error:
        day = read_past_day(typed, context.today)
        if day is not None:
            return Moment(day)
        why = _why_not(context, typed, str(error))
        raise click.UsageError(f"{what}: {why}" if what else why) from None


def read_past_day(text: str, today: dt.date) -> dt.date | None:
    """The day that words say of the past: `monday`, `24 Nov`, `yesterday`, `2 weeks ago`; None where they say none."""
    from playbook.daywords import read_day

    said = " ".join(text.casefold().split())
    ago = _AGO.fullmatch(said)
    if ago is None:
        return read_day(said, today, ahead=False)
    number = _COUNTS.get(ago[1]) or int(ago[1])
    try:
        if ago[2] in ("day", "week"):
            return today - dt.timedelta(days=number * (7 if ago[2] == "week" else 1))
        return _months_before(today, number * (12 if ago[2] == "year" else 1))
    except (ValueError, OverflowError):
        return None


def place_of(context: Context, timeline: Timeline, moment: Moment) -> int | None:
    """The index of the step that a moment stands behind: of a day the last one on it; -1 before all.

    None where the commit lies on no step of this history.
    """
    from playbook.history.comparing import last_step_on, step_of
    from playbook.history.git import GitFailed

    if moment.revision is None:
        assert moment.day is not None  # noqa: S101  (one of the two is there)
        return last_step_on(timeline.steps, moment.day)
    try:
        return step_of(context.content, moment.revision.commit, timeline)
    except GitFailed as failed:
        raise Impossible(f"git could not read this history: {shorten(str(failed), 200)}") from None


def _read_day_alone(context: Context, typed: str, what: str) -> Moment:
    """The day that is meant; for an audience, to which commits are not known."""
    day = read_past_day(typed, context.today)
    if day is None:
        why = f"'{shorten(typed, 30)}' is no day, and an audience is told of days, not of commits. {_DAYS}"
        raise click.UsageError(f"{what}: {why}" if what else why)
    return Moment(day)


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _why_not(context: Context, typed: str, error: str) -> str:
    """Why a text is neither a commit nor a day, with the nearest name that there is."""
    from playbook.daywords import why_no_day
    from playbook.history.names import known_names

    if " " in typed:
        return why_no_day(typed, context.today, ahead=False)
    near = suggest(typed, known_names(context.content))
    return f"{error}. {near or _DAYS}"
