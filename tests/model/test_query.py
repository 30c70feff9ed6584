"""Reading a typed query: the cases and generated queries, by Python's and the browser's code alike."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import CHECKOUT
from generator.load.known import read_content
from generator.model.phrases import FACETS, MARKS, SEPARATORS, phrases_of, phrases_table
from generator.model.query import MOST_CHARACTERS, Query, read_query, without
from generator.model.reader import Known
from generator.model.vocabulary import Vocabulary
from tests.node import talking

KNOWN = read_content(CHECKOUT, CHECKOUT).known
PHRASES = phrases_of(KNOWN)
TABLE = phrases_table(PHRASES)
TODAY = date(2026, 11, 23)
FOLDER = Path(__file__).resolve().parents[1] / "cases" / "query"
CASES = [case for path in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
NOT_FACETS = ("q", "text", "quoted", "ask")
MOST_GZIP = 45_000

Browser = Callable[[list[str]], dict[str, Any]]


@pytest.fixture(scope="module")
def browser_code() -> Iterator[Browser]:
    """``browser_code(queries)``: what theme/assets/query.js makes of them, in the node that Playwright brings."""
    first = {"table": TABLE, "today": TODAY.isoformat()}
    with talking(Path(__file__).with_name("query_node.js"), first) as ask:
        yield ask


def plain(query: Query) -> dict[str, Any]:
    """A reading as the browser's code gives it."""
    made: dict[str, Any] = json.loads(json.dumps(asdict(query)))
    return made


def as_case(query: dict[str, Any]) -> dict[str, Any]:
    facets: dict[str, list[str]] = {}
    for chip in query["chips"]:
        facets[chip["facet"]] = sorted({*facets.get(chip["facet"], []), *chip["values"]})
    asked = {
        question["text"]: [choice["values"][0] for choice in question["choices"]] for question in query["questions"]
    }
    return {"facets": facets, "text": query["text"], "quoted": query["quoted"], "ask": asked}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    facets = {facet: sorted(_codes(values)) for facet, values in case.items() if facet not in NOT_FACETS}
    return {
        "facets": facets,
        "text": case.get("text", ""),
        "quoted": case.get("quoted", []),
        "ask": case.get("ask", {}),
    }


def _codes(values: Any) -> list[str]:
    if isinstance(values, dict):
        return [code for code, county in KNOWN.places.counties.items() if county.city == values["city"]]
    return list(values)


def shown(text: str) -> list[str]:
    """The characters that have to stand somewhere."""
    return sorted(character for character in text if character not in SEPARATORS + MARKS)


def whole(query: Query) -> list[str]:
    parts = [*(chip.text for chip in query.chips), query.text, *query.quoted, *query.fillers]
    return shown("".join(parts))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["q"] or "empty")
def test_a_query_is_read_as_people_mean_it(case: dict[str, Any]) -> None:
    assert as_case(plain(read_query(case["q"], PHRASES, TODAY))) == expected(case)


def test_the_browser_reads_the_cases_as_python_does_and_in_no_time(browser_code: Browser) -> None:
    queries = [case["q"] for case in CASES]
    browser_code(queries)
    answer = browser_code(queries)
    for case, reading in zip(CASES, answer["readings"], strict=True):
        assert as_case(reading) == expected(case)
        assert reading == plain(read_query(case["q"], PHRASES, TODAY))
    assert answer["took"] < 2


def test_there_are_cases_of_every_facet() -> None:
    assert len(CASES) == len({case["q"] for case in CASES}) >= 150
    facets = {*FACETS.values(), "regions", "month", "year"}
    assert facets | {"text", "quoted", "ask", "q"} == set().union(*CASES)


def test_every_word_of_the_vocabularies_alone_is_read_as_one_of_its_terms() -> None:
    for id, facet in FACETS.items():
        for term in KNOWN.vocabularies[id]:
            for word in (term.name, *term.aliases):
                chips = read_query(word, PHRASES, TODAY).chips
                meanings = {(other, found.id) for name, other in FACETS.items() for found in KNOWN.vocabularies[name]
                            if word in (found.name, *found.aliases)}  # fmt: skip
                assert len(chips) == 1, word
                assert (chips[0].facet, chips[0].values[0]) in meanings, word
                assert (facet, term.id) in meanings


def test_every_county_is_read_or_asked_about_by_its_name_and_read_by_its_full_name() -> None:
    everyday = {"城区", "郊区", "矿区", "东区", "西区"}
    for code, county in KNOWN.places.counties.items():
        query = read_query(county.name, PHRASES, TODAY)
        found = {value for chip in query.chips for value in chip.values}
        asked = {value for question in query.questions for choice in question.choices for value in choice.values}
        assert code in found | asked or county.name in everyday, county
        full = read_query(KNOWN.places.full_names([code])[0] + "农民讲座", PHRASES, TODAY)
        assert [chip.values for chip in full.chips] == [(code,), ("farmer",), ("lecture",)], county


def test_an_answer_put_in_place_of_the_name_is_understood() -> None:
    asked = [case for case in CASES if "ask" in case]
    assert len(asked) > 4
    for case in asked:
        for question in read_query(case["q"], PHRASES, TODAY).questions:
            for choice in question.choices:
                answered = case["q"][: question.start] + choice.name + case["q"][question.end :]
                query = read_query(answered, PHRASES, TODAY)
                assert not query.questions
                assert [chip.values for chip in query.chips if chip.facet == "regions"] == [choice.values], answered


def test_a_chip_taken_back_becomes_text_and_the_others_stay() -> None:
    query = read_query("九月山西果树农民义诊", PHRASES, TODAY)
    for chip in query.chips:
        back = without(query, chip, PHRASES, TODAY)
        assert back.text == chip.text
        assert [other.text for other in back.chips] == [other.text for other in query.chips if other != chip]
    narrow = read_query("山西 义诊 阳曲县", PHRASES, TODAY)
    county = next(chip for chip in narrow.chips if chip.text == "阳曲县")
    assert [chip.text for chip in without(narrow, county, PHRASES, TODAY).chips] == ["山西", "义诊"]


def test_a_month_of_next_year_and_a_year_of_two_digits_follow_from_the_day() -> None:
    december = date(2026, 12, 31)
    assert [chip.values for chip in read_query("下个月 上个月 今年 31年 32年", PHRASES, december).chips] == [
        ("01",), ("11",), ("2026",), ("2031",), ("1932",)
    ]  # fmt: skip


def test_a_very_long_query_is_read_at_its_head_and_kept_whole() -> None:
    query = read_query("农民" + "，苹果" * 100_000, PHRASES, TODAY)
    assert [chip.text for chip in query.chips] == ["农民"]
    assert query.text.count("苹果") >= 100_000 - 1
    assert len(query.plain) > 100_000 > MOST_CHARACTERS


def test_without_lists_of_words_nothing_is_read_and_nothing_fails() -> None:
    empty = {id: Vocabulary.of(id, id, "", []) for id in FACETS}
    query = read_query("九月山西农民", phrases_of(Known(empty, KNOWN.places)), TODAY)
    assert [(chip.facet, chip.text) for chip in query.chips] == [("month", "九月"), ("regions", "山西")]
    assert query.text == "农民"


def test_the_table_is_small() -> None:
    data = json.dumps(TABLE, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(data, 9)) <= MOST_GZIP


WORDS = sorted({*PHRASES.words, *PHRASES.meanings, *PHRASES.spots, *PHRASES.stems, *PHRASES.fillers})
OTHER = ["“", "”", '"', "「", "」", "，", "、", " ", "　", "-", "至", "月", "年", "日", "市", "县", "2021", "9", "１２", "十", "二〇二一", "7月", "<b>", "ß", "İ",
         "ﬁ", "㎏", "㋈", "Ω", "Å", "e\u0301", "\u202e", "\u200b", "\ufeff", "😀", "👨‍👩‍👧", "𠮷", "𝐀𝐈", "\x00", "\\", "'", "__proto__", "constructor", "toString", "|", "+"]  # fmt: skip
QUERIES = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(OTHER), st.sampled_from(sorted(set("".join(WORDS))))), max_size=9
).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES)
def test_both_read_alike_and_no_character_is_lost(browser_code: Browser, text: str) -> None:
    query = read_query(text, PHRASES, TODAY)
    answer = browser_code([text])
    assert answer["readings"][0] == plain(query)
    assert query.plain == text
    assert whole(query) == shown(text)
    for chip in query.chips:
        assert text[chip.start : chip.end] == chip.text
    if query.chips:
        back = without(query, query.chips[0], PHRASES, TODAY)
        assert answer["back"][0] == plain(back)
        assert whole(back) == shown(text)
        assert not any(chip.start == query.chips[0].start and chip.end == query.chips[0].end for chip in back.chips)
