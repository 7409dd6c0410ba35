"""Hands a `Site` to MkDocs: the only package that imports it."""
