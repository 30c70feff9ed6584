"""The catalogue in, JSON out: a record as it states itself by ids, one a line, and one document a kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.field import fields_of
from generator.model.need import Need
from generator.model.values import stated
from generator.render.data.tables import vocabularies

Json = dict[str, Any]
VERSION = 1
LICENCE = "CC-BY-4.0"
_PATH = ("id", "year", "society", "county")  # what a record's path says, where its file does not


def records(catalog: Catalog) -> dict[str, Callable[[], Iterable[Any]]]:
    """The kinds of records, by the name of their files."""
    return {
        "activities": lambda: catalog.activities,
        "societies": catalog.societies.values,
        "calls": catalog.calls.values,
        "needs": catalog.exchange.needs.values,
        "pairings": catalog.exchange.pairings.values,
    }


def data_of(record: Any, catalog: Catalog) -> Json:
    """A record as data: its id and path, then what it states, by English keys and ids."""
    table: type = type(record)
    path = {key: getattr(record, key) for key in path_of(table)}
    return {**path, **stated(record, catalog.known, names=False)}


@cache
def path_of(cls: type) -> tuple[str, ...]:
    """What the path of a class's files says, not their text: id, year, society or county."""
    in_file = {line.key for line in fields_of(cls)}
    return tuple(key for key in _PATH if key not in in_file and key in cls.__annotations__)


def ndjson(catalog: Catalog, name: str) -> bytes:
    """One record a line; read again, it is the record."""
    return "".join(f"{_dumped(data_of(record, catalog))}\n" for record in records(catalog)[name]()).encode()


def document(catalog: Catalog, head: Json, name: str) -> bytes:
    """``head``, then the records under their name, with what follows from the day: ``standing`` and ``state``."""
    return _listed(head, name, _items(catalog, name))


def _items(catalog: Catalog, name: str) -> Iterator[Json]:
    if name == "vocabularies":
        for one in vocabularies(catalog):
            terms = [
                {"id": term.id, "name": term.name, "aliases": list(term.aliases), "english": term.english}
                for term in one
            ]
            yield {"id": one.id, "title": one.title, "note": one.note, "terms": terms}
    elif name == "regions":
        yield from (asdict(region) for region in catalog.known.places.regions.values())
    elif name == "counties":
        places = catalog.known.places
        for county in places.counties.values():
            yield {**asdict(county), "full_name": places.name(county.code)}
    else:
        for position, record in enumerate(records(catalog)[name]()):
            yield data_of(record, catalog) | _of_the_day(record, catalog, position)


def _of_the_day(record: Any, catalog: Catalog, position: int) -> Json:
    if isinstance(record, Activity):
        return {"standing": catalog.standings[position], "state": catalog.states[position].id}
    return {"state": catalog.exchange.states[record.id].id} if isinstance(record, Need) else {}


def head_of(catalog: Catalog, operator: str, url: str) -> Json:
    """What every document says of itself."""
    return {
        "version": VERSION,
        "day": catalog.today.isoformat(),
        "publisher": operator or None,
        "notice": None if operator else "演示数据，非中国科协发布",
        "licence": LICENCE,
        "homepage": url or None,
        "caution": "standing 为 past 的是往年活动，不是可以邀请的活动；有 source 的由本站根据公开报道整理，不是学会申报的材料。",
    }


def _listed(head: Json, name: str, items: Iterable[Json]) -> bytes:
    """One item a line, so that a change is a change of one line."""
    lines = ",\n".join(map(_dumped, items))
    return f'{_dumped(head)[:-1]},"{name}":[\n{lines}\n]}}\n'.encode()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
