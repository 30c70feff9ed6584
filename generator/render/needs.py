"""Needs in, a page each and 对接大厅 out: who asks for what, and which activities could come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markupsafe import Markup

from generator.model.asking import asked_by
from generator.model.matching import Matching
from generator.model.need import NEED_STATES, OPEN, Need
from generator.render import address, words
from generator.render.fits import fits
from generator.render.markdown import markdown
from generator.render.numbered import numbered
from generator.render.output import OutputFile
from generator.render.pairings import pairing_cards
from generator.render.site import Json, Site

BEFORE = 3
HALL = "对接大厅"
STEPS = 4


def files(site: Site, matching: Matching) -> Iterator[OutputFile]:
    """One page a need, the hall, and lists by region, field and state."""
    exchange = site.catalog.exchange
    for need in exchange.needs.values():
        yield _page(site, matching, need)
    yield from numbered(
        site,
        "needs/",
        "pages/hall.html",
        HALL,
        (),
        exchange.open_needs,
        lambda needs, first: {**_listed(site, needs, matching), **(_hall(site) if first else {"tiles": None})},
        "各县待对接的科技志愿服务需求，以及可以对接的活动。",
    )
    for key, term, name, needs in _lists(site):
        yield from numbered(
            site,
            address.needs_by(key, term),
            "pages/hall.html",
            name,
            ((HALL, address.NEEDS),),
            needs,
            lambda shown, _: {**_listed(site, shown, matching), "tiles": None},
        )


def need_cards(site: Site, needs: Sequence[Need], matching: Matching) -> Markup:
    """The cards of some needs, the open ones with what could come."""
    return Markup("\n").join([_card(site, need, matching) for need in needs])


def _card(site: Site, need: Need, matching: Matching) -> Markup:
    catalog = site.catalog
    is_open = catalog.exchange.states[need.id] is OPEN
    suggested = [catalog.activities[match.position] for match in matching.suggested(need)] if is_open else []
    return site.templates.render(
        "parts/need.html",
        need=need,
        href=address.need(need.id),
        state=catalog.exchange.states[need.id],
        county=catalog.known.places.name(need.county),
        fields=words.names(catalog, "fields", need.fields),
        whom=words.names(catalog, "audiences", need.audiences),
        summary=words.cut(need.summary, 80),
        is_open=is_open,
        suggested=suggested[0].title if suggested else "",
        society=catalog.societies[suggested[0].society].name if suggested else "",
        count=len(suggested),
    )


def _listed(site: Site, needs: Sequence[Need], matching: Matching) -> dict[str, Any]:
    return {"needs": need_cards(site, needs, matching), "guide": address.ASKING, "gaps": address.GAPS}


def _lists(site: Site) -> Iterator[tuple[str, str, str, list[Need]]]:
    """Facet, term, name and needs of every list: open ones by region and field, the others by state."""
    catalog = site.catalog
    groups = by_region_and_field(site)
    for region, needs in groups["regions"].items():
        yield "regions", region, f"{catalog.known.places.name(region)}的需求", needs
    for field, needs in groups["fields"].items():
        yield "fields", field, f"{catalog.vocabulary('fields').name(field)}方面的需求", needs
    for state in NEED_STATES:
        needs = [need for need in catalog.exchange.needs.values() if catalog.exchange.states[need.id] is state]
        if needs and state is not OPEN:
            yield "states", state.id, f"{state.word}的需求", needs


def by_region_and_field(site: Site) -> dict[str, dict[str, list[Need]]]:
    """The open needs by region and by field, in the order of the hall."""
    groups: dict[str, dict[str, list[Need]]] = {"regions": defaultdict(list), "fields": defaultdict(list)}
    for need in site.catalog.exchange.open_needs:
        groups["regions"][site.catalog.known.places.region_of(need.county)].append(need)
        for field in need.fields:
            groups["fields"][field].append(need)
    return groups


def _hall(site: Site) -> Json:
    """The first page's numbers, tile grid and ways in."""
    catalog = site.catalog
    groups = by_region_and_field(site)
    counts = {id: len(groups["regions"].get(id, ())) for id in catalog.known.places.regions}
    states = list(catalog.exchange.states.values())
    lists = {(key, term): (name, len(needs)) for key, term, name, needs in _lists(site)}
    return {
        "tiles": _tiles(site, counts),
        "open": states.count(OPEN),
        "counties": len({need.county for need in catalog.exchange.open_needs}),
        "paired": sum(pairing.stands for pairing in catalog.exchange.pairings.values()),
        "fields": [
            {
                "name": catalog.vocabulary("fields").name(field),
                "href": address.needs_by("fields", field) + "index.html",
                "count": len(groups["fields"][field]),
            }
            for field in catalog.vocabulary("fields").terms
            if field in groups["fields"]
        ],
        "others": [
            {"name": name, "href": address.needs_by(key, term) + "index.html", "count": count}
            for (key, term), (name, count) in lists.items()
            if key == "states"
        ],
        "pairings": address.PAIRINGS,
    }


def _tiles(site: Site, counts: dict[str, int]) -> list[Json]:
    most = max(counts.values(), default=0) or 1
    return [
        {
            "name": region.short,
            "full": region.name,
            "href": address.needs_by("regions", region.id) + "index.html" if counts[region.id] else None,
            "count": counts[region.id],
            "row": region.row,
            "col": region.col,
            "step": -(-counts[region.id] * STEPS // most),
        }
        for region in site.catalog.known.places.regions.values()
    ]


def _page(site: Site, matching: Matching, need: Need) -> OutputFile:
    county = site.catalog.known.places.name(need.county)
    return site.page(
        address.need(need.id),
        "pages/need.html",
        need.title,
        ((HALL, address.NEEDS), (county, address.county(need.county))),
        _context(site, matching, need),
        need.summary,
    )


def _context(site: Site, matching: Matching, need: Need) -> Callable[[], dict[str, Any]]:
    def context() -> dict[str, Any]:
        catalog = site.catalog
        state = catalog.exchange.states[need.id]
        suggested = matching.suggested(need) if state is OPEN else []
        before = [] if suggested or state is not OPEN else matching.before(asked_by(need, catalog.today), BEFORE)
        return {
            "need": need,
            "state": state,
            "facts": _facts(site, need),
            "missing_word": "报道未提及" if need.source else "未填写",
            "description": markdown(need.description),
            "answers": pairing_cards(site, catalog.exchange.answers.get(need.id, [])),
            "suggested": fits(site, suggested),
            "before": site.pasted(match.position for match in before),
            "is_open": state is OPEN,
            "guide": address.ASKING,
        }

    return context


def _facts(site: Site, need: Need) -> tuple[tuple[str, str | Markup], ...]:
    """一眼看懂, from the county's side; what is not stated stays empty."""
    catalog = site.catalog
    place = site.link(catalog.known.places.name(need.county), address.county(need.county))
    forms = words.names(catalog, "forms", need.forms)
    mode = catalog.vocabulary("modes").name(need.mode) if need.mode else ""
    return (
        ("哪里", place + Markup("，{}").format(need.place) if need.place else place),
        ("谁提出的", need.responsible),
        ("为谁", words.names(catalog, "audiences", need.audiences)),
        ("希望何时", need.period.words),
        ("讲什么", words.names(catalog, "fields", need.fields)),
        ("怎么做", "：".join(filter(None, (mode, forms)))),
        ("多少人", f"一场约{need.people}人" if need.people else ""),
        ("当地能提供", need.offers),
        ("登记日期", words.chinese_day(need.filed)),
    )
