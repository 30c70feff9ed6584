"""Groups of activities in, numbered pages of 30 cards out: every record can be reached without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.model.catalog import Catalog, Facet, facets
from generator.model.places import NATIONAL
from generator.render import address
from generator.render.downloads import beside
from generator.render.output import OutputFile
from generator.render.site import Json, Site

if TYPE_CHECKING:
    from generator.render.take import Take

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


class List(NamedTuple):
    """A list of the activities with one term of one facet; of all activities where there is no facet. ``folder``: its address, with the last slash."""

    folder: str
    name: str
    positions: list[int]
    facet: str = ""
    term: str = ""


def all_lists(catalog: Catalog) -> Iterator[List]:
    """Every list but that of all activities."""
    for facet in facets(catalog.known.places):
        for term, positions in catalog.groups[facet.key].items():
            if facet.key != "regions" or has_list(catalog, term):
                name = term_name(catalog, facet.key, term)
                yield List(address.facet(facet.key, term), name, positions, facet.key, term)


def files(site: Site, take: Take) -> Iterator[OutputFile]:
    """The list of all activities, and one for each term of each facet."""
    catalog = site.catalog
    everything = list(range(len(catalog.activities)))
    choices = [_choices(catalog, facet) for facet in facets(catalog.known.places) if catalog.groups[facet.key]]
    yield from _pages(site, take, List("activities/", "全部活动", everything), (), choices)
    for one in all_lists(catalog):
        yield from _pages(site, take, one, (("活动", address.ALL),), None)


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
    take: Take,
    one: List,
    crumbs: tuple[tuple[str, str], ...],
    choices: list[Json] | None,
) -> Iterator[OutputFile]:
    """Pages are numbered from the oldest record, so that a full page never changes; the newest one is index.html."""
    folder, name, positions = one.folder, one.name, one.positions
    taken = folder if folder != "activities/" else ""
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
            _context(site, take, one, number, last, chosen, choices if newest else None),
            f"{name}：科技志愿服务活动，共{len(positions)}项。",
            feeds=taken,
            field=one.term if one.facet == "fields" else "",
        )


def _href(folder: str, number: int, last: int) -> str:
    return f"{folder}index.html" if number == last else f"{folder}{number}.html"


def _context(
    site: Site, take: Take, one: List, number: int, last: int, chosen: list[int], choices: list[Json] | None
) -> Callable[[], dict[str, Any]]:
    total, folder = len(one.positions), one.folder

    def context() -> dict[str, Any]:
        return {
            "take": take(folder if folder != "activities/" else "", one.name, one.positions),
            "total": total,
            "downloads": beside(site, one.facet, one.term),
            "sentence": f"共 {total} 项" + (f"，第 {number} 页（共 {last} 页，从最早的数起）" if last > 1 else ""),
            "offers": site.shown(chosen, "offer"),
            "running": site.shown(chosen, "running"),
            "past": site.shown(chosen, "past"),
            "pager": pager_of(folder, number, last) if last > 1 else None,
            "facets": choices or [],
            "search": choices is not None,
        }

    return context


def pager_of(folder: str, number: int, last: int) -> Json:
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
