"""Records in, the columns that facets count and choose by out: one set of values a record and facet.

The rows of all columns are the records in ascending order of their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import compress

import numpy as np

from generator.model.activity import Activity
from generator.model.catalog import Catalog, reach
from generator.model.matching import standing_points
from generator.model.period import STATES
from generator.model.places import NATIONAL
from generator.model.presence import Presence
from generator.model.weights import NAMED
from generator.render import address
from generator.render.search.encode import Integers, digits, script

_NO_YEAR = "1900"  # the browser counts days from there
_MOST_BITS = 40
_MODES = {"both": ("offline", "online", "both")}  # who asks for online activities wants these, too
Page = tuple[str, str, Sequence[str]]  # its title, address and headings
SOURCES = (("submission", "学会申报"), ("report", "公开报道"))


@dataclass(frozen=True, slots=True)
class Column:
    """A facet as the browser has it. ``terms``: id and name of each value; ``ids``: the values of one record, by its position;
    ``numbers``: those of its terms, where they are searched; ``page``: the address of each value's page, ``*`` for its id."""

    key: str
    label: str
    terms: tuple[tuple[str, str], ...]
    ids: Callable[[int], Sequence[str]]
    page: str = ""
    numbers: tuple[int, ...] = ()


def columns(catalog: Catalog, numbers: Mapping[tuple[str, str], int]) -> Iterator[Column]:
    """All facets, in the order people choose by. ``numbers``: of the terms that are searched, by facet and id."""
    activities, places = catalog.activities, catalog.known.places

    def vocabulary(key: str) -> tuple[tuple[str, str], ...]:
        return tuple((term.id, term.name) for term in catalog.vocabulary(key))

    def list_of(key: str) -> str:
        return address.facet(key, "*") + "index.html"

    def of(read: Callable[[Activity], Sequence[str]]) -> Callable[[int], Sequence[str]]:
        return lambda position: read(activities[position])

    def regions(activity: Activity) -> list[str]:
        return [code for code in reach(activity, places) if code == NATIONAL or code in places.regions]

    years = sorted({activity.year for activity in activities}, reverse=True)
    societies = [id for id in catalog.societies if id in catalog.groups["society"]]
    made = (
        Column("fields", "领域", vocabulary("fields"), of(lambda activity: activity.fields), list_of("fields")),
        Column(
            "audiences",
            "服务对象",
            vocabulary("audiences"),
            of(lambda activity: activity.audiences),
            list_of("audiences"),
        ),
        Column("forms", "活动形式", vocabulary("forms"), of(lambda activity: activity.forms), list_of("forms")),
        Column("kind", "服务类别", vocabulary("kinds"), of(lambda activity: (activity.kind,))),
        Column(
            "regions",
            "地区",
            ((NATIONAL, "全国"), *((region.id, region.short) for region in places.regions.values())),
            of(regions),
            address.region("*"),
        ),
        Column(
            "month",
            "月份",
            tuple((f"{month:02d}", f"{month}月") for month in range(1, 13)),
            of(lambda activity: [f"{month:02d}" for month in activity.period.months]),
        ),
        Column(
            "year",
            "年份",
            tuple((year, f"{year}年" if year.isdigit() else "年份不详") for year in years),
            of(lambda activity: (activity.year,)),
        ),
        Column(
            "mode",
            "线上线下",
            vocabulary("modes"),
            of(lambda activity: _MODES.get(activity.mode, (activity.mode,)) if activity.mode else ()),
        ),
        Column(
            "state",
            "状态",
            tuple((state.id, state.word) for state in STATES),
            lambda position: (catalog.states[position].id,),
        ),
        Column(
            "source",
            "来源",
            SOURCES,
            of(lambda activity: ("report" if activity.is_report else "submission",)),
        ),
        Column(
            "society",
            "学会",
            tuple((id, catalog.societies[id].name) for id in societies),
            of(lambda activity: (activity.society,)),
            address.society("*"),
        ),
    )
    for column in made:
        yield replace(
            column, numbers=tuple(numbers[column.key, id] for id, _ in column.terms if (column.key, id) in numbers)
        )


def numbers_script(numbers: Sequence[int]) -> bytes:
    """The numbers of all records, ascending."""
    return script("catalogNumbers", digits(_steps(numbers)))


def columns_script(
    catalog: Catalog, order: Sequence[int], numbers: Mapping[tuple[str, str], int], pages: Sequence[Page]
) -> bytes:
    """What every visit of the list needs. ``order``: positions of the records by ascending number; ``numbers`` as for ``columns``;
    ``pages``: those written by hand."""
    past = np.array([catalog.standings[position] == "past" for position in order], np.int64)
    return script(
        "catalogColumns",
        {
            "past": digits(past),
            "facets": [_facet(column, order) for column in columns(catalog, numbers)],
            "states": [[state.id, state.word, state.sign] for state in STATES],
            "pages": pages,
        },
    )


def days_script(catalog: Catalog, order: Sequence[int]) -> bytes:
    """What is asked for when people sort by day: the day each record begins (1: the first of its year, which the facet tells; 0: not stated),
    and what was added to make all of them positive."""
    activities = [catalog.activities[position] for position in order]
    begins = np.array([activity.begins or "NaT" for activity in activities], "datetime64[D]")
    years = np.array(
        [activity.year if activity.year.isdigit() else _NO_YEAR for activity in activities], "datetime64[Y]"
    )
    days = (begins - years.astype("datetime64[D]")).astype(np.int64) + 1
    stated = ~np.isnat(begins)
    added = max(0, 1 - int(days[stated].min(initial=1)))
    return script("catalogDays", digits(np.where(stated, days + added, 0)), added)


def points_script(catalog: Catalog, order: Sequence[int]) -> bytes:
    """What is asked for when people choose a county: the points of offers that are the same whoever asks (0: no offer; else one more)."""
    points = [
        1 + sum(standing_points(catalog, position).values()) if catalog.standings[position] == "offer" else 0
        for position in order
    ]
    return script("catalogPoints", digits(np.array(points, np.int64)), NAMED)


def county_scripts(catalog: Catalog, number_of: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """For each region: which records name each of its counties, and which name the region itself; then the points of the societies (by
    their places in the facet) for being and having been near: those that any county gives, and by code those of the others."""
    places = catalog.known.places
    presence = Presence.of(catalog)
    numbers = [number for number, id in enumerate(catalog.societies) if id in catalog.groups["society"]]
    for region in places.regions.values():
        codes = [region.id, *(county.code for county in places.counties.values() if county.region == region.id)]
        named = [(code, sorted(number_of[position] for position in catalog.naming(code))) for code in codes]
        rows = [[code, places.name(code), digits(_steps(held)), len(held)] for code, held in named if held]
        plain, own = presence.of_region(region.id)
        near = [digits(plain[numbers]), {code: digits(points[numbers]) for code, points in own.items()}]
        yield region.id, script("catalogCounties", region.id, rows, near)


def _facet(column: Column, order: Sequence[int]) -> dict[str, Any]:
    """A column as the browser reads it: ``data`` are places in ``sets`` where that is shorter, else the sets themselves, a bit a term."""
    place = {id: at for at, (id, _) in enumerate(column.terms)}
    bits_of: dict[tuple[str, ...], int] = {}
    sets = []
    for ids in (tuple(column.ids(position)) for position in order):
        if ids not in bits_of:
            bits_of[ids] = sum(1 << place[id] for id in {*ids} if id in place)
        sets.append(bits_of[ids])
    counts = Counter(sets)
    table = sorted(counts, key=lambda bits: (-counts[bits], bits))
    place_of = {bits: at for at, bits in enumerate(table)}
    ranks = digits(np.array([place_of[bits] for bits in sets], np.int64))
    terms = [[at for at in range(bits.bit_length()) if bits >> at & 1] for bits in table]
    facet: dict[str, Any] = {"key": column.key, "label": column.label, "terms": column.terms}
    if column.page:
        facet["page"] = column.page
    if column.numbers:
        facet["numbers"] = digits(np.array(column.numbers, np.int64))
    if len(column.terms) < _MOST_BITS:
        bits = digits(np.array(sets, np.int64), 64)
        if _weight(bits) < _weight(ranks) + _weight(str(terms)):
            return facet | {"bits": bits}
    return facet | {"sets": terms, "data": ranks}


def _weight(text: str) -> int:
    return len(compress(text.encode()))


def _steps(numbers: Sequence[int]) -> Integers:
    """Ascending numbers, each less the one before."""
    whole = np.array([0, *numbers], np.int64)
    return whole[1:] - whole[:-1]
