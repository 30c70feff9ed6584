"""Shards in, decoded postings and a lunr index of some terms out: in Python what terms.js does in the browser."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet
from lunr.vector import Vector

from generator.render.search.shards import Shard, shard_path
from generator.render.search.text import FIELDS

_DIGITS = {chr(code): digit for digit, code in enumerate(code for code in range(35, 127) if chr(code) not in "<\\")}
_BASE = 45
BY_TERM = {field.key for field in FIELDS if field.by_term}
K1 = 1.2


class Posting(NamedTuple):
    """A term in one field. ``full``: in how many records it stands; ``times``: how often, by the number of each record that is kept;
    ``places``: where, in the names that keep places; ``signs``: what the next two characters of each place come to."""

    full: int
    times: dict[int, int]
    places: dict[int, list[int]]
    signs: dict[int, list[int]]


Postings = dict[str, Posting]  # by field


class Shards:
    """All terms of some shards. ``having``: the numbers of the records that have each term of a vocabulary, by its number; without it
    every field was said for each record."""

    def __init__(self, cut: Iterable[Shard], having: Mapping[int, Sequence[int]] | None = None) -> None:
        self._having = having
        self._data: dict[str, str] = {}
        for shard in sorted(cut, key=lambda shard: shard.begin):
            text = shard.data.decode()
            first, names, data = json.loads(f"[{text.removeprefix('catalogTerms(').rstrip().removesuffix(')')}]")
            numbers = _Numbers(data)
            terms = names.split("\n")
            assert shard_path(shard).split("/")[-1].startswith(f"{first}_")
            for term in terms:
                size = next(numbers)
                self._data[term] = data[numbers.at : numbers.at + size]
                numbers.at += size
            assert numbers.at == len(data), "nothing stands behind the last term"
        self._decoded: dict[str, Postings] = {}

    @property
    def terms(self) -> list[str]:
        """Every term, shard by shard."""
        return list(self._data)

    def postings(self, term: str) -> Postings:
        """Those of a term; nothing where no record holds it."""
        if term not in self._decoded:
            self._decoded[term] = self._spread(_decoded(term, self._data[term])) if term in self._data else {}
        return self._decoded[term]

    def _spread(self, postings: Postings) -> Postings:
        """Those of fields that records have from terms, for the records."""
        found = {}
        for key, posting in postings.items():
            found[key] = posting
            if key in BY_TERM and self._having is not None:
                times: Counter[int] = Counter()
                for number, often in posting.times.items():
                    times.update(dict.fromkeys(self._having[number], often))
                found[key] = posting._replace(full=len(times), times=dict(sorted(times.items())))
        return found

    def index(self, terms: Sequence[str], rows: dict[int, int]) -> Index:
        """lunr's index put together from the postings of some terms only. ``rows``: the place of each number among all."""
        inverted = {}
        vectors: dict[str, Vector] = {}
        for at, term in enumerate(terms):
            postings = self.postings(term)
            held = sum(posting.full for posting in postings.values())
            idf = log(1 + abs((len(rows) - held + 0.5) / (held + 0.5)))
            entry: dict[str, object] = {"_index": at}
            for field in FIELDS:
                times = postings[field.key].times if field.key in postings else {}
                entry[field.key] = {str(rows[number]): {} for number in times}
                for number, often in times.items():
                    vector = vectors.setdefault(f"{field.key}/{rows[number]}", Vector())
                    vector.insert(at, round(idf * ((K1 + 1) * often) / (K1 + often) * field.boost, 3))
            inverted[term] = entry
        fields = [field.key for field in FIELDS]
        return Index(inverted, vectors, TokenSet.from_list(sorted(terms)), fields, Pipeline())


class _Numbers(Iterator[int]):
    """The numbers of a text of letters, from ``at`` on."""

    def __init__(self, data: str) -> None:
        self.data, self.at = data, 0

    def __next__(self) -> int:
        value, worth = 0, 1
        while True:
            digit = _DIGITS[self.data[self.at]]
            self.at += 1
            value += digit % _BASE * worth
            if digit < _BASE:
                return value
            worth *= _BASE


def _decoded(term: str, data: str) -> Postings:
    numbers = _Numbers(data)
    bits = next(numbers)
    postings = {}
    for at, field in enumerate(FIELDS):
        if not bits >> at & 1:
            continue
        head = next(numbers)
        full = head >> 2
        held = next(numbers) if head & 2 else full
        records = _summed(next(numbers) for _ in range(held))
        times = [next(numbers) if head & 1 else 1 for _ in range(held)] if head & 1 else [1] * held
        places, signs = {}, {}
        if field.is_name and len(term) == 2:
            places = {
                record: _summed(next(numbers) for _ in range(often))
                for record, often in zip(records, times, strict=True)
            }
            signs = {record: [next(numbers) for _ in held] for record, held in places.items()}
        postings[field.key] = Posting(full, dict(zip(records, times, strict=True)), places, signs)
    assert numbers.at == len(data), "nothing stands behind the last posting"
    return postings


def _summed(steps: Iterable[int]) -> list[int]:
    values: list[int] = []
    for step in steps:
        values.append(step + (values[-1] if values else 0))
    return values
