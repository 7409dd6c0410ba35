"""The `playbook` plugin's options in mkdocs.yml, read without running anything that stands there.

What the same bytes said before is remembered: to read YAML takes longer to begin than most commands take in all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from playbook import __version__
from playbook.own_cache import keep, kept_about, read_kept
from playbook.problems import Place, Problem, shorten

CONFIG = "mkdocs.yml"
_NAMES_US = re.compile(rb"(?<![\w/.-])playbook(?![\w/.-])")
_DEEPEST = 60
_MOST_KEPT = 10_000
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class PluginOptions:
    """What mkdocs.yml says about the playbook; the defaults where it says nothing."""

    content: str = "content"
    templates: str = "templates"
    today: dt.date | None = None
    audience: str = "me"
    problem: Problem | None = None
    """Why mkdocs.yml could not be read, or what it says that cannot be."""


def read_plugin_options(config: Path) -> PluginOptions:
    """The options in `config`, which may be missing."""
    try:
        content = config.read_bytes()
    except FileNotFoundError:
        return PluginOptions()
    except OSError as error:
        return _broken(f"this cannot be read: {error.strerror}")
    kept = kept_about(config, "config")
    found = _remembered(kept, content) if kept is not None else None
    if found is None:
        found = _read(content)
        if kept is not None and found.problem is None:
            keep(kept, _as_kept(content, found))
    return found


def _remembered(kept: Path, content: bytes) -> PluginOptions | None:
    """What was found in these bytes; None where nobody knows, or it cannot be told apart again."""
    seal, _, said = (read_kept(kept, _MOST_KEPT) or b"").partition(b"\0")
    if seal != _seal(content, said):
        return None
    try:
        name, templates, today, audience = said.decode().split("\0")
        return PluginOptions(name, templates, dt.date.fromisoformat(today) if today else None, audience)
    except ValueError:
        return None


def _as_kept(content: bytes, found: PluginOptions) -> bytes:
    words = (found.content, found.templates, str(found.today or ""), found.audience)
    said = "\0".join(words).encode(errors="surrogatepass")
    return _seal(content, said) + b"\0" + said


def _seal(content: bytes, said: bytes) -> bytes:
    """What was read, by which rules, and what it came to."""
    rules = Path(__file__).stat()
    how = f"{__version__} {rules.st_size} {rules.st_mtime_ns} {len(said)} ".encode()
    return hashlib.sha256(how + said + content).hexdigest().encode()


def _read(content: bytes) -> PluginOptions:
    """The options in a mkdocs.yml.

    Only the nodes of the YAML are looked at: tags such as `!!python/name` stay what they are, text.
    """
    import yaml

    try:
        text = content.decode("utf-8-sig")
        # CSafeLoader is missing where PyYAML was built without libyaml.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        if _is_deep(yaml.parse(text, loader)):
            return _broken("nested too deep")
        top = yaml.compose(text, loader)
    except UnicodeDecodeError:
        return _broken("the file is not UTF-8")
    except RecursionError:
        return _broken("nested too deep")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _broken(f"not YAML: {shorten(error.problem or error.context or '', 100)}", mark)
    except yaml.YAMLError as error:
        return _broken(f"not YAML: {shorten(str(error), 100)}")
    return _options(_plugin(top))


def _is_deep(events: Iterable[Any]) -> bool:
    # libyaml makes nodes by recursion; ten thousand brackets would end the interpreter.
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if depth > _DEEPEST:
            return True
    return False


def names_the_playbook(config: Path) -> bool:
    """Whether the plugin's name stands in this mkdocs.yml; also if the file is no YAML at the moment."""
    try:
        return _NAMES_US.search(config.read_bytes()) is not None
    except OSError:
        return False


def _options(node: Any) -> PluginOptions:
    from playbook.zones import read_day

    written = {
        key: value for key, value in _pairs(node).items() if value.id == "scalar" and value.value and value.tag != _NULL
    }
    known = {field.name: written[field.name].value for field in fields(PluginOptions) if field.name in written}
    today = known.pop("today", "")
    known.pop("problem", None)
    if not today:
        return PluginOptions(**known)
    try:
        return PluginOptions(**known, today=read_day(today))
    except ValueError:
        return PluginOptions(
            **known,
            problem=_problem(
                f"today: '{shorten(today, 30)}' is not a date", written["today"].start_mark, "Write 2027-04-15."
            ),
        )


def _plugin(top: Any) -> Any:
    """The node of the plugin's own options; MkDocs takes a list of plugins, or a mapping."""
    plugins = _pairs(top).get("plugins")
    if plugins is not None and plugins.id == "sequence":
        return next((found for item in plugins.value if (found := _pairs(item).get("playbook")) is not None), None)
    return _pairs(plugins).get("playbook")


def _pairs(node: Any) -> dict[str, Any]:
    if node is None or node.id != "mapping":
        return {}
    return {key.value: value for key, value in node.value if key.id == "scalar"}


def _broken(message: str, mark: Any = None) -> PluginOptions:
    return PluginOptions(problem=_problem(message, mark))


def _problem(message: str, mark: Any, hint: str = "") -> Problem:
    place = Place(CONFIG, mark.line + 1, mark.column + 1) if mark is not None else Place(CONFIG)
    return Problem(place, "bad-config", message, hint)
