"""Groups of activities in, numbered pages of 30 cards out: every record can be reached without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.model.catalog import Catalog, Facet, facets
from generator.model.places import NATIONAL
from generator.render import address
from generator.render.downloads import Link, beside
from generator.render.output import OutputFile
from generator.render.site import Json, Site

PER_PAGE = 30
ON_COUNTY_PAGE = 12  # of each standing: so many activities that name a county stand on its own page
_AROUND = 2  # numbers shown on each side of the current one


def term_name(catalog: Catalog, facet: str, term: str) -> str:
    """A term as people read it: 种植与园艺, 山西省, 9月, 2021年, 中国农学会."""
    if facet == "regions":
        return catalog.known.places.name(term)
    if facet == "month":
        return f"{int(term)}月"
    if facet == "year":
        return f"{term}年" if term.isdigit() else "年份不详"
    if facet == "call":
        call = catalog.calls[term]
        return call.number or call.title
    if facet == "society":
        return catalog.societies[term].name
    return catalog.vocabulary("kinds" if facet == "kind" else facet).name(term)


def has_list(catalog: Catalog, place: str) -> bool:
    """Whether a place has a list of its own: the country, regions, and counties with more than their page shows."""
    return place not in catalog.known.places.counties or len(catalog.chosen("regions", place)) > ON_COUNTY_PAGE


def files(site: Site) -> Iterator[OutputFile]:
    """The list of all activities, and one for each term of each facet."""
    catalog = site.catalog
    everything = list(range(len(catalog.activities)))
    choices = [_choices(catalog, facet) for facet in facets(catalog.known.places) if catalog.groups[facet.key]]
    yield from _pages(site, "activities/", "全部活动", (), everything, choices, beside(site))
    for facet in facets(catalog.known.places):
        for term, positions in catalog.groups[facet.key].items():
            if facet.key == "regions" and not has_list(catalog, term):
                continue
            name = term_name(catalog, facet.key, term)
            files_of = beside(site, facet.key, term)
            yield from _pages(
                site, address.facet(facet.key, term), name, (("活动", address.ALL),), positions, None, files_of
            )


def _choices(catalog: Catalog, facet: Facet) -> Json:
    """The terms of a facet that have activities, with their numbers; places only down to the region."""
    group = catalog.groups[facet.key]
    terms = [
        term for term in group if facet.key != "regions" or term == NATIONAL or term in catalog.known.places.regions
    ]
    order: Callable[[str], Any] = (
        (lambda term: term) if facet.key == "month" else (lambda term: (-len(group[term]), term))
    )
    if facet.key == "year":
        terms = sorted(terms, key=lambda term: term if term.isdigit() else "", reverse=True)
    else:
        terms.sort(key=order)
    return {
        "key": facet.key,
        "label": facet.label,
        "terms": [
            {
                "name": term_name(catalog, facet.key, term),
                "href": address.facet(facet.key, term) + "index.html",
                "count": len(group[term]),
            }
            for term in terms
        ],
    }


def _pages(
    site: Site,
    folder: str,
    name: str,
    crumbs: tuple[tuple[str, str], ...],
    positions: list[int],
    choices: list[Json] | None,
    downloads: list[Link],
) -> Iterator[OutputFile]:
    """Pages are numbered from the oldest record, so that a full page never changes; the newest one is index.html."""
    last = max(1, -(-len(positions) // PER_PAGE))
    for number in range(1, last + 1):
        chosen = positions[(number - 1) * PER_PAGE : number * PER_PAGE]
        newest = number == last
        heading = name if newest else f"{name}（第{number}页）"
        yield site.page(
            _href(folder, number, last),
            "pages/list.html",
            heading,
            crumbs if newest else (*crumbs, (name, f"{folder}index.html")),
            _context(site, folder, number, last, chosen, len(positions), choices if newest else None, downloads),
            f"{name}：科技志愿服务活动，共{len(positions)}项。",
        )


def _href(folder: str, number: int, last: int) -> str:
    return f"{folder}index.html" if number == last else f"{folder}{number}.html"


def _context(
    site: Site,
    folder: str,
    number: int,
    last: int,
    chosen: list[int],
    total: int,
    choices: list[Json] | None,
    downloads: list[Link],
) -> Callable[[], dict[str, Any]]:
    def context() -> dict[str, Any]:
        return {
            "total": total,
            "downloads": downloads,
            "sentence": f"共 {total} 项" + (f"，第 {number} 页（共 {last} 页，从最早的数起）" if last > 1 else ""),
            "offers": site.shown(chosen, "offer"),
            "running": site.shown(chosen, "running"),
            "past": site.shown(chosen, "past"),
            "pager": _pager(folder, number, last) if last > 1 else None,
            "facets": choices or [],
            "search": choices is not None,
        }

    return context


def _pager(folder: str, number: int, last: int) -> Json:
    shown = sorted({1, last, *range(max(1, number - _AROUND), min(last, number + _AROUND) + 1)})
    numbers: list[tuple[int, str]] = []  # a gap is (0, ""); the current page needs no address
    before = 0
    for page in shown:
        if page - before > 1:
            numbers.append((0, ""))
        numbers.append((page, "" if page == number else _href(folder, page, last)))
        before = page
    return {
        "numbers": numbers,
        "newer": _href(folder, number + 1, last) if number < last else None,
        "older": _href(folder, number - 1, last) if number > 1 else None,
    }
