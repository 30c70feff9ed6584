"""What is asked for and what is on offer in; ranked matches with the reasons for each out.

Hard conditions exclude (an offer, not cancelled, not over, reaches the county, has a day in common, capacity left);
the weights rank; equal scores stand in the order of the ids. The score is the sum of the reasons' points.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from generator.model.admission import Span, span_of
from generator.model.asking import Asked, asked_by, asked_for
from generator.model.catalog import Catalog, Standing
from generator.model.columns.activities import Columns
from generator.model.columns.rows import Numbers, best, one_row, together
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.places import NATIONAL
from generator.model.presence import Presence
from generator.model.reasons import Pair, Reason, reasons_for, visits_reason
from generator.model.weights import FAIR, FRESH, LOAD, TITLE_PAIR

DAYS_A_YEAR = 365
MOST_SHARED = 64
SUGGESTED = 6
TWO_PAIRS = 2 * TITLE_PAIR


class Match(NamedTuple):
    """An activity for what was asked. ``position``: in the catalogue."""

    position: int
    score: int
    reasons: tuple[Reason, ...]


class Scored(NamedTuple):
    """A match without its words. ``points``: by criterion, in the order of the table of weights."""

    row: int
    score: int
    points: tuple[tuple[str, int], ...]


class NeedMatch(NamedTuple):
    """A need for an activity."""

    need: Need
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Matching:
    """All offers of one day, ready to be asked for. ``full``: rows that are booked out, and in which years."""

    catalog: Catalog
    offers: Columns
    presence: Presence
    full: dict[int, set[int]]
    shared: dict[tuple[str, Span], Numbers] = field(default_factory=dict, repr=False)
    """of the last regions and spans: the rows that reach all counties of the region in time"""
    suggestions: dict[str, list[Match]] = field(default_factory=dict, repr=False)
    """by need, as they were asked for"""

    @classmethod
    def of(cls, catalog: Catalog) -> Matching:
        """Prepare the columns once."""
        offers = _columns(catalog, "offer")
        full: dict[int, set[int]] = {}
        for row, position in enumerate(offers.positions.tolist()):
            capacity = catalog.activities[position].capacity
            if capacity is not None and capacity.sessions is not None:
                for year in catalog.exchange.booked_out(catalog.activities[position].id, capacity.sessions):
                    full.setdefault(row, set()).add(year)
        return cls(catalog, offers, Presence.of(catalog), full)

    @cached_property
    def past(self) -> Columns:
        """往年活动, laid out when they are first asked for."""
        return _columns(self.catalog, "past")

    def candidates(self, asked: Asked) -> Numbers:
        """The rows of the offers that pass every hard condition."""
        key = self.catalog.known.places.region_of(asked.county), asked.span
        rows = self.shared.get(key)
        if rows is None:
            if len(self.shared) >= MOST_SHARED:
                self.shared.clear()
            rows = self.shared[key] = self.offers.in_time(self.offers.naming((NATIONAL, key[0])), asked.span)
        if asked.county in self.offers.named:
            rows = together([rows, self.offers.in_time(self.offers.naming([asked.county]), asked.span)])
        if self.full:
            rows = rows[[row not in self.full or not self._is_full(row, asked.span) for row in rows.tolist()]]
        return rows

    def _is_full(self, row: int, span: Span) -> bool:
        """Whether an offer is booked out in every year that it could come in."""
        years = self.full[row]
        own = self.offers.spans[row]
        first, last = max(own.first, span.first).year, min(own.last, span.last).year
        return all(year in years for year in range(first, min(last, first + len(years)) + 1))

    def ranked(self, asked: Asked, most: int | None = None) -> list[Match]:
        """The offers for what is asked, the best first."""
        return self._ranked(self.offers, asked, self.candidates(asked), most)

    def scored(self, asked: Asked, most: int) -> list[Scored]:
        """As ``ranked``, without the words: for those who say the same to many."""
        return self._scored(self.offers, asked, self.candidates(asked), most)

    def told(self, asked: Asked, one: Scored, columns: Columns | None = None) -> Match:
        """A match with its reasons in words."""
        columns = columns or self.offers
        pair = Pair(self.catalog, asked, columns.activities[one.row], columns.spans[one.row])
        return Match(int(columns.positions[one.row]), one.score, reasons_for(pair, dict(one.points)))

    def for_need(self, need: Need, most: int | None = None, month: str = "") -> list[Match]:
        """The offers for a need."""
        return self.ranked(asked_by(need, self.catalog.today, month), most)

    def for_county(self, county: str, most: int | None = None, month: str = "") -> list[Match]:
        """What fits a county that has not said what it needs."""
        return self.ranked(asked_for(county, self.catalog.today, month), most)

    def suggested(self, need: Need) -> list[Match]:
        """The first few of ``for_need`` that are about the same thing: kept, since many pages show them."""
        found = self.suggestions.get(need.id)
        if found is None:
            likely = self.for_need(need, 4 * SUGGESTED)
            found = self.suggestions[need.id] = [match for match in likely if is_fitting(match.reasons)][:SUGGESTED]
        return found

    def fields_reaching(self, need: Need) -> set[str]:
        """The fields of the offers that pass every hard condition for a need."""
        rows = self.candidates(asked_by(need, self.catalog.today))
        positions = self.offers.positions[rows].tolist()
        return {field for at in positions for field in self.catalog.activities[at].fields}

    def before(self, asked: Asked, most: int) -> list[Match]:
        """往年活动 that named places of the county's region: what happened there, nothing that can come.

        For a need the likest come first; for a county its own, then those of its neighbours, then the region's.
        """
        asked = replace(asked, timed=False)
        places = self.catalog.known.places
        region = places.region_of(asked.county)
        inside = [code for code in self.past.named if code != NATIONAL and places.region_of(code) == region]
        if asked.fields:
            return self._ranked(self.past, asked, self.past.naming(inside), most)
        found: dict[int, Match] = {}
        for codes in ((asked.county,), places.neighbours(asked.county), inside):
            for match in self._ranked(self.past, asked, self.past.naming(codes), most):
                found.setdefault(match.position, match)
        return list(found.values())[:most]

    def needs_for(self, position: int, most: int | None = None) -> list[NeedMatch]:
        """The open needs an activity could answer, those of counties that nobody came to first."""
        row = self.offers.row_of(position)
        found: list[NeedMatch] = []
        for need in self.catalog.exchange.open_needs if row is not None else ():
            asked = asked_by(need, self.catalog.today)
            rows = one_row(self.candidates(asked), row)
            for match in self._ranked(self.offers, asked, rows, 1):
                if is_fitting(match.reasons):
                    visits = self.catalog.exchange.served.get(need.county, 0)
                    fair = visits_reason(visits, FAIR * (2 - min(visits, 2)) // 2)
                    reasons = (*([fair] if fair.points else []), *match.reasons)
                    found.append(NeedMatch(need, match.score + fair.points, reasons))
        return sorted(found, key=lambda one: (-one.score, one.need.id))[:most]

    def could_join(self, pairing: Pairing, most: int) -> list[Match]:
        """Societies of the same field that could join a pairing, each by the offer of theirs that fits best."""
        need = self.catalog.exchange.needs.get(pairing.need)
        asked = asked_by(need, self.catalog.today) if need else self._asked_like(pairing)
        if not asked.fields:
            return []
        taken = set(pairing.societies)
        found: list[Match] = []
        for match in self.ranked(asked):
            society = self.catalog.activities[match.position].society
            if society not in taken and any(reason.key == "field" for reason in match.reasons):
                taken.add(society)
                found.append(match)
                if len(found) == most:
                    break
        return found

    def _asked_like(self, pairing: Pairing) -> Asked:
        """What a pairing's own activities are about, as a question."""
        alike = [one for one in self.catalog.activities if one.id in pairing.activities]
        plain = asked_for(pairing.county, self.catalog.today)
        return Asked(
            plain.county,
            plain.span,
            False,
            tuple(dict.fromkeys(id for one in alike for id in one.fields)),
            tuple(dict.fromkeys(id for one in alike for id in one.audiences)),
        )

    def _ranked(self, columns: Columns, asked: Asked, rows: Numbers, most: int | None) -> list[Match]:
        return [self.told(asked, one, columns) for one in self._scored(columns, asked, rows, most)]

    def _scored(self, columns: Columns, asked: Asked, rows: Numbers, most: int | None) -> list[Scored]:
        near, been = self.presence.levels(asked.county)
        points = columns.points(asked, rows, near, been, self.catalog.known.places.region_of(asked.county))
        chosen = list(best(points, len(rows), most))
        at = [number for number, _ in chosen]
        given = {key: column[at].tolist() for key, column in points.items()}
        return [
            Scored(row, score, tuple((key, of[number]) for key, of in given.items() if of[number]))
            for number, (row, (_, score)) in enumerate(zip(rows[at].tolist(), chosen, strict=True))
        ]


def is_fitting(reasons: tuple[Reason, ...]) -> bool:
    """Whether a match is about the same thing as the need: it shares the field, or two words of the title."""
    return any(reason.key == "field" or (reason.key == "title" and reason.points >= TWO_PAIRS) for reason in reasons)


def _span(catalog: Catalog, position: int) -> Span:
    activity = catalog.activities[position]
    call = catalog.calls.get(activity.call)
    return span_of(activity.period, call.window.end if call else None)


def standing_points(catalog: Catalog, position: int) -> dict[str, int]:
    """The points of an activity that are the same whoever asks: how little its society carries, how fresh it is."""
    activity = catalog.activities[position]
    carried = catalog.exchange.carried.get(activity.society, 0)
    return {
        "load": LOAD[carried] if carried < len(LOAD) else 0,
        "fresh": _fresh(activity.filed, _span(catalog, position).first, catalog.today),
    }


def _columns(catalog: Catalog, of: Standing) -> Columns:
    """The columns of one standing, in the order of the ids."""
    positions = [at for at, one in enumerate(catalog.standings) if one == of]
    positions.sort(key=lambda at: catalog.activities[at].id)
    activities = [catalog.activities[at] for at in positions]
    spans = [_span(catalog, at) for at in positions]
    standing = [standing_points(catalog, at) for at in positions]
    return Columns.of(
        positions,
        activities,
        [catalog.societies[one.society].name for one in activities],
        spans,
        catalog.known.vocabularies,
        {id: number for number, id in enumerate(catalog.societies)},
        {key: [one[key] for one in standing] for key in ("load", "fresh")},
    )


def _fresh(filed: date | None, first: date, today: date) -> int:
    """By the day it was filed, else by the day it begins: what begins later is as fresh as can be."""
    age = max(0, (today - (filed or first)).days) // DAYS_A_YEAR
    return FRESH[age] if age < len(FRESH) else 0
