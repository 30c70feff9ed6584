"""Texts in, how many pairs of neighbouring characters they share with what is asked for out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.model.asking import ALONE
from generator.model.columns.rows import Numbers, different
from generator.model.vocabulary import fold

_BLOCK = 2000  # activities whose pairs of characters are sorted together
_TABLE = 0x10000  # characters above it stand for none
_COUNTS = np.array([0, 1, 1 << 32])  # a pair of the wanted title, of the wanted text: both counts in one number


@dataclass(frozen=True, slots=True)
class Texts:
    """The different pairs of neighbouring characters of each text, as numbers, one after the other."""

    numbers: Numbers  # of a character; 0 for one that is in no text
    size: int  # one more than there are numbers
    pairs: NDArray[np.int32]
    begins: Numbers
    seen: NDArray[np.uint8]  # a table to mark the wanted pairs in, all zero between two questions

    @classmethod
    def of(cls, written: Sequence[str]) -> Texts:
        """Fold, cut and sort all texts, some thousand at a time."""
        texts = [_codes("".join(f"{fold(line)}\n" for line in text.splitlines())) for text in written]
        alone = np.zeros(_TABLE, dtype=np.bool_)
        alone[[ord(character) for character in ALONE]] = True
        numbers = np.zeros(_TABLE, dtype=np.int64)
        for text in texts:
            numbers[text] = 1
        present = np.flatnonzero(numbers)
        numbers[present] = np.arange(1, len(present) + 1)
        size = len(present) + 1
        parts, lengths = [], []
        for at in range(0, len(texts), _BLOCK):
            block = texts[at : at + _BLOCK]
            row = np.repeat(np.arange(len(block)), [len(text) for text in block])
            codes = np.concatenate(block)
            number, single = numbers[codes], alone[codes]
            within = row[:-1] == row[1:]
            found = row[:-1][within] * (size * size) + number[:-1][within] * size + number[1:][within]
            doubled = row[single] * (size * size) + number[single] * (size + 1)
            keys = different(np.concatenate([found, doubled]))
            parts.append((keys % (size * size)).astype(np.int32))
            lengths.append(np.bincount(keys // (size * size), minlength=len(block)))
        begins = np.concatenate([np.zeros(1, dtype=np.int64), *lengths]).cumsum()
        pairs = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
        return cls(numbers, size, pairs, begins, np.zeros(size * size, dtype=np.uint8))

    def shared(self, rows: Numbers, title: Sequence[str], text: Sequence[str]) -> tuple[Numbers, Numbers]:
        """How many pairs of the wanted title and of the wanted text each row has."""
        marks = (self._pairs(title), self._pairs(text))
        for number, wanted in enumerate(marks, start=1):
            self.seen[wanted] = number
        begins, lengths = self.begins[rows], self.begins[rows + 1] - self.begins[rows]
        ends = lengths.cumsum()
        inside = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + lengths, lengths)
        sums = np.concatenate([np.zeros(1, dtype=np.int64), _COUNTS[self.seen[self.pairs[inside]]].cumsum()])
        found = sums[ends] - sums[ends - lengths]
        for wanted in marks:
            self.seen[wanted] = 0
        return found & 0xFFFF, found >> 32

    def _pairs(self, wanted: Sequence[str]) -> Numbers:
        codes = _codes("".join(wanted))
        first, second = self.numbers[codes[0::2]], self.numbers[codes[1::2]]
        known = (first > 0) & (second > 0)
        return first[known] * self.size + second[known]


def _codes(text: str) -> Numbers:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    return np.where(codes < _TABLE, codes, 0)
