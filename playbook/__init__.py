"""A career playbook: YAML in a private git repository, in; what to do this week, out."""

__version__ = "0.1.0"
