"""Every place that refers to a record, and what the files say once it is gone, or called otherwise.

Plans and prepares bytes; refuses to write them, and to ask anybody.
"""

from playbook.rewriting.files import NotRewritten, Rewritten
from playbook.rewriting.forgetting import Forgotten, forget
from playbook.rewriting.mentions import Mention, Names, mentions_in, names_of
from playbook.rewriting.places import Use, places_of

__all__ = [
    "Forgotten", "Mention", "Names", "NotRewritten", "Rewritten", "Use", "forget", "mentions_in", "names_of",
    "places_of",
]  # fmt: skip
