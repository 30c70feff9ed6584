"""The centre's digest: what is new, what wants attention, and no text that breaks out of its line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import digest as weekly
from generator.render.markdown import markdown
from tests.conftest import TODAY, VILLAGE

URL = "https://example.org/kepu/"


def sections(made: weekly.Digest) -> dict[str, list[weekly.Line]]:
    return {section.heading: list(section.lines) for section in made.sections}


@pytest.fixture(scope="module")
def village() -> weekly.Digest:
    return weekly.digest(VILLAGE, TODAY, date(2026, 10, 1), URL)


def hrefs(lines: list[weekly.Line]) -> list[str]:
    return [line.href.removeprefix(URL).removesuffix(".html") for line in lines]


def test_it_tells_what_came_since_what_ended_and_what_ends_soon(village: weekly.Digest) -> None:
    told = sections(village)
    assert "needs/2026/140121/clinic" in hrefs(told["新增"])
    assert "activities/2026/A-01/ended-yesterday" in hrefs(told["结束和撤下"])
    assert "activities/2026/A-01/ends-today" in hrefs(told["30天内结束"])
    assert "activities/2026/A-01/ends-today" not in hrefs(told["结束和撤下"])
    assert "activities/2027/A-01/next-year" not in hrefs(told["30天内结束"])
    assert "没有版本记录" in village.intro


def test_news_since_then_stand_with_their_address(village: weekly.Digest) -> None:
    news = sections(village)["新的报道和成效"]
    assert "activities/2026/C-01/every-field" in hrefs(news)
    assert all("2026年10月11日" in line.notes for line in news)
    later = weekly.digest(VILLAGE, TODAY, date(2026, 10, 12), URL)
    assert sections(later)["新的报道和成效"] == []


def test_what_nobody_touched_for_a_year_is_told_oldest_first() -> None:
    old = sections(weekly.digest(VILLAGE, date(2028, 3, 1)))["一年没有确认"]
    assert old
    days = [re.search(r"\d+年\d+月\d+日", line.notes[-1]) for line in old]
    known = [match.group() for match in days if match]
    assert known == sorted(known, key=lambda day: [int(number) for number in re.findall(r"\d+", day)])


def test_open_needs_stand_by_how_long_they_wait(village: weekly.Digest) -> None:
    waits = [int(re.sub(r"\D", "", line.notes[-1])) for line in sections(village)["等了最久的需求"]]
    assert waits == sorted(waits, reverse=True)
    assert len(waits) > 1


def test_hostile_titles_stay_text_in_markdown_and_html(village: weekly.Digest) -> None:
    text = weekly.written(village, "markdown")
    assert "<b>" not in text
    assert "<script" not in text
    shown = str(markdown(text))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "<img" not in shown
    html = weekly.written(village, "html")
    assert set(re.findall(r"<([a-z1-6]+)", html)) == {"html", "head", "meta", "title", "body", "h1", "h2", "p", "ul", "li", "a"}  # fmt: skip
    assert all(href.startswith(URL) for href in re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize("text", ["[a](javascript:x)", "![x](y)", "**a**", "`a`", "# a", "a\n\n# b", "<b>", "~~a~~", "|a|", "\\[a](b)"])  # fmt: skip
def test_no_mark_of_a_title_is_taken_for_markdown(text: str) -> None:
    section = weekly.Section("新增", "", (weekly.Line(text, "", (text,)),))
    shown = str(markdown(weekly.written(weekly.Digest("周报", "", (section,), 0), "markdown")))
    assert re.sub(r"h\d", "h", " ".join(re.findall(r"<([a-z0-9]+)", shown))) in ("h p h ul li", "h h ul li")


def test_the_command_writes_a_file_and_refuses_a_day_to_come(tmp_path: Path, command: Any) -> None:
    out = tmp_path / "digest.html"
    command("digest", "--root", VILLAGE, "--today", TODAY, "--format", "html", "--out", out)
    assert "清单周报：2026年11月16日至2026年11月23日" in out.read_text(encoding="utf-8")
    assert "晚" in command("digest", "--root", VILLAGE, "--today", TODAY, "--since", "2027-01-01", code=2).stderr
