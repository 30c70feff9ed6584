"""Pairings in, a page each and the list out: who works with which county, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markupsafe import Markup

from generator.model.matching import Matching
from generator.model.pairing import Pairing
from generator.render import address, words
from generator.render.fits import fits
from generator.render.numbered import numbered
from generator.render.output import OutputFile
from generator.render.site import Json, Site

JOINING = 3
UNDER_WAY = ("agreed", "ongoing")
SIGNS = {"agreed": "◷", "ongoing": "●", "held": "○", "cancelled": "⊘"}


def files(site: Site, matching: Matching) -> Iterator[OutputFile]:
    """One page a pairing, and the list, newest first."""
    made = list(site.catalog.exchange.pairings.values())
    for pairing in made:
        yield site.page(
            address.pairing(pairing.id),
            "pages/pairing.html",
            words.pairing_title(site.catalog, pairing),
            (("结对", address.PAIRINGS), (_county(site, pairing), address.county(pairing.county))),
            _context(site, matching, pairing),
            words.pairing_title(site.catalog, pairing),
        )
    yield from numbered(
        site,
        "pairings/",
        "pages/pairings.html",
        "结对",
        (),
        made,
        lambda shown, _: {"pairings": pairing_cards(site, shown), **totals(made), "guide": address.ASKING},
        "学会与县（市、区）结对开展科技志愿服务的情况和成效。",
    )


def totals(pairings: Sequence[Pairing]) -> Json:
    """Numbers over some pairings: what stands, and the sums of what results say."""
    results = [pairing.results for pairing in pairings if pairing.stands and pairing.results]
    return {
        "count": sum(pairing.stands for pairing in pairings),
        "counties": len({pairing.county for pairing in pairings if pairing.stands}),
        "sessions": sum(result.sessions or 0 for result in results),
        "people": sum(result.people or 0 for result in results),
        "volunteers": sum(result.volunteers or 0 for result in results),
    }


def results_words(pairing: Pairing) -> str:
    """1场，服务70人，志愿者5人."""
    said = pairing.results
    if said is None:
        return ""
    parts = ((said.sessions, "{}场"), (said.people, "服务{}人"), (said.volunteers, "志愿者{}人"))
    return "，".join(form.format(number) for number, form in parts if number is not None)


def pairing_cards(site: Site, pairings: Sequence[Pairing]) -> Markup:
    """The cards of some pairings."""
    return Markup("\n").join([_card(site, pairing) for pairing in pairings])


def _card(site: Site, pairing: Pairing) -> Markup:
    return site.templates.render(
        "parts/pairing.html",
        id=pairing.id,
        href=address.pairing(pairing.id),
        title=words.pairing_title(site.catalog, pairing),
        status=_status(site, pairing),
        joint=len(pairing.societies) > 1,
        county=_county(site, pairing),
        societies="、".join(site.catalog.societies[id].name for id in pairing.societies),
        agreed=words.chinese_day(pairing.agreed),
        activities="；".join(_activities(site, pairing).values()),
        results=results_words(pairing),
        text=words.cut(pairing.results.text, 80) if pairing.results else "",
    )


def _status(site: Site, pairing: Pairing) -> Json:
    name = site.catalog.vocabulary("statuses").name(pairing.status)
    return {"id": pairing.status, "word": name, "sign": SIGNS.get(pairing.status, "●")}


def _county(site: Site, pairing: Pairing) -> str:
    return site.catalog.known.places.name(pairing.county)


def _activities(site: Site, pairing: Pairing) -> dict[str, str]:
    """Titles by id; an activity left out because of a fault is named by its id."""
    known = {one.id: one.title for at in pairing.societies for one in _of(site, at)}
    return {id: known.get(id, id) for id in pairing.activities}


def _of(site: Site, society: str) -> list[Any]:
    return [site.catalog.activities[at] for at in site.catalog.chosen("society", society)]


def _context(site: Site, matching: Matching, pairing: Pairing) -> Callable[[], dict[str, Any]]:
    def context() -> dict[str, Any]:
        catalog = site.catalog
        positions = {one.id: at for at, one in enumerate(catalog.activities) if one.id in pairing.activities}
        need = catalog.exchange.needs.get(pairing.need)
        joining = matching.could_join(pairing, JOINING) if pairing.status in UNDER_WAY else []
        return {
            "pairing": pairing,
            "status": _status(site, pairing),
            "joint": len(pairing.societies) > 1,
            "county": site.link(_county(site, pairing), address.county(pairing.county)),
            "societies": [site.link(catalog.societies[id].name, address.society(id)) for id in pairing.societies],
            "need": site.link(need.title, address.need(need.id)) if need else None,
            "agreed": words.chinese_day(pairing.agreed),
            "period": pairing.period.words if pairing.period else "",
            "sessions": [
                {"when": words.moment(one.start, one.end), "place": one.place, "title": one.title}
                for one in sorted(pairing.sessions, key=lambda one: one.start)
            ],
            "results": results_words(pairing),
            "activities": site.pasted(positions[id] for id in pairing.activities if id in positions),
            "joining": fits(site, joining),
        }

    return context
