"""Checks whether what is private is, or is about to be, where others can read it; or who learns of its readers."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import quote, urlsplit

from playbook.doctor.facts import Facts
from playbook.doctor.findings import Finding, count, error, notice, some, warning
from playbook.doctor.secrets import SEALED, built_sites
from playbook.doctor.settings import Remote
from playbook.history.ignored import line_of

SHARED = (".github.io", ".gitlab.io", ".codeberg.page")
"""Hosts where all projects of an account lie at one origin."""
_FOREIGN = ("http://", "https://", "//")


def check_credentials(facts: Facts) -> Iterator[Finding]:
    """Whether a password stands in the address of a remote."""
    for remote in facts.remotes:
        if remote.has_secret:
            name = shlex.quote(remote.name)
            yield error(
                "credential-in-remote",
                f"A password or token stands in the address of the remote '{remote.name}', in .git/config, readable by "
                "every program that you start.",
                f"git remote set-url {name} {shlex.quote(remote.without_secret or 'URL')}",
                f"# then revoke that token at {remote.host or 'its host'}; a credential helper keeps a new one",
            )


def check_public(facts: Facts) -> Iterator[Finding]:
    """Whether the repository of the content may be one that everybody reads."""
    for remote in _hosts(tuple(remote for remote in facts.remotes if remote.name not in facts.sites)):
        signs = list(_signs(facts, remote))
        command = _visibility(remote)
        if signs:
            yield warning(
                "maybe-public",
                f"{remote.host}/{remote.path} may be public: {'; '.join(signs)}. Your content would be, too.",
                command,
            )
        elif command:
            yield notice(
                "visibility-unknown",
                f"Whether {remote.host}/{remote.path} is private is not known here; nobody was asked.",
                command,
            )


def check_built_site(facts: Facts) -> Iterator[Finding]:
    """Whether a site that anybody can read is in git."""
    for folder in built_sites(facts.tracked):
        name = folder.rstrip("/") or "."
        number = sum(path.startswith(folder) for path in facts.tracked)
        yield error(
            "built-site-tracked",
            f"The built site in {name} is in git: {count(number, 'file')} that whoever sees the repository can read.",
            f"git rm -r --cached --quiet -- {shlex.quote(name)} && echo {shlex.quote(line_of(name))} >> .gitignore",
            "git commit -m 'The built site is not kept'",
        )
    for branch, paths in sorted(facts.published.items()):
        name = shlex.quote(branch.rpartition("/")[2])
        if built_sites(paths) and SEALED not in paths:
            yield error(
                "plain-site-published",
                f"The branch {branch} holds a site that is not sealed.",
                f"playbook publish --branch {name} --remote origin --replace   # puts the sealed one in its place",
            )
    if facts.past is not None:
        gone = set(facts.past.built) - set(built_sites(facts.tracked))
        if gone:
            folders = some(folder or "." for folder in gone)
            yield warning(
                "built-site-in-history",
                f"A readable built site is in older commits or on other branches: {folders}.",
                *(f"git filter-repo --invert-paths --path {shlex.quote(folder)}" for folder in sorted(gone) if folder),
            )


def check_content(facts: Facts) -> Iterator[Finding]:
    """Whether the content, or data beside pages, would be copied into the site as it is."""
    content, docs = normpath(facts.content), normpath(facts.site.docs_dir)
    if docs in (content, ".") or content.startswith(f"{docs}/"):
        yield error(
            "content-in-docs",
            f"The content ({content}) lies in docs_dir ({docs}): MkDocs copies every file there into the site.",
            "# in mkdocs.yml: docs_dir: content/pages",
        )
    elif facts.raw_in_docs:
        yield error(
            "data-in-docs",
            f"MkDocs copies every file of docs_dir into the site as it is: {some(facts.raw_in_docs)}.",
            "# move them out of docs_dir, or name them in mkdocs.yml below exclude_docs",
        )


def check_host(facts: Facts) -> Iterator[Finding]:
    """Whether other projects' pages can reach what a browser keeps for this site."""
    try:
        parts = urlsplit(facts.site.site_url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return
    if "CNAME" in facts.present or not host.endswith(SHARED):
        return
    whose = host.split(".")[0]
    yield warning(
        "shared-host",
        f"All pages of {whose} at {host} are one origin to a browser: any other project there can read what this site "
        "keeps in a browser, the key of a remembered device too.",
        "# use a domain of your own (a file CNAME in docs_dir), or an account that publishes nothing else",
        "# and until then do not let a browser remember the key",
    )


def check_third_parties(facts: Facts) -> Iterator[Finding]:
    """Whether reading the site tells somebody else about it."""
    for what, fix in _requests(facts):
        yield warning("third-party", what, fix)


def check_ignored(facts: Facts) -> Iterator[Finding]:
    """Whether what is made again is kept out of git."""
    cached = [path for path in facts.tracked if f"/{path}".startswith((f"/{facts.prefix}.cache/", "/.cache/"))]
    if cached:
        yield error(
            "cache-tracked",
            f"The cache is in git: {some(cached)}. It holds what was read from files, private ones too.",
            "git rm -r --cached --quiet -- .cache && echo /.cache/ >> .gitignore",
        )
    if facts.trouble:
        return
    for name in (facts.site.site_dir, ".cache"):
        if name in facts.present and name not in facts.ignored and not (name == ".cache" and cached):
            yield warning(
                "not-ignored",
                f"{name} is not ignored by git; the next 'git add .' takes it in.",
                f"echo {shlex.quote(line_of(name))} >> .gitignore",
            )


CHECKS = (
    check_credentials,
    check_built_site,
    check_content,
    check_ignored,
    check_public,
    check_host,
    check_third_parties,
)


def _hosts(remotes: tuple[Remote, ...]) -> list[Remote]:
    seen: dict[tuple[str, str], Remote] = {}
    for remote in remotes:
        if remote.host and "." in remote.host:
            seen.setdefault((remote.host, remote.path), remote)
    return list(seen.values())


def _visibility(remote: Remote) -> str:
    """The command that asks the host, as the person, whether a repository is private."""
    if remote.host == "github.com":
        return f"gh repo view {shlex.quote(remote.path)} --json visibility"
    if "gitlab" in remote.host:
        which = "" if remote.host == "gitlab.com" else f"GITLAB_HOST={shlex.quote(remote.host)} "
        return f'{which}glab api projects/{quote(remote.path, safe="")}   # look for "visibility"'
    return f"# open https://{remote.host}/{quote(remote.path)} in a private window: nothing may be seen"


def _signs(facts: Facts, remote: Remote) -> Iterator[str]:
    names = {path.removeprefix(facts.prefix) for path in facts.tracked} | facts.tracked
    if names & {"LICENSE", "LICENSE.md", "LICENSE.txt", "COPYING"}:
        yield "it has a licence"
    if remote.scheme == "git":
        yield "git:// asks for no name"
    if remote.path.lower().endswith((".github.io", ".gitlab.io")):
        yield "it is called like a site"
    if remote.host == "github.com" and any(branch.startswith("origin/") for branch in facts.published):
        yield "pages are published from it, which a free account allows to public repositories alone"


def _requests(facts: Facts) -> Iterator[tuple[str, str]]:
    site = facts.site
    if site.theme == "material" and not site.is_font_off:
        yield "Every page asks fonts.googleapis.com for its letters.", "# in mkdocs.yml, below theme: font: false"
    if site.theme in ("mkdocs", "readthedocs") and site.is_highlighted:
        yield "Every page asks cdnjs.cloudflare.com for a script.", "# in mkdocs.yml, below theme: highlightjs: false"
    if site.theme == "material" and any(host in site.repo_url for host in ("github.com", "gitlab.com")):
        yield "Every page asks the repository's host about it (repo_url).", "# in mkdocs.yml: take repo_url out"
    foreign = sorted({urlsplit(url).netloc for url in (*site.scripts, *site.styles) if url.startswith(_FOREIGN)})
    if foreign:
        yield (
            f"Every page loads scripts or styles from {', '.join(foreign)}.",
            "# put the files into docs_dir, and their paths into extra_javascript and extra_css",
        )
    if site.analytics:
        yield f"Every visit is told to {site.analytics} (extra.analytics).", "# in mkdocs.yml: take extra.analytics out"
    if site.has_mermaid and not any("mermaid" in path for path in site.scripts):
        yield (
            "Pages with diagrams load Mermaid from unpkg.com.",
            "# put mermaid.min.js into docs_dir, and its path into extra_javascript",
        )
    if site.has_remote_emoji:
        yield (
            "Emoji are pictures from somebody else's network.",
            "# in mkdocs.yml: emoji_generator: !!python/name:material.extensions.emoji.to_svg",
        )
    plugins = {name.rpartition("/")[2] for name in site.plugins}
    if plugins & {"social", "privacy"}:
        yield (
            f"Building asks other hosts for files (plugin {' and '.join(sorted(plugins & {'social', 'privacy'}))}).",
            "# in mkdocs.yml: take it out of plugins",
        )
    if plugins & {"git-committers", "git-committers-2"}:
        yield "Building and reading ask the repository's host about people.", "# take git-committers out of plugins"
