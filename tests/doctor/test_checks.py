"""Each thing that the doctor looks at: said where it is so, with what mends it, and not said where it is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from playbook.doctor import diagnose
from playbook.doctor.facts import Facts, LastBackup, Past, Secret
from playbook.doctor.settings import Remote, programs, remotes
from playbook.doctor.siteconfig import SiteConfig, read_site_config
from playbook.doctor.untrusted import check_untrusted

TODAY = dt.date(2026, 11, 21)
SITE = SiteConfig(docs_dir="content/pages", theme="material", is_font_off=True, plugins=("search", "playbook"))
FINE = Facts(
    TODAY,
    SITE,
    git=(2, 45, 1),
    remotes=(Remote("origin", "git@example.internal:mara/playbook.git"),),
    commits=40,
    backup=LastBackup(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), 0),
    tracked=frozenset({"mkdocs.yml", "content/me.yml", "sealing.yml"}),
    present=frozenset({"site", ".cache", "mkdocs.yml", "sealing.yml"}),
    ignored=frozenset({"site", ".cache"}),
    modes={"sealing.yml": 0o644},
    past=Past(),
)


def said(facts: Facts, *codes: str) -> list[str]:
    """`severity: message` of those findings."""
    return [f"{finding.severity}: {finding.message}" for finding in diagnose(facts) if finding.code in codes]


def codes(facts: Facts) -> list[str]:
    return [finding.code for finding in diagnose(facts)]


def fixes(facts: Facts, code: str) -> list[str]:
    return [fix for finding in diagnose(facts) if finding.code == code for fix in finding.fixes]


def test_of_a_playbook_in_order_there_is_little_to_say():
    assert [f"{one.severity}: {one.message}" for one in diagnose(FINE)] == [
        "notice: Whether example.internal/mara/playbook is private is not known here; nobody was asked.",
        "notice: The last backup is of 2026-11-20.",
    ]


# ---- what can be lost


def test_commits_that_are_nowhere_else_are_counted():
    alone = replace(FINE, remotes=())
    assert said(alone, "no-remote") == ["warning: There is no remote: all 40 commits are on this machine alone."]
    assert said(replace(alone, commits=1), "no-remote") == [
        "warning: There is no remote: the only commit is on this machine alone."
    ]
    assert said(replace(FINE, only_here=37), "only-here") == [
        "warning: 37 commits only here: no remote is known to have them."
    ]
    assert fixes(replace(FINE, only_here=1), "only-here") == ["git push --all"]


@pytest.mark.parametrize(
    ("backup", "expected"),
    [
        (None, "notice: There was never a backup, as far as this repository remembers."),
        (LastBackup(dt.datetime(2026, 11, 1), 12), "notice: The last backup is of 2026-11-01, 12 commits ago."),
        (LastBackup(dt.datetime(2026, 10, 1), 1), "warning: The last backup is of 2026-10-01, 1 commit ago."),
        (LastBackup(dt.datetime(2026, 1, 1), 0), "notice: The last backup is of 2026-01-01."),
        (
            LastBackup(dt.datetime(2026, 11, 1), None),
            "warning: The last backup is of 2026-11-01; what came since cannot be told.",
        ),
    ],
)
def test_the_last_backup_is_told(backup, expected):
    assert said(replace(FINE, backup=backup), "no-backup", "last-backup") == [expected]


def test_with_neither_a_remote_nor_a_backup_it_is_a_warning():
    assert said(replace(FINE, backup=None, remotes=()), "no-backup") == [
        "warning: There was never a backup, as far as this repository remembers."
    ]


def test_a_clone_without_its_past_is_told():
    assert fixes(replace(FINE, is_shallow=True), "shallow") == ["git fetch --unshallow"]
    assert codes(replace(FINE, is_partial=True))[0] == "partial"


def test_git_is_asked_for_its_age():
    assert said(replace(FINE, git=(2, 30, 2)), "old-git") == [
        "warning: git 2.30.2 is too old to read foreign repositories without danger; 2.38 or newer is not."
    ]
    assert codes(replace(FINE, git=(), trouble="git is not installed.")).count("no-git") == 1


def test_without_a_repository_nothing_is_said_of_remotes():
    facts = replace(FINE, trouble="These files are in no git repository yet.", trouble_command="git init", remotes=())
    assert codes(facts) == ["no-history"]
    assert fixes(facts, "no-history") == ["git init"]


def test_sealing_yml_belongs_into_a_commit():
    lost = replace(FINE, tracked=FINE.tracked - {"sealing.yml"})
    assert codes(lost)[0] == "sealing-not-committed"
    below = replace(FINE, prefix="notes/", tracked=frozenset({"notes/sealing.yml"}))
    assert "sealing-not-committed" not in codes(below)


def test_the_content_alone_is_not_the_whole_playbook():
    first = replace(FINE, tracked=frozenset({"content/me.yml", "sealing.yml"}))
    assert said(first, "mkdocs-not-committed") == [
        "warning: mkdocs.yml is not committed: a clone of this repository would be no playbook."
    ]
    assert fixes(first, "mkdocs-not-committed") == ["git add -A && git commit -m 'Keep the whole playbook'"]
    below = replace(FINE, prefix="notes/", tracked=frozenset({"notes/mkdocs.yml"}))
    assert "mkdocs-not-committed" not in codes(below)


# ---- what others can read


def test_a_password_in_an_address_is_serious_and_never_printed():
    facts = replace(FINE, remotes=(Remote("origin", "https://mara:s3cr3t-word@github.com/mara/playbook.git"),))
    (finding,) = (one for one in diagnose(facts) if one.code == "credential-in-remote")
    assert str(finding.severity) == "error"
    assert finding.fixes == (
        "git remote set-url origin https://github.com/mara/playbook",
        "# then revoke that token at github.com; a credential helper keeps a new one",
    )
    assert "s3cr3t" not in repr(diagnose(facts))


@pytest.mark.parametrize(
    ("url", "has_secret"),
    [
        ("https://github.com/mara/playbook.git", False),
        ("https://mara@github.com/mara/playbook.git", False),
        ("git@github.com:mara/playbook.git", False),
        ("ssh://git@example.org:22/x.git", False),
        ("/media/stick/playbook.git", False),
        ("file:///media/a@b/x", False),
        ("https://ghp_0123456789abcdefghij0123456789abcdef@github.com/m/p", True),
        ("https://x-access-token:abc@github.com/m/p", True),
        ("ssh://mara:word@example.org/x", True),
        ("https://example.org/x.git?private_token=abc", True),
        ("https://[mara:word@x", True),
    ],
)
def test_only_what_is_a_secret_counts_as_one(url, has_secret):
    assert Remote("origin", url).has_secret is has_secret


@pytest.mark.parametrize(
    ("url", "command"),
    [
        ("git@github.com:mara/playbook.git", "gh repo view mara/playbook --json visibility"),
        ("https://gitlab.com/a/b/c.git", 'glab api projects/a%2Fb%2Fc   # look for "visibility"'),
        ("https://git.example.org/a/b", "# open https://git.example.org/a/b in a private window: nothing may be seen"),
        ("/media/stick/playbook.git", None),
    ],
)
def test_it_tells_how_to_ask_whether_a_repository_is_private(url, command):
    facts = replace(FINE, remotes=(Remote("origin", url),))
    assert fixes(facts, "visibility-unknown") == ([] if command is None else [command])


def test_signs_that_a_repository_is_public_are_named():
    facts = replace(
        FINE,
        remotes=(Remote("origin", "https://github.com/mara/playbook"),),
        tracked=FINE.tracked | {"LICENSE"},
        published={"origin/gh-pages": frozenset({"h.json", "index.html"})},
    )
    assert said(facts, "maybe-public") == [
        "warning: github.com/mara/playbook may be public: it has a licence; pages are published from it, which a free "
        "account allows to public repositories alone. Your content would be, too."
    ]


def test_a_built_site_in_git_is_serious():
    facts = replace(FINE, tracked=FINE.tracked | {"site/index.html", "site/search/search_index.json"})
    assert said(facts, "built-site-tracked") == [
        "error: The built site in site is in git: 2 files that whoever sees the repository can read."
    ]
    assert fixes(facts, "built-site-tracked")[0] == "git rm -r --cached --quiet -- site && echo /site/ >> .gitignore"


def test_a_branch_with_a_readable_site_is_serious_and_a_sealed_one_is_not():
    plain = {"origin/gh-pages": frozenset({"index.html", "search/search_index.json"})}
    assert said(replace(FINE, published=plain), "plain-site-published") == [
        "error: The branch origin/gh-pages holds a site that is not sealed."
    ]
    sealed = {"origin/gh-pages": frozenset({"index.html", "h.json", "d/00"})}
    assert said(replace(FINE, published=sealed), "plain-site-published") == []


@pytest.mark.parametrize(
    ("content", "docs", "is_in"),
    [
        ("content", "content/pages", False),
        ("content", "docs", False),
        ("content", "content", True),
        ("docs/content", "docs", True),
        ("content", ".", True),
        ("./content/", "content/", True),
        ("content-2", "content", False),
    ],
)
def test_content_that_mkdocs_would_copy_is_serious(content, docs, is_in):
    facts = replace(FINE, content=content, site=replace(SITE, docs_dir=docs))
    assert [code for code in codes(facts) if code == "content-in-docs"] == ["content-in-docs"] * is_in


def test_data_beside_pages_is_serious():
    facts = replace(FINE, raw_in_docs=("content/pages/people.csv",))
    assert said(facts, "data-in-docs") == [
        "error: MkDocs copies every file of docs_dir into the site as it is: content/pages/people.csv."
    ]


@pytest.mark.parametrize(
    ("url", "present", "is_shared"),
    [
        ("https://mara.github.io/playbook/", (), True),
        ("https://Mara.GitHub.io/", (), True),
        ("https://mara.gitlab.io/playbook/", (), True),
        ("https://mara.github.io/playbook/", ("CNAME",), False),
        ("https://playbook.example.org/", (), False),
        ("https://github.io.example.org/", (), False),
        ("", (), False),
        ("https://[", (), False),
    ],
)
def test_a_host_that_projects_share_is_told(url, present, is_shared):
    facts = replace(FINE, site=replace(SITE, site_url=url), present=FINE.present | set(present))
    assert ("shared-host" in codes(facts)) is is_shared


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("theme: material", "Every page asks fonts.googleapis.com for its letters."),
        ("theme: {name: material, font: {text: Roboto}}", "Every page asks fonts.googleapis.com for its letters."),
        ("theme: {name: material, font: false}", ""),
        ("theme: {name: mkdocs}", "Every page asks cdnjs.cloudflare.com for a script."),
        ("theme: {name: mkdocs, highlightjs: false}", ""),
        (
            "theme: {name: material, font: false}\nrepo_url: https://github.com/m/p",
            "Every page asks the repository's host about it (repo_url).",
        ),
        (
            "theme: {name: material, font: false}\nextra_javascript: [a.js, {path: 'https://cdn.example/x.js'}]\n"
            "extra_css: [//other.example/x.css]",
            "Every page loads scripts or styles from cdn.example, other.example.",
        ),
        (
            "theme: {name: material, font: false}\nextra: {analytics: {provider: google, property: G-1}}",
            "Every visit is told to google (extra.analytics).",
        ),
        (
            "theme: {name: material, font: false}\nmarkdown_extensions:\n  - pymdownx.superfences:\n      custom_fences:\n"
            "        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ''}",
            "Pages with diagrams load Mermaid from unpkg.com.",
        ),
        (
            "theme: {name: material, font: false}\nmarkdown_extensions: [pymdownx.emoji]",
            "Emoji are pictures from somebody else's network.",
        ),
        (
            "theme: {name: material, font: false}\nmarkdown_extensions:\n  - pymdownx.emoji:\n"
            "      emoji_generator: !!python/name:material.extensions.emoji.to_svg ''",
            "",
        ),
        (
            "theme: {name: material, font: false}\nplugins: [search, social]",
            "Building asks other hosts for files (plugin social).",
        ),
    ],
)
def test_requests_to_others_are_named(more, expected):
    facts = replace(FINE, site=replace(read_site_config(more.encode()), docs_dir="content/pages"))
    assert said(facts, "third-party", "bad-config") == ([f"warning: {expected}"] if expected else [])


def test_a_cache_in_git_is_serious_and_one_that_is_not_ignored_a_warning():
    tracked = replace(FINE, tracked=FINE.tracked | {".cache/playbook/history.sqlite"})
    assert codes(tracked)[0] == "cache-tracked"
    assert said(replace(FINE, ignored=frozenset({".cache"})), "not-ignored") == [
        "warning: site is not ignored by git; the next 'git add .' takes it in."
    ]


# ---- secrets


def test_a_secret_in_the_history_is_serious_with_the_way_out():
    past = Past((Secret("a GitHub token", "content/me.yml", "1a2b3c4"), Secret("a passphrase file", "passphrase.txt")))
    facts = replace(FINE, past=past)
    assert said(facts, "secret-in-history") == [
        "error: In the history: a GitHub token in content/me.yml (commit 1a2b3c4).",
        "error: In the history: a passphrase file in passphrase.txt.",
    ]
    assert fixes(facts, "secret-in-history")[:3] == [
        "# first make it worthless where it is used: a new key, a new token, playbook recipients rotate",
        "git filter-repo --replace-text FILE   # FILE outside the repository, each secret on a line",
        "git push --force --all   # and a host may keep old commits until you ask it not to",
    ]
    assert fixes(facts, "secret-in-history")[4] == (
        "git filter-repo --invert-paths --path passphrase.txt   # takes it out of every commit"
    )


def test_without_a_look_into_the_history_names_alone_are_judged():
    facts = replace(FINE, past=None, tracked=FINE.tracked | {"keys/id_rsa"})
    assert said(facts, "secret-in-history") == ["error: In git: a private SSH key in keys/id_rsa."]


def test_what_was_not_looked_into_is_said():
    assert said(replace(FINE, past=Past(skipped=2, is_whole=False)), "too-large", "not-all-read") == [
        "notice: 2 versions of files were too large to look into for secrets.",
        "notice: There is more history than is read in one go; the newest gigabyte was looked into.",
    ]


def test_permissions_of_what_must_be_kept_are_judged():
    facts = replace(FINE, modes={"sealing.yml": 0o664, "passphrase.txt": 0o644, "my-passphrase": 0o600})
    assert said(facts, "sealing-writable", "passphrase-readable") == [
        "error: passphrase.txt may be read by other users of this machine.",
        "warning: sealing.yml may be written by other users of this machine.",
    ]
    assert fixes(facts, "passphrase-readable") == ["chmod 600 -- passphrase.txt"]


def test_people_to_look_through_again_are_named():
    assert said(replace(FINE, overdue=("Ada", "Grace")), "review-overdue") == [
        "notice: What you keep about Ada, Grace was to be looked through by now (review_by)."
    ]


# ---- configurations


def test_every_address_of_a_remote_is_found_in_the_text():
    text = """
        [core]
            bare = false ; url = no
        [remote "origin"]
            url = https://example.org/a.git # the first
            pushurl = "ssh://git@example.org/a b.git"
        [Remote "up\\"stream"] URL = \\
            git@example.org:b.git
        [branch "main"]
            remote = origin
    """
    assert remotes(text) == (
        Remote("origin", "https://example.org/a.git"),
        Remote("origin", "ssh://git@example.org/a b.git"),
        Remote('up"stream', "git@example.org:b.git"),
    )


def test_settings_that_start_a_program_are_named():
    text = """
        [core]
            fsmonitor = /tmp/x
            editor = false
        [filter "lfs"]
            clean = git-lfs clean
            required = true
        [alias]
            st = !rm -rf x
        [includeIf "gitdir:~/x"]
            path = more
        [user]
            name = Mara
    """
    assert programs(text) == ("alias.st", "core.fsmonitor", "filter.lfs.clean", "includeif.gitdir:~/x.path")


def test_what_a_stranger_s_playbook_would_run_is_listed():
    site = read_site_config(b"""
site_name: !ENV NAME
plugins: [search, playbook, macros: {module_name: main}]
hooks: [hooks/evil.py]
theme: {name: material, custom_dir: overrides}
markdown_extensions: [toc, pymdownx.snippets, evil_extension]
extra: {x: !!python/object/apply:os.system ["id"]}
INHERIT: ../base.yml
""")
    found = check_untrusted(site, ["core.fsmonitor"], ["post-checkout"])
    assert [f"{one.severity}: {one.message}" for one in found[1:]] == [
        "error: Reading mkdocs.yml already imports or runs: !!python/object/apply:os.system.",
        "error: mkdocs.yml runs these files (hooks): hooks/evil.py.",
        "error: mkdocs.yml runs these plugins: macros.",
        "error: mkdocs.yml imports these as Markdown extensions: evil_extension.",
        "error: The theme's templates are taken from overrides; they run as code.",
        "warning: mkdocs.yml takes more settings from ../base.yml; read that too.",
        "warning: mkdocs.yml puts variables of your environment into the site (!ENV).",
        "error: git itself would start what these settings of .git/config name: core.fsmonitor.",
        "error: git would run these hooks: post-checkout.",
    ]


def test_of_a_plain_playbook_only_that_it_runs_code_is_said():
    found = check_untrusted(read_site_config(b"plugins: [search, playbook]\ntheme: material\n"), (), ())
    assert [one.code for one in found] == ["runs-code"]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    "text", ["a: [", "\x00", "- a\n", "", BOMB, "[" * 100_000, "x: " + "{a: " * 9000, "a: " + "x" * 1_000_001]
)
def test_a_configuration_that_cannot_be_read_is_said_and_stops_nothing(text):
    site = read_site_config(text.encode())
    assert site == SiteConfig(problem=site.problem)
    assert site.problem
    assert "bad-config" in codes(replace(FINE, site=site))
