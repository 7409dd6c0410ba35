"""The leak scan: looks for everything that an audience may not know in everything that was built for it.

`hidden_values` says what to look for, `scan` looks, `scan_sealed` looks into a sealed folder. All of them name fields,
never values.
"""

from __future__ import annotations

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
