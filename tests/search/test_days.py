"""The day each record begins, as the browser has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.model.period import Day
from tests.search.conftest import Searched, searched
from tests.search.test_shards import catalog_of, records


def since_1900(day: str) -> int:
    """0 where none is stated."""
    return (date.fromisoformat(day) - date(1900, 1, 1)).days if day else 0


def test_days_are_told_by_the_year_and_come_out_as_they_are(real: Searched) -> None:
    begins = {activity.id: activity.begins for activity in real.catalog.activities}
    assert real.node([{"kind": "days"}])[0] == [since_1900(begins[id]) for id in real.ids]
    assert len({*begins.values()}) > 10


def test_days_of_another_year_than_the_records_address_are_told_too(tmp_path: Path) -> None:
    made = list(records(60))
    for at, (year, start) in enumerate((("2026", "2024-03-05"), ("undated", "2025-12-31"), ("2021", "2027-01-01"))):
        made[at] = replace(made[at], year=year, period=replace(made[at].period, start=Day(start)))
    small = searched(catalog_of(made), tmp_path, capped=True)
    begins = {activity.id: activity.begins for activity in made}
    assert small.node([{"kind": "days"}])[0] == [since_1900(begins[id]) for id in small.ids]
