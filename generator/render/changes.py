"""All that happened in, the numbered pages of changes out, by month: every record, needs and pairings too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.model.memory import Event
from generator.render import address, words
from generator.render.happenings import WORDS, changes, in_words
from generator.render.lists import pager_of
from generator.render.output import OutputFile
from generator.render.site import Json, Site

PER_PAGE = 100
HEADING = "变更记录"
_KINDS = {"needs": "需求", "pairings": "结对"}
_SHOWN = 3  # changes on a record's own page


class Titles:
    """The name of every record that is there, by its stem."""

    def __init__(self, site: Site) -> None:
        catalog = site.catalog
        self.of = {f"activities/{one.id}": one.title for one in catalog.activities}
        self.of |= {f"needs/{one.id}": one.title for one in catalog.exchange.needs.values()}
        self.of |= {
            f"pairings/{one.id}": words.pairing_title(catalog, one) for one in catalog.exchange.pairings.values()
        }
        self.renewals: dict[str, list[str]] = {}
        for activity in catalog.activities:
            if activity.renews:
                self.renewals.setdefault(f"activities/{activity.renews}", []).append(f"activities/{activity.id}")
        self.renews = {f"activities/{one.id}": f"activities/{one.renews}" for one in catalog.activities if one.renews}

    def link(self, stem: str) -> tuple[str, str]:
        """Name and address."""
        return self.of.get(stem, stem), address.record(stem)


def files(site: Site, events: Sequence[Event], titles: Titles) -> Iterator[OutputFile]:
    """The pages, numbered from the oldest, so that a full page never changes; the newest one is index.html."""
    shown = [event for event in reversed(events) if event.stem in titles.of or event.what == "removed"]
    last = max(1, -(-len(shown) // PER_PAGE))
    for number in range(1, last + 1):
        chosen = shown[(number - 1) * PER_PAGE : number * PER_PAGE][::-1]
        newest = number == last
        yield site.page(
            _href(number, last),
            "pages/changes.html",
            HEADING if newest else f"{HEADING}（第{number}页）",
            () if newest else ((HEADING, address.CHANGES),),
            _context(site, titles, chosen, number, last),
            "清单里新增、修改、结束和撤下的活动、需求和结对。",
            feeds="",
        )


def _href(number: int, last: int) -> str:
    return address.CHANGES if number == last else f"changes/{number}.html"


def _context(
    site: Site, titles: Titles, chosen: Sequence[Event], number: int, last: int
) -> Callable[[], dict[str, Any]]:
    history = site.catalog.memory.history
    reasons = {one.old: one.gone for one in site.catalog.memory.redirects}

    def context() -> dict[str, Any]:
        months = groupby(chosen, key=lambda event: (event.day.year, event.day.month))
        return {
            "known": history.is_known,
            "begins": words.chinese_day(history.begins),
            "months": [
                {
                    "name": f"{year}年{month}月",
                    "id": f"m{year}-{month:02d}",
                    "days": _days(titles, events, reasons),
                }
                for (year, month), events in months
            ],
            "pager": pager_of("changes/", number, last) if last > 1 else None,
            "feed": address.FEED,
        }

    return context


def _days(titles: Titles, events: Iterable[Event], reasons: Mapping[str, str]) -> list[Json]:
    return [
        {"name": words.chinese_day(day), "events": [_shown(titles, one, reasons) for one in some]}
        for day, some in groupby(events, key=lambda event: event.day)
    ]


def _shown(titles: Titles, event: Event, reasons: Mapping[str, str]) -> Json:
    name, href = titles.link(event.stem)
    renews = titles.renews.get(event.stem, "") if event.what == "added" else ""
    return {
        "what": event.what,
        "word": "今年再办" if renews else WORDS[event.what],
        "kind": _KINDS.get(event.stem.split("/")[0], "活动"),
        "name": name,
        "href": href,
        "before": titles.link(renews) if renews in titles.of else None,
        "reason": reasons.get(event.stem, "") if event.what == "removed" else "",
        "former": event.former,
        "changes": changes(event),
        "unknown": event.what == "changed" and event.fields is None,
    }


def of_record(site: Site, titles: Titles, stem: str) -> Json:
    """What a record's own page says of its history; empty values where nothing is known."""
    history = site.catalog.memory.history
    steps = [step for step in history.of(stem) if step.fields]
    return {
        "added": words.chinese_day(history.added(stem)),
        "changed": words.chinese_day(history.changed(stem)) if history.revisions(stem) else "",
        "steps": [(words.chinese_day(step.day), list(in_words(step.fields or ()))) for step in steps[:_SHOWN]],
        "before": titles.link(titles.renews[stem]) if titles.renews.get(stem) in titles.of else None,
        "after": [titles.link(later) for later in titles.renewals.get(stem, ())],
        "all": address.CHANGES,
    }
