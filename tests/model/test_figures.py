"""Figures where there is little to count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.build import CHECKOUT, catalog_of, load
from generator.model.counting import count
from generator.render.chart import Row, chart


def test_a_list_without_activities_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / "activities").mkdir()
    figures = count(catalog_of(load(tmp_path), date(2026, 11, 23)))
    assert figures.records == {"submission": 0, "report": 0}
    assert len(figures.by["fields"].rows) == len(load(CHECKOUT).content.known.vocabularies["fields"].terms)
    assert not any(any(numbers) for figure in figures.by.values() for numbers in figure.rows.values())


def test_where_there_is_nothing_to_draw_nothing_is_drawn() -> None:
    assert chart("stacked", []) is None
    assert chart("columns", [Row("1", (0, 0), "0")]) is None


def test_a_share_of_nothing_is_no_mark() -> None:
    drawn = chart("shares", [Row("场次", (0, 2), "")], (0, 4))
    assert drawn is not None
    assert [(mark["series"], mark["width"]) for mark in drawn["marks"]] == [
        ("track", "100%"),
        ("track", "100%"),
        ("n1", "50%"),
    ]
