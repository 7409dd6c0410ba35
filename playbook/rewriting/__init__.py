"""Every place that refers to a record, and what the files say once it is gone, called otherwise, or one with another.

Plans and prepares bytes; refuses to write them, and to ask anybody.
"""

from playbook.rewriting.files import NotRewritten, Rewritten
from playbook.rewriting.forgetting import Forgotten, forget
from playbook.rewriting.joining import Conflict
from playbook.rewriting.mentions import Mention, Names, mentions_in, names_of
from playbook.rewriting.merging import Merged, merge
from playbook.rewriting.places import Use, places_of
from playbook.rewriting.renaming import Renamed, rename

__all__ = [
    "Conflict", "Forgotten", "Mention", "Merged", "Names", "NotRewritten", "Renamed", "Rewritten", "Use", "forget",
    "mentions_in", "merge", "names_of", "places_of", "rename",
]  # fmt: skip
