"""Values in, the words visitors read out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.pairing import Pairing
from generator.model.period import Day
from generator.model.places import NATIONAL

FEW_PLACES = 3
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """A text for formats with rules of their own about characters (XML, iCalendar): line ends as \\n, and nothing they forbid."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same on one line, for names."""
    return " ".join(plain(text).split())


def cut(text: str, most: int) -> str:
    """A text, cut with … after ``most`` characters, its line breaks as spaces."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def chinese_day(day: date | None) -> str:
    """2021年7月9日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def names(catalog: Catalog, vocabulary: str, ids: Iterable[str]) -> str:
    """Terms by name, 、 between them."""
    terms = catalog.vocabulary(vocabulary)
    return "、".join(terms.name(id) for id in ids)


def where(catalog: Catalog, codes: tuple[str, ...]) -> str:
    """Places by name; many are counted: 福建省德化县、福建省寿宁县等12处."""
    if NATIONAL in codes:
        return "全国"
    places = [catalog.known.places.name(code) for code in codes]
    return (
        "、".join(places) if len(places) <= FEW_PLACES else "、".join(places[: FEW_PLACES - 1]) + f"等{len(places)}处"
    )


def how(catalog: Catalog, activity: Activity) -> str:
    """Forms, with the mode before them where it is stated."""
    forms = names(catalog, "forms", activity.forms)
    return f"{catalog.vocabulary('modes').name(activity.mode)}：{forms}" if activity.mode else forms


def pairing_title(catalog: Catalog, pairing: Pairing) -> str:
    """A pairing's own title, or who paired with whom."""
    names = "、".join(catalog.societies[id].name for id in pairing.societies)
    return pairing.title or f"{names}与{catalog.known.places.name(pairing.county)}结对"


def capacity(activity: Activity) -> str:
    """How much: 每场80人，每年20场，志愿者10人."""
    size = activity.capacity
    if size is None:
        return ""
    parts = ((size.people, "每场{}人"), (size.sessions, "每年{}场"), (size.volunteers, "志愿者{}人"))
    return "，".join(words.format(number) for number, words in parts if number is not None)


def moment(start: str, end: str) -> str:
    """A session's time: 2026-05-01 09:30—11:30."""
    if not end or end == start:
        return start
    return f"{start}—{end[11:]}" if end[:10] == start[:10] and len(end) > 10 else f"{start} 至 {end}"


def exact(day: Day | None) -> date | str | None:
    """A day as a date where it is one, else as stated: 2026, 2026-05."""
    if day is None:
        return None
    return day.first if len(day.text) == 10 else day.text


def size(count: int) -> str:
    """Bytes as people read them: 950 字节, 12 KB, 3.4 MB."""
    if count < 1000:
        return f"{count} 字节"
    return f"{round(count / 1000)} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
