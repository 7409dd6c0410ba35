"""The only room that knows Jinja2 and SVG: pages, scripts, charts. It sees views, never records."""
