"""What a renderer yields: an address, and the bytes for it when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class OutputFile(NamedTuple):
    """``path``: relative to the site's root, with ``/``. ``make``: gives the bytes; called once, in whichever process writes.

    ``heavy``: takes as long as a hundred pages, or starts threads; such files are begun first, each by itself, and need no more memory
    than one at a time.
    """

    path: str
    make: Callable[[], bytes]
    heavy: bool = False

    @classmethod
    def of(cls, path: str, data: bytes) -> OutputFile:
        """A file whose bytes are there already."""
        return cls(path, lambda: data)
