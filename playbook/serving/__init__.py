"""The small server behind `playbook serve`: shows a site to its author alone, follows it, and writes what pages ask for.

Knows nothing of MkDocs: whoever starts it hands in what builds the folder.
"""
