"""Puts sheets on paper: as PDF through Typst, as a web page to print from the browser, as Markdown."""
