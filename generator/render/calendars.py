"""Activities with days in, iCalendar files out, one for each list and one for all: the only door to icalendar.

A calendar shows what can come: offers and what still goes on with all their sessions, and what was called off while its day
is still ahead, as cancelled. Each entry is written once and pasted into every calendar it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from generator.model.activity import Activity
from generator.model.occasions import PERIOD, Occasion, occasions
from generator.model.period import CANCELLED
from generator.render import address, words
from generator.render.lists import all_lists
from generator.render.output import OutputFile
from generator.render.site import Site

if TYPE_CHECKING:
    from icalendar import Event
    from icalendar.prop import vText

_ZONE = "Asia/Shanghai"
_OFFSET = timedelta(hours=8)
_PRODUCT = "-//activity-catalog//calendar//ZH"
_MOST_SAID = 120  # characters of the summary: a telephone shows no more at once
_END = b"END:VCALENDAR\r\n"


class Calendars:
    """The entries of every activity that belongs into calendars, by its position."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.entries: list[tuple[bytes, ...]] = []
        for position, activity in enumerate(site.catalog.activities):
            wanted = self._wanted(position, activity)
            self.entries.append(tuple(_entry(site, position, one) for one in wanted))

    def _wanted(self, position: int, activity: Activity) -> list[Occasion]:
        catalog = self.site.catalog
        if catalog.standings[position] != "past":
            return list(occasions(activity))
        if catalog.states[position] is not CANCELLED:
            return []
        return [one for one in occasions(activity) if str(one.end or one.start)[:10] >= catalog.today.isoformat()]

    def dated(self, positions: Iterable[int]) -> int:
        """How many entries the calendar of some activities has."""
        return sum(len(self.entries[position]) for position in positions)

    def undated(self, positions: Iterable[int]) -> int:
        """How many activities that can come state no day, and are in no calendar."""
        standings = self.site.catalog.standings
        return sum(not self.entries[position] and standings[position] != "past" for position in positions)

    def files(self) -> Iterator[OutputFile]:
        """One calendar for all, and one beside each list."""
        yield self._file("", "", range(len(self.entries)))
        for one in all_lists(self.site.catalog):
            yield self._file(one.folder, one.name, one.positions)

    def _file(self, folder: str, name: str, positions: Iterable[int]) -> OutputFile:
        def make() -> bytes:
            entries = (entry for position in positions for entry in self.entries[position])
            return b"".join((_head(self.site, name), *entries, _END))

        return OutputFile(f"{folder}{address.CALENDAR}", make)


def _head(site: Site, name: str) -> bytes:
    """The calendar's own lines and its time zone; a calendar must hold something, and this it always does."""
    from icalendar import Calendar, Timezone, TimezoneStandard  # pages do without

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.calendar_name = words.one_line("－".join(filter(None, (name, site.settings.name))))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    if site.settings.url:
        calendar.add("url", site.settings.url)
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - by RFC 5545 a local time
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    calendar.add_component(zone)
    whole: bytes = calendar.to_ical()
    return whole.removesuffix(_END)


def _entry(site: Site, position: int, one: Occasion) -> bytes:
    from icalendar import Event

    catalog = site.catalog
    activity = catalog.activities[position]
    stem = f"activities/{activity.id}"
    session = one.session
    event = Event()
    event.add("uid", str(address.identity(stem, one.key)))
    event.add("dtstamp", _stamp(site, stem, activity, one))
    event.add("sequence", catalog.memory.history.revisions(stem))
    _add_time(event, "dtstart", one.start)
    if one.end is not None:
        _add_time(event, "dtend", one.end)
    event.add("summary", _text("：".join(filter(None, (activity.title, session.title if session else "")))))
    event.add("description", _text("\n".join(_description(site, position, one))))
    where = _where(site, activity, one)
    if where:
        event.add("location", _text(where))
    event.add("status", "CANCELLED" if activity.cancelled else "CONFIRMED")
    if one.key == PERIOD:
        event.add("transp", "TRANSPARENT")  # it can come then; nobody is busy all that time
    page = site.address(address.activity(activity.id))
    if page:
        event.add("url", page)
    data: bytes = event.to_ical()
    return data


def _text(text: str) -> vText:
    from icalendar.prop import vText

    return vText(words.plain(text))


def _add_time(event: Event, key: str, when: date | datetime) -> None:
    event.add(key, when, parameters={"TZID": _ZONE} if isinstance(when, datetime) else {})


def _stamp(site: Site, stem: str, activity: Activity, one: Occasion) -> datetime:
    """When this was said: the record's last change, else the day it came, else the entry's own day; never the clock."""
    day = site.catalog.memory.last_day(stem, activity, site.catalog.today) or date.fromisoformat(str(one.start)[:10])
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _where(site: Site, activity: Activity, one: Occasion) -> str:
    if one.session is None:
        return words.where(site.catalog, activity.regions)
    county = site.catalog.known.places.name(one.session.county) if one.session.county else ""
    return " ".join(filter(None, (county, one.session.place)))


def _description(site: Site, position: int, one: Occasion) -> Iterator[str]:
    catalog = site.catalog
    activity = catalog.activities[position]
    if activity.cancelled:
        yield f"已取消：{activity.cancelled}"
    elif one.key == PERIOD:
        yield "这段时间可以邀请，具体哪天跟学会商量。" if not activity.is_report else "这段时间开展。"
    if one.said:
        yield f"时间：{one.said}"
    yield words.cut(activity.summary, _MOST_SAID)
    yield f"学会：{catalog.societies[activity.society].name}"
    contact = activity.contact
    if contact is not None:
        yield f"联系：{'，'.join((contact.office, *contact.phone))}"
    if activity.source is not None:
        yield f"来源：公开报道（{activity.source.publisher}），不是学会申报的材料"
