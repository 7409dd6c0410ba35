"""What a link looks like inside Markdown text; knows nothing of where it leads."""

from __future__ import annotations

import re

# Possessive, because thousands of spaces after '[[' would be tried in every division, for hours.
WIKI_LINK = re.compile(r"\[\[\s*+(?:([a-z]+)/)?([^\[\]\n|]{1,120}?)\s*+(?:\|([^\[\]\n]{1,200}))?\]\]")
"""`[[id]]`, `[[kind/id]]` or `[[kind/id|shown as]]`."""
