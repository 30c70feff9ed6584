"""All addresses in, sitemap and robots out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote
from xml.etree import ElementTree as ET

from generator.render.output import OutputFile

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_URLS = 50_000  # of one file, by the protocol


def files(url: str, paths: Iterable[str], days: Mapping[str, date]) -> Iterator[OutputFile]:
    """``sitemap.xml`` (an index and parts where one file cannot hold all) and ``robots.txt``. ``days``: of the last change, by path.

    A sitemap needs whole addresses: where the site does not know its own, it lists none.
    """
    pages = sorted(path for path in paths if path.endswith(".html") and path != "404.html") if url else []
    parts = [pages[at : at + MOST_URLS] for at in range(0, len(pages), MOST_URLS)] or [[]]
    if len(parts) == 1:
        yield OutputFile.of(
            "sitemap.xml", _xml("urlset", "url", ((url + _short(path), days.get(path)) for path in parts[0]))
        )
    else:
        for number, part in enumerate(parts, start=1):
            yield OutputFile.of(
                f"sitemap-{number}.xml", _xml("urlset", "url", ((url + _short(path), days.get(path)) for path in part))
            )
        names = ((f"{url}sitemap-{number}.xml", None) for number in range(1, len(parts) + 1))
        yield OutputFile.of("sitemap.xml", _xml("sitemapindex", "sitemap", names))
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {url}sitemap.xml\n" if url else "")
    yield OutputFile.of("robots.txt", robots.encode())


def _short(path: str) -> str:
    return quote(path.removesuffix("index.html"))


def _xml(root: str, item: str, urls: Iterable[tuple[str, date | None]]) -> bytes:
    tree = ET.Element(root, xmlns=_SPACE)
    for url, day in urls:
        entry = ET.SubElement(tree, item)
        ET.SubElement(entry, "loc").text = url
        if day is not None:
            ET.SubElement(entry, "lastmod").text = day.isoformat()
    data: bytes = ET.tostring(tree, encoding="utf-8", xml_declaration=True)
    return data
