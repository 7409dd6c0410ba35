"""Practices as ready routines: a library that comes along, a person's own plays, and how either is started."""

from playbook.plays.library import Aim, Family, From, Reference, Routine, Step, library
from playbook.plays.own import own_routine, own_routines
from playbook.plays.planning import Aims, start

__all__ = [
    "Aim", "Aims", "Family", "From", "Reference", "Routine", "Step", "library", "own_routine", "own_routines", "start",
]  # fmt: skip
