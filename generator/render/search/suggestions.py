"""Pages written by hand, societies, regions and terms in, a small whole index out: the only door to lunr.

It is loaded at the first key in any search box, answers with suggestions, and finds the pages that are no activities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import numpy as np
from lunr.builder import Builder
from lunr.index import Index

from generator.model.catalog import Catalog
from generator.model.pinyin import initials
from generator.render import address
from generator.render.search.encode import digits, script
from generator.render.search.text import GAP, TextField, fold, terms_of

_BOOSTS = {"name": 6, "aliases": 3}
Entry = tuple[
    str, str, str, tuple[str, ...], str
]  # kind, name, address, other names, initials of its Chinese characters
_NAME = TextField("name", 1, singles=False)
_LISTS = (("fields", "领域"), ("audiences", "服务对象"), ("forms", "活动形式"))


def suggestions_script(catalog: Catalog, pages: Sequence[Entry]) -> bytes:
    """lunr's index without what follows from the names, and what each of its entries is. ``pages``: those of ``page_entries``.

    The terms, and which entries hold them, follow from cutting the names; so of the index only the scores travel, in its own order,
    as places in a table of the different ones.
    """
    entries = [*_entries(catalog), *pages]
    vectors = small_index(entries).serialize()["fieldVectors"]
    scores = [score for _, vector in vectors for score in vector[1::2]]
    table = sorted(set(scores))
    place = {score: at for at, score in enumerate(table)}
    places = digits(np.array([place[score] for score in scores], np.int64))
    shown = [[kind, name, href, GAP.join(aliases), letters] for kind, name, href, aliases, letters in entries]
    return script("catalogSuggestions", table, places, shown)


def small_index(entries: Sequence[Entry]) -> Index:
    """lunr's whole index of the entries' names and other names."""
    builder = Builder()
    builder.pipeline.reset()  # no stemming: terms are cut as everywhere in the search
    builder.search_pipeline.reset()
    builder.ref("id")
    builder.b(0)
    for field, boost in _BOOSTS.items():
        builder.field(field, boost)
    for number, (_, name, _, aliases, _) in enumerate(entries):
        others = [term for alias in aliases for term in terms_of(fold(alias), _NAME)]
        builder.add({"id": str(number), "name": [*terms_of(fold(name), _NAME)], "aliases": others})
    return builder.build()


def _entries(catalog: Catalog) -> Iterator[Entry]:
    for society in catalog.societies.values():
        yield "学会", society.name, address.society(society.id), society.aliases, initials(society.name)
    for region in catalog.known.places.regions.values():
        yield "地区", region.name, address.region(region.id), (region.short,), ""
    for key, label in _LISTS:
        for term in catalog.vocabulary(key):
            if term.id in catalog.groups[key]:
                yield label, term.name, address.facet(key, term.id) + "index.html", term.aliases, ""


def page_entries(pages: Mapping[str, bytes]) -> Iterator[Entry]:
    """The pages written by hand, by their titles and headings. ``pages``: HTML by address."""
    for path, html in pages.items():
        reader = _Words()
        reader.feed(html.decode())
        if reader.title:
            yield "说明", reader.title, path, tuple(reader.headings), ""


class _Words(HTMLParser):
    """The title and the headings of a page's own content."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.headings: list[str] = []
        self._inside = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        """Content begins at the page's ``article``."""
        if tag == "article":
            self._depth += 1
        if tag in ("h1", "h2", "h3"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """And ends with it."""
        if tag == "article":
            self._depth -= 1
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: Any) -> None:
        """Headings, by their rank."""
        text = data.strip()
        if not text or not self._depth or text == "¶":
            return
        if self._inside == "h1":
            self.title = self.title or text
        elif self._inside:
            self.headings.append(text)
