"""A root and a day in, the centre's digest out, as Markdown or HTML: what is new since a day, and what wants somebody's attention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator import build
from generator.load.versions import with_fields
from generator.model.catalog import Catalog
from generator.model.memory import Event, ended_on
from generator.model.pairing import Pairing
from generator.model.pairing_rules import paired_societies
from generator.publish import THEME
from generator.render import address, words
from generator.render.happenings import WORDS, changes
from generator.render.templates import Templates

WEEK = timedelta(days=7)
SOON = timedelta(days=30)
YEAR = timedelta(days=365)
MOST = 50  # lines of a section
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~-])")
_NEWS = ("新闻宣传", "新闻报道", "成效", "往期成效")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing. ``title``: of the record, ``href``: its address, ``notes``: what is to say of it."""

    title: str
    href: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Some things under a heading; ``more``: how many were left out; ``none``: the words for when there are none."""

    heading: str
    none: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything there is to say, and how many files were left out because of errors."""

    title: str
    intro: str
    sections: tuple[Section, ...]
    left_out: int


def digest(root: Path, today: date, since: date | None = None, url: str = "") -> Digest:
    """What happened from ``since`` (by default the day a week ago) to ``today``. ``url``: the site's own address, or empty."""
    since = since or today - WEEK
    loaded = build.load(root)
    history = with_fields(loaded.memory.history, root, loaded.content.known)
    loaded = replace(loaded, memory=replace(loaded.memory, history=history))
    writer = _Writer(build.catalog_of(loaded, today), since, url)
    known = "" if history.is_known else "没有版本记录，只知道按报送日期新增的和按活动时间结束的，不知道改了什么。"
    return Digest(
        f"清单周报：{words.chinese_day(since)}至{words.chinese_day(today)}",
        f"清单现有 {len(writer.catalog.activities)} 项活动、{len(writer.catalog.exchange.needs)} 条需求、"
        f"{len(writer.catalog.exchange.pairings)} 条结对。{known}",
        tuple(writer.sections()),
        len({problem.path for problem in loaded.errors}),
    )


def written(digest: Digest, style: str) -> str:
    """``style``: markdown or html."""
    templates = Templates(THEME)
    if style == "html":
        return templates.text("digest/digest.html", digest=digest)
    return templates.text("digest/digest.md", digest=_each_text(digest, _markdown))


def _markdown(text: str) -> str:
    """A text that Markdown shows as it is, on one line. What HTML would take for a tag the template escapes."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _each_text(digest: Digest, change: Callable[[str], str]) -> Digest:
    sections = tuple(
        replace(
            section,
            lines=tuple(
                replace(line, title=change(line.title), notes=tuple(map(change, line.notes))) for line in section.lines
            ),
        )
        for section in digest.sections
    )
    return replace(digest, sections=sections)


class _Writer:
    def __init__(self, catalog: Catalog, since: date, url: str) -> None:
        self.catalog, self.since, self.url = catalog, since, url
        self.events = [event for event in catalog.events() if since <= event.day <= catalog.today]
        self.records: dict[str, Any] = {f"activities/{one.id}": one for one in catalog.activities}
        self.records |= {f"needs/{id}": one for id, one in catalog.exchange.needs.items()}
        self.records |= {f"pairings/{id}": one for id, one in catalog.exchange.pairings.items()}

    def sections(self) -> Iterator[Section]:
        """In the order the centre reads them."""
        yield _section("新增", "没有新增。", self._happened("added"))
        yield _section("修改、取消、换网址", "没有修改。", self._happened("changed", "cancelled", "moved"))
        yield _section("新的报道和成效", "没有新的报道和成效。", self._news())
        yield _section("结束和撤下", "没有结束或撤下的。", self._happened("ended", "removed"))
        yield _section("30天内结束", "30天内没有要结束的。", self._ending())
        yield _section("一年没有确认", "都在一年内确认过。", self._unconfirmed())
        yield _section("等了最久的需求", "没有待对接的需求。", self._waiting())
        yield _section("择优支持、还没有结对的学会", "没有。", self._unpaired())

    def _line(self, stem: str, *notes: str) -> Line:
        record = self.records.get(stem)
        title = (
            words.pairing_title(self.catalog, record) if isinstance(record, Pairing) else getattr(record, "title", stem)
        )
        if stem.startswith("activities/") and record is not None:
            notes = (self.catalog.societies[record.society].name, *notes)
        elif record is not None:
            notes = (self.catalog.known.places.name(record.county), *notes)
        page = address.record(stem)
        return Line(title, f"{self.url}{page}" if self.url and record is not None else "", notes)

    def _happened(self, *what: str) -> Iterator[Line]:
        reasons = {one.old: one.gone for one in self.catalog.memory.redirects}
        for event in self.events:
            if event.what in what and (event.stem in self.records or event.what == "removed"):
                notes = [WORDS[event.what], words.chinese_day(event.day), *changes(event)]
                notes += [reasons[event.stem]] if event.what == "removed" and reasons.get(event.stem) else []
                yield self._line(event.stem, *notes)

    def _news(self) -> Iterator[Line]:
        """Reports with a day since then, and records whose reports or results changed since then."""
        for stem, record in self.records.items():
            for report in (*getattr(record, "media", ()), *getattr(record, "reports", ())):
                if report.date is not None and self.since <= report.date <= self.catalog.today:
                    yield self._line(stem, f"报道“{report.title}”", words.chinese_day(report.date), report.url)
        for event in self.events:
            said = list(_only_news(event))
            if said and event.stem in self.records:
                yield self._line(event.stem, *said)

    def _ending(self) -> Iterator[Line]:
        catalog = self.catalog
        ends = []
        for position, activity in enumerate(catalog.activities):
            last = ended_on(activity, catalog.calls)
            if last is not None and catalog.standings[position] != "past":
                ends.append((last, f"activities/{activity.id}"))
        ends += [(need.last_day, f"needs/{need.id}") for need in catalog.exchange.open_needs if need.last_day]
        for last, stem in sorted(ends):
            if catalog.today <= last <= catalog.today + SOON:
                yield self._line(stem, f"{words.chinese_day(last)}结束")

    def _unconfirmed(self) -> Iterator[Line]:
        """What is shown as something that can come, though nobody touched its record for a year."""
        catalog = self.catalog
        old = []
        for position, activity in enumerate(catalog.activities):
            stem = f"activities/{activity.id}"
            day = catalog.memory.last_day(stem, activity, catalog.today)
            if catalog.standings[position] != "past" and (day is None or day < catalog.today - YEAR):
                old.append((str(day or ""), stem, f"最近一次是{words.chinese_day(day)}" if day else "不知道哪天确认过"))
        for _, stem, note in sorted(old):
            yield self._line(stem, note)

    def _waiting(self) -> Iterator[Line]:
        waiting = [(str(need.filed or ""), f"needs/{need.id}", need.filed) for need in self.catalog.exchange.open_needs]
        for _, stem, filed in sorted(waiting, key=lambda one: one[:2]):
            yield self._line(stem, f"已等{(self.catalog.today - filed).days}天" if filed else "没有写登记日期")

    def _unpaired(self) -> Iterator[Line]:
        for call in self.catalog.calls.values():
            paired = paired_societies(call, self.catalog.exchange.pairings)
            for id in call.supported:
                if id not in paired and id in self.catalog.societies:
                    href = f"{self.url}{address.society(id)}" if self.url else ""
                    yield Line(self.catalog.societies[id].name, href, (call.number or call.title,))


def _only_news(event: Event) -> Iterator[str]:
    said = tuple(one for one in event.fields or () if one.label in _NEWS and one.manner != "emptied")
    yield from changes(replace(event, fields=said))


def _section(heading: str, none: str, lines: Iterable[Line]) -> Section:
    listed = tuple(lines)
    return Section(heading, none, listed[:MOST], max(0, len(listed) - MOST))
