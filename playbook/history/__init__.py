"""Reads git, never writes; runs only commands that execute nothing from a repository's own configuration."""
