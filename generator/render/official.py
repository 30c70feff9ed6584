"""The catalogue in, the official list out: for a call, a year, a region or all of them, as one document for Word, PDF, Excel and CSV.

National and provincial societies stand apart, as the notice has it; what is over stands apart from what can be invited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.model.catalog import Catalog
from generator.model.places import NATIONAL
from generator.render import official_rows, words
from generator.render.flat import Cell
from generator.render.official_rows import PRINTED, STANDINGS

NAME = "科技志愿服务品牌活动清单"
DEMONSTRATION = "演示数据，非中国科协发布"
LEVELS = (("全国学会", ("national",)), ("省级学会", ("provincial",)), ("其他单位", ()))  # the last takes all others
NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list: ids of a call, a year, a region; empty ones do not choose."""

    call: str = ""
    year: str = ""
    region: str = ""

    @property
    def stem(self) -> str:
        """The name of its files: all, call-2021, year-2024-140000, region-140000."""
        parts = [f"{key}-{id}" for key, id in (("call", self.call), ("year", self.year)) if id]
        if self.region:
            parts.append(self.region if parts else f"region-{self.region}")
        return "-".join(parts) or "all"


@dataclass(frozen=True, slots=True)
class Group:
    """Activities of one standing within a part; ``first``: the number in the list that they begin with."""

    title: str
    note: str
    positions: Sequence[int]
    first: int


@dataclass(frozen=True, slots=True)
class Part:
    """The activities of one level of societies."""

    title: str
    groups: Sequence[Group]

    @property
    def count(self) -> int:
        """How many activities."""
        return sum(len(group.positions) for group in self.groups)


@dataclass(slots=True)
class OfficialLists:
    """All lists of a catalogue. ``operator``: who publishes, or empty; ``url``: the site's public address, or empty."""

    catalog: Catalog
    operator: str = ""
    url: str = ""
    _printed: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _typed: dict[int, tuple[Cell, ...]] = field(default_factory=dict, repr=False)

    def positions(self, asked: Asked) -> list[int]:
        """The activities of a list, from the oldest."""
        chosen: Iterable[int] = range(len(self.catalog.activities))
        for facet, term in (("call", asked.call), ("year", asked.year), ("regions", asked.region)):
            if term:
                having = set(self.catalog.chosen(facet, term))
                chosen = [position for position in chosen if position in having]
        return list(chosen)

    def count(self, asked: Asked) -> int:
        """How many activities a list holds."""
        return len(self.positions(asked))

    def regions(self, asked: Asked) -> list[str]:
        """The regions, the country among them, that a list has activities for."""
        groups, places = self.catalog.groups["regions"], self.catalog.known.places
        having = set(self.positions(asked))
        return [
            code for code, inside in groups.items() if code not in places.counties and not having.isdisjoint(inside)
        ]

    def title(self, asked: Asked) -> str:
        """山西省2024年科技志愿服务品牌活动清单."""
        place = self.catalog.known.places.name(asked.region) if asked.region else ""
        place = "面向全国的" if asked.region == NATIONAL else place
        year = f"{asked.year}年" if asked.year.isdigit() else "（年份不详）" if asked.year else ""
        return f"{place}{year}{NAME}"

    def banner(self) -> str:
        """Who publishes it; until somebody does, that it is a demonstration."""
        return f"主办：{self.operator}" if self.operator else DEMONSTRATION

    def facts(self, asked: Asked) -> list[str]:
        """The lines of the first page."""
        call = self.catalog.calls.get(asked.call)
        parts = self.parts(asked)
        counted = "，".join(f"{part.title.partition('、')[2]}{part.count}项" for part in parts)
        total = sum(part.count for part in parts)
        return [
            *([f"通知：{call.title}"] if call else []),
            *([f"文号：{call.number}"] if call and call.number else []),
            f"数据截至{words.chinese_day(self.catalog.today)}",
            f"共{total}项" + (f"：{counted}" if counted else "，还没有符合条件的活动"),
            *([f"网址：{self.url}"] if self.url else []),
        ]

    def notes(self, asked: Asked) -> list[str]:
        """What a reader must know to use the list rightly."""
        place = self.catalog.known.places.name(asked.region) if asked.region not in ("", NATIONAL) else ""
        return [
            "“来源”写着“公开报道”的，由本站根据公开报道整理，不是学会申报的材料；报道没有提到的空着。",
            "“往年活动”已经办完，只供了解和参考，不是可以邀请的活动。",
            "活动的内容、组织和安全由主管、主办单位负责：谁主管谁负责，谁主办谁负责。邀请之前请先核实时间、费用和资质。",
            *([f"本表只列写明了{place}或其所属县（市、区）的活动；面向全国的活动另有清单。"] if place else []),
            "本站整理的内容按“知识共享 署名 4.0”许可使用。",
        ]

    def parts(self, asked: Asked) -> list[Part]:
        """The list by level of society, then by standing; within, by society."""
        catalog = self.catalog
        named = {level for _, levels in LEVELS for level in levels}
        chosen = sorted(self.positions(asked), key=self._order)
        parts: list[Part] = []
        number = 1
        for title, levels in LEVELS:
            mine = [
                position
                for position in chosen
                if ((level := self._level(position)) in levels) or (not levels and level not in named)
            ]
            groups: list[Group] = []
            for standing, name, note in STANDINGS:
                here = [position for position in mine if catalog.standings[position] == standing]
                if here:
                    groups.append(Group(f"（{NUMBERS[len(groups)]}）{name}", note, here, number))
                    number += len(here)
            if groups:
                parts.append(Part(f"{NUMBERS[len(parts)]}、{title}", groups))
        return parts

    def printed(self, position: int) -> tuple[str, ...]:
        """An activity's cells for Word and PDF, without its number."""
        made = self._printed.get(position)
        if made is None:
            made = self._printed[position] = official_rows.printed(self.catalog, self.catalog.activities[position])
        return made

    def typed(self, position: int) -> tuple[Cell, ...]:
        """An activity's cells for Excel and CSV, without its number."""
        made = self._typed.get(position)
        if made is None:
            made = self._typed[position] = official_rows.typed(self.catalog, position)
        return made

    def rows(self, asked: Asked) -> Iterable[tuple[Cell, ...]]:
        """All rows of Excel and CSV, numbered as in Word and PDF."""
        all_at_once = asked == Asked()  # kept, its cells would take as much room as the records
        for part in self.parts(asked):
            for group in part.groups:
                for number, position in enumerate(group.positions, group.first):
                    made = official_rows.typed(self.catalog, position) if all_at_once else self.typed(position)
                    yield (number, *made)

    def document(self, asked: Asked) -> dict[str, Any]:
        """The list as plain data: what the template of the PDF fills in, and Word as well."""
        return {
            "title": self.title(asked),
            "banner": self.banner(),
            "demonstration": not self.operator,
            "day": self.catalog.today.isoformat(),
            "facts": self.facts(asked),
            "notes": self.notes(asked),
            "columns": [{"label": label, "width": width} for label, width in PRINTED],
            "parts": [
                {
                    "title": f"{part.title}（{part.count}项）",
                    "groups": [
                        {
                            "title": f"{group.title}（{len(group.positions)}项）",
                            "note": group.note,
                            "rows": [
                                (str(number), *self.printed(position))
                                for number, position in enumerate(group.positions, group.first)
                            ],
                        }
                        for group in part.groups
                    ],
                }
                for part in self.parts(asked)
            ],
        }

    def _level(self, position: int) -> str:
        return self.catalog.societies[self.catalog.activities[position].society].level

    def _order(self, position: int) -> tuple[str, str, str, str]:
        activity = self.catalog.activities[position]
        return self.catalog.societies[activity.society].region, activity.society, activity.begins, activity.id
