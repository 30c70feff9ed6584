"""A society in, its pairings, their results and the national societies of its field out."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from generator.model.society import Society
from generator.render import address
from generator.render.pairings import pairing_cards, totals
from generator.render.site import Json, Site

MOST = 12
NATIONAL_SOCIETIES = 5
OFFERS = 2


class Partners:
    """Makes the part of every society's page; the national offers are looked through once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        catalog = site.catalog
        self.by_name: dict[str, str] = {}
        self.offers: dict[str, list[int]] = defaultdict(list)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self.offered: dict[str, set[str]] = defaultdict(set)
        for society in catalog.societies.values():
            if society.is_national:
                for name in (society.name, *society.aliases):
                    self.by_name.setdefault(name.removeprefix("中国").removeprefix("中华"), society.id)
        for at, (activity, standing) in enumerate(zip(catalog.activities, catalog.standings, strict=True)):
            self.fields[activity.society].update(activity.fields)
            if standing == "offer" and catalog.societies[activity.society].is_national:
                self.offers[activity.society].append(at)
                self.offered[activity.society].update(activity.fields)

    def __call__(self, society: Society) -> Markup:
        """The part of one society; empty where there is nothing to say."""
        pairings = self.site.catalog.exchange.pairings_with.get(society.id, [])
        national = self._national(society) if society.level == "provincial" else []
        if not pairings and not national:
            return Markup("")
        return self.site.templates.render(
            "parts/partners.html",
            pairings=pairing_cards(self.site, pairings[:MOST]),
            more=address.PAIRINGS if len(pairings) > MOST else None,
            totals=totals(pairings),
            national=national,
        )

    def _national(self, society: Society) -> list[Json]:
        """The national society of the same name, then those with open activities in a field that it works in too."""
        own = self.fields.get(society.id, set())
        namesake = self.by_name.get(self._stem(society))
        shared = {id: len(own & fields) for id, fields in self.offered.items() if own & fields and id != namesake}
        ids = [*([namesake] if namesake else []), *sorted(shared, key=lambda id: (-shared[id], id))]
        catalog = self.site.catalog
        return [
            {
                "name": catalog.societies[id].name,
                "href": address.society(id),
                "count": len(self.offers.get(id, ())),
                "offers": [
                    {"title": catalog.activities[at].title, "href": address.activity(catalog.activities[at].id)}
                    for at in sorted(self.offers.get(id, ()), reverse=True)
                    if id == namesake or own & set(catalog.activities[at].fields)
                ][:OFFERS],
            }
            for id in ids[:NATIONAL_SOCIETIES]
        ]

    def _stem(self, society: Society) -> str:
        """力学学会 for 山西省力学学会."""
        region = self.site.catalog.known.places.regions.get(society.region)
        name = society.name
        for front in (region.name, region.short + "省", region.short + "市", region.short) if region else ():
            if name.startswith(front):
                return name.removeprefix(front)
        return name
