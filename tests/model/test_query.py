"""Reading a typed query: the cases, in Python and in the browser's code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import CHECKOUT
from generator.load.known import read_content
from generator.model.phrases import phrases_of
from generator.model.query import Query, read_query, without

KNOWN = read_content(CHECKOUT, CHECKOUT).known
PHRASES = phrases_of(KNOWN)
TODAY = date(2026, 11, 23)
FOLDER = Path(__file__).resolve().parents[1] / "cases" / "query"
CASES = [case for path in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
NOT_FACETS = ("q", "text", "quoted", "ask")


def as_case(query: Query) -> dict[str, Any]:
    facets: dict[str, list[str]] = {}
    for chip in query.chips:
        facets[chip.facet] = sorted({*facets.get(chip.facet, []), *chip.values})
    asked = {question.text: [choice.values[0] for choice in question.choices] for question in query.questions}
    return {"facets": facets, "text": query.text, "quoted": list(query.quoted), "ask": asked}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    facets = {facet: sorted(_codes(values)) for facet, values in case.items() if facet not in NOT_FACETS}
    return {"facets": facets, "text": case.get("text", ""), "quoted": case.get("quoted", []), "ask": case.get("ask", {})}


def _codes(values: Any) -> list[str]:
    if isinstance(values, dict):
        return [code for code, county in KNOWN.places.counties.items() if county.city == values["city"]]
    return list(values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["q"] or "empty")
def test_a_query_is_read_as_people_mean_it(case: dict[str, Any]) -> None:
    assert as_case(read_query(case["q"], PHRASES, TODAY)) == expected(case)
