"""What building or committing in somebody else's playbook would run; found by reading, without running any of it."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.doctor.findings import Finding, error, notice, some, warning
from playbook.doctor.siteconfig import SiteConfig

OURS = ("search", "playbook", "material/search")
"""Plugins that come with this program."""
_KNOWN_EXTENSIONS = (
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "markdown.extensions", "md_in_html", "meta", "nl2br", "pymdownx", "sane_lists", "smarty", "tables",
    "toc", "wikilinks",
)  # fmt: skip


def check_untrusted(site: SiteConfig, programs: Iterable[str], hooks: Iterable[str]) -> tuple[Finding, ...]:
    """What a foreign playbook would run, each with where that stands; at least a sentence that says so.

    Args:
        site: its mkdocs.yml.
        programs: the names of settings in its .git/config that have git start something.
        hooks: the names of programs that git would start there.
    """
    found = [
        notice(
            "runs-code",
            "Building or serving a playbook runs the code that its mkdocs.yml names, as you. Reading does not: check, "
            "list, show, progress, print and doctor only read.",
        )
    ]
    if site.problem:
        found.append(warning("unreadable-config", f"What mkdocs.yml would run is not known: {site.problem}."))
    python = [tag for tag in site.tags if tag.startswith("!!python/")]
    if python:
        found.append(error("python-tags", f"Reading mkdocs.yml already imports or runs: {some(python, 10)}."))
    if site.hooks:
        found.append(error("site-hooks", f"mkdocs.yml runs these files (hooks): {some(site.hooks, 10)}."))
    plugins = [name for name in site.plugins if name not in OURS]
    if plugins:
        found.append(error("site-plugins", f"mkdocs.yml runs these plugins: {some(plugins, 10)}."))
    extensions = [name for name in site.extensions if not _is_known(name)]
    if extensions:
        found.append(
            error("site-extensions", f"mkdocs.yml imports these as Markdown extensions: {some(extensions, 10)}.")
        )
    if site.custom_dir:
        found.append(
            error(
                "site-templates", f"The theme's templates are taken from {some([site.custom_dir])}; they run as code."
            )
        )
    if site.inherits:
        found.append(
            warning("inherits", f"mkdocs.yml takes more settings from {some([site.inherits])}; read that too.")
        )
    if any(tag.startswith("!ENV") for tag in site.tags):
        found.append(
            warning("reads-environment", "mkdocs.yml puts variables of your environment into the site (!ENV).")
        )
    settings = sorted(programs)
    if settings:
        found.append(
            error(
                "git-programs",
                f"git itself would start what these settings of .git/config name: {some(settings, 10)}.",
                "# do not type git in this folder; take the files alone, without .git",
            )
        )
    there = sorted(hooks)
    if there:
        found.append(
            error(
                "git-hooks",
                f"git would run these hooks: {some(there, 10)}.",
                "# do not commit, switch or merge in this folder",
            )
        )
    return tuple(found)


def _is_known(extension: str) -> bool:
    return extension in _KNOWN_EXTENSIONS or extension.startswith(("markdown.extensions.", "pymdownx."))
