"""Draws the map of the network: you in the middle, people on the rings of their circles, lines between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playbook.render.charts.lettering import count_words, fit, plain, width_of
from playbook.render.charts.placing import NAME_SIZE, NOTE_SIZE, YOU, Detail, Dot, Placed, Ring, place
from playbook.render.charts.svg import Element, diamond, el, hint, link, path, picture
from playbook.views.charts import Attention, NetworkView, Tie

_LEGEND_WIDTH = 340
_BROAD = 560
"""What is wider is seen on a phone at half its size or less: names and the legend are written larger there."""
"""A phone shows so much of a map that is wider."""
_LINE = 22
"""Between two lines of the legend."""
_MOST_LINES = 4
"""Of groups."""
_LEAST_SIDE = 420
_PULL = 0.25


def network(view: NetworkView, id: str) -> str:  # noqa: A002
    """The map as inline SVG; with nobody on it, you alone and a line that says so."""
    placed = place(view)
    width = max(placed.side, _LEAST_SIDE)
    shift = (width - placed.side) / 2
    middle = placed.side / 2
    legend, height = _legend(view, placed, width)
    drawn = [
        *(
            el("circle", cx=middle, cy=middle, r=ring.edge, class_="ch-zone" if number % 2 else "ch-zone ch-even")
            for number, ring in reversed(tuple(enumerate(placed.rings)))
        ),
        *_edges(view, placed),
        *(_ring_name(ring) for ring in placed.rings),
        el("circle", cx=middle, cy=middle, r=YOU, class_="ch-you"),
        el("text", fit(view.you, 2 * YOU - 4, NOTE_SIZE), x=middle, y=middle + 4, class_="ch-tick ch-on-you"),
        *(_person(dot, placed.detail) for dot in placed.dots),
    ]
    return picture(
        "network",
        width,
        placed.side + height,
        [el("g", *drawn, transform=f"translate({round(shift, 2)} 0)"), legend],
        id=id,
        title="Map of the network",
        description=_in_words(view),
        holds_links=True,
        variant="few" if placed.detail is Detail.FEW else "broad" if width > _BROAD else "",
    )


def _person(dot: Dot, detail: Detail) -> Element:
    person = dot.person
    state = "" if person.attention is Attention.NONE else f", {person.attention}"
    groups = ", ".join(part for part in (person.circle, person.group) if part)
    spoken = f"{plain(person.name, 120)}{f' ({groups})' if groups else ''}{state}"
    size = NAME_SIZE if detail.has_names else NOTE_SIZE
    label = (
        None
        if dot.label is None
        else el(
            "text",
            dot.label.text,
            x=(dot.label.box.left + dot.label.box.right) / 2,
            y=(dot.label.box.top + dot.label.box.bottom) / 2 + size * 0.35,
            class_="ch-name" if detail.has_names else "ch-initials",
        )
    )
    return link(person.page, spoken, hint(spoken), *_marks(dot.x, dot.y, detail.dot, person.attention, detail), label)


def _marks(x: float, y: float, reach: float, attention: Attention, detail: Detail) -> list[Element]:
    hollow = " ch-hollow" if detail is Detail.INITIALS else ""
    if attention is Attention.OVERDUE:
        return [diamond(x, y, reach + 3.5, f"ch-dot ch-overdue{hollow}")]
    if attention is Attention.PAUSED:
        side = 2 * reach - 2
        return [el("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, class_="ch-dot ch-resting")]
    rhythm = " ch-uncounted" if attention is Attention.UNCOUNTED else hollow
    dot = el("circle", cx=x, cy=y, r=reach - 1, class_=f"ch-dot{rhythm}")
    if attention is Attention.DUE:
        return [el("circle", cx=x, cy=y, r=reach + 2.5, class_="ch-due-ring"), dot]
    return [dot]


def _edges(view: NetworkView, placed: Placed) -> Iterable[Element]:
    dots = {dot.person.id: dot for dot in placed.dots}
    middle = placed.side / 2
    drawn: dict[tuple[str, str], Tie] = {}
    for edge in sorted(view.edges, key=lambda edge: (edge.one, edge.other, edge.tie)):
        if edge.one in dots and edge.other in dots and edge.one != edge.other:
            pair = (min(edge.one, edge.other), max(edge.one, edge.other))
            # Whoever was introduced knows the other too: one line, the one that says more.
            if drawn.get(pair) is not Tie.INTRODUCED:
                drawn[pair] = edge.tie
    for (one, other), tie in drawn.items():
        a, b = dots[one], dots[other]
        # A bend toward the middle keeps the line of two neighbours from running through the names between them.
        x, y = (a.x + b.x) / 2, (a.y + b.y) / 2
        bend_x, bend_y = x + (middle - x) * _PULL, y + (middle - y) * _PULL
        yield path("M", a.x, a.y, "Q", bend_x, bend_y, b.x, b.y, class_=f"ch-edge ch-{tie}")


def _ring_name(ring: Ring) -> Element:
    x, y = (ring.label.box.left + ring.label.box.right) / 2, (ring.label.box.top + ring.label.box.bottom) / 2
    return el("text", ring.label.text, x=x, y=y + NOTE_SIZE * 0.35, class_="ch-tick ch-halo")


def _legend(view: NetworkView, placed: Placed, width: float) -> tuple[Element, float]:
    """What stands below the map, and how high it is: what is on the map is named, and nothing else."""
    top = placed.side + 16
    if not view.people:
        return el("text", "Nobody here yet.", x=width / 2, y=top + 4, class_="ch-tick"), 2 * _LINE
    seen = {person.attention for person in view.people} - {Attention.NONE}
    ties = {edge.tie for edge in view.edges}
    keys = [
        [
            (14.0, _marks(10, 0, 6, attention, placed.detail), str(attention))
            for attention in Attention
            if attention in seen
        ],
        [
            (23.0, [path("M", 0, 0, "h", 26, class_=f"ch-edge ch-{tie}")], word)
            for tie, word in ((Tie.INTRODUCED, "introduced"), (Tie.KNOWS, "know each other"))
            if tie in ties
        ],
    ]
    drawn: list[Element] = []
    for row in keys:
        x = 4.0
        for room, marks, word in row:
            wide = room + 10 + width_of(word, NOTE_SIZE)
            if x > 4 and x + wide > _LEGEND_WIDTH:  # noqa: PLR2004  (not the first of its line)
                x, top = 4.0, top + _LINE
            drawn += [
                el("g", *marks, transform=f"translate({round(x, 2)} {round(top, 2)})"),
                _word(word, x + room + 10, top),
            ]
            x += wide + 20
        top += _LINE if row else 0
    groups = sorted({plain(person.group, 40) for person in view.people if person.group})
    if groups:
        for line in _wrapped("around the rings, from the top:", groups):
            drawn.append(_word(line, 4, top))
            top += _LINE * 0.75
    return el("g", *drawn, aria_hidden="true", class_="ch-legend"), top - placed.side


def _wrapped(head: str, names: Sequence[str]) -> list[str]:
    """`head` and the names after it, in lines that fit; where they are too many, how many are left out."""
    lines = [head]
    for number, name in enumerate(names):
        word = fit(name, _LEGEND_WIDTH - 20, NOTE_SIZE) + ("," if number < len(names) - 1 else "")
        if width_of(f"{lines[-1]} {word}", NOTE_SIZE) <= _LEGEND_WIDTH:
            lines[-1] += f" {word}"
        elif len(lines) < _MOST_LINES:
            lines.append(word)
        else:
            lines.append(f"and {len(names) - number} more")
            break
    return lines


def _word(text: str, x: float, y: float) -> Element:
    return el("text", text, x=x, y=y + NOTE_SIZE * 0.35, class_="ch-note")


def _in_words(view: NetworkView) -> str:
    if not view.people:
        return "Nobody here yet."
    rings = ", ".join(f"{len(people)} in {plain(name, 40)}" for name, people in view.rings)
    waiting = [p for _, people in view.rings for p in people if p.attention.is_waiting]
    names = ", ".join(plain(person.name, 60) for person in waiting[:20])
    more = f" and {len(waiting) - 20} more" if len(waiting) > 20 else ""  # noqa: PLR2004
    due = f" Due or overdue: {names}{more}." if waiting else ""
    return f"{count_words(len(view.people), 'person', 'people')} around you: {rings}.{due}"
