"""The `playbook` command: arguments in, exit code out; how problems and tables look in a terminal.

With `site_plugins`, the only room that looks at the clock.
"""

from playbook.cli.app import main

__all__ = ["main"]
