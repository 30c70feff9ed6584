"""A list of the site in, where its Excel, Word and PDF lie out."""

from __future__ import annotations

from generator.render import address
from generator.render.official import Asked
from generator.render.official_files import FORMAT_NAMES
from generator.render.site import Site
from generator.render.templates import ROOT

Link = tuple[str, str]  # label, address
MOST_PRINTED = 5_000
WHOLE = "全部活动的 Excel（可以按列筛选）"


def lists_of(site: Site, asked: Asked) -> list[Link]:
    """The files of an official list, as far as this build makes them."""
    return [(FORMAT_NAMES[ending], f"{ROOT}{address.official(asked.stem, ending)}") for ending in formats(site, asked)]


def formats(site: Site, asked: Asked) -> list[str]:
    """The formats of a list by ending. Of very many activities nobody prints all at once: those of a call, a year or a region are there."""
    long = asked == Asked() and len(site.catalog.activities) > MOST_PRINTED
    return [ending for ending in site.formats if ending == "xlsx" or not long]


def beside(site: Site, facet: str = "", term: str = "") -> list[Link]:
    """What stands at the foot of a list of the site: exactly this list where there is a file of it, and the way to all data."""
    if not site.formats:
        return []  # a preview without data
    keys = {"call": "call", "year": "year", "regions": "region"}
    more = ("更多格式和数据", f"{ROOT}{address.DATA}")
    if not facet:
        return [(f"下载 {label}", href) for label, href in lists_of(site, Asked())] + [more]
    if facet not in keys or term in site.catalog.known.places.counties:
        return [(WHOLE, f"{ROOT}{address.official(Asked().stem, 'xlsx')}"), more]
    found = lists_of(site, Asked(**{keys[facet]: term}))
    return [(f"下载 {label}", href) for label, href in found] + [more]
