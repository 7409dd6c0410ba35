"""The `playbook` plugin's options in mkdocs.yml, read without running anything that stands there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from playbook.problems import Place, Problem, shorten

CONFIG = "mkdocs.yml"
_NAMES_US = re.compile(rb"(?<![\w/.-])playbook(?![\w/.-])")
_DEEPEST = 60
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
    """The options in `config`, which may be missing.

    Only the nodes of the YAML are looked at: tags such as `!!python/name` stay what they are, text.
    """
    import yaml

    try:
        text = config.read_bytes().decode("utf-8-sig")
        # CSafeLoader is missing where PyYAML was built without libyaml.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        if _is_deep(yaml.parse(text, loader)):
            return _broken("nested too deep")
        top = yaml.compose(text, loader)
    except FileNotFoundError:
        return PluginOptions()
    except OSError as error:
        return _broken(f"this cannot be read: {error.strerror}")
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
