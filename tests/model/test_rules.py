"""The rules among records, without a disk."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.build import CHECKOUT
from generator.load.known import read_content
from generator.load.records import parse_activity
from generator.load.yaml_text import read_source
from generator.model import rules
from generator.model.activity import Activity

GOOD = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8")
KNOWN = read_content(CHECKOUT, CHECKOUT).known


def offer(number: int, title: str, **changes: Any) -> Activity:
    source, problems = read_source(GOOD, f"activities/2026/C-01/a{number}.yml")
    assert source
    assert not problems
    return replace(parse_activity(source, KNOWN)[0], title=title, **changes)


def duplicates(*records: Activity) -> list[str]:
    return [
        id
        for id, *_ in rules.near_duplicates(
            {record.id: record for record in records}, {record.id for record in records}
        )
    ]


def test_titles_nearly_alike_are_told_at_the_later_record() -> None:
    assert duplicates(offer(1, "果树春季修剪技术下乡"), offer(2, "果树春季修剪技术下乡活动")) == ["2026/C-01/a2"]


def test_other_titles_other_regions_and_renewals_are_no_duplicates() -> None:
    first = offer(1, "果树春季修剪技术下乡")
    assert not duplicates(first, offer(2, "老年人用药安全讲座"))
    assert not duplicates(first, offer(2, "果树春季修剪技术下乡", regions=("130000",)))
    assert not duplicates(first, offer(2, "果树春季修剪技术下乡", renews=first.id))
    assert not duplicates(first, offer(2, "果树春季修剪技术下乡", year="2025"))
    assert not duplicates(first, offer(2, "果树春季修剪技术下乡", society="C-02"))


def test_comparing_two_thousand_similar_titles_stays_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    record = offer(0, "果树春季修剪技术下乡")
    counts = []
    for many in (1000, 2000):
        compared = 0

        def ratio(*titles: str, score_cutoff: float) -> float:
            nonlocal compared
            compared += 1
            return 0.0

        monkeypatch.setattr(rules.fuzz, "ratio", ratio)
        records = [
            replace(record, id=f"2026/C-01/a{number}", title=f"果树春季修剪技术下乡第{number}期")
            for number in range(many)
        ]
        assert not duplicates(*records)
        counts.append(compared)
    assert all(later <= 2.5 * earlier for earlier, later in pairwise(counts))
    assert counts[-1] <= 2000 * 24


def test_the_good_record_of_the_cases_is_whole(tmp_path: Path) -> None:
    source, _ = read_source(GOOD, "activities/2026/C-01/a.yml")
    assert source
    assert parse_activity(source, KNOWN)[1] == []
