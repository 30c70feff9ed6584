"""Activities as columns of whole numbers: which of them pass the hard conditions, and the points of each. The only door to numpy.

Everything is prepared once; what one question costs grows with the activities that pass its hard conditions alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from generator.model.activity import Activity
from generator.model.admission import Span
from generator.model.asking import Asked
from generator.model.vocabulary import Vocabulary, fold
from generator.model.weights import (
    ANY_AUDIENCE,
    ANY_FORM,
    FIRST_FIELD,
    NAMED,
    PUBLIC_AUDIENCE,
    TEXT_ENOUGH,
    TITLE_PAIR,
    WEIGHTS,
)

Numbers = NDArray[np.int64]
_BLOCK = 2000  # activities whose pairs of characters are sorted together
_TABLE = 0x10000  # characters above it stand for none
_COUNTS = np.array([0, 1, 1 << 32])  # a pair of the wanted title, of the wanted text: both counts in one number


@dataclass(frozen=True, slots=True)
class Terms:
    """A vocabulary's terms as bits."""

    bits: Mapping[str, int]

    def column(self, rows: Iterable[Iterable[str]]) -> Numbers:
        """A number a row: the sum of its terms' bits."""
        return np.array([sum({self.bits[id] for id in ids if id}) for ids in rows], dtype=np.int64)

    def shared(self, column: Numbers, wanted: Sequence[str]) -> Numbers:
        """How many of the wanted terms each row has."""
        found = np.zeros(len(column), dtype=np.int64)
        for id in wanted:
            found += (column & self.bits[id]) != 0
        return found


@dataclass(frozen=True, slots=True)
class Texts:
    """The different pairs of neighbouring characters of each activity's title and summary, as numbers, one after the other."""

    numbers: Numbers  # of a character; 0 for one that is in no text
    size: int  # one more than there are numbers
    pairs: NDArray[np.int32]
    begins: Numbers
    seen: NDArray[np.uint8]  # a table to mark the wanted pairs in, all zero between two questions

    @classmethod
    def of(cls, activities: Sequence[Activity]) -> Texts:
        """Fold, cut and sort all texts, some thousand at a time."""
        texts = [_codes(f"{fold(one.title)}\n{fold(one.summary)}\n") for one in activities]
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
            number = numbers[np.concatenate(block)]
            within = row[:-1] == row[1:]
            keys = _different(row[:-1][within] * (size * size) + number[:-1][within] * size + number[1:][within])
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


def _different(numbers: Numbers) -> Numbers:
    """Each number once, sorted; numpy's own unique hashes, which is ten times slower on these."""
    numbers.sort()
    keep = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=keep[1:])
    chosen: Numbers = numbers[keep]
    return chosen


def _codes(text: str) -> Numbers:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    return np.where(codes < _TABLE, codes, 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Some activities in the order of their ids. ``standing``: points that are the same whoever asks."""

    positions: Numbers
    spans: dict[str, Numbers]
    terms: dict[str, Terms]
    columns: dict[str, Numbers]
    named: Mapping[str, Numbers]
    texts: Texts = field(repr=False)

    @classmethod
    def of(
        cls,
        positions: Sequence[int],
        activities: Sequence[Activity],
        spans: Sequence[Span],
        vocabularies: Mapping[str, Vocabulary],
        society_numbers: Mapping[str, int],
        standing: Mapping[str, Sequence[int]],
    ) -> Columns:
        """``positions`` in the catalogue, their activities, the days they can come, and ``standing`` points, alike in order."""
        terms = {
            name: Terms({id: 1 << number for number, id in enumerate(vocabularies[name].terms)})
            for name in ("fields", "audiences", "forms", "kinds", "modes")
        }
        columns = {
            "fields": terms["fields"].column(one.fields for one in activities),
            "audiences": terms["audiences"].column(one.audiences for one in activities),
            "forms": terms["forms"].column(one.forms for one in activities),
            "kinds": terms["kinds"].column((one.kind,) for one in activities),
            "modes": terms["modes"].column((one.mode,) for one in activities),
            "people": _column((one.capacity and one.capacity.people) or 0 for one in activities),
            "society": _column(society_numbers[one.society] for one in activities),
            **{key: np.array(points, dtype=np.int64) for key, points in standing.items()},
        }
        named: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(activities):
            for code in one.regions:
                named[code].append(row)
        return cls(
            np.array(positions, dtype=np.int64),
            {
                "first": _column(span.first.toordinal() for span in spans),
                "last": _column(span.last.toordinal() for span in spans),
                "first_month": _column(_month(span.first) for span in spans),
                "last_month": _column(_month(span.last) for span in spans),
                "months": _column(span.months for span in spans),
                "certain": _column(span.certain for span in spans),
            },
            terms,
            columns,
            {code: np.array(rows, dtype=np.int64) for code, rows in named.items()},
            Texts.of(activities),
        )

    def naming(self, codes: Iterable[str]) -> Numbers:
        """The rows that name one of these places, each once, in order."""
        found = [self.named[code] for code in codes if code in self.named]
        if len(found) > 1:
            return _different(np.concatenate(found))
        return found[0] if found else np.zeros(0, dtype=np.int64)

    def row_of(self, position: int) -> int | None:
        """The row of an activity of the catalogue, if it is here."""
        found = np.flatnonzero(self.positions == position).tolist()
        return found[0] if found else None

    def in_time(self, rows: Numbers, span: Span) -> Numbers:
        """Those that have a day in common with ``span``, as far as both say; as ``admission.meets``."""
        first = np.maximum(self.spans["first"][rows], span.first.toordinal())
        last = np.minimum(self.spans["last"][rows], span.last.toordinal())
        begin = np.maximum(self.spans["first_month"][rows], _month(span.first))
        count = np.clip(np.minimum(self.spans["last_month"][rows], _month(span.last)) - begin + 1, 0, 12)
        run = ((1 << count) - 1) << (begin % 12)
        months = (run | run >> 12) & self.spans["months"][rows] & span.months
        passing: Numbers = rows[(first <= last) & (months != 0)]
        return passing

    def points(self, asked: Asked, rows: Numbers, near: Numbers, been: Numbers, region: str) -> dict[str, Numbers]:
        """The points of each row by criterion. ``near``, ``been``: the points of each society for this county."""
        none = np.zeros(len(rows), dtype=np.int64)
        society = self.columns["society"][rows]
        given = {
            "near": near[society],
            "been": been[society],
            "named": self._named(asked.county, region, rows),
            "load": self.columns["load"][rows],
            "fresh": self.columns["fresh"][rows],
            "time": self.spans["certain"][rows] * WEIGHTS["time"].most if asked.timed else none,
        }
        if asked.fields:
            given["field"] = self._field(asked.fields, rows)
        if asked.audiences:
            given["audience"] = self._audience(asked.audiences, rows)
        if asked.forms:
            shared = self.terms["forms"].shared(self.columns["forms"][rows], asked.forms)
            most = WEIGHTS["form"].most
            given["form"] = (shared > 0) * ANY_FORM + (most - ANY_FORM) * shared // len(asked.forms)
        if asked.kind:
            given["kind"] = self._has("kinds", rows, asked.kind) * WEIGHTS["kind"].most
        if asked.mode:
            fits = self._has("modes", rows, asked.mode) | self._has("modes", rows, "both") | (asked.mode == "both")
            given["mode"] = fits * WEIGHTS["mode"].most
        if asked.people:
            given["size"] = (self.columns["people"][rows] >= asked.people) * WEIGHTS["size"].most
        if asked.title or asked.text:
            title, text = self.texts.shared(rows, asked.title, asked.text)
            given["title"] = np.minimum(title * TITLE_PAIR, WEIGHTS["title"].most)
            total = len(asked.text) or 1
            given["text"] = WEIGHTS["text"].most * np.minimum(total, TEXT_ENOUGH * text) // total
        return {key: given[key] for key in WEIGHTS if key in given}

    def _has(self, vocabulary: str, rows: Numbers, id: str) -> NDArray[np.bool_]:
        has: NDArray[np.bool_] = (self.columns[vocabulary][rows] & self.terms[vocabulary].bits[id]) != 0
        return has

    def _field(self, wanted: Sequence[str], rows: Numbers) -> Numbers:
        most = WEIGHTS["field"].most
        first = self._has("fields", rows, wanted[0])
        if len(wanted) == 1:
            return first * most
        others = self.terms["fields"].shared(self.columns["fields"][rows], wanted[1:])
        return first * FIRST_FIELD + (most - FIRST_FIELD) * others // (len(wanted) - 1)

    def _audience(self, wanted: Sequence[str], rows: Numbers) -> Numbers:
        most = WEIGHTS["audience"].most
        shared = self.terms["audiences"].shared(self.columns["audiences"][rows], wanted)
        own = (shared > 0) * ANY_AUDIENCE + (most - ANY_AUDIENCE) * shared // len(wanted)
        given: Numbers = np.maximum(own, self._has("audiences", rows, "public") * PUBLIC_AUDIENCE)
        return given

    def _named(self, county: str, region: str, rows: Numbers) -> Numbers:
        found = np.zeros(len(rows), dtype=np.int64)
        for code, points in ((region, NAMED["region"]), (county, NAMED["county"])):
            if code in self.named:
                found[np.isin(rows, self.named[code], assume_unique=True)] = points
        return found


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def best(points: Mapping[str, Numbers], count: int, most: int | None) -> Iterator[tuple[int, int]]:
    """Which of ``count`` rows have the highest sums of points, at most ``most``, and their sums; of equal ones the earlier."""
    score = sum(points.values(), np.zeros(count, dtype=np.int64))
    order = np.arange(count) - score * (
        count + 1
    )  # different for each row, so sorting a part is as good as sorting all
    if most is not None and most < count:
        chosen = np.argpartition(order, most)[:most]
        chosen = chosen[np.argsort(order[chosen])]
    else:
        chosen = np.argsort(order)
    yield from zip(chosen.tolist(), score[chosen].tolist(), strict=True)


def spread(count: int, groups: Iterable[tuple[Sequence[int], int]]) -> Numbers:
    """A number for each of ``count``: that of the last group it is in, else 0."""
    numbers = np.zeros(count, dtype=np.int64)
    for members, value in groups:
        numbers[members] = value
    return numbers


def one_row(rows: Numbers, row: int | None) -> Numbers:
    """Those of ``rows`` that are ``row``: one or none."""
    chosen: Numbers = rows[rows == row]
    return chosen
