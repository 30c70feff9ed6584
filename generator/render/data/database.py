"""Tables in, the bytes of an SQLite database out: the tables, and the terms and places of each activity as rows of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.model.catalog import Catalog
from generator.render.data.tables import Head, Table
from generator.render.flat import Cell

_TYPES = {"number": "INTEGER"}
_FACETS = ("fields", "audiences", "forms")
# Of the header: how often it was written and by which library, which is no matter of the data.
_ONCE = (1).to_bytes(4, "big")
_WRITER = {24: _ONCE, 92: _ONCE + (3_040_000).to_bytes(4, "big")}


def database(catalog: Catalog, tables: Sequence[Table]) -> bytes:
    """The file; opening it shows every table with keys, and those of other tables that it points at."""
    with TemporaryDirectory(prefix="catalog-data-") as folder:
        path = Path(folder, "catalog.sqlite")  # on the disk: it is as large as all records together
        _fill(path, catalog, tables)
        with path.open("r+b") as file:
            for at, words in _WRITER.items():
                file.seek(at)
                file.write(words)
        return path.read_bytes()


def _fill(path: Path, catalog: Catalog, tables: Sequence[Table]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF"):
            store.execute(f"PRAGMA {setting}")
        store.execute("BEGIN")
        for table in (*tables, *_of_activities(catalog)):
            names = ", ".join(f'"{head.key}"' for head in table.columns)
            marks = ", ".join("?" * len(table.columns))
            store.execute(_created(table))
            store.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', _stored(table.rows()))  # noqa: S608 - our own names
        store.execute("COMMIT")
        store.execute("VACUUM")


def _created(table: Table) -> str:
    columns = [f'"{head.key}" {_TYPES.get(head.kind, "TEXT")}' for head in table.columns]
    keys = ", ".join(f'"{key}"' for key in table.key)
    links = [f'FOREIGN KEY ("{mine}") REFERENCES "{other}" ("{theirs}")' for mine, other, theirs in table.links]
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, f"PRIMARY KEY ({keys})", *links])}) WITHOUT ROWID'


def _stored(rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[str | int | None]]:
    for row in rows:
        yield [_cell(cell) for cell in row]


def _cell(cell: Cell) -> str | int | None:
    if isinstance(cell, str):
        # A copy: SQLite asks for UTF-8, and the record's own text would keep that for good.
        return cell[:1] + cell[1:] if cell else None
    return cell.isoformat() if isinstance(cell, date) else cell


def _of_activities(catalog: Catalog) -> tuple[Table, Table, Table]:
    link = (("activity", "activities", "id"),)

    def terms() -> Iterator[tuple[Cell, ...]]:
        for activity in catalog.activities:
            yield activity.id, "kinds", activity.kind
            yield from ((activity.id, facet, term) for facet in _FACETS for term in getattr(activity, facet))

    return (
        Table(
            "activity_terms",
            "活动的词",
            (Head("activity", "活动"), Head("vocabulary", "词表"), Head("term", "词")),
            ("activity", "vocabulary", "term"),
            terms,
            link,
        ),
        Table(
            "activity_places",
            "活动可服务的地区",
            (Head("activity", "活动"), Head("place", "地区代码")),
            ("activity", "place"),
            lambda: ((activity.id, place) for activity in catalog.activities for place in activity.regions),
            link,
        ),
        Table(
            "activity_sessions",
            "活动的场次",
            (
                Head("activity", "活动"),
                Head("number", "序号", "number"),
                *(Head(key, key) for key in ("start", "end", "county", "place", "title")),
            ),
            ("activity", "number"),
            lambda: (
                (activity.id, number, one.start, one.end, one.county, one.place, one.title)
                for activity in catalog.activities
                for number, one in enumerate(activity.sessions, 1)
            ),
            link,
        ),
    )
