"""Figures in, the page 统计 and a CSV file for each figure out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice

from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.figures import NO_MODE, SOURCES, STANDINGS, Figure, Figures
from generator.model.need import NEED_STATES
from generator.model.places import NATIONAL
from generator.render import address, findings
from generator.render.chart import Row, chart, tiles
from generator.render.findings import Names, share
from generator.render.lists import has_list, term_name
from generator.render.output import OutputFile
from generator.render.shown import SHOWN, Shown
from generator.render.site import Json, Site
from generator.render.table import csv_text
from generator.render.words import cut

CHARTED, LISTED = 15, 60  # societies in a chart, rows in a table; the CSV file has them all
LONGEST = 16  # characters of a name that a chart has room for on a phone
SERIES = {**SOURCES, "asked": "待对接的需求", "offered": "可以邀请的活动", "needs": "需求"}


def files(site: Site) -> Iterator[OutputFile]:
    """The page, and the CSV files."""

    @cache  # in whichever process writes: pandas takes longer to load than to count
    def figures() -> Figures:
        from generator.model.counting import count

        return count(site.catalog)

    yield site.page(
        address.STATISTICS,
        "pages/statistics.html",
        "统计",
        (),
        lambda: _page(site, figures()),
        "科技志愿服务活动按年份、月份、类别、领域、对象、形式、地区和学会的统计，供需情况，记录的完整程度。",
    )
    for shown in SHOWN:
        yield OutputFile(address.statistics(shown.key), partial(_csv, site, shown, figures))


def _page(site: Site, figures: Figures) -> Json:
    standing = figures.by["standing"].total
    return {
        "whole": findings.whole(figures),
        "numbers": [
            {"value": standing["offer"], "label": "项可以邀请", "href": address.ALL},
            {"value": standing["running"], "label": "项仍在开展", "href": address.ALL},
            {"value": len(figures.by["society"].rows), "label": "个单位有活动", "href": address.SOCIETIES},
            {"value": figures.by["needs"].total["open"], "label": "条需求待对接", "href": address.NEEDS},
        ],
        "figures": [_shown(site, shown, figures) for shown in SHOWN],
    }


def _shown(site: Site, shown: Shown, figures: Figures) -> Json:
    names, figure = _names(site, shown.key), _ordered(shown, figures.by[shown.key])
    listed = islice(figure.rows.items(), LISTED)
    return {
        "key": shown.key,
        "title": shown.title,
        "term": shown.term,
        "how": shown.how,
        "sentence": shown.sentence(figure, names, figures),
        "links": shown.links,
        "drawn": _drawn(site, shown, figure, figures),
        "legend": [SERIES[id] for id in figure.series] if len(figure.series) > 1 and shown.form != "tiles" else [],
        "columns": _columns(shown, figure),
        "rows": [_row(site, shown, id, numbers, names, figures) for id, numbers in listed],
        "more": max(0, len(figure.rows) - LISTED),
        "csv": address.statistics(shown.key),
    }


def _drawn(site: Site, shown: Shown, figure: Figure, figures: Figures) -> Json | None:
    names = _names(site, shown.key)
    if shown.form == "tiles":
        return tiles(site.catalog.known.places.regions.values(), figure.total)
    wholes = tuple(figures.records.values()) if shown.form == "shares" else ()
    rows = [
        Row(str(int(id)) if shown.key == "month" else cut(names(id), LONGEST), numbers, _said(shown, numbers, wholes))
        for id, numbers in figure.rows.items()
        if any(numbers) or not shown.only_some  # the sentence names what has none, the table shows it
    ][: CHARTED if shown.key == "society" else None]
    return chart(shown.form, rows, wholes)


def _said(shown: Shown, numbers: Sequence[int], wholes: Sequence[int]) -> str:
    """The number beside a row: added up, or one beside the other where that would mean nothing."""
    if shown.form == "shares":
        return " · ".join(share(number, whole) if whole else "—" for number, whole in zip(numbers, wholes, strict=True))
    return str(sum(numbers)) if shown.form != "beside" else " · ".join(map(str, numbers))


def _row(site: Site, shown: Shown, id: str, numbers: Sequence[int], names: Names, figures: Figures) -> Json:
    cells = list(map(str, numbers))
    if shown.form == "shares":
        wholes = figures.records.values()
        cells = [f"{number}（{share(number, of)}）" if of else "—" for number, of in zip(numbers, wholes, strict=True)]
    elif shown.adds_up:
        cells.append(str(sum(numbers)))
    return {"id": id, "name": names(id), "cells": cells, "href": _list(site, shown.key, id)}


def _csv(site: Site, shown: Shown, counted: Callable[[], Figures]) -> bytes:
    """Every row, also those the page has no room for."""
    figures = counted()
    names, figure = _names(site, shown.key), _ordered(shown, figures.by[shown.key])
    wholes = {f"{SOURCES[source]}总数": str(number) for source, number in figures.records.items()}
    more = wholes if shown.form == "shares" else {}
    rows = [["编号", shown.term, *_columns(shown, figure), *more]]
    for id, numbers in figure.rows.items():
        added = [str(sum(numbers))] if shown.adds_up else []
        rows.append([id, names(id), *map(str, numbers), *added, *more.values()])
    return csv_text(rows).encode()


def _ordered(shown: Shown, figure: Figure) -> Figure:
    """Ranked figures from the most to the least, years from the newest."""
    rows = figure.rows
    if shown.key == "year":
        ids = sorted(rows, key=lambda id: id if id != "undated" else "", reverse=True)
    else:
        ids = sorted(rows, key=lambda id: -sum(rows[id])) if shown.ranked else list(rows)
    return replace(figure, rows={id: rows[id] for id in ids})


def _columns(shown: Shown, figure: Figure) -> list[str]:
    return [*(SERIES[id] for id in figure.series), *(["合计"] if shown.adds_up else [])]


def _names(site: Site, key: str) -> Names:
    """How a figure's terms are called."""
    fixed: dict[str, dict[str, str]] = {
        "standing": STANDINGS,
        "needs": {state.id: state.word for state in NEED_STATES},
        "completeness": {line.key: line.label for line in fields_of(Activity)},
    }
    if key in fixed:
        return fixed[key].__getitem__
    if key == "mode":
        return lambda id: "没有写明" if id == NO_MODE else site.catalog.vocabulary("modes").name(id)
    facet = "fields" if key == "supply" else key
    return lambda id: term_name(site.catalog, facet, id)


def _list(site: Site, key: str, id: str) -> str | None:
    """The list of the activities of a row, where there is one."""
    if key not in site.catalog.groups or not site.catalog.chosen(key, id):
        return None
    if key == "regions" and id != NATIONAL and not has_list(site.catalog, id):
        return None
    return address.facet(key, id) + "index.html"
