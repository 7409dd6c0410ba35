"""Finds the files and reads one YAML text into plain data with the position of every key and value.

Knows nothing of goals or people: what a key may mean is the records' business.
"""
