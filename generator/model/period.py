"""When an activity can take place: days as exact as they were stated, and the state that follows from today's date."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_OPEN = re.compile(r"起|至今|每年|全年|常年|长期|不限|随时|每月|每周")
_ALL_YEAR = re.compile(r"全年|常年|长期|不限|随时|每月|每周")
_MONTHS = re.compile(
    r"(?<!\d)(1[0-2]|0?[1-9])月(?:[上中下]旬|底|初|中|份|\d{1,2}日)*(?:[至到—－~～-]+(?:次年)?(?:(1[0-2]|0?[1-9])月)?)?"
)
PATTERNS = {"day": _DAY, "open": _OPEN}  # the web form reads with the same


class Day(NamedTuple):
    """A day, a month or a year, as stated. ``text``: 2026, 2026-05 or 2026-05-01."""

    text: str

    @classmethod
    @lru_cache(maxsize=20_000)  # the same days stand in many records
    def read(cls, text: str) -> Day:
        """Read 2026-05-01, 2026/5/1, 2026年5月1日, 2026-05, 2026年5月, 2026. Raises ValueError, with a Chinese reason."""
        folded = unicodedata.normalize("NFKC", text).strip()
        match = _DAY.fullmatch(folded) if len(folded) < 20 else None
        if not match:
            raise ValueError("看不懂")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not 1900 <= year <= 2100:
            raise ValueError("的年份不在1900到2100之间")
        if month is None:
            return cls(f"{year:04d}")
        if not 1 <= month <= 12:
            raise ValueError("不存在：一年只有12个月")
        if day is None:
            return cls(f"{year:04d}-{month:02d}")
        last = monthrange(year, month)[1]
        if not 1 <= day <= last:
            raise ValueError(f"不存在：{year}年{month}月只有{last}天")
        return cls(f"{year:04d}-{month:02d}-{day:02d}")

    @property
    def first(self) -> date:
        """The first day meant."""
        return _first(self.text)

    @property
    def last(self) -> date:
        """The last day meant."""
        return _last(self.text)

    @property
    def chinese(self) -> str:
        """2026年5月1日."""
        return _chinese(self.text)


@cache  # all that can be stated is some hundred thousand days, and few of them are
def _first(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10])


@cache
def _last(text: str) -> date:
    year = int(text[:4])
    if len(text) == 4:
        return date(year, 12, 31)
    month = int(text[5:7])
    return date(year, month, monthrange(year, month)[1]) if len(text) == 7 else date.fromisoformat(text)


@cache
def _chinese(text: str) -> str:
    return "".join(f"{int(part)}{unit}" for part, unit in zip(text.split("-"), "年月日", strict=False))


@dataclass(frozen=True, slots=True)
class State:
    """What a visitor wants to know first; sign and word together, colour is never the only signal."""

    id: str
    word: str
    sign: str


UPCOMING = State("upcoming", "未开始", "◷")
ONGOING = State("ongoing", "进行中", "●")
ALWAYS = State("always", "常年", "∞")
ENDED = State("ended", "已结束", "○")
CANCELLED = State("cancelled", "已取消", "⊘")
STATES = (ONGOING, UPCOMING, ALWAYS, ENDED, CANCELLED)


def is_open_ended(start: Day | None, end: Day | None, text: str) -> bool:
    """Whether no end is stated or implied: 2019年起, 每年4月, 全年. A start alone means that very day, month or year."""
    return end is None and bool(_OPEN.search(text) or (start is None and not text))


def state_of(start: Day | None, end: Day | None, text: str, today: date, window_end: date | None, past: bool) -> State:
    """The state on ``today``.

    ``window_end``: the end of the call's window, which closes a period given in words only;
    ``past``: a report, so that words without a year tell of something that is over.
    """
    if start is None and end is None and not _OPEN.search(text):
        if past or (window_end is not None and today > window_end):
            return ENDED
        return ALWAYS
    if start is not None and today < start.first:
        return UPCOMING
    if is_open_ended(start, end, text):
        return ENDED if start is None and window_end is not None and today > window_end else ALWAYS
    last = end or start
    return ENDED if last is not None and today > last.last else ONGOING


def months_of(start: Day | None, end: Day | None, text: str) -> tuple[int, ...]:
    """The calendar months (1 to 12) that are certain: from days or months stated, else from months named in the text."""
    if (
        start is not None
        and len(start.text) > 4
        and (end is None or len(end.text) > 4)
        and not is_open_ended(start, end, text)
    ):
        first, last = start.first, (end or start).last
        return _run(first.month, min((last.year - first.year) * 12 + last.month - first.month + 1, 12))
    if _ALL_YEAR.search(text):
        return tuple(range(1, 13))
    months: set[int] = set()
    for match in _MONTHS.finditer(unicodedata.normalize("NFKC", text)):
        named = int(match.group(1))
        months.update(_run(named, (int(match.group(2) or named) - named) % 12 + 1))
    return tuple(sorted(months))


@cache
def _run(first: int, count: int) -> tuple[int, ...]:
    """So many months from a first one, in the order of the calendar."""
    return tuple(sorted((first - 1 + step) % 12 + 1 for step in range(count)))


def period_words(start: Day | None, end: Day | None, text: str) -> str:
    """The period as a visitor reads it: the words as stated, else the days."""
    if text:
        return text
    if start is None:
        return ""
    if end is None or end == start:
        return start.chinese
    if len(start.text) == len(end.text) == 10 and start.text[:4] == end.text[:4]:
        return f"{start.chinese}至{end.chinese[5:]}"
    return f"{start.chinese}至{end.chinese}"
