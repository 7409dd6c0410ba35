"""Charts as inline SVG: functions from a view to a text, the same text every time.

They know no colour, only class names (`templates/assets/charts.css` gives those their looks in both schemes and in
print), carry no style, script or outside reference, and link with `page:people/ada-lovelace.md`, which the site
resolves.
"""

from playbook.render.charts.burnup import burnup
from playbook.render.charts.calendar import calendar
from playbook.render.charts.ledger import ledger
from playbook.render.charts.months import months
from playbook.render.charts.network import network
from playbook.render.charts.rhythm import rhythm
from playbook.render.charts.ring import ring
from playbook.render.charts.roadmap import roadmap

__all__ = ["burnup", "calendar", "ledger", "months", "network", "rhythm", "ring", "roadmap"]
