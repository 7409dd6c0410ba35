"""Ways to people you have not met and into organizations, and whom those you know can introduce you to, in words.

For the author alone: whom you want to meet is nobody else's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.graph import Entry
from playbook.paths import Approach, Grade, How, Tie, Warmth, Way
from playbook.records import Organization
from playbook.records.choices import OrganizationKind
from playbook.views.fitting import introduction_request
from playbook.views.scene import Linked, Scene
from playbook.views.words import count, day_text, month_text

MOST_WAYS = 3
"""Three are enough to choose from; nobody asks a fourth."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One tie: who, what joins them (`knows`), and whom; then what shows it (`log of 3 Nov 2026`)."""

    one: Linked
    joins: str
    other: Linked
    shown_by: str


@dataclass(frozen=True, slots=True)
class WarmthView:
    """How warm your own tie with whom you ask is. `word` is `warm`, `fair` or `cool`."""

    word: str
    why: str
    """`last touch 6 Nov 2026 (met), circle inner`."""


@dataclass(frozen=True, slots=True)
class WayView:
    """A way to somebody, step by step; whom to ask is the first step's `one`."""

    steps: tuple[StepView, ...]
    warmth: WarmthView
    script: Linked | None = None
    """The outreach template that asks them, where one is ready."""
    command: str = ""
    """What to type for its words."""
    is_likely: bool = False
    """Whether nobody wrote down that they know each other, so that it is worth asking first."""


@dataclass(frozen=True, slots=True)
class IntroductionsView:
    """The best ways to one person, or into one organization; `more` others were left out."""

    ways: tuple[WayView, ...]
    more: int

    @property
    def is_empty(self) -> bool:
        """Whether no way is known."""
        return not self.ways


def introductions_to(scene: Scene, person: str) -> IntroductionsView:
    """The ways to somebody you are not connected with."""
    found = scene.paths.to_person(person) if scene.is_mine else ()
    goal = _goal_of(scene, ("people", person))
    views = tuple(_way(scene, way, person, goal) for way in found[:MOST_WAYS])
    return IntroductionsView(views, max(0, len(found) - MOST_WAYS))


def introductions_into(scene: Scene, organization: str) -> IntroductionsView:
    """The ways into an organization; none into where you work yourself, or where nobody is met."""
    entry = scene.playbook.organizations[organization]
    works_there = any(
        job.organization == organization and (job.to is None or job.to >= scene.today)
        for job in scene.playbook.me.record.positions
    )
    if not scene.is_mine or works_there or entry.record.kind is OrganizationKind.PLATFORM:
        return IntroductionsView((), 0)
    found = scene.paths.to_organization(organization)
    goal = _goal_of(scene, entry.key)
    views = tuple(_approach(scene, one, entry, goal) for one in found[:MOST_WAYS])
    return IntroductionsView(views, max(0, len(found) - MOST_WAYS))


def introductions_by(scene: Scene, person: str) -> tuple[StepView, ...]:
    """Whom somebody you are connected with can introduce you to."""
    return tuple(_step(scene, tie) for tie in scene.ties.can_introduce(person)) if scene.is_mine else ()


def warmth_view(warmth: Warmth) -> WarmthView:
    """How warm a tie is, with what shows it."""
    word = {Grade.WARM: "warm", Grade.FAIR: "fair", Grade.COOL: "cool"}[warmth.grade]
    last = warmth.last
    parts = [f"last touch {day_text(last.day)} ({last.kind})" if last is not None else "no touch written down"]
    if warmth.waiting > 1:
        parts.append(f"no answer to {count(warmth.waiting, 'message')}")
    if warmth.circle:
        parts.append(f"circle {warmth.circle}")
    return WarmthView(word, ", ".join(parts))


def _goal_of(scene: Scene, key: tuple[str, str]) -> str:
    """The first open goal that somebody, or an organization, matters for; empty for none."""
    names = set(scene.playbook.related(key, "goals", "goals", "people", "organizations"))
    goals = scene.playbook.goals
    return next((name for name in scene.goal_order if name in names and goals[name].record.status.is_open), "")


def _way(scene: Scene, way: Way, person: str, goal: str) -> WayView:
    asked = way.through[0]
    # Who is a step away is introduced to the one between first.
    request = introduction_request(scene, asked, person if len(way.ties) == 1 else way.through[1], goal)
    return WayView(
        steps=tuple(_step(scene, tie) for tie in way.ties),
        warmth=warmth_view(scene.paths.warmth(asked)),
        script=request[0].template if request else None,
        command=request[1] if request else "",
        is_likely=any(tie.how.is_likely for tie in way.ties),
    )


def _approach(scene: Scene, approach: Approach, place: Entry[Organization], goal: str) -> WayView:
    jobs = scene.playbook.people[approach.person].record.positions
    # Whom an organization names may be a member, or have been there once; only a position says that they are.
    joins = "is at" if any(job.organization == place.id for job in jobs) else "is named at"
    if approach.until is not None:
        joins = f"was, until {month_text(approach.until)}, at"
    last = StepView(scene.link("people", approach.person), joins, scene.link_to(place), approach.title)
    if approach.way is not None:
        view = _way(scene, approach.way, approach.person, goal)
        return WayView((*view.steps, last), view.warmth, view.script, view.command)
    request = introduction_request(scene, approach.person, "", goal)
    return WayView(
        (last,),
        warmth_view(scene.paths.warmth(approach.person)),
        request[0].template if request else None,
        request[1] if request else "",
    )


def _step(scene: Scene, tie: Tie) -> StepView:
    joins, shown_by = "knows", ""
    if tie.how.is_likely:
        kind, name = tie.where
        place = scene.link(kind, name).text if kind else _as_written(scene, tie.other, name)
        joins = "may know"
        shown_by = f"both named at {place}" if tie.how is How.SAME_EVENT else f"both at {place}"
    elif tie.how is How.INTRODUCED_YOU and scene.playbook.people[tie.other].record.introduced_by == tie.one:
        joins = "introduced you to"
    elif tie.day is not None:
        shown_by = f"{'introduction' if tie.how is How.INTRODUCED else 'log'} of {day_text(tie.day)}"
    return StepView(scene.link("people", tie.one), joins, scene.link("people", tie.other), shown_by)


def _as_written(scene: Scene, person: str, folded: str) -> str:
    """An employer without a file, as the person's file writes it."""
    jobs = scene.playbook.people[person].record.positions
    return next(job.organization for job in jobs if " ".join(job.organization.casefold().split()) == folded)
