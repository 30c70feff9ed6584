"""A county in, its desk out: what fits this month and the next, its needs, its pairings, its neighbours' good experience."""

from __future__ import annotations

from markupsafe import Markup

from generator.model.asking import Asked, asked_soon
from generator.model.matching import Matching, Scored
from generator.model.need import OPEN
from generator.model.pairing import Pairing
from generator.render import address
from generator.render.fits import fit, listed
from generator.render.needs import need_cards
from generator.render.pairings import pairing_cards
from generator.render.site import Site

FIT = 6
FEW = 3


class Desk:
    """Makes the desks of all counties. Most of them are the same as that of another county of the region: those are made once."""

    def __init__(self, site: Site, matching: Matching) -> None:
        self.site, self.matching = site, matching
        today = site.catalog.today
        self.months = f"{today.month}月和{today.month % 12 + 1}月"
        self.entries: dict[tuple[str, Scored], Markup] = {}
        self.bare: dict[tuple[str, tuple[Scored, ...]], Markup] = {}

    def __call__(self, county: str) -> Markup:
        """The desk of one county."""
        exchange = self.site.catalog.exchange
        places = self.site.catalog.known.places
        asked, region = asked_soon(county, self.site.catalog.today), places.region_of(county)
        found = tuple(self.matching.scored(asked, FIT))
        needs = exchange.needs_of.get(county, [])
        pairings = exchange.pairings_of.get(county, [])
        learned = self._experience(county)
        if needs or pairings or learned:
            return self._desk(self._fits(region, asked, found), county, pairings, learned)
        made = self.bare.get((region, found))
        if made is None:
            made = self.bare[region, found] = self._desk(self._fits(region, asked, found), "", [], [])
        return made

    def _fits(self, region: str, asked: Asked, found: tuple[Scored, ...]) -> Markup:
        """What fits. An entry says the same to all counties of a region where it scores the same for the same reasons."""
        return listed(self.site, [self._entry(region, asked, one) for one in found])

    def _entry(self, region: str, asked: Asked, one: Scored) -> Markup:
        entry = self.entries.get((region, one))
        if entry is None:
            entry = self.entries[region, one] = fit(self.site, self.matching.told(asked, one))
        return entry

    def _desk(self, shown: Markup, county: str, pairings: list[Pairing], learned: list[Pairing]) -> Markup:
        exchange = self.site.catalog.exchange
        needs = sorted(exchange.needs_of.get(county, []), key=lambda need: exchange.states[need.id] is not OPEN)
        return self.site.templates.render(
            "parts/desk.html",
            months=self.months,
            fits=shown,
            needs=need_cards(self.site, needs, self.matching),
            pairings=pairing_cards(self.site, pairings),
            learned=pairing_cards(self.site, learned),
            guide=address.ASKING,
            hall=address.NEEDS,
        )

    def _experience(self, county: str) -> list[Pairing]:
        """Pairings of the neighbours, else of the region, that tell what came of them."""
        exchange, places = self.site.catalog.exchange, self.site.catalog.known.places
        if not exchange.pairings_of:
            return []
        around = set(places.neighbours(county))
        told = [one for one in exchange.pairings.values() if one.stands and one.results and one.county != county]
        near = [one for one in told if one.county in around]
        region = places.region_of(county)
        return (near or [one for one in told if places.region_of(one.county) == region])[:FEW]
