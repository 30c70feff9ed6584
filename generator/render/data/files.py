"""The site in, every file below ``/data/`` out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial

from generator.render import address, official_files, words
from generator.render.data import documents
from generator.render.data.database import database
from generator.render.data.package import Digest, package
from generator.render.data.schemas import schema
from generator.render.data.tables import Table, tables
from generator.render.downloads import formats, lists_of
from generator.render.flat import as_text
from generator.render.lists import term_name
from generator.render.official import Asked
from generator.render.output import OutputFile
from generator.render.site import Json, Site
from generator.render.table import BOM, csv_line

_DOCUMENTS = ("activities", "societies", "calls", "needs", "pairings", "vocabularies", "regions", "counties")
_TITLES = {"vocabularies": "词表"}


class Data:
    """The data files of a site. Each is made when it is written; its digest is kept for the files that list it."""

    def __init__(self, site: Site) -> None:
        catalog = site.catalog
        operator = site.settings.extra.get("operator", "")
        self.site = site
        self.tables = tables(catalog)
        self.head = documents.head_of(catalog, operator, site.address(address.DATA))
        self.makers: dict[str, Callable[[], bytes]] = {
            **{f"{table.name}.csv": partial(_csv, table) for table in self.tables},
            **{f"{name}.ndjson": partial(documents.ndjson, catalog, name) for name in documents.records(catalog)},
            **{f"v1/{name}.json": partial(documents.document, catalog, self.head, name) for name in _DOCUMENTS},
            **{f"v1/schema/{name}.json": partial(schema, name, catalog.known) for name in documents.records(catalog)},
            "catalog.sqlite": partial(database, catalog, self.tables),
        }
        self._digests: dict[str, Digest] = {}

    def files(self) -> Iterator[OutputFile]:
        """The files, then what lists them: written one after the other by one process, each is made once."""
        for name in self.makers:
            yield OutputFile(f"{address.DATA_FOLDER}{name}", partial(self._made, name))
        yield OutputFile(f"{address.DATA_FOLDER}datapackage.json", self._package)
        yield self._page()

    def _made(self, name: str) -> bytes:
        data = self.makers[name]()
        self._digests[name] = Digest(len(data), hashlib.sha256(data).hexdigest())
        return data

    def _digest(self, name: str) -> Digest:
        if name not in self._digests:
            self._made(name)
        return self._digests[name]

    def _package(self) -> bytes:
        described = {f"{table.name}.csv" for table in self.tables}
        return package(self.head, self.tables, [name for name in self.makers if name not in described], self._digest)

    def _page(self) -> OutputFile:
        return self.site.page(
            address.DATA,
            "pages/data.html",
            "数据下载",
            (),
            self._context,
            "整份清单的 Excel、Word、PDF 和开放数据：CSV、JSON、SQLite，附字段说明、许可和校验和。",
        )

    def _context(self) -> Json:
        site = self.site
        return {
            "day": words.chinese_day(site.catalog.today),
            "demonstration": not site.settings.extra.get("operator"),
            "total": len(site.catalog.activities),
            "whole": lists_of(site, Asked()),
            "groups": [
                {"title": title, "lists": [self._list(asked, name) for asked, name in chosen]}
                for title, chosen in _offered(site)
                if chosen
            ],
            "released": "pdf" in site.formats,
            "kinds": [
                {
                    "name": table.name,
                    "title": table.title,
                    "files": [
                        (label, f"{address.DATA_FOLDER}{path}", self._digest(path))
                        for label, path in (
                            ("CSV", f"{table.name}.csv"),
                            ("NDJSON", f"{table.name}.ndjson"),
                            ("JSON", f"v1/{_json_name(table.name)}.json"),
                        )
                        if path in self.makers
                    ],
                    "schema": f"{address.DATA_FOLDER}v1/schema/{table.name}.json"
                    if f"v1/schema/{table.name}.json" in self.makers
                    else None,
                    "columns": table.columns,
                }
                for table in self.tables
            ],
            "store": ("catalog.sqlite", f"{address.DATA_FOLDER}catalog.sqlite", self._digest("catalog.sqlite")),
            "package": f"{address.DATA_FOLDER}datapackage.json",
            "sums": [(name, self._digest(name)) for name in self.makers],
            "size": words.size,
        }

    def _list(self, asked: Asked, name: str) -> Json:
        site = self.site
        inside = _inside(site, asked) if "pdf" in site.formats else []
        places = site.catalog.known.places
        return {
            "name": name,
            "count": site.official.count(asked),
            "files": lists_of(site, asked),
            "inside": [self._list(one, places.name(one.region)) for one in inside],
        }


def files(site: Site) -> Iterator[OutputFile]:
    """What is of all records: the open data, its page, the official list in Excel."""
    yield from Data(site).files()
    yield from _lists(site, [Asked()], {"xlsx"})


def sheets(site: Site) -> Iterator[OutputFile]:
    """The official lists of each call, year and region in Excel."""
    yield from _lists(site, [one for _, chosen in _offered(site) for one, _ in chosen], {"xlsx"})


def releases(site: Site) -> Iterator[OutputFile]:
    """What only a release has: the lists in Word and PDF, and those of each call and each year for each region."""
    offered = [Asked(), *(one for _, chosen in _offered(site) for one, _ in chosen)]
    yield from _lists(site, offered, {"docx", "pdf"})
    yield from _lists(site, [inner for one in offered for inner in _inside(site, one)], {"xlsx", "docx", "pdf"})


def _inside(site: Site, asked: Asked) -> list[Asked]:
    """The list of a call or a year for each region with records."""
    if asked.region or not (asked.call or asked.year):
        return []
    return [replace(asked, region=region) for region in site.official.regions(asked)]


def _lists(site: Site, asked: Iterable[Asked], endings: AbstractSet[str]) -> Iterator[OutputFile]:
    official_files.ready(endings)
    for one in asked:
        for ending in formats(site, one):
            if ending in endings:
                make = partial(official_files.FORMATS[ending], site.official, one)
                yield OutputFile(address.official(one.stem, ending), make, heavy=True)


def _offered(site: Site) -> list[tuple[str, list[tuple[Asked, str]]]]:
    """The lists that every build has, with their names: by call, by year (the newest first), by region."""
    catalog, places = site.catalog, site.catalog.known.places
    years = sorted(catalog.groups["year"], key=lambda year: year if year.isdigit() else "", reverse=True)
    regions = [code for code in catalog.groups["regions"] if code not in places.counties]
    return [
        ("按通知", [(Asked(call=call), term_name(catalog, "call", call)) for call in catalog.groups["call"]]),
        ("按年份", [(Asked(year=year), term_name(catalog, "year", year)) for year in years]),
        ("按地区", [(Asked(region=code), places.name(code)) for code in regions]),
    ]


def _csv(table: Table) -> bytes:
    lines = (csv_line([as_text(cell) for cell in row]) for row in table.rows())
    return (BOM + csv_line([head.key for head in table.columns]) + "".join(lines)).encode()


def _json_name(table: str) -> str:
    return "vocabularies" if table == "terms" else table
