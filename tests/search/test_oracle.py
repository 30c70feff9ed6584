"""The search by shards gives what lunr gives over a whole index: the same records, in the same order, with the same scores."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.search.postings import Corpus
from generator.render.search.text import FIELDS, GAP, fold, terms_of
from tests.search.conftest import Searched
from tests.search.reader import Clause, Shards, ask, letters, posting, whole

REAL, INVENTED = 1_800, 250


def queries(rows: list[tuple[str, ...]], number: int, seed: int) -> list[list[Clause]]:
    """One to four terms of some record, or of several, or of none; required or not; now and then a prefix. The rarer of two is taken."""
    random = Random(seed)  # noqa: S311
    terms = [[[*terms_of(text, field)] for field, text in zip(FIELDS, row, strict=True)] for row in rows]
    numbers = Counter(term for row in terms for term in {term for field in row for term in field})

    def term() -> str:
        at = random.choices(range(len(FIELDS)), (6, 3, 3, 1, 4, 3))[0]
        found = random.choice(terms)[at]
        return min((random.choice(found) for _ in range(3)), key=lambda term: numbers[term]) if found else "没有"

    made = []
    for _ in range(number):
        clauses = {term(): random.random() for _ in range(random.randint(1, 4))}
        made.append(
            [
                {
                    "term": word,
                    "required": chance < 0.4,
                    "prefix": len(word) == 1 and chance > 0.85 and word not in "，。、",
                }
                for word, chance in clauses.items()
                if "*" not in word
            ]
            or [{"term": "没有", "required": True}]
        )
    return made


def alike(one: list[Any], other: list[Any]) -> bool:
    """The same rows with the same scores to six decimals, in the same order; sums of floats may end differently, so equals may change places."""
    scores = dict(other)
    return (
        len(one) == len(other)
        and all(row in scores and abs(score - scores[row]) < 5e-7 for row, score in one)
        and all(scores[before[0]] > scores[after[0]] - 1e-6 for before, after in pairwise(one))
    )


@pytest.fixture(params=["real", "generated"])
def asked(request: pytest.FixtureRequest) -> SimpleNamespace:
    """Records and queries about them."""
    held: Searched = request.getfixturevalue(request.param)
    return SimpleNamespace(held=held, queries=queries(held.rows, REAL if request.param == "real" else INVENTED, 7))


def test_in_python_shards_answer_as_a_whole_index_does(asked: SimpleNamespace) -> None:
    index, parts = whole(asked.held.rows), Shards(asked.held.site)
    found = 0
    for clauses in asked.queries:
        expected = ask(index, clauses)
        found += len(expected) > 0
        assert alike(parts.search(clauses), expected), clauses
    assert found > 0.5 * len(asked.queries)


def test_in_the_browsers_lunr_shards_answer_as_a_whole_index_does(asked: SimpleNamespace) -> None:
    documents = [[[*terms_of(text, field)] for field, text in zip(FIELDS, row, strict=True)] for row in asked.held.rows]
    job = {
        "kind": "whole",
        "documents": documents,
        "fields": [[field.key, field.boost] for field in FIELDS],
        "queries": asked.queries,
    }
    expected, *answers = asked.held.node([job, *({"kind": "score", "clauses": clauses} for clauses in asked.queries)])
    for clauses, answer, wanted in zip(asked.queries, answers, expected, strict=True):
        assert alike(answer, wanted), clauses


NAUGHTY = st.lists(
    st.sampled_from("农学会中国茶 ，。“”*ab1gps\U0001f600é\u0301ｶﾞ<>\\'\"\ufeffك" + GAP)
    | st.characters(exclude_categories=["Cs"]),
    max_size=24,
).map("".join)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(*([NAUGHTY] * len(FIELDS))), min_size=1, max_size=4))
def test_postings_hold_what_the_plain_words_of_the_cutting_say(records: list[tuple[str, ...]]) -> None:
    rows = [tuple(GAP.join(fold(part) for part in text.split(GAP)) for text in record) for record in records]
    corpus = Corpus.of(range(5, 5 + len(rows)), [text for row in rows for text in row])
    row_of = {number: row for row, number in enumerate(range(5, 5 + len(rows)))}
    found: Counter[tuple[str, str, int]] = Counter()
    for low, high in corpus.ranges(6):
        for term, data in corpus.terms(low, high, capped=False):
            values = letters(data)
            next(values)  # its length
            for field, (full, times) in posting(term, values, row_of).items():
                assert full == len(times)
                found.update({(term, field, row): number for row, number in times.items()})
    expected = Counter(
        (term, field.key, row)
        for row, texts in enumerate(rows)
        for field, text in zip(FIELDS, texts, strict=True)
        for term in terms_of(text, field)
    )
    assert found == expected
