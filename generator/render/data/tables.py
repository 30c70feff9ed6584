"""The catalogue in, flat tables out: what the CSV files and the database hold, each column with its name and meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.catalog import Catalog
from generator.model.field import fields_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.society import Society
from generator.model.values import Choice, Group, Many
from generator.model.vocabulary import Vocabulary
from generator.render.flat import Cell, Kind, columns_of
from generator.render.official_rows import standing_name

KINDS = (Activity, Society, Call, Need, Pairing)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: key, Chinese name, type, meaning."""

    key: str
    label: str
    kind: Kind = "text"
    help: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``key``: the columns that tell rows apart; ``links``: column, table, column it points at."""

    name: str
    title: str
    columns: tuple[Head, ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[tuple[Cell, ...]]]
    links: tuple[tuple[str, str, str], ...] = ()


def tables(catalog: Catalog) -> tuple[Table, ...]:
    """All tables, the activities first."""
    places = catalog.known.places
    return (
        _activities(catalog),
        _records("societies", "学会和科协", Society, (), (), catalog, catalog.societies.values),
        _records("calls", "通知", Call, (Head("id", "编号"),), (), catalog, catalog.calls.values),
        _needs(catalog),
        _pairings(catalog),
        Table(
            "terms",
            "词表",
            (
                Head("vocabulary", "词表", help="用在哪一个字段。"),
                Head("id", "编号"),
                Head("name", "名称"),
                Head("aliases", "别名", help="导入时认得的其他写法，用顿号隔开。"),
                Head("english", "英文"),
            ),
            ("vocabulary", "id"),
            lambda: (
                (vocabulary.id, term.id, term.name, "、".join(term.aliases), term.english)
                for vocabulary in vocabularies(catalog)
                for term in vocabulary
            ),
        ),
        Table(
            "regions",
            "省级地区",
            (
                Head("id", "编号"),
                Head("name", "名称"),
                Head("short", "简称"),
                Head("pinyin", "拼音"),
                Head("english", "英文"),
            ),
            ("id",),
            lambda: ((one.id, one.name, one.short, one.pinyin, one.english) for one in places.regions.values()),
        ),
        Table(
            "counties",
            "县（市、区）",
            (
                Head("code", "代码"),
                Head("name", "名称"),
                Head("full_name", "全称"),
                Head("city", "地级"),
                Head("region", "省级地区"),
            ),
            ("code",),
            lambda: (
                (one.code, one.name, places.name(one.code), one.city, one.region) for one in places.counties.values()
            ),
            (("region", "regions", "id"),),
        ),
    )


def vocabularies(catalog: Catalog) -> list[Vocabulary]:
    """The closed lists that fields choose from."""
    used = {vocabulary for cls in KINDS for vocabulary in _chosen_from(cls)}
    return [one for id, one in catalog.known.vocabularies.items() if id in used]


def _chosen_from(cls: type) -> Iterator[str]:
    for line in fields_of(cls):
        value = line.value.one if isinstance(line.value, Many) else line.value
        if isinstance(value, Choice):
            yield value.vocabulary
        elif isinstance(value, Group):
            yield from _chosen_from(value.cls)


def _records(
    name: str,
    title: str,
    cls: type,
    given: tuple[Head, ...],
    derived: tuple[tuple[Head, Callable[[Any], Cell]], ...],
    catalog: Catalog,
    records: Callable[[], Iterable[Any]],
    links: tuple[tuple[str, str, str], ...] = (),
) -> Table:
    """``given``: what a record's path says; ``derived``: what follows from other records or the day."""
    columns = columns_of(cls)
    known = catalog.known

    def rows() -> Iterator[tuple[Cell, ...]]:
        for record in records():
            yield (
                *[getattr(record, head.key) for head in given],
                *[read(record) for _, read in derived],
                *[column.read(record, known) for column in columns],
            )

    heads = (
        *given,
        *(head for head, _ in derived),
        *(Head(one.key, one.label, one.kind, one.help) for one in columns),
    )
    return Table(name, title, heads, ("id",), rows, links)


def _activities(catalog: Catalog) -> Table:
    given = (
        Head("id", "编号", help="也是网址的一部分：activities/编号.html。"),
        Head("year", "年份", help="最早写到的年份；没有写到的是 undated。"),
        Head("society", "单位编号"),
    )
    at = {activity.id: position for position, activity in enumerate(catalog.activities)}

    def level(activity: Activity) -> str:
        return catalog.vocabulary("levels").name(catalog.societies[activity.society].level)

    derived = (
        (Head("society_name", "单位名称"), lambda one: catalog.societies[one.society].name),
        (Head("society_level", "单位层级"), level),
        (
            Head("standing", "列为", help="可以邀请的活动、仍在开展的活动，或往年活动；往年活动不是可以邀请的活动。"),
            lambda one: standing_name(catalog.standings[at[one.id]]),
        ),
        (Head("state", "状态", help="按数据截至的那一天算。"), lambda one: catalog.states[at[one.id]].word),
    )
    links = (("society", "societies", "id"), ("call", "calls", "id"))
    return _records("activities", "活动", Activity, given, derived, catalog, lambda: catalog.activities, links)


def _needs(catalog: Catalog) -> Table:
    given = (Head("id", "编号"), Head("year", "年份"), Head("county", "县（市、区）代码"))
    derived = (
        (Head("county_name", "县（市、区）"), lambda one: catalog.known.places.name(one.county)),
        (Head("state", "状态", help="按数据截至的那一天算。"), lambda one: catalog.exchange.states[one.id].word),
    )
    links = (("county", "counties", "code"),)
    return _records("needs", "需求", Need, given, derived, catalog, catalog.exchange.needs.values, links)


def _pairings(catalog: Catalog) -> Table:
    given = (Head("id", "编号"), Head("year", "年份"), Head("county", "县（市、区）代码"))
    derived = ((Head("county_name", "县（市、区）"), lambda one: catalog.known.places.name(one.county)),)
    links = (("county", "counties", "code"), ("need", "needs", "id"), ("call", "calls", "id"))
    return _records("pairings", "结对", Pairing, given, derived, catalog, catalog.exchange.pairings.values, links)
