"""The small server behind `playbook serve`: shows a built folder to this machine alone, and follows its changes.

Knows nothing of MkDocs: whoever starts it hands in what builds the folder.
"""
