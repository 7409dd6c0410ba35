"""Fills outreach templates for one person at a time; refuses what a message has no use for, and never leaves a gap."""

from playbook.render.scripts.checking import check_scripts
from playbook.render.scripts.filling import Fit, NotReady, Script, Scripts

__all__ = ["Fit", "NotReady", "Script", "Scripts", "check_scripts"]
