"""Days as exact as they were stated, and the states and months that follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from generator.model.period import Day, months_of, period_words, state_of

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases/model/periods.yml").read_text("utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - text only
)  # every value as text: a date must not become one on the way


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["given"].values()))
def test_a_period_has_its_state_and_months(case: dict[str, Any]) -> None:
    stated = case["given"]
    start, end = (Day.read(stated[key]) if key in stated else None for key in ("start", "end"))
    text = stated.get("text", "")
    window_end = date.fromisoformat(stated["window_end"]) if "window_end" in stated else None
    for today, word in case["state"].items():
        state = state_of(start, end, text, date.fromisoformat(today), window_end, "past" in stated)
        assert state.word == word, today
    assert list(months_of(start, end, text)) == [int(month) for month in case["months"]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-05-01", "2026-05-01"),
        ("2026/5/1", "2026-05-01"),
        ("2026.5", "2026-05"),
        ("2026年5月1日", "2026-05-01"),
        ("２０２６年５月", "2026-05"),
        ("2026年", "2026"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str, read: str) -> None:
    assert Day.read(written).text == read


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "2026-13",
        "2026-0-1",
        "2023-02-29",
        "1066",
        "2999",
        "10:00",
        "5月",
        "",
        "20260501",
        "明天",
        "²⁰²⁶"[:0] + "x",
    ],
)
def test_a_day_that_does_not_exist_is_refused_in_chinese(written: str) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        Day.read(written)


@given(some.text(max_size=40))
def test_no_text_breaks_a_period(text: str) -> None:
    assert all(1 <= month <= 12 for month in months_of(None, None, text))
    state_of(None, None, text, date(2026, 1, 1), None, False)
    try:
        day = Day.read(text)
    except ValueError:
        return
    assert day.first <= day.last
    assert period_words(day, None, "")


@given(some.dates(date(1900, 1, 1), date(2100, 12, 31)), some.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_under_way_on_itself_only(day: date, today: date) -> None:
    state = state_of(Day(day.isoformat()), None, "", today, None, False)
    assert state.id == ("ongoing" if day == today else "upcoming" if today < day else "ended")
