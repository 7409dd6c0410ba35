"""What the history of checklists amounts to: how much is done, what changed, how fast it goes, how long it may take.

Pure functions of a timeline and days; it knows neither git nor records. `paths` narrows a question to the checklists of
some files (`goals/staff.yml`); without it, all of them count.
"""

from playbook.progress.changes import Changes, Moved, changes_between, changes_of_steps
from playbook.progress.counting import Point, active_days, burn_up
from playbook.progress.forecasting import Forecast, forecast
from playbook.progress.lives import Age, ages, find_items, key_of, path_of
from playbook.progress.pace import Pace, pace

__all__ = [
    "Age",
    "Changes",
    "Forecast",
    "Moved",
    "Pace",
    "Point",
    "active_days",
    "ages",
    "burn_up",
    "changes_between",
    "changes_of_steps",
    "find_items",
    "forecast",
    "key_of",
    "pace",
    "path_of",
]
