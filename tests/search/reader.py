"""Our shards in, lunr's own index of a query's terms out: what the browser does, once more in Python."""

from __future__ import annotations

import json
from math import log
from pathlib import Path
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.query import QueryPresence
from lunr.token_set import TokenSet
from lunr.vector import Vector

from generator.render.search.text import FIELDS, terms_of

_DIGITS = {chr(code): at for at, code in enumerate(code for code in range(35, 127) if chr(code) not in "<\\")}
K1 = 1.2
Posting = dict[
    str, tuple[int, dict[int, int]]
]  # of each field: how many records, and how often each of those kept holds the term
Clause = dict[str, Any]


class Shards:
    """All shards of a site, decoded."""

    def __init__(self, site: Path) -> None:
        self.manifest = _arguments(site / "search/manifest.js")[0]
        steps = _arguments(site / f"search/{self.manifest['files']['numbers']}.js")[0]
        self.numbers: list[int] = []
        count = self.manifest["count"]
        for at in range(count):
            step = sum(_DIGITS[steps[at + place * count]] * 90**place for place in range(len(steps) // count))
            self.numbers.append(step + (self.numbers[-1] if self.numbers else 0))
        row_of = {number: row for row, number in enumerate(self.numbers)}
        self.postings: dict[str, Posting] = {}
        for path in sorted((site / "search/terms").iterdir()):
            _, names, data = _arguments(path)
            values = letters(data)
            for term in names.split("\n"):
                next(values)
                self.postings[term] = posting(term, values, row_of)

    def search(self, clauses: list[Clause]) -> list[tuple[int, float]]:
        """Rows and scores by lunr, from nothing but the postings of the query's terms."""
        wanted = {
            term
            for clause in clauses
            for term in (
                [term for term in self.postings if term.startswith(clause["term"])]
                if clause.get("prefix")
                else [clause["term"]]
            )
            if term in self.postings
        }
        inverted: dict[str, Any] = {}
        vectors: dict[str, Vector] = {}
        for number, term in enumerate(sorted(wanted)):
            of = self.postings[term]
            held = sum(full for full, _ in of.values())
            idf = log(1 + abs((self.manifest["count"] - held + 0.5) / (held + 0.5)))
            inverted[term] = {"_index": number, **{field.key: {} for field in FIELDS}}
            for field in FIELDS:
                for row, times in of.get(field.key, (0, {}))[1].items():
                    inverted[term][field.key][str(row)] = {}
                    score = idf * ((K1 + 1) * times) / (K1 + times) * field.boost
                    vectors.setdefault(f"{field.key}/{row}", Vector()).insert(number, round(score, 3))
        index = Index(
            inverted, vectors, TokenSet.from_list(sorted(wanted)), [field.key for field in FIELDS], Pipeline()
        )
        return ask(index, clauses)


def whole(rows: list[tuple[str, ...]]) -> Index:
    """lunr's own index of everything."""
    builder = Builder()
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.ref("id")
    builder.b(0)
    for field in FIELDS:
        builder.field(field.key, field.boost)
    for number, row in enumerate(rows):
        builder.add(
            {
                "id": str(number),
                **{field.key: [*terms_of(text, field)] for field, text in zip(FIELDS, row, strict=True)},
            }
        )
    return builder.build()


def ask(index: Index, clauses: list[Clause]) -> list[tuple[int, float]]:
    """Rows and scores, as lunr orders them."""
    query = index.create_query()
    for clause in clauses:
        presence = QueryPresence.REQUIRED if clause.get("required") else QueryPresence.OPTIONAL
        term = clause["term"] + ("*" if clause.get("prefix") else "")
        query.term(term, presence=presence, use_pipeline=False)
    return [(int(hit["ref"]), hit["score"]) for hit in index.query(query)]


def _arguments(path: Path) -> list[Any]:
    text = path.read_text("utf-8")
    return json.loads("[" + text[text.index("(") + 1 : text.rindex(")")] + "]")


def letters(text: str) -> Any:
    """Its numbers, one by one."""
    value, worth = 0, 1
    for letter in text:
        digit = _DIGITS[letter]
        if digit < 45:
            yield value + digit * worth
            value, worth = 0, 1
        else:
            value += (digit - 45) * worth
            worth *= 45


def posting(term: str, values: Any, row_of: dict[int, int]) -> Posting:
    """A term's postings from its numbers."""
    bits = next(values)
    found: Posting = {}
    for number, field in enumerate(FIELDS):
        if not bits >> number & 1:
            continue
        head = next(values)
        held = next(values) if head & 2 else head >> 2
        record, rows = 0, []
        for _ in range(held):
            record += next(values)
            rows.append(row_of[record])
        times = [next(values) if head & 1 else 1 for _ in rows]
        if field.is_name and len(term) == 2:
            for _ in range(sum(times)):
                next(values)
        found[field.key] = (head >> 2, dict(zip(rows, times, strict=True)))
    return found
