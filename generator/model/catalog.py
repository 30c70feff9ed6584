"""All records of one day, sorted once: columns to choose, group and count by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.exchange import Exchange
from generator.model.memory import Event, Memory, events_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.period import ENDED, State
from generator.model.places import NATIONAL, Places
from generator.model.reader import Known
from generator.model.society import Society
from generator.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

Standing = Literal["offer", "running", "past"]
"""offer: a submission that can be invited; running: a public report of what still goes on; past: 往年活动."""

RELATED = 3


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to choose among activities. ``terms``: the ids of one activity."""

    key: str
    label: str
    terms: Callable[[Activity], tuple[str, ...]]


def facets(places: Places) -> tuple[Facet, ...]:
    """All facets of the lists, in the order people choose by."""
    return (
        Facet("fields", "领域", lambda activity: activity.fields),
        Facet("audiences", "服务对象", lambda activity: activity.audiences),
        Facet("forms", "活动形式", lambda activity: activity.forms),
        Facet("kind", "服务类别", lambda activity: (activity.kind,)),
        Facet("regions", "地区", lambda activity: reach(activity, places)),
        Facet("month", "月份", lambda activity: tuple(f"{month:02d}" for month in activity.period.months)),
        Facet("year", "年份", lambda activity: (activity.year,)),
        Facet("society", "学会", lambda activity: (activity.society,)),
        Facet("call", "通知", lambda activity: (activity.call,) if activity.call else ()),
    )


def reach(activity: Activity, places: Places) -> tuple[str, ...]:
    """The places an activity names and the regions they lie in."""
    return tuple(dict.fromkeys(code for named in activity.regions for code in (places.region_of(named), named)))


@dataclass(frozen=True, slots=True)
class Catalog:
    """What the site shows. ``activities`` run from the oldest to the newest; positions in it are what groups hold."""

    activities: tuple[Activity, ...]
    societies: Mapping[str, Society]
    calls: Mapping[str, Call]
    known: Known
    notes: Mapping[str, str]
    today: date
    states: tuple[State, ...]
    standings: tuple[Standing, ...]
    groups: Mapping[str, Mapping[str, list[int]]] = field(repr=False)
    exchange: Exchange = field(repr=False)
    memory: Memory = field(default_factory=Memory, repr=False)

    @classmethod
    def of(
        cls,
        activities: Iterable[Activity],
        societies: Mapping[str, Society],
        calls: Mapping[str, Call],
        known: Known,
        notes: Mapping[str, str],
        today: date,
        needs: Iterable[Need] = (),
        pairings: Iterable[Pairing] = (),
        memory: Memory | None = None,
    ) -> Catalog:
        """Sort, date and group the records."""
        ordered = tuple(sorted(activities, key=lambda activity: (activity.begins, activity.id)))
        ends = {call.id: call.window.end for call in calls.values()}
        states = tuple(activity.state(today, ends.get(activity.call)) for activity in ordered)
        standings = tuple(_standing(activity, state) for activity, state in zip(ordered, states, strict=True))
        groups = {facet.key: _grouped(ordered, facet) for facet in facets(known.places)}
        exchange = Exchange.of(needs, pairings, today)
        memory = memory or Memory()
        return cls(ordered, societies, calls, known, notes, today, states, standings, groups, exchange, memory)

    def chosen(self, facet: str, term: str) -> list[int]:
        """Positions of the activities with a term, from the oldest."""
        return self.groups[facet].get(term, [])

    def vocabulary(self, id: str) -> Vocabulary:
        """A closed list by its id."""
        return self.known.vocabularies[id]

    def of_standing(self, positions: Iterable[int], standing: Standing) -> list[int]:
        """Those of one standing, newest first."""
        return [position for position in sorted(positions, reverse=True) if self.standings[position] == standing]

    def naming(self, code: str) -> list[int]:
        """Positions of the activities that name exactly this place: a county, a region, or the country."""
        return [position for position in self.chosen("regions", code) if code in self.activities[position].regions]

    def related(self) -> list[tuple[int, ...]]:
        """For each activity the few nearest in time of the same society, then of the same field and region: linear."""
        fields: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, activity in enumerate(self.activities):
            fields[activity.fields[0], self.known.places.region_of(activity.regions[0])].append(position)
        chosen: list[list[int]] = [[] for _ in self.activities]
        only_fields: dict[str, list[int]] = defaultdict(list)
        for (first, _), positions in fields.items():
            only_fields[first].extend(positions)
        for neighbours in (*self.groups["society"].values(), *fields.values(), *map(sorted, only_fields.values())):
            for at, position in enumerate(neighbours):
                mine = chosen[position]
                if len(mine) == RELATED:
                    continue
                for near in (at + 1, at - 1, at + 2, at - 2):
                    if len(mine) < RELATED and 0 <= near < len(neighbours) and neighbours[near] not in mine:
                        mine.append(neighbours[near])
        return [tuple(positions) for positions in chosen]

    def counts(self) -> pd.DataFrame:
        """One row an activity: the columns that figures are computed from."""
        import pandas as pd  # takes as long as reading a thousand records, and not every build wants figures

        return pd.DataFrame(
            {
                "id": [activity.id for activity in self.activities],
                "society": [activity.society for activity in self.activities],
                "standing": self.standings,
                "state": [state.id for state in self.states],
                "regions": [len(activity.regions) for activity in self.activities],
            }
        )

    def events(self) -> tuple[Event, ...]:
        """All that happened to the records, newest first."""
        asked = ((f"needs/{need.id}", need) for need in self.exchange.needs.values())
        made = ((f"pairings/{pairing.id}", pairing) for pairing in self.exchange.pairings.values())
        dated = zip(self.activities, self.states, strict=True)
        return events_of(self.memory, dated, (*asked, *made), self.calls, self.today)

    @property
    def national(self) -> list[int]:
        """Positions of what can come anywhere."""
        return self.chosen("regions", NATIONAL)


def _standing(activity: Activity, state: State) -> Standing:
    if state is ENDED or activity.cancelled:
        return "past"
    return "running" if activity.is_report else "offer"


def _grouped(activities: tuple[Activity, ...], facet: Facet) -> dict[str, list[int]]:
    """Positions by term, from the oldest."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, activity in enumerate(activities):
        for term in facet.terms(activity):
            found[term].append(position)
    return dict(sorted(found.items()))
