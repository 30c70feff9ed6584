"""Needs and pairings of one day in; who asks, who paired with whom, what is booked out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from generator.model.need import OPEN, Need
from generator.model.pairing import Pairing
from generator.model.period import State

Record = TypeVar("Record", Need, Pairing)
UNDER_WAY = ("agreed", "ongoing")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Needs and pairings by id, newest first in every group."""

    needs: Mapping[str, Need]
    pairings: Mapping[str, Pairing]
    states: Mapping[str, State]
    """of every need"""
    answers: Mapping[str, list[Pairing]] = field(repr=False)
    """the pairings that stand, by need"""
    needs_of: Mapping[str, list[Need]] = field(repr=False)
    """by county"""
    pairings_of: Mapping[str, list[Pairing]] = field(repr=False)
    """by county"""
    pairings_with: Mapping[str, list[Pairing]] = field(repr=False)
    """by society"""
    pairings_for: Mapping[str, list[Pairing]] = field(repr=False)
    """by activity"""
    booked: Mapping[str, Mapping[int, int]] = field(repr=False)
    """sessions agreed, by activity and year"""
    served: Mapping[str, int] = field(repr=False)
    """pairings that stand, by county: how often somebody came or is coming"""
    carried: Mapping[str, int] = field(repr=False)
    """pairings under way, by society"""

    @classmethod
    def of(cls, needs: Iterable[Need], pairings: Iterable[Pairing], today: date) -> Exchange:
        """Sort and group the records."""
        asked = {need.id: need for need in sorted(needs, key=lambda need: (need.year, need.id), reverse=True)}
        made = {
            pairing.id: pairing
            for pairing in sorted(pairings, key=lambda one: (str(one.agreed or one.year), one.id), reverse=True)
        }
        standing = [pairing for pairing in made.values() if pairing.stands]
        answers = _grouped(standing, lambda pairing: (pairing.need,) if pairing.need in asked else ())
        return cls(
            asked,
            made,
            {need.id: need.state(today, need.id in answers) for need in asked.values()},
            answers,
            _grouped(asked.values(), lambda need: (need.county,)),
            _grouped(made.values(), lambda pairing: (pairing.county,)),
            _grouped(made.values(), lambda pairing: pairing.societies),
            _grouped(made.values(), lambda pairing: pairing.activities),
            _booked(standing),
            Counter(pairing.county for pairing in standing),
            Counter(society for one in standing if one.status in UNDER_WAY for society in one.societies),
        )

    def booked_out(self, activity: str, sessions: int) -> list[int]:
        """The years in which no session of an activity is left."""
        return [year for year, count in self.booked.get(activity, {}).items() if count >= sessions]

    @property
    def open_needs(self) -> list[Need]:
        """The needs that still wait for somebody: first of counties where nobody came yet, then by the day they end, then by id."""
        waiting = [need for need in self.needs.values() if self.states[need.id] is OPEN]
        return sorted(
            waiting, key=lambda need: (min(self.served.get(need.county, 0), 2), need.last_day or date.max, need.id)
        )


def _grouped(records: Iterable[Record], keys: Callable[[Record], Iterable[str]]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            groups[key].append(record)
    return dict(groups)


def _booked(pairings: Iterable[Pairing]) -> dict[str, Counter[int]]:
    """Dated sessions count by their day; an activity without any counts once, in the year of the pairing."""
    booked: dict[str, Counter[int]] = defaultdict(Counter)
    for pairing in pairings:
        dated = {activity for activity, _ in pairing.booked}
        for activity, session in pairing.booked:
            booked[activity][int(session.start[:4])] += 1
        for activity in pairing.activities:
            if activity not in dated:
                booked[activity][int(pairing.year)] += 1
    return dict(booked)
