"""What was written on paper at an event becomes entries in the files it belongs to.

Understands lines, plans changes, prepares bytes; refuses to write anything, to ask anybody, or to guess.
"""

from playbook.capture.meanings import Desk, Understood
from playbook.capture.planning import Plan, plan
from playbook.capture.understanding import is_line, understand, understand_line

__all__ = ["Desk", "Plan", "Understood", "is_line", "plan", "understand", "understand_line"]
