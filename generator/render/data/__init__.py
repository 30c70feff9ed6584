"""The catalogue in, everything below ``/data/`` out: tables, documents, a database, a data package, and the official lists."""

from generator.render.data.files import files, releases, sheets

__all__ = ["files", "releases", "sheets"]
