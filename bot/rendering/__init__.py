"""Wording to text. The only importer of jinja2."""
