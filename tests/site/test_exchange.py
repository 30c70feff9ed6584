"""Needs and pairings on the site: a county clerk's way, every number recomputed from the records, hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

TODAY = date(2026, 11, 23)
APPLE = "2026/140122/apple-pruning"
MOST_TABS = 400


def records(website: Any, kind: str) -> dict[str, dict[str, Any]]:
    """Needs or pairings straight from their files, read without our own reader."""
    folder = website.root / "content" / kind
    return {
        path.relative_to(folder).as_posix().removesuffix(".yml"): yaml.safe_load(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.yml"))
    }


def is_standing(pairing: dict[str, Any]) -> bool:
    return pairing["status"] != "已取消"


def open_needs(website: Any) -> set[str]:
    """Those nobody answered, that were not withdrawn, whose time is not over; the village's periods are few enough to say by hand."""
    answered = {one.get("need") for one in records(website, "pairings").values() if is_standing(one)}
    over = {"2026/140121/spring-lecture"}
    return {id for id, one in records(website, "needs").items() if "withdrawn" not in one} - answered - over


def tables(node: Any) -> list[list[list[str]]]:
    return [
        [[cell.words for cell in row.children if not isinstance(cell, str)] for row in table.all("tr")]
        for table in node.all("table")
    ]


# -- pages and records -------------------------------------------------------------------------------------------------


def test_every_need_and_pairing_has_one_page_with_its_title(website: Any) -> None:
    for kind, key, shown in (("needs", "data_need", "需求"), ("pairings", "data_pairing", "结对")):
        for id, record in records(website, kind).items():
            page = website.tree(f"{kind}/{id}.html")
            assert page.one("article", "activity", **{key: id})
            heading = page.one("h1").text
            assert heading == record.get("title", heading), shown
            assert heading


def test_the_hall_shows_the_open_needs_and_only_those(website: Any) -> None:
    shown = {node.attributes["data-need"] for node in website.tree("needs/index.html").all("article", "need")}
    assert shown == open_needs(website)


def test_a_need_shows_what_could_come_and_the_points_add_up(village: Any) -> None:
    page = village.tree(f"needs/{APPLE}.html")
    fits = page.one("ol", "fits").all("li", "")
    cards = page.one("ol", "fits").all("article", "card")
    assert cards[0].attributes["data-id"] == "2026/C-01/every-field"
    whys = page.one("ol", "fits").all("div", "why")
    assert len(whys) == len(cards) < len(fits)
    for why in whys:
        said = re.search(r"（(\d+)分）", why.words)
        assert said
        assert sum(int(span.words) for span in why.all("span")) == int(said[1])
    assert not {"2026/D-01/cancelled", "2026/A-01/ended-yesterday"} & {card.attributes["data-id"] for card in cards}


def test_an_answered_need_names_its_pairing_and_is_offered_nothing_more(village: Any) -> None:
    page = village.tree("needs/2026/140122/autumn-training.html")
    assert page.one("section", aria_labelledby="answers").all("article", data_pairing="2026/140122/orchard")
    assert not page.all("ol", "fits")
    assert "已对接" in page.one("article", "activity").words


def test_where_nothing_can_come_a_county_says_so_and_shows_the_past_as_such(real: Any) -> None:
    page = real.tree("counties/330782.html")
    assert not page.all("ol", "fits")
    assert "往年活动" in page.one("section", aria_labelledby="nearby").words


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_the_coverage_of_a_province_is_what_the_records_say(website: Any) -> None:
    for region, prefix in (("140000", "14"), ("360000", "36")):
        counties = {code for code in website.files if re.fullmatch(rf"counties/{prefix}\d{{4}}\.html", code)}
        paired = {id.split("/")[1] for id, one in records(website, "pairings").items() if is_standing(one)}
        asking = {id.split("/")[1] for id in open_needs(website)}
        paired, asking = ({code for code in codes if code.startswith(prefix)} for codes in (paired, asking))
        found = website.tree(f"regions/{region}.html").one("section", aria_labelledby="coverage")
        numbers = [int(node.words) for node in found.one("ul", "coverage").all("b")]
        assert numbers == [len(paired), len(asking), len(counties) - len(paired | asking)]
        assert f"全部 {len(counties)} 个县" in found.words


def test_the_progress_of_a_call_is_what_the_records_say(village: Any) -> None:
    call = yaml.safe_load((village.root / "content/calls/2026.yml").read_text("utf-8"))
    societies = yaml.safe_load((village.root / "content/societies/test.yml").read_text("utf-8"))["societies"]
    asked = {one["id"]: one.get("region", "") for one in societies if one["level"] in ("national", "provincial")}
    on_time: dict[str, bool] = {}
    for path in (village.root / "activities").rglob("*.yml"):
        record = yaml.safe_load(path.read_text("utf-8"))
        if str(record.get("call")) == "2026":
            on_time[path.parts[-2]] = on_time.get(path.parts[-2], False) or record["filed"] <= call["submit_by"]
    rows = tables(village.tree("calls/2026.html"))[0]
    total = [int(cell) for cell in rows[-1][1:]]
    assert total == [sum(on_time.values()), len(on_time) - sum(on_time.values()), len(set(asked) - set(on_time))]
    assert [sum(int(row[at]) for row in rows[1:-1]) for at in (1, 2, 3)] == total
    assert "1 家中，1 家已经与县级科协结对" in village.tree("calls/2026.html").words


def test_a_call_that_was_not_collected_here_shows_nobody_as_missing(real: Any) -> None:
    page = real.tree("calls/2021.html")
    assert "本站未收集申报情况" in page.words
    assert not page.all("table")
    assert "还没有报送" not in page.words


def test_the_gaps_are_what_the_records_say(website: Any) -> None:
    rows = tables(website.tree("needs/gaps.html"))[0][1:]
    asked = {row[0]: int(row[1]) for row in rows}
    needs = records(website, "needs")
    for name, number in asked.items():
        assert number == sum(name in needs[id]["fields"] for id in open_needs(website)), name
    offers = [
        one
        for one in website.loaded.activities
        if not one.is_report and not one.cancelled and one.state(TODAY, None).id != "ended"
    ]
    fields = yaml.safe_load((Path("content") / "vocabulary" / "fields.yml").read_text("utf-8"))["terms"]
    for term, row in zip(fields, rows, strict=True):
        assert row[0] == term["name"]
        assert int(row[3]) == sum(term["id"] in one.fields and "100000" in one.regions for one in offers), row


def test_the_results_of_all_pairings_are_summed(village: Any) -> None:
    made = [one for one in records(village, "pairings").values() if is_standing(one)]
    words = village.tree("pairings/index.html").words
    for key in ("sessions", "people", "volunteers"):
        assert f" {sum(one['results'][key] for one in made)} " in words
    assert f"{len(made)} 个结对" in words


def test_a_provincial_society_is_shown_the_national_ones_of_its_field_with_open_activities(village: Any) -> None:
    section = village.tree("societies/140000-ceshi.html").one("section", aria_labelledby="national")
    links = [link.attributes["href"] for link in section.all("a")]
    assert "../societies/C-01.html" in links
    assert "../activities/2026/C-01/every-field.html" in links


# -- the clerk ---------------------------------------------------------------------------------------------------------


def tab_to(page: Any, name: str) -> None:
    """Press Tab until the element in focus reads ``name``."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.firstChild?.textContent.trim()") == name:
            return
    pytest.fail(f"no way to {name} by keyboard on {page.url}")


@pytest.mark.browser
def test_a_clerk_gets_from_home_to_three_fitting_activities_and_a_printed_page_by_keyboard(
    village: Any, browser: Any, served: Callable[..., str]
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(served(village))
    for name in ("山西", "选择县（市、区）", "阳曲县"):  # three steps
        tab_to(page, name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "阳曲县"
    assert page.locator(".fits > li").count() >= 3
    for fit in page.locator(".fits > li").all()[:3]:
        assert re.search(r"联系：\S+ ?0\d{2,3}-\d{7,8}", fit.locator(".reach").inner_text())
    page.evaluate("window.print = () => { window.printed = true }")
    tab_to(page, "打印本页")  # the fourth
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") is True
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 2
    context.close()


@pytest.mark.browser
def test_hostile_needs_run_nothing(village: Any, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in (
        "needs/2026/140122/hostile-title.html",
        "needs/index.html",
        "counties/140122.html",
        f"needs/{APPLE}.html",
    ):
        page.goto(village.url(path))
        assert page.evaluate("window.hit") is None
        assert page.locator("main script, #main img").count() == 0
    context.close()
