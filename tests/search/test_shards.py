"""One record more changes the files that speak of it; ranges, processors and the order of records leave no trace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace

import pytest

from generator.build import CHECKOUT, read_content
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.render.search import files
from generator.render.search.numbers import bits_for, numbers_of
from generator.render.search.postings import Corpus
from generator.render.search.shards import shards
from generator.render.search.text import FIELDS, TextField, terms_of
from tests.bench import corpus
from tests.conftest import TODAY
from tests.search.browserless import in_rows, invented, texts_of
from tests.search.shard_reader import Shards

COUNT = 300
_CONTENT = read_content(CHECKOUT, CHECKOUT)


@cache
def records(count: int) -> tuple[Activity, ...]:
    material = corpus.read_material(CHECKOUT)
    return tuple(invented(number, material, _CONTENT.known) for number in range(count))


def catalog_of(activities: Sequence[Activity]) -> Catalog:
    return Catalog.of(activities, _CONTENT.societies, _CONTENT.calls, _CONTENT.known, {}, TODAY)


def written(activities: Sequence[Activity]) -> dict[str, bytes]:
    """All files of the search, by path."""
    return {file.path: file.make() for file in files(SimpleNamespace(catalog=catalog_of(activities)), {})}


def units(text: str) -> tuple[int, ...]:
    """The UTF-16 units of a text."""
    data = text.encode("utf-16-be")
    return tuple(data[at] << 8 | data[at + 1] for at in range(0, len(data), 2))


def begin(path: str) -> tuple[int, ...]:
    """The units that the terms of a shard begin with, or come after."""
    return tuple(int(unit, 16) for unit in path.rsplit("/", maxsplit=1)[-1].split("_", maxsplit=1)[0].split("-"))


@pytest.mark.parametrize(("added", "reach"), [(3, 1_000_000), (77, 40_000), (210, 15_000), (299, 40_000)])
def test_one_record_more_changes_only_the_files_that_speak_of_it(
    added: int, reach: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.render.search.shards.LIMIT", 500)  # many small shards show more
    monkeypatch.setattr("generator.render.search.shards._RANGE", reach)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    few = [*records(COUNT)[:added], *records(COUNT)[added + 1 :]]
    new = records(COUNT)[added]
    before, after = written(few), written(records(COUNT))
    changed = {path for path in before | after if before.get(path) != after.get(path)}

    catalog = catalog_of(records(COUNT))
    texts = texts_of(catalog)[in_rows(catalog)[1].index(new)]
    own = {term for text, field in zip(texts, FIELDS, strict=True) for term in terms_of(text, field)}
    begins = sorted(begin(path) for path in before if "search/terms/" in path)
    ends = dict(zip(begins, [*begins[1:], (1 << 16,)], strict=True))
    for path in changed:
        if "search/terms/" in path and path in before:
            held = [term for term in own if begin(path) <= units(term) < ends[begin(path)]]
            assert held, f"{path} changed and holds no term of the record"

    number = numbers_of(catalog.activities, bits_for(COUNT))[catalog.activities.index(new)]
    manifest = json.loads(after["search/manifest.js"].decode().strip()[len("catalogManifest(") : -1])
    places = {catalog.known.places.region_of(code) for code in new.regions}
    rest = {path for path in changed if "search/terms/" not in path}
    assert "search/manifest.js" in rest
    kinds = {path.removeprefix("search/").rpartition("-")[0] or path for path in rest if path.count("/") == 1}
    assert kinds <= {"numbers", "columns", "days", "points", "suggestions", "search/manifest.js"}
    cells = {path.split("/")[2].split("-")[0] for path in rest if "/cards/" in path}
    assert cells == {str(number >> manifest["shift"])}, "its card, and those beside it"
    assert {path.split("/")[2].split("-")[0] for path in rest if "/counties/" in path} <= places
    unchanged = sum("search/terms/" in path for path in before) - sum(
        "search/terms/" in path for path in changed & before.keys()
    )
    assert unchanged > 200, "most shards are not of this record"


def test_order_of_records_ranges_and_processors_leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    once = written(records(COUNT))
    monkeypatch.setattr("generator.render.search.shards._RANGE", 30_000)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert written(records(COUNT)[::-1]) == once


def test_a_capped_term_keeps_the_number_of_its_records_and_those_that_say_it_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = 40
    lines = tuple(
        TextField(**{**{key: getattr(field, key) for key in field.__slots__}, "most": most}) for field in FIELDS
    )
    catalog = catalog_of(records(COUNT))
    numbers, _ = in_rows(catalog)
    texts = Corpus.of(numbers, [text for row in texts_of(catalog) for text in row])
    whole = Shards(shards(texts, capped=False))
    monkeypatch.setattr("generator.render.search.postings.FIELDS", lines)
    monkeypatch.setattr("generator.render.search.postings.MOST_SINGLES", most)
    capped = Shards(shards(texts))
    assert capped.terms == whole.terms
    cut = 0
    for term in whole.terms:
        assert capped.postings(term).keys() == whole.postings(term).keys()
        for key, (full, times, places, signs) in whole.postings(term).items():
            short = capped.postings(term)[key]
            assert short.full == full == len(times)
            kept = sorted(times, key=lambda number: (-times[number], number))[:most]
            assert short.times == {number: times[number] for number in sorted(kept)}
            assert short.places == {number: places[number] for number in sorted(kept) if number in places}
            assert short.signs == {number: signs[number] for number in sorted(kept) if number in signs}
            cut += len(times) > most
    assert cut > 100
