"""Activities as columns of whole numbers: which of them pass the hard conditions, and the points of each.

Everything is prepared once; what one question costs grows with the activities that pass its hard conditions alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generator.model.activity import Activity
from generator.model.admission import Span
from generator.model.asking import Asked, words_of
from generator.model.columns.rows import Numbers, column, spread, together
from generator.model.columns.texts import Texts
from generator.model.vocabulary import Vocabulary
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


@dataclass(frozen=True)
class Columns:
    """Some activities in the order of their ids. ``standing``: points that are the same whoever asks."""

    positions: Numbers
    activities: Sequence[Activity] = field(repr=False)
    societies: Sequence[str] = field(repr=False)
    """their names"""
    spans: Sequence[Span] = field(repr=False)
    days: dict[str, Numbers]
    terms: dict[str, Terms]
    columns: dict[str, Numbers]
    named: Mapping[str, Numbers]

    @classmethod
    def of(
        cls,
        positions: Sequence[int],
        activities: Sequence[Activity],
        societies: Sequence[str],
        spans: Sequence[Span],
        vocabularies: Mapping[str, Vocabulary],
        society_numbers: Mapping[str, int],
        standing: Mapping[str, Sequence[int]],
    ) -> Columns:
        """``positions`` in the catalogue, their activities, the names of their societies, the days they can come, and ``standing`` points, alike in order."""
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
            "people": column((one.capacity and one.capacity.people) or 0 for one in activities),
            "society": column(society_numbers[one.society] for one in activities),
            **{key: np.array(points, dtype=np.int64) for key, points in standing.items()},
        }
        named: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(activities):
            for code in one.regions:
                named[code].append(row)
        return cls(
            np.array(positions, dtype=np.int64),
            activities,
            societies,
            spans,
            {
                "first": column(span.first.toordinal() for span in spans),
                "last": column(span.last.toordinal() for span in spans),
                "first_month": column(_month(span.first) for span in spans),
                "last_month": column(_month(span.last) for span in spans),
                "months": column(span.months for span in spans),
                "certain": column(span.certain for span in spans),
            },
            terms,
            columns,
            {code: np.array(rows, dtype=np.int64) for code, rows in named.items()},
        )

    @cached_property
    def texts(self) -> Texts:
        """Cut when a need first asks: a county without one compares no words."""
        offers = zip(self.activities, self.societies, strict=True)
        return Texts.of([words_of(one.title, one.summary, society) for one, society in offers])

    def naming(self, codes: Iterable[str]) -> Numbers:
        """The rows that name one of these places, each once, in order."""
        return together([self.named[code] for code in codes if code in self.named])

    def row_of(self, position: int) -> int | None:
        """The row of an activity of the catalogue, if it is here."""
        found = np.flatnonzero(self.positions == position).tolist()
        return found[0] if found else None

    def in_time(self, rows: Numbers, span: Span) -> Numbers:
        """Those that have a day in common with ``span``, as far as both say; as ``admission.meets``."""
        first = np.maximum(self.days["first"][rows], span.first.toordinal())
        last = np.minimum(self.days["last"][rows], span.last.toordinal())
        begin = np.maximum(self.days["first_month"][rows], _month(span.first))
        count = np.clip(np.minimum(self.days["last_month"][rows], _month(span.last)) - begin + 1, 0, 12)
        run = ((1 << count) - 1) << (begin % 12)
        months = (run | run >> 12) & self.days["months"][rows] & span.months
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
            "time": self.days["certain"][rows] * WEIGHTS["time"].most if asked.timed else none,
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
        groups = [
            (self.named[code], NAMED[level])
            for code, level in ((region, "region"), (county, "county"))
            if code in self.named
        ]
        points: Numbers = spread(len(self.positions), groups)[rows]
        return points


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
