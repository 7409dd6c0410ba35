"""The small server behind `playbook serve`: shows the site to its author, follows it, and writes what pages ask for.

Knows nothing of MkDocs: whoever starts it hands in what builds the folder.
"""
