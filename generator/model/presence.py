"""Where societies are at home and where they have been in; for a county, the points of each society for both out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.catalog import Catalog
from generator.model.columns.rows import Numbers, column, spread
from generator.model.places import NATIONAL, Places
from generator.model.weights import BEEN, NEAR

Groups = dict[str, Numbers]  # numbers of societies by county, city (the code of its first county) or region


@dataclass(frozen=True, slots=True)
class Presence:
    """Societies by number, in the order of the catalogue."""

    places: Places
    count: int
    national: Numbers
    homes: Groups
    visits: Groups

    @classmethod
    def of(cls, catalog: Catalog) -> Presence:
        """Homes from the societies' records; visits from what took place and from pairings that stand."""
        places = catalog.known.places
        numbers = {id: number for number, id in enumerate(catalog.societies)}
        homes: dict[str, dict[int, None]] = defaultdict(dict)
        visits: dict[str, dict[int, None]] = defaultdict(dict)
        national = []
        for id, society in catalog.societies.items():
            if not society.region and not society.county:
                national.append(numbers[id])
            for place in _around(places, society.county or society.region):
                homes[place][numbers[id]] = None
        been: list[tuple[str, Iterable[str]]] = [
            (activity.society, activity.regions)
            for activity, standing in zip(catalog.activities, catalog.standings, strict=True)
            if standing != "offer" and not activity.cancelled
        ]
        for pairing in catalog.exchange.pairings.values():
            been.extend((society, (pairing.county,)) for society in pairing.societies if pairing.stands)
        for id, codes in been:
            for code in codes:
                for place in _around(places, code):
                    visits[place][numbers[id]] = None
        return cls(places, len(numbers), column(national), _columns(homes), _columns(visits))

    def levels(self, county: str) -> tuple[Numbers, Numbers]:
        """For each society the points for being near a county, and for having been near it."""
        city = self.places.city_of(county)
        city_step = [(f"city {city}", "city")] if city else []
        return self._levels([(self.places.region_of(county), "region"), *city_step, (county, "county")])

    def of_region(self, region: str) -> tuple[Numbers, dict[str, Numbers]]:
        """For each society the points for being near a county of a region and having been near it: those any county gives, and those of
        the counties that give others, because a society is at home or has been in the county or its city."""
        codes = [code for code, county in self.places.counties.items() if county.region == region]
        own = {code: _sum(self.levels(code)) for code in codes if self._is_known(code)}
        return _sum(self._levels([(region, "region")])), own

    def _is_known(self, county: str) -> bool:
        places = (county, f"city {self.places.city_of(county)}")
        return any(place in group for place in places for group in (self.homes, self.visits))

    def _levels(self, steps: list[tuple[str, str]]) -> tuple[Numbers, Numbers]:
        near = [
            (self.national, NEAR["national"]),
            *((self.homes[at], NEAR[level]) for at, level in steps if at in self.homes),
        ]
        been = [(self.visits[at], BEEN[level]) for at, level in steps if at in self.visits]
        return spread(self.count, near), spread(self.count, been)


def _sum(levels: tuple[Numbers, Numbers]) -> Numbers:
    near, been = levels
    return near + been


def _around(places: Places, code: str) -> Iterable[str]:
    """A place, its city and its region."""
    if not code or code == NATIONAL:
        return ()
    city = places.city_of(code)
    return (code, *([f"city {city}"] if city else []), places.region_of(code))


def _columns(groups: dict[str, dict[int, None]]) -> Groups:
    return {place: column(numbers) for place, numbers in groups.items()}
