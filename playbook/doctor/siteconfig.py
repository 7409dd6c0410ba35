"""What mkdocs.yml says about a site, and what it would run: read as nodes, so that nothing of it happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_MOST_NODES = 20_000
_LARGEST = 1_000_000
_DEEPEST = 60
_OFF = ("false", "no", "off", "n")


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """As much of mkdocs.yml as the doctor asks about."""

    problem: str = ""
    """Why it could not be read."""
    docs_dir: str = "docs"
    site_dir: str = "site"
    site_url: str = ""
    repo_url: str = ""
    theme: str = "mkdocs"
    custom_dir: str = ""
    is_font_off: bool = False
    is_highlighted: bool = True
    """Whether the theme's own highlighting is on (`highlightjs`)."""
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ("search",)
    hooks: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags of YAML that reading it obeys: `!!python/name:…`, `!ENV`."""
    inherits: str = ""
    analytics: str = ""
    has_mermaid: bool = False
    has_remote_emoji: bool = False


def read_site_config(text: bytes) -> SiteConfig:
    """The configuration written in `text`; with a `problem` and nothing else where it cannot be read."""
    import yaml  # noqa: PLC0415  (slow to import)

    if len(text) > _LARGEST:
        return SiteConfig(problem="it is too large to be read")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        written = text.decode("utf-8-sig")
        _refuse_deep(yaml.parse(written, loader))
        top = yaml.compose(written, loader)
        tags: list[str] = []
        plain = _Reading(tags).plain(top, 0)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, _TooMuch) as error:
        return SiteConfig(problem=f"it cannot be read ({type(error).__name__.strip('_')})")
    if not isinstance(plain, dict):
        return SiteConfig(problem="it holds no settings", tags=tuple(sorted(set(tags))))
    return _config(plain, tuple(sorted(set(tags))))


def _refuse_deep(events: Iterable[Any]) -> None:
    """Nothing, for what can be composed: libyaml recurses to make nodes, and deep ones end the interpreter."""
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if depth > _DEEPEST:
            raise _TooMuch


class _TooMuch(Exception):  # noqa: N818  (a limit)
    """More than anybody writes by hand."""


class _Reading:
    """Turns nodes into plain text, lists and mappings; notes tags, and stops where aliases multiply."""

    def __init__(self, tags: list[str]) -> None:
        self._tags = tags
        self._left = _MOST_NODES

    def plain(self, node: Any, depth: int) -> Any:
        """A scalar becomes the text that is written, or None."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise _TooMuch
        if node is None:
            return None
        tag = str(node.tag)
        if tag.startswith("tag:yaml.org,2002:python/"):
            self._tags.append("!!" + tag.removeprefix("tag:yaml.org,2002:"))
        elif tag.startswith("!"):
            self._tags.append(tag)
        if node.id == "scalar":
            return None if tag == "tag:yaml.org,2002:null" else str(node.value)
        if node.id == "sequence":
            return [self.plain(item, depth + 1) for item in node.value]
        return {str(self.plain(key, depth + 1)): self.plain(value, depth + 1) for key, value in node.value}


def _config(top: dict[str, Any], tags: tuple[str, ...]) -> SiteConfig:
    theme = top.get("theme")
    look = theme if isinstance(theme, dict) else {"name": theme}
    extra = _mapping(top.get("extra"))
    named = dict(_named(top.get("markdown_extensions")))
    fences = _mapping(named.get("pymdownx.superfences")).get("custom_fences")
    return SiteConfig(
        docs_dir=_text(top.get("docs_dir")) or "docs",
        site_dir=_text(top.get("site_dir")) or "site",
        site_url=_text(top.get("site_url")),
        repo_url=_text(top.get("repo_url")),
        theme=_text(look.get("name")) or "mkdocs",
        custom_dir=_text(look.get("custom_dir")),
        is_font_off=_text(look.get("font")).lower() in _OFF,
        is_highlighted=_text(look.get("highlightjs")).lower() not in _OFF,
        scripts=_paths(top.get("extra_javascript")),
        styles=_paths(top.get("extra_css")),
        plugins=tuple(name for name, _ in _named(top.get("plugins"))) if "plugins" in top else ("search",),
        hooks=_paths(top.get("hooks")),
        extensions=tuple(named),
        tags=tags,
        inherits=_text(top.get("INHERIT")),
        analytics=_text(_mapping(extra.get("analytics")).get("provider")),
        has_mermaid=any(
            _text(_mapping(fence).get("name")) == "mermaid" for fence in (fences if isinstance(fences, list) else [])
        ),
        # Material's own generator puts the picture into the page; all others lead to somebody's network.
        has_remote_emoji="pymdownx.emoji" in named and not any("material" in tag and "to_svg" in tag for tag in tags),
    )


def _named(written: Any) -> Iterator[tuple[str, Any]]:
    """(name, options) of plugins or extensions; a list, or a mapping."""
    items = written if isinstance(written, list) else [written]
    for item in items:
        if isinstance(item, str):
            yield item, None
        elif isinstance(item, dict):
            yield from item.items()


def _paths(written: Any) -> tuple[str, ...]:
    items = written if isinstance(written, list) else [written]
    found = [item if isinstance(item, str) else _text(_mapping(item).get("path")) for item in items]
    return tuple(path for path in found if path)


def _mapping(written: Any) -> dict[str, Any]:
    return written if isinstance(written, dict) else {}


def _text(written: Any) -> str:
    return written.strip() if isinstance(written, str) else ""
