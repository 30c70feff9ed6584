"""Cards in, one run of bytes out: whoever shows a card names it, and its bytes are put in when a page is joined.

A card stands in a dozen pages. Kept as one run of bytes it is encoded once, and the processes that write share it: they would
copy every object they so much as look at.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

MARK = "\x03"  # stands before and after the positions of cards; like ROOT, no contributor can write it


class Cards:
    """The cards of all activities, by position."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])
        self._group = lru_cache(maxsize=500)(self._joined)  # pages of one region or society show the same

    def fill(self, cards: Iterable[str]) -> None:
        """Take the cards of all positions, from the first."""
        for card in cards:
            self._data += card.encode()
            self._ends.append(len(self._data))

    def named(self, positions: Iterable[int]) -> Markup:
        """Markup that stands for some cards, one after the other; empty where there are none."""
        names = ",".join(map(str, positions))
        return Markup(f"{MARK}{names}{MARK}") if names else Markup("")  # noqa: S704 - digits and commas

    def put_in(self, markup: str) -> bytes:
        """Markup with all the cards that are named in it."""
        pieces = markup.split(MARK)
        made = [pieces[0].encode()]
        for names, text in zip(pieces[1::2], pieces[2::2], strict=True):
            made += self._group(names), text.encode()
        return b"".join(made)

    def _joined(self, names: str) -> bytes:
        data, ends = memoryview(self._data), self._ends
        return b"\n".join([data[ends[position] : ends[position + 1]] for position in map(int, names.split(","))])
