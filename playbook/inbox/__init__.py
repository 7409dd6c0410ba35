"""The inbox: plain lines, written from any editor, that become entries in the files they belong to.

Understands lines and says which it does not; refuses to write, to ask, or to guess.
"""

from playbook.inbox.reading import Line, read_lines, without
from playbook.inbox.understanding import Thought, understand

__all__ = ["Line", "Thought", "read_lines", "understand", "without"]
