"""What the doctor refuses and a commit can still prevent, judged from staged names and bytes alone: it must be fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import normpath

from playbook.doctor.findings import Finding, error, some
from playbook.doctor.secrets import SEALED, built_sites, find_keys, secret_name
from playbook.doctor.siteconfig import SiteConfig

_UNSTAGE = "git restore --staged -- FILE   # and a line in .gitignore"
_BUILT = ("sitemap.xml", "404.html", "objects.inv")


def refuse(
    staged: Iterable[str], content: Mapping[str, bytes], site: SiteConfig, content_name: str, prefix: str
) -> tuple[Finding, ...]:
    """Why a commit is refused; nothing where it is not.

    Args:
        staged: every path that it adds or changes, below the top of the working tree.
        content: path → what it would hold, of those that were read.
        site: mkdocs.yml as it would be.
        content_name: the content folder, seen from the playbook's folder.
        prefix: the way from the top to the playbook's folder, with `/` at its end; empty at the top.
    """
    paths = sorted(staged)
    return tuple(
        finding
        for finding in (
            _secrets(content),
            _names(paths),
            _built(paths, site, prefix),
            _cache(paths, prefix),
            _content(paths, site, content_name, prefix),
        )
        if finding is not None
    )


def _secrets(content: Mapping[str, bytes]) -> Finding | None:
    found = [f"{kind} in {some([path])}" for path, text in sorted(content.items()) for kind in sorted(find_keys(text))]
    if not found:
        return None
    return error("secret-staged", f"A commit keeps it for ever: {'; '.join(found[:5])}{_more(found, 5)}.", _UNSTAGE)


def _names(paths: list[str]) -> Finding | None:
    found = [f"{kind}: {some([path])}" for path in paths if (kind := secret_name(path))]
    if not found:
        return None
    return error(
        "secret-file-staged", f"A commit keeps it for ever: {'; '.join(found[:5])}{_more(found, 5)}.", _UNSTAGE
    )


def _built(paths: list[str], site: SiteConfig, prefix: str) -> Finding | None:
    folder = f"{prefix}{normpath(site.site_dir)}/"
    # One page of a site that is tracked already comes without the rest.
    built = [path for path in paths if path.startswith(folder) and path.endswith((".html", *_BUILT))]
    if f"{folder}{SEALED}" in paths:
        built = []
    found = sorted({*built_sites(paths), *([folder] if built else [])})
    if not found:
        return None
    names = some(name or "." for name in found)
    return error("built-site-staged", f"A built site can be read by whoever sees the repository: {names}.", _UNSTAGE)


def _cache(paths: list[str], prefix: str) -> Finding | None:
    found = [path for path in paths if path.startswith((f"{prefix}.cache/", ".cache/"))]
    if not found:
        return None
    return error("cache-staged", f"The cache holds what was read from private files: {some(found)}.", _UNSTAGE)


def _content(paths: list[str], site: SiteConfig, content_name: str, prefix: str) -> Finding | None:
    content, docs = normpath(content_name), normpath(site.docs_dir)
    if docs not in (content, ".") and not content.startswith(f"{docs}/"):
        return None
    if not any(path == f"{prefix}mkdocs.yml" or path.startswith(f"{prefix}{content}/") for path in paths):
        return None
    return error(
        "content-in-docs",
        f"The content ({content}) lies in docs_dir ({docs}): MkDocs copies every file there into the site.",
        "# in mkdocs.yml: docs_dir: content/pages",
    )


def _more(found: list[str], shown: int) -> str:
    return f"; and {len(found) - shown} more" if len(found) > shown else ""
