"""Regions and counties in, what can come to each of them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from generator.model.catalog import Catalog
from generator.model.places import NATIONAL, County, Region
from generator.render import address
from generator.render.coverage import region_part
from generator.render.desk import Desk
from generator.render.downloads import beside
from generator.render.lists import ON_COUNTY_PAGE, has_list
from generator.render.output import OutputFile
from generator.render.site import Json, Site
from generator.render.take import Take

MOST = ON_COUNTY_PAGE  # cards of a group on a region's page, and of the county's own on its page
FEW = 4  # cards of a group that the region's page shows in full
STEPS = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """Positions of what names a place and what only reaches it, by standing, newest first."""

    offers: list[int]
    running: list[int]
    past: list[int]

    @classmethod
    def of(cls, catalog: Catalog, positions: Sequence[int]) -> Reach:
        """Split by standing."""
        return cls(
            catalog.of_standing(positions, "offer"),
            catalog.of_standing(positions, "running"),
            catalog.of_standing(positions, "past"),
        )


def files(site: Site, desk: Desk, take: Take) -> Iterator[OutputFile]:
    """One page a region, one a county, and the tile grid."""
    catalog = site.catalog
    places = catalog.known.places
    national = Reach.of(catalog, catalog.national)
    counties: dict[str, list[County]] = defaultdict(list)
    for county in places.counties.values():
        counties[county.region].append(county)
    for region in places.regions.values():
        whole = Reach.of(catalog, catalog.naming(region.id))
        inside = Reach.of(catalog, catalog.chosen("regions", region.id))
        yield _region_page(site, region, counties[region.id], inside, national, take)
        reach = RegionReach(site, region, whole, inside, national)
        for county in counties[region.id]:
            yield _county_page(site, county, region, reach, desk, take)
    yield site.page(
        address.REGIONS,
        "pages/regions.html",
        "地区",
        (),
        lambda: tiles(catalog),
        "按省、自治区、直辖市查找能来的科技志愿服务活动。",
    )


def tiles(catalog: Catalog) -> Json:
    """The tile grid: all 35 regions, five steps of one hue by number of activities that reach them."""
    places = catalog.known.places
    numbers = {id: len({*catalog.chosen("regions", id), *catalog.national}) for id in places.regions}
    own = {id: len(catalog.chosen("regions", id)) for id in places.regions}
    most = max(own.values(), default=0) or 1
    return {
        "tiles": [
            {
                "name": region.short,
                "full": region.name,
                "href": address.region(region.id),
                "count": numbers[region.id],
                "row": region.row,
                "col": region.col,
                "step": -(-own[region.id] * (STEPS - 1) // most),
            }
            for region in places.regions.values()
        ],
        "rows": 8,
        "cols": 8,
    }


def _cards(site: Site, positions: Sequence[int], most: int) -> Markup:
    return site.pasted(positions[:most])


def _more(positions: Sequence[int], most: int, term: str) -> str | None:
    return address.facet("regions", term) + "index.html" if len(positions) > most else None


def take_of(catalog: Catalog, *places: str) -> str:
    """The first of some places, from the county outwards, that has a list of its own with a feed and a calendar; empty where none has."""
    return next((place for place in places if catalog.chosen("regions", place) and has_list(catalog, place)), "")


def _region_page(
    site: Site, region: Region, counties: list[County], inside: Reach, national: Reach, take: Take
) -> OutputFile:
    listed = take_of(site.catalog, region.id)

    def context() -> dict[str, Any]:
        catalog = site.catalog
        local = [at for at in inside.offers if catalog.societies[catalog.activities[at].society].region == region.id]
        taken = set(local)
        provincial = [at for at in inside.offers if at not in taken]
        running = sorted({*inside.running, *national.running}, reverse=True)
        return {
            "region": region,
            "take": take(address.facet("regions", listed), region.name, catalog.chosen("regions", listed))
            if listed
            else None,
            "downloads": beside(site, "regions", region.id) if catalog.chosen("regions", region.id) else [],
            "local": _cards(site, local, MOST),
            "local_more": _more(local, MOST, region.id),
            "provincial": _cards(site, provincial, MOST),
            "provincial_more": _more(provincial, MOST, region.id),
            "national": _cards(site, national.offers, MOST),
            "national_more": _more(national.offers, MOST, NATIONAL),
            "running": _cards(site, running, MOST),
            "running_more": _more(inside.running, MOST, region.id) or _more(national.running, MOST, NATIONAL),
            "past": _cards(site, inside.past, MOST),
            "past_more": _more(inside.past, MOST, region.id),
            "coverage": region_part(site, region.id),
            "counties": _cities(catalog, counties),
            "societies": [
                {"name": society.name, "href": address.society(society.id)}
                for society in catalog.societies.values()
                if society.region == region.id
            ],
        }

    return site.page(
        address.region(region.id),
        "pages/region.html",
        region.name,
        (("地区", address.REGIONS),),
        context,
        f"能来{region.name}的科技志愿服务活动。",
        feeds=address.facet("regions", listed) if listed else None,
    )


def _cities(catalog: Catalog, counties: list[County]) -> list[Json]:
    return [
        {
            "name": "直辖县级" if "直辖县级" in city else city,
            "counties": [
                {
                    "name": county.name,
                    "href": address.county(county.code),
                    "count": len(catalog.chosen("regions", county.code)),
                }
                for county in group
            ],
        }
        for city, group in groupby(counties, key=lambda county: county.city)
    ]


def _county_page(site: Site, county: County, region: Region, reach: RegionReach, desk: Desk, take: Take) -> OutputFile:
    listed = take_of(site.catalog, county.code, region.id)

    def context() -> dict[str, Any]:
        own = Reach.of(site.catalog, site.catalog.chosen("regions", county.code))
        return {
            "county": {
                "id": county.code,
                "name": county.name,
                "city": "" if county.is_direct else county.city,
                "province": {"name": region.name, "href": address.region(region.id)},
            },
            "desk": desk(county.code),
            "take": take(
                address.facet("regions", listed),
                site.catalog.known.places.name(listed),
                site.catalog.chosen("regions", listed),
            )
            if listed
            else None,
            "local": _cards(site, own.offers, MOST),
            "local_more": _more(own.offers, MOST, county.code),
            "around": reach.around(own.running),
            "past": _cards(site, own.past, MOST),
            "past_more": _more(own.past, MOST, county.code),
            "nearby": reach.nearby(own.past),
        }

    return site.page(
        address.county(county.code),
        "pages/county.html",
        county.name,
        (("地区", address.REGIONS), (region.name, address.region(region.id))),
        context,
        f"能来{region.name}{county.name}的科技志愿服务活动。",
        feeds=address.facet("regions", listed) if listed else None,
    )


class RegionReach:
    """What reaches any county of a region, as markup: made once for all counties that show the same."""

    def __init__(self, site: Site, region: Region, whole: Reach, inside: Reach, national: Reach) -> None:
        self.site, self.region = site, region
        self.whole, self.inside, self.national = whole, inside, national
        self.made: dict[tuple[str, Markup], Markup] = {}

    def around(self, own_running: Sequence[int]) -> Markup:
        """Offers to the whole region and to the country, and what still goes on, the county's own first."""
        running = [*own_running, *self.whole.running, *self.national.running]
        cards = _cards(self.site, running, FEW)
        return self._once("around", cards, lambda: self._around(running, cards))

    def nearby(self, own_past: Sequence[int]) -> Markup:
        """What took place elsewhere in the region."""
        mine = set(own_past)
        elsewhere = [at for at in self.inside.past[: FEW + len(mine)] if at not in mine]
        cards = _cards(self.site, elsewhere, FEW - 1)
        return self._once("nearby", cards, lambda: self._nearby(cards))

    def _once(self, part: str, cards: Markup, make: Callable[[], Markup]) -> Markup:
        return self.made.get((part, cards)) or self.made.setdefault((part, cards), make())

    def _around(self, running: Sequence[int], cards: Markup) -> Markup:
        return self.site.templates.render(
            "parts/around.html",
            province={"name": self.region.name, "href": address.region(self.region.id)},
            provincial=_cards(self.site, self.whole.offers, FEW),
            provincial_more=_more(self.whole.offers, FEW, self.region.id),
            national=_cards(self.site, self.national.offers, FEW),
            national_more=_more(self.national.offers, FEW, NATIONAL),
            running=cards,
            running_more=_more(running, FEW, NATIONAL if self.national.running else self.region.id),
        )

    def _nearby(self, cards: Markup) -> Markup:
        return self.site.templates.render(
            "parts/nearby.html",
            province={"name": self.region.name},
            nearby_past=cards,
            nearby_past_more=_more(self.inside.past, FEW - 1, self.region.id),
        )
