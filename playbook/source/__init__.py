"""Finds the files, reads one YAML text into plain data with the position of every value, and changes values in place.

Knows nothing of goals or people: what a key may mean is the records' business.
"""
