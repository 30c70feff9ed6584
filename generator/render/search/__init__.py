"""The search in the browser: terms and their postings, shards of them, facet columns, result cards, suggestions."""

from generator.render.search.files import files

__all__ = ["files"]
