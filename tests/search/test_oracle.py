"""The shards against lunr itself: put together from a query's own terms they give what a whole index gives, in both languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.index import Index
from lunr.query import Query, QueryPresence

from generator.build import CHECKOUT, read_content
from generator.model.catalog import Catalog
from generator.render.search.postings import Corpus
from generator.render.search.shards import shards
from generator.render.search.text import FIELDS, GAP, fold, terms_of
from tests.bench import corpus
from tests.conftest import TODAY
from tests.search import browserless
from tests.search.browserless import ByTerm
from tests.search.conftest import catalog_of
from tests.search.shard_reader import Posting, Postings, Shards

QUERIES = 2_000
GENERATED = 2_000
SHORT = 20  # characters kept of a generated record's texts: whole indexes of all of them take lunr a minute
STAR = "\ue000"  # lunr takes an asterisk for a wildcard, so whole indexes hold this instead; terms.js sees to it itself
FREQUENT = 50  # postings; more than these lunr.py handles slowly, so few queries ask for them
STRANGE = ("3*4块试验田 𠮷野家 café naïve", "**重点** e\u0301 c++ ~^: 一 二", "ABC-123型 𠮷 5G", "-")

Clause = dict[str, Any]
Scored = list[tuple[int, float]]


@dataclass(frozen=True)
class Sample:
    """Records as rows of terms by field, their shards, and queries."""

    numbers: list[int]
    documents: list[list[list[str]]]
    shards: Shards
    folder: Path
    queries: list[list[Clause]]

    @classmethod
    def of(cls, folder: Path, numbers: list[int], texts: Sequence[Sequence[str]]) -> Sample:
        """Write the index, choose the queries."""
        texts = [[GAP.join(dict.fromkeys(text.split(GAP))) for text in row] for row in texts]
        cut = Shards(browserless.write_index(folder, numbers, texts, capped=False), having(numbers, texts))
        documents = [[[*terms_of(text, field)] for text, field in zip(row, FIELDS, strict=True)] for row in texts]
        return cls(numbers, documents, cut, folder, queries(documents, cut.terms))


def having(numbers: Sequence[int], texts: Sequence[Sequence[str]]) -> dict[int, list[int]]:
    """Which records have each term."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, terms in zip(numbers, ByTerm.of(texts).held, strict=True):
        for term in terms:
            found[term].append(number)
    return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The checkout's own records."""
    catalog = catalog_of(CHECKOUT)
    return Sample.of(
        tmp_path_factory.mktemp("published"), browserless.in_rows(catalog)[0], browserless.texts_of(catalog)
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Records of the bench, every fiftieth with strange characters."""
    content = read_content(CHECKOUT, CHECKOUT)
    material = corpus.read_material(CHECKOUT)
    activities = [browserless.invented(number, material, content.known) for number in range(GENERATED)]
    catalog = Catalog.of(activities, content.societies, content.calls, content.known, {}, TODAY)
    texts = []
    for at, row in enumerate(browserless.texts_of(catalog)):
        strange = fold(STRANGE[at // 50 % len(STRANGE)]) if at % 50 == 0 else ""
        texts.append([text[:SHORT] + strange for text in row])
    return Sample.of(tmp_path_factory.mktemp("generated"), browserless.in_rows(catalog)[0], texts)


def queries(documents: Sequence[Sequence[Sequence[str]]], terms: Sequence[str]) -> list[list[Clause]]:
    """One to four clauses each: terms of one record, or of all, or unknown ones; required and optional, prefixes now and then."""
    random = Random(20261124)  # noqa: S311
    held = Counter(term for row in documents for field in row for term in set(field))
    below: Counter[str] = Counter()
    for term, records in held.items():
        for end in range(1, len(term)):
            below[term[:end]] += records
        below[term] += records

    def clause(row: Sequence[Sequence[str]]) -> Clause:
        field = random.choice([field for field in row if field])
        term = random.choice((random.choice(field), random.choice(field), random.choice(terms)))
        while held[term] > FREQUENT and random.random() < 0.95:
            term = random.choice(terms)
        if random.random() < 0.03:
            term = "龘" + term[-1]
        prefix = random.random() < 0.2
        if prefix:
            beginnings = [term[:end] for end in range(1, len(term) + 1)]
            term = random.choice([text for text in beginnings if below[text] <= FREQUENT] or [term])
        return {"term": term, "required": random.random() < 0.5, "prefix": prefix}

    return [
        [clause(row) for _ in range(random.randint(1, 4))] for row in (random.choice(documents) for _ in range(QUERIES))
    ]


def starless(term: str) -> str:
    return term.replace("*", STAR)


def whole_index(sample: Sample) -> Index:
    """lunr.py's own index of all records."""
    builder = Builder()
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.ref("id")
    builder.b(0)
    for field in FIELDS:
        builder.field(field.key, field.boost)
    for row, fields in enumerate(sample.documents):
        terms = {field.key: [*map(starless, held)] for field, held in zip(FIELDS, fields, strict=True)}
        builder.add({"id": str(row), **terms})
    return builder.build()


def asked(index: Index, clauses: Iterable[Clause]) -> Scored:
    """What an index answers to clauses."""
    query = index.create_query()
    for clause in clauses:
        query.term(
            starless(clause["term"]),
            use_pipeline=False,
            wildcard=Query.WILDCARD_TRAILING if clause["prefix"] else Query.WILDCARD_NONE,
            presence=QueryPresence.REQUIRED if clause["required"] else QueryPresence.OPTIONAL,
        )
    return [(int(result["ref"]), result["score"]) for result in index.query(query)]


def ranked(scored: Iterable[Sequence[Any]]) -> Scored:
    """The best first, with six decimals; of equal ones the first row first."""
    return sorted(((row, round(score, 6)) for row, score in scored), key=lambda result: (-result[1], result[0]))


def sharded_in_python(sample: Sample) -> list[Scored]:
    rows = {number: row for row, number in enumerate(sample.numbers)}
    under = _Terms(sample.shards.terms)
    answers = []
    for clauses in sample.queries:
        wanted = {term for clause in clauses for term in under.of(clause["term"], clause["prefix"])}
        index = sample.shards.index(sorted(wanted), rows)
        index.inverted_index = {starless(term): entry for term, entry in index.inverted_index.items()}
        index.token_set = type(index.token_set).from_list(sorted(index.inverted_index))
        answers.append(asked(index, clauses))
    return answers


class _Terms:
    def __init__(self, terms: Iterable[str]) -> None:
        self._below: dict[str, list[str]] = defaultdict(list)
        self._all = set(terms)
        for term in self._all:
            for end in range(1, len(term) + 1):
                self._below[term[:end]].append(term)

    def of(self, term: str, is_prefix: bool) -> list[str]:
        return self._below.get(term, []) if is_prefix else [term] * (term in self._all)


@pytest.mark.parametrize("name", ["published", "generated"])
def test_shards_and_a_whole_index_give_the_same_ranks_and_scores_in_both_languages(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("match_data", "tokenizer"):  # half of lunr.py's time goes into copying what is empty here
        monkeypatch.setattr(f"lunr.{module}.deepcopy", dict)
    sample: Sample = request.getfixturevalue(name)
    whole = whole_index(sample)
    expected = [ranked(asked(whole, clauses)) for clauses in sample.queries]
    assert len(expected) == QUERIES
    assert sum(map(bool, expected)) > QUERIES / 2, "most queries find something"
    assert [*map(ranked, sharded_in_python(sample))] == expected

    scored = [{"kind": "score", "clauses": clauses} for clauses in sample.queries]
    job = {
        "kind": "whole",
        "documents": [[[*map(starless, field)] for field in row] for row in sample.documents],
        "fields": [[field.key, field.boost] for field in FIELDS],
        "queries": [[{**clause, "term": starless(clause["term"])} for clause in query] for query in sample.queries],
    }
    *sharded, whole_answers = browserless.ask(sample.folder, [*scored, job])
    assert [*map(ranked, sharded)] == [*map(ranked, whole_answers)]
    assert [*map(ranked, sharded)] == expected


_CHARACTERS = "果树茶一 的的的abAB09zé\u0301ñ𠮷😀﨎*-~^:+ｱＡ①ßİ\u3000，\t"
_ANY = st.sampled_from(_CHARACTERS) | st.characters(exclude_categories=["Cs"])
_TEXT = st.text(_ANY, max_size=30).map(fold)
_NAMES = st.lists(_TEXT, max_size=3).map(GAP.join)
_ROW = st.tuples(*(_TEXT if field.key in ("title", "summary", "description") else _NAMES for field in FIELDS))


@settings(max_examples=60, deadline=None)
@given(rows=st.dictionaries(st.integers(0, 2**18), _ROW, min_size=1, max_size=6))
def test_the_postings_are_those_of_the_terms_said_in_plain_words(rows: dict[int, tuple[str, ...]]) -> None:
    numbers = sorted(rows)
    held = Corpus.of(numbers, [text for number in numbers for text in rows[number]])
    made = Shards(shards(held))
    with pytest.MonkeyPatch.context() as patch:  # cut into small ranges, all on one processor
        patch.setattr("generator.render.search.shards._RANGE", 6)
        patch.setattr("os.cpu_count", lambda: 1)
        assert Shards(shards(held)).terms == made.terms
    assert {term: made.postings(term) for term in made.terms} == plainly({number: rows[number] for number in numbers})
    assert made.terms == sorted(made.terms, key=lambda term: term.encode("utf-16-be")), "in the browser's order"


def plainly(rows: dict[int, tuple[str, ...]]) -> dict[str, Postings]:
    """What ``terms_of`` says of all rows."""
    found: dict[str, Postings] = defaultdict(dict)
    for number, texts in rows.items():
        for field, text in zip(FIELDS, texts, strict=True):
            for term, often in Counter(terms_of(text, field)).items():
                full, times, places, signs = found[term].get(field.key, Posting(0, {}, {}, {}))
                where = [at for at in range(len(text)) if text.startswith(term, at)] if len(term) == 2 else []
                kept = {number: where} if field.is_name and where else {}
                behind = {number: [sign(text[at + 2 : at + 4]) for at in where] for number, where in kept.items()}
                found[term][field.key] = Posting(
                    full + 1, {**times, number: often}, {**places, **kept}, {**signs, **behind}
                )
    return dict(found)


def sign(behind: str) -> int:
    """What stands for the two characters behind a pair; 0 where the name ends before."""
    return 1 + (ord(behind[0]) * 31337 + ord(behind[1])) % 91121 if len(behind) == 2 and GAP not in behind else 0
