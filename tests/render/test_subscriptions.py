"""Calendars and feeds: what a subscriber's program reads is what the records say, whatever their text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import feedparser
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import build
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.history import FieldChange, History, Step
from generator.model.memory import Memory
from generator.model.parts import Origin, Period, Session
from generator.model.period import Day
from generator.publish import THEME
from generator.render import feeds
from generator.render.calendars import Calendars
from generator.render.feeds import Feeds
from generator.render.frame import Frame
from generator.render.site import Settings, Site
from generator.render.templates import Templates
from generator.render.words import cut, plain

CONTENT = build.read_content(build.CHECKOUT, build.CHECKOUT)
TEMPLATES = Templates(THEME)
TODAY = date(2026, 11, 23)
URL = "https://example.org/kepu/"
CHINA = ZoneInfo("Asia/Shanghai")
STEM = "activities/2026/C-01/a"

texts = st.text(st.characters(codec=None), min_size=1, max_size=40) | st.sampled_from(
    [
        "a\r\nATTACH:https://evil.example/",
        "a\rEND:VEVENT\rBEGIN:VALARM",
        "\x0bX-A:1",
        "\0",
        "\ufffe",
        "\ud800",
        "]]>&<script>",
        "\\n\\,;",
        '"；,',
        "\u2028",
    ]
)


def record(slug: str = "a", **values: Any) -> Activity:
    given: dict[str, Any] = {
        "title": "测试活动",
        "summary": "测试用的简介",
        "kind": "science",
        "fields": ("crop",),
        "audiences": ("farmer",),
        "forms": ("training",),
        "regions": ("140000",),
        "period": Period(start=Day("2026-11"), end=Day("2026-12")),
        "filed": date(2026, 10, 1),
    }
    return Activity(id=f"2026/C-01/{slug}", year="2026", society="C-01", **{**given, **values})


def site(*activities: Activity, url: str = URL, today: date = TODAY, memory: Memory | None = None) -> Site:
    catalog = Catalog.of(
        activities, CONTENT.societies, CONTENT.calls, CONTENT.known, CONTENT.notes, today, memory=memory
    )
    return Site(catalog, TEMPLATES, Frame("", "", ""), Settings("测试清单", "", url))


def calendar(made: Site, path: str = "calendar.ics") -> icalendar.Calendar:
    data = next(file.make() for file in Calendars(made).files() if file.path == path)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    whole = icalendar.Calendar.from_ical(data)
    assert [error for part in whole.walk() for error in part.errors] == []
    return whole


def feed_of(made: Site, path: str = "feed.xml") -> bytes:
    return next(file.make() for file in Feeds(made, made.catalog.events()).files() if file.path == path)


def feed(made: Site, path: str = "feed.xml") -> Any:
    read = feedparser.parse(feed_of(made, path))
    assert not read.bozo, read.bozo_exception
    return read


# -- calendars ---------------------------------------------------------------------------------------------------------


def times(event: icalendar.Event) -> tuple[Any, Any]:
    return event["dtstart"].dt, event["dtend"].dt if "dtend" in event else None


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2026-12-01 09:30", "2026-12-01 11:30", (datetime(2026, 12, 1, 9, 30, tzinfo=CHINA), datetime(2026, 12, 1, 11, 30, tzinfo=CHINA))),
        ("2026-12-01 09:30", "", (datetime(2026, 12, 1, 9, 30, tzinfo=CHINA), None)),
        ("2026-12-01 09:30", "2026-12-01 09:30", (datetime(2026, 12, 1, 9, 30, tzinfo=CHINA), None)),
        ("2026-12-01", "", (date(2026, 12, 1), date(2026, 12, 2))),
        ("2026-12-01", "2026-12-03", (date(2026, 12, 1), date(2026, 12, 4))),
        ("2026-12-01 09:30", "2026-12-03", (date(2026, 12, 1), date(2026, 12, 4))),
        ("2026-12-01", "2026-12-03 17:00", (date(2026, 12, 1), date(2026, 12, 4))),
    ],
)  # fmt: skip
def test_a_session_stands_at_its_time_in_china(start: str, end: str, wanted: Any) -> None:
    (event,) = calendar(site(record(sessions=(Session(start=start, end=end),)))).events
    assert times(event) == wanted
    if isinstance(wanted[0], datetime):
        assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    if len(start) != len(end) and end:
        assert f"{start} 至 {end}" in event["description"]


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        (Period(start=Day("2026-11-20"), end=Day("2026-12-05")), (date(2026, 11, 20), date(2026, 12, 6))),
        (Period(start=Day("2026-12-05")), (date(2026, 12, 5), date(2026, 12, 6))),
        (Period(start=Day("2026-11"), end=Day("2026-12-05")), None),
        (Period(start=Day("2026-11-20"), end=Day("2026-12")), None),
        (Period(start=Day("2026-11-20"), text="2026年11月20日起"), None),
        (Period(start=Day("2026")), None),
        (Period(text="全年"), None),
    ],
)
def test_a_period_stands_in_the_calendar_only_where_both_its_days_are_stated(period: Period, wanted: Any) -> None:
    made = site(record(period=period))
    events = calendar(made).events
    assert [times(event) for event in events] == ([wanted] if wanted else [])
    assert Calendars(made).undated([0]) == (0 if wanted else 1)
    assert Calendars(made).dated([0]) == len(events)


def test_a_period_of_one_day_that_a_session_fills_stands_once() -> None:
    one_day = Period(start=Day("2026-12-05"), end=Day("2026-12-05"))
    (event,) = calendar(site(record(period=one_day, sessions=(Session(start="2026-12-05 09:30"),)))).events
    assert times(event) == (datetime(2026, 12, 5, 9, 30, tzinfo=CHINA), None)
    two = Period(start=Day("2026-12-05"), end=Day("2026-12-06"))
    assert len(calendar(site(record(period=two, sessions=(Session(start="2026-12-05 09:30"),)))).events) == 2


def test_what_cannot_come_is_in_no_calendar_and_what_was_called_off_says_so() -> None:
    days = Period(start=Day("2026-11-20"), end=Day("2026-12-05"))
    over = record("over", period=Period(start=Day("2026-10-01"), end=Day("2026-10-02")))
    reported = record("reported", period=days, source=Origin(type="report", url="https://example.org/", publisher="测试日报"))  # fmt: skip
    past = record("past", period=Period(start=Day("2021-10-01"), end=Day("2021-10-02")), source=reported.source)
    off = record("off", period=days, cancelled="场地维修")
    long_off = record("long-off", period=over.period, cancelled="场地维修")
    sessions = record("sessions", period=Period(text="全年"), sessions=(Session(start="2026-01-05"), Session(start="2026-12-06")))  # fmt: skip
    events = calendar(site(over, reported, past, off, long_off, sessions)).events
    said = {(str(event["url"]).rsplit("/", 1)[-1], str(event["status"]), str(event["dtstart"].dt)) for event in events}
    assert said == {
        ("reported.html", "CONFIRMED", "2026-11-20"),
        ("off.html", "CANCELLED", "2026-11-20"),
        ("sessions.html", "CONFIRMED", "2026-01-05"),  # a current record's own past
        ("sessions.html", "CONFIRMED", "2026-12-06"),
    }
    assert "公开报道" in next(str(event["description"]) for event in events if "reported" in event["url"])


def test_an_entry_keeps_its_name_counts_its_changes_and_says_when_it_was_said() -> None:
    step = Step(date(2026, 11, 2), "changed", STEM, before="1", after="2", fields=())
    came = Step(date(2026, 9, 2), "added", STEM)
    before = record(sessions=(Session(start="2026-12-01"), Session(start="2026-12-01"), Session(start="2026-12-09")))
    after = record(sessions=(Session(start="2026-11-30"), *before.sessions), title="换了名称的活动")
    first = calendar(site(before)).events
    later = calendar(
        site(after, url="", today=date(2026, 11, 29), memory=Memory(History({STEM: (step, came)}, is_known=True)))
    ).events
    names = [str(event["uid"]) for event in first]
    assert len(set(names)) == 3
    assert [str(event["uid"]) for event in later][1:] == names
    assert {event["sequence"] for event in first} == {0}
    assert {event["sequence"] for event in later} == {1}
    assert {event["dtstamp"].dt for event in first} == {datetime(2026, 10, 1, tzinfo=UTC)}
    assert {event["dtstamp"].dt for event in later} == {datetime(2026, 11, 2, tzinfo=UTC)}
    assert not any("url" in event for event in later)  # the site does not know its address


def test_a_calendar_without_entries_still_holds_its_time_zone() -> None:
    whole = calendar(site())
    assert whole.events == []
    assert [str(zone["tzid"]) for zone in whole.timezones] == ["Asia/Shanghai"]
    assert whole.timezones[0].to_tz().utcoffset(datetime(2026, 7, 1)) == timedelta(hours=8)  # noqa: DTZ001 - a time there


@settings(max_examples=60, deadline=None)
@given(title=texts, summary=texts, place=texts, name=texts)
def test_no_text_breaks_out_of_its_place_in_a_calendar(title: str, summary: str, place: str, name: str) -> None:
    made = site(record(title=title, summary=summary, sessions=(Session(start="2026-12-01 09:30", place=place),)))
    made.settings = Settings(name, "", URL)
    whole = calendar(made)
    (event,) = whole.events
    assert {part.name for part in whole.walk()} == {"VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"}
    assert set(event) <= {
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "DTSTART",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "STATUS",
        "URL",
    }
    assert set(whole) == {"PRODID", "VERSION", "METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "URL"}
    assert str(event["summary"]) == plain(title)
    assert str(event.get("location", "")) == plain(place)
    assert plain(cut(summary, 120)) in str(event["description"])


# -- feeds -------------------------------------------------------------------------------------------------------------


def test_a_feed_tells_what_came_what_changed_and_what_ended_newest_first() -> None:
    steps = (
        Step(date(2026, 11, 2), "changed", STEM, before="1", after="2", fields=(FieldChange("地区", "replaced", "山西省", "全国"),)),
        Step(date(2026, 11, 1), "changed", STEM, before="0", after="1", fields=()),
        Step(date(2026, 9, 2), "added", STEM),
    )  # fmt: skip
    ended = record("ended", period=Period(start=Day("2026-10-01"), end=Day("2026-10-09")), filed=date(2026, 9, 1))
    read = feed(site(record(), ended, memory=Memory(History({STEM: steps}, is_known=True))))
    assert [(entry.title, entry.updated) for entry in read.entries] == [
        ("修改：测试活动", "2026-11-02T00:00:00+08:00"),
        ("结束：测试活动", "2026-10-10T00:00:00+08:00"),
        ("新增：测试活动", "2026-09-02T00:00:00+08:00"),
        ("新增：测试活动", "2026-09-01T00:00:00+08:00"),
    ]
    assert "由“山西省”改为“全国”" in read.entries[0].summary
    assert read.entries[0].link == f"{URL}activities/2026/C-01/a.html"
    assert read.feed.updated == "2026-11-02T00:00:00+08:00"


def test_the_ids_of_a_feed_stay_when_the_site_moves_and_days_pass() -> None:
    ended = record("ended", period=Period(start=Day("2026-10-01"), end=Day("2026-10-09")))
    one = feed(site(record(), ended))
    two = feed(site(record(title="换了名称的活动"), ended, url="https://elsewhere.example/", today=date(2026, 12, 24)))
    assert len({entry.id for entry in one.entries}) == len(one.entries) == 3
    assert [entry.id for entry in two.entries] == [entry.id for entry in one.entries]
    assert one.feed.id == two.feed.id
    assert len({one.feed.id, *(entry.id for entry in one.entries)}) == 4


def test_a_feed_holds_the_newest_of_its_list_and_no_more() -> None:
    many = [record(f"a{number}", filed=date(2026, 1, 1) + timedelta(days=number)) for number in range(feeds.MOST + 20)]
    for path, most in (("feed.xml", feeds.MOST), ("activities/by/fields/crop/feed.xml", feeds.MOST_OF_LIST)):
        read = feed(site(*many), path)
        assert len(read.entries) == most
        assert read.entries[0].link.endswith(f"/a{feeds.MOST + 19}.html")
        assert f"最近{most}条" in read.feed.subtitle


def test_an_empty_feed_does_not_ask_the_clock() -> None:
    assert feed(site()).feed.updated == "1970-01-01T00:00:00+08:00"


@pytest.mark.parametrize(("path", "root"), [("feed.xml", ""), ("activities/by/fields/crop/feed.xml", "../../../../")])
def test_where_the_site_does_not_know_its_address_links_are_relative(path: str, root: str) -> None:
    data = feed_of(site(record(), url=""), path)
    links = re.findall(r'href="([^"]*)"', data.decode())
    assert links[1:] == [f"{root}activities/2026/C-01/a.html"]
    assert links[0].startswith(root)
    assert not feedparser.parse(data).bozo


@settings(max_examples=60, deadline=None)
@given(title=texts, summary=texts, name=texts)
def test_every_text_gives_a_well_formed_feed_in_which_it_stays_text(title: str, summary: str, name: str) -> None:
    made = site(record(title=title, summary=summary))
    made.settings = Settings(name, "", URL)
    data = feed_of(made)
    tree = ET.fromstring(data)
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = tree.iter(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == plain(f"新增：{title}")
    inside = entry.findtext(f"{atom}summary") or ""
    assert {tag.casefold() for tag in re.findall(r"</?([A-Za-z]\w*)", inside)} == {"p"}
    assert not feedparser.parse(data).bozo
