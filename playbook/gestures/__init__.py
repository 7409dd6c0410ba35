"""One gesture, one plan: a touch, a promise, a tick become changes to the files they belong to.

Pure functions of a playbook, words that were understood already, and a day. Refuses to write, to ask, to guess, or to
read words: whoever calls it (a command, the inbox, the served site) has decided whom and what is meant.
"""

from playbook.gestures.bench import Bench, Gesture, NotPossible, together
from playbook.gestures.plans import FileChange

__all__ = ["Bench", "FileChange", "Gesture", "NotPossible", "together"]
