"""Whatever part of a name someone remembers is found, and found first: every part of every name of the real records."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.render.search.text import GAP, fold
from tests.search.conftest import Searched, searched
from tests.search.test_shards import catalog_of, records

LONGEST = 8
SHOWN = 10
NAMES = slice(0, 3)  # title, society and its other names, places


def parts(text: str, least: int, most: int) -> set[str]:
    """Every part of a text of so many characters, as someone could type it."""
    cut = {text[at : at + size] for size in range(least, most + 1) for at in range(len(text) - size + 1)}
    return {part.strip() for part in cut if part.strip()}


def holders(names: Iterable[tuple[int, str]], least: int, most: int) -> dict[str, set[int]]:
    """Which rows hold each part."""
    found: dict[str, set[int]] = defaultdict(set)
    for row, name in names:
        for part in parts(name, least, most):
            found[part].add(row)
    return found


def misplaced(answers: dict[str, list[int]], expected: dict[str, set[int]]) -> list[str]:
    """Parts whose first results are not those that bear them."""
    return [
        f"{part!r}: {answers[part][:SHOWN]}, not of {sorted(rows)[:20]}"
        for part, rows in expected.items()
        if not rows >= {*answers[part][: min(SHOWN, len(rows))]}
        or len({*answers[part][:SHOWN]} & rows) < min(SHOWN, len(rows))
    ]


@pytest.fixture(scope="module")
def named(real: Searched) -> dict[str, set[int]]:
    """Each part of a name and the rows that bear it."""
    names = ((row, name) for row, texts in enumerate(real.rows) for text in texts[NAMES] for name in text.split(GAP))
    return holders(names, 1, LONGEST)


@pytest.mark.parametrize("kind", ["search", "typed"])
def test_every_part_of_a_title_a_society_or_a_place_finds_first_what_bears_it(
    kind: str, real: Searched, named: dict[str, set[int]]
) -> None:
    jobs = [{"kind": kind, "text": part, "first": SHOWN, "today": "2026-11-23"} for part in named]
    answers = {part: answer["rows"] for part, answer in zip(named, real.node(jobs), strict=True)}
    assert len(answers) > 5_000
    assert misplaced(answers, named) == []


def test_very_frequent_pairs_are_left_out_of_long_words_that_names_hold_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr("generator.render.search.shards.LIMIT", 500)
    monkeypatch.setattr("generator.render.search.shards._HEAVY", 600)
    small = searched(catalog_of(records(300)), tmp_path, capped=True)
    expected = holders(((row, texts[0]) for row, texts in enumerate(small.rows)), 5, LONGEST)
    jobs = [{"kind": "search", "text": part, "first": SHOWN, "fresh": True} for part in expected]
    few = dict(itertools.islice(zip(expected, small.node(jobs), strict=True), 4_000))
    assert misplaced({part: few[part]["rows"] for part in few}, {part: expected[part] for part in few}) == []
    assert sum(few[part]["pairs"] == 3 for part in few if len(part) > 6) > 50, "of four pairs; names alone need two"


def test_every_three_characters_of_a_summary_find_their_record(real: Searched) -> None:
    expected = holders(((row, texts[4]) for row, texts in enumerate(real.rows)), 3, 3)
    answers = real.node([{"kind": "search", "text": part} for part in expected])
    assert len(answers) > 2_000
    lost = {part: rows - {*answer["rows"]} for (part, rows), answer in zip(expected.items(), answers, strict=True)}
    assert {part: rows for part, rows in lost.items() if rows} == {}


def test_what_is_typed_is_folded_as_what_is_searched(real: Searched) -> None:
    typed = ["ＧＰＳ", "中国　农学会", "Ａb１", "①", "ｶﾞ", "İ", "é", "ﬁ", "中国 农学会 ", "㎡"]
    title = fold(real.rows[0][0])
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in title)
    answers: list[Any] = real.node([{"kind": "search", "text": text} for text in (title, wide, title.upper(), *typed)])
    assert answers[0]["rows"][0] == answers[1]["rows"][0] == answers[2]["rows"][0] == 0
