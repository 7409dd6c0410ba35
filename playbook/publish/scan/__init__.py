"""The leak scan: looks for everything that an audience may not know in everything that was built for it.

`hidden_values` says what to look for, `scan` looks, `scan_sealed` looks into a sealed folder. All of them name fields,
never values.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playbook.publish.scan.hidden import HiddenValues, Listed, Where, all_values, hidden_values
    from playbook.publish.scan.ordinary import digests_of, theme_words
    from playbook.publish.scan.report import Finding, Report
    from playbook.publish.scan.scanning import scan, scan_sealed

__all__ = [
    "Finding",
    "HiddenValues",
    "Listed",
    "Report",
    "Where",
    "all_values",
    "digests_of",
    "hidden_values",
    "scan",
    "scan_sealed",
    "theme_words",
]

_HOMES = {
    "hidden": ("HiddenValues", "Listed", "Where", "all_values", "hidden_values"),
    "ordinary": ("digests_of", "theme_words"),
    "report": ("Finding", "Report"),
    "scanning": ("scan", "scan_sealed"),
}


def __getattr__(name: str) -> Any:
    """Each name from its module when it is first asked for: a hook that looks for tokens needs no records."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
