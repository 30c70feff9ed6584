"""The built site: feeds and calendars beside every list, what they hold, and what the site remembers of its records."""

from __future__ import annotations

import posixpath
import re
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest

from generator.model.catalog import facets
from generator.render.address import facet
from tests.conftest import TODAY


@pytest.fixture(params=["real", "village", "configured"])
def site(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def folders(site: Any) -> list[str]:
    """The folders of all lists of activities; the list of all has its feed at the root."""
    lists = {posixpath.dirname(path) for path in site.html if path.startswith("activities/by/")}
    return ["", *sorted(f"{folder}/" for folder in lists)]


def resolved(path: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), href))


def test_every_list_has_a_feed_and_a_calendar_that_programs_read_without_complaint(site: Any) -> None:
    assert len(folders(site)) > 50
    for folder in folders(site):
        read = feedparser.parse((site.folder / f"{folder}feed.xml").read_bytes())
        assert not read.bozo, folder
        ids = [entry.id for entry in read.entries]
        assert len(ids) == len(set(ids)), folder
        assert [entry.updated for entry in read.entries] == sorted(
            (entry.updated for entry in read.entries), reverse=True
        )
        whole = icalendar.Calendar.from_ical((site.folder / f"{folder}calendar.ics").read_bytes())
        assert [error for part in whole.walk() for error in part.errors] == [], folder
        names = [str(event["uid"]) for event in whole.events]
        assert len(names) == len(set(names)), folder
    stray = {path for path in site.files if path.endswith((".ics", "feed.xml"))}
    assert stray == {f"{folder}{name}" for folder in folders(site) for name in ("feed.xml", "calendar.ics")}


def test_lists_societies_regions_and_counties_link_a_feed_and_a_calendar_that_are_there(site: Any) -> None:
    with_records = {one.society for one in site.loaded.activities}
    wanted = [path for path in site.html if re.match(r"activities/(by/|index|\d+\.html)", path)]
    wanted += [f"societies/{id}.html" for id in with_records]
    wanted += ["regions/140000.html", "counties/140122.html"]
    for path in wanted:
        links = [resolved(path, href) for key, href in site.links(path) if key == "href" and "://" not in href]
        for name in ("feed.xml", "calendar.ics"):
            shown = [link for link in links if posixpath.basename(link) == name]
            assert len(shown) == 2, (path, name)  # in the head and at the foot
            assert len(set(shown)) == 1, (path, name)
            assert shown[0] in site.files
            if path.startswith("activities/by/"):
                assert posixpath.dirname(shown[0]) == posixpath.dirname(path)


def test_where_the_site_knows_its_address_calendars_are_subscribed_and_the_code_says_it(configured: Any) -> None:
    html = configured.html["societies/C-01.html"]
    address = "//example.org/kepu/activities/by/society/C-01/calendar.ics"
    assert f'href="webcal:{address}"' in html
    assert f"https:{address}" in html
    assert "日历订阅二维码" in html


def days(activity: Any) -> list[tuple[str, str]]:
    """First and last day of every dated session and of a period stated to the day, straight from the record."""
    found = [(one.start[:10], (one.end or one.start)[:10]) for one in activity.sessions]
    start, end = activity.period.start, activity.period.end or activity.period.start
    if (
        start
        and len(start.text) == len(end.text) == 10
        and not (activity.period.end is None and "起" in activity.period.text)
    ):
        found.append((start.text, end.text))
    return found


def shown_days(event: Any) -> tuple[str, str]:
    start, end = event["dtstart"].dt, event["dtend"].dt if "dtend" in event else event["dtstart"].dt
    return str(start)[:10], str(end if isinstance(end, datetime) else end - timedelta(days=1))[:10]


def test_the_entries_of_every_calendar_are_the_sessions_and_periods_of_what_can_come(site: Any) -> None:
    places = site.loaded.content.known.places
    ends = {call.id: call.window.end for call in site.loaded.content.calls.values()}
    expected: dict[str, list[tuple[str, str, str]]] = {folder: [] for folder in folders(site)}
    for activity in site.loaded.activities:
        state = activity.state(TODAY, ends.get(activity.call)).id
        for first, last in days(activity):
            if state == "ended" or (state == "cancelled" and last < TODAY.isoformat()):
                continue
            lists = {facet(one.key, term) for one in facets(places) for term in one.terms(activity)}
            for folder in ("", *lists & expected.keys()):
                expected[folder].append((first, last, activity.title))
    for folder, wanted in expected.items():
        whole = icalendar.Calendar.from_ical((site.folder / f"{folder}calendar.ics").read_bytes())
        found = sorted((*shown_days(event), str(event["summary"])) for event in whole.events)
        wanted.sort()
        assert [one[:2] for one in found] == [one[:2] for one in wanted], folder
        assert {title for *_, title in wanted} == {said.removesuffix("：第一场") for *_, said in found}


# -- memory ------------------------------------------------------------------------------------------------------------


def test_the_page_of_changes_and_the_record_tell_what_changed(configured: Any) -> None:
    page, record = configured.html["changes/index.html"], configured.html["activities/2026/C-01/crop-03.html"]
    for html in (page, record):
        assert "活动名称：由“测试：从前叫这个&lt;b&gt;名称&lt;/b&gt;的培训”改为“" in html
        assert "<b>名称" not in html
    assert re.search(r"加入日期</dt><dd>2026年9月2日", record)
    assert re.search(r"最近修改</dt><dd>2026年10月3日", record)
    assert "<h3>2026年10月3日</h3>" in page
    assert "没有版本记录" not in page


def test_a_record_leads_to_the_one_it_renews_and_back(village: Any) -> None:
    renewed = next(one for one in village.loaded.activities if one.renews)
    to = village.html[f"activities/{renewed.id}.html"]
    back = village.html[f"activities/{renewed.renews}.html"]
    assert re.search(rf'延续自</dt><dd><a href="[./]*activities/{renewed.renews}\.html"', to)
    assert re.search(rf'后来再办</dt><dd><a href="[./]*activities/{renewed.id}\.html"', back)


def test_without_version_control_the_page_of_changes_says_so(village: Any) -> None:
    assert "没有版本记录" in village.html["changes/index.html"]
    assert "加入日期" not in village.html["activities/2026/C-01/crop-03.html"]


def test_the_sitemap_says_when_a_record_was_last_changed(configured: Any) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ET.parse(configured.folder / "sitemap.xml")
    days = {one.findtext(f"{space}loc"): one.findtext(f"{space}lastmod") for one in tree.iter(f"{space}url")}
    base = "https://example.org/kepu/"
    assert days[f"{base}activities/2026/C-01/crop-03.html"] == "2026-10-03"
    assert days[f"{base}activities/2026/C-01/crop-02.html"] == "2026-08-01"
    assert days[f"{base}needs/2026/140121/clinic.html"] == "2026-08-01"
    assert days[f"{base}about.html"] is None
    assert not [url for url in days if "/old-name" in str(url) or "/withdrawn.html" in str(url)]


def test_an_address_that_moved_leads_on_and_one_that_went_says_why(configured: Any) -> None:
    moved = configured.tree("activities/2025/C-01/old-name.html")
    to = "../../../activities/2026/C-01/crop-03.html"
    assert moved.one("meta", http_equiv="refresh").attributes["content"] == f"0; url={to}"
    assert moved.one("link", rel="canonical").attributes["href"].endswith("/kepu/activities/2026/C-01/crop-03.html")
    assert to in [href for _, href in configured.links("activities/2025/C-01/old-name.html")]
    gone = configured.tree("activities/2025/C-01/withdrawn.html")
    assert gone.all("meta", http_equiv="refresh") == []
    assert "应&lt;i&gt;主办单位&lt;/i&gt;要求撤下" in configured.html["activities/2025/C-01/withdrawn.html"]


def test_an_old_address_takes_a_reader_to_the_new_one_without_javascript(configured: Any, browser: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(configured.url("activities/2025/C-01/old-name.html"))
    page.wait_for_url("**/2026/C-01/crop-03.html")
    assert page.locator("article[data-id='2026/C-01/crop-03']").count() == 1


def test_a_feed_of_a_site_under_version_control_has_its_days(configured: Any) -> None:
    read = feedparser.parse((configured.folder / "activities/by/fields/crop/feed.xml").read_bytes())
    about = [(entry.title[:2], entry.updated[:10]) for entry in read.entries if entry.link.endswith("/crop-03.html")]
    assert ("修改", date(2026, 10, 3).isoformat()) in about
    assert ("新增", date(2026, 9, 2).isoformat()) in about
