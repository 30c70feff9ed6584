"""Figures in, the parts of region and call pages and the page 供需缺口 out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.model.call import Call
from generator.model.coverage import Coverage, Gaps, Progress
from generator.model.matching import Matching
from generator.model.places import NATIONAL
from generator.render import address
from generator.render.needs import HALL
from generator.render.output import OutputFile
from generator.render.site import Json, Site


def region_part(site: Site, region: str) -> Markup:
    """Which counties of a region are paired, ask for something, or have neither yet."""
    found = Coverage.of(site.catalog, region)
    total = len({*found.paired, *found.asking, *found.neither})
    if not total:
        return Markup("")
    groups = (
        ("已有结对", found.paired, "ongoing"),
        ("有待对接的需求", found.asking, "open"),
        ("都还没有", found.neither, "ended"),
    )
    return site.templates.render(
        "parts/coverage.html",
        total=total,
        groups=[
            {
                "name": name,
                "count": len(codes),
                "state": state,
                "counties": [_county(site, code) for code in codes] if len(codes) < total else [],
            }
            for name, codes, state in groups
        ],
        needs=address.needs_by("regions", region) + "index.html" if found.asking else None,
    )


def _county(site: Site, code: str) -> Json:
    return {"name": site.catalog.known.places.counties[code].name, "href": address.county(code)}


def call_part(site: Site, call: Call) -> Markup:
    """Who filed and who paired, by province; nothing where the list did not collect."""
    found = Progress.of(site.catalog, call)
    if found is None:
        return Markup("")
    rows: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("in_time", "late", "missing"), 0))
    for key in ("in_time", "late", "missing"):
        for id in getattr(found, key):
            rows[site.catalog.societies[id].region or NATIONAL][key] += 1
    order = [NATIONAL, *site.catalog.known.places.regions]
    return site.templates.render(
        "parts/progress.html",
        progress=found,
        rows=[{"name": _of(site, region), **rows[region]} for region in order if region in rows],
        missing=_societies(site, found.missing),
        paired=_societies(site, found.paired),
        unpaired=_societies(site, found.unpaired),
    )


def _of(site: Site, region: str) -> str:
    return "全国学会" if region == NATIONAL else site.catalog.known.places.name(region)


def _societies(site: Site, ids: Iterable[str]) -> list[Json]:
    return [{"name": site.catalog.societies[id].name, "href": address.society(id)} for id in ids]


def files(site: Site, matching: Matching) -> Iterator[OutputFile]:
    """The page 供需缺口."""
    yield site.page(
        address.GAPS,
        "pages/gaps.html",
        "供需缺口",
        ((HALL, address.NEEDS),),
        lambda: _gaps(site, Gaps.of(site.catalog, matching)),
        "各领域、各地区有人要没人来、有人来没人要的情况。",
    )


def _gaps(site: Site, found: Gaps) -> Json:
    fields = site.catalog.vocabulary("fields")
    regions = site.catalog.known.places.regions
    rows = []
    for field in fields.terms:
        mine = {region: found.asked[field, region] for region in regions if found.asked[field, region]}
        lacking = [region for region in mine if found.unmet[field, region]]
        idle = [region for region in regions if found.offered[field, region] and region not in mine]
        rows.append(
            {
                "name": fields.name(field),
                "href": address.needs_by("fields", field) + "index.html" if mine else None,
                "asked": sum(mine.values()),
                "unmet": sum(found.unmet[field, region] for region in lacking),
                "national": found.offered[field, NATIONAL],
                "offered": sum(found.offered[field, region] for region in regions),
                "lacking": [_region(site, region) for region in lacking],
                "idle": [_region(site, region) for region in idle],
            }
        )
    cells = [
        {
            "name": region.name,
            "cells": [
                {
                    "asked": found.asked[field, region.id],
                    "offered": found.offered[field, region.id],
                    "unmet": found.unmet[field, region.id],
                }
                for field in fields.terms
            ],
        }
        for region in regions.values()
    ]
    return {
        "rows": rows,
        "names": [fields.name(field) for field in fields.terms],
        "cells": cells,
        "country": [found.offered[field, NATIONAL] for field in fields.terms],
        "none": [row["name"] for row in rows if not row["asked"] and not row["national"] and not row["offered"]],
        "any": any(row["asked"] or row["offered"] or row["national"] for row in rows),
    }


def _region(site: Site, id: str) -> Json:
    return {"name": site.catalog.known.places.regions[id].short, "href": address.region(id)}
