"""The command ``catalog match``: what it prints, in all its formats, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.answer import Unclear, answer, written
from generator.build import CHECKOUT
from generator.render.table import csv_text
from tests.conftest import TODAY, VILLAGE

Command = Callable[..., Any]


def ask(county: str, style: str = "json", root: Path = VILLAGE, **options: Any) -> str:
    most = options.pop("most", None)
    return written(answer(root, county, TODAY, **options), style, most)[0]


def test_json_is_a_list_of_activity_score_and_reasons_that_add_up() -> None:
    rows = json.loads(ask("140122", month="2026-12"))
    assert rows
    for row in rows:
        assert set(row) == {"activity", "score", "reasons"}
        assert all(set(reason) == {"text", "points"} for reason in row["reasons"])
        assert sum(reason["points"] for reason in row["reasons"]) == row["score"]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_a_need_is_matched_by_its_field_first() -> None:
    rows = json.loads(ask("140122", need_id="2026/140122/apple-pruning"))
    assert rows[0]["activity"] == "2026/C-01/every-field"
    assert rows[0]["reasons"][0]["text"].startswith("领域一致：种植与园艺")


def test_a_county_may_be_named_and_one_that_exists_twice_is_asked_about() -> None:
    assert ask("山西省阳曲县") == ask("阳曲县") == ask("140122")
    with pytest.raises(Unclear, match=r"不止一处.*江苏省南京市鼓楼区"):
        ask("鼓楼区")
    with pytest.raises(Unclear, match="您是不是想写“山西省阳曲县”"):
        ask("山西省阳曲镇")


@pytest.mark.parametrize("month", ["2026-13", "2026", "9月", "26-09", "2026-09-01"])
def test_a_month_that_is_none_is_told(month: str) -> None:
    with pytest.raises(Unclear, match="不是月份"):
        ask("140122", month=month)


def test_a_month_that_is_over_is_told() -> None:
    with pytest.raises(Unclear, match="已经过去"):
        ask("140122", month="2026-10")


def test_a_need_that_does_not_exist_and_one_of_another_county_are_told() -> None:
    with pytest.raises(Unclear, match=r"没有登记过.*2026/140122/apple-pruning"):
        ask("140122", need_id="2026/140122/none")
    with pytest.raises(Unclear, match="是山西省阳曲县的"):
        ask("140121", need_id="2026/140122/apple-pruning")


def test_where_nothing_can_come_the_past_is_told_as_such() -> None:
    text = ask("140121", "text", CHECKOUT)
    assert "现在没有能来的活动" in text
    assert "往年活动（本县和附近以前办过的，只供参考，不能直接邀请）" in text
    rows, aside = written(answer(CHECKOUT, "140121", TODAY), "json", None)
    assert json.loads(rows) == []
    assert "往年活动" in aside


def test_the_command_ends_with_0_and_with_2_where_the_call_is_wrong(command: Command) -> None:
    done = command("match", "--root", VILLAGE, "--county", "140122", "--today", TODAY, "--format", "json")
    assert json.loads(done.stdout) == json.loads(ask("140122"))
    for wrong in (["--county", "999999"], ["--county", "140122", "--month", "x"], []):
        assert "\n" in command("match", "--root", VILLAGE, "--today", TODAY, *wrong, code=2).stderr


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    text = csv_text([("编号", cell), (cell, 'a"b,c\nd')])
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows == [["编号", f"'{cell}"], [f"'{cell}", 'a"b,c\nd']]


def test_csv_holds_the_same_rows_as_json() -> None:
    rows = list(csv.DictReader(io.StringIO(ask("140122", "csv").removeprefix("\ufeff"))))
    assert [row["活动编号"] for row in rows] == [row["activity"] for row in json.loads(ask("140122"))]
