"""The small index of names that suggestions come from."""

from __future__ import annotations

from pathlib import Path

from generator.render.search.suggestions import _entries, small_index
from tests.search.conftest import Searched


def test_the_browser_puts_lunrs_small_index_together_again(real: Searched) -> None:
    made = real.node([{"kind": "small"}])[0]
    index = small_index([*_entries(real.catalog)]).serialize()
    terms = {posting["_index"]: term for term, posting in index["invertedIndex"]}
    assert made["terms"] == [terms[at] for at in range(len(terms))]
    vectors = {
        f"{field}/{number}": [part for pair in zip(places, scores, strict=True) for part in pair]
        for field, number, places, scores in made["vectors"]
    }
    assert vectors == dict(index["fieldVectors"])


def test_suggestions_weigh_little(real: Searched) -> None:
    path = next(Path(real.site, "search").glob("suggestions-*.js"))
    assert path.stat().st_size < 64_000
