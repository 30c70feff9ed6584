"""Records and pages: one for the other, each in the right place on the day, and all within reach."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

OFFERS = {"offers", "local", "provincial", "national"}
_SECTION = re.compile(r'<section[^>]*aria-labelledby="([\w-]+)"[^>]*>(.*?)</section>', re.DOTALL)
_CARD = re.compile(r'<article class="card" data-id="([^"]+)">(.*?)</article>', re.DOTALL)
_DEMO = "演示数据，非中国科协发布"


def cards(website: Any) -> Iterator[tuple[str, str, str, str]]:
    """Page, section, id and markup of every card of the site."""
    for path, html in website.html.items():
        for section, body in _SECTION.findall(html):
            for id, card in _CARD.findall(body):
                yield path, section, id, card


def test_every_record_has_exactly_one_page_with_its_title_and_id(website: Any) -> None:
    for activity in website.loaded.activities:
        page = website.activity(activity.id)
        assert [node.text for node in page.all("h1")] == [activity.title]
        assert page.one("article", "activity").attributes["data-id"] == activity.id


def test_pages_and_records_match(website: Any) -> None:
    pages = [
        id for html in website.html.values() for id in re.findall(r'<article class="activity" data-id="([^"]+)"', html)
    ]
    assert Counter(pages) == Counter(activity.id for activity in website.loaded.activities)


def test_every_page_is_reached_from_the_home_page_by_links_alone(website: Any) -> None:
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for href in re.findall(r'<a\s[^>]*?href="([^"#?]+)', website.html[path]):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
            if not href.startswith(("http", "mailto:", "tel:")) and target in website.html and target not in seen:
                seen.add(target)
                waiting.append(target)
    missed = {f"activities/{activity.id}.html" for activity in website.loaded.activities} - seen
    assert not missed
    # A county's own list is linked from its page only where the page cannot show all of it.
    short = {path for path in website.html if re.fullmatch(r"activities/by/regions/(?!\d\d0000)\w+/index\.html", path)}
    assert set(website.html) - seen - short == {"404.html"}


def test_the_lists_together_show_every_record_once(website: Any) -> None:
    paths = [path for path in website.html if re.fullmatch(r"activities/(index|\d+)\.html", path)]
    shown = Counter(id for path, _, id, _ in cards(website) if path in paths)
    assert shown == Counter(activity.id for activity in website.loaded.activities)


def test_no_list_page_shows_more_than_thirty(website: Any) -> None:
    numbers = Counter(
        path
        for path, _, _, _ in cards(website)
        if path.startswith("activities/") and not re.match(r"activities/(\d{4}|undated)/", path)
    )
    assert max(numbers.values()) == 30


def test_what_is_over_is_never_among_offers(website: Any, today: Any) -> None:
    calls = website.loaded.content.calls
    over = {
        activity.id
        for activity in website.loaded.activities
        if activity.state(today, calls[activity.call].window.end if activity.call else None).id
        in ("ended", "cancelled")
    }
    assert over
    wrong = {
        (path, section, id)
        for path, section, id, _ in cards(website)
        if section in (*OFFERS, "ongoing", "running") and id in over
    }
    assert not wrong


def test_a_report_is_never_among_offers_even_while_it_runs(website: Any) -> None:
    reports = {activity.id for activity in website.loaded.activities if activity.is_report}
    assert not {(path, section, id) for path, section, id, _ in cards(website) if section in OFFERS and id in reports}


def test_cards_of_reports_and_of_the_past_say_so_everywhere(website: Any, today: Any) -> None:
    by_id = {activity.id: activity for activity in website.loaded.activities}
    for path, _, id, card in cards(website):
        assert ("来源：公开报道" in card) == by_id[id].is_report, (path, id)
        if 'class="state ended"' in card:
            assert "往年活动" in card, (path, id)


def test_a_report_names_its_source_with_the_link(website: Any, today: Any) -> None:
    for activity in website.loaded.activities:
        page = website.activity(activity.id).one("article", "activity")
        chips = [node.words for node in page.all("header")[0].all("span", "chip")]
        if not activity.is_report:
            assert "来源：公开报道" not in chips
            continue
        assert "来源：公开报道" in chips
        assert ("往年活动" in chips) == (activity.state(today, None).id == "ended")
        note = page.one("p", "note")
        assert "不是学会申报的材料" in note.text
        assert note.one("a").attributes["href"] == activity.source.url
        assert note.one("a").text == activity.source.publisher


def test_empty_facts_of_reports_read_not_mentioned(website: Any) -> None:
    for activity in website.loaded.activities:
        facts = {
            node.one("dt").words: node.one("dd").words
            for node in website.activity(activity.id).one("aside", "glance").one("dl").all("div")
        }
        word = "报道未提及" if activity.is_report else "未填写 改这条"
        for label, value in (
            ("费用", activity.cost),
            ("需要当地准备什么", activity.host_provides),
            ("一次多少人", activity.capacity),
        ):
            assert (facts[label] == word) == (not value), (activity.id, label)
        assert "未填写" not in " ".join(facts.values()) or not activity.is_report


def test_every_page_says_it_is_a_demonstration(website: Any) -> None:
    assert not [path for path, html in website.html.items() if html.count(f"<p>{_DEMO}</p>") != 1]


def test_the_demonstration_line_is_gone_once_an_operator_is_named(configured: Any) -> None:
    assert not [path for path, html in configured.html.items() if f"<p>{_DEMO}</p>" in html]
    page = configured.tree("index.html")
    assert page.one("div", "strip").one("p").text == "测试<单位> & 办公室"
    footer = page.one("footer", "foot").words
    for words in ("测试<单位> & 办公室", "测试单位测试处 010-60000000", "测试ICP备1号", "测试公网安备1号"):
        assert words in footer


@pytest.mark.parametrize(
    ("id", "word"),
    [
        ("2026/A-01/ends-today", "进行中"),
        ("2026/A-01/ended-yesterday", "已结束"),
        ("2026/A-01/starts-tomorrow", "未开始"),
        ("2026/A-01/this-month", "进行中"),
        ("2027/A-01/next-year", "未开始"),
        ("2026/A-01/" + "a" * 64, "进行中"),
        ("undated/A-01/all-year", "常年"),
        ("undated/D-01/weekly", "常年"),
        ("undated/A-01/report-undated", "已结束"),
        ("2020/360000-ceshi/report-since", "常年"),
        ("2025/D-01/report-running", "进行中"),
        ("2024/C-01/report-over", "已结束"),
        ("2026/D-01/cancelled", "已取消"),
    ],
)
def test_the_state_follows_from_the_dates_and_the_day(village: Any, id: str, word: str) -> None:
    shown = village.activity(id).all("header")[1].one("span", "state").words
    assert shown[1:] == word
    found = {re.search(r"</i>([^<]+)</span>", card).group(1) for _, _, at, card in cards(village) if at == id}  # type: ignore[union-attr]
    assert found == {word}


def test_a_call_shows_progress_only_where_it_collects(real: Any, village: Any) -> None:
    assert "已收到 1 项" in village.tree("calls/2026.html").words
    words = real.tree("calls/2021.html").words
    assert "未收集" in words
    assert "已收到" not in words


def test_a_call_page_states_the_notice(real: Any) -> None:
    words = real.tree("calls/2021.html").words
    for part in ("科协普函基字〔2021〕23号", "2021年7月22日", "2021年7月9日", "2022年7月8日"):
        assert part in words


def test_a_full_list_page_keeps_its_records_when_a_newer_one_comes(
    tmp_path: Path, small_root: Callable[..., Path], command: Callable[..., Any], today: Any
) -> None:
    root = small_root(tmp_path / "root")

    def shown() -> dict[str, list[str]]:
        command("build", "--root", root, "--site", tmp_path / "site", "--today", today)
        pages = [*(tmp_path / "site/activities").glob("*.html"), *(tmp_path / "site/activities/by").rglob("*.html")]
        return {str(page): [id for id, _ in _CARD.findall(page.read_text(encoding="utf-8"))] for page in pages}

    before = shown()
    newest = root / "activities/2027/A-01/next-year.yml"
    shutil.copy(newest, newest.with_name("newer-still.yml"))
    added = newest.with_name("newer-still.yml")
    added.write_text(added.read_text(encoding="utf-8").replace("start: 2027", "start: 2027-12"), encoding="utf-8")
    after = shown()
    full = {page for page, ids in before.items() if len(ids) == 30 and not page.endswith("index.html")}
    assert len(full) >= 2
    assert all(after[page] == before[page] for page in full)
    assert "2027/A-01/newer-still" in after[str(tmp_path / "site/activities/index.html")]
