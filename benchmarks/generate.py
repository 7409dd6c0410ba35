"""Makes a playbook of 430 files of about 1.5 KB each: always the same one, valid in every reference.

Knows the format from the outside: it writes YAML as a person would, and nothing of records.
"""

from __future__ import annotations

import random
from pathlib import Path

PEOPLE_OF_A_KIT = 12
COUNTS = {"goals": 40, "people": 200, "organizations": 80, "events": 50, "outreach": 60}
FIRST = (
    "ada grace radia barbara frances jean karen lynn mary sophie tony donald edsger niklaus leslie ken dennis brian "
    "margaret shafi"
)
LAST = (
    "lovelace hopper perlman liskov allen sammet jones conway shaw wilson hoare knuth dijkstra wirth lamport thompson "
    "ritchie hamilton goldwasser kernighan"
)
WORDS = (
    "storage migration review council packet design draft numbers question talk team network protocol recovery budget "
    "roadmap incident mentor feedback hallway committee proposal benchmark latency cache schema release planning "
    "workshop reading group interview offer introduction conference session slide paper quarter decision plan"
)
CHANNELS = ("email", "video", "in-person", "linkedin", "chat", "phone")
LOG_KINDS = ("met", "wrote", "heard", "called", "asked", "gave", "received", "thanked", "updated", "engaged", "note")


CONFIG = "site_name: Benchmark\ndocs_dir: content/pages\nplugins: [playbook]\n"


def write_playbook(content: Path) -> None:
    """Writes the whole playbook below `content`."""
    _write(content, playbook_files())


def write_kit_playbook(content: Path, *, is_chinese: bool) -> None:
    """Writes a playbook below `content` whose event, `the-event`, has 12 people with all that a kit shows of them.

    `is_chinese`: whether one of them has a name in Chinese too, so that the fonts of the system are looked through.
    """
    _write(content, kit_files(is_chinese=is_chinese))


def _write(content: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def playbook_files() -> dict[str, str]:
    """Path below `content/` → text, sorted by path."""
    maker = _Maker(random.Random(20270101))
    return dict(sorted(maker.everything().items()))


def kit_files(*, is_chinese: bool) -> dict[str, str]:
    """Path below `content/` → text of a playbook with one full event, sorted by path."""
    maker = _Maker(random.Random(20270101))
    maker.people, maker.organizations = maker.people[:PEOPLE_OF_A_KIT], maker.organizations[:4]
    maker.goals, maker.events, maker.outreach = maker.goals[:4], maker.events[:2], maker.outreach[:2]
    return dict(sorted({**maker.everything(), **maker.kit(is_chinese=is_chinese)}.items()))


class _Maker:
    """Draws every word from one seeded source."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = WORDS.split()
        pairs = [f"{first}-{last}" for first in FIRST.split() for last in LAST.split()]
        chance.shuffle(pairs)
        self.people = sorted(pairs[: COUNTS["people"]])
        self.goals = [f"goal-{self._word()}-{n}" for n in range(COUNTS["goals"])]
        self.organizations = [f"{self._word()}-society-{n}" for n in range(COUNTS["organizations"])]
        self.events = [f"{self._word()}-days-{n}" for n in range(COUNTS["events"])]
        self.outreach = [f"ask-{self._word()}-{n}" for n in range(COUNTS["outreach"])]

    def everything(self) -> dict[str, str]:
        files = {"me.yml": "name: Ada Example\nheadline: a storage engineer\ntimezone: Europe/Berlin\n"}
        files |= {"pages/about.md": "# About\n\nA page written by hand.\n"}
        for kind, make in (
            ("goals", self._goal),
            ("people", self._person),
            ("organizations", self._organization),
            ("events", self._event),
            ("outreach", self._template),
        ):
            for identifier in getattr(self, kind):
                files[f"{kind}/{identifier}.yml"] = make(identifier)
        return files

    def kit(self, *, is_chinese: bool) -> dict[str, str]:
        """An event to print, and what one says at it."""
        first = self.people[0]
        meet = "".join(
            f"  - person: {person}\n    why: {self._sentence()}\n    opener: {self._sentence()}\n"
            f"    questions: [{self._sentence()}, {self._sentence()}]\n    ask: {self._sentence()}\n"
            f"    offer: {self._sentence()}\n    script: opener\n"
            for person in self.people
        )
        return {
            "events/the-event.yml": self._event("the-event", meet=meet),
            "outreach/opener.yml": (
                "title: The first words\npurpose: event-opener\nchannel: in-person\nbody: |\n"
                "  {{ person.calls }}? I'm {{ me.name }}. {{ meet.opener }}\n\n"
                "  I'd like to ask you: {{ meet.ask }}. What I can give: {{ meet.offer }}.\n"
            ),
            f"people/{first}.yml": self._person(first).replace("\n", " (王小明)\n" if is_chinese else "\n", 1),
        }

    def _word(self) -> str:
        return self.chance.choice(self.words)

    def _sentence(self, low: int = 5, high: int = 12) -> str:
        return " ".join(self._word() for _ in range(self.chance.randint(low, high))).capitalize()

    def _day(self, year: int = 2026) -> str:
        return f"{year}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def _some(self, ids: list[str], low: int, high: int) -> str:
        return f"[{', '.join(self.chance.sample(ids, self.chance.randint(low, high)))}]"

    def _paragraph(self, indent: str, count: int) -> str:
        return "".join(f"{indent}{self._sentence(9, 14)}.\n" for _ in range(count))

    def _checklist(self, count: int, *, relative: bool) -> str:
        lines = ["checklist:\n"]
        for n in range(count):
            if n % 4 == 3:
                lines.append(f"  - {self._sentence()}\n")
                continue
            lines.append(f"  - task: {self._sentence()}\n")
            lines.append(f"    due: {f'T-{n * 7 + 2}' if relative else self._day(2027)}\n")
            if n % 3 == 0:
                lines.append(f"    done: {self._day()}\n    evidence: docs/{self._word()}-{n}.md\n")
            if n % 5 == 1:
                lines.append(f"    person: {self.chance.choice(self.people)}\n")
                lines.append(f"    script: {self.chance.choice(self.outreach)}\n")
        return "".join(lines)

    def _goal(self, identifier: str) -> str:
        return (
            f"title: {identifier} {self._sentence()}\nkind: promotion\n"
            f"why: {self._sentence()}\nmeasure: {self._sentence()}\n"
            f"due: {self._day(2027)}\ntags: [{self._word()}]\n"
            f"people: {self._some(self.people, 2, 4)}\nevents: {self._some(self.events, 1, 2)}\n"
            f"organizations: {self._some(self.organizations, 1, 2)}\n"
            f"milestones:\n  - title: {self._sentence()}\n    due: {self._day(2027)}\n"
            f"  - title: {self._sentence()}\n    due: {self._day(2027)}\n"
            f"{self._checklist(8, relative=False)}"
        )

    def _person(self, identifier: str) -> str:
        first, _, last = identifier.partition("-")
        log = "".join(
            f"  - date: {self._day()}\n    channel: {self.chance.choice(CHANNELS)}\n"
            f"    kind: {self.chance.choice(LOG_KINDS)}\n    what: {self._sentence()}\n"
            for _ in range(4)
        )
        others = [name for name in self.people if name != identifier]
        return (
            f"name: {first.capitalize()} {last.capitalize()}\nrelations: [colleague, mentor]\ncircle: regular\n"
            f"stage: active\npositions:\n  - organization: {self.chance.choice(self.organizations)}\n"
            f"    title: {self._sentence(1, 3)}\nexpertise: [{self._word()}, {self._word()}]\nwhy: {self._sentence()}\n"
            f"met: {{date: {self._day(2025)}, event: {self.chance.choice(self.events)}, how: {self._sentence(2, 4)}}}\n"
            f"knows: {self._some(others, 1, 3)}\nprefers: video\nchannels:\n  email: {first}.{last}@example.org\n"
            f"notes: |\n{self._paragraph('  ', 2)}log:\n{log}"
            f"promises:\n  - what: {self._sentence()}\n    due: {self._day(2027)}\n"
            f"{self._checklist(2, relative=False)}"
        )

    def _organization(self, identifier: str) -> str:
        return (
            f"name: {identifier.replace('-', ' ').title()}\nkind: association\nurl: https://example.org/{identifier}\n"
            f"membership: {{state: member, since: {self._day(2025)}, renews: {self._day(2027)}}}\n"
            f"why: {self._sentence()}\ncontribute:\n  - what: {self._sentence()}\n    rhythm: monthly\n"
            f"people: {self._some(self.people, 2, 5)}\ngoals: {self._some(self.goals, 1, 2)}\n"
            f"notes: |\n{self._paragraph('  ', 4)}{self._checklist(6, relative=True)}"
        )

    def _event(self, identifier: str, meet: str = "") -> str:
        meet = meet or "".join(
            f"  - person: {person}\n    why: {self._sentence()}\n    opener: {self._sentence()}\n"
            for person in self.chance.sample(self.people, 3)
        )
        return (
            f"title: {identifier.replace('-', ' ').title()}\nkind: conference\nstarts: 2027-05-14 09:00\n"
            f"ends: 2027-05-16 17:00\ntimezone: Europe/Berlin\nplace: Berlin\nstatus: registered\n"
            f"goals: {self._some(self.goals, 1, 2)}\nwhy: {self._sentence()}\nquestions: [{self._sentence()}]\n"
            f"meet:\n{meet}sessions:\n"
            f"  - {{at: 2027-05-14 11:00, title: {self._sentence(3, 5)}, who: {self.chance.choice(self.people)}}}\n"
            f"bring: [{self._word()}, {self._word()}]\n{self._checklist(6, relative=True)}"
        )

    def _template(self, identifier: str) -> str:
        return (
            f"title: {identifier} {self._sentence(2, 4)}\npurpose: follow-up\nchannel: [email, linkedin-message]\n"
            f'subject: "{self._sentence(3, 6)}"\nneeds: [person.why]\nlimits: {{words: 250}}\nbody: |\n'
            f"  Hello {{{{ person.calls }}}},\n\n  {{{{ person.why }}}}\n\n{self._paragraph('  ', 13)}\n"
            "  {{ me.name }}\n"
        )
