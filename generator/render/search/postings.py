"""Texts in, the postings of every term out: which records hold it, in which field, how often and, in names, where.

All texts lie end to end in one array of character codes. Terms are worked through in ranges of their first character, so memory is
bounded by the widest range, and each range can be worked on by another process.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.render.search.coded import LOOKED_AT, Coded, Codes, first_unit
from generator.render.search.encode import Integers, letters
from generator.render.search.text import FIELDS, MOST_SINGLES, WORD, is_letter

_RECORD_BITS, _PLACE_BITS, _FIELD_BITS, _CODE_BITS = 20, 9, 3, 16
_FIELD_AT = _RECORD_BITS + _PLACE_BITS
_SECOND_AT = _FIELD_AT + _FIELD_BITS
_LAST_PLACE = (1 << _PLACE_BITS) - 1
_SIGNS, _SIGN_STEP = (
    91_121,
    31_337,
)  # two primes; the browser has them, too. Among names of one shape two thousand are too few
_BLOCK = 4_096  # texts that are decoded at a time

Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]


class Term(NamedTuple):
    """A term and its encoded postings."""

    term: str
    data: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts as character codes. ``numbers``: of the records, then of the terms, each ascending, which is also the order of the texts."""

    numbers: Integers
    codes: Codes
    starts: Integers
    alphabet: tuple[str, ...]
    words: tuple[str, ...]
    word_units: tuple[NDArray[np.int64], ...]
    letters: Flags

    @classmethod
    def of(cls, numbers: Sequence[int], texts: Iterable[str], terms: Sequence[tuple[int, int, str]] = ()) -> Corpus:
        """``texts``: one for each field of each record, records in ascending order of their numbers.

        ``terms``: what fields hold by term: number, place of the field and text of each term, in ascending order of numbers. They are
        taken in as if they were records that have nothing else.
        """
        if len(numbers) + len(terms) >= 1 << _RECORD_BITS:
            raise ValueError(f"the search holds at most {1 << _RECORD_BITS} records")
        empty = [""] * len(FIELDS)
        own = ([*empty[:field], text, *empty[field + 1 :]] for _, field, text in terms)
        found = Coded()
        words: dict[str, array[int]] = {}
        units = chain(texts, chain.from_iterable(own))
        while block := list(islice(units, _BLOCK)):
            for unit, text in enumerate(block, len(found.lengths)):
                for word in WORD.findall(text):
                    words.setdefault(word, array("q")).append(unit)
            found.add(block)
        alphabet, codes = found.sorted()
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.frombuffer(found.lengths, np.int64))))
        room = (1 << _CODE_BITS) - len(alphabet)
        chosen = sorted(words)[:room]  # pairs find the others, too
        characters = tuple(map(chr, alphabet.tolist()))
        return cls(
            np.asarray([*numbers, *(number for number, _, _ in terms)], np.int64),
            codes,
            starts,
            characters,
            tuple(chosen),
            tuple(np.frombuffer(words[word], np.int64) for word in chosen),
            np.fromiter((is_letter(character) for character in characters), np.bool_, len(characters)),
        )

    def ranges(self, most: int) -> Iterator[tuple[int, int]]:
        """Ranges of first characters with about ``most`` occurrences each; GAP is left out. None ends within a UTF-16 unit."""
        counts = np.zeros(len(self.alphabet), np.int64)
        for at in range(0, len(self.codes), LOOKED_AT):
            counts += np.bincount(self.codes[at : at + LOOKED_AT], minlength=len(counts))
        low, held = 1, 0
        for code in range(1, len(counts)):
            if (
                held
                and held + counts[code] > most
                and first_unit(self.alphabet[code]) != first_unit(self.alphabet[code - 1])
            ):
                yield low, code
                low, held = code, 0
            held += int(counts[code])
        if low < len(counts):
            yield low, len(counts)

    def terms(self, low: int, high: int, *, capped: bool = True) -> list[Term]:
        """The terms whose first character is in a range, in the order of their UTF-16 text, as the browser compares."""
        keys = np.concatenate((*self._pairs_and_singles(low, high), self._word_keys(low, high)))
        keys.sort()
        if not len(keys):
            return []
        found = [Term(self._text(code), data) for code, data in _encoded(self, keys, capped)]
        return sorted(found, key=lambda term: term.term.encode("utf-16-be"))

    def signs(self, keys: Keys) -> Integers:
        """The two characters behind each pair, as a number; 0 where the name ends before.

        So one pair vouches for four characters, and half as many shards tell which names hold a long word.
        """
        place = _bits(keys, 0, _PLACE_BITS)
        unit = _bits(keys, _PLACE_BITS, _RECORD_BITS) * len(FIELDS) + _bits(keys, _FIELD_AT, _FIELD_BITS)
        points = np.fromiter(map(ord, self.alphabet), np.int64, len(self.alphabet))
        at = self.starts[unit] + place
        third, fourth = (self.codes[np.minimum(at + step, len(self.codes) - 1)] for step in (2, 3))
        signs = 1 + (points[third] * _SIGN_STEP + points[fourth]) % _SIGNS
        return np.where((third == 0) | (fourth == 0) | (place == _LAST_PLACE), 0, signs)

    def _text(self, code: int) -> str:
        first, second = code >> _CODE_BITS, code & 0xFFFF
        if second >= len(self.alphabet):
            return self.words[second - len(self.alphabet)]
        return self.alphabet[first] + (self.alphabet[second] if second else "")

    def _pairs_and_singles(self, low: int, high: int) -> tuple[Keys, Keys]:
        space = self.alphabet.index(" ") if " " in self.alphabet else -1
        at = self._places(low, high)
        unit = np.searchsorted(self.starts, at, side="right") - 1
        field = unit % len(FIELDS)
        first, second = self.codes[at], self.codes[at + 1]
        spaced = (first == space) | (second == space)
        wanted = (second != 0) & (_is(field, "is_name") | ~spaced)
        wanted &= ~_is(field, "letters") | (self.letters[first] & self.letters[second])
        place = np.where(_is(field, "is_name"), np.minimum(at - self.starts[unit], _LAST_PLACE), 0)
        alone = _is(field, "singles") & (first != space)
        return (
            _keys(first[wanted], second[wanted], unit[wanted], place[wanted]),
            _keys(
                first[alone], np.zeros(int(alone.sum()), np.uint16), unit[alone], np.zeros(int(alone.sum()), np.int64)
            ),
        )

    def _places(self, low: int, high: int) -> Integers:
        """Where the characters of a range stand; looked for in blocks, since each look makes arrays as long as what it looks at."""
        found = [np.zeros(0, np.int64)]
        for start in range(0, len(self.codes), LOOKED_AT):
            block = self.codes[start : start + LOOKED_AT]
            found.append(np.flatnonzero((block >= low) & (block < high)) + start)
        return np.concatenate(found)

    def _word_keys(self, low: int, high: int) -> Keys:
        code_of = {character: code for code, character in enumerate(self.alphabet)}
        keys = [np.zeros(0, np.uint64)]
        for number, (word, units) in enumerate(zip(self.words, self.word_units, strict=True)):
            if low <= (first := code_of[word[0]]) < high:
                firsts = np.full(len(units), first, np.uint16)
                seconds = np.full(len(units), len(self.alphabet) + number, np.uint16)
                keys.append(_keys(firsts, seconds, units, np.zeros(len(units), np.int64)))
        return np.concatenate(keys)


def _is(field: Integers, flag: str) -> Flags:
    return np.array([getattr(line, flag) for line in FIELDS], np.bool_)[field]


def _keys(first: Codes, second: Codes, unit: Integers, place: Integers) -> Keys:
    """One sortable number an occurrence: first, second, field, record, place."""
    record, field = np.divmod(unit, len(FIELDS))
    codes: Keys = (first.astype(np.uint64) << np.uint64(_CODE_BITS)) | second.astype(np.uint64)
    rest: Keys = ((field << _FIELD_AT) | (record << _PLACE_BITS) | place).astype(np.uint64)
    return (codes << np.uint64(_SECOND_AT)) | rest


def _encoded(corpus: Corpus, keys: Keys, capped: bool) -> Iterator[tuple[int, str]]:
    """Each term's two codes and its postings as text.

    Of a term: the length of what follows; its fields as bits; then for each field the number of its records (times four, plus two where not all are kept, plus one
    where some hold the term more than once), then where that says so the number kept; then of every record the distance of its number
    from the one before (of fields that hold terms, these for records); then, where the head says so, how often each holds the term; then, of pairs in names, all places,
    each as the distance from the one before in the same record; then the sign of each place.
    """
    at = np.flatnonzero(_new(keys >> np.uint64(_PLACE_BITS)))
    times = np.diff(np.append(at, len(keys)))
    group = np.flatnonzero(_new(keys[at] >> np.uint64(_FIELD_AT)))  # one field of one term
    full = np.diff(np.append(group, len(at)))
    if capped:
        kept = _kept(keys[at[group]], group, full, times)
        if not kept.all():
            keys = keys[np.repeat(kept, times)]
            at, times = np.flatnonzero(_new(keys >> np.uint64(_PLACE_BITS))), times[kept]
            group = np.flatnonzero(_new(keys[at] >> np.uint64(_FIELD_AT)))
    held = np.diff(np.append(group, len(at)))
    heads = keys[at[group]]
    term = np.flatnonzero(_new(heads >> np.uint64(_SECOND_AT)))
    field = _bits(heads, _FIELD_AT, _FIELD_BITS)
    second = _bits(heads, _SECOND_AT, _CODE_BITS)
    occurrences = np.add.reduceat(times, group)
    named = _is(field, "is_name") & (second > 0) & (second < len(corpus.alphabet))
    several = (occurrences > held).astype(np.int64)
    cut = (full != held).astype(np.int64)

    before = 1 + cut  # what stands before a field's records
    before[term] += 1
    size = before + held * (1 + several) + 2 * occurrences * named
    begin = np.cumsum(size) - size
    body = begin + before
    out = np.zeros(int(size.sum()), np.int64)
    out[begin[term]] = np.bitwise_or.reduceat(1 << field, term)
    out[body - 1 - cut] = (full << 2) | (cut << 1) | several
    out[(body - 1)[cut > 0]] = held[cut > 0]
    spot = np.repeat(body - group, held) + np.arange(len(at))
    out[spot] = _distances(corpus.numbers[_bits(keys[at], _PLACE_BITS, _RECORD_BITS)], group)
    often = np.repeat(several, held) > 0
    out[(spot + np.repeat(held, held))[often]] = times[often]
    placed = np.repeat(named, occurrences)
    spot = np.repeat(body + held * (1 + several) - at[group], occurrences) + np.arange(len(keys))
    out[spot[placed]] = _distances(_bits(keys, 0, _PLACE_BITS), at)[placed]
    out[(spot + np.repeat(occurrences, occurrences))[placed]] = corpus.signs(keys[placed])

    text, starts = letters(out)
    bounds = [*starts[begin[term]].tolist(), len(text)]
    codes = (heads[term] >> np.uint64(_SECOND_AT)).tolist()
    sizes, at = letters(np.diff(bounds))
    for code, (low, high), (left, right) in zip(
        codes, pairwise(bounds), pairwise([*at.tolist(), len(sizes)]), strict=True
    ):
        yield code, sizes[left:right] + text[low:high]


def _bits(keys: Keys, low: int, width: int) -> Integers:
    return ((keys >> np.uint64(low)) & np.uint64((1 << width) - 1)).astype(np.int64)


def _new(values: Keys) -> Flags:
    """Where a value differs from the one before."""
    new = np.ones(len(values), np.bool_)
    new[1:] = values[1:] != values[:-1]
    return new


def _distances(values: Integers, firsts: Integers) -> Integers:
    """Each value less the one before; the first of each group as it is."""
    distances = np.diff(values, prepend=0)
    distances[firsts] = values[firsts]
    return distances


def _kept(heads: Keys, group: Integers, sizes: Integers, times: Integers) -> Flags:
    """Which postings are kept where a field has more than its most: those with the term most often, then the lowest numbers."""
    field = _bits(heads, _FIELD_AT, _FIELD_BITS)
    single = _bits(heads, _SECOND_AT, _CODE_BITS) == 0
    most = np.where(single, MOST_SINGLES, np.array([line.most for line in FIELDS])[field])
    kept = np.ones(len(times), np.bool_)
    for wide in np.flatnonzero(sizes > most):
        low, high = int(group[wide]), int(group[wide] + sizes[wide])
        order = np.argsort(-times[low:high], kind="stable")
        kept[low + order[int(most[wide]) :]] = False
    return kept
