"""Texts in, one array of character codes out, in the order in which browsers sort characters."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.render.search.encode import Integers
from generator.render.search.text import GAP

LOOKED_AT = 1 << 20  # characters that are looked at at a time

Codes = NDArray[np.uint16]


class Coded:
    """Texts as codes, taken in block by block, since texts take many times the room; codes are first given as characters come."""

    def __init__(self) -> None:
        self.lengths = array("q")  # of each text, with the gap behind it
        self._codes = array("H")
        self._points = np.array([ord(GAP)])  # by code; GAP is code 0
        self._code_of = np.full(0x110000, -1, np.int32)
        self._code_of[ord(GAP)] = 0

    def add(self, texts: Sequence[str]) -> None:
        """Take in the next texts, a gap after each."""
        self.lengths.extend(len(text) + 1 for text in texts)
        points = np.frombuffer((GAP.join(texts) + GAP).encode("utf-32-le"), np.uint32)
        codes = self._code_of[points]
        if codes.min() < 0:
            new = np.unique(points[codes < 0])
            self._code_of[new] = np.arange(len(self._points), len(self._points) + len(new))
            self._points = np.concatenate((self._points, new))
            codes = self._code_of[points]
        self._codes.frombytes(codes.astype(np.uint16).tobytes())

    def sorted(self) -> tuple[Integers, Codes]:
        """All characters as browsers sort them, GAP first; and the texts in codes of that order, changed where they lie."""
        alphabet = np.concatenate((self._points[:1], _as_browsers_sort(np.sort(self._points[1:]))))
        self._code_of[alphabet] = np.arange(len(alphabet))
        final = self._code_of[self._points].astype(np.uint16)
        codes: Codes = np.frombuffer(self._codes, np.uint16)
        for at in range(0, len(codes), LOOKED_AT):
            codes[at : at + LOOKED_AT] = final[codes[at : at + LOOKED_AT]]
        return alphabet, codes


def _as_browsers_sort(points: Integers) -> Integers:
    """Characters by their UTF-16 units: those beyond the first plane come before the last ones of it."""
    last = (points >= 0xE000) & (points < 0x10000)
    return points[np.argsort(points + np.where(last, 0x110000, 0))]


def first_unit(character: str) -> bytes:
    """The first UTF-16 unit of a character, as two bytes."""
    return character.encode("utf-16-be")[:2]
