"""Who can introduce you, to somebody or into an organization: ties, the short ways along them, and how warm they are.

Pure functions of a playbook and a day. Refuses to know how a way is worded, and never leads over somebody whose tie
with you rests or has ended.
"""

from playbook.paths.ties import How, Tie, Ties, Way, ties_of
from playbook.paths.warmth import Grade, Warmth, warmth_of
from playbook.paths.ways import Approach, Paths, paths_of

__all__ = [
    "Approach",
    "Grade",
    "How",
    "Paths",
    "Tie",
    "Ties",
    "Warmth",
    "Way",
    "paths_of",
    "ties_of",
    "warmth_of",
]
