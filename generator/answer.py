"""A county and perhaps a need in; the ranked matches, as text, JSON or CSV, out: what ``catalog match`` prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.build import catalog_of, load
from generator.model.asking import Asked, asked_by, asked_for, span_of_month
from generator.model.catalog import Catalog
from generator.model.matching import Match, Matching
from generator.model.need import Need
from generator.model.places import Places
from generator.render.table import csv_text

MOST_IN_TEXT = 20
MOST_BEFORE = 6


class Unclear(Exception):
    """The question itself is wrong; says in Chinese how to put it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``matches``: what can come, the best first; ``before``: 往年活动, only where nothing can."""

    catalog: Catalog
    county: str
    need: Need | None
    month: str
    matches: list[Match]
    before: list[Match]
    left_out: int


def answer(root: Path, county: str, today: date, need_id: str | None = None, month: str = "") -> Answer:
    """Read ``root``, match. Raises Unclear for a county, need or month that does not exist."""
    loaded = load(root)
    catalog = catalog_of(loaded, today)
    code = _county(catalog.known.places, county)
    if month:
        try:
            span = span_of_month(month)
        except ValueError:
            raise Unclear(f"“{month}”不是月份，请写成 2026-09 这样") from None
        if span.last < today:
            raise Unclear(f"{month} 已经过去了（今天是 {today}），请写今后的月份，或用 --today 指定哪一天")
    need = _need(catalog, need_id, code) if need_id else None
    matching = Matching.of(catalog)
    asked: Asked = asked_by(need, today, month) if need else asked_for(code, today, month)
    matches = matching.ranked(asked)
    left_out = len({problem.path for problem in loaded.errors})
    return Answer(catalog, code, need, month, matches, [] if matches else matching.before(asked, MOST_BEFORE), left_out)


def _county(places: Places, word: str) -> str:
    codes = [code for code in places.find(word) if code in places.counties]
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise Unclear(f"“{word}”不止一处，请写全：{'、'.join(places.full_names(codes))}")
    near = places.nearest(word)
    raise Unclear(f"没有找到县（市、区）“{word}”" + (f"，您是不是想写“{near}”？" if near else "，请写六位代码或全称"))


def _need(catalog: Catalog, id: str, county: str) -> Need:
    need = catalog.exchange.needs.get(id)
    if need is None:
        listed = "、".join(one.id for one in catalog.exchange.needs_of.get(county, []))
        raise Unclear(f"没有登记过需求“{id}”" + (f"；这个县登记了：{listed}" if listed else "；这个县还没有登记需求"))
    if need.county != county:
        places = catalog.known.places
        raise Unclear(f"需求“{id}”是{places.name(need.county)}的，不是{places.name(county)}的")
    return need


def written(found: Answer, style: str, most: int | None) -> tuple[str, str]:
    """The answer for standard output, and what is said aside of it."""
    if style == "text":
        return _text(found, most or MOST_IN_TEXT), ""
    chosen = found.matches[:most]
    aside = "" if found.matches else _before_text(found)
    if style == "json":
        rows = [
            {
                "activity": found.catalog.activities[match.position].id,
                "score": match.score,
                "reasons": [{"text": reason.text, "points": reason.points} for reason in match.reasons],
            }
            for match in chosen
        ]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n", aside
    head = ("活动编号", "活动名称", "学会", "得分", "为什么推荐")
    table = [head, *(_row(found.catalog, match) for match in chosen)]
    return csv_text(table), aside


def _row(catalog: Catalog, match: Match) -> tuple[str, ...]:
    activity = catalog.activities[match.position]
    society = catalog.societies[activity.society].name
    return activity.id, activity.title, society, str(match.score), _reasons(match)


def _reasons(match: Match) -> str:
    return "；".join(f"{reason.text}（{reason.points}）" for reason in match.reasons)


def _text(found: Answer, most: int) -> str:
    places = found.catalog.known.places
    name = places.name(found.county)
    what = f"{name}的需求“{found.need.title}”" if found.need else name
    when = f"{found.month}，" if found.month else ""
    lines = [
        f"{when}{what}：{len(found.matches)}项活动能来。" if found.matches else f"{when}{what}：现在没有能来的活动。"
    ]
    for number, match in enumerate(found.matches[:most], start=1):
        activity = found.catalog.activities[match.position]
        society = found.catalog.societies[activity.society]
        lines += [
            f"{number}. {activity.title}（{society.name}）  {match.score}分",
            f"   为什么推荐：{_reasons(match)}",
            f"   编号：{activity.id}",
        ]
    if len(found.matches) > most:
        lines.append(f"还有{len(found.matches) - most}项，用 --most {len(found.matches)} 全部列出。")
    waiting = [need for need in found.catalog.exchange.open_needs if need.county == found.county]
    if waiting and not found.need:
        lines.append("本县还有待对接的需求，可以加 --need 逐条来配：" + "、".join(need.id for need in waiting))
    return "\n".join(lines) + "\n" + ("" if found.matches else _before_text(found))


def _before_text(found: Answer) -> str:
    if not found.before:
        return "本县和附近也没有找到往年活动的公开报道。\n"
    lines = ["往年活动（本县和附近以前办过的，只供参考，不能直接邀请）："]
    for match in found.before:
        activity = found.catalog.activities[match.position]
        society = found.catalog.societies[activity.society]
        where = "、".join(found.catalog.known.places.name(code) for code in activity.regions[:3])
        lines.append(f"- {activity.title}（{society.name}，{activity.period.words}，{where}）  编号：{activity.id}")
    return "\n".join(lines) + "\n"
