"""Societies in, a page each and the list of all out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model.society import Society
from generator.render import address
from generator.render.output import OutputFile
from generator.render.partners import Partners
from generator.render.site import Json, Site
from generator.render.take import Take

MOST = 30
CATEGORIES = {"A": "理科", "B": "工科", "C": "农科", "D": "医科", "E": "交叉学科"}
GROUPS = {"member": "", "entrusted": "委托管理", "international": "国际组织"}


def files(site: Site, partners: Partners, take: Take) -> Iterator[OutputFile]:
    """One page a society, and the list."""
    for society in site.catalog.societies.values():
        yield _page(site, society, partners, take)
    yield site.page(
        address.SOCIETIES,
        "pages/societies.html",
        "学会",
        (),
        lambda: _index(site),
        "全国学会、省级学会和各级科协名录。",
    )


def _page(site: Site, society: Society, partners: Partners, take: Take) -> OutputFile:
    positions = site.catalog.chosen("society", society.id)
    folder = address.facet("society", society.id)

    def context() -> dict[str, Any]:
        catalog = site.catalog
        places = catalog.known.places
        place = society.county or society.region
        return {
            "society": {
                "id": society.id,
                "name": society.name,
                "english": society.english,
                "level": catalog.vocabulary("levels").name(society.level),
                "category": CATEGORIES.get(society.category, society.category),
                "group": GROUPS.get(society.group, society.group),
                "region": {
                    "name": places.name(place),
                    "href": address.county(place) if society.county else address.region(place),
                }
                if place
                else None,
                "aliases": society.aliases,
                "homepage": society.homepage,
                "note": society.note,
            },
            "take": take(folder, society.name, positions) if positions else None,
            "partners": partners(society),
            "unofficial": society.is_national,
            "offers": site.shown(positions, "offer", MOST),
            "running": site.shown(positions, "running", MOST),
            "past": site.shown(positions, "past", MOST),
            "more": address.facet("society", society.id) + "index.html" if len(positions) > MOST else None,
            "counts": {
                "offers": len(catalog.of_standing(positions, "offer")),
                "running": len(catalog.of_standing(positions, "running")),
                "past": len(catalog.of_standing(positions, "past")),
            },
        }

    def schema() -> list[Json]:
        thing: Json = {"@type": "Organization", "name": society.name}
        if society.aliases:
            thing["alternateName"] = list(society.aliases)
        if society.homepage:
            thing["url"] = society.homepage
        return [thing]

    return site.page(
        address.society(society.id),
        "pages/society.html",
        society.name,
        (("学会", address.SOCIETIES),),
        context,
        f"{society.name}的科技志愿服务活动。",
        schema,
        feeds=folder if positions else None,
    )


def _index(site: Site) -> dict[str, Any]:
    """National societies by category, then everybody else by region."""
    catalog = site.catalog
    groups: dict[str, Json] = {}
    for category, name in CATEGORIES.items():
        groups[f"category-{category.lower()}"] = {
            "id": f"category-{category.lower()}",
            "name": f"全国学会·{name}",
            "societies": [],
        }
    groups["national-others"] = {"id": "national-others", "name": "全国性其他单位", "societies": []}
    for region in catalog.known.places.regions.values():
        groups[region.id] = {"id": f"region-{region.id.lower()}", "name": region.name, "societies": []}
    for society in catalog.societies.values():
        key = f"category-{society.category.lower()}" if society.is_national else society.region
        group = groups.get(key) or groups["national-others"]
        count = len(catalog.chosen("society", society.id))
        group["societies"].append({"name": society.name, "href": address.society(society.id), "count": count})
    return {"groups": [group for group in groups.values() if group["societies"]], "unofficial": True}
